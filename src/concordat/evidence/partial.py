# SPDX-License-Identifier: Apache-2.0
"""``NAME.acq.partial/``: what a running pack leaves, so that one that was killed goes on where it stopped.

Three things outlive a stop: what is being packed (pack.json), the seed of the salts, and the digests so far
(progress.jsonl, appended to and made durable in batches). All else is made anew by the next run.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO, Final

from concordat.errors import UsageError
from concordat.evidence import canonical, merkle, store
from concordat.evidence.intake import Exhibit, Hashes, shown
from concordat.evidence.lock import FolderLock
from concordat.evidence.tree import SEED

PLAN: Final = "pack.json"
PROGRESS: Final = "progress.jsonl"
LOCK: Final = "pack.lock"
_OUTLIVE = {PLAN, PROGRESS, LOCK, SEED}
# How much digesting a power cut may cost.
_BATCH_FILES = 256
_BATCH_SECONDS = 2.0


class Partial:
    """The folder of one running pack, held by one process at a time. Use it as a context.

    Args:
        folder: ``NAME.acq.partial``.
        paths: what is being packed. Digests of one set of paths are never taken for those of another.

    Raises:
        UsageError: another pack runs in it, or it is the unfinished pack of other paths.
    """

    def __init__(self, folder: Path, paths: Iterable[str | os.PathLike[str]]) -> None:
        self.folder = folder
        self.saved = 0
        self._paths = [os.path.realpath(path) for path in paths]
        self._known: dict[str, tuple[int, int, str, str]] = {}
        self._waiting: list[bytes] = []
        self._saved_at = time.monotonic()
        self._progress: BinaryIO | None = None
        self._lock = FolderLock(folder / LOCK)

    def __enter__(self) -> Partial:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self._lock.take():
            raise UsageError(
                f"{self.folder.name} is in use: another pack is writing it.",
                code="pack.running",
                kept="Nothing was changed.",
                next="Wait until it is done, or give this one another name.",
            )
        try:
            self._agree_on_paths()
            self._clear()
            self._load()
            self._seed()
            self._progress = (self.folder / PROGRESS).open("ab")
        except BaseException:
            self._lock.release()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.save()
        finally:
            self._close()

    def known(self, path: str, size: int, mtime_ns: int) -> Hashes | None:
        """Digests of an earlier run, if the file has the same size and time of change."""
        found = self._known.get(path)
        if found is None or found[:2] != (size, mtime_ns):
            return None
        return Hashes(found[2], found[3])

    def add(self, exhibit: Exhibit) -> None:
        """Keep the digests of a file; durable with the batch."""
        values = (exhibit.size, exhibit.mtime_ns, exhibit.sha256, exhibit.sm3)
        if self._known.get(exhibit.path) == values:
            self.saved += 1
            return
        self._waiting.append(json.dumps([exhibit.path, *values]).encode() + b"\n")
        if len(self._waiting) >= _BATCH_FILES or time.monotonic() - self._saved_at > _BATCH_SECONDS:
            self.save()

    def save(self) -> None:
        """Make all digests so far durable."""
        if self._progress is None or not self._waiting:
            return
        self._progress.write(b"".join(self._waiting))
        self._progress.flush()
        os.fsync(self._progress.fileno())
        self.saved += len(self._waiting)
        self._waiting.clear()
        self._saved_at = time.monotonic()

    def become(self, package: Path) -> None:
        """Turn into the package, at once. Nothing but the package's own files remains in it."""
        self.save()
        self._close()
        for name in (PROGRESS, PLAN, LOCK):
            (self.folder / name).unlink(missing_ok=True)
        self.folder.rename(package)
        store.settle_folder(package.parent)

    def _agree_on_paths(self) -> None:
        plan = self.folder / PLAN
        mine = canonical.dumps({"concordat": "partial/1", "paths": [shown(path) for path in self._paths]})
        if not plan.exists():
            self._forget()
            store.write(plan, mine)
        elif (theirs := plan.read_bytes()) != mine:
            raise UsageError(
                f"{self.folder.name} is the unfinished pack of other files: {_listed(theirs)}.",
                code="pack.other_files",
                kept="It was left as it is.",
                next=f"Pack those files, give this pack another name, or delete {self.folder.name}.",
            )

    def _forget(self) -> None:
        for name in (PROGRESS, SEED):
            (self.folder / name).unlink(missing_ok=True)

    def _clear(self) -> None:
        for member in self.folder.iterdir():
            if member.name in _OUTLIVE:
                continue
            if member.is_dir() and not member.is_symlink():
                shutil.rmtree(member)
            else:
                member.unlink()

    def _load(self) -> None:
        """Read the digests so far. What was cut off in the middle of writing is passed over and cut away."""
        path = self.folder / PROGRESS
        if not path.exists():
            return
        whole = 0
        with path.open("rb") as stream:
            for line in stream:
                if not line.endswith(b"\n"):
                    break
                whole += len(line)
                try:
                    name, size, mtime_ns, sha256, sm3 = json.loads(line)
                    self._known[name] = (int(size), int(mtime_ns), str(sha256), str(sm3))
                except (ValueError, TypeError):
                    continue
        os.truncate(path, whole)

    def _seed(self) -> None:
        """Make the seed of the salts once: however often a pack is stopped, its root stays the same."""
        path = self.folder / SEED
        if not path.exists():
            store.write(path, secrets.token_hex(merkle.HASH_BYTES).encode() + b"\n")

    def _close(self) -> None:
        progress, self._progress = self._progress, None
        try:
            if progress is not None:
                progress.close()
        finally:
            self._lock.release()


def _listed(plan: bytes) -> str:
    try:
        paths: Sequence[str] = json.loads(plan)["paths"]
    except (ValueError, KeyError, TypeError):
        return "which ones, it no longer says"
    return ", ".join(paths)
