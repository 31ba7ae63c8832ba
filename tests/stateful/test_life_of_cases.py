# SPDX-License-Identifier: Apache-2.0
"""Claimed, contested, settled, transferred, given up: who leads a case, and who claims it?

Invariants C1 to C4 of README.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any

import pytest

from tests.contracts.beginning import begin_with
from tests.contracts.clock import now
from tests.contracts.cooperation.casework import COMMITMENT, case_id, proposal_id
from tests.contracts.suite import CN, DAY, LEAD, MY, SG, ZERO32, Suite, usual_suite
from tests.stateful.cases import CLOSED, CONFLICT, NO_AGENCY, NONE, OPEN, SETTLED, Case, Claim, Proposal
from tests.stateful.driver import DONE, SELDOM, Life, lead

AGENCIES = (
    *("my_police", "my_prosecutor", "my_authority"),
    *("cn_police", "cn_authority", "sg_police", "sg_prosecutor", "sg_authority"),
)
AUTHORITIES = {MY: "my_authority", CN: "cn_authority", SG: "sg_authority"}
OPENERS = ("my_police", "cn_authority")
"""Of one case each."""
TEXTS = (b"\x61" * 32, b"\x62" * 32)
GROUNDS = (0, 1, 2, 7, 8)
EVERY = {
    *("open", "claim", "dropClaim", "consult", "proposeLead", "agreeLead"),
    *("offerTransfer", "acceptTransfer", "close"),
}


class LifeOfCases(Life):
    """Two cases, agencies of three countries."""

    def begin(self) -> None:
        ids = [self.suite.ids[opener] for opener in OPENERS]
        self.openers = {case_id(opener): opener for opener in ids}
        self.cases = {case: Case() for case in self.openers}

    def steps(self) -> Sequence[Callable[[], None]]:
        talk = (self.propose, self.agree, self.agree, self.claim)
        seldom = (self.open, self.drop, self.consult, self.offer, self.accept, self.time_passes)
        return (*talk, *talk, *seldom, *seldom, self.close)

    # Acts

    def open(self) -> None:
        case, ground = self.case(), self.one_of(GROUNDS, 1)
        agency, given = self.openers[case], (COMMITMENT, ground, ZERO32)
        self.act("open", agency, given, lambda it, at: it.open(agency, ground, at), case)

    def claim(self) -> None:
        case, agency, ground = self.case(), self.agency(), self.one_of(GROUNDS, 2)
        self.act("claim", agency, (case, ground, TEXTS[0]), lambda it, at: it.claim(agency, ground, at))

    def drop(self) -> None:
        case, agency = self.case(), self.agency()
        self.act("dropClaim", agency, (case,), lambda it, at: it.drop(agency, at))

    def consult(self) -> None:
        case, agency = self.case(), self.claimant()
        self.act("consult", agency, (case, TEXTS[0]), lambda it, _: it.consult(agency))

    def propose(self) -> None:
        case, agency, proposal = self.case(), self.claimant(), self.proposal()
        authority = self.suite.ids[AUTHORITIES[agency >> 16]]
        self.act(
            "proposeLead",
            agency,
            (case, *proposal),
            lambda it, at: it.propose(agency, proposal, authority, at),
        )

    def agree(self) -> None:
        """Mostly to what somebody agrees to already."""
        case, agency = self.case(), self.claimant()
        liked = [claim.agreed for claim in self.cases[case].claims.values() if claim.agreed]
        proposal = self.one_of([self.proposal()], self.rng.choice(liked) if liked else None)
        name = next(name for name, number in self.suite.ids.items() if number == proposal[0])
        number = proposal_id(self.suite, name, case, proposal[1])
        self.act("agreeLead", agency, (case, number), lambda it, at: it.agree(agency, proposal, at))

    def offer(self) -> None:
        case, to, text = self.case(), self.agency(), self.rng.choice(TEXTS)
        agency = self.one_of([self.agency()], self.cases[case].lead or None)
        self.act("offerTransfer", agency, (case, to, text), lambda it, _: it.offer_transfer(agency, to, text))

    def accept(self) -> None:
        """Mostly what was offered; where nothing is, it is offered first."""
        case = self.case()
        offered = self.cases[case].offer
        if not offered and self.rng.random() < self.care:
            self.offer()
            return
        _, to, text = offered or (0, self.agency(), TEXTS[0])
        agency, text = self.one_of([self.agency()], to), self.one_of(TEXTS, text)
        self.act("acceptTransfer", agency, (case, text), lambda it, at: it.accept_transfer(agency, text, at))

    def close(self) -> None:
        case = self.case()
        agency = self.one_of([self.agency()], self.cases[case].lead or None)
        self.act("close", agency, (case, 1, ZERO32), lambda it, at: it.close(agency, at))

    def time_passes(self) -> None:
        self.pass_time(self.rng.choice((1, DAY, 30 * DAY)))

    # Invariants

    def check(self) -> None:
        for number, case in self.cases.items():
            self.registry_says_what_the_model_says(number, case)
            self.status_is_the_claims(number)

    def registry_says_what_the_model_says(self, number: bytes, case: Case) -> None:
        """C1"""
        assert self.ask("statusOf", number) == case.status
        assert self.ask("leadOf", number) == case.lead
        assert sorted(self.ask("claimantsOf", number)) == sorted(case.claims)
        for country in AUTHORITIES:
            claim = case.claims.get(country, Claim(0, NO_AGENCY, 0))
            found = tuple(int(part) for part in self.ask("claimOf", number, country))
            assert found == (claim.ground, claim.agency, claim.since), country
            agreed = bytes(self.ask("agreedBy", number, country))
            assert agreed == (self.id_of(number, claim.agreed) if claim.agreed else ZERO32), country
        until = self.ask("consultUntil", number)
        assert until == case.consult_until
        overdue = [self.ask("isConsultationOverdue", number, until + late) for late in (0, 1)]
        assert overdue == [False, case.status == CONFLICT]

    def status_is_the_claims(self, number: bytes) -> None:
        """C2 to C4: whatever the model says."""
        status, leading = self.ask("statusOf", number), self.ask("leadOf", number)
        claimants = self.ask("claimantsOf", number)
        assert len(set(claimants)) == len(claimants)
        least = {NONE: 0, OPEN: 1, CONFLICT: 2, SETTLED: 2, CLOSED: 1}[status]
        assert len(claimants) >= least
        assert len(claimants) == least or status not in (NONE, OPEN)
        if leading:
            assert leading >> 16 in claimants
        else:
            assert status in (NONE, CONFLICT)

    # Helpers

    def act(
        self,
        name: str,
        agency: int,
        given: tuple[Any, ...],
        expect: Callable[[Case, int], None],
        case: bytes | None = None,
    ) -> None:
        """By the officer of the agency. What the model refuses leaves the model as it was."""
        case = case or given[0]

        def tried(at: int) -> None:
            changed = deepcopy(self.cases[case])
            expect(changed, at)
            self.cases[case] = changed

        officer = next(name for name, number in self.suite.ids.items() if number == agency)
        by = self.suite.actors[f"leader of {officer}"]
        self.attempt(by, getattr(self.suite.cases, name), given, tried)

    def ask(self, name: str, *given: Any) -> Any:
        return self.chain.call("CaseRegistry", name, *given)

    def case(self) -> bytes:
        return self.rng.choice(list(self.cases))

    def agency(self) -> int:
        return self.suite.ids[self.rng.choice(AGENCIES)]

    def claimant(self) -> int:
        """An agency, mostly of a country that claims one of the cases."""
        claiming = {country for case in self.cases.values() for country in case.claims}
        rightful = [self.suite.ids[name] for name in AGENCIES if self.suite.ids[name] >> 16 in claiming]
        return self.one_of([self.agency()], self.rng.choice(rightful) if rightful else None)

    def proposal(self) -> Proposal:
        return self.claimant(), self.rng.choice(TEXTS)

    def id_of(self, case: bytes, proposal: Proposal) -> bytes:
        name = next(name for name, number in self.suite.ids.items() if number == proposal[0])
        return proposal_id(self.suite, name, case, proposal[1])


@pytest.fixture(scope="module")
def suite() -> Suite:
    return begin_with(suite_with_leaders)


def suite_with_leaders() -> Suite:
    built = usual_suite()
    for agency in AGENCIES:
        built.appoint(agency, f"leader of {agency}", LEAD, endsAt=now() + 3650 * DAY)
    return built


def test_life_of_cases(suite: Suite) -> None:
    outcomes = lead(LifeOfCases, suite, runs=4, steps=50)
    done = {what for what, answer in outcomes if answer == DONE}
    assert len(EVERY - done) <= SELDOM, f"never came to pass: {EVERY - done}"
    refusals = {answer for _, answer in outcomes} - {DONE}
    assert refusals >= {"NotAClaimant", "CaseInStatus", "NotTheLead", "JurisdictionAlreadyClaimed"}
