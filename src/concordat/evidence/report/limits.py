# SPDX-License-Identifier: Apache-2.0
"""What the documents do not say: limits, what was not checked, what remains uncertain."""

from __future__ import annotations

from collections.abc import Sequence

from concordat.evidence.report import words
from concordat.evidence.report.inputs import FindingLine, ForumAssessment
from concordat.evidence.report.support import Supports
from concordat.rendering.content import (
    LIMIT,
    Block,
    Column,
    Items,
    Paragraph,
    Section,
    Table,
    Text,
    data,
)

_NOT_TRUTH = Text(
    "What registration proves is integrity: the registered bytes have not changed since the time of the "
    "block. It "
    "does not prove that they were true, complete or lawfully obtained before.",
    "登记所证明的是完整性：自区块时间起，所登记的数据未被更改；并不证明登记之前的数据真实、完整或取得合法。",
)
_NOT_RULING = Text(
    "A verdict is computed from declared facts. It is not a ruling, does not bind any court, and is no "
    "legal advice.",
    "结论依所申报事实计算得出，并非裁决，对任何法院均无约束力，亦不构成法律意见。",
)
_DECLARED = Text(
    'Facts marked "declared" rest on the collector\'s word alone. Time, place and the location of the data '
    "are "
    "always declared.",
    "标记为“仅申报”的事实仅以取证人员的陈述为据；时间、地点及数据所在地始终属于申报事项。",
)
_SUPPORTED = Text(
    '"Supported by exhibit N" means that a document of the required kind is among the exhibits and that '
    "its hash is "
    "committed. Its content was neither read nor judged.",
    "“有佐证，见检材N”指检材中有规定种类的文书且其哈希值已纳入登记；其内容未经阅读或评判。",
)
_CONTENT = Text(
    "The content of the exhibits was not interpreted. Formats were recognised from the bytes; authenticity, "
    "authorship, forgery and synthetic media were not examined.",
    "未对检材内容作出解读。数据格式依字节识别；未审查真实性、制作者、伪造及合成媒体。",
)
_EXCULPATORY = Text("Nobody searched for exculpatory material.", "未就有利于被追诉人的材料进行查找。")
_ANCHOR = Text(
    "Everything read from the ledger is read from a node that the reader has to trust; the time of a "
    "block is set by "
    "those who run the chain.",
    "账本数据读取自查验人所信任的节点；区块时间由链的运行者设定。",
)
_BEFORE = Text(
    "Custody before registration is told by the documents cited, if any; the ledger knows nothing of it.",
    "登记之前的保管情况仅由所引文书（如有）说明，账本对此并无记载。",
)
_OPEN = Text(
    "At the time of this report nothing was registered yet: signatures, appointments and qualifications "
    "are checked "
    "by the contract at registration, and the registration certificate shows the result.",
    "本报告制作时尚未登记：签名、任命与资质由合约在登记时查验，结果见登记证书。",
)
_LATER = Text(
    "This certificate shows the state of the ledger as far as the events listed in it. Later events do "
    "not appear.",
    "本证书反映截至其所列事件时的账本状态，之后的事件不在其内。",
)


def limits_section(registered: bool) -> Section:
    """Make the section on limits and on what was not checked."""
    entries = (
        _NOT_TRUTH,
        _NOT_RULING,
        _DECLARED,
        _SUPPORTED,
        _CONTENT,
        _EXCULPATORY,
        _BEFORE,
        _ANCHOR,
        _LATER if registered else _OPEN,
    )
    return Section(
        "limits",
        Text("Limits and what was not checked", "局限与未查验事项"),
        (Items(entries),),
    )


def findings_section(findings: Sequence[FindingLine]) -> Section:
    """Make the section on findings, which stand apart from every verdict."""
    intro = Paragraph(
        Text(
            "Findings are observations made while reading the record and the files. They change no verdict.",
            "发现事项是读取笔录和文件时的观察结果，不改变任何结论。",
        )
    )
    if not findings:
        return Section("findings", _FINDINGS, (intro, Paragraph(Text("No findings.", "无发现事项。"))))
    columns = (
        Column("finding", Text("Finding", "事项"), 25),
        Column("exhibit", Text("Exhibit", "检材"), 30),
        Column("message", Text("Observation", "说明"), 45),
    )
    rows = tuple(
        (
            (data(line.code), words.word(words.FINDING_SEVERITIES, line.severity)),
            (
                (data(f"{line.exhibit} {line.path}".strip()),)
                if line.exhibit is not None
                else (data(line.path or "–"),)
            ),
            (line.message,),
        )
        for line in findings[:LIMIT]
    )
    blocks: list[Block] = [intro, Table("findings", columns, rows)]
    if len(findings) > LIMIT:
        total = len(findings)
        blocks.append(
            Paragraph(
                Text(
                    f"The first {LIMIT} of {total:,} findings; all of them are in manifest.json.",
                    f"此处为{total:,}项中的前{LIMIT}项，全部事项见manifest.json。",
                )
            )
        )
    return Section("findings", _FINDINGS, tuple(blocks))


_FINDINGS = Text("Findings", "发现事项")


def uncertain_section(
    supports: Supports, assessments: Sequence[ForumAssessment], findings: Sequence[FindingLine]
) -> Section:
    """Make the section on uncertain points: what the reader should ask about first."""
    entries: list[Text] = []
    declared = [line.step for line in supports.lines if line.support == "declared"]
    if declared:
        names = ", ".join(declared)
        entries.append(
            Text(
                f"{len(declared)} of {len(supports.lines)} steps are only declared: {names}.",
                f"{len(supports.lines)}个步骤中有{len(declared)}个仅为申报：{names}。",
            )
        )
    unread = sorted({r.rule_id for a in assessments for r in a.reasons if r.certainty and r.certainty != "V"})
    if unread:
        names = ", ".join(unread)
        entries.append(
            Text(
                f"The text of the law behind these rules was not read in the original: {names}.",
                f"下列规则所依据的法律条文未核对原文：{names}。",
            )
        )
    if findings:
        number = len(findings)
        one = Text("1 finding is open, see above.", "有1项发现事项待说明，见上文。")
        several = Text(f"{number:,} findings are open, see above.", f"有{number:,}项发现事项待说明，见上文。")
        entries.append(one if number == 1 else several)
    if not entries:
        entries.append(Text("None known to the program.", "程序未发现。"))
    return Section("uncertain", Text("Uncertain points", "存疑事项"), (Items(tuple(entries)),))
