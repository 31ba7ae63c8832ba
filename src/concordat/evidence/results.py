# SPDX-License-Identifier: Apache-2.0
"""What a verification found: as data, as sentences in English and Chinese, and as JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Final

from concordat.errors import VerificationError
from concordat.evidence import resulttexts as texts
from concordat.evidence.intake import shown
from concordat.evidence.resulttexts import State

BAD: Final = frozenset({State.CHANGED, State.MISSING, State.UNREADABLE})
"""States in which what was registered is not there. An extra or renamed file takes nothing away."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item that is not simply as it was registered.

    Args:
        state: what became of it.
        name: its name as registered; of an extra file, its name now.
        exhibit: its number, or None (a file of the package, an extra file).
        differs: what differs: "sha256", "sm3", "size", or what a paper of the package says wrong.
        expected_size, actual_size: bytes, if known.
        now: of a renamed file, its name now; of an unreadable one, why.
    """

    state: State
    name: str
    exhibit: int | None = None
    differs: tuple[str, ...] = ()
    expected_size: int | None = None
    actual_size: int | None = None
    now: str = ""

    def sentence(self, language: str = "en") -> str:
        """The item in words."""
        return texts.SENTENCES[self.state][_column(language)].format(
            name=_name(self, language),
            differs=_differs(self, language),
            now=shown(self.now),
        )

    def as_dict(self) -> dict[str, Any]:
        """Stable JSON form."""
        return {
            "state": str(self.state),
            "name": shown(self.name),
            "exhibit": self.exhibit,
            "differs": list(self.differs),
            "expected_size": self.expected_size,
            "actual_size": self.actual_size,
            "now": shown(self.now),
        }


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One thing that the manifest says otherwise than the chain, or than a paper of the package.

    Args:
        what: the field.
        manifest: what the manifest, or the tree over it, says.
        found: what the other says.
        where: "chain", or the name of the paper.
    """

    what: str
    manifest: str
    found: str
    where: str = "chain"

    def sentence(self, language: str = "en") -> str:
        """The mismatch in words."""
        en, zh = texts.FIELDS.get(self.what, (self.what, self.what))
        return (
            f"{en}: the manifest says {self.manifest}, but {_where(self.where, 0)} says {self.found}.",
            f"{zh}：清单载为 {self.manifest}，而{_where(self.where, 1)}为 {self.found}。",
        )[_column(language)]


@dataclass(frozen=True, slots=True)
class VerificationResult:
    """What a verification found.

    Args:
        name: of the package or of the proof.
        root: Merkle root as computed now (hex with 0x), or "" if it could not be computed.
        matched: names of the exhibits that are as they were registered.
        items: all that is not, in the order package, exhibits, further files.
        mismatches: what manifest and record of the chain say differently. Any one: the record is not opened.
        unchecked: number of exhibits whose files were not given.
        unjudged: True if the list of exhibits is itself damaged, so that no file could be compared with it.
        chain_checked: whether the record of a chain was compared.
        notes: codes of what is worth saying besides ("interrupted", "no_manifest").
    """

    name: str
    root: str
    matched: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    mismatches: tuple[Mismatch, ...] = ()
    unchecked: int = 0
    unjudged: bool = False
    chain_checked: bool = False
    notes: tuple[str, ...] = field(default=())

    @property
    def ok(self) -> bool:
        """Whether all that was registered, and was looked at, stands."""
        return self.opened and not self.unjudged and not any(item.state in BAD for item in self.items)

    @property
    def opened(self) -> bool:
        """Whether the record on the chain belongs to this manifest."""
        return not self.mismatches

    def of(self, state: State) -> tuple[Item, ...]:
        """The items in one state."""
        return tuple(item for item in self.items if item.state is state)

    @property
    def changed(self) -> tuple[Item, ...]:
        """Items whose content is not what was registered."""
        return self.of(State.CHANGED)

    @property
    def missing(self) -> tuple[Item, ...]:
        """Items that are not there."""
        return self.of(State.MISSING)

    @property
    def extra(self) -> tuple[Item, ...]:
        """Files that were not registered."""
        return self.of(State.EXTRA)

    @property
    def renamed(self) -> tuple[Item, ...]:
        """Items whose content is there under another name."""
        return self.of(State.RENAMED)

    def sentences(self, language: str = "en") -> list[str]:
        """All of it in words, ``en`` or ``zh``: first what is wrong, last the judgement on the rest."""
        column = _column(language)
        said = [mismatch.sentence(language) for mismatch in self.mismatches]
        if self.mismatches:
            said.append(texts.NOT_OPENED[column])
        said += [item.sentence(language) for item in self.items]
        said += [texts.NOTES[note][column] for note in self.notes]
        if self.unjudged:
            said.append(texts.UNJUDGED[column])
        if self.unchecked:
            said.append(texts.UNCHECKED[column].format(count=self.unchecked))
        said.append(self._rest(column))
        if not self.chain_checked:
            said.append(texts.NO_CHAIN[column])
        return said

    def as_dict(self) -> dict[str, Any]:
        """Stable JSON form."""
        return {
            "name": self.name,
            "ok": self.ok,
            "opened": self.opened,
            "root": self.root,
            "matched": [shown(name) for name in self.matched],
            **{str(state): [item.as_dict() for item in self.of(state)] for state in State},
            "mismatches": [asdict(mismatch) for mismatch in self.mismatches],
            "unchecked": self.unchecked,
            "unjudged": self.unjudged,
            "chain_checked": self.chain_checked,
            "notes": list(self.notes),
        }

    def require(self) -> None:
        """Raise what is wrong, if anything is.

        Raises:
            VerificationError: code ``verification.not_opened`` or ``verification.failed``.
        """
        if self.ok:
            return
        code = "verification.failed" if self.opened else "verification.not_opened"
        raise VerificationError(
            "\n".join(self.sentences()),
            code=code,
            kept="Nothing was written; the record on the chain is as it was.",
            next="Compare with a backup of the package and of the files.",
        )

    def _rest(self, column: int) -> str:
        count = len(self.matched)
        if self.ok and not self.items:
            return texts.ALL[column].format(count=count)
        return texts.OTHERS[column].format(count=count) if count else texts.NONE[column]


def _column(language: str) -> int:
    return 1 if language.startswith("zh") else 0


def _where(where: str, column: int) -> str:
    return ("the record on the chain", "链上登记记录")[column] if where == "chain" else where


def _name(item: Item, language: str) -> str:
    name = shown(item.name)
    if item.exhibit is None:
        return name
    return (f"exhibit {item.exhibit} ({name})", f"第 {item.exhibit} 项（{name}）")[_column(language)]


def _differs(item: Item, language: str) -> str:
    column = _column(language)
    parts = [texts.FIELDS.get(each, (each, each))[column] for each in item.differs if each != "size"]
    said = (", ".join(parts), "、".join(parts))[column]
    if item.expected_size is None or item.actual_size is None:
        return said
    if item.expected_size == item.actual_size:
        return said + ("; the size is the same", "；大小相同")[column]
    return (
        said
        + (
            f"; {item.actual_size} bytes, {item.expected_size} were registered",
            f"；现为 {item.actual_size} 字节，登记时为 {item.expected_size} 字节",
        )[column]
    )
