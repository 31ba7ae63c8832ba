# SPDX-License-Identifier: Apache-2.0
"""Which case is meant: by its folder, its number, or the beginning of its id.

bridge.case             the folder of the case
CN-2026-0317            its number, of the folders here
0x5f2c91                id, or its beginning: 0x and at least 6 digits
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from concordat.casework.desk import Desk
from concordat.cooperation import casebook
from concordat.cooperation.folders import casefolder
from concordat.cooperation.folders.casefolder import ENDING, CaseFolder, Glance
from concordat.errors import UsageError

NOT_SENT: Final = "Nothing was sent."
_ID: Final = re.compile(r"0x[0-9a-fA-F]{6,64}")


@dataclass(frozen=True)
class FoundCase:
    """A case that is meant.

    Attributes:
        id: 32 bytes.
        file: its folder, if it is in reach.
    """

    id: bytes
    file: CaseFolder | None = None

    @property
    def name(self) -> str:
        """What people call it: its number, else the beginning of the id."""
        return self.file.number if self.file else short(self.id)


def case_named(desk: Desk, text: str, here: Path | None = None) -> FoundCase:
    """The case that is meant. It need not be on the chain yet if its folder is named.

    Args:
        desk: of whoever asks.
        text: as typed.
        here: where folders are looked for; the current folder by default.

    Raises:
        UsageError: nothing, or more than one, is meant by it.
    """
    path = Path(text)
    if path.name.endswith(ENDING) and path.is_dir():
        file = opened(desk, path)
        return FoundCase(file.id, file)
    ids = {each.id for each in glances(desk, here) if each.number == text}
    if _ID.fullmatch(text):
        every = [bytes(event.args["id"]) for event in casebook.opened(desk.chain)]
        every += [each.id for each in glances(desk, here)]
        ids |= set(beginning(every, text))
    if len(ids) != 1:
        raise _none_or_many(text, len(ids))
    return found_by(desk, ids.pop(), here)


def file_named(desk: Desk, text: str) -> CaseFolder:
    """The folder of the case that is meant.

    Raises:
        UsageError: nothing, or more than one, is meant; or it has no folder here.
    """
    found = case_named(desk, text)
    if found.file is None:
        raise UsageError(
            f"{found.name} has no folder here: its secret is not known.",
            code="case.no_folder",
            kept=NOT_SENT,
            next="Ask the agency that leads to invite yours, then: concordat case receive HASH_OR_FILE",
        )
    return found.file


def found_by(desk: Desk, case: bytes, here: Path | None = None) -> FoundCase:
    """A case by its id, with its folder if that is in reach."""
    folder = next((each.folder for each in glances(desk, here) if each.id == case), None)
    return FoundCase(case, opened(desk, folder) if folder else None)


def glances(desk: Desk, here: Path | None = None) -> list[Glance]:
    """What the folders of cases in reach say they are, as far as they are of this suite; none is checked.

    Those of the current folder, and those beside ``.concordat``.
    """
    config = desk.workspace.config
    suite = (config.chain_id, config.genesis_id[2:])
    places = dict.fromkeys(each.resolve() for each in (here or Path.cwd(), desk.workspace.root.parent))
    found = (casefolder.glance(folder) for place in places for folder in casefolder.folders_in(place))
    return [each for each in found if each and (each.chain_id, each.genesis.hex()) == suite]


def opened(desk: Desk, folder: Path) -> CaseFolder:
    """A folder, checked; refuses one of another suite.

    Raises:
        UsageError: chain or genesis differ, or it is no such folder.
        FileError: it is damaged.
    """
    file, config = CaseFolder.open(folder), desk.workspace.config
    if (file.told.chain_id, file.told.genesis.hex()) != (config.chain_id, config.genesis_id[2:]):
        raise UsageError(
            f"{file.name} was made for another suite, on chain {file.told.chain_id}.",
            code="case.other_suite",
            kept=NOT_SENT,
            next="Use the workspace of that suite (--workspace).",
        )
    return file


def beginning(known: Iterable[bytes], text: str) -> list[bytes]:
    """Those that begin with these digits, each once."""
    begins = text.lower().removeprefix("0x")
    wanted = re.fullmatch(r"[0-9a-f]{6,64}", begins) is not None
    return [each for each in dict.fromkeys(known) if wanted and each.hex().startswith(begins)]


def only(known: Iterable[bytes], text: str, what: str, see: str) -> bytes:
    """The one that begins with these digits.

    Args:
        known: among which.
        text: as typed.
        what: what they are, in the plural ("teams").
        see: the command that lists them.

    Raises:
        UsageError: none does, or several do.
    """
    found = beginning(known, text)
    if len(found) != 1:
        raise UsageError(
            f"{len(found) or 'No'} {what} begin with '{text[:70]}'.",
            code="case.unknown",
            kept=NOT_SENT,
            next=f"Give 0x and at least 6 digits; see: {see}",
        )
    return found[0]


def short(word: bytes) -> str:
    """The beginning of an id, as lists show it."""
    return f"0x{word.hex()[:10]}"


def _none_or_many(text: str, count: int) -> UsageError:
    if count:
        return UsageError(
            f"{count} cases are meant by '{text[:70]}'.",
            code="case.ambiguous",
            kept=NOT_SENT,
            next="Name the folder, or give more digits of the id.",
        )
    return UsageError(
        f"No case is called '{text[:70]}'.",
        code="case.unknown",
        kept=NOT_SENT,
        next="Name its folder (.case), its number, or 0x and at least 6 digits of its id. "
        "See: concordat case list",
    )
