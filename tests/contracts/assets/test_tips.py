# SPDX-License-Identifier: Apache-2.0
"""Tips: a key made for one tip, two hands in the agency, one reward paid once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from brownie import WalletMock, web3
from eth_abi import encode

from tests.contracts.assets.stage import SGD
from tests.contracts.clock import next_block_at, now
from tests.contracts.reverts import reverts
from tests.contracts.suite import DAY, DISTRIBUTE, RATIFY, RATIFY_HIGH, REQUEST, ZERO32, Suite

MESSAGE, PAYEE, PAPER = b"\x01" * 32, b"\x02" * 32, b"\x03" * 32
REWARD = 5_000_00
FIELDS = ("agency", "state", "submitted_at", "currency", "reward")
STATES = ("None", "Submitted", "Actionable", "NotActionable", "Rewarded", "Paid")
TIP = {
    "Tip": [
        {"name": "agency", "type": "uint32"},
        {"name": "message", "type": "bytes32"},
        {"name": "deadline", "type": "uint40"},
    ]
}
REWARD_CLAIM = {
    "RewardClaim": [
        {"name": "tip", "type": "bytes32"},
        {"name": "payee", "type": "bytes32"},
        {"name": "deadline", "type": "uint40"},
    ]
}


def tip_id(suite: Suite, tipster: Any, message: bytes = MESSAGE) -> bytes:
    values = [suite.ids["sg_police"], tipster.address, message]
    return bytes(web3.keccak(encode(["uint32", "address", "bytes32"], values)))


def submit(suite: Suite, message: bytes = MESSAGE, **changes: Any) -> Any:
    """By a carrier who is not the tipster. `changes` alter what is sent, not what was signed."""
    tipster, agency, deadline = suite.actor("tipster"), suite.ids["sg_police"], now() + DAY
    signature = suite.sign(tipster, suite.tips, TIP, (agency, message, deadline))
    values = {
        "agency": agency,
        "tipster": tipster.address,
        "message": message,
        "key_version": 1,
        "deadline": deadline,
        "signature": signature,
    }
    assert changes.keys() <= values.keys()
    return suite.tips.submit(*(values | changes).values(), {"from": suite.stranger})


def claim(suite: Suite, **changes: Any) -> Any:
    tipster, deadline = suite.actor("tipster"), now() + DAY
    signed = (tip_id(suite, tipster), changes.get("payee", PAYEE), deadline)
    values = {
        "agency": suite.ids["sg_police"],
        "tipster": tipster.address,
        "message": MESSAGE,
        "payee": PAYEE,
        "deadline": deadline,
        "signature": suite.sign(tipster, suite.tips, REWARD_CLAIM, signed),
    }
    assert changes.keys() <= values.keys()
    return suite.tips.claim(*(values | changes).values(), {"from": suite.stranger})


def submitted(suite: Suite) -> bytes:
    submit(suite)
    return tip_id(suite, suite.actor("tipster"))


def judged(suite: Suite, actionable: bool = True) -> bytes:
    tip = submitted(suite)
    suite.tips.judge(tip, actionable, PAPER, {"from": suite.requester})
    return tip


def declined(suite: Suite) -> bytes:
    return judged(suite, actionable=False)


def rewarded(suite: Suite) -> bytes:
    tip = judged(suite)
    suite.tips.grant(tip, SGD, REWARD, {"from": suite.ratifier})
    return tip


def paid(suite: Suite) -> bytes:
    tip = rewarded(suite)
    claim(suite)
    suite.tips.markPaid(tip, PAPER, {"from": suite.distributor})
    return tip


LIVES: dict[str, Callable[[Suite], bytes]] = {
    "Submitted": submitted,
    "Actionable": judged,
    "NotActionable": declined,
    "Rewarded": rewarded,
    "Paid": paid,
}


def tip_of(suite: Suite, tip: bytes) -> dict[str, Any]:
    found = dict(zip(FIELDS, suite.tips.tipOf(tip), strict=True))
    return found | {"state": STATES[found["state"]]}


# The whole way


def test_a_tip_goes_from_message_to_reward(suite: Suite) -> None:
    tipster = suite.actor("tipster")
    tx = submit(suite)
    tip = tip_id(suite, tipster)
    assert tx.return_value == "0x" + tip.hex()
    assert dict(tx.events["TipSubmitted"]) == {
        "tip": "0x" + tip.hex(),
        "agency": suite.ids["sg_police"],
        "message": "0x" + MESSAGE.hex(),
        "keyVersion": 1,
    }
    at = now()
    tx = suite.tips.judge(tip, True, PAPER, {"from": suite.requester})
    assert (tx.events["TipJudged"]["officer"], tx.events["TipJudged"]["actionable"]) == (
        suite.requester,
        True,
    )
    tx = suite.tips.grant(tip, SGD, REWARD, {"from": suite.high_ratifier})
    assert (tx.events["RewardGranted"]["currency"], tx.events["RewardGranted"]["reward"]) == (SGD, REWARD)
    assert suite.tips.payeeOf(tip) == "0x" + ZERO32.hex()
    tx = claim(suite)
    assert tx.events["RewardClaimed"]["payee"] == suite.tips.payeeOf(tip) == "0x" + PAYEE.hex()
    tx = suite.tips.markPaid(tip, PAPER, {"from": suite.distributor})
    assert tx.events["RewardPaid"]["paymentHash"] == "0x" + PAPER.hex()
    assert tip_of(suite, tip) == {
        "agency": suite.ids["sg_police"],
        "state": "Paid",
        "submitted_at": at,
        "currency": SGD,
        "reward": REWARD,
    }


def test_the_chain_never_learns_who_the_tipster_is(suite: Suite) -> None:
    """The address stands in the calldata, as a key for one tip; in no event and in no storage."""
    key = suite.actor("tipster").address[2:].lower()
    tx = submit(suite)
    assert not any(key in str(log["data"]).lower() for log in tx.logs)
    assert not any(key in str(topic.hex()) for log in tx.logs for topic in log["topics"])


# Submission


@pytest.mark.parametrize(
    ("error", "changes"),
    [
        ("NoSuchAgency", {"agency": 5}),
        ("EmptyMessage", {"message": ZERO32}),
        ("InvalidSignature", {"deadline": 1 << 39}),
        ("InvalidSignature", {"signature": b""}),
        ("InvalidSignature", {"signature": b"\x01" * 65}),
        ("InvalidSignature", {"tipster": "0x" + "11" * 20}),
        ("DeadlinePassed", {"deadline": 1}),
    ],
)
def test_what_is_no_tip(suite: Suite, error: str, changes: dict[str, Any]) -> None:
    with reverts(error):
        submit(suite, **changes)


def test_a_tip_is_for_the_agency_that_was_signed(suite: Suite) -> None:
    with reverts("InvalidSignature", suite.actor("tipster")):
        submit(suite, agency=suite.ids["my_police"])


def test_a_tip_is_submitted_once(suite: Suite) -> None:
    tip = submitted(suite)
    with reverts("AlreadySubmitted", tip):
        submit(suite)
    submit(suite, message=PAPER)


@pytest.mark.parametrize(("later", "in_time"), [(-1, True), (0, True), (1, False)])
def test_a_deadline_is_met_at_its_second(suite: Suite, later: int, in_time: bool) -> None:
    tipster, agency, deadline = suite.actor("tipster"), suite.ids["sg_police"], now() + DAY
    signature = suite.sign(tipster, suite.tips, TIP, (agency, MESSAGE, deadline))
    given = (agency, tipster, MESSAGE, 1, deadline, signature, {"from": suite.stranger})
    next_block_at(deadline + later)
    if in_time:
        suite.tips.submit(*given)
        return
    with reverts("DeadlinePassed", deadline, deadline + later):
        suite.tips.submit(*given)


def test_a_wallet_may_give_a_tip(suite: Suite) -> None:
    """ERC-1271: its own key signs."""
    key, agency, deadline = suite.actor("tipster"), suite.ids["sg_police"], now() + DAY
    wallet = WalletMock.deploy(key, {"from": suite.stranger})
    signature = suite.sign(key, suite.tips, TIP, (agency, MESSAGE, deadline))
    suite.tips.submit(agency, wallet, MESSAGE, 1, deadline, signature, {"from": suite.stranger})
    assert tip_of(suite, tip_id(suite, wallet))["state"] == "Submitted"


# Every act in every state


ACTS: dict[str, tuple[tuple[Any, ...], str, str]] = {
    "judge": ((True, PAPER), "requester", "Submitted"),
    "grant": ((SGD, REWARD), "ratifier", "Actionable"),
    "markPaid": ((PAPER,), "distributor", "Rewarded"),
}


@pytest.mark.parametrize("state", LIVES)
@pytest.mark.parametrize("act", ACTS)
def test_each_act_has_its_state(suite: Suite, act: str, state: str) -> None:
    given, actor, needed = ACTS[act]
    tip = LIVES[state](suite)
    if state == "Rewarded":
        claim(suite)
    call = getattr(suite.tips, act)
    if state == needed:
        call(tip, *given, {"from": suite.actors[actor]})
        return
    with reverts("TipInState", tip, STATES.index(state)):
        call(tip, *given, {"from": suite.actors[actor]})


@pytest.mark.parametrize("state", [state for state in LIVES if state != "Rewarded"])
def test_a_reward_is_claimed_when_it_is_granted(suite: Suite, state: str) -> None:
    tip = LIVES[state](suite)
    with reverts("TipInState", tip, STATES.index(state)):
        claim(suite)


def test_a_tip_that_is_none_has_no_state(suite: Suite) -> None:
    for act, (given, actor, _) in ACTS.items():
        with reverts("TipInState", PAPER, 0):
            getattr(suite.tips, act)(PAPER, *given, {"from": suite.actors[actor]})


# Who


@pytest.mark.parametrize(
    ("act", "powers"),
    [("judge", REQUEST), ("grant", RATIFY | RATIFY_HIGH), ("markPaid", DISTRIBUTE)],
)
def test_each_hand_has_its_own_act(suite: Suite, act: str, powers: int) -> None:
    """So who judged a lead never grants its reward: no key holds both powers."""
    given, right, needed = ACTS[act]
    tip = LIVES[needed](suite)
    if act == "markPaid":
        claim(suite)
    for actor in {"requester", "ratifier", "distributor", "judge", "stranger"} - {right}:
        with reverts("NotAuthorised", suite.actors[actor], powers):
            getattr(suite.tips, act)(tip, *given, {"from": suite.actors[actor]})
    foreign = suite.actors[f"my_{right}"]
    with reverts("NotOfAgency", suite.ids["my_police"], suite.ids["sg_police"]):
        getattr(suite.tips, act)(tip, *given, {"from": foreign})


def test_no_key_judges_and_grants(suite: Suite) -> None:
    with reverts("ConflictingPowers", REQUEST | RATIFY):
        suite.appoint("sg_police", "both", REQUEST | RATIFY)


def test_every_act_names_its_paper(suite: Suite) -> None:
    tip = submitted(suite)
    with reverts("EmptyHash"):
        suite.tips.judge(tip, True, ZERO32, {"from": suite.requester})
    suite.tips.judge(tip, True, PAPER, {"from": suite.requester})
    with reverts("NoReward"):
        suite.tips.grant(tip, SGD, 0, {"from": suite.ratifier})
    suite.tips.grant(tip, SGD, REWARD, {"from": suite.ratifier})
    with reverts("NotClaimed", tip):
        suite.tips.markPaid(tip, PAPER, {"from": suite.distributor})
    with reverts("EmptyHash"):
        claim(suite, payee=ZERO32)
    claim(suite)
    with reverts("EmptyHash"):
        suite.tips.markPaid(tip, ZERO32, {"from": suite.distributor})


# Claiming


def test_nobody_redirects_a_reward(suite: Suite) -> None:
    """Neither a carrier who changes the payee, nor another key, nor the agency, nor the tipster later."""
    tip = rewarded(suite)
    tipster, agency, deadline = suite.actor("tipster"), suite.ids["sg_police"], now() + DAY
    signature = suite.sign(tipster, suite.tips, REWARD_CLAIM, (tip, PAYEE, deadline))
    with reverts("InvalidSignature", tipster):
        suite.tips.claim(agency, tipster, MESSAGE, PAPER, deadline, signature, {"from": suite.stranger})
    forged = suite.sign(suite.distributor, suite.tips, REWARD_CLAIM, (tip, PAPER, deadline))
    with reverts("InvalidSignature", tipster):
        suite.tips.claim(agency, tipster, MESSAGE, PAPER, deadline, forged, {"from": suite.distributor})
    claim(suite)
    with reverts("AlreadyClaimed", tip):
        claim(suite, payee=PAPER)


def test_a_claim_has_its_deadline(suite: Suite) -> None:
    rewarded(suite)
    with reverts("DeadlinePassed"):
        claim(suite, deadline=now() - 1)


def test_a_signature_for_a_tip_is_none_for_a_claim(suite: Suite) -> None:
    tip = rewarded(suite)
    tipster, agency, deadline = suite.actor("tipster"), suite.ids["sg_police"], now() + DAY
    signature = suite.sign(tipster, suite.tips, TIP, (agency, MESSAGE, deadline))
    with reverts("InvalidSignature", tipster):
        suite.tips.claim(agency, tipster, MESSAGE, PAYEE, deadline, signature, {"from": suite.stranger})
    assert suite.tips.payeeOf(tip) == "0x" + ZERO32.hex()
