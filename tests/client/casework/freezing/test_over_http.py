# SPDX-License-Identifier: Apache-2.0
"""A request and its answer through a mailbox on a real web server, which dies and comes back in between."""

from __future__ import annotations

import pytest
from freeze_stage import Stage
from objectstore import Store, serving
from test_answering import detail_of, inbox, made

from concordat.casework.institution import answering, incoming
from concordat.mail import httpmailbox
from concordat.mail.sealed import Envelope


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests speak to a server of their own, and wait for nobody."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(httpmailbox, "PAUSES", (0.01,))


def test_a_server_that_dies_in_between_holds_up_no_money(freezing: Stage) -> None:
    store = Store()
    with serving(store):
        port = int(store.url.rsplit(":", 1)[1].split("/")[0])
        for name in ("SG-SPF", "SG-MERLION"):
            freezing.workspace(name).set(mailbox=store.url)
        freezing.running()
        freezing.running(number="JCC-2")
        first, second = inbox(freezing)
        assert all(Envelope.from_bytes(data) for data in store.kept.values())
        letter = incoming.letters(freezing.desk("teller"), [first])[first.id]
        assert letter.problem is None
    # Dead: what was fetched is still read, what was not is a problem, and the answer is not held up.
    found = incoming.letters(freezing.desk("teller"), [first, second])
    assert found[first.id].problem is None and found[second.id].problem is not None
    assert found[second.id].problem.code == "mailbox.unreachable"
    done = answering.answer(freezing.desk("teller"), [made(first)])
    assert len(done.sent) == 1 and len(done.uncarried) == 1
    with serving(store, port):
        again = answering.answer(freezing.desk("teller"), [made(first)])
        assert again.carried and not again.sent
        assert detail_of(freezing, first.id).held is not None
        assert incoming.letters(freezing.desk("teller"), [second])[second.id].problem is None


def test_a_server_that_lies_is_found_out_and_read_again_when_it_stops(freezing: Stage) -> None:
    with serving(Store()) as store:
        for name in ("SG-SPF", "SG-MERLION"):
            freezing.workspace(name).set(mailbox=store.url)
        freezing.running()
        (arrival,) = inbox(freezing)
        path, good = f"/box/{arrival.message.hex()}", store.kept[f"/box/{arrival.message.hex()}"]
        store.kept[path] = good[:-1] + b" "
        letter = incoming.letters(freezing.desk("teller"), [arrival])[arrival.id]
        assert letter.problem is not None and letter.problem.code == "sealed.other_message"
        store.kept[path] = good
        assert incoming.letters(freezing.desk("teller"), [arrival])[arrival.id].problem is None
