# SPDX-License-Identifier: Apache-2.0
"""Which grant is meant, and what grants permit now, first ones and those that were passed on."""

from __future__ import annotations

from dataclasses import dataclass, replace

from concordat.casework.cooperating import casenames
from concordat.casework.desk import Desk
from concordat.casework.freezing.offices import own_agency
from concordat.cooperation import sharing
from concordat.cooperation.words import Handling, Purpose


@dataclass(frozen=True)
class Grant:
    """A grant as the chain has it.

    Attributes:
        fields: bits of the fields.
        parent: from which it was passed on; None: it is a first one.
        items: what the chain was told of the items, of the first one.
        allows: whether the recipient may read now.
    """

    id: bytes
    giver: int
    to: int
    fields: int
    purpose: Purpose
    handling: Handling
    until: int
    parent: bytes | None
    items: bytes
    allows: bool


def check(desk: Desk, text: str, mask: int | None = None) -> tuple[Grant, bool]:
    """A grant, and whether it permits these fields now."""
    found = named(desk, text)
    if mask is None:
        return found, found.allows
    allowed = sharing.permits(desk.chain, found.id, found.to, mask, found.purpose, desk.clock.now)
    return found, allowed


def list_(desk: Desk, *, everybody: bool = False) -> list[Grant]:
    """Grants that the own agency gave or has; or everybody's."""
    own = own_agency(desk)
    found = _every(desk).values()
    return [each for each in found if everybody or own in (each.giver, each.to)]


def named(desk: Desk, text: str) -> Grant:
    """The grant that is meant by the beginning of its id.

    Raises:
        UsageError: none or several are.
    """
    known = _every(desk)
    return known[casenames.only(known, text, "grants", "concordat case grant list")]


def _every(desk: Desk) -> dict[bytes, Grant]:
    """All grants, first ones and those that were passed on, oldest first."""
    found: dict[bytes, Grant] = {}
    for event in sharing.granted(desk.chain):
        args = event.args
        grant = Grant(
            bytes(args["grant"]),
            args["from"],
            args["to"],
            args["fields"],
            Purpose(args["purpose"]),
            Handling(args["handling"]),
            args["until"],
            None,
            bytes(args["items"]),
            False,
        )
        found[grant.id] = _judged(desk, grant)
    for event in sharing.passed_on(desk.chain):
        args, parent = event.args, found[bytes(event.args["grant"])]
        onward = replace(
            parent,
            id=bytes(args["onward"]),
            giver=parent.to,
            to=args["to"],
            fields=args["fields"],
            purpose=Purpose(args["purpose"]),
            until=args["until"],
            parent=parent.id,
        )
        found[onward.id] = _judged(desk, onward)
    return found


def _judged(desk: Desk, grant: Grant) -> Grant:
    now = desk.clock.now
    allows = sharing.permits(desk.chain, grant.id, grant.to, grant.fields, grant.purpose, now)
    return replace(grant, allows=allows)
