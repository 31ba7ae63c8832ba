# SPDX-License-Identifier: Apache-2.0
"""Every row of the table of requirements names tests that exist; two rows speak of the repository itself."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| (S\d{3}) \| (.+) \| (.+) \| (.+) \|$", re.MULTILINE)
TEST = re.compile(r"`([\w/.-]+\.py)::(\w+)(?:\[[^`]*\])?`")

#: Of the rows of cooperation, those that this version does not answer.
NOT_HERE = (107,)

#: The rows that this version answers.
ROWS = [
    *("S001", "S003", *(f"S{number:03}" for number in range(5, 19)), "S024", "S026", "S027", "S029", "S030"),
    *("S031", "S034", "S036", *(f"S{number:03}" for number in range(68, 83)), "S051"),
    *(f"S{number:03}" for number in range(83, 120) if number not in NOT_HERE),
    *("S122", "S123", "S124", "S125", "S127", "S128", "S129", "S130", "S131"),
    *("S149", "S152", "S153", "S154", "S167", "S168", "S169", "S170", "S171"),
]


def table() -> dict[str, str]:
    """The tests that each row names, as text."""
    page = (ROOT / "docs/requirements.md").read_text(encoding="utf-8")
    found = ROW.findall(page)
    assert len({row for row, *_ in found}) == len(found), "a row stands twice"
    return {row: tests for row, _, _, tests in found}


@cache
def functions(path: str) -> frozenset[str]:
    """Names of the test functions and methods of a file; none where there is no such file."""
    file = ROOT / path
    if not file.is_file():
        return frozenset()
    nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    return frozenset(node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_every_row_is_there_in_order() -> None:
    assert list(table()) == ROWS


@pytest.mark.parametrize("row", ROWS)
def test_each_named_test_exists(row: str) -> None:
    named = TEST.findall(table()[row])
    assert named, f"{row} names no test"
    assert not [f"{path}::{name}" for path, name in named if name not in functions(path)]


def test_a_test_that_is_not_there_would_be_seen() -> None:
    assert "test_that_nobody_wrote" not in functions("tests/client/test_requirements.py")
    assert "test_each_named_test_exists" in functions("tests/client/test_requirements.py")
    assert not functions("tests/client/test_nowhere.py")


def test_readme_gives_the_numbers_with_their_source() -> None:
    """S168."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for number in ("42,000", "42.4", "2.8", "60"):
        assert number in readme
    assert "Chen Siqu" in readme


def test_the_licence_is_open_and_on_every_source() -> None:
    """S122: anybody may install, read, change and pass it on."""
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8")
    folders = ("src", "contracts", "interfaces", "tests", "tools", "scripts", "examples", "standards")
    sources = [
        path
        for folder in folders
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".sol", ".js"} or (folder == "standards" and path.suffix == ".yaml")
    ]
    assert len(sources) > 100
    bare = [
        str(path.relative_to(ROOT))
        for path in sources
        if path.stat().st_size and "SPDX-License-Identifier: Apache-2.0" not in _head(path)
    ]
    assert not bare


def _head(path: Path) -> str:
    with path.open(encoding="utf-8") as file:
        return file.read(200)
