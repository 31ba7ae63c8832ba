# SPDX-License-Identifier: Apache-2.0
"""Joining and leaving, one function an act: an authority for its country, an agency for its lost key."""

from __future__ import annotations

from concordat.ledger.protocol import Ledger, Receipt, Signer
from concordat.membership import decisions
from concordat.membership.agencies import REGISTRY, AgencyKind


def admit_own(
    ledger: Ledger,
    authority: Signer,
    jurisdiction: int,
    kind: AgencyKind,
    account: str,
    charter: int,
    name: str,
) -> Receipt:
    """Admit an agency of the own country, as its central authority.

    Raises:
        ContractError: a second central authority, an address in use, or not one's own country.
    """
    founder = decisions.admit(jurisdiction, kind, account, charter, name).arguments[0]
    return ledger.send(authority, REGISTRY, "admitOwn", founder)


def leave(ledger: Ledger, authority: Signer) -> Receipt:
    """Leave with the whole country; at once."""
    return ledger.send(authority, REGISTRY, "leave")


def accept_replacement(ledger: Ledger, new: Signer, agency: int) -> Receipt:
    """Take over an agency by the key that the Council named, seven days after it was named."""
    return ledger.send(new, REGISTRY, "takeOver", agency)


def veto_replacement(ledger: Ledger, present: Signer) -> Receipt:
    """Say that the key is not lost."""
    return ledger.send(present, REGISTRY, "vetoReplacement")
