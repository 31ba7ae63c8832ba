# SPDX-License-Identifier: Apache-2.0
"""What a message tells the reader to run can be run: every command that the client names exists."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click

import concordat
from concordat.cli.main import root

SOURCE = Path(concordat.__file__).parent
NAMED = re.compile(r"(?<![.\w'])concordat((?: [a-z][a-z-]*)+)((?: \[?(?:[A-Z][A-Z_]*|--[a-z-]+)\]?)*)")
"""Its words, then placeholders and options."""


def _said() -> Iterator[tuple[str, list[str], list[str]]]:
    """Every command in a text of the source: where, its words, its options."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                for words, rest in NAMED.findall(" ".join(node.value.split())):
                    place = f"{path.relative_to(SOURCE)}:{node.lineno}"
                    yield place, words.split(), re.findall(r"--[a-z-]+", rest)


def _reach(words: list[str]) -> click.Command | str:
    """The command that the words lead to, or the word that leads nowhere. Prose may follow a command."""
    command: click.Command = root
    for word in words:
        if not isinstance(command, click.Group):
            break
        found = command.get_command(click.Context(command), word)
        if found is None:
            return word
        command = found
    return command


def test_commands_and_options_that_messages_name_exist() -> None:
    lost, seen = [], 0
    for place, words, options in _said():
        seen += 1
        command = _reach(words)
        if isinstance(command, str):
            lost.append(f"{place}: concordat {' '.join(words)}: {command}")
            continue
        known = {option for each in command.params for option in each.opts} | {"--help"}
        lost += [f"{place}: {command.name} {option}" for option in options if option not in known]
    assert not lost
    assert seen > 500
