# SPDX-License-Identifier: Apache-2.0
"""Files made to hurt: nothing hangs, nothing grows, nothing raises, and no recogniser even stumbles."""

from __future__ import annotations

import gzip
import io
import random
import struct
import time
import tracemalloc
import zlib

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from concordat.evidence.intake.hashing import HEAD
from concordat.evidence.intake.kinds import Candidate, Kind, Probe, Recognised, decide, recognise

from . import samples as s
from .test_kinds import CASES

K = 1 << 10


class Counted(io.BytesIO):
    """A file that counts what is read from it."""

    taken = 0

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        self.taken += len(data)
        return data


def look(data: bytes) -> Recognised:
    source = Counted(data)
    seen = recognise(Probe(data[:HEAD], len(data), source))
    assert source.taken <= Probe.BUDGET
    assert "recognisers_failed" not in seen.observations
    return seen


def zip_end(total: int, length: int, offset: int) -> bytes:
    return (
        b"PK\x03\x04"
        + bytes(60)
        + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, total, total, length, offset, 0)
    )


def png_chunks(length: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + (struct.pack(">I", length) + b"tEXt" + bytes(4)) * 5000


def tiff(entries: list[tuple[int, int, int, int]], following: int = 0) -> bytes:
    body = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return (
        b"II*\0\x08\0\0\0" + struct.pack("<H", len(entries)) + body + struct.pack("<I", following) + bytes(64)
    )


BOMBS: dict[str, bytes] = {
    "gzip bomb": gzip.compress(bytes(200 << 20), 9),
    "zip that claims everything": zip_end(0xFFFF, 0xFFFFFFFF, 0),
    "zip whose directory lies outside": zip_end(3, 10, 0xFFFFFFF0),
    "zip64 without end": b"PK\x03\x04" + b"PK\x06\x06" + b"\xff" * 52
    + struct.pack("<4sLQL", b"PK\x06\x07", 0, 4, 1)
    + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0),
    "zip of 60,000 members": s.zipped(*(f"{i}/" + "x" * 20 for i in range(60_000))),
    "billion laughs": b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (c, b"&%c;" % (c - 1) * 10) for c in range(98, 122)) + b"]><l>&y;</l>",
    "external entity": b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><Document>&e;</Document>',
    "deep xml": b"<a>" * 100_000,
    "deep json arrays": b"[" * 300_000,
    "deep json objects": b'{"a":' * 60_000,
    "json of one string": b'["' + b"a" * 300_000,
    "one line": b"a" * 400_000,
    "quotes": b'"' * 300_000,
    "spaces": b" " * 300_000,
    "newlines": b"\n" * 300_000,
    "commas": b"date,amount,balance\n" + b"," * 300_000,
    "separators": b"date,amount,balance\n" + b"1,2\n" * 80_000,
    "open quote in a table": b'date,amount,balance\n"' + b"x\n" * 150_000,
    "dots": b"1.1." * 70_000,
    "colons": b":" * 300_000,
    "colons and digits": b"1:" * 150_000,
    "digits": b"1" * 300_000,
    "date marks": b"2026-03-17 " * 30_000,
    "brackets": b"[17/Mar/2026:" * 20_000,
    "access log prefix": b"a a " * 70_000 + b"\n",
    "links": b"<html><head><title>" + b'<link rel="canonical" ' * 12_000,
    "links without end": b"<html><head><title>" + b"<link " * 40_000,
    "comments": b"<!--" * 70_000,
    "comments that close": b"<!---->" * 40_000 + b"<html>",
    "processing instructions": b"<?" * 100_000,
    "doctype": b"<!DOCTYPE " + b"[" * 100_000,
    "header fields": b"A: b\r\n" * 50_000,
    "folded header": b"From: a\r\n" + b" x\r\n" * 60_000 + b"To: b\r\nDate: c\r\n\r\n",
    "received": b"Received: " + b"1.1.1.1 " * 40_000 + b"\r\nFrom: a\r\nTo: b\r\nDate: "
    + b"9" * 5000 + b"\r\n",
    "mt fields": b":20:\n" + b":61:\n" * 60_000,
    "whatsapp": b"1/1/26, 1:11 - " * 20_000,
    "jpeg segments": b"\xff\xd8" + b"\xff\xe0\0\2" * 60_000,
    "jpeg zero segments": b"\xff\xd8" + b"\xff\xe0\0\0" * 60_000,
    "png chunks": png_chunks(4),
    "png endless chunk": png_chunks(0xFFFFFFFF),
    "webp chunks": b"RIFF\xff\xff\xff\xffWEBP" + b"VP8X\0\0\0\0" * 40_000,
    "mp4 boxes of nothing": b"\0\0\0\x08ftyp" + b"\0\0\0\x08free" * 40_000,
    "mp4 box of length 0": b"\0\0\0\x10ftypisom\0\0\0\0" + b"\0\0\0\0moov" * 1000,
    "mp4 box of 2^64": b"\0\0\0\x10ftypisom\0\0\0\0" + b"\0\0\0\1mdat" + b"\xff" * 8,
    "mvhd of all ones": b"\0\0\0\x10ftypisom\0\0\0\0" + s.box(b"moov", s.box(b"mvhd", b"\xff" * 200)),
    "mvhd version 1": b"\0\0\0\x10ftypisom\0\0\0\0" + s.box(b"moov", s.box(b"mvhd", b"\1" + b"\xff" * 200)),
    "e01 that runs in a circle": b"EVF\x09\x0d\x0a\xff\x00" + bytes(5)
    + struct.pack("<16sQQ", b"x", 13, 76) + bytes(900),
    "e01 of many sections": b"EVF\x09\x0d\x0a\xff\x00\1\1\0\0\0"
    + b"".join(struct.pack("<16sQQ", b"table", 13 + 76 * (i + 1), 76) + bytes(44) for i in range(20_000)),
    "tiff of 65,535 entries": tiff([(i, 2, 0xFFFFFFF0, 8) for i in range(65_535)]),
    "tiff in a circle": tiff([(0x8769, 4, 1, 8), (0x8825, 4, 1, 8), (0x010F, 2, 0xFFFFFFFF, 8)], following=8),
    "tiff zero denominators": tiff([(0x8825, 4, 1, 50)]) + bytes(200),
    "ole directory nowhere": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 1000,
    "sqlite of nothing": b"SQLite format 3\0" + b"CREATE TABLE " * 20_000,
    "tar of bad numbers": bytes(148) + b"zzzzzzz\0" + bytes(101) + b"ustar\0" + bytes(400),
    "utf-16 of half pairs": b"\xff\xfe" + b"\x00\xd8" * 100_000,
    "utf-32 out of range": b"\xff\xfe\0\0" + b"\xff" * 4000,
    "gb18030 of anything": b"\x81\x30\x81\x30" * 70_000,
    "zlib noise": zlib.compress(random.Random(3).randbytes(300_000)),
}  # fmt: skip


@pytest.mark.parametrize("data", BOMBS.values(), ids=BOMBS.keys())
def test_bombs(data: bytes) -> None:
    began = time.process_time()
    tracemalloc.start()
    try:
        look(data)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 48 << 20
    assert time.process_time() - began < 6  # with the tracing, which slows everything several times


def test_a_zip_bomb_is_just_a_zip() -> None:
    # 10 MB of zeros in 10 kB; nothing of it is unpacked
    data = s.zipped(first=("zeros", bytes(10 << 20)))
    assert look(data).kind is Kind.ARCHIVE


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=3000))
@example(b"")
def test_any_bytes(data: bytes) -> None:
    look(data)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=2000), st.sampled_from(["utf-8", "utf-16", "gb18030", "utf-8-sig"]))
def test_any_text(text: str, encoding: str) -> None:
    look(text.encode(encoding, "replace"))


@settings(max_examples=500, deadline=None)
@given(st.sampled_from([case[1] for case in CASES]), st.data())
def test_damaged_samples(data: bytes, draw: st.DataObject) -> None:
    """Every sample cut short, lengthened, with bytes overwritten."""
    broken = bytearray(data[: draw.draw(st.integers(0, len(data)))])
    for _ in range(draw.draw(st.integers(0, 8))):
        if broken:
            broken[draw.draw(st.integers(0, len(broken) - 1))] = draw.draw(st.integers(0, 255))
    look(bytes(broken) + draw.draw(st.binary(max_size=64)))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=600))
def test_any_exif(block: bytes) -> None:
    segment = b"Exif\0\0II*\0\x08\0\0\0" + block
    look(b"\xff\xd8\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + b"\xff\xd9")


def test_a_recogniser_that_breaks_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(probe: Probe) -> list[Candidate]:
        raise RecursionError("too deep")

    broken.__module__ = "kinds.broken"
    monkeypatch.setattr(decide, "RECOGNISERS", (broken, *decide.RECOGNISERS))
    seen = recognise(Probe(s.CDR, len(s.CDR)))
    assert (seen.kind, seen.manual) == (Kind.CALL_RECORDS, True)
    assert seen.observations["recognisers_failed"] == ["broken"]
