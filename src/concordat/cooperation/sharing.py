# SPDX-License-Identifier: Apache-2.0
"""Grants on the chain: what was shared with whom, for what, until when. One function an act or question."""

from __future__ import annotations

from typing import Final

from concordat.cooperation.words import Handling, Purpose
from concordat.ledger import eventlog
from concordat.ledger.protocol import Event, Ledger, Receipt, Signer

SHARING: Final = "Sharing"
HISTORY: Final = ("Granted", "Revoked", "ForwardedOn")


def grant(
    ledger: Ledger,
    officer: Signer,
    to: int,
    items: bytes,
    fields: int,
    purpose: Purpose,
    handling: Handling,
    until: int,
) -> Receipt:
    """Let an agency read named fields of named items.

    Args:
        ledger: where.
        officer: with ANSWER, ASK or LEAD.
        to: number of the agency.
        items: hash of the items' ids, 32 bytes.
        fields: bit of each field of the shared vocabulary.
        purpose: for what.
        handling: how far it may go.
        until: seconds since 1970 UTC.
    """
    return ledger.send(officer, SHARING, "grant", to, items, fields, int(purpose), int(handling), until)


def revoke(ledger: Ledger, officer: Signer, grant_id: bytes) -> Receipt:
    """Take a grant back; what was passed on from it ends with it."""
    return ledger.send(officer, SHARING, "revoke", grant_id)


def forward(
    ledger: Ledger, officer: Signer, grant_id: bytes, to: int, fields: int, purpose: Purpose, until: int
) -> Receipt:
    """Pass on what was received, no wider and no longer, where the handling code lets it."""
    return ledger.send(officer, SHARING, "forward", grant_id, to, fields, int(purpose), until)


def passed_on(ledger: Ledger, *, to: int | None = None, grant_id: bytes | None = None) -> list[Event]:
    """The events by which grants were passed on, oldest first."""
    filters = {"to": to, "grant": grant_id}
    return ledger.events(SHARING, "ForwardedOn", **{k: v for k, v in filters.items() if v is not None})


def permits(ledger: Ledger, grant_id: bytes, agency: int, fields: int, purpose: Purpose, at: int) -> bool:
    """Whether the agency may read these fields for this purpose at that time (seconds since 1970 UTC)."""
    return bool(ledger.call(SHARING, "permits", grant_id, agency, fields, int(purpose), at))


def granted(ledger: Ledger, *, by: int | None = None, to: int | None = None) -> list[Event]:
    """The events of grants, oldest first."""
    filters = {"from": by, "to": to}
    return ledger.events(SHARING, "Granted", **{k: v for k, v in filters.items() if v is not None})


def history(ledger: Ledger, grant_id: bytes) -> list[Event]:
    """All events of a grant itself, oldest first, without times."""
    return eventlog.of(ledger, SHARING, HISTORY, grant=grant_id)
