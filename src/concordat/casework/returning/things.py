# SPDX-License-Identifier: Apache-2.0
"""Which seized thing is meant, by its folder, number, or id or its beginning; and an act about it, once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from concordat.afterwards import afterwards
from concordat.assets import seized
from concordat.assets.folders import assetfile
from concordat.assets.folders.assetfile import AssetFile
from concordat.assets.seized import Asset
from concordat.casework.desk import Desk
from concordat.casework.freezing.doing import Done, once
from concordat.casework.freezing.naming import short
from concordat.errors import ConcordatError, UsageError
from concordat.ledger import eventlog
from concordat.ledger.protocol import Event, Receipt

PREFIX: Final = "asset:"
_ID: Final = re.compile(r"0x[0-9a-fA-F]{6,64}")


@dataclass(frozen=True)
class FoundAsset:
    """A thing that is meant.

    Attributes:
        id: 32 bytes.
        file: its folder, if it is in reach.
    """

    id: bytes
    file: AssetFile | None = None

    @property
    def name(self) -> str:
        """What people call it: its number, else the beginning of the id."""
        return self.file.head.number if self.file else short(self.id)


def is_asset(text: str) -> bool:
    """Whether a thing is meant where a hold could be meant as well."""
    return text.startswith(PREFIX) or assetfile.named_folder(Path(text))


def asset_named(desk: Desk, text: str) -> FoundAsset:
    """The thing that is meant. It need not be on the chain yet if its folder is named.

    Raises:
        UsageError: nothing, or more than one, is meant by it.
    """
    path = Path(text)
    if assetfile.named_folder(path):
        file = AssetFile.open(path)
        require_same_suite(desk, file)
        return FoundAsset(file.head.id, file)
    bare = text.removeprefix(PREFIX)
    files = _files(desk)
    if not _ID.fullmatch(bare):
        numbered = [each for each in files if each.head.number == bare]
        if len(numbered) != 1:
            raise _unknown(text, len(numbered))
        return FoundAsset(numbered[0].head.id, numbered[0])
    begins = bare[2:].lower()
    ids = {each.id for each in seized.identified(desk.chain) if each.id.hex().startswith(begins)}
    if len(ids) != 1:
        raise _unknown(text, len(ids))
    (found,) = ids
    return FoundAsset(found, next((each for each in files if each.head.id == found), None))


def require_same_suite(desk: Desk, file: AssetFile) -> None:
    """Refuse the folder of a thing that was entered in another suite.

    Raises:
        UsageError: chain or genesis differ.
    """
    config, head = desk.workspace.config, file.head
    if (head.chain_id, head.genesis.hex()) != (config.chain_id, config.genesis_id[2:]):
        raise UsageError(
            f"{file.name} was made for another suite, on chain {head.chain_id}.",
            code="asset.other_suite",
            kept="Nothing was sent.",
            next="Use the workspace of that suite (--workspace).",
        )


def known_as(desk: Desk, found: FoundAsset) -> Asset:
    """A thing as it stands.

    Raises:
        UsageError: it is not on the chain yet.
    """
    known = seized.asset_of(desk.chain, found.id)
    if known is None:
        raise UsageError(
            f"{found.name} was not entered yet.",
            code="asset.not_sent",
            kept="Nothing was sent.",
            next="Enter it by running again: concordat asset identify DOSSIER",
        )
    return known


@dataclass(frozen=True)
class Same:
    """How an act that took effect before is known: the newest event of this name and these values.

    Attributes:
        event: name.
        about: values that say which of them are meant.
        values: that the newest of these has to have.
    """

    event: str
    about: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)


def act(desk: Desk, found: FoundAsset, name: str, same: Same, send: Callable[[], Receipt]) -> Done:
    """Do an act about a thing unless the newest event of its kind says the same."""
    events = eventlog.of(desk.chain, seized.ASSETS, (same.event,), asset=found.id)
    meant = [each for each in events if _has(each, same.about)]
    earlier = meant[-1] if meant and _has(meant[-1], same.values) else None
    return act_done(desk, found, name, earlier, send)


def act_done(
    desk: Desk, found: FoundAsset, name: str, earlier: Event | None, send: Callable[[], Receipt]
) -> Done:
    """Do an act about a thing, and note its receipt in the folder."""
    done = once(desk, found.id, found.name, None, name, earlier, send)
    if found.file:
        with afterwards(f"{found.name}: {name} took effect.", "Run the same command again."):
            found.file.keep_receipt(name, done.receipt)
    return done


def _has(event: Event, values: Mapping[str, Any]) -> bool:
    return all(event.args[key] == value for key, value in values.items())


def _files(desk: Desk) -> list[AssetFile]:
    places = dict.fromkeys(each.resolve() for each in (Path.cwd(), desk.workspace.root.parent))
    found = []
    for folder in (each for place in places for each in sorted(place.glob(f"*{assetfile.ENDING}"))):
        try:
            file = AssetFile.open(folder)
            require_same_suite(desk, file)
        except ConcordatError:  # one damaged or foreign folder must not hide the others
            continue
        found.append(file)
    return found


def _unknown(text: str, meant: int) -> UsageError:
    return UsageError(
        f"{f'{meant} things are' if meant > 1 else 'No thing is'} called '{text}'.",
        code="asset.ambiguous" if meant > 1 else "asset.unknown",
        kept="Nothing was sent.",
        next=f"Name its folder ({assetfile.ENDING}), its number, or 0x and at least 6 digits of its id. "
        "See: concordat asset list",
    )
