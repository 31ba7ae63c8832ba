# SPDX-License-Identifier: Apache-2.0
"""``concordat council propose``: one command for each call that the Council can make."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from concordat.casework.cooperating import council
from concordat.cli.council.texts import told
from concordat.cli.desk import FILE, open_desk
from concordat.cli.options import MOMENT, PLACE, POWERS, WORD, address_of, group, key_option, pass_session
from concordat.cli.session import Session
from concordat.evidence import store
from concordat.membership import agencies, decisions
from concordat.membership.agencies import AgencyKind
from concordat.membership.decisions import DecisionCall, DecisionKind
from concordat.membership.powers import Power

F = TypeVar("F", bound=Callable[..., object])

KIND = click.Choice([each.name for each in AgencyKind if each], case_sensitive=False)
DECISION = click.Choice([each.name for each in DecisionKind if each], case_sensitive=False)
STATES = {"finishing": 2, "retired": 3}
HOUR, DAY = 3600, 86_400


def proposal_options(function: F) -> F:
    """``--text``: why; and the key."""
    text = click.option(
        "--text", type=FILE, required=True, help="The proposal in words; its SHA-256 goes on the chain."
    )
    return key_option(text(function))


@group("propose")
def propose() -> None:
    """Propose a decision to all members. By a central authority, or its officer with VOTE.

    The text stays with you: send it to the other members, who compare it with its hash when they vote.
    """


@propose.command("admit")
@click.argument("place", type=PLACE)
@click.argument("kind", type=KIND)
@click.argument("name")
@click.option("--account", required=True, metavar="ADDRESS", help="Its own key or contract wallet.")
@click.option("--charter", type=POWERS, required=True, help="Powers that its officers may be given.")
@proposal_options
@pass_session
def admit(
    session: Session,
    place: int,
    kind: str,
    name: str,
    account: str,
    charter: Power,
    text: Path,
    key_uri: str | None,
) -> None:
    """Admit an agency of PLACE of a KIND under the short NAME.

    The central authority of a country that is new makes that country a member with a vote; its other agencies
    that authority then admits itself: concordat agency admit.
    """
    address = address_of(session.workspace, account)
    call = decisions.admit(place, AgencyKind[kind.upper()], address, int(charter), name)
    _send(session, call, text, key_uri)


@propose.command("readmit")
@click.argument("place", type=PLACE)
@proposal_options
@pass_session
def readmit(session: Session, place: int, text: Path, key_uri: str | None) -> None:
    """Let a country that left, or was excluded, be a member again."""
    _send(session, decisions.readmit(place), text, key_uri)


@propose.command("suspend")
@click.argument("name", metavar="AGENCY")
@click.option("--until", type=MOMENT, required=True, help="End of the suspension.")
@proposal_options
@pass_session
def suspend(session: Session, name: str, until: int, text: Path, key_uri: str | None) -> None:
    """Suspend a member down to the floor of powers. This also confirms an emergency."""
    number = agencies.find_agency(session.chain, name).number
    _send(session, decisions.suspend(number, until, _hash(text)), text, key_uri)


@propose.command("lift")
@click.argument("name", metavar="AGENCY")
@proposal_options
@pass_session
def lift(session: Session, name: str, text: Path, key_uri: str | None) -> None:
    """Lift the Council's own suspension of a member."""
    _send(session, decisions.lift(agencies.find_agency(session.chain, name).number), text, key_uri)


@propose.command("exclude")
@click.argument("name", metavar="[AGENCY]", required=False)
@click.option("--place", type=PLACE, help="A whole country with all its agencies.")
@proposal_options
@pass_session
def exclude(session: Session, name: str | None, place: int | None, text: Path, key_uri: str | None) -> None:
    """Exclude an AGENCY, or with --place a country."""
    if (name is None) == (place is None):
        raise click.UsageError("Give either an AGENCY or --place PLACE.")
    if place is not None:
        call = decisions.exclude_jurisdiction(place, _hash(text))
    else:
        call = decisions.exclude(agencies.find_agency(session.chain, str(name)).number, _hash(text))
    _send(session, call, text, key_uri)


@propose.command("replace-key")
@click.argument("name", metavar="AGENCY")
@click.option("--account", required=True, metavar="ADDRESS", help="The new key or contract wallet.")
@proposal_options
@pass_session
def replace_key(session: Session, name: str, account: str, text: Path, key_uri: str | None) -> None:
    """Give an agency that lost its key a new one. Its present key may veto for seven days."""
    number = agencies.find_agency(session.chain, name).number
    _send(session, decisions.replace_key(number, address_of(session.workspace, account)), text, key_uri)


@propose.command("rule")
@click.argument("name")
@click.option("--from", "since", type=MOMENT, required=True, help="In force from; at least 7 days ahead.")
@click.option("--rule", type=FILE, required=True, help="The published rule; its SHA-256 is adopted.")
@click.option("--parameters", default="0", help="What programs read, a number or 0x...; default 0.")
@proposal_options
@pass_session
def rule(
    session: Session,
    name: str,
    since: int,
    rule: Path,
    parameters: str,
    text: Path,
    key_uri: str | None,
) -> None:
    """Adopt the next version of a common rule, for instance "screening" or "procedures"."""
    try:
        word = int(parameters, 0)
    except ValueError:
        word = -1
    if not 0 <= word < 1 << 256:
        raise click.UsageError(f"'{parameters}' is no number of 256 bits.")
    _send(session, decisions.adopt_rule(name, _hash(rule), word, since), text, key_uri)


@propose.command("module")
@click.argument("name")
@click.option("--at", required=True, metavar="ADDRESS", help="Where the new version stands.")
@click.option("--code", type=WORD, required=True, help="keccak256 of its code.")
@proposal_options
@pass_session
def module(session: Session, name: str, at: str, code: bytes, text: Path, key_uri: str | None) -> None:
    """List a new version of a module; the former one finishes what it began."""
    _send(session, decisions.list_module(name, address_of(session.workspace, at), code), text, key_uri)


@propose.command("module-state")
@click.argument("name")
@click.argument("version", type=click.IntRange(0))
@click.argument("state", type=click.Choice(sorted(STATES), case_sensitive=False))
@proposal_options
@pass_session
def module_state(
    session: Session, name: str, version: int, state: str, text: Path, key_uri: str | None
) -> None:
    """Let a VERSION of a module only finish what it began, or be read only."""
    _send(session, decisions.set_module_state(name, version, STATES[state.lower()]), text, key_uri)


@propose.command("kind-rule")
@click.argument("kind", type=DECISION)
@click.option("--quorum", type=click.FloatRange(0, 100), required=True, help="Per cent of the members.")
@click.option("--threshold", type=click.FloatRange(0, 100), required=True, help="Per cent of the votes.")
@proposal_options
@pass_session
def kind_rule(
    session: Session, kind: str, quorum: float, threshold: float, text: Path, key_uri: str | None
) -> None:
    """Set what a KIND of decision needs."""
    points = round(quorum * 100), round(threshold * 100)
    _send(session, decisions.set_kind_rule(DecisionKind[kind.upper()], *points), text, key_uri)


@propose.command("pace")
@click.option("--wait", type=click.FloatRange(1, 30), required=True, help="Days before the vote.")
@click.option("--vote", type=click.FloatRange(1, 30), required=True, help="Days of the vote.")
@proposal_options
@pass_session
def pace(session: Session, wait: float, vote: float, text: Path, key_uri: str | None) -> None:
    """Set how long proposals wait and are voted on."""
    _send(session, decisions.set_pace(round(wait * DAY), round(vote * DAY)), text, key_uri)


@propose.command("timelock-delay")
@click.argument("days", type=click.FloatRange(1, 30))
@proposal_options
@pass_session
def timelock_delay(session: Session, days: float, text: Path, key_uri: str | None) -> None:
    """Set how many DAYS what was decided waits before it is carried out."""
    _send(session, decisions.set_timelock_delay(round(days * DAY)), text, key_uri)


def _send(session: Session, call: DecisionCall, text: Path, key_uri: str | None) -> None:
    with store.guard("read the proposal"):
        words = text.read_bytes()
    acted = council.propose(open_desk(session, key_uri), [call], words)
    told(session, acted, f"Proposal {acted.standing.number} is made. Send {text.name} to the other members.")


def _hash(path: Path) -> bytes:
    with store.guard("read a text of the proposal"):
        return hashlib.sha256(path.read_bytes()).digest()
