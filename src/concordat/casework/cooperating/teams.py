# SPDX-License-Identifier: Apache-2.0
"""Joint teams: members, terms and end; who is let in later gets the keys of what it may see."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from concordat.casework import doing
from concordat.casework.cooperating import casenames, caserecord, cases
from concordat.casework.cooperating.casenames import short
from concordat.casework.cooperating.cases import Done, Invited
from concordat.casework.desk import Desk
from concordat.casework.freezing.offices import number_of, own_agency
from concordat.cooperation import teams
from concordat.cooperation.casetexts import About, CaseText
from concordat.cooperation.folders.casefolder import CaseFolder
from concordat.cooperation.states import ActionStatus, TeamStatus
from concordat.cooperation.teams import TEAMS, Action, PoolItem
from concordat.errors import UsageError
from concordat.ledger import eventlog
from concordat.ledger.protocol import Event, Receipt


@dataclass(frozen=True)
class Joint:
    """A joint team that is meant, with the folder of its case."""

    id: bytes
    file: CaseFolder
    proposed: Event

    @property
    def name(self) -> str:
        """What people call it."""
        return f"{self.file.number}, team {short(self.id)}"


@dataclass(frozen=True)
class ActionStanding:
    """A joint action as the chain has it.

    Attributes:
        by: the agency that proposed it.
    """

    id: bytes
    by: int
    action: Action
    status: ActionStatus
    done: Event | None


@dataclass(frozen=True)
class TeamStanding:
    """A joint team as the chain has it.

    Attributes:
        case: what people call the case here.
        invited: named or invited, and not joined.
        pool: its items.
    """

    id: bytes
    case: str
    status: TeamStatus
    lead: int
    members: tuple[int, ...]
    invited: tuple[int, ...]
    ends_at: int
    pool: tuple[PoolItem, ...]
    head: bytes
    actions: tuple[ActionStanding, ...]


def propose(desk: Desk, text: str, agencies: Sequence[str], ends_at: int, terms: Path) -> tuple[Done, bytes]:
    """Propose a team for a case; the own agency leads and has joined with this. Gives the team, too.

    Args:
        desk: of an officer with LEAD of a claimant.
        text: which case.
        agencies: the other founders.
        ends_at: seconds since 1970 UTC.
        terms: what is agreed: purpose, law, costs. The members read it; the chain has its hash.
    """
    file, own = casenames.file_named(desk, text), own_agency(desk)
    members = list(dict.fromkeys(number_of(desk.chain, each) for each in agencies))
    digest = caserecord.put_on_record(desk, file, About.TEAM, terms, readers=members)
    team = teams.team_id(file.id, own, digest)
    done = _once(
        desk,
        Joint(team, file, _NOTHING),
        "team-propose",
        event(desk, team, "TeamProposed"),
        lambda: teams.propose(desk.ledger, desk.signer, file.id, members, ends_at, digest),
    )
    return done, team


def join(desk: Desk, text: str, agree: Callable[[CaseText], None]) -> Done:
    """Join a team, after its terms were shown; ``agree`` raises unless they are agreed to."""
    joint, own = team_named(desk, text), own_agency(desk)
    earlier = event(desk, joint.id, "TeamJoined", agency=own) if _sits(desk, joint, own) else None
    if earlier is None:
        agree(caserecord.read_one(desk, joint.file, bytes(joint.proposed.args["terms"])))
    return _once(desk, joint, "team-join", earlier, lambda: teams.join(desk.ledger, desk.signer, joint.id))


def invite(desk: Desk, text: str, agency: str, *, from_the_start: bool) -> tuple[Done, Invited]:
    """Invite another agency, as the lead; it is told the case and the terms.

    What was shared before, if it is to see that, it gets once it joined: see :func:`admit`.
    """
    joint, number = team_named(desk, text), number_of(desk.chain, agency)
    earlier = None if _sits(desk, joint, number) else _invitation(desk, joint, number)
    done = _once(
        desk,
        joint,
        "team-invite",
        earlier,
        lambda: teams.invite(desk.ledger, desk.signer, joint.id, number, from_the_start=from_the_start),
    )
    keys = caserecord.keys_of(desk, joint.file, [bytes(joint.proposed.args["terms"])])
    return done, cases.tell(desk, joint.file, (number,), keys)


def admit(desk: Desk, text: str, agency: str) -> Invited:
    """Give a member the keys of what was shared before, as far as the chain says that it may see it.

    Raises:
        UsageError: it is no member, or may see nothing that was shared before.
    """
    joint, number = team_named(desk, text), number_of(desk.chain, agency)
    visible = [
        each.message
        for each in teams.pool(desk.chain, joint.id)
        if teams.may_see(desk.chain, joint.id, number, each.number)
    ]
    if not _sits(desk, joint, number) or not visible:
        raise UsageError(
            f"{agency} may see nothing of the pool of {joint.name}.",
            code="team.may_not_see",
            kept="Nothing was sent.",
            next="It must have joined; what was shared before it sees only if it was invited from the start.",
        )
    return cases.tell(desk, joint.file, (number,), caserecord.keys_of(desk, joint.file, visible))


def remove(desk: Desk, text: str, agency: str | None, reason: Path) -> Done:
    """Remove a member or take an invitation back, as the lead; None: the own agency leaves or declines."""
    joint = team_named(desk, text)
    number = number_of(desk.chain, agency) if agency else own_agency(desk)
    gone = number not in {*_members(desk, joint.id), *_waiting(desk, joint.id)}
    earlier = event(desk, joint.id, "MemberRemoved", agency=number) if gone else None
    if earlier:
        digest = bytes(earlier.args["reason"])
    else:
        digest = caserecord.put_on_record(desk, joint.file, About.TEAM, reason)
    return _once(
        desk,
        joint,
        "team-remove",
        earlier,
        lambda: teams.remove(desk.ledger, desk.signer, joint.id, number, digest),
    )


def extend(desk: Desk, text: str, ends_at: int) -> Done:
    """Agree to a later end; it is that when every member agreed to the same."""
    joint, own = team_named(desk, text), own_agency(desk)
    newest = event(desk, joint.id, "ExtensionAgreed", agency=own)
    same = newest is not None and newest.args["endsAt"] == ends_at
    return _once(
        desk,
        joint,
        "team-extend",
        newest if same else None,
        lambda: teams.extend(desk.ledger, desk.signer, joint.id, ends_at),
    )


def end(desk: Desk, text: str) -> Done:
    """End a team, as its lead; the pool's head stands on the chain."""
    joint = team_named(desk, text)
    return _once(
        desk,
        joint,
        "team-end",
        event(desk, joint.id, "TeamEnded"),
        lambda: teams.end(desk.ledger, desk.signer, joint.id),
    )


# Questions


def team_named(desk: Desk, text: str) -> Joint:
    """The team that is meant by the beginning of its id, with the folder of its case.

    Raises:
        UsageError: none or several are; or the case has no folder here.
    """
    known = {bytes(each.args["team"]): each for each in teams.proposed(desk.chain)}
    team = casenames.only(known, text, "joint teams", "concordat case team list")
    case = f"0x{known[team].args['caseId'].hex()}"
    return Joint(team, casenames.file_named(desk, case), known[team])


def standing(desk: Desk, team: bytes) -> TeamStanding:
    """A team as the chain has it now."""
    chain, now = desk.chain, desk.clock.now
    head, _ = teams.pool_head(chain, team)
    return TeamStanding(
        team,
        casenames.found_by(desk, teams.case_of(chain, team)).name,
        teams.status_at(chain, team, now),
        teams.lead_of(chain, team),
        tuple(_members(desk, team)),
        tuple(_waiting(desk, team)),
        teams.end_of(chain, team),
        tuple(teams.pool(chain, team)),
        head,
        tuple(actions(desk, team)),
    )


def list_(desk: Desk, text: str | None = None) -> list[TeamStanding]:
    """The teams of a case, or all in which the own agency sits or is invited."""
    case = casenames.case_named(desk, text).id if text else None
    every = [standing(desk, bytes(each.args["team"])) for each in teams.proposed(desk.chain, case)]
    own = own_agency(desk)
    return [each for each in every if case or own in {*each.members, *each.invited}]


def actions(desk: Desk, team: bytes) -> Iterator[ActionStanding]:
    """The actions of a team, oldest first."""
    for each in events(desk, team, "ActionProposed"):
        action = bytes(each.args["action"])
        yield ActionStanding(
            action,
            each.args["agency"],
            teams.action_of(desk.chain, action),
            teams.action_status_at(desk.chain, action, desk.clock.now),
            event(desk, team, "ActionDone", action=action),
        )


def event(desk: Desk, team: bytes, name: str, **values: Any) -> Event | None:
    """The newest event of this name about a team whose values are these; None if there is none."""
    for each in reversed(events(desk, team, name)):
        if all(each.args[key] == value for key, value in values.items()):
            return each
    return None


def events(desk: Desk, team: bytes, name: str) -> list[Event]:
    """All events of this name about a team, oldest first."""
    return eventlog.of(desk.chain, TEAMS, (name,), team=team)


def _members(desk: Desk, team: bytes) -> list[int]:
    return sorted(teams.members_of(desk.chain, team))


def _waiting(desk: Desk, team: bytes) -> list[int]:
    """Named or invited, and neither joined nor removed since."""
    waiting: set[int] = set()
    for each in teams.history(desk.chain, team):
        if each.name == "TeamProposed":
            waiting.update(each.args["members"])
        elif each.name == "MemberInvited":
            waiting.add(each.args["agency"])
        elif each.name in ("TeamJoined", "MemberRemoved"):
            waiting.discard(each.args["agency"])
    return sorted(waiting)


def _sits(desk: Desk, joint: Joint, agency: int) -> bool:
    return agency in teams.members_of(desk.chain, joint.id)


def _invitation(desk: Desk, joint: Joint, agency: int) -> Event | None:
    """The invitation of an agency that has not answered it."""
    waits = agency in _waiting(desk, joint.id)
    return event(desk, joint.id, "MemberInvited", agency=agency) if waits else None


def _once(desk: Desk, joint: Joint, act: str, earlier: Event | None, send: Callable[[], Receipt]) -> Done:
    return doing.once(desk, joint.id, joint.name, joint.file, act, earlier, send)


_NOTHING = Event("", "", {}, "", 0, "", 0)
"""Of a team that is proposed just now."""
