# SPDX-License-Identifier: Apache-2.0
"""A bank's bulk answer in a process of its own that is killed, against a node on a socket."""

from __future__ import annotations

import os
import socketserver
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fakenode import serve
from freeze_stage import PASSWORD, Stage
from stage import uri
from test_books import fill, held, inbox, many

from concordat.casework.institution import books
from concordat.casework.institution.incoming import Duty

COUNT = 120
PLACES = [str(Path(__file__).parents[place] / name) for place, name in ((2, "ledger"), (1, ""), (0, ""))]
PROGRAM = f"""
import sys
sys.path[:0] = {PLACES!r}
from freeze_stage import cheap_passwords
from concordat.cli import run
with cheap_passwords():
    sys.exit(run(sys.argv[1:]))
"""


def answering(stage: Stage, url: str, book: Path) -> subprocess.Popen[str]:
    """``concordat freeze answer --from BOOK`` in a process of its own."""
    arguments = ["freeze", "answer", "--from", str(book), "--key", uri("teller"), "--json"]
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments, "--workspace", str(stage.workspace("SG-MERLION").root)],
        env={**os.environ, "CONCORDAT_RPC": url, "CONCORDAT_PASSWORD": PASSWORD, "NO_PROXY": "127.0.0.1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def killing(stage: Stage, at: int, *, arrives: bool) -> Callable[[subprocess.Popen[str]], None]:
    """Kill the process when it sends for the ``at``-th time, before or after that reached the node."""
    real, count = stage.node.eth_sendRawTransaction, [at]
    victim: list[subprocess.Popen[str]] = []

    def send(raw: str) -> Any:
        count[0] -= 1
        if count[0] == 0:
            victim[0].kill()
            victim[0].wait(30)
            return real(raw) if arrives else "0x" + "00" * 32
        return real(raw)

    stage.node.eth_sendRawTransaction = send  # type: ignore[method-assign]
    return victim.append


def test_a_killed_bulk_answer_goes_on_and_doubles_nothing(
    freezing: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socketserver.BaseServer, "handle_error", lambda *_: None)  # the killed hang up
    many(freezing, COUNT)
    book = freezing.folder / "book.csv"
    books.export_book(freezing.desk("teller"), book)
    fill(book, held)
    with serve(freezing.node) as url:
        for at, arrives in ((1, False), (1, True), (1, False)):
            marked = killing(freezing, at, arrives=arrives)
            process = answering(freezing, url, book)
            marked(process)
            process.communicate(timeout=120)
            assert process.returncode != 0
            del freezing.node.eth_sendRawTransaction
        last = answering(freezing, url, book)
        out, err = last.communicate(timeout=120)
        assert last.returncode == 0, out + err
    answered = freezing.ledger.events("Holds", "Answered")
    assert len(answered) == COUNT == len({event.args["hold"] for event in answered})
    assert {each.duty for each in inbox(freezing)} == {Duty.CHECK}
