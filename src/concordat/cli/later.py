# SPDX-License-Identifier: Apache-2.0
"""``cosign``, ``supplement``, ``confirm-date``, ``withdraw``, ``supersede``: what may come later."""

from __future__ import annotations

from pathlib import Path

import click

from concordat.casework import later
from concordat.cli.desk import PATH, ROLE, desk_options, open_desk, open_package
from concordat.cli.options import PLACE, WORD, command, key_option, pass_session
from concordat.cli.receipts import as_data, done
from concordat.cli.session import Session
from concordat.errors import UsageError
from concordat.evidence.places import alpha
from concordat.evidence.registry import WithdrawalReason
from concordat.evidence.steps import Role, Step
from concordat.evidence.typed import CoSignerRole
from concordat.membership.agencies import find_agency


@command("cosign")
@click.argument("package", type=PATH)
@click.option("--role", type=ROLE, help="In what role; default: second officer.")
@click.option(
    "--submit", is_flag=True, help="Send the co-signatures that came after registration, as a registrar."
)
@desk_options
@pass_session
def cosign(
    session: Session, package: Path, role: str | None, submit: bool, key_uri: str | None, offline: bool
) -> None:
    """Co-sign PACKAGE with your key.

    Before registration the signature lies in the package, and the collector binds it with: concordat sign.
    After registration it still has to be sent by an officer with REGISTER: --submit.
    """
    desk, held = open_desk(session, key_uri, offline=offline), open_package(package)
    if submit:
        receipts = later.submit_cosignatures(desk, held)
        said = (
            "The chain has all co-signatures already."
            if not receipts
            else "1 co-signature was sent."
            if len(receipts) == 1
            else f"{len(receipts)} co-signatures were sent."
        )
        session.out.result({"transactions": [as_data(receipt) for receipt in receipts]}, said)
        return
    added = later.cosign(desk, held, CoSignerRole[(role or "SECOND_OFFICER").upper()])
    registered = held.receipt is not None
    following = f"concordat cosign --submit {held.name}" if registered else f"concordat sign {held.name}"
    who = "an officer with REGISTER sends it" if registered else "the collector binds it"
    session.out.result(
        {"package": str(package), "role": added.role.name, "signer": added.signer, "late": registered},
        f"{added.signer} signed as {added.role.name.lower().replace('_', ' ')}. Next, {who}: {following}",
    )


@command("supplement")
@click.argument("package", type=PATH)
@click.option(
    "--add", "documents", metavar="ROLE=FILE", multiple=True, required=True, help="A document with its role."
)
@click.option("--forum", type=PLACE, help="The forum that misses it; default: home.")
@click.option(
    "--step",
    "steps",
    multiple=True,
    metavar="STEP",
    help="What it shows; default: whatever of it the forum misses.",
)
@key_option
@pass_session
def supplement(
    session: Session,
    package: Path,
    documents: tuple[str, ...],
    forum: int | None,
    steps: tuple[str, ...],
    key_uri: str | None,
) -> None:
    """Bring documents that a forum misses in a registered PACKAGE, as an officer with CURE."""
    desk, held = open_desk(session, key_uri), open_package(package)
    where = held.manifest.forum if forum is None else forum
    receipt, brought = later.supplement(
        desk,
        held,
        [_document(each) for each in documents],
        forum=where,
        steps=[_step(each) for each in steps],
    )
    named = ", ".join(step.name for step in brought)
    done(
        session,
        receipt,
        f"Brought for {alpha(where)}: {named}.",
        forum=alpha(where),
        steps=[s.name for s in brought],
    )


@command("confirm-date")
@click.argument("agency")
@click.argument("root", type=WORD)
@click.argument("anchor", type=WORD)
@key_option
@pass_session
def confirm_date(session: Session, agency: str, root: bytes, anchor: bytes, key_uri: str | None) -> None:
    """Confirm an earlier ANCHOR (SHA-256 of a time-stamp token or record) of another AGENCY's ROOT."""
    desk = open_desk(session, key_uri)
    receipt = later.confirm_date(desk, find_agency(desk.chain, agency).number, root, anchor)
    done(session, receipt, "The date is confirmed.")


@command("withdraw")
@click.argument("package", type=PATH)
@click.option(
    "--reason",
    type=click.Choice([each.name for each in WithdrawalReason], case_sensitive=False),
    required=True,
    help="Why.",
)
@key_option
@pass_session
def withdraw(session: Session, package: Path, reason: str, key_uri: str | None) -> None:
    """Mark a registered PACKAGE as withdrawn. It stays readable, verifiable, and judged as before."""
    desk, held = open_desk(session, key_uri), open_package(package)
    session.confirm(f"Withdraw {held.name}? It cannot be taken back.")
    receipt = later.withdraw(desk, held, WithdrawalReason[reason.upper()])
    done(session, receipt, f"{held.name} is withdrawn. It stays readable and verifiable.")


@command("supersede")
@click.argument("package", type=PATH)
@click.argument("successor", type=PATH)
@key_option
@pass_session
def supersede(session: Session, package: Path, successor: Path, key_uri: str | None) -> None:
    """Link a registered PACKAGE to the registered SUCCESSOR that corrects it. Both stay readable."""
    desk, held, new = open_desk(session, key_uri), open_package(package), open_package(successor)
    session.confirm(f"Let {new.name} supersede {held.name}? It cannot be taken back.")
    receipt = later.supersede(desk, held, new)
    done(session, receipt, f"{held.name} is superseded by {new.name}.")


def _document(text: str) -> tuple[Role, Path]:
    name, _, file = text.partition("=")
    if file and name.strip().upper() in Role.__members__:
        return Role[name.strip().upper()], Path(file)
    raise UsageError(
        f"'{text}' is not ROLE=FILE.",
        code="supplement.form",
        kept="Nothing was written or sent.",
        next=f"Roles are: {', '.join(role.name for role in Role)}.",
    )


def _step(text: str) -> Step:
    try:
        return Step[text.strip().upper()]
    except KeyError:
        raise UsageError(
            f"There is no step {text}.", code="step.unknown", next="See docs/procedures.md for the 64 steps."
        ) from None
