# SPDX-License-Identifier: Apache-2.0
"""The extradition checklist of the country that is asked, with the timeline of the request's statuses."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from concordat.assets.papers.matter import Act, moment
from concordat.assets.papers.parts import fact
from concordat.cooperation.law import library
from concordat.cooperation.law.parts import Check, Country, Matter, Treaty
from concordat.cooperation.papers import blocks
from concordat.cooperation.papers.letters import dual_criminality
from concordat.cooperation.papers.petition import Petition
from concordat.cooperation.states import AssistanceStatus
from concordat.evidence.laws import Certainty
from concordat.evidence.laws import Text as LawText
from concordat.evidence.reasontexts import cite
from concordat.rendering.content import (
    Block,
    Column,
    Document,
    Facts,
    Paragraph,
    Section,
    Table,
    Text,
    Tone,
    data,
)
from concordat.rendering.times import shown

Row = tuple[tuple[Text, ...], ...]

_STATEMENT: Final = Text(
    "A working list, not legal advice and not a ruling", "工作清单，并非法律意见或者裁判"
)


_COLUMNS: Final = (
    Column("done", Text("There", "已备"), 9),
    Column("what", Text("What is needed", "所需材料、条件"), 55),
    Column("law", Text("Law", "法律"), 36),
)


@dataclass(frozen=True)
class Step:
    """One change of status, as the chain recorded it.

    Attributes:
        at: seconds since 1970 UTC.
        by: agency that did it; "" where time did.
    """

    status: AssistanceStatus
    at: int
    by: str = ""


def checklist(petition: Petition, act: Act, timeline: Sequence[Step], done: Collection[str] = ()) -> Document:
    """What the country asked needs for an extradition, what of it is there, and how far the request is.

    Args:
        petition: the request, of the kind EXTRADITION or REPATRIATION.
        act: dates and numbers the paper.
        timeline: statuses, oldest first.
        done: ids of the checks that are fulfilled.
    """
    known = library.find_country(petition.request.to)
    return blocks.paper(
        petition,
        act,
        "extradition-checklist",
        Text("Extradition checklist and timeline", "引渡材料清单与进度表"),
        _STATEMENT,
        (
            blocks.lead(petition, _intro(), more=(blocks.officer(petition),)),
            _treaty(petition, done),
            _country(known, done) if known else _unknown(),
            _dual(petition),
            _timeline(timeline, petition),
            blocks.clocks(petition),
        ),
        suffix="EXT",
    )


def missing(home: str, country: str, done: Collection[str]) -> tuple[str, ...]:
    """Ids of what law and treaty want and is not there yet; empty too where nothing is known."""
    known = library.find_country(country)
    checks = [each.id for each in known.extradition.checks] if known else []
    checks += [each.id for treaty in _treaties(home, country) for each in treaty.checks]
    return tuple(name for name in checks if name not in done)


def _intro() -> Text:
    return Text(
        "What the law and the treaties of the country asked want of the request, as far as this project "
        "knows them. What is marked with (?) is from memory: check it before it is relied on.",
        "被请求国法律及条约对请求的要求，以本项目掌握为限。标有（?）的系凭记忆，使用前须核实。",
    )


def _treaties(home: str, country: str) -> tuple[Treaty, ...]:
    """Treaties on extradition between two countries, as far as they are known."""
    here = library.find_country(home)
    known = here.treaties if here else ()
    return tuple(each for each in known if (each.partner, each.matter) == (country, Matter.EXTRADITION))


def _treaty(petition: Petition, done: Collection[str]) -> Section:
    """The treaty between the two, and what it asks."""
    found = _treaties(petition.home, petition.request.to)
    if not found:
        none = Text(
            "No treaty on extradition between the two is known here: conventions or reciprocity remain.",
            "本项目未掌握双方之间的引渡条约，可依多边公约或者互惠办理。",
        )
        return Section("treaty", Text("Treaty", "条约"), (Paragraph(none, Tone.WARNING),))
    blocks_of = tuple(block for each in found for block in _known(each, done))
    return Section("treaty", Text("Treaty", "条约"), blocks_of)


def _known(treaty: Treaty, done: Collection[str]) -> tuple[Block, ...]:
    rows = [
        fact("title", Text("Title", "名称"), _doubted(blocks.said(treaty.title), treaty.certainty)),
        fact("signed", Text("Signed", "签署"), data(treaty.signed)) if treaty.signed else None,
        fact("in-force", Text("In force", "生效"), data(treaty.in_force)) if treaty.in_force else None,
        fact("state", Text("State", "状态"), blocks.said(treaty.bond.label())),
    ]
    parts: list[Block] = [Facts(tuple(row for row in rows if row))]
    if treaty.note:
        parts.append(Paragraph(blocks.said(treaty.note), Tone.NOTE))
    if treaty.checks:
        rows_of = tuple(
            _row(each.id in done, each.says, blocks.said(each.article), each.certainty)
            for each in treaty.checks
        )
        parts.append(Table("treaty-checks", _COLUMNS, rows_of))
    return tuple(parts)


def _country(known: Country, done: Collection[str]) -> Section:
    """The checklist of the country that is asked."""
    law, death = known.extradition, known.death_penalty
    authority = known.authority(Matter.EXTRADITION)
    months, days = law.least_months, law.provisional_days
    rows = [
        fact("authority", Text("Authority", "主管机关"), blocks.said(authority.name)) if authority else None,
        fact("languages", Text("Languages", "语言"), data(", ".join(known.languages))),
        fact(
            "least",
            Text("Least maximum penalty", "最低法定最高刑"),
            _doubted(Text(f"{months} months", f"{months}个月"), law.source.certainty),
        ),
        fact(
            "provisional",
            Text("Provisional arrest", "临时羁押"),
            _doubted(
                Text(f"at most {days} days", f"至多{days}日") if days else Text("not known", "不掌握"),
                law.source.certainty,
            ),
        ),
        fact("nationals", Text("Nationals", "本国公民"), blocks.said(law.nationals)),
        fact(
            "death", Text("Death penalty", "死刑"), _doubted(blocks.said(death.says), death.source.certainty)
        ),
    ]
    table = Table("checks", _COLUMNS, tuple(_check(each, known, each.id in done) for each in law.checks))
    return Section(
        "country",
        Text("What the country asked needs", "被请求国的要求"),
        (Facts(tuple(row for row in rows if row)), table),
    )


def _check(check: Check, known: Country, done: bool) -> Row:
    law = known.laws[check.source.reference.law]
    citation = cite(law, check.source.reference.article)
    return _row(done, check.says, blocks.said(citation), check.source.certainty)


def _row(done: bool, says: LawText, law: Text, certainty: Certainty) -> Row:
    return ((data("■" if done else "□"),), (blocks.said(says),), (_doubted(law, certainty),))


def _unknown() -> Section:
    text = Text(
        "Nothing about this country comes with this project: ask its central authority for its requirements.",
        "本项目未收录该国资料，须向其中央机关了解要求。",
    )
    return Section(
        "country", Text("What the country asked needs", "被请求国的要求"), (Paragraph(text, Tone.WARNING),)
    )


def _dual(petition: Petition) -> Section | None:
    offence = petition.request.offence
    if offence is None:
        return None
    found = library.dual_criminality(offence, petition.home, petition.request.to)
    return dual_criminality(found, petition)


def _timeline(timeline: Sequence[Step], petition: Petition) -> Section:
    """Every status with its time, and what lies between."""
    columns = (
        Column("at", Text("Time", "时间"), 34),
        Column("status", Text("Status", "状态"), 40),
        Column("by", Text("By", "办理机关"), 26),
    )
    rows = tuple(
        (
            shown(moment(step.at), petition.zone),
            (blocks.said(step.status.label()),),
            (data(step.by) if step.by else Text("time alone", "期限届满"),),
        )
        for step in timeline
    )
    none = Text("Nothing is recorded yet.", "尚无记录。")
    parts: tuple[Block, ...] = (Table("timeline", columns, rows),) if rows else (Paragraph(none),)
    return Section("timeline", Text("Timeline", "进度"), parts)


def _doubted(text: Text, certainty: Certainty) -> Text:
    """With a mark where it is from memory."""
    if certainty in blocks.READ:
        return text
    return Text(f"{text.en} (?)", f"{text.zh}（?）")
