# SPDX-License-Identifier: Apache-2.0
"""``concordat trace``: the source and the way of an acquisition."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from concordat.casework import guards, tracing
from concordat.casework.freezing import offices
from concordat.casework.telling import eventwords
from concordat.casework.tracing import Gap, Step, Trace
from concordat.cli.desk import is_package, open_desk, open_package
from concordat.cli.options import WORD, command, key_option, pass_session
from concordat.cli.output import moment, table
from concordat.cli.session import Session
from concordat.membership.agencies import find_agency

HEAD = {
    "en": ("when", "what", "agency", "to", "under request", "signed by"),
    "zh": ("时间", "事项", "机构", "送往", "所依请求", "签名人"),
}


@command("trace")
@click.argument("what", metavar="ROOT|PACKAGE")
@click.option("--agency", help="Who registered it, where several registered the same root.")
@key_option
@pass_session
def trace(session: Session, what: str, agency: str | None, key_uri: str | None) -> None:
    """Show where an acquisition came from and where it went, every act in order with who signed it.

    Registered, co-signed, supplemented; answered with under which request, received by whom and when; shared
    in which team; appraised, passed on, excluded by a court. What was sent and never shown to have arrived
    is told as a gap.

    Example: concordat trace my-phone.acq
    """
    desk = open_desk(session, key_uri)
    number: int | None
    if is_package(Path(what)):
        root, number = guards.registered(open_package(Path(what)))
    else:
        root = WORD.convert(what, None, None)
        number = find_agency(desk.chain, agency).number if agency else None
    found, names, lang = tracing.trace(desk, root, number), offices.names(desk.chain), session.lang
    rows = [
        (
            moment(step.event.time),
            eventwords.title(step.event)[lang],
            _called(names, step.agency),
            _called(names, step.to),
            f"0x{step.request.hex()[:12]}" if step.request else "",
            step.signer,
        )
        for step in found.steps
    ]
    session.out.result(_data(found, names), table(HEAD[lang], rows))
    for gap in found.gaps:
        session.out.warn(_warning(gap, names, lang))


def _warning(gap: Gap, names: Mapping[int, str], lang: str) -> str:
    start = {"en": "A gap", "zh": "缺口"}[lang]
    return f"{start}: {moment(gap.step.event.time)}, {_called(names, gap.to)}: {gap.text[lang]}."


def _called(names: Mapping[int, str], number: int) -> str:
    return offices.called(names, number) if number else ""


def _data(found: Trace, names: Mapping[int, str]) -> dict[str, Any]:
    return {
        "agency": _called(names, found.agency),
        "root": f"0x{found.root.hex()}",
        "steps": [_step(step, names) for step in found.steps],
        "gaps": [{**_step(gap.step, names), "missing": gap.text.as_dict()} for gap in found.gaps],
    }


def _step(step: Step, names: Mapping[int, str]) -> dict[str, Any]:
    told = eventwords.as_json(step.event, names)
    return {
        "at": told["at"],
        "event": f"{told['contract']}.{told['event']}",
        "what": eventwords.title(step.event).as_dict(),
        "agency": _called(names, step.agency) or None,
        "to": _called(names, step.to) or None,
        "request": f"0x{step.request.hex()}" if step.request else None,
        "signer": step.signer,
        "transaction": told["transaction"],
        "cursor": told["cursor"],
    }
