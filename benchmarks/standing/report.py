# SPDX-License-Identifier: Apache-2.0
"""The report, in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from textwrap import fill
from typing import Final

from benchmarks.standing import bounds
from benchmarks.standing.people import IGNORES, MANNERS, NUMBERS, Kind
from benchmarks.standing.plots import COLOURS
from benchmarks.standing.world import MINIMUM, PANEL_SPEAKS, QUARTERS, SHAM, SPITE, TRUST, World
from concordat.membership.powers import Power
from concordat.membership.standing.score import CAP, DAY, FALL, GOOD_CAP, PARTIES, PRIOR_ALL, RISE

RIGHT: Final = MANNERS[Kind.HONEST].right
FRIENDS: Final = bounds.RING - 1


@dataclass(frozen=True)
class Found:
    """What the search for something worse has found.

    Attributes:
        lift: the greatest, where nobody need do anything.
        settled: the greatest from the third year on, where MINIMUM jurisdictions do their part.
        outweigh: jurisdictions that keep an ignoring member in tier 1 on the model.
        spites: lowest score and worst tier of a victim, by means and fair partners.
        attacks: that were tried.
    """

    lift: int
    settled: int
    outweigh: int
    spites: Mapping[tuple[bounds.Means, int], tuple[int, int]]
    attacks: int


def write(worlds: Sequence[Sequence[World]], found: Found, pictures: Sequence[str]) -> str:
    """The text of reports/standing.md.

    Args:
        worlds: those of each number of jurisdictions, of several seeds; the first of each is drawn.
        found: by the search.
        pictures: names of the files beside it.
    """
    parts = [
        _head(worlds),
        *(f"![{name}]({name})" for name in pictures),
        "## Each kind",
        *(_kinds(same) for same in worlds),
        "Without the ring's sham requests and without spite, the same people:",
        _alone(worlds[0][0].jurisdictions),
        "## What a few can do at most",
        _bounds(found),
        "## Spite",
        _spites(found),
        "## Panels",
        _panels(),
        "## Falling and coming back",
        _speeds(),
        "## What this does not show",
        _limits(),
    ]
    return "\n\n".join(parts) + "\n"


def _head(worlds: Sequence[Sequence[World]]) -> str:
    who = "; ".join(f"{count} {kind.value}" for kind, count in NUMBERS.items())
    return "\n\n".join(
        (
            "# Standing under attack",
            _filled(f"""Made by `python -m benchmarks.standing`. Thirty agencies ({who}) over {QUARTERS}
                quarters, standing binding everywhere, every outcome through the model that computes
                what `AgencyReputation` does, to the bit (`concordat.membership.standing`).
                {len(worlds[0])} seeds for each number of jurisdictions; the pictures show the first.
                How each kind behaves is in `benchmarks/standing/people.py`."""),
            _listed(
                f"""Each agency but the silent is asked by at least {MINIMUM} jurisdictions of the
                honest rest each quarter, one request each. This is the stated minimum of the bounds
                below.""",
                f"""The ring of {bounds.RING} behaves as badly as the malicious and makes {SHAM} sham
                requests a quarter between any two of it, each answered and confirmed at once.""",
                f"""{NUMBERS[Kind.SPITEFUL]} spiteful raters send the victim {SPITE} requests each a
                quarter and dispute every answer; of {TRUST} that it sends each of them they claim misuse, and
                find the freezes unjustified.
                Panels of {bounds.PANEL} decide; honest members are right {RIGHT:.0%} of the time, the
                ring's own always vote for it. Who wins a dispute is confirmed.""",
                f"Who mends answers nobody in quarters {IGNORES.start + 1} to {IGNORES.stop}.",
            ),
        )
    )


def _kinds(worlds: Sequence[World]) -> str:
    rows = []
    for kind in COLOURS:
        histories = [world.history[each.number] for world in worlds for each in world.of(kind)]
        settled = [moment.score for history in histories for moment in history[8:]]
        lost = [sum(bool(moment.withheld & Power.REQUEST) for moment in history) for history in histories]
        more = [sum(bool(moment.withheld & Power.ASK) for moment in history) for history in histories]
        rows.append(
            (
                kind.value,
                f"{fmean(settled):,.0f}",
                f"{min(settled):,}",
                f"{max(settled):,}",
                f"{fmean(lost):.1f}",
                f"{fmean(more):.1f}",
                f"{lost.count(0)} of {len(lost)}",
            )
        )
    heads = (
        f"{worlds[0].jurisdictions} jurisdictions",
        "mean score, years 3 to 5",
        "lowest",
        "highest",
        f"quarters of {QUARTERS} without REQUEST",
        "without ASK and LEAD too",
        "never lost a power",
    )
    return _table(heads, rows)


def _alone(jurisdictions: int) -> str:
    world = World(0, jurisdictions, collude=False, spite=False).run()
    rows = []
    for kind in (Kind.RING, Kind.VICTIM, Kind.SPITEFUL):
        histories = (world.history[each.number][8:] for each in world.of(kind))
        rows.append((kind.value, f"{fmean(moment.score for each in histories for moment in each):,.0f}"))
    return _table(("kind", "mean score, years 3 to 5"), rows)


def _bounds(found: Found) -> str:
    least = bounds.least_bad(MINIMUM, 8)
    rows = [
        (
            f"A ring of {bounds.RING} lifts a member, whatever the others do",
            f"at most {bounds.most_lift():,}",
            f"{found.lift:,}",
        ),
        (
            "The same from the third year on, where the member leaves one request of each of "
            f"{MINIMUM} jurisdictions unanswered every quarter",
            f"at most {bounds.most_lift(least):,}",
            f"{found.settled:,}",
        ),
        (
            "Jurisdictions with one unanswered request a quarter that take REQUEST from a member for good",
            f"{bounds.outweigh()}",
            f"{found.outweigh}",
        ),
        ("What standing takes of the floor", "nothing", "nothing"),
    ]
    text = f"""Basis points. One jurisdiction's word of one quarter adds less than {CAP} units, less
        than {GOOD_CAP} of good; a quarter leaves 1/√2 of it, so of all quarters together there is never
        more than {bounds.AT_REST:.4f} times that. Four friends are {bounds.friends_good():.1f} units of
        good, beside {PRIOR_ALL} units that everybody begins with. `bounds.py` derives each figure,
        `search.py` tried {found.attacks} attacks."""
    return _filled(text) + "\n\n" + _table(("what", "derived", "worst found"), rows)


def _spites(found: Found) -> str:
    errs = bounds.panel_errs(RIGHT, FRIENDS, 28)
    rows = []
    for means in bounds.Means:
        cells = [means.value]
        for helpers in (0, MINIMUM):
            lowest, tier = found.spites[means, helpers]
            cells += [f"{bounds.spite(means, errs, helpers):,.0f}", f"{lowest:,}, tier {tier}"]
        unhelped = bounds.spite(means, errs, MINIMUM, confirmed=False)
        rows.append((*cells, "" if means is bounds.Means.DISPUTES else f"{unhelped:,.0f}"))
    heads = (
        f"{bounds.RING} spiteful raters",
        "alone: on average",
        "worst found",
        f"with {MINIMUM} fair partners: on average",
        "worst found",
        "if who wins a dispute were not confirmed",
    )
    text = f"""A victim that answers in time and breaks no limit, panels erring in {errs:.1%} of disputes,
        when they have spoken. It stays above {FALL[0]:,}, out of tier 1, as long as {MINIMUM} other
        jurisdictions have one answer of it confirmed each quarter. Who wins a dispute must be confirmed,
        not only cleared: else errors add up, and nothing stands against them."""
    return _filled(text) + "\n\n" + _table(heads, rows)


def _panels() -> str:
    rows = []
    for right in (1.0, 0.95, 0.9, 0.85, 0.8, 0.7):
        cells = [f"{right:.0%}"]
        for others in (28, 13):
            errs = bounds.panel_errs(right, FRIENDS, others)
            worse = (bounds.worst_spite(errs, each) for each in (0, MINIMUM))
            cells += [f"{errs:.1%}", *(f"{each:,.0f}" for each in worse)]
        rows.append(tuple(cells))
    helped = f"with {MINIMUM} fair partners"
    heads = (
        "an honest member is right",
        "panels err, 30 jurisdictions",
        "victim alone",
        helped,
        "panels err, 15 jurisdictions",
        "victim alone",
        helped,
    )
    text = f"""What spite comes to depends on panels. A victim whom nobody helps keeps all powers, on
        average, while panels err in up to {bounds.errors_borne():.1%} of disputes. Four of the ring are
        among the other jurisdictions. Below, the average score at which endless spite leaves the victim,
        by the worst means."""
    return _filled(text) + "\n\n" + _table(heads, rows)


def _speeds() -> str:
    rows = [
        (str(each), str(bounds.quarters_to_fall(each)), str(bounds.quarters_to_return(each)))
        for each in (4, 5, 6, MINIMUM, 12, 20, 29)
    ]
    heads = (
        "jurisdictions that ask, once a quarter",
        "quarters until REQUEST is gone",
        "quarters until it is back",
    )
    text = f"""Who ignores everybody falls below {FALL[0]:,}; who then answers and is confirmed is above
        {RISE[0]:,} again, even after ignoring for ever. With fewer than {PARTIES} jurisdictions nobody
        falls."""
    return _filled(text) + "\n\n" + _table(heads, rows)


def _limits() -> str:
    return _listed(
        f"""Where fewer than {bounds.outweigh()} jurisdictions of the honest rest deal with a member of
        a ring, it can keep its powers by sham requests. Standing says what a community knows; it cannot
        know what nobody tells.""",
        """A ring that holds so many jurisdictions that panels err more often than said above sinks
        whom it likes. In fifteen jurisdictions a ring of five is a third of all: there the victim needs
        its fair partners.""",
        """A member of a ring that lost REQUEST keeps ASK and LEAD, which the same conduct alone would cost it
        too.""",
        """Where all of fifteen jurisdictions speak with one voice each, what two agencies of one say
        weighs as one: bad conduct shows more slowly than among thirty.""",
        f"""A victim must answer in time: where it answers more than {bounds.lateness_borne():.0%} of a flood
        late, and nobody else helps, it falls. Requests beyond the cap of open ones of a pair do not count
        as late.""",
        f"""What a court or reviewer of a ring says stands until a panel has spoken, up to
        {PANEL_SPEAKS // DAY} days. So long it can cost a power; with fair partners that power is back with
        the panel's word, alone it may take longer.""",
        "Averages over panels are averages: with few disputes chance moves a score by some hundreds.",
    )


def _listed(*entries: str) -> str:
    return "\n".join(_filled("- " + each, rest="  ") for each in entries)


def _filled(text: str, *, rest: str = "") -> str:
    return fill(" ".join(text.split()), 118, subsequent_indent=rest, break_on_hyphens=False)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    rule = ["---", *("---:" for _ in heads[1:])]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (heads, rule, *rows))
