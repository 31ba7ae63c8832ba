# SPDX-License-Identifier: Apache-2.0
"""``concordat show``: an acquisition as the chain has it; or one exhibit with its proof, in one file."""

from __future__ import annotations

from pathlib import Path

import click

from concordat.casework.showing import Shown
from concordat.casework.showing import show as ask
from concordat.cli.desk import FILE, PATH, open_desk, open_package
from concordat.cli.judgementtext import facts_lines, forum_data, marks, matrix, supports_of
from concordat.cli.options import PLACES, WORD, command, pass_session
from concordat.cli.output import fields, moment, styled
from concordat.cli.session import Session
from concordat.errors import UsageError
from concordat.evidence import canonical, store
from concordat.evidence.package import Package
from concordat.evidence.registry import WithdrawalReason
from concordat.membership import numbers
from concordat.membership.agencies import find_agency


@command("show")
@click.argument("what", type=PATH, required=False)
@click.option("--agency", help="Instead of a package: the agency that registered.")
@click.option("--root", type=WORD, help="Instead of a package: the root.")
@click.option(
    "--forum", "forums", type=PLACES, default=(), metavar="MY,CN", help="Forums beside those of the record."
)
@click.option("--exhibit", type=int, metavar="N", help="Show exhibit N of the package.")
@click.option("--proof", is_flag=True, help="With --exhibit: the proof, one file to hand over.")
@click.option("--out", type=FILE, help="With --proof: where to write it.")
@pass_session
def show(
    session: Session,
    what: Path | None,
    agency: str | None,
    root: bytes | None,
    forums: tuple[int, ...],
    exhibit: int | None,
    proof: bool,
    out: Path | None,
) -> None:
    """Show a registered PACKAGE, or --agency and --root: facts, verdicts in each forum, history."""
    package = open_package(what) if what is not None else None
    if exhibit is not None or proof:
        _exhibit(session, package, exhibit, proof, out)
        return
    desk = open_desk(session, None)
    if package is not None:
        _registered_only(package)
        number, key = package.manifest.agency, package.root()
        wanted = (*package.record.forum_numbers, *forums)
    elif agency and root:
        number, key = find_agency(desk.chain, agency).number, root
        wanted = (numbers.jurisdiction_of(number), *forums)
    else:
        raise UsageError(
            "What is to be shown?", code="show.what", next="Name a package, or --agency and --root."
        )
    _tell(session, ask(desk, number, key, tuple(dict.fromkeys(wanted))), package)


def _registered_only(package: Package) -> None:
    if package.receipt is None:
        raise UsageError(
            f"{package.name} is not registered.",
            code="package.unregistered",
            next=f"See what it is worth with: concordat check {package.name}",
        )


def _exhibit(
    session: Session, package: Package | None, number: int | None, proof: bool, out: Path | None
) -> None:
    if package is None or number is None:
        raise UsageError("Name a package and --exhibit N.", code="show.what")
    if not proof:
        data = package.exhibit(number).as_dict()
        session.out.result(data, fields([(key, _plain(value)) for key, value in data.items() if value]))
        return
    content = canonical.dumps(package.proof(number))
    if out is None:
        session.out.result(package.proof(number), content.decode())
        return
    if out.exists():
        raise UsageError(
            f"{out} exists.", code="file.exists", kept="It was not touched.", next="Give another name."
        )
    with store.guard("write the proof"):
        store.write(out, content + b"\n")
    session.out.result(
        {"file": str(out)}, f"{out} proves exhibit {number} by itself: concordat verify {out} FILE"
    )


def _plain(value: object) -> str:
    return ", ".join(dict.fromkeys(map(str, value))) if isinstance(value, list) else str(value)


def _tell(session: Session, shown: Shown, package: Package | None) -> None:
    record, later, lang = shown.record, shown.aftermath, session.lang
    supports = supports_of(package) if package else {}
    pairs = [
        ("agency", numbers.label(record.agency)),
        ("root", f"0x{record.root.hex()}"),
        ("registered", moment(record.registered_at)),
        ("collector", shown.collector),
        ("verdict then", record.verdict.label(lang)),
    ]
    if later.withdrawn:
        pairs.append(
            (
                "withdrawn",
                WithdrawalReason(later.reason).name
                if later.reason in set(WithdrawalReason)
                else str(later.reason),
            )
        )
    if shown.successor:
        pairs.append(("superseded by", f"0x{shown.successor.hex()}"))
    if shown.compromised:
        pairs.append(("collector's key", f"reported compromised since {moment(shown.compromised)}"))
    lines = [
        fields(pairs),
        styled({"en": "Facts", "zh": "事实"}[lang], "head"),
        *facts_lines(record.facts, supports, lang),
    ]
    lines.append(matrix(shown.forums, lang))
    lines.append(styled({"en": "History", "zh": "经过"}[lang], "head"))
    lines += [f"  {event.name}, block {event.block}, {event.transaction}" for event in shown.history]
    data = {
        "agency": record.agency,
        "root": f"0x{record.root.hex()}",
        "registered_at": moment(record.registered_at),
        "collector": shown.collector,
        "collector_compromised_since": moment(shown.compromised) if shown.compromised else None,
        "verdict_then": record.verdict.name,
        "facts": f"0x{record.facts.pack():040x}",
        "steps": {step.name: mark.en for step, mark in marks(record.facts, supports).items()},
        "withdrawn": later.withdrawn,
        "superseded_by": f"0x{shown.successor.hex()}" if shown.successor else None,
        "date_confirmed": later.date_confirmed,
        "forums": [forum_data(each) for each in shown.forums],
        "history": [{"event": e.name, "block": e.block, "transaction": e.transaction} for e in shown.history],
    }
    session.out.result(data, "\n".join(lines))
