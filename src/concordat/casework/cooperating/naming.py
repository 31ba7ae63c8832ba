# SPDX-License-Identifier: Apache-2.0
"""Which request for assistance is meant: by its folder, number, case, outside reference, or the beginning of
its key.

case-0317.request       the folder of the request
CN-2026-0042            number of the request, of the folders here
IP-2026-7781            its reference on the outside channel (INTERPOL, liaison officer...)
0x5f2c91                key, or its beginning: 0x and at least 6 digits
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from concordat.casework.desk import Desk
from concordat.cooperation import assistance
from concordat.cooperation.folders import requestfolder
from concordat.cooperation.folders.requestfolder import ENDING, Glance, RequestFolder
from concordat.errors import UsageError

NOT_SENT: Final = "Nothing was sent."
_ID: Final = re.compile(r"0x[0-9a-fA-F]{6,64}")


@dataclass(frozen=True)
class Found:
    """A request that is meant.

    Attributes:
        id: 32 bytes.
        file: its folder, if it is in reach.
    """

    id: bytes
    file: RequestFolder | None = None

    @property
    def name(self) -> str:
        """What people call it: its number, else the beginning of the key."""
        return self.file.request.number if self.file else short(self.id)


def request_named(desk: Desk, text: str, here: Path | None = None) -> Found:
    """The request that is meant. It need not be on the chain yet if its folder is named.

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
        return Found(file.told.id, file)
    known = [each for each in glances(desk, here) if each.matches(text)]
    ids = {each.id for each in known}
    if _ID.fullmatch(text):
        begins = text[2:].lower()
        ids |= {
            bytes(event.args["request"])
            for event in assistance.asked(desk.chain)
            if event.args["request"].hex().startswith(begins)
        }
    if len(ids) != 1:
        raise _ambiguous(text, len(ids)) if ids else _unknown(text)
    return found_by(desk, ids.pop(), here)


def found_by(desk: Desk, request: bytes, here: Path | None = None) -> Found:
    """A request by its key, with its folder if that is in reach."""
    folder = next((each.folder for each in glances(desk, here) if each.id == request), None)
    return Found(request, opened(desk, folder) if folder else None)


def glances(desk: Desk, here: Path | None = None) -> list[Glance]:
    """What the request folders in reach say they are, as far as they are of this suite; none is checked.

    Those of the current folder, and those beside ``.concordat``.
    """
    config = desk.workspace.config
    suite = (config.chain_id, config.genesis_id[2:])
    places = dict.fromkeys(each.resolve() for each in (here or Path.cwd(), desk.workspace.root.parent))
    found = (requestfolder.glance(folder) for place in places for folder in requestfolder.folders_in(place))
    return [each for each in found if each and (each.chain_id, each.genesis.hex()) == suite]


def opened(desk: Desk, folder: Path) -> RequestFolder:
    """A folder, checked; refuses one of another suite.

    Raises:
        UsageError: chain or genesis differ, or it is no such folder.
        FileError: it is damaged.
    """
    file, config = RequestFolder.open(folder), desk.workspace.config
    if (file.told.chain_id, file.told.genesis.hex()) != (config.chain_id, config.genesis_id[2:]):
        raise UsageError(
            f"{file.name} was made for another suite, on chain {file.told.chain_id}.",
            code="assistance.other_suite",
            kept=NOT_SENT,
            next="Use the workspace of that suite (--workspace).",
        )
    return file


def short(word: bytes) -> str:
    """The beginning of a key, as lists show it."""
    return f"0x{word.hex()[:10]}"


def _ambiguous(text: str, count: int) -> UsageError:
    return UsageError(
        f"{count} requests are meant by '{text}'.",
        code="assistance.ambiguous",
        kept=NOT_SENT,
        next="Name the folder, or give more digits of the key.",
    )


def _unknown(text: str) -> UsageError:
    return UsageError(
        f"No request for assistance is called '{text}'.",
        code="assistance.unknown",
        kept=NOT_SENT,
        next="Name its folder (.request), its number or outside reference, or 0x and at least 6 digits of "
        "its key. See: concordat assistance list",
    )
