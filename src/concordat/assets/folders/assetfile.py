# SPDX-License-Identifier: Apache-2.0
"""The agency's private folder of one seized thing, ``NAME.asset/``.

asset.json       what it is, with the salt of its commitment; never changed
parts/           what each part of the dossier said when it was filled, with its salt: back it up
receipts.json    transactions, oldest first
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from eth_utils.crypto import keccak

from concordat.assets.folders.dossier import Dossier
from concordat.assets.folders.privatefolder import BACKUP, PrivateFolder, make
from concordat.assets.folders.slips import new_salt
from concordat.assets.returnstates import DossierPart
from concordat.assets.seized import asset_id
from concordat.assets.words import AssetClass
from concordat.errors import FileError, UsageError
from concordat.evidence import canonical, fields, store

ENDING: Final = ".asset"
ASSET, PARTS = "asset.json", "parts"
VERSION: Final = 1


@dataclass(frozen=True)
class Head:
    """What a thing is.

    Attributes:
        agency: that entered it.
        said: what the commitment is made over.
        custodian: number of the agency that kept it first.
        attest_every: days.
        hold: under which it is held, 32 bytes; zero if held otherwise.
        salt: of the commitment.
    """

    chain_id: int
    genesis: bytes
    agency: int
    said: Mapping[str, Any]
    custodian: int
    attest_every: int
    hold: bytes
    salt: bytes = field(repr=False)

    @property
    def number(self) -> str:
        """Of the thing in the agency's list."""
        return str(self.said["number"])

    @property
    def asset_class(self) -> AssetClass:
        """What kind of thing it is."""
        return AssetClass[self.said["asset_class"]]

    @property
    def commitment(self) -> bytes:
        """What stands for the thing on the chain."""
        return bytes(keccak(self.salt + canonical.dumps(dict(self.said))))

    @property
    def id(self) -> bytes:
        """Of the thing, 32 bytes."""
        return asset_id(self.agency, self.commitment)


class AssetFile(PrivateFolder):
    """One ``NAME.asset/``. Nothing is read before it is needed."""

    @classmethod
    def open(cls, folder: Path) -> AssetFile:
        """A folder that is there.

        Raises:
            UsageError: it is no such folder.
            FileError: a part is missing or damaged.
        """
        found = cls(folder)
        if not (folder / ASSET).is_file():
            raise UsageError(
                f"{folder.name} is not the folder of a seized thing.",
                code="asset.no_folder",
                next=f"Name the {ENDING} folder that concordat asset identify made, or restore it.",
            )
        _ = found.head
        return found

    @classmethod
    def create(cls, folder: Path, head: Head) -> AssetFile:
        """Make the folder, at once and complete.

        Raises:
            UsageError: there is one already.
            FileError: it cannot be written; then nothing of it is left.
        """
        content = canonical.dumps(_head_json(head))
        make(folder, lambda partial: store.write(partial / ASSET, content))
        return cls(folder)

    @cached_property
    def head(self) -> Head:
        """What the thing is."""
        values = self.read(ASSET, _HEAD)
        word = bytes.fromhex
        return Head(
            chain_id=values["chain_id"],
            genesis=word(values["genesis"]),
            agency=values["agency"],
            said=values["said"],
            custodian=values["custodian"],
            attest_every=values["attest_every"],
            hold=word(values["hold"]),
            salt=word(values["salt"]),
        )

    def require_same(self, dossier: Dossier) -> None:
        """Refuse a dossier that describes another thing than the one that was entered.

        Raises:
            UsageError: it does.
        """
        if dict(self.head.said) != dossier.said():
            raise UsageError(
                f"{self.name} is the folder of another thing, or its description was changed since it was "
                "entered.",
                code="asset.other_thing",
                kept="Nothing was written or sent.",
                next="Number, case, class, description and identifier stay as they were entered; the parts "
                "may change.",
            )

    def content(self, part: DossierPart, said: Mapping[str, Any]) -> bytes:
        """Hash of what a part says, which is laid in with a salt; the same content has the same hash.

        Args:
            part: of the dossier.
            said: text, documents with their digests, amount.

        Raises:
            FileError: it cannot be read or written.
        """
        stem = part.name.lower()
        folder = self.folder / PARTS
        for path in sorted(folder.glob(f"{stem}-*.json")) if folder.is_dir() else ():
            values = self.read(f"{PARTS}/{path.name}", _PART)
            if values["said"] == said:
                return _hash(bytes.fromhex(values["salt"]), said)
        salt = new_salt()
        found = _hash(salt, said)
        with store.guard(f"write a part of {self.name}", kept="Nothing was sent."):
            content = canonical.dumps({"said": dict(said), "salt": salt.hex()})
            store.write(folder / f"{stem}-{found.hex()[:12]}.json", content)
        return found

    def damaged(self, part: str) -> FileError:
        """What is said of a part that is no longer what it was."""
        return FileError(
            f"{self.name}/{part} is damaged.", code="asset.damaged", kept="Nothing was sent.", next=BACKUP
        )


def named_folder(path: Path) -> bool:
    """Whether a path means such a folder, be it there or not."""
    return path.name.endswith(ENDING)


def _hash(salt: bytes, said: Mapping[str, Any]) -> bytes:
    return bytes(keccak(salt + canonical.dumps(dict(said))))


def _head_json(head: Head) -> dict[str, Any]:
    return {
        "version": VERSION,
        "chain_id": head.chain_id,
        "genesis": head.genesis.hex(),
        "agency": head.agency,
        "said": dict(head.said),
        "custodian": head.custodian,
        "attest_every": head.attest_every,
        "hold": head.hold.hex(),
        "salt": head.salt.hex(),
    }


_AGENCY: Final = fields.number(1, (1 << 32) - 1)
_SAID: Final[Mapping[str, fields.Check]] = {
    "number": fields.text,
    "case": fields.text,
    "asset_class": fields.one_of(*AssetClass.__members__),
    "description": fields.text,
    "identifier": fields.maybe(fields.text),
}
_HEAD: Final[Mapping[str, fields.Check]] = {
    "version": fields.number(VERSION, VERSION),
    "chain_id": fields.number(1),
    "genesis": fields.hexed(32),
    "agency": _AGENCY,
    "said": fields.within(_SAID),
    "custodian": _AGENCY,
    "attest_every": fields.number(1, 180),
    "hold": fields.hexed(32),
    "salt": fields.hexed(32),
}
_PART: Final[Mapping[str, fields.Check]] = {
    "said": lambda value: isinstance(value, dict),
    "salt": fields.hexed(32),
}
