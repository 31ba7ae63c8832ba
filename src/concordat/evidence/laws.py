# SPDX-License-Identifier: Apache-2.0
"""Laws with their dates, and the bilingual sentences of rulebooks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, unique


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence or title in English and Chinese; ``text["zh"]`` and ``text.zh`` are the same."""

    en: str
    zh: str

    def __getitem__(self, lang: str) -> str:
        if lang not in ("en", "zh"):
            raise KeyError(lang)
        return self.zh if lang == "zh" else self.en

    def as_dict(self) -> dict[str, str]:
        """Both languages, for JSON."""
        return {"en": self.en, "zh": self.zh}


@unique
class Certainty(StrEnum):
    """How well a source is known to whoever wrote the rule."""

    READ = "V"
    SECONDARY = "P"
    MEMORY_HIGH = "M+"
    MEMORY = "M"
    MEMORY_LOW = "M-"

    def label(self) -> Text:
        """Meaning of the code."""
        return _CERTAINTY[self]


_CERTAINTY = {
    Certainty.READ: Text("read in the text of the law", "已查阅法律文本"),
    Certainty.SECONDARY: Text("seen in a secondary source", "见于二手资料"),
    Certainty.MEMORY_HIGH: Text("from memory, probably right", "凭记忆，把握较大"),
    Certainty.MEMORY: Text("from memory", "凭记忆"),
    Certainty.MEMORY_LOW: Text("from memory, uncertain", "凭记忆，把握较小"),
}


@unique
class LawKind(StrEnum):
    """What a source is."""

    LAW = "law"
    """A law, regulation or judicial interpretation: it binds."""
    GUIDANCE = "guidance"
    """Opinions and policies of authorities."""
    TECHNICAL = "technical"
    """A technical standard or guideline."""
    CHOICE = "choice"
    """A choice of this project where no source says anything: no dates, always in force."""


@dataclass(frozen=True, slots=True)
class Law:
    """One source of law.

    Attributes:
        id: short name by which rules cite it.
        title: as in citations.
        adopted: the day it was adopted or published; None only for choices of this project.
        in_force: the first day on which it applied; None only for choices of this project.
        repealed: the first day on which it no longer applied, or None.
        certainty: how sure title and dates are.
        note: what a reader has to know, or None.
        line: where it stands in its file.

    """

    id: str
    kind: LawKind
    title: Text
    adopted: date | None
    in_force: date | None
    repealed: date | None
    certainty: Certainty
    note: Text | None = None
    line: int = 0

    def in_force_on(self, day: date) -> bool:
        """Whether it applied on this day, in its own country's calendar."""
        if self.in_force is None:
            return self.kind is LawKind.CHOICE
        return self.in_force <= day and (self.repealed is None or day < self.repealed)


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in a law: its id and the article, section or clause in both languages."""

    law: str
    article: Text


def article(text: str) -> Text | None:
    """Both forms of a place written in short, or None if the short form is not known.

    Chinese law is cited in Chinese numerals: ``art. 112(1)`` is 第一百一十二条第（一）项, ``arts 8-9`` is
    第八条至第九条, ``item 14`` is 第十四条. Other law keeps its figures: ``s. 90A(4)`` is 第90A条第(4)款,
    ``sec. 4.2`` is 第4.2节. Several are separated by semicolons.
    """
    parts = [_chinese_place(part) for part in text.split("; ")]
    return None if "" in parts else Text(text, "、".join(parts))


def _chinese_place(text: str) -> str:
    for form, chinese in _PLACES:
        match = form.fullmatch(text)
        if match:
            numerals = [numeral(int(part)) if part.isdecimal() else part for part in match.groups()]
            return chinese.format(*match.groups(), *numerals)
    return ""


def numeral(number: int) -> str:
    """Write a number below 1000 in Chinese, as laws number their articles: 112 is 一百一十二."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    result = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        result += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        result += "零"
    return result + (_DIGITS[ones] if ones else "")


_DIGITS = "零一二三四五六七八九"

# Forms of places; the groups come first as they are, then in Chinese numerals.
_PLACES = (
    (re.compile(r"(?:art\.|item) (\d{1,3})"), "第{1}条"),
    (re.compile(r"arts (\d{1,3})-(\d{1,3})"), "第{2}条至第{3}条"),
    (re.compile(r"art\. (\d{1,3})\((\d{1,2})\)"), "第{2}条第（{3}）项"),
    (re.compile(r"s\. (\d+[A-Z]*)"), "第{0}条"),
    (re.compile(r"s\. (\d+[A-Z]*)\((\d+)\)"), "第{0}条第({1})款"),
    (re.compile(r"s\. (\d+[A-Z]*)\((\d+)\)-\((\d+)\)"), "第{0}条第({1})款至第({2})款"),
    (re.compile(r"sec\. (\d+(?:\.\d+)*)"), "第{0}节"),
)
