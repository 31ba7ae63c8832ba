# SPDX-License-Identifier: Apache-2.0
"""``concordat standing report``: tell standing what happened; the chain looks up what is true."""

from __future__ import annotations

import click

from concordat.casework.cooperating import naming
from concordat.casework.freezing import naming as freezes
from concordat.cli.desk import open_desk
from concordat.cli.options import PLACE, WORD, group, key_option, pass_session
from concordat.cli.receipts import done
from concordat.cli.session import Session
from concordat.cooperation import reports
from concordat.ledger.protocol import Receipt
from concordat.membership.standing.outcometexts import TEXTS
from concordat.membership.standing.score import Outcome


@group("report")
def report() -> None:
    """Tell standing what happened: to a request, an exclusion, a hold, an objection, a duty.

    Nothing is taken from whoever reports: the chain looks up what the other modules say at this moment.
    """


@report.command("request")
@click.argument("request")
@key_option
@pass_session
def request_(session: Session, request: str, key_uri: str | None) -> None:
    """What became of a REQUEST for assistance: its folder, number, or the beginning of its key."""
    desk = open_desk(session, key_uri)
    meant = naming.request_named(desk, request).id
    _told(session, reports.request(desk.ledger, desk.signer, meant))


@report.command("exclusion")
@click.argument("request")
@key_option
@pass_session
def exclusion(session: Session, request: str, key_uri: str | None) -> None:
    """That a court excluded evidence that answered the REQUEST."""
    desk = open_desk(session, key_uri)
    meant = naming.request_named(desk, request).id
    _told(session, reports.exclusion(desk.ledger, desk.signer, meant))


@report.command("hold")
@click.argument("hold")
@key_option
@pass_session
def hold_(session: Session, hold: str, key_uri: str | None) -> None:
    """How an institution answered for a HOLD: FOLDER#1, ORDER#1, or its id."""
    desk = open_desk(session, key_uri)
    meant = freezes.hold_named(desk, hold).named
    _told(session, reports.hold(desk.ledger, desk.signer, meant.request, meant.target))


@report.command("objection")
@click.argument("hold")
@click.argument("number", type=click.IntRange(1))
@key_option
@pass_session
def objection(session: Session, hold: str, number: int, key_uri: str | None) -> None:
    """That the objection NUMBER to a HOLD was upheld."""
    desk = open_desk(session, key_uri)
    meant = freezes.hold_named(desk, hold).named
    _told(session, reports.objection(desk.ledger, desk.signer, meant.request, meant.target, number))


@report.command("obligation")
@click.argument("agreement", type=WORD)
@click.argument("duty", type=click.IntRange(0))
@click.argument("debtor", type=PLACE)
@click.option("--turn", type=click.IntRange(1), default=1, show_default=True, help="Of a duty that recurs.")
@key_option
@pass_session
def obligation(
    session: Session,
    agreement: bytes,
    duty: int,
    debtor: int,
    turn: int,
    key_uri: str | None,
) -> None:
    """That DEBTOR did not perform a DUTY of an AGREEMENT in time, told by the creditor."""
    signer = session.signer(key_uri)
    _told(session, reports.obligation(session.ledger, signer, agreement, duty, debtor, turn))


def _told(session: Session, receipt: Receipt) -> None:
    kinds = [Outcome(e.args["kind"]) for e in receipt.events if e.name == "OutcomeRecorded"]
    words = ", ".join(TEXTS[kind][session.lang] for kind in kinds)
    done(session, receipt, f"Recorded: {words}.", outcomes=[kind.name for kind in kinds])
