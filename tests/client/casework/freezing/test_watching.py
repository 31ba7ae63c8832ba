# SPDX-License-Identifier: Apache-2.0
"""News and who is told of them: a real command, a real web server, both lost in between."""

from __future__ import annotations

import hashlib
import hmac
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from fakecast import key
from freeze_stage import ACCOUNTS, HOLDER, HOUR, Stage
from objectstore import Store, serving
from test_answering import made

from concordat.assets import objections
from concordat.assets.states import ReleaseReason
from concordat.casework.freezing import requesting
from concordat.casework.institution import answering, incoming, news, watching
from concordat.casework.institution.news import What
from concordat.casework.institution.watching import Round
from concordat.casework.telling import tellers
from concordat.casework.telling.tellers import CommandTeller, TellError, WebhookTeller
from concordat.errors import AuthorityError, FileError, NodeError, UsageError

SECRET = b"a secret of some length"


class Listener:
    """Is told, and refuses as often as it was asked to."""

    def __init__(self, refuses: int = 0) -> None:
        self.heard: list[dict[str, Any]] = []
        self.refuses = refuses

    def tell(self, told: Mapping[str, Any]) -> None:
        if self.refuses:
            self.refuses -= 1
            raise TellError("not now")
        self.heard.append(dict(told))


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests speak to a server of their own."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def store() -> Iterator[Store]:
    with serving(Store()) as found:
        yield found


def look(stage: Stage, who: str = "teller", *, with_content: bool = False) -> list[dict[str, Any]]:
    listener = Listener()
    watching.look(stage.desk(who), [listener], with_content=with_content)
    return listener.heard


# What is new


def test_each_agency_hears_what_it_has_to_do_and_hears_it_once(freezing: Stage) -> None:
    request = freezing.requested("my-inspector", "MY-1")
    assert look(freezing, "endorser") == []  # not ratified yet
    requesting.ratify(freezing.desk("my-superintendent"), f"0x{request.hex()}")
    assert [each["what"] for each in look(freezing, "endorser")] == ["endorse"]
    assert look(freezing) == []
    requesting.endorse(freezing.desk("endorser"), f"0x{request.hex()}")
    (heard,) = look(freezing)
    assert (heard["what"], heard["request"]) == ("answer", f"0x{request.hex()}")
    assert heard["due"] > heard["time"] and not heard["overdue"]
    assert look(freezing) == [] and look(freezing, "endorser") == []

    freezing.answer(request, checker="")
    assert [each["what"] for each in look(freezing, "checker")] == ["check"]
    assert [(e["what"], e["checked"]) for e in look(freezing, "my-inspector")] == [("answered", False)]
    freezing.answer(freezing.running(number="OTHER"), checker="")
    requesting.withdraw(freezing.desk("my-inspector"), f"0x{request.hex()}", ReleaseReason.UNRELATED)
    assert {each["what"] for each in look(freezing)} == {"release", "check"}


def test_the_clock_alone_makes_news(freezing: Stage) -> None:
    freezing.running()
    (first,) = [each for each in look(freezing) if each["what"] == "answer"]
    sent = freezing.sent()
    freezing.pass_time(first["due"] - freezing.ledger.now() - HOUR + 60)
    near = [each for each in look(freezing) if each["what"] == "deadline"]
    assert [each["about"] for each in near] == ["answer"] and not near[0]["overdue"]
    freezing.pass_time(HOUR)
    (late,) = look(freezing)
    assert late["what"] == "deadline" and late["overdue"] and late["status"] == "OVERDUE"
    assert look(freezing) == [] and freezing.sent() == sent


def test_an_objection_reaches_whoever_may_review_and_nobody_else(freezing: Stage) -> None:
    request = freezing.held()
    named = freezing.named(request)
    objections.object_as_member(
        freezing.ledger, key("orchid-teller"), request, named.target, bytes(31) + b"\1"
    )
    assert [each["what"] for each in look(freezing, "reviewer")] == ["review"]
    assert "review" not in [each["what"] for each in look(freezing, "inspector")]
    assert "review" not in [each["what"] for each in look(freezing, "teller")]


def test_nothing_personal_is_told_unless_content_is_asked_for(freezing: Stage) -> None:
    freezing.running()
    plain = json.dumps(look(freezing))
    assert not [each for each in (ACCOUNTS[0].split(":")[-1], HOLDER, "JCC") if each in plain]
    (freezing.workspace("SG-MERLION").root / watching.NAME).unlink()
    (heard,) = look(freezing, with_content=True)
    assert heard["content"]["account"] == ACCOUNTS[0] and heard["content"]["holder"] == HOLDER
    (arrival,) = incoming.arrivals(freezing.desk("teller"))
    answering.answer(freezing.desk("teller"), [made(arrival, remarks="at once")])
    (told,) = look(freezing, "inspector", with_content=True)
    assert told["content"]["answer"]["remarks"] == "at once"


def test_content_that_cannot_be_opened_says_why(freezing: Stage) -> None:
    freezing.running()
    for path in freezing.mailbox.rglob("*.sealed"):
        path.unlink()
    (heard,) = look(freezing, with_content=True)
    assert "not in the mailbox" in heard["content"]["unreadable"]


# At least once


def test_a_listener_that_refuses_hears_it_again_and_others_are_not_held_up(freezing: Stage) -> None:
    freezing.running()
    freezing.running(number="JCC-2")
    listener = Listener(refuses=1)
    found = watching.look(freezing.desk("teller"), [listener])
    assert (len(found.told), len(found.failed)) == (1, 1)
    found = watching.look(freezing.desk("teller"), [listener])
    assert (len(found.told), len(found.failed)) == (1, 0)
    assert len({each["id"] for each in listener.heard}) == 2


def test_what_was_told_before_a_kill_stays_told(freezing: Stage) -> None:
    for number in ("JCC-1", "JCC-2", "JCC-3"):
        freezing.running(number=number)

    class Killed(Listener):
        def tell(self, told: Mapping[str, Any]) -> None:
            if len(self.heard) == 1:
                raise KeyboardInterrupt
            super().tell(told)

    killed = Killed()
    with pytest.raises(KeyboardInterrupt):
        watching.look(freezing.desk("teller"), [killed])
    rest = look(freezing)
    assert len(rest) == 2 and killed.heard[0]["id"] not in {each["id"] for each in rest}


def test_a_lost_node_is_waited_for(freezing: Stage) -> None:
    freezing.running()
    rounds: list[Round] = []
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        freezing.node.lost.clear()

    listener = Listener()
    freezing.node.lost["*"] = "before"
    watching.watch(lambda: freezing.desk("teller"), [listener], rounds.append, every=5, rounds=2, sleep=sleep)
    assert isinstance(rounds[0].lost, NodeError) and len(rounds[1].told) == 1
    assert slept == [5] and len(listener.heard) == 1


def test_what_no_waiting_cures_ends_the_watch(freezing: Stage) -> None:
    freezing.running()
    desk = freezing.desk("teller")
    desk._password = lambda _: "wrong password"
    with pytest.raises(AuthorityError):
        watching.watch(lambda: desk, [Listener()], lambda _: None, every=1, with_content=True, rounds=3)


def test_a_damaged_memory_is_a_sentence_and_the_memory_forgets_what_is_over(freezing: Stage) -> None:
    request = freezing.running()
    path = freezing.workspace("SG-MERLION").root / watching.NAME
    look(freezing)
    assert f"answer:{freezing.named(request).hold.hex()}" in path.read_text()
    freezing.answer(request)
    look(freezing)
    assert json.loads(path.read_text())["told"] == []
    path.write_text("{")
    with pytest.raises(FileError) as raised:
        look(freezing)
    assert raised.value.code == "watch.damaged"


def test_labels_and_keys_of_all_news(freezing: Stage) -> None:
    assert all(each.label().en and each.label().zh for each in What)
    freezing.running()
    found = news.news(freezing.desk("teller"))
    assert len({each.key for each in found}) == len(found) == 1


# A command


def script(folder: Path, text: str) -> str:
    path = folder / "with space" / "listen.py"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return f'"{sys.executable}" "{path}" one "two words"'


def test_a_command_gets_json_on_its_input_and_no_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "heard.json"
    monkeypatch.setenv("CONCORDAT_PASSWORD", "hunter2")
    monkeypatch.setenv("SOME_TOKEN", "hunter3")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    line = script(
        tmp_path,
        "import json, os, sys\n"
        f"open({str(out)!r}, 'w', encoding='utf-8').write(json.dumps("
        "[sys.argv[1:], json.loads(sys.stdin.buffer.read()), dict(os.environ)]))\n"
        "print('this is nobody\\'s output')",
    )
    CommandTeller(line).tell({"what": "answer", "text": "付款 $(rm)"})
    arguments, told, variables = json.loads(out.read_text(encoding="utf-8"))
    assert arguments == ["one", "two words"] and told == {"what": "answer", "text": "付款 $(rm)"}
    assert "hunter" not in json.dumps(variables) and variables["LC_ALL"] == "C.UTF-8"


def test_a_command_that_fails_hangs_or_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(TellError) as raised:
        CommandTeller(script(tmp_path, "raise SystemExit(3)")).tell({})
    assert "ended with 3" in raised.value.message
    with pytest.raises(TellError) as raised:
        CommandTeller(script(tmp_path, "import time; time.sleep(60)"), patience=0.5).tell({})
    assert "did not end" in raised.value.message
    with pytest.raises(TellError) as raised:
        CommandTeller(str(tmp_path / "nothing")).tell({})
    assert "could not be run" in raised.value.message
    for line in ("", "   ", 'echo "open'):
        with pytest.raises(UsageError):
            CommandTeller(line)


def test_no_shell_reads_a_command(tmp_path: Path) -> None:
    touched = tmp_path / "touched"
    line = script(tmp_path, "import sys; raise SystemExit(len(sys.argv) - 3)").replace(
        '"two words"', f"; touch {touched}"
    )
    with pytest.raises(TellError):
        CommandTeller(line).tell({})
    assert not touched.exists()


# A web hook


def test_a_hook_gets_a_signed_body(store: Store) -> None:
    WebhookTeller(store.url, SECRET).tell({"what": "answer"})
    ((headers, body),) = store.bodies
    assert json.loads(body) == {"what": "answer"}
    moment = headers["X-Concordat-Time"]
    expected = hmac.new(SECRET, moment.encode() + b"." + body, hashlib.sha256).hexdigest()
    assert headers["X-Concordat-Signature"] == f"sha256={expected}"
    assert headers["Content-Type"] == "application/json"


def test_a_hook_that_stumbles_is_tried_again_with_longer_pauses(store: Store) -> None:
    slept: list[float] = []
    store.answers = [503, 0]
    WebhookTeller(store.url, SECRET, sleep=slept.append).tell({})
    assert slept == list(tellers.PAUSES) and len(store.kept) == 1


@pytest.mark.parametrize(("answers", "tries"), [([404], 1), ([401], 1), ([302, 302, 302], 3), ([500] * 3, 3)])
def test_a_hook_that_does_not_take_it_is_told_again_later(
    store: Store, answers: list[int], tries: int
) -> None:
    store.answers = list(answers)
    with pytest.raises(TellError) as raised:
        WebhookTeller(store.url, SECRET, sleep=lambda _: None).tell({})
    assert str(answers[0]) in raised.value.message and "box" not in raised.value.message
    assert len(store.asked) == tries


def test_a_hook_that_is_gone_and_comes_back(freezing: Stage) -> None:
    freezing.running()
    store = Store()
    with serving(store):
        port = int(store.url.rsplit(":", 1)[1].split("/")[0])
    hook = WebhookTeller(store.url, SECRET, sleep=lambda _: None)
    assert len(watching.look(freezing.desk("teller"), [hook]).failed) == 1
    with serving(store, port):
        assert len(watching.look(freezing.desk("teller"), [hook]).told) == 1
    assert json.loads(store.bodies[0][1])["what"] == "answer"


def test_secrets_and_addresses_of_hooks(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_bytes(SECRET + b"\r\nmore")
    assert tellers.read_secret(path) == SECRET
    path.write_bytes(b"short\n")
    with pytest.raises(UsageError):
        tellers.read_secret(path)
    with pytest.raises(FileError):
        tellers.read_secret(tmp_path / "none")
    for url in ("ftp://x", "https://", "http://[", "nothing"):
        with pytest.raises(UsageError):
            WebhookTeller(url, SECRET)
