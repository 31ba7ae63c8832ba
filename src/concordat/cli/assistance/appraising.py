# SPDX-License-Identifier: Apache-2.0
"""``concordat assistance appraisal``: opinions of accredited bodies on documents, data, accounts, assets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from concordat.casework.cooperating import appraising
from concordat.casework.cooperating.appraising import Appraisal
from concordat.casework.freezing import offices
from concordat.cli.assistance.words import called, choice, told
from concordat.cli.desk import FILE, PATH, open_desk
from concordat.cli.freeze.words import chosen, due, hexed
from concordat.cli.options import MOMENT, group, key_option, pass_session
from concordat.cli.output import fields, moment
from concordat.cli.receipts import done as told_receipt
from concordat.cli.session import Session
from concordat.cooperation.words import AppraisalField, DeclineReason
from concordat.errors import UsageError
from concordat.evidence import store

FIELD = click.option("--field", "of", type=choice(AppraisalField), required=True, help="For what.")
APPRAISAL = click.argument("appraisal", metavar="APPRAISAL")


@group("appraisal")
def appraisal() -> None:
    """Have an item appraised by an accredited body: accredit, ask, opine, decline, show.

    APPRAISAL is 0x and the beginning of its key. An item is named by its hash: a package, a file, or
    0x and 64 digits.
    """


@appraisal.command("accredit")
@click.argument("agency", metavar="AGENCY")
@FIELD
@click.option("--until", type=MOMENT, required=True, help="Until when.")
@click.option("--certificate", type=FILE, required=True, help="Its hash goes on the chain.")
@key_option
@pass_session
def accredit(
    session: Session, agency: str, of: str, until: int, certificate: Path, key_uri: str | None
) -> None:
    """Accredit an AGENCY of the own country for a field, as its central authority.

    Example: concordat assistance appraisal accredit CN-IFS --field ELECTRONIC_DATA
    --until 2028-01-01T00:00:00Z --certificate cnas.pdf
    """
    field = chosen(AppraisalField, of)
    done = appraising.accredit(open_desk(session, key_uri), agency, field, until, certificate)
    told(session, done, f"{agency} is accredited for {field.label()[session.lang]} until {moment(until)}.")


@appraisal.command("end")
@click.argument("agency", metavar="AGENCY")
@FIELD
@key_option
@pass_session
def end(session: Session, agency: str, of: str, key_uri: str | None) -> None:
    """End the accreditation of an AGENCY at once."""
    field = chosen(AppraisalField, of)
    receipt = appraising.end(open_desk(session, key_uri), agency, field)
    told_receipt(session, receipt, f"{agency} is no longer accredited for {field.label()[session.lang]}.")


@appraisal.command("ask")
@click.argument("agency", metavar="AGENCY")
@FIELD
@click.option("--item", required=True, metavar="PKG|FILE|HASH", help="What is to be appraised.")
@click.option("--by", "by", type=MOMENT, required=True, help="By when.")
@click.option("--question", type=FILE, required=True, help="The question; the body alone can read it.")
@key_option
@pass_session
def ask(
    session: Session, agency: str, of: str, item: str, by: int, question: Path, key_uri: str | None
) -> None:
    """Ask an accredited AGENCY, of any country, for its opinion on an item.

    Example: concordat assistance appraisal ask CN-IFS --field ELECTRONIC_DATA --item phone.acq
    --by 2027-02-01T00:00:00Z --question question.txt
    """
    desk = open_desk(session, key_uri)
    done = appraising.ask(desk, agency, chosen(AppraisalField, of), item, by, question)
    told(session, done, f"{agency} is asked: appraisal {hexed(done.about)}")


@appraisal.command("opine")
@APPRAISAL
@click.option("--item", required=True, metavar="PKG|FILE|HASH", help="What was appraised.")
@click.option("--opinion", type=FILE, required=True, help="The opinion; the asker alone can read it.")
@key_option
@pass_session
def opine(session: Session, appraisal: str, item: str, opinion: Path, key_uri: str | None) -> None:
    """Give the opinion on an APPRAISAL, as the body that was asked, while it is accredited.

    Example: concordat assistance appraisal opine 0x5f2c91 --item phone.acq --opinion opinion.pdf
    """
    done = appraising.opine(open_desk(session, key_uri), appraisal, item, opinion)
    told(session, done, f"The opinion on {done.name} is given.")


@appraisal.command("decline")
@APPRAISAL
@click.option("--reason", type=choice(DeclineReason), required=True, help="Why.")
@key_option
@pass_session
def decline(session: Session, appraisal: str, reason: str, key_uri: str | None) -> None:
    """Decline an APPRAISAL, as the body that was asked."""
    code = chosen(DeclineReason, reason)
    done = appraising.decline(open_desk(session, key_uri), appraisal, code)
    told(session, done, f"{done.name} is declined. {code.label()[session.lang]}")


@appraisal.command("show")
@APPRAISAL
@click.option("--out", type=PATH, help="Write question and opinion into this folder, as far as readable.")
@key_option
@pass_session
def show(session: Session, appraisal: str, out: Path | None, key_uri: str | None) -> None:
    """Show an APPRAISAL: who was asked about which item, by when, and the opinion, if it can be opened here.

    Example: concordat assistance appraisal show 0x5f2c91 --out opinions
    """
    desk = open_desk(session, key_uri)
    found = appraising.show(desk, appraisal)
    files = _write(found, out) if out else []
    names, lang = offices.names(desk.chain), session.lang
    rows = [
        ("appraisal", hexed(found.id)),
        ("asked by", called(names, found.asker)),
        ("body", called(names, found.body) + ("" if found.accredited else ", not accredited now")),
        ("field", found.field.label()[lang]),
        ("item", hexed(found.item)),
        ("due", "" if found.given_at else due(found.due, desk.clock.now)),
        ("opinion", moment(found.given_at) if found.given_at else ""),
        ("declined", found.declined.label()[lang] if found.declined else ""),
        ("files", ", ".join(files)),
    ]
    session.out.result({**_data(found), "files": files}, fields([row for row in rows if row[1]]))


def _write(found: Appraisal, out: Path) -> list[str]:
    written = []
    with store.guard(f"write into {out}"):
        out.mkdir(parents=True, exist_ok=True)
        for what, letter in (("question", found.question), ("opinion", found.opinion)):
            if letter is None:
                continue
            path = out / f"{what}-{letter.name}"
            if path.exists() and path.read_bytes() != letter.content:
                raise UsageError(
                    f"{path} exists.", code="file.exists", kept="It was not touched.", next="Name another."
                )
            store.write(path, letter.content)
            written.append(str(path))
    return written


def _data(found: Appraisal) -> dict[str, Any]:
    return {
        "appraisal": hexed(found.id),
        "asker": found.asker,
        "body": found.body,
        "field": found.field.name,
        "item": hexed(found.item),
        "due": moment(found.due),
        "given_at": moment(found.given_at) if found.given_at else None,
        "declined": found.declined.name if found.declined else None,
        "accredited_now": found.accredited,
        "question": found.question.name if found.question else None,
        "opinion": found.opinion.name if found.opinion else None,
    }
