# SPDX-License-Identifier: Apache-2.0
"""What HTML and PDF have in common: which languages, how a mark reads, how an exhibit becomes a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from concordat.errors import UsageError
from concordat.evidence.report import words
from concordat.evidence.report.content import LANGUAGES, Column, Exhibits, Fact, Mark, Table, Text, data
from concordat.evidence.report.listing import format_text, size_text, type_text

HTML_LANGUAGE: Final[Mapping[str, str]] = {"en": "en", "zh": "zh-Hans"}
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
    "standards": Text("Standards", "标准"),
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


def wordings(text: Text, languages: Sequence[str]) -> tuple[str, ...]:
    """Give the wordings to be shown, each once."""
    return tuple(dict.fromkeys(text.of(language) for language in languages))


def mark_text(fact: Fact) -> Text | None:
    """Word the mark of a fact: "supported by exhibit 3"; None where there is no mark."""
    if fact.mark is None:
        return None
    word = words.MARKS[fact.mark]
    if fact.exhibit == 0:  # leaf 0: the record and the manifest over it
        return Text(f"{word.en} by the record", f"{word.zh}：取证记录")
    if fact.exhibit is not None:
        return Text(f"{word.en} by exhibit {fact.exhibit}", f"{word.zh}：检材{fact.exhibit}")
    if fact.attester:
        return Text(f"{word.en} by {fact.attester}", f"{word.zh}：{fact.attester}")
    return word


def exhibits_table(exhibits: Exhibits) -> Table:
    """Lay the exhibits out as a table."""
    columns = (
        Column("n", Text("No.", "序号"), 10),
        Column("path", Text("File", "文件"), 31, mono=True),
        Column("format", Text("Format, type, size", "格式、类型、大小"), 29),
        Column("hashes", data("SHA-256, SM3"), 30, mono=True),
    )
    return Table("exhibits", columns, tuple(_exhibit_row(entry) for entry in exhibits.entries))


def _exhibit_row(entry: Mapping[str, Any]) -> tuple[tuple[Text, ...], ...]:
    number = (data(entry["number"]),) if entry.get("number") else ()
    kind = format_text(str(entry["kind"]), str(entry.get("media") or ""))
    category = type_text(str(entry.get("category") or ""), str(entry.get("role") or ""))
    findings = tuple(Text(f"finding: {code}", f"发现事项：{code}") for code in entry.get("findings") or ())
    return (
        (data(entry["n"]), *number),
        (data(entry["path"]),),
        (kind, category, data(size_text(entry["size"])), *findings),
        (data(entry["sha256"]), data(f"SM3 {entry['sm3']}")),
    )
