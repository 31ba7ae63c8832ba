# SPDX-License-Identifier: Apache-2.0
"""Freeze profiles: what a jurisdiction's file says of freezing, and the struct of it that the chain keeps.

``compile_profiles(bundled_profiles("SG"), endorser)`` is what the central authority of Singapore adopts. The
chain keeps caps in seconds; how the law counts a period (calendar months, working days, which day is the
first) stays in the file, and ``Profile.period`` counts it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from concordat.assets.law import profilefile
from concordat.assets.law.profileparts import DEADLINES, FIRST_POWER, ROLES, Endorser, FreezeSection, Profile
from concordat.assets.values.periods import Rule, cap_seconds, end_of, following_end
from concordat.assets.words import AssetClass, Measure
from concordat.errors import FileError, UsageError
from concordat.evidence import places
from concordat.evidence.laws import Law, Text
from concordat.evidence.rulebook import RulebookError, bundled_jurisdictions, bundled_text
from concordat.evidence.rulefile import parse
from concordat.evidence.rules import Review
from concordat.membership import numbers
from concordat.membership.powers import Power

RETURN_BEFORE_JUDGMENT: Final = 1
"""Flag: money may go back to victims before any judgment."""
HOUR: Final = 3600

#: Bits of each field of the contract's struct, in its order. ``from`` is a word of Python's own.
_WIDTHS: Final = {
    "from": 40,
    "until": 40,
    "longest": 32,
    "total": 32,
    "ratifyWithin": 24,
    "replyWithin": 24,
    "checkWithin": 24,
    "renewals": 8,
    "stops": 8,
    "flags": 8,
    "starters": 32,
    "ratifiers": 32,
    "renewers": 32,
    "reviewers": 32,
    "endorser": 32,
    "reviewWithin": 24,
    "turnWithin": 24,
    "ownHold": 24,
    "ownTotal": 24,
}

EndorserOf = Callable[[Endorser], int]
"""Number of the agency that is meant, for instance by asking the chain for the contact point."""


@dataclass(frozen=True, slots=True)
class FreezeProfile:
    """The contract's struct ``FreezeProfile``, field by field in its order (``IFreezeProfiles.sol``).

    Attributes:
        start: in force from, seconds since 1970 UTC (``from`` of the struct).
        until: and until; kept by the contract, 0 while open.
        longest, total: seconds of one period, and of all periods on one account (0: no limit).
        ratify_within, reply_within, check_within, review_within, turn_within: seconds.
        renewals: at most; 255: no limit.
        stops: stop-payments along the chain of holds on one account; 0: no limit.
        starters, ratifiers, renewers, reviewers: powers, shifted right by 8.
        endorser: number of the agency; 0: no foreign requests.
        own_hold, own_total: seconds that an institution may hold by itself, at first and with extension.

    """

    start: int
    until: int
    longest: int
    total: int
    ratify_within: int
    reply_within: int
    check_within: int
    renewals: int
    stops: int
    flags: int
    starters: int
    ratifiers: int
    renewers: int
    reviewers: int
    endorser: int
    review_within: int
    turn_within: int
    own_hold: int
    own_total: int

    def __post_init__(self) -> None:
        for (name, bits), value in zip(_WIDTHS.items(), astuple(self), strict=True):
            if not 0 <= value < 1 << bits:
                raise UsageError(
                    f"{name} is {value}: a freeze profile has {bits} bits for it.", code="profile.field"
                )

    @classmethod
    def of(cls, values: Sequence[int] | Mapping[str, int]) -> FreezeProfile:
        """From what the chain returned: the values in the struct's order, or by its names.

        Raises:
            UsageError: it is no such struct.
        """
        if isinstance(values, Mapping):
            values = [values[name] for name in _WIDTHS if name in values]
        if len(values) != len(_WIDTHS):
            raise UsageError(
                f"A freeze profile has {len(_WIDTHS)} fields, not {len(values)}.", code="profile.field"
            )
        return cls(*(int(value) for value in values))

    def pack(self) -> tuple[int, ...]:
        """The values in the struct's order, as they are encoded."""
        return astuple(self)

    def struct(self) -> dict[str, int]:
        """The values by the struct's names."""
        return dict(zip(_WIDTHS, astuple(self), strict=True))

    @property
    def returns_before_judgment(self) -> bool:
        """Whether money may go back to victims before any judgment."""
        return bool(self.flags & RETURN_BEFORE_JUDGMENT)

    def powers(self, role: str) -> Power:
        """Powers of a role: ``starters``, ``ratifiers``, ``renewers`` or ``reviewers``."""
        return Power(int(getattr(self, role)) << FIRST_POWER)


@dataclass(frozen=True, eq=False)
class ProfileBook:
    """What one jurisdiction's file says of freezing. Immutable.

    Attributes:
        jurisdiction: alpha-2 code, or EU.
        laws: by id.
        sha256: of the file, as it is named at the adoption (``rules``).

    """

    jurisdiction: str
    name: Text
    review: Review
    laws: Mapping[str, Law]
    section: FreezeSection
    sha256: bytes

    @property
    def profiles(self) -> tuple[Profile, ...]:
        """All profiles in the order of the file."""
        return self.section.profiles

    def find(self, measure: Measure, asset_class: AssetClass) -> Profile:
        """Find the profile of a measure on a class of assets.

        Raises:
            UsageError: there is none: this law does not know the measure for the class.
        """
        for profile in self.profiles:
            if profile.measure is measure and asset_class in profile.classes:
                return profile
        have = ", ".join(f"{p.measure.name} on {c.name}" for p in self.profiles for c in p.classes)
        raise UsageError(
            f"{self.jurisdiction} has no freeze profile for {measure.name} on {asset_class.name}.",
            code="profile.none",
            kept="Nothing was sent.",
            next=f"It has: {have}.",
        )


def loads(text: str, path: str = "the rulebook") -> ProfileBook:
    """Read the freeze profiles of a rulebook from its text; ``path`` is for messages.

    Raises:
        RulebookError: with every mistake of form; or the file has no freeze profiles.

    """
    content, findings = parse(text)
    section = None
    if content is not None and content.freeze is not None:
        section, more = profilefile.read(content.freeze, content.jurisdiction)
        findings = sorted([*findings, *more])
    if content is None or findings:
        first = findings[0].at(path) if findings else path
        more_words = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
        raise RulebookError(f"{first}{more_words}.", findings=tuple(findings), code="standards.form")
    if section is None:
        raise RulebookError(
            f"{path} has no freeze profiles.",
            code="profile.no-section",
            advice="Give a file with a section freeze.",
        )
    laws = MappingProxyType({law.id: law for law in content.laws})
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return ProfileBook(content.jurisdiction, content.name, content.review, laws, section, digest)


def load(path: Path) -> ProfileBook:
    """Read the freeze profiles of a file.

    Raises:
        FileError: it cannot be read.
        RulebookError: see ``loads``.

    """
    try:
        # Bytes first: line ends are part of the hash by which the file is named on the chain.
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(
            f"{path} cannot be read: {error}.", code="standards.unreadable", next="Give a YAML file in UTF-8."
        ) from error
    return loads(text, str(path))


@cache
def bundled_profiles(jurisdiction: str) -> ProfileBook:
    """Read the freeze profiles that come with the package.

    Raises:
        RulebookError: there are none for this jurisdiction.

    """
    known = bundled_jurisdictions("freeze")
    if jurisdiction.upper() not in known:
        raise RulebookError(
            f"No freeze profiles for {jurisdiction} come with this package.",
            code="profile.not-bundled",
            advice=f"Use one of {', '.join(known)}, or give a file.",
        )
    return loads(bundled_text(jurisdiction), f"{jurisdiction.lower()}.yaml")


def compile_profiles(
    book: ProfileBook, endorser: int | EndorserOf
) -> list[tuple[Measure, AssetClass, FreezeProfile]]:
    """Compile all profiles of a file, one for each measure and class of assets.

    Args:
        book: of the jurisdiction.
        endorser: number of the domestic authority, wherever the file names one by its competence; or what
            finds it. An agency that the file names by its number, and ``none``, need no finding.

    Returns:
        Sorted by measure and class, as they are adopted.

    Raises:
        UsageError: a number does not fit, or the endorser is of another jurisdiction.

    """
    find = endorser if callable(endorser) else lambda _: endorser
    found = [
        (profile.measure, asset_class, _compiled(book, profile, find))
        for profile in book.profiles
        for asset_class in profile.classes
    ]
    return sorted(found, key=lambda each: each[:2])


def differences(adopted: FreezeProfile, written: FreezeProfile) -> dict[str, tuple[int, int]]:
    """Find what an adopted profile has otherwise than the file's: by field, first the adopted value.

    When a version begins and ends is no part of what it says, so ``from`` and ``until`` are not compared.
    """
    there, here = adopted.struct(), written.struct()
    return {
        name: (there[name], here[name])
        for name in _WIDTHS
        if name not in ("from", "until") and there[name] != here[name]
    }


def first_end(profile: Profile, start: int) -> int | None:
    """End of a first period as the law counts it, seconds since 1970 UTC; None: as long as the order says."""
    return end_of(start, profile.period) if profile.period else None


def next_end(profile: Profile, end: int) -> int | None:
    """End of a renewal of what ended then; None: as long as the order says."""
    rule = profile.renewal or profile.period
    return following_end(end, rule) if rule else None


def longest_seconds(profile: Profile) -> int:
    """Cap of one period in seconds, first or later; 0 if the file says neither period nor cap."""
    if profile.longest:
        return cap_seconds(profile.longest.rule)
    return max((cap_seconds(rule) for rule in (profile.period, profile.renewal) if rule), default=0)


def sum_seconds(rules: Sequence[Rule]) -> int:
    """Cap of periods one after the other, in seconds."""
    return sum(cap_seconds(rule) for rule in rules)


def _compiled(book: ProfileBook, profile: Profile, find: EndorserOf) -> FreezeProfile:
    within = {act: book.section.hours(profile, act) * HOUR for act in DEADLINES}
    masks = [int(getattr(profile, role)) >> FIRST_POWER for role in ROLES]
    own = profile.own_hold
    return FreezeProfile(
        start=book.section.start,
        until=0,
        longest=longest_seconds(profile),
        total=sum_seconds(profile.total),
        ratify_within=within["ratify"],
        reply_within=within["reply"],
        check_within=within["check"],
        renewals=profile.renewals,
        stops=profile.stops,
        flags=RETURN_BEFORE_JUDGMENT if profile.returns else 0,
        starters=masks[0],
        ratifiers=masks[1],
        renewers=masks[2],
        reviewers=masks[3],
        endorser=_endorser(book, profile.endorser, find),
        review_within=within["review"],
        turn_within=within["turn"],
        own_hold=cap_seconds(own.period) if own else 0,
        own_total=sum_seconds(own.total) if own else 0,
    )


def _endorser(book: ProfileBook, endorser: Endorser, find: EndorserOf) -> int:
    if endorser.agency or not endorser.competence:
        return endorser.agency
    number = find(endorser)
    if number and numbers.jurisdiction_of(number) != places.numeric(book.jurisdiction):
        raise UsageError(
            f"{numbers.label(number)} cannot endorse for {book.jurisdiction}: it is of another jurisdiction.",
            code="profile.endorser",
            kept="Nothing was sent.",
            next=f"Name an agency of {book.jurisdiction} (competence {endorser.competence}).",
        )
    return number
