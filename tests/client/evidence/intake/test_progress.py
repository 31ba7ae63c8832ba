# SPDX-License-Identifier: Apache-2.0
"""The progress line: only on a terminal, never longer than it, gone at the end."""

from __future__ import annotations

import io

import pytest

from concordat.cli.progress import TerminalProgress, bytes_in_words
from concordat.evidence.intake import Progress


class Terminal(io.StringIO):
    encoding = "utf-8"  # type: ignore[assignment]

    def isatty(self) -> bool:
        return True


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_nothing_is_drawn_without_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, stream, dumb = Clock(), io.StringIO(), Terminal()
    monkeypatch.setenv("TERM", "xterm")
    silent: list[Progress] = [TerminalProgress(stream=stream, clock=clock)]
    monkeypatch.setenv("TERM", "dumb")
    silent.append(TerminalProgress(stream=dumb, clock=clock))
    for progress in silent:
        progress.begin(1, 10)
        clock.now += 5
        progress.advance(10, 1)
        progress.end()
    assert stream.getvalue() == dumb.getvalue() == ""


def test_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "200")
    clock, terminal = Clock(), Terminal()
    progress = TerminalProgress(stream=terminal, clock=clock)
    progress.begin(4, 4_000_000_000)
    progress.advance(100, 0)  # too early to draw
    assert terminal.getvalue() == ""
    clock.now += 10
    progress.advance(999_999_900, 1)
    drawn = terminal.getvalue()
    assert drawn == (
        "\rHashing " + "█" * 6 + "░" * 18 + "  25%, 1 of 4 files, 1.0 GB of 4.0 GB, 100 MB/s, 0:30 left"
    )
    assert "\x1b" not in drawn
    progress.end()
    assert terminal.getvalue().endswith("\r" + " " * (len(drawn) - 1) + "\r")


def test_a_narrow_terminal_and_one_without_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "20")
    clock, terminal = Clock(), Terminal()
    terminal.encoding = "ascii"
    progress = TerminalProgress(stream=terminal, clock=clock)
    progress.begin(2, 0)
    clock.now += 1
    progress.advance(0, 1)
    assert terminal.getvalue() == "\rHashing ###########"


def test_a_terminal_that_goes_away_does_not_stop_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone(Terminal):
        def write(self, text: str) -> int:
            raise OSError(5, "Input/output error")

    monkeypatch.setenv("TERM", "xterm")
    clock = Clock()
    progress = TerminalProgress(stream=Gone(), clock=clock)
    progress.begin(1, 1)
    clock.now += 1
    progress.advance(1, 1)
    progress.end()


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (99_940, "99.9 kB"),
        (150_000, "150 kB"),
        (10**11, "100 GB"),
        (10**19, "10000 PB"),
    ],
)
def test_sizes_in_words(size: int, words: str) -> None:
    assert bytes_in_words(size) == words
