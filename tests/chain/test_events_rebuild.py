# SPDX-License-Identifier: Apache-2.0
"""Everything rebuilt from the events of a chain, and equal to what its contracts say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from assistancestage import EVIDENCE, POLICE, written
from hall import DAY, Hall, Offices

from concordat.casework import rebuilding
from concordat.cooperation import agreementbook, answers, assistance, casebook, casetexts
from concordat.cooperation.agreementbook import ChainDraft, Terms
from concordat.cooperation.answers import Reference
from concordat.cooperation.assistance import ChainOrder
from concordat.cooperation.words import (
    Channel,
    ClaimGround,
    LegalBasis,
    PostponeReason,
    ReferenceKind,
    RefusalGround,
    RequestKind,
    Urgency,
)

SECRET, MESSAGE = b"\7" * 32, b"\6" * 32


def asked(office: Offices, who: str, text: str) -> bytes:
    """A request that was asked."""
    found = office(who)
    name = f"{len(list(found.folder.glob('*.yaml')))}.yaml"
    written(found.folder, name, text)
    return bytes.fromhex(found.done("assistance", "ask", name)["request"][2:])


def equal(hall: Hall) -> dict[str, int]:
    """Rebuild everything; nothing may differ."""
    found = rebuilding.rebuild(hall.chain)
    assert found.differences == ()
    assert found.objects == found.equal
    return found.objects


def numbered(text: str, number: int) -> str:
    return text.replace("number: MY-7", f"number: MY-{number}")


def test_requests_for_assistance_on_every_way(hall: Hall, office: Offices) -> None:
    chain, kh = hall.chain, hall.signer("KH-NP")
    coercive = asked(office, "CN-MPS", EVIDENCE)
    assert equal(hall)["assistance"] == 1
    hall.pass_time(8 * DAY)
    equal(hall)
    assistance.pass_on(chain, hall.signer("CN-MOJ"), coercive, MESSAGE)
    assistance.acknowledge(chain, hall.signer("MY-AGC"), coercive, SECRET)
    assistance.assign(chain, hall.signer("MY-AGC"), coercive, hall.number("MY-PDRM"), MESSAGE)
    executor = hall.signer("MY-PDRM")
    answers.accept(chain, executor, coercive, presence=True)
    answers.ask_supplement(chain, executor, coercive, MESSAGE)
    hall.pass_time(5 * DAY)
    equal(hall)
    assistance.supplement(chain, hall.signer("CN-MPS"), coercive, MESSAGE)
    answers.postpone(
        chain, executor, coercive, chain.now() + 9 * DAY, PostponeReason.OWN_PROCEEDINGS, MESSAGE
    )
    equal(hall)
    hall.pass_time(4 * DAY)
    answers.begin(chain, executor, coercive)
    equal(hall)
    document = Reference(ReferenceKind.DOCUMENT, 0, MESSAGE)
    answers.answer(chain, executor, coercive, [document], MESSAGE, complete=False)
    answers.ask_supplement(chain, executor, coercive, MESSAGE)
    assistance.supplement(chain, hall.signer("CN-MPS"), coercive, MESSAGE)
    equal(hall)
    answers.answer(chain, executor, coercive, [document], MESSAGE)
    equal(hall)
    answers.confirm(chain, hall.signer("CN-MPS"), coercive)

    texts = [numbered(POLICE, each) for each in (1, 2, 3)]
    refused, late, withdrawn = (asked(office, "MY-PDRM", text) for text in texts)
    assistance.acknowledge(chain, kh, refused, SECRET)
    answers.refuse(chain, kh, refused, RefusalGround.POLITICAL, MESSAGE)
    assistance.withdraw(chain, hall.signer("MY-PDRM"), withdrawn, 1)
    hall.pass_time(4 * DAY)
    assistance.assign(chain, hall.signer("KH-MOJ"), late, hall.number("KH-MOJ"))
    assert equal(hall)["assistance"] == 4

    stale = asked(office, "MY-PDRM", numbered(POLICE, 4))
    assistance.forward(chain, kh, stale, hall.number("KH-MOJ"), MESSAGE)
    assistance.acknowledge(chain, hall.signer("KH-MOJ"), stale, SECRET)
    answers.ask_supplement(chain, hall.signer("KH-MOJ"), stale, MESSAGE)
    hall.pass_time(61 * DAY)
    assert equal(hall)["assistance"] == 5
    answers.refuse(chain, hall.signer("KH-MOJ"), stale, RefusalGround.FORMAL_DEFECT, MESSAGE)
    equal(hall)


def test_cases(hall: Hall, office: Offices) -> None:
    chain, commitment, text = hall.chain, b"\5" * 32, b"\4" * 32
    case = casetexts.case_id(hall.number("CN-MPS"), commitment)
    cn, my, th = (hall.signer(name) for name in ("CN-MPS", "MY-PDRM", "TH-RTP"))
    steps: Sequence[Callable[[], object]] = (
        lambda: casebook.open_(chain, cn, commitment, ClaimGround.EFFECT, text),
        lambda: casebook.claim(chain, my, case, ClaimGround.TERRITORY, text),
        lambda: casebook.claim(chain, th, case, ClaimGround.OFFENDER_PRESENT, text),
        lambda: casebook.drop_claim(chain, cn, case),
        lambda: casebook.set_deadline(chain, my, case, 3, chain.now() + DAY),
        lambda: casebook.meet_deadline(chain, my, case, 1, text),
        lambda: casebook.count_victims(chain, th, case, [b"\1" * 32, b"\2" * 32]),
        lambda: casebook.drop_claim(chain, my, case),
        lambda: casebook.offer_transfer(chain, th, case, hall.number("CN-MPS"), text),
        lambda: casebook.accept_transfer(chain, cn, case, text),
        lambda: casebook.close(chain, cn, case, 1, text),
    )
    for step in steps:
        step()
        assert equal(hall)["case"] == 1
    told = office("SG-SPF").done("events", "rebuild")
    assert told["objects"] == told["equal"] and told["objects"]["case"] == 1


def test_agreements_and_a_request_under_one(hall: Hall, office: Offices) -> None:
    chain, cn, my = hall.chain, hall.signer("CN-MOJ"), hall.signer("MY-AGC")
    terms = (
        Terms(RequestKind.DATA_EXCHANGE, DAY, 9 * DAY, 3600, 2 * DAY),
        Terms(RequestKind.EVIDENCE, 3 * DAY, 30 * DAY),
    )
    draft = ChainDraft(
        b"\1" * 32,
        (156, 458),
        LegalBasis.TREATY,
        "EXAMPLE",
        2,
        60 * DAY,
        0,
        chain.now() + 400 * DAY,
        False,
        terms,
    )
    proposed = agreementbook.propose(chain, cn, draft).event("Proposed").args
    thread, version = proposed["thread"], proposed["version"]
    order = ChainOrder(
        kind=RequestKind.DATA_EXCHANGE,
        to=458,
        agency=0,
        basis=LegalBasis.TREATY,
        agreement=thread,
        urgency=Urgency.DANGER_TO_LIFE,
        channel=Channel.LEDGER,
        forum=0,
        methods=0,
        presence=False,
        checklist=bytes(32),
        order=b"\2" * 32,
        message=MESSAGE,
        secret=SECRET,
    )
    steps: Sequence[Callable[[], object]] = (
        lambda: agreementbook.counter(chain, my, thread, version, replace(draft, text=b"\3" * 32)),
        lambda: agreementbook.accept(chain, my, thread, version),
        lambda: agreementbook.ratify(chain, cn, thread, version, MESSAGE),
        lambda: agreementbook.ratify(chain, my, thread, version, MESSAGE, [RequestKind.EVIDENCE], SECRET),
        lambda: assistance.ask(chain, hall.signer("CN-MPS"), order),
        lambda: hall.pass_time(3 * DAY),
        lambda: agreementbook.withdraw(chain, cn, thread, MESSAGE),
        lambda: hall.pass_time(61 * DAY),
    )
    for step in steps:
        step()
        assert equal(hall)["agreement"] == 1


def test_a_difference_is_told(hall: Hall, office: Offices, monkeypatch: pytest.MonkeyPatch) -> None:
    casebook.open_(hall.chain, hall.signer("CN-MPS"), b"\5" * 32, ClaimGround.EFFECT, b"\4" * 32)
    rebuilt = {"status": 3}
    monkeypatch.setattr("concordat.cooperation.rebuilding.casefiles.RebuiltCase.values", lambda _: rebuilt)
    ran = office("SG-SPF")("events", "rebuild")
    assert ran.code == 4
    assert "status is 1 by the contract, 3 by the events" in ran.err
