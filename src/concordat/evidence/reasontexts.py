# SPDX-License-Identifier: Apache-2.0
"""Reasons of an assessment in words, and the few that no rule of a rulebook writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from concordat.evidence.assess import Reason
from concordat.evidence.laws import Certainty, Law, LawKind, Text
from concordat.evidence.steps import STEPS, Step
from concordat.evidence.words import Severity


@dataclass(frozen=True, slots=True)
class ReasonText:
    """One reason of an assessment in words, with the law behind it.

    Attributes:
        rule_id: the leading rule; ``also`` names others that ask for the same (the baseline's).
        severity: as assessed.
        law: id of the law in its rulebook; ``citation`` is its title with the article.
        certainty: how sure the rule is.
        missing, cure: what is missing, and what to do.
        steps: steps, any one of which would satisfy it; empty for officers, delay, algorithms and dates.
        late: whether a supplement may still bring it.
        bit: position in the reason mask.

    """

    rule_id: str
    severity: Severity
    law: str
    article: str
    certainty: Certainty
    missing: Text
    cure: Text
    steps: tuple[Step, ...]
    citation: Text
    late: bool
    bit: int
    also: tuple[str, ...] = ()


def unwritten(bit: int, severity: Severity) -> ReasonText:
    """Word a reason that no rule writes: a date, no standard, words of another version of the file."""
    steps = (Step(bit),) if bit < Reason.CLAUSE_0 else ()
    missing, cure = _UNWRITTEN.get(bit, _OTHER_WORDS)
    if steps:
        attests = STEPS[steps[0]].attests
        missing = Text(f"Not shown: {attests['en']}", f"未能证明：{attests['zh']}")
    return ReasonText(
        rule_id=Reason(bit).name if bit in _UNWRITTEN else "ADOPTED",
        severity=severity,
        law=_DESIGN.id,
        article="",
        certainty=Certainty.READ,
        missing=missing,
        cure=cure,
        steps=steps,
        citation=_DESIGN.title,
        late=False,
        bit=bit,
    )


def cite(law: Law, article: Text) -> Text:
    """Title of a law with the article, as in a citation."""
    between = "" if article.zh.startswith("第") else "，"
    return Text(f"{law.title.en}, {article.en}", f"{law.title.zh}{between}{article.zh}")


_DESIGN: Final = Law(
    "CONCORDAT",
    LawKind.CHOICE,
    Text("Design of this register", "本登记系统的设计"),
    None,
    None,
    None,
    Certainty.READ,
)

_OTHER_WORDS: Final = (
    Text(
        "The standard that was adopted asks for something that this rulebook does not write.",
        "所采纳的标准包含本规则文件未载明的要求。",
    ),
    Text(
        "Compare the standard on the chain with the rulebook of the same version.",
        "将链上标准与同一版本的规则文件核对。",
    ),
)

_UNWRITTEN: Final[Mapping[int, tuple[Text, Text]]] = {
    Reason.DATE_UNPROVEN: (
        Text(
            "The standard of the stated date is no longer in force, and registration came after its longest "
            "delay: the date of collection is not proven.",
            "所载取证日期适用的标准已不再有效，且登记超过该标准规定的最长期限，取证日期未获证明。",
        ),
        Text(
            "Have another agency confirm an earlier anchor or time stamp.",
            "由其他机关确认更早的存证或者时间戳。",
        ),
    ),
    Reason.NO_STANDARD: (
        Text(
            "The forum had no standard in force for this method and origin when the collection started.",
            "取证开始时，该法域没有适用于此种方法和来源的有效标准。",
        ),
        Text(
            "Ask the forum's central authority whether it adopts one; its court may still apply the law.",
            "向该法域中央机关了解是否将采纳相应标准；法院仍可直接适用法律。",
        ),
    ),
}
