# SPDX-License-Identifier: Apache-2.0
"""What is pinned of a suite at the first connection, and compared at every later one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from concordat.errors import NodeError
from concordat.ledger.chain import Chain
from concordat.ledger.code import code_hashes
from concordat.membership.agencies import find_agency
from concordat.membership.suite import read_deployment
from concordat.workspace import Config, Workspace

_PINNED = ("chain_id", "genesis_id", "directory", "code_hashes")


def pins(chain: Chain) -> dict[str, Any]:
    """What of a suite is pinned at the first connection: the fields of Config of the same names."""
    return {
        "chain_id": chain.chain_id,
        "genesis_id": "0x" + chain.genesis_id.hex(),
        "directory": chain.address("Directory"),
        "code_hashes": code_hashes(chain),
    }


def compare_pins(chain: Chain, config: Config) -> None:
    """Refuse a chain that is not the one that was pinned.

    Raises:
        NodeError: says what differs. Nothing was sent.
    """
    # In this order: another chain most often has nothing at the Directory's address.
    if chain.chain_id != config.chain_id:
        raise _other(
            f"The node's chain is {chain.chain_id}, this workspace is for {config.chain_id}.", "chain"
        )
    found = pins(chain)
    if found["genesis_id"] != config.genesis_id:
        raise _other("The suite at the Directory's address is another one: its genesis differs.", "genesis")
    for name in sorted({*config.code_hashes, *found["code_hashes"]}):
        if found["code_hashes"].get(name) != config.code_hashes.get(name):
            raise _other(f"The code of {name} is not the code that was pinned.", "code")


def _other(message: str, code: str) -> NodeError:
    return NodeError(
        message,
        code=f"pin.{code}",
        kept="Nothing was sent.",
        next="Check the node's address (concordat doctor). Another suite needs a workspace of its own.",
    )


def start_workspace(
    folder: Path,
    *,
    rpc: str,
    directory: str | None = None,
    deployment: Path | None = None,
    ca: str = "",
    since: int = 0,
    agency: str | None = None,
    key: str = "",
    mailbox: str = "",
) -> Workspace:
    """Reach a suite, pin it, and make a workspace for it.

    Args:
        folder: the folder ``.concordat`` to be made, or the one that shall hold it.
        rpc: address of the node.
        directory: address of the suite's Directory.
        deployment: deployment record; then everything that it says is compared.
        ca: file with the certificates of a private authority, or "".
        since: first block of the suite; taken from the deployment record if there is one.
        agency: the own agency, by short name or number.
        key: URI of the key that is used where a command names none, or "".
        mailbox: folder or URL through which sealed messages travel, or "".

    Raises:
        UsageError: there is a workspace already, or no such agency.
        NodeError: no node, no suite, or not the one of the deployment record.
    """
    record = read_deployment(deployment) if deployment else {}
    first = since or int(record.get("block", 0))
    chain = Chain.connect(rpc, str(directory or record.get("directory", "")), ca or None, since=first)
    config = Config(rpc=rpc, since=first, ca=ca, key=key, mailbox=mailbox, **pins(chain))
    if record:
        compare_pins(chain, replace(config, **{name: record[name] for name in _PINNED}))
    if agency:
        config = replace(config, agency=find_agency(chain, agency).number)
    workspace = Workspace.create(folder, config)
    workspace.refresh_standards(chain)
    return workspace
