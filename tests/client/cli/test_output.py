# SPDX-License-Identifier: Apache-2.0
"""How every command ends: exit code, streams, languages, colours, crashes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest

from concordat import errors
from concordat.cli import output
from concordat.cli.main import COMMANDS
from concordat.cli.session import Session
from concordat.errors import ConcordatError, UsageError

KINDS = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, ConcordatError) and kind is not ConcordatError
]


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A command that fails as it is told to."""

    def put(error: BaseException) -> None:
        def act(*_: object, **__: object) -> None:
            raise error

        monkeypatch.setattr("concordat.ledger.keystore.stored", act)

    return put


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_error_has_its_exit_code_and_three_sentences(
    concordat: Any, failing: Any, kind: Any
) -> None:
    failing(kind("What happened.", kept="What was kept.", next="What to do."))
    outcome = concordat("key", "list")

    assert outcome.code == kind.exit_code
    assert outcome.out == ""
    assert outcome.err == "What happened.\nWhat was kept.\nWhat to do.\n"


def test_in_json_the_failure_is_the_one_object_on_stdout(concordat: Any, failing: Any) -> None:
    failing(UsageError("What happened.", code="some.code", kept="Kept.", next="Do."))
    for arguments in (("key", "list", "--json"), ("--json", "key", "list")):
        outcome = concordat(*arguments)
        assert outcome.json == {
            "code": "some.code",
            "message": "What happened.",
            "kept": "Kept.",
            "next": "Do.",
        }
        assert outcome.err == ""
        assert outcome.code == 2


@pytest.mark.parametrize(
    "arguments",
    [("nonsense",), ("key", "new"), ("key", "list", "--what"), ("officer", "accept", "--until", "soon")],
)
def test_wrong_use_is_a_sentence(concordat: Any, arguments: tuple[str, ...]) -> None:
    outcome = concordat(*arguments)
    assert outcome.code == 2
    assert "See: concordat" in outcome.err
    assert concordat(*arguments, "--json").json["code"] == "usage"


@pytest.mark.parametrize("stop", [KeyboardInterrupt(), click.Abort()])
def test_an_interruption_is_a_sentence(concordat: Any, failing: Any, stop: BaseException) -> None:
    failing(stop)
    outcome = concordat("key", "list")
    assert outcome.code == 130
    assert outcome.err.strip().startswith("Stopped.")
    assert "again" in outcome.err


def test_what_nobody_foresaw_is_written_down_and_no_traceback_shown(
    concordat: Any, failing: Any, workspace: Path
) -> None:
    failing(ZeroDivisionError("of a kind"))
    outcome = concordat("key", "list")

    assert outcome.code == 1
    assert "ZeroDivisionError: of a kind" in outcome.err
    assert "Traceback" not in outcome.err
    [report] = (workspace / "crashes").iterdir()
    assert str(report) in outcome.err
    assert "Traceback" in report.read_text()
    assert "['key', 'list']" in report.read_text()


def test_without_a_workspace_the_details_go_elsewhere(
    concordat: Any, failing: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path / "elsewhere"))
    failing(ZeroDivisionError("x"))
    assert "elsewhere" in concordat("key", "list").err

    monkeypatch.setattr("tempfile.gettempdir", lambda: os.devnull)
    assert concordat("key", "list").err.rstrip().endswith("Report this.")


def test_a_reader_that_left_is_no_failure(
    concordat: Any, failing: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["concordat.cli.main"], "_reader_left", lambda: 0)
    failing(BrokenPipeError())
    outcome = concordat("key", "list")
    assert (outcome.code, outcome.err) == (0, "")


def test_a_real_pipe_may_close() -> None:
    script = "import sys; from concordat.cli import run; sys.exit(run(['--help']))"
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([sys.executable, "-c", script], stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


def test_nobody_is_asked_without_a_terminal(concordat: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CONCORDAT_PASSWORD")
    outcome = concordat("key", "new", "officer", "--json")
    assert outcome.code == 2
    assert outcome.json["code"] == "no_terminal"
    assert "--password-file" in outcome.json["next"]


def test_who_sits_there_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CONCORDAT_PASSWORD")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    monkeypatch.setattr("click.prompt", lambda *_, **__: "a secret")
    session = Session()
    assert session.password("officer") == session.new_password("officer") == "a secret"

    monkeypatch.setattr("click.confirm", lambda *_, **__: False)
    with pytest.raises(UsageError, match="Not done"):
        session.confirm("Really?")
    monkeypatch.setattr("click.confirm", lambda *_, **__: True)
    session.confirm("Really?")


def test_a_password_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "password").write_bytes("pässwört \r\nnot this".encode())
    session = Session()
    session.password_file = str(tmp_path / "password")
    assert session.password("officer") == session.new_password("officer") == "pässwört "
    session.password_file = str(tmp_path / "gone")
    with pytest.raises(ConcordatError) as missing:
        session.password("officer")
    assert missing.value.exit_code == 8


def test_every_command_explains_itself(concordat: Any) -> None:
    outcome = concordat("--help")
    assert outcome.code == 0
    for name in COMMANDS:
        assert name in outcome.out
        explained = concordat(name, "--help")
        assert (explained.code, "Usage" in explained.out) == (0, True)
    assert concordat("--version").code == 0


def test_control_characters_from_elsewhere_do_nothing() -> None:
    assert output.printable("a\x1b[2Jb\u202ec\x07\n") == "a\\x1b[2Jb\\u202ec\\x07\n"
    assert output.one_line("a\nb\tc") == "a\\x0ab\\x09c"
    assert output.printable("取证 é 😀") == "取证 é 😀"


def test_columns_stand_under_each_other_in_every_script() -> None:
    lines = click.unstyle(output.table(("name", "n"), [("取证", "1"), ("abcdef", "2")])).splitlines()
    assert lines == ["name    n", "取证    1", "abcdef  2"]
    assert output.fields([("a", "1"), ("long", "2")]) == "a     1\nlong  2"
    assert output.fields([]) == ""


def test_a_marked_cell_is_coloured_and_still_harmless() -> None:
    rows = [(output.Marked("late\x1b[2J", "bad"), "x"), ("in time", output.Marked("", "bad"))]
    lines = output.table(("a", "b"), rows).split("\n")
    assert lines[1] == output.styled("late\\x1b[2J", "bad") + "  x"
    assert click.unstyle(lines[0]) == "a            b" and lines[2] == "in time"


def test_colour_is_for_those_who_see_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert output._color() is False
    monkeypatch.delenv("NO_COLOR")
    assert output._color() is None


def test_the_language_is_chosen_by_the_command(concordat: Any, workspace: Path) -> None:
    arguments = ("agency", "contact", "MY", "EXTRADITION")
    assert "named no contact point" in concordat(*arguments).err
    assert "未就职能" in concordat(*arguments, "--lang", "zh").err
    assert "named no contact point" in concordat(*arguments).err


def test_a_shell_may_ask_for_completions(concordat: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_CONCORDAT_COMPLETE", "zsh_source")
    outcome = concordat()
    assert (outcome.code, "compdef" in outcome.out) == (0, True)
