# SPDX-License-Identifier: Apache-2.0
"""What a message tells the reader to run can be run: every command that the client names exists."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from namedcommands import wrong_with

import concordat

SOURCE = Path(concordat.__file__).parent
NAMED = re.compile(r"(?<![.\w'])concordat((?: [a-z][a-z-]*)+(?: \[?(?:[A-Z][A-Z_]*|--[a-z-]+)\]?)*)")
"""Its words, then placeholders and options."""


def _said() -> Iterator[tuple[str, list[str]]]:
    """Every command in a text of the source: where, and what stands after ``concordat``."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                for words in NAMED.findall(" ".join(node.value.split())):
                    yield f"{path.relative_to(SOURCE)}:{node.lineno}", words.split()


def test_commands_and_options_that_messages_name_exist() -> None:
    lost, seen = [], 0
    for place, words in _said():
        seen += 1
        lost += [f"{place}: {each}" for each in wrong_with(words)]
    assert not lost
    assert seen > 500
