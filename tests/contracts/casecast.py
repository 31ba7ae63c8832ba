# SPDX-License-Identifier: Apache-2.0
"""The part of the stage of cast.py that is about cases and joint teams.

All of it is between the police of Malaysia (`officer with LEAD`) and that of China (`officer of another
agency`). For each function there are arguments with which it succeeds for whoever may call it.
"""

from __future__ import annotations

from typing import Any

from brownie import web3

from tests.contracts.clock import now, pass_time
from tests.contracts.cooperation.casework import (
    EFFECT,
    ITEM,
    NO_TEAM,
    SALT,
    TERMS,
    TERRITORY,
    action_id,
    case_id,
    content_of,
    proposal_id,
    team_id,
)
from tests.contracts.cooperation.stage import MESSAGE, PAPER
from tests.contracts.freezecast import Calls, of
from tests.contracts.suite import DAY, Suite

COUNTS, MINUTE = (1, 0, 0, 0), 60
LEADER, FOREIGN_LEADER = "officer with LEAD", "officer of another agency"
AGENCIES = {LEADER: "my_police", FOREIGN_LEADER: "cn_police"}


def case_calls(suite: Suite) -> Calls:
    """Arguments with which each succeeds for whoever may call it."""
    return _cases(suite) | _teams(suite)


def _opened(suite: Suite, name: str, officer: str = LEADER) -> bytes:
    commitment = web3.keccak(text=name)
    suite.cases.open(commitment, TERRITORY, MESSAGE, {"from": suite.actors[officer]})
    return case_id(suite.ids[AGENCIES[officer]], commitment)


def _contested(suite: Suite, name: str) -> bytes:
    case = _opened(suite, name)
    suite.cases.claim(case, EFFECT, PAPER, {"from": suite.actors[FOREIGN_LEADER]})
    return case


def _cases(suite: Suite) -> Calls:
    by_foreign = {"from": suite.actors[FOREIGN_LEADER]}
    own, foreign = _opened(suite, "own case"), _opened(suite, "foreign case", FOREIGN_LEADER)
    contested, agreed = _contested(suite, "contested case"), _contested(suite, "agreed case")
    suite.cases.proposeLead(agreed, suite.ids["my_police"], PAPER, by_foreign)
    suite.cases.offerTransfer(foreign, suite.ids["my_police"], PAPER, by_foreign)
    suite.cases.setDeadline(own, 1, now() + DAY, {"from": suite.actors[LEADER]})
    given: dict[str, tuple[Any, ...]] = {
        "open": (web3.keccak(text="new case"), TERRITORY, MESSAGE),
        "claim": (foreign, EFFECT, PAPER),
        "dropClaim": (contested,),
        "consult": (contested, PAPER),
        "proposeLead": (contested, suite.ids["my_police"], PAPER),
        "agreeLead": (agreed, proposal_id(suite, "my_police", agreed)),
        "offerTransfer": (own, suite.ids["cn_police"], PAPER),
        "acceptTransfer": (foreign, PAPER),
        "setDeadline": (own, 1, now() + DAY),
        "meetDeadline": (own, 1, PAPER),
        "countVictims": (own, NO_TEAM, [PAPER]),
        "anchorMinutes": (own, PAPER),
        "close": (own, 1, PAPER),
    }
    return of("CaseRegistry", given)


def _team(suite: Suite, lead: str, name: str, *joining: str) -> bytes:
    """Of the police of both countries, for a case that the lead opened for it."""
    (other,) = (agency for officer, agency in AGENCIES.items() if officer != lead)
    case = _opened(suite, name, lead)
    by_lead = {"from": suite.actors[lead]}
    suite.teams.propose(case, [suite.ids[other]], now() + 90 * DAY, TERMS, by_lead)
    team = team_id(suite, AGENCIES[lead], case)
    for officer in joining:
        suite.teams.join(team, {"from": suite.actors[officer]})
    return team


def _teams(suite: Suite) -> Calls:
    by_leader, by_foreign = ({"from": suite.actors[name]} for name in (LEADER, FOREIGN_LEADER))
    forming = _team(suite, FOREIGN_LEADER, "forming team")
    running = _team(suite, LEADER, "running team", FOREIGN_LEADER)
    release = now() + MINUTE
    for text in (PAPER, TERMS):
        content = content_of(SALT, text)
        suite.teams.proposeAction(running, content, 2, release, now() + 30 * DAY, by_foreign)
    order, other = (
        action_id(suite, running, content_of(SALT, text), AGENCIES[FOREIGN_LEADER]) for text in (PAPER, TERMS)
    )
    suite.teams.approveAction(order, by_leader)
    pass_time(MINUTE)
    given: dict[str, tuple[Any, ...]] = {
        "propose": (_opened(suite, "case for a team"), [suite.ids["cn_police"]], now() + DAY, TERMS),
        "join": (forming,),
        "invite": (running, suite.ids["sg_police"], True),
        "remove": (running, suite.ids["cn_police"], PAPER),
        "extend": (running, now() + 180 * DAY),
        "end": (running,),
        "share": (running, ITEM, MESSAGE),
        "proposeAction": (running, ITEM, 2, now() + DAY, now() + DAY),
        "approveAction": (other,),
        "recordAction": (order, SALT, PAPER, COUNTS),
    }
    return of("JointTeams", given)
