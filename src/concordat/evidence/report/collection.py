# SPDX-License-Identifier: Apache-2.0
"""The collection report: made while packing, before registering; its JSON is the last exhibit.

It therefore cannot hold the root, the manifest's hash or anything of the chain. The certificate holds those.
"""

from __future__ import annotations

import hashlib

from concordat.evidence.report import words
from concordat.evidence.report.inputs import CollectionInput, RecordData
from concordat.evidence.report.limits import findings_section, limits_section, uncertain_section
from concordat.evidence.report.listing import documents_section, exhibits_section, read
from concordat.evidence.report.record import (
    case_section,
    method_section,
    person_line,
    persons_section,
    summary_section,
    time_place_section,
)
from concordat.evidence.report.support import Supports, fact
from concordat.evidence.report.verdict import assessment_section, reviews_text
from concordat.rendering.content import (
    Document,
    Fact,
    Facts,
    Items,
    Paragraph,
    Section,
    Signature,
    Signatures,
    Text,
    Tone,
    data,
)

KIND = "collection-report/1"


def collection_report(given: CollectionInput) -> Document:
    """Make the collection report.

    Args:
        given: everything it says; ``given.exhibits.entries`` is read once.

    """
    record, supports, listing = given.record, Supports(given.steps), read(given.exhibits)
    sections = (
        summary_section(record, listing),
        assessment_section(given.assessments),
        case_section(record, supports),
        persons_section(record, supports),
        time_place_section(record, supports),
        method_section(record, supports),
        steps_section(supports),
        exhibits_section(listing, before_report=True, stages=given.expected),
        documents_section(listing),
        findings_section(given.findings),
        uncertain_section(supports, given.assessments, given.findings),
        _refusals_section(given.refusals),
        limits_section(registered=False),
        _verification_section(),
        _declaration_section(record),
        _about_section(given),
    )
    return Document(
        kind=KIND,
        title=Text("Collection Report", "电子数据取证报告"),
        number=report_number("CR", record.sha256, given.exhibits.sha256),
        agency=record.agency,
        case=record.case,
        case_title=record.title,
        dated=record.ended,
        generator=given.generator,
        statement=words.STATEMENT,
        review=reviews_text(given.assessments),
        sections=sections,
    )


def report_number(prefix: str, *parts: str) -> str:
    """Make a report number from what the report is about, so that the same report always has the same."""
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest().upper()
    return f"{prefix}-{digest[:4]}-{digest[4:8]}-{digest[8:12]}"


def steps_section(supports: Supports) -> Section:
    """Make the section on the steps that were claimed."""
    title = Text("Procedural steps", "程序步骤")
    if not supports.lines:
        none = Text("The record claims no procedural step.", "笔录未载明任何程序步骤。")
        return Section("steps", title, (Paragraph(none),))
    intro = Text(
        "Each line says what was done according to the record. A step that is not listed was not claimed.",
        "每行说明笔录所载的已完成步骤；未列出的步骤即未声明。",
    )
    return Section("steps", title, (Paragraph(intro), supports.facts()))


def _refusals_section(refusals: tuple[str, ...]) -> Section:
    """Make the section on earlier attempts that were refused."""
    title = Text("Earlier attempts that were refused", "此前被拒绝的尝试")
    if not refusals:
        none = Text(
            "The journal of this workstation holds none for this acquisition.",
            "本工作站的日志中无此次取证的被拒记录。",
        )
        return Section("refusals", title, (Paragraph(none),))
    intro = Text(
        "Each was journalled with what was declared then. The hashes identify the entries.",
        "每次尝试连同当时所申报的内容均已记入日志，以下哈希值对应各条目。",
    )
    rows = tuple(
        Fact(f"refusal.{number}", Text(f"Attempt {number}", f"第{number}次"), (data(sha256),), mono=True)
        for number, sha256 in enumerate(refusals, 1)
    )
    return Section("refusals", title, (Paragraph(intro), Facts(rows)))


def _verification_section() -> Section:
    """Say how somebody else checks this report."""
    entries = (
        Text(
            "Compute SHA-256 and SM3 of each exhibit file and compare them with the list of exhibits.",
            "计算每件检材文件的SHA-256和SM3值，与检材清单比对。",
        ),
        Text(
            "Compute SHA-256 of report/collection-report.json; the last line of exhibits.jsonl states the "
            "same value.",
            "计算report/collection-report.json的SHA-256值，应与exhibits.jsonl末行所载一致。",
        ),
        Text(
            "Follow the registration certificate from exhibits.jsonl and manifest.json to the root on the "
            "ledger.",
            "按登记证书所述，由exhibits.jsonl和manifest.json逐步核对至账本上的根哈希。",
        ),
        Text(
            "HTML and PDF are renderings of the JSON. The JSON, whose hash stands at the foot of each "
            "page, governs.",
            "HTML与PDF均由JSON生成；以JSON为准，其哈希值印于每页页脚。",
        ),
    )
    return Section(
        "verification",
        Text("How a third person verifies this report", "第三人如何核验本报告"),
        (Items(entries, ordered=True),),
    )


def _declaration_section(record: RecordData) -> Section:
    """Make the declaration of truth with room for signatures."""
    text = Text(
        "I declare that what this report states as declared is true to the best of my knowledge, and that "
        "I left out "
        "nothing that I know to be material.",
        "本人声明：本报告所载申报事项，就本人所知均属实，未隐瞒任何重要情况。",
    )
    people = [(Text("Collector", "取证人"), record.collector)]
    if record.second:
        people.append((Text("Second officer", "第二名取证人员"), record.second))
    rows = tuple(Signature(role, person_line(person), person.qualification) for role, person in people)
    note = Text(
        "Signatures on paper are for the file. The electronic signatures are in signatures.json of the "
        "package.",
        "纸面签名供存卷；电子签名见取证包中的signatures.json。",
    )
    return Section(
        "declaration",
        Text("Declaration", "声明"),
        (Paragraph(text), Signatures(rows), Paragraph(note, Tone.NOTE)),
    )


def _about_section(given: CollectionInput) -> Section:
    """Say by what and from what the report was made."""
    rows = [
        fact("generator", Text("Made by", "生成程序"), data(given.generator), backed=None),
        fact(
            "record.sha256",
            Text("SHA-256 of record.yaml", "record.yaml的SHA-256"),
            data(given.record.sha256),
            backed=None,
            mono=True,
        ),
        fact(
            "facts",
            Text("Declared facts, packed", "所申报事实（编码）"),
            data(given.facts),
            backed=None,
            mono=True,
        ),
    ]
    return Section("about", Text("About this report", "关于本报告"), (Facts(tuple(rows)),))
