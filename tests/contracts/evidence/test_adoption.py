# SPDX-License-Identifier: Apache-2.0
"""Standards are sovereign, versioned, announced, and never weaker than the baseline (review A6, A14)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from brownie import accounts

from concordat.evidence.methods import Method
from concordat.evidence.standards import Assessment, Clause, Severity, Standard, adoption_faults
from concordat.evidence.steps import Step, mask
from tests.contracts.clock import now, pass_time
from tests.contracts.reverts import reverts
from tests.contracts.suite import (
    BASELINE,
    CN,
    DAY,
    HOME,
    HOUR,
    METHOD,
    MY,
    OFFICE,
    PLAIN,
    PLAIN_METHOD,
    SG,
    UNADOPTED_METHOD,
    ZERO32,
    A,
    B,
    C,
    D,
    Suite,
    deploy,
    standard_key,
    usual_founders,
)

KEY = standard_key(MY, 0, METHOD)
DOMESTIC = 0
CLAUSE = Clause((D, Step.WITNESS_SIGNED), Severity.CURABLE)


def announced(standard: Standard = PLAIN, days: float = 8, **changes: Any) -> Standard:
    """A later version that starts after the notice."""
    return replace(standard, from_hour=int((now() + days * DAY) // HOUR), **changes)


def adopt(
    suite: Suite, standard: Standard, method: int = METHOD, authority: str = "my_authority", forum: int = MY
) -> Any:
    return suite.adopt(authority, forum, [(DOMESTIC, method, standard)])


# Whose they are


def test_each_country_adopts_its_own(suite: Suite) -> None:
    with reverts("NotCentralAuthority", suite.cn_authority, MY):
        adopt(suite, announced(), authority="cn_authority")
    for name in ("my_police", "collector", "office", "stranger"):
        with reverts("NotCentralAuthority", suite.actors[name], MY):
            adopt(suite, announced(), authority=name)
    with reverts("NotCentralAuthority", suite.office, OFFICE + 1):
        adopt(suite, announced(), authority="office", forum=OFFICE + 1)


def test_nobody_adopts_the_baseline(suite: Suite) -> None:
    for name in ("my_authority", "office"):
        with reverts("NotAdoptable", OFFICE):
            adopt(suite, announced(), authority=name, forum=OFFICE)
    with reverts("NotAdoptable", 1000):
        adopt(suite, announced(), forum=1000)


def test_adoption_is_on_record(suite: Suite) -> None:
    rules = b"\x05" * 32
    standard = announced()
    words = standard.pack()
    tx = suite.standards.adopt(MY, rules, [(DOMESTIC, METHOD, *words)], {"from": suite.my_authority})
    event = tx.events["StandardAdopted"]
    assert (event["key"], event["version"], event["core"], event["extension"]) == (KEY, 2, *words)
    assert bytes(event["rules"]) == rules
    assert suite.standards.standardAt(KEY, 2) == words
    assert suite.standards.versionCount(KEY) == 2


# What they must be

ILL_FORMED: list[tuple[dict[str, Any], str]] = [
    ({"curable": mask(A, B)}, "OverlappingSteps"),
    ({"noted": mask(B)}, "OverlappingSteps"),
    ({"late_curable": mask(C)}, "LateNotCurable"),
    ({"late_curable": mask(Step.WITNESS_SIGNED)}, "LateNotCurable"),
    ({"delay_hours": 0}, "NoDelay"),
    ({"delay_severity": Severity.NOTED}, "DelayMerelyNoted"),
    ({"delay_severity": Severity.NONE}, "DelayMerelyNoted"),
    ({"officers_severity": Severity.NONE}, "OfficersWithoutSeverity"),
    ({"fewest_officers": 0}, "NoOfficers"),
    ({"algorithms": 0}, "NoAcceptedAlgorithm"),
    ({"algorithms": 0b1000_0000}, "NoAcceptedAlgorithm"),
    ({"algorithms": 0b0100_0001}, "NoAcceptedAlgorithm"),
    ({"until_hour": 600_000}, "UntilGiven"),
    ({"fatal": 0}, "WeakerThanBaseline"),
    ({"fatal": 0, "curable": mask(A, B)}, "WeakerThanBaseline"),
    ({"delay_hours": 721}, "BaselineTermsWeakened"),
]


@pytest.mark.parametrize(("changes", "error"), ILL_FORMED)
def test_refuses_what_cannot_be_a_standard(suite: Suite, changes: dict[str, Any], error: str) -> None:
    """The client's lint says the same of each."""
    wrong = announced(**changes)
    with reverts(error):
        adopt(suite, wrong, PLAIN_METHOD)
    assert adoption_faults(wrong, BASELINE, HOME)


@pytest.mark.parametrize(
    "words",
    [
        lambda a, b: (a, b | 1),
        lambda a, b: (a, b | 1 << 67),
    ],
)
def test_refuses_spare_bits(suite: Suite, words: Any) -> None:
    with reverts("SpareBitsSet", KEY):
        suite.standards.adopt(
            MY, ZERO32, [(DOMESTIC, METHOD, *words(*announced().pack()))], {"from": suite.my_authority}
        )


@pytest.mark.parametrize(
    "words",
    [
        lambda a, b: (a | 1, b),  # says it has clauses, and has none
        lambda a, b: (a, b | CLAUSE.pack() << 172),  # has one, and does not say so
        lambda a, b: (a | 1, b | CLAUSE.pack() << 152),  # a gap before the first
        lambda a, b: (a | 1, b | CLAUSE.pack() << 172 | CLAUSE.pack() << 132),  # a gap before the second
        lambda a, b: (a, b | 7 << 172),  # steps without a severity
    ],
)
def test_refuses_clauses_that_say_two_things(suite: Suite, words: Any) -> None:
    with reverts("ExtensionMisdeclared", KEY):
        suite.standards.adopt(
            MY, ZERO32, [(DOMESTIC, METHOD, *words(*announced().pack()))], {"from": suite.my_authority}
        )


def test_knows_two_origins_and_64_methods(suite: Suite) -> None:
    words = announced().pack()
    with reverts("UnknownOrigin", 2):
        suite.standards.adopt(MY, ZERO32, [(2, METHOD, *words)], {"from": suite.my_authority})
    with reverts("UnknownMethod", 64):
        suite.standards.adopt(MY, ZERO32, [(0, 64, *words)], {"from": suite.my_authority})
    with reverts("NoBaseline", int(Method.LIVE_CAPTURE)):
        suite.standards.adopt(MY, ZERO32, [(0, Method.LIVE_CAPTURE, *words)], {"from": suite.my_authority})


def test_keeps_the_baselines_terms_and_clauses(suite: Suite) -> None:
    """Against a baseline that asks for more than the usual one."""
    strict = replace(
        BASELINE,
        fewest_officers=2,
        curable=mask(B),
        noted=mask(C),
        clauses=(CLAUSE,),
        algorithms=0b11,
        delay_severity=Severity.FATAL,
        officers_severity=Severity.FATAL,
    )
    other = deploy(usual_founders(suite.actor), [(METHOD, *strict.pack()), (Method.OTHER, *strict.pack())])
    other.actors = suite.actors
    good = strict
    weaker: list[tuple[dict[str, Any], str]] = [
        ({"fewest_officers": 1}, "BaselineTermsWeakened"),
        ({"algorithms": 0b111}, "BaselineTermsWeakened"),
        ({"delay_severity": Severity.CURABLE}, "BaselineTermsWeakened"),
        ({"officers_severity": Severity.CURABLE}, "BaselineTermsWeakened"),
        ({"curable": 0}, "WeakerThanBaseline"),
        ({"noted": 0}, "WeakerThanBaseline"),
        ({"clauses": ()}, "BaselineClauseMissing"),
        ({"clauses": (replace(CLAUSE, severity=Severity.NOTED),)}, "BaselineClauseMissing"),
        ({"clauses": (Clause((D,), Severity.CURABLE), CLAUSE)}, "BaselineClauseMissing"),
    ]
    for changes, error in weaker:
        assert adoption_faults(replace(good, **changes), strict, None), changes
        with reverts(error):
            adopt(other, replace(good, **changes), Method.OTHER)
    adopt(other, replace(good, clauses=(CLAUSE, Clause((A,), Severity.NOTED))), Method.OTHER)


def test_other_comes_first_and_covers(suite: Suite) -> None:
    """Whoever calls his method OTHER gains nothing (review A4)."""
    other = deploy(
        usual_founders(suite.actor), [(METHOD, *BASELINE.pack()), (Method.OTHER, *BASELINE.pack())]
    )
    other.actors = suite.actors
    with reverts("OtherMissing", KEY):
        adopt(other, PLAIN)
    adopt(other, PLAIN, Method.OTHER)
    for changes, uncovered in (
        ({"fatal": mask(A, B), "curable": 0, "late_curable": 0}, mask(B)),
        ({"curable": mask(B, C), "noted": 0}, mask(C)),
        ({"noted": mask(C, D)}, mask(D)),
    ):
        with reverts("NotCoveredByOther", KEY, uncovered):
            adopt(other, replace(PLAIN, **changes))
    adopt(other, PLAIN)


def test_other_is_never_made_laxer_than_what_it_covers(suite: Suite) -> None:
    laxer = announced(HOME, curable=mask(B), late_curable=mask(B))
    with reverts("NotCoveredByOther", KEY, mask(Step.SECOND_OFFICER_SIGNED)):
        adopt(suite, laxer, Method.OTHER)
    # Together with what it covers, in whatever order, it may be.
    methods = [(DOMESTIC, METHOD, laxer), (DOMESTIC, Method.OTHER, laxer)]
    suite.adopt("my_authority", MY, methods)


def test_other_covers_at_every_time(suite: Suite) -> None:
    """Neither a week too late, nor a week too early."""
    stricter = announced(HOME, fatal=mask(A, B), curable=mask(Step.SECOND_OFFICER_SIGNED), late_curable=0)
    later = replace(stricter, from_hour=stricter.from_hour + 168)
    with reverts("NotCoveredByOther", KEY, mask(B)):
        suite.adopt("my_authority", MY, [(DOMESTIC, Method.OTHER, later), (DOMESTIC, METHOD, stricter)])
    suite.adopt("my_authority", MY, [(DOMESTIC, Method.OTHER, stricter), (DOMESTIC, METHOD, later)])


def test_pending_other_is_not_cancelled_from_under_a_method(suite: Suite) -> None:
    stricter = announced(HOME, fatal=mask(A, B), curable=mask(Step.SECOND_OFFICER_SIGNED), late_curable=0)
    suite.adopt("my_authority", MY, [(DOMESTIC, Method.OTHER, stricter), (DOMESTIC, METHOD, stricter)])
    other = standard_key(MY, 0, Method.OTHER)
    with reverts("NotCoveredByOther", KEY, mask(B)):
        suite.standards.cancel(other, {"from": suite.my_authority})
    suite.standards.cancel(KEY, {"from": suite.my_authority})
    suite.standards.cancel(other, {"from": suite.my_authority})


# In time


def test_first_version_may_start_at_the_laws_own_date(suite: Suite) -> None:
    key = standard_key(MY, 0, PLAIN_METHOD)
    assert suite.standards.versionInForce(key, 0) == 1
    assert suite.standards.versionInForce(standard_key(MY, 0, UNADOPTED_METHOD), now()) == 0


def test_later_versions_only_after_notice(suite: Suite) -> None:
    for days in (-1, 0, 6.9):
        with reverts("NoticeTooShort"):
            adopt(suite, announced(days=days))
    adopt(suite, announced(days=7.1))


def test_version_of_the_start_of_collection_is_in_force(suite: Suite) -> None:
    newer = announced()
    start = newer.from_hour * HOUR
    adopt(suite, newer)
    assert suite.standards.versionInForce(KEY, start - 1) == 1
    assert suite.standards.versionInForce(KEY, start) == 2
    facts = suite.facts(started_at=start - 1)
    assert suite.standards.check(facts.pack(), MY, start)[1] == 1
    at_start = replace(facts, started_at=start).pack()
    assert suite.standards.check(at_start, MY, start)[1] == 2
    for asked, version in ((facts.pack(), 1), (at_start, 2)):
        named = Assessment.of_reasons(suite.standards.checkVersion(asked, MY, version, start), version)
        found = suite.standards.check(asked, MY, start)
        assert (named.verdict, version, named.fatal, named.curable, named.noted) == tuple(found)
    with reverts("StandardNotInForce", KEY, 1, start):
        suite.standards.checkVersion(at_start, MY, 1, start)
    with reverts("StandardNotInForce", KEY, 2, start - 1):
        suite.standards.checkVersion(facts.pack(), MY, 2, start)
    for version in (0, 3):
        with reverts("StandardNotInForce", KEY, version, start):
            suite.standards.checkVersion(at_start, MY, version, start)


def test_one_pending_version_at_a_time(suite: Suite) -> None:
    pending = announced()
    adopt(suite, pending)
    with reverts("VersionPending", KEY, 2, pending.from_hour * HOUR):
        adopt(suite, announced(days=20))


def test_pending_version_can_be_cancelled(suite: Suite) -> None:
    adopt(suite, announced())
    with reverts("NotCentralAuthority", suite.cn_authority, MY):
        suite.standards.cancel(KEY, {"from": suite.cn_authority})
    tx = suite.standards.cancel(KEY, {"from": suite.my_authority})
    assert tx.events["AdoptionCancelled"]["version"] == 2
    assert suite.standards.versionCount(KEY) == 1
    assert suite.standards.versionInForce(KEY, now() + 30 * DAY) == 1
    assert suite.standards.standardAt(KEY, 1) == HOME.pack(), "open again"
    with reverts("NoSuchVersion", KEY, 2):
        suite.standards.standardAt(KEY, 2)
    with reverts("NothingPending", KEY):
        suite.standards.cancel(KEY, {"from": suite.my_authority})
    adopt(suite, announced())


def test_version_in_force_is_never_taken_back(suite: Suite) -> None:
    """No adopting, registering and restoring."""
    adopt(suite, announced())
    pass_time(9 * DAY)
    with reverts("NothingPending", KEY):
        suite.standards.cancel(KEY, {"from": suite.my_authority})


def test_versions_are_numbered_from_one(suite: Suite) -> None:
    for version in (0, 2):
        with reverts("NoSuchVersion", KEY, version):
            suite.standards.standardAt(KEY, version)
    assert suite.standards.standardAt(KEY, 1) == HOME.pack()


def test_baseline_is_the_one_of_the_founding(suite: Suite) -> None:
    assert suite.standards.standardAt(standard_key(OFFICE, 0, METHOD), 1) == BASELINE.pack()


def test_ill_formed_baseline_founds_no_suite(suite: Suite) -> None:
    with reverts("NoDelay", standard_key(OFFICE, 0, METHOD)):
        deploy(usual_founders(suite.actor), [(METHOD, *replace(BASELINE, delay_hours=0).pack())])


def test_three_countries_adopted(suite: Suite) -> None:
    for forum in (CN, MY, SG):
        for origin in (0, 1):
            assert suite.standards.versionCount(standard_key(forum, origin, METHOD)) == 1
    assert accounts[0] not in suite.actors.values()
