# SPDX-License-Identifier: Apache-2.0
"""Opening evidence and making sure that it held still while it was read."""

from __future__ import annotations

import io
import os
from dataclasses import dataclass

from concordat.errors import FileError
from concordat.evidence.intake.names import shown
from concordat.evidence.intake.walk import Entry, reason

# Not to follow a link that took the file's place, not to wait for a pipe that did, and not to touch the
# access time. Each is used where the system has it.
_CAREFUL = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_NO_ACCESS_TIME = getattr(os, "O_NOATIME", 0)
_NAMED_AT_MOST = 1000

KEPT = "The evidence is untouched; what was digested so far serves the next run."


@dataclass(frozen=True, slots=True)
class State:
    """What must not change while a file is read."""

    size: int
    mtime_ns: int
    inode: int


def open_evidence(source: str) -> io.FileIO:
    """Open for reading, unbuffered. Raises OSError."""
    return io.FileIO(source, "r", opener=_opener)


def state(entry: Entry, reader: io.FileIO) -> State:
    """The state of the open file. A block device has no size in its status; its end tells."""
    status = os.fstat(reader.fileno())
    if not entry.device:
        return State(status.st_size, status.st_mtime_ns, status.st_ino)
    size = reader.seek(0, os.SEEK_END)
    reader.seek(0)
    return State(size, 0, status.st_ino)


def same_file(entry: Entry, before: State) -> bool:
    """Whether the opened file is the one that was listed and still stands under its name."""
    if entry.device:
        return True
    try:
        now = os.lstat(entry.source)
    except OSError:
        return False
    return State(now.st_size, now.st_mtime_ns, now.st_ino) == before


def changed(entry: Entry) -> FileError:
    """The error for a file that did not hold still."""
    return FileError(
        f"{shown(entry.source)} changed while it was being read.",
        code="file.changed",
        kept=KEPT,
        next="Work on a copy or an image that nothing writes to, then run the command again.",
    )


def unreadable(troubles: list[tuple[str, str]], *, kept: str) -> FileError:
    """The error that names everything that cannot be read."""
    lines = [f"{shown(where)}: {why}" for where, why in troubles[:_NAMED_AT_MOST]]
    if len(troubles) > _NAMED_AT_MOST:
        lines.append(f"and {len(troubles) - _NAMED_AT_MOST} more")
    first = "One path cannot be read" if len(troubles) == 1 else f"{len(troubles)} paths cannot be read"
    return FileError(
        f"{first}:\n" + "\n".join(lines),
        kept=kept,
        next="Make them readable or name other paths, then run the command again.",
    )


def broken(entry: Entry, at: int, error: OSError) -> FileError:
    """The error for a file whose bytes stopped coming."""
    return unreadable([(entry.source, f"{reason(error)}, after {at} bytes")], kept=KEPT)


def _opener(path: str, flags: int) -> int:
    if _NO_ACCESS_TIME:
        try:
            return os.open(path, flags | _CAREFUL | _NO_ACCESS_TIME)
        except PermissionError:
            pass  # only the owner may ask for it
    return os.open(path, flags | _CAREFUL)
