# SPDX-License-Identifier: Apache-2.0
"""``concordat agency``: members, their contact points and keys."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from concordat.cli import joining
from concordat.cli.desk import open_desk
from concordat.cli.options import MOMENT, PLACE, WORD, address_of, group, key_option, pass_session
from concordat.cli.output import fields, table
from concordat.cli.receipts import done
from concordat.cli.session import Session
from concordat.errors import UsageError
from concordat.evidence import places
from concordat.membership import agencies, numbers, orders, powers
from concordat.membership.agencies import Agency, Competence


@group("agency")
def agency() -> None:
    """Members: list, show, contact, encryption-key, rotate, suspend, lift, admit, leave, replace."""


for _command in (joining.admit, joining.leave, joining.replace):
    agency.add_command(_command)


@agency.command("list")
@pass_session
def list_(session: Session) -> None:
    """List the members of the suite."""
    members = agencies.agencies(session.chain)
    barred = _barred(session, members)
    rows = [
        (each.name, numbers.label(each.number), each.kind.name, each.account, barred.get(each.number, ""))
        for each in members
    ]
    data = {"agencies": [{**_data(each), "barred": barred.get(each.number)} for each in members]}
    session.out.result(data, table(("name", "number", "kind", "account", "barred"), rows))


@agency.command("show")
@click.argument("name")
@pass_session
def show(session: Session, name: str) -> None:
    """Show one member. NAME: short name, number, or country and ordinal (MY-2)."""
    member = agencies.find_agency(session.chain, name)
    key, version = agencies.encryption_key(session.chain, member.number)
    order = _barred(session, [member]).get(member.number)
    pairs = [
        ("name", member.name),
        ("number", numbers.label(member.number)),
        ("jurisdiction", places.name(member.jurisdiction, session.lang)),
        ("kind", member.kind.name),
        ("account", member.account),
        ("charter", ", ".join(powers.to_names(member.charter))),
        ("suspensions", str(member.suspensions)),
        ("barred", order or "no"),
        ("encryption key", f"{key.hex()} (version {version})" if version else "none published"),
    ]
    data = {
        **_data(member),
        "barred": order,
        "encryption_key": key.hex() if version else None,
        "encryption_key_version": version,
    }
    session.out.result(data, fields(pairs))


@agency.command("contact")
@click.argument("place", type=PLACE)
@click.argument(
    "competence",
    metavar="KIND",
    type=click.Choice([each.name for each in Competence], case_sensitive=False),
)
@click.option("--set", "name", metavar="AGENCY", help="Name this member; only the central authority may.")
@key_option
@pass_session
def contact(session: Session, place: int, competence: str, name: str | None, key_uri: str | None) -> None:
    """Say which member of PLACE receives requests of a KIND from abroad, or name it.

    KIND: always_reachable, mutual_legal_assistance, police_cooperation, data_preservation, freezing_of_funds,
    financial_intelligence, extradition or victims.
    """
    number = Competence[competence.upper()]
    if name:
        member = agencies.find_agency(session.chain, name)
        receipt = agencies.set_contact_point(session.ledger, session.signer(key_uri), number, member.number)
        done(session, receipt, f"{member.name} receives requests for {number.name} from abroad.")
        return
    member = agencies.contact_point(session.chain, place, number)
    session.out.result(_data(member), f"{member.name}  {numbers.label(member.number)}  {member.account}")


@agency.command("encryption-key")
@click.option("--new", is_flag=True, help="Make the next version in this workspace, and publish it.")
@click.option(
    "--publish", "key", metavar="HEX", type=WORD, help="Publish an X25519 public key made elsewhere."
)
@click.option("--of", "name", metavar="AGENCY", help="Whose key to show; default: the own agency's.")
@key_option
@pass_session
def encryption_key(
    session: Session, new: bool, key: bytes | None, name: str | None, key_uri: str | None
) -> None:
    """Show or publish the public key for messages to a member.

    With --new the private key lies encrypted in the workspace's keys, beside those of earlier versions, which
    are needed for earlier messages: back the folder up.
    """
    if new and (key is not None or name):
        raise UsageError("--new goes alone.", next="See: concordat agency encryption-key --help")
    if new:
        _new_encryption_key(session, key_uri)
        return
    if key is not None:
        receipt = agencies.publish_encryption_key(session.ledger, session.signer(key_uri), key)
        version = receipt.event("EncryptionKeyPublished").args["version"]
        done(session, receipt, f"Version {version} of the encryption key is published.", version=version)
        return
    number = agencies.find_agency(session.chain, name).number if name else own_agency(session)
    found, version = agencies.encryption_key(session.chain, number)
    data = {"agency": number, "key": found.hex() if version else None, "version": version}
    session.out.result(data, f"{found.hex()}  version {version}" if version else "None is published.")


@agency.command("rotate")
@click.option("--to", "new", metavar="ADDRESS", help="First step, with the old key: name the new one.")
@click.option("--accept", is_flag=True, help="Second step, with the new key: accept.")
@click.option("--agency", "name", metavar="AGENCY", help="Which member; default: the own agency.")
@key_option
@pass_session
def rotate(session: Session, new: str | None, accept: bool, name: str | None, key_uri: str | None) -> None:
    """Change the agency's own key, in two steps, so that a mistyped address changes nothing."""
    if bool(new) == accept:
        raise UsageError("Give either --to ADDRESS or --accept.", next="See: concordat agency rotate --help")
    if new:
        address = address_of(session.workspace, new)
        receipt = agencies.propose_account(session.ledger, session.signer(key_uri), address)
        done(session, receipt, f"{address} is proposed; it becomes the account when it accepts (--accept).")
        return
    number = agencies.find_agency(session.chain, name).number if name else own_agency(session)
    signer = session.signer(key_uri)
    receipt = agencies.accept_account(session.ledger, signer, number)
    done(session, receipt, f"{signer.address} is the account of agency {numbers.label(number)} now.")


@agency.command("suspend")
@click.argument("name")
@click.option("--until", type=MOMENT, required=True, help="End of the suspension.")
@click.option("--order", "reason", type=WORD, required=True, help="SHA-256 of the order.")
@key_option
@pass_session
def suspend(session: Session, name: str, until: int, reason: bytes, key_uri: str | None) -> None:
    """Suspend a member down to the floor of powers; by the central authority of its jurisdiction."""
    member = agencies.find_agency(session.chain, name)
    session.confirm(f"Suspend {member.name}?")
    receipt = agencies.suspend_agency(session.ledger, session.signer(key_uri), member.number, until, reason)
    done(session, receipt, f"{member.name} is suspended.")


@agency.command("lift")
@click.argument("name")
@key_option
@pass_session
def lift(session: Session, name: str, key_uri: str | None) -> None:
    """End a member's suspension now."""
    member = agencies.find_agency(session.chain, name)
    receipt = agencies.lift_agency_suspension(session.ledger, session.signer(key_uri), member.number)
    done(session, receipt, f"The suspension of {member.name} is over.")


def _new_encryption_key(session: Session, key_uri: str | None) -> None:
    from concordat.casework.sealing import new_encryption_key

    made = new_encryption_key(open_desk(session, key_uri), own_agency(session), session.new_password)
    done(
        session,
        made.receipt,
        f"Version {made.version} of the encryption key is published; its private key is in this workspace.",
        version=made.version,
        key=made.public.hex(),
    )
    if made.missing:
        versions = ", ".join(map(str, made.missing))
        session.out.warn(
            f"Not in this workspace: version {versions}. Messages sealed to it are not readable here."
        )


def own_agency(session: Session) -> int:
    """Number of the own agency.

    Raises:
        UsageError: the workspace names none.
    """
    number = session.workspace.config.agency
    if not number:
        raise UsageError(
            "This workspace does not say which agency is the own one.",
            code="agency.unnamed",
            next="Name it with --agency, or for good with: concordat init --agency",
        )
    return number


def _barred(session: Session, members: Iterable[Agency]) -> dict[int, str]:
    """What takes everything from members now but the floor of powers, in words, by their numbers."""
    found = orders.barred(session.chain, (each.number for each in members), session.chain.now())
    return {number: str(order) for number, order in found.items()}


def _data(member: Agency) -> dict[str, Any]:
    return {
        "number": member.number,
        "name": member.name,
        "jurisdiction": places.alpha(member.jurisdiction),
        "kind": member.kind.name,
        "account": member.account,
        "charter": powers.to_names(member.charter),
        "suspensions": member.suspensions,
    }
