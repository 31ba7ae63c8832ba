# SPDX-License-Identifier: Apache-2.0
"""What can be proposed, by whom and how often; that nothing else can, and nobody administers."""

from __future__ import annotations

from brownie import web3

from tests.contracts.assets.impersonation import as_module
from tests.contracts.clock import now, pass_time
from tests.contracts.membership.councilstage import (
    FOUNDING,
    REASON,
    VOTING_DELAY,
    WAIT,
    State,
    admission,
    proposal,
    suspension,
    voting_officer,
)
from tests.contracts.reverts import reverts
from tests.contracts.suite import CN, DAY, MODULES, NOBODY, ZERO32, Suite

# Proposals


def test_three_open_proposals_a_jurisdiction(suite: Suite) -> None:
    voting_officer(suite, "cn_authority", "cn_voter")
    first, second, third, fourth = (suspension(suite, f"suspend {number}") for number in range(4))
    first.propose()
    second.propose("cn_voter")
    third.propose()
    for proposer in ("cn_authority", "cn_voter"):
        with reverts("TooManyOpen", CN):
            fourth.propose(proposer)
    suite.council.cancel(*second.hashed, {"from": suite.cn_voter})
    assert second.state == State.CANCELLED
    fourth.propose()
    suspension(suite, "of another").propose("my_authority")
    fourth.close()
    for number in range(3):
        suspension(suite, f"later {number}").propose()


def test_only_the_proposer_cancels_and_only_before_the_vote(suite: Suite) -> None:
    joining = admission(suite).propose()
    with reverts("GovernorUnableToCancel", joining.id, suite.my_authority):
        suite.council.cancel(*joining.hashed, {"from": suite.my_authority})
    pass_time(VOTING_DELAY + 1)
    with reverts("GovernorUnableToCancel", joining.id, suite.cn_authority):
        suite.council.cancel(*joining.hashed, {"from": suite.cn_authority})


def test_only_voters_propose(suite: Suite) -> None:
    for name in ("stranger", "cn_police", "collector", "office"):
        with reverts("NotAVoter", suite.actors[name]):
            admission(suite).propose(name)


def test_a_description_can_name_its_proposer(suite: Suite) -> None:
    joining = admission(suite)
    joining.text = f"ours#proposer={suite.my_authority.address.lower()}"
    with reverts("GovernorRestrictedProposer", suite.cn_authority):
        joining.propose()
    joining.propose("my_authority")


def test_a_proposal_is_made_once_and_has_its_lists(suite: Suite) -> None:
    joining = admission(suite).propose()
    with reverts("GovernorUnexpectedProposalState"):
        joining.propose("my_authority")
    for lists in (([], [], []), ([suite.agencies], [], [b""])):
        with reverts("GovernorInvalidProposalLength", len(lists[0]), len(lists[2]), len(lists[1])):
            suite.council.propose(*lists, "none", {"from": suite.cn_authority})
    with reverts("GovernorNonexistentProposal", 7):
        suite.council.state(7)


# The closed table


TABLE = {
    "AgencyRegistry": {
        "admit": 1,
        "readmit": 1,
        "suspendByCouncil": 2,
        "liftByCouncil": 2,
        "exclude": 3,
        "excludeJurisdiction": 3,
        "proposeReplacement": 3,
    },
    "CommonRules": {"adopt": 4},
    "Directory": {"listVersion": 5, "setState": 5},
    "Council": {"setKindRule": 6, "setPace": 6},
    "CouncilTimelock": {"updateDelay": 6},
}


def test_the_table_is_closed(suite: Suite) -> None:
    """Every function of every contract: those of the table are of their kind, no other can be proposed."""
    contracts = {name: getattr(suite, called) for name, called in MODULES.items()}
    for name, contract in contracts.items():
        for selector, function in contract.selectors.items():
            expected = TABLE.get(name, {}).get(function, 0)
            assert suite.council.kindOf(contract, selector) == expected, (name, function)


def test_nothing_else_can_be_proposed(suite: Suite) -> None:
    by = {"from": suite.cn_authority}
    for contract, name, given in (
        (suite.agencies, "withhold", (suite.ids["sg_bank"], 1 << 12, now() + DAY)),
        (suite.agencies, "suspendInEmergency", (suite.ids["sg_bank"], now() + DAY, REASON)),
        (suite.timelock, "grantRole", (ZERO32, suite.stranger)),
        (suite.council, "relay", (suite.stranger, 0, b"")),
        (suite.council, "updateTimelock", (suite.stranger,)),
        (suite.directory, "list", (ZERO32, suite.stranger)),
    ):
        call = proposal(suite, (contract, name, given))
        selector = bytes.fromhex(getattr(contract, name).signature[2:])
        with reverts("NotADecision", contract, selector):
            call.propose()
    admit = admission(suite)
    targets, _, data = admit.lists
    with reverts("NotADecision"):
        suite.council.propose(targets, [1], data, "with money", by)
    with reverts("NotADecision"):
        suite.council.propose([suite.stranger], [0], data, "elsewhere", by)
    with reverts("NotADecision"):
        suite.council.propose(targets, [0], [b""], "nothing", by)


def test_the_library_has_no_way_around(suite: Suite) -> None:
    """Relaying, another timelock, deposits of money and tokens."""
    by, money = {"from": suite.cn_authority}, {"from": suite.cn_authority, "value": 1}
    with reverts("NotADecision"):
        suite.council.relay(suite.stranger, 0, b"\x01\x02\x03\x04", by)
    with reverts("NotADecision"):
        suite.council.updateTimelock.call(suite.stranger, by)
    with reverts("GovernorDisabledDeposit"):
        suite.cn_authority.transfer(suite.council, 1)
    with reverts("TakesNoMoney"):
        suite.cn_authority.transfer(suite.timelock, 1)
    for holder, error in ((suite.council, "GovernorDisabledDeposit"), (suite.timelock, "TakesNoMoney")):
        with reverts(error):
            holder.onERC721Received.call(NOBODY, NOBODY, 1, b"")
        with reverts(error):
            holder.onERC1155Received.call(NOBODY, NOBODY, 1, 1, b"")
        with reverts(error):
            holder.onERC1155BatchReceived.call(NOBODY, NOBODY, [1], [1], b"")
    joining = admission(suite).open().vote(*FOUNDING).close().queue()
    pass_time(WAIT)
    with reverts("TakesNoMoney"):
        suite.council.execute(*joining.hashed, money)
    with reverts("TakesNoMoney"):
        suite.timelock.executeBatch(*joining.lists, ZERO32, joining.salt, money)
    suite.timelock.executeBatch(*joining.lists, ZERO32, joining.salt, by)
    assert joining.state == State.EXECUTED


# The timelock


def test_nobody_administers_the_timelock(suite: Suite) -> None:
    roles = (ZERO32, *(web3.keccak(text=f"{name}_ROLE") for name in ("PROPOSER", "CANCELLER", "EXECUTOR")))
    who = (suite.cn_authority, suite.timelock, suite.council)
    for account in who:
        by = {"from": account if account == suite.cn_authority else as_module(account)}
        for role in roles:
            for act in (suite.timelock.grantRole, suite.timelock.revokeRole, suite.timelock.renounceRole):
                with reverts("RolesAreFixed"):
                    act.call(role, account, by)
    holders = {
        name: [suite.timelock.hasRole(role, account) for role in roles]
        for name, account in (("council", suite.council), ("anybody", NOBODY), ("cn", suite.cn_authority))
    }
    assert holders == {
        "council": [False, True, True, False],
        "anybody": [False, False, False, True],
        "cn": [False, False, False, False],
    }


def test_only_the_council_schedules_and_cancels(suite: Suite) -> None:
    by = {"from": suite.cn_authority}
    role = web3.keccak(text="PROPOSER_ROLE")
    with reverts("AccessControlUnauthorizedAccount", suite.cn_authority, role):
        suite.timelock.schedule(suite.agencies, 0, b"", ZERO32, ZERO32, 5 * DAY, by)
    with reverts("AccessControlUnauthorizedAccount", suite.cn_authority, role):
        suite.timelock.scheduleBatch([suite.agencies], [0], [b""], ZERO32, ZERO32, 5 * DAY, by)
    with reverts("AccessControlUnauthorizedAccount"):
        suite.timelock.cancel(ZERO32, by)
    with reverts("TimelockUnexpectedOperationState"):
        suite.timelock.execute(suite.agencies, 0, b"", ZERO32, ZERO32, by)
    with reverts("TimelockUnauthorizedCaller", suite.cn_authority):
        suite.timelock.updateDelay(DAY, by)
