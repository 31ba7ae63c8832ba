# SPDX-License-Identifier: Apache-2.0
"""Objections in memory: account holders object, others than the requester decide, courts dispose."""

# ruff: noqa: N802, N803 - the names are the contracts'

from __future__ import annotations

from concordat.assets.life import objection_status_at
from concordat.assets.states import ObjectionStatus, Outcome, RequestFlag
from concordat.membership.numbers import jurisdiction_of
from concordat.membership.powers import Power
from concordat.memory.agencies import AgencyRegistry
from concordat.memory.assetground import COURT, PROSECUTOR, Contract, fields, hashed
from concordat.memory.assetstructs import Objection, Record
from concordat.memory.freezerequests import FIRST_POWER, FreezeRequests
from concordat.memory.holdbook import Key, hold_id
from concordat.memory.holds import Holds
from concordat.memory.tables import Tables
from concordat.memory.world import World, refuse

MOST_OF_A_MEMBER = 3
TYPES = {"Objection": fields("bytes32 request,bytes32 target,bytes32 grounds,uint40 deadline")}


class Objections(Contract):
    """Objections by hold, numbered from 1."""

    NAME = "Objections"

    def __init__(
        self,
        world: World,
        tables: Tables,
        agencies: AgencyRegistry,
        requests: FreezeRequests,
        holds: Holds,
    ) -> None:
        super().__init__(world, tables, agencies)
        self._requests = requests
        self._holds = holds
        self._objections = self.table()
        self._records = self.table()
        self._late = self.table()
        self._by_member = self.table()
        self._of_member = self.table()

    # Objecting

    def objectTo(
        self,
        request: bytes,
        account: bytes,
        noticeKey: str,
        grounds: bytes,
        deadline: int,
        signature: bytes,
    ) -> int:
        """The account holder objects, with the key of the notice."""
        self.require_in_time(deadline)
        target = hashed(("bytes32", "address"), account, noticeKey)
        key = (request, target)
        if not self._holds.hold(key).state:
            refuse("NotTheNoticeKey", key=noticeKey)
        self.require_signed(TYPES, _message(key, grounds, deadline), noticeKey, signature)
        return self._object(key, noticeKey, grounds, by_member=False)

    def objectAsMember(self, request: bytes, target: bytes, grounds: bytes) -> int:
        """Another member objects."""
        key = (request, target)
        theirs = self.officer(Power.OBJECT)
        if theirs == self._requests.requestOf(request).agency:
            refuse("OwnRequest", agency=theirs)
        hold = hold_id(key)
        count = self._of_member.get((hold, theirs), 0)
        if count == MOST_OF_A_MEMBER:
            refuse("TooManyObjections", hold=hold, agency=theirs, most=MOST_OF_A_MEMBER)
        self._of_member[hold, theirs] = count + 1
        return self._object(key, self.caller, grounds, by_member=True)

    def _object(self, key: Key, notice_key: str, grounds: bytes, *, by_member: bool) -> int:
        hold = hold_id(key)
        if not any(grounds):
            refuse("EmptyGrounds")
        self._require_held(key)
        earlier = self._of(hold)
        # The account holder and members each have their own place.
        alike = [each for each in enumerate(earlier, 1) if self._by_member[hold, each[0]] == by_member]
        for number, each in alike:
            if not each.decidedAt:
                refuse("StillPending", hold=hold, number=number)
        if any(each.grounds == grounds for _, each in alike):
            refuse("SameGrounds", hold=hold, grounds=grounds)
        self._objections[hold] = (*earlier, Objection(objectedAt=self.now, grounds=grounds))
        number = len(earlier) + 1
        self._by_member[hold, number] = by_member
        self._holds.mark_objected(key, True)
        self._count(key, "objections")
        self.emit(
            "Objected",
            hold=hold,
            number=number,
            noticeKey=notice_key,
            grounds=grounds,
            reviewBy=self.reviewBy(*key, number),
        )
        return number

    # Deciding

    def review(self, request: bytes, target: bytes, outcome: int, released: int, decision: bytes) -> None:
        """Decide the pending objection; of two the older."""
        key, hold = (request, target), hold_id((request, target))
        found = self._of(hold)
        pending = [number for number, each in enumerate(found, 1) if not each.decidedAt]
        if not pending:
            refuse("NoObjectionPending", hold=hold)
        number = pending[0]
        reviewer = self._reviewer(key)
        # What continues the hold holds its money, and is let go in its place.
        newest = self._holds.newestOf(*key)
        if newest[0] != request:
            self._reviewer(newest)
        _require_document(decision)
        let_go = self._measure(newest, outcome, released)
        decided = found[number - 1]._replace(
            decidedAt=self.now, outcome=outcome, released=let_go, decision=decision
        )
        self._objections[hold] = (*found[: number - 1], decided, *found[number:])
        if outcome != Outcome.DISMISSED:
            self._count(key, "upheld" if outcome == Outcome.UPHELD else "upheldInPart")
        self.emit(
            "ObjectionDecided",
            hold=hold,
            number=number,
            reviewer=reviewer,
            officer=self.caller,
            outcome=outcome,
            released=let_go,
            decision=decision,
        )
        self._holds.mark_objected(key, False)
        if let_go:
            self._holds.release_on_review(newest, let_go, reviewer)

    def recordOverdue(self, request: bytes, target: bytes, number: int) -> None:
        """Count a review that came too late, or not at all."""
        key, hold = (request, target), hold_id((request, target))
        found = self.objectionOf(hold, number)
        reviewed_at = found.decidedAt or self.now
        if not found.objectedAt or reviewed_at <= self.reviewBy(request, target, number):
            refuse("NotOverdue", hold=hold, number=number)
        if (hold, number) in self._late:
            refuse("AlreadyRecorded", hold=hold, number=number)
        self._late[hold, number] = True
        self._count(key, "overdueReviews")
        requester = self._requests.need(request).agency
        self.emit("ReviewOverdueRecorded", hold=hold, number=number, requester=requester)

    def propose(self, request: bytes, target: bytes, proposal: bytes) -> None:
        """A prosecutor proposes what should become of what is held."""
        key = (request, target)
        theirs = self.officer(Power.PROPOSE)
        if self.kind_of(theirs) != PROSECUTOR:
            refuse("NotAProsecutor", agency=theirs)
        self._require_held(key)
        found = self._requests.need(request)
        self._require_country(theirs, found.jurisdiction, jurisdiction_of(found.agency))
        _require_document(proposal)
        self.emit(
            "DispositionProposed", hold=hold_id(key), agency=theirs, officer=self.caller, proposal=proposal
        )

    def dispose(self, request: bytes, target: bytes, toReturn: int, forfeited: int, judgment: bytes) -> None:
        """A court decides on all that is held."""
        key = (request, target)
        theirs = self.officer(Power.JUDGE)
        if self.kind_of(theirs) != COURT:
            refuse("NotACourt", agency=theirs)
        self._require_held(key)
        self._require_country(theirs, self._requests.need(request).jurisdiction)
        _require_document(judgment)
        self.emit(
            "DispositionDecided", hold=hold_id(key), court=theirs, officer=self.caller, judgment=judgment
        )
        self._holds.dispose_of(key, toReturn, forfeited)

    # Questions

    def objectionCount(self, hold: bytes) -> int:
        """How many there were."""
        return len(self._of(hold))

    def objectionOf(self, hold: bytes, number: int) -> Objection:
        """One of them; all zero if there is none."""
        found = self._of(hold)
        return found[number - 1] if 0 < number <= len(found) else Objection()

    def statusAt(self, request: bytes, target: bytes, number: int, at: int) -> int:
        """Status of an objection at a time."""
        found = self.objectionOf(hold_id((request, target)), number)
        if not found.objectedAt:
            return int(ObjectionStatus.NONE)
        within = self._requests.profile_of(request).reviewWithin
        return int(objection_status_at(found.objectedAt, found.decidedAt, within, at))

    def reviewBy(self, request: bytes, target: bytes, number: int) -> int:
        """Until when it is to be decided; 0 if there is none."""
        found = self.objectionOf(hold_id((request, target)), number)
        if not found.objectedAt:
            return 0
        return found.objectedAt + self._requests.profile_of(request).reviewWithin

    def recordOf(self, agency: int) -> Record:
        """The counts of an agency as requester."""
        found: Record = self._records.get(agency, Record())
        return found

    def objectionDigest(self, request: bytes, target: bytes, grounds: bytes, deadline: int) -> bytes:
        """What the account holder signs."""
        return self.digest(TYPES, _message((request, target), grounds, deadline))

    # Within

    def _of(self, hold: bytes) -> tuple[Objection, ...]:
        found: tuple[Objection, ...] = self._objections.get(hold, ())
        return found

    def _count(self, key: Key, what: str) -> None:
        requester = self._requests.need(key[0]).agency
        record = self.recordOf(requester)
        self._records[requester] = record._replace(**{what: getattr(record, what) + 1})

    def _reviewer(self, key: Key) -> int:
        request, profile = self._requests.need(key[0]), self._requests.profile_of(key[0])
        theirs, held = self.any_officer(profile.reviewers << FIRST_POWER)
        self._require_country(theirs, request.jurisdiction)
        if theirs == request.agency:
            refuse("OwnRequest", agency=theirs)
        if self.caller.lower() == self._requests.ratifierOf(key[0]).lower():
            refuse("OwnRatification", officer=self.caller)
        if self._holds.renewedBy(hold_id(key), self.caller):
            refuse("OwnRenewal", officer=self.caller)
        if held & Power.JUDGE:
            self.require_court(theirs)
        took_over = request.flags & RequestFlag.FOREIGN and theirs == profile.endorser
        if took_over or theirs == self._holds.need(key).institution:
            refuse("NotTheReviewer", agency=theirs)
        return theirs

    def _measure(self, key: Key, outcome: int, released: int) -> int:
        """How much a decision lets go of."""
        held = self._holds.need(key).amount if self._holds.status(key).holds else 0
        in_part = outcome == Outcome.UPHELD_IN_PART
        fits = 0 < released < held if in_part and held else released == 0
        if outcome not in set(Outcome) - {Outcome.NONE} or not fits:
            refuse("OutcomeMisstated", outcome=outcome, released=released)
        return held if outcome == Outcome.UPHELD else released

    def _require_held(self, key: Key) -> None:
        if not self._holds.status(key).holds:
            refuse("NothingHeld", hold=hold_id(key))

    def _require_country(self, theirs: int, *countries: int) -> None:
        if jurisdiction_of(theirs) not in countries:
            refuse("OtherJurisdiction", agency=theirs, jurisdiction=countries[0])


def _require_document(document: bytes) -> None:
    if not any(document):
        refuse("EmptyDecision")


def _message(key: Key, grounds: bytes, deadline: int) -> dict[str, object]:
    return {"request": key[0], "target": key[1], "grounds": grounds, "deadline": deadline}
