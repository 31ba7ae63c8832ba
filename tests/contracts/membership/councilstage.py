# SPDX-License-Identifier: Apache-2.0
"""The Council at work: six members, proposals with their calls, votes, and time that passes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from types import SimpleNamespace
from typing import Any

from brownie import web3

from tests.contracts.assets.impersonation import as_module
from tests.contracts.clock import block_at, now, pass_time
from tests.contracts.suite import (
    ALL_POWERS,
    DAY,
    KINDS,
    NOBODY,
    RELEASE,
    REQUEST,
    VOTE,
    WITHDRAW,
    Suite,
    agency_id,
)

TH, KH, PH, VN = 764, 116, 608, 704
NEWCOMERS = {"th_authority": TH, "kh_authority": KH, "ph_authority": PH}
FOUNDING = ("cn_authority", "my_authority", "sg_authority")
AUTHORITIES = (*FOUNDING, *NEWCOMERS)
REASON = b"\x07" * 32
VOTING_DELAY, VOTING_PERIOD, WAIT, EXECUTABLE_FOR = DAY, 7 * DAY, 2 * DAY, 30 * DAY
Call = tuple[Any, str, tuple[Any, ...]]  # contract, function, arguments


class State(IntEnum):
    """ProposalState of OpenZeppelin's Governor."""

    PENDING = 0
    ACTIVE = 1
    CANCELLED = 2
    DEFEATED = 3
    SUCCEEDED = 4
    QUEUED = 5
    EXPIRED = 6
    EXECUTED = 7


AGAINST, IN_FAVOUR, ABSTAINING = range(3)


def founder(
    suite: Suite, name: str, jurisdiction: int, kind: str = "CentralAuthority", charter: int = ALL_POWERS
) -> tuple[Any, ...]:
    """The struct of an agency to be admitted, with a key made for it."""
    label = name.upper().encode().ljust(32, b"\0")
    return (jurisdiction, KINDS.index(kind), suite.actor(name).address, charter, label)


def by_council(suite: Suite) -> dict[str, Any]:
    """To act as the timelock: for tests of what a decision does, not of how it comes about."""
    return {"from": as_module(suite.timelock)}


def grow(suite: Suite) -> None:
    """Three more members, admitted as a decision would."""
    for name, jurisdiction in NEWCOMERS.items():
        suite.agencies.admit(founder(suite, name, jurisdiction), by_council(suite))
        suite.ids[name] = agency_id(jurisdiction, 1)
    pass_time(1)


@dataclass
class Proposal:
    """One proposal, by its calls and its description.

    Attributes:
        suite: whose Council.
        calls: what it would do.
        text: its description.
    """

    suite: Suite
    calls: tuple[Call, ...]
    text: str = "a proposal"

    @property
    def lists(self) -> tuple[list[Any], list[int], list[str]]:
        """Targets, values, calldata."""
        targets = [contract.address for contract, *_ in self.calls]
        data = [getattr(contract, name).encode_input(*given) for contract, name, given in self.calls]
        return targets, [0] * len(targets), data

    @property
    def hashed(self) -> tuple[Any, ...]:
        """As all but `propose` want it."""
        return *self.lists, web3.keccak(text=self.text)

    @property
    def id(self) -> int:
        return int(self.suite.council.hashProposal(*self.hashed))

    @property
    def salt(self) -> bytes:
        """Under which the timelock knows it: the description's hash and the Council's address."""
        council = bytes.fromhex(self.suite.council.address[2:]).ljust(32, b"\0")
        return bytes(a ^ b for a, b in zip(council, self.hashed[3], strict=True))

    @property
    def state(self) -> State:
        return State(self.suite.council.state(self.id))

    def propose(self, by: str = "cn_authority") -> Proposal:
        self.suite.council.propose(*self.lists, self.text, {"from": self.suite.actors[by]})
        return self

    def open(self, by: str = "cn_authority") -> Proposal:
        """Propose it, and wait until it can be voted on."""
        self.propose(by)
        pass_time(VOTING_DELAY + 1)
        return self

    def vote(self, *voters: str, support: int = IN_FAVOUR) -> Proposal:
        for voter in voters:
            self.suite.council.castVote(self.id, support, {"from": self.suite.actors[voter]})
        return self

    def close(self) -> Proposal:
        """Wait until the vote is over."""
        deadline = self.suite.council.proposalDeadline(self.id)
        block_at(deadline + 1)
        return self

    def queue(self) -> Proposal:
        """By anybody."""
        self.suite.council.queue(*self.hashed, {"from": self.suite.stranger})
        return self

    def execute(self) -> Any:
        """By anybody."""
        return self.suite.council.execute(*self.hashed, {"from": self.suite.stranger})

    def carry(self, *voters: str) -> Any:
        """All of it: proposed, voted for, waited for, executed."""
        self.open().vote(*voters).close().queue()
        pass_time(self.suite.timelock.getMinDelay())
        return self.execute()


def proposal(suite: Suite, *calls: Call, text: str = "a proposal") -> Proposal:
    return Proposal(suite, calls, text)


def admission(suite: Suite, name: str = "vn_authority", jurisdiction: int = VN) -> Proposal:
    return proposal(suite, (suite.agencies, "admit", (founder(suite, name, jurisdiction),)))


def suspension(suite: Suite, text: str = "suspend") -> Proposal:
    given = (suite.ids["sg_bank"], now() + 90 * DAY, REASON)
    return proposal(suite, (suite.agencies, "suspendByCouncil", given), text=text)


def voting_officer(suite: Suite, agency: str, name: str) -> Any:
    return suite.appoint(agency, name, VOTE)


def requester(suite: Suite, agency: str = "my_police") -> Any:
    return suite.appoint(agency, f"{agency} requester", REQUEST | RELEASE | WITHDRAW)


def may(suite: Suite, officer: Any, power: int) -> bool:
    """Whether the registry lets the officer use the power now."""
    agency, held = suite.agencies.authorizeAny(officer, power | RELEASE)
    assert agency
    return bool(held & power)


def reputation(suite: Suite) -> Any:
    """To act as the module that computes standing."""
    return as_module(suite.modules.get("reputation", SimpleNamespace(address=NOBODY)))
