# SPDX-License-Identifier: Apache-2.0
"""What ``check`` says is what the registry does, for the example's records and for many others."""

from __future__ import annotations

import os
import random
from dataclasses import replace
from pathlib import Path

import pytest
from fakecast import key
from stage import CASE, CN, MPS, MY, PDRM, SG, Stage

from concordat.casework import Expected, check_package, check_record, judge
from concordat.casework.judging import judge_facts
from concordat.casework.packing import read_record
from concordat.errors import AuthorityError, RefusedError, UsageError
from concordat.evidence import registry
from concordat.evidence.facts import Facts
from concordat.evidence.methods import Method
from concordat.evidence.places import INTL
from concordat.evidence.record import Record
from concordat.evidence.record.model import StepClaim
from concordat.evidence.standards import Origin, Verdict
from concordat.evidence.steps import SEEN, Step
from concordat.evidence.typed import Collection, CoSignerRole
from concordat.ledger.standardbook import StandardBook

CASES = 3000 if os.environ.get("HEAVY") else 150


def stored(stage: Stage, record: Record, who: str, roles: tuple[CoSignerRole, ...]) -> Verdict:
    """What the registry makes of a record: the verdict that it stores, or its refusal."""
    facts = record.facts().declared()
    agency, home = (PDRM, MY) if record.home == "MY" else (MPS, CN)
    book = StandardBook.read(stage.ledger)
    adopted = book.in_force(facts, home)
    collection = Collection(
        agency=agency,
        root=random.randbytes(32),
        facts=facts.pack(),
        standard_version=adopted.version if adopted else 0,
        collector=key(who).address,
        appointment=1,
        deadline=stage.ledger.now() + 3600,
        preserve=record.preserve,
    )
    seconds = {"faridah": "kumar", "zhang": "li"}
    signatures = [
        registry.co_sign(stage.ledger, key(seconds[who]), collection, role, 1, stage.ledger.now() + 3600)
        if role is CoSignerRole.SECOND_OFFICER
        else registry.co_sign(stage.ledger, key(role.name), collection, role, 0, stage.ledger.now() + 3600)
        for role in roles
    ]
    try:
        done = registry.register(stage.ledger, key(who), collection, b"", signatures)
    except RefusedError:
        return Verdict.REFUSED
    return done.acquisition.verdict


def expected(who: str, roles: tuple[CoSignerRole, ...]) -> Expected:
    return Expected(who in ("faridah", "zhang"), roles)


@pytest.mark.parametrize(
    ("name", "who", "verdict"),
    [
        ("my-phone", "faridah", Verdict.CONFORMS),
        ("cn-online", "zhang", Verdict.CURABLE),
        ("refused", "zhang", Verdict.REFUSED),
    ],
)
def test_the_examples_are_stored_as_they_were_judged(
    stage: Stage, name: str, who: str, verdict: Verdict
) -> None:
    place = "my" if who == "faridah" else "cn"
    judgement = check_record(stage.desk(place, who), CASE / f"{name}.yaml")
    assert judgement.verdict == verdict
    assert stored(stage, read_record(CASE / f"{name}.yaml"), who, ()) == verdict
    assert stage.sent() == 0


def test_any_record_is_stored_as_it_was_judged(stage: Stage, tmp_path: Path) -> None:
    """Steps are left out and added, co-signers join, preservation is asked for: the answers are the same."""
    chosen = random.Random(317)
    seen: set[Verdict] = set()
    for _ in range(CASES):
        name, who = chosen.choice((("my-phone", "faridah"), ("cn-online", "zhang"), ("refused", "zhang")))
        base = read_record(CASE / f"{name}.yaml")
        kept = [claim for claim in base.steps if chosen.random() < 0.97]
        held = {claim.step for claim in kept}
        added = [
            StepClaim(step)
            for step in Step
            if not SEEN >> step & 1 and step not in held
            if chosen.random() < 0.2
        ]
        record = replace(base, steps=(*kept, *added), preserve=chosen.random() < 0.5)
        roles = tuple(
            role
            for role in (CoSignerRole.SECOND_OFFICER, CoSignerRole.WITNESS, CoSignerRole.HOLDER)
            if chosen.random() < 0.5
        )
        now = stage.ledger.now() + 1  # the block that takes it
        book = StandardBook.read(stage.ledger)
        judgement = judge(record, book, now, expected(who, roles))
        assert judgement.verdict == stored(stage, record, who, roles), (name, record.steps, roles)
        seen.add(judgement.verdict)
    assert seen >= {Verdict.CONFORMS, Verdict.CURABLE, Verdict.REFUSED, Verdict.PRESERVED}


def test_any_facts_are_judged_as_the_contract_judges_them(stage: Stage) -> None:
    chosen = random.Random(1)
    book = StandardBook.read(stage.ledger)
    for _ in range(CASES):
        facts = Facts(
            stage.ledger.now() - chosen.randrange(90_000),
            chosen.randrange(600),
            chosen.choice((MY, CN, SG)),
            chosen.choice((MY, CN, SG)),
            chosen.choice(list(Method)),
            chosen.randrange(1, 4),
            chosen.randrange(1, 4),
            chosen.getrandbits(64) | chosen.getrandbits(64),
        )
        for forum in (MY, CN, SG, INTL):
            at = stage.ledger.now() + chosen.randrange(400 * 3600)
            here = judge_facts(facts, forum, book, at).assessment
            there = registry.check(stage.ledger, facts, forum, at)
            assert (here.verdict, here.fatal, here.curable, here.noted, here.version) == (
                there.verdict,
                there.fatal,
                there.curable,
                there.noted,
                there.version,
            )


def test_further_forums_are_judged_after_the_record_s_own(stage: Stage) -> None:
    judgement = check_record(stage.desk("cn", "zhang"), CASE / "cn-online.yaml", forums=(SG, MY, CN))
    assert [each.code for each in judgement.forums] == ["CN", "SG", "MY"]
    assert judgement.home.code == "CN"
    assert [each.origin for each in judgement.forums] == [Origin.DOMESTIC, Origin.FOREIGN, Origin.FOREIGN]


def test_a_forum_without_standards_says_so_and_what_to_do(stage: Stage) -> None:
    judgement = check_record(stage.desk("my", "faridah"), CASE / "my-phone.yaml")
    singapore = next(each for each in judgement.forums if each.code == "SG")
    assert singapore.assessment.verdict == Verdict.NO_STANDARD
    assert "central authority" in singapore.reasons[0].cure["en"]
    assert judgement.verdict == Verdict.CONFORMS


def test_who_will_co_sign_is_counted(stage: Stage) -> None:
    alone = check_record(stage.desk("cn", "zhang"), CASE / "cn-online.yaml")
    together = check_record(
        stage.desk("cn", "zhang"), CASE / "cn-online.yaml", roles=[CoSignerRole.SECOND_OFFICER]
    )
    assert (alone.facts.officers, together.facts.officers) == (1, 2)
    assert "CN01" in {reason.rule_id for reason in alone.home.reasons}
    assert "CN01" not in {reason.rule_id for reason in together.home.reasons}


def test_a_package_is_judged_as_its_record_was(stage: Stage) -> None:
    package = stage.packed("cn-online", "cn", "zhang")
    record = check_record(stage.desk("cn", "zhang"), stage.own_case() / "cn-online.yaml")
    found = check_package(stage.desk("cn", "zhang"), package)
    assert (found.verdict, found.facts, found.home.assessment) == (
        record.verdict,
        record.facts,
        record.home.assessment,
    )


def test_a_package_is_judged_by_its_collector_whoever_asks(stage: Stage) -> None:
    """The registrar has no qualification, and was appointed for something else."""
    package = stage.packed("my-phone", "my", "faridah")
    assert check_package(stage.desk("my", "clerk"), package).verdict == Verdict.CONFORMS


def test_a_record_of_another_agency_is_not_judged_for_this_key(stage: Stage) -> None:
    with pytest.raises(UsageError) as other:
        check_record(stage.desk("cn", "faridah"), CASE / "cn-online.yaml")
    assert other.value.code == "record.other_agency"


def test_a_key_without_appointment_at_that_time_is_told(stage: Stage) -> None:
    early = stage.edit(
        "my-phone", ("2026-03-17T09:30", "2026-03-10T09:30"), ("2026-03-17T11", "2026-03-10T11")
    )
    with pytest.raises(AuthorityError) as nobody:
        check_record(stage.desk("my", "faridah"), early)
    assert nobody.value.code == "authority.not_appointed"


def test_checking_leaves_no_trace(stage: Stage) -> None:
    before = stage.ledger.world.block
    workspace = stage.workspace("cn")
    check_record(stage.desk("cn", "zhang"), CASE / "refused.yaml")
    assert stage.ledger.world.block == before
    assert stage.sent() == 0
    assert not workspace.refusals.exists()
    assert not workspace.outbox.exists()
