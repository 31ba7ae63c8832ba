# SPDX-License-Identifier: Apache-2.0
"""How sealed messages travel off the chain: through a store that needs no trust.

A message is addressed by the hash of its envelope, which is on the chain; what comes back is hashed and
compared before it is opened. Whoever keeps the store can withhold a message or lose it, and no more.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final, Protocol

from concordat.errors import VerificationError
from concordat.evidence import store
from concordat.mail import sealed

SEALED: Final = ".sealed"
_LARGEST: Final = 2 * sealed.LARGEST


class Mailbox(Protocol):
    """Where sealed messages are left and fetched."""

    def put(self, data: bytes) -> bytes:
        """Leave an envelope; returns its hash. Doing it again does no harm."""

    def get(self, digest: bytes) -> bytes | None:
        """The envelope of this hash, compared with it; None if it is not there."""


class FolderMailbox:
    """A shared folder, drive or synchronised directory: ``<2 hex digits>/<hash>.sealed``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, data: bytes) -> bytes:
        """Leave an envelope, at once and complete.

        Raises:
            FileError: the folder cannot be written.
        """
        digest = sealed.digest(data)
        path = self._path(digest)
        with store.guard(f"leave a message in {self.folder}", kept="The message is kept here."):
            if not path.exists() or path.read_bytes() != data:
                store.write(path, data)
        return digest

    def get(self, digest: bytes) -> bytes | None:
        """The envelope of this hash; None if it is not there.

        Raises:
            VerificationError: what lies there is another one.
            FileError: it cannot be read.
        """
        path = self._path(digest)
        with store.guard(f"fetch a message from {self.folder}"):
            if not path.exists():
                return None
            if path.stat().st_size > _LARGEST:
                raise VerificationError(
                    "What lies in the mailbox is larger than any message.",
                    code="sealed.malformed",
                    kept="It was not read.",
                    next="Ask the sender to send the original file again.",
                )
            data = path.read_bytes()
        sealed.check_hash(data, digest)
        return data

    def _path(self, digest: bytes) -> Path:
        name = digest.hex()
        return self.folder / name[:2] / f"{name}{SEALED}"
