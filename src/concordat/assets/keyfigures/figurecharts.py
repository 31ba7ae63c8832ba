# SPDX-License-Identifier: Apache-2.0
"""Charts of key figures: a dot for each hold over time, a bar for each institution."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from concordat.assets.keyfigures.figures import Figures, HoldFigures
from concordat.rendering.content import Anchor, Dot, Drawing, Label, Rect, Shape, Stroke, Text, data

# Told apart also by people who do not see red and green, and on paper without colours (light to dark).
IN_TIME, LATE, OVERDUE = "#5b9bd5", "#d98e04", "#7a1f3d"
GREY, RULE, INK = "#5a5f66", "#c9cdd3", "#1a1a1a"
WIDTH: Final = 471.0
_LEFT, _TOP, _BOTTOM = 46.0, 24.0, 26.0
_HEIGHT: Final = 210.0
_MINUTE: Final = 60
#: Lines of the scale, in seconds. It is logarithmic: one answer after weeks must not flatten all the others.
_LINES: Final = (
    (_MINUTE, "1 min"),
    (600, "10 min"),
    (3_600, "1 h"),
    (36_000, "10 h"),
    (360_000, "100 h"),
    (3_600_000, "1000 h"),
    (36_000_000, "10 000 h"),
    (360_000_000, "100 000 h"),
)
_MOST_BARS: Final = 40


def over_time(holds: Sequence[HoldFigures], at: int) -> Drawing | None:
    """A dot for each hold: when its clock began, and the hours until its answer, or until now.

    Args:
        holds: those that bound somebody are shown.
        at: the moment of which is told, seconds since 1970 UTC.

    Returns:
        None where no hold ever bound anybody.
    """
    shown = [(each, waited) for each in holds if (waited := _waited(each, at)) is not None]
    if not shown:
        return None
    first, last = min(each.began_at for each, _ in shown), max(each.began_at for each, _ in shown)
    lines = _lines([waited for _, waited in shown])
    bottom, top = math.log(lines[0][0]), math.log(lines[-1][0])

    def x(begun: int) -> float:
        room = WIDTH - _LEFT - 12
        return round(_LEFT + 6 + (room * (begun - first) / (last - first) if last > first else room / 2), 2)

    def y(seconds: int) -> float:
        share = (math.log(max(seconds, lines[0][0])) - bottom) / (top - bottom)
        return round(_HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * min(share, 1.0), 2)

    shapes: list[Shape] = []
    for seconds, name in lines:
        level = y(seconds)
        shapes.append(Stroke(_LEFT, level, WIDTH, level, RULE))
        shapes.append(Label(_LEFT - 5, level + 2.5, data(name), 7, GREY, Anchor.END))
    ends = ((first, Anchor.START), (last, Anchor.END)) if last > first else ((first, Anchor.MIDDLE),)
    for begun, anchor in ends:
        shapes.append(Label(x(begun), _HEIGHT - 10, data(_day(begun)), 7, GREY, anchor))
    shapes += [Dot(x(each.began_at), y(waited), 2.6, _color(each)) for each, waited in shown]
    shapes += _legend()
    caption = Text(
        "Each dot is one hold: from left to right when the institution was bound, upwards the time until it "
        "answered, or until now where it has not. The scale is logarithmic: each line is a multiple of the "
        "one below; less than a minute stands on the line of one minute.",
        "每点为一项措施：横轴为机构受约束之时，纵轴为至答复（未答复的至今）的时间。纵轴为对数刻度，"
        "每条横线为下一条的数倍；不足一分钟的标于一分钟线上。",
    )
    return Drawing("over-time", WIDTH, _HEIGHT, tuple(shapes), caption)


def by_institution(figures: Mapping[str, Figures]) -> Drawing | None:
    """A bar for each institution: the part of its holds that it answered in time; the weakest first."""
    judged = [(name, each) for name, each in figures.items() if each.judged]
    if not judged:
        return None
    judged.sort(key=lambda pair: (pair[1].in_time / pair[1].judged, pair[0]))
    judged = judged[:_MOST_BARS]
    left, row, room = 120.0, 16.0, WIDTH - 120.0 - 90.0
    shapes: list[Shape] = []
    for number, (name, each) in enumerate(judged):
        top = 4 + number * row
        share = each.in_time / each.judged
        shapes.append(Label(left - 6, top + 8.5, data(name[:22]), 7.5, INK, Anchor.END))
        shapes.append(Rect(left, top, room, 11, "#e8eaed"))
        if each.in_time:
            shapes.append(Rect(left, top, round(room * share, 2), 11, IN_TIME))
        shapes.append(Label(left + room + 6, top + 8.5, data(_share(each)), 7.5, INK))
    caption = Text("Answered in time, by institution.", "各机构按时答复比例。")
    return Drawing("by-institution", WIDTH, 8 + len(judged) * row, tuple(shapes), caption)


def _waited(each: HoldFigures, at: int) -> int | None:
    """Seconds until the answer, or so far; None where no clock ran."""
    if not each.began_at:
        return None
    if each.answered_at:
        return max(0, each.answered_at - each.began_at)
    return max(0, min(at, each.over_at) - each.began_at)


def _color(each: HoldFigures) -> str:
    if each.overdue:
        return OVERDUE
    return LATE if each.late else IN_TIME


def _legend() -> list[Shape]:
    words = (
        (IN_TIME, Text("in time, or not due yet", "按时或未到期")),
        (LATE, Text("late", "逾期答复")),
        (OVERDUE, Text("overdue", "逾期未答复")),
    )
    shapes: list[Shape] = []
    x = _LEFT + 4
    for (color, text), room in zip(words, (160.0, 90.0, 100.0), strict=True):
        shapes += [Dot(x, 8, 2.6, color), Label(x + 6, 10.5, text, 7.5, GREY)]
        x += room
    return shapes


def _lines(waited: Sequence[int]) -> Sequence[tuple[int, str]]:
    """The lines of the scale from the last below everything to the first above it, two at least."""
    low = max(sum(seconds <= min(waited) for seconds, _ in _LINES) - 1, 0)
    high = sum(seconds < max(waited) for seconds, _ in _LINES)
    low = min(low, len(_LINES) - 2)
    return _LINES[low : max(high, low + 1) + 1]


def _day(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d")


def _share(each: Figures) -> str:
    return f"{each.in_time * 100 // each.judged} %  ({each.in_time}/{each.judged})"
