# SPDX-License-Identifier: Apache-2.0
"""Answers to requests for assistance on the chain, one function an act or question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from concordat.cooperation.words import PostponeReason, ReferenceKind, RefusalGround, ShortAnswer
from concordat.ledger import eventlog
from concordat.ledger.protocol import Event, Ledger, Receipt, Signer

ANSWERS: Final = "AssistanceAnswers"
NO_CONDITIONS: Final = bytes(32)
MOST_REFERENCES: Final = 32
HISTORY: Final = (
    "RequestAccepted",
    "SupplementAskedFor",
    "RequestPostponed",
    "ExecutionBegun",
    "RequestRefused",
    "RequestAnswered",
    "AcquisitionAnswered",
    "AnswerConfirmed",
    "EvidenceExcluded",
)


@dataclass(frozen=True)
class Reference:
    """What an answer points at.

    Attributes:
        agency: that registered the acquisition; 0 for what is not one.
        key: root, id of a freeze request or hold, or hash of a document, 32 bytes.
    """

    kind: ReferenceKind
    agency: int
    key: bytes

    def struct(self) -> dict[str, Any]:
        """The fields by the struct's names."""
        return {"kind": int(self.kind), "agency": self.agency, "key": self.key}


# Acts


def accept(
    ledger: Ledger,
    officer: Signer,
    request: bytes,
    conditions: bytes = NO_CONDITIONS,
    *,
    presence: bool = False,
) -> Receipt:
    """Accept, with the hash of conditions or without; grant the presence of officials or not."""
    return ledger.send(officer, ANSWERS, "accept", request, conditions, presence)


def ask_supplement(ledger: Ledger, officer: Signer, request: bytes, message: bytes) -> Receipt:
    """Ask for more; the clock stands until it comes."""
    return ledger.send(officer, ANSWERS, "askSupplement", request, message)


def postpone(
    ledger: Ledger, officer: Signer, request: bytes, until: int, reason: PostponeReason, message: bytes
) -> Receipt:
    """Postpone until a time (seconds since 1970 UTC); the clock stands until then."""
    return ledger.send(officer, ANSWERS, "postpone", request, until, int(reason), message)


def begin(ledger: Ledger, officer: Signer, request: bytes) -> Receipt:
    """Say that it is being carried out."""
    return ledger.send(officer, ANSWERS, "begin", request)


def refuse(ledger: Ledger, officer: Signer, request: bytes, ground: RefusalGround, message: bytes) -> Receipt:
    """Refuse, on a coded ground."""
    return ledger.send(officer, ANSWERS, "refuse", request, int(ground), message)


def answer(
    ledger: Ledger,
    officer: Signer,
    request: bytes,
    references: Sequence[Reference],
    message: bytes,
    *,
    complete: bool = True,
    short: ShortAnswer | None = None,
) -> Receipt:
    """Answer, in part or completely. Acquisitions are judged for the asking forum as this is sent."""
    structs = [each.struct() for each in references]
    return ledger.send(officer, ANSWERS, "answer", request, complete, int(short or 0), structs, message)


def confirm(ledger: Ledger, officer: Signer, request: bytes) -> Receipt:
    """Confirm, as the asker, that this is what was asked for."""
    return ledger.send(officer, ANSWERS, "confirm", request)


def record_exclusion(
    ledger: Ledger, judge: Signer, request: bytes, agency: int, root: bytes, ruling: bytes
) -> Receipt:
    """Record that a court of the asking forum excluded an acquisition that was answered with."""
    return ledger.send(judge, ANSWERS, "recordExclusion", request, agency, root, ruling)


# Questions


def answered_with(ledger: Ledger, request: bytes, agency: int, root: bytes) -> bool:
    """Whether an acquisition was given in answer to the request."""
    return bool(ledger.call(ANSWERS, "answeredWith", request, agency, root))


def conditions_of(ledger: Ledger, request: bytes) -> bytes:
    """Hash of the conditions on which it was accepted; zero if there are none."""
    return bytes(ledger.call(ANSWERS, "conditionsOf", request))


def accepted_at(ledger: Ledger, request: bytes) -> int:
    """Since when it covers what is collected under it, seconds since 1970 UTC; 0: it was not accepted."""
    return int(ledger.call(ANSWERS, "acceptedAt", request))


def exclusions_of(ledger: Ledger, request: bytes) -> int:
    """How many acquisitions that answered it were excluded by a court."""
    return int(ledger.call(ANSWERS, "exclusionsOf", request))


def history(ledger: Ledger, request: bytes) -> list[Event]:
    """All events of the answers to a request, oldest first, without times."""
    return eventlog.of(ledger, ANSWERS, HISTORY, request=request)
