# SPDX-License-Identifier: Apache-2.0
"""The requester's side and the authority's that takes over: request, ratify, endorse, decline, withdraw."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from concordat.assets import holds, requests
from concordat.assets.folders.freezefile import ENDING, FreezeFile
from concordat.assets.folders.freezeforms import Told
from concordat.assets.orders import orderfile, ordermessage
from concordat.assets.orders.order import Order
from concordat.assets.requests import Asked, Request
from concordat.assets.states import ReleaseReason
from concordat.assets.words import Refusal
from concordat.casework.desk import Desk
from concordat.casework.freezing import naming, post
from concordat.casework.freezing.doing import Done, once, receipt_of
from concordat.casework.freezing.naming import FoundRequest
from concordat.casework.freezing.offices import names, own_agency, require_same_suite
from concordat.casework.freezing.opening import Opened, compare, open_message
from concordat.casework.freezing.preparing import Plan, plan, prepare, resolved
from concordat.casework.freezing.views import Reader, RequestView
from concordat.errors import ConcordatError, NodeError, OutcomeUnknownError, UsageError
from concordat.evidence import store
from concordat.ledger import eventlog
from concordat.ledger.protocol import Event, Receipt

REQUESTED: Final = "request"


@dataclass(frozen=True)
class Requested:
    """A request that was sent.

    Attributes:
        done: the transaction.
        carried: whether the messages lie in the mailbox; else they are to be carried by hand.
        foreign: whether it awaits endorsement, too.
    """

    done: Done
    file: FreezeFile
    carried: bool
    foreign: bool


Agree = Callable[[Opened], None]
"""Shows what was opened and raises if whoever acts does not agree."""


def check(desk: Desk, order: Path) -> Plan:
    """What a request would be; writes and sends nothing. Raises as :func:`request`."""
    return plan(desk, read_order(order))


def request(desk: Desk, order: Path, *, out: Path | None = None) -> Requested:
    """Ask institutions to hold what an order names.

    Salts, keys and sealed messages are kept in ``NAME.freeze`` before anything is sent, so that running it
    again after whatever interruption finishes it, and nothing is doubled.

    Args:
        desk: of an officer whom the jurisdiction's profile lets start.
        order: the order, YAML or JSON; or the ``.freeze`` folder of a request that was begun.
        out: the folder to make; by default the order's name with ``.freeze``, beside it.

    Raises:
        MistakesError: the order has mistakes.
        UsageError: the order cannot be sent, see :func:`preparing.plan`; or the folder is another order's.
        ContractError: refused; nothing was asked.
        OutcomeUnknownError: sent, and the outcome is not known: run again.
    """
    file = folder_of(desk, order, out)
    told = file.told
    carried = post.send(desk, file.messages())
    earlier = next(iter(_events(desk, told.id, "FreezeRequested")), None)
    done = once(desk, told.id, file.order.number, file, REQUESTED, earlier, lambda: _ask(desk, told))
    return Requested(done, file, carried, any(told.order.message))


@dataclass(frozen=True)
class Ratifying:
    """What is to be ratified.

    Attributes:
        name: of the request.
        view: what the chain has of it.
        opened: its order, compared with the chain; None where its folder is not in reach.
        names: short names of all members by number.
    """

    name: str
    view: RequestView
    opened: Opened | None
    names: Mapping[int, str]


def ratifying(desk: Desk, text: str) -> Ratifying:
    """What whoever ratifies a request would ratify: its order where the folder is, else what the chain says.

    Raises:
        UsageError: no request is meant, or it was not sent.
        FileError: its folder is damaged.
    """
    found = naming.request_named(desk, text)
    known, asked = _known(desk, found)
    view, opened = Reader(desk.chain, desk.clock.now).one(found.id), None
    if found.file is not None:
        file = found.file
        message = ordermessage.write(file.order, file.secrets.salt, file.secrets.targets)
        opened = compare(message, known, asked, [each.named for each in view.holds])
    return Ratifying(found.name, view, opened, names(desk.chain))


def ratify(desk: Desk, text: str, agree: Callable[[Ratifying], None] = lambda _: None) -> Done:
    """Ratify a request, as the higher power of the requester's side, or as its country's court or prosecutor.

    Args:
        desk: of an officer whom the profile lets ratify.
        text: which request.
        agree: is shown what would be ratified, and raises unless that is to be.

    Raises:
        UsageError: no request is meant.
        VerificationError: the order in the folder says other things than the chain.
        ContractError: refused; nothing was sent.
    """
    found = naming.request_named(desk, text)
    if not _events(desk, found.id, "FreezeRatified"):
        shown = ratifying(desk, text)
        if shown.opened is not None:
            shown.opened.require_same()
        agree(shown)
    return _done(desk, found, "ratify", "FreezeRatified", lambda: _sent(desk, requests.ratify, found))


def examine(desk: Desk, text: str) -> Opened:
    """What a foreign request says, as the domestic authority sees it, compared with the chain.

    Raises:
        UsageError: the message is nowhere, or this is not the authority to which it was sealed.
        VerificationError: it was changed on its way.
    """
    found = naming.request_named(desk, text)
    known, asked = _known(desk, found)
    if not any(asked.message):
        raise UsageError(
            f"{found.name} is a request at home: nobody has to endorse it.",
            code="freeze.not_foreign",
            kept="Nothing was sent.",
            next="It needs ratification only: concordat freeze ratify",
        )
    named = list(holds.named(desk.chain, request=found.id))
    return open_message(desk, own_agency(desk), known, asked, named, asked.message)


def endorse(desk: Desk, text: str, agree: Agree = lambda _: None) -> Done:
    """Take over a foreign request, as the domestic authority; it binds the institutions from now on.

    Args:
        desk: of an officer with ENDORSE.
        text: which request.
        agree: is shown what the request says, and raises unless that is to be endorsed.

    Raises:
        UsageError: the message is nowhere.
        VerificationError: the message says other things than the chain.
        ContractError: refused; nothing was sent.
    """
    found = naming.request_named(desk, text)
    if not _events(desk, found.id, "FreezeEndorsed"):
        opened = examine(desk, text)
        opened.require_same()
        agree(opened)
    return _done(desk, found, "endorse", "FreezeEndorsed", lambda: _sent(desk, requests.endorse, found))


def decline(desk: Desk, text: str, code: Refusal) -> Done:
    """Do not take over a foreign request; its message need not be readable for that."""
    found = naming.request_named(desk, text)
    return _done(
        desk,
        found,
        "decline",
        "FreezeDeclined",
        lambda: requests.decline(desk.ledger, desk.signer, found.id, code),
    )


def withdraw(desk: Desk, text: str, reason: ReleaseReason) -> Done:
    """End a whole request: whatever is held under it is let go at once."""
    found = naming.request_named(desk, text)
    return _done(
        desk,
        found,
        "withdraw",
        "FreezeWithdrawn",
        lambda: requests.withdraw(desk.ledger, desk.signer, found.id, reason),
    )


def _ask(desk: Desk, told: Told) -> Receipt:
    """Send a request; a colleague may have sent the same folder a moment before, which is as good."""
    try:
        return requests.request(desk.ledger, desk.signer, told.order, told.targets)
    except ConcordatError as error:
        if isinstance(error, NodeError | OutcomeUnknownError):
            raise
        found = _events(desk, told.id, "FreezeRequested")
        if not found:
            raise
        return receipt_of(desk, found[0])


def _sent(desk: Desk, act: Callable[..., Receipt], found: FoundRequest) -> Receipt:
    return act(desk.ledger, desk.signer, found.id)


def _done(desk: Desk, found: FoundRequest, act: str, event: str, send: Callable[[], Receipt]) -> Done:
    _known(desk, found)
    earlier = next(iter(_events(desk, found.id, event)), None)
    return once(desk, found.id, found.name, found.file, act, earlier, send)


def _events(desk: Desk, request_id: bytes, name: str) -> list[Event]:
    return eventlog.of(desk.chain, requests.REQUESTS, (name,), request=request_id)


def _known(desk: Desk, found: FoundRequest) -> tuple[Request, Asked]:
    known = requests.request_of(desk.chain, found.id)
    asked = next(requests.asked(desk.chain, request_id=found.id), None)
    if known is None or asked is None:
        raise UsageError(
            f"{found.name} was not sent yet.",
            code="freeze.not_sent",
            kept="Nothing was sent.",
            next="Send it by running again: concordat freeze request ORDER.yaml",
        )
    return known, asked


def folder_of(
    desk: Desk, order: Path, out: Path | None, planned: Callable[[Desk, Order], Plan] = plan
) -> FreezeFile:
    """The private folder of a request or an own hold: as it is, or made now.

    Args:
        desk: of whoever acts.
        order: the order; or the folder itself.
        out: the folder to make; by default the order's name with ``.freeze``, beside it.
        planned: sees whether the order can be sent.

    Raises:
        UsageError: the order cannot be sent, has another folder, or the folder is another order's.
    """
    if order.name.endswith(ENDING) and order.is_dir():
        return _same_suite(desk, FreezeFile.open(order))
    given = read_order(order)
    folder = out or order.with_suffix(ENDING)
    if not folder.name.endswith(ENDING):
        folder = folder.with_name(folder.name + ENDING)
    if not folder.exists():
        _require_new(desk, given)
        return prepare(desk, planned(desk, given), folder)
    file = _same_suite(desk, FreezeFile.open(folder))
    if file.order != resolved(desk.chain, given):
        raise UsageError(
            f"{folder.name} is the folder of another order, or {order.name} was changed since it was made.",
            code="freeze.other_order",
            kept="Nothing was written or sent.",
            next="What was asked cannot be changed: write a new order with its own number, or name another "
            "folder with --out.",
        )
    return file


def _require_new(desk: Desk, given: Order) -> None:
    """One order is sent once: with new salts nobody could see that two requests are the same."""
    for known in naming.glances(desk):
        if known.number == given.number:
            raise UsageError(
                f"The order {given.number} has a folder already: {known.folder}.",
                code="freeze.order_known",
                kept="Nothing was written or sent.",
                next=f"Go on: concordat freeze request {known.folder.name}; or number the order anew.",
            )


def _same_suite(desk: Desk, file: FreezeFile) -> FreezeFile:
    require_same_suite(desk, file)
    return file


def read_order(path: Path) -> Order:
    """An order as an officer wrote it.

    Raises:
        MistakesError: with every mistake.
        FileError: it cannot be read.
    """
    with store.guard(f"read {path}", kept="Nothing was written or sent."):
        text = path.read_bytes().decode("utf-8")
    return orderfile.parse(text, path.name)
