# SPDX-License-Identifier: Apache-2.0
"""Every kind is recognised from content (S005, S006), whatever the file is called."""

from __future__ import annotations

import gzip
import io
import json
import random
from pathlib import Path

import pytest

from concordat.evidence.intake.kinds import Kind, Probe, Recognised, recognise

from . import samples as s


def look(data: bytes) -> Recognised:
    return recognise(Probe(data[: 256 << 10], len(data), io.BytesIO(data)))


CASES: tuple[tuple[str, bytes, Kind, str], ...] = (
    ("html", s.HTML, Kind.WEB_PAGE, "text/html"),
    ("mhtml", s.MHTML, Kind.WEB_PAGE, "multipart/related"),
    ("warc", s.WARC, Kind.WEB_PAGE, "application/warc"),
    ("warc.gz", s.WARC_GZ, Kind.WEB_PAGE, "application/warc"),
    ("wacz", s.zipped("datapackage.json", "archive/data.warc.gz"), Kind.WEB_PAGE, "application/wacz"),
    ("whatsapp", s.WHATSAPP, Kind.CHAT, "text/plain"),
    ("whatsapp ios", s.WHATSAPP_IOS, Kind.CHAT, "text/plain"),
    ("wechat text", s.WECHAT_TEXT, Kind.CHAT, "text/plain"),
    ("wechat gb18030", s.WECHAT_TEXT.decode().encode("gb18030"), Kind.CHAT, "text/plain"),
    ("wechat json", s.WECHAT_JSON, Kind.CHAT, "application/json"),
    ("telegram json", s.TELEGRAM, Kind.CHAT, "application/json"),
    ("skype json", s.SKYPE, Kind.CHAT, "application/json"),
    (
        "telegram html",
        b'<!DOCTYPE html><html><head><title>Exported</title></head><body><div class="page_wrap">'
        b'<div class="history">'
        b'<div class="message default clearfix"></div></div></div></body></html>',
        Kind.CHAT,
        "text/html",
    ),
    ("whatsapp zip", s.zipped("_chat.txt", "IMG-1.jpg"), Kind.CHAT, "application/zip"),
    (
        "chat table",
        "昵称,发送时间,消息内容\n王,2026-03-17 09:42:10,在吗\n李,2026-03-17 09:42:40,在\n".encode(),
        Kind.CHAT,
        "text/csv",
    ),
    ("statement en", s.STATEMENT_EN, Kind.TRANSFER_RECORD, "text/csv"),
    ("statement zh", s.STATEMENT_ZH.encode(), Kind.TRANSFER_RECORD, "text/csv"),
    ("statement gbk", s.STATEMENT_ZH.encode("gbk"), Kind.TRANSFER_RECORD, "text/csv"),
    ("statement utf-16", s.STATEMENT_ZH.encode("utf-16"), Kind.TRANSFER_RECORD, "text/csv"),
    ("statement ms", s.STATEMENT_MY, Kind.TRANSFER_RECORD, "text/csv"),
    ("camt", s.CAMT, Kind.TRANSFER_RECORD, "application/xml"),
    ("pacs", s.CAMT.replace(b"camt.053.001.08", b"pacs.008.001.10"), Kind.TRANSFER_RECORD, "application/xml"),
    ("mt940", s.MT940, Kind.TRANSFER_RECORD, "application/x-mt940"),
    (
        "payments json",
        b'[{"transactionId": "1", "amount": "5.00", "currency": "MYR", "payee": "x", "date": "2026"}]',
        Kind.TRANSFER_RECORD,
        "application/json",
    ),
    ("access log", s.ip_log(), Kind.IP_LOG, "text/plain"),
    ("json log", s.json_log(), Kind.IP_LOG, "application/json"),
    (
        "auth log",
        b"".join(b"2026-03-17T09:4%d:00Z sshd[1]: Failed for 203.0.113.%d\n" % (i, i) for i in range(6)),
        Kind.IP_LOG,
        "text/plain",
    ),
    (
        "log-in table",
        b"Date Time,IP Address,User Agent,Account\n2026-03-17 09:42:10,203.0.113.9,Mozilla,7\n"
        b"2026-03-17 09:43:10,2001:db8::9,Mozilla,7\n",
        Kind.IP_LOG,
        "text/csv",
    ),
    ("pcap", b"\xd4\xc3\xb2\xa1\2\0\4\0" + bytes(40), Kind.IP_LOG, "application/vnd.tcpdump.pcap"),
    ("cdr", s.CDR, Kind.CALL_RECORDS, "text/csv"),
    ("cdr zh", s.CDR_ZH.encode(), Kind.CALL_RECORDS, "text/csv"),
    (
        "cdr json",
        json.dumps([{"callingNumber": "1", "calledNumber": "2", "startTime": "x", "duration": 4}]).encode(),
        Kind.CALL_RECORDS,
        "application/json",
    ),
    ("mail", s.MAIL, Kind.EMAIL, "message/rfc822"),
    ("mbox", b"From a@example.org Tue Mar 17 09:42:10 2026\n" + s.MAIL, Kind.EMAIL, "application/mbox"),
    ("msg", s.ole("__properties_version1.0"), Kind.EMAIL, "application/vnd.ms-outlook"),
    ("pst", b"!BDN" + bytes(600), Kind.EMAIL, "application/vnd.ms-outlook-pst"),
    ("sms backup", b'<?xml version="1.0"?><smses count="1"><sms body="x"/></smses>',
     Kind.COMMUNICATION_RECORD, "application/xml"),
    ("vcard", b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:x\r\nEND:VCARD\r\n",
     Kind.COMMUNICATION_RECORD, "text/vcard"),
    ("mbr", s.mbr(), Kind.DISK_IMAGE, "application/x-raw-disk-image"),
    ("gpt", s.gpt(), Kind.DISK_IMAGE, "application/x-raw-disk-image"),
    ("ext4", s.ext4(), Kind.DISK_IMAGE, "application/x-raw-disk-image"),
    ("ntfs", b"\xeb\x52\x90NTFS    " + bytes(2000), Kind.DISK_IMAGE, "application/x-raw-disk-image"),
    ("fat32", bytes(82) + b"FAT32   " + bytes(2000), Kind.DISK_IMAGE, "application/x-raw-disk-image"),
    ("iso", s.iso(), Kind.DISK_IMAGE, "application/x-iso9660-image"),
    ("qcow2", b"QFI\xfb\0\0\0\3" + bytes(100), Kind.DISK_IMAGE, "application/x-qemu-disk"),
    ("vmdk", b"KDMV\1\0\0\0" + bytes(600), Kind.DISK_IMAGE, "application/x-vmdk"),
    ("vmdk descriptor", b"# Disk DescriptorFile\nversion=1\n", Kind.DISK_IMAGE, "application/x-vmdk"),
    ("e01", s.e01(bytes(range(16)), bytes(range(20))), Kind.DISK_IMAGE, "application/x-ewf"),
    ("aff4", s.zipped("container.description", "information.turtle"),
     Kind.DISK_IMAGE, "application/vnd.aff4"),
    ("no ufdr", s.zipped("report.xml", "data.csv"), Kind.ARCHIVE, "application/zip"),
    ("ufdr", s.zipped("report.xml", "files/Image/1.jpg"), Kind.PHONE_EXTRACTION, "application/x-ufdr"),
    ("android backup", b"ANDROID BACKUP\n5\n1\nnone\n" + bytes(50),
     Kind.PHONE_EXTRACTION, "application/x-android-backup"),
    ("wav", s.sound(), Kind.AUDIO_VIDEO, "audio/wav"),
    ("mp3", s.mp3(), Kind.AUDIO_VIDEO, "audio/mpeg"),
    ("mp3 tagged", b"ID3\3\0\0\0\0\0\0" + s.mp3(), Kind.AUDIO_VIDEO, "audio/mpeg"),
    ("flac", b"fLaC\0\0\0\x22" + bytes(60), Kind.AUDIO_VIDEO, "audio/flac"),
    ("ogg", b"OggS\0\2" + bytes(22) + b"\1\x13OpusHead" + bytes(20), Kind.AUDIO_VIDEO, "audio/ogg"),
    ("mp4", s.movie(), Kind.AUDIO_VIDEO, "video/mp4"),
    ("mov", s.box(b"ftyp", b"qt  \0\0\2\0qt  ") + bytes(20), Kind.AUDIO_VIDEO, "video/quicktime"),
    ("m4a", s.box(b"ftyp", b"M4A \0\0\2\0M4A ") + bytes(20), Kind.AUDIO_VIDEO, "audio/mp4"),
    ("avi", b"RIFF\x40\0\0\0AVI LIST" + bytes(60), Kind.AUDIO_VIDEO, "video/x-msvideo"),
    ("mkv", b"\x1aE\xdf\xa3\x93B\x82\x88matroska" + bytes(60), Kind.AUDIO_VIDEO, "video/x-matroska"),
    ("wechat voice", b"\x02#!SILK_V3" + bytes(60), Kind.AUDIO_VIDEO, "audio/silk"),
    ("jpeg", s.picture("JPEG"), Kind.PHOTO, "image/jpeg"),
    ("png", s.picture("PNG"), Kind.PHOTO, "image/png"),
    ("webp", s.picture("WEBP"), Kind.PHOTO, "image/webp"),
    ("tiff", s.picture("TIFF"), Kind.PHOTO, "image/tiff"),
    ("gif", s.picture("GIF"), Kind.PHOTO, "image/gif"),
    ("bmp", s.picture("BMP"), Kind.PHOTO, "image/bmp"),
    ("heic", s.heic(), Kind.PHOTO, "image/heic"),
    ("pdf", s.pdf(), Kind.DOCUMENT, "application/pdf"),
    (
        "docx",
        s.zipped("[Content_Types].xml", "word/document.xml"),
        Kind.DOCUMENT,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    (
        "xlsx",
        s.zipped("[Content_Types].xml", "xl/workbook.xml"),
        Kind.DOCUMENT,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    (
        "odt",
        s.zipped("content.xml", first=("mimetype", b"application/vnd.oasis.opendocument.text")),
        Kind.DOCUMENT,
        "application/vnd.oasis.opendocument.text",
    ),
    ("ofd", s.zipped("OFD.xml", "Doc_0/Document.xml"), Kind.DOCUMENT, "application/ofd"),
    ("doc", s.ole("WordDocument", "1Table"), Kind.DOCUMENT, "application/msword"),
    ("rtf", b"{\\rtf1\\ansi hello}", Kind.DOCUMENT, "application/rtf"),
    ("text", "Notes of the day.\nNothing 备注 else.\n".encode(), Kind.DOCUMENT, "text/plain"),
    ("json", b'{"colour": "red", "size": 4}', Kind.DOCUMENT, "application/json"),
    ("apk", s.zipped("AndroidManifest.xml", "classes.dex", "META-INF/MANIFEST.MF"),
     Kind.APP_PACKAGE, "application/vnd.android.package-archive"),
    ("ipa", s.zipped("Payload/Bank.app/Info.plist"), Kind.APP_PACKAGE, "application/x-ios-app"),
    ("elf", b"\x7fELF\2\1\1" + bytes(60), Kind.PROGRAM, "application/x-elf"),
    ("certificate", b"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
     Kind.PROGRAM, "application/x-pem-file"),
    ("zip", s.zipped("a.txt", "b.txt"), Kind.ARCHIVE, "application/zip"),
    ("gzip", gzip.compress(b"hello"), Kind.ARCHIVE, "application/gzip"),
    ("tar", s.tarred(), Kind.ARCHIVE, "application/x-tar"),
    ("7z", b"7z\xbc\xaf\x27\x1c\0\4" + bytes(40), Kind.ARCHIVE, "application/x-7z-compressed"),
    ("sql dump", b"-- MySQL dump 10.13\nCREATE TABLE x (y int);\n", Kind.DATABASE, "application/sql"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("data", "kind", "media"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_kind_is_told_from_content(data: bytes, kind: Kind, media: str) -> None:
    seen = look(data)
    assert (seen.kind, seen.media) == (kind, media)
    assert not seen.manual, seen


@pytest.mark.parametrize(
    ("tables", "kind", "application"),
    [
        (("message", "jid", "chat"), Kind.CHAT, "WhatsApp"),
        (("message", "rcontact", "chatroom"), Kind.CHAT, "WeChat"),
        (("Conversations", "Messages", "Participants"), Kind.CHAT, "Skype"),
        (("message", "handle", "chat_message_join"), Kind.CHAT, "iMessage"),
        (("ZCALLRECORD",), Kind.CALL_RECORDS, "iOS calls"),
        (("stock", "orders"), Kind.DATABASE, None),
    ],
)
def test_a_database_is_what_its_tables_say(
    tmp_path: Path, tables: tuple[str, ...], kind: Kind, application: str | None
) -> None:
    seen = look(s.database(tmp_path / "x.db", *tables))
    assert (seen.kind, seen.media) == (kind, "application/vnd.sqlite3")
    assert seen.observations.get("application") == application


def test_every_kind_has_a_case_and_labels() -> None:
    covered = {case[2] for case in CASES} | {Kind.DATABASE, Kind.OPAQUE}
    assert covered == set(Kind)
    for kind in Kind:
        assert kind.label("en")
        assert any("\u4e00" <= character <= "\u9fff" for character in kind.label("zh"))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0",
        bytes(range(256)) * 40,
        b"\xff" * 3000,
        bytes(byte or 1 for byte in random.Random(7).randbytes(4000)),
    ],
)
def test_the_unknown_is_opaque(data: bytes) -> None:
    seen = look(data)
    assert (seen.kind, seen.media, seen.manual) == (Kind.OPAQUE, None, False)


@pytest.mark.parametrize(
    ("data", "rivals"),
    [
        (s.picture("JPEG") + s.zipped("secret.txt"), (Kind.ARCHIVE,)),
        ("<html><head><title>微信聊天记录</title></head><body></body></html>".encode(), (Kind.CHAT,)),
        (s.pdf(b"/Producer (Skia/PDF m120)/Creator (Chromium)"), (Kind.WEB_PAGE,)),
        (b"date,amount,memo\nsoon,much,none\nlater,little,none\n", ()),
        (b'[{"author": "x", "message": "y", "time": "z"}]', ()),
    ],
)
def test_the_ambiguous_is_for_a_person(data: bytes, rivals: tuple[Kind, ...]) -> None:
    seen = look(data)
    assert seen.manual
    assert seen.rivals == rivals


def test_observations() -> None:
    log = look(s.ip_log()).observations
    assert (log["ipv4_addresses"], log["ipv6_addresses"], log["counted"]) == (2, 2, "whole file")
    assert (log["first_time"], log["last_time"]) == ("2026-03-17T09:00:00+08:00", "2026-03-17T09:04:00+08:00")
    mail = look(s.MAIL).observations
    assert (mail["relays"], mail["relay_addresses"], mail["mail_date"]) == (2, 2, "2026-03-17T09:42:10+08:00")
    photo = look(
        s.picture("JPEG", taken="2026:03:17 09:42:10", offset="+08:00", place=(1.4927, 103.7414))
    ).observations
    assert photo == {
        "taken": "2026-03-17T09:42:10+08:00", "camera": "Acme C-1", "latitude": 1.4927, "longitude": 103.7414,
    }  # fmt: skip
    assert look(s.movie(mdat_first=True)).observations == {
        "recorded": "2026-03-10T15:06:40+00:00",
        "seconds": 2.5,
    }
    assert look(s.sound()).observations == {"seconds": 1.0}
    assert look(s.HTML).observations == {"saved_from": "https://shop.example/"}
    assert look(s.WHATSAPP).observations == {"application": "WhatsApp", "senders": 2}
    assert look(s.CAMT).observations == {"currencies": ["MYR"], "message": "camt.053.001.08"}
    image = look(s.e01(bytes(range(16)), bytes(range(20)))).observations
    assert image == {"medium_md5": bytes(range(16)).hex(), "medium_sha1": bytes(range(20)).hex()}
    assert look(s.pdf()).observations["created"] == "2026-03-17T09:42:10+08:00"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_exif_of_every_container(form: str) -> None:
    seen = look(s.picture(form, taken="2026:03:17 09:42:10", place=(-33.5, -70.25))).observations
    assert (seen["taken"], seen["latitude"], seen["longitude"]) == ("2026-03-17T09:42:10", -33.5, -70.25)
