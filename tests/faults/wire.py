# SPDX-License-Identifier: Apache-2.0
"""The wire between client and node, which the tests cut where they want."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import requests


class Wire:
    """A way to the node.

    Attributes:
        url: of this end.
        cut_at: method at which it breaks; afterwards nothing gets through.
        delivered: whether the node gets that last request.
        silent: whether the wire is then left open without a word, so that the client waits.
        broken: set when it broke.
        asked: methods that came through, in order.
    """

    def __init__(self, node: str) -> None:
        self.node = node
        self.url = ""
        self.cut_at = ""
        self.after = ""
        self.delivered = False
        self.silent = False
        self.broken = threading.Event()
        self.asked: list[str] = []

    def cut(self, method: str, *, delivered: bool, silent: bool = False, after: str = "") -> None:
        """Break at this method; ``after``: only once that other one came through."""
        self.cut_at, self.delivered, self.silent, self.after = method, delivered, silent, after

    def mend(self) -> None:
        """Let everything through again."""
        self.cut_at = ""
        self.broken.clear()

    def carry(self, body: bytes) -> bytes | None:
        """Take one request to the node. None: the wire is broken."""
        if self.broken.is_set():
            return None
        method = json.loads(body)["method"]
        breaks = method == self.cut_at and (not self.after or self.after in self.asked)
        if breaks and not self.delivered:
            self.broken.set()
            return None
        self.asked.append(method)
        with requests.Session() as session:
            session.trust_env = False  # no proxies
            content = session.post(
                self.node, body, headers={"Content-Type": "application/json"}, timeout=30
            ).content
        if breaks:
            self.broken.set()
            return None
        return content


@contextmanager
def wire_to(node: str) -> Iterator[Wire]:
    """A wire to a node, on a free port."""
    wire = Wire(node)
    over = threading.Event()

    class End(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = wire.carry(self.rfile.read(int(self.headers["Content-Length"])))
            if content is None:
                if wire.silent:
                    over.wait(60)
                self.close_connection = True
                return
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), End)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    wire.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield wire
    finally:
        over.set()
        server.shutdown()
        server.server_close()
