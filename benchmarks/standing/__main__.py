# SPDX-License-Identifier: Apache-2.0
"""Simulate, draw and write reports/standing.md (python -m benchmarks.standing; about half a minute)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Final

from benchmarks.standing import bounds, plots, search
from benchmarks.standing.report import FRIENDS, RIGHT, Found, write
from benchmarks.standing.world import MINIMUM, World

REPORT: Final = Path(__file__).resolve().parents[2] / "reports" / "standing.md"
SEEDS: Final = range(3)
JURISDICTIONS: Final = (30, 15)
ATTACKS: Final = 40
FLOODS: Final = (1, 3, 10, 60)
SHARES: Final = (0.3, 1.0)


def searched() -> Found:
    """The worst that random attacks come to."""
    lift, _ = search.worst_lift(1, 0, ATTACKS)
    _, settled = search.worst_lift(2, MINIMUM, ATTACKS)
    spites = {
        (means, helpers): list(_spites(means, helpers)) for means in bounds.Means for helpers in (0, MINIMUM)
    }
    worst = {
        key: (min(lowest for lowest, _ in found), max(tier for _, tier in found))
        for key, found in spites.items()
    }
    attacks = 2 * ATTACKS + sum(map(len, spites.values()))
    return Found(lift, settled, search.enough(), worst, attacks)


def _spites(means: bounds.Means, helpers: int) -> Iterator[tuple[int, int]]:
    errs = bounds.panel_errs(RIGHT, FRIENDS, 28)
    for seed, flood, share in product(SEEDS, FLOODS, SHARES):
        yield search.worst_spite(seed, search.Spite(means, errs, flood, share, helpers=helpers))


def main() -> None:
    """Simulate, draw, write, and say where."""
    worlds = [[World(seed, each).run() for seed in SEEDS] for each in JURISDICTIONS]
    drawn = [same[0] for same in worlds]
    pictures = {"standing-score.svg": plots.scores(drawn), "standing-authority.svg": plots.authority(drawn)}
    REPORT.parent.mkdir(exist_ok=True)
    for name, picture in pictures.items():
        REPORT.with_name(name).write_text(picture, encoding="utf-8")
    text = write(worlds, searched(), list(pictures))
    REPORT.write_text(text, encoding="utf-8")
    print(text)
    print(f"Written to reports/{REPORT.name}.")


if __name__ == "__main__":
    main()
