# SPDX-License-Identifier: Apache-2.0
"""Registered, co-signed, cured, dated, withdrawn, superseded, while officers go and standards change.

Invariants E1 to E10 of README.md; the transitions are those of docs/states.md and no others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from concordat.evidence import registry
from concordat.evidence.standards import Origin, Severity, Verdict
from concordat.evidence.steps import Step, mask
from concordat.ledger.chain import Chain
from concordat.ledger.standardbook import StandardBook
from tests.contracts.clock import now
from tests.contracts.nodes import node
from tests.contracts.suite import (
    ACCEPTANCE,
    CN,
    DAY,
    HOUR,
    MY,
    OFFICE,
    PLAIN,
    PLAIN_METHOD,
    SECOND_OFFICER,
    SG,
    ZERO32,
    A,
    B,
    C,
    D,
    Suite,
    standard_key,
)
from tests.stateful.acquisitions import Record, Registry, Wish, documents_of
from tests.stateful.draws import CO_SIGNERS, OFFICERS, PEOPLE, ROOTS, WRONG_CO_SIGNERS, Drawn
from tests.stateful.driver import DONE, HEAVY, SELDOM, lead
from tests.stateful.members import Held, covers, read_members
from tests.stateful.states import documented

FORUMS = (MY, CN, SG, OFFICE, 840)
REASON = b"\x06" * 32
EVERY = {"register", "cosign", "supplement", "confirmDate", "withdraw", "supersede", "adopt", "cancel"}
LAWS = (
    replace(PLAIN, delay_hours=24),
    replace(PLAIN, noted=0),
    replace(PLAIN, curable=0, noted=mask(B, C), late_curable=0),
    replace(PLAIN, late_curable=0),
    replace(PLAIN, fewest_officers=2, officers_severity=Severity.FATAL),
    replace(PLAIN, delay_severity=Severity.FATAL),
)


class LifeOfAcquisitions(Drawn):
    """Two agencies, eight roots, seven officers, the laws of two countries."""

    care = 0.93  # a registration has a dozen chances to go wrong
    moved: ClassVar[set[tuple[str, str, str]]] = set()

    def steps(self) -> Sequence[Callable[[], None]]:
        evidence = (self.register, self.cosign, self.supplement, self.confirm, self.withdraw, self.supersede)
        if not self.model.records:
            return (self.register, self.adopt, *evidence)
        often = (*evidence, self.register, self.cosign, self.supplement, self.time_passes)
        around = (self.come_and_go, self.come_and_go, self.suspend_or_lift, self.adopt, self.cancel)
        return (*often, *often, *around)

    # Evidence

    def register(self) -> None:
        agency = self.one_of(("cn_police",), "my_police")
        home, usual = self.suite.ids[agency] >> 16, "collector" if agency == "my_police" else "cn_collector"
        collector, registrar = self.one_of(PEOPLE, usual), self.one_of(PEOPLE, usual)
        facts = self.facts(home, self.members.newest(self.key(collector).address))
        signers = self.signers(agency)
        wish = Wish(
            agency=self.suite.ids[agency],
            root=self.one_of(ROOTS, self.free_root(agency)),
            facts=facts,
            version=self.one_of((0, 1, 2, 3), self.model.standards.in_force(facts, home)),
            collector=self.key(collector).address,
            appointment=self.appointment(collector),
            preserve=self.rng.random() < 0.5,
            co_signers=tuple(signers.values()),
        )
        collection = self.suite.collection(
            self.key(collector),
            facts,
            agency,
            root=wish.root,
            standardVersion=wish.version,
            appointment=wish.appointment,
            preserve=wish.preserve,
            deadline=now() + DAY,
        )
        bound = [
            self.suite.co_sign(self.key(name), signer.role, collection, signer.appointment)
            for name, signer in signers.items()
        ]
        signature = self.suite.sign_collection(self.key(collector), collection, bound)
        done = self.move(
            self.key(registrar),
            self.suite.evidence.register,
            (collection, signature, bound),
            lambda at: self.model.register(self.key(registrar).address, wish, at),
            (wish.agency, wish.root),
        )
        if done:
            self.sent[wish.agency, wish.root] = collection, bound
            seconds = {each.address for each in wish.co_signers if each.role == SECOND_OFFICER}
            self.officers[wish.agency, wish.root] = {wish.collector, *seconds}

    def cosign(self) -> None:
        """With the collection as its collector signed it; sometimes as a colleague pretends to have."""
        if not self.sent:
            return
        key, (collection, bound) = self.rng.choice(list(self.sent.items()))
        shown = self.model.records[key].wish
        if self.rng.random() < 0.15:
            pretender = self.key(self.one_of(("second", "collector")))
            collection, bound = [*collection[:4], pretender.address, *collection[5:]], []
            shown = replace(shown, collector=pretender.address, co_signers=())
        mine = "my_police" if shown.agency == self.suite.ids["my_police"] else "cn_police"
        name, role = self.one_of(WRONG_CO_SIGNERS, self.rng.choice(CO_SIGNERS[mine]))
        signer = self.signer(name, role)
        by = self.key(self.one_of(PEOPLE, "registrar" if mine == "my_police" else "cn_collector"))
        added = self.suite.co_sign(self.key(name), role, collection, signer.appointment)
        collector = next(one for one in self.suite.actors.values() if one.address == shown.collector)
        signature = self.suite.sign_collection(collector, collection, bound)
        done = self.move(
            by,
            self.suite.evidence.cosign,
            (collection, signature, bound, added),
            lambda at: self.model.cosign(by.address, shown, signer, at),
            key,
        )
        if done:
            self.officers[key] |= {shown.collector, *([signer.address] if role == SECOND_OFFICER else [])}

    def supplement(self) -> None:
        agency, root = self.a_record(lambda one: self.model.wanted(one, one.wish.agency >> 16) != 0)
        forum, by = self.one_of(FORUMS, agency >> 16), self.key(self.one_of(PEOPLE, "curer"))
        record = self.model.records.get((agency, root))
        wanted = self.model.wanted(record, forum) if record else 0
        steps = self.one_of((mask(A), mask(B), mask(D), mask(Step.WITNESS_SIGNED)), wanted or mask(B))
        self.move(
            by,
            self.suite.evidence.supplement,
            (agency, root, forum, steps, documents_of(root)),
            lambda at: self.model.supplement(by.address, agency, root, forum, steps, at),
            (agency, root),
        )

    def confirm(self) -> None:
        agency, root = self.a_record(self.is_late)
        by = self.key(self.one_of(PEOPLE, "cn_confirmer"))
        self.move(
            by,
            self.suite.evidence.confirmDate,
            (agency, root, documents_of(root)),
            lambda at: self.model.confirm(by.address, agency, root, at),
            (agency, root),
        )

    def withdraw(self) -> None:
        agency, root = self.a_record(lambda one: not one.withdrawn)
        by = self.key(self.one_of(PEOPLE, "curer"))
        reason = self.one_of((0, 5), 2)
        self.move(
            by,
            self.suite.evidence.withdraw,
            (agency, root, reason),
            lambda at: self.model.withdraw(by.address, agency, root, reason, at),
            (agency, root),
        )

    def supersede(self) -> None:
        agency, root = self.a_record(lambda one: not one.superseded)
        by = self.key(self.one_of(PEOPLE, "curer"))
        successor = self.one_of(ROOTS, self.a_record(lambda one: one.wish.root != root)[1])
        self.move(
            by,
            self.suite.evidence.supersede,
            (agency, root, successor),
            lambda at: self.model.supersede(by.address, agency, root, successor, at),
            (agency, root),
        )

    # Around it

    def come_and_go(self) -> None:
        """Whoever is in office may go, whoever is not may come back."""
        gone = [name for name in OFFICERS if not self.in_office(name)]
        name = self.one_of(list(OFFICERS), self.rng.choice(gone) if gone else None)
        agency, powers = OFFICERS[name]
        officer, by = self.key(name), self.key(agency)
        if self.in_office(name):
            if self.rng.random() < 0.5:
                return
            self.attempt(
                by,
                self.suite.agencies.endAppointment,
                (officer.address,),
                lambda at: self.members.end(by.address, officer.address, at),
            )
            return
        terms = self.suite.terms(agency, officer, powers, device=name == "recorder")
        acceptance = self.suite.sign(officer, self.suite.agencies, ACCEPTANCE, terms)
        offered = Held(terms[0], powers, 0, terms[4], terms[8], terms[6], name == "recorder")
        self.attempt(
            by,
            self.suite.agencies.appoint,
            (terms, acceptance),
            lambda at: self.members.appoint(by.address, officer.address, offered, at),
        )

    def suspend_or_lift(self) -> None:
        suspended = [name for name in OFFICERS if covers(self.members.pauses[self.key(name).address], now())]
        name = self.rng.choice(suspended or list(OFFICERS))
        officer, by, until = self.key(name).address, self.key(OFFICERS[name][0]), now() + DAY
        agencies = self.suite.agencies
        if covers(self.members.pauses[officer], now()):
            lift, at_once = agencies.liftOfficerSuspension, (officer,)
            self.attempt(by, lift, at_once, lambda at: self.members.lift(by.address, officer, at))
        else:
            order = (officer, until, REASON)
            self.attempt(
                by,
                agencies.suspendOfficer,
                order,
                lambda at: self.members.suspend(by.address, officer, until, at),
            )

    def adopt(self) -> None:
        forum, origin = self.one_of((CN,), MY), self.one_of((Origin.FOREIGN,), Origin.DOMESTIC)
        start = now() // HOUR + self.one_of((24, 20 * 24), 8 * 24)
        law = replace(self.rng.choice(LAWS), from_hour=start)
        self.attempt(
            self.key("my_authority" if forum == MY else "cn_authority"),
            self.suite.standards.adopt,
            (forum, ZERO32, [(origin, PLAIN_METHOD, *law.pack())]),
            lambda at: self.model.standards.adopt((forum, origin, PLAIN_METHOD), law, at),
        )

    def cancel(self) -> None:
        forum = self.one_of((CN,), MY)
        self.attempt(
            self.key("my_authority" if forum == MY else "cn_authority"),
            self.suite.standards.cancel,
            (standard_key(forum, Origin.DOMESTIC, PLAIN_METHOD),),
            lambda at: self.model.standards.cancel((forum, Origin.DOMESTIC, PLAIN_METHOD), at),
        )

    def time_passes(self) -> None:
        self.pass_time(self.rng.choice((HOUR, HOUR, DAY, 4 * DAY, 9 * DAY)))

    # Invariants

    def move(self, by: Any, function: Any, given: Sequence[Any], expect: Any, key: tuple[int, bytes]) -> bool:
        """An act on one acquisition, and from which state into which it brought it."""
        before = self.model.records.get(key)
        state, flags = self.state(before), _flags(before)
        done = self.attempt(by, function, given, expect)
        if done:
            record = self.model.records[key]
            self.moved.add((state, function._name.partition(".")[2], self.state(record)))
            assert all(was <= has for was, has in zip(flags, _flags(record), strict=True)), "E6"
        return done

    def check(self) -> None:
        for key in self.rng.sample(sorted(self.model.records), min(2, len(self.model.records))):
            self.contract_says_what_the_model_says(*key, self.model.records[key])
        self.law_is_what_was_adopted(self.one_of((CN,), MY), self.one_of((Origin.FOREIGN,), Origin.DOMESTIC))
        absent = self.suite.ids["my_police"], documents_of(ROOTS[0])
        assert registry.acquisition(self.chain, *absent) is None, "E8: nothing is stored but by register"

    def law_is_what_was_adopted(self, forum: int, origin: Origin) -> None:
        versions = self.model.standards.versions[forum, origin, PLAIN_METHOD]
        for number, law in list(enumerate(versions, 1))[-2:]:
            key = standard_key(forum, origin, PLAIN_METHOD)
            words = tuple(self.chain.call("StandardsRegistry", "standardAt", key, number))
            assert words == law.pack(), "E10"

    def contract_says_what_the_model_says(self, agency: int, root: bytes, record: Record) -> None:
        found = registry.acquisition(self.chain, agency, root)
        assert found, "a record is gone"
        first = (found.facts.pack(), found.agency, found.registered_at, found.verdict, found.standard_version)
        assert first == record.first, "E1"
        assert registry.aftermath(self.chain, agency, root) == _aftermath(record), "E2"
        assert found.facts.officers + record.added <= len(self.officers[agency, root]), "E9"
        head = bytes(self.chain.call(registry.REGISTRY, "historyHead", agency, root))
        assert head == record.head, "E4: the head is recomputed from the acts"
        assert (registry.successor(self.chain, agency, root) or bytes(32)) == record.successor, "E5"
        forum = self.one_of(FORUMS, agency >> 16)
        worth = registry.assess(self.chain, agency, root, forum)
        assert worth == self.model.assess(record, forum), f"E3: in {forum}"
        later = record.cured or record.added or record.confirmed
        at_first = self.model.assess(replace(record, cured=0, added=0, confirmed=False), forum)
        if later and at_first.verdict is not Verdict.CONFORMS:
            assert worth.verdict is not Verdict.CONFORMS, "E7: a cure stays visible"


def _flags(record: Record | None) -> tuple[int, ...]:
    """E6: what only grows, and what is only ever set."""
    if record is None:
        return (0,) * 6
    marks = (record.confirmed, record.withdrawn, record.superseded)
    return (*map(int, marks), record.cured.bit_count(), record.added, record.entries)


def _aftermath(record: Record) -> registry.Aftermath:
    return registry.Aftermath(
        cured_steps=record.cured,
        added_officers=record.added,
        date_confirmed=record.confirmed,
        withdrawn=record.withdrawn,
        superseded=record.superseded,
        reason=record.reason,
        changed_at=record.changed_at,
        entries=record.entries,
    )


def read_registry(suite: Suite) -> Registry:
    """The model of the suite as it was built."""
    model = Registry(read_members(suite), suite.evidence.address)
    for each in StandardBook.read(Chain(node(), suite.directory.address)).all():
        model.standards.versions[each.forum, each.origin, each.method].append(each.standard)
    return model


def test_life_of_acquisitions(suite: Suite) -> None:
    LifeOfAcquisitions.first = read_registry(suite)
    outcomes = lead(LifeOfAcquisitions, suite, runs=5, steps=40)
    assert documented("An acquisition") >= LifeOfAcquisitions.moved, (
        "a step that docs/states.md does not know"
    )
    done = {what for what, answer in outcomes if answer == DONE}
    assert len(EVERY - done) <= SELDOM, f"never came to pass: {EVERY - done}"
    assert len({answer for _, answer in outcomes}) > (25 if HEAVY else 12)
