# SPDX-License-Identifier: Apache-2.0
"""How a transaction that took effect is told."""

from __future__ import annotations

from typing import Any

from concordat.cli.output import moment
from concordat.cli.session import Session
from concordat.ledger.protocol import Receipt


def done(session: Session, receipt: Receipt, text: str, **more: Any) -> None:
    """Say what was done, and where it stands.

    Args:
        session: of the command.
        receipt: of the transaction.
        text: what was done, one sentence.
        more: further values for ``--json``.
    """
    session.out.result({**as_data(receipt), **more}, text)
    session.out.say(f"Transaction {receipt.transaction}, block {receipt.block}, {moment(receipt.time)}.")


def as_data(receipt: Receipt) -> dict[str, Any]:
    """The stable values of a transaction."""
    return {
        "transaction": receipt.transaction,
        "block": receipt.block,
        "block_hash": receipt.block_hash,
        "time": moment(receipt.time),
        "gas_used": receipt.gas_used,
    }
