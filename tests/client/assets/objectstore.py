# SPDX-License-Identifier: Apache-2.0
"""A real web server on this computer that keeps what is put, with the faults that real ones have."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Store:
    """What a server keeps and how it behaves.

    Attributes:
        kept: content by path.
        asked: method and path of every request, in order.
        headers: of every request that had a body, with it.
        answers: statuses for the next requests, before it behaves well again; 0 hangs up.
        cut: send this many bytes less than announced.
        drip: seconds between two bytes.
    """

    kept: dict[str, bytes] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    bodies: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    cut: int = 0
    drip: float = 0.0
    url: str = ""


class _Server(ThreadingHTTPServer):
    """A server that knows its store."""

    daemon_threads = True

    def __init__(self, store: Store, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.store = store

    def handle_error(self, *_: Any) -> None:
        pass  # the other side hung up, as some tests want


class _Handler(BaseHTTPRequestHandler):
    """What the store answers."""

    server: _Server

    def do_GET(self) -> None:
        self._note()
        if self._fails():
            return
        data = self.server.store.kept.get(self.path)
        self._answer(200 if data is not None else 404, data or b"")

    def do_PUT(self) -> None:
        self._take()

    def do_POST(self) -> None:
        self._take()

    def _take(self) -> None:
        self._note()
        data = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.store.bodies.append((dict(self.headers), data))
        if self._fails():
            return
        self.server.store.kept[self.path] = data
        self._answer(201, b"")

    def _note(self) -> None:
        self.server.store.asked.append((self.command, self.path))

    def _fails(self) -> bool:
        if not self.server.store.answers:
            return False
        status = self.server.store.answers.pop(0)
        if status == 0:
            self.close_connection = True
            return True
        self.send_response(status)
        if status in (301, 302, 307):
            self.send_header("Location", "http://elsewhere.test/")
        self.send_header("Content-Length", "0")
        self.end_headers()
        return True

    def _answer(self, status: int, data: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        for byte in data[: len(data) - self.server.store.cut] if self.server.store.drip else ():
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            time.sleep(self.server.store.drip)
        if not self.server.store.drip:
            self.wfile.write(data[: len(data) - self.server.store.cut])
        self.close_connection = bool(self.server.store.cut)

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def serving(store: Store, port: int = 0) -> Iterator[Store]:
    """The store on a socket; gone when the block ends."""
    server = _Server(store, port)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    store.url = f"http://127.0.0.1:{server.server_address[1]}/box"
    try:
        yield store
    finally:
        server.shutdown()
        server.server_close()
