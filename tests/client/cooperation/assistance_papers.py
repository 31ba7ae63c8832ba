# SPDX-License-Identifier: Apache-2.0
"""One paper of every kind about a request, as tests write and change them. All names are invented."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from eth_utils.crypto import keccak
from request_samples import REQUEST, SECRETS, changed, checklist, request
from test_agreement import AGREEMENT, TEXTS

from concordat.assets.papers.matter import Act, Office
from concordat.cooperation.agreementbook import ChainDraft
from concordat.cooperation.agreements.agreement import thread_id, version_hash
from concordat.cooperation.agreements.agreementfile import parse as agreement
from concordat.cooperation.agreements.comparison import changes
from concordat.cooperation.answers import Reference
from concordat.cooperation.orders.messages import Answer, Cited, Opening, Refusal, Words
from concordat.cooperation.orders.request import Request
from concordat.cooperation.orders.requestfile import parse
from concordat.cooperation.papers import agreementpaper, extradition, letters, replies
from concordat.cooperation.papers.petition import Petition
from concordat.cooperation.papers.replies import Judged
from concordat.cooperation.states import AgreementStatus
from concordat.cooperation.states import AssistanceStatus as Status
from concordat.cooperation.words import ReferenceKind, RefusalGround, ShortAnswer
from concordat.evidence.facts import Facts
from concordat.evidence.methods import Method
from concordat.evidence.steps import Step
from concordat.rendering.content import Document, Text

AT = 1_795_000_000
ACT = Act(AT, "0x" + "aB" * 20, "0x" + "cd" * 32, 2042)
ASKER, HOME = Office(10, "CN-MPS-CYBER"), Office(11, "CN-MPS")
THERE, EXECUTOR = Office(20, "MY-AGC"), Office(21, "MY-PDRM")
ROOT = b"\x5a" * 32
EVIDENCE_ITEMS = next(line for line in REQUEST.splitlines(keepends=True) if "evidence_items" in line)
PRESENT = next(line for line in REQUEST.splitlines(keepends=True) if "persons_present" in line)
TITLE = Text("Treaty on Mutual Legal Assistance in Criminal Matters", "刑事司法协助条约")


def petition(**changed_to: Any) -> Petition:
    """The request of ``request_samples`` as papers know it."""
    given: dict[str, Any] = {
        "id": b"\x5f\x2c\x91\xa0" * 8,
        "request": request(),
        "asker": ASKER,
        "home": "CN",
        "writer": ASKER,
        "own_authority": HOME,
        "receiver": THERE,
        "executor": EXECUTOR,
        "agreement": TITLE,
        "acknowledge_by": AT + 86_400,
        "answer_by": AT + 604_800,
        "checklist": checklist(),
        "zone": ZoneInfo("Asia/Kuala_Lumpur"),
        "generator": "concordat-ledger test",
    }
    return Petition(**{**given, **changed_to})


def extradited() -> Request:
    """A request for extradition from Thailand."""
    made = {
        "to: MY": "to: TH",
        "kind: EVIDENCE": "kind: EXTRADITION",
        EVIDENCE_ITEMS: "  offence: TELECOM_FRAUD\n  warrant: Example Court, 2026-7\n",
        PRESENT: '  persons: ["Chan Example, born 1990"]\n',
        "evidence: {forum: CN, methods: [STORAGE_IMAGING, SEIZURE_OF_ORIGINAL]}\n": "",
    }
    text = REQUEST
    for old, new in made.items():
        text = changed(old, new, text)
    return parse(text)


def judged() -> Judged:
    """An acquisition from which two steps are missing."""
    standard = checklist().standards[Method.STORAGE_IMAGING].standard
    steps = (standard.fatal | standard.curable | standard.noted) & ~(1 << Step.TRANSLATED)
    for clause in standard.clauses:
        steps |= clause.steps
    facts = Facts(AT - 9_000, 60, 458, 458, Method.STORAGE_IMAGING, 3, 2, steps & ~(1 << Step.VIDEO_RECORDED))
    assessment = checklist().judge(facts, Method.STORAGE_IMAGING, AT)
    return Judged(ROOT, "CN", assessment, Method.STORAGE_IMAGING)


def timeline() -> list[extradition.Step]:
    """From sending to an overdue answer."""
    return [
        extradition.Step(Status.SUBMITTED, AT - 500_000, "CN-MPS-CYBER"),
        extradition.Step(Status.SENT, AT - 400_000, "CN-MFA"),
        extradition.Step(Status.RECEIVED, AT - 300_000, "TH-OAG"),
        extradition.Step(Status.OVERDUE, AT - 10),
    ]


def drafts() -> tuple[ChainDraft, ChainDraft]:
    """An agreement and a counter-proposal."""
    text = AGREEMENT.replace("answer: 90 days", "answer: 60 days")
    return agreement(AGREEMENT).draft(TEXTS), agreement(text).draft(TEXTS)


def summary() -> Document:
    """The summary of a counter-proposal."""
    before, after = drafts()
    thread = thread_id(156, before)
    return agreementpaper.summary(
        thread,
        version_hash(thread, after),
        after,
        AgreementStatus.NEGOTIATING,
        ACT,
        HOME,
        title=Text("Agreement on evidence", "取证协议"),
        duties={bytes(keccak(b"Name a contact point.")): "Name a contact point."},
        changed=[Text(each.en, each.zh) for each in changes(before, after)],
        generator="concordat-ledger test",
    )


def every() -> Iterator[Document]:
    """One paper of every kind."""
    whole = petition()
    opening = Opening(whole.request, SECRETS.salt, checklist(), "Checked and complete.")
    cited = Cited(Reference(ReferenceKind.ACQUISITION, 21, ROOT), "Image of server 1")
    yield letters.request_letter(whole, ACT)
    yield letters.transmission(whole, ACT, opening, b"\x77" * 32)
    yield letters.acknowledgement(whole, ACT, THERE)
    yield replies.conditions(
        whole, ACT, Words("As agreed.", ("Costs are shared.", "No press.")), presence=True
    )
    yield replies.refusal(whole, ACT, Refusal(RefusalGround.NO_SUBSTANTIAL_LINK, "The rack was never used."))
    yield replies.refusal(whole, ACT, Refusal(RefusalGround.OTHER, "No time."))
    yield replies.answer(whole, ACT, Answer(True, "Imaged on 3 December.", None, (cited,)), [judged()])
    yield replies.answer(whole, ACT, Answer(False, "Four of six.", ShortAnswer.IN_PART), part=1)
    yield summary()
    yield extradition.checklist(
        petition(request=extradited(), checklist=None), ACT, timeline(), {"warrant", "facts"}
    )
