# SPDX-License-Identifier: Apache-2.0
"""``concordat council members | rules | modules``: what was decided and holds."""

from __future__ import annotations

import click

from concordat.cli.desk import open_desk
from concordat.cli.options import MOMENT, command, key_option, pass_session
from concordat.cli.output import moment, table
from concordat.cli.session import Session
from concordat.errors import UsageError
from concordat.evidence import places
from concordat.membership import agencies, commonrules, council, decisions, modulebook, numbers
from concordat.membership.agencies import AgencyKind


@command("members")
@pass_session
def members(session: Session) -> None:
    """List the jurisdictions that have a vote, who casts it, and what decisions need."""
    chain, lang = session.chain, session.lang
    known = agencies.agencies(chain)
    rows, data = [], []
    for jurisdiction in council.members(chain):
        mine = [each for each in known if numbers.jurisdiction_of(each.number) == jurisdiction]
        voter = next(each for each in mine if each.kind is AgencyKind.CENTRAL_AUTHORITY)
        rows.append((places.name(jurisdiction, lang), voter.name, str(len(mine))))
        data.append({"place": places.alpha(jurisdiction), "authority": voter.name, "agencies": len(mine)})
    kinds = [each for each in decisions.DecisionKind if each]
    rules = {each: council.kind_rule(chain, each) for each in kinds}
    delay, period = council.pace(chain)
    lines = [
        table(("jurisdiction", "votes by", "agencies"), rows),
        "",
        table(
            ("decision", "quorum", "majority"),
            [(each.label()[lang], f"{q / 100:g} %", f"{t / 100:g} %") for each, (q, t) in rules.items()],
        ),
        f"A proposal waits {delay / 86400:g} days and is voted on for {period / 86400:g}.",
    ]
    needs = {each.name: {"quorum": q, "threshold": t} for each, (q, t) in rules.items()}
    result = {"members": data, "decisions": needs, "voting_delay": delay, "voting_period": period}
    session.out.result(result, "\n".join(lines))


@command("rules")
@click.argument("name", required=False)
@click.option("--at", type=MOMENT, help="What was, is or will be in force at this time; default: now.")
@key_option
@pass_session
def rules(session: Session, name: str | None, at: int | None, key_uri: str | None) -> None:
    """List the common rules in force, or all versions of the rule NAME."""
    desk = open_desk(session, key_uri)
    moment_asked = desk.clock.now if at is None else at
    names = [name] if name else commonrules.names(desk.chain)
    rows, data = [], []
    for each in names:
        now = commonrules.in_force(desk.chain, each, moment_asked)
        for rule in commonrules.versions(desk.chain, each):
            if not name and (now is None or rule.version != now.version):
                continue
            held = "in force" if now and rule.version == now.version else ""
            rows.append((each, str(rule.version), moment(rule.since), held, rule.digest.hex()[:16] + "…"))
            data.append(
                {
                    "name": each,
                    "version": rule.version,
                    "from": moment(rule.since),
                    "in_force": bool(held),
                    "digest": rule.digest.hex(),
                    "parameters": hex(rule.parameters),
                }
            )
    if name and not data:
        raise UsageError(f"There is no common rule '{name}'.", code="council.no_rule")
    head = ("rule", "version", "from", "at " + moment(moment_asked), "SHA-256")
    text = table(head, rows) if rows else f"No common rule is in force at {moment(moment_asked)}."
    session.out.result({"at": moment(moment_asked), "rules": data}, text)


@command("modules")
@pass_session
def modules(session: Session) -> None:
    """List the modules of the suite with their versions and states.

    What begins in a version after it became finishing is void, whoever sent it.
    """
    found = modulebook.modules(session.chain)
    rows = [
        (each.name, str(each.version), each.state.label()[session.lang], moment(each.active_since), each.at)
        for each in found
    ]
    data = [
        {
            "name": each.name,
            "version": each.version,
            "state": each.state.name,
            "active_since": moment(each.active_since),
            "finishing_since": moment(each.finishing_since) if each.finishing_since else None,
            "retired_since": moment(each.retired_since) if each.retired_since else None,
            "address": each.at,
            "code_hash": each.code_hash.hex(),
        }
        for each in found
    ]
    session.out.result({"modules": data}, table(("module", "version", "state", "since", "address"), rows))
