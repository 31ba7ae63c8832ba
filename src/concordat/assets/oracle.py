# SPDX-License-Identifier: Apache-2.0
"""What tokens of the same chain read of holds, one function an act. A ``ledger`` is a chain or an outbox."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from concordat.ledger.protocol import Ledger, Receipt, Signer

ORACLE: Final = "FreezeOracle"


@dataclass(frozen=True)
class Opening:
    """What opens a target and its request to everybody: the contract's struct ``Opening``.

    Attributes:
        salt: of the account commitment, 32 bytes.
        notice_key: address of the notice key.
        order: commitment to the order, 32 bytes.
    """

    salt: bytes
    notice_key: str
    order: bytes

    def struct(self) -> dict[str, Any]:
        """The fields by the struct's names."""
        return {"salt": self.salt, "noticeKey": self.notice_key, "order": self.order}


def name_token(ledger: Ledger, officer: Signer, token: str, currency: int) -> Receipt:
    """Say that the institution answers for a token contract, in whose currency it holds.

    Raises:
        ContractError: the token does not say the same, or was named before.
    """
    return ledger.send(officer, ORACLE, "nameToken", token, currency)


def reveal(
    ledger: Ledger, officer: Signer, hold: tuple[bytes, bytes], token: str, account: str, opening: Opening
) -> Receipt:
    """Reveal the account of a hold (request, target) to a token, for ever.

    Raises:
        ContractError: it holds nothing, is in another currency, or is opened otherwise.
    """
    return ledger.send(officer, ORACLE, "reveal", *hold, token, account, opening.struct())
