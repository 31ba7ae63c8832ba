# SPDX-License-Identifier: Apache-2.0
"""Documents that are copied into a package: their names there, and the line that each gets."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from concordat.evidence.intake.hashing import TwinHasher
from concordat.evidence.intake.kinds import Probe, recognise
from concordat.evidence.manifest import Entry

FOLDER: Final = "documents"
# Endings that the package uses while it writes.
_OWN_ENDINGS = (".new", ".tmp")


class DocumentNames:
    """Gives each document a name of its own, also for a system that ignores case."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def name(self, source: Path) -> str:
        """Path of the document inside of the package: ``documents/<its name>``, numbered if that is taken."""
        own = source.name.replace("\\", "_") + ("_" if source.name.endswith(_OWN_ENDINGS) else "")
        name, number = own, 1
        while name.casefold() in self._taken:
            number += 1
            name = f"{number}-{own}"
        self._taken.add(name.casefold())
        return f"{FOLDER}/{name}"


def describe(n: int, path: str, file: Path, role: str) -> Entry:
    """Digest a file of the package and write its line.

    Args:
        n: number of the exhibit.
        path: its path in the package.
        file: where it lies now.
        role: its role.

    Raises:
        OSError: it cannot be read.
    """
    with TwinHasher() as hasher, file.open("rb", buffering=0) as reader:
        digests = hasher.digest(reader)
        recognised = recognise(Probe(digests.head, digests.size, reader))
    return Entry(
        n=n,
        path=path,
        size=digests.size,
        sha256=digests.sha256,
        sm3=digests.sm3,
        kind=str(recognised.kind),
        role=str(role),
        media=recognised.media,
    )
