# SPDX-License-Identifier: Apache-2.0
"""The agency's private folder of one case, ``NAME.case/``.

    case.json        opener, number, secret, suite: back it up
    readers.json     agencies that were invited from here
    keys.json        keys of messages that were sealed before the own agency was let in, by their hashes
    messages/        sealed messages by their hash, as they were sent or came
    opened/          what was in them, by the same hash; canonical JSON
    texts/           the texts and documents themselves, HASH-NAME
    receipts.json    transactions, oldest first

``case.json`` is written before anything is sent, complete or not at all, and never changed. So a case whose
opening was interrupted goes on with the same secret and id.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from concordat.assets.folders.privatefolder import BACKUP, PrivateFolder, make
from concordat.cooperation import casetexts
from concordat.cooperation.casetexts import SECRET, CaseOpening, CaseText
from concordat.errors import FileError, UsageError, VerificationError
from concordat.evidence import canonical, fields, store
from concordat.ledger.protocol import Receipt
from concordat.mail import sealed

ENDING: Final = ".case"
CASE, READERS, KEYS = "case.json", "readers.json", "keys.json"
MESSAGES, OPENED, TEXTS = "messages", "opened", "texts"
SEALED: Final = ".sealed"
VERSION: Final = 1


@dataclass(frozen=True)
class Told:
    """The case, and the suite on which it is.

    Attributes:
        title: what people call it here; never sent.
        message: hash of the message with the opening, as the chain was told; zero where another opened it.
        ground: name of the ground on which it was opened here; "" where it was opened elsewhere.
    """

    chain_id: int
    genesis: bytes
    opening: CaseOpening
    title: str = ""
    message: bytes = bytes(32)
    ground: str = ""


@dataclass(frozen=True)
class Glance:
    """What a folder says it is, unchecked: enough to find the one that is meant among many."""

    folder: Path
    id: bytes
    number: str
    chain_id: int
    genesis: bytes


class CaseFolder(PrivateFolder):
    """One ``NAME.case/``. Nothing is read before it is needed."""

    @classmethod
    def open(cls, folder: Path) -> CaseFolder:
        """A folder that is there, checked.

        Raises:
            UsageError: it is no such folder.
            FileError: it is damaged.
        """
        if not (folder / CASE).is_file():
            raise UsageError(
                f"{folder.name} is not the folder of a case.",
                code="case.no_folder",
                next=f"Name the {ENDING} folder that concordat case open or receive made, or restore it.",
            )
        found = cls(folder)
        _ = found.told
        return found

    @classmethod
    def create(
        cls, folder: Path, told: Told, prepare: Callable[[CaseFolder], object] = lambda _: None
    ) -> CaseFolder:
        """Make the folder at once and complete.

        Args:
            folder: to be made.
            told: the case.
            prepare: lays further parts in.

        Raises:
            UsageError: there is one already.
            FileError: it cannot be written; then nothing of it is left.
        """

        def lay_in(partial: Path) -> None:
            store.write(partial / CASE, canonical.dumps(_as_json(told)))
            prepare(cls(partial))

        make(folder, lay_in)
        return cls(folder)

    @cached_property
    def told(self) -> Told:
        """The case.

        Raises:
            FileError: the part is damaged, or does not make the id that it names.
        """
        values = self.read(CASE, _FORM)
        opening = CaseOpening(values["opener"], values["number"], bytes.fromhex(values["secret"]))
        if opening.id.hex() != values["id"]:
            raise self.damaged(CASE)
        return Told(
            values["chain_id"],
            bytes.fromhex(values["genesis"]),
            opening,
            values["title"],
            bytes.fromhex(values["message"]),
            values["ground"],
        )

    @property
    def id(self) -> bytes:
        """The case on the chain."""
        return self.told.opening.id

    @property
    def number(self) -> str:
        """The case's number."""
        return self.told.opening.number

    def readers(self) -> frozenset[int]:
        """Agencies that were invited from here."""
        if not (self.folder / READERS).exists():
            return frozenset()
        return frozenset(self.read(READERS, {"readers": fields.list_of(fields.number(1))})["readers"])

    def add_readers(self, agencies: Iterable[int]) -> None:
        """Note whom the case was told."""
        with store.guard("note who was invited"):
            store.write(
                self.folder / READERS, canonical.dumps({"readers": sorted({*self.readers(), *agencies})})
            )

    def keys(self) -> dict[bytes, bytes]:
        """Keys of messages that were sealed before the own agency was let in, by their hashes."""
        if not (self.folder / KEYS).exists():
            return {}
        values = self.read(KEYS, {"keys": casetexts.keys_form})["keys"]
        return {bytes.fromhex(digest): bytes.fromhex(key) for digest, key in values.items()}

    def add_keys(self, keys: Mapping[bytes, bytes]) -> None:
        """Keep keys of earlier messages."""
        known = {digest.hex(): key.hex() for digest, key in {**self.keys(), **keys}.items()}
        with store.guard("keep the keys of earlier messages"):
            store.write(self.folder / KEYS, canonical.dumps({"keys": known}))

    def keep_sealed(self, data: bytes) -> bytes:
        """Lay in a sealed message, sent or received; returns its hash."""
        digest = sealed.digest(data)
        with store.guard("write a sealed message", kept="Nothing was sent."):
            store.write(self._path(MESSAGES, digest, SEALED), data)
        return digest

    def sealed_message(self, digest: bytes) -> bytes | None:
        """A sealed message by its hash; None if it is not here, or no longer what it was."""
        path = self._path(MESSAGES, digest, SEALED)
        with store.guard(f"read {path.name}", next=BACKUP):
            data = path.read_bytes() if path.exists() else None
        return data if data is not None and sealed.digest(data) == digest else None

    def keep_text(self, digest: bytes, text: CaseText) -> Path:
        """Lay in what was in a sealed message, and the document beside it; returns the document's path."""
        document = self.folder / TEXTS / f"{digest.hex()[:10]}-{text.name}"
        with store.guard("write the text", kept="The sealed message is kept."):
            store.write(document, text.content)
            store.write(self._path(OPENED, digest, ".json"), text.to_bytes())
        return document

    def text(self, digest: bytes) -> CaseText | None:
        """An opened text by the hash of its message; None if it was not opened here.

        Raises:
            FileError: it is damaged.
        """
        path = self._path(OPENED, digest, ".json")
        if not path.exists():
            return None
        with store.guard(f"read {path.name}", next=BACKUP):
            data = path.read_bytes()
        try:
            return casetexts.read_text(data, self.id)
        except VerificationError as error:
            raise self.damaged(f"{OPENED}/{path.name}") from error

    def texts(self) -> Iterator[tuple[bytes, CaseText]]:
        """Every opened text with the hash of its message."""
        folder = self.folder / OPENED
        for path in sorted(folder.glob("*.json")) if folder.is_dir() else ():
            digest = bytes.fromhex(path.stem)
            found = self.text(digest)
            if found:
                yield digest, found

    def is_noted(self, noted: Mapping[str, Any], act: str, receipt: Receipt) -> bool:
        """By act and block: one act may be done again, as positions are."""
        return (noted["act"], noted["block"]) == (act, receipt.block)

    def damaged(self, part: str) -> FileError:
        """What is said of a part that is no longer what it was."""
        return FileError(
            f"{self.name}/{part} is damaged.", code="case.damaged", kept="Nothing was sent.", next=BACKUP
        )

    def _path(self, within: str, digest: bytes, ending: str) -> Path:
        return self.folder / within / f"{digest.hex()}{ending}"


def glance(folder: Path) -> Glance | None:
    """What a folder says it is; None if it cannot be read. Whoever uses it opens it, which checks it."""
    try:
        told = json.loads((folder / CASE).read_bytes())
        return Glance(
            folder,
            bytes.fromhex(told["id"]),
            str(told["number"]),
            int(told["chain_id"]),
            bytes.fromhex(told["genesis"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def folders_in(folder: Path) -> list[Path]:
    """The folders of cases that lie directly in a folder, by name."""
    if not folder.is_dir():
        return []
    with store.guard(f"look into {folder}"):
        return sorted(path for path in folder.glob(f"*{ENDING}") if (path / CASE).is_file())


def _as_json(told: Told) -> dict[str, Any]:
    return {
        "version": VERSION,
        "chain_id": told.chain_id,
        "genesis": told.genesis.hex(),
        "id": told.opening.id.hex(),
        "opener": told.opening.opener,
        "number": told.opening.number,
        "secret": told.opening.secret.hex(),
        "title": told.title,
        "message": told.message.hex(),
        "ground": told.ground,
    }


_FORM: Final[Mapping[str, fields.Check]] = {
    "version": fields.number(VERSION, VERSION),
    "chain_id": fields.number(),
    "genesis": fields.hexed(32),
    "id": fields.hexed(32),
    "opener": fields.number(1),
    "number": fields.text,
    "secret": fields.hexed(SECRET),
    "title": fields.text,
    "message": fields.hexed(32),
    "ground": fields.text,
}
