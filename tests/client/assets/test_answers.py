# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: E501 (one misfit a line)
from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from orders import UETR, order

from concordat.assets.orders.answers import Answer, MovedOn, misfits, read, require_fit, write
from concordat.assets.orders.fieldtree import MistakesError
from concordat.assets.values import accounts
from concordat.assets.values.money import Money, by_alpha, parse
from concordat.assets.words import AnswerKind, Refusal
from concordat.errors import UsageError

NOW = 1_795_200_000
HOLD, EARLIER = "0x" + "11" * 32, "0x" + "22" * 32
CAPPED, WHOLE = order().targets
MOVE = MovedOn(
    "Example Bank", parse("SGD 200.00"), NOW - 60, "TESTSGSG", accounts.card("4111111111111111"), UETR
)
FULL = Answer(HOLD, AnswerKind.HELD, "O-1", executed_at=NOW - 10, held=parse("SGD 1234.50"))
ROOT = Path(__file__).parents[3]


def plain(kind: AnswerKind, **fields: Any) -> Answer:
    return Answer(HOLD, kind, "O-1", **fields)


def test_kinds_are_those_of_the_contract() -> None:
    source = (ROOT / "interfaces" / "assets" / "IHolds.sol").read_text(encoding="utf-8")
    body = re.search(r"enum AnswerKind \{(.*?)\}", source, re.DOTALL)
    assert body
    names = [re.sub(r"(?<!^)(?=[A-Z])", "_", name.strip()).upper() for name in body[1].split(",")]
    assert names == ["NONE", *(kind.name for kind in AnswerKind)]
    assert [kind.value for kind in AnswerKind] == list(range(1, len(names)))


@pytest.mark.parametrize(
    "answer",
    [
        FULL,
        replace(FULL, kind=AnswerKind.HELD_PART, held=parse("SGD 1000.00"), moved_on=(MOVE,)),
        replace(FULL, earlier=EARLIER),
        plain(AnswerKind.DELIVERED),
        plain(AnswerKind.ACKNOWLEDGED),
        plain(AnswerKind.NOT_FOUND),
        plain(AnswerKind.NO_FUNDS, balance=parse("SGD 0.00")),
        plain(AnswerKind.MOVED_ON, moved_on=(MOVE, replace(MOVE, account=None, bic=None))),
        plain(AnswerKind.MISMATCH, remarks="The name is another one."),
        plain(AnswerKind.UNREADABLE, remarks="Sealed to an old key."),
        plain(AnswerKind.REFUSED, code=Refusal.IMMUNITY),
        plain(AnswerKind.REFUSED, code=Refusal.OTHER, remarks="Because."),
        plain(AnswerKind.BEHIND, earlier=EARLIER),
    ],
)
def test_fitting_answers_fit_and_come_back_from_json(answer: Answer) -> None:
    require_fit(answer, CAPPED, now=NOW)
    assert read(write(answer)) == answer


@pytest.mark.parametrize(
    ("answer", "field", "what"),
    [
        (replace(FULL, held=parse("SGD 1234.51")), "held", "more than"),
        (replace(FULL, held=parse("SGD 1234.49")), "held", "held in part"),
        (replace(FULL, kind=AnswerKind.HELD_PART), "held", "held in full"),
        (replace(FULL, held=parse("MYR 1234.50")), "held", "asked was SGD"),
        (replace(FULL, held=parse("SGD 0.00")), "held", "zero"),
        (replace(FULL, held=None), "held", "missing"),
        (replace(FULL, executed_at=None), "executed_at", "missing"),
        (replace(FULL, executed_at=NOW + 301), "executed_at", "future"),
        (replace(FULL, balance=parse("MYR 1.00")), "balance", "asked was SGD"),
        (replace(FULL, code=Refusal.IMMUNITY), "code", "does not belong"),
        (replace(FULL, moved_on=(MOVE,)), "moved_on", "does not belong"),
        (replace(FULL, earlier=HOLD), "earlier", "itself"),
        (plain(AnswerKind.REFUSED), "code", "missing"),
        (plain(AnswerKind.REFUSED, code=Refusal.OTHER), "remarks", "in words"),
        (plain(AnswerKind.MISMATCH), "remarks", "in words"),
        (plain(AnswerKind.UNREADABLE), "remarks", "in words"),
        (plain(AnswerKind.MOVED_ON), "moved_on", "missing"),
        (plain(AnswerKind.MOVED_ON, moved_on=(replace(MOVE, at=NOW + 301),)), "moved_on[0].at", "future"),
        (plain(AnswerKind.MOVED_ON, moved_on=(replace(MOVE, amount=parse("SGD 0.00")),)), "moved_on[0].amount", "zero"),
        (plain(AnswerKind.MOVED_ON, moved_on=(replace(MOVE, account=CAPPED.account),)), "moved_on[0].account", "asked"),
        (plain(AnswerKind.BEHIND), "earlier", "missing"),
        (plain(AnswerKind.NOT_FOUND, held=parse("SGD 1.00")), "held", "does not belong"),
        (plain(AnswerKind.NOT_FOUND, executed_at=NOW), "executed_at", "does not belong"),
        (plain(AnswerKind.NOT_FOUND, earlier=EARLIER), "earlier", "does not belong"),
    ],
)  # fmt: skip
def test_each_misfit_is_told(answer: Answer, field: str, what: str) -> None:
    found = misfits(answer, CAPPED, now=NOW)
    assert [misfit for misfit in found if misfit.field == field and what in misfit.message], found
    with pytest.raises(UsageError, match=r"does not fit"):
        require_fit(answer, CAPPED, now=NOW)


@given(st.integers(1, 2**96 - 1))
def test_whole_balance_may_be_any_amount(amount: int) -> None:
    held = Money(amount, by_alpha("SGD"))
    for kind in (AnswerKind.HELD, AnswerKind.HELD_PART):
        assert misfits(replace(FULL, kind=kind, held=held), WHOLE, now=NOW) == ()


@given(st.integers(0, 2**96 - 1))
def test_capped_amount_fits_exactly_one_kind(amount: int) -> None:
    held = Money(amount, by_alpha("SGD"))
    fitting = [
        kind
        for kind in (AnswerKind.HELD, AnswerKind.HELD_PART)
        if not misfits(replace(FULL, kind=kind, held=held), CAPPED, now=NOW)
    ]
    cap = CAPPED.amount
    assert cap is not None
    assert fitting == (
        [AnswerKind.HELD] if held == cap else [AnswerKind.HELD_PART] if 0 < amount < cap.amount else []
    )


def test_of_a_thing_no_amount_is_held() -> None:
    thing = replace(CAPPED, account=accounts.parse("asset:VEHICLE:X1"), amount=None, currency=None)
    assert misfits(replace(FULL, held=None), thing, now=NOW) == ()


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        (b'"HELD_PART"', b'"HOLD"', "kind"),
        (b"answer/1", b"answer/2", "concordat"),
        (HOLD.encode(), b"0x11", "hold"),
        (b'"O-1"', b'""', "officer"),
        (b'"100000"', b'"-1"', "held"),
        (b'"100000"', b"100000", "held"),
        (b"TESTSGSG", b"TESTSG", "moved_on[0].bic"),
        (b"card:4111111111111111", b"card:4111111111111112", "moved_on[0].account"),
        (UETR.encode(), b"x", "moved_on[0].uetr"),
        (b'"executed_at":1795199990', b'"executed_at":"now"', "executed_at"),
        (b'"officer"', b'"offcer"', "offcer"),
    ],
)
def test_each_mistake_in_an_answers_json_is_told(old: bytes, new: bytes, field: str) -> None:
    data = write(replace(FULL, kind=AnswerKind.HELD_PART, held=parse("SGD 1000.00"), moved_on=(MOVE,)))
    assert old in data
    with pytest.raises(MistakesError) as refused:
        read(data.replace(old, new))
    assert field in [mistake.field for mistake in refused.value.mistakes]
    assert "4111111111111112" not in str(refused.value)


@given(st.binary(max_size=200))
def test_no_bytes_make_reading_an_answer_fail_otherwise(data: bytes) -> None:
    with pytest.raises(MistakesError):
        read(data)


def test_representation_shows_no_balance_and_no_full_account() -> None:
    answer = replace(FULL, balance=parse("SGD 77.77"), moved_on=(MOVE,))
    assert "7777" not in repr(answer) and "4111111111111111" not in repr(answer)
