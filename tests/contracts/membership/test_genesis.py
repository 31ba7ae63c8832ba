# SPDX-License-Identifier: Apache-2.0
"""A suite is what its hashes said, is closed, and leaves its deployer with nothing."""

from __future__ import annotations

from typing import Any

from brownie import (
    AgencyRegistry,
    CommonRules,
    Council,
    CouncilTimelock,
    Directory,
    Emergencies,
    Genesis,
    StandardsRegistry,
    accounts,
    web3,
)

from tests.contracts.clock import now
from tests.contracts.nodes import set_code
from tests.contracts.reverts import reverts
from tests.contracts.suite import NOBODY, Suite, deploy, founding_hash, usual_baseline, usual_founders

STRANGER = "0x" + "11" * 20
GROUND = [Directory, AgencyRegistry, Council, CouncilTimelock, Emergencies, CommonRules]
"""The fewest modules that know all their partners."""


def name32(name: str) -> str:
    return "0x" + name.encode().ljust(32, b"\0").hex()


def begin(
    suite: Suite, modules: list[object]
) -> tuple[object, list[tuple[object, ...]], list[tuple[int, int, int]]]:
    founders, baseline = usual_founders(suite.actor), usual_baseline()
    names = [name32(module._name) for module in modules]
    hashes = [web3.keccak(hexstr=module.bytecode) for module in modules]
    genesis = Genesis.deploy(names, hashes, founding_hash(founders, baseline), {"from": accounts[0]})
    return genesis, founders, baseline


def test_creates_only_the_expected_code(suite: Suite) -> None:
    genesis, *_ = begin(suite, GROUND)
    wrong = "0x" + StandardsRegistry.bytecode
    with reverts(
        "UnexpectedInitcode",
        name32("Directory"),
        web3.keccak(hexstr=Directory.bytecode),
        web3.keccak(hexstr=wrong),
    ):
        genesis.createModule(wrong, {"from": accounts[0]})


def test_anyone_may_send_the_next_step(suite: Suite) -> None:
    genesis, *_ = begin(suite, GROUND)
    genesis.createModule("0x" + Directory.bytecode, {"from": accounts[5]})
    assert web3.eth.get_code(genesis.directory())


def test_knows_where_each_module_will_stand(suite: Suite) -> None:
    """Also of those that are not created yet, and whoever creates them."""
    genesis, *_ = begin(suite, [*GROUND, StandardsRegistry])
    planned = [genesis.plannedAddressOf(name32(module._name)) for module in (Directory, AgencyRegistry)]
    genesis.createModule("0x" + Directory.bytecode, {"from": accounts[0]})
    genesis.createModule("0x" + AgencyRegistry.bytecode, {"from": accounts[5]})
    directory = Directory.at(genesis.directory())
    assert planned == [directory.address, directory.addressOf(name32("AgencyRegistry"))]
    with reverts("NotPlanned", name32("Backdoor")):
        genesis.plannedAddressOf(name32("Backdoor"))


def test_creates_no_more_than_planned(suite: Suite) -> None:
    genesis, *_ = begin(suite, GROUND)
    for module in GROUND:
        genesis.createModule("0x" + module.bytecode, {"from": accounts[0]})
    with reverts("AllModulesCreated"):
        genesis.createModule("0x" + Directory.bytecode, {"from": accounts[0]})


def test_says_which_module_could_not_be_created(suite: Suite) -> None:
    failing = "0x60006000fd"
    genesis = Genesis.deploy(
        [name32("Broken")], [web3.keccak(hexstr=failing)], b"\0" * 32, {"from": accounts[0]}
    )
    with reverts("CreationFailed", name32("Broken")):
        genesis.createModule(failing, {"from": accounts[0]})


def test_founds_only_when_complete(suite: Suite) -> None:
    genesis, founders, baseline = begin(suite, GROUND)
    genesis.createModule("0x" + Directory.bytecode, {"from": accounts[0]})
    with reverts("ModulesMissing", 1, len(GROUND)):
        genesis.found(founders, baseline, {"from": accounts[0]})


def test_founds_only_with_the_founding_data(suite: Suite) -> None:
    modules = [*GROUND, StandardsRegistry]
    genesis, founders, baseline = begin(suite, modules)
    for module in modules:
        genesis.createModule("0x" + module.bytecode, {"from": accounts[0]})
    intruder = [*founders[:-1], (*founders[-1][:2], accounts[0].address, *founders[-1][3:])]
    with reverts("UnexpectedFounding", founding_hash(founders, baseline), founding_hash(intruder, baseline)):
        genesis.found(intruder, baseline, {"from": accounts[0]})


def test_founds_only_on_the_code_that_it_created(suite: Suite) -> None:
    """S152: between creation and founding, no module's code has become another's."""

    def swap(genesis: Any) -> None:
        directory = Directory.at(genesis.directory())
        set_code(directory.addressOf(name32("EvidenceRegistry")), b"\x5f\x5f\xfd")

    with reverts("CodeChanged"):
        deploy(usual_founders(suite.actor), usual_baseline(), before_founding=swap)


def test_is_closed_for_good(suite: Suite) -> None:
    with reverts("SuiteClosed"):
        suite.genesis.found(usual_founders(suite.actor), usual_baseline(), {"from": accounts[0]})
    with reverts("AllModulesCreated"):
        suite.genesis.createModule("0x" + Directory.bytecode, {"from": accounts[0]})


def test_directory_holds_what_stands_on_the_chain(suite: Suite) -> None:
    assert suite.directory.isSealed()
    assert suite.directory.genesis() == suite.genesis
    assert suite.directory.genesisId() == suite.genesis.genesisId()
    for name in suite.directory.names():
        at, state, code_hash, since = suite.directory.moduleOf(name)
        assert state == 1 and 0 < since <= now()
        assert suite.directory.addressOf(name) == at
        assert bytes(code_hash) == web3.keccak(web3.eth.get_code(at))


def test_directory_names_nothing_that_is_not_there(suite: Suite) -> None:
    assert suite.directory.addressOf(name32("Backdoor")) == NOBODY
    assert suite.directory.moduleOf(name32("Backdoor"))[1] == 0


def test_directory_is_sealed_even_for_genesis(suite: Suite) -> None:
    as_genesis = {"from": accounts.at(suite.genesis.address, force=True)}
    for act in (lambda: suite.directory.list.call(name32("Backdoor"), suite.evidence, as_genesis),
                lambda: suite.directory.seal.call(as_genesis)):  # fmt: skip
        with reverts("DirectoryIsSealed"):
            act()


def test_directory_obeys_genesis_alone(suite: Suite) -> None:
    for sender in (accounts[0], suite.cn_authority):
        with reverts("NotGenesis", sender):
            suite.directory.list(name32("Backdoor"), suite.evidence, {"from": sender})
        with reverts("NotGenesis", sender):
            suite.directory.seal({"from": sender})


def test_directory_lists_code_once(suite: Suite) -> None:
    """A plan that names a module twice, or one whose code creates nothing, cannot be carried out."""
    partners = [name32(name) for name in ("Council", "CouncilTimelock", "Emergencies")]
    codes = [Directory.bytecode, *2 * [AgencyRegistry.bytecode]]
    hashes = [*(web3.keccak(hexstr=code) for code in codes), *3 * [b"\0" * 32]]
    names = [name32("Directory"), name32("AgencyRegistry"), name32("AgencyRegistry"), *partners]
    genesis = Genesis.deploy(names, hashes, b"\0" * 32, {"from": accounts[0]})
    genesis.createModule("0x" + Directory.bytecode, {"from": accounts[0]})
    first = genesis.createModule("0x" + AgencyRegistry.bytecode, {"from": accounts[0]}).return_value
    with reverts("AlreadyListed", name32("AgencyRegistry"), first):
        genesis.createModule("0x" + AgencyRegistry.bytecode, {"from": accounts[0]})
    empty = "0x5f5ff3"
    genesis = Genesis.deploy(
        [*names[:2], *partners],
        [hashes[0], web3.keccak(hexstr=empty), *hashes[3:]],
        b"\0" * 32,
        {"from": accounts[0]},
    )
    genesis.createModule("0x" + Directory.bytecode, {"from": accounts[0]})
    with reverts("NoCode"):
        genesis.createModule(empty, {"from": accounts[0]})


def test_founding_parts_belong_to_genesis(suite: Suite) -> None:
    for sender in (accounts[0], suite.cn_authority, suite.my_police):
        with reverts("NotGenesis", sender):
            suite.agencies.admitFounders(usual_founders(suite.actor), {"from": sender})
        with reverts("NotGenesis", sender):
            suite.standards.layBaseline(usual_baseline(), {"from": sender})


def test_founding_parts_are_done_once_even_for_genesis(suite: Suite) -> None:
    as_genesis = {"from": accounts.at(suite.genesis.address, force=True)}
    with reverts("AdmissionClosed"):
        suite.agencies.admitFounders.call(usual_founders(suite.actor), as_genesis)
    with reverts("BaselineClosed"):
        suite.standards.layBaseline.call(usual_baseline(), as_genesis)


def test_two_suites_never_share_an_id(suite: Suite) -> None:
    first, *_ = begin(suite, [Directory])
    second, *_ = begin(suite, [Directory])
    assert first.genesisId() != second.genesisId() != suite.genesis.genesisId()


def test_deployer_holds_nothing(suite: Suite) -> None:
    deployer = accounts[0]
    assert suite.agencies.agencyByAccount(deployer) == 0
    assert suite.agencies.appointmentOf(deployer)[0] == 0
    for power in range(64):
        with reverts("NotAuthorised", deployer, 1 << power):
            suite.agencies.authorize(deployer, 1 << power)
