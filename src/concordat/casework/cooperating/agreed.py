# SPDX-License-Identifier: Apache-2.0
"""How agreements stand: versions, who accepted and ratified what, for whom in force, which duties are due."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from concordat.assets.papers.matter import Act, Office
from concordat.casework.cooperating import papers
from concordat.casework.cooperating.agreeing import Written, thread_named
from concordat.casework.desk import Desk
from concordat.casework.freezing.offices import called, names, own_agency
from concordat.cooperation import agreementbook
from concordat.cooperation.agreementbook import ChainDraft, Duty, Terms
from concordat.cooperation.agreements.comparison import changes
from concordat.cooperation.law import library
from concordat.cooperation.law.library import Basis
from concordat.cooperation.papers import agreementpaper
from concordat.cooperation.states import AgreementStatus, ObligationStatus
from concordat.cooperation.words import RequestKind
from concordat.evidence import places
from concordat.evidence.laws import Text
from concordat.ledger import eventlog
from concordat.ledger.protocol import Event
from concordat.ledger.sentences import ContractError
from concordat.rendering.content import Text as Paper


@dataclass(frozen=True)
class Version:
    """One version of a thread. Times in seconds since 1970 UTC.

    Attributes:
        by: jurisdiction that put it forward.
        answers: version to which it answers; zero for the first.
        accepted: who accepted it, and when; whoever put it forward did so with that.
        changed: against the version that it answers, in words.
    """

    hash: bytes
    by: int
    at: int
    answers: bytes
    draft: ChainDraft
    accepted: Mapping[int, int]
    changed: tuple[Text, ...]


@dataclass(frozen=True)
class Party:
    """What a jurisdiction is bound to. Times in seconds since 1970 UTC, 0: not.

    Attributes:
        reserved: kinds that it excludes for itself now.
        leaves_at: when its withdrawal is effective.
        bound: whether the agreement is in force for it now.
    """

    jurisdiction: int
    ratified_at: int
    reserved: frozenset[RequestKind]
    leaves_at: int
    bound: bool


@dataclass(frozen=True)
class Owed:
    """A duty of one debtor.

    Attributes:
        number: of the duty, from 1.
        here: its status by this machine's clock, where that is later than the chain's.
        turn: from 1; 0: not yet.
    """

    number: int
    duty: Duty
    debtor: int
    status: ObligationStatus
    here: ObligationStatus
    turn: int
    due: int


@dataclass(frozen=True)
class Standing:
    """How a thread stands.

    Attributes:
        status, here: at the chain's time and by this machine's clock.
        agreed: hash of the version agreed upon; zero: none.
    """

    thread: bytes
    status: AgreementStatus
    here: AgreementStatus
    agreed: bytes
    versions: tuple[Version, ...]
    parties: tuple[Party, ...]
    duties: tuple[Owed, ...]
    history: tuple[Event, ...]

    @property
    def draft(self) -> ChainDraft:
        """The version agreed upon, else the newest."""
        known = {each.hash: each.draft for each in self.versions}
        return known.get(self.agreed, self.versions[-1].draft)


@dataclass(frozen=True)
class Rule:
    """What applies between two jurisdictions for one kind."""

    thread: bytes
    draft: ChainDraft
    terms: Terms


def show(desk: Desk, text: str) -> Standing:
    """How one thread stands.

    Raises:
        UsageError: there is none.
    """
    return standing(desk, thread_named(desk, text))


def list_(desk: Desk) -> list[Standing]:
    """All threads of the suite, oldest first."""
    return [standing(desk, thread) for thread in agreementbook.threads(desk.chain)]


def standing(desk: Desk, thread: bytes) -> Standing:
    """How a thread stands, by the chain's clock and by this machine's."""
    chain, clock = desk.chain, desk.clock
    history = tuple(eventlog.with_times(chain, agreementbook.history(chain, thread)))
    versions = tuple(_versions(history))
    agreed = agreementbook.agreed_version(chain, thread)
    bound = tuple(_parties(desk, thread, history))
    draft = next((each.draft for each in versions if each.hash == agreed), None)
    return Standing(
        thread=thread,
        status=agreementbook.status_at(chain, thread, chain.now()),
        here=agreementbook.status_at(chain, thread, max(clock.now, chain.now())),
        agreed=agreed,
        versions=versions,
        parties=bound,
        duties=tuple(_duties(desk, thread, draft, bound)) if draft else (),
        history=history,
    )


def between(desk: Desk, one: int, other: int, kind: RequestKind | None = None) -> list[Rule]:
    """Which rules apply to requests from one jurisdiction to another now; those of all kinds, or of one."""
    found, now = [], max(desk.clock.now, desk.chain.now())
    for thread in agreementbook.threads(desk.chain):
        agreed = agreementbook.agreed_version(desk.chain, thread)
        draft = agreementbook.versions(desk.chain, thread).get(agreed)
        if draft is None:
            continue
        for terms in draft.terms:
            if kind is not None and terms.kind is not kind:
                continue
            try:
                live = agreementbook.terms_between(desk.chain, thread, one, other, terms.kind, now)
            except ContractError:  # not in force for both, or reserved
                continue
            found.append(Rule(thread, draft, live))
    return found


def outside(one: int, other: int, kind: RequestKind) -> tuple[Basis, ...]:
    """On what a request could stand outside this ledger, as far as the countries' law files know."""
    return library.bases(places.alpha(one), places.alpha(other), kind)


def write_papers(desk: Desk, text: str, out: Path, written: Written | None = None) -> list[Path]:
    """Write the summary of every version of a thread: PDF, HTML, JSON, in both languages.

    Args:
        desk: of whoever asks.
        text: which thread.
        out: folder.
        written: the agreement's file, for its title and the texts of its duties; None: not at hand.

    Raises:
        UsageError: there is no such thread.
        FileError: a file could not be written.
    """
    found, own = show(desk, text), own_agency(desk)
    writer = Office(own, called(names(desk.chain), own))
    title = written.agreement.title if written else None
    made: list[Path] = []
    for number, version in enumerate(found.versions, 1):
        event = next(
            each
            for each in found.history
            if each.name == "Proposed" and bytes(each.args["version"]) == version.hash
        )
        document = agreementpaper.summary(
            found.thread,
            version.hash,
            version.draft,
            found.here,
            Act(event.time, "–", event.transaction, event.block),
            writer,
            title=Paper(title.en, title.zh) if title else None,
            duties=written.duties if written else None,
            changed=[Paper(each.en, each.zh) for each in version.changed],
            generator=papers.GENERATOR,
        )
        made += papers.files(out, f"agreement-{found.thread.hex()[:8]}-version-{number}", document)
    return made


def _versions(history: tuple[Event, ...]) -> Iterator[Version]:
    drafts: dict[bytes, ChainDraft] = {}
    for event in history:
        if event.name != "Proposed":
            continue
        version, answers = bytes(event.args["version"]), bytes(event.args["answers"])
        draft = drafts[version] = ChainDraft.of(event.args["draft"])
        accepted = {int(event.args["by"]): event.time} | {
            int(each.args["party"]): each.time
            for each in history
            if each.name == "Accepted" and bytes(each.args["version"]) == version
        }
        changed = changes(drafts[answers], draft) if answers in drafts else ()
        yield Version(version, event.args["by"], event.time, answers, draft, accepted, changed)


def _parties(desk: Desk, thread: bytes, history: tuple[Event, ...]) -> Iterator[Party]:
    now = max(desk.clock.now, desk.chain.now())
    for event in history:
        if event.name != "Ratified":
            continue
        party, reserved = int(event.args["party"]), int(event.args["reservedKinds"])
        leaves = 0
        for later in history:
            if later.args.get("party") != party:
                continue
            if later.name == "ReservationWithdrawn":
                reserved &= ~int(later.args["kinds"])
            elif later.name == "WithdrawalNotified":
                leaves = int(later.args["effectiveAt"])
        kinds = frozenset(kind for kind in RequestKind if reserved >> int(kind) & 1)
        yield Party(party, event.time, kinds, leaves, agreementbook.binds_at(desk.chain, thread, party, now))


def _duties(desk: Desk, thread: bytes, draft: ChainDraft, parties: tuple[Party, ...]) -> Iterator[Owed]:
    there = desk.chain.now()
    here = max(there, desk.clock.now)
    for index, duty in enumerate(draft.obligations):
        debtors = [duty.debtor] if duty.debtor else [each.jurisdiction for each in parties]
        for debtor in debtors:
            status, turn, due = agreementbook.obligation_at(desk.chain, thread, index, debtor, there)
            later, _, _ = agreementbook.obligation_at(desk.chain, thread, index, debtor, here)
            yield Owed(index + 1, duty, debtor, status, later, turn, due)
