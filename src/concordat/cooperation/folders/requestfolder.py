# SPDX-License-Identifier: Apache-2.0
"""The agency's private folder of one request for assistance, ``NAME.request/``, on either side.

    request.json     the request, canonical JSON
    checklist.json   the forum's checklist that travels with it, if a forum is named
    secrets.json     the salt, and the own secret for the draw of a panel: back it up
    told.json        what the chain was told of it, and which part the own agency has
    messages/        sealed messages by their hash, as they were sent or came
    opened/          what was in them, by the same hash; canonical JSON
    papers/          request letter, answers and other papers
    receipts.json    transactions, oldest first

The first four are written before anything is sent, at once and complete or not at all, and never changed. So
a request that was interrupted goes on with the same salt and secret, and nothing is doubled.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from concordat.assets.folders.privatefolder import BACKUP, PrivateFolder, make
from concordat.cooperation.folders.requestforms import (
    Part,
    Told,
    read_secrets,
    read_told,
    secrets_json,
    told_json,
)
from concordat.cooperation.orders import checklist as checklists
from concordat.cooperation.orders import messages
from concordat.cooperation.orders.checklist import Checklist
from concordat.cooperation.orders.messages import Message
from concordat.cooperation.orders.request import (
    Request,
    RequestSecrets,
    chain_order,
    order_commitment,
    request_id,
    secret_commitment,
)
from concordat.cooperation.orders.requestfile import from_json
from concordat.errors import FileError, UsageError, VerificationError
from concordat.evidence import canonical, store
from concordat.ledger.protocol import Receipt
from concordat.mail import sealed

ENDING: Final = ".request"
REQUEST, CHECKLIST, SECRETS, TOLD = "request.json", "checklist.json", "secrets.json", "told.json"
MESSAGES, OPENED, PAPERS = "messages", "opened", "papers"
SEALED: Final = ".sealed"


@dataclass(frozen=True)
class Glance:
    """What a folder says it is, unchecked: enough to find the one that is meant among many.

    Attributes:
        outside: reference on the outside channel; "" if there is none.
    """

    folder: Path
    id: bytes
    number: str
    case: str
    outside: str
    kind: str
    part: str
    chain_id: int
    genesis: bytes

    def matches(self, text: str) -> bool:
        """Whether somebody who says this can mean it: name, number, case, outside reference, key."""
        wanted = text.strip().casefold()
        key = f"0x{self.id.hex()}"
        named = {
            self.folder.name,
            self.folder.name.removesuffix(ENDING),
            self.number,
            self.case,
            self.outside,
        }
        same = wanted in {each.casefold() for each in named if each}
        return bool(wanted) and (same or (len(wanted) >= 10 and key.startswith(wanted)))


class RequestFolder(PrivateFolder):
    """One ``NAME.request/``. Nothing is read before it is needed."""

    @classmethod
    def open(cls, folder: Path) -> RequestFolder:
        """A folder that is there, checked: its parts belong together.

        Raises:
            UsageError: it is no such folder.
            FileError: a part is missing, damaged, or of another request.
        """
        if not (folder / TOLD).is_file():
            raise UsageError(
                f"{folder.name} is not the folder of a request for assistance.",
                code="assistance.no_folder",
                next=f"Name the {ENDING} folder that concordat assistance ask or open made, or restore it.",
            )
        found = cls(folder)
        found.check()
        return found

    @classmethod
    def create(
        cls,
        folder: Path,
        request: Request,
        secrets: RequestSecrets,
        told: Told,
        checklist: Checklist | None = None,
        sealed_messages: Sequence[bytes] = (),
    ) -> RequestFolder:
        """Make the folder at once and complete.

        Raises:
            UsageError: there is one already.
            FileError: it cannot be written; then nothing of it is left.
        """

        def lay_in(partial: Path) -> None:
            content = {
                REQUEST: request.as_json(),
                SECRETS: secrets_json(secrets),
                TOLD: told_json(told),
            }
            if checklist:
                content[CHECKLIST] = dict(checklist.content)
            for name, value in content.items():
                store.write(partial / name, canonical.dumps(value))
            for each in sealed_messages:
                cls(partial).keep_sealed(each)

        make(folder, lay_in)
        return cls(folder)

    @cached_property
    def request(self) -> Request:
        """The request."""
        with self._whole(REQUEST) as data:
            return from_json(data, f"{self.name}/{REQUEST}")

    @cached_property
    def secrets(self) -> RequestSecrets:
        """Salt, and the own secret for a panel."""
        with self._whole(SECRETS) as data:
            return read_secrets(canonical.loads(data, SECRETS))

    @cached_property
    def told(self) -> Told:
        """What the chain is told."""
        with self._whole(TOLD) as data:
            return read_told(canonical.loads(data, TOLD))

    @cached_property
    def checklist(self) -> Checklist | None:
        """The forum's checklist; None where no forum is named."""
        if not any(self.told.order.checklist):
            return None
        with self._whole(CHECKLIST) as data:
            return checklists.read(canonical.loads(data, CHECKLIST))

    def check(self) -> None:
        """See that request, checklist, secrets and what the chain is told belong together.

        Raises:
            FileError: they do not.
        """
        told, order, secrets = self.told, self.told.order, self.secrets
        if order_commitment(self.request, secrets.salt) != order.order:
            raise _damaged(f"{self.name}: request and secrets do not open what the chain was told")
        if request_id(told.agency, order.order) != told.id:
            raise _damaged(f"{self.name}/{TOLD} names another request than it makes")
        if told.part is Part.ASKER and secret_commitment(secrets.panel) != order.secret:
            raise _damaged(f"{self.name}/{SECRETS} holds another secret than the chain was told")
        made = chain_order(
            self.request, secrets, agency=order.agency, checklist=self.checklist, message=order.message
        )
        if replace(made, secret=order.secret) != order:
            raise _damaged(f"{self.name}/{TOLD} says otherwise than request and checklist")

    def keep_sealed(self, data: bytes) -> bytes:
        """Lay in a sealed message, sent or received; returns its hash."""
        digest = sealed.digest(data)
        with store.guard("write a sealed message", kept="Nothing was sent."):
            store.write(self._path(MESSAGES, digest, SEALED), data)
        return digest

    def sealed_message(self, digest: bytes) -> bytes:
        """A sealed message by its hash.

        Raises:
            FileError: it is not there, or is another one.
        """
        path = self._path(MESSAGES, digest, SEALED)
        with store.guard(f"read {path.name}", next=BACKUP):
            data = path.read_bytes()
        try:
            sealed.check_hash(data, digest)
        except VerificationError as error:
            raise _damaged(f"{self.name}/{MESSAGES}/{path.name} was changed") from error
        return data

    def keep_opened(self, digest: bytes, message: Message) -> None:
        """Lay in what was in a sealed message, under the hash of its envelope.

        Raises:
            VerificationError: it is about another request.
        """
        if message.request != self.told.id:
            raise VerificationError(
                f"This message is about another request than {self.name}.",
                code="assistance.other_message",
                kept="It was not laid in.",
                next="Open it with the folder of its own request.",
            )
        with store.guard("write the opened message", kept="The sealed message is kept."):
            store.write(self._path(OPENED, digest, ".json"), message.to_bytes())

    def opened(self) -> Iterator[tuple[bytes, Message]]:
        """Every opened message with the hash of its envelope, by hash.

        Raises:
            FileError: one is damaged.
        """
        folder = self.folder / OPENED
        for path in sorted(folder.glob("*.json")) if folder.is_dir() else ():
            with self._whole(f"{OPENED}/{path.name}") as data:
                yield bytes.fromhex(path.stem), messages.read(data, path.name)

    def is_noted(self, noted: Mapping[str, Any], act: str, receipt: Receipt) -> bool:
        """By act and block: one act may be done again, as parts of an answer are."""
        return (noted["act"], noted["block"]) == (act, receipt.block)

    def damaged(self, part: str) -> FileError:
        """What is said of a part that is no longer what it was."""
        return _damaged(f"{self.name}/{part} is damaged")

    @property
    def papers(self) -> Path:
        """Folder of the papers; made by whoever writes the first."""
        return self.folder / PAPERS

    def _path(self, within: str, digest: bytes, ending: str) -> Path:
        return self.folder / within / f"{digest.hex()}{ending}"

    def _whole(self, name: str) -> _Whole:
        return _Whole(self.folder, name)


class _Whole:
    """Bytes of a part; what cannot be read or understood ends in a sentence about that part."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name

    def __enter__(self) -> bytes:
        with store.guard(f"read {self._name}", next=BACKUP):
            return (self._folder / self._name).read_bytes()

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, VerificationError | UsageError | KeyError | ValueError):
            raise _damaged(f"{self._folder.name}/{self._name} is damaged") from error


def glance(folder: Path) -> Glance | None:
    """What a folder says it is; None if it cannot be read. Whoever uses it opens it, which checks it."""
    try:
        told = json.loads((folder / TOLD).read_bytes())
        request = json.loads((folder / REQUEST).read_bytes())
        channel = request.get("channel", {})
        return Glance(
            folder,
            bytes.fromhex(told["id"]),
            str(request["number"]),
            str(request["case"]),
            str(channel.get("reference", "")),
            str(told["kind"]),
            str(told["part"]),
            int(told["chain_id"]),
            bytes.fromhex(told["genesis"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def folders_in(folder: Path) -> list[Path]:
    """The request folders that lie directly in a folder, by name."""
    if not folder.is_dir():
        return []
    with store.guard(f"look into {folder}"):
        return sorted(path for path in folder.glob(f"*{ENDING}") if (path / TOLD).is_file())


def find(folder: Path, text: str) -> list[Glance]:
    """The requests in a folder that somebody can mean: by name, number, case, outside reference or key."""
    glances = (glance(path) for path in folders_in(folder))
    return [each for each in glances if each and each.matches(text)]


def _damaged(what: str) -> FileError:
    return FileError(f"{what}.", code="assistance.damaged", kept="Nothing was sent.", next=BACKUP)
