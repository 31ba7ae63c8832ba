# SPDX-License-Identifier: Apache-2.0
"""What the acts on a package ask first."""

from __future__ import annotations

from concordat.casework.desk import Desk
from concordat.errors import UsageError
from concordat.evidence.package import Package


def require_same_suite(desk: Desk, package: Package) -> None:
    """Refuse a package that was packed for another suite: signed or sent here, it could never be verified.

    Raises:
        UsageError: chain, genesis or registry differ.
    """
    packed, config = package.manifest, desk.workspace.config
    said = (packed.chain_id, packed.genesis.hex(), packed.registry.lower())
    if said != (config.chain_id, config.genesis_id[2:], desk.registry.lower()):
        raise UsageError(
            f"{package.name} was packed for another suite, on chain {packed.chain_id}: {packed.registry}.",
            code="package.other_suite",
            kept="Nothing was signed or sent.",
            next="Use the workspace of that suite (--workspace), or pack the files again here.",
        )


def registered(package: Package) -> tuple[bytes, int]:
    """Root and agency of a package that is registered.

    Raises:
        UsageError: it is not.
    """
    paper = package.receipt
    if paper is None:
        raise UsageError(
            f"{package.name} is not registered.",
            code="package.unregistered",
            kept="Nothing was written or sent.",
            next=f"Register it first: concordat register {package.name}",
        )
    return bytes.fromhex(paper.root[2:]), paper.agency
