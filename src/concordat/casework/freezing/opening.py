# SPDX-License-Identifier: Apache-2.0
"""Opening what a requester sealed, and comparing it with the chain before anybody acts on it.

Commitments are recomputed; then amounts, currency, scope, measure, jurisdiction, period and addressees are
compared with what the chain was told. Whoever answers for money rests on the one being the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from concordat.assets.holds import Named
from concordat.assets.orders import ordermessage
from concordat.assets.orders.ordermessage import OpenedMessage
from concordat.assets.requests import Asked, Request
from concordat.casework.desk import Desk
from concordat.casework.freezing import counting, post
from concordat.errors import ConcordatError, VerificationError
from concordat.evidence.places import alpha
from concordat.membership import numbers


@dataclass(frozen=True)
class Opened:
    """A message as its recipient sees it.

    Attributes:
        message: what it says.
        named: the targets of it as the chain has them, by target.
        differences: what it says otherwise than the chain, as sentences; empty: it may be acted on.
    """

    message: OpenedMessage
    named: Mapping[bytes, Named]
    differences: tuple[str, ...]

    def require_same(self) -> None:
        """Refuse to act on a message that says other things than the chain.

        Raises:
            VerificationError: it does.
        """
        if self.differences:
            raise VerificationError(
                "The message says other things than the chain:\n"
                + "\n".join(f"  {each}" for each in self.differences),
                code="freeze.message_differs",
                kept="Nothing was sent.",
                next="Answer UNREADABLE or MISMATCH, or decline, and call the requester back by a number "
                "that you know already.",
            )


def open_message(
    desk: Desk, agency: int, request: Request, asked: Asked, named: Sequence[Named], digest: bytes
) -> Opened:
    """Open a message to an agency and compare it with the chain.

    Args:
        desk: of the recipient.
        agency: the recipient.
        request: as it stands.
        asked: its event.
        named: the targets that the message has to speak of: the institution's own, or all for the endorser.
        digest: hash of the message.

    Raises:
        UsageError: the message is nowhere, or its key is not here.
        VerificationError: it was changed, or is no such message.
    """
    return compare(post.unseal(desk, agency, digest, post.REQUEST), request, asked, named)


def compare(data: bytes, request: Request, asked: Asked, named: Sequence[Named]) -> Opened:
    """Read an unsealed message and compare it; see :func:`open_message`."""
    message = ordermessage.read(data)
    by_word = {each.target: each for each in named}
    found = (*_of_commitments(message, asked, by_word), *_of_order(message, request))
    return Opened(message, by_word, found + tuple(_of_targets(message, by_word)))


def _of_commitments(message: OpenedMessage, asked: Asked, named: Mapping[bytes, Named]) -> Iterator[str]:
    try:
        message.check(asked.order, named)
    except VerificationError as error:
        yield error.message
    missing = len(set(named) - {each.word for each in message.targets})
    if missing:
        yield f"{missing} of the {len(named)} targets that the chain names are not in the message."


def _of_order(message: OpenedMessage, request: Request) -> Iterator[str]:
    order = message.order
    for what, said, there in (
        ("measure", order.measure.name, request.measure.name),
        ("asset class", order.asset_class.name, request.asset_class.name),
        ("jurisdiction", order.jurisdiction, alpha(request.jurisdiction)),
    ):
        if said != there:
            yield f"The {what} is {said} in the message and {there} on the chain."
    if order.agency != request.agency:
        yield f"The message is of agency {order.agency}, the request of {numbers.label(request.agency)}."
    try:
        rule = counting.rule_of(order.period, order.jurisdiction, order.measure, order.asset_class)
        most = counting.most_seconds(rule)
    except ConcordatError as error:
        yield f"The period cannot be counted: {error.message}"
        return
    if request.period > most:
        yield f"The chain asks for {request.period} seconds; {order.period.text()} are at most {most}."


def _of_targets(message: OpenedMessage, named: Mapping[bytes, Named]) -> Iterator[str]:
    for each in message.targets:
        there = named.get(each.word)
        if there is None:
            continue  # said already
        target, who = each.target, f"Target {each.number + 1} ({each.target.account.masked})"
        amount = target.amount.amount if target.amount else 0
        currency = target.currency.code if target.currency else 0
        if (amount, currency) != (there.amount, there.currency):
            yield (
                f"{who}: amount and currency are {amount} and {currency} in the message, "
                f"{there.amount} and {there.currency} on the chain."
            )
        if target.scope_bits != there.scope:
            yield f"{who}: the scope is another one on the chain."
        if target.institution != there.institution:
            yield f"{who}: the message names another institution than the chain."
