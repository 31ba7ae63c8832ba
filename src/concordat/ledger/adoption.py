# SPDX-License-Identifier: Apache-2.0
"""From a jurisdiction's rulebook to the transaction that adopts it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from concordat.errors import UsageError
from concordat.evidence import places
from concordat.evidence.adoption import NOTICE_SECONDS
from concordat.evidence.methods import Method
from concordat.evidence.rulebook import Rulebook
from concordat.evidence.standards import Origin, Standard
from concordat.evidence.words import HOUR
from concordat.ledger.protocol import Ledger, Receipt, Signer
from concordat.ledger.standardbook import StandardBook

REGISTRY = "StandardsRegistry"
#: One transaction holds so many standards: about 100,000 gas each, far from the limit of any block.
BATCH = 30


@dataclass(frozen=True)
class Adoption:
    """One standard that is to be adopted, and the number that its version will have."""

    origin: Origin
    method: Method
    standard: Standard
    version: int

    def struct(self) -> dict[str, int]:
        """The fields of the contract's struct ``Adoption``."""
        core, extension = self.standard.pack()
        return {"origin": int(self.origin), "method": int(self.method), "core": core, "extension": extension}


def plan(rulebook: Rulebook, book: StandardBook, now: int, start: int | None = None) -> list[Adoption]:
    """What is to be adopted so that a forum's standards are those of its rulebook. Sends nothing.

    A standard that the forum does not have yet starts at the date of its law: the version in force now. One
    that it has and that changed gets a new version, from ``start``. One that did not change is left alone.
    OTHER comes first, because it has to cover the others.

    Args:
        rulebook: of the jurisdiction.
        book: what the chain holds.
        now: time of the chain, seconds since 1970 UTC.
        start: of later versions; by default the first full hour after seven days from now.
    """
    forum = places.numeric(rulebook.jurisdiction)
    found = []
    for origin in Origin:
        for method in sorted(Method, key=lambda each: (each is not Method.OTHER, each)):
            adoption = _one(rulebook, book, forum, origin, method, now, start)
            if adoption:
                found.append(adoption)
    return found


def adopt(
    ledger: Ledger, authority: Signer, forum: int, rules: bytes, adoptions: Sequence[Adoption]
) -> list[Receipt]:
    """Adopt standards, in as few transactions as fit.

    Args:
        ledger: where.
        authority: key of the forum's central authority.
        forum: ISO 3166-1 numeric.
        rules: SHA-256 of the rule file that explains them.
        adoptions: in the order of :func:`plan`.

    Raises:
        ContractError: a standard may not be adopted; those of earlier transactions stand.
    """
    receipts = []
    for first in range(0, len(adoptions), BATCH):
        batch = [adoption.struct() for adoption in adoptions[first : first + BATCH]]
        receipts.append(ledger.send(authority, REGISTRY, "adopt", forum, rules, batch))
    return receipts


def cancel(ledger: Ledger, authority: Signer, key: int) -> Receipt:
    """Cancel a version that is not in force yet; ``key`` is a StandardKey (see ``standardbook.key_of``)."""
    return ledger.send(authority, REGISTRY, "cancel", key)


def _one(
    rulebook: Rulebook,
    book: StandardBook,
    forum: int,
    origin: Origin,
    method: Method,
    now: int,
    start: int | None,
) -> Adoption | None:
    written = _wanted(rulebook, origin, method, now)
    if written is None:
        return None
    adopted = book.of(forum, origin, method)
    if not adopted:
        return Adoption(origin, method, replace(written, until_hour=0), 1)
    last = adopted[-1]
    if _content(last.standard) == _content(written):
        return None
    earliest = -(-(now + NOTICE_SECONDS) // HOUR) + 1
    hour = earliest if start is None else start // HOUR
    hour = max(hour, written.from_hour)
    return Adoption(origin, method, replace(written, from_hour=hour, until_hour=0), last.version + 1)


def _wanted(rulebook: Rulebook, origin: Origin, method: Method, now: int) -> Standard | None:
    """The version in force now, or else the first that will be."""
    versions = rulebook.versions(origin, method)
    if not versions:
        return None
    started = any(version.from_hour * HOUR <= now for version in versions)
    return rulebook.compile(origin, method, at=now if started else versions[0].from_hour * HOUR)


def _content(standard: Standard) -> Standard:
    return replace(standard, from_hour=0, until_hour=0)


def require_rulebook(rulebook: Rulebook) -> None:
    """Refuse the baseline, which no jurisdiction adopts.

    Raises:
        UsageError: it is the baseline.
    """
    if rulebook.jurisdiction == "INTL":
        raise UsageError(
            "The international baseline is laid down at the creation of a suite and is not adopted.",
            code="standards.baseline",
            kept="Nothing was sent.",
            next="Adopt the rulebook of a jurisdiction.",
        )
