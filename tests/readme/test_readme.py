# SPDX-License-Identifier: Apache-2.0
"""The README's session runs as it is written, after the chapters of the demonstration that it builds on.

A chain of its own on a free port, everything else in a temporary folder; nothing of the checkout is touched.
"""

from __future__ import annotations

import importlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SESSION_SECONDS = 120


def block(language: str) -> list[str]:
    """The lines of the one fenced block of this language."""
    found = re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    assert len(found) == 1
    return [line for line in found[0].splitlines() if line]


def expected_exit(line: str) -> int:
    """0, or what the comment at the end of the line says."""
    said = re.search(r"# exit code (\d+)$", line)
    return int(said.group(1)) if said else 0


@dataclass(frozen=True)
class Ran:
    """The session as it went: exit code of each line, what was printed, where."""

    codes: list[int]
    printed: str
    folder: Path


@pytest.fixture(scope="module")
def chain_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A port of its own and a folder for the chain that the demonstration starts; stopped at the end."""
    from tools.ports import free_port

    folder = tmp_path_factory.mktemp("chain")
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("CONCORDAT_", "CHAIN_"))
    }
    environment = {
        **kept,
        "CHAIN_DIR": str(folder),
        "CHAIN_PORT": str(free_port(8561)),
        "NO_COLOR": "1",
        "PYTHONUTF8": "1",
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), kept.get("PATH", "")]),
    }
    yield environment
    subprocess.run(
        [sys.executable, "-m", "tools.chain", "stop"],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
    )


@pytest.fixture(scope="module")
def checkout(
    tmp_path_factory: pytest.TempPathFactory, chain_environment: dict[str, str]
) -> Iterator[tuple[Path, dict[str, str]]]:
    """What ``make demo`` leaves: the case, the chain, officer Faridah's workspace."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copytree(ROOT / "examples" / "case-0317", folder / "examples" / "case-0317")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name not in chain_environment]:
            patch.delenv(name)
        for name, value in chain_environment.items():
            patch.setenv(name, value)
        patch.setenv("DEMO_DIR", str(folder / ".demo"))
        patch.syspath_prepend(ROOT / "examples")
        town, evidence = _part("town"), _part("evidence")
        town.build([officer for officer in evidence.OFFICERS if officer.name in ("faridah", "zhang")])
        evidence.standards()
    yield folder, chain_environment


@pytest.fixture(scope="module")
def ran(checkout: tuple[Path, dict[str, str]]) -> Ran:
    """The session, line by line in one shell."""
    folder, environment = checkout
    noted = "".join(f'{line}\necho "$?" >&3\n' for line in block("sh"))
    script = f"exec 3>'{folder}/codes'\n{noted}"
    done = subprocess.run(
        ["sh"],
        input=script,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=SESSION_SECONDS,
        check=False,
    )
    codes = [int(code) for code in (folder / "codes").read_text().split()]
    return Ran(codes, done.stdout + done.stderr, folder / ".demo")


def test_every_line_ends_as_the_readme_says(ran: Ran) -> None:
    lines = block("sh")
    assert len(lines) <= 10
    told = dict(zip(lines, ran.codes, strict=True))
    assert told == {line: expected_exit(line) for line in lines}, ran.printed


def test_what_the_readme_quotes_is_printed(ran: Ran) -> None:
    assert [line for line in block("text") if line not in ran.printed.splitlines()] == []


def test_the_verdicts_are_those_that_the_readme_tells(ran: Ran) -> None:
    for sentence in ("Malaysia (rules for its own evidence", "China (rules for evidence from abroad"):
        assert sentence in ran.printed
    for rule in ("CF1a", "CF2a", "CF3"):
        assert rule in ran.printed


def test_the_session_leaves_a_package_with_both_documents(ran: Ran) -> None:
    package = ran.folder / "phone.acq"
    for name in ("collection-report", "registration-certificate"):
        assert [path for path in package.rglob(f"{name}.pdf") if path.stat().st_size > 10_000]


def test_the_two_commands_are_targets_of_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in sorted(set(re.findall(r"(?:^|`)make ([a-z][a-z-]*)", README, re.MULTILINE))):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_commands_that_the_readme_shows_exist() -> None:
    from concordat.cli.main import COMMANDS

    shown = {word for line in block("sh") for word in re.findall(r"^concordat ([a-z-]+)", line)}
    assert shown <= set(COMMANDS)


def _part(name: str) -> ModuleType:
    """A module of the demonstration, which takes port and folder from the environment."""
    return importlib.import_module(f"demo.{name}")
