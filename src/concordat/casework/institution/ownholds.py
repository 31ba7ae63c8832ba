# SPDX-License-Identifier: Apache-2.0
"""An institution holds of its own motion, where the law of its country lets it."""

from __future__ import annotations

from pathlib import Path

from concordat.assets import requests
from concordat.assets.orders.order import Order
from concordat.casework.desk import Desk
from concordat.casework.freezing import post, preparing
from concordat.casework.freezing.doing import Done, once
from concordat.casework.freezing.preparing import Plan
from concordat.casework.freezing.requesting import folder_of, read_order
from concordat.errors import UsageError
from concordat.ledger import eventlog


def check(desk: Desk, order: Path) -> Plan:
    """What an own hold would be; writes and sends nothing. Raises as :func:`hold`."""
    return _plan(desk, read_order(order))


def hold(desk: Desk, order: Path, *, out: Path | None = None) -> Done:
    """Hold one account of the own institution at once; a second officer checks it, or it lapses.

    Salts, key and sealed message are kept in ``NAME.freeze`` before anything is sent, as for a request.

    Args:
        desk: of an officer of the institution with ANSWER.
        order: the order, YAML or JSON, with the own institution as agency and as institution of its one
            target; or the ``.freeze`` folder of one that was begun.
        out: the folder to make; by default the order's name with ``.freeze``, beside it.

    Raises:
        MistakesError: the order has mistakes.
        UsageError: the law of the country lets no institution hold by itself, or not so long.
        ContractError: refused; nothing is held.
    """
    file = folder_of(desk, order, out, _plan)
    told = file.told
    for message in file.messages():
        post.keep(desk, message)  # to itself: the second officer opens it like any other
    earlier = eventlog.of(desk.chain, requests.REQUESTS, ("FreezeRequested",), request=told.id)
    return once(
        desk,
        told.hold(1),
        file.order.number,
        file,
        "hold",
        earlier[0] if earlier else None,
        lambda: requests.hold_own(desk.ledger, desk.signer, told.order, told.targets[0]),
    )


def _plan(desk: Desk, order: Order) -> Plan:
    planned = preparing.plan(desk, order)
    targets = planned.order.targets
    if len(targets) != 1 or targets[0].institution != planned.order.agency:
        raise UsageError(
            "An own hold is of one account at the own institution.",
            code="hold.not_own",
            kept="Nothing was written or sent.",
            next="Name the own institution as agency and as institution of the one target.",
        )
    longest = planned.profile.own_hold
    if not longest:
        raise UsageError(
            f"The law of {planned.order.jurisdiction} as adopted lets no institution hold by itself "
            f"({planned.order.measure.label().en}).",
            code="hold.not_allowed",
            kept="Nothing was written or sent.",
            next="Tell the police, who can stop the payment at once. See: concordat freeze profile show",
        )
    if planned.period > longest:
        raise UsageError(
            f"{planned.order.period.text()} are longer than an institution may hold by itself: "
            f"{preparing.hours(planned.period)} against {preparing.hours(longest)}.",
            code="freeze.period_too_long",
            kept="Nothing was written or sent.",
            next="Hold for a shorter time; where the law lets it, it can be renewed.",
        )
    return planned
