# SPDX-License-Identifier: Apache-2.0
"""``concordat agency admit | leave | replace``: an authority for its country, an agency for its lost key."""

from __future__ import annotations

import click

from concordat.cli.options import PLACE, POWERS, address_of, command, key_option, pass_session
from concordat.cli.receipts import done
from concordat.cli.session import Session
from concordat.errors import UsageError
from concordat.membership import agencies, joining
from concordat.membership.agencies import AgencyKind
from concordat.membership.powers import Power

KIND = click.Choice(
    [each.name for each in AgencyKind if each not in (0, AgencyKind.CENTRAL_AUTHORITY)], case_sensitive=False
)


@command("admit")
@click.argument("place", type=PLACE)
@click.argument("kind", type=KIND)
@click.argument("name")
@click.option("--account", required=True, metavar="ADDRESS", help="Its own key or contract wallet.")
@click.option("--charter", type=POWERS, required=True, help="Powers that its officers may be given.")
@key_option
@pass_session
def admit(
    session: Session,
    place: int,
    kind: str,
    name: str,
    account: str,
    charter: Power,
    key_uri: str | None,
) -> None:
    """Admit an agency of the own country PLACE, of a KIND, under the short NAME; as its central authority.

    A country that is new is admitted by the Council: concordat council propose admit.
    """
    address = address_of(session.workspace, account)
    signer = session.signer(key_uri)
    receipt = joining.admit_own(
        session.ledger, signer, place, AgencyKind[kind.upper()], address, int(charter), name
    )
    number = receipt.event("AgencyAdmitted").args["agency"]
    how = f"concordat agency rotate --accept --agency {name}"
    done(session, receipt, f"{name} is admitted as soon as its account accepts: {how}", agency=number)


@command("leave")
@key_option
@pass_session
def leave(session: Session, key_uri: str | None) -> None:
    """Leave with the whole country; as its central authority. At once: no vote, no new appointments.

    What was registered stays. Officers in office keep the floor of powers: they can answer and let go.
    """
    session.confirm("Leave the suite with the whole country?")
    receipt = joining.leave(session.ledger, session.signer(key_uri))
    done(session, receipt, "The country has left. The Council can let it back in.")


@command("replace")
@click.option("--accept", "name", metavar="AGENCY", help="Take AGENCY over with the key that was named.")
@click.option("--veto", is_flag=True, help="As the present key: it is not lost.")
@key_option
@pass_session
def replace(session: Session, name: str | None, veto: bool, key_uri: str | None) -> None:
    """Finish, or veto, the replacement of a lost key that the Council decided.

    The new key accepts seven days after the decision was carried out; until then the present key may veto.
    """
    if bool(name) == veto:
        raise UsageError(
            "Give either --accept AGENCY or --veto.", next="See: concordat agency replace --help"
        )
    signer = session.signer(key_uri)
    if veto:
        done(session, joining.veto_replacement(session.ledger, signer), "The replacement is vetoed.")
        return
    member = agencies.find_agency(session.chain, str(name))
    receipt = joining.accept_replacement(session.ledger, signer, member.number)
    done(session, receipt, f"{signer.address} is the account of {member.name} now.")
