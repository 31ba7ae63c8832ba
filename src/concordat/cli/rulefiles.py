# SPDX-License-Identifier: Apache-2.0
"""The mistakes of files of law, told in the same way whichever command asks.

Rules of evidence and freeze profiles stand in one file.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from concordat.cli.output import styled
from concordat.cli.session import Session
from concordat.errors import UsageError
from concordat.evidence import lint, store


def tell_mistakes(session: Session, files: Sequence[Path]) -> None:
    """Print every mistake of the files with line, column and reason; leave with a code of error if so.

    Raises:
        FileError: a file cannot be read.
    """
    found = []
    for path in files:
        with store.guard("read the rule file"):
            text = path.read_text(encoding="utf-8")
        found += [(path, finding) for finding in lint.lint(text, str(path))]
    data = {
        "findings": [
            {"file": str(path), "line": each.line, "column": each.column, "message": each.message}
            for path, each in found
        ]
    }
    text = "\n".join(each.at(str(path)) for path, each in found)
    session.out.result(data, text or styled("No mistakes.", "good"))
    if found:
        raise click.exceptions.Exit(UsageError.exit_code)
