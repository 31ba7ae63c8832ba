# SPDX-License-Identifier: Apache-2.0
"""``concordat standing show | list | history``: computed anew from the events each time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from concordat.casework.cooperating import standing
from concordat.casework.cooperating.standing import Rated
from concordat.cli.desk import open_desk
from concordat.cli.options import command, key_option, pass_session
from concordat.cli.output import Marked, fields, moment, table
from concordat.cli.session import Session
from concordat.membership import powers
from concordat.membership.standing.book import RecordedOutcome
from concordat.membership.standing.outcometexts import TEXTS


@command("show")
@click.argument("agency")
@key_option
@pass_session
def show(session: Session, agency: str, key_uri: str | None) -> None:
    """Show the standing of AGENCY: score, what is withheld and until when, and every outcome."""
    desk, lang = open_desk(session, key_uri), session.lang
    rated, name_of = standing.show(desk, agency), standing.namer(desk)
    rows = [
        (
            moment(each.at),
            TEXTS[each.kind][lang],
            name_of(each.counterparty),
            _mark(each, lang),
            f"0x{each.id.hex()[:12]}",
        )
        for each in rated.outcomes
    ]
    head = fields(
        [
            ("agency", rated.agency.name),
            ("score", _points(rated.score)),
            ("standing", _meaning(rated)),
            ("withheld", _withheld(rated)),
            ("computed anew", f"from {rated.events} events, equal to the contract's"),
        ]
    )
    listed = table(("recorded", "what", "with", "", "outcome"), rows) if rows else "Nothing was recorded yet."
    session.out.result(_data(rated, name_of), f"{head}\n\n{listed}")


@command("list")
@key_option
@pass_session
def list_(session: Session, key_uri: str | None) -> None:
    """List everybody's standing, lowest first."""
    desk = open_desk(session, key_uri)
    found, name_of = standing.list_(desk), standing.namer(desk)
    rows = [
        (
            each.agency.name,
            Marked(_points(each.score), "bad") if each.tier else _points(each.score),
            str(len(each.outcomes)),
            _withheld(each),
        )
        for each in found
    ]
    data = {"standing": [_data(each, name_of) for each in found]}
    session.out.result(data, table(("agency", "score", "outcomes", "withheld"), rows))


@command("history")
@click.argument("agency")
@key_option
@pass_session
def history(session: Session, agency: str, key_uri: str | None) -> None:
    """Show how the standing of AGENCY came about, outcome by outcome."""
    desk, lang = open_desk(session, key_uri), session.lang
    steps, name_of = standing.history(desk, agency), standing.namer(desk)
    taken = {"en": "taken back: ", "zh": "已撤销："}[lang]
    rows = [
        (
            moment(step.at),
            (taken if step.annulled else "") + TEXTS[step.outcome.kind][lang],
            name_of(step.outcome.counterparty),
            _points(step.score),
            _bar(step.score),
        )
        for step in steps
    ]
    data = [
        {
            "at": moment(step.at),
            "outcome": f"0x{step.outcome.id.hex()}",
            "kind": step.outcome.kind.name,
            "annulled": step.annulled,
            "score": step.score,
            "tier": step.tier,
        }
        for step in steps
    ]
    text = table(("at", "what", "with", "score", ""), rows) if rows else "Nothing was recorded yet."
    session.out.result({"history": data}, text)


def _points(score: int) -> str:
    return f"{score / 100:.2f}"


def _bar(score: int) -> str:
    return "▇" * round(score / 500)


def _meaning(rated: Rated) -> str:
    if not rated.binds:
        return f"tier {rated.tier}, advises: its jurisdiction has not declared that standing binds"
    return {0: "good: nothing is withheld"}.get(rated.tier, f"tier {rated.tier}, binds")


def _withheld(rated: Rated) -> str:
    if not rated.withheld:
        return "nothing"
    return f"{', '.join(powers.to_names(int(rated.withheld)))} until {moment(rated.until)}"


def _mark(outcome: RecordedOutcome, lang: str) -> str:
    if outcome.annulled:
        return {"en": "taken back by a panel", "zh": "已由评议撤销"}[lang]
    return {"en": "replied", "zh": "已回应"}[lang] if outcome.replies else ""


def _data(rated: Rated, name_of: Callable[[int], str]) -> dict[str, Any]:
    return {
        "agency": rated.agency.number,
        "name": rated.agency.name,
        "score": rated.score,
        "tier": rated.tier,
        "binds": rated.binds,
        "withheld": powers.to_names(int(rated.withheld)),
        "withheld_until": moment(rated.until) if rated.until else None,
        "recomputed_from": rated.events,
        "outcomes": [
            {
                "outcome": f"0x{each.id.hex()}",
                "kind": each.kind.name,
                "counterparty": name_of(each.counterparty),
                "reference": f"0x{each.reference.hex()}",
                "recorded_at": moment(each.at),
                "annulled": each.annulled,
                "replies": [f"0x{reply.hex()}" for reply in each.replies],
            }
            for each in rated.outcomes
        ],
    }
