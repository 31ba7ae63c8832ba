# SPDX-License-Identifier: Apache-2.0
"""Opinions of accredited bodies on the chain, one function an act or question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from concordat.cooperation.words import AppraisalField
from concordat.ledger import eventlog
from concordat.ledger.protocol import Event, Ledger, Receipt, Signer

APPRAISALS: Final = "Appraisals"
HISTORY: Final = ("AppraisalAsked", "OpinionGiven", "AppraisalDeclined")


@dataclass(frozen=True)
class Opinion:
    """What was asked of a body, and its opinion. Times in seconds since 1970 UTC, 0: not yet.

    Attributes:
        item: hash of what is appraised, 32 bytes.
        opinion: hash of the opinion, 32 bytes; zero until it is given.
    """

    item: bytes
    opinion: bytes
    given_at: int
    due: int


# Acts


def accredit(
    ledger: Ledger, authority: Signer, body: int, field: AppraisalField, until: int, certificate: bytes
) -> Receipt:
    """Accredit a body of the own jurisdiction for a field, as its central authority."""
    return ledger.send(authority, APPRAISALS, "accredit", body, int(field), until, certificate)


def end_accreditation(ledger: Ledger, authority: Signer, body: int, field: AppraisalField) -> Receipt:
    """End an accreditation at once."""
    return ledger.send(authority, APPRAISALS, "endAccreditation", body, int(field))


def ask(
    ledger: Ledger,
    officer: Signer,
    body: int,
    field: AppraisalField,
    item: bytes,
    due: int,
    message: bytes,
) -> Receipt:
    """Ask an accredited body for its opinion on an item, by its hash."""
    return ledger.send(officer, APPRAISALS, "ask", body, int(field), item, due, message)


def opine(ledger: Ledger, expert: Signer, appraisal: bytes, item: bytes, opinion: bytes) -> Receipt:
    """Give the opinion, by an officer with APPRAISE of the body, while it is accredited."""
    return ledger.send(expert, APPRAISALS, "opine", appraisal, item, opinion)


def decline(ledger: Ledger, expert: Signer, appraisal: bytes, reason: int) -> Receipt:
    """Do not give an opinion."""
    return ledger.send(expert, APPRAISALS, "decline", appraisal, reason)


# Questions


def is_accredited_at(ledger: Ledger, body: int, field: AppraisalField, at: int) -> bool:
    """Whether a body is accredited for a field at a time."""
    return bool(ledger.call(APPRAISALS, "isAccreditedAt", body, int(field), at))


def opinion_of(ledger: Ledger, appraisal: bytes) -> Opinion | None:
    """What was asked and answered; None if there is no such appraisal."""
    item, opinion, given_at, due = ledger.call(APPRAISALS, "opinionOf", appraisal)
    return Opinion(bytes(item), bytes(opinion), int(given_at), int(due)) if due else None


def history(ledger: Ledger, appraisal: bytes) -> list[Event]:
    """All events of an appraisal, oldest first, without times."""
    return eventlog.of(ledger, APPRAISALS, HISTORY, appraisal=appraisal)
