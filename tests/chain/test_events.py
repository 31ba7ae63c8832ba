# SPDX-License-Identifier: Apache-2.0
"""``concordat events`` on a chain: everything told in words, in order, at least once, and soon."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from hall import Hall, Offices

from concordat.casework import events as casework
from concordat.casework.events import Stream
from concordat.casework.telling import cursors, looping, tellers
from concordat.casework.telling.cursors import Cursor
from concordat.casework.telling.tellers import TellError, WebhookTeller
from concordat.membership import agencies
from concordat.membership.agencies import Competence

SECRET = b"a secret of some length"
WITHIN = 3.0
"""Seconds within which a new event reaches a hook that is looked after every second."""


class Listener:
    """Is told, and refuses as often as it was asked to."""

    def __init__(self, refuses: int = 0) -> None:
        self.heard: list[Mapping[str, Any]] = []
        self.refuses = refuses

    def tell(self, told: Mapping[str, Any]) -> None:
        if self.refuses:
            self.refuses -= 1
            raise TellError("Not now.")
        self.heard.append(told)


def happens(hall: Hall, competence: int = 100) -> None:
    """Something: a contact point is named."""
    agencies.set_contact_point(hall.chain, hall.authority("MY-AGC"), competence, hall.number("MY-PDRM"))


def here(hall: Hall) -> Cursor:
    mark = Stream(hall.chain).feed.head()
    return Cursor(mark.block, cursors.ALL, mark.hash)


def test_everything_is_told_and_the_same_from_any_cursor(office: Offices) -> None:
    pdrm = office("MY-PDRM")
    found = pdrm.done("events")
    names = {f"{each['contract']}.{each['event']}" for each in found["events"]}
    assert {
        "Genesis.SuiteFounded",
        "AgencyRegistry.AgencyAdmitted",
        "AgencyRegistry.OfficerAppointed",
    } <= names
    assert found["unknown"] == 0 and found["reorganised_from"] is None
    places = [(each["block"], each["index"]) for each in found["events"]]
    assert places == sorted(set(places))
    middle = len(places) // 2
    again = pdrm.done("events", "--since", found["events"][middle]["cursor"])
    assert again["events"] == found["events"][middle + 1 :]
    assert "机构加入" in pdrm("events", "--lang", "zh").out


def test_what_is_not_asked_for_is_left_out(hall: Hall, office: Offices) -> None:
    pdrm = office("MY-PDRM")
    found = pdrm.done("events", "--of", "AgencyRegistry.ContactPointSet", "--about", "MY-PDRM")["events"]
    assert len(found) == 2
    assert {each["args"]["agency"] for each in found} == {hall.number("MY-PDRM")}
    assert "contact point was named: jurisdiction MY" in found[0]["text"]["en"]
    officer = hall.officers["MY-PDRM"]
    assert [e["event"] for e in pdrm.done("events", "--about", officer[:20])["events"]] == [
        "OfficerAppointed"
    ]
    assert pdrm.done("events", "--since", "2400-01-01T00:00:00Z")["events"] == []
    assert "No contract of this suite" in pdrm.refused("events", "--of", "Holds.Nothing")
    assert "is no id" in pdrm.refused("events", "--about", "0x12")
    assert "called 'NOBODY'" in pdrm.refused("events", "--about", "NOBODY")
    assert "is no cursor" in pdrm.refused("events", "--since", "1:2:0x3")
    assert "is no time" in pdrm.refused("events", "--since", "yesterday")


def test_each_is_told_at_least_once_and_in_order(hall: Hall, tmp_path: Path) -> None:
    path, start = tmp_path / "cursor.json", here(hall)
    for competence in (101, 102, 103):
        happens(hall, competence)
    listener = Listener()
    stream = Stream(hall.chain)
    first = casework.look(stream, [listener], start, path)
    assert [told["args"]["competence"] for told in listener.heard] == [101, 102, 103]
    assert casework.look(stream, [listener], start, path).told == ()

    happens(hall, 104)
    happens(hall, 105)
    listener.refuses = 1
    failed = casework.look(stream, [listener], start, path)
    assert failed.failed and failed.told == () and failed.cursor.block < Stream(hall.chain).feed.head().block
    casework.look(Stream(hall.chain), [listener], start, path)
    assert [told["args"]["competence"] for told in listener.heard] == [101, 102, 103, 104, 105]
    replayed = Listener()
    casework.look(stream, [replayed], Cursor.parse(str(first.told[0]["cursor"])))
    assert replayed.heard == listener.heard[1:]


def test_a_reorganised_chain_is_noticed_and_said(hall: Hall, office: Offices, tmp_path: Path) -> None:
    path, start, listener = tmp_path / "cursor.json", here(hall), Listener()
    before = hall.node.request("evm_snapshot")
    happens(hall, 101)
    happens(hall, 102)
    casework.look(Stream(hall.chain), [listener], start, path)
    hall.node.request("evm_revert", before)
    hall.pass_time(7)
    happens(hall, 103)
    found = casework.look(Stream(hall.chain), [listener], start, path)
    assert found.reorganised == start.block + 1
    names = [told["event"] for told in listener.heard]
    assert names == ["ContactPointSet", "ContactPointSet", casework.REORGANISED, "ContactPointSet"]
    assert listener.heard[-1]["args"]["competence"] == 103
    lone = listener.heard[0]["cursor"]
    ran = office("MY-PDRM")("events", "--since", lone, "--json")
    assert ran.code == 0 and "was reorganised" in ran.err
    assert ran.data["events"][0]["event"] == "ModuleCreated", "nothing is left that both have seen"


@pytest.fixture
def hook() -> Iterator[tuple[str, list[tuple[float, dict[str, Any]]]]]:
    """A web hook on this computer, and when it heard what."""
    heard: list[tuple[float, dict[str, Any]]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            signed = tellers.signature(SECRET, self.headers[tellers.TIME], body)
            assert self.headers[tellers.SIGNATURE] == signed
            heard.append((time.monotonic(), json.loads(body)))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/hook", heard
    finally:
        server.shutdown()
        server.server_close()


def test_a_new_event_reaches_a_hook_within_seconds(
    hall: Hall, hook: tuple[str, list[tuple[float, dict[str, Any]]]], tmp_path: Path
) -> None:
    url, heard = hook
    stream, start, path = Stream(hall.chain), here(hall), tmp_path / "cursor.json"
    teller = WebhookTeller(url, SECRET)
    watcher = threading.Thread(
        target=looping.again,
        args=(lambda: casework.look(stream, [teller], start, path), lambda _: None),
        kwargs={"every": 1.0, "rounds": 8},
        daemon=True,
    )
    watcher.start()
    waits = []
    for competence in (101, 102):
        time.sleep(0.4)
        happens(hall, competence)
        mined = time.monotonic()
        while len(heard) < competence - 100 and time.monotonic() < mined + 2 * WITHIN:
            time.sleep(0.02)
        assert heard[-1][1]["args"]["competence"] == competence
        waits.append(heard[-1][0] - mined)
    assert max(waits) <= WITHIN, waits
    watcher.join(timeout=30)


def test_the_command_tells_a_hook_and_goes_on_where_it_stopped(
    hall: Hall,
    office: Offices,
    hook: tuple[str, list[tuple[float, dict[str, Any]]]],
    tmp_path: Path,
) -> None:
    url, heard = hook
    secret = tmp_path / "secret"
    secret.write_bytes(SECRET + b"\n")
    words = ("events", "--of", "AgencyRegistry", "--webhook", url, "--secret-file", str(secret))
    pdrm = office("MY-PDRM")
    count = len(pdrm.done(*words)["events"])
    assert count == len(heard) > 10
    assert pdrm.done(*words)["events"] == []
    happens(hall, int(Competence.VICTIMS))
    assert [e["event"] for e in pdrm.done(*words)["events"]] == ["ContactPointSet"]
    assert "secret" in pdrm.refused("events", "--webhook", url)
