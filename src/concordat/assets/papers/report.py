# SPDX-License-Identifier: Apache-2.0
"""Key figures as a document: tables and charts, the same numbers as ``--json``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from concordat.assets.keyfigures import figurecharts
from concordat.assets.keyfigures.figures import Figures, HoldFigures, Spread
from concordat.assets.papers.matter import amount, moment
from concordat.assets.papers.parts import fact
from concordat.rendering.content import (
    LIMIT,
    Block,
    Column,
    Document,
    Facts,
    Paragraph,
    Section,
    Table,
    Text,
    Tone,
    data,
)
from concordat.rendering.times import shown

_STATEMENT: Final = Text(
    "Counted from the log of the chain; anybody computes the same", "依据链上日志统计，任何人均可复算"
)
_NONE: Final = data("–")


@dataclass(frozen=True)
class Told:
    """Key figures with the names of whom they are about.

    Attributes:
        at: the moment of which is told, seconds since 1970 UTC.
        asked: what was asked for, in words (period, jurisdiction, institution).
        holds: every hold that counts.
        institutions, jurisdictions, requesters: by name.
    """

    at: int
    asked: tuple[Text, ...]
    holds: Sequence[HoldFigures]
    total: Figures
    institutions: Mapping[str, Figures]
    jurisdictions: Mapping[str, Figures]
    requesters: Mapping[str, Figures]


def report(told: Told, writer: str, generator: str) -> Document:
    """Put the report together; it is dated by the moment of which it tells."""
    sections = (
        Section("all", Text("In all", "总计"), _all(told)),
        _timing("institutions", Text("By institution", "按协助机构"), told.institutions, chart=True),
        _timing("jurisdictions", Text("By jurisdiction", "按法域"), told.jurisdictions),
        _objections(told.requesters),
        _how(),
    )
    return Document(
        kind="freeze-figures/1",
        title=Text("Key figures of freezing", "止付冻结工作指标"),
        number=f"FIGURES-{told.at}",
        agency=data(writer),
        case="",
        case_title="",
        dated=moment(told.at),
        generator=generator,
        statement=_STATEMENT,
        review=Text("those of the freeze profiles adopted on the chain", "以链上已采纳的措施规则为准"),
        sections=sections,
        reviewed=Text("Deadlines", "期限"),
    )


def took(seconds: int | None) -> Text:
    """How long, as people say it."""
    if seconds is None:
        return _NONE
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return Text(f"{rest} s", f"{rest}秒")
    hours, minutes = divmod(minutes, 60)
    if not hours:
        return Text(f"{minutes} min", f"{minutes}分钟")
    days, hours = divmod(hours, 24)
    if not days:
        return Text(f"{hours} h {minutes:02} min", f"{hours}小时{minutes}分钟")
    return Text(f"{days} d {hours} h", f"{days}天{hours}小时")


def share(part: int, whole: int) -> Text:
    """A part of a whole in percent, rounded down, with both numbers."""
    return data(f"{part * 100 // whole} % ({part}/{whole})") if whole else _NONE


def _all(told: Told) -> tuple[Block, ...]:
    total = told.total
    rows = (
        fact("asked", Text("What is counted", "统计范围"), *told.asked),
        fact("at", Text("As at", "统计时点"), *shown(moment(told.at))),
        fact("requests", Text("Requests, holds", "请求数、措施数"), data(f"{total.requests}, {total.holds}")),
        fact("acknowledge", Text("Time to acknowledge", "签收用时"), _spread(total.acknowledge)),
        fact("hold", Text("Time to hold", "控制用时"), _spread(total.hold)),
        fact("in-time", Text("Answered in time", "按时答复"), share(total.in_time, total.judged)),
        fact("overdue", Text("Overdue now", "当前逾期"), data(total.overdue)),
        fact(
            "outcomes",
            Text("Outcomes", "答复结果"),
            *(
                Text(f"{kind.label().en}: {count}", f"{kind.label().zh}：{count}")
                for kind, count in total.outcomes.items()
            ),
        )
        if total.outcomes
        else fact("outcomes", Text("Outcomes", "答复结果"), _NONE),
    )
    chart = figurecharts.over_time(told.holds, told.at)
    blocks: list[Block] = [Facts(rows)]
    if total.money:
        blocks.append(_money(total))
    if chart:
        blocks.append(chart)
    return tuple(blocks)


def _money(total: Figures) -> Table:
    columns = (
        Column("what", Text("Amount", "金额"), 30),
        Column("asked", Text("Asked (caps)", "请求上限"), 18),
        Column("held", Text("Held", "已控制"), 18),
        Column("released", Text("Released; ended by time", "解除；到期失效"), 20),
        Column("returned", Text("Returned; forfeited", "返还；没收"), 20),
        Column("remaining", Text("Still held", "仍在控"), 18),
    )
    rows = tuple(
        (
            (data(_alpha(sums.currency)),),
            (_bare(sums.asked, sums.currency),),
            (_bare(sums.held, sums.currency),),
            (_bare(sums.released, sums.currency), _bare(sums.ended, sums.currency)),
            (_bare(sums.returned, sums.currency), _bare(sums.forfeited, sums.currency)),
            (_bare(sums.remaining, sums.currency),),
        )
        for sums in total.money
    )
    return Table("money", columns, rows)


def _alpha(currency: int) -> str:
    return amount(0, currency).en.split(" ")[0]


def _bare(minor: int, currency: int) -> Text:
    return data(amount(minor, currency).en.split(" ")[1])


def _timing(key: str, title: Text, groups: Mapping[str, Figures], *, chart: bool = False) -> Section:
    columns = (
        Column("name", title, 22),
        Column("holds", Text("Holds", "措施数"), 9),
        Column("acknowledge", Text("To acknowledge: median, 90 %", "签收：中位数、90%"), 20),
        Column("hold", Text("To hold: median, 90 %", "控制：中位数、90%"), 20),
        Column("in-time", Text("In time", "按时"), 16),
        Column("overdue", Text("Overdue", "逾期"), 11),
    )
    rows = tuple(
        (
            (data(name),),
            (data(each.holds),),
            (took(each.acknowledge.median), took(each.acknowledge.p90)),
            (took(each.hold.median), took(each.hold.p90)),
            (share(each.in_time, each.judged),),
            (data(each.overdue),),
        )
        for name, each in list(groups.items())[:LIMIT]
    )
    drawing = figurecharts.by_institution(groups) if chart else None
    blocks: tuple[Block, ...] = (Table(key, columns, rows),)
    return Section(key, title, (*blocks, drawing) if drawing else blocks)


def _objections(groups: Mapping[str, Figures]) -> Section:
    columns = (
        Column("name", Text("Requesting agency", "请求机关"), 30),
        Column("holds", Text("Holds", "措施数"), 12),
        Column("objections", Text("Objections", "异议数"), 14),
        Column("upheld", Text("Upheld", "成立"), 12),
        Column("part", Text("In part", "部分成立"), 14),
        Column("dismissed", Text("Dismissed", "驳回"), 14),
    )
    rows = tuple(
        tuple(
            (data(value),)
            for value in (
                name,
                each.holds,
                each.objections,
                each.upheld,
                each.upheld_in_part,
                each.dismissed,
            )
        )
        for name, each in list(groups.items())[:LIMIT]
    )
    return Section(
        "unjustified", Text("Unjustified freezes", "不当措施"), (Table("requesters", columns, rows),)
    )


def _how() -> Section:
    sentences = (
        Text(
            "The clock begins when the request binds the institution, and anew when a message that could not "
            "be read was sent again. It stands still while a message cannot be read.",
            "计时自请求对机构生效之时起；讯息无法读取的，停止计时，重新发送后重新计时。",
        ),
        Text(
            "An outcome that no second officer confirmed in time counts as none. Middle values are medians; "
            "nine of ten were as fast as the 90 % value or faster.",
            "逾期未经第二人复核的答复不计。中位数为居中值；九成用时不超过90%值。",
        ),
        Text(
            "What is held again under a later request is counted once. Caps are summed where an amount was "
            "asked; where the whole balance was asked there is none.",
            "由后续请求接续控制的金额只计一次。请求上限仅合计载明金额的请求；请求控制全部余额的无上限。",
        ),
    )
    blocks = tuple(Paragraph(text, Tone.NOTE) for text in sentences)
    return Section("how", Text("How this is counted", "统计方法"), blocks)


def _spread(spread: Spread) -> Text:
    if not spread.count:
        return _NONE
    middle, tenth = took(spread.median), took(spread.p90)
    return Text(
        f"median {middle.en}, 90 % within {tenth.en}, n = {spread.count}",
        f"中位数{middle.zh}，90%不超过{tenth.zh}，n = {spread.count}",
    )
