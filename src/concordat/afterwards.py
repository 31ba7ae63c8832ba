# SPDX-License-Identifier: Apache-2.0
"""How a failure is told that comes after an act took effect: it takes nothing back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from concordat.errors import ConcordatError, FileError, NodeError, OutcomeUnknownError


@contextmanager
def afterwards(what: str, rest: str) -> Iterator[None]:
    """Around what follows an act that stands on the chain: nobody may read that nothing was sent.

    Args:
        what: what stands on the chain, a sentence.
        rest: how to finish what could not be done now, a sentence.

    Raises:
        OutcomeUnknownError: the node was lost: exit code 9, run again.
        FileError: a file could not be written.
    """
    try:
        yield
    except FileError as error:
        kept = f"{what} {error.kept}".strip()
        raise FileError(error.message, code=error.code, kept=kept, next=rest) from error
    except ConcordatError as error:
        if error.exit_code != NodeError.exit_code:
            raise
        raise OutcomeUnknownError(
            f"{what} The node was lost before everything was read back.",
            code="outcome.unread",
            kept="What was sent stands on the chain.",
            next=rest,
        ) from error
