# SPDX-License-Identifier: Apache-2.0
"""Acts of freezing, done once: see ``casework.doing``; their papers are written into the request's folder."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from concordat.assets.folders.freezefile import FreezeFile
from concordat.casework import doing
from concordat.casework.desk import Desk
from concordat.casework.doing import receipt_of, settle
from concordat.casework.freezing import papers
from concordat.ledger.protocol import Event, Receipt

__all__ = ["Done", "once", "receipt_of", "settle"]

Done: TypeAlias = doing.Done[FreezeFile]


def once(
    desk: Desk,
    about: bytes,
    name: str,
    file: FreezeFile | None,
    act: str,
    earlier: Event | None,
    send: Callable[[], Receipt],
) -> Done:
    """Do an act on a request or hold unless its event is there already; see :func:`casework.doing.once`."""
    return doing.once(
        desk, about, name, file, act, earlier, send, lambda receipt: papers.write(desk, receipt.events)
    )
