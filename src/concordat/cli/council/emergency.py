# SPDX-License-Identifier: Apache-2.0
"""``concordat council emergency``: suspend a member at once, several jurisdictions together."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import click

from concordat.cli.desk import FILE
from concordat.cli.options import group, key_option, pass_session
from concordat.cli.output import fields, moment
from concordat.cli.receipts import done
from concordat.cli.session import Session
from concordat.evidence import places, store
from concordat.membership import agencies, emergencies
from concordat.membership.agencies import Agency


@group("emergency")
def emergency() -> None:
    """Suspend a member for 14 days down to the floor of powers, where nobody can wait for a vote.

    Two jurisdictions and a third of the members have to support it within three days, the target's own not
    counted; once in 180 days a target, unless the Council confirmed it.
    """


@emergency.command("support")
@click.argument("name", metavar="AGENCY")
@click.option("--reason", type=FILE, required=True, help="What is alleged; its SHA-256 goes on the chain.")
@key_option
@pass_session
def support(session: Session, name: str, reason: Path, key_uri: str | None) -> None:
    """Support that AGENCY be suspended, for the own jurisdiction."""
    member = agencies.find_agency(session.chain, name)
    with store.guard("read the reason"):
        digest = hashlib.sha256(reason.read_bytes()).digest()
    session.confirm(f"Support that {member.name} is suspended?")
    receipt = emergencies.support(session.ledger, session.signer(key_uri), member.number, digest)
    suspended = [event for event in receipt.events if event.name == "SuspendedInEmergency"]
    until = suspended[0].args["until"] if suspended else 0
    text = (
        f"{member.name} is suspended until {moment(until)}. Let the Council confirm or lift it."
        if suspended
        else f"Supported; {_counted(session, member)}."
    )
    done(session, receipt, text, suspended_until=moment(until) if until else None, **_data(session, member))


@emergency.command("withdraw")
@click.argument("name", metavar="AGENCY")
@key_option
@pass_session
def withdraw(session: Session, name: str, key_uri: str | None) -> None:
    """Take the own jurisdiction's support back, as long as it had no effect."""
    member = agencies.find_agency(session.chain, name)
    receipt = emergencies.withdraw(session.ledger, session.signer(key_uri), member.number)
    done(session, receipt, f"Taken back; {_counted(session, member)}.", **_data(session, member))


@emergency.command("show")
@click.argument("name", metavar="AGENCY")
@pass_session
def show(session: Session, name: str) -> None:
    """Show who supports that AGENCY be suspended, and when it last was."""
    member = agencies.find_agency(session.chain, name)
    data = _data(session, member)
    pairs = [
        ("agency", member.name),
        ("supported by", ", ".join(data["supported_by"]) or "nobody"),
        ("needed", str(data["needed"])),
        ("last emergency", data["last"] or "never"),
    ]
    session.out.result(data, fields(pairs))


def _counted(session: Session, member: Agency) -> str:
    data = _data(session, member)
    return f"{len(data['supported_by'])} of {data['needed']} jurisdictions support it now"


def _data(session: Session, member: Agency) -> dict[str, Any]:
    supports = emergencies.supports_of(session.chain, member.number)
    last = emergencies.last_of(session.chain, member.number)
    return {
        "agency": member.number,
        "supported_by": [places.alpha(each.jurisdiction) for each in supports],
        "needed": emergencies.needed_for(session.chain, member.number),
        "last": moment(last) if last else None,
    }
