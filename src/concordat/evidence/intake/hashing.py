# SPDX-License-Identifier: Apache-2.0
"""SHA-256 and SM3 of a stream in one pass over its bytes.

SM3 is the slower by far (about a sixth of SHA-256 with SHA instructions), so for anything larger than a few
buffers it has its own thread: hashlib lets other threads run while it digests, and the whole takes hardly
longer than SM3 alone. Small files are digested where they are read; a thread would cost more than it saves.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

CHUNK = 1 << 20
"""Bytes read at a time."""
BUFFERS = 4
"""Chunks in flight while the slower digest catches up: the bound on memory, `BUFFERS * CHUNK`."""
HEAD = 256 << 10
"""First bytes kept for recognising the kind."""


class Hasher(Protocol):
    """The part of hashlib's objects that is used here."""

    def update(self, data: bytes | memoryview, /) -> None:
        """Take more bytes."""

    def hexdigest(self) -> str:
        """The digest so far, lower-case hex."""


class Reader(Protocol):
    """An unbuffered binary file."""

    def readinto(self, buffer: memoryview, /) -> int | None:
        """Fill the buffer as far as the file goes; 0 at its end."""


@dataclass(frozen=True, slots=True)
class Digests:
    """Result of one pass: hex digests, number of bytes, and the first `HEAD` of them."""

    sha256: str
    sm3: str
    extra: Mapping[str, str]
    size: int
    head: bytes


class _CryptographySm3:
    """SM3 of the ``cryptography`` package, for a Python whose OpenSSL was built without it."""

    def __init__(self) -> None:
        from cryptography.hazmat.primitives import hashes  # only where hashlib cannot

        self._hash = hashes.Hash(hashes.SM3())

    def update(self, data: bytes | memoryview, /) -> None:
        self._hash.update(bytes(data))

    def hexdigest(self) -> str:
        return self._hash.copy().finalize().hex()


def _sm3_maker() -> Callable[[], Hasher]:
    """Find SM3 once: copying an empty digest is much cheaper than asking OpenSSL for it by name each time."""
    try:
        empty = hashlib.new("sm3")
    except ValueError:
        return _CryptographySm3
    return empty.copy


new_sm3: Callable[[], Hasher] = _sm3_maker()
_EXTRA: Mapping[str, str] = {"MD5": "md5", "SHA-1": "sha1"}


def new_extra(name: str) -> Hasher:
    """A digest of older lists, "MD5" or "SHA-1": only ever computed beside the two real ones."""
    return hashlib.new(_EXTRA[name], usedforsecurity=False)


class TwinHasher:
    """Digests streams one after the other. It holds the buffers and the thread: make one for all files."""

    def __init__(self) -> None:
        self._buffers = [bytearray(CHUNK) for _ in range(BUFFERS)]
        self._pool: ThreadPoolExecutor | None = None

    def __enter__(self) -> TwinHasher:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the thread back."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def digest(
        self,
        reader: Reader,
        *,
        limit: int | None = None,
        extra: Iterable[str] = (),
        advance: Callable[[int], None] | None = None,
    ) -> Digests:
        """Read to the end, or until more than ``limit`` bytes came: a file being written may have no end.

        ``advance`` is told of every chunk. Errors of the reader pass through.
        """
        sha256, sm3 = hashlib.sha256(), new_sm3()
        others = {name: new_extra(name) for name in extra}
        here: list[Hasher] = [sha256, *others.values()]
        view = memoryview(self._buffers[0])
        size = _fill(reader, view)
        head = bytes(view[: min(size, HEAD)])
        if advance is not None and size:
            advance(size)
        if size < CHUNK:
            for hasher in (*here, sm3):
                hasher.update(view[:size])
        else:
            size += self._stream(reader, here, sm3, None if limit is None else limit - size, advance)
        return Digests(
            sha256.hexdigest(), sm3.hexdigest(), {n: h.hexdigest() for n, h in others.items()}, size, head
        )

    def _stream(
        self,
        reader: Reader,
        here: list[Hasher],
        sm3: Hasher,
        limit: int | None,
        advance: Callable[[int], None] | None,
    ) -> int:
        """Digest the first buffer, already full, and all that follows; return how many bytes followed."""
        pool = self._pool = self._pool or ThreadPoolExecutor(1, "sm3")
        busy: list[Future[None] | None] = [None] * BUFFERS
        total, turn, length = 0, 0, CHUNK
        try:
            while length and (limit is None or total <= limit):
                view = memoryview(self._buffers[turn])[:length]
                busy[turn] = pool.submit(sm3.update, view)
                for hasher in here:
                    hasher.update(view)
                turn = (turn + 1) % BUFFERS
                _settle(busy[turn])
                length = _fill(reader, memoryview(self._buffers[turn]))
                total += length
                if advance is not None and length:
                    advance(length)
        finally:
            for future in busy:
                _settle(future)
        return total


def _settle(future: Future[None] | None) -> None:
    if future is not None:
        future.result()


def _fill(reader: Reader, view: memoryview) -> int:
    """Fill the buffer or reach the end: devices and network shares may give less than asked."""
    filled = 0
    while filled < len(view):
        got = reader.readinto(view[filled:])
        if not got:
            break
        filled += got
    return filled
