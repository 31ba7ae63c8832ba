# SPDX-License-Identifier: Apache-2.0
"""To whom something may be sealed now: who left, was excluded or is suspended gets nothing new.

What several agencies read (texts of a case, the pool of a team) leaves such an agency out and says so: nobody
has to know who is out, and nothing stops for it. Whoever names it himself is refused. Orders to institutions
are no such thing: they answer, whatever was taken from them.
"""

from __future__ import annotations

from collections.abc import Iterable

from concordat.casework.desk import Desk
from concordat.casework.freezing.offices import called, names, own_agency
from concordat.errors import UsageError
from concordat.membership import orders
from concordat.membership.orders import Order


def still_in(desk: Desk, readers: Iterable[int]) -> frozenset[int]:
    """Those of them to whom something may be sealed now; of each other one is said why not."""
    readers = frozenset(readers)
    barred = _barred(desk, readers)
    for text in _reasons(desk, barred):
        desk.warn(f"Nothing is sealed to {text}.")
    return readers - barred.keys()


def require_in(desk: Desk, readers: Iterable[int]) -> None:
    """See that something may be sealed to all of them now.

    Raises:
        UsageError: somebody is out, or suspended.
    """
    barred = _barred(desk, readers)
    if barred:
        raise UsageError(
            f"Nothing is sealed to {'; '.join(_reasons(desk, barred))}.",
            code="seal.barred",
            kept="Nothing was sent.",
            next="Name others. When the order has ended, tell them then: concordat agency show",
        )


def _barred(desk: Desk, readers: Iterable[int]) -> dict[int, Order]:
    others = set(readers) - {own_agency(desk)}
    at = desk.chain.now()  # of the newest block: an order in it counts, however slow this machine's clock is
    return orders.barred(desk.chain, others, at)


def _reasons(desk: Desk, barred: dict[int, Order]) -> list[str]:
    known = names(desk.chain) if barred else {}
    return [f"{called(known, number)}: {order}" for number, order in barred.items()]
