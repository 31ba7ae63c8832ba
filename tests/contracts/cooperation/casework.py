# SPDX-License-Identifier: Apache-2.0
"""Cases and teams to begin with, for the tests of both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from brownie import web3
from eth_abi import encode

from tests.contracts.clock import now
from tests.contracts.cooperation.stage import COUNTRIES, MESSAGE, PAPER
from tests.contracts.suite import DAY, MY, ZERO32, Suite, agency_id

TERRITORY, EFFECT, OFFENDER_NATIONALITY = 1, 2, 3
TRANSFERRED = 8
CASE_STATUS = ("None", "Open", "Conflict", "Settled", "Closed")
TEAM_STATUS = ("None", "Forming", "Running", "Ended")
ACTION_STATUS = ("None", "Proposed", "Approved", "Done", "Expired")
TERMS, ITEM, SALT = b"\x31" * 32, b"\x32" * 32, b"\x33" * 32
COMMITMENT = b"\x34" * 32
NO_TEAM = ZERO32
HALF_A_YEAR = 180 * DAY
"""Shorter than the appointments of the stage."""


def leader(suite: Suite, agency: str) -> dict[str, Any]:
    """Its officer with LEAD, as the sender: `th_police` leads by `th_leader`."""
    country, kind = agency.split("_")
    office = {"police": "leader", "prosecutor": "prosecution_leader", "authority": "authority_leader"}[kind]
    return {"from": suite.actors[f"{country}_{office}"]}


def jurisdiction(agency: str) -> int:
    return COUNTRIES[agency.split("_")[0]]


# Cases


def case_id(opener: int, commitment: bytes = COMMITMENT) -> bytes:
    return bytes(web3.keccak(encode(["uint32", "bytes32"], [opener, commitment])))


CASE = case_id(agency_id(MY, 2))
"""The one that the police of Malaysia opens."""


def opened(suite: Suite, agency: str = "my_police", commitment: bytes = COMMITMENT) -> bytes:
    suite.cases.open(commitment, TERRITORY, MESSAGE, leader(suite, agency))
    return case_id(suite.ids[agency], commitment)


def claim(suite: Suite, agency: str, case: bytes = CASE, ground: int = EFFECT) -> Any:
    return suite.cases.claim(case, ground, PAPER, leader(suite, agency))


def contested(suite: Suite, *agencies: str, commitment: bytes = COMMITMENT) -> bytes:
    """Opened by the first, claimed by the others; without names by Malaysia and China."""
    first, *others = agencies or ("my_police", "cn_police")
    case = opened(suite, first, commitment)
    for agency in others:
        claim(suite, agency, case)
    return case


def proposal_id(suite: Suite, agency: str, case: bytes = CASE, text: bytes = PAPER) -> bytes:
    values = (case, suite.ids[agency], text)
    return bytes(web3.keccak(encode(["bytes32", "uint32", "bytes32"], values)))


def propose_lead(suite: Suite, by: str, agency: str, case: bytes = CASE, text: bytes = PAPER) -> bytes:
    suite.cases.proposeLead(case, suite.ids[agency], text, leader(suite, by))
    return proposal_id(suite, agency, case, text)


def settled(suite: Suite, lead: str = "my_police") -> bytes:
    """Malaysia and China agreed on who leads."""
    case = contested(suite)
    proposal = propose_lead(suite, "my_police", lead)
    suite.cases.agreeLead(case, proposal, leader(suite, "cn_police"))
    return case


def transferred(suite: Suite, giver: str, taker: str, case: bytes = CASE) -> Any:
    suite.cases.offerTransfer(case, suite.ids[taker], PAPER, leader(suite, giver))
    return suite.cases.acceptTransfer(case, PAPER, leader(suite, taker))


def case_status(suite: Suite, case: bytes = CASE) -> str:
    return CASE_STATUS[suite.cases.statusOf(case)]


# Teams


def team_id(suite: Suite, lead: str = "my_police", case: bytes = CASE, terms: bytes = TERMS) -> bytes:
    values = (case, suite.ids[lead], terms)
    return bytes(web3.keccak(encode(["bytes32", "uint32", "bytes32"], values)))


def proposed(
    suite: Suite, members: Sequence[str] = ("cn_police",), lead: str = "my_police", **changes: Any
) -> bytes:
    """A team for a case that its lead opened."""
    if suite.cases.statusOf(CASE) == 0:
        opened(suite, lead)
    values = {"ends_at": now() + HALF_A_YEAR, "terms": TERMS}
    assert changes.keys() <= values.keys()
    ids = [suite.ids[name] for name in members]
    suite.teams.propose(CASE, ids, *(values | changes).values(), leader(suite, lead))
    return team_id(suite, lead, terms=changes.get("terms", TERMS))


def running(suite: Suite, *members: str, **changes: Any) -> bytes:
    """Led by the police of Malaysia; without names with the police of China."""
    members = members or ("cn_police",)
    team = proposed(suite, members, **changes)
    for name in members:
        suite.teams.join(team, leader(suite, name))
    return team


def team_status(suite: Suite, team: bytes, at: int | None = None) -> str:
    return TEAM_STATUS[suite.teams.statusAt(team, now() if at is None else at)]


def share(suite: Suite, team: bytes, by: str = "my_police", item: bytes = ITEM) -> Any:
    return suite.teams.share(team, item, MESSAGE, leader(suite, by))


def item(number: int) -> bytes:
    return bytes(web3.keccak(text=f"item {number}"))


# Actions


def content_of(salt: bytes = SALT, text: bytes = PAPER) -> bytes:
    return bytes(web3.keccak(encode(["bytes32", "bytes32"], [salt, text])))


def action_id(suite: Suite, team: bytes, content: bytes, agency: str = "my_police") -> bytes:
    values = (team, suite.ids[agency], content)
    return bytes(web3.keccak(encode(["bytes32", "uint32", "bytes32"], values)))


def action_status(suite: Suite, action: bytes, at: int | None = None) -> str:
    return ACTION_STATUS[suite.teams.actionStatusAt(action, now() if at is None else at)]
