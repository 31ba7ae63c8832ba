# SPDX-License-Identifier: Apache-2.0
"""States from events alone: a case and an agreement by hand, with what each event changes."""

from __future__ import annotations

from typing import Any

from concordat.cooperation.agreementbook import ChainDraft, Duty, Terms
from concordat.cooperation.rebuilding.agreed import Agreements
from concordat.cooperation.rebuilding.casefiles import Cases
from concordat.cooperation.states import AgreementStatus, CaseStatus
from concordat.cooperation.words import LegalBasis, RequestKind
from concordat.ledger.protocol import Event
from concordat.membership.numbers import number_of

CN, MY, TH = 156, 458, 764
ID = b"\1" * 32
DAY = 86_400


class Story:
    """Events of one contract, a day apart."""

    def __init__(self, contract: str, taker: Any) -> None:
        self.contract, self.taker, self.day = contract, taker, 0

    def tell(self, name: str, **args: Any) -> None:
        self.day += 1
        self.taker.take(Event(self.contract, name, args, "0x", self.day, "0x", 0, self.day * DAY))


class Struct:
    """A struct as an event gives it."""

    def __init__(self, values: dict[str, Any]) -> None:
        for name, value in values.items():
            many = isinstance(value, list) and value and isinstance(value[0], dict)
            setattr(self, name, [Struct(each) for each in value] if many else value)


def draft() -> Struct:
    terms = Terms(RequestKind.EVIDENCE, DAY, 2 * DAY)
    made = ChainDraft(
        b"\2" * 32, (CN, MY), LegalBasis.TREATY, "X", 2, 10 * DAY, 0, 0, False, (terms,), (Duty(0, 1, 0, ID),)
    )
    return Struct(made.struct())


def test_a_case_that_two_claim_and_one_takes_over() -> None:
    cases = Cases()
    story = Story("CaseRegistry", cases)
    cn, my, th = number_of(CN, 2), number_of(MY, 2), number_of(TH, 2)
    story.tell("CaseOpened", id=ID, agency=cn)
    case = cases.cases[ID]
    assert (case.status, case.lead) == (CaseStatus.OPEN, cn)
    story.tell("JurisdictionClaimed", id=ID, jurisdiction=MY, agency=my)
    story.tell("ConflictOpened", id=ID, consultUntil=99)
    story.tell("LeadSettled", id=ID, agency=my)
    assert (case.status, case.lead, case.consult_until) == (CaseStatus.SETTLED, my, 99)
    story.tell("JurisdictionClaimed", id=ID, jurisdiction=TH, agency=th)
    story.tell("ConflictOpened", id=ID, consultUntil=199)
    story.tell("ClaimDropped", id=ID, jurisdiction=MY)
    assert (case.status, case.lead) == (CaseStatus.CONFLICT, 0)
    story.tell("ClaimDropped", id=ID, jurisdiction=CN)
    story.tell("LeadSettled", id=ID, agency=th)
    assert (case.status, case.lead, list(case.claimants)) == (CaseStatus.OPEN, th, [TH])
    story.tell("TransferAccepted", **{"id": ID, "from": th, "to": cn})
    story.tell("JurisdictionClaimed", id=ID, jurisdiction=CN, agency=cn)
    story.tell("DeadlineSet", id=ID, number=1, due=50)
    story.tell("DeadlineMet", id=ID, number=1)
    story.tell("VictimsCounted", id=ID, total=41)
    story.tell("CaseClosed", id=ID)
    assert case.values() == {
        "status": CaseStatus.CLOSED,
        "lead": cn,
        "claimants": [CN],
        "consultUntil": 199,
        "victims": 41,
        "deadlines": [(50, story.day * DAY - 2 * DAY)],
    }


def test_an_agreement_ends_for_who_leaves_and_then_for_all() -> None:
    agreements = Agreements()
    story = Story("AgreementRegistry", agreements)
    version = b"\3" * 32
    story.tell("Proposed", thread=ID, version=version, draft=draft())
    thread = agreements.threads[ID]
    assert thread.status_at(DAY - 1) is AgreementStatus.NONE
    assert thread.status_at(DAY) is AgreementStatus.NEGOTIATING
    story.tell("Agreed", thread=ID, version=version)
    story.tell("Ratified", thread=ID, party=CN)
    assert thread.status_at(3 * DAY) is AgreementStatus.AGREED
    story.tell("Ratified", thread=ID, party=MY)
    story.tell("EnteredIntoForce", thread=ID, at=4 * DAY)
    assert thread.status_at(4 * DAY) is AgreementStatus.IN_FORCE
    terms = thread.terms_of(RequestKind.EVIDENCE)
    assert terms and terms.answer_within == 2 * DAY and thread.terms_of(RequestKind.WITNESS) is None
    story.tell("WithdrawalNotified", thread=ID, party=MY, effectiveAt=20 * DAY)
    assert thread.binds_at(MY, 20 * DAY - 1) and not thread.binds_at(MY, 20 * DAY)
    assert thread.status_at(20 * DAY - 1) is AgreementStatus.IN_FORCE
    assert thread.status_at(20 * DAY) is AgreementStatus.ENDED, "nobody is left to be bound to"
    assert not thread.binds_at(TH, 5 * DAY)
