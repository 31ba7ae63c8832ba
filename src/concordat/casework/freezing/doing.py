# SPDX-License-Identifier: Apache-2.0
"""How an act on the chain is done once: what took effect before is found, not sent again; papers follow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from concordat.assets import logs
from concordat.assets.folders.freezefile import FreezeFile
from concordat.casework.desk import Desk
from concordat.casework.freezing import papers
from concordat.ledger.protocol import Event, Receipt
from concordat.standing import standing


@dataclass(frozen=True)
class Done:
    """An act that took effect.

    Attributes:
        about: id of the request or hold, 32 bytes.
        name: what people call it.
        receipt: of the transaction.
        before: it had taken effect before; nothing was sent now.
        file: the folder of the request, if it is in reach; the receipt is noted there.
    """

    about: bytes
    name: str
    receipt: Receipt
    before: bool
    file: FreezeFile | None = None


def once(
    desk: Desk,
    about: bytes,
    name: str,
    file: FreezeFile | None,
    act: str,
    earlier: Event | None,
    send: Callable[[], Receipt],
) -> Done:
    """Do an act unless its event is there already, and note its receipt in the folder.

    Args:
        desk: of whoever acts.
        about: id of the request or hold.
        name: what people call it.
        file: folder of the request, if it is in reach.
        act: what the receipt is noted under.
        earlier: the event of the act, if it took effect before.
        send: sends it.

    Raises:
        ContractError: refused; nothing was sent.
        OutcomeUnknownError: sent, and the outcome is not known: run again.
    """
    receipt = receipt_of(desk, earlier) if earlier else send()
    with standing(f"{name}: {act} took effect.", "Run the same command again: it sends nothing twice."):
        if earlier:
            settle(desk)
        if file:
            file.keep_receipt(act, receipt)
        papers.write(desk, receipt.events)
    return Done(about, name, receipt, earlier is not None, file)


def settle(desk: Desk) -> None:
    """Look after transactions of a run that did not live to see them in a block."""
    outbox = desk.ledger.outbox
    if outbox.unfinished(desk.chain):
        outbox.settle(desk.chain)


def receipt_of(desk: Desk, event: Event) -> Receipt:
    """The transaction of an event that took effect before; what it cost is not asked for."""
    timed = logs.with_times(desk.chain, [event])[0]
    return Receipt(timed.transaction, timed.block, timed.block_hash, 0, timed.time, (timed,))
