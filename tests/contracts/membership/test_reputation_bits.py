# SPDX-License-Identifier: Apache-2.0
"""Contract and client agree on every bit, over years of random outcomes, annulments and declarations.

Step by step the account, the tally and what is withheld are compared with the client's model; at the end
everything is computed anew from the events of the chain alone. HEAVY=1 makes the stream ten times as long.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from typing import Any

import pytest
from brownie import web3

from concordat.membership.standing.replay import Accounts, Annulled, Declared, Event, Recorded, replay
from concordat.membership.standing.score import DAY, Outcome, quarter_of
from tests.contracts.assets.impersonation import as_module
from tests.contracts.clock import next_block_at, now
from tests.contracts.membership.rated import account, points, tally, withheld
from tests.contracts.suite import CN, MY, SG, Suite, agency_id

STEPS = 1_800 if os.environ.get("HEAVY") else 180
RATED = {"my_police": MY, "cn_police": CN, "sg_police": SG}
SAY = (MY, CN, SG, *range(800, 818))
GOOD = (Outcome.ANSWERED_IN_TIME, Outcome.CONFIRMED, Outcome.FREEZE_ANSWERED)
AUTHORITIES = {MY: "my_authority", CN: "cn_authority", SG: "sg_authority"}
PAUSES, LONG_PAUSES = (0, 0, 0, 1, 1, 2, 5), (0, 45, 92, 200)
"""Days between two acts, and between bad times and good ones."""
PHASE = 60
"""Acts of bad times, then of good ones."""


class Stream:
    """Random acts on the chain, and the same in the model."""

    def __init__(self, suite: Suite, seed: int) -> None:
        self.suite, self.rng, self.model = suite, random.Random(seed), Accounts()
        self.peer = {"from": as_module(suite.panels)}
        self.standing: list[bytes] = []
        self.recorded: dict[bytes, tuple[str, int, int]] = {}
        self.steps = 0

    def step(self) -> None:
        self.steps += 1
        pauses = PAUSES if self.steps % PHASE else LONG_PAUSES
        next_block_at(now() + self.rng.choice(pauses) * DAY + self.rng.randrange(DAY))
        act = self.rng.random()
        if act < 0.05:
            self._declare()
        elif act < 0.15 and self.standing:
            self._annul()
        else:
            self._record()

    def _record(self) -> None:
        agency, by = self.rng.choice(("my_police", "my_police", "my_police", *RATED)), self.rng.choice(SAY)
        kinds = list(Outcome)
        if agency == "my_police":  # has bad times and good ones, so that tiers come and go
            kinds = list(GOOD) if self.steps // PHASE % 2 else list(Outcome)[len(GOOD) :]
        kind, ref = self.rng.choice(kinds), self.rng.randbytes(32)
        given = (self.suite.ids[agency], agency_id(by, self.rng.randrange(1, 9)), kind, ref)
        tx = self.suite.reputation.record(*given, self.peer)
        outcome = bytes(tx.events["OutcomeRecorded"]["outcome"])
        self.model.apply(Recorded(outcome, given[0], given[1], kind, now()))
        self.standing.append(outcome)
        self.recorded[outcome] = (agency, by, quarter_of(now()))
        self._compare(outcome)

    def _annul(self) -> None:
        outcome = self.standing.pop(self.rng.randrange(len(self.standing)))
        self.suite.reputation.annul(outcome, b"\x01" * 32, self.peer)
        self.model.apply(Annulled(outcome, now()))
        self._compare(outcome)

    def _declare(self) -> None:
        jurisdiction = self.rng.choice(list(AUTHORITIES))
        binds = not self.model.binds(jurisdiction, now() + 31 * DAY)
        by = {"from": self.suite.actors[AUTHORITIES[jurisdiction]]}
        self.suite.reputation.declare(binds, by)
        self.model.apply(Declared(jurisdiction, binds, now()))

    def _compare(self, outcome: bytes) -> None:
        agency, by, quarter = self.recorded[outcome]
        number = self.suite.ids[agency]
        assert account(self.suite, agency) == self.model.account(number)
        key = (number, by, quarter)
        if key in self.model.tallies:
            assert tally(self.suite, by, agency, quarter) == self.model.tallies[key]
        assert points(self.suite, agency) == self.model.score(number, now())
        assert withheld(self.suite, agency)[0] == self.model.withheld_at(number, now())


def events(reputation: Any) -> Iterator[Event]:
    """All of them, in the order of the chain; nothing but logs and the times of blocks."""
    contract = web3.eth.contract(address=reputation.address, abi=reputation.abi)
    logs = web3.eth.get_logs({"address": reputation.address, "fromBlock": 0, "toBlock": "latest"})
    names = {
        bytes(web3.keccak(text=_signature(entry))): entry["name"]
        for entry in reputation.abi
        if entry["type"] == "event"
    }
    for log in logs:
        name = names[bytes(log["topics"][0])]
        given = contract.events[name]().process_log(log)["args"]
        at = int(web3.eth.get_block(log["blockNumber"])["timestamp"])
        if name == "OutcomeRecorded":
            kind = Outcome(given["kind"])
            yield Recorded(bytes(given["outcome"]), given["agency"], given["counterparty"], kind, at)
        elif name == "OutcomeAnnulled":
            yield Annulled(bytes(given["outcome"]), at)
        elif name == "StandingDeclared":
            yield Declared(given["jurisdiction"], given["binds"], at)


def _signature(entry: dict[str, Any]) -> str:
    return f"{entry['name']}({','.join(given['type'] for given in entry['inputs'])})"


@pytest.mark.parametrize("seed", [1, 2])
def test_random_years(suite: Suite, seed: int) -> None:
    stream = Stream(suite, seed)
    tiers = set()
    for _ in range(STEPS):
        stream.step()
        tiers |= {account.tier for account in stream.model.accounts.values()}
    assert tiers == {0, 1, 2}

    anew = replay(events(suite.reputation))
    assert anew.accounts == stream.model.accounts
    assert anew.tallies == stream.model.tallies
    for agency in RATED:
        assert account(suite, agency) == anew.account(suite.ids[agency])
        assert withheld(suite, agency)[0] == anew.withheld_at(suite.ids[agency], now())
