# SPDX-License-Identifier: Apache-2.0
"""``concordat standing dispute``: before a panel of other jurisdictions, drawn by both sides' secrets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from concordat.casework.cooperating import disputes, standing
from concordat.casework.cooperating.disputes import DisputeView
from concordat.casework.desk import Desk
from concordat.cli.desk import FILE, open_desk
from concordat.cli.options import WORD, group, key_option, pass_session
from concordat.cli.output import fields, moment, table
from concordat.cli.receipts import as_data
from concordat.cli.session import Session
from concordat.cooperation.words import DisputeKind
from concordat.errors import UsageError
from concordat.evidence import places, store
from concordat.ledger.protocol import Receipt

KIND = click.Choice([each.name for each in DisputeKind], case_sensitive=False)


@group("dispute")
def dispute() -> None:
    """Dispute an answer, a breach of use limits, or an outcome, before a panel of three other countries.

    Both sides commit secrets before either knows the panel, and reveal them later: together they draw it.
    Who does not reveal in time loses.
    """


@dispute.command("open")
@click.argument("kind", type=KIND)
@click.argument("subject", type=WORD)
@click.option("--grounds", type=FILE, required=True, help="Why; its SHA-256 goes on the chain.")
@key_option
@pass_session
def open_(session: Session, kind: str, subject: bytes, grounds: Path, key_uri: str | None) -> None:
    """Open a dispute of a KIND about SUBJECT: the id of a request (answer, use_breach) or of an outcome."""
    desk = open_desk(session, key_uri)
    view, receipt = disputes.open_(desk, DisputeKind[kind.upper()], subject, _read(grounds))
    _told(session, desk, view, receipt, "The dispute is open.")


@dispute.command("commit")
@click.argument("dispute")
@key_option
@pass_session
def commit(session: Session, dispute: str, key_uri: str | None) -> None:
    """Commit to a secret for the DISPUTE, as the other side; the secret stays in this workspace."""
    desk = open_desk(session, key_uri)
    view, receipt = disputes.commit(desk, disputes.find(desk, dispute))
    _told(session, desk, view, receipt, "Committed.")


@dispute.command("reveal")
@click.argument("dispute")
@key_option
@pass_session
def reveal(session: Session, dispute: str, key_uri: str | None) -> None:
    """Reveal the own secret for the DISPUTE, from this workspace or from the request's folder here."""
    desk = open_desk(session, key_uri)
    view, receipt = disputes.reveal(desk, disputes.find(desk, dispute), Path.cwd())
    _told(session, desk, view, receipt, "Revealed.")


@dispute.command("vote")
@click.argument("dispute")
@click.option("--uphold", "how", flag_value="uphold", help="The claimant is right.")
@click.option("--dismiss", "how", flag_value="dismiss", help="The claimant is not right.")
@click.option("--reasons", type=FILE, required=True, help="Why; its SHA-256 goes on the chain.")
@key_option
@pass_session
def vote(session: Session, dispute: str, how: str | None, reasons: Path, key_uri: str | None) -> None:
    """Vote on the DISPUTE, for a country of its panel."""
    if how is None:
        raise UsageError("How is the vote?", code="panel.how", next="Give --uphold or --dismiss.")
    desk = open_desk(session, key_uri)
    meant = disputes.find(desk, dispute)
    view, receipt = disputes.vote(desk, meant, _read(reasons), uphold=how == "uphold")
    _told(session, desk, view, receipt, "The vote is cast.")


@dispute.command("close")
@click.argument("dispute")
@key_option
@pass_session
def close(session: Session, dispute: str, key_uri: str | None) -> None:
    """Carry out the result of the DISPUTE. Anybody may."""
    desk = open_desk(session, key_uri)
    view, receipt = disputes.close(desk, disputes.find(desk, dispute))
    _told(session, desk, view, receipt, f"Closed: {view.status.label()[session.lang]}.")


@dispute.command("show")
@click.argument("dispute")
@key_option
@pass_session
def show(session: Session, dispute: str, key_uri: str | None) -> None:
    """Show a DISPUTE (id, or its beginning)."""
    desk = open_desk(session, key_uri)
    view = disputes.show(desk, disputes.find(desk, dispute))
    session.out.result(_data(desk, view), fields(_pairs(session, desk, view)))


@dispute.command("list")
@key_option
@pass_session
def list_(session: Session, key_uri: str | None) -> None:
    """List all disputes."""
    desk, lang = open_desk(session, key_uri), session.lang
    found, name_of = disputes.list_(desk), standing.namer(desk)
    rows = [
        (
            f"0x{view.dispute.id.hex()[:12]}",
            view.dispute.kind.label()[lang],
            name_of(view.dispute.claimant),
            name_of(view.dispute.respondent),
            view.status.label()[lang],
        )
        for view in found
    ]
    head = ("dispute", "about", "claimant", "respondent", "status")
    text = table(head, rows) if rows else "There are no disputes."
    session.out.result({"disputes": [_data(desk, view) for view in found]}, text)


def _told(session: Session, desk: Desk, view: DisputeView, receipt: Receipt | None, text: str) -> None:
    data = {
        **_data(desk, view),
        "before": receipt is None,
        "receipt": as_data(receipt) if receipt else None,
    }
    session.out.result(data, f"{text}\n{fields(_pairs(session, desk, view))}")


def _pairs(session: Session, desk: Desk, view: DisputeView) -> list[tuple[str, str]]:
    lang, one, name_of = session.lang, view.dispute, standing.namer(desk)
    voted = ", ".join(
        f"{places.name(each, lang)} {'upholds' if uphold else 'dismisses'}"
        for each, uphold in view.votes.items()
    )
    return [
        ("dispute", f"0x{one.id.hex()}"),
        ("about", f"{one.kind.label()[lang]} (0x{one.subject.hex()[:12]})"),
        ("claimant", name_of(one.claimant)),
        ("respondent", name_of(one.respondent)),
        ("status", view.status.label()[lang]),
        ("phase ends", "" if one.closed else moment(one.phase_ends_at)),
        ("panel", ", ".join(places.name(each, lang) for each in view.panel) or "not drawn yet"),
        ("votes", voted or "none"),
    ]


def _data(desk: Desk, view: DisputeView) -> dict[str, Any]:
    one, name_of = view.dispute, standing.namer(desk)
    return {
        "dispute": f"0x{one.id.hex()}",
        "kind": one.kind.name,
        "subject": f"0x{one.subject.hex()}",
        "claimant": name_of(one.claimant),
        "respondent": name_of(one.respondent),
        "status": view.status.name,
        "phase_ends_at": None if one.closed else moment(one.phase_ends_at),
        "panel": [places.alpha(each) for each in view.panel],
        "votes": {places.alpha(each): uphold for each, uphold in view.votes.items()},
        "closed": one.closed,
    }


def _read(path: Path) -> bytes:
    with store.guard("read the text"):
        return path.read_bytes()
