# SPDX-License-Identifier: Apache-2.0
"""What the private folders of requests, plans and seized things have in common.

A folder is made at once and complete, or not at all, before anything is sent; its parts are read by their
form; its receipts only grow.
"""

from __future__ import annotations

import shutil
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from concordat.errors import FileError, UsageError, VerificationError
from concordat.evidence import canonical, fields, store
from concordat.ledger.protocol import Receipt

BACKUP: Final = "Take the folder from a backup."
RECEIPTS: Final = "receipts.json"
_PARTIAL: Final = ".partial"


class PrivateFolder(ABC):
    """One private folder. Nothing is read before it is needed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def name(self) -> str:
        """What people call it."""
        return self.folder.name

    @abstractmethod
    def damaged(self, part: str) -> FileError:
        """What is said of a part that is no longer what it was."""

    def read(self, part: str, form: Mapping[str, fields.Check]) -> dict[str, Any]:
        """A part, given by its path within the folder, with ``/``.

        Raises:
            FileError: it cannot be read, or is not of this form.
        """
        path = self.folder / part
        with store.guard(f"read {path.name}", next=BACKUP):
            data = path.read_bytes()
        try:
            values = canonical.loads(data, path.name)
            fields.check(values, path.name, form)
        except VerificationError as error:
            raise self.damaged(part) from error
        return dict(values)

    def receipts(self) -> list[dict[str, Any]]:
        """Transactions that took effect, oldest first."""
        if not (self.folder / RECEIPTS).exists():
            return []
        return list(self.read(RECEIPTS, {"receipts": fields.list_of(fields.within(_RECEIPT))})["receipts"])

    def keep_receipt(self, act: str, receipt: Receipt) -> None:
        """Note a transaction that took effect; one that is noted already is left alone."""
        known = self.receipts()
        if any(self.is_noted(each, act, receipt) for each in known):
            return
        added = {"act": act, "transaction": receipt.transaction, "block": receipt.block, "time": receipt.time}
        with store.guard("write the receipt", kept="The transaction stands on the chain."):
            store.write(self.folder / RECEIPTS, canonical.dumps({"receipts": [*known, added]}))

    def is_noted(self, noted: Mapping[str, Any], act: str, receipt: Receipt) -> bool:
        """Whether what is noted is this transaction."""
        return bool(noted["transaction"] == receipt.transaction)


def make(folder: Path, lay_in: Callable[[Path], object]) -> None:
    """Make a folder at once and complete.

    Args:
        folder: to be made.
        lay_in: writes all parts into the folder that it is given.

    Raises:
        UsageError: there is one already.
        FileError: it cannot be written; then nothing of it is left.
    """
    if folder.exists():
        raise UsageError(
            f"{folder.name} exists.",
            code="file.exists",
            kept="It was not touched.",
            next="Give another name with --out.",
        )
    partial = folder.with_name(folder.name + _PARTIAL)
    with store.guard(f"write {folder.name}", kept="Nothing was sent."):
        shutil.rmtree(partial, ignore_errors=True)  # of a run that was killed: nobody has its secrets
        try:
            partial.mkdir(mode=0o700, parents=True)
            lay_in(partial)
            partial.rename(folder)
        except BaseException:
            shutil.rmtree(partial, ignore_errors=True)
            raise
        store.settle_folder(folder.parent)


_RECEIPT: Final[Mapping[str, fields.Check]] = {
    "act": fields.text,
    "transaction": fields.hexed(32, "0x"),
    "block": fields.number(),
    "time": fields.number(),
}
