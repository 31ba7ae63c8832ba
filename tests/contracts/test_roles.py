# SPDX-License-Identifier: Apache-2.0
"""Every function that changes anything, against everybody who could call it.

A row names who succeeds, who is refused for a reason of his own, and what all others hear. A function or a
kind of agency that is missing here fails the test. Nothing is sent: each cell is an `eth_call` on the stage
of cast.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from brownie import chain

from tests.contracts.agreementrows import AGREEMENT_TABLE
from tests.contracts.assistancerows import ASSISTANCE_TABLE
from tests.contracts.caserows import CASE_TABLE
from tests.contracts.cast import COMPROMISED, HANDS, LOST, MEMBERS, POWERS, Stage, set_stage
from tests.contracts.councilrows import council_table
from tests.contracts.freezecast import Function
from tests.contracts.freezerows import ANYBODY, FREEZE_TABLE, IN_OFFICE, OTHER_ROWS, Row
from tests.contracts.nodes import DONE, try_calls
from tests.contracts.standingrows import STANDING_TABLE
from tests.contracts.suite import KINDS, MODULES, Suite

AGENCIES = frozenset(name for name, *_ in MEMBERS)
CONTRACTS = ("Genesis", *MODULES)

# Officers in office, by power; `who may` answers for the police of Malaysia, whose collections these are.
OF_POLICE = {
    "REGISTER": {"officer with REGISTER", "collector", "second", "registrar"},
    "CURE": {"officer with CURE", "curer"},
    "WITHDRAW": {"officer with WITHDRAW", "curer"},
    "CONFIRM_DATE": {"officer with CONFIRM_DATE"},
}
OF_OTHERS = {
    "REGISTER": {"officer of another agency", "officer of a suspended agency", "cn_collector"},
    "CURE": {"officer of another agency"},
    "WITHDRAW": {"officer of another agency"},
    "CONFIRM_DATE": {"officer of another agency", "cn_confirmer"},
}


def for_genesis(closed: str) -> Row:
    """Genesis alone, and not even Genesis any more."""
    return Row(otherwise="NotGenesis", but={closed: {"Genesis"}})


def by_own_agency(*also: str, **but: Iterable[str]) -> Row:
    """The agency of the officer in question."""
    done = {"my_police", *also}
    return Row(done, "NotAnAgency", {"NotYourOfficer": AGENCIES - done, **but})


def by_any_agency() -> Row:
    return Row(AGENCIES, "NotAnAgency")


def by_authority() -> Row:
    """The central authority of Malaysia."""
    return Row({"my_authority"}, "NotCentralAuthority")


def by_officer(power: str, other: str = "OtherAgency") -> Row:
    """Officers of the agency whose acquisition it is."""
    return Row(OF_POLICE[power], "NotAuthorised", {other: OF_OTHERS[power]})


TABLE: dict[Function, Row] = {
    ("Genesis", "createModule"): Row(otherwise="AllModulesCreated"),
    ("Genesis", "found"): Row(otherwise="SuiteClosed"),
    ("Directory", "list"): for_genesis("DirectoryIsSealed"),
    ("Directory", "seal"): for_genesis("DirectoryIsSealed"),
    ("AgencyRegistry", "admitFounders"): for_genesis("AdmissionClosed"),
    ("AgencyRegistry", "appoint"): Row({"my_police"}, "NotTheAgency"),
    ("AgencyRegistry", "endAppointment"): by_own_agency("collector"),
    ("AgencyRegistry", "suspendOfficer"): by_own_agency(),
    ("AgencyRegistry", "liftOfficerSuspension"): by_own_agency(),
    ("AgencyRegistry", "reportCompromise"): by_own_agency(CannotReachBack={"collector"}),
    ("AgencyRegistry", "proposeAccount"): Row(AGENCIES, "NotAnAgency", {"KeyReported": COMPROMISED}),
    ("AgencyRegistry", "acceptAccount"): Row({"proposed account"}, "NotProposed"),
    ("AgencyRegistry", "publishEncryptionKey"): by_any_agency(),
    ("AgencyRegistry", "suspendAgency"): by_authority(),
    ("AgencyRegistry", "liftAgencySuspension"): by_authority(),
    ("AgencyRegistry", "setContactPoint"): by_authority(),
    ("StandardsRegistry", "layBaseline"): for_genesis("BaselineClosed"),
    ("StandardsRegistry", "adopt"): by_authority(),
    ("StandardsRegistry", "cancel"): by_authority(),
    ("EvidenceRegistry", "register"): by_officer("REGISTER", other="OfficerOfOtherAgency"),
    ("EvidenceRegistry", "cosign"): by_officer("REGISTER"),
    ("EvidenceRegistry", "supplement"): by_officer("CURE"),
    ("EvidenceRegistry", "withdraw"): by_officer("WITHDRAW"),
    ("EvidenceRegistry", "supersede"): by_officer("WITHDRAW"),
    ("EvidenceRegistry", "confirmDate"): Row(
        OF_OTHERS["CONFIRM_DATE"], "NotAuthorised", {"OwnAgencyCannotConfirm": OF_POLICE["CONFIRM_DATE"]}
    ),
    **council_table(AGENCIES),
    **FREEZE_TABLE,
    **OTHER_ROWS,
    **CASE_TABLE,
    **AGREEMENT_TABLE,
    **STANDING_TABLE,
    **ASSISTANCE_TABLE,
}


Answers = dict[Function, dict[str, str]]


@pytest.fixture(autouse=True, scope="module")
def isolation(suite: Suite) -> Iterator[None]:
    """Once for all: the tests only read what was found while the stage stood."""
    yield
    chain.revert()


@pytest.fixture(scope="module")
def stage(isolation: None) -> Stage:
    return set_stage()


@pytest.fixture(scope="module")
def answers(stage: Stage) -> Answers:
    """All cells."""
    found = {}
    for function, arguments in stage.calls.items():
        called = stage.contracts[function[0]]
        data = getattr(called, function[1]).encode_input(*arguments)
        outcomes = try_calls(list(stage.actors.values()), called, data)
        found[function] = dict(zip(stage.actors, outcomes, strict=True))
    return found


@pytest.mark.parametrize("function", TABLE, ids=".".join)
def test_each_may_do_what_is_his(function: Function, answers: Answers) -> None:
    row = TABLE[function]
    assert answers[function] == {actor: row.expected(actor) for actor in answers[function]}


def test_every_function_has_a_row(stage: Stage) -> None:
    """Walks the ABIs of what stands on the chain: nothing that changes anything is left out."""
    writing = {
        (contract, entry["name"])
        for contract, abi in stage.abis.items()
        for entry in abi
        if entry["type"] == "function" and entry["stateMutability"] not in ("view", "pure")
    }
    assert writing == {function[:2] for function in TABLE}
    assert set(TABLE) == set(stage.calls)


def test_no_function_takes_money(stage: Stage) -> None:
    """Only the library under the Council says payable; that it refuses money: test_council_table.py."""
    payable = {
        (contract, entry.get("name", entry["type"]))
        for contract, abi in stage.abis.items()
        for entry in abi
        if entry.get("stateMutability") == "payable" or entry["type"] in ("fallback", "receive")
    }
    assert payable == {
        *(("Council", name) for name in ("execute", "relay", "receive")),
        *(("CouncilTimelock", name) for name in ("execute", "executeBatch", "receive")),
    }


def test_nothing_belongs_to_an_owner(stage: Stage) -> None:
    """S089: no owner, no administrator; the roles of the timelock are fixed (test_council_table.py)."""
    words = ("owner", "admin", "upgrade", "initialize", "pause")
    found = {
        (contract, entry["name"])
        for contract, abi in stage.abis.items()
        for entry in abi
        if entry["type"] == "function" and any(word in entry["name"].lower() for word in words)
    }
    assert found == {
        ("CouncilTimelock", "DEFAULT_ADMIN_ROLE"),
        ("CouncilTimelock", "getRoleAdmin"),
        # How long the clock of a request stood still: a question.
        ("AssistanceRequests", "pauseOf"),
    }


def test_every_contract_of_the_suite_is_walked(suite: Suite) -> None:
    listed = {bytes(name).rstrip(b"\0").decode() for name in suite.directory.names()}
    assert listed | {"Genesis", "Directory"} == set(CONTRACTS)


def test_everybody_is_asked(stage: Stage) -> None:
    """Each kind of agency, each power, and those whom a power has left."""
    assert {kind for _, _, kind, *_ in MEMBERS} == set(KINDS) - {"None"}
    expected = AGENCIES | {f"officer with {power}" for power in POWERS} | set(CONTRACTS)
    expected |= set(LOST) | {"officer of another agency", "officer of a suspended agency"}
    expected |= set(IN_OFFICE)
    expected |= {"deployer", "stranger", "witness", "holder", "recorder", "recruit", "proposed account"}
    assert set(stage.actors) >= expected


def test_all_named_in_the_table_are_on_stage(stage: Stage) -> None:
    """Guard against a row about nobody."""
    named = {actor for row in TABLE.values() for actors in (row.done, *row.but.values()) for actor in actors}
    assert named <= set(stage.actors)


def test_whoever_lost_his_power_holds_none(answers: Answers) -> None:
    """And deployer and stranger never had one; a contract of the suite has what its acts bring with them."""
    for actor in (*LOST, "deployer", "stranger", *CONTRACTS):
        done = {function for function, row in answers.items() if row[actor] == DONE}
        expected = {function for function, row in TABLE.items() if row is ANYBODY}
        if actor in CONTRACTS:
            expected |= {function for function, row in TABLE.items() if actor in row.done}
        assert done == expected, actor


def test_what_only_a_module_does_no_person_does() -> None:
    """Guard: the rows of modules name contracts and nobody else."""
    by_modules = [row for row in TABLE.values() if row.otherwise == "NotTheModule"]
    assert len(by_modules) >= 9
    assert {actor for row in by_modules for actor in row.done} <= set(CONTRACTS)


def test_losing_it_is_all_that_stops_them() -> None:
    """Guard: for each act of freezing somebody who lost his power had the right one, in the right agency."""
    rows = FREEZE_TABLE | OTHER_ROWS | CASE_TABLE | AGREEMENT_TABLE | ASSISTANCE_TABLE
    for function in {key[:2] for key in rows}:
        done = {actor for key, row in rows.items() if key[:2] == function for actor in row.done}
        may = [IN_OFFICE[actor] for actor in done & set(IN_OFFICE)]
        lost = any(agency == theirs and powers & had for agency, powers in may for theirs, _, had in HANDS)
        assert lost or not may, function
