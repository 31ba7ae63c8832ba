# SPDX-License-Identifier: Apache-2.0
"""``concordat suite``: create a suite from the package's contracts."""

from __future__ import annotations

import json
from pathlib import Path

import click

from concordat.cli.options import address_in, group, key_option, pass_session
from concordat.cli.output import fields
from concordat.cli.session import Session
from concordat.errors import UsageError
from concordat.evidence import store
from concordat.membership import suite as suites
from concordat.membership.suite import deployment_record


@group("suite")
def suite() -> None:
    """Suites: create."""


@suite.command("create")
@click.option("--rpc", metavar="URL", required=True, help="Address of the node.")
@click.option("--ca", metavar="FILE", help="Certificates (PEM) of a private authority.")
@click.option(
    "--founders",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="YAML: jurisdiction, kind, account, name, charter of each founder.",
)
@click.option(
    "--keys",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the keystores; default: the workspace's.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="Where to write the deployment record.",
)
@key_option
@pass_session
def create(
    session: Session, rpc: str, ca: str | None, file: Path, keys: Path | None, out: Path, key_uri: str | None
) -> None:
    """Create a suite: contracts from this package, these founders, the international baseline.

    The key pays and holds no power afterwards. Members cannot be added later.
    """
    from concordat.ledger.rpc import Rpc
    from concordat.ledger.signer import open_signer

    if not key_uri:
        raise UsageError("No key is named.", code="key.unnamed", next="Name the key that pays with --key.")
    folder = keys or session.keys
    with store.guard("read the founders' file"):
        text = file.read_text(encoding="utf-8")
    members = suites.founders(text, lambda uri: address_in(folder, uri))
    node = Rpc(rpc, ca)
    chain_id = int(node.request("eth_chainId"), 16)
    signer = open_signer(key_uri, folder, session.password, node, ca)
    session.out.say(f"Chain {chain_id}; {len(members)} founders; paid by {signer.address}.")
    session.confirm("Create the suite? Its members cannot be changed afterwards.")
    created = suites.create_suite(node, signer, members, say=session.out.say)
    record = deployment_record(created, members)
    with store.guard("write the deployment record"):
        store.write(out, (json.dumps(record, indent=2) + "\n").encode())
    pairs = [
        ("directory", created.directory),
        ("genesis", "0x" + created.genesis_id.hex()),
        ("gas used", f"{created.gas_used:,}"),
        ("record", str(out)),
    ]
    session.out.result(record, fields(pairs))
    session.out.say(f"Next: concordat init --rpc {rpc} --deployment {out}")
