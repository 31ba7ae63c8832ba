# SPDX-License-Identifier: Apache-2.0
"""Records of transfers: bank statements as tables, ISO 20022, SWIFT MT, OFX, JSON of payment systems."""

from __future__ import annotations

import re
from collections.abc import Iterator

from concordat.evidence.intake.kinds.base import Candidate, Kind, Observation, Probe
from concordat.evidence.intake.kinds.structure import xml_root
from concordat.evidence.intake.kinds.tables import NUMBER, TIME, Table, understood

_ISO20022 = re.compile(r"urn:iso:std:iso:20022:tech:xsd:((camt|pacs|pain|auth)\.\d{3}\.\d{3}\.\d{2})")
_ISO_MESSAGES = frozenset(("BkToCstmrStmt", "BkToCstmrAcctRpt", "BkToCstmrDbtCdtNtfctn", "FIToFICstmrCdtTrf"))
_CURRENCY = re.compile(r'\bCcy="([A-Z]{3})"')
_MT_BLOCK = re.compile(r"\{1:F\d{2}[A-Z0-9]{12,30}\}")
_MT_FIELD = re.compile(r"^:(20|25|28C?|60[FM]|61|62[FM]|86|32A|50[AFK]|59[AF]?|23B|71A):", re.MULTILINE)
_MT_STATEMENT, _MT_PAYMENT = {"20", "25", "61"}, {"20", "23B", "32A", "59"}
_OFX = re.compile(r"<(STMTTRN|BANKTRANLIST|CCSTMTRS)>")


def candidates(probe: Probe) -> Iterator[Candidate]:
    """Recognise by message type, by field tags, or by what the columns mean."""
    text = probe.opening()
    if not text:
        return
    opening = text[:512].lstrip("\ufeff \t\r\n")
    if opening.startswith("<"):
        yield from _xml(text)
    elif opening.startswith(("OFXHEADER", "!Type:Bank", "!Type:CCard")):
        yield Candidate(Kind.TRANSFER_RECORD, "application/x-ofx", 95)
    elif opening.startswith(("{1:", ":20:", "{4:")) or "\n:20:" in text[:2048]:
        yield from _swift(text)
    elif keys := probe.keys():
        yield from _json(keys)
    elif (table := probe.table()) is not None:
        yield from _table(table)


def _xml(text: str) -> Iterator[Candidate]:
    root = xml_root(text)
    if root is None:
        return
    message = _ISO20022.search(" ".join(root.spaces))
    if message or (root.name == "Document" and any(f"<{name}>" in text for name in _ISO_MESSAGES)):
        found: dict[str, Observation] = {"currencies": sorted(set(_CURRENCY.findall(text)))}
        if message:
            found["message"] = message.group(1)
        yield Candidate(Kind.TRANSFER_RECORD, "application/xml", 98 if message else 80, found)
    elif root.name == "OFX" or _OFX.search(text):
        yield Candidate(Kind.TRANSFER_RECORD, "application/x-ofx", 95)


def _swift(text: str) -> Iterator[Candidate]:
    fields = set(_MT_FIELD.findall(text))
    if _MT_STATEMENT.issubset(fields) and fields & {"60F", "60M", "62F", "62M"}:
        yield Candidate(Kind.TRANSFER_RECORD, "application/x-mt940", 95)
    elif _MT_BLOCK.search(text[:200]) or fields >= _MT_PAYMENT:
        yield Candidate(Kind.TRANSFER_RECORD, "application/x-swift-mt", 85)


def _json(keys: frozenset[str]) -> Iterator[Candidate]:
    meanings = understood(keys)
    if (
        "amount" in meanings
        and "time" in meanings
        and len(meanings & {"account", "party", "currency", "reference"}) >= 2
    ):
        yield Candidate(Kind.TRANSFER_RECORD, "application/json", 75)


def _table(table: Table) -> Iterator[Candidate]:
    if not table.has("time", "amount") or table.has("calling") or table.has("called"):
        return
    support = len({"balance", "account", "party", "reference", "currency"} & set(table.meanings))
    if not support:
        return
    if not table.rows:
        yield Candidate(Kind.TRANSFER_RECORD, "text/csv", 60)
        return
    sound = table.share("time", TIME) >= 0.8 and table.share("amount", NUMBER) >= 0.8
    yield Candidate(Kind.TRANSFER_RECORD, "text/csv", 85 if sound else 55, {"columns": len(table.meanings)})
