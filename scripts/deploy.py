# SPDX-License-Identifier: Apache-2.0
"""Create a suite on Brownie's network: print the plan, ask on live networks, create, assert, record.

    brownie run deploy main founders.yaml keystore:deployer --network sepolia

The key pays and holds nothing afterwards. The record goes to deployments/<network>.json. On a live network
the plan is carried out only with CONCORDAT_YES=1 or after a yes at the terminal.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from concordat.cli.options import address_in
from concordat.errors import UsageError
from concordat.evidence import store
from concordat.ledger import deploy
from concordat.ledger.rpc import Rpc
from concordat.ledger.signer import open_signer
from concordat.membership import suite as suites
from scripts import network


@network.told
def main(founders: str = "founders.yaml", key: str = "") -> dict[str, object]:
    """Create the suite.

    Args:
        founders: file of the founders (YAML; see ``concordat.membership.suite``).
        key: URI of the key that pays.

    Returns:
        The deployment record.
    """
    if not key:
        raise UsageError("No key is named.", code="key.unnamed", next="brownie run deploy main FOUNDERS KEY")
    keys = network.keys()
    with store.guard("read the founders' file"):
        text = Path(founders).read_text(encoding="utf-8")
    members = suites.founders(text, lambda uri: address_in(keys, uri))
    node = Rpc(network.url())
    signer = open_signer(key, keys, network.password, node, None)
    plan = deploy.plan(members, suites.baseline())
    print_plan(plan, signer.address)
    _confirm()
    created = suites.create_suite(node, signer, members, say=print)
    record = {**suites.deployment_record(created, members), "network": network.name(), "commit": _commit()}
    network.DEPLOYMENTS.mkdir(parents=True, exist_ok=True)
    with store.guard("write the deployment record"):
        store.write(network.deployment(), (json.dumps(record, indent=2) + "\n").encode())
    print(f"Directory {created.directory}; {created.gas_used:,} gas; record: {network.deployment()}")
    return record


def print_plan(plan: deploy.Plan, payer: str) -> None:
    """Say what will be done, before anything is."""
    print(f"Network {network.name()}, paid by {payer}, who holds nothing afterwards.")
    for module, digest in zip(plan.modules, plan.initcode_hashes, strict=True):
        print(f"  {module:20} initcode 0x{digest.hex()}")
    print(f"  founding hash        0x{plan.founding_hash.hex()}")
    for founder in plan.founders:
        print(f"  {founder.name:20} {founder.account}")


def _confirm() -> None:
    if not network.is_live() or os.environ.get("CONCORDAT_YES") == "1":
        return
    if not sys.stdin.isatty() or input("Create this suite on a live network? [yes/no] ") != "yes":
        raise UsageError(
            "Not confirmed.",
            code="not_confirmed",
            kept="Nothing was sent.",
            next="Answer yes, or set CONCORDAT_YES=1.",
        )


def _commit() -> str:
    """The commit of this checkout, or "" outside of one."""
    asked = subprocess.run(
        ["git", "rev-parse", "HEAD"],  # noqa: S607 - whichever git this checkout was made with
        cwd=network.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return asked.stdout.strip()
