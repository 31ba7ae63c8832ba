# SPDX-License-Identifier: Apache-2.0
"""Whether a request for assistance covers a collection, before anybody registers it under that request."""

from __future__ import annotations

from typing import Final

from concordat.casework.cooperating import naming
from concordat.casework.cooperating.naming import Found
from concordat.casework.desk import Desk
from concordat.casework.freezing.offices import called, names, own_agency
from concordat.errors import UsageError
from concordat.evidence.facts import Facts
from concordat.evidence.places import alpha
from concordat.evidence.record import Record

MANDATES: Final = "Mandates"


def require(desk: Desk, record: Record, text: str) -> Found:
    """See that a record cites a request, and that the request covers what the record says.

    Args:
        desk: of whoever registers.
        record: of the collection.
        text: which request.

    Raises:
        UsageError: no request is meant, the record cites it not, or it covers no such collection.
    """
    found = naming.request_named(desk, text)
    if record.mandate != found.id:
        cited = f"0x{record.mandate.hex()[:10]}…" if record.mandate else "none"
        raise UsageError(
            f"The record cites {cited} as its mandate, not {found.name}.",
            code="mandate.not_cited",
            kept="Nothing was packed or sent.",
            next=f'Write in the record: mandate: "0x{found.id.hex()}"',
        )
    facts = record.facts()
    if not covers(desk, found.id, facts):
        agency = called(names(desk.chain), own_agency(desk))
        raise UsageError(
            f"{found.name} does not cover what the record says: {facts.method.label('en')} by {agency} in "
            f"{alpha(facts.place)}, begun {record.started.isoformat()}.",
            code="mandate.not_covered",
            kept="Nothing was packed or sent.",
            next="See what it covers, from when: concordat assistance mandate",
        )
    return found


def covers(desk: Desk, request: bytes, facts: Facts) -> bool:
    """Whether a request covers a collection by the own agency, as the contract says now."""
    return bool(
        desk.chain.call(
            MANDATES,
            "covers",
            request,
            own_agency(desk),
            facts.place,
            facts.data_location,
            facts.started_at,
            int(facts.method),
        )
    )
