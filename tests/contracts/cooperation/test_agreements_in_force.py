# SPDX-License-Identifier: Apache-2.0
"""Agreements in force: ratification, reservation, accession, withdrawal and end, all by time."""

from __future__ import annotations

import pytest

from concordat.cooperation.states import AgreementStatus
from tests.contracts.clock import next_block_at, now
from tests.contracts.cooperation.agreeing import (
    NOTICE,
    accept,
    agreed,
    among,
    bits,
    draft,
    in_force,
    propose,
    ratify,
    terms,
    withdraw,
)
from tests.contracts.cooperation.stage import COUNTRIES, PAPER, Kind
from tests.contracts.reverts import reverts
from tests.contracts.suite import CN, DAY, MY, SG, ZERO32, Suite

AGREED, IN_FORCE, ENDED = AgreementStatus.AGREED, AgreementStatus.IN_FORCE, AgreementStatus.ENDED


def status(suite: Suite, thread: bytes, at: int | None = None) -> int:
    return int(suite.agreements.statusAt(thread, now() if at is None else at))


def binds(suite: Suite, thread: bytes, country: str, at: int | None = None) -> bool:
    return bool(suite.agreements.bindsAt(thread, COUNTRIES[country], now() if at is None else at))


def covers(suite: Suite, thread: bytes, kind: int = Kind.EVIDENCE, at: int | None = None) -> bool:
    """Whether Malaysia may ask China for it under the agreement."""
    try:
        found = suite.agreements.termsBetween(thread, MY, CN, kind, now() if at is None else at)
    except Exception as error:
        assert "NoBasis" in str(error)
        return False
    assert found[0] == kind
    return True


# Ratification


def test_it_enters_into_force_with_the_last_ratification_needed(suite: Suite) -> None:
    thread = agreed(suite, among("cn", "my", "sg"))
    ratify(suite, thread, "cn")
    assert status(suite, thread) == AGREED
    assert not binds(suite, thread, "cn")
    next_block_at(at := now() + DAY)
    tx = ratify(suite, thread, "my")
    assert tx.events["Ratified"]["party"] == MY
    assert tx.events["EnteredIntoForce"]["at"] == at
    assert [status(suite, thread, time) for time in (at - 1, at)] == [AGREED, IN_FORCE]
    assert [binds(suite, thread, "cn", time) for time in (at - 1, at)] == [False, True]
    assert not binds(suite, thread, "sg")


def test_each_later_one_joins_with_its_own(suite: Suite) -> None:
    thread = agreed(suite, among("cn", "my", "sg"))
    ratify(suite, thread, "cn", "my")
    next_block_at(at := now() + 30 * DAY)
    tx = ratify(suite, thread, "sg")
    assert "EnteredIntoForce" not in tx.events
    assert [binds(suite, thread, "sg", time) for time in (at - 1, at)] == [False, True]


def test_it_enters_not_before_its_day(suite: Suite) -> None:
    at = now() + 60 * DAY
    thread = in_force(suite, draft(enters_at=at))
    assert status(suite, thread) == AGREED
    assert [status(suite, thread, time) for time in (at - 1, at)] == [AGREED, IN_FORCE]
    assert [covers(suite, thread, at=time) for time in (at - 1, at)] == [False, True]


def test_only_the_version_agreed_upon_is_ratified(suite: Suite) -> None:
    thread, version = propose(suite, draft())
    by_authority = {"from": suite.my_authority}
    with reverts("NotAgreed", thread, version):
        suite.agreements.ratify(thread, version, PAPER, 0, ZERO32, by_authority)
    accept(suite, thread, version, "my")
    with reverts("NotAgreed", thread, PAPER):
        suite.agreements.ratify(thread, PAPER, PAPER, 0, ZERO32, by_authority)
    with reverts("NoSuchThread", PAPER):
        suite.agreements.ratify(PAPER, version, PAPER, 0, ZERO32, by_authority)


def test_it_is_ratified_once_by_an_instrument(suite: Suite) -> None:
    thread = agreed(suite, draft())
    version = suite.agreements.agreedVersion(thread)
    with reverts("EmptyInstrument"):
        suite.agreements.ratify(thread, version, ZERO32, 0, ZERO32, {"from": suite.my_authority})
    ratify(suite, thread, "my")
    with reverts("AlreadyRatified", thread, MY):
        ratify(suite, thread, "my")


def test_only_an_open_agreement_is_acceded_to(suite: Suite) -> None:
    closed, open_one = in_force(suite, draft()), in_force(suite, draft(open=True))
    with reverts("NotOpen", closed):
        ratify(suite, closed, "th")
    ratify(suite, open_one, "th")
    assert binds(suite, open_one, "th")


def test_an_accession_counts_before_it_is_in_force(suite: Suite) -> None:
    thread = agreed(suite, draft(open=True))
    ratify(suite, thread, "th", "cn")
    assert status(suite, thread) == IN_FORCE
    assert not binds(suite, thread, "my")


# The live rules


def test_the_rules_between_two(suite: Suite) -> None:
    thread = in_force(suite)
    found = suite.agreements.termsBetween(thread, MY, CN, Kind.EVIDENCE, now())
    assert tuple(found) == terms(Kind.EVIDENCE)
    assert covers(suite, thread)
    assert not covers(suite, thread, Kind.EXTRADITION)
    assert not covers(suite, thread, 0)


@pytest.mark.parametrize("pair", [(MY, MY), (MY, SG), (SG, MY)])
def test_nobody_has_rules_with_others(suite: Suite, pair: tuple[int, int]) -> None:
    thread = in_force(suite)
    with reverts("NoBasis", thread, *pair, Kind.EVIDENCE):
        suite.agreements.termsBetween(thread, *pair, Kind.EVIDENCE, now())


def test_a_thread_that_is_none_is_no_basis(suite: Suite) -> None:
    with reverts("NoBasis", PAPER, MY, CN, Kind.EVIDENCE):
        suite.agreements.termsBetween(PAPER, MY, CN, Kind.EVIDENCE, now())
    assert not binds(suite, PAPER, "my")


# Reservations


@pytest.mark.parametrize("country", ["cn", "my"])
def test_what_one_reserved_binds_neither(suite: Suite, country: str) -> None:
    thread = agreed(suite, draft())
    other = {"cn": "my", "my": "cn"}[country]
    ratify(suite, thread, country, reserved=[Kind.EVIDENCE])
    ratify(suite, thread, other)
    assert not covers(suite, thread, Kind.EVIDENCE)
    assert covers(suite, thread, Kind.DATA_EXCHANGE)


def test_a_reservation_is_withdrawn_from_then_on(suite: Suite) -> None:
    thread = agreed(suite, draft())
    ratify(suite, thread, "cn", reserved=[Kind.EVIDENCE, Kind.DATA_EXCHANGE])
    ratify(suite, thread, "my")
    next_block_at(at := now() + DAY)
    kinds = bits(Kind.EVIDENCE)
    tx = suite.agreements.withdrawReservation(thread, kinds, {"from": suite.cn_transmitter})
    assert tx.events["ReservationWithdrawn"]["kinds"] == kinds
    assert [covers(suite, thread, at=time) for time in (at - 1, at)] == [False, True]
    assert not covers(suite, thread, Kind.DATA_EXCHANGE)
    with reverts("NothingReserved", thread, CN, kinds):
        suite.agreements.withdrawReservation(thread, kinds, {"from": suite.cn_authority})


def test_only_what_is_reserved_is_given_up(suite: Suite) -> None:
    thread = agreed(suite, draft())
    ratify(suite, thread, "cn", reserved=[Kind.EVIDENCE])
    for kinds in (0, bits(Kind.WITNESS), bits(Kind.EVIDENCE, Kind.DATA_EXCHANGE), 1 << 200):
        with reverts("NothingReserved", thread, CN, kinds):
            suite.agreements.withdrawReservation(thread, kinds, {"from": suite.cn_authority})
    with reverts("NotRatified", thread, MY):
        suite.agreements.withdrawReservation(thread, bits(Kind.EVIDENCE), {"from": suite.my_authority})


@pytest.mark.parametrize("stray", [1, 1 << Kind.EXTRADITION, 1 << 40])
def test_only_what_is_covered_is_reserved(suite: Suite, stray: int) -> None:
    thread = agreed(suite, draft())
    version = suite.agreements.agreedVersion(thread)
    kinds = stray | bits(Kind.EVIDENCE)
    with reverts("NotCovered", thread, stray):
        suite.agreements.ratify(thread, version, PAPER, kinds, PAPER, {"from": suite.my_authority})


# Withdrawal and end


def test_a_withdrawal_is_effective_after_its_notice(suite: Suite) -> None:
    thread = in_force(suite, among("cn", "my", "sg"))
    next_block_at(at := now() + DAY)
    tx = withdraw(suite, thread, "my")
    assert tx.events["WithdrawalNotified"]["effectiveAt"] == at + NOTICE
    times = (at + NOTICE - 1, at + NOTICE)
    assert [binds(suite, thread, "my", time) for time in times] == [True, False]
    assert [covers(suite, thread, at=time) for time in times] == [True, False]
    assert [binds(suite, thread, "cn", time) for time in times] == [True, True]
    assert status(suite, thread, at + NOTICE) == IN_FORCE


def test_with_fewer_than_two_it_ends(suite: Suite) -> None:
    thread = in_force(suite)
    next_block_at(at := now() + DAY)
    withdraw(suite, thread, "my")
    times = (at + NOTICE - 1, at + NOTICE)
    assert [status(suite, thread, time) for time in times] == [IN_FORCE, ENDED]
    assert [binds(suite, thread, "cn", time) for time in times] == [True, False]


def test_it_ends_when_the_last_but_one_leaves(suite: Suite) -> None:
    """Three leave, one after the other: the second one's leaving ends it, the third's changes nothing."""
    thread = in_force(suite, among("cn", "my", "sg"))
    start = now()
    for days, country in ((1, "my"), (2, "cn"), (3, "sg")):
        next_block_at(start + days * DAY)
        withdraw(suite, thread, country)
    end = start + 2 * DAY + NOTICE
    assert [status(suite, thread, time) for time in (end - 1, end)] == [IN_FORCE, ENDED]


def test_who_joins_in_time_keeps_it_alive(suite: Suite) -> None:
    thread = in_force(suite, draft(open=True))
    start = now()
    next_block_at(start + DAY)
    withdraw(suite, thread, "my")
    next_block_at(start + 2 * DAY)
    withdraw(suite, thread, "cn")
    assert status(suite, thread, start + DAY + NOTICE) == ENDED
    next_block_at(start + 3 * DAY)
    ratify(suite, thread, "sg")
    end = start + 2 * DAY + NOTICE
    assert [status(suite, thread, time) for time in (end - 1, end)] == [IN_FORCE, ENDED]
    ratify(suite, thread, "th")
    assert status(suite, thread, end) == IN_FORCE


def test_what_has_ended_is_not_joined(suite: Suite) -> None:
    thread = in_force(suite, draft(open=True))
    withdraw(suite, thread, "my")
    next_block_at(now() + NOTICE)
    with reverts("NotAgreed", thread, suite.agreements.agreedVersion(thread)):
        ratify(suite, thread, "sg")


def test_it_ends_on_its_day(suite: Suite) -> None:
    end = now() + 365 * DAY
    thread = in_force(suite, draft(ends_at=end))
    assert [status(suite, thread, time) for time in (end - 1, end)] == [IN_FORCE, ENDED]
    assert [covers(suite, thread, at=time) for time in (end - 1, end)] == [True, False]


def test_its_day_ends_it_before_a_withdrawal_does(suite: Suite) -> None:
    end = now() + 30 * DAY
    thread = in_force(suite, draft(ends_at=end))
    withdraw(suite, thread, "my")
    assert [binds(suite, thread, "my", time) for time in (end - 1, end)] == [True, False]


def test_what_nobody_ratified_in_time_has_ended(suite: Suite) -> None:
    thread = agreed(suite, draft(ends_at=now() + DAY))
    next_block_at(now() + DAY + 1)
    with reverts("NotAgreed", thread, suite.agreements.agreedVersion(thread)):
        ratify(suite, thread, "my")
    assert status(suite, thread, now() + DAY) == ENDED


def test_before_it_is_in_force_a_ratification_is_taken_back_at_once(suite: Suite) -> None:
    thread = agreed(suite, among("cn", "my", "sg"))
    ratify(suite, thread, "cn")
    next_block_at(at := now() + DAY)
    tx = withdraw(suite, thread, "cn")
    assert tx.events["WithdrawalNotified"]["effectiveAt"] == at
    ratify(suite, thread, "my")
    assert status(suite, thread) == AGREED
    ratify(suite, thread, "sg")
    assert status(suite, thread) == IN_FORCE
    assert not binds(suite, thread, "cn")
    withdraw(suite, thread, "my")
    assert status(suite, thread, now() + NOTICE - 1) == IN_FORCE
    assert status(suite, thread, now() + NOTICE) == ENDED


def test_who_leaves_before_its_day_is_never_bound(suite: Suite) -> None:
    day = now() + 2 * NOTICE
    thread = in_force(suite, among("cn", "my", "sg", enters_at=day))
    withdraw(suite, thread, "cn")
    assert not binds(suite, thread, "cn", day)
    assert binds(suite, thread, "my", day)
    withdraw(suite, thread, "sg")
    assert status(suite, thread, now() + NOTICE - 1) == AGREED
    assert status(suite, thread, day) == ENDED


def test_it_is_left_once_by_an_instrument(suite: Suite) -> None:
    thread = agreed(suite, draft())
    with reverts("NotRatified", thread, MY):
        withdraw(suite, thread, "my")
    ratify(suite, thread, "my", "cn")
    with reverts("EmptyInstrument"):
        suite.agreements.withdraw(thread, ZERO32, {"from": suite.my_authority})
    withdraw(suite, thread, "my")
    with reverts("HasWithdrawn", thread, MY):
        withdraw(suite, thread, "my")
    with reverts("AlreadyRatified", thread, MY):
        ratify(suite, thread, "my")


def test_without_notice_it_is_left_within_the_second(suite: Suite) -> None:
    thread = in_force(suite, draft(notice=0))
    next_block_at(at := now() + DAY)
    withdraw(suite, thread, "my")
    assert [status(suite, thread, time) for time in (at - 1, at)] == [IN_FORCE, ENDED]
