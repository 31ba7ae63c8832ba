# SPDX-License-Identifier: Apache-2.0
"""Objections by the account holder and by members, reviews, proposals and dispositions; each once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from freeze_stage import DAY, NUMBER, Stage, request_text

from concordat.assets import holds, objections
from concordat.assets.orders.notice import Notice, read_signed, signed_bytes
from concordat.assets.states import HoldStatus, ObjectionStatus, Outcome
from concordat.casework.freezing import lasting, post, reviewing
from concordat.errors import ConcordatError

GROUNDS = bytes(31) + b"\7"


def refused(code: str, act: Any, *args: Any, **more: Any) -> ConcordatError:
    with pytest.raises(ConcordatError) as found:
        act(*args, **more)
    assert found.value.code == code, found.value.message
    return found.value


def noticed(stage: Stage, request: bytes, who: str = "inspector") -> Path:
    """The file that came with the notice."""
    out = stage.folder / f"notice-{who}.json"
    reviewing.write_notice(stage.desk(who), request_text(request) + "#1", out)
    return out


def remaining(stage: Stage, request: bytes) -> int:
    named = stage.named(request)
    return holds.balance_at(stage.ledger, request, named.target, stage.ledger.now()).remaining


def status(stage: Stage, request: bytes) -> HoldStatus:
    return holds.status_at(stage.ledger, request, stage.named(request).target, stage.ledger.now())


# The account holder


def test_the_holder_signs_offline_and_a_stranger_sends(freezing: Stage) -> None:
    request = freezing.held()
    notice = noticed(freezing, request)
    signed = reviewing.sign_objection(notice, GROUNDS, freezing.ledger.now() + DAY)
    carried = read_signed(signed_bytes(signed))
    assert carried == signed
    done = reviewing.send_objection(freezing.desk("anyone", "MY-COURT"), carried)
    assert not done.before
    found = objections.objections(freezing.ledger, freezing.named(request).hold)
    assert [(each.number, each.grounds) for each in found] == [(1, GROUNDS)]
    assert reviewing.send_objection(freezing.desk("anyone", "MY-COURT"), carried).before


def test_requester_and_institution_write_the_same_notice(freezing: Stage) -> None:
    request = freezing.held()
    of_requester, of_bank = noticed(freezing, request), noticed(freezing, request, "teller")
    assert of_requester.read_bytes() == of_bank.read_bytes()
    assert b"1234567890" not in of_bank.read_bytes()
    refused(
        "file.exists", reviewing.write_notice, freezing.desk("teller"), request_text(request) + "#1", of_bank
    )
    out = freezing.folder / "other.json"
    refused(
        "sealed.not_for_you",
        reviewing.write_notice,
        freezing.desk("orchid-teller"),
        request_text(request) + "#1",
        out,
    )


def test_a_changed_notice_signs_nothing(freezing: Stage) -> None:
    request = freezing.held()
    notice = noticed(freezing, request)
    content = json.loads(notice.read_text())
    for changed in (
        {**content, "account": "00" * 32},
        {**content, "secret": "11" * 32},
        {**content, "secret": "00" * 32},
        {**content, "more": 1},
        {},
    ):
        notice.write_text(json.dumps(changed, sort_keys=True, separators=(",", ":")))
        refused("freeze.notice", reviewing.sign_objection, notice, GROUNDS, 1)
    notice.write_bytes(b"\xff\0")
    refused("freeze.notice", reviewing.sign_objection, notice, GROUNDS, 1)
    assert "secret" not in repr(Notice(1, b"", "", b"", b"", b"", b"private"))


def test_a_late_or_foreign_signature_is_refused(freezing: Stage) -> None:
    request = freezing.held()
    notice = noticed(freezing, request)
    late = reviewing.sign_objection(notice, GROUNDS, freezing.ledger.now() - 1)
    refused("contract.deadline_passed", reviewing.send_objection, freezing.desk("teller"), late)
    other = Notice.from_bytes(notice.read_bytes()).sign(GROUNDS, freezing.ledger.now() + DAY)
    forged = type(other)(**{**vars(other), "grounds": bytes(32)[:31] + b"\x09"})
    refused("contract.invalid_signature", reviewing.send_objection, freezing.desk("teller"), forged)


# Grounds


def test_grounds_are_hashed_or_sealed_to_the_reviewer(freezing: Stage) -> None:
    paper = freezing.paper("grounds.txt", b"It is my salary.")
    desk = freezing.desk("teller")
    assert reviewing.grounds_of(desk, paper, None) == lasting.digest_of(paper)
    digest = reviewing.grounds_of(desk, paper, "SG-PROS")
    assert digest != lasting.digest_of(paper)
    opened = post.unseal(freezing.desk("reviewer"), NUMBER["SG-PROS"], digest, post.OBJECTION)
    assert opened == b"It is my salary."
    freezing.workspace("SG-MERLION").set(mailbox="")
    refused("freeze.no_mailbox", reviewing.grounds_of, freezing.desk("teller"), paper, "SG-PROS")
    refused("file.unreadable", reviewing.grounds_of, desk, freezing.folder / "gone", None)


# Review


def objected(stage: Stage, request: bytes) -> None:
    reviewing.object_as_member(stage.desk("teller"), request_text(request) + "#1", GROUNDS)


def test_a_member_s_objection_is_upheld_in_part(freezing: Stage) -> None:
    request = freezing.held()
    name = request_text(request) + "#1"
    objected(freezing, request)
    desk, paper = freezing.desk("reviewer"), freezing.paper()
    done = reviewing.review(desk, name, Outcome.UPHELD_IN_PART, paper, "SGD 500.00")
    assert not done.before
    assert remaining(freezing, request) == 100_000
    assert reviewing.review(desk, name, Outcome.UPHELD_IN_PART, paper, "SGD 500.00").before
    found = objections.objections(freezing.ledger, freezing.named(request).hold)[0]
    assert (found.outcome, found.released) == (Outcome.UPHELD_IN_PART, 50_000)
    record = objections.record_of(freezing.ledger, NUMBER["SG-SPF"])
    assert (record.objections, record.upheld_in_part) == (1, 1)


def test_an_upheld_objection_lets_everything_go(freezing: Stage) -> None:
    request = freezing.held()
    objected(freezing, request)
    name = request_text(request) + "#1"
    reviewing.review(freezing.desk("reviewer"), name, Outcome.UPHELD, freezing.paper())
    assert status(freezing, request) is HoldStatus.RELEASED


def test_who_asked_for_it_never_reviews_it(freezing: Stage) -> None:
    request = freezing.held()
    objected(freezing, request)
    name = request_text(request) + "#1"
    for who in ("superintendent", "inspector", "teller"):
        with pytest.raises(ConcordatError):
            reviewing.review(freezing.desk(who), name, Outcome.DISMISSED, freezing.paper())
    named = freezing.named(request)
    now = freezing.ledger.now()
    assert objections.status_at(freezing.ledger, request, named.target, 1, now) is ObjectionStatus.PENDING


@pytest.mark.parametrize(
    ("outcome", "release"),
    [(Outcome.UPHELD, "SGD 1.00"), (Outcome.DISMISSED, "SGD 1.00"), (Outcome.UPHELD_IN_PART, "")],
)
def test_outcome_and_amount_fit(freezing: Stage, outcome: Outcome, release: str) -> None:
    request = freezing.held()
    name = request_text(request) + "#1"
    desk = freezing.desk("reviewer")
    refused("freeze.outcome", reviewing.review, desk, name, outcome, freezing.paper(), release)


# Disposition


def test_a_prosecutor_proposes_and_a_court_decides(freezing: Stage) -> None:
    request = freezing.held()
    name = request_text(request) + "#1"
    proposal = freezing.paper("proposal.pdf", b"proposal")
    judgment = freezing.paper("judgment.pdf", b"judgment")
    assert not reviewing.propose(freezing.desk("prosecutor"), name, proposal).before
    assert reviewing.propose(freezing.desk("prosecutor"), name, proposal).before
    desk = freezing.desk("judge")
    parts = {"give_back": "SGD 1,000.00", "forfeit": "SGD 300.00"}
    assert not reviewing.dispose(desk, name, judgment, **parts).before
    assert reviewing.dispose(desk, name, judgment, **parts).before
    assert status(freezing, request) is HoldStatus.DISPOSED
    named = freezing.named(request)
    balance = holds.balance_at(freezing.ledger, request, named.target, freezing.ledger.now())
    assert (balance.held, balance.released) == (150_000, 20_000)
    assert (balance.forfeited, balance.remaining) == (30_000, 100_000)
    for act in (reviewing.propose, reviewing.dispose):
        with pytest.raises(ConcordatError):
            act(freezing.desk("inspector"), name, freezing.paper("other.pdf", b"other"))
