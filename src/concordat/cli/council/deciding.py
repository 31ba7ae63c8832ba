# SPDX-License-Identifier: Apache-2.0
"""``concordat council list | show | vote | queue | execute | cancel``."""

from __future__ import annotations

from pathlib import Path

import click

from concordat.casework.cooperating import council
from concordat.cli.council.texts import data_of, pairs, sentences, told
from concordat.cli.desk import FILE, open_desk, warn_of_clock
from concordat.cli.options import command, key_option, pass_session
from concordat.cli.output import fields, moment, styled, table
from concordat.cli.session import Session
from concordat.errors import UsageError
from concordat.evidence import store
from concordat.membership.council import Vote


@command("list")
@key_option
@pass_session
def list_(session: Session, key_uri: str | None) -> None:
    """List all proposals as they stand."""
    desk, lang = open_desk(session, key_uri), session.lang
    found = council.list_(desk)
    rows = [
        (
            str(each.number),
            each.here.label()[lang],
            f"{each.tally.in_favour}:{each.tally.against}",
            moment(each.until) if each.until else "",
            "; ".join(sentences(each, lang)),
        )
        for each in found
    ]
    text = table(("number", "state", "votes", "until", "would"), rows) if rows else "Nothing was proposed."
    session.out.result({"proposals": [data_of(each) for each in found]}, text)
    warn_of_clock(session, desk)


@command("show")
@click.argument("proposal")
@click.option("--text", type=FILE, help="Compare this text with the one that was proposed.")
@key_option
@pass_session
def show(session: Session, proposal: str, text: Path | None, key_uri: str | None) -> None:
    """Show a PROPOSAL (its number, or the beginning of its id): what it would do, and how the vote stands."""
    desk = open_desk(session, key_uri)
    standing = council.show(desk, proposal)
    if text is not None:
        council.check_text(standing.proposal, _read(text))
    lines = [fields(pairs(standing, session.lang))]
    if text is not None:
        lines.append(styled(f"{text.name} is the text that was proposed.", "good"))
    events = council.history(desk, standing)
    data = {
        **data_of(standing),
        "text_matches": True if text else None,
        "history": [{"event": each.name, "transaction": each.transaction} for each in events],
    }
    session.out.result(data, "\n".join(lines))
    warn_of_clock(session, desk)


@command("vote")
@click.argument("proposal")
@click.option("--for", "how", flag_value=Vote.FOR.name, help="For it.")
@click.option("--against", "how", flag_value=Vote.AGAINST.name, help="Against it.")
@click.option("--abstain", "how", flag_value=Vote.ABSTAIN.name, help="Counts for the quorum alone.")
@click.option("--text", type=FILE, help="The text as you read it; another one is not voted on.")
@key_option
@pass_session
def vote(session: Session, proposal: str, how: str | None, text: Path | None, key_uri: str | None) -> None:
    """Vote on a PROPOSAL for the own jurisdiction, once: its central authority, or an officer with VOTE."""
    if how is None:
        raise UsageError(
            "How is the vote?",
            code="council.how",
            kept="Nothing was sent.",
            next="Give --for, --against or --abstain.",
        )
    desk, meant = open_desk(session, key_uri), Vote[how]
    before = council.show(desk, proposal)
    for sentence in sentences(before, session.lang):
        session.out.say(sentence)
    session.confirm(f"Vote {meant.label().en}?")
    acted = council.vote(desk, proposal, meant, _read(text) if text else None)
    told(session, acted, f"The vote is cast: {meant.label()[session.lang]}.")


@command("queue")
@click.argument("proposal")
@key_option
@pass_session
def queue(session: Session, proposal: str, key_uri: str | None) -> None:
    """Put a PROPOSAL that was adopted into the timelock, where it waits. Anybody may."""
    acted = council.queue(open_desk(session, key_uri), proposal)
    told(session, acted, f"Proposal {acted.standing.number} waits until {moment(acted.standing.eta)}.")


@command("execute")
@click.argument("proposal")
@key_option
@pass_session
def execute(session: Session, proposal: str, key_uri: str | None) -> None:
    """Carry out a PROPOSAL that was adopted and has waited. Anybody may."""
    acted = council.execute(open_desk(session, key_uri), proposal)
    done = "; ".join(sentences(acted.standing, session.lang))
    told(session, acted, f"Carried out: {done}.")


@command("cancel")
@click.argument("proposal")
@key_option
@pass_session
def cancel(session: Session, proposal: str, key_uri: str | None) -> None:
    """Take an own PROPOSAL back, before the vote begins."""
    acted = council.cancel(open_desk(session, key_uri), proposal)
    told(session, acted, f"Proposal {acted.standing.number} is taken back.")


def _read(path: Path) -> bytes:
    with store.guard("read the proposal"):
        return path.read_bytes()
