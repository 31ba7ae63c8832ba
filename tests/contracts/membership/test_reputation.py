# SPDX-License-Identifier: Apache-2.0
"""Who may record what, once; replies; declarations; and what the arithmetic makes of single outcomes."""

from __future__ import annotations

import pytest
from brownie import web3

from concordat.membership.standing.score import DAY, ONE, QUARTER, Account, Outcome, Tally, decay, quarter_of
from tests.contracts.assets.impersonation import as_module
from tests.contracts.clock import next_block_at, now
from tests.contracts.membership.rated import (
    IN_TIME,
    LOST,
    OVERDUE,
    RATED,
    account,
    begin_quarter,
    bind,
    id_of,
    outcome_id,
    pass_days,
    points,
    reference,
    say,
    take_back,
    tally,
)
from tests.contracts.reverts import reverts
from tests.contracts.suite import MY, OBJECT, SG, ZERO32, Suite, agency_id

TH = 764
START = 7_500
REPLY = b"\x0e" * 32
RETIRED = 3
MONTH = 30 * DAY


# Recording


def test_only_peers_record(suite: Suite) -> None:
    given = (suite.ids[RATED], agency_id(TH, 1), OVERDUE, reference())
    for caller in (suite.my_authority, suite.stranger, as_module(suite.agencies)):
        with reverts("NotTheModule", caller):
            suite.reputation.record(*given, {"from": caller})
    suite.reputation.record(*given, {"from": as_module(suite.reports)})


@pytest.mark.parametrize("name", ["OutcomeReports", "Panels"])
def test_versions_rate_until_they_are_retired(suite: Suite, name: str) -> None:
    """A fault of the first version does not rate for ever: the Council lists another and retires it."""
    council, word = {"from": as_module(suite.timelock)}, name.encode().ljust(32, b"\0")
    modules = {"OutcomeReports": suite.reports, "Panels": suite.panels}
    first, second = as_module(modules[name]), as_module(suite.tips)
    code = web3.keccak(web3.eth.get_code(suite.tips.address))

    def record(by: str) -> bytes:
        given = (suite.ids[RATED], agency_id(TH, 1), OVERDUE, reference())
        return id_of(suite.reputation.record(*given, {"from": by}))

    with reverts("NotTheModule", second):
        record(second)
    suite.directory.listVersion(word, suite.tips, code, council)
    outcomes = [record(first), record(second)]
    suite.directory.setState(word, 1, RETIRED, council)
    with reverts("NotTheModule", first):
        record(first)
    outcomes.append(record(second))
    for outcome in outcomes:
        if name == "Panels":
            suite.reputation.annul(outcome, ZERO32, {"from": second})
        with reverts("NotTheModule", first):
            suite.reputation.annul(outcome, ZERO32, {"from": first})


def test_only_panels_annul(suite: Suite) -> None:
    outcome = id_of(say(suite, OVERDUE))
    reports = as_module(suite.reports)
    with reverts("NotTheModule", reports):
        suite.reputation.annul(outcome, ZERO32, {"from": reports})


def test_an_outcome_is_recorded_once(suite: Suite) -> None:
    ref = reference()
    outcome = id_of(say(suite, OVERDUE, ref=ref))
    assert outcome == outcome_id(suite, OVERDUE, ref)
    with reverts("OutcomeExists", outcome):
        say(suite, OVERDUE, by=SG, ref=ref)
    say(suite, LOST, ref=ref)


def test_the_record_says_what_was_recorded(suite: Suite) -> None:
    ref = reference()
    tx = say(suite, OVERDUE, ref=ref)
    assert dict(tx.events["OutcomeRecorded"]) == {
        "outcome": "0x" + outcome_id(suite, OVERDUE, ref).hex(),
        "agency": suite.ids[RATED],
        "counterparty": agency_id(TH, 1),
        "kind": OVERDUE,
        "quarter": quarter_of(now()),
        "ref": "0x" + ref.hex(),
    }
    assert tuple(suite.reputation.outcomeOf(id_of(tx))) == (
        suite.ids[RATED],
        agency_id(TH, 1),
        OVERDUE,
        quarter_of(now()),
        False,
        now(),
    )


@pytest.mark.parametrize("outcome", Outcome)
def test_each_kind_has_its_weight(suite: Suite, outcome: Outcome) -> None:
    say(suite, outcome)
    assert tally(suite, TH) == Tally(outcome.good, outcome.bad)
    good, bad = tally(suite, TH).parts
    assert (account(suite).good, account(suite).bad) == (good, bad)
    assert (points(suite) > START) == (outcome.good > 0)


def test_everybody_begins_alike_and_silence_leads_back(suite: Suite) -> None:
    assert points(suite) == points(suite, "cn_bank") == START
    for by in (TH, SG, 116, 608):
        say(suite, LOST, by)
    low = points(suite)
    assert low < START
    pass_days(91 * 6)
    assert low < points(suite) < START
    pass_days(91 * 186)
    assert points(suite) == START


def test_half_is_left_after_two_quarters(suite: Suite) -> None:
    begin_quarter()
    say(suite, OVERDUE)
    before = account(suite).bad
    pass_days(182)
    say(suite, IN_TIME, SG)
    assert account(suite).bad == before // 2 == decay(before, 2)


# What weighs nothing, or little


def test_the_same_jurisdiction_weighs_nothing(suite: Suite) -> None:
    tx = say(suite, LOST, MY, ordinal=5)
    assert "StandingChanged" not in tx.events
    assert account(suite) == Account()
    assert tally(suite, MY) == Tally()
    tx = take_back(suite, id_of(tx))
    assert "StandingChanged" not in tx.events
    assert account(suite) == Account()


def test_bureaus_of_one_state_are_one_party(suite: Suite) -> None:
    """Sybils: a state may found as many agencies as it likes."""
    for ordinal in range(1, 9):
        say(suite, OVERDUE, ordinal=ordinal)
    assert account(suite).parties == 1
    assert account(suite).bad < 8 * ONE


def test_a_flood_stays_below_the_cap(suite: Suite) -> None:
    before = 0
    gains = []
    for _ in range(25):
        say(suite, Outcome.USE_LIMIT_BREACHED)
        gains.append(account(suite).bad - before)
        before = account(suite).bad
    assert before < 8 * ONE
    assert gains == sorted(gains, reverse=True)


def test_praise_stays_below_a_quarter_of_it(suite: Suite) -> None:
    for _ in range(25):
        say(suite, Outcome.CONFIRMED)
    assert account(suite).good < 2 * ONE
    assert points(suite) < 7_620  # (2 + 30) / (2 + 40)


def test_the_order_within_a_quarter_does_not_matter(suite: Suite) -> None:
    begin_quarter()
    said = [(OVERDUE, TH), (IN_TIME, SG), (LOST, TH), (Outcome.CONFIRMED, TH), (OVERDUE, SG)]
    for outcome, by in said:
        say(suite, outcome, by)
        say(suite, *[(outcome, by) for outcome, by in reversed(said)][said.index((outcome, by))], "cn_police")
    assert account(suite) == account(suite, "cn_police")


# Taking back


def test_an_annulment_leaves_no_trace_in_the_sums(suite: Suite) -> None:
    begin_quarter()
    say(suite, IN_TIME, SG)
    before = account(suite)
    outcome = id_of(say(suite, LOST))
    tx = take_back(suite, outcome)
    assert account(suite) == before
    assert tx.events["OutcomeAnnulled"]["dispute"] == "0x" + "0d" * 32
    assert suite.reputation.outcomeOf(outcome)[4]


def test_an_annulment_reaches_back(suite: Suite) -> None:
    begin_quarter()
    outcome = id_of(say(suite, LOST))
    said_in = quarter_of(now())
    pass_days(91)
    take_back(suite, outcome)
    assert account(suite) == Account(quarter=said_in + 1)
    assert tally(suite, TH, quarter=said_in) == Tally()


def test_an_annulment_after_ages(suite: Suite) -> None:
    begin_quarter()
    outcome = id_of(say(suite, LOST))
    pass_days(91 * 192)
    take_back(suite, outcome)
    assert (account(suite).good, account(suite).bad) == (0, 0)


def test_nothing_is_taken_back_twice(suite: Suite) -> None:
    outcome = id_of(say(suite, LOST))
    take_back(suite, outcome)
    with reverts("AlreadyAnnulled", outcome):
        take_back(suite, outcome)
    with reverts("NoSuchOutcome", REPLY):
        take_back(suite, REPLY)


def test_parties_are_counted_by_quarter(suite: Suite) -> None:
    begin_quarter()
    first = id_of(say(suite, OVERDUE, TH))
    say(suite, OVERDUE, SG)
    say(suite, IN_TIME, 116)
    assert (account(suite).parties, account(suite).parties_before) == (2, 0)
    pass_days(91)
    second = id_of(say(suite, OVERDUE, TH))
    assert (account(suite).parties, account(suite).parties_before) == (1, 2)
    take_back(suite, first)
    take_back(suite, second)
    assert (account(suite).parties, account(suite).parties_before) == (0, 1)
    pass_days(182)
    say(suite, OVERDUE, TH)
    assert (account(suite).parties, account(suite).parties_before) == (1, 0)


# Replies


def test_the_rated_replies_on_the_record(suite: Suite) -> None:
    officer = suite.appoint(RATED, "objector", OBJECT)
    outcome = id_of(say(suite, OVERDUE))
    for text in (REPLY, b"\x0f" * 32):
        tx = suite.reputation.reply(outcome, text, {"from": officer})
        assert tx.events["Replied"]["reply"] == "0x" + text.hex()
        assert tx.events["Replied"]["officer"] == officer
    with reverts("EmptyReply"):
        suite.reputation.reply(outcome, ZERO32, {"from": officer})
    with reverts("NoSuchOutcome", REPLY):
        suite.reputation.reply(REPLY, REPLY, {"from": officer})


def test_nobody_else_replies(suite: Suite) -> None:
    outcome = id_of(say(suite, OVERDUE))
    other = suite.appoint("cn_police", "cn objector", OBJECT)
    with reverts("NotTheRated", suite.ids["cn_police"], suite.ids[RATED]):
        suite.reputation.reply(outcome, REPLY, {"from": other})
    with reverts("NotAuthorised", suite.stranger, OBJECT):
        suite.reputation.reply(outcome, REPLY, {"from": suite.stranger})


# Declarations


def test_standing_advises_until_declared(suite: Suite) -> None:
    assert not suite.reputation.bindsAt(MY, now())
    next_block_at(now() + 1)
    bind(suite)
    assert suite.reputation.bindsAt(MY, now())
    assert not suite.reputation.bindsAt(MY, now() - 1)
    assert not suite.reputation.bindsAt(SG, now())


def test_standing_advises_again_after_thirty_days_to_the_second(suite: Suite) -> None:
    bind(suite)
    tx = suite.reputation.declare(False, {"from": suite.my_authority})
    declared = now()
    assert tx.events["StandingDeclared"] == {"jurisdiction": MY, "binds": False, "from": declared + MONTH}
    assert suite.reputation.bindsAt(MY, declared + MONTH - 1)
    assert not suite.reputation.bindsAt(MY, declared + MONTH)


def test_who_binds_again_in_time_never_stopped(suite: Suite) -> None:
    bind(suite)
    since = now()
    suite.reputation.declare(False, {"from": suite.my_authority})
    pass_days(20)
    bind(suite)
    assert suite.reputation.bindsAt(MY, since)
    assert suite.reputation.bindsAt(MY, now() + 100 * QUARTER)


def test_who_binds_again_later_begins_anew(suite: Suite) -> None:
    bind(suite)
    first = now()
    suite.reputation.declare(False, {"from": suite.my_authority})
    next_block_at(now() + MONTH)
    bind(suite)
    assert suite.reputation.bindsAt(MY, now())
    assert not suite.reputation.bindsAt(MY, first)


def test_nothing_is_declared_twice(suite: Suite) -> None:
    with reverts("AlreadyDeclared", MY, False):
        suite.reputation.declare(False, {"from": suite.my_authority})
    bind(suite)
    with reverts("AlreadyDeclared", MY, True):
        bind(suite)
    suite.reputation.declare(False, {"from": suite.my_authority})
    next_block_at(now() + DAY)
    with reverts("AlreadyDeclared", MY, False):
        suite.reputation.declare(False, {"from": suite.my_authority})


def test_only_a_central_authority_declares(suite: Suite) -> None:
    with reverts("NotCentralAuthority", suite.my_police, MY):
        suite.reputation.declare(True, {"from": suite.my_police})
    with reverts("NotCentralAuthority", suite.stranger, 0):
        suite.reputation.declare(True, {"from": suite.stranger})
