# SPDX-License-Identifier: Apache-2.0
"""Agreements are consulted about: proposals, counter-proposals, and an acceptance of exactly one version."""

from __future__ import annotations

from typing import Any

import pytest

from concordat.cooperation.states import AgreementStatus
from concordat.cooperation.words import LegalBasis
from tests.contracts.clock import next_block_at, now
from tests.contracts.cooperation.agreeing import (
    accept,
    agreed,
    among,
    counter,
    draft,
    in_force,
    obligation,
    propose,
    terms,
    thread_id,
    version_id,
)
from tests.contracts.cooperation.stage import PAPER, PH, TH, YEAR, Kind
from tests.contracts.reverts import reverts
from tests.contracts.suite import CN, DAY, MY, SG, ZERO32, Suite

NONE, NEGOTIATING, AGREED = AgreementStatus.NONE, AgreementStatus.NEGOTIATING, AgreementStatus.AGREED


def status(suite: Suite, thread: bytes, at: int | None = None) -> int:
    return int(suite.agreements.statusAt(thread, now() if at is None else at))


def test_a_proposal_opens_a_thread(suite: Suite) -> None:
    given = draft()
    tx = suite.agreements.propose(given, {"from": suite.cn_authority})
    thread = thread_id(CN, given)
    version = version_id(thread, given)
    proposed = tx.events["Proposed"]
    assert tx.return_value == ("0x" + thread.hex(), "0x" + version.hex())
    assert (proposed["thread"], proposed["version"]) == tx.return_value
    assert (proposed["answers"], proposed["by"]) == ("0x" + ZERO32.hex(), CN)
    assert proposed["draft"][1] == (CN, MY)
    assert bytes(suite.agreements.versionHash(thread, given)) == version
    assert status(suite, thread) == NEGOTIATING
    assert status(suite, thread, tx.timestamp - 1) == NONE
    assert bytes(suite.agreements.agreedVersion(thread)) == ZERO32


def test_the_last_acceptance_makes_it_agreed(suite: Suite) -> None:
    thread, version = propose(suite, among("cn", "my", "sg"))
    tx = accept(suite, thread, version, "my")
    assert "Agreed" not in tx.events
    assert status(suite, thread) == NEGOTIATING
    next_block_at(now() + DAY)
    tx = accept(suite, thread, version, "sg")
    assert tx.events["Accepted"]["party"] == SG
    assert tx.events["Agreed"]["version"] == "0x" + version.hex()
    assert status(suite, thread) == AGREED
    assert status(suite, thread, tx.timestamp - 1) == NEGOTIATING
    assert bytes(suite.agreements.agreedVersion(thread)) == version


def test_a_counter_proposal_keeps_the_thread(suite: Suite) -> None:
    thread, first = propose(suite, draft())
    shorter = draft(terms=[terms(Kind.EVIDENCE, answer_within=20 * DAY)])
    second = counter(suite, thread, first, shorter)
    accept(suite, thread, second, "cn")
    assert bytes(suite.agreements.agreedVersion(thread)) == second
    with reverts("NotNegotiating", thread, AGREED):
        accept(suite, thread, first, "my")


def test_an_earlier_version_can_still_be_accepted(suite: Suite) -> None:
    thread, first = propose(suite, draft())
    counter(suite, thread, first, draft(notice=YEAR))
    accept(suite, thread, first, "my")
    assert bytes(suite.agreements.agreedVersion(thread)) == first


def test_acceptances_of_two_versions_agree_on_neither(suite: Suite) -> None:
    thread, first = propose(suite, among("cn", "my", "sg"))
    second = counter(suite, thread, first, among("cn", "my", "sg", notice=0))
    accept(suite, thread, first, "sg")
    accept(suite, thread, second, "cn")
    assert status(suite, thread) == NEGOTIATING
    accept(suite, thread, second, "sg")
    assert bytes(suite.agreements.agreedVersion(thread)) == second


def test_one_word_of_difference_is_another_version(suite: Suite) -> None:
    thread, version = propose(suite, draft())
    assert version_id(thread, draft(text=PAPER)) != version
    assert version_id(thread_id(MY, draft()), draft()) != version
    with reverts("NoSuchDraft", thread, version_id(thread, draft(text=PAPER))):
        accept(suite, thread, version_id(thread, draft(text=PAPER)), "my")


def test_a_version_belongs_to_its_thread(suite: Suite) -> None:
    thread, _ = propose(suite, draft())
    other, version = propose(suite, draft(), by="my")
    assert thread != other
    with reverts("NoSuchDraft", thread, version):
        accept(suite, thread, version, "my")
    with reverts("NoSuchDraft", thread, version):
        counter(suite, thread, version, draft(text=PAPER))


def test_a_third_country_may_be_drawn_in(suite: Suite) -> None:
    """It accepts; to put versions forward it would have had to be there from the beginning."""
    thread, first = propose(suite, draft())
    wider = counter(suite, thread, first, among("cn", "my", "sg"))
    with reverts("NotAParty", thread, SG):
        counter(suite, thread, wider, among("cn", "my", "sg", notice=0), by="sg")
    accept(suite, thread, wider, "cn", "sg")
    assert bytes(suite.agreements.agreedVersion(thread)) == wider


def test_nobody_proposes_for_others(suite: Suite) -> None:
    with reverts("NotAParty", thread_id(SG, draft()), SG):
        propose(suite, draft(), by="sg")
    thread, version = propose(suite, draft())
    with reverts("NotAParty", thread, SG):
        accept(suite, thread, version, "sg")
    with reverts("NotAParty", thread, MY):
        counter(suite, thread, version, among("cn", "sg"))


def test_nobody_is_left_out_of_his_thread(suite: Suite) -> None:
    """One party and somebody from outside would else agree, and close the thread to all others."""
    thread, version = propose(suite, among("cn", "my", "sg"))
    for others in (("cn", "my"), ("cn", "sg", "th"), ("cn", "th")):
        missing = MY if "my" not in others else SG
        with reverts("NotAParty", thread, missing):
            counter(suite, thread, version, among(*others))
    counter(suite, thread, version, among("cn", "my", "sg", "th"))


def test_a_thread_must_be_there(suite: Suite) -> None:
    with reverts("NoSuchThread", PAPER):
        counter(suite, PAPER, PAPER, draft())
    with reverts("NoSuchThread", PAPER):
        accept(suite, PAPER, PAPER, "my")
    assert status(suite, PAPER) == NONE


def test_what_is_proposed_or_accepted_is_so_once(suite: Suite) -> None:
    thread, version = propose(suite, draft())
    with reverts("DraftExists", version):
        propose(suite, draft())
    with reverts("DraftExists", version):
        counter(suite, thread, version, draft())
    with reverts("AlreadyAccepted", thread, version, CN):
        accept(suite, thread, version, "cn")


def test_what_is_agreed_is_not_countered(suite: Suite) -> None:
    thread = agreed(suite, draft())
    version = suite.agreements.agreedVersion(thread)
    with reverts("NotNegotiating", thread, AGREED):
        counter(suite, thread, version, draft(notice=0))


def test_thirty_two_parties(suite: Suite) -> None:
    """The list is kept in two words; places in both are found."""
    parties = sorted({CN, MY, PH, TH, *range(1, 29)})
    assert len(parties) == 32
    thread, version = propose(suite, draft(parties=parties))
    accept(suite, thread, version, "my", "ph", "th")
    with reverts("AlreadyAccepted", thread, version, TH):
        accept(suite, thread, version, "th")
    with reverts("NotAParty", thread, SG):
        accept(suite, thread, version, "sg")
    assert status(suite, thread) == NEGOTIATING


# Who


@pytest.mark.parametrize("actor", ["cn_authority", "cn_transmitter"])
def test_a_central_authority_acts_for_its_country(suite: Suite, actor: str) -> None:
    tx = suite.agreements.propose(draft(), {"from": suite.actors[actor]})
    assert tx.events["Proposed"]["by"] == CN


def test_nobody_else_does(suite: Suite) -> None:
    for actor in ("stranger", "cn_asker", "cn_authority_answerer"):
        with reverts("NotAuthorised", suite.actors[actor], 1 << 23):
            suite.agreements.propose(draft(), {"from": suite.actors[actor]})
    with reverts("NotCentralAuthority", suite.cn_police, CN):
        suite.agreements.propose(draft(), {"from": suite.cn_police})


def test_transmit_of_another_agency_is_of_no_use(suite: Suite) -> None:
    officer = suite.appoint("cn_police", "police transmitter", 1 << 23)
    with reverts("NotCentralAuthority", officer, CN):
        suite.agreements.propose(draft(), {"from": officer})


# What is no draft


def at_most(length: int, **changes: Any) -> dict[str, Any]:
    return {"obligations": [obligation()] * length, **changes}


@pytest.mark.parametrize(
    ("reason", "changes"),
    [
        (1, {"text": ZERO32}),
        (2, {"parties": [CN]}),
        (2, {"parties": [CN, CN]}),
        (2, {"parties": [MY, CN]}),
        (2, {"parties": [0, CN]}),
        (2, {"parties": [CN, 1000]}),
        (2, {"parties": [CN, *range(200, 232)]}),
        (3, {"basis": 0}),
        (3, {"reference": ZERO32}),
        (3, {"basis": int(LegalBasis.CONVENTION), "reference": ZERO32}),
        (4, {"ratifications": 1}),
        (4, {"ratifications": 3}),
        (5, {"notice": YEAR + 1}),
        (6, {"ends_at": 1}),
        (6, {"ends_at": 1 << 39, "enters_at": 1 << 39}),
        (7, {"terms": []}),
        (7, {"terms": [terms(0)]}),
        (7, {"terms": [terms(20)]}),
        (7, {"terms": [terms(9), terms(9)]}),
        (7, {"terms": [terms(9, acknowledge_within=0)]}),
        (7, {"terms": [terms(9, answer_within=3 * DAY - 1)]}),
        (7, {"terms": [terms(9, acknowledge_urgent_within=0)]}),
        (7, {"terms": [terms(9, answer_urgent_within=0)]}),
        (7, {"terms": [terms(9, acknowledge_urgent_within=3 * DAY + 1, answer_urgent_within=9 * DAY)]}),
        (7, {"terms": [terms(9, answer_urgent_within=30 * DAY + 1)]}),
        (7, {"terms": [terms(9, use_limits=32)]}),
        (7, {"terms": [terms(9, confidentiality=4)]}),
        (7, {"basis": int(LegalBasis.POLICE)}),
        (8, at_most(17)),
        (8, {"obligations": [obligation(duty=ZERO32)]}),
        (8, {"obligations": [obligation(due_within=0)]}),
        (8, {"obligations": [obligation(every=DAY - 1)]}),
        (8, {"obligations": [obligation(debtor=SG)]}),
    ],
)
def test_what_is_no_draft(suite: Suite, reason: int, changes: dict[str, Any]) -> None:
    with reverts("InvalidDraft", reason):
        suite.agreements.propose(draft(**changes), {"from": suite.cn_authority})


@pytest.mark.parametrize(
    "changes",
    [
        {"basis": int(LegalBasis.RECIPROCITY), "reference": ZERO32},
        {"basis": int(LegalBasis.POLICE), "reference": ZERO32, "terms": [terms(Kind.PRESERVE_DATA)]},
        {"notice": YEAR},
        {"notice": 0},
        {"terms": [terms(9, acknowledge_urgent_within=0, answer_urgent_within=0)]},
        {"terms": [terms(kind) for kind in Kind]},
        at_most(16, terms=[]),
    ],
)
def test_what_just_is_one(suite: Suite, changes: dict[str, Any]) -> None:
    thread, _ = propose(suite, draft(**changes))
    assert status(suite, thread) == NEGOTIATING


@pytest.mark.parametrize(("ahead", "possible"), [(0, False), (1, True)])
def test_it_ends_later_than_it_is_proposed(suite: Suite, ahead: int, possible: bool) -> None:
    time = now() + DAY
    next_block_at(time)
    given = draft(ends_at=time + ahead)
    if possible:
        suite.agreements.propose(given, {"from": suite.cn_authority})
        return
    with reverts("InvalidDraft", 6):
        suite.agreements.propose(given, {"from": suite.cn_authority})


def test_the_basis_is_that_of_the_version_agreed_upon(suite: Suite) -> None:
    """Both of S118 can be named: the convention, and a memorandum of police forces."""
    convention = in_force(suite, draft(basis=int(LegalBasis.CONVENTION), reference=b"UNTOC".ljust(32, b"\0")))
    memorandum = draft(
        basis=int(LegalBasis.POLICE),
        reference=b"China-ASEAN MoU".ljust(32, b"\0"),
        terms=[terms(Kind.POLICE_INFORMATION)],
    )
    police, _ = propose(suite, memorandum)
    assert suite.agreements.basisOf(convention) == (
        LegalBasis.CONVENTION,
        "0x" + b"UNTOC".ljust(32, b"\0").hex(),
    )
    assert suite.agreements.basisOf(police) == (0, "0x" + ZERO32.hex())
    accept(suite, police, version_id(police, memorandum), "my")
    assert suite.agreements.basisOf(police)[0] == LegalBasis.POLICE
