# SPDX-License-Identifier: Apache-2.0
"""Every typed error that a contract can answer with is expected by a test, and no test expects another."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from concordat.ledger import artifacts
from concordat.ledger.sentences.governor import NEVER_RAISED
from tests.contracts.suite import MODULES

HERE = Path(__file__).parent


def errors() -> dict[str, set[str]]:
    """The contracts of the suite that can answer with it, by the error's name."""
    found: dict[str, set[str]] = {}
    for contract in artifacts.names():
        for entry in artifacts.load(contract).abi:
            if entry["type"] == "error":
                found.setdefault(entry["name"], set()).add(contract)
    return found


def files_of_tests() -> list[Path]:
    return [path for path in sorted(HERE.rglob("test_*.py")) if path != Path(__file__)]


def words(path: Path) -> set[str]:
    """All texts of a file: an error's name stands in `reverts("Name")` or in a table of cases."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {value for value in nodes if isinstance(value, str)}


def expected_directly(path: Path) -> Iterator[str]:
    """The names in `reverts("Name", ...)`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "reverts" and node.args):
            continue
        if isinstance(node.args[0], ast.Constant):
            yield str(node.args[0].value)


def test_every_error_is_expected_by_a_test() -> None:
    """But for those of the library that nothing in the Council leads to."""
    expected = set().union(*(words(path) for path in files_of_tests()))
    expected |= set(NEVER_RAISED)
    missing = {name: contracts for name, contracts in errors().items() if name not in expected}
    assert not missing, f"no test meets these errors: {missing}"


def test_no_test_expects_an_error_that_is_none() -> None:
    named = {name: path.name for path in files_of_tests() for name in expected_directly(path)}
    unknown = {name: path for name, path in named.items() if name not in errors()}
    assert not unknown


def test_every_contract_is_walked() -> None:
    """Guard: the walk above sees all of them."""
    assert set(artifacts.names()) == {"Genesis", *MODULES}
    assert len(errors()) > 100
