# SPDX-License-Identifier: Apache-2.0
"""``concordat events rebuild``: all states from the events alone, compared with the contracts."""

from __future__ import annotations

from typing import Any

from concordat.casework import rebuilding
from concordat.casework.rebuilding import KINDS, Comparison
from concordat.cli.options import command, pass_session
from concordat.cli.output import Marked, table
from concordat.cli.session import Session
from concordat.errors import VerificationError


@command("rebuild")
@pass_session
def rebuild(session: Session) -> None:
    """Rebuild requests, holds, agreements and cases from the events alone, and compare with the contracts.

    Nothing but the events is needed to know how everything stands, so whoever keeps them depends on nobody.
    If a single value differs, that is told, and the command ends with 4.

    Example: concordat events rebuild
    """
    found = rebuilding.rebuild(session.chain)
    lang = session.lang
    rows = [
        (
            KINDS[kind][lang],
            str(count),
            str(found.equal[kind]) if found.equal[kind] == count else Marked(str(found.equal[kind]), "bad"),
        )
        for kind, count in found.objects.items()
    ]
    head = {"en": ("rebuilt", "how many", "equal"), "zh": ("重建对象", "数量", "一致")}[lang]
    told = {
        "en": f"From {found.events} events, up to block {found.at}.",
        "zh": f"依据 {found.events} 个事件，截至区块 {found.at}。",
    }[lang]
    session.out.result(_data(found), f"{told}\n\n{table(head, rows)}")
    for each in found.differences:
        session.out.warn(
            f"{each.kind} 0x{each.id.hex()}: {each.name} is {each.there} by the contract, "
            f"{each.rebuilt} by the events."
        )
    if found.differences:
        raise VerificationError(
            f"{len(found.differences)} values are not as the events say.",
            code="events.differ",
            next="Install the newest version; if they differ still, ask another node, and report this.",
        )


def _data(found: Comparison) -> dict[str, Any]:
    return {
        "block": found.at,
        "events": found.events,
        "objects": found.objects,
        "equal": found.equal,
        "differences": [
            {
                "kind": each.kind,
                "id": f"0x{each.id.hex()}",
                "value": each.name,
                "rebuilt": str(each.rebuilt),
                "contract": str(each.there),
            }
            for each in found.differences
        ],
    }
