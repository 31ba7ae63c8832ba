# SPDX-License-Identifier: Apache-2.0
"""Grants: who may read which fields for what and until when, and how far it goes on."""

from __future__ import annotations

from typing import Any

import pytest
from brownie import web3
from eth_abi import encode

from concordat.cooperation.words import Handling, Purpose
from tests.contracts.clock import next_block_at, now
from tests.contracts.cooperation.stage import PAPER
from tests.contracts.gasbook import GasBook
from tests.contracts.reverts import reverts
from tests.contracts.suite import ANSWER, ASK, DAY, LEAD, ZERO32, Suite

ITEMS, FIELDS = b"\x41" * 32, 0b1011
INVESTIGATION, TRIAL = Purpose.INVESTIGATION, Purpose.TRIAL
PERIOD = 90 * DAY


def granted(suite: Suite, by: str = "cn_answerer", **changes: Any) -> bytes:
    """A grant of the police of China to that of Malaysia, unless said otherwise."""
    values = {
        "to": suite.ids["my_police"],
        "items": ITEMS,
        "fields": FIELDS,
        "purpose": int(INVESTIGATION),
        "handling": int(Handling.GREEN),
        "until": now() + PERIOD,
    }
    given = tuple((values | changes).values())
    tx = suite.sharing.grant(*given, {"from": suite.actors[by]})
    types = ["uint32", "uint32", "bytes32", "uint32", "uint8", "uint8", "uint40"]
    grant = bytes(web3.keccak(encode(types, (tx.events["Granted"]["from"], *given))))
    assert tx.events["Granted"]["grant"] == "0x" + grant.hex()
    return grant


def passed_on(suite: Suite, grant: bytes, to: str, by: str = "my_answerer", **changes: Any) -> bytes:
    values = {"fields": 0b1, "purpose": int(INVESTIGATION), "until": now() + 30 * DAY}
    given = (suite.ids[to], *(values | changes).values())
    suite.sharing.forward(grant, *given, {"from": suite.actors[by]})
    types = ["bytes32", "uint32", "uint32", "uint8", "uint40"]
    return bytes(web3.keccak(encode(types, (grant, *given))))


def permits(
    suite: Suite,
    grant: bytes,
    agency: str = "my_police",
    fields: int = FIELDS,
    purpose: int = INVESTIGATION,
    at: int | None = None,
) -> bool:
    given = (grant, suite.ids[agency], fields, purpose, now() if at is None else at)
    return bool(suite.sharing.permits(*given))


# A grant


def test_a_grant_lets_read_within_its_scope(suite: Suite) -> None:
    grant = granted(suite)
    assert permits(suite, grant)
    assert permits(suite, grant, fields=0b1000)
    assert not permits(suite, grant, fields=0b100)
    assert not permits(suite, grant, fields=FIELDS | 0b100)
    assert not permits(suite, grant, fields=0)
    assert not permits(suite, grant, purpose=TRIAL)
    assert not permits(suite, grant, agency="my_prosecutor")
    assert not permits(suite, grant, agency="cn_police")
    assert not permits(suite, PAPER)


def test_it_begins_and_ends_at_its_second(suite: Suite) -> None:
    end = now() + PERIOD
    grant = granted(suite, until=end)
    start = now()
    times = (start - 1, start, end - 1, end)
    assert [permits(suite, grant, at=at) for at in times] == [False, True, True, False]


def test_it_is_over_when_it_is_revoked(suite: Suite) -> None:
    grant = granted(suite)
    next_block_at(at := now() + DAY)
    tx = suite.sharing.revoke(grant, {"from": suite.cn_leader})
    assert tx.events["Revoked"]["officer"] == suite.cn_leader
    assert [permits(suite, grant, at=time) for time in (at - 1, at)] == [True, False]
    with reverts("AlreadyRevoked", grant):
        suite.sharing.revoke(grant, {"from": suite.cn_answerer})


@pytest.mark.parametrize("by", ["cn_answerer", "cn_asker", "cn_leader"])
def test_who_shares(suite: Suite, by: str) -> None:
    granted(suite, by=by)


def test_who_does_not(suite: Suite) -> None:
    for by in ("stranger", "cn_coordinator", "cn_police"):
        with reverts("NotAuthorised", suite.actors[by], ANSWER | ASK | LEAD):
            granted(suite, by=by)


@pytest.mark.parametrize(
    ("error", "changes"),
    [
        ("EmptyItems", {"items": ZERO32}),
        ("NoFields", {"fields": 0}),
        ("UnknownPurpose", {"purpose": 0}),
        ("UnknownPurpose", {"purpose": 6}),
        ("UnknownHandling", {"handling": 0}),
        ("NoSuchAgency", {"to": 5}),
    ],
)
def test_what_is_no_grant(suite: Suite, error: str, changes: dict[str, Any]) -> None:
    with reverts(error):
        granted(suite, **changes)


@pytest.mark.parametrize(("ahead", "possible"), [(0, False), (1, True)])
def test_it_lasts_some_time(suite: Suite, ahead: int, possible: bool) -> None:
    next_block_at(time := now() + DAY)
    if possible:
        granted(suite, until=time + ahead)
        return
    with reverts("InvalidUntil", time, time):
        granted(suite, until=time)


def test_only_who_granted_revokes(suite: Suite) -> None:
    grant = granted(suite)
    with reverts("NotTheGranter", suite.ids["my_police"], suite.ids["cn_police"]):
        suite.sharing.revoke(grant, {"from": suite.my_answerer})
    with reverts("NoSuchGrant", PAPER):
        suite.sharing.revoke(PAPER, {"from": suite.cn_answerer})


def test_it_is_granted_once(suite: Suite) -> None:
    until = now() + PERIOD
    grant = granted(suite, until=until)
    suite.sharing.revoke(grant, {"from": suite.cn_answerer})
    with reverts("AlreadyGranted", grant):
        granted(suite, until=until)


# Onward


def test_what_is_passed_on_is_read_by_the_next(suite: Suite) -> None:
    grant = granted(suite)
    until = now() + DAY
    given = (suite.ids["sg_police"], 0b11, INVESTIGATION, until)
    tx = suite.sharing.forward(grant, *given, {"from": suite.my_asker})
    event = tx.events["ForwardedOn"]
    assert (event["grant"], event["to"]) == ("0x" + grant.hex(), suite.ids["sg_police"])
    assert (event["fields"], event["purpose"], event["until"]) == (0b11, INVESTIGATION, until)
    onward = bytes(event["onward"])
    assert permits(suite, onward, "sg_police", 0b11)
    assert not permits(suite, onward, "sg_police", 0b1000)
    assert not permits(suite, onward, "my_police", 0b11)
    with reverts("AlreadyGranted", onward):
        suite.sharing.forward(grant, *given, {"from": suite.my_asker})


@pytest.mark.parametrize(
    ("handling", "at_home", "abroad"),
    [
        (Handling.RED, False, False),
        (Handling.AMBER_STRICT, False, False),
        (Handling.AMBER, True, False),
        (Handling.GREEN, True, True),
        (Handling.CLEAR, True, True),
    ],
)
def test_the_handling_code_says_how_far(suite: Suite, handling: int, at_home: bool, abroad: bool) -> None:
    grant = granted(suite, handling=handling)
    for to, allowed in (("my_prosecutor", at_home), ("sg_police", abroad)):
        if allowed:
            passed_on(suite, grant, to)
            continue
        with reverts("HandlingForbids", grant, handling, suite.ids[to]):
            passed_on(suite, grant, to)


def test_the_code_goes_with_it(suite: Suite) -> None:
    until = now() + 20 * DAY
    onward = passed_on(suite, granted(suite, handling=int(Handling.AMBER)), "my_prosecutor", until=until)
    with reverts("HandlingForbids", onward, Handling.AMBER, suite.ids["sg_police"]):
        passed_on(suite, onward, "sg_police", by="my_prosecution_answerer", until=until)
    passed_on(suite, onward, "my_court", by="my_prosecution_answerer", until=until)


@pytest.mark.parametrize(
    "changes",
    [{"fields": 0b100}, {"fields": FIELDS | 0b100}, {"fields": 0}, {"purpose": int(TRIAL)}, {"until": 1}],
)
def test_nobody_passes_on_more_than_he_has(suite: Suite, changes: dict[str, Any]) -> None:
    grant = granted(suite)
    with reverts("BeyondGrant", grant):
        passed_on(suite, grant, "sg_police", **changes)


@pytest.mark.parametrize(("longer", "possible"), [(0, True), (1, False)])
def test_nor_for_longer(suite: Suite, longer: int, possible: bool) -> None:
    until = now() + PERIOD
    grant = granted(suite, until=until)
    if possible:
        passed_on(suite, grant, "sg_police", until=until)
        return
    with reverts("BeyondGrant", grant):
        passed_on(suite, grant, "sg_police", until=until + longer)


def test_nor_when_it_is_over(suite: Suite) -> None:
    grant, other = granted(suite), granted(suite, purpose=int(TRIAL))
    suite.sharing.revoke(grant, {"from": suite.cn_answerer})
    with reverts("BeyondGrant", grant):
        passed_on(suite, grant, "sg_police")
    next_block_at(now() + PERIOD)
    with reverts("BeyondGrant", other):
        passed_on(suite, other, "sg_police", purpose=int(TRIAL))


def test_only_who_has_it_passes_it_on(suite: Suite) -> None:
    grant = granted(suite)
    with reverts("NotTheRecipient", suite.ids["cn_police"], suite.ids["my_police"]):
        passed_on(suite, grant, "sg_police", by="cn_answerer")
    with reverts("NoSuchGrant", PAPER):
        passed_on(suite, PAPER, "sg_police")
    with reverts("NoSuchAgency", 5):
        suite.sharing.forward(grant, 5, 1, INVESTIGATION, now() + DAY, {"from": suite.my_answerer})


CHAIN = ("my", "sg", "th", "kh", "ph")


def long_way(suite: Suite, steps: int) -> list[bytes]:
    """From China to Malaysia, and on from police to police."""
    until = now() + DAY
    grants = [granted(suite, until=until, purpose=int(TRIAL))]
    for step in range(steps):
        giver, taker = CHAIN[step % 5], CHAIN[(step + 1) % 5]
        onward = passed_on(
            suite, grants[-1], f"{taker}_police", f"{giver}_answerer", purpose=int(TRIAL), until=until
        )
        grants.append(onward)
    return grants


def test_a_revoked_grant_takes_with_it_what_came_from_it(suite: Suite) -> None:
    grants = long_way(suite, 3)
    next_block_at(at := now() + 3600)
    suite.sharing.revoke(grants[1], {"from": suite.my_answerer})
    readers = ("my_police", "sg_police", "th_police", "kh_police")
    for second, expected in ((-1, [True] * 4), (0, [True, False, False, False])):
        found = [
            permits(suite, grant, reader, 0b1, TRIAL, at + second)
            for grant, reader in zip(grants, readers, strict=True)
        ]
        assert found == expected
    with reverts("BeyondGrant", grants[3]):
        passed_on(suite, grants[3], "ph_police", "kh_answerer", purpose=int(TRIAL))


def test_the_way_back_is_short(suite: Suite) -> None:
    grants = long_way(suite, 8)
    assert permits(suite, grants[8], "kh_police", 0b1, TRIAL)
    with reverts("TooFar", grants[8], 8):
        passed_on(suite, grants[8], "ph_police", "kh_answerer", purpose=int(TRIAL), until=now() + 3600)


def test_gas(suite: Suite, gas: GasBook) -> None:
    until = now() + PERIOD
    given = (suite.ids["my_police"], ITEMS, FIELDS, INVESTIGATION, Handling.GREEN, until)
    tx = suite.sharing.grant(*given, {"from": suite.cn_answerer})
    gas.note("sharing: grant", tx)
    given = (tx.events["Granted"]["grant"], suite.ids["sg_police"], 1, INVESTIGATION, until)
    gas.note("sharing: pass on", suite.sharing.forward(*given, {"from": suite.my_answerer}))
