# SPDX-License-Identifier: Apache-2.0
"""A made-up acquisition, rich enough that every part of the documents shows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from concordat.evidence.report.inputs import (
    CertificateInput,
    CollectionInput,
    Event,
    ExhibitList,
    FindingLine,
    ForumAssessment,
    LegalBasis,
    Party,
    Person,
    ReasonLine,
    Receipt,
    RecordData,
    Review,
    StepLine,
    Tool,
)
from concordat.evidence.standards import Verdict
from concordat.evidence.steps import STEPS, Step
from concordat.rendering.content import Text, data

LOCAL = timezone(timedelta(hours=8))


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def entry(n: int, path: str, **more: Any) -> dict[str, Any]:
    return {
        "n": n,
        "path": path,
        "size": 1000 * n + 37,
        "sha256": sha(path),
        "sm3": sha("sm3" + path),
        "kind": "PHOTO",
        "role": None,
        "category": "FILE_PROGRAM_CERT",
        "number": None,
        "media": "image/jpeg",
        "findings": [],
    } | more


def document(n: int, path: str, role: str, media: str = "application/pdf") -> dict[str, Any]:
    return entry(n, f"documents/{path}", kind="DOCUMENT", media=media, role=role, category=None)


def entries() -> list[dict[str, Any]]:
    chat = {"kind": "CHAT", "media": "application/json", "category": "COMMUNICATION", "number": "E-01"}
    image = {"kind": "DISK_IMAGE", "media": None, "size": 63_999_836_160, "number": "E-02"}
    money = {"kind": "TRANSFER_RECORD", "media": "text/csv", "category": "REGISTRATION_ID_TRANSACTION_LOG"}
    return [
        entry(1, "phone/wechat/2026-03/群聊记录_导出.json", **chat),
        entry(2, "phone/DCIM/Camera/IMG_20260311_201455.jpg", findings=["EXIF_PLACE_OUTSIDE"]),
        entry(3, "phone/image/userdata.E01", **image),
        entry(4, "phone/transfers/statement.csv", **money),
        document(5, "minutes.pdf", "MINUTES"),
        document(6, "warrant.pdf", "LEGAL_BASIS"),
        document(7, "imager.log", "HASH_LIST", "text/plain"),
    ]


def step(
    name: str, support: str = "declared", exhibit: int | None = None, attester: str | None = None
) -> StepLine:
    attests = STEPS[Step[name]].attests
    return StepLine(
        step=name,
        attests=Text(attests["en"], attests["zh"]),
        support=support,
        exhibit=exhibit,
        attester=attester,
    )


RECORD = RecordData(
    case="0317",
    title="Phone of a money mule, Johor Bahru",
    agency=Text("Royal Malaysia Police, Commercial Crime Department", "马来西亚皇家警察商业罪案调查部"),
    method=Text("Imaging of a storage medium", "制作存储介质镜像"),
    forums=(Text("Malaysia", "马来西亚"), Text("China", "中国")),
    place=Text("Malaysia", "马来西亚"),
    place_subdivision="MY-01",
    place_description="Police headquarters, digital evidence room 3",
    data_location=Text("Malaysia", "马来西亚"),
    started=datetime(2026, 3, 17, 9, 30, tzinfo=LOCAL),
    ended=datetime(2026, 3, 17, 11, 5, tzinfo=LOCAL),
    clock_source="NTP",
    clock_offset_ms=120,
    legal_basis=LegalBasis(
        type=Text("Warrant", "搜查令"),
        reference="CPC s.116B, warrant 2026/0317-4",
        issuer_rank="Magistrate",
        valid_from=datetime(2026, 3, 16, 0, 0, tzinfo=LOCAL),
        valid_until=datetime(2026, 3, 23, 0, 0, tzinfo=LOCAL),
    ),
    collector=Person(
        name="Aminah binti Yusof", badge="G/17731", rank="Inspector", qualification="CFCE 2024-113"
    ),
    second=Person(name="李伟明", badge="G/20418", rank="Sergeant"),
    holder=Party(present=False, reason="In custody, refused to attend"),
    witness=Party(present=True, eligible=True),
    tools=(
        Tool(name="Cellebrite UFED", version="7.69", validation="NIST CFTT 2025-04"),
        Tool(name="Tableau TX1", version="22.3"),
    ),
    confidentiality="RESTRICTED",
    use_limits="For the investigation of fraud only; not to be passed to third states.",
    source_description="Samsung SM-A546E, IMEI ending 4471, found on the person arrested",
    source_locator="eMMC 128 GB",
    sha256=sha("record"),
)

STEPS_CLAIMED = (
    step("LEGAL_BASIS_CITED", "document", 6),
    step("LEGAL_BASIS_IN_TIME", "document", 6),
    step("FREELY_OBTAINED"),
    step("HASHED_AT_SOURCE", "document", 7),
    step("WRITE_BLOCKER_USED", "attester", None, "Sgt. 李伟明"),
    step("TOOL_IDENTIFIED", "document", 5),
    step("CLOCK_OFFSET_RECORDED", "document", 5),
    step("MINUTES_MADE", "document", 5),
    step("ITEMS_NUMBERED"),
    step("WITNESS_ELIGIBLE"),
)

HOME = ForumAssessment(
    code="MY",
    forum=Text("Malaysia", "马来西亚"),
    home=True,
    foreign=False,
    verdict=Verdict.CONFORMS_WITH_NOTE,
    version=1,
    standard="MY-domestic",
    standard_sha256=sha("standard"),
    review=Review(),
    reasons=(
        ReasonLine(
            rule_id="MY3",
            severity="NOTED",
            law=Text("Evidence Act 1950", "1950年证据法"),
            article="s.90B",
            certainty="P",
            missing=Text("Nothing says that the work can be repeated.", "未说明过程可复现。"),
            cure=Text("Declare or document that it is reproducible.", "申报或以文书说明可复现。"),
        ),
    ),
)
ABROAD = ForumAssessment(
    code="CN",
    forum=Text("China", "中国"),
    home=False,
    foreign=True,
    verdict=Verdict.CURABLE,
    version=1,
    standard="CN-foreign",
    review=Review(),
    reasons=(
        ReasonLine(
            rule_id="CF1",
            severity="CURABLE",
            law=Text(
                "SPC Interpretation of the Criminal Procedure Law (2021)",
                "最高人民法院关于适用《中华人民共和国刑事诉讼法》的解释（2021）",
            ),
            article="第77条",
            certainty="V",
            missing=Text(
                "A statement of source, provider, extractor and time of extraction.",
                "未附有关材料来源、提供人、提取人、提取时间的说明。",
            ),
            cure=Text("Add the document SOURCE_STATEMENT.", "补充文书“来源说明”。"),
        ),
        ReasonLine(
            rule_id="CF3",
            severity="CURABLE",
            law=Text(
                "SPC Interpretation of the Criminal Procedure Law (2021)",
                "最高人民法院关于适用《中华人民共和国刑事诉讼法》的解释（2021）",
            ),
            article="第78条",
            certainty="V",
            missing=Text("A Chinese translation.", "未附中文译本。"),
            cure=Text("Add the document TRANSLATION.", "补充文书“译本”。"),
        ),
    ),
)
FINDINGS = (
    FindingLine(
        code="EXIF_PLACE_OUTSIDE",
        severity="warn",
        message=Text(
            "The photograph says that it was taken in another country than the record.",
            "照片所载拍摄地与笔录所载国家不一致。",
        ),
        exhibit=2,
        path="phone/DCIM/Camera/IMG_20260311_201455.jpg",
    ),
)


def exhibit_list(rows: Any = None, sha256: str = "") -> ExhibitList:
    return ExhibitList(entries=entries() if rows is None else rows, sha256=sha256 or sha("exhibits"))


def many(count: int) -> Iterator[dict[str, Any]]:
    """Exhibits one by one, so that a document that kept them all would be noticed."""
    return (entry(number, f"mail/{number:06d}.eml", kind="EMAIL") for number in range(1, count + 1))


def collection(**changes: Any) -> CollectionInput:
    given = CollectionInput(
        record=RECORD,
        facts="0x" + "5a" * 20,
        exhibits=exhibit_list(),
        steps=STEPS_CLAIMED,
        findings=FINDINGS,
        assessments=(HOME, ABROAD),
        refusals=(sha("refused"),),
        expected={"matched": 4, "changed": 0, "missing": 0, "extra": 3},
        generator="concordat 0.1.0",
    )
    return replace(given, **changes)


RECEIPT = Receipt(
    chain_id=1337,
    genesis="0x" + sha("genesis"),
    registry="0x" + sha("registry")[:40],
    agency=2,
    collector="0x" + sha("collector")[:40],
    root="0x" + sha("root"),
    transaction="0x" + sha("transaction"),
    block=48_213,
    block_hash="0x" + sha("block"),
    log_index=3,
    registered_at=datetime(2026, 3, 17, 6, 41, 9, tzinfo=UTC),
    leaves=9,
    manifest_sha256=sha("manifest"),
)


def certificate(**changes: Any) -> CertificateInput:
    seen = (
        step("COLLECTOR_SIGNED", "seen"),
        step("SECOND_OFFICER_SIGNED", "seen"),
        step("COLLECTOR_QUALIFIED", "seen"),
    )
    given = CertificateInput(
        record=RECORD,
        receipt=RECEIPT,
        facts="0x" + "5b" * 20,
        officers=2,
        exhibits=exhibit_list(),
        steps=(*seen, *STEPS_CLAIMED),
        assessment=HOME,
        standing=Verdict.CONFORMS_WITH_NOTE,
        report_sha256=sha("report"),
        events=(
            Event(
                kind="CoSigned",
                at=datetime(2026, 3, 18, 2, 0, tzinfo=UTC),
                actor="0x" + sha("second agency")[:40],
                transaction="0x" + sha("cosigned"),
                detail=Text(
                    "Co-signed by agency 3: received, hashes agree.", "第3号机关副署：已收到，哈希值一致。"
                ),
            ),
        ),
        generator="concordat 0.1.0",
    )
    return replace(given, **changes)


__all__ = [
    "ABROAD",
    "HOME",
    "RECORD",
    "certificate",
    "collection",
    "data",
    "entries",
    "entry",
    "exhibit_list",
    "many",
]
