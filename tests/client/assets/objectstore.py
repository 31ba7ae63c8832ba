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


@contextmanager
def serving(store: Store, port: int = 0) -> Iterator[Store]:
    """The store on a socket; gone when the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._note()
            if self._fails():
                return
            data = store.kept.get(self.path)
            self._answer(200 if data is not None else 404, data or b"")

        def do_PUT(self) -> None:
            self._take()

        def do_POST(self) -> None:
            self._take()

        def _take(self) -> None:
            self._note()
            data = self.rfile.read(int(self.headers["Content-Length"]))
            store.bodies.append((dict(self.headers), data))
            if self._fails():
                return
            store.kept[self.path] = data
            self._answer(201, b"")

        def _note(self) -> None:
            store.asked.append((self.command, self.path))

        def _fails(self) -> bool:
            if not store.answers:
                return False
            status = store.answers.pop(0)
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
            for byte in data[: len(data) - store.cut] if store.drip else ():
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(store.drip)
            if not store.drip:
                self.wfile.write(data[: len(data) - store.cut])
            self.close_connection = bool(store.cut)

        def log_message(self, *_: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: Any) -> None:
            pass  # the other side hung up, as some tests want

    server = Server(("127.0.0.1", port), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    store.url = f"http://127.0.0.1:{server.server_address[1]}/box"
    try:
        yield store
    finally:
        server.shutdown()
        server.server_close()
