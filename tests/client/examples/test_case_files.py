# SPDX-License-Identifier: Apache-2.0
"""The files of the example case: made by the program, valid for tools that know nothing of it, fictional."""

from __future__ import annotations

import base64
import csv
import email
import email.policy
import hashlib
import io
import ipaddress
import json
import re
import struct
import subprocess
import sys
import wave
import zipfile
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest
from case_files import CASE, EXAMPLES, ONLINE, PHONE, fat12_entries
from PIL import Image
from pypdf import PdfReader

CAMT = "{urn:iso:std:iso:20022:tech:xsd:camt.053.001.08}"
PDFS = sorted(CASE.rglob("*.pdf"), key=str)
TEXT_SUFFIXES = {".log", ".csv", ".eml", ".html", ".json", ".xml"}
TEXTS = [path for path in sorted(CASE.rglob("*"), key=str) if path.suffix in TEXT_SUFFIXES]
DOCUMENTATION = [
    ipaddress.ip_network(net)
    for net in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32")
]
EXIF, GPS, TAKEN, OFFSET = 0x8769, 0x8825, 0x9003, 0x9011


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(EXAMPLES / "build_case.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")


def test_committed_files_are_what_the_program_makes() -> None:
    done = run("--check")
    assert done.returncode == 0, done.stdout + done.stderr


def test_check_names_what_is_changed_missing_and_extra(tmp_path: Path) -> None:
    assert run("--into", str(tmp_path)).returncode == 0
    (tmp_path / "exhibits/my-phone/usb/access.log").write_bytes(b"changed")
    (tmp_path / "documents/cure-cn/use-limits.pdf").unlink()
    (tmp_path / "exhibits/extra.txt").write_bytes(b"")
    done = run("--check", "--into", str(tmp_path))
    assert done.returncode == 1
    assert done.stdout.splitlines()[:3] == [
        "missing: documents/cure-cn/use-limits.pdf",
        "differs: exhibits/my-phone/usb/access.log",
        "not made here: exhibits/extra.txt",
    ]


def test_the_whole_is_small() -> None:
    assert sum(path.stat().st_size for path in CASE.rglob("*") if path.is_file()) < 6_000_000


@pytest.mark.parametrize("collection", ["my-phone", "cn-online"])
def test_hash_list_of_the_source_matches_every_exhibit(collection: str) -> None:
    listed = {}
    for line in (CASE / f"documents/{collection}/hash-list.sha256").read_text("utf-8").splitlines():
        digest, path = line.split(" *", 1)
        listed[path] = digest
    folder = CASE / "exhibits" / collection
    found = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }
    assert listed == found


def test_hash_list_of_the_refused_collection_does_not_match() -> None:
    digest, path = (CASE / "documents/refused/hash-list.sha256").read_text("utf-8").strip().split(" *")
    assert hashlib.sha256((CASE / "exhibits/refused" / path).read_bytes()).hexdigest() != digest


def chat() -> list[dict[str, str]]:
    export = json.loads((PHONE / "phone/telegram/result.json").read_text("utf-8"))
    return [message for message in export["messages"] if message["type"] == "message"]


def test_chat_names_the_bait_and_ten_transfers_of_3470000() -> None:
    puller = [m["text"] for m in chat() if m["from"].startswith("小舟")]
    transfers = [
        int(found[1].replace(",", "")) for t in puller if (found := re.match(r"第 \d+ 笔 ([\d,]+) 已转", t))
    ]
    assert len(transfers) == 10
    assert sum(transfers) == 3_470_000
    assert transfers == sorted(transfers)
    assert any("出金 373,000" in m["text"] for m in chat())
    assert {m["from"] for m in chat()} == {"导师 Orion", "小舟 (引流)", "JB-07", "财务 K"}


def test_chat_is_in_order_and_bilingual() -> None:
    times = [int(m["date_unixtime"]) for m in chat()]
    assert times == sorted(times)
    words = " ".join(m["text"] for m in chat())
    assert re.search(r"[\u4e00-\u9fff]", words)
    assert re.search(r"[A-Za-z]{4}", words)


def test_whatsapp_lines_have_the_form_of_the_ios_export() -> None:
    text = (PHONE / "phone/whatsapp/_chat.txt").read_bytes().decode("utf-8")
    heads = re.findall(
        r"^\u200e?\[\d\d/\d\d/2026, \d{1,2}:\d\d:\d\d\u202f[AP]M\] [^:]+: ", text, re.MULTILINE
    )
    assert len(heads) == 16
    assert text.endswith("\r\n")


def statement() -> list[dict[str, str]]:
    text = (PHONE / "phone/download/statement-000003178841-202603.csv").read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def money(text: str) -> Decimal:
    return Decimal(text or "0")


def test_statement_balances_row_by_row_and_shows_bait_then_drain() -> None:
    rows = statement()
    balance = Decimal("1250.00")
    for row in rows:
        balance += money(row["credit"]) - money(row["debit"])
        assert balance == money(row["balance"])
    assert balance > 0
    bait = next(i for i, row in enumerate(rows) if row["description"] == "WITHDRAWAL C-0317")
    assert money(rows[bait]["debit"]) == 373_000
    drained = [
        money(row["credit"]) for row in rows[bait:] if row["counterparty"] == "SHI MOU" and row["credit"]
    ]
    assert (len(drained), sum(drained)) == (10, 3_470_000)


def test_camt_statement_says_the_same_as_the_csv() -> None:
    path = PHONE / "phone/download/statement-000003178841-202603.xml"
    root = ElementTree.parse(path).getroot()  # noqa: S314 - our own file
    told = root.find(f"{CAMT}BkToCstmrStmt/{CAMT}Stmt")
    assert told is not None
    order = [child.tag.removeprefix(CAMT) for child in told]
    rows = statement()
    expected = ["Id", "ElctrncSeqNb", "CreDtTm", "FrToDt", "Acct", "Bal", "Bal", "TxsSummry"]
    assert order == expected + ["Ntry"] * len(rows)
    for row, entry in zip(rows, told.findall(f"{CAMT}Ntry"), strict=True):
        credit = entry.findtext(f"{CAMT}CdtDbtInd") == "CRDT"
        assert money(entry.findtext(f"{CAMT}Amt") or "") == money(row["credit" if credit else "debit"])
        assert entry.findtext(f"{CAMT}AcctSvcrRef") == row["reference"]
        assert entry.findtext(f"{CAMT}BookgDt/{CAMT}DtTm") == row["booking_time"]
        side = "Dbtr" if credit else "Cdtr"
        other = entry.find(
            f"{CAMT}NtryDtls/{CAMT}TxDtls/{CAMT}RltdPties/{CAMT}{side}Acct/{CAMT}Id/{CAMT}Othr"
        )
        assert other is not None
        assert other.findtext(f"{CAMT}Id") == row["counterparty_account"]
    summary = told.find(f"{CAMT}TxsSummry")
    assert summary is not None
    assert money(summary.findtext(f"{CAMT}TtlCdtNtries/{CAMT}Sum") or "") == sum(
        money(r["credit"]) for r in rows
    )
    assert money(summary.findtext(f"{CAMT}TtlDbtNtries/{CAMT}Sum") or "") == sum(
        money(r["debit"]) for r in rows
    )
    opening, closing = (money(b.findtext(f"{CAMT}Amt") or "") for b in told.findall(f"{CAMT}Bal"))
    assert (opening, closing) == (Decimal("1250.00"), money(rows[-1]["balance"]))


def test_call_records_add_up() -> None:
    rows = list(csv.DictReader(io.StringIO((PHONE / "usb/dialler-cdr-202603.csv").read_text("ascii"))))
    assert len(rows) == 260
    assert all(bool(row["answer_time_utc"]) == (row["disposition"] == "ANSWERED") for row in rows)
    assert all(row["start_time_utc"] < row["end_time_utc"] < "2026-03-16" for row in rows)
    assert all(re.fullmatch(r"\+120255501\d\d|\+447700900\d{3}", row["displayed_caller"]) for row in rows)
    assert all(re.fullmatch(r"\+861000000\d{4}|\+60100000\d{3}", row["callee"]) for row in rows)


@pytest.mark.parametrize(
    "log", [PHONE / "usb/access.log", ONLINE / "logs/access.log"], ids=["stick", "server"]
)
def test_access_log_is_combined_format_with_ipv4_and_ipv6(log: Path) -> None:
    request = r'"[A-Z]+ \S+ HTTP/1\.1" \d{3} \d+ "[^"]*" "[^"]*"'
    form = re.compile(rf"^(\S+) - (\S+) \[(\d\d/Mar/2026:[\d:]{{8}}) \+0000\] {request}$")
    found = [form.match(line) for line in log.read_text("ascii").splitlines()]
    assert all(found)
    versions = {ipaddress.ip_address(line[1]).version for line in found if line}
    assert versions == {4, 6}
    assert "orion" in {line[2] for line in found if line}


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.name)
def test_every_address_is_of_the_documentation_ranges(path: Path) -> None:
    text = re.sub(r"base64,[A-Za-z0-9+/=]+", "", path.read_text("utf-8-sig"))
    for word in re.findall(r"(?<![\d./])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])", text):  # after a slash: a version
        assert any(ipaddress.ip_address(word) in net for net in DOCUMENTATION), word
    hosts = re.findall(r"https?://([^/\s\"'<>)]+)", text)
    assert all(host.endswith(".example") or host == "www.w3.org" for host in hosts)


def test_mail_parses_with_headers_and_a_pdf_attached() -> None:
    raw = (PHONE / "phone/mail/tax-notice.eml").read_bytes()
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    assert not mail.defects
    assert len(mail.get_all("Received", [])) == 3
    assert mail["DKIM-Signature"].startswith("v=1; a=rsa-sha256;")
    assert "税金" in mail["Subject"]
    body = mail.get_body(("plain",))
    assert body is not None
    assert "694,000.00" in body.get_content()
    (notice,) = mail.iter_attachments()
    assert notice.get_filename() == "tax-notice-C-0317.pdf"
    assert len(PdfReader(io.BytesIO(notice.get_content())).pages) == 1


def exif(path: Path) -> tuple[str, float, float]:
    with Image.open(path) as picture:
        picture.load()
        tags = picture.getexif()
        detail, place = tags.get_ifd(EXIF), tags.get_ifd(GPS)
    latitude, longitude = (float(d) + float(m) / 60 + float(s) / 3600 for d, m, s in (place[2], place[4]))
    assert (place[1], place[3], detail[OFFSET]) == ("N", "E", "+08:00")
    return detail[TAKEN], latitude, longitude


def test_photo_of_the_desk_fits_the_record() -> None:
    taken, latitude, longitude = exif(PHONE / "site/IMG_20260317_094112.jpg")
    assert "2026:03:17 09:30:00" <= taken <= "2026:03:17 11:05:00"
    assert [latitude, longitude] == pytest.approx([1.4586, 103.7461], abs=0.01)


def test_photo_of_the_room_contradicts_time_and_place() -> None:
    taken, latitude, _ = exif(PHONE / "phone/dcim/IMG_20260319_221407.jpg")
    assert taken > "2026:03:17 11:05:00"
    assert latitude > 9


def test_disk_image_holds_three_files_and_a_deleted_one() -> None:
    entries = list(fat12_entries((PHONE / "usb/usb-stick.img").read_bytes()))
    assert [(name, gone) for name, gone, _, _ in entries if not gone] == [
        ("README  TXT", False), ("SERVER~1CON", False), ("AGENTR~1CSV", False)
    ]  # fmt: skip
    ((_, _, cluster, content),) = [entry for entry in entries if entry[1]]
    assert cluster == 0  # its clusters are free
    assert content.startswith(b"nama;peranan;gaji_rm\n")


@pytest.mark.parametrize("path", PDFS, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_pdfs_open_have_words_and_carry_no_clock(path: Path) -> None:
    reader = PdfReader(path)
    assert "虚构文书" in reader.pages[0].extract_text()
    assert reader.metadata is not None
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.year == 2000  # reportlab's invariant date


def test_item_list_shows_every_digest() -> None:
    words = "".join(
        page.extract_text() for page in PdfReader(CASE / "documents/my-phone/item-list.pdf").pages
    )
    plain = re.sub(r"\s", "", words)
    for path in (p for p in PHONE.rglob("*") if p.is_file()):
        assert hashlib.sha256(path.read_bytes()).hexdigest() in plain, path.name


@pytest.mark.parametrize("path", sorted(CASE.rglob("*.wav"), key=str), ids=lambda p: p.name)
def test_sound_is_two_seconds_at_8_khz(path: Path) -> None:
    with wave.open(str(path)) as sound:
        assert (sound.getframerate(), sound.getnframes(), sound.getnchannels()) == (8_000, 16_000, 1)
        samples = struct.unpack("<16000h", sound.readframes(16_000))
    assert 4_000 < max(samples) < 32_767


def test_recording_is_an_avi_of_jpeg_frames() -> None:
    data = (CASE / "documents/cn-online/screen-recording.avi").read_bytes()
    assert (data[:4], data[8:12]) == (b"RIFF", b"AVI ")
    assert struct.unpack_from("<I", data, 4)[0] == len(data) - 8
    index = data[data.rindex(b"idx1") + 8 :]
    movie = data.index(b"movi")
    assert len(index) // 16 == 12
    for at in range(0, len(index), 16):
        kind, _, offset, size = struct.unpack_from("<4sIII", index, at)
        assert (kind, data[movie + offset : movie + offset + 4]) == (b"00dc", b"00dc")
        with Image.open(io.BytesIO(data[movie + offset + 8 : movie + offset + 8 + size])) as frame:
            frame.load()
            assert frame.size == (640, 400)


def test_app_package_is_a_whole_zip_with_manifest_and_code() -> None:
    with zipfile.ZipFile(PHONE / "phone/download/quorvex-1.4.2.apk") as archive:
        assert archive.testzip() is None
        assert archive.read("classes.dex").startswith(b"dex\n035\x00")
        assert archive.read("AndroidManifest.xml").startswith(b"\x03\x00\x08\x00")
    assert (PHONE / "phone/download/quorvex-1.4.2.apk").read_bytes() == (
        ONLINE / "quorvex-1.4.2.apk"
    ).read_bytes()


def test_one_name_lies_about_its_content() -> None:
    with Image.open(PHONE / "phone/download/slip-373000.txt") as picture:
        picture.load()
        assert picture.format == "PNG"


@pytest.mark.parametrize(
    "page", [PHONE / "phone/browser/quorvex-dashboard.html", ONLINE / "landing.html"], ids=["saved", "public"]
)
def test_web_pages_are_one_file_with_the_chart_inside(page: Path) -> None:
    text = page.read_text("utf-8")
    assert text.startswith("<!DOCTYPE html>")
    outside = re.findall(r'src="(?!data:)[^"]+"', text)
    assert not outside
    found = re.search(r'src="data:image/png;base64,([^"]+)"', text)
    assert found is not None
    with Image.open(io.BytesIO(base64.b64decode(found[1], validate=True))) as chart:
        chart.load()
        assert chart.size == (640, 280)
