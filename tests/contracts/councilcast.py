# SPDX-License-Identifier: Apache-2.0
"""The Council on the stage of test_roles.py: proposals in each state, a member that left, keys replaced."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from brownie import web3
from eth_account import Account
from eth_account.messages import encode_typed_data

from tests.contracts.assets.impersonation import as_module
from tests.contracts.clock import block_at, now, pass_time
from tests.contracts.freezecast import Calls
from tests.contracts.membership.councilstage import VN, Proposal, founder, proposal
from tests.contracts.suite import DAY, MY, NOBODY, REQUEST, ZERO32, Suite

TH = 764
REASON = b"\x07" * 32
TIPS = b"Tips".ljust(32, b"\0")
BALLOT = ("proposalId", "uint256"), ("support", "uint8"), ("voter", "address"), ("nonce", "uint256")
EXTENDED = (*BALLOT, ("reason", "string"), ("params", "bytes"))


@dataclass
class Decisions:
    """One proposal in each state in which something can be done with it."""

    queued: Proposal
    succeeded: Proposal
    running: Proposal


def _suspension(suite: Suite, text: str) -> Proposal:
    given = (suite.ids["sg_payer"], now() + 300 * DAY, REASON)
    return proposal(suite, (suite.agencies, "suspendByCouncil", given), text=text)


def decide(suite: Suite) -> Decisions:
    """Takes eight days. At the end one is ready, one can be queued, one is voted on, and a key may accept."""
    council = {"from": as_module(suite.timelock)}
    begun, voters = now(), ("cn_authority", "my_authority", "sg_authority")
    suite.agencies.proposeReplacement(suite.ids["my_payer"], suite.actor("replacement key"), council)
    suite.council.setPace(DAY, DAY, council)
    queued, succeeded = (_suspension(suite, text).propose() for text in ("queued", "succeeded"))
    suite.council.setPace(DAY, 30 * DAY, council)
    running = _suspension(suite, "running").propose("sg_authority")
    suite.agencies.leave({"from": suite.th_authority})
    pass_time(DAY + 5)
    queued.vote(*voters)
    succeeded.vote(*voters)
    pass_time(DAY)
    queued.queue()
    block_at(begun + 8 * DAY)
    return Decisions(queued, succeeded, running)


def council_calls(suite: Suite, decisions: Decisions) -> Calls:
    """Arguments with which each function succeeds, for whoever may call it."""
    council = {"from": as_module(suite.timelock)}
    ids, until = suite.ids, now() + 40 * DAY
    suite.agencies.suspendByCouncil(ids["my_regulator"], until, REASON, council)
    suite.agencies.proposeReplacement(ids["my_platform"], suite.actor("vetoed key"), council)
    suite.emergencies.support(ids["cn_bank"], REASON, {"from": suite.my_authority})
    pending = _suspension(suite, "pending").propose("my_authority")
    code = web3.keccak(web3.eth.get_code(suite.evidence.address))
    given: dict[str, dict[str, tuple[Any, ...]]] = {
        "AgencyRegistry": {
            "admit": (founder(suite, "newcomer", VN),),
            "admitOwn": (founder(suite, "new agency", MY, "Police"),),
            "readmit": (TH,),
            "exclude": (ids["my_police"], REASON),
            "excludeJurisdiction": (MY, REASON),
            "suspendByCouncil": (ids["my_police"], until, REASON),
            "liftByCouncil": (ids["my_regulator"],),
            "suspendInEmergency": (ids["my_police"], until, REASON),
            "withhold": (ids["my_police"], REQUEST, until),
            "proposeReplacement": (ids["my_police"], "0x" + "88" * 20),
            "takeOver": (ids["my_payer"],),
            "vetoReplacement": (),
            "reach": (TH, 10),
            "leave": (),
        },
        "Directory": {"listVersion": (TIPS, suite.evidence, code), "setState": (TIPS, 1, 3)},
        "Council": _acts_of_council(suite, decisions, pending),
        "CouncilTimelock": _acts_of_timelock(suite, decisions.queued),
        "Emergencies": {"support": (ids["sg_police"], REASON), "withdrawSupport": (ids["cn_bank"],)},
        "CommonRules": {"adopt": (b"screening".ljust(32, b"\0"), REASON, 1, until)},
    }
    return {(contract, name): values for contract, acts in given.items() for name, values in acts.items()}


def _acts_of_council(suite: Suite, decisions: Decisions, pending: Proposal) -> dict[str, tuple[Any, ...]]:
    running = decisions.running.id
    voter = suite.my_authority
    new = _suspension(suite, "new")
    return {
        "propose": (*new.lists, new.text),
        "castVote": (running, 1),
        "castVoteWithReason": (running, 1, ""),
        "castVoteWithReasonAndParams": (running, 1, "", b""),
        "castVoteBySig": (running, 1, voter, _ballot(suite, "Ballot", BALLOT, running)),
        "castVoteWithReasonAndParamsBySig": (
            *(running, 1, voter, "", b""),
            _ballot(suite, "ExtendedBallot", EXTENDED, running, reason="", params=b""),
        ),
        "queue": decisions.succeeded.hashed,
        "execute": decisions.queued.hashed,
        "cancel": pending.hashed,
        "relay": (suite.agencies, 0, b"\x01\x02\x03\x04"),
        "setKindRule": (1, 5000, 6000),
        "setPace": (DAY, DAY),
        "onERC721Received": (NOBODY, NOBODY, 1, b""),
        "onERC1155Received": (NOBODY, NOBODY, 1, 1, b""),
        "onERC1155BatchReceived": (NOBODY, NOBODY, [1], [1], b""),
    }


def _acts_of_timelock(suite: Suite, queued: Proposal) -> dict[str, tuple[Any, ...]]:
    targets, values, data = queued.lists
    operation = suite.timelock.hashOperationBatch(targets, values, data, ZERO32, queued.salt)
    return {
        "schedule": (targets[0], 0, data[0], ZERO32, REASON, 9 * DAY),
        "scheduleBatch": (targets, values, data, ZERO32, REASON, 9 * DAY),
        "cancel": (operation,),
        "execute": (targets[0], 0, data[0], ZERO32, REASON),
        "executeBatch": (targets, values, data, ZERO32, queued.salt),
        "updateDelay": (3 * DAY,),
    }


def _ballot(suite: Suite, name: str, members: Any, proposal_id: int, **more: Any) -> bytes:
    voter = suite.my_authority
    message = {"proposalId": proposal_id, "support": 1, "voter": voter.address, "nonce": 0, **more}
    types = {name: [{"name": member, "type": kind} for member, kind in members]}
    signable = encode_typed_data(suite.domain(suite.council), types, message)
    return bytes(Account.sign_message(signable, voter.private_key).signature)
