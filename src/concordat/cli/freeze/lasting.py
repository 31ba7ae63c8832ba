# SPDX-License-Identifier: Apache-2.0
"""``concordat freeze follow | again | renew | reduce | release | withdraw``."""

from __future__ import annotations

from pathlib import Path

import click

from concordat.assets.states import ReleaseReason
from concordat.casework.freezing import following, lasting, requesting
from concordat.cli.desk import FILE, open_desk
from concordat.cli.freeze.words import REASON, account, chosen, told, told_all
from concordat.cli.options import command, key_option, pass_session
from concordat.cli.session import Session


@command("follow")
@click.argument("hold", metavar="HOLD")
@click.option("--out", type=FILE, help="The order to write; default: beside the folder of the request.")
@click.option("--reveal", is_flag=True, help="Show accounts in full.")
@key_option
@pass_session
def follow(session: Session, hold: str, out: Path | None, reveal: bool, key_uri: str | None) -> None:
    """Write the next order, prefilled, for where the money of HOLD moved on to by the answer."""
    found = following.follow(open_desk(session, key_uri), hold, out)
    moved = found.answer.moved_on
    lines = [
        f"{each.amount.format(session.lang)} to {each.institution}"
        + (f", {account(each.account, reveal)}" if each.account else ", no account seen")
        for each in moved
    ]
    lines += [f"{path} is to be completed. Then: concordat freeze request {path}" for path in found.files]
    data = {
        "files": [str(path) for path in found.files],
        "moved_on": [{"institution": each.institution, **each.amount.as_dict()} for each in moved],
        "unseen": len(found.unseen),
    }
    session.out.result(data, "\n".join(lines))


@command("again")
@click.argument("hold", metavar="REQUEST|HOLD")
@key_option
@pass_session
def again(session: Session, hold: str, key_uri: str | None) -> None:
    """Seal anew, to the newest key, what an institution answered it could not read, and send it again."""
    told_all(session, lasting.send_again(open_desk(session, key_uri), hold), "sent again")


@command("renew")
@click.argument("hold", metavar="REQUEST|HOLD")
@click.option("--order", type=FILE, required=True, help="The order of renewal; its hash goes on the chain.")
@click.option("--period", metavar="PERIOD", help='As the law counts it, "30 days"; default: the profile\'s.')
@key_option
@pass_session
def renew(session: Session, hold: str, order: Path, period: str | None, key_uri: str | None) -> None:
    """Hold for longer, before the end: one HOLD, or all that is held under a REQUEST."""
    asked = lasting.period_of(period) if period else None
    told_all(session, lasting.renew(open_desk(session, key_uri), hold, order, asked), "renewed")


@command("reduce")
@click.argument("hold", metavar="HOLD")
@click.option("--to", "keep", metavar="AMOUNT", required=True, help='What stays held, "SGD 1,234.50".')
@click.option("--reason", type=REASON, required=True, help="Why the rest is let go.")
@key_option
@pass_session
def reduce(session: Session, hold: str, keep: str, reason: str, key_uri: str | None) -> None:
    """Let go of a part of what is held, at once."""
    session.confirm(f"Reduce {hold} to {keep}? What is let go cannot be taken back.")
    done = lasting.reduce(open_desk(session, key_uri), hold, keep, chosen(ReleaseReason, reason))
    told(session, done, f"{done.name} is reduced to {keep}.")


@command("release")
@click.argument("hold", metavar="REQUEST|HOLD")
@click.option("--reason", type=REASON, required=True, help="Why.")
@key_option
@pass_session
def release(session: Session, hold: str, reason: str, key_uri: str | None) -> None:
    """Let go of everything that is held, at once: of one HOLD, or under a whole REQUEST."""
    session.confirm(f"Release {hold}? What is let go cannot be taken back.")
    acts = lasting.release(open_desk(session, key_uri), hold, chosen(ReleaseReason, reason))
    told_all(session, acts, "released")


@command("withdraw")
@click.argument("request", metavar="REQUEST")
@click.option("--reason", type=REASON, required=True, help="Why.")
@key_option
@pass_session
def withdraw(session: Session, request: str, reason: str, key_uri: str | None) -> None:
    """End a whole REQUEST: whatever is held under it is let go at once, nothing more is to be answered."""
    session.confirm(f"Withdraw {request}? It cannot be taken back.")
    done = requesting.withdraw(open_desk(session, key_uri), request, chosen(ReleaseReason, reason))
    told(session, done, f"{done.name} is withdrawn.")
