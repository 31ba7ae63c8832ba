# SPDX-License-Identifier: Apache-2.0
"""The sections that tell the investigator's record: who, when, where, why, how."""

from __future__ import annotations

from collections.abc import Iterator

from concordat.evidence.report import words
from concordat.evidence.report.inputs import LegalBasis, Party, Person, RecordData
from concordat.evidence.report.listing import Listing, summary_text
from concordat.evidence.report.support import DECLARED, MEASURED, SEEN, Backing, Supports, fact, stated
from concordat.rendering.content import Fact, Facts, Paragraph, Section, Text, Tone, data
from concordat.rendering.present import MARKS
from concordat.rendering.times import duration, shown, span


def summary_section(record: RecordData, listing: Listing) -> Section:
    """Make the first section: time, place, forensic personnel, data format, data type."""
    rows = (
        fact("time", Text("Time", "时间"), *span(record.started, record.ended)),
        fact("place", Text("Place", "地点"), *_place(record)),
        fact(
            "forensic_personnel",
            Text("Forensic personnel", "取证人员"),
            *_team(record),
        ),
        fact(
            "data_format",
            Text("Data format", "数据格式"),
            summary_text(listing.formats),
            backed=MEASURED,
        ),
        fact(
            "data_type",
            Text("Data type", "数据类型"),
            summary_text(listing.types),
            backed=DECLARED,
        ),
        fact("method", Text("Method", "取证方法"), record.method),
    )
    legend = tuple(
        Text(*(f"{MARKS[mark][i]}: {meaning[i]}" for i in (0, 1)))
        for mark, meaning in words.MARKS_MEAN.items()
    )
    note = Text(
        "The mark beside each fact says what stands behind it. "
        + "; ".join(line.en for line in legend)
        + ".",
        "每项事实旁的标记说明其依据。" + "；".join(line.zh.replace(": ", "：") for line in legend) + "。",
    )
    return Section("summary", Text("Summary", "概要"), (Facts(rows), Paragraph(note, Tone.NOTE)))


def _place(record: RecordData) -> tuple[Text, ...]:
    described = (record.place_subdivision, *record.place_description.splitlines())
    return (record.place, *(data(line) for line in described if line.strip()))


def _team(record: RecordData) -> tuple[Text, ...]:
    return tuple(data(person_line(person)) for person in (record.collector, record.second) if person)


def person_line(person: Person) -> str:
    """Name a person with rank and badge on one line."""
    return ", ".join(part for part in (person.name, person.rank, person.badge) if part)


def case_section(record: RecordData, supports: Supports) -> Section:
    """Make the section on case, mandate, scope and legal basis."""
    rows = [
        stated("case", Text("Case", "案件编号"), record.case),
        stated("title", Text("Title", "案由"), record.title),
        fact("agency", Text("Agency", "取证机关"), record.agency, backed=supports.of("COLLECTOR_SIGNED")),
        fact("forums", Text("Forums", "适用法域"), *record.forums),
        *_basis(record.legal_basis, supports),
        stated(
            "mandate",
            Text("Request for assistance", "协助请求"),
            record.mandate,
            supports.of("MANDATE_COVERS"),
            mono=True,
        )
        if record.mandate
        else fact("mandate", Text("Request for assistance", "协助请求"), words.NONE),
        fact(
            "confidentiality",
            Text("Confidentiality", "密级"),
            words.word(words.CONFIDENTIALITY, record.confidentiality),
            backed=supports.of("CONFIDENTIALITY_SET"),
        ),
        *(
            [fact("preserve", Text("Preserve even if refused", "不符合标准时仍予保全"), words.yes(True))]
            if record.preserve
            else []
        ),
        stated(
            "use_limits",
            Text("Limits of use", "使用限制"),
            record.use_limits,
            supports.of("USE_LIMITS_STATED"),
        ),
    ]
    return Section("case", Text("Case, authority and scope", "案件、依据与范围"), (Facts(tuple(rows)),))


def _basis(basis: LegalBasis | None, supports: Supports) -> tuple[Fact, ...]:
    label = Text("Legal basis", "法律依据")
    if basis is None:
        return (fact("legal_basis", label),)
    cited = supports.of("LEGAL_BASIS_CITED", "COURT_AUTHORISED")
    rows = [fact("legal_basis", label, basis.type, data(basis.reference), backed=cited)]
    if basis.issuer_rank:
        rank = supports.of("APPROVED_AT_REQUIRED_RANK")
        rows.append(
            stated("legal_basis.issuer", Text("Issued by (rank)", "签发人（职级）"), basis.issuer_rank, rank)
        )
    in_time = supports.of("LEGAL_BASIS_IN_TIME")
    if basis.valid_from:
        rows.append(
            fact("legal_basis.from", Text("Valid from", "生效时间"), *shown(basis.valid_from), backed=in_time)
        )
    if basis.valid_until:
        rows.append(
            fact(
                "legal_basis.until",
                Text("Valid until", "失效时间"),
                *shown(basis.valid_until),
                backed=in_time,
            )
        )
    return tuple(rows)


def persons_section(record: RecordData, supports: Supports) -> Section:
    """Make the section on collector, second officer, holder and witness.

    Names are always declared: what the contract sees is a signature by a key.
    """
    rows = [
        *_officer("collector", Text("Collector", "取证人"), record.collector, supports, "COLLECTOR_SIGNED"),
        *_officer(
            "second_officer",
            Text("Second officer", "第二名取证人员"),
            record.second,
            supports,
            "SECOND_OFFICER_SIGNED",
        ),
        *_party("holder", Text("Holder", "持有人（提供人）"), record.holder, supports, "HOLDER"),
        *_party("witness", Text("Witness", "见证人"), record.witness, supports, "WITNESS"),
    ]
    return Section("persons", Text("Persons", "人员"), (Facts(tuple(rows)),))


def _officer(key: str, label: Text, person: Person | None, supports: Supports, signed: str) -> Iterator[Fact]:
    yield fact(key, label, data(person_line(person)) if person else words.NONE)
    if person and person.qualification:
        yield stated(f"{key}.qualification", Text("Qualification", "资质"), person.qualification)
    if key == "collector" and supports.of("COLLECTOR_QUALIFIED") == SEEN:
        valid = Text("valid when collection started", "取证开始时有效")
        yield fact(
            f"{key}.qualified", Text("Qualification in the appointment", "任命所载资质"), valid, backed=SEEN
        )
    yield from _signature(key, supports.of(signed))


def _signature(key: str, backed: Backing) -> Iterator[Fact]:
    """Say that the contract checked somebody's signature, if it did."""
    if backed == SEEN:
        yield fact(f"{key}.signature", Text("Signature", "签名"), Text("checked", "已核验"), backed=SEEN)


def _party(key: str, label: Text, party: Party | None, supports: Supports, name: str) -> Iterator[Fact]:
    if party is None:
        yield fact(key, label)
    else:
        lines = [Text("present", "在场") if party.present else Text("not present", "不在场")]
        if party.eligible is not None:
            eligible = Text("eligible", "符合见证人条件"), Text("not eligible", "不符合见证人条件")
            lines.append(eligible[0] if party.eligible else eligible[1])
        yield fact(key, label, *lines)
        if party.reason:
            reasoned = supports.of(f"{name}_ABSENCE_REASONED")
            yield stated(f"{key}.reason", Text("Reason", "理由"), party.reason, reasoned)
    yield from _signature(key, supports.of(f"{name}_SIGNED"))


def time_place_section(record: RecordData, supports: Supports) -> Section:
    """Make the section on times, clock and places."""
    clock = supports.of("CLOCK_OFFSET_RECORDED")
    offset = (
        (data(f"{record.clock_offset_ms:+,} ms"),)
        if record.clock_offset_ms is not None
        else (words.NOT_STATED,)
    )
    rows = (
        fact("started", Text("Started", "开始时间"), *shown(record.started)),
        fact("ended", Text("Ended", "结束时间"), *shown(record.ended)),
        fact("duration", Text("Duration", "时长"), duration(record.started, record.ended)),
        stated("clock.source", Text("Clock source", "时钟来源"), record.clock_source, clock),
        fact("clock.offset", Text("Clock offset", "时钟偏差"), *offset, backed=clock),
        fact("place.full", Text("Place of collection", "取证地点"), *_place(record)),
        fact("data_location", Text("Where the data were", "数据所在地"), record.data_location),
    )
    return Section("time_place", Text("Time and place", "时间与地点"), (Facts(rows),))


def method_section(record: RecordData, supports: Supports) -> Section:
    """Make the section on method, source and tools."""
    tools = supports.of("TOOL_IDENTIFIED")
    rows = [
        fact("method.full", Text("Method", "取证方法"), record.method),
        stated(
            "source",
            Text("Source", "来源"),
            "\n".join((record.source_description, record.source_locator)),
            supports.of("SOURCE_STATEMENT"),
        ),
    ]
    for number, tool in enumerate(record.tools, 1):
        name = data(f"{tool.name} {tool.version}")
        rows.append(fact(f"tool.{number}", Text(f"Tool {number}", f"工具{number}"), name, backed=tools))
        if tool.validation:
            label = Text(f"Tool {number}, validation", f"工具{number}验证")
            rows.append(
                stated(f"tool.{number}.validation", label, tool.validation, supports.of("TOOL_VALIDATED"))
            )
    if not record.tools:
        rows.append(fact("tools", Text("Tools", "工具")))
    return Section("method", Text("Method, source and tools", "方法、来源与工具"), (Facts(tuple(rows)),))
