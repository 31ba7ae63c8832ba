# SPDX-License-Identifier: Apache-2.0
"""StandardsRegistry and EvidenceRegistry in a few lines, on the package's own judgement.

That the package judges single facts as the contract does, test_judgement.py shows bit by bit. Here the point
is what happens to a record over the years: which standard, which signatures, which cures, in which order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from brownie import web3
from eth_abi import encode

from concordat.evidence.assess import Assessment, Reason, Verdict, check, origin_of
from concordat.evidence.cures import after_cure, supplementable
from concordat.evidence.facts import Facts
from concordat.evidence.steps import Step, mask
from concordat.evidence.words import HOUR, Standard
from tests.contracts.suite import (
    COLLECT,
    CONFIRM_DATE,
    CURE,
    DAY,
    DEVICE,
    HOLDER,
    OFFICE,
    REGISTER,
    SECOND_OFFICER,
    WITHDRAW,
    WITNESS,
)
from tests.stateful.driver import Refused
from tests.stateful.members import Members

SHOWS = {
    SECOND_OFFICER: Step.SECOND_OFFICER_SIGNED,
    WITNESS: Step.WITNESS_SIGNED,
    HOLDER: Step.HOLDER_SIGNED,
    DEVICE: Step.DEVICE_SIGNED,
}
LATE = 1 << Reason.DELAY | 1 << Reason.DATE_UNPROVEN
INSIDE = (SECOND_OFFICER, DEVICE)
"""Roles of those who hold an office."""
NO_HEAD = bytes(32)
Key = tuple[int, int, int]


class Standards:
    """Versions by forum, origin and method; the first is number 1."""

    def __init__(self) -> None:
        self.versions: dict[Key, list[Standard]] = defaultdict(list)

    def adopt(self, key: Key, standard: Standard, at: int) -> None:
        """Only for standards that may be adopted; what else there is to refuse, test_adoption.py shows."""
        versions = self.versions[key]
        if versions and versions[-1].from_hour * HOUR > at:
            raise Refused("VersionPending")
        if versions and standard.from_hour * HOUR < at + 7 * DAY:
            raise Refused("NoticeTooShort")
        if versions:
            versions[-1] = replace(versions[-1], until_hour=standard.from_hour)
        versions.append(standard)

    def cancel(self, key: Key, at: int) -> None:
        versions = self.versions[key]
        if len(versions) < 2 or versions[-1].from_hour * HOUR <= at:
            raise Refused("NothingPending")
        versions.pop()
        versions[-1] = replace(versions[-1], until_hour=0)

    def in_force(self, facts: Facts, forum: int) -> int:
        started = [each.from_hour * HOUR <= facts.started_at for each in self._of(facts, forum)]
        return sum(started)  # later versions start later

    def judge(self, facts: Facts, forum: int, version: int, at: int) -> Assessment:
        if not version:
            return check(facts, None, forum, at)
        return check(facts, self.standard(facts, forum, version), forum, at, version=version)

    def standard(self, facts: Facts, forum: int, version: int) -> Standard:
        return self._of(facts, forum)[version - 1]

    def require_in_force(self, facts: Facts, forum: int, version: int) -> None:
        versions = self._of(facts, forum)
        if version > len(versions) or not versions[version - 1].in_force_at(facts.started_at):
            raise Refused("StandardNotInForce")

    def _of(self, facts: Facts, forum: int) -> list[Standard]:
        return self.versions[forum, origin_of(facts.place, forum), facts.method]


@dataclass(frozen=True)
class Signer:
    """Who co-signs, in what role, under which appointment."""

    address: str
    role: int
    appointment: int


@dataclass(frozen=True)
class Wish:
    """What somebody wants to register."""

    agency: int
    root: bytes
    facts: Facts
    version: int
    collector: str
    appointment: int
    preserve: bool
    co_signers: tuple[Signer, ...]


@dataclass
class Record:
    """The first five fields are written once."""

    wish: Wish
    stored: Facts
    at: int
    verdict: Verdict
    version: int
    cured: int = 0
    added: int = 0
    confirmed: bool = False
    withdrawn: bool = False
    superseded: bool = False
    reason: int = 0
    changed_at: int = 0
    entries: int = 0
    head: bytes = NO_HEAD
    successor: bytes = NO_HEAD
    signed: set[str] = field(default_factory=set)
    """Who is known to have signed, from what was shown later."""

    @property
    def first(self) -> tuple[int, int, int, int, int]:
        """The slot that is written once."""
        return self.stored.pack(), self.wish.agency, self.at, int(self.verdict), self.version


class Registry:
    """All acquisitions by (agency, root). Every method names the caller and the time of the block."""

    def __init__(self, members: Members, address: str) -> None:
        self.members = members
        self.standards = Standards()
        self.address = address
        self.records: dict[tuple[int, bytes], Record] = {}

    # Acts

    def register(self, caller: str, wish: Wish, at: int) -> None:
        if (wish.agency, wish.root) in self.records:
            raise Refused("AlreadyRegistered")
        if wish.facts.started_at > at:
            raise Refused("StartsInFuture")
        if wish.facts.ended_at > at:
            raise Refused("EndsInFuture")
        stored = self._see(caller, wish, at)
        verdict = self._judge_at_home(wish, stored, at)
        self.records[wish.agency, wish.root] = Record(wish, stored, at, verdict, wish.version)

    def cosign(self, caller: str, shown: Wish, added: Signer, at: int) -> None:
        """`shown` is a collection of the same root and facts, signed by whoever it names as collector."""
        self._require_officer(caller, shown.agency, REGISTER, at)
        record = self._record(shown.agency, shown.root)
        if added.address in {each.address for each in shown.co_signers} | record.signed:
            raise Refused("AlreadyCoSigned")
        self._require_fit(shown, added)
        if added.role in INSIDE and self._is_late_now(record, at):
            self._require_still_in_office(shown.agency, added.address, at)
        # The record does not name its signers: beside several officers, later ones are seen and not counted.
        record.added += added.role == SECOND_OFFICER and record.stored.officers == 1
        record.cured |= 1 << SHOWS[added.role]
        record.signed |= {added.address, shown.collector}
        self._enter(record, at, ("cosign", added.role, added.address), ("uint8", "address"))

    def supplement(self, caller: str, agency: int, root: bytes, forum: int, steps: int, at: int) -> None:
        self._require_officer(caller, agency, CURE, at)
        record = self._record(agency, root)
        if steps & ~self.wanted(record, forum):
            raise Refused("NotCurableLate")
        record.cured |= steps
        entry = ("supplement", caller, forum, steps, documents_of(root))
        self._enter(record, at, entry, ("address", "uint16", "uint64", "bytes32"))

    def confirm(self, caller: str, agency: int, root: bytes, at: int) -> None:
        confirmer = self.members.authorize(caller, CONFIRM_DATE, at).agency
        if confirmer == agency:
            raise Refused("OwnAgencyCannotConfirm")
        record = self._record(agency, root)
        if record.confirmed:
            raise Refused("DateAlreadyConfirmed")
        if not self.assess(record, agency >> 16).curable & LATE:
            raise Refused("DateNotInQuestion")
        record.confirmed = True
        self._enter(record, at, ("confirmDate", confirmer, documents_of(root)), ("uint32", "bytes32"))

    def withdraw(self, caller: str, agency: int, root: bytes, reason: int, at: int) -> None:
        self._require_officer(caller, agency, WITHDRAW, at)
        record = self._record(agency, root)
        if not reason:
            raise Refused("NoReason")
        if record.withdrawn:
            raise Refused("AlreadyWithdrawn")
        record.withdrawn, record.reason = True, reason
        self._enter(record, at, ("withdraw", caller, reason), ("address", "uint8"))

    def supersede(self, caller: str, agency: int, root: bytes, successor: bytes, at: int) -> None:
        self._require_officer(caller, agency, WITHDRAW, at)
        record = self._record(agency, root)
        if root == successor:
            raise Refused("SuccessorIsItself")
        if (agency, successor) not in self.records:
            raise Refused("SuccessorNotRegistered")
        if record.superseded:
            raise Refused("AlreadySuperseded")
        record.superseded, record.successor = True, successor
        self._enter(record, at, ("supersede", caller, successor), ("address", "bytes32"))

    # Questions

    def assess(self, record: Record, forum: int) -> Assessment:
        """What it is worth in a forum, with all that came later; at home by the version that judged first."""
        home = forum == record.wish.agency >> 16
        version = record.version if home and record.version else self.standards.in_force(record.stored, forum)
        if version:
            found = after_cure(
                record.stored,
                self.standards.standard(record.stored, forum, version),
                forum,
                record.at,
                cured=record.cured,
                officers_added=record.added,
                date_confirmed=record.confirmed,
                version=version,
            )
        else:
            found = self.standards.judge(record.stored, forum, 0, record.at)
        preserved = home and record.verdict is Verdict.PRESERVED
        return replace(found, verdict=Verdict.PRESERVED) if preserved else found

    def wanted(self, record: Record, forum: int) -> int:
        """The steps that a document may still bring for a forum."""
        found = self.assess(record, forum)
        if not found.version:
            return 0
        return supplementable(found, self.standards.standard(record.stored, forum, found.version))

    # Internal

    def _see(self, caller: str, wish: Wish, at: int) -> Facts:
        own = self.members.authorize(caller, REGISTER, at).agency
        start = wish.facts.started_at
        held = self.members.entitled_at(wish.collector, wish.appointment, COLLECT, start)
        if held.agency != own:
            raise Refused("OfficerOfOtherAgency")
        if own != wish.agency:
            raise Refused("OtherAgency")
        if held.device:
            raise Refused("IsADevice")
        self._require_at_home(wish)
        for signer in wish.co_signers:
            self._require_fit(wish, signer)
        seen = mask(Step.COLLECTOR_SIGNED, *(SHOWS[each.role] for each in wish.co_signers))
        seen |= mask(Step.COLLECTOR_QUALIFIED) if start < held.qualified_until else 0
        seconds = sum(each.role == SECOND_OFFICER for each in wish.co_signers)
        return replace(wish.facts, officers=1 + seconds, steps=wish.facts.steps | seen)

    def _require_at_home(self, wish: Wish) -> None:
        home, public = wish.agency >> 16, wish.facts.steps & mask(Step.DATA_PUBLIC)
        if wish.facts.place != home or (wish.facts.data_location != home and not public):
            raise Refused("MandateRequired")

    def _require_fit(self, wish: Wish, signer: Signer) -> None:
        if signer.address == wish.collector:
            raise Refused("CoSignerIsCollector")
        if signer.role in INSIDE:
            number, start = signer.appointment, wish.facts.started_at
            held = self.members.entitled_at(signer.address, number, COLLECT, start)
            if held.agency != wish.agency:
                raise Refused("OtherAgency")
            if held.device != (signer.role == DEVICE):
                raise Refused("IsADevice" if held.device else "NotADevice")
        elif self.members.held[signer.address] or self.members.agency_of_account(signer.address):
            raise Refused("CoSignerIsOfficer")

    def _judge_at_home(self, wish: Wish, stored: Facts, at: int) -> Verdict:
        forum = wish.agency >> 16
        if wish.version:
            self.standards.require_in_force(stored, forum, wish.version)
        elif self.standards.in_force(stored, forum):
            raise Refused("StandardVersionMissing")
        home = self.standards.judge(stored, forum, wish.version, at)
        if (home.fatal | home.curable) & LATE:
            for officer in (
                wish.collector,
                *(each.address for each in wish.co_signers if each.role in INSIDE),
            ):
                self._require_still_in_office(wish.agency, officer, at)
        if not home.fatal:
            return home.verdict
        if not wish.preserve:
            raise Refused("EvidenceRefused")
        baseline = self.standards.in_force(stored, OFFICE)
        if self.standards.judge(stored, OFFICE, baseline, at).fatal:
            raise Refused("BelowBaseline")
        return Verdict.PRESERVED

    def _is_late_now(self, record: Record, at: int) -> bool:
        """Without a standard at home nothing grants a delay."""
        found = self.standards.judge(record.stored, record.wish.agency >> 16, record.version, at)
        return not record.version or bool((found.fatal | found.curable) & 1 << Reason.DELAY)

    def _require_still_in_office(self, agency: int, officer: str, at: int) -> None:
        held = self.members.newest(officer)
        entitled = self.members.entitled(officer, held, COLLECT, at)
        if held is None or not entitled or held.agency != agency:
            raise Refused("LateAndNoLongerInOffice")

    def _require_officer(self, caller: str, agency: int, power: int, at: int) -> None:
        if self.members.authorize(caller, power, at).agency != agency:
            raise Refused("OtherAgency")

    def _record(self, agency: int, root: bytes) -> Record:
        if (agency, root) not in self.records:
            raise Refused("NotRegistered")
        return self.records[agency, root]

    def _enter(self, record: Record, at: int, entry: Sequence[object], types: Sequence[str]) -> None:
        """Each entry is linked to all before it."""
        record.entries += 1
        record.changed_at = at
        entry_hash = bytes(web3.keccak(encode(["string", *types], entry)))
        link = [self.address, record.wish.agency, record.wish.root, record.entries, record.head, entry_hash]
        kinds = ["address", "uint32", "bytes32", "uint16", "bytes32", "bytes32"]
        record.head = bytes(web3.keccak(encode(kinds, link)))


def documents_of(root: bytes) -> bytes:
    """What stands for the documents, or the anchor, that somebody brings."""
    return bytes(web3.keccak(b"documents of " + root))
