# SPDX-License-Identifier: Apache-2.0
"""Adopt a rulebook for its jurisdiction, with the central authority's key.

brownie run adopt_standard main my keystore:authority --network sepolia
"""

from __future__ import annotations

import hashlib
from importlib.resources import files

from concordat.evidence import places
from concordat.evidence.rulebook import bundled
from concordat.ledger import adoption
from scripts import network


@network.told
def main(jurisdiction: str, key: str) -> int:
    """Compile every standard of a bundled rulebook over the baseline, and adopt what is not adopted yet.

    Args:
        jurisdiction: code of a bundled rulebook, for instance ``my``.
        key: URI of the central authority's key.

    Returns:
        How many standards were adopted.
    """
    rulebook, desk = bundled(jurisdiction.upper()), network.desk(key)
    adoption.require_rulebook(rulebook)
    content = (files("concordat") / "data" / "standards" / f"{jurisdiction.lower()}.yaml").read_bytes()
    planned = adoption.plan(rulebook, desk.book, desk.chain.now())
    forum = places.numeric(rulebook.jurisdiction)
    adoption.adopt(desk.ledger, desk.signer, forum, hashlib.sha256(content).digest(), planned)
    print(f"{rulebook.jurisdiction}: {len(planned)} standards adopted. {rulebook.review.label()}")
    return len(planned)
