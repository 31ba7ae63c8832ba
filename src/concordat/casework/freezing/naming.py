# SPDX-License-Identifier: Apache-2.0
"""Which request or hold is meant: by its folder, by the order's number, by its id or the beginning of it.

case-0317.freeze        the folder of the request
JCC-2026-0317           number of the order, of the folders here
0x5f2c91                id, or its beginning: 0x and at least 6 digits
case-0317.freeze#2      its second target; so after every form of a request
0xa81b30                a hold by its own id, or its beginning
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from concordat.assets import holds, requests
from concordat.assets.folders import freezefile
from concordat.assets.folders.freezefile import FreezeFile, Glance
from concordat.assets.holds import Named
from concordat.assets.requests import Asked
from concordat.casework.desk import Desk
from concordat.casework.freezing.offices import require_same_suite
from concordat.errors import ConcordatError, UsageError
from concordat.ledger.protocol import Ledger

_ID: Final = re.compile(r"0x[0-9a-fA-F]{6,64}")
_NUMBERED: Final = re.compile(r"(.+)#([1-9][0-9]{0,3})")


@dataclass(frozen=True)
class FoundRequest:
    """A request that is meant.

    Attributes:
        id: 32 bytes.
        file: its folder, if it is in reach.
    """

    id: bytes
    file: FreezeFile | None = None

    @property
    def name(self) -> str:
        """What people call it: the order's number, else the beginning of the id."""
        return self.file.order.number if self.file else short(self.id)


@dataclass(frozen=True)
class FoundHold:
    """A hold that is meant."""

    request: FoundRequest
    named: Named

    @property
    def name(self) -> str:
        """What people call it."""
        return f"{self.request.name}#{self.named.number}"


def request_named(desk: Desk, text: str, here: Path | None = None) -> FoundRequest:
    """The request that is meant. It need not be on the chain yet if its folder is named.

    Args:
        desk: of whoever asks.
        text: as typed.
        here: where folders are looked for by the order's number; the current folder by default.

    Raises:
        UsageError: nothing, or more than one, is meant by it.
    """
    found = _folder(desk, text, here)
    if found is not None:
        return FoundRequest(found.told.id, found)
    if not _ID.fullmatch(text):
        raise _unknown(text)
    ids = {each.id for each in _asked(desk.chain, text)}
    request_id = _only(ids, text)
    return FoundRequest(request_id, _file_of(desk, request_id, here))


def hold_named(desk: Desk, text: str, here: Path | None = None) -> FoundHold:
    """The hold that is meant: a request with ``#N``, or a hold's own id; a request with one target alone.

    Raises:
        UsageError: nothing, or more than one, is meant by it.
    """
    found = holds_named(desk, text, here)
    if len(found) != 1:
        raise UsageError(
            f"{text} has {len(found)} targets.",
            code="freeze.which_target",
            kept="Nothing was sent.",
            next=f"Say which one: {text}#1 to {text}#{len(found)}",
        )
    return found[0]


def holds_named(desk: Desk, text: str, here: Path | None = None) -> Sequence[FoundHold]:
    """The holds that are meant: all of a request, its N-th with ``#N``, or one by its own id.

    Raises:
        UsageError: nothing, or more than one thing, is meant by it.
    """
    numbered = _NUMBERED.fullmatch(text)
    base, number = (numbered[1], int(numbered[2])) if numbered else (text, 0)
    if number == 0 and _ID.fullmatch(base):
        of_hold = _hold(desk, base, here)
        if of_hold is not None:
            return [of_hold]
    request = request_named(desk, base, here)
    found = [FoundHold(request, each) for each in holds.named(desk.chain, request=request.id)]
    if not found:
        raise UsageError(
            f"{base} was not sent yet: it has no targets on the chain.",
            code="freeze.not_sent",
            next="Send it by running again: concordat freeze request ORDER.yaml",
        )
    if number > len(found):
        raise UsageError(
            f"{base} has {len(found)} targets, and no number {number}.",
            code="freeze.which_target",
            kept="Nothing was sent.",
            next=f"Use #1 to #{len(found)}; see: concordat freeze show {base}",
        )
    return [found[number - 1]] if number else found


def short(word: bytes) -> str:
    """The beginning of an id, as lists show it."""
    return f"0x{word.hex()[:10]}"


def _hold(desk: Desk, text: str, here: Path | None) -> FoundHold | None:
    """A hold by its id; None if a request is meant as well as no hold."""
    begins = text[2:].lower()
    found = [each for each in holds.named(desk.chain) if each.hold.hex().startswith(begins)]
    if not found:
        return None
    _only({each.hold for each in found} | {each.id for each in _asked(desk.chain, text)}, text)
    request = FoundRequest(found[0].request, _file_of(desk, found[0].request, here))
    return FoundHold(request, found[0])


def _asked(ledger: Ledger, text: str) -> Iterable[Asked]:
    if len(text) == 66:
        return requests.asked(ledger, request_id=bytes.fromhex(text[2:]))
    begins = text[2:].lower()
    return (each for each in requests.asked(ledger) if each.id.hex().startswith(begins))


def _folder(desk: Desk, text: str, here: Path | None) -> FreezeFile | None:
    path = Path(text)
    if freezefile.named_folder(path):
        return _opened(desk, path)
    if _ID.fullmatch(text):
        return None
    known = [each for each in glances(desk, here) if each.number == text]
    if len(known) > 1:
        names = ", ".join(each.folder.name for each in known)
        raise UsageError(
            f"{text} is the order of more than one folder: {names}.",
            code="freeze.ambiguous",
            kept="Nothing was sent.",
            next="Name the folder.",
        )
    return _opened(desk, known[0].folder) if known else None


def _file_of(desk: Desk, request_id: bytes, here: Path | None) -> FreezeFile | None:
    folder = next((each.folder for each in glances(desk, here) if each.id == request_id), None)
    return _opened(desk, folder) if folder else None


def _opened(desk: Desk, folder: Path) -> FreezeFile:
    found = FreezeFile.open(folder)
    require_same_suite(desk, found)
    return found


def files(desk: Desk, here: Path | None = None) -> list[FreezeFile]:
    """The request folders in reach that belong to this suite and are whole."""
    found = []
    for each in glances(desk, here):
        try:
            found.append(FreezeFile.open(each.folder))
        except ConcordatError:  # one damaged folder must not hide the others
            continue
    return found


def glances(desk: Desk, here: Path | None = None) -> list[Glance]:
    """What the request folders in reach say they are, as far as they are of this suite; none is checked.

    Those of the current folder, and those beside ``.concordat``.
    """
    config = desk.workspace.config
    suite = (config.chain_id, config.genesis_id[2:])
    places = dict.fromkeys(each.resolve() for each in (here or Path.cwd(), desk.workspace.root.parent))
    found = (freezefile.glance(folder) for place in places for folder in freezefile.folders_in(place))
    return [each for each in found if each and (each.chain_id, each.genesis.hex()) == suite]


def _only(ids: set[bytes], text: str) -> bytes:
    if not ids:
        raise _unknown(text)
    if len(ids) > 1:
        raise UsageError(
            f"{len(ids)} requests or holds begin with {text}.",
            code="freeze.ambiguous",
            kept="Nothing was sent.",
            next="Give more digits of the id.",
        )
    return next(iter(ids))


def _unknown(text: str) -> UsageError:
    return UsageError(
        f"No request or hold is called '{text}'.",
        code="freeze.unknown",
        kept="Nothing was sent.",
        next="Name its folder (.freeze), the order's number, or 0x and at least 6 digits of its id. "
        "See: concordat freeze list",
    )
