# SPDX-License-Identifier: Apache-2.0
"""The tree over a folder with leaf 0, a list of entries and a seed: a package, or a supplement of one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any, Final

from concordat.errors import VerificationError
from concordat.evidence import merkle
from concordat.evidence.manifest import Entry

LIST: Final = "exhibits.jsonl"
SEED: Final = "salt.seed"


class TreeFilesError(VerificationError):
    """A file that the tree is made of is not of its form."""

    default_code = "package.damaged"


class AcquisitionTree:
    """Leaves, salts, root and proofs, read from the files each time.

    Args:
        head: file of leaf 0 (manifest.json or supplement.json).
        entries: exhibits.jsonl: one line for every further leaf.
        seed: salt.seed, 32 bytes as hex.
    """

    def __init__(self, head: Path, entries: Path, seed: Path) -> None:
        self.head = head
        self.entries = entries
        self.seed = seed

    def lines(self) -> Iterator[bytes]:
        """Each exhibit's line as bytes, without its end. Reads as it goes."""
        with self.entries.open("rb") as stream:
            for number, line in enumerate(stream, 1):
                if not line.endswith(b"\n"):
                    raise TreeFilesError(f"Line {number} of {self.entries.name} has no end.", next=_NEXT)
                yield line[:-1]

    def exhibits(self) -> Iterator[Entry]:
        """Each exhibit, numbered from 1 without a gap.

        Raises:
            NotCanonicalError, FieldError, TreeFilesError: a line is not what was written.
        """
        for number, line in enumerate(self.lines(), 1):
            entry = Entry.decode(line, f"Line {number} of {self.entries.name}")
            if entry.n != number:
                raise TreeFilesError(
                    f"Line {number} of {self.entries.name} numbers itself {entry.n}.", next=_NEXT
                )
            yield entry

    def line(self, index: int) -> bytes:
        """Data of leaf ``index``: 0 is the manifest, ``n`` the line of exhibit n.

        Raises:
            TreeError: there is no such leaf.
        """
        if index == 0:
            return self.head.read_bytes()
        for number, line in enumerate(self.lines(), 1):
            if number == index:
                return line
        raise merkle.TreeError(f"There is no exhibit {index}.", next="Name one from 1 to the last exhibit.")

    def key(self) -> bytes:
        """The 32-byte seed of the salts.

        Raises:
            TreeFilesError: it is not 32 bytes of hex.
        """
        text = self.seed.read_bytes()
        try:
            seed = bytes.fromhex(text.decode("ascii"))
        except ValueError:
            seed = b""
        if len(seed) != merkle.HASH_BYTES or text != seed.hex().encode() + b"\n":
            raise TreeFilesError(f"{self.seed.name} is not 32 bytes of hex.", next=_NEXT)
        return seed

    def salt(self, index: int) -> bytes:
        """Salt of leaf ``index``."""
        return merkle.salt(self.key(), index)

    def leaf(self, index: int) -> bytes:
        """Hash of leaf ``index``."""
        return merkle.leaf_hash(self.salt(index), self.line(index))

    def leaves(self) -> Iterator[bytes]:
        """All leaf hashes in order."""
        return merkle.leaf_hashes(self.key(), chain([self.head.read_bytes()], self.lines()))

    def root(self) -> bytes:
        """Root over all leaves."""
        return merkle.root(self.leaves())

    def path(self, index: int) -> tuple[bytes, ...]:
        """Siblings of leaf ``index``."""
        return merkle.proof(self.leaves(), index)

    def count(self) -> int:
        """Number of leaves."""
        return 1 + sum(1 for _ in self.lines())

    def list_sha256(self) -> str:
        """SHA-256 (hex) of the list of entries."""
        with self.entries.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()


_NEXT: Any = "Take it from a backup of the package."
