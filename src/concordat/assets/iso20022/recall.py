# SPDX-License-Identifier: Apache-2.0
"""Recall of payments (camt.056.001.08, reason FRAD) and the answer to it (camt.029.001.09), out and in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from concordat.assets.iso20022.parties import (
    AccountId,
    Agent,
    Assignment,
    account_id_node,
    assignment_node,
    case_node,
    institution_node,
    read_account_id,
    read_assignment,
    read_institution,
)
from concordat.assets.iso20022.rules import RECALL, RESOLUTION
from concordat.assets.iso20022.xml import (
    all_named,
    amount_node,
    find,
    money_at,
    node,
    read,
    text_at,
    write,
)
from concordat.assets.values.money import Money
from concordat.errors import UsageError

FRAUD: Final = "FRAD"
"""Code of ISO's external list ExternalCancellationReason1Code: the payment was caused by fraud."""

CANCELLED: Final = "CNCL"
REJECTED: Final = "RJCR"
PENDING: Final = "PDCR"
ACCEPTED: Final = "ACCR"


@dataclass(frozen=True, slots=True)
class RecalledPayment:
    """One payment that is to come back.

    Attributes:
        id: of this cancellation.
        uetr, end_to_end_id, transaction_id: how the payment was named; one of them has to be given.
        amount, settlement_date: between the banks; the date as 2026-11-22.
        debtor_agent, creditor_agent: banks of payer and payee.
        reason: code of ISO's list.
        information: at most 105 characters each.

    """

    id: str | None = None
    uetr: str | None = None
    end_to_end_id: str | None = None
    transaction_id: str | None = None
    amount: Money | None = None
    settlement_date: str | None = None
    reason: str | None = FRAUD
    information: tuple[str, ...] = ()
    debtor_account: AccountId | None = None
    debtor_agent: Agent | None = None
    creditor_agent: Agent | None = None
    creditor_account: AccountId | None = None


@dataclass(frozen=True, slots=True)
class Recall:
    """A request to cancel payments."""

    assignment: Assignment
    payments: tuple[RecalledPayment, ...]
    case: str | None = None


@dataclass(frozen=True, slots=True)
class PaymentResolution:
    """What became of one payment: ACCR accepted, RJCR rejected, PDCR pending; reason code and words."""

    cancellation_id: str | None = None
    uetr: str | None = None
    end_to_end_id: str | None = None
    status: str | None = None
    reason: str | None = None
    information: tuple[str, ...] = ()
    amount: Money | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """The answer to a recall.

    ``confirmation``: CNCL cancelled as asked, RJCR, PDCR, or another code of ISO's list.
    """

    assignment: Assignment
    confirmation: str | None
    payments: tuple[PaymentResolution, ...] = ()
    case: str | None = None


def write_recall(recall: Recall) -> bytes:
    """Give camt.056.001.08.

    Raises:
        UsageError: a payment is named in no way, or there is none.
        MessageError: something breaks a rule of the message.

    """
    if not recall.payments:
        raise UsageError("A recall names at least one payment.", code="iso20022.recall")
    for payment in recall.payments:
        if not (payment.uetr or payment.end_to_end_id or payment.transaction_id):
            raise UsageError(
                "A recalled payment needs its UETR, end-to-end id or transaction id.", code="iso20022.recall"
            )
    assignment = recall.assignment
    return write(
        RECALL,
        node(
            "FIToFIPmtCxlReq",
            assignment_node(assignment),
            case_node("Case", recall.case, assignment.assigner),
            node("CtrlData", node("NbOfTxs", str(len(recall.payments)))),
            node("Undrlyg", *(_payment_node(payment) for payment in recall.payments)),
        ),
    )


def read_recall(data: bytes) -> tuple[Recall, tuple[str, ...]]:
    """Read camt.056.001.08.

    Returns:
        The recall, and the paths of what the message holds besides and nobody looked at.

    Raises:
        MessageError: with every broken rule.

    """
    document = read(data, RECALL)
    root = find(document, RECALL.root)
    payments = tuple(
        _payment(each) for under in all_named(root, "Undrlyg") for each in all_named(under, "TxInf")
    )
    recall = Recall(read_assignment(find(root, "Assgnmt")), payments, text_at(root, "Case/Id"))
    return recall, RECALL.unread(document)


def write_resolution(resolution: Resolution) -> bytes:
    """Give camt.029.001.09.

    Raises:
        MessageError: something breaks a rule of the message.

    """
    assignment = resolution.assignment
    return write(
        RESOLUTION,
        node(
            "RsltnOfInvstgtn",
            assignment_node(assignment),
            case_node("RslvdCase", resolution.case, assignment.assignee),
            node("Sts", node("Conf", resolution.confirmation)),
            node("CxlDtls", *(_resolution_node(each) for each in resolution.payments)),
        ),
    )


def read_resolution(data: bytes) -> tuple[Resolution, tuple[str, ...]]:
    """Read camt.029.001.09; see :func:`read_recall`."""
    document = read(data, RESOLUTION)
    root = find(document, RESOLUTION.root)
    payments = tuple(
        _resolution(each) for under in all_named(root, "CxlDtls") for each in all_named(under, "TxInfAndSts")
    )
    found = Resolution(
        read_assignment(find(root, "Assgnmt")),
        text_at(root, "Sts/Conf"),
        payments,
        text_at(root, "RslvdCase/Id"),
    )
    return found, RESOLUTION.unread(document)


def _reason_node(name: str, reason: str | None, information: tuple[str, ...]) -> Element | None:
    return node(name, node("Rsn", node("Cd", reason)), *(node("AddtlInf", line) for line in information))


def _payment_node(payment: RecalledPayment) -> Element | None:
    return node(
        "TxInf",
        node("CxlId", payment.id),
        node("OrgnlEndToEndId", payment.end_to_end_id),
        node("OrgnlTxId", payment.transaction_id),
        node("OrgnlUETR", payment.uetr),
        amount_node("OrgnlIntrBkSttlmAmt", payment.amount),
        node("OrgnlIntrBkSttlmDt", payment.settlement_date),
        _reason_node("CxlRsnInf", payment.reason, payment.information),
        node(
            "OrgnlTxRef",
            _account_node("DbtrAcct", payment.debtor_account),
            _agent_node("DbtrAgt", payment.debtor_agent),
            _agent_node("CdtrAgt", payment.creditor_agent),
            _account_node("CdtrAcct", payment.creditor_account),
        ),
    )


def _account_node(name: str, account: AccountId | None) -> Element | None:
    return None if account is None else node(name, account_id_node(account))


def _agent_node(name: str, agent: Agent | None) -> Element | None:
    return None if agent is None else institution_node(name, agent)


def _payment(element: Element) -> RecalledPayment:
    reference = find(element, "OrgnlTxRef")
    return RecalledPayment(
        id=text_at(element, "CxlId"),
        uetr=text_at(element, "OrgnlUETR"),
        end_to_end_id=text_at(element, "OrgnlEndToEndId"),
        transaction_id=text_at(element, "OrgnlTxId"),
        amount=money_at(element, "OrgnlIntrBkSttlmAmt"),
        settlement_date=text_at(element, "OrgnlIntrBkSttlmDt"),
        reason=_first_reason(element, "CxlRsnInf"),
        information=tuple(_information(element, "CxlRsnInf")),
        debtor_account=read_account_id(find(reference, "DbtrAcct/Id")),
        debtor_agent=read_institution(find(reference, "DbtrAgt")),
        creditor_agent=read_institution(find(reference, "CdtrAgt")),
        creditor_account=read_account_id(find(reference, "CdtrAcct/Id")),
    )


def _resolution_node(payment: PaymentResolution) -> Element | None:
    return node(
        "TxInfAndSts",
        node("CxlStsId", payment.cancellation_id),
        node("OrgnlEndToEndId", payment.end_to_end_id),
        node("OrgnlUETR", payment.uetr),
        node("TxCxlSts", payment.status),
        _reason_node("CxlStsRsnInf", payment.reason, payment.information),
        amount_node("OrgnlIntrBkSttlmAmt", payment.amount),
    )


def _resolution(element: Element) -> PaymentResolution:
    return PaymentResolution(
        cancellation_id=text_at(element, "CxlStsId"),
        uetr=text_at(element, "OrgnlUETR"),
        end_to_end_id=text_at(element, "OrgnlEndToEndId"),
        status=text_at(element, "TxCxlSts"),
        reason=_first_reason(element, "CxlStsRsnInf"),
        information=tuple(_information(element, "CxlStsRsnInf")),
        amount=money_at(element, "OrgnlIntrBkSttlmAmt"),
    )


def _first_reason(element: Element, name: str) -> str | None:
    """Code, or the sender's own word; the first if there are several."""
    for reason in all_named(element, name):
        found = text_at(reason, "Rsn/Cd") or text_at(reason, "Rsn/Prtry")
        if found:
            return found
    return None


def _information(element: Element, name: str) -> Iterator[str]:
    for reason in all_named(element, name):
        for line in all_named(reason, "AddtlInf"):
            yield line.text or ""
