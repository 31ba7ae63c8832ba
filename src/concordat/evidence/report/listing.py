# SPDX-License-Identifier: Apache-2.0
"""The exhibits: one pass over them, whatever their number, and the sections made from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from concordat.evidence.report import words
from concordat.evidence.report.exhibits import Exhibits, format_text, size_text, type_text
from concordat.evidence.report.inputs import ExhibitList
from concordat.evidence.report.support import MEASURED, fact
from concordat.rendering.content import (
    LIMIT,
    Block,
    Column,
    Facts,
    Paragraph,
    Section,
    Table,
    Text,
    Tone,
    data,
)

Row = tuple[tuple[Text, ...], ...]


@dataclass(frozen=True, slots=True)
class Total:
    """How many exhibits of one format or type there are, and their bytes."""

    name: Text
    count: int
    size: int


@dataclass(frozen=True, slots=True)
class Listing:
    """What one pass over the exhibits leaves: counts, sizes, the first ones, the documents.

    `formats` and `types` are those of what was collected; the documents of the file are not among them.
    """

    count: int
    size: int
    sha256: str
    entries: tuple[Mapping[str, Any], ...]
    documents: tuple[Mapping[str, Any], ...]
    documents_count: int
    formats: tuple[Total, ...]
    types: tuple[Total, ...]


def read(exhibits: ExhibitList) -> Listing:
    """Go once through the exhibits, keeping at most `LIMIT` entries and `LIMIT` documents."""
    entries: list[Mapping[str, Any]] = []
    documents: list[Mapping[str, Any]] = []
    formats, types = _Tally(), _Tally()
    documents_count = size = count = 0
    for entry in exhibits.entries:
        count += 1
        size += entry["size"]
        if len(entries) < LIMIT:
            entries.append(entry)
        if entry.get("role"):
            documents_count += 1
            if len(documents) < LIMIT:
                documents.append(entry)
            continue
        formats.add((str(entry["kind"]), str(entry.get("media") or "")), entry["size"])
        types.add((str(entry.get("category") or ""), ""), entry["size"])
    return Listing(
        count=count,
        size=size,
        sha256=exhibits.sha256,
        entries=tuple(entries),
        documents=tuple(documents),
        documents_count=documents_count,
        formats=formats.totals(format_text),
        types=types.totals(type_text),
    )


class _Tally:
    """Counts exhibits and bytes by a pair of codes."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()
        self._sizes: Counter[tuple[str, str]] = Counter()

    def add(self, key: tuple[str, str], size: int) -> None:
        self._counts[key] += 1
        self._sizes[key] += size

    def totals(self, name: Callable[[str, str], Text]) -> tuple[Total, ...]:
        """Give the totals, the most frequent first, equal ones by code."""
        keys = sorted(self._counts, key=lambda key: (-self._counts[key], key))
        return tuple(Total(name(*key), self._counts[key], self._sizes[key]) for key in keys)


def summary_text(totals: tuple[Total, ...], most: int = 8) -> Text:
    """Say in one sentence which formats or types there are and how many of each."""
    shown = totals if len(totals) <= most else totals[: most - 1]
    en = [f"{each.name.en}: {each.count:,}" for each in shown]
    zh = [f"{each.name.zh}：{each.count:,}" for each in shown]
    if len(totals) > most:
        rest = len(totals) - len(shown)
        en.append(f"and {rest} more, see the section on exhibits")
        zh.append(f"另有{rest}种，见检材一节")
    return Text("; ".join(en), "；".join(zh)) if totals else words.NONE


def exhibits_section(listing: Listing, before_report: bool, stages: Mapping[str, int]) -> Section:
    """Make the section with totals, formats, types and the list itself."""
    scope = (
        Text(
            "SHA-256 of exhibits.jsonl before the line of this report",
            "exhibits.jsonl（不含本报告所在行）的SHA-256",
        )
        if before_report
        else Text("SHA-256 of exhibits.jsonl", "exhibits.jsonl的SHA-256")
    )
    blocks: list[Block] = [
        Facts(
            (
                fact(
                    "exhibits.count",
                    Text("Number of exhibits", "检材数量"),
                    data(f"{listing.count:,}"),
                    backed=MEASURED,
                ),
                fact(
                    "exhibits.documents",
                    Text("Documents among them", "其中文书"),
                    data(f"{listing.documents_count:,}"),
                    backed=MEASURED,
                ),
                fact(
                    "exhibits.size",
                    Text("Total size", "总大小"),
                    data(size_text(listing.size)),
                    backed=MEASURED,
                ),
                fact("exhibits.sha256", scope, data(listing.sha256), backed=MEASURED, mono=True),
                fact(
                    "exhibits.algorithms",
                    Text("Hash algorithms", "哈希算法"),
                    data("SHA-256, SM3"),
                    backed=MEASURED,
                ),
                *_stage_facts(stages),
            )
        ),
        _totals_table(
            "formats",
            Text("Data format (recognised from content)", "数据格式（依内容识别）"),
            listing.formats,
        ),
        _totals_table("types", Text("Data type (as the record says)", "数据类型（依笔录）"), listing.types),
    ]
    if listing.count > LIMIT:
        blocks.append(
            Paragraph(
                Text(
                    f"Only the first {LIMIT} of {listing.count:,} exhibits are shown here. The full list "
                    "is the file "
                    "exhibits.jsonl, which the hash above identifies.",
                    f"此处仅列出{listing.count:,}件检材中的前{LIMIT}件。完整清单为文件exhibits.jsonl，"
                    "以上述哈希值为准。",
                ),
                Tone.NOTE,
            )
        )
    blocks.append(Exhibits(listing.count, listing.size, listing.sha256, listing.entries))
    return Section("exhibits", Text("Exhibits", "检材"), tuple(blocks))


def _stage_facts(stages: Mapping[str, int]) -> tuple[Any, ...]:
    """Say how the files compare with the hash list of the source, if one was given."""
    if not stages:
        return ()
    names = {
        "matched": Text("matched", "一致"),
        "changed": Text("changed", "不一致"),
        "missing": Text("missing", "缺失"),
        "extra": Text("not in the list", "清单外"),
    }
    line = Text(*(", ".join(f"{names.get(k, data(k))[i]}: {v:,}" for k, v in stages.items()) for i in (0, 1)))
    label = Text("Compared with the hash list of the source", "与源端哈希清单比对")
    return (fact("exhibits.stages", label, line, backed=MEASURED),)


def _totals_table(key: str, label: Text, totals: tuple[Total, ...]) -> Table:
    """Make the table of formats or types with number and bytes of each."""
    columns = (
        Column("name", label, 50),
        Column("count", Text("Exhibits", "检材数"), 15),
        Column("size", Text("Size", "大小"), 35),
    )
    rows: tuple[Row, ...] = tuple(
        ((each.name,), (data(f"{each.count:,}"),), (data(size_text(each.size)),)) for each in totals[:LIMIT]
    )
    return Table(key, columns, rows)


def documents_section(listing: Listing) -> Section:
    """Make the annex: the documents among the exhibits, with role and hash."""
    columns = (
        Column("exhibit", Text("Exhibit", "检材号"), 9),
        Column("role", Text("Role", "性质"), 21),
        Column("path", Text("File", "文件"), 30, mono=True),
        Column("sha256", Text("SHA-256", "SHA-256"), 40, mono=True),
    )
    rows: tuple[Row, ...] = tuple(
        (
            (data(entry["n"]),),
            (words.word(words.ROLES, str(entry["role"])),),
            (data(entry["path"]),),
            (data(entry["sha256"]),),
        )
        for entry in listing.documents
    )
    none = Paragraph(Text("The record cites no documents.", "笔录未引用任何文书。"))
    return Section(
        "documents",
        Text("Annex: documents cited", "附件：所引文书"),
        (Table("documents", columns, rows),) if rows else (none,),
    )
