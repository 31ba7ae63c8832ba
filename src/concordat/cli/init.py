# SPDX-License-Identifier: Apache-2.0
"""``concordat init``: a workspace for one suite."""

from __future__ import annotations

from pathlib import Path

import click

from concordat.cli.options import command, pass_session
from concordat.cli.output import fields
from concordat.cli.session import Session
from concordat.errors import UsageError
from concordat.mail.httpmailbox import HttpMailbox, is_url
from concordat.pins import start_workspace
from concordat.workspace import FOLDER


@command("init")
@click.option("--rpc", metavar="URL", required=True, help="Address of the node.")
@click.option("--directory", metavar="ADDRESS", help="Address of the suite's Directory.")
@click.option(
    "--deployment",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Deployment record; then everything is compared with it.",
)
@click.option("--ca", metavar="FILE", help="Certificates (PEM) of a private authority.")
@click.option(
    "--since", metavar="BLOCK", type=int, default=0, help="First block of the suite, for long chains."
)
@click.option("--agency", metavar="NAME", help="The own agency: short name or number.")
@click.option("--key", "key_uri", metavar="URI", help="Key that is used where a command names none.")
@click.option(
    "--mailbox", metavar="PATH_OR_URL", default="", help="Where sealed messages of freeze requests travel."
)
@pass_session
def init(
    session: Session,
    rpc: str,
    directory: str | None,
    deployment: Path | None,
    ca: str | None,
    since: int,
    agency: str | None,
    key_uri: str | None,
    mailbox: str,
) -> None:
    """Make a workspace in this folder and pin the suite in it.

    Chain id, genesis, Directory and the code of every contract are noted now and compared at every later
    connection. The mailbox is a shared folder or a web server; what lies in it is sealed, and compared with
    the chain before it is opened.
    """
    if is_url(mailbox):
        HttpMailbox(mailbox)  # a mistyped address is said now
    elif mailbox:
        mailbox = str(Path(mailbox).resolve())  # as typed here, wherever later commands run
    if not directory and not deployment:
        raise UsageError(
            "The suite is not named.",
            code="suite.unnamed",
            next="Give --directory ADDRESS or --deployment FILE; whoever created the suite has both.",
        )
    workspace = start_workspace(
        Path(session.workspace_given) if session.workspace_given else Path.cwd() / FOLDER,
        rpc=rpc,
        directory=directory,
        deployment=deployment,
        ca=ca or "",
        since=since,
        agency=agency,
        key=key_uri or "",
        mailbox=mailbox,
    )
    config = workspace.config
    data = {
        "workspace": str(workspace.root),
        "chain_id": config.chain_id,
        "genesis_id": config.genesis_id,
        "directory": config.directory,
        "code_hashes": dict(config.code_hashes),
        "agency": config.agency,
        "mailbox": bool(config.mailbox),
    }
    text = fields(
        [
            ("workspace", str(workspace.root)),
            ("chain", str(config.chain_id)),
            ("genesis", config.genesis_id),
            ("directory", config.directory),
            ("contracts", ", ".join(config.code_hashes)),
        ]
    )
    session.out.result(data, text)
