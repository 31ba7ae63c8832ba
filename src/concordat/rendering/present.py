# SPDX-License-Identifier: Apache-2.0
"""What HTML and PDF have in common: which languages, how a mark reads, fixed labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from concordat.errors import UsageError
from concordat.rendering.content import LANGUAGES, Document, Fact, Mark, Text, data
from concordat.rendering.times import shown

HTML_LANGUAGE: Final[Mapping[str, str]] = {"en": "en", "zh": "zh-Hans"}
MARKS: Final[Mapping[Mark, Text]] = {
    Mark.SEEN: Text("seen", "合约核验"),
    Mark.MEASURED: Text("measured", "程序测得"),
    Mark.SUPPORTED: Text("supported", "有佐证"),
    Mark.DECLARED: Text("declared", "仅申报"),
}
SIGNS: Final[Mapping[Mark, str]] = {
    Mark.SEEN: "●",
    Mark.MEASURED: "◎",
    Mark.SUPPORTED: "◆",
    Mark.DECLARED: "○",
}
VERDICT_COLORS: Final[Mapping[str, str]] = {
    "CONFORMS": "#1d5c3a",
    "CONFORMS_WITH_NOTE": "#1d5c3a",
    "CURABLE": "#8a5a00",
    "PRESERVED": "#4a4a4a",
    "REFUSED": "#8b1a1a",
    "NO_STANDARD": "#4a4a4a",
}
LABELS: Final[Mapping[str, Text]] = {
    "number": Text("Document no.", "文书编号"),
    "agency": Text("Agency", "机关"),
    "case": Text("Case", "案件编号"),
    "title": Text("Title", "案由"),
    "dated": Text("Dated", "日期"),
    "hash": Text("SHA-256 of this document's JSON", "本文书JSON的SHA-256"),
    "contents": Text("Contents", "目录"),
    "signature": Text("Signature, place and date", "签名、地点及日期"),
}


def chosen(languages: Sequence[str]) -> tuple[str, ...]:
    """Check a choice of languages and drop repetitions.

    Raises:
        UsageError: none chosen, or one that the documents do not speak.

    """
    wrong = [language for language in languages if language not in LANGUAGES]
    if wrong or not languages:
        raise UsageError(
            f"No document can be made in the language {', '.join(wrong) or 'list given, which is empty'}.",
            code="report.language",
            next="Choose en, zh, or en,zh.",
        )
    return tuple(dict.fromkeys(languages))


def head_rows(document: Document) -> tuple[tuple[Text, tuple[Text, ...]], ...]:
    """Label and lines of what stands under the title; what a document does not have is left out."""
    rows = (
        ("number", (data(document.number),)),
        ("case", (data(document.case),) if document.case else ()),
        ("title", tuple(data(line) for line in document.case_title.splitlines() if line)),
        ("dated", shown(document.dated)),
    )
    return tuple((LABELS[key], lines) for key, lines in rows if lines)


def review_text(document: Document) -> Text:
    """Who reviewed what the document rests on, a sentence."""
    what, who = document.reviewed, document.review
    return Text(f"{what.en}: {who.en}.", f"{what.zh}：{who.zh}。")


def wordings(text: Text, languages: Sequence[str]) -> tuple[str, ...]:
    """Give the wordings to be shown, each once."""
    return tuple(dict.fromkeys(text.of(language) for language in languages))


def mark_text(fact: Fact) -> Text | None:
    """Word the mark of a fact: "supported by exhibit 3"; None where there is no mark."""
    if fact.mark is None:
        return None
    word = MARKS[fact.mark]
    if fact.exhibit == 0:  # leaf 0: the record and the manifest over it
        return Text(f"{word.en} by the record", f"{word.zh}：取证记录")
    if fact.exhibit is not None:
        return Text(f"{word.en} by exhibit {fact.exhibit}", f"{word.zh}：检材{fact.exhibit}")
    if fact.attester:
        return Text(f"{word.en} by {fact.attester}", f"{word.zh}：{fact.attester}")
    return word
