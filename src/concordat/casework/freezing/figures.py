# SPDX-License-Identifier: Apache-2.0
"""Key figures from the log: who is how fast, what was held, what was unjustified."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from concordat.assets.keyfigures.figures import (
    EVENTS,
    Figures,
    HoldFigures,
    Spread,
    Sums,
    figures_of,
    grouped,
    summed,
)
from concordat.assets.papers import report
from concordat.assets.papers.matter import moment
from concordat.assets.papers.report import Told
from concordat.casework.desk import Desk
from concordat.casework.freezing.offices import called, names, number_of
from concordat.casework.freezing.papermatter import GENERATOR
from concordat.evidence import places
from concordat.ledger import eventlog
from concordat.ledger.protocol import Event, Ledger, in_order
from concordat.rendering.content import Document, Text, data
from concordat.rendering.times import utc


def stats(
    desk: Desk,
    *,
    since: int | None = None,
    until: int | None = None,
    jurisdiction: int | None = None,
    institution: str | None = None,
) -> Told:
    """Key figures of all holds whose request was made in a time, as at the client's clock.

    Args:
        desk: reads the chain.
        since, until: of the request, seconds since 1970 UTC; the latter is no part of it.
        jurisdiction: of the institutions, ISO 3166-1 numeric.
        institution: number or short name.

    Raises:
        UsageError: no such institution.
    """
    at = desk.clock.now
    number = number_of(desk.chain, institution) if institution else None
    wanted = [
        each
        for each in figures_of(events(desk.chain), at)
        if (since is None or each.requested_at >= since)
        and (until is None or each.requested_at < until)
        and (jurisdiction is None or each.jurisdiction == jurisdiction)
        and (number is None or each.institution == number)
    ]
    known = names(desk.chain)
    return Told(
        at=at,
        asked=_asked(since, until, jurisdiction, institution),
        holds=wanted,
        total=summed(wanted),
        institutions=_named(grouped(wanted, lambda each: each.institution), known),
        jurisdictions=_placed(wanted),
        requesters=_named(grouped(wanted, lambda each: each.requester), known),
    )


def events(ledger: Ledger) -> list[Event]:
    """All events of which the figures are made, oldest first, with times."""
    found = [event for contract, named in EVENTS.items() for event in eventlog.of(ledger, contract, named)]
    return eventlog.with_times(ledger, in_order(found))


def document(desk: Desk, told: Told) -> Document:
    """The figures as a document."""
    agency = desk.workspace.config.agency
    writer = called(names(desk.chain), agency) if agency else "Concordat"
    return report.report(told, writer, GENERATOR)


def as_data(told: Told) -> dict[str, Any]:
    """The stable values for ``--json``; amounts as text, durations in seconds."""
    return {
        "at": told.at,
        "total": _figures(told.total),
        "institutions": {name: _figures(each) for name, each in told.institutions.items()},
        "jurisdictions": {name: _figures(each) for name, each in told.jurisdictions.items()},
        "requesters": {name: _figures(each) for name, each in told.requesters.items()},
    }


def _figures(each: Figures) -> dict[str, Any]:
    return {
        "requests": each.requests,
        "holds": each.holds,
        "acknowledge": _spread(each.acknowledge),
        "hold": _spread(each.hold),
        "judged": each.judged,
        "in_time": each.in_time,
        "overdue": each.overdue,
        "outcomes": {kind.name: count for kind, count in each.outcomes.items()},
        "money": [_sums(sums) for sums in each.money],
        "objections": {
            "raised": each.objections,
            "upheld": each.upheld,
            "upheld_in_part": each.upheld_in_part,
            "dismissed": each.dismissed,
        },
    }


def _spread(spread: Spread) -> dict[str, int | None]:
    return {"n": spread.count, "median": spread.median, "p90": spread.p90}


def _sums(sums: Sums) -> dict[str, Any]:
    names_of = ("asked", "held", "released", "ended", "returned", "forfeited", "remaining")
    return {"currency": sums.currency, **{name: str(getattr(sums, name)) for name in names_of}}


def _named(groups: Mapping[int, Figures], known: Mapping[int, str]) -> dict[str, Figures]:
    return {called(known, number): each for number, each in groups.items()}


def _placed(holds: list[HoldFigures]) -> dict[str, Figures]:
    groups = grouped(holds, lambda each: each.jurisdiction)
    return {places.alpha(number): each for number, each in groups.items()}


def _asked(
    since: int | None, until: int | None, jurisdiction: int | None, institution: str | None
) -> tuple[Text, ...]:
    """What was asked for, in words."""
    lines = []
    if since is not None:
        lines.append(Text(f"requests since {_day(since)}", f"{_day(since)}起的请求"))
    if until is not None:
        lines.append(Text(f"requests before {_day(until)}", f"{_day(until)}前的请求"))
    if jurisdiction is not None:
        lines.append(Text(places.name(jurisdiction, "en"), places.name(jurisdiction, "zh")))
    if institution is not None:
        lines.append(data(institution))
    return tuple(lines) or (Text("all requests", "全部请求"),)


def _day(seconds: int) -> str:
    return utc(moment(seconds))
