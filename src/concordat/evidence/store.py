# SPDX-License-Identifier: Apache-2.0
"""Writing files so that a power cut, a full disk or a kill leaves the old content or the new, never a part.

Only calls that every operating system has. Access is limited to the owner (mode 0600) where the system knows
modes.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from concordat.errors import FileError

_OWNER_ONLY = 0o600
_CHUNK = 1 << 20
# Windows has no O_BINARY-less mode that keeps bytes as they are; elsewhere the flag does not exist.
_BINARY = getattr(os, "O_BINARY", 0)
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}


@contextlib.contextmanager
def guard(what: str, *, kept: str = "", next: str = "") -> Iterator[None]:  # noqa: A002 (the name that errors have)
    """Turn the system's refusals, and bytes that are no text, into a `FileError` that says what to do next.

    Args:
        what: what was being done, to be read after "could not": "write the package".
        kept: what is safe whatever happened.
        next: what to do once the cause is gone.
    """
    try:
        yield
    except OSError as error:
        raise refusal(error, what, kept=kept, next=next) from error
    except UnicodeDecodeError as error:
        raise FileError(
            f"Could not {what}: it is not UTF-8 text (byte {error.start}).",
            code="file.not_text",
            kept=kept,
            next=next or "See that it is the right file, and save it as UTF-8.",
        ) from error


def refusal(error: OSError, what: str, *, kept: str = "", next: str = "") -> FileError:  # noqa: A002
    """Word one error of the operating system."""
    if error.errno in _FULL:
        return FileError(
            f"The disk is full: could not {what}.",
            code="disk.full",
            kept=kept,
            next=next or "Free some space and run the same command again.",
        )
    name = f" ({error.filename})" if error.filename else ""
    reason = error.strerror or type(error).__name__
    return FileError(
        f"Could not {what}: {reason}{name}.",
        code="file.unreadable",
        kept=kept,
        next=next
        or "See that the file is there and that you may read and write it, then run the command again.",
    )


def write(path: Path, data: bytes) -> None:
    """Replace ``path`` by ``data`` at once and durably, making its folder if need be."""
    with replacing(path) as stream:
        stream.write(data)


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Open a stream whose content takes the place of ``path`` when the block ends; not if it fails."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(path.name + ".tmp")
    temporary.unlink(missing_ok=True)
    try:
        with create(temporary) as stream:
            yield stream
            _settle(stream)
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    settle_folder(path.parent)


def create(path: Path) -> BinaryIO:
    """Open a new file for its owner alone; refuses one that exists."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, _OWNER_ONLY), "wb")


def append(path: Path, data: bytes) -> None:
    """Add ``data`` at the end, durably. All of it or, if the disk is full, nothing."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | _BINARY, _OWNER_ONLY)
    with os.fdopen(descriptor, "ab") as stream:
        before = stream.tell()
        try:
            stream.write(data)
            _settle(stream)
        except OSError:
            with contextlib.suppress(OSError):
                os.truncate(path, before)
            raise


def copy(source: Path, target: Path) -> str:
    """Copy a file whole and durably; return the SHA-256 (hex) of the bytes that were written."""
    digest = hashlib.sha256()
    with source.open("rb") as stream, replacing(target) as out:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            out.write(chunk)
    return digest.hexdigest()


def sha256_of(path: Path) -> str:
    """SHA-256 (hex) of a file, in constant memory."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def settle_folder(folder: Path) -> None:
    """Make a new or renamed entry of ``folder`` durable, where the system can (Windows does it by itself)."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _settle(stream: BinaryIO) -> None:
    stream.flush()
    os.fsync(stream.fileno())
