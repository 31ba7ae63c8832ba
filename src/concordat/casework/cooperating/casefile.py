# SPDX-License-Identifier: Apache-2.0
"""The file of a case: statutory clocks, victims counted once, and what the chain says of it now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from concordat.casework import doing
from concordat.casework.cooperating import casenames, caserecord
from concordat.casework.cooperating.casenames import NOT_SENT, FoundCase
from concordat.casework.cooperating.cases import Done
from concordat.casework.desk import Desk
from concordat.casework.freezing.offices import own_agency
from concordat.cooperation import casebook, legalclocks
from concordat.cooperation.casebook import MOST_VICTIMS_A_CALL, NO_TEAM, Claim, Deadline
from concordat.cooperation.casetexts import About, CaseText
from concordat.cooperation.legalclocks import LegalClock
from concordat.cooperation.states import CaseStatus
from concordat.cooperation.victimkeys import read_victims, victim_keys
from concordat.errors import UsageError, VerificationError
from concordat.evidence import store
from concordat.evidence.places import alpha
from concordat.ledger import eventlog
from concordat.ledger.protocol import Event
from concordat.membership import numbers

SOON = 3 * 86_400
"""Seconds before a deadline from which alerts name it."""
LARGEST_LIST = 16 << 20


@dataclass(frozen=True)
class Clock:
    """A statutory clock as it stands.

    Attributes:
        law: what its code means; None where the list does not have it.
        overdue: as the chain sees it now.
        here: by this machine's clock, if that is later.
    """

    deadline: Deadline
    law: LegalClock | None
    overdue: bool
    here: bool


@dataclass(frozen=True)
class Standing:
    """A case as the chain has it.

    Attributes:
        claims: with the proposal to which each agrees; zero: none.
        proposals: the agency that each names.
        offer: the newest offer of the proceedings; None where none stands.
        consult_overdue: whether the time to consult is over in a conflict.
    """

    found: FoundCase
    status: CaseStatus
    lead: int
    claims: tuple[tuple[Claim, bytes], ...]
    proposals: dict[bytes, int]
    offer: Event | None
    consult_until: int
    consult_overdue: bool
    clocks: tuple[Clock, ...]
    victims: int


@dataclass(frozen=True)
class Counted:
    """Victims that were counted.

    Attributes:
        given: in the file.
        known: that were counted before, by whomever.
        added: now.
        total: of the case.
        done: the transactions, one for each 200.
    """

    given: int
    known: int
    added: int
    total: int
    done: tuple[Done, ...] = ()


@dataclass(frozen=True)
class Entry:
    """Something that happened in a case.

    Attributes:
        text: what was put on record with it, if it could be read.
        unread: why it could not, "" if it was or there is none.
    """

    event: Event
    text: CaseText | None = field(repr=False, default=None)
    unread: str = ""


@dataclass(frozen=True)
class Alert:
    """A clock that needs somebody.

    Attributes:
        what: the clock, or None for the consultation of a conflict.
        overdue: or soon.
    """

    case: FoundCase
    what: Clock | None
    due: int
    overdue: bool


#: Events of a case: the value that holds the hash of a text.
_TEXT_OF = {
    "JurisdictionClaimed": "grounds",
    "Consulted": "position",
    "LeadProposed": "text",
    "TransferOffered": "text",
    "DeadlineMet": "evidence",
    "MinutesAnchored": "record",
    "CaseClosed": "text",
}


# Clocks


def set_deadline(
    desk: Desk, text: str, code: str, *, due: int | None, start: int | None
) -> tuple[Done, Deadline]:
    """Set a statutory clock of the own jurisdiction.

    Args:
        desk: of an officer with LEAD of a claimant.
        text: which case.
        code: of the own jurisdiction's list, its name or its number.
        due: seconds since 1970 UTC; None: computed by the law from ``start``.
        start: when what starts it happened; None: now.

    Raises:
        UsageError: the list does not have it, or the law does not say how long.
    """
    found = casenames.case_named(desk, text)
    home = numbers.jurisdiction_of(own_agency(desk))
    clock = legalclocks.named(home, code)
    when = due if due is not None else clock.due(start if start is not None else desk.clock.now)
    same = [
        each
        for each in casebook.deadlines_of(desk.chain, found.id)
        if (each.jurisdiction, each.code, each.due) == (home, clock.code, when)
    ]
    earlier = caserecord.event(desk, found.id, "DeadlineSet", number=same[-1].number) if same else None
    done = doing.once(
        desk,
        found.id,
        found.name,
        found.file,
        "deadline-set",
        earlier,
        lambda: casebook.set_deadline(desk.ledger, desk.signer, found.id, clock.code, when),
    )
    newest = [
        each
        for each in casebook.deadlines_of(desk.chain, found.id)
        if (each.jurisdiction, each.code, each.due) == (home, clock.code, when)
    ]
    return done, newest[-1]


def meet_deadline(desk: Desk, text: str, number: int, evidence: Path) -> Done:
    """Record that a clock was met, be it late, with what shows it."""
    file = casenames.file_named(desk, text)
    earlier = caserecord.event(desk, file.id, "DeadlineMet", number=number)
    digest = (
        earlier.args["evidence"]
        if earlier
        else caserecord.put_on_record(desk, file, About.DEADLINE, evidence)
    )
    return doing.once(
        desk,
        file.id,
        file.number,
        file,
        "deadline-met",
        earlier,
        lambda: casebook.meet_deadline(desk.ledger, desk.signer, file.id, number, digest),
    )


# Victims


def count_victims(desk: Desk, text: str, path: Path, team: str | None = None) -> Counted:
    """Count the victims of a file; whoever was counted, by whomever and by whichever identity, is not again.

    Nothing of the file leaves this machine but the keys.

    Args:
        desk: of an officer with LEAD or ASK, of a claimant or of a member of the team.
        text: which case.
        path: CSV, see :mod:`concordat.cooperation.victimkeys`.
        team: the joint team through which the own agency works on it.

    Raises:
        UsageError: the file has rows that cannot be used; none was counted.
        ContractError: refused. What a run before this counted stays, and is not counted again.
    """
    file = casenames.file_named(desk, text)
    with store.guard(f"read {path}", kept="Nothing was counted."), path.open("rb") as stream:
        data = stream.read(LARGEST_LIST + 1)
    if len(data) > LARGEST_LIST:
        raise UsageError(f"{path.name} is larger than 16 MiB.", code="case.victims", kept=NOT_SENT)
    victims = read_victims(data, path.name)
    doing.settle(desk)
    fresh = _not_counted(desk, file.id, [victim_keys(each, file.told.opening.secret) for each in victims])
    before = casebook.victims(desk.chain, file.id)
    through = team_named(desk, file.id, team) if team else NO_TEAM
    done = []
    for begin in range(0, len(fresh), MOST_VICTIMS_A_CALL):
        batch = fresh[begin : begin + MOST_VICTIMS_A_CALL]
        receipt = casebook.count_victims(desk.ledger, desk.signer, file.id, batch, through)
        file.keep_receipt("victims", receipt)
        done.append(doing.Done(file.id, file.number, receipt, False, file))
    total = casebook.victims(desk.chain, file.id)
    return Counted(len(victims), len(victims) - len(fresh), total - before, total, tuple(done))


def team_named(desk: Desk, case: bytes, text: str) -> bytes:
    """A joint team of this case, by the beginning of its id."""
    from concordat.cooperation import teams

    known = [bytes(each.args["team"]) for each in desk.chain.events(teams.TEAMS, "TeamProposed", caseId=case)]
    return casenames.only(known, text, "teams of this case", "concordat case team list")


def _not_counted(desk: Desk, case: bytes, every: Sequence[tuple[bytes, ...]]) -> list[bytes]:
    """First keys of the victims of whom no key was counted; each victim of the file once."""
    seen: set[bytes] = set()
    fresh = []
    for keys in every:
        again = seen.intersection(keys) or any(casebook.was_counted(desk.chain, case, key) for key in keys)
        seen.update(keys)
        if not again:
            fresh.append(keys[0])
    return fresh


# Showing


def show(desk: Desk, found: FoundCase) -> Standing:
    """A case as the chain has it now.

    Raises:
        UsageError: it was not opened yet.
    """
    chain, case = desk.chain, found.id
    status = casebook.status_of(chain, case)
    if status is CaseStatus.NONE:
        raise UsageError(
            f"{found.name} was not opened yet.",
            code="case.not_opened",
            next="Run again: concordat case open NUMBER --ground GROUND",
        )
    claims = tuple(
        (each, casebook.agreed_by(chain, case, each.jurisdiction)) for each in casebook.claims_of(chain, case)
    )
    proposals = {
        bytes(each.args["proposal"]): int(each.args["agency"])
        for each in caserecord.events(desk, case, "LeadProposed")
    }
    lead = casebook.lead_of(chain, case)
    return Standing(
        found,
        status,
        lead,
        claims,
        proposals,
        _offer(desk, case, lead),
        casebook.consult_until(chain, case),
        casebook.is_consultation_overdue(chain, case, desk.clock.now),
        tuple(_clocks(desk, case)),
        casebook.victims(chain, case),
    )


def history(desk: Desk, found: FoundCase) -> Iterator[Entry]:
    """What happened in a case, oldest first, with the texts as far as they can be read here."""
    for event in eventlog.with_times(desk.chain, casebook.history(desk.chain, found.id)):
        digest = bytes(event.args[_TEXT_OF[event.name]]) if event.name in _TEXT_OF else b""
        if not any(digest):
            yield Entry(event)
            continue
        if found.file is None:
            yield Entry(event, unread="the case has no folder here")
            continue
        try:
            yield Entry(event, caserecord.read_one(desk, found.file, digest))
        except (UsageError, VerificationError) as error:  # one that is lost or damaged hides no other
            yield Entry(event, unread=error.message)


def list_(desk: Desk) -> list[Standing]:
    """All cases on this chain; those that have a folder here with their number."""
    ids = [bytes(each.args["id"]) for each in casebook.opened(desk.chain)]
    return [show(desk, casenames.found_by(desk, each)) for each in ids]


def alerts(desk: Desk, *, soon: int = SOON) -> list[Alert]:
    """The own side's clocks that are overdue or nearly, and consultations; without any transaction."""
    home, now, found = numbers.jurisdiction_of(own_agency(desk)), desk.clock.now, []
    for standing in list_(desk):
        if standing.status is CaseStatus.CLOSED:
            continue
        concerned = any(claim.jurisdiction == home for claim, _ in standing.claims)
        if standing.status is CaseStatus.CONFLICT and concerned and now + soon >= standing.consult_until:
            found.append(Alert(standing.found, None, standing.consult_until, standing.consult_overdue))
        for clock in standing.clocks:
            deadline = clock.deadline
            if deadline.jurisdiction == home and not deadline.met_at and now + soon >= deadline.due:
                found.append(Alert(standing.found, clock, deadline.due, clock.overdue or clock.here))
    return sorted(found, key=lambda each: each.due)


def _clocks(desk: Desk, case: bytes) -> Iterator[Clock]:
    open_ = casebook.status_of(desk.chain, case) is not CaseStatus.CLOSED
    for deadline in casebook.deadlines_of(desk.chain, case):
        law = legalclocks.find(alpha(deadline.jurisdiction), deadline.code)
        overdue = casebook.is_overdue(desk.chain, case, deadline.number, desk.chain.now())
        yield Clock(deadline, law, overdue, open_ and deadline.is_overdue(desk.clock.now))


def _offer(desk: Desk, case: bytes, lead: int) -> Event | None:
    """The newest offer, if it still stands: of whoever leads since, and neither taken back nor accepted."""
    newest = caserecord.event(desk, case, "TransferOffered")
    if newest is None or not newest.args["to"] or newest.args["from"] != lead:
        return None
    later = [
        each
        for name in ("TransferAccepted", "LeadSettled")
        for each in caserecord.events(desk, case, name)
        if name == "TransferAccepted" or each.args["agency"] != lead
        if (each.block, each.log_index) > (newest.block, newest.log_index)
    ]
    return None if later else newest
