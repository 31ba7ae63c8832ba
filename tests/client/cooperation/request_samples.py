# SPDX-License-Identifier: Apache-2.0
"""A request for evidence as tests write and change it. All names and numbers are invented."""

from __future__ import annotations

from functools import cache

import pytest

from concordat.assets.orders.fieldtree import Mistake, MistakesError
from concordat.cooperation.orders.checklist import Checklist, export
from concordat.cooperation.orders.request import Request, RequestSecrets
from concordat.cooperation.orders.requestfile import parse
from concordat.evidence.methods import Method
from concordat.evidence.rulebook import bundled

THREAD = "0x" + "a1" * 32
SECRETS = RequestSecrets(b"\x01" * 32, b"\x02" * 32)
REQUEST = f"""\
concordat: request/1
number: CN-2026-0042
kind: EVIDENCE
to: MY
authority: CN-MPS
officer: {{name: Zhao Example, rank: Inspector, contact: "+86 10 0000 0000, at any hour", badge: P-1}}
basis: {{on: TREATY, agreement: "{THREAD}"}}
urgency:
  code: DATA_ABOUT_TO_BE_LOST
  why: The host deletes its logs after thirty days.
channel: {{way: INTERPOL, reference: IP-2026-7781}}
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
  by: 2026-12-24T18:00:00+08:00
  evidence_items: ["Two servers, rack 7, Example Data Hall, Kuala Lumpur", "Access logs from 1 March 2026"]
  persons_present: ["Zhao Example, Inspector: to explain what is looked for"]
evidence: {{forum: CN, methods: [STORAGE_IMAGING, SEIZURE_OF_ORIGINAL]}}
presence: true
use_limits: [CASE_ONLY, NO_FORWARDING]
languages: [en, ms]
"""
POLICE = """\
concordat: request/1
number: MY-7
kind: VERIFY_PERSONS
to: KH
agency: KH-POLICE
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


def changed(old: str, new: str, text: str = REQUEST) -> str:
    """The request with one thing changed, which has to be there."""
    assert old in text, old
    return text.replace(old, new)


def request() -> Request:
    """The request as it stands."""
    return parse(REQUEST)


@cache
def checklist() -> Checklist:
    """The Chinese checklist for it."""
    methods = (Method.STORAGE_IMAGING, Method.SEIZURE_OF_ORIGINAL)
    return export("CN", "MY", methods, {"CN": bundled("CN")})


def mistakes(text: str) -> tuple[Mistake, ...]:
    """Every mistake of a text that has some."""
    with pytest.raises(MistakesError) as refused:
        parse(text)
    return refused.value.mistakes
