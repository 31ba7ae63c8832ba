# SPDX-License-Identifier: Apache-2.0
"""``concordat case team action``: what all must carry, hidden until its hour."""

from __future__ import annotations

from pathlib import Path

import click

from concordat.casework.cooperating import teampool, teams
from concordat.cli.assistance.words import told
from concordat.cli.desk import FILE, open_desk
from concordat.cli.freeze.words import due, hexed
from concordat.cli.options import MOMENT, group, key_option, pass_session
from concordat.cli.output import fields, printable
from concordat.cli.session import Session
from concordat.cooperation.casetexts import CaseText
from concordat.cooperation.teams import Counts

TEAM = click.argument("team", metavar="TEAM")
ACTION = click.argument("action", metavar="ACTION")
_COUNT = click.IntRange(0, (1 << 32) - 1)


@group("action")
def action() -> None:
    """Actions that all must carry: raids, arrests. Members read them; others see a hash."""


@action.command("propose")
@TEAM
@click.argument("file", type=FILE)
@click.option("--needed", type=click.IntRange(2, 32), required=True, help="Approvals, yours included.")
@click.option("--release", "release_at", type=MOMENT, required=True, help="It can be recorded from then on.")
@click.option("--expires", "expires_at", type=MOMENT, required=True, help="Approvals count before this.")
@key_option
@pass_session
def propose(
    session: Session,
    team: str,
    file: Path,
    needed: int,
    release_at: int,
    expires_at: int,
    key_uri: str | None,
) -> None:
    """Propose an action to a TEAM, with the order in FILE, and approve it.

    Everybody reads the time of --release: choose it after the hour of the action, which stands in FILE alone.

    Example: concordat case team action propose 0x5f2c91 raid.pdf --needed 2
    --release 2026-12-02T00:00:00Z --expires 2026-12-03T00:00:00Z
    """
    done, found = teampool.propose_action(
        open_desk(session, key_uri), team, file, needed=needed, release_at=release_at, expires_at=expires_at
    )
    told(session, done, f"The action is proposed: {hexed(found)}", action=hexed(found))


@action.command("approve")
@TEAM
@ACTION
@key_option
@pass_session
def approve(session: Session, team: str, action: str, key_uri: str | None) -> None:
    """Approve an ACTION of a TEAM; what it is is shown first.

    Example: concordat case team action approve 0x5f2c91 0xa81b30
    """
    desk = open_desk(session, key_uri)

    def agree(text: CaseText) -> None:
        session.out.say(printable(text.as_text or f"{text.name}: {len(text.content)} bytes, in texts/"))
        session.confirm("Approve this action?")

    done = teampool.approve_action(desk, team, action, agree)
    found = teampool.action_named(desk, teams.team_named(desk, team), action)
    counted = f"{found.action.approvals} of {found.action.needed}"
    told(session, done, f"Approved, {counted}.", status=found.status.name, approvals=found.action.approvals)


@action.command("record")
@TEAM
@ACTION
@click.option("--arrested", type=_COUNT, default=0, help="Persons.")
@click.option("--searched", type=_COUNT, default=0, help="Places.")
@click.option("--seized", type=_COUNT, default=0, help="Devices.")
@click.option("--frozen", type=_COUNT, default=0, help="Accounts.")
@key_option
@pass_session
def record(
    session: Session,
    team: str,
    action: str,
    arrested: int,
    searched: int,
    seized: int,
    frozen: int,
    key_uri: str | None,
) -> None:
    """Record that an ACTION of a TEAM was carried out, and what it brought; this opens it.

    Example: concordat case team action record 0x5f2c91 0xa81b30 --arrested 12 --searched 3 --seized 200
    """
    counts = Counts(arrested, searched, seized, frozen)
    done = teampool.record_action(open_desk(session, key_uri), team, action, counts)
    told(session, done, f"The action is recorded: {arrested} arrested, {searched} places, {seized} devices.")


@action.command("show")
@TEAM
@ACTION
@key_option
@pass_session
def show(session: Session, team: str, action: str, key_uri: str | None) -> None:
    """Show an ACTION of a TEAM, with what it is, to members.

    Example: concordat case team action show 0x5f2c91 0xa81b30
    """
    desk = open_desk(session, key_uri)
    joint = teams.team_named(desk, team)
    found = teampool.action_named(desk, joint, action)
    order = teampool.order_of(desk, joint, found)
    rows = [
        ("action", hexed(found.id)),
        ("status", found.status.label()[session.lang]),
        ("approvals", f"{found.action.approvals} of {found.action.needed}"),
        ("opens", due(found.action.release_at, desk.clock.now)),
        ("expires", due(found.action.expires_at, desk.clock.now)),
    ]
    data = {"action": hexed(found.id), "status": found.status.name, "name": order.name, "text": order.as_text}
    session.out.result(data, f"{fields(rows)}\n\n{printable(order.as_text or order.name)}")
