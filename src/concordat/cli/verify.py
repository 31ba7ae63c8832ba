# SPDX-License-Identifier: Apache-2.0
"""``concordat verify``: is it still what was registered?"""

from __future__ import annotations

import json
from pathlib import Path

import click

from concordat.casework.desk import Desk
from concordat.casework.showing import Verified
from concordat.casework.showing import verify as verify_package
from concordat.cli.desk import PATH, open_desk
from concordat.cli.options import WORD, command, pass_session
from concordat.cli.output import styled
from concordat.cli.progress import TerminalProgress
from concordat.cli.session import Session
from concordat.errors import FileError, UsageError, VerificationError
from concordat.evidence import proof, registry, store
from concordat.evidence.package import Package
from concordat.evidence.results import VerificationResult
from concordat.evidence.verify import verify_exhibit_proof


@command("verify")
@click.argument("what", type=PATH)
@click.argument("paths", type=PATH, nargs=-1)
@click.option("--offline", is_flag=True, help="Ask no node; check the proof in the package.")
@click.option(
    "--block", "block_hash", type=WORD, help="With --offline: hash of the proof's block, from whom you trust."
)
@pass_session
def verify(
    session: Session, what: Path, paths: tuple[Path, ...], offline: bool, block_hash: bytes | None
) -> None:
    """Verify a PACKAGE and the files at PATHS, or the PROOF of one exhibit and its file.

    Names every item that is changed, missing, extra or renamed, and says that the others stand. Leaves with 4
    if anything that was registered is not there as it was.
    """
    _require(paths)
    desk = None if offline else _desk(session)
    if what.is_file():
        found = _proof(desk, what, paths)
    else:
        progress = None if session.out.as_json else TerminalProgress("Verifying")
        found = verify_package(desk, Package(what), paths or None, block_hash=block_hash, progress=progress)
    result = found.result
    lines = [_head(result, session.lang), *result.sentences(session.lang), *_trust(found)]
    data = {**result.as_dict(), "node": found.node or None, "anchor": _anchor(found)}
    session.out.result(data, "\n".join(lines))
    if not result.ok:
        raise click.exceptions.Exit(VerificationError.exit_code)


def _head(result: VerificationResult, lang: str) -> str:
    if not result.ok:
        return styled({"en": "Not verified.", "zh": "核验未通过。"}[lang], "bad")
    if result.unchecked:
        return styled(
            {"en": "Verified as far as files were given.", "zh": "所提供的部分核验通过。"}[lang], "warn"
        )
    return styled({"en": "Verified.", "zh": "核验通过。"}[lang], "good")


def _require(paths: tuple[Path, ...]) -> None:
    """A mistyped path is no finding about evidence."""
    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        raise FileError(
            f"There is no such file or folder: {', '.join(missing)}.",
            code="file.missing",
            kept="Nothing was verified.",
            next="Name the collected files, or the folder that was packed.",
        )


def _desk(session: Session) -> Desk | None:
    """The desk if there is a workspace and its chain answers; anybody can verify without either."""
    try:
        desk = open_desk(session, None)
    except UsageError:
        session.out.warn("There is no workspace here: no chain is asked.")
        return None
    if desk.online is None:
        session.out.warn("No node answers: no chain is asked.")
        return None
    return desk


def _trust(found: Verified) -> list[str]:
    """On what the comparison with the chain rests."""
    if found.node:
        return [f"The record was read from the node {found.node}, which you trust for this."]
    if found.anchor is None:
        return []
    block = f"block {found.anchor.block}, {found.anchor.block_hash}"
    if found.anchor.given:
        return [f"The package's proof leads to {block}, the one that you named."]
    return [
        f"The package's proof leads to {block}, as its receipt says. It is worth what that hash is worth: "
        "ask somebody whom you trust for the hash of this block, and give it with --block."
    ]


def _anchor(found: Verified) -> dict[str, object] | None:
    anchor = found.anchor
    return {"block": anchor.block, "block_hash": anchor.block_hash, "given": anchor.given} if anchor else None


def _proof(desk: Desk | None, file: Path, paths: tuple[Path, ...]) -> Verified:
    """Verify the proof of one exhibit."""
    if len(paths) > 1:
        raise UsageError("A proof is of one exhibit: name one file.", code="verify.one_file")
    with store.guard("read the proof"):
        text = file.read_text(encoding="utf-8")
    try:
        form = json.loads(text)
    except (ValueError, RecursionError):
        form = None
    if not isinstance(form, dict) or not str(form.get("concordat")).startswith("exhibit-proof/"):
        raise UsageError(
            f"{file} is neither a package nor a proof.",
            code="verify.what",
            next="Name NAME.acq, or a file that show --proof wrote.",
        )
    proven = proof.check(form)
    record = None
    if desk is not None:
        record = registry.chain_record(desk.chain, proven.agency, proven.root)
        if record is None:
            raise VerificationError(
                "The chain has no record of this agency and root.", code="verification.not_on_chain"
            )
    result = verify_exhibit_proof(form, paths[0] if paths else None, chain_record=record)
    return Verified(result, node=desk.workspace.rpc if desk is not None and record is not None else "")
