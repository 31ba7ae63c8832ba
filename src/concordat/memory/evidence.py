# SPDX-License-Identifier: Apache-2.0
"""EvidenceRegistry in memory: registering, and what comes after."""

# ruff: noqa: N802, N803 - the names are the contracts'

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from concordat.errors import AuthorityError
from concordat.evidence import cures
from concordat.evidence.facts import Facts
from concordat.evidence.places import INTL
from concordat.evidence.standards import Assessment as Judged
from concordat.evidence.standards import Reason, Standard, Verdict, origin_of
from concordat.evidence.steps import Step
from concordat.evidence.typed import CoSignerRole
from concordat.ledger.standardbook import key_of
from concordat.membership.numbers import jurisdiction_of
from concordat.membership.powers import Power
from concordat.memory.agencies import AgencyRegistry
from concordat.memory.cosigners import CoSigners
from concordat.memory.standards import StandardsRegistry
from concordat.memory.structs import Acquisition, Aftermath, Assessment
from concordat.memory.world import World, refuse

NAME = "EvidenceRegistry"
Fields = Mapping[str, Any]
Key = tuple[int, bytes]

_LATE = 1 << Reason.DATE_UNPROVEN | 1 << Reason.DELAY
_STORED = (Verdict.CONFORMS, Verdict.CONFORMS_WITH_NOTE, Verdict.CURABLE)
_MOST_ADDED_OFFICERS = 14
_MOST_ENTRIES = 0xFFFF


class EvidenceRegistry:
    """Acquisitions by (agency, root)."""

    def __init__(self, world: World, agencies: AgencyRegistry, standards: StandardsRegistry) -> None:
        self._world = world
        self._agencies = agencies
        self._standards = standards
        self._co_signers = CoSigners(world, agencies)
        self._acquisitions: dict[Key, Acquisition] = {}
        self._aftermaths: dict[Key, Aftermath] = defaultdict(Aftermath)
        self._successors: dict[Key, bytes] = {}
        self._signed: set[tuple[int, bytes, str]] = set()

    # Registering

    def register(self, collection: Fields, signature: bytes, coSignatures: Sequence[Fields]) -> int:
        """Judge and register one acquisition."""
        self._require_sound(collection)
        if self._world.sender.lower() != collection["collector"].lower():
            self._co_signers.require_collector(collection, signature, coSignatures)
        facts = self._see(collection, coSignatures)
        verdict = self._judge(collection, coSignatures, facts)
        agency, root = collection["agency"], collection["root"]
        self._acquisitions[agency, root] = Acquisition(
            facts.pack(), agency, self._world.present, verdict, collection["standardVersion"]
        )
        self._emit(
            "AcquisitionRegistered",
            agency=agency,
            root=root,
            collector=collection["collector"],
            registrar=self._world.sender,
            facts=facts.pack(),
            verdict=int(verdict),
        )
        if any(collection["mandate"]):
            self._emit("MandateCited", agency=agency, root=root, mandate=collection["mandate"])
        for each in coSignatures:
            self._emit("CoSigned", agency=agency, root=root, role=each["role"], signer=each["signer"])
        return int(verdict)

    # Afterwards

    def cosign(self, collection: Fields, signature: bytes, bound: Sequence[Fields], added: Fields) -> None:
        """Add a signature that came later."""
        agency, root, signer = collection["agency"], collection["root"], added["signer"]
        self._officer(agency, Power.REGISTER)
        record = self._registered(agency, root)
        stored = Facts.unpack(record.facts)
        if stored.declared().pack() != collection["facts"]:
            refuse("NotTheCollection", agency=agency, root=root)
        self._co_signers.require_collector(collection, signature, bound)
        known = {each["signer"].lower() for each in bound}
        if signer.lower() in known or (agency, root, signer.lower()) in self._signed:
            refuse("AlreadyCoSigned", signer=signer)
        step = self._co_signers.see(collection, added)
        if _officers([added]) and self._is_late_now(record):
            self._require_still_in_office(agency, signer)
        after = self._aftermaths[agency, root]
        if step is Step.SECOND_OFFICER_SIGNED and stored.officers == 1:
            if after.addedOfficers == _MOST_ADDED_OFFICERS:
                refuse("TooManyOfficers", mostLater=_MOST_ADDED_OFFICERS)
            after = after._replace(addedOfficers=after.addedOfficers + 1)
        self._enter(agency, root, after._replace(curedSteps=after.curedSteps | 1 << step))
        self._signed |= {(agency, root, each.lower()) for each in (signer, collection["collector"])}
        self._emit("CoSigned", agency=agency, root=root, role=added["role"], signer=signer)

    def supplement(self, agency: int, root: bytes, forum: int, steps: int, documents: bytes) -> None:
        """Bring what a forum misses."""
        self._officer(agency, Power.CURE)
        self._registered(agency, root)
        if not any(documents):
            refuse("EmptyDocuments")
        if not steps:
            refuse("NothingToCure")
        stray = steps & ~self._wanted_late(agency, root, forum)
        if stray:
            refuse("NotCurableLate", steps=stray)
        after = self._aftermaths[agency, root]
        self._enter(agency, root, after._replace(curedSteps=after.curedSteps | steps))
        self._emit(
            "Supplemented",
            agency=agency,
            root=root,
            officer=self._world.sender,
            forum=forum,
            steps=steps,
            documents=documents,
        )

    def confirmDate(self, agency: int, root: bytes, anchor: bytes) -> None:
        """Confirm an early anchor of another agency's acquisition."""
        confirmer = self._agencies.authorize(self._world.sender, Power.CONFIRM_DATE)
        if confirmer == agency:
            refuse("OwnAgencyCannotConfirm", agency=agency)
        self._registered(agency, root)
        if not any(anchor):
            refuse("EmptyDocuments")
        after = self._aftermaths[agency, root]
        if after.dateConfirmed:
            refuse("DateAlreadyConfirmed", agency=agency, root=root)
        if not self.assess(agency, root, jurisdiction_of(agency)).curable & _LATE:
            refuse("DateNotInQuestion", agency=agency, root=root)
        self._enter(agency, root, after._replace(dateConfirmed=True))
        self._emit("DateConfirmed", agency=agency, root=root, confirmer=confirmer, anchor=anchor)

    def withdraw(self, agency: int, root: bytes, reason: int) -> None:
        """Mark an acquisition as withdrawn."""
        self._officer(agency, Power.WITHDRAW)
        self._registered(agency, root)
        if not reason:
            refuse("NoReason")
        after = self._aftermaths[agency, root]
        if after.withdrawn:
            refuse("AlreadyWithdrawn", agency=agency, root=root)
        self._enter(agency, root, after._replace(withdrawn=True, reason=reason))
        self._emit("Withdrawn", agency=agency, root=root, officer=self._world.sender, reason=reason)

    def supersede(self, agency: int, root: bytes, successor: bytes) -> None:
        """Link an acquisition to the one that corrects it."""
        self._officer(agency, Power.WITHDRAW)
        self._registered(agency, root)
        if root == successor:
            refuse("SuccessorIsItself", root=root)
        if (agency, successor) not in self._acquisitions:
            refuse("SuccessorNotRegistered", agency=agency, successor=successor)
        after = self._aftermaths[agency, root]
        if after.superseded:
            refuse("AlreadySuperseded", agency=agency, root=root, successor=self._successors[agency, root])
        self._successors[agency, root] = successor
        self._enter(agency, root, after._replace(superseded=True))
        self._emit("Superseded", agency=agency, root=root, successor=successor)

    # Questions

    def acquisitionOf(self, agency: int, root: bytes) -> Acquisition:
        """The record; all zero if there is none."""
        return self._acquisitions.get((agency, root), Acquisition())

    def aftermathOf(self, agency: int, root: bytes) -> Aftermath:
        """What came after registration."""
        return self._aftermaths.get((agency, root), Aftermath())

    def successorOf(self, agency: int, root: bytes) -> bytes:
        """Root of the successor; zero if there is none."""
        return self._successors.get((agency, root), bytes(32))

    def assess(self, agency: int, root: bytes, forum: int) -> Assessment:
        """What the acquisition is worth in a forum."""
        record = self._registered(agency, root)
        after = self._aftermaths[agency, root]
        stored = Facts.unpack(record.facts)
        home = forum == jurisdiction_of(agency)
        key = key_of(forum, origin_of(stored.place, forum), stored.method)
        version = record.standardVersion if home else 0
        version = version or self._standards.versionInForce(key, stored.started_at)
        if not version:
            judged = Assessment(0, 0, 1 << Reason.NO_STANDARD, 0, 0)
        else:
            judged = _struct(
                cures.after_cure(
                    stored,
                    Standard.unpack(*self._standards.standardAt(key, version)),
                    forum,
                    record.registeredAt,
                    cured=after.curedSteps,
                    officers_added=after.addedOfficers,
                    date_confirmed=after.dateConfirmed,
                    version=version,
                )
            )
        preserved = home and record.verdict == Verdict.PRESERVED
        return judged._replace(verdict=int(Verdict.PRESERVED)) if preserved else judged

    # Within

    def _require_sound(self, collection: Fields) -> None:
        agency, root, present = collection["agency"], collection["root"], self._world.present
        if not any(root):
            refuse("EmptyRoot")
        if (agency, root) in self._acquisitions:
            known = self._acquisitions[agency, root]
            refuse("AlreadyRegistered", agency=agency, root=root, registeredAt=known.registeredAt)
        facts = Facts.unpack(collection["facts"])
        if facts.declared() != facts:
            refuse("FactsNotDeclared", facts=collection["facts"])
        if facts.started_at > present:
            refuse("StartsInFuture", startedAt=facts.started_at, present=present)
        if facts.ended_at > present:
            refuse("EndsInFuture", endedAt=facts.ended_at, present=present)
        self._co_signers.require_deadline(collection["deadline"])

    def _see(self, collection: Fields, co_signatures: Sequence[Fields]) -> Facts:
        declared = Facts.unpack(collection["facts"])
        collector = collection["collector"]
        agency, qualified, device = self._agencies.authorizeFor(
            self._world.sender,
            Power.REGISTER,
            collector,
            collection["appointment"],
            Power.COLLECT,
            declared.started_at,
        )
        if agency != collection["agency"]:
            refuse("OtherAgency", account=self._world.sender, theirs=agency, agency=collection["agency"])
        if device:
            refuse("IsADevice", signer=collector)
        self._require_mandate(collection, declared)
        officers, seen = self._co_signers.see_all(collection, co_signatures)
        seen |= 1 << Step.COLLECTOR_SIGNED | qualified << Step.COLLECTOR_QUALIFIED
        return Facts.unpack(declared.pack() | (officers + 1) << 70 | seen << 6)

    def _require_mandate(self, collection: Fields, declared: Facts) -> None:
        home = jurisdiction_of(collection["agency"])
        if any(collection["mandate"]):
            refuse("MandateDoesNotCover", mandate=collection["mandate"])
        abroad = declared.data_location != home and not declared.steps >> Step.DATA_PUBLIC & 1
        if declared.place != home or abroad:
            refuse(
                "MandateRequired",
                place=declared.place,
                dataLocation=declared.data_location,
                jurisdiction=home,
            )

    def _judge(self, collection: Fields, co_signatures: Sequence[Fields], facts: Facts) -> Verdict:
        forum, present = jurisdiction_of(collection["agency"]), self._world.present
        version = collection["standardVersion"]
        if version:
            reasons = self._standards.checkVersion(facts.pack(), forum, version, present)
            home = _struct(Judged.of_reasons(reasons, version))
        else:
            home = self._standards.check(facts.pack(), forum, present)
            if home.version:
                refuse("StandardVersionMissing", forum=forum, inForce=home.version)
        if (home.fatal | home.curable) >> Reason.DELAY & 1:
            for officer in (collection["collector"], *_officers(co_signatures)):
                self._require_still_in_office(collection["agency"], officer)
        if home.verdict in _STORED:
            return Verdict(home.verdict)
        if not collection["preserve"]:
            refuse(
                "EvidenceRefused",
                fatal=home.fatal,
                curable=home.curable,
                noted=home.noted,
                version=home.version,
            )
        baseline = self._standards.check(facts.pack(), INTL, present)
        if baseline.fatal:
            refuse("BelowBaseline", fatal=baseline.fatal)
        return Verdict.PRESERVED

    def _require_still_in_office(self, agency: int, officer: str) -> None:
        try:
            present = self._agencies.authorize(officer, Power.COLLECT)
        except AuthorityError:
            present = 0
        if present != agency:
            refuse("LateAndNoLongerInOffice", collector=officer)

    def _is_late_now(self, record: Acquisition) -> bool:
        """Whether the home standard's delay has passed by now; without a standard nothing grants one."""
        forum, version = jurisdiction_of(record.agency), record.standardVersion
        if not version:
            return True
        reasons = self._standards.checkVersion(record.facts, forum, version, self._world.present)
        found = Judged.of_reasons(reasons, version)
        return bool((found.fatal | found.curable) >> Reason.DELAY & 1)

    def _officer(self, agency: int, power: Power) -> None:
        own = self._agencies.authorize(self._world.sender, power)
        if own != agency:
            refuse("OtherAgency", account=self._world.sender, theirs=own, agency=agency)

    def _registered(self, agency: int, root: bytes) -> Acquisition:
        if (agency, root) not in self._acquisitions:
            refuse("NotRegistered", agency=agency, root=root)
        return self._acquisitions[agency, root]

    def _wanted_late(self, agency: int, root: bytes, forum: int) -> int:
        """Steps that the forum still misses, finds curable, and lets come late."""
        found = self.assess(agency, root, forum)
        if not found.version:
            return 0
        facts = Facts.unpack(self._acquisitions[agency, root].facts)
        key = key_of(forum, origin_of(facts.place, forum), facts.method)
        standard = Standard.unpack(*self._standards.standardAt(key, found.version))
        judged = Judged(Verdict(found.verdict), found.fatal, found.curable, found.noted)
        return cures.supplementable(judged, standard)

    def _enter(self, agency: int, root: bytes, after: Aftermath) -> None:
        if after.entries == _MOST_ENTRIES:
            refuse("HistoryFull")
        self._aftermaths[agency, root] = after._replace(
            entries=after.entries + 1, changedAt=self._world.present
        )

    def _emit(self, event: str, /, **args: Any) -> None:
        self._world.emit(NAME, event, **args)


def _struct(found: Judged) -> Assessment:
    return Assessment(*(int(getattr(found, name)) for name in Assessment._fields))


def _officers(co_signatures: Sequence[Fields]) -> list[str]:
    """Those among the co-signers who hold an office: second officers and devices."""
    inside = (CoSignerRole.SECOND_OFFICER, CoSignerRole.DEVICE)
    return [each["signer"] for each in co_signatures if each["role"] in inside]
