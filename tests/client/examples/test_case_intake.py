# SPDX-License-Identifier: Apache-2.0
"""What intake says of the example's exhibits: kinds from content, and the findings that the story plants."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from case_files import CASE

from concordat.evidence.intake import Context, Exhibit, FindingCode, Kind, intake
from concordat.evidence.record import parse

AFTER = datetime(2100, 1, 1, tzinfo=UTC)  # later than any checkout, so that files' times are no findings

KINDS = {
    "phone/telegram/result.json": Kind.CHAT,
    "phone/whatsapp/_chat.txt": Kind.CHAT,
    "phone/browser/quorvex-dashboard.html": Kind.WEB_PAGE,
    "phone/download/statement-000003178841-202603.csv": Kind.TRANSFER_RECORD,
    "phone/download/statement-000003178841-202603.xml": Kind.TRANSFER_RECORD,
    "phone/download/收款操作说明.pdf": Kind.DOCUMENT,
    "phone/download/slip-373000.txt": Kind.PHOTO,
    "phone/download/quorvex-1.4.2.apk": Kind.APP_PACKAGE,
    "phone/mail/tax-notice.eml": Kind.EMAIL,
    "phone/voice/PTT-20260312-WA0007.wav": Kind.AUDIO_VIDEO,
    "phone/dcim/IMG_20260319_221407.jpg": Kind.PHOTO,
    "usb/usb-stick.img": Kind.DISK_IMAGE,
    "usb/dialler-cdr-202603.csv": Kind.CALL_RECORDS,
    "usb/access.log": Kind.IP_LOG,
    "site/IMG_20260317_094112.jpg": Kind.PHOTO,
}


def taken_in(name: str) -> dict[str, Exhibit]:
    record = parse((CASE / f"{name}.yaml").read_text("utf-8"), f"{name}.yaml")
    context = Context(
        case=record.case, started=record.started, ended=record.ended, country=record.place.country, now=AFTER
    )
    expect = CASE / f"documents/{name}/hash-list.sha256"
    return {e.path: e for e in intake([CASE / "exhibits" / name], expect=expect, context=context)}


def codes(exhibit: Exhibit) -> set[FindingCode]:
    return {finding.code for finding in exhibit.findings}


def test_kinds_come_from_content() -> None:
    exhibits = taken_in("my-phone")
    assert {path: exhibits[path].kind for path in KINDS} == KINDS
    assert not [path for path in KINDS if exhibits[path].manual]


def test_findings_are_exactly_the_planted_ones() -> None:
    found = {path: codes(exhibit) for path, exhibit in taken_in("my-phone").items() if exhibit.findings}
    assert found == {
        "phone/download/slip-373000.txt": {FindingCode.EXTENSION_MISMATCH},
        "phone/dcim/IMG_20260319_221407.jpg": {FindingCode.EXIF_TIME_OUTSIDE, FindingCode.EXIF_PLACE_OUTSIDE},
    }


@pytest.mark.parametrize("name", ["cn-online"])
def test_nothing_is_found_in_the_online_extraction(name: str) -> None:
    assert not [exhibit.path for exhibit in taken_in(name).values() if exhibit.findings]


def test_the_intercepted_call_is_not_what_was_hashed_at_the_source() -> None:
    (call,) = taken_in("refused").values()
    assert FindingCode.EXPECT_MISMATCH in codes(call)
