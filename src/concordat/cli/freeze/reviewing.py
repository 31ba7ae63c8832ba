# SPDX-License-Identifier: Apache-2.0
"""``concordat freeze notice | object | review | propose | dispose``."""

from __future__ import annotations

import time
from pathlib import Path

import click

from concordat.assets.orders.notice import read_signed, signed_bytes
from concordat.assets.states import Outcome
from concordat.casework.freezing import lasting, reviewing
from concordat.cli.desk import FILE, open_desk
from concordat.cli.freeze.words import chosen, hexed, told
from concordat.cli.options import MOMENT, command, key_option, pass_session
from concordat.cli.session import Session
from concordat.errors import UsageError
from concordat.evidence import store

OUTCOME = click.Choice([each.name for each in Outcome if each is not Outcome.NONE], case_sensitive=False)


@command("notice")
@click.argument("hold", metavar="HOLD")
@click.option("--out", type=FILE, required=True, help="The file to write, for the account holder alone.")
@key_option
@pass_session
def notice(session: Session, hold: str, out: Path, key_uri: str | None) -> None:
    """Write what the account holder of HOLD gets with the notice: enough to object, and for nothing else."""
    made = reviewing.write_notice(open_desk(session, key_uri), hold, out)
    session.out.result(
        {"file": str(out), "hold": hexed(made.hold)},
        f"{out} lets whoever has it object: hand it to the account holder, and keep no copy.",
    )


@command("object")
@click.argument("hold", metavar="[HOLD]", required=False)
@click.option("--grounds", type=FILE, help="The objection in words; its hash goes on the chain.")
@click.option("--notice", "held", type=FILE, help="What came with the notice: sign with its key.")
@click.option("--signed", type=FILE, help="Send an objection that somebody signed.")
@click.option("--write", "out", type=FILE, help="With --notice: write the signed objection, send nothing.")
@click.option("--deadline", type=MOMENT, help="With --notice: last moment of its use; default: in 30 days.")
@click.option("--to", "reviewer", metavar="AGENCY", help="Seal the grounds to this authority and send them.")
@key_option
@pass_session
def object_(
    session: Session,
    hold: str | None,
    grounds: Path | None,
    held: Path | None,
    signed: Path | None,
    out: Path | None,
    deadline: int | None,
    reviewer: str | None,
    key_uri: str | None,
) -> None:
    """Object to a hold: as its account holder (--notice), for somebody who signed (--signed), or as a member.

    A member names the HOLD. The account holder needs no membership: the file that came with the notice signs,
    also without any network (--write), and anybody may send what was signed.
    """
    if sum(given is not None for given in (hold, held, signed)) != 1:
        raise UsageError(
            "Who objects?",
            code="freeze.who_objects",
            kept="Nothing was sent.",
            next="Give --notice FILE, or --signed FILE, or as a member the HOLD.",
        )
    if signed is not None:
        done = reviewing.send_objection(open_desk(session, key_uri), read_signed(_content(signed)))
    else:
        if grounds is None:
            raise UsageError("An objection has grounds.", code="freeze.grounds", next="Give --grounds FILE.")
        if held is not None and out is not None:
            _write_signed(session, held, grounds, out, deadline)
            return
        desk = open_desk(session, key_uri)
        digest = reviewing.grounds_of(desk, grounds, reviewer)
        if held is not None:
            last = deadline or desk.clock.now + reviewing.LIFE
            done = reviewing.send_objection(desk, reviewing.sign_objection(held, digest, last))
        else:
            done = reviewing.object_as_member(desk, str(hold), digest)
    told(session, done, f"The objection to {done.name} awaits its review.")


@command("review")
@click.argument("hold", metavar="HOLD")
@click.option("--outcome", type=OUTCOME, required=True, help="What is decided.")
@click.option("--decision", type=FILE, required=True, help="The decision; its hash goes on the chain.")
@click.option("--release", metavar="AMOUNT", default="", help="With UPHELD_IN_PART: what is let go.")
@key_option
@pass_session
def review(
    session: Session, hold: str, outcome: str, decision: Path, release: str, key_uri: str | None
) -> None:
    """Decide the objection to HOLD that awaits its review. What is upheld is let go at once."""
    what = chosen(Outcome, outcome)
    session.confirm(f"{hold}: {what.label()[session.lang]}? It cannot be taken back.")
    done = reviewing.review(open_desk(session, key_uri), hold, what, decision, release)
    told(session, done, f"{done.name}: {what.label()[session.lang]}.", outcome=what.name)


@command("propose")
@click.argument("hold", metavar="HOLD")
@click.option("--proposal", type=FILE, required=True, help="The proposal; its hash goes on the chain.")
@key_option
@pass_session
def propose(session: Session, hold: str, proposal: Path, key_uri: str | None) -> None:
    """Propose, as prosecutor, what should become of what is held."""
    done = reviewing.propose(open_desk(session, key_uri), hold, proposal)
    told(session, done, f"The proposal on {done.name} is on the chain.")


@command("dispose")
@click.argument("hold", metavar="HOLD")
@click.option("--judgment", type=FILE, required=True, help="The judgment; its hash goes on the chain.")
@click.option("--return", "give_back", metavar="AMOUNT", default="", help="To victims; held until paid.")
@click.option("--forfeit", metavar="AMOUNT", default="", help="To the state.")
@key_option
@pass_session
def dispose(
    session: Session, hold: str, judgment: Path, give_back: str, forfeit: str, key_uri: str | None
) -> None:
    """Decide, as court, on all that is held; what is neither returned nor forfeited is let go at once."""
    session.confirm(f"Dispose of {hold}? It cannot be taken back.")
    done = reviewing.dispose(
        open_desk(session, key_uri), hold, judgment, give_back=give_back, forfeit=forfeit
    )
    told(session, done, f"{done.name} is disposed of.")


def _write_signed(session: Session, held: Path, grounds: Path, out: Path, deadline: int | None) -> None:
    last = deadline or int(time.time()) + reviewing.LIFE
    signed = reviewing.sign_objection(held, lasting.digest_of(grounds), last)
    with store.guard("write the signed objection"):
        store.write(out, signed_bytes(signed))
    session.out.result({"file": str(out)}, f"Anybody may send {out}: concordat freeze object --signed {out}")


def _content(path: Path) -> bytes:
    with store.guard(f"read {path}", kept="Nothing was sent."):
        return path.read_bytes()
