# SPDX-License-Identifier: Apache-2.0
"""The one tree of errors. Each says what happened, what was kept and what to do next.

ConcordatError                    exit 1   something nobody foresaw
├── UsageError                    exit 2   wrong use, or a record that says wrong things
├── RefusedError                  exit 3   judged and refused, nothing registered
├── VerificationError             exit 4   something is not what was registered
├── NodeError                     exit 5   no node, or not the chain that was pinned; nothing sent
├── AuthorityError                exit 6   the key may not do this
├── CurableError                  exit 7   judged curable
├── FileError                     exit 8   a file cannot be read, or the disk is full
├── OutcomeUnknownError           exit 9   sent, but the outcome is not known: run again
└── Interrupted                   exit 130 stopped by the user
"""

from __future__ import annotations

from typing import ClassVar


class ConcordatError(Exception):
    """Base of all errors.

    Args:
        message: what happened, one sentence that a user understands.
        code: stable machine name, ``domain.reason``; defaults to the class's own.
        kept: what was kept (files, records, money untouched), or "" if nothing was at stake.
        next: what to do next, or "".
    """

    exit_code: ClassVar[int] = 1
    default_code: ClassVar[str] = "unexpected"

    def __init__(self, message: str, *, code: str = "", kept: str = "", next: str = "") -> None:  # noqa: A002
        super().__init__(message)
        self.message = message
        self.code = code or self.default_code
        self.kept = kept
        self.next = next

    def as_dict(self) -> dict[str, str]:
        """The four stable fields of ``--json``."""
        return {"code": self.code, "message": self.message, "kept": self.kept, "next": self.next}


class UsageError(ConcordatError):
    """Wrong use of a command, or an input that says wrong things."""

    exit_code = 2
    default_code = "usage"


class RefusedError(ConcordatError):
    """The collection was judged and refused; nothing was registered."""

    exit_code = 3
    default_code = "refused"


class VerificationError(ConcordatError):
    """Something is not what was registered."""

    exit_code = 4
    default_code = "verification.failed"


class NodeError(ConcordatError):
    """No node answers, or it is not the chain that was pinned. Nothing was sent."""

    exit_code = 5
    default_code = "node.unreachable"


class AuthorityError(ConcordatError):
    """The key is not entitled to this act."""

    exit_code = 6
    default_code = "authority.missing"


class CurableError(ConcordatError):
    """The collection has defects that can be cured."""

    exit_code = 7
    default_code = "curable"


class FileError(ConcordatError):
    """A file cannot be read or written, or the disk is full."""

    exit_code = 8
    default_code = "file.unreadable"


class OutcomeUnknownError(ConcordatError):
    """A transaction was sent and its outcome is not known. Running the command again finds out."""

    exit_code = 9
    default_code = "outcome.unknown"


class Interrupted(ConcordatError):
    """The user stopped the command."""

    exit_code = 130
    default_code = "interrupted"
