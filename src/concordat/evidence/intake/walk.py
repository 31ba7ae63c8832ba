# SPDX-License-Identifier: Apache-2.0
"""From the paths a user gave to the files below them, one at a time, in the same order everywhere.

Files are ordered by the bytes of their POSIX relative path. Only the names of the folders on the way down
are held in memory. Links are never followed; what is neither file nor folder is refused; nothing is opened
here.
"""

from __future__ import annotations

import heapq
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from concordat.errors import UsageError
from concordat.evidence.intake.findings import Finding, FindingCode, info, warn
from concordat.evidence.intake.names import folded, name_bytes, shown

_KEPT = "No file was opened and nothing was written."
# Reparse tags of Windows that lead elsewhere: symbolic link and mount point (junction). Others, such as the
# tags of cloud folders, stand for the file itself.
_LEADS_ELSEWHERE = frozenset((0xA000000C, 0xA0000003))

Note = Callable[[Finding], None]
Trouble = Callable[[str, str], None]
"""Told ``(where, why)`` of everything that cannot be taken."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file to read: where it lies, its relative path (surrogate-escaped), what the system said of it."""

    source: str
    path: str
    status: os.stat_result
    device: bool = False

    @property
    def key(self) -> bytes:
        """What exhibits are ordered by."""
        return name_bytes(self.path)


@dataclass(frozen=True, slots=True)
class Root:
    """A path that was given and is a folder, a file or a block device."""

    source: str
    status: os.stat_result
    folder: bool
    device: bool


def roots(paths: Iterable[str | os.PathLike[str]], trouble: Trouble) -> tuple[Root, ...]:
    """Look at what was given. A path given twice, or lying below another one, is taken once.

    Raises:
        UsageError: no path was given, or one is itself a symbolic link.
    """
    found: dict[str, Root] = {}
    for given in paths:
        source = os.fspath(given)
        try:
            status = os.lstat(source)
        except (OSError, ValueError) as error:
            trouble(source, reason(error))
            continue
        if is_link(status):
            raise UsageError(
                f"{shown(source)} is a symbolic link, and links are not followed.",
                code="intake.link_given",
                kept=_KEPT,
                next=f"Name what it points to: {shown(os.path.realpath(source))}",
            )
        folder, device = stat.S_ISDIR(status.st_mode), stat.S_ISBLK(status.st_mode)
        if not (folder or device or stat.S_ISREG(status.st_mode)):
            trouble(source, special(status.st_mode))
            continue
        found.setdefault(_identity(source), Root(source, status, folder, device))
    folders = [identity for identity, root in found.items() if root.folder]
    return tuple(root for identity, root in found.items() if not _covered(identity, folders))


def walk(
    given: Sequence[Root], *, note: Note, trouble: Trouble, exclude: Iterable[str | os.PathLike[str]] = ()
) -> Iterator[Entry]:
    """Yield the files below the roots in order.

    ``exclude`` names folders that are not entered (the package that is being written). ``note`` gets
    findings about things that are no exhibits; ``trouble`` gets what cannot be taken, and the walk goes on
    so that all of it is named.

    Raises:
        UsageError: two roots hold the same relative path.
    """
    left_out = frozenset(_identity(os.fspath(path)) for path in exclude)
    streams = [_below(root, note, trouble, left_out) for root in given]
    if len(streams) == 1:
        yield from streams[0]
        return
    before: Entry | None = None
    for entry in heapq.merge(*streams, key=lambda entry: entry.key):
        if before is not None and before.path == entry.path:
            raise UsageError(
                f"{shown(entry.path)} would stand twice: {shown(before.source)} and {shown(entry.source)}.",
                code="intake.same_path",
                kept=_KEPT,
                next="Give the folder that holds both, so that their paths differ.",
            )
        yield entry
        before = entry


def is_link(status: os.stat_result) -> bool:
    """Whether it is a symbolic link or, on Windows, a junction."""
    return stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) in _LEADS_ELSEWHERE


def special(mode: int) -> str:
    """Why a thing that is neither file nor folder is not taken."""
    if stat.S_ISFIFO(mode):
        return "a named pipe has no content of its own and cannot be an exhibit"
    if stat.S_ISSOCK(mode):
        return "a socket has no content of its own and cannot be an exhibit"
    if stat.S_ISBLK(mode):
        return "a block device is read only if it is named itself, not as part of a folder"
    if stat.S_ISCHR(mode):
        return "a character device has no end and cannot be an exhibit"
    return "it is neither a file nor a folder"


def reason(error: Exception) -> str:
    """The operating system's reason in a few words, without the path."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__


def _below(root: Root, note: Note, trouble: Trouble, left_out: frozenset[str]) -> Iterator[Entry]:
    if not root.folder:
        yield Entry(root.source, Path(root.source).name or root.source, root.status, root.device)
        return
    stack = [_listing(root.source, "", note, trouble)]
    while stack:
        item = next(stack[-1], None)
        if item is None:
            stack.pop()
            continue
        source, path = item
        try:
            status = os.lstat(source)
        except OSError as error:
            trouble(source, reason(error))
            continue
        if is_link(status):
            note(info(FindingCode.LINK_NOT_FOLLOWED, path, target=_target(source)))
        elif stat.S_ISDIR(status.st_mode):
            if left_out and _identity(source) in left_out:
                note(info(FindingCode.LEFT_OUT, path))
            else:
                stack.append(_listing(source, path + "/", note, trouble))
        elif stat.S_ISREG(status.st_mode):
            yield Entry(source, path, status)
        else:
            trouble(source, special(status.st_mode))


def _listing(folder: str, prefix: str, note: Note, trouble: Trouble) -> Iterator[tuple[str, str]]:
    """Yield ``(source, path)`` of a folder's members, sorted as full paths are: a folder as ``name/``."""
    try:
        with os.scandir(folder) as members:
            names = [member.name + "/" if _looks_like_folder(member) else member.name for member in members]
    except OSError as error:
        trouble(folder, reason(error))
        return
    if not names:
        note(info(FindingCode.EMPTY_FOLDER, prefix.rstrip("/") or Path(folder).name))
    names.sort(key=name_bytes)
    _note_collisions(names, prefix, note)
    for name in names:
        name = name.rstrip("/")
        yield os.path.join(folder, name), prefix + name  # noqa: PTH118 - Path would cost more than the digest of a small file


def _note_collisions(names: list[str], prefix: str, note: Note) -> None:
    if len({folded(name) for name in names}) == len(names):
        return
    first: dict[str, str] = {}
    pairs = [(known, name) for name in names if (known := first.setdefault(folded(name), name)) is not name]
    note(
        warn(
            FindingCode.NAMES_COLLIDE,
            prefix.rstrip("/"),
            count=str(len(pairs) + len({known for known, _ in pairs})),
            first=pairs[0][0].rstrip("/"),
            second=pairs[0][1].rstrip("/"),
        )
    )


def _looks_like_folder(member: os.DirEntry[str]) -> bool:
    try:
        return member.is_dir(follow_symlinks=False)
    except OSError:
        return False  # lstat will say why


def _target(link: str) -> str:
    try:
        return os.readlink(link)  # noqa: PTH115 - Path would tidy the target
    except OSError:
        return "?"


def _identity(source: str) -> str:
    """The same string for every way of writing one path."""
    return os.path.normcase(os.path.realpath(source))


def _covered(identity: str, folders: list[str]) -> bool:
    return any(
        identity != folder and identity.startswith(folder.rstrip(os.sep) + os.sep) for folder in folders
    )
