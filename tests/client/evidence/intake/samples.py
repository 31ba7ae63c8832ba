# SPDX-License-Identifier: Apache-2.0
"""Small real files of every kind, made here: no sample is copied from anybody."""

from __future__ import annotations

import gzip
import io
import json
import sqlite3
import struct
import tarfile
import wave
import zipfile
import zlib
from pathlib import Path

from PIL import ExifTags, Image


def zipped(*names: str, first: tuple[str, bytes] | None = None) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        if first:
            archive.writestr(first[0], first[1])
        for name in names:
            archive.writestr(name, b"x" * 10)
    return buffer.getvalue()


def picture(
    form: str, *, taken: str = "", offset: str = "", place: tuple[float, float] | None = None
) -> bytes:
    image = Image.new("RGB", (24, 16), (90, 120, 40))
    exif = Image.Exif()
    if taken:
        exif[ExifTags.Base.Make] = "Acme"
        exif[ExifTags.Base.Model] = "C-1"
        detail = exif.get_ifd(ExifTags.IFD.Exif)
        detail[ExifTags.Base.DateTimeOriginal] = taken
        if offset:
            detail[ExifTags.Base.OffsetTimeOriginal] = offset
    if place:
        gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
        for value, tag, plus, minus in ((place[0], 1, "N", "S"), (place[1], 3, "E", "W")):
            size = abs(value)
            minutes = (size - int(size)) * 60
            gps[tag] = plus if value >= 0 else minus
            gps[tag + 1] = (float(int(size)), float(int(minutes)), round((minutes - int(minutes)) * 60, 4))
    if form == "TIFF" and taken:
        return exif.tobytes().removeprefix(b"Exif\0\0")  # an EXIF block is a TIFF
    buffer = io.BytesIO()
    image.save(buffer, form, **({"exif": exif} if form in ("JPEG", "PNG", "WEBP") else {}))
    return buffer.getvalue()


def heic(taken: str = "2026:03-17") -> bytes:
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = taken
    return b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 64 + exif.tobytes() + b"\0" * 64


def sound() -> bytes:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(16000))
    return buffer.getvalue()


def movie(made: int = 3_856_000_000, *, mdat_first: bool = False) -> bytes:
    header = struct.pack(">4sIIIII", b"mvhd", 0, made, made, 1000, 2500) + bytes(80)
    moov = box(b"moov", struct.pack(">I", len(header) + 4) + header)
    mdat = box(b"mdat", bytes(400_000 if mdat_first else 10))
    return box(b"ftyp", b"isom\0\0\2\0isommp42") + (mdat + moov if mdat_first else moov + mdat)


def box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body) + 8) + name + body


def mp3() -> bytes:
    frame = b"\xff\xfb\x90\x00"  # 128 kbit/s, 44100 Hz: 417 bytes
    return (frame + bytes(413)) * 8


def database(path: Path, *tables: str) -> bytes:
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    for table in tables:
        connection.execute(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, body TEXT)")
    connection.commit()
    connection.close()
    return path.read_bytes()


def mbr(size: int = 1 << 20) -> bytes:
    sector = bytearray(512)
    struct.pack_into("<B3sB3sII", sector, 446, 0x80, b"\0\1\1", 0x0C, b"\xfe\xff\xff", 63, 1900)
    sector[510:] = b"\x55\xaa"
    return bytes(sector) + bytes(size - 512)


def gpt() -> bytes:
    protective = bytearray(512)
    struct.pack_into("<B3sB3sII", protective, 446, 0, b"\0\2\0", 0xEE, b"\xff\xff\xff", 1, 0xFFFFFFFF)
    protective[510:] = b"\x55\xaa"
    return bytes(protective) + b"EFI PART\0\0\1\0" + bytes(4000)


def ext4() -> bytes:
    block = bytearray(1024)
    struct.pack_into("<2I", block, 0, 128, 1024)
    struct.pack_into("<H", block, 56, 0xEF53)
    struct.pack_into("<3I", block, 92, 4, 0x42, 0)
    return bytes(1024) + bytes(block) + bytes(4096)


def iso() -> bytes:
    return bytes(32768) + b"\1CD001\1\0" + bytes(4096)


def e01(md5: bytes, sha1: bytes) -> bytes:
    parts = [
        (b"header", b"h" * 20),
        (b"digest", md5 + sha1 + bytes(40)),
        (b"hash", md5 + bytes(20)),
        (b"done", b""),
    ]
    data, at = b"EVF\x09\x0d\x0a\xff\x00\x01\x01\x00\x00\x00", 13
    for name, body in parts:
        size = 76 + len(body)
        following = at if name == b"done" else at + size
        data += struct.pack("<16sQQ", name, following, size) + bytes(40) + bytes(4) + body
        at += size
    return data


def ole(*streams: str) -> bytes:
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<H", header, 30, 9)
    struct.pack_into("<I", header, 48, 0)
    directory = b""
    for name in ("Root Entry", *streams):
        raw = name.encode("utf-16-le") + b"\0\0"
        directory += raw.ljust(64, b"\0") + struct.pack("<H", len(raw)) + bytes(62)
    return bytes(header) + directory.ljust(4096, b"\0")


def pdf(extra: bytes = b"") -> bytes:
    made = b"/CreationDate (D:20260317094210+08'00')"
    return b"%PDF-1.7\n1 0 obj <<" + extra + made + b">> endobj\ntrailer <<>>\n%%EOF\n"


def tarred() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        member = tarfile.TarInfo("a.txt")
        member.size = 3
        archive.addfile(member, io.BytesIO(b"abc"))
    return buffer.getvalue()


def ip_log() -> bytes:
    line = '{ip} - - [17/Mar/2026:09:{minute:02d}:00 +0800] "GET /pay HTTP/1.1" 200 51 "-" "Mozilla/5.0"\n'
    clients = ("203.0.113.7", "2001:db8::17", "198.51.100.23", "2001:db8:0:1::9", "203.0.113.7")
    return "".join(line.format(ip=ip, minute=minute) for minute, ip in enumerate(clients)).encode()


def json_log() -> bytes:
    rows = [
        {"ts": f"2026-03-17T09:0{i}:00Z", "remote_addr": f"192.0.2.{i}", "path": "/"} for i in range(1, 6)
    ]
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


WHATSAPP = (
    b"17/03/2026, 09:41 - Messages and calls are end-to-end encrypted.\n"
    b"17/03/2026, 09:42 - Ah Chong: transfer it now\n"
    b"17/03/2026, 09:43 - Mei Ling: to which account?\n"
    b"17/03/2026, 09:44 - Ah Chong: the one from yesterday\nsecond line\n"
)
WHATSAPP_IOS = (
    "\u200e[17/3/2026, 9:42:10 AM] Ah Chong: transfer it now\r\n"
    "[17/3/2026, 9:43:12 AM] Mei Ling: to which account?\r\n"
    "[17/3/2026, 9:44:00 AM] Ah Chong: soon\r\n"
).encode()
WECHAT_TEXT = (
    "小王 2026-03-17 09:42:10\n钱转了吗？\n\n老李 2026-03-17 09:43:00\n转了\n\n小王 2026-03-17 09:44:01\n好\n"
).encode()
TELEGRAM = json.dumps(
    {
        "name": "Ah Chong", "type": "personal_chat", "id": 1,
        "messages": [{"id": 1, "type": "message", "date": "2026-03-17T09:42:10",
                      "date_unixtime": "1773711730",
                      "from": "Ah Chong", "from_id": "user1", "text": "now"}],
    }
).encode()  # fmt: skip
WECHAT_JSON = json.dumps(
    [{"MsgSvrID": "1", "StrContent": "转账", "CreateTime": 1773711730, "NickName": "王"}]
).encode()
SKYPE = json.dumps(
    {
        "userId": "8:x",
        "conversations": [
            {"displayName": "y", "MessageList": [{"originalarrivaltime": "2026", "content": "z"}]}
        ],
    }
).encode()
STATEMENT_EN = (
    b"Maybank Statement,,,,\r\nAccount,5140 1234,,,\r\n\r\nDate,Description,Debit,Credit,Balance\r\n"
    b'17/03/2026,TRANSFER TO LIM,"1,200.00",,"3,400.50"\r\n18/03/2026,CASH DEPOSIT,,500.00,"3,900.50"\r\n'
)
STATEMENT_ZH = (
    "交易日期,交易类型,收入金额,支出金额,余额,对方户名,对方账号\n"
    "2026-03-17 09:42:10,转账,,5000.00,1200.35,张某,6222000000000000\n"
    "2026-03-17 10:02:44,转账,800.00,,2000.35,李某,6222000000000001\n"
)
STATEMENT_MY = (
    b"Tarikh;Keterangan Rujukan;Jumlah;Baki\n"
    b"17.03.2026;DuitNow;-250,00;1000,00\n18.03.2026;Gaji;3000,00;4000,00\n"
)
CAMT = (
    b'<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">'
    b"<BkToCstmrStmt><Stmt>"
    b'<Ntry><Amt Ccy="MYR">1200.00</Amt></Ntry></Stmt></BkToCstmrStmt></Document>'
)
MT940 = (
    b":20:STMT1\r\n:25:123456789\r\n:28C:1/1\r\n:60F:C260316MYR1000,00\r\n:61:2603170317D250,00NTRF\r\n"
    b":86:DUITNOW\r\n:62F:C260317MYR750,00\r\n-\r\n"
)
CDR = (
    b"Calling Number,Called Number,Start Time,Duration,Call Type,Cell ID,IMEI\n"
    b"60121234567,60139876543,2026-03-17 09:42:10,63,MO,502-12-3345-1,490154203237518\n"
    b"60121234567,8613812345678,2026-03-17 09:50:00,5,MO,502-12-3345-1,490154203237518\n"
)
CDR_ZH = (
    "主叫号码,被叫号码,通话时间,通话时长,通话类型,基站\n"
    "13800000000,13900000000,2026-03-17 09:42:10,1分3秒,主叫,A1\n"
    "13800000000,13900000001,2026-03-17 10:42:10,12秒,主叫,A1\n"
)
MAIL = (
    b"Received: from mx.example (mx.example [198.51.100.4]) by in.example; Tue, 17 Mar 2026 "
    b"09:42:12 +0800\r\n"
    b"Received: from pc (unknown [2001:db8::5])\r\n by mx.example; Tue, 17 Mar 2026 09:42:11 +0800\r\n"
    b"From: a@example.org\r\nTo: b@example.net\r\nSubject: payment\r\n"
    b"Date: Tue, 17 Mar 2026 09:42:10 +0800\r\n"
    b"Message-ID: <1@example.org>\r\n\r\nHello from 192.0.2.1\r\n"
)
HTML = (
    b"<!DOCTYPE html>\n<!-- saved from url=(0023)https://shop.example/ -->\n"
    b"<html><head><title>Shop</title></head><body><p>x</p></body></html>"
)
MHTML = (
    b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://shop.example/\r\nSubject: Shop\r\n"
    b"Date: Tue, 17 Mar 2026 09:42:10 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
    b'\ttype="text/html"; boundary="--x"\r\n\r\n----x\r\nContent-Type: text/html\r\n\r\n<html></html>\r\n'
)
WARC = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://shop.example/\r\nContent-Length: 0\r\n\r\n"
)
PNG_EMPTY = b"\x89PNG\r\n\x1a\n" + zlib.compress(b"")
WARC_GZ = gzip.compress(WARC)
