# SPDX-License-Identifier: Apache-2.0
"""``concordat case claim | drop | consult | propose-lead | agree-lead | transfer | close``."""

from __future__ import annotations

from pathlib import Path

import click

from concordat.casework.cooperating import casefile, casenames, cases
from concordat.casework.desk import Desk
from concordat.casework.freezing.offices import names
from concordat.cli.assistance.words import called, choice, told
from concordat.cli.case.opening import CASE, GROUND
from concordat.cli.desk import FILE, open_desk
from concordat.cli.freeze.words import chosen, due, hexed
from concordat.cli.options import command, group, key_option, pass_session
from concordat.cli.output import printable
from concordat.cli.session import Session
from concordat.cooperation.caselists import CloseReason
from concordat.cooperation.casetexts import CaseText
from concordat.cooperation.states import CaseStatus
from concordat.cooperation.words import ClaimGround


@command("claim")
@CASE
@click.argument("file", type=FILE)
@click.option("--ground", type=GROUND, required=True, help="On what the own country claims it.")
@key_option
@pass_session
def claim(session: Session, case: str, file: Path, ground: str, key_uri: str | None) -> None:
    """Claim a CASE that is open elsewhere, with the grounds in FILE; a conflict and consultation begin.

    Example: concordat case claim CN-2026-0317 grounds.txt --ground TERRITORY
    """
    desk = open_desk(session, key_uri)
    done = cases.claim(desk, case, chosen(ClaimGround, ground), file)
    standing = casefile.show(desk, casenames.found_by(desk, done.about))
    until = due(standing.consult_until, desk.clock.now) if standing.consult_until else ""
    more = f" Consult until {until}: concordat case consult {done.name} POSITION" if until else ""
    told(session, done, f"{done.name} is claimed.{more}", status=standing.status.name)


@command("drop")
@CASE
@key_option
@pass_session
def drop(session: Session, case: str, key_uri: str | None) -> None:
    """Give up your country's claim to a CASE; with the last but one the conflict is over.

    Example: concordat case drop CN-2026-0317
    """
    session.confirm("Give up the claim?")
    done = cases.drop(open_desk(session, key_uri), case)
    told(session, done, f"The claim to {done.name} is given up.")


@command("consult")
@CASE
@click.argument("file", type=FILE)
@key_option
@pass_session
def consult(session: Session, case: str, file: Path, key_uri: str | None) -> None:
    """Put a position on record in a conflict about a CASE; the other claimants read it.

    Example: concordat case consult CN-2026-0317 position.pdf
    """
    done = cases.consult(open_desk(session, key_uri), case, file)
    told(session, done, f"The position on {done.name} is on record.")


@command("propose-lead")
@CASE
@click.argument("agency", metavar="AGENCY")
@click.argument("file", type=FILE)
@key_option
@pass_session
def propose_lead(session: Session, case: str, agency: str, file: Path, key_uri: str | None) -> None:
    """Propose which AGENCY of a claimant leads a CASE, with reasons in FILE; that is your agreement to it.

    Example: concordat case propose-lead CN-2026-0317 MY-PDRM reasons.txt
    """
    desk = open_desk(session, key_uri)
    done, proposal = cases.propose_lead(desk, case, agency, file)
    text = (
        f"{agency.upper()} is proposed to lead {done.name}.\n"
        f"The other claimants agree with: concordat case agree-lead {casenames.short(done.about)} "
        f"{casenames.short(proposal)}"
    )
    told(session, done, f"{text}\n{_who_leads(desk, done.about)}", proposal=hexed(proposal))


@command("agree-lead")
@CASE
@click.argument("proposal", metavar="PROPOSAL")
@key_option
@pass_session
def agree_lead(session: Session, case: str, proposal: str, key_uri: str | None) -> None:
    """Agree to exactly one PROPOSAL who leads a CASE; with the last claimant's agreement it is settled.

    Example: concordat case agree-lead CN-2026-0317 0xa81b30
    """
    desk = open_desk(session, key_uri)
    done = cases.agree_lead(desk, case, proposal)
    status = casefile.show(desk, casenames.found_by(desk, done.about)).status
    told(session, done, f"Agreed. {_who_leads(desk, done.about)}", status=status.name)


@group("transfer")
def transfer() -> None:
    """Transfer of proceedings: offer, accept, withdraw. The lead moves when both sides signed."""


@transfer.command("offer")
@CASE
@click.argument("agency", metavar="AGENCY")
@click.argument("file", type=FILE)
@key_option
@pass_session
def offer(session: Session, case: str, agency: str, file: Path, key_uri: str | None) -> None:
    """Offer the proceedings of a CASE to an AGENCY, on the terms in FILE, as the leading agency.

    Example: concordat case transfer offer CN-2026-0317 MY-PDRM offer.pdf
    """
    done = cases.offer_transfer(open_desk(session, key_uri), case, agency, file)
    told(session, done, f"The proceedings of {done.name} are offered to {agency.upper()}.")


@transfer.command("withdraw")
@CASE
@key_option
@pass_session
def withdraw(session: Session, case: str, key_uri: str | None) -> None:
    """Take an offer of the proceedings of a CASE back, as the leading agency.

    Example: concordat case transfer withdraw CN-2026-0317
    """
    done = cases.offer_transfer(open_desk(session, key_uri), case, None, None)
    told(session, done, f"The proceedings of {done.name} are offered to nobody any more.")


@transfer.command("accept")
@CASE
@key_option
@pass_session
def accept(session: Session, case: str, key_uri: str | None) -> None:
    """Accept the proceedings of a CASE exactly as they were offered; the terms are shown first.

    Example: concordat case transfer accept CN-2026-0317
    """
    desk = open_desk(session, key_uri)

    def agree(text: CaseText) -> None:
        session.out.say(printable(text.as_text or f"{text.name}: {len(text.content)} bytes, in texts/"))
        session.confirm("Take the proceedings over on these terms?")

    done = cases.accept_transfer(desk, case, agree)
    told(session, done, f"The proceedings of {done.name} are taken over. {_who_leads(desk, done.about)}")


@command("close")
@CASE
@click.argument("file", type=FILE)
@click.option("--reason", type=choice(CloseReason), required=True, help="Why.")
@key_option
@pass_session
def close(session: Session, case: str, file: Path, reason: str, key_uri: str | None) -> None:
    """Close a CASE with the decision in FILE, as the leading agency; its clocks stop.

    Example: concordat case close CN-2026-0317 judgment.pdf --reason JUDGED
    """
    desk = open_desk(session, key_uri)
    session.confirm("Close the case?")
    code = chosen(CloseReason, reason)
    done = cases.close(desk, case, int(code), file)
    told(session, done, f"{done.name} is closed. {code.label()[session.lang]}")


def _who_leads(desk: Desk, case: bytes) -> str:
    """Who leads now, and whether that is settled."""
    standing = casefile.show(desk, casenames.found_by(desk, case))
    leads = called(names(desk.chain), standing.lead)
    if standing.status is CaseStatus.CONFLICT:
        return f"Not all claimants agree yet; {leads} leads meanwhile."
    return f"{leads} leads."
