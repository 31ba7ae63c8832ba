# SPDX-License-Identifier: Apache-2.0
"""Notes of intelligence: identity of suspects, patterns of crime, flow of funds; graded and with a TLP code.

Sources are graded by the Admiralty system: reliability of the source A to F, credibility of the information
1 to 6. How far a note may go is the Traffic Light Protocol 2.0 (FIRST), counted from whoever received it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum, unique
from typing import Any, Final

from eth_utils.crypto import keccak

from concordat.assets.orders.fieldtree import Field, MistakesError, read_json, read_yaml
from concordat.cooperation.words import Handling
from concordat.errors import AuthorityError
from concordat.evidence import canonical
from concordat.evidence.laws import Text
from concordat.membership.numbers import jurisdiction_of

FORMAT: Final = "intelligence/1"
MOST_FACTS: Final = 500
MOST_SOURCES: Final = 64
GRADE: Final = re.compile(r"[A-F][1-6]")
RELIABILITY: Final[Mapping[str, Text]] = {
    "A": Text("completely reliable", "完全可靠"),
    "B": Text("usually reliable", "通常可靠"),
    "C": Text("fairly reliable", "相当可靠"),
    "D": Text("not usually reliable", "通常不可靠"),
    "E": Text("unreliable", "不可靠"),
    "F": Text("reliability cannot be judged", "可靠性无法判断"),
}
CREDIBILITY: Final[Mapping[str, Text]] = {
    "1": Text("confirmed by other sources", "已由其他来源证实"),
    "2": Text("probably true", "很可能属实"),
    "3": Text("possibly true", "可能属实"),
    "4": Text("doubtful", "存疑"),
    "5": Text("improbable", "不大可能"),
    "6": Text("truth cannot be judged", "真实性无法判断"),
}


@unique
class NoteKind(StrEnum):
    """What a note is about."""

    IDENTITY = "IDENTITY"
    PATTERN = "PATTERN"
    FLOW = "FLOW"

    def label(self) -> Text:
        """Its name for people."""
        return _KINDS[self]


#: Fields of a fact, and which of them say what it is about; another value of the rest differs from it.
FIELDS: Final[Mapping[NoteKind, tuple[str, ...]]] = {
    NoteKind.IDENTITY: ("about", "attribute", "value"),
    NoteKind.PATTERN: ("about", "attribute", "value"),
    NoteKind.FLOW: ("from", "to", "at", "amount"),
}
SUBJECT: Final[Mapping[NoteKind, int]] = {NoteKind.IDENTITY: 2, NoteKind.PATTERN: 2, NoteKind.FLOW: 3}
ATTRIBUTES: Final[Mapping[NoteKind, tuple[str, ...]]] = {
    NoteKind.IDENTITY: (
        "NAME",
        "ALIAS",
        "BORN",
        "NATIONALITY",
        "DOCUMENT",
        "PHONE",
        "ACCOUNT",
        "ADDRESS",
        "HANDLE",
    ),
    NoteKind.PATTERN: ("METHOD", "LURE", "SCRIPT", "SITE", "TOOL", "HOURS", "TARGETS", "CHANNEL"),
}


@dataclass(frozen=True, order=True)
class Source:
    """Who said a thing, and how far it can be trusted.

    Attributes:
        agency: number.
        note: number of its note.
        grade: such as ``B2``.
    """

    agency: int
    note: str
    grade: str

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {"agency": self.agency, "note": self.note, "grade": self.grade}


@dataclass(frozen=True)
class Fact:
    """One thing that is said.

    Attributes:
        values: in the order of ``FIELDS``.
        sources: all that say it, sorted.
    """

    values: tuple[str, ...] = field(repr=False)
    sources: tuple[Source, ...]

    def key(self) -> tuple[str, ...]:
        """The same for the same thing, however it is spaced or capitalised."""
        return tuple(" ".join(value.split()).casefold() for value in self.values)


@dataclass(frozen=True)
class Note:
    """A note.

    Attributes:
        number: the agency's own.
        agency: that wrote it, or merged it.
        written_at: seconds since 1970 UTC.
        case: number of a case; "": none.
    """

    number: str
    agency: int
    kind: NoteKind
    handling: Handling
    written_at: int
    case: str
    facts: tuple[Fact, ...]

    @property
    def id(self) -> bytes:
        """keccak256 of its canonical form, 32 bytes."""
        return bytes(keccak(canonical.dumps(self.as_json())))

    @property
    def sources(self) -> frozenset[int]:
        """Numbers of all agencies that said any of it."""
        return frozenset(source.agency for fact in self.facts for source in fact.sources)

    def as_json(self) -> dict[str, Any]:
        """Plain values, as :func:`from_json` reads them."""
        return {
            "concordat": FORMAT,
            "number": self.number,
            "agency": self.agency,
            "kind": self.kind.value,
            "handling": self.handling.name,
            "writtenAt": self.written_at,
            "case": self.case,
            "facts": [
                {
                    **dict(zip(FIELDS[self.kind], fact.values, strict=True)),
                    "sources": [source.as_json() for source in fact.sources],
                }
                for fact in self.facts
            ],
        }


def may_go(note: Note, by: int, to: int) -> bool:
    """Whether an agency may give a note to another one under its handling code.

    What an agency alone wrote it gives to whom it wants; nobody learns anything by what is his own.
    """
    if note.sources == {by} or note.sources == {to} or by == to:
        return True
    if note.handling is Handling.AMBER:
        return jurisdiction_of(by) == jurisdiction_of(to)
    return note.handling in (Handling.GREEN, Handling.CLEAR)


def require_may_go(note: Note, by: int, to: int, name: str) -> None:
    """Refuse to pass a note on beyond its handling code.

    Raises:
        AuthorityError: it may not go there.
    """
    if not may_go(note, by, to):
        raise AuthorityError(
            f"{note.number} may not go to {name}: {note.handling.label().en}.",
            code="intel.handling",
            kept="Nothing was sent.",
            next="Ask whoever wrote it to send it there, or to give it a wider handling code.",
        )


def template(kind: NoteKind, agency: str) -> str:
    """The text of a new note, to be filled in."""
    if kind is NoteKind.FLOW:
        fact = '{from: "", to: "", at: 2026-01-31T09:30:00+08:00, amount: "", grade: B2}'
        hint = "from and to: account:BIC:NUMBER, iban:…, or words; amount: MYR 5,000.00"
    else:
        fact = '{about: "", attribute: ' + ATTRIBUTES[kind][0] + ', value: "", grade: B2}'
        hint = f"attribute: {', '.join(ATTRIBUTES[kind])}"
    return f"""\
concordat: {FORMAT}
number: ""  # your own
agency: {agency}
kind: {kind.value}
handling: AMBER  # RED, AMBER_STRICT, AMBER, GREEN, CLEAR (TLP 2.0)
case: ""
# grade: source A (completely reliable) to F, information 1 (confirmed) to 6; F and 6: cannot be judged
# {hint}
facts:
  - {fact}
"""


def parse(text: str, name: str, agency: int, called: str, at: int) -> Note:
    """Read a note that somebody wrote.

    Args:
        text: YAML.
        name: of the file, for messages.
        agency: number of the own agency, which wrote it.
        called: how the file must name that agency.
        at: when it is sent, seconds since 1970 UTC.

    Raises:
        MistakesError: with every mistake, its line and field.
    """
    tree = read_yaml(text)
    root = tree.root().keys(("concordat", "number", "agency", "kind", "handling", "facts"), ("case",))
    _format(root)
    named = root["agency"].text() if "agency" in root else None
    if named is not None and named.upper() != called.upper():
        root["agency"].wrong(f"this is not the own agency, {called}")
    number = root["number"].text(64) if "number" in root else None
    kind = root["kind"].word(_KIND_NAMES, "kind") if "kind" in root else None
    handling = root["handling"].word(_HANDLINGS, "handling code") if "handling" in root else None
    case = root["case"].text(64) if "case" in root else ""
    facts = _written(root["facts"], kind, agency, number or "") if kind and "facts" in root else []
    if tree.mistakes or kind is None or handling is None or number is None:
        raise MistakesError(name, tree.mistakes, code="intel.mistakes")
    return Note(number, agency, kind, handling, at, case or "", tuple(facts))


def from_json(value: Any, what: str = "The note") -> Note:
    """Read a note that :meth:`Note.as_json` made; it came from elsewhere.

    Raises:
        MistakesError: it is none.
    """
    tree = read_json(canonical.dumps(value))
    names = ("concordat", "number", "agency", "kind", "handling", "writtenAt", "facts")
    root = tree.root().keys(names, ("case",))
    if not set(names) <= set(root):
        raise MistakesError(what, tree.mistakes, code="intel.mistakes")
    _format(root)
    kind, handling = (
        root["kind"].word(_KIND_NAMES, "kind"),
        root["handling"].word(_HANDLINGS, "handling code"),
    )
    number, agency = root["number"].text(64), root["agency"].integer(1, (1 << 32) - 1)
    at = root["writtenAt"].integer(0, 2**36)
    case = root["case"].text(64) if "case" in root else ""
    facts = [_told(each, kind) for each in root["facts"].items(MOST_FACTS)] if kind else []
    if tree.mistakes or None in (kind, handling, number, agency, at, case) or None in facts:
        raise MistakesError(what, tree.mistakes, code="intel.mistakes")
    return Note(number, agency, kind, handling, at, case, tuple(facts))  # type: ignore[arg-type]


def _format(root: Mapping[str, Field]) -> None:
    if "concordat" in root and root["concordat"].text() not in (FORMAT, None):
        root["concordat"].wrong(f"{FORMAT} is expected here")


def _written(listed: Field, kind: NoteKind, agency: int, number: str) -> list[Fact]:
    found = []
    for each in listed.items(MOST_FACTS):
        parts = each.keys((*FIELDS[kind], "grade"))
        values = _values(parts, kind)
        grade = parts["grade"].matching(GRADE, "a grade such as B2") if "grade" in parts else None
        found.append(Fact(values, (Source(agency, number, grade or "F6"),)))
    return found


def _told(each: Field, kind: NoteKind) -> Fact | None:
    parts = each.keys((*FIELDS[kind], "sources"))
    if "sources" not in parts:
        return None
    sources = []
    for source in parts["sources"].items(MOST_SOURCES):
        given = source.keys(("agency", "note", "grade"))
        if len(given) < 3:
            return None
        agency, note = given["agency"].integer(1, (1 << 32) - 1), given["note"].text(64)
        grade = given["grade"].matching(GRADE, "a grade such as B2")
        if agency is None or note is None or grade is None:
            return None
        sources.append(Source(agency, note, grade))
    return Fact(_values(parts, kind), tuple(sorted(set(sources))))


def _values(parts: Mapping[str, Field], kind: NoteKind) -> tuple[str, ...]:
    values = [parts[name].text(1000) or "" if name in parts else "" for name in FIELDS[kind]]
    if kind in ATTRIBUTES and "attribute" in parts:
        parts["attribute"].word(dict.fromkeys(ATTRIBUTES[kind], 0), "attribute")
    return tuple(values)


_KINDS: Final[Mapping[NoteKind, Text]] = {
    NoteKind.IDENTITY: Text("identity of suspects", "嫌疑人身份"),
    NoteKind.PATTERN: Text("pattern of crime", "犯罪模式"),
    NoteKind.FLOW: Text("flow of funds", "资金流向"),
}
_KIND_NAMES: Final = {str(kind.value): kind for kind in NoteKind}
_HANDLINGS: Final = {str(each.name): each for each in Handling}
