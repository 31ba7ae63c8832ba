# SPDX-License-Identifier: Apache-2.0
"""How every tool speaks: headings on stderr, a failure as one sentence and exit code 1."""

import sys
from typing import NoReturn


def say(text: str) -> None:
    """Print a line of progress to stderr, at once."""
    print(text, file=sys.stderr, flush=True)


def fail(text: str) -> NoReturn:
    """End the program with exit code 1 and the sentence `text`."""
    say(text)
    raise SystemExit(1)
