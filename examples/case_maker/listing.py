# SPDX-License-Identifier: Apache-2.0
"""An exhibit as the papers list it, and the list of integrity values in the format of `sha256sum`."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One file of a collection: its number, its path below the collection's folder, what it is, its bytes."""

    number: str
    path: str
    what: str
    data: bytes

    @property
    def sha256(self) -> str:
        """Give the SHA-256 of its bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def sm3(self) -> str:
        """Give the SM3 of its bytes, in hexadecimal."""
        return hashlib.new("sm3", self.data).hexdigest()


def hash_list(exhibits: Sequence[Exhibit]) -> bytes:
    """Write the integrity values computed at the source, in the binary mode of `sha256sum`."""
    return "".join(f"{e.sha256} *{e.path}\n" for e in sorted(exhibits, key=lambda e: e.path)).encode("utf-8")


def item_rows(exhibits: Sequence[Exhibit]) -> list[tuple[str, str, str, str]]:
    """Give the rows of an item list: number, what it is and its path, size, SHA-256 in two halves."""
    return [
        (e.number, f"{e.what}\n{e.path}", f"{len(e.data):,}", f"{e.sha256[:32]}\n{e.sha256[32:]}")
        for e in exhibits
    ]


def sm3_rows(exhibits: Sequence[Exhibit]) -> list[tuple[str, str]]:
    """Give number and SM3 of every exhibit."""
    return [(e.number, e.sm3) for e in exhibits]
