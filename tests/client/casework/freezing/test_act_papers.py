# SPDX-License-Identifier: Apache-2.0
"""Acts write their papers, for whoever acts; and key figures are what the contracts say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from freeze_stage import ACCOUNTS, DAY, HOLDER, HOUR, SG, Stage, request_text, stop

from concordat.assets import holds
from concordat.assets.orders.answers import Answer, MovedOn
from concordat.assets.states import Outcome, ReleaseReason
from concordat.assets.values import money
from concordat.assets.words import AnswerKind, Refusal
from concordat.casework.freezing import figures, lasting, papers, requesting, reviewing
from concordat.casework.institution import answering, incoming
from concordat.errors import FileError
from concordat.rendering import json

HASH = re.compile("0x[0-9a-f]+|[0-9a-f]{32,}")
"""Any four digits may stand in it."""
ENDINGS = (".html", ".json", ".pdf")
NUMBER, ORCHIDS = (ACCOUNTS[place].rpartition(":")[2] for place in (0, 2))


def kinds(folder: Path) -> list[str]:
    """Kinds of the papers in a folder, each once, in the order of their times."""
    return [path.stem.split("-", 1)[1] for path in sorted(folder.glob("*.pdf"))]


def text_of(folder: Path, part: str) -> str:
    """All bytes of the papers whose name holds this, but for the PDF's, which are compressed."""
    found = [path for path in sorted(folder.iterdir()) if part in path.name and path.suffix != ".pdf"]
    assert found, part
    return "".join(path.read_text(encoding="utf-8") for path in found)


def lived(stage: Stage) -> bytes:
    """A request with a whole life behind it."""
    request = stage.requested()
    text = request_text(request)
    requesting.ratify(stage.desk("superintendent"), text)
    stage.answer(request)
    stage.answer(
        request, 2, AnswerKind.HELD_PART, "SGD 500.00", who="orchid-teller", checker="orchid-checker"
    )
    lasting.reduce(stage.desk("inspector"), f"{text}#1", "SGD 700.00", ReleaseReason.EXEMPT_MINIMUM)
    lasting.renew(stage.desk("superintendent"), f"{text}#1", stage.paper())
    notice = reviewing.notice_of(stage.desk("inspector"), f"{text}#1")
    signed = notice.sign(b"\x01" * 32, stage.ledger.now() + DAY)
    reviewing.send_objection(stage.desk("inspector"), signed)
    reviewing.review(stage.desk("reviewer"), f"{text}#1", Outcome.UPHELD_IN_PART, stage.paper(), "SGD 100.00")
    back, lost = "SGD 500.00", "SGD 50.00"
    reviewing.dispose(stage.desk("judge"), f"{text}#1", stage.paper(), give_back=back, forfeit=lost)
    lasting.release(stage.desk("inspector"), f"{text}#2", ReleaseReason.UNRELATED)
    return request


def test_each_act_lays_its_paper_into_the_folder_of_the_request(freezing: Stage) -> None:
    request = lived(freezing)
    folder = freezing.file("SG-SPF") / "papers"
    assert kinds(folder) == [
        "order-SG-MERLION", "order-SG-ORCHID", "ratification-SG-MERLION", "ratification-SG-ORCHID",
        "release-1", "renewal-1", "objection-1", "release-2",
    ]  # fmt: skip
    assert {path.suffix for path in folder.iterdir()} == set(ENDINGS)
    merlion = text_of(folder, "order-SG-MERLION")
    assert NUMBER in merlion and HOLDER in merlion and ORCHIDS not in merlion
    reduced = text_of(folder, "release-1")
    assert "Reduction of a hold" in reduced and "SGD 700.00" in reduced
    everything = papers.write_all(freezing.desk("inspector"), request_text(request))
    assert {path.suffix for path in everything} == set(ENDINGS)
    # With what others did: two answers, release by review, review, disposition.
    assert len(kinds(folder)) == len(everything) / 3 == 13
    before = {path: path.read_bytes() for path in everything}
    assert papers.write_all(freezing.desk("inspector"), request_text(request)) == everything
    assert {path: path.read_bytes() for path in everything} == before


def test_whoever_does_not_know_the_order_writes_papers_without_it(freezing: Stage) -> None:
    request = lived(freezing)
    for agency, kind in (("SG-PROS", "review-1"), ("SG-COURT", "disposition-1")):
        folder = freezing.folder / agency / "papers" / f"0x{request.hex()[:10]}"
        shown = text_of(folder, kind)
        assert NUMBER not in shown and HOLDER not in shown and "JCC-0317" not in shown
    shown = text_of(folder, "disposition-1")
    assert "SGD 500.00" in shown and "SGD 50.00" in shown and "SG-COURT" in shown


def test_an_institution_writes_from_the_message_to_it(freezing: Stage) -> None:
    request = lived(freezing)
    out = freezing.folder / "bank"
    papers.write_all(freezing.desk("teller"), request_text(request), out=out)
    slip = text_of(out, "answer-SG-MERLION")
    assert "JCC-0317" in slip and "****7890" in slip and NUMBER not in slip
    assert NUMBER in text_of(out, "order-SG-MERLION")
    orchid = HASH.sub("", text_of(out, "order-SG-ORCHID"))
    assert ORCHIDS not in orchid and ORCHIDS[-4:] not in orchid


def test_a_foreign_request_has_its_endorsement_or_its_refusal(freezing: Stage) -> None:
    request = freezing.requested("my-inspector", **stop())
    requesting.endorse(freezing.desk("endorser"), request_text(request))
    folder = freezing.folder / "SG-ASC" / "papers" / f"0x{request.hex()[:10]}"
    shown = text_of(folder, "endorsement")
    assert "Endorsed by" in shown and "SG-ASC" in shown and "****7890" in shown
    assert "comes from abroad" in text_of(freezing.file("MY-PDRM") / "papers", "order")
    other = freezing.requested("my-inspector", "JCC-2", **stop())
    requesting.decline(freezing.desk("endorser"), request_text(other), Refusal.NO_LEGAL_BASIS)
    declined = freezing.folder / "SG-ASC" / "papers" / f"0x{other.hex()[:10]}"
    assert "does not carry this measure" in text_of(declined, "declining")


def test_a_withdrawal_tells_every_institution(freezing: Stage) -> None:
    request = freezing.held()
    requesting.withdraw(freezing.desk("inspector"), request_text(request), ReleaseReason.FULFILLED)
    found = kinds(freezing.file("SG-SPF") / "papers")
    assert found[-2:] == ["withdrawal-SG-MERLION", "withdrawal-SG-ORCHID"]


def test_no_act_writes_the_holders_notice(freezing: Stage) -> None:
    request = freezing.held()
    desk, text = freezing.desk("inspector"), f"{request_text(request)}#1"
    notice = reviewing.notice_of(desk, text)
    folder = freezing.file("SG-SPF") / "papers"
    assert notice.secret.hex() not in "".join(
        path.read_text(encoding="utf-8") for path in folder.iterdir() if path.suffix != ".pdf"
    )
    out = freezing.folder / "hand-over"
    files = papers.write_notice(desk, text, notice, out)
    assert sorted(path.name for path in files) == ["notice-1.html", "notice-1.json", "notice-1.pdf"]
    assert notice.secret.hex() in text_of(out, "notice-1")
    assert json.decode((out / "notice-1.json").read_bytes()).title.en == "Notice to the account holder"


def test_figures_agree_with_the_contracts(freezing: Stage) -> None:
    lived(freezing)
    freezing.pass_time(2 * DAY)
    second = freezing.running(number="JCC-2")
    freezing.pass_time(5 * HOUR)
    freezing.answer(second)
    freezing.pass_time(40 * DAY)  # the second hold expires
    told = figures.stats(freezing.desk("inspector"))
    there = freezing.ledger.now()
    for each in told.holds:
        named = next(holds.named(freezing.ledger, request=each.request))
        target = next(n for n in holds.named(freezing.ledger, request=each.request) if n.hold == each.hold)
        balance = holds.balance_at(freezing.ledger, each.request, target.target, there)
        assert named.request == each.request
        mine = (each.held, each.released + each.ended, each.returned, each.forfeited, each.remaining)
        assert mine == (
            balance.held, balance.released, balance.returned, balance.forfeited, balance.remaining
        )  # fmt: skip
    total = told.total
    assert (total.requests, total.holds, total.judged, total.in_time, total.overdue) == (2, 4, 4, 3, 1)
    assert told.institutions["SG-ORCHID"].overdue == 1 and told.requesters["SG-SPF"].upheld_in_part == 1
    assert told.institutions["SG-MERLION"].hold.p90 in range(5 * HOUR, 5 * HOUR + 60)


def test_figures_can_be_asked_for_a_part(freezing: Stage) -> None:
    freezing.held()
    freezing.pass_time(DAY)
    middle = freezing.ledger.now()
    freezing.pass_time(DAY)
    freezing.running(number="JCC-2")
    desk = freezing.desk("inspector")
    assert figures.stats(desk).total.requests == 2
    assert figures.stats(desk, until=middle).total.hold.count == 1
    assert figures.stats(desk, since=middle).total.hold.count == 0
    assert figures.stats(desk, institution="SG-ORCHID").total.holds == 2
    assert figures.stats(desk, jurisdiction=SG).total.holds == 4
    assert figures.stats(desk, jurisdiction=458).total.holds == 0
    asked = figures.stats(desk, since=middle, jurisdiction=SG, institution="SG-ORCHID").asked
    assert [text.en for text in asked][1:] == ["Singapore", "SG-ORCHID"]


def test_an_answer_sent_through_the_client_makes_its_slip(freezing: Stage) -> None:
    request = freezing.running()
    desk = freezing.desk("teller")
    (arrival,) = incoming.arrivals(desk)
    moved = MovedOn("Bank Elsewhere", money.parse("SGD 300.00"), freezing.ledger.now())
    given = Answer(
        f"0x{arrival.id.hex()}",
        AnswerKind.HELD_PART,
        "desk 7",
        held=money.parse("SGD 1,200.00"),
        moved_on=(moved,),
        remarks="The rest left before.",
    )
    answering.answer(desk, [given])
    folder = freezing.folder / "SG-MERLION" / "papers" / f"0x{request.hex()[:10]}"
    shown = text_of(folder, "answer-SG-MERLION")
    for part in ("SGD 1,200.00", "Bank Elsewhere", "The rest left before.", "desk 7", "JCC-0317"):
        assert part in shown, part
    # The requester reads the same from the message to it; nobody else does.
    theirs = papers.write_all(freezing.desk("inspector"), request_text(request))
    assert "Bank Elsewhere" in text_of(theirs[0].parent, "answer-SG-MERLION")
    court = papers.write_all(freezing.desk("judge"), request_text(request))
    blind = text_of(court[0].parent, "answer-SG-MERLION")
    assert "Bank Elsewhere" not in blind and "SGD 1,200.00" in blind


def test_a_paper_that_cannot_be_written_takes_nothing_back(freezing: Stage) -> None:
    request = freezing.requested()
    folder = freezing.file("SG-SPF") / "papers"
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    folder.write_text("in the way", encoding="utf-8")
    with pytest.raises(FileError) as found:
        requesting.request(freezing.desk("inspector"), freezing.file("SG-SPF"))
    assert "took effect" in found.value.kept
    folder.unlink()
    assert requesting.request(freezing.desk("inspector"), freezing.file("SG-SPF")).done.before
    assert kinds(folder) == ["order-SG-MERLION", "order-SG-ORCHID"]
    assert freezing.named(request)
