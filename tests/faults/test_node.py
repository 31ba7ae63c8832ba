# SPDX-License-Identifier: Apache-2.0
"""The node is down, is lost in the middle, is the wrong one: nothing is sent, or nothing happens twice."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from town import Office, Town, root_of, stored
from wire import Wire

from concordat.ledger.rpc import Rpc
from tests.localnode import ganache

REGISTER = ("register", "case.yaml", "files")


def finish(office: Office) -> None:
    """The next run finishes; the record stands once, and nothing waits."""
    again = office("register", "case.acq")
    assert again.code == 0, again.err
    assert office.town.registered(root_of(office)) == 1
    assert (office.folder / "case.acq" / "certificate" / "registration-certificate.pdf").exists()
    assert "Nothing waits to be sent" in office("doctor").out


def test_a_node_that_is_down(office: Office, town: Town) -> None:
    assert office("pack", "case.yaml", "files").code == 0
    height, office.url = town.height, "http://127.0.0.1:9"
    ran = office("register", "case.acq")
    assert (ran.code, ran.out) == (5, "")
    assert "does not answer" in ran.err and "Nothing was sent" in ran.err
    assert town.height == height
    office.url = town.url
    finish(office)


@pytest.mark.parametrize(
    ("method", "delivered"),
    [
        ("eth_sendRawTransaction", False),
        ("eth_sendRawTransaction", True),
        ("eth_getTransactionReceipt", False),
    ],
)
def test_a_node_that_is_lost_between_sending_and_receipt(
    office: Office, wire: Wire, method: str, delivered: bool
) -> None:
    wire.cut(method, delivered=delivered)
    ran = office(*REGISTER)
    assert (ran.code, ran.out) == (9, "")
    assert "outbox" in ran.err and "again" in ran.err
    assert stored(office) is (delivered or method == "eth_getTransactionReceipt")
    # As long as it is away, the outcome stays open.
    assert office("register", "case.acq").code == 5
    wire.mend()
    finish(office)
    assert wire.asked.count("eth_sendRawTransaction") == 1


def test_a_node_that_is_lost_before_sending(office: Office, wire: Wire, town: Town) -> None:
    height = town.height
    wire.cut("eth_estimateGas", delivered=False)
    ran = office(*REGISTER)
    assert ran.code == 5
    assert "Nothing was sent" in ran.err
    assert town.height == height
    wire.mend()
    finish(office)


@pytest.mark.parametrize("method", ["eth_getLogs", "eth_getProof"])
def test_a_node_that_is_lost_after_the_block(office: Office, wire: Wire, method: str) -> None:
    """Nobody may read then that nothing was sent."""
    wire.cut(method, delivered=False, after="eth_sendRawTransaction")
    ran = office(*REGISTER)
    assert ran.code == 9
    assert "registered" in ran.err and "Nothing was sent" not in ran.err
    assert stored(office)
    wire.mend()
    finish(office)
    assert wire.asked.count("eth_sendRawTransaction") == 1


@pytest.fixture
def other_chain() -> Iterator[str]:
    with ganache(7) as url:
        yield url


def refused(office: Office, *says: str) -> None:
    """Exit code 5 and not a block more, for what sends and for what only asks."""
    height = office.town.height
    for words in (REGISTER, ("check", "case.yaml"), ("sync",)):
        ran = office(*words)
        assert (ran.code, ran.out) == (5, "")
        for say in (*says, "Nothing was sent"):
            assert say in ran.err
    assert office.town.height == height
    assert not (office.folder / "case.acq").exists()


def test_another_chain(office: Office, other_chain: str) -> None:
    office.url = other_chain
    refused(office, "The node's chain is 7, this workspace is for 1337")


def configure(office: Office, **values: Any) -> None:
    path = office.folder / ".concordat" / "config.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **values}))


def test_a_directory_that_is_none(office: Office, town: Town) -> None:
    configure(office, directory=town.chain.address("EvidenceRegistry"))
    refused(office, "No Directory stands at")


def test_other_code_at_a_pinned_address(office: Office, town: Town) -> None:
    """What no chain in earnest lets anybody do; a forged node may."""
    node, address = Rpc(town.url), town.chain.address("EvidenceRegistry")
    code = node.request("eth_getCode", address, "latest")
    node.request("evm_setAccountCode", address, code + "00")
    try:
        refused(office, "The code of EvidenceRegistry is not the code that was pinned")
    finally:
        node.request("evm_setAccountCode", address, code)
    assert office(*REGISTER).code == 0


def test_something_that_is_no_node(office: Office, tmp_path: Path, page: Callable[[], str]) -> None:
    office.url = page()
    refused(office, "is not an Ethereum node")


@pytest.fixture
def page() -> Iterator[Callable[[], str]]:
    """A web page, as a captive portal serves it instead of everything."""
    import http.server
    import threading

    class Portal(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<html>Please log in</html>")

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Portal)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield lambda: f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
