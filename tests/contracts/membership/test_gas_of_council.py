# SPDX-License-Identifier: Apache-2.0
"""What the Council's acts cost. Compared with snapshots/gas.json."""

from __future__ import annotations

from tests.contracts.clock import pass_time
from tests.contracts.gasbook import GasBook
from tests.contracts.membership.councilstage import REASON, WAIT, admission
from tests.contracts.suite import Suite


def test_an_admission(suite: Suite, gas: GasBook) -> None:
    joining, council = admission(suite), suite.council
    voters = [{"from": account} for account in (suite.cn_authority, suite.my_authority, suite.sg_authority)]
    gas.note("council: propose an admission", council.propose(*joining.lists, joining.text, voters[0]))
    pass_time(council.votingDelay() + 1)
    gas.note("council: first vote", council.castVote(joining.id, 1, voters[0]))
    gas.note("council: further vote", council.castVote(joining.id, 1, voters[1]))
    council.castVote(joining.id, 1, voters[2])
    joining.close()
    gas.note("council: queue", council.queue(*joining.hashed, {"from": suite.stranger}))
    pass_time(WAIT)
    gas.note("council: execute an admission", joining.execute())


def test_an_emergency(suite: Suite, gas: GasBook) -> None:
    target, support = suite.ids["sg_bank"], suite.emergencies.support
    gas.note("emergency: first support", support(target, REASON, {"from": suite.cn_authority}))
    gas.note("emergency: the one that suspends", support(target, REASON, {"from": suite.my_authority}))
