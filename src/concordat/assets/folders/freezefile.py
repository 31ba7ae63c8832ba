# SPDX-License-Identifier: Apache-2.0
"""The agency's private folder of one request, ``NAME.freeze/``: what the chain must not know.

    order.json       the order, canonical JSON
    secrets.json     salts and the account holders' notice keys; without it nothing can be opened: back it up
    request.json     what the chain was told of it: commitments, hashes, sums, deadlines' period
    messages/        sealed messages by their hash, as they were sent
    papers/          orders, notices and other papers of the acts
    receipts.json    transactions, oldest first

The first three and the messages are written before anything is sent, at once and complete or not at all; they
are never changed. So a request that was interrupted goes on with the same salts, and nothing is doubled.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from concordat.assets.folders.freezeforms import (
    Secrets,
    Told,
    read_secrets,
    read_told,
    secrets_json,
    told_json,
)
from concordat.assets.folders.privatefolder import BACKUP, PrivateFolder, make
from concordat.assets.orders import ordermessage
from concordat.assets.orders.order import Order
from concordat.assets.orders.orderfile import from_json
from concordat.assets.values import commitments
from concordat.errors import FileError, UsageError, VerificationError
from concordat.evidence import canonical, store
from concordat.ledger.protocol import Receipt
from concordat.mail import sealed

ENDING: Final = ".freeze"
ORDER, SECRETS, REQUEST = "order.json", "secrets.json", "request.json"
MESSAGES, PAPERS = "messages", "papers"
SEALED: Final = ".sealed"


@dataclass(frozen=True)
class Glance:
    """What a folder says it is, unchecked: enough to find the one that is meant among many."""

    folder: Path
    id: bytes
    number: str
    chain_id: int
    genesis: bytes


class FreezeFile(PrivateFolder):
    """One ``NAME.freeze/``. Nothing is read before it is needed."""

    @classmethod
    def open(cls, folder: Path) -> FreezeFile:
        """A folder that is there, checked: order, secrets and request belong together.

        Raises:
            UsageError: it is no such folder.
            FileError: a part is missing, damaged, or of another request.
        """
        found = cls(folder)
        if not (folder / REQUEST).is_file():
            raise UsageError(
                f"{folder.name} is not the folder of a freeze request.",
                code="freeze.no_folder",
                next=f"Name the {ENDING} folder that concordat freeze request made, or restore it.",
            )
        found.check()
        return found

    @classmethod
    def create(
        cls, folder: Path, order: Order, secrets: Secrets, told: Told, messages: Sequence[bytes]
    ) -> FreezeFile:
        """Make the folder at once and complete.

        Raises:
            UsageError: there is one already.
            FileError: it cannot be written; then nothing of it is left.
        """

        def lay_in(partial: Path) -> None:
            for name, content in (
                (ORDER, order.as_json()),
                (SECRETS, secrets_json(secrets)),
                (REQUEST, told_json(told)),
            ):
                store.write(partial / name, canonical.dumps(content))
            for message in messages:
                cls(partial).keep_message(message)

        make(folder, lay_in)
        return cls(folder)

    @cached_property
    def order(self) -> Order:
        """The order."""
        with self._whole(ORDER) as data:
            return from_json(data, f"{self.name}/{ORDER}")

    @cached_property
    def secrets(self) -> Secrets:
        """Salts and notice keys."""
        with self._whole(SECRETS) as data:
            return read_secrets(canonical.loads(data, SECRETS))

    @cached_property
    def told(self) -> Told:
        """What the chain is told."""
        with self._whole(REQUEST) as data:
            return read_told(canonical.loads(data, REQUEST))

    def check(self) -> None:
        """See that order, secrets and request open each other.

        Raises:
            FileError: they do not.
        """
        order, secrets, told = self.order, self.secrets, self.told
        whole = len(order.targets) == len(secrets.targets) == len(told.targets)
        if not whole or self._commitment() != told.order.order or not self._words_fit():
            raise _damaged(f"{self.name}: order, secrets and request do not belong together")
        if commitments.request_id(told.agency, told.order.order) != told.id:
            raise _damaged(f"{self.name}/{REQUEST} names another request than it makes")

    def message(self, digest: bytes) -> bytes:
        """A sealed message by its hash.

        Raises:
            FileError: it is not there, or is another one.
        """
        path = self._message(digest)
        with store.guard(f"read {path.name}", next=BACKUP):
            data = path.read_bytes()
        try:
            sealed.check_hash(data, digest)
        except VerificationError as error:
            raise _damaged(f"{self.name}/{MESSAGES}/{path.name} was changed") from error
        return data

    def messages(self) -> list[bytes]:
        """The sealed messages that the request names, each once: the endorser's first."""
        told = self.told
        named = [told.order.message, *(target.message for target in told.targets)]
        return [self.message(each) for each in dict.fromkeys(named) if any(each)]

    def keep_message(self, data: bytes) -> bytes:
        """Lay in a sealed message; returns its hash."""
        digest = sealed.digest(data)
        with store.guard("write a sealed message", kept="Nothing was sent."):
            store.write(self._message(digest), data)
        return digest

    def is_noted(self, noted: Mapping[str, Any], act: str, receipt: Receipt) -> bool:
        """By act and block: one transaction may be noted for several acts."""
        return (noted["act"], noted["block"]) == (act, receipt.block)

    def damaged(self, part: str) -> FileError:
        """What is said of a part that is no longer what it was."""
        return _damaged(f"{self.name}/{part} is damaged")

    @property
    def papers(self) -> Path:
        """Folder of the papers; made by whoever writes the first."""
        return self.folder / PAPERS

    def _commitment(self) -> bytes:
        return ordermessage.commitment(self.order, self.secrets.salt, self.secrets.targets)

    def _words_fit(self) -> bool:
        parts = zip(self.order.targets, self.secrets.targets, self.told.targets, strict=True)
        return all(ordermessage.target_word(target, own) == told.target for target, own, told in parts)

    def _message(self, digest: bytes) -> Path:
        return self.folder / MESSAGES / f"{digest.hex()}{SEALED}"

    def _whole(self, name: str) -> _Whole:
        return _Whole(self.folder / name)


class _Whole:
    """Bytes of a part; what cannot be read or understood ends in a sentence about that part."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> bytes:
        with store.guard(f"read {self._path.name}", next=BACKUP):
            return self._path.read_bytes()

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, VerificationError | UsageError | KeyError | ValueError):
            raise _damaged(f"{self._path.parent.name}/{self._path.name} is damaged") from error


def named_folder(path: Path) -> bool:
    """Whether a path means such a folder, be it there or not."""
    return path.name.endswith(ENDING)


def glance(folder: Path) -> Glance | None:
    """What a folder says it is; None if it cannot be read. Whoever uses it opens it, which checks it."""
    try:
        told = json.loads((folder / REQUEST).read_bytes())
        order = json.loads((folder / ORDER).read_bytes())
        return Glance(
            folder,
            bytes.fromhex(told["id"]),
            str(order["number"]),
            int(told["chain_id"]),
            bytes.fromhex(told["genesis"]),
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def folders_in(folder: Path) -> list[Path]:
    """The request folders that lie directly in a folder, by name."""
    if not folder.is_dir():
        return []
    with store.guard(f"look into {folder}"):
        return sorted(path for path in folder.glob(f"*{ENDING}") if (path / REQUEST).is_file())


def _damaged(what: str) -> FileError:
    return FileError(f"{what}.", code="freeze.damaged", kept="Nothing was sent.", next=BACKUP)
