# SPDX-License-Identifier: Apache-2.0
"""The list of exhibits as a block of a document: the full list by its hash, the first ones in full."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from concordat.evidence.report import words
from concordat.rendering import json
from concordat.rendering.content import Column, Composed, Table, Text, data


@dataclass(frozen=True, slots=True)
class Exhibits(Composed):
    """The list of exhibits.

    `entries` are the lines of ``exhibits.jsonl`` as they stand, at most `LIMIT`.
    """

    count: int
    size: int
    sha256: str
    entries: tuple[Mapping[str, Any], ...]

    def shown(self) -> Table:
        """Lay the exhibits out as a table."""
        columns = (
            Column("n", Text("No.", "序号"), 10),
            Column("path", Text("File", "文件"), 31, mono=True),
            Column("format", Text("Format, type, size", "格式、类型、大小"), 29),
            Column("hashes", data("SHA-256, SM3"), 30, mono=True),
        )
        return Table("exhibits", columns, tuple(_exhibit_row(entry) for entry in self.entries))


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


def format_text(kind: str, media: str) -> Text:
    """Name a data format: what was recognised in the content, with the media type if known."""
    label = words.word(words.KINDS, kind)
    return Text(f"{label.en} ({media})", f"{label.zh}（{media}）") if media else label


def type_text(category: str, role: str) -> Text:
    """Name a data type: the category in the record, or what a document of the file is."""
    if category or not role:
        return words.word(words.CATEGORIES, category)
    return words.word(words.ROLES, role)


def size_text(size: int) -> str:
    """Write a number of bytes in full, and rounded once it is large."""
    exact = f"{size:,} B"
    value, units = size / 1000, ["kB", "MB", "GB", "TB"]
    while value >= 1000 and len(units) > 1:
        value, units = value / 1000, units[1:]
    return exact if size < 10_000 else f"{exact} ({value:.1f} {units[0]})"


json.register(
    "exhibits",
    Exhibits,
    lambda form: Exhibits(form["count"], form["size"], form["sha256"], tuple(form["entries"])),
)
