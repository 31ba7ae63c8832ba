# SPDX-License-Identifier: Apache-2.0
"""Every paper: both languages, who may read which account, when it ends, how it is checked."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from orders import changed
from paper_samples import ACT, AT, BANK, HOLDERS, NUMBERS, answers, every, matter, notice, payment
from pypdf import PdfReader

from concordat.assets.orders.orderfile import parse
from concordat.assets.papers import decisions, holder, orders, slips
from concordat.assets.papers.matter import Matter
from concordat.assets.values.periods import Rule
from concordat.assets.words import Measure, PeriodUnit
from concordat.rendering import html, json, pdf
from concordat.rendering.content import Document, Drawing, Rect
from concordat.rendering.fonts import REGULAR, drawable
from concordat.rendering.lines import Run, Style, break_lines
from concordat.rendering.present import wordings

WHOLE = matter()
EVERY = {document.kind + document.number: document for document in every(WHOLE)}
BOTH = pytest.mark.parametrize("paper", EVERY.values(), ids=[paper.kind for paper in EVERY.values()])


def words(document: Document) -> str:
    """All that the HTML shows."""
    return re.sub("<[^>]*>", " ", html.render(document).partition("<body>")[2])


def pages(document: Document) -> str:
    """All that the PDF shows."""
    reader = PdfReader(io.BytesIO(pdf.render(document)))
    return "\n".join(page.extract_text() for page in reader.pages)


def test_each_act_has_its_paper() -> None:
    assert len({paper.kind for paper in EVERY.values()}) == 14
    assert len({paper.number for paper in EVERY.values()}) == 14


@BOTH
def test_the_same_bytes_each_time_and_back_from_json(paper: Document) -> None:
    assert pdf.render(paper) == pdf.render(paper)
    assert html.render(paper) == html.render(paper)
    again = json.decode(json.encode(paper))
    assert json.encode(again) == json.encode(paper)
    assert html.render(again) == html.render(paper)


@BOTH
def test_says_in_both_languages_who_is_asked_and_how_to_check_it(paper: Document) -> None:
    shown = words(paper)
    assert "How to check this paper" in shown and "文书核验" in shown
    assert "concordat freeze show 0x5f2c91a05f2c91a0" in shown or "concordat restitution show" in shown
    assert "What the chain shows, and what it does not" in shown
    assert "2025-11-20 01:00:00 UTC" in shown
    for language in ("en", "zh"):
        assert pdf.render(paper, (language,)).startswith(b"%PDF")


@BOTH
def test_every_character_has_a_glyph(paper: Document) -> None:
    missing = {char for char in words(paper) if not drawable(char) and not char.isspace()}
    assert not missing


@BOTH
def test_the_statement_leaves_room_for_the_number_of_the_page(paper: Document) -> None:
    text = "  ".join(wordings(paper.statement, ("en", "zh")))
    assert break_lines([Run(text, Style(REGULAR, 7.2, 10.5))], 10_000)[0].width < 400


@BOTH
def test_accounts_in_full_go_to_their_institution_only(paper: Document) -> None:
    everything = html.render(paper) + json.encode(paper).decode()
    assert NUMBERS[1] not in everything and HOLDERS[1] not in everything
    to_the_bank = paper.kind.partition("/")[0] in (
        "freeze-order",
        "withdrawal",
        "renewal",
        "release",
        "reduction",
    )
    assert (NUMBERS[0] in everything) is to_the_bank


def test_an_order_has_all_that_the_law_asks_of_it() -> None:
    shown = words(orders.order(WHOLE.at(BANK.number), ACT))
    for part in (
        "Stop-payment order", "紧急止付通知书", "STOP-2026-0042", "iban:GB33BUKB20201555555555",
        "Example Holder", "SGD 1,234.50", "without later credits, without interest", "48 hours", "48小时",
        "Criminal Procedure Code", "116D", "Aminah Example", "+60 3 0000 0000, at any hour", "RF-1",
        "0b1c2d3e-4f50-4a6b-8c7d-9e0f1a2b3c4d", "It binds at once, and lapses", "5F2C 91A0", "1111 1111",
        "not a court", "no tipping-off", "严禁通风报信", "Confidential until", "2026-12-21 16:00:00 UTC",
    ):  # fmt: skip
        assert part in shown, part


def test_a_period_ends_as_the_law_counts_it() -> None:
    months = replace(
        WHOLE, measure=Measure.FREEZE, rule=Rule(PeriodUnit.MONTHS, 6, zone="Asia/Shanghai", ends_at="24:00")
    )
    shown = words(orders.order(months.at(BANK.number), ACT))
    assert "2026-05-20 16:00:00 UTC" in shown and "2026-05-21 00:00:00 UTC+08:00" in shown
    assert "binds once it is ratified" in shown
    uncountable = replace(WHOLE, rule=Rule(PeriodUnit.WORKING_DAYS, 3, holidays="SG"))
    late = replace(ACT, at=4_000_000_000)  # beyond the calendars that are known
    assert "End, if held" not in words(orders.order(uncountable.at(BANK.number), late))


def test_a_foreign_order_binds_nobody_before_its_endorsement() -> None:
    assert "until the domestic authority has endorsed it" in words(
        orders.order(replace(WHOLE, foreign=True), ACT)
    )


def test_whoever_does_not_know_the_order_says_so() -> None:
    blind: Matter = matter(order=None)
    paper = decisions.objection(blind, ACT, blind.items[0], 1, bytes(32), AT)
    shown = words(paper)
    assert "known to requester and institution only" in shown and paper.number.startswith("0x5f2c91a0/")
    assert "Case" not in shown and "Call-back contact" not in shown
    for each in every(blind):
        assert pdf.render(each).startswith(b"%PDF")


def test_a_slip_tells_each_answer_and_where_money_went() -> None:
    paper = slips.answer(WHOLE, ACT, answers(WHOLE))
    for part in (
        "Held in part", "SGD 1,200.00", "desk 7", "The rest left before.", "exempt by law", "Bank Elsewhere",
        "BUKBGB22", "SGD 34.50", "confirmed it", "2025-11-22 01:00:00 UTC",
    ):  # fmt: skip
        assert part in words(paper), part
        assert part.split()[0] in pages(paper)


def test_a_payment_slip_names_the_victim_only_where_its_writer_does() -> None:
    assert "V-17" not in words(slips.payment(payment(), ACT, ""))
    told = slips.payment(payment(victim="V-17", payee="iban:GB****5555", number="R-1"), ACT, "")
    assert "V-17" in words(told) and told.number.startswith("R-1/PAY-1042-")
    assert "a paper receipt serves as well" in words(told)


def test_the_notice_carries_its_key_as_text_and_code() -> None:
    held = notice()
    paper = holder.notice(WHOLE, ACT, WHOLE.items[0], held, AT)
    assert f"0x{held.secret.hex()}" in words(paper) and "Your account is held." in words(paper)
    drawings = [block for section in paper.sections for block in section.blocks if isinstance(block, Drawing)]
    assert len(drawings) == 1
    assert drawings[0] == holder.qr("notice-code", held.to_bytes().decode(), drawings[0].caption)
    only_order = words(orders.order(WHOLE.at(BANK.number), ACT))
    assert held.secret.hex() not in only_order and "Notice key" not in only_order


def test_the_code_has_its_finders_and_white_around_it() -> None:
    caption = EVERY[next(iter(EVERY))].title
    drawing = holder.qr("code", "CONCORDAT", caption)
    dark = [shape for shape in drawing.shapes[1:] if isinstance(shape, Rect)]
    assert {(min(r.x for r in dark), min(r.y for r in dark))} == {(10.0, 10.0)}
    assert drawing.width == drawing.height == (21 + 8) * 2.5
    # The upper edge of both upper finders: seven modules each.
    assert [(r.x, r.width) for r in dark if r.y == 10.0 and r.width == 17.5] == [(10.0, 17.5), (45.0, 17.5)]


@pytest.mark.parametrize("bad", ["<script>alert(1)</script>", "\u202egpj.exe", "{{x}} & \u0000 \u200b"])
def test_what_others_wrote_is_shown_and_does_nothing(bad: str) -> None:
    target = WHOLE.items[0].target
    assert target is not None and WHOLE.order is not None
    order = replace(WHOLE.order, grounds=bad, case=bad, number="N-1")
    items = (replace(WHOLE.items[0], target=replace(target, holder=bad)), WHOLE.items[1])
    page = html.render(orders.order(replace(WHOLE, order=order, items=items).at(BANK.number), ACT))
    assert "<script" not in page and "\u202e" not in page and "\u200b" not in page
    assert pdf.render(orders.order(replace(WHOLE, order=order, items=items).at(BANK.number), ACT))


def test_a_law_of_the_file_is_cited_in_both_languages() -> None:
    order = parse(
        changed(
            '{law: CPC, article: "116D", title: Criminal Procedure Code}', "{law: CPC, article: art. 112}"
        ),
        "o",
    )
    title = EVERY[next(iter(EVERY))].title
    shown = words(orders.order(matter(order=order, laws={"CPC": title}).at(BANK.number), ACT))
    assert f"{title.zh}第一百一十二条" in shown and f"{title.en}, art. 112" in shown
