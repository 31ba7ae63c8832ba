# SPDX-License-Identifier: Apache-2.0
"""``concordat officer``: terms, acceptance, appointment, suspension, end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from concordat.cli.agency import own_agency
from concordat.cli.options import MOMENT, POWERS, WORD, address_of, group, key_option, pass_session
from concordat.cli.output import fields, moment
from concordat.cli.receipts import done
from concordat.cli.session import Session
from concordat.errors import UsageError
from concordat.evidence import store
from concordat.membership import agencies, numbers, officers, powers
from concordat.membership.officers import Acceptance, Appointment, Qualification, Terms
from concordat.membership.powers import Power


@group("officer")
def officer() -> None:
    """Officers and devices: accept, appoint, show, end, suspend, lift, compromise."""


@officer.command("accept")
@click.option("--agency", "name", metavar="AGENCY", help="Which agency appoints; default: the own one.")
@click.option(
    "--power", "granted", type=POWERS, required=True, help="Powers, separated by commas: COLLECT,REGISTER."
)
@click.option("--from", "starts_at", type=MOMENT, default=0, help="Start; default: when it is recorded.")
@click.option("--until", "ends_at", type=MOMENT, required=True, help="End.")
@click.option(
    "--qualification",
    type=click.Choice([each.name for each in Qualification], case_sensitive=False),
    default=Qualification.NONE.name,
    help="Training (ISO/IEC 27037).",
)
@click.option(
    "--qualified-until",
    type=MOMENT,
    default=0,
    help="End of the qualification; default: that of the appointment.",
)
@click.option("--device", is_flag=True, help="A recording device, not a person.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="File for the agency."
)
@key_option
@pass_session
def accept(
    session: Session,
    name: str | None,
    granted: Power,
    starts_at: int,
    ends_at: int,
    qualification: str,
    qualified_until: int,
    device: bool,
    out: Path,
    key_uri: str | None,
) -> None:
    """Accept an appointment by signature, as the appointee. The file goes to the agency."""
    chain, signer = session.chain, session.signer(key_uri)
    held = Qualification[qualification.upper()]
    earlier = officers.appointment(chain, signer.address)
    terms = Terms(
        agency=agencies.find_agency(chain, name).number if name else own_agency(session),
        officer=signer.address,
        powers=granted,
        starts_at=starts_at,
        ends_at=ends_at,
        number=(earlier.number if earlier else 0) + 1,
        qualification=held,
        qualified_until=(qualified_until or ends_at) if held else 0,
        device=device,
    )
    acceptance = officers.accept(
        signer,
        terms,
        chain_id=chain.chain_id,
        genesis_id=chain.genesis_id,
        registry=chain.address(officers.REGISTRY),
    )
    if out.exists():
        raise UsageError(
            f"{out} exists.", code="file.exists", kept="It was not touched.", next="Give another name."
        )
    with store.guard("write the acceptance"):
        store.write(out, acceptance.encode())
    session.out.result({"file": str(out), **terms.message()}, f"Accepted; give {out} to the agency.")


@officer.command("appoint")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@key_option
@pass_session
def appoint(session: Session, file: Path, key_uri: str | None) -> None:
    """Appoint who accepted in FILE, with the agency's key."""
    with store.guard("read the acceptance"):
        acceptance = Acceptance.decode(file.read_bytes())
    terms = acceptance.terms
    named = ", ".join(powers.to_names(terms.powers))
    until = moment(terms.ends_at)
    session.out.say(f"{terms.officer} gets {named} in agency {numbers.label(terms.agency)} until {until}.")
    receipt = officers.appoint(session.ledger, session.signer(key_uri), acceptance)
    done(
        session,
        receipt,
        f"{terms.officer} is appointed (number {terms.number}).",
        officer=terms.officer,
        number=terms.number,
    )


@officer.command("show")
@click.argument("who")
@click.option("--at", "when", type=MOMENT, help="Which powers were held at this time; default: now.")
@pass_session
def show(session: Session, who: str, when: int | None) -> None:
    """Show the appointments of WHO: an address or a key of this workspace."""
    chain, address = session.chain, address_of(session.workspace, who)
    found = officers.appointments(chain, address)
    at = chain.now() if when is None else when
    running = next((each for each in reversed(found) if each.runs_at(at)), None)
    since = officers.compromised_since(chain, address)
    halts = officers.suspensions(chain, address)
    held = _held(session, address, running, at)
    data = {
        "officer": address,
        "at": moment(at),
        "powers": held,
        "compromised_since": moment(since) if since else None,
        "appointments": [_data(each) for each in found],
        "suspensions": [
            {"from": moment(each.start), "until": moment(each.until), "order": each.reason.hex()}
            for each in halts
        ],
    }
    pairs = [("officer", address), (f"powers at {moment(at)}", ", ".join(held) or "none")]
    pairs += [(f"appointment {each.number}", _line(each)) for each in found]
    pairs += [
        ("suspended", f"{moment(each.start)} to {moment(each.until)}, order {each.reason.hex()}")
        for each in halts
    ]
    pairs += [("compromised since", moment(since))] if since else []
    session.out.result(data, fields(pairs))


@officer.command("end")
@click.argument("who")
@key_option
@pass_session
def end(session: Session, who: str, key_uri: str | None) -> None:
    """End an appointment now, with the agency's or the officer's key."""
    address = address_of(session.workspace, who)
    session.confirm(f"End the appointment of {address}? It cannot be taken up again.")
    receipt = officers.end_appointment(session.ledger, session.signer(key_uri), address)
    done(session, receipt, f"The appointment of {address} is over. What was signed before keeps its value.")


@officer.command("suspend")
@click.argument("who")
@click.option("--until", type=MOMENT, required=True, help="End of the suspension.")
@click.option("--order", "reason", type=WORD, required=True, help="SHA-256 of the order.")
@key_option
@pass_session
def suspend(session: Session, who: str, until: int, reason: bytes, key_uri: str | None) -> None:
    """Suspend an officer from now on, with the agency's key."""
    address = address_of(session.workspace, who)
    receipt = officers.suspend_officer(session.ledger, session.signer(key_uri), address, until, reason)
    done(session, receipt, f"{address} is suspended until {moment(until)}.")


@officer.command("lift")
@click.argument("who")
@key_option
@pass_session
def lift(session: Session, who: str, key_uri: str | None) -> None:
    """End an officer's suspension now, with the agency's key."""
    address = address_of(session.workspace, who)
    receipt = officers.lift_officer_suspension(session.ledger, session.signer(key_uri), address)
    done(session, receipt, f"The suspension of {address} is over.")


@officer.command("compromise")
@click.argument("who")
@click.option(
    "--since", type=MOMENT, default=0, help="Since when it is, or may be, in other hands; default: now."
)
@key_option
@pass_session
def compromise(session: Session, who: str, since: int, key_uri: str | None) -> None:
    """Report that a key is in other hands. It cannot be taken back."""
    address = address_of(session.workspace, who)
    when = moment(since) if since else "now"
    session.confirm(f"Report {address} as compromised since {when}? It cannot be taken back.")
    receipt = officers.report_compromise(session.ledger, session.signer(key_uri), address, since)
    done(
        session,
        receipt,
        f"{address} is reported. What it signed since then is marked; it has no power any more.",
    )


def _held(session: Session, address: str, running: Appointment | None, at: int) -> list[str]:
    """The powers that the contract grants at a time, each asked for by itself."""
    if running is None:
        return []
    entitled = (
        power
        for power in Power
        if power & running.powers and officers.is_entitled(session.chain, running, power, at)
    )
    return [str(power.name) for power in entitled]


def _line(each: Appointment) -> str:
    kind = "device" if each.device else each.qualification.name.lower().replace("_", " ")
    named = ", ".join(powers.to_names(each.powers))
    return (
        f"{numbers.label(each.agency)}: {named}; {moment(each.starts_at)} to {moment(each.ends_at)}; {kind}"
    )


def _data(each: Appointment) -> dict[str, Any]:
    return {
        "agency": each.agency,
        "number": each.number,
        "powers": powers.to_names(each.powers),
        "starts_at": moment(each.starts_at),
        "ends_at": moment(each.ends_at),
        "qualification": each.qualification.name,
        "qualified_until": moment(each.qualified_until) if each.qualified_until else None,
        "device": each.device,
    }
