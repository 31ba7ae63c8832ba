# SPDX-License-Identifier: Apache-2.0
"""Requests as the tests of the commands write them. All names, numbers and cases are invented."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from hall import Hall, Office

HOUR: Final = 3600
CASE: Final = Path(__file__).resolve().parents[2] / "examples" / "case-0317"

EVIDENCE: Final = """\
concordat: request/1
number: CN-2026-0042
kind: EVIDENCE
to: MY
authority: CN-MPS
officer: {name: Zhao Example, rank: Inspector, contact: "+86 10 0000 0000, at any hour", badge: P-1}
basis: {on: RECIPROCITY, promise: The same will be done for Malaysia in a like case.}
channel: {way: INTERPOL, reference: IP-2026-7781}
case: "0317"
content:
  nature: Fraud by telecommunication
  facts: >-
    Callers who said that they were of a bank made 41 victims
    transfer money between March and May 2026.
  law: ["Criminal Law, art. 266"]
  matter: Image the servers in the hall named below and keep the originals sealed.
  purpose: Evidence in the trial of the callers.
  link: The calls were made through these servers.
  by: 2027-12-24T18:00:00+08:00
  evidence_items: ["Two servers, rack 7, Example Data Hall, Kuala Lumpur"]
  persons_present: ["Zhao Example, Inspector: to explain what is looked for"]
evidence: {forum: CN, methods: [STORAGE_IMAGING, SEIZURE_OF_ORIGINAL]}
presence: true
use_limits: [CASE_ONLY, NO_FORWARDING]
languages: [en, ms]
"""
POLICE: Final = """\
concordat: request/1
number: MY-7
kind: VERIFY_PERSONS
to: KH
authority: MY-PDRM
officer: {name: Aminah Example, rank: Inspector, contact: "+60 3 0000 0000"}
basis: {on: POLICE}
case: "12"
content:
  facts: Six persons flew in on one ticket.
  matter: Whether the persons of the list work at the site that they named.
  purpose: Prevention of fraud.
  handling: AMBER
  group_hash: "0x1111111111111111111111111111111111111111111111111111111111111111"
  count: 6
"""
EXTRADITION: Final = """\
concordat: request/1
number: CN-2026-0051
kind: EXTRADITION
to: TH
authority: CN-MPS
officer: {name: Zhao Example, rank: Inspector, contact: "+86 10 0000 0000, at any hour"}
basis: {on: RECIPROCITY, promise: The same will be done for Thailand in a like case.}
case: "0317"
content:
  nature: Fraud by telecommunication
  facts: He led the callers who made 41 victims transfer money between March and May 2026.
  law: ["Criminal Law, art. 266"]
  matter: Arrest and surrender the person named below.
  purpose: Trial.
  link: He led the callers.
  offence: TELECOM_FRAUD
  warrant: Example Court, 2026-7
  persons: ["Chan Example, born 1990"]
"""


def written(folder: Path, name: str, text: str) -> str:
    """A file with this text; gives its name."""
    (folder / name).write_text(text, encoding="utf-8")
    return name


def collected(hall: Hall, office: Office, mandate: str) -> str:
    """The phone of the example, collected two hours ago under a mandate and registered: its package."""
    place = office.folder / "case"
    shutil.copytree(CASE, place)
    text = (place / "my-phone.yaml").read_text(encoding="utf-8")
    for key, hours in (("started", -2), ("ended", -1), ("  from", -48), ("  until", 48)):
        moment = datetime.fromtimestamp(hall.now + hours * HOUR, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        text = re.sub(rf"(?m)^{key}: .*$", f"{key}: {moment}", text)
    written(place, "my-phone.yaml", text)
    register = ("register", "case/my-phone.yaml", "case/exhibits/my-phone", "--mandate")
    assert "cites none as its mandate" in office.refused(*register, mandate)
    text = text.replace("mandate: null", f'mandate: "{mandate}"')
    written(place, "my-phone.yaml", text.replace("method: STORAGE_IMAGING", "method: OTHER"))
    assert "does not cover" in office.refused(*register, mandate)
    written(place, "my-phone.yaml", text)
    office(*register, mandate)
    return str(next(path.relative_to(office.folder) for path in office.folder.rglob("*.acq")))
