# SPDX-License-Identifier: Apache-2.0
"""``concordat doctor``: is everything as it should be?"""

from __future__ import annotations

from dataclasses import asdict

import click

from concordat.cli.options import command, pass_session
from concordat.cli.output import one_line, styled
from concordat.cli.session import Session

_MARKS = {"good": ("ok   ", "good"), "noted": ("note ", "warn"), "bad": ("bad  ", "bad")}


@command("doctor")
@click.option("--settle", is_flag=True, help="Finish what an earlier run signed and sent.")
@pass_session
def doctor(session: Session, settle: bool) -> None:
    """Look at workspace, node, suite, code, clock, key and outbox; say what to do about each."""
    from concordat.diagnosis import State, diagnose

    checks = diagnose(session.workspace, settle=settle)
    lines = []
    for check in checks:
        mark, style = _MARKS[check.state]
        lines.append(styled(mark, style) + one_line(check.text))
        if check.next:
            lines.append("     " + one_line(check.next))
    session.out.result({"checks": [asdict(check) for check in checks]}, "\n".join(lines))
    worst = next((check.exit_code for check in checks if check.state is State.BAD), 0)
    if worst:
        raise click.exceptions.Exit(worst)
