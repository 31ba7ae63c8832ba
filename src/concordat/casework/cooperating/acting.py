# SPDX-License-Identifier: Apache-2.0
"""Acts on requests for assistance, done once; what they say is sealed, kept and found again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeAlias

from concordat.casework import doing
from concordat.casework.cooperating import opening, papers
from concordat.casework.cooperating.naming import Found
from concordat.casework.desk import Desk
from concordat.casework.freezing.offices import own_agency
from concordat.cooperation import assistance
from concordat.cooperation.answers import ANSWERS
from concordat.cooperation.assistance import REQUESTS, Assistance
from concordat.cooperation.folders.requestfolder import RequestFolder
from concordat.cooperation.orders.messages import Body, Message, MessageType
from concordat.ledger import eventlog
from concordat.ledger.protocol import Event, Receipt

Done: TypeAlias = doing.Done[RequestFolder]

OF_REQUEST: Final = frozenset(assistance.HISTORY)


def once(desk: Desk, found: Found, act: str, earlier: Event | None, send: Callable[[], Receipt]) -> Done:
    """Do an act on a request unless its event is there already; see :func:`casework.doing.once`."""
    file = found.file

    def follow(receipt: Receipt) -> None:
        if file is not None:
            papers.write(desk, file, receipt.events)

    return doing.once(desk, found.id, found.name, file, act, earlier, send, follow)


def event(desk: Desk, request: bytes, name: str, **values: Any) -> Event | None:
    """The newest event of this name about a request whose values are these; None if there is none."""
    contract = REQUESTS if name in OF_REQUEST else ANSWERS
    for each in reversed(eventlog.of(desk.chain, contract, (name,), request=request)):
        if all(each.args[key] == value for key, value in values.items()):
            return each
    return None


def known(desk: Desk, found: Found) -> Assistance:
    """The request as it stands.

    Raises:
        UsageError: it was not sent yet.
    """
    opening.asked(desk, found)
    standing = assistance.request_of(desk.chain, found.id)
    assert standing is not None  # noqa: S101 - it was asked
    return standing


def with_folder(desk: Desk, found: Found) -> tuple[Found, RequestFolder]:
    """The request with the own folder, made from its message where there is none, and the receipt given."""
    if found.file is not None:
        return found, found.file
    opened = opening.open_request(desk, found)
    file = opening.keep(desk, opened)
    with_it = Found(found.id, file)
    give_receipt(desk, with_it, opened.digest)
    return with_it, file


def give_receipt(desk: Desk, found: Found, digest: bytes) -> Done:
    """Prove on the chain that the own agency opened a message."""
    own = own_agency(desk)
    earlier = event(desk, found.id, "MessageReceived", agency=own, message=digest)
    return once(
        desk,
        found,
        "receipt",
        earlier,
        lambda: assistance.confirm_receipt(desk.ledger, desk.signer, found.id, digest),
    )


def say(desk: Desk, file: RequestFolder, kind: MessageType, body: Body, to: int) -> bytes:
    """Seal a message about a request to an agency, and leave it for it; gives its hash."""
    return opening.compose(desk, file, Message(kind, file.told.id, body), to)
