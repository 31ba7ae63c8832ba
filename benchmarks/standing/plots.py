# SPDX-License-Identifier: Apache-2.0
"""Two pictures as SVG: the score of each kind over time, and the powers of each agency."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from statistics import fmean
from typing import Final

from benchmarks.standing.people import Kind
from benchmarks.standing.world import QUARTERS, World
from concordat.membership.standing.score import FALL, RISE

COLOURS: Final = {
    Kind.HONEST: "#1b7837",
    Kind.VICTIM: "#2166ac",
    Kind.SILENT: "#8c8c8c",
    Kind.SPITEFUL: "#8c510a",
    Kind.SLOW: "#c29000",
    Kind.MENDING: "#762a83",
    Kind.RING: "#e3600f",
    Kind.MALICIOUS: "#b2182b",
}
TIERS: Final = ("#dfe8df", "#f0a441", "#b2182b")
TIER_NAMES: Final = ("all powers", "REQUEST withheld", "REQUEST, ASK, LEAD withheld")
_INK: Final = "#1a1a1a"
_WIDTH: Final = 580
_HEIGHT: Final = 400
_LEFT: Final = 56
_TOP: Final = 56
_RIGHT: Final = 165
_GAP: Final = 15
_CELL: Final = 17
_ROW: Final = 13


def scores(worlds: Sequence[World]) -> str:
    """Mean score of each kind, with its lowest and highest shaded; a panel for each world."""
    parts = [part for place, world in enumerate(worlds) for part in _score_panel(world, place * _WIDTH)]
    return _svg(_WIDTH * len(worlds), _HEIGHT + _TOP + 44, "Score over time of each kind of agency", parts)


def authority(worlds: Sequence[World]) -> str:
    """A row for each agency, a square for each quarter: what is withheld at its end."""
    width = _RIGHT + QUARTERS * _CELL + 40
    height = _TOP + 30 * _ROW + len(Kind) * 5 + 70
    parts = [part for place, world in enumerate(worlds) for part in _authority_panel(world, place * width)]
    left = _RIGHT
    for colour, name in zip(TIERS, TIER_NAMES, strict=True):
        parts += [_box(left, height - 26, 13, 13, colour), _text(left + 19, height - 15, name)]
        left += 40 + 7 * len(name)
    return _svg(width * len(worlds), height, "Powers withheld from each agency over time", parts)


def _score_panel(world: World, left: float) -> Iterable[str]:
    low, high = 1_000, 9_500
    wide = _WIDTH - _LEFT - _RIGHT
    left += _LEFT

    def x(quarter: float) -> float:
        return left + wide * quarter / (QUARTERS - 1)

    def y(points: float) -> float:
        return _TOP + _HEIGHT * (high - points) / (high - low)

    yield _text(left, 26, f"Score, {world.jurisdictions} jurisdictions", size=15, weight="bold")
    for points in range(low, high, 1_000):
        yield _line([(x(0), y(points)), (x(QUARTERS - 1), y(points))], "#e4e4e4")
        yield _text(left - 8, y(points) + 4, f"{points:,}", anchor="end")
    for tier, (fall, rise) in enumerate(zip(FALL, RISE, strict=True), 1):
        yield _line([(x(0), y(fall)), (x(QUARTERS - 1), y(fall))], TIERS[tier], 1.2, "6 3")
        yield _line([(x(0), y(rise)), (x(QUARTERS - 1), y(rise))], TIERS[tier], 1.2, "1 4")
    for year in range(QUARTERS // 4):
        yield _text(x(4 * year), _TOP + _HEIGHT + 20, f"year {year + 1}", anchor="middle")
    yield _text(
        left, _TOP + _HEIGHT + 40, "dashed: one falls below it; dotted: one is out again above it", size=11
    )
    ends = {}
    for kind, colour in COLOURS.items():
        histories = [[each.score for each in world.history[member.number]] for member in world.of(kind)]
        columns = list(zip(*histories, strict=True))
        upper = [(x(place), y(max(column))) for place, column in enumerate(columns)]
        lower = [(x(place), y(min(column))) for place, column in enumerate(columns)]
        yield f'<polygon points="{_points([*upper, *reversed(lower)])}" fill="{colour}" fill-opacity="0.10"/>'
        means = [(x(place), y(fmean(column))) for place, column in enumerate(columns)]
        yield _line(means, colour, 2)
        ends[kind] = means[-1][1]
    for kind, height in _apart(ends).items():
        yield _text(x(QUARTERS - 1) + 8, height + 4, kind.value, COLOURS[kind], weight="bold")


def _apart(ends: dict[Kind, float]) -> dict[Kind, float]:
    """Heights of labels, moved down as far as needed so that none covers another."""
    placed: dict[Kind, float] = {}
    last = 0.0
    for kind, height in sorted(ends.items(), key=lambda each: each[1]):
        last = max(height, last + _GAP)
        placed[kind] = last
    return placed


def _authority_panel(world: World, left: float) -> Iterable[str]:
    yield _text(left + _RIGHT, 22, f"Powers, {world.jurisdictions} jurisdictions", size=15, weight="bold")
    for year in range(QUARTERS // 4):
        yield _text(left + _RIGHT + 4 * year * _CELL, _TOP - 8, f"year {year + 1}")
    top = float(_TOP)
    for kind in COLOURS:
        agencies = world.of(kind)
        middle = top + len(agencies) * _ROW / 2 + 4
        yield _text(left + _RIGHT - 10, middle, kind.value, COLOURS[kind], anchor="end", weight="bold")
        for member in agencies:
            for quarter, moment in enumerate(world.history[member.number]):
                colour = TIERS[moment.tier]
                yield _box(left + _RIGHT + quarter * _CELL, top, _CELL - 1.5, _ROW - 1.5, colour)
            top += _ROW
        top += 5


def _svg(width: float, height: float, title: str, parts: Iterable[str]) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img" '
        f'aria-label="{escape(title)}" font-family="Helvetica, Arial, sans-serif">'
    )
    return "\n".join([head, _box(0, 0, width, height, "#ffffff"), *parts, "</svg>"]) + "\n"


def _points(places: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in places)


def _line(places: Iterable[tuple[float, float]], colour: str, width: float = 1, dashes: str = "none") -> str:
    return (
        f'<polyline points="{_points(places)}" fill="none" stroke="{colour}" '
        f'stroke-width="{width:g}" stroke-dasharray="{dashes}"/>'
    )


def _box(x: float, y: float, width: float, height: float, colour: str) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="{colour}"/>'


def _text(
    x: float,
    y: float,
    words: str,
    colour: str = _INK,
    *,
    anchor: str = "start",
    size: float = 12,
    weight: str = "normal",
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" font-size="{size:g}" font-weight="{weight}" '
        f'text-anchor="{anchor}">{escape(words)}</text>'
    )
