# SPDX-License-Identifier: Apache-2.0
"""``concordat case team``: joint investigation teams, their members and their pool."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from concordat.casework.cooperating import teampool, teams
from concordat.casework.cooperating.cases import Invited
from concordat.casework.cooperating.teams import ActionStanding, TeamStanding
from concordat.casework.freezing.offices import called as short_name
from concordat.casework.freezing.offices import names
from concordat.cli.assistance.words import called, told
from concordat.cli.case.opening import CASE
from concordat.cli.case.teamaction import action
from concordat.cli.desk import FILE, PATH, open_desk, warn_of_clock
from concordat.cli.freeze.words import due, hexed
from concordat.cli.options import MOMENT, group, key_option, pass_session
from concordat.cli.output import fields, moment, one_line, printable, table
from concordat.cli.session import Session
from concordat.cooperation.casetexts import CaseText

TEAM = click.argument("team", metavar="TEAM")


@group("team")
def team() -> None:
    """Joint investigation teams: propose, join, share, act together, end, export.

    TEAM is 0x and the beginning of a team's id. What is shared is sealed to those who are members at that
    moment; whoever leaves gets nothing that is shared afterwards.
    """


team.add_command(action)


@team.command("propose")
@CASE
@click.argument("file", type=FILE)
@click.argument("agencies", metavar="AGENCY...", nargs=-1, required=True)
@click.option("--until", type=MOMENT, required=True, help="End of the team, at most five years on.")
@key_option
@pass_session
def propose(
    session: Session, case: str, file: Path, agencies: tuple[str, ...], until: int, key_uri: str | None
) -> None:
    """Propose a team for a CASE with other agencies; FILE holds the terms: purpose, law, costs. You lead it.

    Example: concordat case team propose CN-2026-0317 terms.pdf MY-PDRM SG-SPF --until 2027-06-30T00:00:00Z
    """
    done, found = teams.propose(open_desk(session, key_uri), case, agencies, until, file)
    text = (
        f"The team is proposed: {hexed(found)}\nThe others run: concordat case team join {hexed(found)[:14]}"
    )
    told(session, done, text, team=hexed(found))


@team.command("join")
@TEAM
@key_option
@pass_session
def join(session: Session, team: str, key_uri: str | None) -> None:
    """Join a TEAM for which your agency was named or invited; its terms are shown first.

    Example: concordat case team join 0x5f2c91
    """
    desk = open_desk(session, key_uri)

    def agree(text: CaseText) -> None:
        session.out.say(printable(text.as_text or f"{text.name}: {len(text.content)} bytes, in texts/"))
        session.confirm("Join on these terms?")

    done = teams.join(desk, team, agree)
    status = teams.standing(desk, done.about).status
    text = f"Joined: {done.name}. It is {status.label()[session.lang]}."
    told(session, done, text, status=status.name)


@team.command("invite")
@TEAM
@click.argument("agency", metavar="AGENCY")
@click.option("--from-start", is_flag=True, help="It may also see what was shared before.")
@key_option
@pass_session
def invite(session: Session, team: str, agency: str, from_start: bool, key_uri: str | None) -> None:
    """Invite another AGENCY into a TEAM that runs, as its lead; it sees the pool from when it joins.

    Example: concordat case team invite 0x5f2c91 TH-RTP --from-start
    """
    desk = open_desk(session, key_uri)
    done, sent = teams.invite(desk, team, agency, from_the_start=from_start)
    text = f"{agency.upper()} is invited.\n{_how(sent)}"
    more = " When it joined, give it what was shared before: concordat case team admit" if from_start else ""
    told(session, done, text + more, hash=hexed(sent.digest), carried=sent.carried)


@team.command("admit")
@TEAM
@click.argument("agency", metavar="AGENCY")
@key_option
@pass_session
def admit(session: Session, team: str, agency: str, key_uri: str | None) -> None:
    """Give an AGENCY that joined a TEAM the keys of what was shared before, as far as it may see that.

    Example: concordat case team admit 0x5f2c91 TH-RTP
    """
    sent = teams.admit(open_desk(session, key_uri), team, agency)
    session.out.result({"hash": hexed(sent.digest), "carried": sent.carried}, _how(sent))


@team.command("remove")
@TEAM
@click.argument("file", type=FILE)
@click.option("--agency", metavar="AGENCY", help="Whom, as the lead; default: leave with your own.")
@key_option
@pass_session
def remove(session: Session, team: str, file: Path, agency: str | None, key_uri: str | None) -> None:
    """Remove a member from a TEAM, or leave it, with the reason in FILE; nothing shared later is seen.

    Example: concordat case team remove 0x5f2c91 reason.txt --agency TH-RTP
    """
    session.confirm("Remove it from the team?" if agency else "Leave the team?")
    done = teams.remove(open_desk(session, key_uri), team, agency, file)
    who = agency.upper() if agency else "Your agency"
    told(session, done, f"{who} is in {done.name} no longer.")


@team.command("extend")
@TEAM
@click.option("--until", type=MOMENT, required=True, help="The new end.")
@key_option
@pass_session
def extend(session: Session, team: str, until: int, key_uri: str | None) -> None:
    """Agree to a later end of a TEAM; it is that when every member agreed to the same.

    Example: concordat case team extend 0x5f2c91 --until 2027-12-31T00:00:00Z
    """
    desk = open_desk(session, key_uri)
    done = teams.extend(desk, team, until)
    ends = moment(teams.standing(desk, done.about).ends_at)
    told(session, done, f"Agreed. {done.name} ends {ends}.", ends=ends)


@team.command("end")
@TEAM
@key_option
@pass_session
def end(session: Session, team: str, key_uri: str | None) -> None:
    """End a TEAM, as its lead; its pool stays as it is. Write it out with: concordat case team export

    Example: concordat case team end 0x5f2c91
    """
    session.confirm("End the team?")
    done = teams.end(open_desk(session, key_uri), team)
    told(session, done, f"{done.name} is ended.")


@team.command("share")
@TEAM
@click.argument("file", type=FILE)
@click.option("--resident", is_flag=True, help="It may not leave the country: share its proof alone.")
@key_option
@pass_session
def share(session: Session, team: str, file: Path, resident: bool, key_uri: str | None) -> None:
    """Share a FILE with a TEAM, sealed to those who are members now.

    Example: concordat case team share 0x5f2c91 accounts.csv
    """
    done = teampool.share(open_desk(session, key_uri), team, file, resident=resident)
    what = "Its name, size and hash are" if resident else f"{file.name} is"
    told(session, done, f"{what} shared with {done.name}.")


@team.command("pool")
@TEAM
@key_option
@pass_session
def pool(session: Session, team: str, key_uri: str | None) -> None:
    """List what was shared with a TEAM; what is sealed to your agency is opened into texts/ of the case.

    Example: concordat case team pool 0x5f2c91
    """
    desk = open_desk(session, key_uri)
    known, found = names(desk.chain), list(teampool.pool(desk, teams.team_named(desk, team)))
    rows = [
        (
            str(each.item.number),
            short_name(known, each.item.agency),
            each.text.name if each.text else f"not read: {each.unread}",
            str(len(each.text.content)) if each.text else "",
        )
        for each in found
    ]
    data = [
        {
            "number": each.item.number,
            "agency": short_name(known, each.item.agency),
            "name": each.text.name if each.text else None,
            "text": each.text.as_text if each.text else None,
            "unread": each.unread or None,
        }
        for each in found
    ]
    text = table(("item", "by", "what", "bytes"), rows) if rows else "Nothing was shared."
    session.out.result({"pool": data}, text)


@team.command("export")
@TEAM
@click.argument("folder", type=PATH)
@key_option
@pass_session
def export(session: Session, team: str, folder: Path, key_uri: str | None) -> None:
    """Write the pool of a TEAM into a FOLDER, with an index that proves that no item is missing.

    Example: concordat case team export 0x5f2c91 pool
    """
    found = teampool.export(open_desk(session, key_uri), team, folder)
    data = {"folder": str(folder), "head": hexed(found.head), "items": found.items, "read": found.read}
    session.out.result(
        data, f"{found.read} of {found.items} items are in {folder}; the pool is whole: {hexed(found.head)}"
    )


@team.command("list")
@click.option("--case", metavar="CASE", help="Of one case; default: where your agency sits or is invited.")
@key_option
@pass_session
def list_(session: Session, case: str | None, key_uri: str | None) -> None:
    """List joint teams, and how they stand now.

    Example: concordat case team list --case CN-2026-0317
    """
    desk = open_desk(session, key_uri)
    warn_of_clock(session, desk)
    found, known = teams.list_(desk, case), names(desk.chain)
    rows = [
        (
            hexed(each.id)[:14],
            each.case,
            each.status.label()[session.lang],
            called(known, each.lead),
            ", ".join(short_name(known, member) for member in each.members),
            due(each.ends_at, desk.clock.now),
        )
        for each in found
    ]
    text = table(("team", "case", "status", "leads", "members", "ends"), rows)
    session.out.result({"teams": [_data(each, known) for each in found]}, text if rows else "There is none.")


@team.command("show")
@TEAM
@key_option
@pass_session
def show(session: Session, team: str, key_uri: str | None) -> None:
    """Show a TEAM: members, end, pool, actions.

    Example: concordat case team show 0x5f2c91
    """
    desk = open_desk(session, key_uri)
    warn_of_clock(session, desk)
    found, known = teams.standing(desk, teams.team_named(desk, team).id), names(desk.chain)
    rows = [
        ("team", hexed(found.id)),
        ("case", found.case),
        ("status", found.status.label()[session.lang]),
        ("leads", called(known, found.lead)),
        ("members", ", ".join(called(known, each) for each in found.members)),
        ("invited", ", ".join(called(known, each) for each in found.invited)),
        ("ends", due(found.ends_at, desk.clock.now)),
        ("pool", f"{len(found.pool)} items, head {hexed(found.head)}"),
    ]
    parts = [fields(rows)]
    if found.actions:
        head = ("action", "status", "approvals", "opens", "expires", "brought")
        parts.append(table(head, [_action(each, session.lang) for each in found.actions]))
    session.out.result(_data(found, known), "\n\n".join(parts))


def _how(sent: Invited) -> str:
    if sent.carried:
        return f"Tell it the hash; it runs: concordat case receive {hexed(sent.digest)}"
    return f"There is no mailbox: concordat case export {hexed(sent.digest)} FILE, and carry it there."


def _action(found: ActionStanding, lang: str) -> tuple[str, ...]:
    counts = found.done.args["counts"] if found.done else ()
    brought = "{} arrested, {} searched, {} seized, {} frozen".format(*counts) if counts else ""
    return (
        hexed(found.id)[:14],
        found.status.label()[lang],
        f"{found.action.approvals} of {found.action.needed}",
        moment(found.action.release_at),
        moment(found.action.expires_at),
        one_line(brought),
    )


def _data(found: TeamStanding, known: Mapping[int, str]) -> dict[str, Any]:
    return {
        "id": hexed(found.id),
        "case": found.case,
        "status": found.status.name,
        "lead": short_name(known, found.lead),
        "members": [short_name(known, each) for each in found.members],
        "invited": [short_name(known, each) for each in found.invited],
        "ends": moment(found.ends_at),
        "items": len(found.pool),
        "head": hexed(found.head),
        "actions": [
            {
                "action": hexed(each.id),
                "status": each.status.name,
                "approvals": each.action.approvals,
                "needed": each.action.needed,
                "release": moment(each.action.release_at),
                "expires": moment(each.action.expires_at),
                "counts": list(each.done.args["counts"]) if each.done else None,
            }
            for each in found.actions
        ],
    }
