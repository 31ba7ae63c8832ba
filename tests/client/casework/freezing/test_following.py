# SPDX-License-Identifier: Apache-2.0
"""Following money that moved on: hop by hop, to the next order, prefilled."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from freeze_stage import ACCOUNTS, HOLDER, Stage, request_text, target

from concordat.assets.orders import answers, orderfile, ordertext
from concordat.assets.orders.answers import Answer, MovedOn
from concordat.assets.orders.fieldtree import MistakesError
from concordat.assets.orders.order import Order, Target
from concordat.assets.values import accounts, money
from concordat.assets.words import AnswerKind
from concordat.casework.freezing import following, post, requesting
from concordat.errors import ConcordatError, UsageError

UETR = "eb6305c9-1f7f-49de-aed0-16487c27b42d"
THERE = "account:ORCHSGSG:777000111"
FURTHER = "iban:GB33BUKB20201555555555"


def moved(institution: str, account: str | None, amount: str, **changes: Any) -> MovedOn:
    held = accounts.parse(account) if account else None
    return MovedOn(institution, money.parse(amount), 1773622000, account=held, **changes)


def says(stage: Stage, request: bytes, who: str, checker: str, *where: MovedOn, **changes: Any) -> bytes:
    """The institution answers, sealed to the requester; returns the hold's id."""
    named = stage.named(request)
    kind = changes.pop("kind", AnswerKind.MOVED_ON)
    answer = Answer(f"0x{named.hold.hex()}", kind, "desk 7", moved_on=where, **changes)
    agency = next(iter(stage.ledger.events("FreezeRequests", "FreezeRequested", request=request))).args[
        "agency"
    ]
    envelope = post.seal(stage.ledger, answers.write(answer), to=agency, kind=post.ANSWER)
    post.send(stage.desk(who), [envelope.to_bytes()])
    return stage.answer(request, kind=kind, who=who, checker=checker, detail=envelope.hash)


def one(institution: str, account: str) -> list[Any]:
    return [target(institution, account, "SGD 1,500.00")]


def filled_in(path: Path, number: str, institution: str = "") -> Order:
    """What an officer adds: number, holder, and an institution that is no member by that name."""
    text = path.read_text(encoding="utf-8")
    with pytest.raises(MistakesError) as mistakes:
        orderfile.parse(text, path)
    assert {each.field for each in mistakes.value.mistakes} <= {
        "number",
        "targets[0].holder",
        "targets[0].institution",
    }
    text = text.replace("number:  #", f"number: {number}  #").replace("holder:  #", f"holder: {HOLDER}  #")
    text = text.replace("institution:  #", f"institution: {institution}  #")
    path.write_text(text, encoding="utf-8")
    return orderfile.parse(text, path)


def refused(code: str, act: Any, *args: Any) -> ConcordatError:
    with pytest.raises(ConcordatError) as found:
        act(*args)
    assert found.value.code == code, found.value.message
    return found.value


def test_two_hops(freezing: Stage) -> None:
    first = freezing.running(targets=one("SG-MERLION", ACCOUNTS[0]))
    hold = says(freezing, first, "teller", "checker", moved("SG-ORCHID", THERE, "SGD 1,200.50", uetr=UETR))
    found = following.follow(freezing.desk("inspector"), "JCC-0317#1")
    assert [path.name for path in found.files] == ["JCC-0317-follow1.yaml"]
    order = filled_in(found.files[0], "JCC-0318")
    (next_target,) = order.targets
    assert next_target.account.canonical == THERE
    assert next_target.amount == money.parse("SGD 1,200.50")
    assert next_target.follows == f"0x{hold.hex()}"
    assert next_target.payment is not None and next_target.payment.uetr == UETR
    assert next_target.payment.payer.canonical == ACCOUNTS[0]
    assert (order.case, order.grounds) == ("0317", "Money of a victim went to these accounts.")

    sent = requesting.request(freezing.desk("inspector"), found.files[0])
    second = sent.file.told.id
    requesting.ratify(freezing.desk("superintendent"), request_text(second))
    second_hold = says(
        freezing, second, "orchid-teller", "orchid-checker", moved("Some Bank plc", FURTHER, "SGD 900.00")
    )
    again = following.follow(freezing.desk("inspector"), "JCC-0318#1")
    order = filled_in(again.files[0], "JCC-0319", "SG-KOPIPAY")
    assert order.targets[0].account.canonical == FURTHER
    assert order.targets[0].follows == f"0x{second_hold.hex()}"
    assert order.targets[0].payment.payer.canonical == THERE


def test_money_that_moved_to_two_countries_makes_two_orders(freezing: Stage) -> None:
    request = freezing.running(targets=one("SG-MERLION", ACCOUNTS[0]))
    where = (
        moved("SG-ORCHID", THERE, "SGD 700.00"),
        moved("MY-HORNBILL", "account:HORNMYKL:22334455", "SGD 500.00"),
        moved("a cash machine", None, "SGD 300.00"),
    )
    says(freezing, request, "teller", "checker", *where)
    found = following.follow(freezing.desk("inspector"), request_text(request), freezing.folder / "next.yaml")
    assert [path.name for path in found.files] == ["next-sg.yaml", "next-my.yaml"]
    assert len(found.unseen) == 1
    assert "jurisdiction: MY" in found.files[1].read_text()
    refused(
        "file.exists",
        following.follow,
        freezing.desk("inspector"),
        request_text(request),
        freezing.folder / "next.yaml",
    )


def test_what_was_held_in_part_is_followed_for_the_rest(freezing: Stage) -> None:
    request = freezing.running(targets=one("SG-MERLION", ACCOUNTS[0]))
    named = freezing.named(request)
    part = money.parse("SGD 300.00")
    answer = Answer(
        f"0x{named.hold.hex()}",
        AnswerKind.HELD_PART,
        "desk 7",
        executed_at=1773622000,
        held=part,
        moved_on=(moved("SG-ORCHID", THERE, "SGD 1,200.00"),),
    )
    agency = freezing.workspace("SG-SPF").config.agency
    envelope = post.seal(freezing.ledger, answers.write(answer), to=agency, kind=post.ANSWER)
    post.send(freezing.desk("teller"), [envelope.to_bytes()])
    freezing.answer(request, kind=AnswerKind.HELD_PART, amount=part.amount, detail=envelope.hash)
    assert following.follow(freezing.desk("inspector"), request_text(request)).answer.held == part


def test_what_cannot_be_followed_gives_a_sentence(freezing: Stage) -> None:
    request = freezing.running(targets=one("SG-MERLION", ACCOUNTS[0]))
    name, desk = request_text(request), freezing.desk("inspector")
    refused("freeze.no_answer", following.follow, desk, name)
    freezing.answer(request, kind=AnswerKind.ACKNOWLEDGED)
    refused("freeze.no_answer", following.follow, desk, name)
    says(freezing, request, "teller", "", kind=AnswerKind.NOT_FOUND)
    refused("freeze.not_moved", following.follow, desk, name)
    refused("freeze.no_folder", following.follow, freezing.desk("my-inspector"), name)


def test_an_answer_that_says_other_things_than_the_chain_is_not_followed(freezing: Stage) -> None:
    request = freezing.running(targets=one("SG-MERLION", ACCOUNTS[0]))
    named = freezing.named(request)
    where = (moved("SG-ORCHID", THERE, "SGD 1.00"),)
    answer = Answer(f"0x{named.hold.hex()}", AnswerKind.MOVED_ON, "desk 7", moved_on=where)
    agency = freezing.workspace("SG-SPF").config.agency
    envelope = post.seal(freezing.ledger, answers.write(answer), to=agency, kind=post.ANSWER)
    post.send(freezing.desk("teller"), [envelope.to_bytes()])
    freezing.answer(request, kind=AnswerKind.NO_FUNDS, detail=envelope.hash)
    refused("freeze.message_differs", following.follow, freezing.desk("inspector"), request_text(request))


def test_hostile_words_stay_within_their_line(freezing: Stage) -> None:
    """An institution's name that tries to be more than a comment, and grounds that try to be YAML."""
    path = freezing.order(grounds='He said: "pay"\n# now\nnumber: X', case="c: d # e")
    order = orderfile.parse(path.read_text(), path)
    before = order.targets[0]
    stranger = Target(0, before.account, None, before.amount, before.currency, before.scope)
    draft = ordertext.Draft(order, "SG", "SG-SPF", [(stranger, 'Bank\nnumber: "evil" # ')])
    path.write_text(ordertext.write(draft), encoding="utf-8")
    back = filled_in(path, "JCC-1", "SG-KOPIPAY")
    assert (back.number, back.grounds, back.case) == ("JCC-1", order.grounds, order.case)
    assert back.officer == order.officer and back.period == order.period


def test_no_exception_names_an_account(freezing: Stage) -> None:
    request = freezing.running(targets=one("SG-MERLION", ACCOUNTS[0]))
    says(freezing, request, "teller", "checker", moved("SG-ORCHID", THERE, "SGD 1.00"))
    following.follow(freezing.desk("inspector"), request_text(request))
    error = refused("file.exists", following.follow, freezing.desk("inspector"), request_text(request))
    assert isinstance(error, UsageError) and "777000111" not in error.message
