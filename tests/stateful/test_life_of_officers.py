# SPDX-License-Identifier: Apache-2.0
"""Appointed, suspended, robbed of their keys, gone, appointed anew: who was entitled to what, at any time?

Invariants O1 to O6 of README.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any, ClassVar

from concordat.errors import AuthorityError
from concordat.membership import agencies, officers
from concordat.membership.powers import Power
from tests.contracts.clock import now
from tests.contracts.suite import (
    ACCEPTANCE,
    CN,
    COLLECT,
    CONFIRM_DATE,
    CURE,
    DAY,
    HOUR,
    MY,
    REGISTER,
    VOTE,
    WITHDRAW,
    Suite,
)
from tests.stateful.driver import DONE, HEAVY, SELDOM, Life, lead
from tests.stateful.members import Held, Members, covers, read_members
from tests.stateful.states import documented

AGENCIES = ("my_police", "cn_police", "cn_court")
KEYS = ("collector", "cn_collector", "stranger", "witness", "holder")
SENDERS = (*AGENCIES, "my_authority", "cn_authority", *KEYS)
POWERS = (COLLECT, REGISTER, COLLECT | REGISTER, CURE | WITHDRAW, CONFIRM_DATE, VOTE)
SPANS = (HOUR, DAY, 10 * DAY)
QUESTIONS = 6
REASON = b"\x05" * 32
EVERY = {
    "appoint",
    "endAppointment",
    "suspendOfficer",
    "liftOfficerSuspension",
    "reportCompromise",
    "suspendAgency",
    "liftAgencySuspension",
    "proposeAccount",
    "acceptAccount",
}


class LifeOfOfficers(Life):
    """Three agencies that appoint, two authorities, five keys that may become anybody's."""

    first: ClassVar[Members]
    moved: ClassVar[set[tuple[str, str, str]]] = set()

    def begin(self) -> None:
        self.model = deepcopy(self.first)
        self.moments = {now()}

    def steps(self) -> Sequence[Callable[[], None]]:
        often = (self.appoint, self.end, self.suspend, self.lift, self.time_passes)
        seldom = (self.report, self.suspend_agency, self.lift_agency, self.propose, self.accept)
        return (*often, *often, *seldom)

    # Officers

    def appoint(self) -> None:
        agency, officer = self.one_of(AGENCIES), self.one_of(KEYS)
        appointee, by = self.suite.actors[officer], self.account_of(agency)
        held = self.offer(agency, appointee.address)
        terms = self.suite.terms(
            agency,
            appointee,
            held.powers,
            startsAt=held.starts_at,
            endsAt=held.ends_at,
            qualifiedUntil=held.qualified_until,
            number=held.number,
        )
        signer = self.one_of(KEYS, rightful=officer)
        acceptance = self.suite.sign(self.suite.actors[signer], self.suite.agencies, ACCEPTANCE, terms)
        self.do(
            by,
            self.suite.agencies.appoint,
            (terms, acceptance),
            lambda at: self.model.appoint(by.address, appointee.address, held, at, signed=signer == officer),
            appointee.address,
        )

    def offer(self, agency: str, officer: str) -> Held:
        """Mostly terms that can be."""
        delay = self.one_of((2 * HOUR, -HOUR), rightful=0)
        starts, length = now() + delay, self.rng.choice(SPANS)
        return Held(
            agency=self.suite.ids[agency],
            powers=self.one_of((*POWERS, 0, COLLECT | CURE, 1 << 40), rightful=self.rng.choice(POWERS)),
            starts_at=starts if delay else 0,
            ends_at=starts + self.one_of((length, -HOUR), rightful=length),
            number=len(self.model.held[officer]) + self.one_of((0, 2), rightful=1),
            qualified_until=now() + length // 2,
        )

    def end(self) -> None:
        officer = self.address()
        by = self.sender(self.employer(officer))
        self.do(
            by,
            self.suite.agencies.endAppointment,
            (officer,),
            lambda at: self.model.end(by.address, officer, at),
            officer,
        )

    def suspend(self) -> None:
        officer, until = self.address(), now() + self.rng.choice((*SPANS, -HOUR))
        by = self.sender(self.employer(officer))
        self.do(
            by,
            self.suite.agencies.suspendOfficer,
            (officer, until, REASON),
            lambda at: self.model.suspend(by.address, officer, until, at),
            officer,
        )

    def lift(self) -> None:
        """Mostly somebody who is suspended; where nobody is, somebody is suspended first."""
        suspended = [one for one, pauses in self.model.pauses.items() if covers(pauses, now())]
        if not suspended and self.rng.random() < self.care:
            self.suspend()
            return
        officer = self.one_of([self.address()], self.rng.choice(suspended) if suspended else None)
        by = self.sender(self.employer(officer))
        self.do(
            by,
            self.suite.agencies.liftOfficerSuspension,
            (officer,),
            lambda at: self.model.lift(by.address, officer, at),
            officer,
        )

    def report(self) -> None:
        """By the agency into the past, by the key's own holder from now on (0)."""
        reported = self.sender(None).address
        own = self.rng.random() < 0.5
        by = self.by_address(reported) if own else self.sender(self.employer(reported))
        ago = self.rng.choice((1, HOUR, DAY, 20 * DAY, -HOUR))
        since = self.one_of((now() - ago,), 0) if own else self.one_of((0,), now() - ago)
        self.moments.add(since or now())
        self.do(
            by,
            self.suite.agencies.reportCompromise,
            (reported, since),
            lambda at: self.model.report(by.address, reported, since, at),
            reported,
        )

    # Agencies

    def suspend_agency(self) -> None:
        number, until = self.agency(), now() + self.rng.choice(SPANS)
        by = self.sender(self.model.authorities[number >> 16])
        self.do(
            by,
            self.suite.agencies.suspendAgency,
            (number, until, REASON),
            lambda at: self.model.suspend_agency(by.address, number, until, at),
        )

    def lift_agency(self) -> None:
        suspended = [one for one, pauses in self.model.agency_pauses.items() if covers(pauses, now())]
        if not suspended and self.rng.random() < self.care:
            self.suspend_agency()
            return
        number = self.one_of([self.agency()], self.rng.choice(suspended) if suspended else None)
        by = self.sender(self.model.authorities[number >> 16])
        self.do(
            by,
            self.suite.agencies.liftAgencySuspension,
            (number,),
            lambda at: self.model.lift_agency(by.address, number, at),
        )

    def propose(self) -> None:
        by, account = self.sender(self.agency()), self.address()
        self.do(
            by,
            self.suite.agencies.proposeAccount,
            (account,),
            lambda _: self.model.propose(by.address, account),
        )

    def accept(self) -> None:
        if not self.model.proposed and self.rng.random() < self.care:
            self.propose()
            return
        number = self.one_of(tuple(self.model.proposed) or (self.agency(),))
        proposed = self.model.proposed.get(number)
        by = self.one_of([self.suite.actors[name] for name in KEYS], self.by_address(proposed))
        self.do(
            by,
            self.suite.agencies.acceptAccount,
            (number,),
            lambda _: self.model.accept(by.address, number),
        )

    def time_passes(self) -> None:
        officers_of_all = [self.suite.actors[name].address for name in KEYS]
        before = [self.state(officer, now()) for officer in officers_of_all]
        self.pass_time(self.rng.choice((1, HOUR, DAY, 9 * DAY)))
        self.moments.add(now())
        after = [self.state(officer, now()) for officer in officers_of_all]
        self.moved.update((was, "time", has) for was, has in zip(before, after, strict=True) if was != has)

    # Invariants

    def check(self) -> None:
        for _ in range(QUESTIONS):
            self.registry_says_what_the_model_says(self.address())
        self.authority_now_is_entitlement_now(self.address())
        self.nobody_is_officer_and_agency(self.address())

    def registry_says_what_the_model_says(self, officer: str) -> None:
        """O1 to O4: at any moment of the past, of now and of the times to come."""
        number = self.rng.randint(1, len(self.model.held[officer]) + 1)
        power, at = self.rng.choice(POWERS), self.moment()
        held = self.model.number(officer, number)
        expected = None
        if held and self.model.entitled(officer, held, power, at):
            expected = (held.agency, at < held.qualified_until, held.device)
        assert self.entitled_at(officer, number, power, at) == expected, f"{officer} {number} {power} {at}"

    def authority_now_is_entitlement_now(self, officer: str) -> None:
        """O5: the same question about the present has the same answer."""
        power, held = self.rng.choice(POWERS), self.model.newest(officer)
        entitled = self.model.entitled(officer, held, power, now())
        expected = held.agency if entitled and held else 0
        assert self.authorized(officer, power) == expected, f"{officer} {power}"

    def nobody_is_officer_and_agency(self, account: str) -> None:
        """O6: an agency's account is nobody's officer, and who was an officer becomes no agency."""
        owner = agencies.agency_of_account(self.chain, account)
        assert owner == self.model.agency_of_account(account)
        assert not (owner and any(each.ends_at > now() for each in self.model.held[account]))

    # Helpers

    def do(
        self,
        by: Any,
        function: Any,
        arguments: Sequence[Any],
        expect: Callable[[int], None],
        officer: str | None = None,
    ) -> None:
        """An act, and from which state into which it brought an officer."""

        def watched(at: int) -> None:
            before = self.state(officer, at) if officer else ""
            expect(at)
            if officer and self.model.held[officer]:
                self.moved.add((before, function._name.partition(".")[2], self.state(officer, at)))

        if self.attempt(by, function, arguments, watched):
            self.moments.add(now())

    def state(self, officer: str, at: int) -> str:
        """As docs/states.md names it."""
        held = self.model.newest(officer)
        if held is None:
            return "Absent"
        states = {
            "Ended": held.ends_at <= at,
            "Compromised": self.model.stolen.get(officer, at + 1) <= at,
            "Suspended": covers(self.model.pauses[officer], at),
            "ToCome": at < held.starts_at,
        }
        return next((state for state, holds in states.items() if holds), "InOffice")

    def address(self) -> str:
        return str(self.suite.actors[self.rng.choice(KEYS)].address)

    def agency(self) -> int:
        return self.suite.ids[self.rng.choice(AGENCIES)]

    def moment(self) -> int:
        """At, just before and just after what happened."""
        return self.rng.choice(sorted(self.moments)) + self.rng.choice((-1, 0, 0, 1, HOUR, DAY))

    def employer(self, officer: str) -> int | None:
        held = self.model.newest(officer)
        return held.agency if held else None

    def sender(self, rightful: int | None) -> Any:
        """Mostly the account of the agency that may."""
        account = self.by_address(self.model.accounts[rightful]) if rightful else None
        return self.one_of([self.account_of(name) for name in SENDERS], account)

    def account_of(self, name: str) -> Any:
        """The present account of an agency; of anybody else, his key."""
        number = self.suite.ids.get(name)
        return self.by_address(self.model.accounts[number]) if number else self.suite.actors[name]

    def by_address(self, address: str | None) -> Any:
        return next((one for one in self.suite.actors.values() if one.address == address), None)

    def entitled_at(self, officer: str, number: int, power: int, at: int) -> tuple[int, bool, bool] | None:
        try:
            return tuple(officers.entitled_at(self.chain, officer, number, Power(power), at))
        except AuthorityError:
            return None

    def authorized(self, caller: str, power: int) -> int:
        try:
            return int(self.chain.call("AgencyRegistry", "authorize", caller, power))
        except AuthorityError:
            return 0


def test_life_of_officers(suite: Suite) -> None:
    LifeOfOfficers.first = read_members(suite)
    outcomes = lead(LifeOfOfficers, suite, runs=5, steps=40)
    assert documented("An appointment") >= LifeOfOfficers.moved, "a step that docs/states.md does not know"
    done = {what for what, answer in outcomes if answer == DONE}
    assert len(EVERY - done) <= SELDOM, f"never came to pass: {EVERY - done}"
    assert len({answer for _, answer in outcomes}) > (20 if HEAVY else 12)


def test_agencies_of_two_countries_meet(suite: Suite) -> None:
    """Guard: otherwise the authorities would have nothing to refuse each other."""
    assert {suite.ids[name] >> 16 for name in AGENCIES} == {CN, MY}
