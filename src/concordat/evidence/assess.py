# SPDX-License-Identifier: Apache-2.0
"""The check of facts against a standard: the contract's own function again, tested to be equal bit by bit."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, unique
from typing import Final

from concordat.evidence.facts import Facts
from concordat.evidence.places import INTL
from concordat.evidence.steps import Step
from concordat.evidence.words import HOUR, Origin, Severity, Standard

MASK64: Final = (1 << 64) - 1
_PART_BITS: Final = 76
_PART_MASK: Final = (1 << _PART_BITS) - 1


@unique
class Verdict(IntEnum):
    """Assessment of declared facts against a standard; never a ruling."""

    NO_STANDARD = 0
    CONFORMS = 1
    CONFORMS_WITH_NOTE = 2
    CURABLE = 3
    PRESERVED = 4
    REFUSED = 5

    def label(self, lang: str = "en") -> str:
        """Word for people, in ``en`` or ``zh``."""
        en, zh = _VERDICT_LABELS[self]
        return zh if lang == "zh" else en


_VERDICT_LABELS: Final = {
    Verdict.NO_STANDARD: ("No standard", "无适用标准"),
    Verdict.CONFORMS: ("Conforms", "符合标准"),
    Verdict.CONFORMS_WITH_NOTE: ("Conforms with note", "符合标准（附提示）"),
    Verdict.CURABLE: ("Curable", "存在可补正的瑕疵"),
    Verdict.PRESERVED: ("Preserved", "仅予保存（不认定符合标准）"),
    Verdict.REFUSED: ("Refused", "不予登记"),
}


@unique
class Reason(IntEnum):
    """Bits of a reason mask beyond the 64 steps."""

    CLAUSE_0 = 64
    CLAUSE_1 = 65
    CLAUSE_2 = 66
    CLAUSE_3 = 67
    CLAUSE_4 = 68
    CLAUSE_5 = 69
    OFFICERS = 70
    DELAY = 71
    ALGORITHMS = 72
    DATE_UNPROVEN = 73
    NO_STANDARD = 74


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a check found: three masks of reasons (bits 0 to 63 steps, above them ``Reason``).

    ``version`` is the number of the standard's version, 0 when it is not known or there is none.
    """

    verdict: Verdict
    fatal: int
    curable: int
    noted: int
    version: int = 0

    @property
    def missing(self) -> int:
        """Mask of the steps that are missing at any severity (bits 0 to 63)."""
        return (self.fatal | self.curable | self.noted) & MASK64

    @property
    def reasons(self) -> int:
        """The three masks in one word, the contract's ``Reasons``: fatal, curable, noted, 76 bits each."""
        return self.fatal << 2 * _PART_BITS | self.curable << _PART_BITS | self.noted

    @classmethod
    def of_reasons(cls, reasons: int, version: int) -> Assessment:
        """Read such a word, given by the version that judged."""
        fatal, curable, noted = (reasons >> part * _PART_BITS & _PART_MASK for part in (2, 1, 0))
        return cls(_verdict(fatal, curable, noted), fatal, curable, noted, version)


def origin_of(place: int, forum: int) -> Origin:
    """Tell domestic from foreign: domestic where it was collected in the forum; INTL is always asked so."""
    return Origin.DOMESTIC if place == forum or forum == INTL else Origin.FOREIGN


def check(facts: Facts, standard: Standard | None, forum: int, at: int, *, version: int = 0) -> Assessment:
    """Assess facts against the standard of a forum, as at a moment of registration.

    Args:
        facts: as they are or will be stored (with officers and the steps that the contract sees).
        standard: the version that may govern; None, or one that was not in force when collection started,
            gives ``NO_STANDARD``.
        forum: place number of the forum, for DATA_IN_FORUM.
        at: Unix seconds of registration.
        version: number of the standard's version, handed through.

    """
    if standard is None or not standard.in_force_at(facts.started_at):
        return Assessment(Verdict.NO_STANDARD, 1 << Reason.NO_STANDARD, 0, 0)

    steps = facts.steps
    if facts.data_location == forum:
        steps |= 1 << Step.DATA_IN_FORUM

    found = {
        Severity.NONE: 0,
        Severity.NOTED: standard.noted & ~steps,
        Severity.CURABLE: standard.curable & ~steps,
        Severity.FATAL: standard.fatal & ~steps,
    }
    for index, clause in enumerate(standard.clauses):
        if not clause.steps & steps:
            found[clause.severity] |= 1 << Reason.CLAUSE_0 + index
    if facts.officers < standard.fewest_officers:
        found[standard.officers_severity] |= 1 << Reason.OFFICERS
    if not facts.algorithms & standard.algorithms:
        found[Severity.FATAL] |= 1 << Reason.ALGORITHMS
    if at > facts.ended_at + standard.delay_hours * HOUR:
        found[standard.delay_severity] |= 1 << Reason.DELAY
        if standard.until_hour and at >= standard.until_hour * HOUR:
            found[Severity.CURABLE] |= 1 << Reason.DATE_UNPROVEN

    fatal, curable, noted = found[Severity.FATAL], found[Severity.CURABLE], found[Severity.NOTED]
    return Assessment(_verdict(fatal, curable, noted), fatal, curable, noted, version)


def _verdict(fatal: int, curable: int, noted: int) -> Verdict:
    if fatal:
        return Verdict.REFUSED
    if curable:
        return Verdict.CURABLE
    return Verdict.CONFORMS_WITH_NOTE if noted else Verdict.CONFORMS
