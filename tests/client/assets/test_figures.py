# SPDX-License-Identifier: Apache-2.0
"""Key figures from events alone: what counts as in time, what is held, and that nothing is counted twice."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.assets.keyfigures import figurecharts
from concordat.assets.keyfigures.figures import HoldFigures, Spread, figures_of, grouped, summed
from concordat.assets.keyfigures.tally import tally
from concordat.assets.law.profiles import FreezeProfile
from concordat.assets.profilebook import key_of
from concordat.assets.states import Outcome
from concordat.assets.words import AnswerKind, AssetClass, Measure
from concordat.ledger.protocol import Event
from concordat.rendering.content import Anchor, Dot, Label, Rect

HOUR, DAY = 3600, 86_400
SG, MY = 702, 458
POLICE, ABROAD, BANK, BANK_TWO = SG << 16 | 1, MY << 16 | 1, SG << 16 | 7, SG << 16 | 8
FREEZE = key_of(SG, Measure.FREEZE, AssetClass.CASH)
STOP = key_of(SG, Measure.STOP_PAYMENT, AssetClass.CASH)
PROFILE = FreezeProfile(
    *(0, 0, 30 * DAY, 0, 72 * HOUR, 24 * HOUR, 24 * HOUR, 5, 0, 0, 1, 2, 2, 4, SG << 16 | 3),
    *(30 * DAY, 72 * HOUR, 0, 0),
)
T = 1_000_000
REQUEST, HOLD = b"\x01" * 32, b"\x02" * 32


class Log:
    """A log as it grows; times in seconds after T."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        for key in (FREEZE, STOP):
            self(0, "ProfileAdopted", key=key, version=1, profile=PROFILE.struct(), rules=bytes(32))

    def __call__(self, after: int, name: str, **args: Any) -> Log:
        number = len(self.events)
        self.events.append(Event("", name, args, f"0x{number:064x}", number, "", 0, T + after))
        return self

    def asked(
        self, after: int = 0, *, agency: int = POLICE, key: int = FREEZE, request: bytes = REQUEST
    ) -> Log:
        return self(after, "FreezeRequested", request=request, agency=agency, key=key, profileVersion=1)

    def named(
        self, hold: bytes = HOLD, *, bank: int = BANK, amount: int = 1000, request: bytes = REQUEST
    ) -> Log:
        last = self.events[-1].time - T
        return self(
            last,
            "TargetNamed",
            request=request,
            institution=bank,
            hold=hold,
            currency=SG,
            amount=amount,
            scope=0,
        )

    def ratified(self, after: int, request: bytes = REQUEST) -> Log:
        return self(after, "FreezeRatified", request=request, agency=POLICE)

    def answered(
        self,
        after: int,
        kind: AnswerKind,
        amount: int = 0,
        *,
        hold: bytes = HOLD,
        until: int = 30 * DAY,
        earlier: bytes = bytes(32),
        checked: bool = True,
    ) -> Log:
        self(
            after,
            "Answered",
            hold=hold,
            kind=int(kind),
            amount=amount,
            until=T + until,
            code=0,
            earlier=earlier,
        )
        return self(after + 60, "Checked", hold=hold) if checked else self

    def continued(self, after: int, amount: int, hold: bytes, earlier: bytes = HOLD) -> Log:
        """Confirmed is what was answered before as the continuation of another hold."""
        return self(after, "Continued", hold=earlier, by=hold, amount=amount)(after, "Checked", hold=hold)

    def of(self, name: str, after: int, hold: bytes = HOLD, **args: Any) -> Log:
        return self(after, name, hold=hold, **args)

    def at(self, after: int) -> list[HoldFigures]:
        return figures_of(self.events, T + after)

    def one(self, after: int) -> HoldFigures:
        (found,) = self.at(after)
        return found


def bound() -> Log:
    """A request at home that binds from one hour on."""
    return Log().asked().named().ratified(HOUR)


def test_the_clock_begins_when_the_request_binds() -> None:
    assert Log().asked().named().one(99 * HOUR).to_acknowledge is None
    found = bound().answered(3 * HOUR, AnswerKind.HELD, 1000).one(4 * HOUR)
    assert (found.bound_at - T, found.to_hold, found.to_acknowledge) == (HOUR, 2 * HOUR, 2 * HOUR)
    assert (found.due - T, found.late, found.judged) == (25 * HOUR, False, True)
    stop = Log().asked(key=STOP).named().answered(600, AnswerKind.HELD, 1000).one(HOUR)
    assert (stop.bound_at - T, stop.to_hold) == (0, 600)
    foreign = Log().asked(agency=ABROAD).named().ratified(HOUR)
    assert foreign.one(2 * HOUR).bound_at == 0
    foreign(5 * HOUR, "FreezeEndorsed", request=REQUEST, endorser=0)
    assert foreign.one(6 * HOUR).bound_at - T == 5 * HOUR


@pytest.mark.parametrize(
    ("answered", "at", "late", "overdue", "judged"),
    [
        (25 * HOUR, 26 * HOUR, False, False, True),  # met at its very second
        (25 * HOUR + 1, 26 * HOUR, True, False, True),
        (None, 25 * HOUR, False, False, False),  # not due yet: nobody can say
        (None, 25 * HOUR + 1, True, True, True),
    ],
)
def test_in_time_late_and_overdue(
    answered: int | None, at: int, late: bool, overdue: bool, judged: bool
) -> None:
    log = bound()
    if answered is not None:
        log.answered(answered, AnswerKind.NO_FUNDS)
    found = log.one(at)
    assert (found.late, found.overdue, found.judged) == (late, overdue, judged)


def test_to_acknowledge_is_the_first_sign_of_a_person() -> None:
    log = bound().answered(2 * HOUR, AnswerKind.DELIVERED, checked=False)
    assert log.one(9 * HOUR).to_acknowledge is None
    log.answered(3 * HOUR, AnswerKind.ACKNOWLEDGED, checked=False).answered(7 * HOUR, AnswerKind.HELD, 1000)
    found = log.one(9 * HOUR)
    assert (found.to_acknowledge, found.to_hold) == (2 * HOUR, 6 * HOUR)


def test_what_nobody_checked_in_time_counts_as_none() -> None:
    log = bound().answered(3 * HOUR, AnswerKind.HELD, 1000, checked=False)
    assert log.one(27 * HOUR).remaining == 1000
    found = log.one(27 * HOUR + 1)
    assert (found.remaining, found.ended, found.answered_at, found.overdue) == (0, 1000, 0, True)


def test_no_clock_runs_while_a_message_cannot_be_read() -> None:
    log = bound().answered(2 * HOUR, AnswerKind.UNREADABLE, checked=False)
    assert not log.one(99 * HOUR).overdue
    log.of("SentAgain", 100 * HOUR).answered(101 * HOUR, AnswerKind.HELD, 1000)
    found = log.one(102 * HOUR)
    assert (found.to_hold, found.late) == (HOUR, False)


def test_who_waited_behind_an_earlier_hold_was_not_slow() -> None:
    log = bound().answered(2 * HOUR, AnswerKind.BEHIND).answered(400 * HOUR, AnswerKind.HELD, 1000)
    found = log.one(401 * HOUR)
    assert found.to_hold is None and not found.late and found.remaining == 1000


def test_an_ended_request_is_nobodys_delay() -> None:
    log = bound()(9 * HOUR, "FreezeWithdrawn", request=REQUEST, agency=POLICE, reason=2)
    assert not log.one(99 * HOUR).overdue
    stop = Log().asked(key=STOP).named()  # never ratified: over after 72 hours, overdue after 24
    assert not stop.one(24 * HOUR).overdue and stop.one(99 * HOUR).overdue
    held = Log().asked(key=STOP).named().answered(HOUR, AnswerKind.HELD, 1000)
    assert (held.one(72 * HOUR).remaining, held.one(72 * HOUR + 1).ended) == (1000, 1000)


def test_where_the_money_is() -> None:
    log = bound().answered(2 * HOUR, AnswerKind.HELD, 1000)
    log.of("Credited", 3 * HOUR, amount=500, held=1500).of("Released", 4 * HOUR, amount=200, reason=1)
    assert log.one(5 * HOUR).remaining == 1300
    log.of("Disposed", 6 * HOUR, toReturn=1000, forfeited=100, released=200)
    log.of("PaidOut", 7 * HOUR, amount=400, remaining=600)
    found = log.one(99 * DAY)  # what a court decided on no time ends
    assert (found.held, found.released, found.ended) == (1500, 400, 0)
    assert (found.returned, found.forfeited, found.remaining) == (400, 100, 600)
    expired = (
        bound()
        .answered(2 * HOUR, AnswerKind.HELD, 1000, until=DAY)
        .of("Renewed", HOUR * 20, until=T + 9 * DAY)
    )
    assert (expired.one(9 * DAY - 1).remaining, expired.one(9 * DAY).ended) == (1000, 1000)


def test_a_correction_keeps_what_was_let_go() -> None:
    log = bound().answered(2 * HOUR, AnswerKind.HELD, 1000, checked=False)
    log.of("Released", 3 * HOUR, amount=100, reason=1).answered(4 * HOUR, AnswerKind.HELD_PART, 700)
    found = log.one(5 * HOUR)
    assert (found.held, found.released, found.remaining) == (800, 100, 700)


def test_money_that_passes_to_a_later_hold_is_counted_once() -> None:
    later, hold = b"\x03" * 32, b"\x04" * 32
    log = bound().answered(2 * HOUR, AnswerKind.HELD, 1000)
    log.asked(3 * HOUR, request=later).named(hold, request=later).ratified(4 * HOUR, later)
    log.answered(5 * HOUR, AnswerKind.HELD, 1000, hold=hold, earlier=HOLD, checked=False)
    log.of("Continuing", 5 * HOUR, hold=hold, earlier=HOLD)
    found = log.at(6 * HOUR)
    assert [(each.held, each.remaining, each.ended) for each in found] == [(1000, 1000, 0), (0, 0, 0)]
    assert log.at(99 * HOUR)[1].ended == 0, "what never counted does not end"
    found = log.continued(6 * HOUR, 1000, hold).at(6 * HOUR)
    assert [(each.continued, each.remaining) for each in found] == [(1000, 0), (0, 1000)]
    (sums,) = summed(found).money
    assert (sums.asked, sums.held, sums.remaining) == (2000, 1000, 1000)


def test_unjustified_freezes_are_counted_by_their_requester() -> None:
    log = bound().answered(2 * HOUR, AnswerKind.HELD, 1000)
    for number, outcome in enumerate((Outcome.DISMISSED, Outcome.UPHELD_IN_PART, Outcome.UPHELD), 1):
        log.of("Objected", (2 + number) * HOUR, number=number)
        log.of("ObjectionDecided", (2 + number) * HOUR, number=number, outcome=int(outcome), released=0)
    figures = grouped(log.at(9 * HOUR), lambda each: each.requester)[POLICE]
    assert (figures.objections, figures.upheld, figures.upheld_in_part, figures.dismissed) == (3, 1, 1, 1)


def test_groups_add_up_to_the_whole() -> None:
    log = bound().named(b"\x05" * 32, bank=BANK_TWO).answered(2 * HOUR, AnswerKind.HELD, 1000)
    found = log.at(99 * HOUR)
    total, groups = summed(found), grouped(found, lambda each: each.institution)
    assert list(groups) == [BANK, BANK_TWO]
    assert total.holds == sum(each.holds for each in groups.values()) == 2
    assert (total.in_time, total.judged, total.overdue) == (1, 2, 1)
    assert total.outcomes == {AnswerKind.HELD: 1} and total.requests == 1


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], (0, None, None)),
        ([None, 7], (1, 7, 7)),
        ([4, 1, 3, 2], (4, 2, 4)),
        (list(range(1, 11)), (10, 5, 9)),
        (list(range(1, 101)), (100, 50, 90)),
    ],
)
def test_middle_value_and_nine_tenths(values: list[int | None], expected: tuple[Any, ...]) -> None:
    found = Spread.of(values)
    assert (found.count, found.median, found.p90) == expected


def test_events_after_the_moment_do_not_count() -> None:
    log = bound().answered(30 * HOUR, AnswerKind.HELD, 1000)
    before = bound().one(26 * HOUR)
    assert log.one(26 * HOUR) == before and before.overdue


@given(st.integers(0, 2**32), st.integers(0, 200))
def test_every_unit_is_somewhere(seed: int, after: int) -> None:
    """Whatever happens: held = released + ended + returned + forfeited + continued + remaining."""
    dice = random.Random(seed)
    log, held, time = bound(), 0, 2 * HOUR
    for _ in range(dice.randrange(8)):
        time += dice.randrange(1, 20 * HOUR)
        match dice.choice(("answer", "credit", "release", "renew", "pay", "court")):
            case "answer" if not held:
                held = dice.randrange(1, 1000)
                log.answered(time, AnswerKind.HELD_PART, held, checked=dice.random() < 0.8)
            case "credit" if held:
                more = dice.randrange(1, 50)
                held += more
                log.of("Credited", time, amount=more, held=held)
            case "release" | "pay" as act if held:
                gone = dice.randrange(1, held + 1)
                held -= gone
                log.of("Released" if act == "release" else "PaidOut", time, amount=gone, remaining=held)
            case "renew" if held:
                log.of("Renewed", time, until=T + time + DAY)
            case "court" if held:
                back = dice.randrange(held + 1)
                lost = dice.randrange(held - back + 1)
                log.of("Disposed", time, toReturn=back, forfeited=lost, released=held - back - lost)
                held = back
    for each in log.at(after * HOUR):
        out = each.released + each.ended + each.returned + each.forfeited + each.continued
        assert each.held == out + each.remaining and each.remaining >= 0
    own = [event for event in log.events if event.args.get("hold") == HOLD]
    assert tally(own).remaining == held


def test_charts_show_each_hold_and_institution_once() -> None:
    log = bound().named(b"\x05" * 32, bank=BANK_TWO).answered(2 * HOUR, AnswerKind.HELD, 1000)
    found = log.at(99 * HOUR)
    chart = figurecharts.over_time(found, T + 99 * HOUR)
    assert chart is not None
    dots = [shape for shape in chart.shapes if isinstance(shape, Dot)]
    legend, shown = dots[2:], dots[:2]
    assert [dot.fill for dot in shown] == [figurecharts.IN_TIME, figurecharts.OVERDUE]
    assert len(legend) == 3
    assert all(0 <= dot.x <= chart.width and 0 <= dot.y <= chart.height for dot in dots)
    bars = figurecharts.by_institution({"A": summed(found[:1]), "B": summed(found[1:])})
    assert bars is not None
    assert sum(isinstance(shape, Rect) for shape in bars.shapes) == 3  # no bar where nothing was in time
    assert figurecharts.over_time([], T) is None and figurecharts.by_institution({}) is None


def test_an_outlier_does_not_flatten_the_others() -> None:
    # As in the demonstration: seconds, minutes and hours, and one that was never answered for months.
    some = bound().at(99 * HOUR)[0]
    waits = (2, 90, 12 * 60, 50 * 60, 3 * HOUR, 20 * HOUR, 1900 * HOUR)
    holds = [replace(some, began_at=T, answered_at=T + wait) for wait in waits]
    chart = figurecharts.over_time(holds, T + 2000 * HOUR)
    assert chart is not None
    heights = [shape.y for shape in chart.shapes if isinstance(shape, Dot)][: len(waits)]
    lines = {shape.text.en: shape.y - 2.5 for shape in chart.shapes if isinstance(shape, Label)}
    assert heights == sorted(heights, reverse=True) and len(set(heights)) == len(heights)
    assert min(below - above for below, above in pairwise(heights[1:])) > 10, "still told apart"
    assert heights[0] == pytest.approx(lines["1 min"]), "two seconds stand on the lowest line"
    assert lines["10 h"] > heights[5] > lines["100 h"] > heights[6] > lines["10 000 h"]


@pytest.mark.parametrize(
    ("waits", "expected"),
    [
        ((0,), ["1 min", "10 min"]),
        ((60, 600), ["1 min", "10 min"]),
        ((601, 3600), ["10 min", "1 h"]),
        ((3600, 3601), ["1 h", "10 h"]),
        ((30, 360_000), ["1 min", "10 min", "1 h", "10 h", "100 h"]),
        ((10**9,), ["10 000 h", "100 000 h"]),
    ],
)
def test_the_scale_has_the_lines_that_are_needed(waits: tuple[int, ...], expected: list[str]) -> None:
    some = bound().at(99 * HOUR)[0]
    holds = [replace(some, began_at=T, answered_at=T + wait) for wait in waits]
    chart = figurecharts.over_time(holds, T)
    assert chart is not None
    assert [s.text.en for s in chart.shapes if isinstance(s, Label) and s.anchor is Anchor.END][
        : len(expected)
    ] == expected
    assert all(0 <= s.y <= chart.height for s in chart.shapes if isinstance(s, Dot))
