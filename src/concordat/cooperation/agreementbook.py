# SPDX-License-Identifier: Apache-2.0
"""Agreements on the chain, one function an act or question.

A thread holds versions; a version is known by its hash. Hashes are 32 bytes, parties are jurisdictions (ISO
3166-1 numeric), times are seconds since 1970 UTC, periods seconds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from concordat.cooperation.states import AgreementStatus, ObligationStatus
from concordat.cooperation.words import Confidentiality, LegalBasis, RequestKind, UseLimit
from concordat.ledger import eventlog
from concordat.ledger.protocol import Event, Ledger, Receipt, Signer

AGREEMENTS: Final = "AgreementRegistry"
NO_RESERVATION: Final = bytes(32)
UNLIMITED: Final = UseLimit(0)
HISTORY: Final = (
    "Proposed",
    "Accepted",
    "Agreed",
    "Ratified",
    "EnteredIntoForce",
    "WithdrawalNotified",
    "ReservationWithdrawn",
    "ObligationPerformed",
)


@dataclass(frozen=True)
class Terms:
    """The live rules of requests of one kind: the contract's struct ``Terms``.

    Attributes:
        acknowledge_urgent_within: 0: nothing urgent of this kind.
    """

    kind: RequestKind
    acknowledge_within: int
    answer_within: int
    acknowledge_urgent_within: int = 0
    answer_urgent_within: int = 0
    use_limits: UseLimit = UNLIMITED
    confidentiality: Confidentiality = Confidentiality.OPEN

    def struct(self) -> dict[str, Any]:
        """The fields by the struct's names."""
        return {
            "kind": int(self.kind),
            "acknowledgeWithin": self.acknowledge_within,
            "answerWithin": self.answer_within,
            "acknowledgeUrgentWithin": self.acknowledge_urgent_within,
            "answerUrgentWithin": self.answer_urgent_within,
            "useLimits": int(self.use_limits),
            "confidentiality": int(self.confidentiality),
        }

    @classmethod
    def of(cls, found: Any) -> Terms:
        """From the struct as a call or event gives it."""
        return cls(
            RequestKind(found.kind),
            found.acknowledgeWithin,
            found.answerWithin,
            found.acknowledgeUrgentWithin,
            found.answerUrgentWithin,
            UseLimit(found.useLimits),
            Confidentiality(found.confidentiality),
        )


@dataclass(frozen=True)
class Duty:
    """A duty beside the requests: the contract's struct ``Obligation``.

    Attributes:
        debtor: jurisdiction; 0: every party.
        due_within: from entry into force.
        every: again after so many seconds; 0: once.
        duty: hash of its text.
    """

    debtor: int
    due_within: int
    every: int
    duty: bytes

    def struct(self) -> dict[str, Any]:
        """The fields by the struct's names."""
        return {
            "debtor": self.debtor,
            "dueWithin": self.due_within,
            "every": self.every,
            "duty": self.duty,
        }


@dataclass(frozen=True)
class ChainDraft:
    """What the chain holds of a version: the contract's struct ``Draft``.

    Attributes:
        text: hash of the agreement's text in all its languages.
        basis_reference: short public name of treaty or convention, ASCII, at most 32 characters.
        notice: of withdrawal.
        enters_at: not before; 0: with the last ratification needed.
        ends_at: 0: open.
        open: others may accede.
    """

    text: bytes
    parties: tuple[int, ...]
    basis: LegalBasis
    basis_reference: str
    ratifications: int
    notice: int
    enters_at: int
    ends_at: int
    open: bool
    terms: tuple[Terms, ...]
    obligations: tuple[Duty, ...] = ()

    def struct(self) -> dict[str, Any]:
        """The fields by the struct's names."""
        return {
            "text": self.text,
            "parties": list(self.parties),
            "basis": int(self.basis),
            "basisReference": self.basis_reference.encode("ascii").ljust(32, b"\0"),
            "ratifications": self.ratifications,
            "notice": self.notice,
            "entersAt": self.enters_at,
            "endsAt": self.ends_at,
            "open": self.open,
            "terms": [each.struct() for each in self.terms],
            "obligations": [each.struct() for each in self.obligations],
        }

    @classmethod
    def of(cls, found: Any) -> ChainDraft:
        """From the struct as an event gives it."""
        return cls(
            text=bytes(found.text),
            parties=tuple(found.parties),
            basis=LegalBasis(found.basis),
            basis_reference=bytes(found.basisReference).rstrip(b"\0").decode("ascii", "replace"),
            ratifications=found.ratifications,
            notice=found.notice,
            enters_at=found.entersAt,
            ends_at=found.endsAt,
            open=found.open,
            terms=tuple(Terms.of(each) for each in found.terms),
            obligations=tuple(
                Duty(each.debtor, each.dueWithin, each.every, bytes(each.duty)) for each in found.obligations
            ),
        )


# Acts


def propose(ledger: Ledger, authority: Signer, draft: ChainDraft) -> Receipt:
    """Open a thread with its first version, as the central authority of a party."""
    return ledger.send(authority, AGREEMENTS, "propose", draft.struct())


def counter(ledger: Ledger, authority: Signer, thread: bytes, answers: bytes, draft: ChainDraft) -> Receipt:
    """Put another version into the thread, in answer to one."""
    return ledger.send(authority, AGREEMENTS, "counter", thread, answers, draft.struct())


def accept(ledger: Ledger, authority: Signer, thread: bytes, version: bytes) -> Receipt:
    """Accept exactly one version, by its hash."""
    return ledger.send(authority, AGREEMENTS, "accept", thread, version)


def ratify(
    ledger: Ledger,
    authority: Signer,
    thread: bytes,
    version: bytes,
    instrument: bytes,
    reserved: Sequence[RequestKind] = (),
    reservation: bytes = NO_RESERVATION,
) -> Receipt:
    """Ratify the version agreed upon, or accede to it; kinds may be excluded for the own party."""
    kinds = sum(1 << int(kind) for kind in set(reserved))
    return ledger.send(authority, AGREEMENTS, "ratify", thread, version, instrument, kinds, reservation)


def withdraw_reservation(
    ledger: Ledger, authority: Signer, thread: bytes, kinds: Sequence[RequestKind]
) -> Receipt:
    """Include kinds again that were excluded."""
    mask = sum(1 << int(kind) for kind in set(kinds))
    return ledger.send(authority, AGREEMENTS, "withdrawReservation", thread, mask)


def withdraw(ledger: Ledger, authority: Signer, thread: bytes, instrument: bytes) -> Receipt:
    """Withdraw from the agreement, with its notice."""
    return ledger.send(authority, AGREEMENTS, "withdraw", thread, instrument)


def perform(ledger: Ledger, authority: Signer, thread: bytes, obligation: int, evidence: bytes) -> Receipt:
    """Show that a duty was performed, for its present turn."""
    return ledger.send(authority, AGREEMENTS, "perform", thread, obligation, evidence)


# Questions


def status_at(ledger: Ledger, thread: bytes, at: int) -> AgreementStatus:
    """What the agreement is at a time; ``NONE`` if there is no such thread."""
    return AgreementStatus(ledger.call(AGREEMENTS, "statusAt", thread, at))


def terms_between(ledger: Ledger, thread: bytes, asker: int, asked: int, kind: RequestKind, at: int) -> Terms:
    """The live rules for a request of this kind between the two at a time.

    Raises:
        ContractError: the agreement carries no such request between them then.
    """
    return Terms.of(ledger.call(AGREEMENTS, "termsBetween", thread, asker, asked, int(kind), at))


def binds_at(ledger: Ledger, thread: bytes, party: int, at: int) -> bool:
    """Whether the agreement is in force for this party then."""
    return bool(ledger.call(AGREEMENTS, "bindsAt", thread, party, at))


def agreed_version(ledger: Ledger, thread: bytes) -> bytes:
    """Hash of the version that all its parties accepted; zero until there is one."""
    return bytes(ledger.call(AGREEMENTS, "agreedVersion", thread))


def obligation_at(
    ledger: Ledger, thread: bytes, obligation: int, debtor: int, at: int
) -> tuple[ObligationStatus, int, int]:
    """What a duty is at a time, its turn then, and when that is due."""
    status, turn, due = ledger.call(AGREEMENTS, "obligationAt", thread, obligation, debtor, at)
    return ObligationStatus(status), int(turn), int(due)


def versions(ledger: Ledger, thread: bytes) -> Mapping[bytes, ChainDraft]:
    """All versions of a thread by their hashes, oldest first."""
    return {
        bytes(event.args["version"]): ChainDraft.of(event.args["draft"])
        for event in ledger.events(AGREEMENTS, "Proposed", thread=thread)
    }


def threads(ledger: Ledger) -> list[bytes]:
    """All threads, oldest first."""
    return list(dict.fromkeys(bytes(e.args["thread"]) for e in ledger.events(AGREEMENTS, "Proposed")))


def history(ledger: Ledger, thread: bytes) -> list[Event]:
    """All events of a thread, oldest first, without times."""
    return eventlog.of(ledger, AGREEMENTS, HISTORY, thread=thread)
