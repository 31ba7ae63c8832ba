# SPDX-License-Identifier: Apache-2.0
"""What was told before, by lasting keys, in a file of the workspace; what is over is dropped."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Generic, Protocol, TypeVar

from concordat.casework.telling.tellers import Teller, TellError
from concordat.errors import ConcordatError, FileError
from concordat.evidence import canonical, fields, store


class Tellable(Protocol):
    """One new thing."""

    @property
    def key(self) -> str:
        """Lasting: the same thing is never told twice under it."""


T = TypeVar("T", bound=Tellable)


@dataclass(frozen=True)
class Round(Generic[T]):
    """What one look brought.

    Attributes:
        told: that was told now.
        said: what was told of each, by its key.
        failed: that was not taken, and why; it is told again.
        lost: why nothing could be read; None if it could.
    """

    told: tuple[T, ...] = ()
    failed: tuple[tuple[T, TellError], ...] = ()
    lost: ConcordatError | None = None
    said: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def tell(
    path: Path, present: Sequence[T], say: Callable[[T], Mapping[str, Any]], tellers: Sequence[Teller]
) -> Round[T]:
    """Tell what is new of all that is present, and keep what was told, after each success.

    Args:
        path: the file that remembers.
        present: everything there is to tell now.
        say: what is told of one thing.
        tellers: who is told; a thing is told again until all have taken it.

    Raises:
        FileError: what was told cannot be kept, or its file is damaged.
    """
    known = _read(path) & {each.key for each in present}  # what is over needs no memory
    told, failed, said = [], [], {}
    for each in present:
        if each.key in known:
            continue
        said[each.key] = say(each)
        try:
            for teller in tellers:
                teller.tell(said[each.key])
        except TellError as error:
            failed.append((each, error))
            continue
        known.add(each.key)
        _write(path, known)
        told.append(each)
    _write(path, known)
    return Round(tuple(told), tuple(failed), said=said)


def _read(path: Path) -> set[str]:
    if not path.exists():
        return set()
    with store.guard("read what was told before"):
        data = path.read_bytes()
    try:
        values = canonical.loads(data, path.name)
        fields.check(values, path.name, _FORM)
    except ConcordatError as error:
        raise FileError(
            f"{path.name} of the workspace is damaged.",
            code="watch.damaged",
            next=f"Delete {path}; then everything that is open now is told once more.",
        ) from error
    return set(values["told"])


def _write(path: Path, known: set[str]) -> None:
    content = canonical.dumps({"version": 1, "told": sorted(known)})
    with store.guard("keep what was told", kept="It is told again in the next round."):
        if not path.exists() or path.read_bytes() != content:
            store.write(path, content)


_FORM: Final[Mapping[str, Any]] = {
    "version": fields.number(1, 1),
    "told": fields.list_of(fields.text),
}
