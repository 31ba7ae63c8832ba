# SPDX-License-Identifier: Apache-2.0
"""How a random life is led on the real contracts beside a model, step by step.

Each step is one transaction, allowed or not. The model is then asked what should have come of it at the time
of its block, and must name the very error, or change as the contracts did. A life follows from its seed,
and a failure names the seed and tells the steps that led there.
"""

from __future__ import annotations

import os
import random
import time
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from brownie import chain
from eth_account import Account

from concordat.errors import ConcordatError
from concordat.ledger.chain import Chain
from concordat.ledger.signer import LocalSigner
from concordat.ledger.transactions import Call, prepare
from tests.contracts.clock import now
from tests.contracts.nodes import DONE, node, try_call
from tests.contracts.suite import Suite

PATIENCE = 20.0  # seconds
HEAVY = bool(os.environ.get("HEAVY"))
SELDOM = 0 if HEAVY else 1
"""How many kinds of acts may be missing: a life depends a little on the clock."""
Choice = TypeVar("Choice")


class Refused(Exception):
    """The model refuses, as the contract should, with this error."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Life(ABC):
    """One run: what happened so far, and what may happen next. Begins from the suite as it was built.

    Attributes:
        rng: from which every step draws; the same for the same seed.
        outcomes: how often each step was done, or refused with which error.
    """

    care = 0.75
    """How likely the rightful is chosen where there is something rightful."""

    def __init__(self, suite: Suite, seed: int, outcomes: Counter[tuple[str, str]]) -> None:
        self.suite = suite
        self.chain = Chain(node(), suite.directory.address)
        self.rng = random.Random(seed)
        self.outcomes = outcomes
        self.told: list[str] = []
        self.begin()

    @abstractmethod
    def begin(self) -> None:
        """Make the model say what the chain says now."""

    @abstractmethod
    def steps(self) -> Sequence[Callable[[], None]]:
        """What may happen, the likelier the oftener it is named."""

    @abstractmethod
    def check(self) -> None:
        """The invariants, after each step."""

    def attempt(
        self, by: Any, function: Any, arguments: Sequence[Any], expect: Callable[[int], None]
    ) -> bool:
        """Send a transaction unless the contract refuses; returns whether it was done.

        Args:
            by: whose account sends it.
            function: of a Brownie contract.
            arguments: its arguments.
            expect: does the same to the model at the time of the block, or raises Refused.
        """
        what = function._name.partition(".")[2]
        answer, expected = self._send(by, function, arguments), DONE
        try:
            expect(now())
        except Refused as refusal:
            expected = refusal.name
        self.told.append(f"{now()} {what}({_shown(arguments)}) by {_shown(by.address)}: {answer}")
        self.outcomes[what, answer] += 1
        assert answer == expected, f"the contract says {answer}, the model {expected}"
        return answer == DONE

    def _send(self, by: Any, function: Any, arguments: Sequence[Any]) -> str:
        """DONE, or the name of the typed error. Asking first is quicker than to be refused in a block."""
        to, data = function._address, function.encode_input(*arguments)
        answer = try_call(by, to, data)
        if answer != DONE:
            return answer
        try:
            self._transact(by, to, data)
        except ConcordatError:  # a second later it is too late
            return try_call(by, to, data)
        return DONE

    def _transact(self, by: Any, to: str, data: str) -> None:
        """Past Brownie, which keeps every transaction and loses one in some thousands."""
        signer, call = LocalSigner(Account.from_key(by.private_key)), Call(to, bytes.fromhex(data[2:]), "")
        signed = prepare(self.chain.transport, signer, call, self.chain.chain_id)
        self.chain.broadcast(signed)
        deadline = time.monotonic() + PATIENCE
        while (receipt := self.chain.transport.request("eth_getTransactionReceipt", signed.hash)) is None:
            assert time.monotonic() < deadline, "the node lost a transaction"
            time.sleep(0.005)
        assert int(receipt["status"], 16) == 1, receipt

    def pass_time(self, seconds: int) -> None:
        self.chain.transport.request("evm_increaseTime", seconds)  # Brownie's own ask takes ten times as long
        self.chain.transport.request("evm_mine")
        self.told.append(f"{now()} time passes")

    def one_of(self, choices: Sequence[Choice], rightful: Choice | None = None) -> Choice:
        """The rightful one mostly, if there is one; else any of these."""
        if rightful is not None and self.rng.random() < self.care:
            return rightful
        return self.rng.choice(choices)


def lead(life: type[Life], suite: Suite, *, runs: int, steps: int) -> Counter[tuple[str, str]]:
    """Lead so many lives of so many steps; with HEAVY=1 ten times as many, twice as long.

    Returns:
        How often each step was done, or refused with which error.
    """
    outcomes: Counter[tuple[str, str]] = Counter()
    for seed in range(runs * (10 if HEAVY else 1)):
        chain.revert()
        one = life(suite, seed, outcomes)
        try:
            for _ in range(steps * (2 if HEAVY else 1)):
                one.rng.choice(one.steps())()
                one.check()
        except AssertionError as error:
            story = "\n".join(one.told)
            raise AssertionError(f"Life {seed} went wrong: {error}\n{story}") from error
    return outcomes


def _shown(value: Any) -> str:
    """Short enough to read: of hashes and addresses the first digits."""
    if isinstance(value, bytes):
        return "0x" + value.hex()[:8]
    if isinstance(value, list | tuple):
        return ", ".join(_shown(each) for each in value)
    text = str(value)
    return text[:10] if text.startswith("0x") else text
