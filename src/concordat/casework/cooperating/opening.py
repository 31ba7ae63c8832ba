# SPDX-License-Identifier: Apache-2.0
"""Opening a request that was sealed to the own agency, and comparing it with the chain before anybody acts.

Whoever opens one keeps it in a private folder of its own, with a secret of its own for the draw of a panel.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

from concordat.casework.cooperating.naming import NOT_SENT, Found
from concordat.casework.desk import Desk
from concordat.casework.freezing import post
from concordat.casework.freezing.offices import called, names, own_agency
from concordat.cooperation import assistance
from concordat.cooperation.assistance import ChainOrder
from concordat.cooperation.folders.requestfolder import ENDING, RequestFolder
from concordat.cooperation.folders.requestforms import Part, Told
from concordat.cooperation.orders import messages
from concordat.cooperation.orders.messages import Message, MessageType, Opening
from concordat.cooperation.orders.request import (
    RequestSecrets,
    chain_order,
    new_secrets,
    request_id,
)
from concordat.errors import UsageError, VerificationError
from concordat.ledger.protocol import Event
from concordat.mail.sealed import Envelope

OPENINGS: Final = {
    "Asked": MessageType.REQUEST,
    "PassedOn": MessageType.PASSED_ON,
    "AssignedTo": MessageType.ASSIGNED,
    "Forwarded": MessageType.ASSIGNED,
}
#: Who gets the message of an event, by the name of the value.
_ADDRESSEE: Final = {"PassedOn": "receiver", "AssignedTo": "executor", "Forwarded": "to"}
_HARMLESS: Final = re.compile(r"[^\w.-]+")


@dataclass(frozen=True)
class Opened:
    """A request as its reader sees it; it says what the chain says.

    Attributes:
        asker: number of the agency that asks.
        digest: hash of the sealed message.
        order: what the chain was told.
    """

    asker: int
    digest: bytes
    opening: Opening
    order: ChainOrder


def asked(desk: Desk, found: Found) -> tuple[Event, ChainOrder]:
    """The event by which a request was asked, and what the chain was told.

    Raises:
        UsageError: it was not sent yet.
    """
    known = assistance.order_of(desk.chain, found.id)
    if known is None:
        raise UsageError(
            f"{found.name} was not sent yet.",
            code="assistance.not_sent",
            kept=NOT_SENT,
            next="Send it by running again: concordat assistance ask REQUEST.yaml",
        )
    return known


def open_request(desk: Desk, found: Found) -> Opened:
    """Open the newest message by which a request came to the own agency, and compare it with the chain.

    Raises:
        UsageError: the message is nowhere, or is sealed to another agency.
        VerificationError: it was changed, or says other things than the chain.
    """
    event, order = asked(desk, found)
    digest, kind = _message(desk, found.id, own_agency(desk), order)
    data = post.unseal(desk, own_agency(desk), digest, kind.sealed_kind)
    opening = messages.expect(data, kind, found.id).body
    if not isinstance(opening, Opening):
        raise VerificationError("The message holds no request.", code="assistance.other_message")
    opening.check(order.order, order.checklist)
    differences = tuple(_differences(opening, order, event.args["from"], found.id))
    if differences:
        raise VerificationError(
            "The message says other things than the chain:\n"
            + "\n".join(f"  {each}" for each in differences),
            code="assistance.message_differs",
            kept=NOT_SENT,
            next="Call the asking agency back by a number that you know already.",
        )
    return Opened(event.args["from"], digest, opening, order)


def folder_for(desk: Desk, found: Found, here: Path | None = None) -> RequestFolder:
    """The own folder of a request that came: as it is, or made now from its message.

    Raises:
        UsageError, VerificationError: see :func:`open_request`.
        FileError: it cannot be written.
    """
    if found.file is not None:
        return found.file
    return keep(desk, open_request(desk, found), here)


def keep(desk: Desk, opened: Opened, here: Path | None = None) -> RequestFolder:
    """Make the own folder of a request that was opened."""
    request, config = opened.opening.request, desk.workspace.config
    who = called(names(desk.chain), opened.asker)
    name = f"{plain_name(who)}-{plain_name(request.number)}{ENDING}"
    told = Told(
        part=Part.ASKED,
        chain_id=config.chain_id,
        genesis=bytes.fromhex(config.genesis_id[2:]),
        agency=opened.asker,
        id=request_id(opened.asker, opened.order.order),
        order=opened.order,
    )
    secrets = RequestSecrets(opened.opening.salt, new_secrets().panel)
    sealed = post.fetch(desk, opened.digest)
    folder = (here or Path.cwd()) / name
    return RequestFolder.create(folder, request, secrets, told, opened.opening.checklist, [sealed])


def message_to(desk: Desk, found: Found, own: int) -> bytes:
    """Hash of the newest message by which a request came to an agency."""
    return _message(desk, found.id, own, asked(desk, found)[1])[0]


def compose(desk: Desk, file: RequestFolder, message: Message, to: int) -> bytes:
    """Seal a message to an agency, keep it in the folder, and leave it in the mailbox; gives its hash.

    A message with the same content that was sealed before is left again, so that a run that was interrupted
    ends with the same hash.

    Raises:
        UsageError: the agency published no key.
    """
    for digest, known in file.opened():
        if known == message and _is_own(file, digest, to):
            post.send(desk, [file.sealed_message(digest)])
            return digest
    envelope = post.seal(desk.chain, message.to_bytes(), to=to, kind=message.kind.sealed_kind)
    data = envelope.to_bytes()
    digest = file.keep_sealed(data)
    file.keep_opened(digest, message)
    if not post.send(desk, [data]):
        post.keep(desk, data)
    return digest


def opening_of(file: RequestFolder, note: str | None = None) -> Opening:
    """What is passed on of a request: the whole."""
    return Opening(file.request, file.secrets.salt, file.checklist, note)


def _is_own(file: RequestFolder, digest: bytes, to: int) -> bool:
    return Envelope.from_bytes(file.sealed_message(digest)).recipient == to


def _message(desk: Desk, request: bytes, own: int, order: ChainOrder) -> tuple[bytes, MessageType]:
    """Hash and type of the newest message with the request that is addressed to the own agency."""
    for event in reversed(assistance.history(desk.chain, request)):
        addressee = _ADDRESSEE.get(event.name)
        if addressee and event.args[addressee] == own and any(event.args["message"]):
            return bytes(event.args["message"]), OPENINGS[event.name]
    return order.message, MessageType.REQUEST


def _differences(opening: Opening, order: ChainOrder, asker: int, key: bytes) -> Iterator[str]:
    made = chain_order(opening.request, RequestSecrets(opening.salt, bytes(32)), checklist=opening.checklist)
    same = replace(made, agency=order.agency, message=order.message, secret=order.secret)
    there = asdict(order)
    for name, said in asdict(same).items():
        if said != there[name]:
            yield f"'{name}' is {_told(said)} in the message and {_told(there[name])} on the chain."
    if request_id(asker, opening.commitment) != key:
        yield "The request is of another agency than the chain says."


def _told(value: object) -> str:
    if isinstance(value, bytes):
        return f"0x{value.hex()[:10]}…"
    name = getattr(value, "name", None)
    return str(name or value)


def plain_name(text: str) -> str:
    """Part of a file name: nothing in it can lead elsewhere."""
    return _HARMLESS.sub("-", text).strip(".-") or "request"
