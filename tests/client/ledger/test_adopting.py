# SPDX-License-Identifier: Apache-2.0
"""From rulebooks to adopted standards, and back from the chain's events to a book that needs no network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from fakecast import CN, MY, Cast, adopt, make_cast

from concordat.errors import UsageError
from concordat.evidence import registry
from concordat.evidence.facts import Algorithm, Facts
from concordat.evidence.methods import Method
from concordat.evidence.places import INTL
from concordat.evidence.rulebook import bundled
from concordat.evidence.standards import Clause, Origin, Severity, Standard, Verdict
from concordat.evidence.steps import Step
from concordat.evidence.words import HOUR
from concordat.ledger import adoption
from concordat.ledger.adoption import Adoption
from concordat.ledger.sentences import ContractError
from concordat.ledger.standardbook import StandardBook, key_of

RULES = b"\x0b" * 32
OTHER = key_of(MY, Origin.DOMESTIC, Method.OTHER)


@pytest.fixture
def cast() -> Cast:
    return make_cast(with_standards=True)


def refused(name: str, act: Callable[[], object]) -> None:
    with pytest.raises(ContractError) as error:
        act()
    assert error.value.revert.name == name


def test_all_origins_and_methods_are_adopted_other_first(cast: Cast) -> None:
    fresh = make_cast()
    planned = adoption.plan(bundled("MY"), StandardBook.read(fresh.ledger), fresh.ledger.now())

    assert [each.method for each in planned].index(Method.OTHER) == 0
    assert {(each.origin, each.method) for each in planned} == {(o, m) for o in Origin for m in Method}
    assert all(each.version == 1 for each in planned)


def test_what_is_as_written_is_left_alone(cast: Cast) -> None:
    assert adoption.plan(bundled("MY"), StandardBook.read(cast.ledger), cast.ledger.now()) == []


def test_what_changed_gets_a_version_after_notice(cast: Cast) -> None:
    book = StandardBook.read(cast.ledger)
    key = key_of(MY, Origin.DOMESTIC, Method.OTHER)
    last = book.versions[key][-1]
    book.versions[key][-1] = replace(last, standard=replace(last.standard, delay_hours=1))

    [changed] = adoption.plan(bundled("MY"), book, cast.ledger.now())
    assert (changed.method, changed.version) == (Method.OTHER, 2)
    assert changed.standard.from_hour * HOUR >= cast.ledger.now() + 7 * 86400

    [later] = adoption.plan(bundled("MY"), book, cast.ledger.now(), cast.ledger.now() + 30 * 86400)
    assert later.standard.from_hour == (cast.ledger.now() + 30 * 86400) // HOUR


def test_nobody_adopts_for_another_jurisdiction(cast: Cast) -> None:
    planned = adoption.plan(bundled("CN"), StandardBook.read(cast.ledger), cast.ledger.now())
    refused("NotCentralAuthority", lambda: adoption.adopt(cast.ledger, cast.authority, CN, RULES, planned))
    refused("NotCentralAuthority", lambda: adoption.adopt(cast.ledger, cast.police, MY, RULES, planned))
    adoption.adopt(cast.ledger, cast.foreign, CN, RULES, planned)
    refused("NotAdoptable", lambda: adoption.adopt(cast.ledger, cast.foreign, INTL, RULES, planned))


def test_the_baseline_is_not_adopted() -> None:
    with pytest.raises(UsageError):
        adoption.require_rulebook(bundled("INTL"))
    adoption.require_rulebook(bundled("CN"))


# What may not be adopted


def current(cast: Cast, method: Method = Method.OTHER) -> Standard:
    standard = StandardBook.read(cast.ledger).of(MY, Origin.DOMESTIC, method)[-1].standard
    soon = (cast.ledger.now() + 8 * 86400) // HOUR
    return replace(standard, from_hour=soon, until_hour=0)


def put(cast: Cast, standard: Standard, method: Method = Method.OTHER) -> object:
    return adoption.adopt(
        cast.ledger, cast.authority, MY, RULES, [Adoption(Origin.DOMESTIC, method, standard, 2)]
    )


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (lambda s: replace(s, noted=s.noted | s.fatal), "OverlappingSteps"),
        (lambda s: replace(s, until_hour=s.from_hour + 5), "UntilGiven"),
        (lambda s: replace(s, delay_hours=0), "NoDelay"),
        (lambda s: replace(s, fewest_officers=0), "NoOfficers"),
        (lambda s: replace(s, algorithms=0), "NoAcceptedAlgorithm"),
        (lambda s: replace(s, algorithms=1 << Algorithm.MD5), "NoAcceptedAlgorithm"),
        (lambda s: replace(s, delay_severity=Severity.NOTED), "DelayMerelyNoted"),
        (lambda s: replace(s, officers_severity=Severity.NONE), "OfficersWithoutSeverity"),
        (lambda s: replace(s, late_curable=s.late_curable | s.fatal), "LateNotCurable"),
        (lambda s: replace(s, fatal=0), "WeakerThanBaseline"),
        (lambda s: replace(s, delay_hours=4000), "BaselineTermsWeakened"),
        (lambda s: replace(s, clauses=s.clauses[1:], late_curable=0), "BaselineClauseMissing"),
        (lambda s: replace(s, from_hour=1), "NoticeTooShort"),
    ],
)
def test_a_standard_that_may_not_be(cast: Cast, change: Callable[[Standard], Standard], error: str) -> None:
    standard = current(cast)
    if error == "BaselineClauseMissing":
        baseline = StandardBook.read(cast.ledger).of(INTL, Origin.DOMESTIC, Method.OTHER)[-1].standard
        assert baseline.clauses
    refused(error, lambda: put(cast, change(standard)))


def test_words_that_contradict_themselves(cast: Cast) -> None:
    core, extension = current(cast).pack()
    for words, error in (
        ({"extension": extension | 1}, "SpareBitsSet"),
        ({"core": core ^ 1}, "ExtensionMisdeclared"),
        ({"origin": 2}, "UnknownOrigin"),
        ({"method": 50}, "UnknownMethod"),
    ):
        struct = {"origin": 0, "method": 63, "core": core, "extension": extension, **words}
        refused(
            error,
            lambda s=struct: cast.ledger.send(cast.authority, "StandardsRegistry", "adopt", MY, RULES, [s]),
        )


def test_no_method_is_stricter_than_other(cast: Cast) -> None:
    standard = current(cast, Method.STORAGE_IMAGING)
    free = next(step for step in Step if not current(cast).fatal >> step & 1)
    stricter = replace(
        standard,
        fatal=standard.fatal | 1 << free,
        curable=standard.curable & ~(1 << free),
        noted=standard.noted & ~(1 << free),
        late_curable=0,
        clauses=tuple(c for c in standard.clauses if isinstance(c, Clause)),
    )
    refused("NotCoveredByOther", lambda: put(cast, stricter, Method.STORAGE_IMAGING))


def test_other_comes_first() -> None:
    cast = make_cast()
    planned = adoption.plan(bundled("MY"), StandardBook.read(cast.ledger), cast.ledger.now())
    refused("OtherMissing", lambda: adoption.adopt(cast.ledger, cast.authority, MY, RULES, planned[1:]))


# Versions in time


def test_the_law_of_the_time_judges_and_a_pending_version_can_be_cancelled(cast: Cast) -> None:
    new = current(cast)
    put(cast, new)
    refused("VersionPending", lambda: put(cast, replace(new, from_hour=new.from_hour + 500)))

    facts = Facts(cast.ledger.now(), 5, MY, MY, Method.OTHER, 1, 0, 0)
    book = StandardBook.read(cast.ledger)
    later = replace(facts, started_at=new.from_hour * HOUR)
    assert [book.in_force(each, MY).version for each in (facts, later)] == [1, 2]  # type: ignore[union-attr]
    for each in (facts, later):
        assert book.check(each, MY, each.started_at) == registry.check(cast.ledger, each, MY, each.started_at)

    adoption.cancel(cast.ledger, cast.authority, OTHER)
    book = StandardBook.read(cast.ledger)
    assert len(book.of(MY, Origin.DOMESTIC, Method.OTHER)) == 1
    assert book.in_force(later, MY).version == 1  # type: ignore[union-attr]
    refused("NothingPending", lambda: adoption.cancel(cast.ledger, cast.authority, OTHER))


def test_a_book_survives_its_file(cast: Cast) -> None:
    book = StandardBook.read(cast.ledger)
    assert StandardBook.from_json(book.to_json()) == book
    assert len(list(book.all())) == 36


def test_where_there_is_no_standard_the_book_says_so(cast: Cast) -> None:
    facts = Facts(cast.ledger.now(), 5, CN, CN, Method.OTHER, 1, 0, 0)
    book = StandardBook.read(cast.ledger)
    assert book.in_force(facts, CN) is None
    assert book.check(facts, CN, cast.ledger.now()).verdict is Verdict.NO_STANDARD
    assert registry.check(cast.ledger, facts, CN, cast.ledger.now()).verdict is Verdict.NO_STANDARD


def test_versions_are_asked_by_number(cast: Cast) -> None:
    assert cast.ledger.call("StandardsRegistry", "versionCount", OTHER) == 1
    refused("NoSuchVersion", lambda: cast.ledger.call("StandardsRegistry", "standardAt", OTHER, 2))
    adopt(cast)  # nothing changed, so nothing is sent
    assert cast.ledger.call("StandardsRegistry", "versionCount", OTHER) == 1
