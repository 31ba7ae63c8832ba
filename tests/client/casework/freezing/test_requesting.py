# SPDX-License-Identifier: Apache-2.0
"""From an order to a request that binds, at home and from abroad; interrupted, repeated, refused."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from typing import Any

import pytest
from fakecast import key
from freeze_stage import ACCOUNTS, DAY, HOUR, NUMBER, Stage, request_text, stop, target

from concordat.assets import holds, profilebook, requests
from concordat.assets.folders.freezefile import FreezeFile
from concordat.assets.requests import ChainTarget
from concordat.assets.states import HoldStatus, ReleaseReason, RequestStatus
from concordat.assets.words import AssetClass, Measure, Refusal
from concordat.casework.freezing import opening, post, preparing, requesting
from concordat.errors import (
    ConcordatError,
    FileError,
    NodeError,
    OutcomeUnknownError,
    UsageError,
    VerificationError,
)


def status(stage: Stage, request: bytes) -> RequestStatus:
    return requests.status_at(stage.ledger, request, stage.ledger.now())


def of_hold(stage: Stage, request: bytes, number: int = 1) -> HoldStatus:
    named = stage.named(request, number)
    return holds.status_at(stage.ledger, request, named.target, stage.ledger.now())


def refused(code: str, act: Any, *args: Any, **more: Any) -> ConcordatError:
    with pytest.raises(ConcordatError) as found:
        act(*args, **more)
    assert found.value.code == code, found.value.message
    return found.value


# At home


def test_a_request_at_home_binds_once_ratified(freezing: Stage) -> None:
    sent = requesting.request(freezing.desk("inspector"), freezing.order())
    request = sent.file.told.id
    assert sent.carried and not sent.foreign and not sent.done.before
    assert status(freezing, request) is RequestStatus.AWAITING_RATIFICATION
    assert of_hold(freezing, request) is HoldStatus.DORMANT
    seen = []
    done = requesting.ratify(freezing.desk("superintendent"), request_text(request), seen.append)
    assert seen[0].opened is not None and not seen[0].opened.differences
    assert not done.before
    assert status(freezing, request) is RequestStatus.RUNNING
    assert of_hold(freezing, request) is HoldStatus.OPEN


def test_a_stop_payment_binds_at_once_and_lapses_unless_ratified(freezing: Stage) -> None:
    request = freezing.requested(**stop())
    assert status(freezing, request) is RequestStatus.PROVISIONAL
    assert of_hold(freezing, request) is HoldStatus.OPEN
    freezing.pass_time(DAY + 2)
    assert status(freezing, request) is RequestStatus.LAPSED
    refused(
        "contract.wrong_status", requesting.ratify, freezing.desk("superintendent"), request_text(request)
    )


def test_the_chain_learns_commitments_sums_and_hashes_alone(freezing: Stage) -> None:
    freezing.requested()
    seen = json.dumps([repr(event.args) for event in freezing.ledger.world.events])
    sent = "".join(str(each["data"]) for each in freezing.node.sent)
    for secret in ("1234567890", "Invented", "JCC-0317", "0317", "victim"):
        assert secret not in seen
        assert secret.encode().hex() not in sent


def test_running_it_again_sends_nothing_and_says_so(freezing: Stage) -> None:
    path = freezing.order()
    first = requesting.request(freezing.desk("inspector"), path)
    count = freezing.sent()
    for given in (path, first.file.folder):
        again = requesting.request(freezing.desk("inspector"), given)
        assert again.done.before
        assert again.done.receipt.block == first.done.receipt.block
    assert freezing.sent() == count
    assert len(first.file.receipts()) == 1


def test_ratifying_and_withdrawing_again_sends_nothing(freezing: Stage) -> None:
    request = freezing.running()
    count = freezing.sent()
    assert requesting.ratify(freezing.desk("superintendent"), request_text(request)).before
    assert freezing.sent() == count
    desk = freezing.desk("inspector")
    assert not requesting.withdraw(desk, request_text(request), ReleaseReason.UNRELATED).before
    assert requesting.withdraw(desk, request_text(request), ReleaseReason.UNRELATED).before
    assert status(freezing, request) is RequestStatus.WITHDRAWN
    assert of_hold(freezing, request) is HoldStatus.WITHDRAWN
    acts = [each["act"] for each in FreezeFile.open(freezing.file("SG-SPF")).receipts()]
    assert acts == ["request", "ratify", "withdraw"]


@pytest.mark.parametrize("method", ["eth_sendRawTransaction", "eth_getTransactionReceipt"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_lost_node_doubles_nothing(freezing: Stage, method: str, when: str) -> None:
    path = freezing.order()
    freezing.node.lost[method] = when
    with pytest.raises((NodeError, OutcomeUnknownError)):
        requesting.request(freezing.desk("inspector"), path)
    folder = FreezeFile.open(freezing.file("SG-SPF"))
    freezing.node.lost.clear()
    sent = requesting.request(freezing.desk("inspector"), path)
    assert sent.file.told == folder.told
    assert len(list(requests.asked(freezing.ledger))) == 1
    assert len(sent.file.receipts()) == 1


def test_what_was_cut_while_the_folder_was_made_begins_anew(
    freezing: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = freezing.order()
    made = FreezeFile.keep_message

    def cut(*_: Any) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr(FreezeFile, "keep_message", cut)
    with pytest.raises(KeyboardInterrupt):
        requesting.request(freezing.desk("inspector"), path)
    assert not freezing.file("SG-SPF").exists()
    assert not list(freezing.file("SG-SPF").parent.glob("*.partial"))
    monkeypatch.setattr(FreezeFile, "keep_message", made)
    (freezing.file("SG-SPF").parent / "JCC-0317.freeze.partial").mkdir()  # of a kill
    assert not requesting.request(freezing.desk("inspector"), path).done.before


def test_a_colleague_who_sent_the_same_folder_first_is_as_good(
    freezing: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = requesting.request(freezing.desk("inspector"), freezing.order())
    real, asked = requesting._events, []

    def late(desk: Any, request: bytes, name: str) -> Any:
        asked.append(name)
        return real(desk, request, name) if len(asked) > 1 else []  # not there yet when looked for

    monkeypatch.setattr(requesting, "_events", late)
    again = requesting.request(freezing.desk("inspector"), first.file.folder)
    assert again.done.receipt.block == first.done.receipt.block
    assert len(list(requests.asked(freezing.ledger))) == 1


def test_a_changed_order_is_another_order(freezing: Stage) -> None:
    path = freezing.order()
    requesting.request(freezing.desk("inspector"), path)
    content = json.loads(path.read_text())
    path.write_text(json.dumps({**content, "grounds": "Other grounds."}))
    refused("freeze.other_order", requesting.request, freezing.desk("inspector"), path)
    out = freezing.folder / "SG-SPF" / "other"
    refused("freeze.order_known", requesting.request, freezing.desk("inspector"), path, out=out)
    path.write_text(json.dumps({**content, "number": "JCC-0318"}))
    sent = requesting.request(freezing.desk("inspector"), path, out=out)
    assert sent.file.name == "other.freeze"
    assert len(list(requests.asked(freezing.ledger))) == 2


def test_five_hundred_accounts_are_one_request(freezing: Stage) -> None:
    """S080: one case, many accounts, one approval; each has its own state."""
    many = [target("SG-MERLION", f"account:MERLSGSG:{10_000_000 + n}", f"SGD {n + 1}.00") for n in range(500)]
    request = freezing.running(targets=many)
    assert len(list(holds.named(freezing.ledger, request=request))) == 500
    assert len(FreezeFile.open(freezing.file("SG-SPF")).messages()) == 1
    freezing.answer(request, 500)
    assert of_hold(freezing, request, 500) is HoldStatus.HELD
    assert of_hold(freezing, request, 499) is HoldStatus.OPEN


# What is refused before anything is sent


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("freeze.period_too_long", {"period": {"count": 31, "unit": "DAYS"}}),
        ("freeze.other_agency", {"agency": "MY-PDRM"}),
        ("freeze.other_jurisdiction", {"targets": [target("MY-HORNBILL", ACCOUNTS[0], "SGD 1.00")]}),
        ("agency.unknown", {"targets": [target("SG-NOBODY", ACCOUNTS[0], "SGD 1.00")]}),
        ("contract.no_profile", {"asset_class": "SECURITIES"}),
        ("order.invalid", {"targets": []}),
    ],
)
def test_a_wrong_order_leaves_nothing_behind(freezing: Stage, code: str, changes: Any) -> None:
    path = freezing.order(**changes)
    error = refused(code, requesting.request, freezing.desk("inspector"), path)
    assert error.next
    assert not freezing.file("SG-SPF").exists()
    assert freezing.sent() == 0
    assert not freezing.mailbox.exists()


def test_an_institution_without_key_is_named(freezing: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    real = preparing.agencies.encryption_key

    def without(ledger: Any, number: int, *more: Any) -> Any:
        return (bytes(32), 0) if number == NUMBER["SG-ORCHID"] else real(ledger, number, *more)

    monkeypatch.setattr(preparing.agencies, "encryption_key", without)
    error = refused("freeze.no_key", requesting.request, freezing.desk("inspector"), freezing.order())
    assert "SG-ORCHID" in error.message and "SG-MERLION" not in error.message


def test_check_shows_and_sends_nothing(freezing: Stage) -> None:
    plan = requesting.check(freezing.desk("inspector"), freezing.order())
    assert plan.recipients == (NUMBER["SG-MERLION"], NUMBER["SG-ORCHID"])
    assert 30 * DAY <= plan.period <= 31 * DAY and plan.period <= plan.profile.longest
    assert not plan.foreign
    assert freezing.sent() == 0
    assert not freezing.file("SG-SPF").exists()


def test_a_missing_or_foreign_folder_gives_a_sentence(freezing: Stage) -> None:
    freezing.requested()
    folder = freezing.file("SG-SPF")
    secrets = folder / "secrets.json"
    secrets.write_text(secrets.read_text().replace('"version":1', '"version":2'))
    error = refused("freeze.damaged", requesting.request, freezing.desk("inspector"), folder)
    assert isinstance(error, FileError) and "backup" in error.next
    secrets.unlink()
    refused("file.unreadable", requesting.request, freezing.desk("inspector"), folder)
    shutil.rmtree(folder)
    refused("freeze.no_folder", requesting.ratify, freezing.desk("inspector"), str(folder))


# From abroad


def test_a_foreign_request_binds_nobody_before_it_is_endorsed(freezing: Stage) -> None:
    request = freezing.requested("my-inspector", **stop())
    assert status(freezing, request) is RequestStatus.AWAITING_ENDORSEMENT
    assert of_hold(freezing, request) is HoldStatus.DORMANT
    shown = []
    done = requesting.endorse(freezing.desk("endorser"), request_text(request), shown.append)
    assert not done.before
    assert shown[0].message.order.targets[0].account.canonical == ACCOUNTS[0]
    assert shown[0].message.targets[0].secrets.notice_secret is None  # that is the account holder's alone
    assert of_hold(freezing, request) is HoldStatus.OPEN
    assert status(freezing, request) is RequestStatus.PROVISIONAL
    assert requesting.endorse(freezing.desk("endorser"), request_text(request), shown.append).before
    assert len(shown) == 1


def test_who_does_not_agree_endorses_nothing(freezing: Stage) -> None:
    request = freezing.requested("my-inspector", **stop())

    def no(_: opening.Opened) -> None:
        raise UsageError("No.", code="not_confirmed")

    refused("not_confirmed", requesting.endorse, freezing.desk("endorser"), request_text(request), no)
    assert status(freezing, request) is RequestStatus.AWAITING_ENDORSEMENT


def test_a_declined_request_binds_nobody(freezing: Stage) -> None:
    request = freezing.requested("my-inspector", **stop())
    desk = freezing.desk("endorser")
    requesting.decline(desk, request_text(request), Refusal.NO_LEGAL_BASIS)
    assert status(freezing, request) is RequestStatus.DECLINED
    assert of_hold(freezing, request) is HoldStatus.LAPSED
    assert requesting.decline(desk, request_text(request), Refusal.NO_LEGAL_BASIS).before


def test_only_who_is_named_can_open_or_endorse(freezing: Stage) -> None:
    request = freezing.requested("my-inspector", **stop())
    refused("sealed.not_for_you", requesting.endorse, freezing.desk("reviewer"), request_text(request))
    home = freezing.requested(number="JCC-0400")
    refused("freeze.not_foreign", requesting.endorse, freezing.desk("endorser"), request_text(home))
    with pytest.raises(ConcordatError):
        requests.endorse(freezing.ledger, key("my-endorser"), request)


def test_without_a_mailbox_messages_are_carried_by_hand(freezing: Stage) -> None:
    freezing.workspace("MY-PDRM").set(mailbox="")
    sent = requesting.request(freezing.desk("my-inspector"), freezing.order(agency="MY-PDRM", **stop()))
    assert not sent.carried and sent.foreign
    name = request_text(sent.file.told.id)
    error = refused("freeze.no_message", requesting.endorse, freezing.desk("endorser"), name)
    assert "message import" in error.next
    for message in sent.file.messages():
        post.keep(freezing.desk("endorser"), message)
    assert not requesting.endorse(freezing.desk("endorser"), name).before


def test_what_was_swapped_in_the_mailbox_is_not_opened(freezing: Stage) -> None:
    request = freezing.requested("my-inspector", **stop())
    asked = next(requests.asked(freezing.ledger, request_id=request))
    name = asked.message.hex()
    (freezing.mailbox / name[:2] / f"{name}.sealed").write_bytes(b"{}")
    refused("sealed.other_message", requesting.endorse, freezing.desk("endorser"), request_text(request))


def _lied(stage: Stage, monkeypatch: pytest.MonkeyPatch, **changes: Any) -> bytes:
    """A request whose chain says something else than its messages."""
    real = preparing._told

    def lying(*args: Any) -> tuple[ChainTarget, ...]:
        return tuple(replace(each, **changes) for each in real(*args))

    monkeypatch.setattr(preparing, "_told", lying)
    monkeypatch.setattr(FreezeFile, "check", lambda self: None)
    return stage.requested("my-inspector", **stop())


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"amount": 99_999_999}, "amount"),
        ({"currency": 840}, "currency"),
        ({"scope": 2}, "scope"),
        ({"target": b"\7" * 32}, "not in the message"),
        ({"institution": NUMBER["SG-ORCHID"]}, "another institution"),
    ],
)
def test_a_message_that_differs_from_the_chain_is_not_endorsed(
    freezing: Stage, monkeypatch: pytest.MonkeyPatch, changes: Any, said: str
) -> None:
    request = _lied(freezing, monkeypatch, **changes)
    opened = requesting.examine(freezing.desk("endorser"), request_text(request))
    assert any(said in each for each in opened.differences)
    error = refused(
        "freeze.message_differs", requesting.endorse, freezing.desk("endorser"), request_text(request)
    )
    assert isinstance(error, VerificationError) and said in error.message
    assert status(freezing, request) is RequestStatus.AWAITING_ENDORSEMENT


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"period": 72 * HOUR}, "seconds"),
        ({"asset_class": AssetClass.VIRTUAL_ASSET}, "asset class"),
        ({"order": b"\1" * 32}, "another order"),
    ],
)
def test_an_order_that_differs_from_the_chain_is_not_endorsed(
    freezing: Stage, monkeypatch: pytest.MonkeyPatch, changes: Any, said: str
) -> None:
    path = freezing.order(agency="MY-PDRM", **stop())
    made = preparing.prepare(
        freezing.desk("my-inspector"),
        preparing.plan(freezing.desk("my-inspector"), requesting.read_order(path)),
        freezing.file("MY-PDRM"),
    )
    post.send(freezing.desk("my-inspector"), made.messages())
    order = replace(made.told.order, **changes)
    receipt = requests.request(freezing.ledger, key("my-inspector"), order, made.told.targets)
    shutil.rmtree(made.folder)
    name = request_text(receipt.event("FreezeRequested").args["request"])
    opened = requesting.examine(freezing.desk("endorser"), name)
    assert any(said in each for each in opened.differences), opened.differences


def test_where_no_authority_is_named_foreign_requests_are_not_sent(
    freezing: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = profilebook.current

    def nobody(*args: Any) -> Any:
        version, profile = real(*args)
        return version, replace(profile, endorser=0)

    monkeypatch.setattr(profilebook, "current", nobody)
    path = freezing.order(agency="MY-PDRM", **stop())
    refused("freeze.foreign_not_taken", requesting.request, freezing.desk("my-inspector"), path)


def test_measures_and_things_without_currency_are_asked_too(freezing: Stage) -> None:
    car = target(
        "SG-KOPIPAY", "asset:VEHICLE:LSVAM4187C2184841", scope={"later_credits": False, "interest": False}
    )
    del car["whole_balance"]
    request = freezing.running(
        measure="SEIZE", asset_class="VEHICLE", period={"count": 1, "unit": "YEARS"}, targets=[car]
    )
    found = requests.request_of(freezing.ledger, request)
    assert found is not None and found.measure is Measure.SEIZE
    named = freezing.named(request)
    assert (named.currency, named.amount, int(named.scope)) == (0, 0, 1)


def test_the_period_is_counted_by_the_law_of_the_place(freezing: Stage) -> None:
    """30 days in Singapore end with the 30th day, at midnight there: 24:00, 16:00 UTC."""
    request = freezing.requested()
    found = requests.request_of(freezing.ledger, request)
    assert found is not None
    end = found.requested_at + found.period
    assert 0 <= (end - 16 * HOUR) % DAY < 60
