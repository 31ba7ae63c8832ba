# SPDX-License-Identifier: Apache-2.0
"""What the assistance commands have in common: kinds of options; how acts and verdicts are told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import Any

import click

from concordat.casework.cooperating.verdicts import ForumVerdict
from concordat.casework.doing import Done
from concordat.cli.freeze.words import hexed
from concordat.cli.options import PLACE
from concordat.cli.output import local, one_line
from concordat.cli.receipts import as_data
from concordat.cli.session import Session
from concordat.cooperation.words import RequestKind
from concordat.errors import UsageError
from concordat.evidence import store
from concordat.evidence.places import alpha
from concordat.membership import numbers

__all__ = ["COUNTRY", "KIND", "called", "choice", "done_data", "from_file", "told", "verdict_lines"]

COUNTRY = PLACE
LONGEST = 64_000
"""Characters of a text that is given as a file."""


def choice(kind: type[Enum]) -> click.Choice[str]:
    """An option whose values are the members of a list of words."""
    return click.Choice([each.name for each in kind], case_sensitive=False)


KIND = choice(RequestKind)


def told(session: Session, done: Done[Any], text: str, *, carry: bool = False, **more: Any) -> None:
    """Say what was done, and where it stands.

    Args:
        session: of the command.
        done: what took effect, now or before.
        text: what that means, and what comes next.
        carry: a sealed message went with it, which is to be carried where there is no mailbox.
        more: further values for ``--json``.
    """
    session.out.result({**done_data(done), **more}, text)
    where = "It stood before: transaction" if done.before else "Transaction"
    session.out.say(
        f"{where} {done.receipt.transaction}, block {done.receipt.block}, {local(done.receipt.time)}."
    )
    if carry and not session.workspace.config.mailbox:
        session.out.warn(
            "There is no mailbox: carry the newest sealed message in the messages of its folder to its "
            "recipient, who takes it in with: concordat freeze message import FILE"
        )


def done_data(done: Done[Any]) -> dict[str, Any]:
    """The stable values of an act."""
    return {"id": hexed(done.about), "name": done.name, "before": done.before, **as_data(done.receipt)}


def called(names: Mapping[int, str], number: int) -> str:
    """An agency for people: short name and country; "nobody" for 0."""
    if not number:
        return "nobody"
    return f"{names.get(number) or numbers.label(number)} ({alpha(numbers.jurisdiction_of(number))})"


def from_file(path: Path) -> str:
    """A text that was written into a file.

    Raises:
        UsageError: it is empty, too long, or not UTF-8.
        FileError: it cannot be read.
    """
    with store.guard(f"read {path}", kept="Nothing was sent."):
        data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").strip()
    except UnicodeDecodeError as error:
        raise _unusable(path, "is not UTF-8 text", "Save it as UTF-8.") from error
    if not text:
        raise _unusable(path, "is empty", "Write the text into it.")
    if len(text) > LONGEST:
        raise _unusable(path, "is too long", f"At most {LONGEST} characters can be sealed.")
    return text


def verdict_lines(verdicts: Iterable[ForumVerdict], lang: str) -> Iterator[str]:
    """What the forum makes of each acquisition, and what is missing, with the law."""
    for each in verdicts:
        what = f"{numbers.label(each.agency)} {hexed(each.root)[:14]}… ({each.method.label(lang)})"
        if each.verdict is None:
            yield f"{what}: no forum judges it."
            continue
        yield f"{what}: {each.forum}: {each.verdict.label(lang)}"
        for missing in each.missing:
            law = f" [{missing.law[lang]}]" if missing.law[lang] else ""
            head = f"{missing.severity}: " if missing.severity else ""
            yield f"  {head}{one_line(missing.what[lang])}{law}"
            if missing.cure[lang]:
                yield f"    -> {one_line(missing.cure[lang])}"


def _unusable(path: Path, why: str, advice: str) -> UsageError:
    return UsageError(f"{path.name} {why}.", code="text.unusable", kept="Nothing was sent.", next=advice)
