# SPDX-License-Identifier: Apache-2.0
"""From an order and its answers to the messages that banks' own systems take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from concordat.assets.iso20022.parties import AccountId, Agent, Assignment, account_id
from concordat.assets.iso20022.query import Query, Search
from concordat.assets.iso20022.recall import (
    PENDING,
    REJECTED,
    PaymentResolution,
    Recall,
    RecalledPayment,
    Resolution,
)
from concordat.assets.iso20022.xml import day
from concordat.assets.orders.answers import Answer
from concordat.assets.orders.order import Order, Target
from concordat.assets.values.accounts import Account, Kind
from concordat.assets.words import AnswerKind
from concordat.errors import UsageError

STATEMENT: Final = "camt.053.001.08"
"""What is asked for of an account: its statement."""
_ID: Final = 32
_LINE: Final = 105
_LAST_ISO_CODE: Final = 999

_REASONS: Final[Mapping[AnswerKind, str]] = {
    AnswerKind.NOT_FOUND: "NOOR",
    AnswerKind.MISMATCH: "NOOR",
    AnswerKind.NO_FUNDS: "AM04",
    AnswerKind.MOVED_ON: "AM04",
    AnswerKind.REFUSED: "LEGL",
}
"""Codes of ISO's external list of reasons for rejecting a cancellation: no original transaction, insufficient
funds, legal decision."""


def message_id(word: bytes) -> str:
    """Id of at most 35 characters, from a hash such as the key of a hold."""
    return word.hex()[:_ID]


def query_of(order: Order, target: Target, *, id: str, period: tuple[int, int], due: int) -> Query:  # noqa: A002
    """Give the question that goes with an order: whether the account is there, and its statement.

    Args:
        order: its legal basis and confidentiality are told.
        target: its account is asked about.
        id: of the query, at most 35 characters.
        period: from and to, seconds since 1970 UTC.
        due: by when, seconds since 1970 UTC.

    Raises:
        UsageError: an account that these messages do not carry (a thing, an address on a chain).

    """
    basis = order.legal_basis[0]
    search = (
        Search((STATEMENT,), card=target.account.number)
        if target.account.kind is Kind.CARD
        else Search(
            (STATEMENT,),
            account=account_id(target.account),
            currency=target.currency.alpha if target.currency else None,
            owner=target.holder,
        )
    )
    return Query(
        id=id,
        legal_basis=f"{basis.law} {basis.article}",
        confidential=order.confidential,
        period_from=day(period[0]),
        period_to=day(period[1]),
        search=search,
        due=day(due),
    )


def recall_of(order: Order, target: Target, *, id: str, assignment: Assignment) -> Recall:  # noqa: A002
    """Give the recall of the payment that an order names, with reason FRAD.

    Args:
        order: its number and call-back go along.
        target: its payment is recalled.
        id: of the cancellation, at most 35 characters.
        assignment: who sends it to whom.

    Raises:
        UsageError: the order names no payment, or one that these messages do not carry.

    """
    payment = target.payment
    if payment is None or not (payment.uetr or payment.end_to_end_id):
        raise UsageError(
            "This order names no payment by UETR or end-to-end id, so none can be recalled.",
            code="iso20022.recall",
            next="Ask the payer's bank for the UETR, or send the order alone.",
        )
    money = payment.amount if payment.amount and payment.amount.currency.code <= _LAST_ISO_CODE else None
    told = (f"Order {order.number}", f"Call back {order.officer.contact}")
    recalled = RecalledPayment(
        id=id,
        uetr=payment.uetr,
        end_to_end_id=payment.end_to_end_id,
        amount=money,
        settlement_date=None if payment.value_time is None else day(payment.value_time),
        information=tuple(line[:_LINE] for line in told),
        debtor_account=_bank_account(payment.payer),
        creditor_account=_bank_account(payment.payee or target.account),
    )
    return Recall(assignment, (recalled,), order.case[:_ID])


def resolution_of(recall: Recall, answer: Answer, *, assignment: Assignment) -> Resolution:
    """Give the answer to a recall that follows from the answer to the order.

    What is held is pending: a freeze returns nothing by itself. Otherwise the recall is rejected, with a
    reason of ISO's list where one fits.

    Raises:
        UsageError: the answer is no outcome yet.

    """
    if not answer.kind.is_outcome:
        raise UsageError(
            "This answer is no outcome yet, so it resolves no recall.", code="iso20022.resolution"
        )
    pending = answer.kind.takes or answer.kind is AnswerKind.BEHIND
    status, label = PENDING if pending else REJECTED, answer.kind.label().en
    held = f"{label}: {answer.held.format('en')}" if answer.held else label
    payments = tuple(
        PaymentResolution(
            cancellation_id=payment.id,
            uetr=payment.uetr,
            end_to_end_id=payment.end_to_end_id,
            status=status,
            reason=_REASONS.get(answer.kind),
            information=(held[:_LINE],),
            amount=payment.amount,
        )
        for payment in recall.payments
    )
    return Resolution(assignment, status, payments, recall.case)


def _bank_account(account: Account | None) -> AccountId | None:
    """Account for a message, if messages carry its kind."""
    return account_id(account) if account and account.kind in (Kind.IBAN, Kind.ACCOUNT) else None


def agent_of(name: str, bic: str | None = None) -> Agent:
    """An institution if it has a BIC, else a party by name, as an authority is."""
    return Agent(bic, name) if bic else Agent(name=name, party=True)
