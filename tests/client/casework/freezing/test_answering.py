# SPDX-License-Identifier: Apache-2.0
"""The institution's side: inbox, answers one by one, second officer, credits, releases, own holds."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from fakecast import key
from freeze_stage import ACCOUNTS, DAY, HOLDER, HOUR, NUMBER, PASSWORD, SG, Stage, stop, target
from stage import uri

from concordat.assets import holds, profilebook
from concordat.assets.orders import answers as forms
from concordat.assets.orders.answers import Answer, MovedOn
from concordat.assets.states import HoldState, HoldStatus, ReleaseReason
from concordat.assets.values import money
from concordat.assets.words import AnswerKind, AssetClass, Measure, Refusal
from concordat.casework import Desk, sealing
from concordat.casework.freezing import lasting, post, requesting
from concordat.casework.institution import answering, checking, incoming, ownholds
from concordat.casework.institution.incoming import Duty
from concordat.errors import UsageError, VerificationError
from concordat.ledger.sentences import ContractError
from concordat.mail.sealed import Envelope


def inbox(stage: Stage, who: str = "teller") -> list[incoming.Arrival]:
    return incoming.arrivals(stage.desk(who))


def made(arrival: incoming.Arrival, kind: AnswerKind = AnswerKind.HELD, **changes: Any) -> Answer:
    """An answer; what is held is by default what was asked."""
    given: dict[str, Any] = {"officer": "desk 7", **changes}
    if kind.takes and "held" not in given:
        given["held"] = money.Money(arrival.named.amount, money.by_code(arrival.named.currency))
    return Answer(f"0x{arrival.id.hex()}", kind, **given)


def detail_of(stage: Stage, hold: bytes, who: str = "inspector") -> Answer:
    """What the requester reads of the newest answer."""
    event = holds.last_answer(stage.ledger, hold)
    agency = NUMBER["SG-SPF"]
    return forms.read(post.unseal(stage.desk(who), agency, event.args["detail"], post.ANSWER))


# The inbox


def test_the_inbox_knows_what_is_owed_by_the_clock_alone(freezing: Stage) -> None:
    freezing.requested()
    assert [each.duty for each in inbox(freezing)] == [Duty.NOTHING]
    assert inbox(freezing)[0].at.status is HoldStatus.DORMANT
    request = freezing.running(number="JCC-2")
    first = inbox(freezing)[0]
    assert (first.request.id, first.duty) == (request, Duty.ANSWER)
    assert first.due == first.at.reply_by
    sent = freezing.sent()
    freezing.pass_time(first.due - freezing.ledger.now() + 1)
    assert inbox(freezing)[0].at.status is HoldStatus.OVERDUE
    assert freezing.sent() == sent


def test_a_letter_is_opened_compared_and_shows_own_targets_only(freezing: Stage) -> None:
    freezing.running()
    (arrival,) = inbox(freezing)
    letter = incoming.letters(freezing.desk("teller"), [arrival])[arrival.id]
    read, opened = letter.required()
    assert (read.number, len(read.targets)) == ("JCC-0317", 1)
    assert opened.target.account.canonical == ACCOUNTS[0] and opened.target.holder == HOLDER
    assert opened.secrets.notice_secret


def test_a_letter_that_is_nowhere_is_a_problem_and_no_failure(freezing: Stage) -> None:
    freezing.running()
    for path in freezing.mailbox.rglob("*.sealed"):
        path.unlink()
    (arrival,) = inbox(freezing)
    letter = incoming.letters(freezing.desk("teller"), [arrival])[arrival.id]
    assert letter.problem is not None and letter.problem.code == "freeze.no_message"
    with pytest.raises(UsageError):
        letter.required()
    with pytest.raises(UsageError) as raised:
        answering.answer(freezing.desk("teller"), [made(arrival)])
    assert "UNREADABLE" in raised.value.message
    done = answering.answer(
        freezing.desk("teller"), [made(arrival, AnswerKind.UNREADABLE, remarks="no file came")]
    )
    assert len(done.sent) == 1
    assert inbox(freezing)[0].at.status is HoldStatus.UNREADABLE


def test_a_letter_that_says_more_than_the_chain_is_not_acted_on(
    freezing: Stage,
) -> None:
    freezing.running()
    (arrival,) = inbox(freezing)
    longer = replace(arrival.view, request=replace(arrival.request, period=366 * DAY))
    cheated = replace(arrival, view=longer)
    letter = incoming.letters(freezing.desk("teller"), [cheated])[arrival.id]
    assert isinstance(letter.problem, VerificationError)
    assert letter.problem.code == "freeze.message_differs"


# Answers


def test_from_the_inbox_to_a_checked_hold_and_what_the_requester_reads(freezing: Stage) -> None:
    freezing.running()
    (arrival,) = inbox(freezing)
    assert len(answering.answer(freezing.desk("teller"), [made(arrival, AnswerKind.DELIVERED)]).sent) == 1
    assert len(answering.answer(freezing.desk("teller"), [made(arrival, AnswerKind.ACKNOWLEDGED)]).sent) == 1
    done = answering.answer(
        freezing.desk("teller"), [made(arrival, balance=money.parse("SGD 12.00"), remarks="held at once")]
    )
    assert done.carried and not done.unsealed and len(done.receipts) == 1
    (waiting,) = inbox(freezing)
    assert (waiting.duty, waiting.at.status) == (Duty.CHECK, HoldStatus.HELD)

    (checkable,) = checking.to_check(freezing.desk("checker"))
    assert checkable.kind is AnswerKind.HELD and not checkable.own
    shown: list[Any] = []
    checked = checking.check(freezing.desk("checker"), agree=shown.extend)
    assert shown == [checkable] and len(checked.sent) == 1
    assert [each.duty for each in inbox(freezing)] == [Duty.NOTHING]

    read = detail_of(freezing, arrival.id)
    assert read.balance == money.parse("SGD 12.00") and read.remarks == "held at once"
    assert read.executed_at is not None
    envelope = Envelope.from_bytes(post.fetch(freezing.desk("inspector"), done_detail(freezing, arrival.id)))
    assert envelope.recipient == NUMBER["SG-SPF"]


def done_detail(stage: Stage, hold: bytes) -> bytes:
    event = holds.last_answer(stage.ledger, hold)
    return bytes(event.args["detail"])


def test_answering_again_sends_nothing_and_changes_nothing(freezing: Stage) -> None:
    freezing.running()
    (arrival,) = inbox(freezing)
    answering.answer(freezing.desk("teller"), [made(arrival)])
    sent, detail = freezing.sent(), done_detail(freezing, arrival.id)
    freezing.pass_time(60)
    again = answering.answer(freezing.desk("teller"), [made(arrival)])
    assert (len(again.sent), len(again.before)) == (0, 1)
    assert freezing.sent() == sent and done_detail(freezing, arrival.id) == detail


def test_the_same_outcome_is_said_anew_if_nobody_checked_it_in_time(freezing: Stage) -> None:
    freezing.running()
    (arrival,) = inbox(freezing)
    answering.answer(freezing.desk("teller"), [made(arrival, AnswerKind.NOT_FOUND)])
    freezing.pass_time(arrival.view.profile.check_within + 2)
    (lapsed,) = inbox(freezing)
    assert lapsed.duty is Duty.ANSWER
    again = answering.answer(freezing.desk("teller"), [made(arrival, AnswerKind.NOT_FOUND)])
    assert len(again.sent) == 1


def test_an_unreadable_message_is_sent_again_to_the_new_key_and_read(freezing: Stage) -> None:
    freezing.running()
    (arrival,) = inbox(freezing)
    for path in freezing.workspace("SG-MERLION").keys.glob("*.hpke"):
        path.unlink()  # the bank lost its key
    assert incoming.letters(freezing.desk("teller"), [arrival])[arrival.id].problem.code == "sealed.no_key"
    answering.answer(freezing.desk("teller"), [made(arrival, AnswerKind.UNREADABLE, remarks="key lost")])
    assert inbox(freezing)[0].duty is Duty.CHECK
    checking.check(freezing.desk("checker"))
    assert inbox(freezing)[0].duty is Duty.NOTHING  # the clock stands still
    workspace = freezing.workspace("SG-MERLION")
    new = sealing.new_encryption_key(
        Desk(workspace, lambda _: PASSWORD, key=uri("SG-MERLION")), NUMBER["SG-MERLION"], lambda _: PASSWORD
    )
    assert (new.version, new.missing) == (2, (1,))
    lasting.send_again(freezing.desk("inspector"), f"0x{arrival.id.hex()}")
    (again,) = inbox(freezing)
    assert again.duty is Duty.ANSWER and again.message != arrival.message and again.due >= arrival.due
    assert incoming.letters(freezing.desk("teller"), [again])[again.id].problem is None
    assert len(answering.answer(freezing.desk("teller"), [made(again)]).sent) == 1


def test_moved_on_in_part_reaches_the_requester_in_full(freezing: Stage) -> None:
    freezing.running()
    (arrival,) = inbox(freezing)
    moved = MovedOn("Orchid Bank", money.parse("SGD 900.00"), freezing.ledger.now() - 60, bic="ORCHSGSG")
    answering.answer(
        freezing.desk("teller"),
        [made(arrival, AnswerKind.HELD_PART, held=money.parse("SGD 600.00"), moved_on=(moved,))],
    )
    assert detail_of(freezing, arrival.id).moved_on == (moved,)
    assert inbox(freezing)[0].hold.amount == 60_000


@pytest.mark.parametrize(
    ("kind", "changes", "said"),
    [
        (AnswerKind.HELD, {"held": money.parse("SGD 1,500.01")}, "more than"),
        (AnswerKind.HELD, {"held": money.parse("SGD 1.00")}, "held in part"),
        (AnswerKind.HELD_PART, {"held": money.parse("SGD 1,500.00")}, "all that was asked"),
        (AnswerKind.HELD, {"held": money.parse("MYR 1,500.00")}, "asked was SGD"),
        (AnswerKind.REFUSED, {}, "code"),
        (AnswerKind.NOT_FOUND, {"code": Refusal.OTHER}, "does not belong"),
        (AnswerKind.MOVED_ON, {}, "moved_on"),
        (AnswerKind.BEHIND, {}, "earlier"),
        (AnswerKind.BEHIND, {"earlier": "0x" + "11" * 32}, "no such hold at this institution"),
        (AnswerKind.MISMATCH, {}, "remarks"),
    ],
)
def test_what_does_not_fit_is_told_and_nothing_is_sent(
    freezing: Stage, kind: AnswerKind, changes: dict[str, Any], said: str
) -> None:
    freezing.running()
    (arrival,) = inbox(freezing)
    sent = freezing.sent()
    with pytest.raises(UsageError) as raised:
        answering.answer(freezing.desk("teller"), [made(arrival, kind, **changes)])
    assert said in raised.value.message and raised.value.code == "answer.misfit"
    assert freezing.sent() == sent


def test_a_foreign_hold_and_a_hold_named_twice_are_told_together(freezing: Stage) -> None:
    freezing.running()
    (arrival,) = inbox(freezing)
    theirs = incoming.arrivals(freezing.desk("orchid-teller"))[0]
    with pytest.raises(UsageError) as raised:
        answering.answer(freezing.desk("teller"), [made(arrival), made(arrival), made(theirs)])
    assert "answered twice" in raised.value.message
    assert "no such hold at this institution" in raised.value.message


def test_what_is_over_or_not_begun_takes_no_answer(freezing: Stage) -> None:
    request = freezing.requested()
    (arrival,) = inbox(freezing)
    with pytest.raises(UsageError) as raised:
        answering.answer(freezing.desk("teller"), [made(arrival)])
    assert "binds nobody yet" in raised.value.message
    requesting.withdraw(freezing.desk("inspector"), f"0x{request.hex()}", ReleaseReason.UNRELATED)
    with pytest.raises(UsageError) as raised:
        answering.answer(freezing.desk("teller"), [made(arrival)])
    assert "withdrawn" in raised.value.message


def test_a_checked_outcome_is_not_changed(freezing: Stage) -> None:
    freezing.held()
    (arrival,) = inbox(freezing)
    with pytest.raises(UsageError) as raised:
        answering.answer(freezing.desk("teller"), [made(arrival, AnswerKind.NO_FUNDS)])
    assert "cannot be changed" in raised.value.message


def test_a_wrong_hand_is_refused_by_the_contract(freezing: Stage) -> None:
    freezing.running()
    (arrival,) = inbox(freezing)
    with pytest.raises(ContractError):
        answering.answer(freezing.desk("checker"), [made(arrival)])


def test_no_hold_waits_for_a_mailbox_or_for_the_requesters_key(
    freezing: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    freezing.running()
    (arrival,) = inbox(freezing)
    incoming.letters(freezing.desk("teller"), [arrival])  # fetched while it could be
    freezing.workspace("SG-MERLION").set(mailbox="http://127.0.0.1:9/box")
    monkeypatch.setattr("concordat.mail.httpmailbox.PAUSES", ())
    monkeypatch.setattr(
        "concordat.mail.httpmailbox.requests.request",
        lambda *_, **__: (_ for _ in ()).throw(OSError()),
    )
    done = answering.answer(freezing.desk("teller"), [made(arrival)])
    assert done.uncarried == (done_detail(freezing, arrival.id),) and len(done.sent) == 1

    def none(*_: Any, **__: Any) -> Any:
        raise UsageError("No encryption key is published by: SG-SPF.", code="freeze.no_key")

    other = freezing.running(number="JCC-2")
    monkeypatch.setattr(post, "seal", none)
    freezing.workspace("SG-MERLION").set(mailbox=str(freezing.mailbox))
    (second,) = [each for each in inbox(freezing) if each.request.id == other]
    done = answering.answer(freezing.desk("teller"), [made(second)])
    assert [why for _, why in done.unsealed] == ["No encryption key is published by: SG-SPF."]
    assert not any(done_detail(freezing, second.id))


def test_behind_an_earlier_hold_and_its_turn(freezing: Stage) -> None:
    first = freezing.held()
    earlier = freezing.named(first)
    second = freezing.running(number="JCC-2")
    (arrival,) = [each for each in inbox(freezing) if each.request.id == second]
    answering.answer(
        freezing.desk("teller"), [made(arrival, AnswerKind.BEHIND, earlier=f"0x{earlier.hold.hex()}")]
    )
    checking.check(freezing.desk("checker"))
    assert incoming.one(inbox(freezing), arrival.id.hex()).at.status is HoldStatus.WAITING
    lasting.release(freezing.desk("inspector"), f"0x{earlier.hold.hex()}", reason=ReleaseReason.UNRELATED)
    turned = incoming.one(inbox(freezing), arrival.id.hex())
    assert turned.duty is Duty.TURN
    answering.answer(freezing.desk("teller"), [made(arrival)])  # names by itself what it waited for
    found = incoming.one(inbox(freezing), arrival.id.hex())
    assert (found.hold.state, found.duty) == (HoldState.HELD, Duty.CHECK)


def test_a_thing_is_held_as_one_piece(freezing: Stage) -> None:
    car = {
        "institution": "SG-MERLION",
        "account": "asset:VEHICLE:LSVAM4187C2184841",
        "holder": HOLDER,
        "scope": {"later_credits": False, "interest": False},
    }
    freezing.running(number="CAR", measure="SEIZE", asset_class="VEHICLE", targets=[car])
    (arrival,) = inbox(freezing)
    answering.answer(freezing.desk("teller"), [Answer(f"0x{arrival.id.hex()}", AnswerKind.HELD, "desk 7")])
    assert inbox(freezing)[0].at.status is HoldStatus.HELD


def test_that_it_arrived_is_said_once_and_never_after_more_was_said(freezing: Stage) -> None:
    freezing.running()
    freezing.running(number="JCC-2")
    first, second = inbox(freezing)
    answering.answer(freezing.desk("teller"), [made(first, AnswerKind.ACKNOWLEDGED)])
    done = answering.answer(
        freezing.desk("teller"), [made(each, AnswerKind.DELIVERED) for each in (first, second)]
    )
    assert ([each.id for each in done.sent], [each.id for each in done.before]) == ([second.id], [first.id])
    answering.answer(freezing.desk("teller"), [made(first)])
    checking.check(freezing.desk("checker"))
    again = answering.answer(freezing.desk("teller"), [made(first, AnswerKind.ACKNOWLEDGED)])
    assert not again.sent and len(again.before) == 1


# The second officer


def test_the_second_officer_sees_what_was_answered_where_it_was_answered(freezing: Stage) -> None:
    freezing.running()
    (arrival,) = inbox(freezing)
    answering.answer(freezing.desk("teller"), [made(arrival, remarks="held at once")])
    waiting = checking.to_check(freezing.desk("checker"))
    assert checking.said(freezing.desk("checker"), waiting)[arrival.id].remarks == "held at once"
    freezing.answer(arrival.request.id, checker="", who="teller-two")  # past this workspace
    waiting = checking.to_check(freezing.desk("checker"))
    assert checking.said(freezing.desk("checker"), waiting) == {}


def test_nobody_checks_the_own_answer_or_what_waits_for_nobody(freezing: Stage) -> None:
    freezing.running()
    (arrival,) = inbox(freezing)
    with pytest.raises(UsageError):
        checking.check(freezing.desk("checker"))
    answering.answer(freezing.desk("teller"), [made(arrival)])
    with pytest.raises(UsageError) as raised:
        checking.check(freezing.desk("teller"))
    assert raised.value.code == "check.nothing"
    with pytest.raises(UsageError) as raised:
        checking.check(freezing.desk("teller"), [arrival.id.hex()])
    assert raised.value.code == "check.own"

    def no(_: Any) -> None:
        raise UsageError("Not done.")

    with pytest.raises(UsageError):
        checking.check(freezing.desk("checker"), agree=no)
    assert not inbox(freezing)[0].hold.checked
    checking.check(freezing.desk("checker"), [arrival.id.hex()[:8]])
    again = checking.check(freezing.desk("checker"), [arrival.id.hex()[:8]])
    assert len(again.before) == 1 and not again.sent


# What comes in, what was let go


def test_later_credits(freezing: Stage) -> None:
    scope = {"later_credits": True, "interest": False}
    freezing.running(targets=[target("SG-MERLION", ACCOUNTS[0], scope=scope)])
    (arrival,) = inbox(freezing)
    answering.answer(freezing.desk("teller"), [made(arrival, held=money.parse("SGD 10.00"))])
    checking.check(freezing.desk("checker"))
    checking.credit(freezing.desk("teller"), arrival.id.hex(), "5.50")
    assert inbox(freezing)[0].hold.amount == 1_550
    with pytest.raises(UsageError):
        checking.credit(freezing.desk("teller"), arrival.id.hex(), "MYR 5.50")


def test_what_ended_is_let_go_and_confirmed_once(freezing: Stage) -> None:
    request = freezing.held()
    (arrival,) = inbox(freezing)
    with pytest.raises(UsageError) as raised:
        checking.confirm_releases(freezing.desk("teller"), [arrival.id.hex()])
    assert raised.value.code == "release.not_over"
    requesting.withdraw(freezing.desk("inspector"), f"0x{request.hex()}", ReleaseReason.FULFILLED)
    assert inbox(freezing)[0].duty is Duty.RELEASE
    (done,) = checking.confirm_releases(freezing.desk("teller"))
    assert not done.before
    assert inbox(freezing)[0].duty is Duty.NOTHING
    assert checking.confirm_releases(freezing.desk("teller")) == []
    (again,) = checking.confirm_releases(freezing.desk("teller"), [arrival.id.hex()])
    assert again.before


def test_what_expired_by_time_alone_is_let_go_as_well(freezing: Stage) -> None:
    freezing.held()
    (arrival,) = inbox(freezing)
    freezing.pass_time(arrival.hold.until - freezing.ledger.now() + 1)
    assert inbox(freezing)[0].duty is Duty.RELEASE


# Own motion


def test_an_own_hold_where_the_law_has_none(freezing: Stage) -> None:
    path = freezing.order("OWN", agency="SG-MERLION", **stop())
    with pytest.raises(UsageError) as raised:
        ownholds.hold(freezing.desk("teller"), path)
    assert raised.value.code == "hold.not_allowed"
    assert not freezing.file("SG-MERLION", "OWN").exists()


def test_an_own_hold_is_one_account_of_the_own_institution(freezing: Stage) -> None:
    (own,) = stop()["targets"]
    for targets in ([{**own, "institution": "SG-ORCHID"}], [own, {**own, "account": ACCOUNTS[1]}]):
        path = freezing.order("OWN", agency="SG-MERLION", **{**stop(), "targets": targets})
        with pytest.raises(UsageError) as raised:
            ownholds.check(freezing.desk("teller"), path)
        assert raised.value.code == "hold.not_own"


def test_an_own_hold_holds_at_once_and_lapses_unless_checked(freezing: Stage) -> None:
    _let_institutions_hold(freezing, 72 * HOUR)
    path = freezing.order("OWN", agency="SG-MERLION", **stop())
    assert ownholds.check(freezing.desk("teller"), path).period == 48 * HOUR
    assert not freezing.file("SG-MERLION", "OWN").exists()
    done = ownholds.hold(freezing.desk("teller"), path)
    sent = freezing.sent()
    assert ownholds.hold(freezing.desk("teller"), path).before and freezing.sent() == sent
    assert ownholds.hold(freezing.desk("teller"), freezing.file("SG-MERLION", "OWN")).about == done.about
    (arrival,) = inbox(freezing)
    assert (arrival.id, arrival.duty, arrival.hold.amount) == (done.about, Duty.CHECK, 150_000)
    assert incoming.letters(freezing.desk("teller"), [arrival])[arrival.id].problem is None
    assert [each.arrival.id for each in checking.to_check(freezing.desk("checker"))] == [done.about]
    freezing.pass_time(arrival.at.check_by - freezing.ledger.now() + 1)
    assert inbox(freezing)[0].at.status is HoldStatus.LAPSED


def test_an_own_hold_that_is_too_long_or_changed(freezing: Stage) -> None:
    _let_institutions_hold(freezing, 24 * HOUR)
    path = freezing.order("OWN", agency="SG-MERLION", **stop())
    with pytest.raises(UsageError) as raised:
        ownholds.hold(freezing.desk("teller"), path)
    assert raised.value.code == "freeze.period_too_long"
    short = {"count": 12, "unit": "HOURS"}
    ownholds.hold(freezing.desk("teller"), freezing.order("OWN", agency="SG-MERLION", **stop(period=short)))
    changed = freezing.order("OWN", agency="SG-MERLION", **stop(period=short, case="another"))
    with pytest.raises(UsageError) as raised:
        ownholds.hold(freezing.desk("teller"), changed)
    assert raised.value.code == "freeze.other_order"


def _let_institutions_hold(stage: Stage, seconds: int) -> None:
    """Singapore adopts a later version of its stop-payment, and it comes into force."""
    ledger = stage.ledger
    profile_key = profilebook.key_of(SG, Measure.STOP_PAYMENT, AssetClass.CASH)
    _, profile = profilebook.current(ledger, profile_key)
    start = (ledger.now() // HOUR + 8 * 24) * HOUR
    later = replace(profile, start=start, until=0, own_hold=seconds)
    planned = profilebook.Planned(Measure.STOP_PAYMENT, AssetClass.CASH, later, 2, {})
    profilebook.adopt(ledger, key("SG-AGC"), SG, bytes(31) + b"\2", [planned])
    stage.pass_time(start - ledger.now() + 1)
