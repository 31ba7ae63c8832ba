# SPDX-License-Identifier: Apache-2.0
"""``concordat case grant``: what is shared with whom, for what, until when."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from concordat.casework.cooperating import grants, sharedpost, sharing
from concordat.casework.cooperating.grants import Grant
from concordat.casework.freezing.offices import called as short_name
from concordat.casework.freezing.offices import names
from concordat.cli.assistance.words import choice, told
from concordat.cli.desk import FILE, open_desk, warn_of_clock
from concordat.cli.freeze.words import chosen, due, hexed
from concordat.cli.options import MOMENT, group, key_option, pass_session
from concordat.cli.output import Marked, fields, moment, one_line, table
from concordat.cli.session import Session
from concordat.cooperation.shareditems import Item, SharedField, fields_in, template
from concordat.cooperation.words import Handling, Purpose
from concordat.errors import UsageError
from concordat.evidence import store

GRANT = click.argument("grant", metavar="GRANT")
FIELD = click.Choice([str(each.name) for each in SharedField], case_sensitive=False)


@group("grant")
def grant() -> None:
    """Grants: let an agency read named fields of named items, for a purpose and a time.

    GRANT is 0x and the beginning of a grant's id. ITEMS is a file; concordat case grant new writes one. An
    item that is resident never leaves the country; only its proof does.
    """


@grant.command("new")
@click.argument("file", type=FILE)
@pass_session
def new(session: Session, file: Path) -> None:
    """Write a FILE of items with examples; share nothing.

    Example: concordat case grant new items.yaml
    """
    if file.exists():
        raise UsageError(
            f"{file} exists.", code="file.exists", kept="It was not touched.", next="Name another file."
        )
    with store.guard(f"write {file}"):
        store.write(file, template(session.lang).encode())
    session.out.result({"file": str(file)}, f"{file} is written. Put your items in, then: case grant give")


@grant.command("give")
@click.argument("agency", metavar="AGENCY")
@click.argument("items", type=FILE, metavar="ITEMS")
@click.option("--field", "names_", type=FIELD, multiple=True, required=True, help="What may be read.")
@click.option("--purpose", type=choice(Purpose), required=True, help="For what.")
@click.option("--handling", type=choice(Handling), required=True, help="How far it may go (TLP).")
@click.option("--until", type=MOMENT, required=True, help="Nothing is sealed under it from then on.")
@key_option
@pass_session
def give(
    session: Session,
    agency: str,
    items: Path,
    names_: tuple[str, ...],
    purpose: str,
    handling: str,
    until: int,
    key_uri: str | None,
) -> None:
    """Let an AGENCY read fields of the ITEMS of a file; send them with: concordat case grant send

    Example: concordat case grant give MY-PDRM items.yaml --field ACCOUNTS --purpose INVESTIGATION
    --handling AMBER --until 2027-03-31T00:00:00Z
    """
    done, found = sharing.give(
        open_desk(session, key_uri),
        agency,
        items,
        _mask(names_) or 0,
        chosen(Purpose, purpose),
        chosen(Handling, handling),
        until,
    )
    text = f"Granted: {hexed(found)}\nNow: concordat case grant send {hexed(found)[:14]} {items.name}"
    told(session, done, text, grant=hexed(found))


@grant.command("send")
@GRANT
@click.argument("items", type=FILE, metavar="ITEMS")
@click.option("--field", "names_", type=FIELD, multiple=True, help="Fewer fields than were granted.")
@key_option
@pass_session
def send(session: Session, grant: str, items: Path, names_: tuple[str, ...], key_uri: str | None) -> None:
    """Seal ITEMS to the recipient of a GRANT: the granted fields and no more, of resident items the proof.

    Example: concordat case grant send 0x5f2c91 items.yaml
    """
    desk = open_desk(session, key_uri)
    sent = sharing.send(desk, grant, items, _mask(names_))
    whom = short_name(names(desk.chain), sent.grant.to)
    lines = [f"{len(sent.ids)} items are sealed to {whom}."]
    if sent.proofs:
        lines.append(f"Of these only the proof, they stay in the country: {', '.join(sent.proofs)}")
    if sent.left_out:
        lines.append(f"Left out, since not granted: {', '.join(sent.left_out)}")
    how = "It runs" if sent.carried else "There is no mailbox: concordat case export HASH FILE, then it runs"
    lines.append(f"{how}: concordat case grant open {hexed(sent.digest)}")
    data = {
        "grant": hexed(sent.grant.id),
        "hash": hexed(sent.digest),
        "items": list(sent.ids),
        "proofs": list(sent.proofs),
        "left_out": list(sent.left_out),
        "carried": sent.carried,
    }
    session.out.result(data, "\n".join(lines))


@grant.command("open")
@click.argument("message", metavar="HASH_OR_FILE")
@click.option("--out", type=FILE, help="Write the items there, so that they can be passed on.")
@key_option
@pass_session
def open_(session: Session, message: str, out: Path | None, key_uri: str | None) -> None:
    """Open items that came under a grant; refused once the grant is over or was revoked.

    Example: concordat case grant open 0x… --out items.json
    """
    desk = open_desk(session, key_uri)
    if re.fullmatch(r"0x[0-9a-fA-F]{64}", message):
        data = sharedpost.fetch(desk, bytes.fromhex(message[2:]))
    elif Path(message).is_file():
        data = sharedpost.taken_in(desk, Path(message))
    else:
        raise UsageError(f"'{message[:80]}' is neither a file nor 0x and 64 digits.", code="case.no_message")
    opened = sharing.open_(desk, data, out)
    rows = [_item_row(each) for each in opened.items]
    items = [each.as_json() for each in opened.items]
    result = {"grant": hexed(opened.grant.id), "items": items, "file": str(out) if out else None}
    lang = session.lang
    head = (
        f"For {opened.grant.purpose.label()[lang]}, {opened.grant.handling.label()[lang]}, "
        f"until {due(opened.grant.until, desk.clock.now)}."
    )
    session.out.result(result, f"{head}\n\n{table(('item', 'what'), rows)}")


@grant.command("revoke")
@GRANT
@key_option
@pass_session
def revoke(session: Session, grant: str, key_uri: str | None) -> None:
    """Take a GRANT back; nothing is sealed under it any more, nor under what was passed on from it.

    Example: concordat case grant revoke 0x5f2c91
    """
    done = sharing.revoke(open_desk(session, key_uri), grant)
    told(session, done, f"The grant {done.name} is revoked.")


@grant.command("forward")
@GRANT
@click.argument("agency", metavar="AGENCY")
@click.option("--field", "names_", type=FIELD, multiple=True, help="Fewer fields than you were granted.")
@click.option("--until", type=MOMENT, help="Sooner than the grant.")
@key_option
@pass_session
def forward(
    session: Session,
    grant: str,
    agency: str,
    names_: tuple[str, ...],
    until: int | None,
    key_uri: str | None,
) -> None:
    """Pass a GRANT on to an AGENCY, no wider and no longer, where its handling lets it.

    Example: concordat case grant forward 0x5f2c91 SG-SPF --field ACCOUNTS
    """
    done, found = sharing.forward(open_desk(session, key_uri), grant, agency, _mask(names_), until)
    text = f"Passed on: {hexed(found)}\nNow: concordat case grant send {hexed(found)[:14]} ITEMS"
    told(session, done, text, grant=hexed(found))


@grant.command("check")
@GRANT
@click.option("--field", "names_", type=FIELD, multiple=True, help="Whether these may be read.")
@key_option
@pass_session
def check(session: Session, grant: str, names_: tuple[str, ...], key_uri: str | None) -> None:
    """Say what a GRANT permits now.

    Example: concordat case grant check 0x5f2c91 --field ACCOUNTS
    """
    desk = open_desk(session, key_uri)
    warn_of_clock(session, desk)
    found, permits = grants.check(desk, grant, _mask(names_))
    known, lang = names(desk.chain), session.lang
    rows = [
        ("grant", hexed(found.id)),
        ("from", short_name(known, found.giver)),
        ("to", short_name(known, found.to)),
        ("fields", ", ".join(each.label()[lang] for each in fields_in(found.fields))),
        ("purpose", found.purpose.label()[lang]),
        ("handling", found.handling.label()[lang]),
        ("until", due(found.until, desk.clock.now)),
        ("now", "permitted" if permits else "NOT permitted"),
    ]
    session.out.result({**_data(found, known), "permits": permits}, fields(rows))


@grant.command("list")
@click.option("--all", "everybody", is_flag=True, help="Everybody's: who, whom, which fields, for what.")
@key_option
@pass_session
def list_(session: Session, everybody: bool, key_uri: str | None) -> None:
    """List grants that your agency gave or has, and whether they permit anything now.

    Example: concordat case grant list
    """
    desk = open_desk(session, key_uri)
    warn_of_clock(session, desk)
    found, known = grants.list_(desk, everybody=everybody), names(desk.chain)
    rows = [_row(each, known, session.lang, desk.clock.now) for each in found]
    head = ("grant", "from", "to", "fields", "purpose", "until", "now")
    text = table(head, rows) if rows else "There is none."
    session.out.result({"grants": [_data(each, known) for each in found]}, text)


def _mask(given: tuple[str, ...]) -> int | None:
    """Bits of the fields that were named; None where none was."""
    return sum({chosen(SharedField, each) for each in given}) if given else None


def _row(found: Grant, known: Mapping[int, str], lang: str, now: int) -> tuple[str, ...]:
    return (
        hexed(found.id)[:14],
        short_name(known, found.giver),
        short_name(known, found.to),
        " ".join(str(each.name) for each in fields_in(found.fields)),
        found.purpose.label()[lang],
        due(found.until, now),
        Marked("permitted", "good") if found.allows else Marked("over", "dim"),
    )


def _item_row(item: Item) -> tuple[str, str]:
    if item.resident:
        return item.id, f"stays in the country; proof {item.proof}"
    said = "; ".join(f"{name}: {', '.join(values)}" for name, values in item.values.items())
    return item.id, one_line(said)


def _data(found: Grant, known: Mapping[int, str]) -> dict[str, Any]:
    return {
        "id": hexed(found.id),
        "from": short_name(known, found.giver),
        "to": short_name(known, found.to),
        "fields": [str(each.name) for each in fields_in(found.fields)],
        "purpose": found.purpose.name,
        "handling": found.handling.name,
        "until": moment(found.until),
        "parent": hexed(found.parent) if found.parent else None,
        "permits": found.allows,
    }
