# SPDX-License-Identifier: Apache-2.0
"""What the pages name exists, and the numbers in them are the program's own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from enum import IntEnum
from pathlib import Path

import pytest
from namedcommands import wrong_with
from statespage import life

from concordat.assets import returnstates, states
from concordat.cooperation import states as together
from concordat.evidence.record import parse
from concordat.evidence.rulebook import bundled
from concordat.evidence.steps import Step
from concordat.ledger.deploy import MODULES
from concordat.membership.council import ProposalState
from concordat.membership.powers import FLOOR, Power

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("*.md")],
)
LINK = re.compile(r"\[[^\]\n]*\]\(([^)#\s]+)(?:#[^)\s]*)?\)")
CODE = re.compile(r"`([^`\n]+)`")
#: What a reader looks up in this repository, when it stands between backquotes.
HERE = re.compile(
    r"(?:contracts|interfaces|src|standards|examples|docs|tests|tools|scripts|snapshots)/[\w./-]+"
)


def _pages_with(pattern: re.Pattern[str]) -> Iterator[tuple[Path, str]]:
    for page in PAGES:
        for found in pattern.finditer(page.read_text(encoding="utf-8")):
            yield page, found.group(1)


def test_links_lead_somewhere() -> None:
    lost = [
        f"{page.relative_to(ROOT)}: {target}"
        for page, target in _pages_with(LINK)
        if "://" not in target and not target.startswith("mailto:") and not (page.parent / target).exists()
    ]
    assert not lost


def test_files_that_pages_name_exist() -> None:
    lost = [
        f"{page.relative_to(ROOT)}: {name}"
        for page, name in _pages_with(CODE)
        if HERE.fullmatch(name) and not (ROOT / name).exists()
    ]
    assert not lost


def test_tests_that_pages_name_exist() -> None:
    named = re.compile(r"(tests/[\w/]+\.py)::(\w+)")
    lost = {
        f"{page.relative_to(ROOT)}: {path}::{name}"
        for page in PAGES
        for path, name in named.findall(page.read_text(encoding="utf-8"))
        if not (ROOT / path).is_file() or f"def {name}(" not in (ROOT / path).read_text(encoding="utf-8")
    }
    assert not lost


def test_pages_name_no_place_of_one_machine() -> None:
    own = re.compile(r"(?<![\w.])/(?:work|root|home|tmp|Users)/")
    assert not [str(page) for page in PAGES if own.search(page.read_text(encoding="utf-8"))]


def test_readme_can_be_read_at_once() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) < 150


def _commands() -> Iterator[tuple[Path, list[str]]]:
    """Every command line of `concordat` that a page shows, in words."""
    for page in PAGES:
        fenced = re.split(r"^```.*$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
        prose, blocks = " ".join(fenced[::2]).replace("\n", " "), "\n".join(fenced[1::2])
        for line in (*CODE.findall(prose), *blocks.splitlines()):
            if line.startswith("concordat "):
                yield page, line.partition(" #")[0].split()[1:]


def test_commands_and_options_that_pages_show_exist() -> None:
    lost, seen = [], 0
    for page, words in _commands():
        seen += 1
        lost += [f"{page.relative_to(ROOT)}: {each}" for each in wrong_with(words)]
    assert not lost
    assert seen > 30


@pytest.mark.parametrize(("name", "listed"), [("my-phone", True), ("cn-online", False)])
def test_the_fact_that_architecture_follows_is_the_one_of_the_case(name: str, listed: bool) -> None:
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    path = ROOT / f"examples/case-0317/{name}.yaml"
    word = parse(path.read_text(encoding="utf-8"), path.name).facts().pack()
    assert f"0x{word:040x}" in page
    assert bool(word >> 6 + Step.ITEM_LIST_MADE & 1) is listed


def test_the_sentence_that_architecture_ends_with_is_the_rulebooks() -> None:
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    rule = next(each for each in bundled("CN").rules if each.id == "CN04a")
    for text in (rule.missing.en, rule.missing.zh, rule.cure.en):
        assert text in page


#: Heading of a table in docs/states.md, what a thing may be, the contracts whose acts the table names.
LIVES: tuple[tuple[str, type[IntEnum], tuple[str, ...]], ...] = (
    ("A freeze request", states.RequestStatus, ("FreezeRequests",)),
    ("A hold", states.HoldStatus, ("Holds", "FreezeRequests", "Objections")),
    ("An objection", states.ObjectionStatus, ("Objections",)),
    ("A seized thing", returnstates.AssetState, ("AssetRegister",)),
    ("A plan of restitution", returnstates.PlanState, ("Restitution",)),
    ("A tip", returnstates.TipState, ("Tips",)),
    ("A proposal to the Council", ProposalState, ("Council",)),
    (
        "A request for assistance",
        together.AssistanceStatus,
        ("AssistanceRequests", "AssistanceAnswers", "Panels"),
    ),
    ("An agreement", together.AgreementStatus, ("AgreementRegistry",)),
    ("A duty under an agreement", together.ObligationStatus, ("AgreementRegistry",)),
    ("A case", together.CaseStatus, ("CaseRegistry",)),
    ("A joint team", together.TeamStatus, ("JointTeams",)),
    ("A joint action", together.ActionStatus, ("JointTeams",)),
    ("A task", together.TaskStatus, ("Tasks",)),
    ("A dispute", together.DisputeStatus, ("Panels",)),
)
NOTHING = "NONE"
#: Of these the contract does more than the table is about.
PARTS = ("A proposal to the Council", "A duty under an agreement", "A joint action")
#: What only other modules send.
INNER = {"openHolds", "openOwn", "setObjected", "releaseOnReview", "propose", "dispose", "advance"}


def _acts(contracts: tuple[str, ...]) -> set[str]:
    """What can be sent to contracts."""
    folder = ROOT / "src/concordat/data/artifacts"
    abis = [json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))["abi"] for name in contracts]
    return {
        entry["name"]
        for abi in abis
        for entry in abi
        if entry["type"] == "function" and entry["stateMutability"] in ("nonpayable", "payable")
    }


@pytest.mark.parametrize(("heading", "kind", "contracts"), LIVES)
def test_lives_have_the_states_and_acts_of_the_contracts(
    heading: str, kind: type[IntEnum], contracts: tuple[str, ...]
) -> None:
    rows = life(heading)
    known = {each.name.title().replace("_", "") for each in kind if each.name != NOTHING} | {"Absent"}
    assert {name for start, _, end in rows for name in start | end} == known
    acts = {name for _, each, _ in rows for name in each} - {"time"}
    assert acts <= _acts(contracts)
    assert heading in PARTS or _acts(contracts[:1]) - acts <= INNER


def test_readme_has_every_power_and_the_floor() -> None:
    page = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    powers, floor = re.search(r"Powers of a charter: (.*?)\. No suspension takes (.*?): that", page).groups()  # type: ignore[union-attr]
    assert set(re.findall(r"[A-Z_]{3,}", powers)) == {power.name for power in Power}
    assert set(re.findall(r"[A-Z_]{4,}", floor)) == {power.name for power in FLOOR}


def test_each_word_stands_in_the_glossary_once() -> None:
    page = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    words = re.findall(r"^\| ([^|]+) \|", page, re.MULTILINE)
    assert len(set(words) - {"word"}) == len([word for word in words if word != "word"]) > 100


def test_the_plan_that_is_told_is_the_plan() -> None:
    page = " ".join((ROOT / "docs/deploying.md").read_text(encoding="utf-8").split())
    assert ", ".join(MODULES) in page
