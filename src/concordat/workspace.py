# SPDX-License-Identifier: Apache-2.0
"""The folder ``.concordat/``: which suite this is about, keys, what waits to be sent, what is known offline.

    config.json       node, chain id, Directory, code hashes, genesis id, agency, key URI; nothing secret
    keys/             encrypted keystores
    outbox.sqlite     what was accepted and is on its way to the chain
    index.sqlite      digests of the agency's exhibits, to find duplicates
    refusals.jsonl    refused attempts
    messages/         sealed messages that were received or made, by their hash
    answers/          which sealed message holds the newest answer to a hold: nothing is answered twice
    watch.json        what a watch told already
    standards.json    standards as last read: packing needs no network
    crashes/          details of unexpected failures

The first connection pins chain id, genesis, Directory and code; every later one compares them first.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from concordat.errors import FileError, UsageError
from concordat.evidence import fields, store
from concordat.evidence.fields import FieldError

if TYPE_CHECKING:  # speaking to a node takes a while to load, and half of the commands never do
    from concordat.ledger.chain import Chain
    from concordat.ledger.protocol import Signer
    from concordat.ledger.standardbook import StandardBook

FOLDER = ".concordat"
VARIABLE = "CONCORDAT_WORKSPACE"
NODE_VARIABLE = "CONCORDAT_RPC"
VERSION = 1


@dataclass(frozen=True)
class Config:
    """What ``config.json`` says.

    Attributes:
        rpc: address of the node.
        chain_id: of the chain.
        genesis_id: of the suite, 0x and 64 digits.
        directory: address of the suite's Directory.
        code_hashes: keccak256 of the code of each contract, 0x and 64 digits.
        since: first block that can hold anything of the suite.
        ca: file with the certificates of a private authority, or "".
        agency: number of the own agency, 0 if none was named.
        key: URI of the key that is used where a command names none, or "".
        mailbox: folder or URL through which sealed messages travel, or "".
    """

    rpc: str
    chain_id: int
    genesis_id: str
    directory: str
    code_hashes: Mapping[str, str] = field(default_factory=dict)
    since: int = 0
    ca: str = ""
    agency: int = 0
    key: str = ""
    mailbox: str = ""


class Workspace:
    """One ``.concordat/`` folder. Nothing is read before it is needed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._config: Config | None = None

    @classmethod
    def find(cls, given: str | os.PathLike[str] | None = None, start: Path | None = None) -> Workspace:
        """The workspace that is meant: named, by CONCORDAT_WORKSPACE, or the nearest one upwards.

        Args:
            given: the folder ``.concordat`` or the one that holds it.
            start: where to look from; the current folder by default.

        Raises:
            UsageError: there is none.
        """
        named = given or os.environ.get(VARIABLE)
        if named:
            candidates = [Path(named), Path(named) / FOLDER]
        else:
            here = (start or Path.cwd()).resolve()
            candidates = [folder / FOLDER for folder in (here, *here.parents)]
        for candidate in candidates:
            if (candidate / "config.json").is_file():
                return cls(candidate)
        where = f"in {named}" if named else "here or in any folder above"
        raise UsageError(
            f"There is no workspace {where}.",
            code="workspace.missing",
            next="Make one with: concordat init --rpc URL --directory ADDRESS",
        )

    @classmethod
    def create(cls, folder: Path, config: Config) -> Workspace:
        """Make a workspace in ``folder``.

        Raises:
            UsageError: there is one already.
            FileError: it cannot be written.
        """
        workspace = cls(folder if folder.name == FOLDER else folder / FOLDER)
        if workspace._config_file.exists():
            raise UsageError(
                f"There is already a workspace: {workspace.root}.",
                code="workspace.exists",
                kept="It was not touched.",
                next="Use it, or make the new one in another folder.",
            )
        workspace.save(config)
        with store.guard("make the workspace"):
            workspace.keys.mkdir(exist_ok=True)
        return workspace

    @property
    def config(self) -> Config:
        """What ``config.json`` says.

        Raises:
            FileError: it cannot be read, or is none.
        """
        if self._config is None:
            self._config = _read(self._config_file)
        return self._config

    def save(self, config: Config) -> None:
        """Write ``config.json``.

        Raises:
            FileError: it cannot be written.
        """
        text = json.dumps({"version": VERSION, **asdict(config)}, indent=2, sort_keys=True) + "\n"
        with store.guard("write the workspace's configuration"):
            store.write(self._config_file, text.encode())
        self._config = config

    def set(self, **changes: Any) -> None:
        """Change single values of the configuration."""
        self.save(replace(self.config, **changes))

    def connect(self) -> Chain:
        """Reach the suite, and compare everything that is pinned before anything else is asked or sent.

        Raises:
            NodeError: no node answers, or it is not the chain, suite or code that was pinned.
        """
        from concordat.ledger.chain import Chain
        from concordat.ledger.rpc import Rpc
        from concordat.pins import compare_pins

        config = self.config
        # Not Chain.connect: that another chain answers is to be said before anything is asked of the suite.
        chain = Chain(Rpc(self.rpc, config.ca or None), config.directory, since=config.since)
        compare_pins(chain, config)
        return chain

    def signer(self, uri: str | None, password: Callable[[str], str]) -> Signer:
        """The key that ``uri`` names, or the workspace's own.

        Args:
            uri: see ``concordat.ledger.signer``; None for the configured key.
            password: asked for the password of a keystore, given its name.

        Raises:
            UsageError: no key is named anywhere, or there is no such key.
            AuthorityError: the password is wrong.
        """
        from concordat.ledger.rpc import Rpc
        from concordat.ledger.signer import open_signer

        chosen = uri or self.config.key
        if not chosen:
            raise UsageError(
                "No key is named.",
                code="key.unnamed",
                next="Name one with --key, or for good with: concordat key use URI",
            )
        ca = self.config.ca or None
        return open_signer(chosen, self.keys, password, Rpc(self.rpc, ca), ca)

    def standards(self) -> StandardBook:
        """The standards as last read from the chain; packing offline uses them.

        Raises:
            UsageError: they were never read.
        """
        from concordat.ledger.standardbook import StandardBook

        path = self.root / "standards.json"
        if not path.exists():
            raise UsageError(
                "The standards were never read from the chain.",
                code="standards.not_cached",
                next="Read them once while there is a network: concordat standard list",
            )
        with store.guard("read the standards"):
            return StandardBook.from_json(path.read_text(encoding="utf-8"))

    def refresh_standards(self, chain: Chain) -> StandardBook:
        """Read all standards from the chain and keep them for later."""
        from concordat.ledger.standardbook import StandardBook

        book = StandardBook.read(chain)
        with store.guard("keep the standards"):
            store.write(self.root / "standards.json", book.to_json().encode())
        return book

    @property
    def rpc(self) -> str:
        """Address of the node: CONCORDAT_RPC (it may hold a token that no file should), or as configured."""
        return os.environ.get(NODE_VARIABLE) or self.config.rpc

    @property
    def keys(self) -> Path:
        """Folder of the encrypted keystores."""
        return self.root / "keys"

    @property
    def messages(self) -> Path:
        """Folder of the sealed messages that were received."""
        return self.root / "messages"

    @property
    def outbox(self) -> Path:
        """Database of what is on its way to the chain."""
        return self.root / "outbox.sqlite"

    @property
    def index(self) -> Path:
        """Database of the digests of the agency's exhibits."""
        return self.root / "index.sqlite"

    @property
    def refusals(self) -> Path:
        """Journal of refused attempts."""
        return self.root / "refusals.jsonl"

    @property
    def crashes(self) -> Path:
        """Folder for details of unexpected failures."""
        return self.root / "crashes"

    @property
    def _config_file(self) -> Path:
        return self.root / "config.json"


def _read(path: Path) -> Config:
    with store.guard("read the workspace's configuration"):
        text = path.read_text(encoding="utf-8")
    try:
        values = json.loads(text)
        fields.check(values, path.name, _FORM, _MORE)
    except (ValueError, FieldError) as error:
        raise FileError(
            f"{path} is no configuration of this version. {getattr(error, 'message', 'It is not JSON.')}",
            code="workspace.damaged",
            next="Take it from a backup, or make the workspace again; its other files stay as they are.",
        ) from error
    del values["version"]
    return Config(**values)


def _address(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"0x[0-9a-fA-F]{40}", value) is not None


def _hashes(value: Any) -> bool:
    return isinstance(value, dict) and all(fields.hexed(32, "0x")(each) for each in value.values())


_FORM: Mapping[str, fields.Check] = {
    "version": fields.number(VERSION, VERSION),
    "rpc": fields.text,
    "chain_id": fields.number(1),
    "genesis_id": fields.hexed(32, "0x"),
    "directory": _address,
}
_MORE: Mapping[str, fields.Check] = {
    "code_hashes": _hashes,
    "since": fields.number(),
    "ca": fields.text,
    "agency": fields.number(0, (1 << 32) - 1),
    "key": fields.text,
    "mailbox": fields.text,
}
