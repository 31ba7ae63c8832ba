# SPDX-License-Identifier: Apache-2.0
"""The progress line of the terminal: on stderr, only where somebody watches, and gone when it is done.

It uses no colour and no control sequence but the carriage return, so NO_COLOR and old consoles need no
special care.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable
from typing import TextIO

_EVERY = 0.1
"""Seconds between two drawings."""
_BAR = 24
_UNITS = ("B", "kB", "MB", "GB", "TB", "PB")


class TerminalProgress:
    """Draws how far the reading is. See `concordat.evidence.intake.Progress`.

    Args:
        label: what is going on, one or two words.
        stream: where to draw; default: stderr. Nothing is drawn if it is not a terminal or a dumb one.
        clock: seconds that only go forward.
    """

    def __init__(
        self,
        label: str = "Hashing",
        *,
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._label = label
        self._stream = stream if stream is not None else sys.stderr
        self._clock = clock
        self._visible = self._stream.isatty() and os.environ.get("TERM") != "dumb"
        self._full, self._empty = _marks(self._stream)
        self._files = self._size = self._done_files = self._done_size = 0
        self._started = self._drawn = 0.0
        self._width = 0

    def begin(self, files: int, size: int) -> None:
        """Start: ``files`` of ``size`` bytes together."""
        self._files, self._size = files, size
        self._done_files = self._done_size = 0
        self._started = self._drawn = self._clock()

    def advance(self, size: int, files: int) -> None:
        """Count more bytes and files, and draw if the last drawing is old enough."""
        self._done_size += size
        self._done_files += files
        if self._visible and self._clock() - self._drawn >= _EVERY:
            self._draw()

    def end(self) -> None:
        """Wipe the line."""
        if self._visible and self._width:
            self._write("\r" + " " * self._width + "\r")
            self._width = 0

    def line(self) -> str:
        """Compose the line as it would be drawn now."""
        share = self._done_size / self._size if self._size else self._done_files / max(self._files, 1)
        share = min(share, 1.0)
        filled = int(share * _BAR)
        passed = self._clock() - self._started
        parts = [
            f"{self._label} {self._full * filled}{self._empty * (_BAR - filled)} {share:4.0%}",
            f"{self._done_files} of {self._files} files",
            f"{bytes_in_words(self._done_size)} of {bytes_in_words(self._size)}",
        ]
        if passed >= 1 and share > 0:
            parts += [
                f"{bytes_in_words(self._done_size / passed)}/s",
                f"{_clock_time(passed / share - passed)} left",
            ]
        return ", ".join(parts)

    def _draw(self) -> None:
        self._drawn = self._clock()
        line = self.line()[: max(shutil.get_terminal_size().columns - 1, 10)]
        self._write("\r" + line.ljust(self._width))
        self._width = len(line)

    def _write(self, text: str) -> None:
        try:
            self._stream.write(text)
            self._stream.flush()
        except OSError:  # the terminal is gone; the work goes on
            self._visible = False


def bytes_in_words(size: float) -> str:
    """A number of bytes with a decimal unit: ``1.5 GB``."""
    unit = 0
    while size >= 999.5 and unit < len(_UNITS) - 1:
        size, unit = size / 1000, unit + 1
    return f"{size:.0f} {_UNITS[unit]}" if unit == 0 or size >= 99.95 else f"{size:.1f} {_UNITS[unit]}"


def _clock_time(seconds: float) -> str:
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02d}:{second:02d}" if hours else f"{minute}:{second:02d}"


def _marks(stream: TextIO) -> tuple[str, str]:
    """Blocks where the stream can show them, else ASCII."""
    try:
        "█░".encode(getattr(stream, "encoding", None) or "ascii")
    except (UnicodeEncodeError, LookupError):
        return "#", "."
    return "█", "░"
