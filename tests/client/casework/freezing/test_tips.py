# SPDX-License-Identifier: Apache-2.0
"""Tips: sealed to the agency, sent by anybody, judged, rewarded once; who the tipster is stands nowhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fakecast import key
from freeze_stage import NUMBER, Stage

from concordat.assets.folders import tipfile
from concordat.assets.returnstates import TipState
from concordat.assets.tips import tip_of
from concordat.assets.values import money
from concordat.casework.returning import tips
from concordat.errors import ConcordatError

REWARD = money.parse("SGD 5,000.00")
PAYEE = "account:TIPPSGSG:0000000042"


def refused(code: str, act: Any, *args: Any, **more: Any) -> ConcordatError:
    with pytest.raises(ConcordatError) as found:
        act(*args, **more)
    assert found.value.code == code, found.value.message
    return found.value


def lead(stage: Stage, text: str = "The server stands in a cellar.") -> Path:
    path = stage.folder / "lead.txt"
    path.write_text(text, encoding="utf-8")
    return path


def submitted(stage: Stage) -> tips.Sent:
    return tips.submit(stage.desk("anyone", "MY-COURT"), lead(stage), "SG-SPF")


def state(stage: Stage, tip: bytes) -> TipState:
    found = tip_of(stage.ledger, tip)
    assert found is not None
    return found.state


def test_from_the_lead_to_the_paid_reward(freezing: Stage) -> None:
    sent = submitted(freezing)
    text, paper = f"0x{sent.id.hex()}", freezing.paper()
    shown = tips.view(freezing.desk("inspector"), text, opened=True)
    assert shown.lead == b"The server stands in a cellar."
    assert shown.payee is None
    assert not tips.judge(freezing.desk("inspector"), text, paper, actionable=True).before
    assert tips.judge(freezing.desk("inspector"), text, paper, actionable=True).before
    tips.grant(freezing.desk("superintendent"), text, REWARD)
    tips.claim(freezing.desk("anyone", "MY-COURT"), sent.path, PAYEE)
    shown = tips.view(freezing.desk("inspector"), text, opened=True)
    assert shown.payee is not None
    assert shown.payee.canonical == PAYEE
    done = tips.paid(freezing.desk("distributor"), text, "E2E-77")
    assert not done.before
    assert tips.paid(freezing.desk("distributor"), text, "E2E-77").before
    assert state(freezing, sent.id) is TipState.PAID
    assert [event.name for event in tips.view(freezing.desk("anyone", "MY-COURT"), text).events] == [
        "TipSubmitted",
        "TipJudged",
        "RewardGranted",
        "RewardClaimed",
        "RewardPaid",
    ]
    # A reward is payable once, whoever asks again.
    assert tips.claim(freezing.desk("anyone", "MY-COURT"), sent.path, "account:TIPPSGSG:0099").done.before
    (only,) = tips.listed(freezing.desk("inspector"), NUMBER["SG-SPF"])
    assert only.reward == REWARD


def test_somebody_else_sends_and_learns_nothing(freezing: Stage) -> None:
    relay, claim = freezing.folder / "relay.json", freezing.folder / "claim.json"
    sent = tips.submit(freezing.desk("holder", "MY-COURT"), lead(freezing), "SG-SPF", relay=relay)
    assert sent.done is None
    before = freezing.sent()
    own = tipfile.read(freezing.folder / "lead.txt.tip")
    carried = relay.read_bytes()
    assert own.secret.hex().encode() not in carried
    assert b"cellar" not in carried
    found = tips.send(freezing.desk("anyone", "MY-COURT"), relay)
    assert found.id == sent.id
    assert freezing.sent() == before + 1
    text, paper = f"0x{sent.id.hex()}", freezing.paper()
    tips.judge(freezing.desk("inspector"), text, paper, actionable=True)
    tips.grant(freezing.desk("superintendent"), text, REWARD)
    tips.claim(freezing.desk("holder", "MY-COURT"), freezing.folder / "lead.txt.tip", PAYEE, relay=claim)
    tips.send(freezing.desk("anyone", "MY-COURT"), claim)
    payee = tips.view(freezing.desk("inspector"), text, opened=True).payee
    assert payee is not None
    assert payee.canonical == PAYEE
    # Nothing on the chain names the tipster's own key.
    holder = key("holder").address.lower()
    assert not any(holder in str(event.args).lower() for event in freezing.ledger.world.events)


def test_a_tip_that_was_begun_is_gone_on_with(freezing: Stage) -> None:
    path = lead(freezing)
    relay = freezing.folder / "relay.json"
    desk = freezing.desk("anyone", "MY-COURT")
    first = tips.submit(desk, path, "SG-SPF", relay=relay)
    refused("file.exists", tips.submit, desk, path, "SG-SPF")
    begun = freezing.folder / "lead.txt.tip"
    second = tips.submit(desk, begun, "")
    assert second.id == first.id
    assert tips.submit(desk, begun, "").done.before


def test_what_is_refused(freezing: Stage) -> None:
    sent, paper = submitted(freezing), freezing.paper()
    text = f"0x{sent.id.hex()}"
    refused("contract.tip_in_state", tips.grant, freezing.desk("superintendent"), text, REWARD)
    refused("tip.no_reward", tips.paid, freezing.desk("distributor"), text, "X")
    refused("contract.not_of_agency", tips.judge, freezing.desk("my-inspector"), text, paper, actionable=True)
    tips.judge(freezing.desk("inspector"), text, paper, actionable=False)
    refused("contract.tip_in_state", tips.grant, freezing.desk("superintendent"), text, REWARD)
    refused("tip.unknown", tips.view, freezing.desk("inspector"), "0x123456")
    refused("tip.size", tips.submit, freezing.desk("inspector"), lead(freezing, ""), "SG-SPF")
    broken = freezing.folder / "broken.tip"
    broken.write_bytes(b"{}")
    refused("tip.no_file", tips.claim, freezing.desk("inspector"), broken, PAYEE)
    refused("tip.no_file", tips.send, freezing.desk("inspector"), broken)


def test_a_changed_relay_is_not_sent(freezing: Stage) -> None:
    relay = freezing.folder / "relay.json"
    desk = freezing.desk("anyone", "MY-COURT")
    tips.submit(desk, lead(freezing), "SG-SPF", relay=relay)
    whole = tipfile.read_relay(relay)
    other = tipfile.Relay(whole.chain_id, whole.genesis, whole.signed, whole.message + b" ")
    tipfile.write_relay(relay, other)
    refused("tip.other_message", tips.send, desk, relay)
    assert tips.listed(desk) == []
