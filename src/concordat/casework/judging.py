# SPDX-License-Identifier: Apache-2.0
"""A record judged for each forum, in words: the one way in which check, pack and register judge."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from concordat.casework.desk import rulebooks
from concordat.evidence.facts import Facts
from concordat.evidence.laws import Text
from concordat.evidence.places import INTL, alpha
from concordat.evidence.precheck import Finding, precheck
from concordat.evidence.reasontexts import ReasonText, unwritten
from concordat.evidence.record import Record
from concordat.evidence.rulebook import Rulebook
from concordat.evidence.standards import Assessment, Origin, Reason, Severity, Verdict, origin_of, settle
from concordat.evidence.steps import Step, mask
from concordat.evidence.typed import CoSignerRole
from concordat.ledger.standardbook import Adopted, StandardBook

STEP_OF_ROLE = {
    CoSignerRole.SECOND_OFFICER: Step.SECOND_OFFICER_SIGNED,
    CoSignerRole.WITNESS: Step.WITNESS_SIGNED,
    CoSignerRole.HOLDER: Step.HOLDER_SIGNED,
    CoSignerRole.DEVICE: Step.DEVICE_SIGNED,
}


@dataclass(frozen=True)
class Expected:
    """What the contract will see beside what is declared.

    Attributes:
        qualified: whether the collector is qualified.
        roles: of the co-signers.
        mandated: whether an assistance request covers it.
    """

    qualified: bool
    roles: tuple[CoSignerRole, ...] = ()
    mandated: bool = False

    def seen_in(self, declared: Facts) -> Facts:
        """The facts as they will be stored."""
        seen = mask(Step.COLLECTOR_SIGNED, *(STEP_OF_ROLE[role] for role in self.roles))
        seen |= mask(Step.COLLECTOR_QUALIFIED) if self.qualified else 0
        seen |= mask(Step.MANDATE_COVERS) if self.mandated else 0
        officers = 1 + self.roles.count(CoSignerRole.SECOND_OFFICER)
        return replace(declared, officers=officers, steps=declared.steps | seen)


@dataclass(frozen=True)
class ForumJudgement:
    """What one forum's standard makes of it.

    Attributes:
        standard: the version that judges; None where the forum adopted none for it.
        reasons: in words, fatal first.
    """

    forum: int
    origin: Origin
    assessment: Assessment
    reasons: tuple[ReasonText, ...]
    standard: Adopted | None
    rulebook: Rulebook | None

    @property
    def code(self) -> str:
        """Of the forum."""
        return alpha(self.forum)


@dataclass(frozen=True)
class Judgement:
    """A record, judged.

    Attributes:
        facts: as they would be stored.
        verdict: that would be stored: the home forum's, or Preserved.
        forums: home first.
        findings: what no standard carries; they stand beside the verdict and never change it.
        at: time of registration by which it was judged, seconds since 1970 UTC.
    """

    facts: Facts
    verdict: Verdict
    forums: tuple[ForumJudgement, ...]
    baseline: ForumJudgement
    findings: tuple[Finding, ...]
    at: int

    @property
    def home(self) -> ForumJudgement:
        """The forum that decides."""
        return self.forums[0]


def judge(
    record: Record,
    book: StandardBook,
    at: int,
    expected: Expected,
    *,
    forums: Sequence[int] = (),
    used_numbers: Collection[str] = (),
) -> Judgement:
    """Judge a record for its forums, and for further ones.

    Args:
        record: as parsed.
        book: the standards that were adopted.
        at: when it is registered, seconds since 1970 UTC.
        expected: what the contract will see.
        forums: place numbers beside those of the record.
        used_numbers: exhibit numbers that the case has used already.

    Raises:
        FactsError: the record's times are impossible.
    """
    wanted = tuple(dict.fromkeys((*record.forum_numbers, *forums)))
    books = rulebooks(wanted)
    facts = expected.seen_in(record.facts().declared())
    judged = tuple(judge_facts(facts, forum, book, at) for forum in wanted)
    baseline = judge_facts(facts, INTL, book, at)
    return Judgement(
        facts=facts,
        verdict=settle(judged[0].assessment, baseline.assessment, record.preserve),
        forums=judged,
        baseline=baseline,
        findings=tuple(precheck(record, books, at, used_numbers=used_numbers)),
        at=at,
    )


def judge_facts(facts: Facts, forum: int, book: StandardBook, at: int) -> ForumJudgement:
    """Judge facts, as they are or would be stored, for one forum."""
    return in_words(facts, forum, book, book.check(facts, forum, at))


def in_words(facts: Facts, forum: int, book: StandardBook, assessment: Assessment) -> ForumJudgement:
    """Put an assessment into words, whoever made it: the contract or the client."""
    rulebook = rulebooks((forum,)).get(alpha(forum))
    origin = origin_of(facts.place, forum)
    return ForumJudgement(
        forum=forum,
        origin=origin,
        assessment=assessment,
        reasons=tuple(_reasons(assessment, facts, origin, rulebook)),
        standard=book.in_force(facts, forum),
        rulebook=rulebook,
    )


def sentences(reasons: Iterable[ReasonText], lang: str = "en") -> list[str]:
    """Reasons as lines: severity, what is missing, law with article."""
    return [
        f"  {reason.severity.label(lang)}: {_of(reason.missing, lang)} [{_of(reason.citation, lang)}]"
        for reason in reasons
    ]


def _reasons(
    assessment: Assessment, facts: Facts, origin: Origin, rulebook: Rulebook | None
) -> list[ReasonText]:
    if rulebook is not None:
        return rulebook.reasons(assessment, origin, facts.method, at=facts.started_at)
    masks = (
        (Severity.FATAL, assessment.fatal),
        (Severity.CURABLE, assessment.curable),
        (Severity.NOTED, assessment.noted),
    )
    return [
        unwritten(bit, severity)
        for severity, found in masks
        for bit in range(Reason.NO_STANDARD + 1)
        if found >> bit & 1
    ]


def _of(text: object, lang: str) -> str:
    return str(getattr(text, lang))


def after_refusal(judgement: Judgement) -> Text:
    """What to do about a refusal."""
    home = judgement.home
    if home.assessment.verdict == Verdict.NO_STANDARD:
        return Text(
            f"Ask the central authority of {home.code} to adopt one (concordat standard adopt). Until then "
            "'preserve: true' in the record keeps what meets the international baseline.",
            f"请 {home.code} 中央机关采纳标准（concordat standard adopt）。在此之前，达到国际通用基准的，"
            "可在记录中写明 preserve: true 予以保全。",
        )
    if judgement.baseline.assessment.fatal:
        return Text(
            "What is fatal cannot be cured, and the international baseline is not met either: collect again.",
            "致命缺陷不能补正，且未达到国际通用基准：须重新取证。",
        )
    return Text(
        "What is fatal cannot be cured. The international baseline is met: 'preserve: true' in the record "
        "keeps it as preserved, which no court has to accept.",
        "致命缺陷不能补正，但已达到国际通用基准：在记录中写明 preserve: true 可予保全，法院不因此必须采纳。",
    )
