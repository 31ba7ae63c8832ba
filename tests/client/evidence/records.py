# SPDX-License-Identifier: Apache-2.0
"""A record that is right, as text and as changes to it, for the tests of record, pre-check and template."""

from __future__ import annotations

import pytest

from concordat.evidence.record import Mistake, RecordError, parse

RECORD = """\
concordat: record/1
case: "0317"
title: Phone of a money mule, Johor Bahru
agency: MY-PDRM
method: STORAGE_IMAGING
forums: [MY, CN]
place: {country: MY, subdivision: MY-01, description: Police station}
data_location: MY
started: 2026-03-17T09:30:00+08:00
ended: 2026-03-17T11:05:30+08:00
clock: {source: NTP, offset_ms: 120}
legal_basis:
  type: WARRANT
  reference: MC-JB-2026-0311
  issuer_rank: Magistrate
  from: 2026-03-16T00:00:00+08:00
  until: 2026-03-30T00:00:00+08:00
officers:
  collector: {name: Collector One, badge: "10233", rank: Inspector, qualification: Examiner}
  second: {name: Officer Two, rank: Sergeant}
holder: {present: true, reason: null}
witness: {present: true, eligible: true}
tools: [{name: dc3dd, version: "7.3.1", validation: LAB-31}]
confidentiality: RESTRICTED
use_limits: For case 0317 only
source: {description: Phone of the holder, locator: IMEI ending 4471}
items:
  - {path: phone/chat.json, category: COMMUNICATION, carrier: Phone, number: "E-01"}
documents:
  - {role: MINUTES, file: documents/minutes.pdf}
  - {role: LEGAL_BASIS, file: documents/warrant.pdf}
steps:
  LEGAL_BASIS_CITED: {document: LEGAL_BASIS}
  MINUTES_MADE: {document: MINUTES}
  FREELY_OBTAINED: declared
  TECHNICAL_STANDARD_FOLLOWED: {attester: Digital Forensics Laboratory, reference: GA/T 756-2021}
  REPRODUCIBLE:
preserve: false
mandate: null
"""


def changed(old: str, new: str, text: str = RECORD) -> str:
    """The record with one piece of text replaced; the piece must be there."""
    assert old in text, old
    return text.replace(old, new, 1)


def line_of(piece: str) -> int:
    """The line of the record on which a piece of text begins."""
    return RECORD[: RECORD.index(piece)].count("\n") + 1


def mistakes(text: str) -> tuple[Mistake, ...]:
    with pytest.raises(RecordError) as caught:
        parse(text)
    return caught.value.mistakes


def only_mistake(text: str) -> Mistake:
    found = mistakes(text)
    assert len(found) == 1, found
    return found[0]
