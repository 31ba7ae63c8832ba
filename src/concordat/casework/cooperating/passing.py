# SPDX-License-Identifier: Apache-2.0
"""By whose hands a request goes: passed on or declined at home; acknowledged, assigned, forwarded there."""

from __future__ import annotations

from collections.abc import Callable

from concordat.casework.cooperating import acting, naming, opening
from concordat.casework.cooperating.acting import Done
from concordat.casework.cooperating.naming import NOT_SENT
from concordat.casework.cooperating.opening import Opened
from concordat.casework.desk import Desk
from concordat.casework.freezing.offices import called, names, number_of, own_agency
from concordat.cooperation import assistance
from concordat.cooperation.orders.messages import MessageType
from concordat.cooperation.orders.request import secret_commitment
from concordat.cooperation.states import AssistanceFlag
from concordat.cooperation.words import DeclineReason
from concordat.errors import UsageError
from concordat.ledger.protocol import Event, Receipt
from concordat.membership import agencies

Agree = Callable[[Opened], None]
"""Shows what was opened and raises if whoever acts does not agree."""


def examine(desk: Desk, text: str) -> Opened:
    """What a request says to the own agency, compared with the chain; writes and sends nothing.

    Raises:
        UsageError: no request is meant, or its message is nowhere, or is for another agency.
        VerificationError: it was changed, or says other things than the chain.
    """
    return opening.open_request(desk, naming.request_named(desk, text))


def pass_on(desk: Desk, text: str, note: str | None = None, agree: Agree = lambda _: None) -> Done:
    """Pass a request on to the other central authority, as the own one: opened, and sealed anew to it.

    Args:
        desk: of an officer with TRANSMIT of the own central authority.
        text: which request.
        note: for the other authority.
        agree: is shown the request, and raises unless it is to be passed on.

    Raises:
        UsageError, VerificationError: see :func:`examine`.
        ContractError: refused; nothing was passed on.
    """
    found = naming.request_named(desk, text)
    acting.known(desk, found)
    earlier = acting.event(desk, found.id, "PassedOn")
    if earlier is None:
        agree(opening.open_request(desk, found))
    found, file = acting.with_folder(desk, found)
    to = int(desk.chain.call(agencies.REGISTRY, "centralAuthority", file.told.order.to))

    def send() -> Receipt:
        whole = opening.opening_of(file, note)
        message = acting.say(desk, file, MessageType.PASSED_ON, whole, to)
        return assistance.pass_on(desk.ledger, desk.signer, found.id, message)

    return acting.once(desk, found, "pass on", earlier, send)


def decline(desk: Desk, text: str, reason: DeclineReason) -> Done:
    """Do not pass a request on, as the own central authority; it need not be readable for that."""
    found = naming.request_named(desk, text)
    acting.known(desk, found)
    return acting.once(
        desk,
        found,
        "decline",
        acting.event(desk, found.id, "NotPassedOnBy"),
        lambda: assistance.decline_to_pass_on(desk.ledger, desk.signer, found.id, int(reason)),
    )


def acknowledge(desk: Desk, text: str) -> Done:
    """Open a request as who is asked, give the receipt of its message, and acknowledge it.

    The receipt proves on the chain when it was delivered; the acknowledgement commits the own secret for the
    draw of a panel, which is kept in the folder made here.

    Raises:
        UsageError, VerificationError: see :func:`examine`.
        ContractError: refused; nothing was acknowledged.
    """
    found = naming.request_named(desk, text)
    acting.known(desk, found)
    found, file = acting.with_folder(desk, found)
    acting.give_receipt(desk, found, opening.message_to(desk, found, own_agency(desk)))
    secret = secret_commitment(file.secrets.panel)
    return acting.once(
        desk,
        found,
        "acknowledge",
        acting.event(desk, found.id, "Acknowledged"),
        lambda: assistance.acknowledge(desk.ledger, desk.signer, found.id, secret),
    )


def assign(desk: Desk, text: str, to: str, note: str | None = None) -> Done:
    """Assign who executes, as the asked central authority; itself too.

    Raises:
        UsageError, VerificationError: see :func:`examine`.
        ContractError: refused; nothing was assigned.
    """
    found = naming.request_named(desk, text)
    known, own = acting.known(desk, found), own_agency(desk)
    if (
        found.file is None
        and known.flags & AssistanceFlag.DIRECT
        and own not in (known.receiver, known.executor)
    ):
        raise UsageError(
            f"{found.name} went from agency to agency: only {called(names(desk.chain), known.receiver)} can "
            "open it, and seal it anew.",
            code="assistance.direct",
            kept=NOT_SENT,
            next="Have that agency answer it, even late, or the asker withdraw it and ask another agency.",
        )
    executor = number_of(desk.chain, to)
    newest = acting.event(desk, found.id, "AssignedTo")
    earlier = newest if newest and newest.args["executor"] == executor else None
    return _handed(desk, naming.found_by(desk, found.id), executor, note, earlier, "assign")


def forward(desk: Desk, text: str, to: str, note: str | None = None) -> Done:
    """Pass a direct request to the competent agency of the own jurisdiction, as its receiver.

    Raises:
        UsageError, VerificationError: see :func:`examine`.
        ContractError: refused; nothing was forwarded.
    """
    found = naming.request_named(desk, text)
    acting.known(desk, found)
    competent = number_of(desk.chain, to)
    earlier = acting.event(desk, found.id, "Forwarded", to=competent)
    return _handed(desk, found, competent, note, earlier, "forward")


def _handed(
    desk: Desk, found: naming.Found, to: int, note: str | None, earlier: Event | None, act: str
) -> Done:
    """Seal the request to another agency at home, and say so on the chain."""
    found, file = acting.with_folder(desk, found)
    itself = to == own_agency(desk)
    if itself and act == "forward":
        raise UsageError(
            f"{called(names(desk.chain), to)} has it already.",
            code="assistance.own_agency",
            kept=NOT_SENT,
            next="Name the agency that is competent.",
        )

    def send() -> Receipt:
        message = assistance.NOTHING
        if not itself:
            message = acting.say(desk, file, MessageType.ASSIGNED, opening.opening_of(file, note), to)
        if act == "forward":
            return assistance.forward(desk.ledger, desk.signer, found.id, to, message)
        return assistance.assign(desk.ledger, desk.signer, found.id, to, message)

    return acting.once(desk, found, act, earlier, send)
