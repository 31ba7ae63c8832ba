# SPDX-License-Identifier: Apache-2.0
"""Words, numbers and statuses: they are the contracts' own, in two languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.cooperation import states, words
from concordat.cooperation.states import AssistanceStatus as Status
from concordat.cooperation.states import Pause, answer_due, status_at
from concordat.cooperation.words import RequestKind, UseLimit, Word

ROOT = Path(__file__).parents[3]
MODULES = (words, states)
ENUMS = {
    "contracts/types/RequestKind.sol": ["RequestKind"],
    "interfaces/cooperation/IAgreementRegistry.sol": ["LegalBasis", "AgreementStatus", "ObligationStatus"],
    "interfaces/cooperation/IAssistanceRequests.sol": ["AssistanceStatus"],
    "interfaces/cooperation/IAssistanceAnswers.sol": ["RefusalGround", "ReferenceKind", "ShortAnswer"],
    "interfaces/cooperation/ICaseRegistry.sol": ["CaseStatus", "ClaimGround"],
    "interfaces/cooperation/IJointTeams.sol": ["TeamStatus", "ActionStatus"],
    "interfaces/cooperation/ITasks.sol": ["TaskStatus"],
    "interfaces/cooperation/IPanels.sol": ["DisputeKind", "DisputeStatus"],
    "interfaces/cooperation/ISharing.sol": ["Handling"],
}


def _members(path: str, name: str) -> list[str]:
    text = re.sub(r"//[^\n]*", "", (ROOT / path).read_text(encoding="utf-8"))
    found = re.search(rf"enum {name} \{{(.*?)\}}", text, re.S)
    assert found, name
    return [each.strip() for each in found[1].split(",") if each.strip()]


@pytest.mark.parametrize(("path", "name"), [(path, name) for path, names in ENUMS.items() for name in names])
def test_numbers_are_those_of_the_contracts(path: str, name: str) -> None:
    enum = next(getattr(module, name) for module in MODULES if hasattr(module, name))
    theirs = {member.lower(): number for number, member in enumerate(_members(path, name))}
    ours = {member.name.replace("_", "").lower(): int(member) for member in enum}
    extra = set(theirs) - set(ours)
    assert extra <= {"none"}
    assert all(theirs.get(key) == value for key, value in ours.items()), (ours, theirs)


def _worded() -> list[Word]:
    enums = {
        each
        for module in MODULES
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, Word) and each is not Word
    }
    return [member for enum in enums for member in enum]


def test_every_word_is_in_both_languages() -> None:
    found = _worded()
    assert len(found) > 120
    for member in found:
        label = member.label()
        assert label.en.isascii(), member
        assert re.search(r"[\u4e00-\u9fff]", label.zh), member
        assert label.en.endswith(".") == label.zh.endswith("。"), member


def test_direct_kinds_are_the_contracts() -> None:
    text = (ROOT / "contracts/types/RequestKind.sol").read_text(encoding="utf-8")
    for name, ours in (("DIRECT_KINDS", words.DIRECT_KINDS), ("POLICE_KINDS", words.POLICE_KINDS)):
        bits = re.search(rf"uint256 constant {name} = ([^;]*);", text)
        assert bits
        assert {int(bit) for bit in re.findall(r"1 << (\d+)", bits[1])} == {int(kind) for kind in ours}


def test_use_limits_are_the_contracts() -> None:
    path = ROOT / "interfaces/cooperation/IAgreementRegistry.sol"
    found = dict(re.findall(r"uint16 constant USE_(\w+) = (\d+);", path.read_text(encoding="utf-8")))
    assert {name: int(number) for name, number in found.items()} == {
        str(limit.name): int(limit) for limit in UseLimit
    }
    assert len((UseLimit.CASE_ONLY | UseLimit.DELETE_AFTER).labels()) == 2


def test_only_a_refusal_that_says_nothing_costs() -> None:
    assert [g.name for g in words.RefusalGround if g.costs_standing] == ["OTHER"]
    assert [k for k in RequestKind if k.asks_yes_or_no] == [
        RequestKind.VERIFY_PERSONS,
        RequestKind.OBSERVE_SITE,
    ]


@dataclass
class Told:
    state: IntEnum
    acknowledge_by: int = 100
    answer_by: int = 200
    paused_at: int = 0


@pytest.mark.parametrize(
    ("told", "at", "pause", "expected"),
    [
        (Told(Status.SUBMITTED), 100, None, Status.SUBMITTED),
        (Told(Status.SUBMITTED), 101, None, Status.OVERDUE_AT_HOME),
        (Told(Status.SENT), 100, None, Status.SENT),
        (Told(Status.SENT), 101, None, Status.OVERDUE_RECEIPT),
        (Told(Status.SENT), 201, None, Status.OVERDUE),
        (Told(Status.RECEIVED), 200, None, Status.RECEIVED),
        (Told(Status.EXECUTING), 201, None, Status.OVERDUE),
        (Told(Status.PARTIAL), 201, None, Status.OVERDUE),
        (Told(Status.SUPPLEMENT_ASKED, paused_at=50), 50 + 60 * 86_400, None, Status.SUPPLEMENT_ASKED),
        (Told(Status.SUPPLEMENT_ASKED, paused_at=50), 51 + 60 * 86_400, None, Status.STALE),
        (Told(Status.POSTPONED, paused_at=50), 149, Pause(Status.ACCEPTED, 150), Status.POSTPONED),
        (Told(Status.POSTPONED, paused_at=50), 150, Pause(Status.ACCEPTED, 150), Status.ACCEPTED),
        (Told(Status.POSTPONED, paused_at=50), 201, Pause(Status.ACCEPTED, 150), Status.OVERDUE),
        (Told(Status.FULFILLED), 999, None, Status.FULFILLED),
        (Told(Status.REFUSED), 999, None, Status.REFUSED),
    ],
)
def test_status_at_the_second(told: Told, at: int, pause: Pause | None, expected: Status) -> None:
    assert status_at(told, at, pause) is expected


@given(st.sampled_from(list(Status)), st.integers(0, 2**40 - 1))
def test_only_time_makes_the_last_four_and_what_is_over_stays_over(state: Status, at: int) -> None:
    found = status_at(Told(state), at)
    if state.is_over or state is Status.NONE:
        assert found is state
    if found is not state:
        assert found.is_late or found in (Status.STALE, Status.NONE)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_the_deadline_moves_by_what_the_clock_stood(paused: int, waited: int) -> None:
    told = Told(Status.SUPPLEMENT_ASKED, answer_by=paused + 10, paused_at=paused)
    assert answer_due(told, paused + waited) - (paused + waited) == 10
    assert answer_due(Told(Status.POSTPONED), 10**6) == 200
