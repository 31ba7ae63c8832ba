# SPDX-License-Identifier: Apache-2.0
"""What acts about agencies and officers cost, to the unit. Compared with snapshots/gas.json."""

from __future__ import annotations

from typing import Any

from tests.contracts.clock import now
from tests.contracts.gasbook import GasBook
from tests.contracts.suite import ACCEPTANCE, COLLECT, DAY, REGISTER, Suite

REASON = b"\x02" * 32
POWERS = COLLECT | REGISTER


def appoint(suite: Suite, officer: Any) -> Any:
    terms = suite.terms("my_police", officer, POWERS)
    acceptance = suite.sign(officer, suite.agencies, ACCEPTANCE, terms)
    return suite.agencies.appoint(terms, acceptance, {"from": suite.my_police})


def test_appointment(suite: Suite, gas: GasBook) -> None:
    recruit, by_agency = suite.actor("recruit"), {"from": suite.my_police}
    gas.note("appoint: for the first time", appoint(suite, recruit))
    gas.note("endAppointment", suite.agencies.endAppointment(recruit, by_agency))
    gas.note("appoint: again, the earlier one is kept", appoint(suite, recruit))


def test_suspension_of_an_officer(suite: Suite, gas: GasBook) -> None:
    officer, by_agency = suite.collector, {"from": suite.my_police}
    gas.note("suspendOfficer", suite.agencies.suspendOfficer(officer, now() + DAY, REASON, by_agency))
    gas.note("liftOfficerSuspension", suite.agencies.liftOfficerSuspension(officer, by_agency))


def test_compromise(suite: Suite, gas: GasBook) -> None:
    tx = suite.agencies.reportCompromise(suite.collector, now(), {"from": suite.my_police})
    gas.note("reportCompromise", tx)


def test_registering_by_an_officer_once_suspended(suite: Suite, gas: GasBook) -> None:
    """Whoever has a mark is looked at further: its price is paid by nobody else."""
    suite.agencies.suspendOfficer(suite.collector, now() + DAY, REASON, {"from": suite.my_police})
    suite.agencies.liftOfficerSuspension(suite.collector, {"from": suite.my_police})
    tx = suite.register(suite.collection(suite.collector, suite.facts(ago=0, minutes=0)), suite.collector)
    gas.note("register: by an officer once suspended, clauses", tx)


def test_account_of_an_agency(suite: Suite, gas: GasBook) -> None:
    police = suite.ids["my_police"]
    by_agency = {"from": suite.my_police}
    gas.note("publishEncryptionKey", suite.agencies.publishEncryptionKey(REASON, by_agency))
    gas.note("proposeAccount", suite.agencies.proposeAccount(suite.stranger, by_agency))
    gas.note("acceptAccount", suite.agencies.acceptAccount(police, {"from": suite.stranger}))


def test_authority_over_its_agencies(suite: Suite, gas: GasBook) -> None:
    police, by_authority = suite.ids["my_police"], {"from": suite.my_authority}
    gas.note("setContactPoint", suite.agencies.setContactPoint(3, police, by_authority))
    gas.note("suspendAgency", suite.agencies.suspendAgency(police, now() + DAY, REASON, by_authority))
    gas.note("liftAgencySuspension", suite.agencies.liftAgencySuspension(police, by_authority))
