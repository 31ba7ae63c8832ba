# SPDX-License-Identifier: Apache-2.0
"""How an act on the chain is done once: what took effect before is found, not sent again; papers follow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from concordat.afterwards import afterwards
from concordat.casework.desk import Desk
from concordat.ledger import eventlog
from concordat.ledger.protocol import Event, Receipt


class KeepsReceipts(Protocol):
    """A private folder in which receipts are noted."""

    def keep_receipt(self, act: str, receipt: Receipt) -> None:
        """Note a transaction that took effect."""


F = TypeVar("F", bound=KeepsReceipts)
Follow = Callable[[Receipt], object]
"""Writes what follows from an act: its papers."""


@dataclass(frozen=True)
class Done(Generic[F]):
    """An act that took effect.

    Attributes:
        about: id of what it is about, 32 bytes.
        name: what people call that.
        receipt: of the transaction.
        before: it had taken effect before; nothing was sent now.
        file: the private folder of it, if it is in reach; the receipt is noted there.
    """

    about: bytes
    name: str
    receipt: Receipt
    before: bool
    file: F | None = None


def once(
    desk: Desk,
    about: bytes,
    name: str,
    file: F | None,
    act: str,
    earlier: Event | None,
    send: Callable[[], Receipt],
    follow: Follow = lambda _: None,
) -> Done[F]:
    """Do an act unless its event is there already, and note its receipt in the folder.

    Args:
        desk: of whoever acts.
        about: id of what it is about.
        name: what people call that.
        file: its private folder, if it is in reach.
        act: what the receipt is noted under.
        earlier: the event of the act, if it took effect before.
        send: sends it.
        follow: does what follows from it; done again when the act is.

    Raises:
        ContractError: refused; nothing was sent.
        OutcomeUnknownError: sent, and the outcome is not known: run again.
    """
    receipt = receipt_of(desk, earlier) if earlier else send()
    with afterwards(f"{name}: {act} took effect.", "Run the same command again: it sends nothing twice."):
        if earlier:
            settle(desk)
        if file:
            file.keep_receipt(act, receipt)
        follow(receipt)
    return Done(about, name, receipt, earlier is not None, file)


def settle(desk: Desk) -> None:
    """Look after transactions of a run that did not live to see them in a block."""
    outbox = desk.ledger.outbox
    if outbox.unfinished(desk.chain):
        outbox.settle(desk.chain)


def receipt_of(desk: Desk, event: Event) -> Receipt:
    """The transaction of an event that took effect before; what it cost is not asked for."""
    timed = eventlog.with_times(desk.chain, [event])[0]
    return Receipt(timed.transaction, timed.block, timed.block_hash, 0, timed.time, (timed,))
