# SPDX-License-Identifier: Apache-2.0
"""Disputes before a panel of other jurisdictions: opened, drawn by both sides' secrets, decided, closed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from concordat.casework.cooperating import panelsecrets
from concordat.casework.desk import Desk
from concordat.casework.freezing.offices import own_agency
from concordat.cooperation import panels
from concordat.cooperation.panels import Dispute
from concordat.cooperation.states import DisputeStatus
from concordat.cooperation.words import DisputeKind
from concordat.errors import UsageError
from concordat.ledger.protocol import Receipt
from concordat.membership import council

NOT_SENT: Final = "Nothing was sent."
_NONE: Final = bytes(32)


@dataclass(frozen=True)
class DisputeView:
    """A dispute as it stands.

    Attributes:
        status: at the time of the newest block.
        panel: jurisdictions; none until it is drawn.
        votes: for upholding, by jurisdiction.
    """

    dispute: Dispute
    status: DisputeStatus
    panel: tuple[int, ...]
    votes: dict[int, bool]


def open_(
    desk: Desk, kind: DisputeKind, subject: bytes, grounds: bytes
) -> tuple[DisputeView, Receipt | None]:
    """Open a dispute, unless it is open already.

    Args:
        desk: of the claimant.
        kind: what it is about.
        subject: id of the request or of the outcome, 32 bytes.
        grounds: text; its hash goes on the chain.
    """
    if not grounds.strip():
        raise UsageError("A dispute needs its grounds.", code="panel.no_grounds", kept=NOT_SENT)
    dispute = panels.dispute_id(kind, subject, own_agency(desk))
    if panels.dispute_of(desk.chain, dispute):
        return show(desk, dispute), None
    # Taken only where none was committed with the request; one more that is kept does no harm.
    committed = panelsecrets.new(desk)
    digest = hashlib.sha256(grounds).digest()
    receipt = panels.open_(desk.ledger, desk.signer, kind, subject, digest, committed)
    return show(desk, dispute), receipt


def commit(desk: Desk, dispute: bytes) -> tuple[DisputeView, Receipt | None]:
    """Commit to a secret, as the respondent that committed to none before."""
    view = show(desk, dispute)
    if view.dispute.commitments[1] != _NONE:
        return view, None
    receipt = panels.commit(desk.ledger, desk.signer, dispute, panelsecrets.new(desk))
    return show(desk, dispute), receipt


def reveal(desk: Desk, dispute: bytes, here: Path) -> tuple[DisputeView, Receipt | None]:
    """Reveal the own side's secret, from where it is kept; nobody types it.

    Args:
        desk: of claimant or respondent.
        dispute: id, 32 bytes.
        here: where folders of requests are looked for.
    """
    view = show(desk, dispute)
    side = _side(desk, view.dispute)
    if view.dispute.revealed[side]:
        return view, None
    secret = panelsecrets.find(desk, view.dispute.commitments[side], here)
    receipt = panels.reveal(desk.ledger, desk.signer, dispute, secret)
    return show(desk, dispute), receipt


def vote(desk: Desk, dispute: bytes, reasons: bytes, *, uphold: bool) -> tuple[DisputeView, Receipt | None]:
    """Vote as a jurisdiction of the panel.

    Raises:
        UsageError: the jurisdiction is not on the panel, or voted otherwise before.
    """
    view = show(desk, dispute)
    jurisdiction = council.voting_jurisdiction(desk.chain, desk.signer.address)
    if view.votes.get(jurisdiction) is uphold:
        return view, None
    if jurisdiction in view.votes:
        raise UsageError("The jurisdiction has voted otherwise.", code="panel.voted", kept=NOT_SENT)
    digest = hashlib.sha256(reasons).digest()
    receipt = panels.vote(desk.ledger, desk.signer, dispute, digest, uphold=uphold)
    return show(desk, dispute), receipt


def close(desk: Desk, dispute: bytes) -> tuple[DisputeView, Receipt | None]:
    """Carry out the result; anybody may."""
    view = show(desk, dispute)
    if view.dispute.closed:
        return view, None
    receipt = panels.close(desk.ledger, desk.signer, dispute)
    return show(desk, dispute), receipt


def list_(desk: Desk) -> list[DisputeView]:
    """All disputes, oldest first."""
    return [show(desk, bytes(event.args["dispute"])) for event in panels.opened(desk.chain)]


def find(desk: Desk, reference: str) -> bytes:
    """A dispute by its id, or the beginning of it (0x and at least 6 digits).

    Raises:
        UsageError: there is none, or several begin so.
    """
    text = reference.strip().lower()
    known = [bytes(event.args["dispute"]) for event in panels.opened(desk.chain)]
    found = [each for each in known if len(text) >= 8 and f"0x{each.hex()}".startswith(text)]
    if len(found) != 1:
        raise UsageError(
            f"{len(found) or 'No'} disputes are meant by {reference}.",
            code="panel.which",
            kept=NOT_SENT,
            next="See: concordat standing dispute list",
        )
    return found[0]


def show(desk: Desk, dispute: bytes) -> DisputeView:
    """One dispute.

    Raises:
        UsageError: there is none of this id.
    """
    found = panels.dispute_of(desk.chain, dispute)
    if found is None:
        raise UsageError("There is no such dispute.", code="panel.unknown", kept=NOT_SENT)
    votes = {
        event.args["jurisdiction"]: bool(event.args["uphold"])
        for event in panels.history(desk.chain, dispute)
        if event.name == "PanelVoted"
    }
    status = panels.status_at(desk.chain, dispute, desk.chain.now())
    return DisputeView(found, status, tuple(panels.panel_of(desk.chain, dispute)), votes)


def _side(desk: Desk, dispute: Dispute) -> int:
    own = own_agency(desk)
    if own not in (dispute.claimant, dispute.respondent):
        raise UsageError("The own agency is no side of this dispute.", code="panel.no_side", kept=NOT_SENT)
    return 0 if own == dispute.claimant else 1
