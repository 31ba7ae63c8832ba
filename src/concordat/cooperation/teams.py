# SPDX-License-Identifier: Apache-2.0
"""Joint teams on the chain, one function an act or question. Ids and hashes are 32 bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from eth_utils.crypto import keccak

from concordat.cooperation.states import ActionStatus, TeamStatus
from concordat.ledger import eventlog
from concordat.ledger.protocol import Event, Ledger, Receipt, Signer

TEAMS: Final = "JointTeams"
HISTORY: Final = (
    "TeamProposed",
    "TeamJoined",
    "TeamRunning",
    "MemberInvited",
    "MemberRemoved",
    "ExtensionAgreed",
    "TeamExtended",
    "TeamEnded",
    "Shared",
    "ActionProposed",
    "ActionApproved",
    "ActionDone",
)


@dataclass(frozen=True)
class Action:
    """An action that all must carry, as it stands; what it is stays hidden until it is recorded.

    Attributes:
        release_at: from then on it can be recorded, which opens it.
        expires_at: approvals count before this.
    """

    team: bytes
    approvals: int
    needed: int
    release_at: int
    expires_at: int


class Counts(NamedTuple):
    """What a joint action brought."""

    arrested: int = 0
    searched: int = 0
    seized: int = 0
    frozen: int = 0


@dataclass(frozen=True)
class PoolItem:
    """Something that was shared with a team.

    Attributes:
        number: in the pool, from 1.
        agency: that shared it.
        item: commitment.
        message: hash of what was sealed to the members.
        head: of the pool after it.
    """

    number: int
    agency: int
    item: bytes
    message: bytes
    head: bytes
    transaction: str


# Acts


def propose(
    ledger: Ledger, officer: Signer, case: bytes, members: Sequence[int], ends_at: int, terms: bytes
) -> Receipt:
    """Propose a team for a case that the own side claims; the own agency leads and has joined with this.

    By an officer with LEAD; ``members`` are the other founders.
    """
    return ledger.send(officer, TEAMS, "propose", case, list(members), ends_at, terms)


def join(ledger: Ledger, officer: Signer, team: bytes) -> Receipt:
    """Join, as an agency that was named or invited."""
    return ledger.send(officer, TEAMS, "join", team)


def invite(ledger: Ledger, officer: Signer, team: bytes, agency: int, *, from_the_start: bool) -> Receipt:
    """Invite another agency, which sees the pool from then on or from the start."""
    return ledger.send(officer, TEAMS, "invite", team, agency, from_the_start)


def remove(ledger: Ledger, officer: Signer, team: bytes, agency: int, reason: bytes) -> Receipt:
    """Remove a member or take an invitation back, as the lead; or leave or decline, with the own agency."""
    return ledger.send(officer, TEAMS, "remove", team, agency, reason)


def extend(ledger: Ledger, officer: Signer, team: bytes, ends_at: int) -> Receipt:
    """Agree to a later end; when every member agreed to the same, it is that."""
    return ledger.send(officer, TEAMS, "extend", team, ends_at)


def end(ledger: Ledger, officer: Signer, team: bytes) -> Receipt:
    """End the team; its pool stays as it is."""
    return ledger.send(officer, TEAMS, "end", team)


def share(ledger: Ledger, officer: Signer, team: bytes, item: bytes, message: bytes) -> Receipt:
    """Share an item with the team: its commitment, and the hash of what was sealed to the members."""
    return ledger.send(officer, TEAMS, "share", team, item, message)


def propose_action(
    ledger: Ledger,
    officer: Signer,
    team: bytes,
    content: bytes,
    *,
    needed: int,
    release_at: int,
    expires_at: int,
) -> Receipt:
    """Propose an action and approve it; it stays hidden behind ``content`` until ``release_at``."""
    return ledger.send(officer, TEAMS, "proposeAction", team, content, needed, release_at, expires_at)


def approve_action(ledger: Ledger, officer: Signer, action: bytes) -> Receipt:
    """Approve an action for the own agency."""
    return ledger.send(officer, TEAMS, "approveAction", action)


def record_action(
    ledger: Ledger, officer: Signer, action: bytes, salt: bytes, text: bytes, counts: Counts
) -> Receipt:
    """Record that an action was carried out, and open it."""
    return ledger.send(officer, TEAMS, "recordAction", action, salt, text, list(counts))


# Questions


def status_at(ledger: Ledger, team: bytes, at: int) -> TeamStatus:
    """What the team is at a time."""
    return TeamStatus(ledger.call(TEAMS, "statusAt", team, at))


def action_status_at(ledger: Ledger, action: bytes, at: int) -> ActionStatus:
    """What an action is at a time."""
    return ActionStatus(ledger.call(TEAMS, "actionStatusAt", action, at))


def case_of(ledger: Ledger, team: bytes) -> bytes:
    """The case on which a team works; zero: there is no such team."""
    return bytes(ledger.call(TEAMS, "caseOf", team))


def end_of(ledger: Ledger, team: bytes) -> int:
    """When a team ends."""
    return int(ledger.call(TEAMS, "endOf", team))


def is_member(ledger: Ledger, team: bytes, agency: int) -> bool:
    """Whether the team runs now and this agency is in it."""
    return bool(ledger.call(TEAMS, "isMember", team, agency))


def action_of(ledger: Ledger, action: bytes) -> Action:
    """An action by its id."""
    team, approvals, needed, release_at, expires_at = ledger.call(TEAMS, "actionOf", action)
    return Action(bytes(team), int(approvals), int(needed), int(release_at), int(expires_at))


def lead_of(ledger: Ledger, team: bytes) -> int:
    """Number of the leading agency."""
    return int(ledger.call(TEAMS, "leadOf", team))


def members_of(ledger: Ledger, team: bytes) -> list[int]:
    """Numbers of the agencies that are members now."""
    return [int(each) for each in ledger.call(TEAMS, "membersOf", team)]


def may_see(ledger: Ledger, team: bytes, agency: int, number: int) -> bool:
    """Whether an agency may see an item of the pool."""
    return bool(ledger.call(TEAMS, "maySee", team, agency, number))


def pool_head(ledger: Ledger, team: bytes) -> tuple[bytes, int]:
    """Head of the pool, and how many items it has."""
    head, items = ledger.call(TEAMS, "poolOf", team)
    return bytes(head), int(items)


def pool(ledger: Ledger, team: bytes) -> list[PoolItem]:
    """All items of the pool, oldest first."""
    return [
        PoolItem(
            number=event.args["number"],
            agency=event.args["agency"],
            item=event.args["item"],
            message=event.args["message"],
            head=event.args["head"],
            transaction=event.transaction,
        )
        for event in ledger.events(TEAMS, "Shared", team=team)
    ]


def content_of(salt: bytes, text: bytes) -> bytes:
    """What hides an action: ``keccak256(abi.encode(salt, text))``."""
    return bytes(keccak(salt + text))


def action_id(team: bytes, agency: int, content: bytes) -> bytes:
    """Id of an agency's action: ``keccak256(abi.encode(team, agency, content))``."""
    return bytes(keccak(team + agency.to_bytes(32, "big") + content))


def team_id(case: bytes, lead: int, terms: bytes) -> bytes:
    """Id of a team: ``keccak256(abi.encode(caseId, lead, terms))``."""
    return bytes(keccak(case + lead.to_bytes(32, "big") + terms))


def head_after(head: bytes, team: bytes, item: PoolItem) -> bytes:
    """The pool's head after an item, from the one before it: whoever has all items proves the pool whole."""
    number, agency = item.number.to_bytes(32, "big"), item.agency.to_bytes(32, "big")
    return bytes(keccak(team + number + head + item.item + item.message + agency))


def proposed(ledger: Ledger, case: bytes | None = None) -> list[Event]:
    """The events by which teams were proposed, of one case or of all, oldest first."""
    return ledger.events(TEAMS, "TeamProposed", **({} if case is None else {"caseId": case}))


def history(ledger: Ledger, team: bytes) -> list[Event]:
    """All events of a team, oldest first, without times."""
    return eventlog.of(ledger, TEAMS, HISTORY, team=team)
