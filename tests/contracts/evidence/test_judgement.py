# SPDX-License-Identifier: Apache-2.0
"""Python and Solidity give the same answer on every bit.

Random standards and facts, judged by the contract's library and by `concordat.evidence.standards.check`. The
library is called in batches, so that hundreds of cases cost a few calls; HEAVY=1 makes it 10,000.
"""

from __future__ import annotations

import os
import random
from typing import Any

import pytest
from brownie import JudgementMock, accounts

from concordat.evidence.facts import Facts
from concordat.evidence.methods import Method
from concordat.evidence.standards import Clause, Severity, Standard, after_cure, check
from concordat.evidence.steps import SEEN, Step

CASES = 10_000 if os.environ.get("HEAVY") else 600
BATCH = 50
FORUMS = (156, 458, 702, 900)
METHODS = list(Method)
SEVERITIES = (Severity.NOTED, Severity.CURABLE, Severity.FATAL)


@pytest.fixture
def library() -> Any:
    return JudgementMock.deploy({"from": accounts[0]})


def sparse_mask(rng: random.Random) -> int:
    """Mostly few bits, so that verdicts of all kinds occur."""
    mask = rng.getrandbits(64)
    for _ in range(rng.choice((0, 2, 5))):
        mask &= rng.getrandbits(64)
    return mask


def random_standard(rng: random.Random, started_at: int) -> Standard:
    fatal, curable, noted = sparse_mask(rng), sparse_mask(rng), sparse_mask(rng)
    hour = started_at // 3600
    return Standard(
        fatal=fatal,
        curable=curable & ~fatal,
        noted=noted & ~fatal & ~curable,
        late_curable=rng.getrandbits(64),
        delay_hours=rng.choice((1, 2, 72, 4095)),
        algorithms=rng.choice((1, 2, 3, 0x3F)),
        fewest_officers=rng.randrange(8),
        officers_severity=rng.choice(SEVERITIES),
        delay_severity=rng.choice(SEVERITIES[1:]),
        clauses=tuple(
            Clause(tuple(rng.choices(list(Step), k=rng.randint(1, 3))), rng.choice(SEVERITIES))
            for _ in range(rng.choice((0, 0, 1, 3, 6)))
        ),
        from_hour=hour - rng.randrange(3),
        until_hour=rng.choice((0, hour + 1, hour + 2, hour + 80)),
    )


def random_case(rng: random.Random) -> tuple[Facts, Standard, int, int]:
    forum = rng.choice(FORUMS)
    facts = Facts(
        started_at=1_700_000_000 + rng.randrange(10**8),
        duration_minutes=rng.choice((0, 1, 59, 60, 65535, rng.randrange(1 << 16))),
        place=rng.choice((forum, *FORUMS)),
        data_location=rng.choice((forum, *FORUMS)),
        method=rng.choice(METHODS),
        algorithms=rng.choice((0, 1, 2, 3, 0xC0, 0xFF)),
        officers=rng.randrange(16),
        steps=rng.getrandbits(64) | rng.getrandbits(64) | sparse_mask(rng),
    )
    standard = random_standard(rng, facts.started_at)
    edge = facts.ended_at + standard.delay_hours * 3600
    at = rng.choice(
        (
            facts.started_at,
            facts.ended_at,
            edge - 1,
            edge,
            edge + 1,
            edge + rng.randrange(10**7),
            standard.until_hour * 3600 or edge,
        )
    )
    return facts, standard, forum, at


@pytest.mark.parametrize("seed", range(CASES // BATCH))
def test_contract_and_client_judge_alike(library: Any, seed: int) -> None:
    rng = random.Random(seed)
    cases = [random_case(rng) for _ in range(BATCH)]
    answers = library.judgeAll(
        [(facts.pack(), forum, at, *standard.pack()) for facts, standard, forum, at in cases]
    )
    for (facts, standard, forum, at), answer in zip(cases, answers, strict=True):
        expected = check(facts, standard, forum, at, version=7)
        assert tuple(answer) == (
            expected.verdict,
            expected.version,
            expected.fatal,
            expected.curable,
            expected.noted,
        ), (facts, standard, forum, at)


def test_cases_are_of_every_kind() -> None:
    """Guard of the property test: all verdicts and all reasons occur in it."""
    reasons, verdicts = 0, set()
    for seed in range(600 // BATCH):
        rng = random.Random(seed)
        for _ in range(BATCH):
            result = check(*random_case(rng))
            verdicts.add(result.verdict.name)
            reasons |= result.fatal | result.curable | result.noted
    assert verdicts >= {"CONFORMS_WITH_NOTE", "CURABLE", "REFUSED"}
    assert reasons & ((1 << 74) - 1) == (1 << 74) - 1


def test_cured_facts_are_the_same_on_both_sides(library: Any) -> None:
    rng = random.Random(11)
    for _ in range(BATCH):
        facts, standard, forum, at = random_case(rng)
        cured, added = rng.getrandbits(64), rng.randrange(16 - facts.officers)
        later = library.withLater(facts.pack(), added, cured & (standard.late_curable | SEEN))
        answer = library.judgeAll([(later, forum, at, *standard.pack())])[0]
        expected = after_cure(facts, standard, forum, at, cured=cured, officers_added=added)
        assert (answer[2], answer[3], answer[4]) == (expected.fatal, expected.curable, expected.noted)
