# SPDX-License-Identifier: Apache-2.0
"""``concordat freeze profile``: how long, by whom and with whose consent assets may be held where."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from concordat.assets.words import AssetClass, Measure
from concordat.casework.freezing import profiles
from concordat.casework.freezing.preparing import hours
from concordat.casework.freezing.profiles import Standing
from concordat.cli.desk import open_desk
from concordat.cli.options import MOMENT, PLACE, group, key_option, pass_session
from concordat.cli.output import moment, table
from concordat.cli.receipts import as_data, done
from concordat.cli.rulefiles import tell_mistakes
from concordat.cli.session import Session
from concordat.evidence import places
from concordat.membership import numbers, powers

MEASURE = click.Choice([each.name for each in Measure], case_sensitive=False)
_HEAD = (
    *("where", "measure", "assets", "version", "longest", "renewals"),
    *("starts", "ratifies", "endorser", "file"),
)
CLASS = click.Choice([each.name for each in AssetClass], case_sensitive=False)


@group("profile")
def profile() -> None:
    """Freeze profiles: adopt, show, cancel, lint."""


@profile.command("adopt")
@click.argument("what", metavar="FILE|JURISDICTION")
@click.option("--endorser", metavar="AGENCY", default="", help="Who takes over foreign requests.")
@click.option("--from", "start", type=MOMENT, help="When changed profiles begin; default: in 7 days.")
@click.option("--dry-run", is_flag=True, help="Say what would be adopted; send nothing.")
@key_option
@pass_session
def adopt(
    session: Session, what: str, endorser: str, start: int | None, dry_run: bool, key_uri: str | None
) -> None:
    """Adopt freeze profiles for their jurisdiction, as its central authority: bundled ones (sg) or a FILE."""
    found = profiles.adopt(open_desk(session, key_uri), what, endorser, start=start, dry=dry_run)
    rows = [
        (
            each.measure.label()[session.lang],
            each.asset_class.label()[session.lang],
            str(each.version),
            moment(each.profile.start),
            hours(each.profile.longest),
            ", ".join(each.changes) or "new",
        )
        for each in found.planned
    ]
    head = ("measure", "assets", "version", "from", "longest", "changes")
    text = table(head, rows) if rows else "Nothing to adopt: all is as written."
    data = {
        "jurisdiction": found.book.jurisdiction,
        "rules": found.book.sha256.hex(),
        "review": found.book.review.status,
        "adopted": [
            {
                "measure": each.measure.name,
                "asset_class": each.asset_class.name,
                "version": each.version,
                "from": moment(each.profile.start),
                "changes": list(each.changes),
            }
            for each in found.planned
        ],
        "transactions": [as_data(receipt) for receipt in found.receipts],
    }
    session.out.result(data, text)
    session.out.say(f"{found.book.jurisdiction}: review: {found.book.review.status}.")


@profile.command("show")
@click.argument("place", type=PLACE, required=False)
@key_option
@pass_session
def show(session: Session, place: int | None, key_uri: str | None) -> None:
    """Show the profiles that PLACE (default: all) adopted, and where they differ from the files here."""
    found = profiles.standing(open_desk(session, key_uri), place)
    rows = [_row(each, session.lang) for each in found]
    text = table(_HEAD, rows) if rows else "Nobody adopted any."
    session.out.result({"profiles": [_data(each) for each in found]}, text)


@profile.command("cancel")
@click.argument("place", type=PLACE)
@click.argument("measure", type=MEASURE, metavar="MEASURE")
@click.argument("asset_class", type=CLASS, metavar="CLASS")
@key_option
@pass_session
def cancel(session: Session, place: int, measure: str, asset_class: str, key_uri: str | None) -> None:
    """Cancel the version of a profile that is not in force yet; the one before goes on.

    MEASURE: stop_payment, freeze, seize or seal. CLASS: cash, securities and so on.
    """
    what, of = Measure[measure.upper()], AssetClass[asset_class.upper()]
    receipt = profiles.cancel(open_desk(session, key_uri), place, what, of)
    done(
        session,
        receipt,
        f"{places.alpha(place)}: what was to come for {what.name} on {of.name} is cancelled.",
    )


@profile.command("lint")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), nargs=-1, required=True)
@pass_session
def lint(session: Session, file: tuple[Path, ...]) -> None:
    """Look for every kind of mistake in files with freeze profiles: line, column, reason."""
    tell_mistakes(session, file)


def _row(each: Standing, lang: str) -> tuple[str, ...]:
    given = each.profile
    return (
        places.alpha(each.jurisdiction),
        each.measure.label()[lang],
        each.asset_class.label()[lang],
        str(each.version)
        if each.version == each.in_force
        else f"{each.version} (from {moment(given.start)})",
        hours(given.longest),
        "unlimited" if given.renewals == 255 else str(given.renewals),
        ", ".join(powers.to_names(given.powers("starters"))),
        ", ".join(powers.to_names(given.powers("ratifiers"))),
        numbers.label(given.endorser) if given.endorser else "no foreign requests",
        "none" if each.differences is None else ", ".join(each.differences) or "same",
    )


def _data(each: Standing) -> dict[str, Any]:
    return {
        "jurisdiction": places.alpha(each.jurisdiction),
        "measure": each.measure.name,
        "asset_class": each.asset_class.name,
        "version": each.version,
        "in_force": each.in_force,
        "profile": each.profile.struct(),
        "differs": None if each.differences is None else list(each.differences),
    }
