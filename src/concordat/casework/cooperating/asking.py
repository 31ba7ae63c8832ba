# SPDX-License-Identifier: Apache-2.0
"""The asker's side: whom to ask, the request with its folder, the checklist that travels with it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from concordat.casework.cooperating import acting, naming
from concordat.casework.cooperating.acting import Done
from concordat.casework.cooperating.naming import NOT_SENT, Found
from concordat.casework.desk import Desk, rulebooks
from concordat.casework.freezing import post
from concordat.casework.freezing.offices import number_of, own_agency
from concordat.cooperation import agreementbook, assistance, routing
from concordat.cooperation.folders.requestfolder import ENDING, RequestFolder
from concordat.cooperation.folders.requestforms import Part, Told
from concordat.cooperation.orders import checklist as checklists
from concordat.cooperation.orders import requestfile
from concordat.cooperation.orders.checklist import Checklist, InForce
from concordat.cooperation.orders.messages import Message, MessageType, Opening
from concordat.cooperation.orders.request import (
    Request,
    chain_order,
    new_secrets,
    order_commitment,
    request_id,
)
from concordat.cooperation.routing import Desks
from concordat.cooperation.words import RequestKind, Urgency, WithdrawalReason
from concordat.errors import UsageError
from concordat.evidence import places, store
from concordat.evidence.assess import origin_of
from concordat.evidence.methods import Method
from concordat.ledger.protocol import Ledger
from concordat.ledger.sentences import ContractError
from concordat.mail.sealed import Envelope
from concordat.membership import agencies, numbers
from concordat.membership.agencies import Competence

ASK: Final = "ask"


@dataclass(frozen=True)
class Plan:
    """What a request will be.

    Attributes:
        own: number of the agency that asks.
        receiver: who will receive it there.
        first: to whom the message is sealed: the own central authority, or the receiver.
        named: agency that the request names; 0: none.
    """

    request: Request
    own: int
    receiver: int
    first: int
    named: int
    checklist: Checklist | None

    @property
    def direct(self) -> bool:
        """Whether it goes to the receiver at once."""
        return self.first == self.receiver


@dataclass(frozen=True)
class Asked:
    """A request that was sent.

    Attributes:
        carried: whether the message lies in the mailbox; else it is to be carried by hand.
    """

    done: Done
    file: RequestFolder
    receiver: int
    first: int
    carried: bool


def route(
    desk: Desk, to: int, kind: RequestKind, urgency: Urgency = Urgency.NONE, named: str | None = None
) -> int:
    """Number of the agency that receives a request of this kind there.

    Args:
        desk: of whoever asks.
        to: jurisdiction, ISO 3166-1 numeric.
        kind: of the request.
        urgency: why it is urgent, if it is.
        named: agency that is wished, for direct kinds; None: whoever is named for it.

    Raises:
        NoRouteError: nobody there receives it.
    """
    wished = number_of(desk.chain, named) if named else 0
    return routing.route(desks_of(desk.chain, to), kind, urgency, wished)


def desks_of(ledger: Ledger, jurisdiction: int) -> Desks:
    """What the registry says of a jurisdiction."""
    points = {each: _contact(ledger, jurisdiction, each) for each in Competence}
    members = (event.args["agency"] for event in ledger.events(agencies.REGISTRY, "AgencyAdmitted"))
    return Desks(
        jurisdiction,
        int(ledger.call(agencies.REGISTRY, "centralAuthority", jurisdiction)),
        {competence: number for competence, number in points.items() if number},
        frozenset(each for each in members if numbers.jurisdiction_of(each) == jurisdiction),
    )


def check(desk: Desk, path: Path) -> Plan:
    """What a request would be; writes and sends nothing. Raises as :func:`ask`."""
    return plan(desk, read_request(path))


def ask(desk: Desk, path: Path, *, out: Path | None = None) -> Asked:
    """Ask another country for assistance.

    Salt, secret and sealed message are kept in ``NAME.request`` before anything is sent, so that running it
    again after whatever interruption finishes it, and nothing is doubled.

    Args:
        desk: of an officer with ASK.
        path: the request, YAML or JSON; or the ``.request`` folder of one that was begun.
        out: the folder to make; by default the request's name with ``.request``, beside it.

    Raises:
        MistakesError: the request has mistakes.
        UsageError: it cannot be sent, see :func:`plan`; or the folder is another request's.
        NoRouteError: nobody there receives it.
        ContractError: refused; nothing was asked.
        OutcomeUnknownError: sent, and the outcome is not known: run again.
    """
    file, made = folder_of(desk, path, out)
    told = file.told
    found = Found(told.id, file)
    carried = post.send(desk, [file.sealed_message(told.order.message)])
    earlier = acting.event(desk, told.id, "Asked")
    try:
        done = acting.once(
            desk, found, ASK, earlier, lambda: assistance.ask(desk.ledger, desk.signer, told.order)
        )
    except ContractError:
        if made:  # it was never sent, and whoever corrects the request begins anew
            shutil.rmtree(file.folder, ignore_errors=True)
        raise
    known = acting.known(desk, found)
    first = Envelope.from_bytes(file.sealed_message(told.order.message)).recipient
    return Asked(done, file, known.receiver, first, carried)


def withdraw(desk: Desk, text: str, reason: WithdrawalReason) -> Done:
    """Withdraw a request, as its asker."""
    found = naming.request_named(desk, text)
    acting.known(desk, found)
    return acting.once(
        desk,
        found,
        "withdraw",
        acting.event(desk, found.id, "RequestWithdrawn"),
        lambda: assistance.withdraw(desk.ledger, desk.signer, found.id, int(reason)),
    )


def plan(desk: Desk, request: Request) -> Plan:
    """See what a request will be on the chain, and who gets it.

    Raises:
        UsageError: it is another agency's, is asked at home, or its reader published no encryption key.
        NoRouteError: nobody there receives it.
        ContractError: the agreement carries no such request.
    """
    own, to = own_agency(desk), places.numeric(request.to)
    home = numbers.jurisdiction_of(own)
    if number_of(desk.chain, request.authority) != own:
        raise UsageError(
            f"The request is of {request.authority}; this workspace is of {numbers.label(own)}.",
            code="assistance.other_agency",
            kept=NOT_SENT,
            next="Correct authority in the request, or use the workspace of that agency.",
        )
    if to == home:
        raise UsageError(
            f"{request.to} is your own country: nobody asks at home for assistance.",
            code="assistance.at_home",
            kept=NOT_SENT,
            next="Give a task within the country: concordat case task",
        )
    named = number_of(desk.chain, request.agency) if request.agency else 0
    receiver = routing.route(desks_of(desk.chain, to), request.kind, request.urgency, named)
    _require_basis(desk, request, home, to)
    first = receiver if request.kind.is_direct else _own_authority(desk.chain, home) or receiver
    first = receiver if first == own else first
    return Plan(request, own, receiver, first, named, checklist_of(desk, request))


def checklist_of(desk: Desk, request: Request) -> Checklist | None:
    """What the forum asks of evidence from there, from the standards in force; None where no forum is named.

    Raises:
        UsageError: the forum has no standard for a method.
    """
    if request.forum is None:
        return None
    forum, place = places.numeric(request.forum), places.numeric(request.to)
    adopted = {method: found for method in request.methods if (found := _adopted(desk, forum, place, method))}
    return checklists.export(request.forum, request.to, request.methods, rulebooks((forum,)), adopted)


def prepare(desk: Desk, planned: Plan, folder: Path) -> RequestFolder:
    """Make secrets, commitment and sealed message, and lay them into the folder of the request.

    Raises:
        UsageError: the folder exists, or the reader published no encryption key.
        FileError: it cannot be written.
    """
    request, secrets = planned.request, new_secrets()
    key = request_id(planned.own, order_commitment(request, secrets.salt))
    message = Message(MessageType.REQUEST, key, Opening(request, secrets.salt, planned.checklist))
    envelope = post.seal(
        desk.chain, message.to_bytes(), to=planned.first, kind=MessageType.REQUEST.sealed_kind
    )
    config = desk.workspace.config
    order = chain_order(
        request, secrets, agency=planned.named, checklist=planned.checklist, message=envelope.hash
    )
    told = Told(Part.ASKER, config.chain_id, bytes.fromhex(config.genesis_id[2:]), planned.own, key, order)
    file = RequestFolder.create(folder, request, secrets, told, planned.checklist, [envelope.to_bytes()])
    file.keep_opened(envelope.hash, message)
    return file


def folder_of(desk: Desk, path: Path, out: Path | None) -> tuple[RequestFolder, bool]:
    """The private folder of a request: as it is, or made now; and whether it was.

    Raises:
        UsageError: the request cannot be sent, has another folder, or the folder is another request's.
    """
    if path.name.endswith(ENDING) and path.is_dir():
        return naming.opened(desk, path), False
    given = read_request(path)
    folder = out or path.with_suffix(ENDING)
    if not folder.name.endswith(ENDING):
        folder = folder.with_name(folder.name + ENDING)
    if not folder.exists():
        _require_new(desk, given)
        return prepare(desk, plan(desk, given), folder), True
    file = naming.opened(desk, folder)
    if file.request != given:
        raise UsageError(
            f"{folder.name} is the folder of another request, or {path.name} was changed since it was made.",
            code="assistance.other_request",
            kept="Nothing was written or sent.",
            next="What was asked cannot be changed: give the request a new number, or name another folder "
            "with --out.",
        )
    return file, False


def read_request(path: Path) -> Request:
    """A request as an officer wrote it.

    Raises:
        MistakesError: with every mistake.
        FileError: it cannot be read.
    """
    with store.guard(f"read {path}", kept="Nothing was written or sent."):
        data = path.read_bytes()
    try:
        return requestfile.parse(data.decode("utf-8"), path.name)
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{path.name} is not UTF-8 text.", code="request.invalid", next="Save it as UTF-8."
        ) from error


def _adopted(desk: Desk, forum: int, place: int, method: Method) -> InForce | None:
    now = desk.clock.now
    found = [
        each
        for each in desk.book.of(forum, origin_of(place, forum), method)
        if each.standard.in_force_at(now)
    ]
    return InForce(found[-1].standard, found[-1].version) if found else None


def _require_basis(desk: Desk, request: Request, home: int, to: int) -> None:
    agreement = request.standing.agreement
    if agreement is not None:
        agreementbook.terms_between(desk.chain, agreement, home, to, request.kind, desk.clock.now)


def _require_new(desk: Desk, given: Request) -> None:
    """One request is sent once: with new salts nobody could see that two are the same."""
    for known in naming.glances(desk):
        if known.number == given.number and known.part == Part.ASKER.value:
            raise UsageError(
                f"The request {given.number} has a folder already: {known.folder}.",
                code="assistance.request_known",
                kept="Nothing was written or sent.",
                next=f"Go on: concordat assistance ask {known.folder.name}; or number the request anew.",
            )


def _own_authority(ledger: Ledger, home: int) -> int:
    return int(ledger.call(agencies.REGISTRY, "centralAuthority", home))


def _contact(ledger: Ledger, jurisdiction: int, competence: Competence) -> int:
    try:
        return int(ledger.call(agencies.REGISTRY, "contactPoint", jurisdiction, int(competence)))
    except ContractError:
        return 0
