# SPDX-License-Identifier: Apache-2.0
"""``concordat standing reply | declare``."""

from __future__ import annotations

from pathlib import Path

import click

from concordat.casework.cooperating import standing
from concordat.cli.desk import FILE, open_desk
from concordat.cli.options import command, key_option, pass_session
from concordat.cli.receipts import done
from concordat.cli.session import Session
from concordat.errors import UsageError
from concordat.evidence import store


@command("reply")
@click.argument("outcome")
@click.option("--text", type=FILE, required=True, help="The reply; its SHA-256 goes on the chain.")
@key_option
@pass_session
def reply(session: Session, outcome: str, text: Path, key_uri: str | None) -> None:
    """Reply on the record to an OUTCOME (id, or its beginning), as the rated agency."""
    with store.guard("read the reply"):
        words = text.read_bytes()
    meant, receipt = standing.reply(open_desk(session, key_uri), outcome, words)
    said = f"The reply stands beside the outcome 0x{meant.id.hex()[:12]}. Keep {text.name}."
    if receipt is None:
        session.out.result({"outcome": f"0x{meant.id.hex()}", "before": True}, said)
        return
    done(session, receipt, said, outcome=f"0x{meant.id.hex()}", before=False)


@command("declare")
@click.option("--binds", "how", flag_value="binds", help="Standing takes and returns powers, from now on.")
@click.option("--advises", "how", flag_value="advises", help="Standing only advises, in 30 days.")
@key_option
@pass_session
def declare(session: Session, how: str | None, key_uri: str | None) -> None:
    """Say whether standing binds the own country's agencies; as its central authority's account."""
    if how is None:
        raise UsageError("Binds or advises?", code="standing.how", next="Give --binds or --advises.")
    receipt = standing.declare(open_desk(session, key_uri), binds=how == "binds")
    text = (
        "Standing binds from now on. It takes and returns powers with the next outcome."
        if how == "binds"
        else "Standing only advises in 30 days; what is withheld runs to its end."
    )
    if receipt is None:
        session.out.result({"declared": how, "before": True}, "It was declared so before; nothing was sent.")
        return
    done(session, receipt, text, declared=how, before=False)
