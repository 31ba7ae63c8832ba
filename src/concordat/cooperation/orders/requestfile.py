# SPDX-License-Identifier: Apache-2.0
"""From the text of a request to a :class:`Request`, or to all its mistakes at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import Any, Final

from concordat.assets.orders.fieldtree import Field, MistakesError, Tree, read_json, read_yaml
from concordat.assets.orders.order import Officer
from concordat.assets.orders.orderfile import LANGUAGE, read_institution, read_time
from concordat.cooperation.law import library
from concordat.cooperation.law.parts import FieldSpec, Form
from concordat.cooperation.orders.request import FORMAT, Request, Standing, Value
from concordat.cooperation.words import Channel, Handling, LegalBasis, RequestKind, Urgency, UseLimit
from concordat.evidence import places
from concordat.evidence.methods import Method

MOST_ENTRIES: Final = 200
MOST_NUMBER: Final = 1_000_000
WORD: Final = re.compile(r"0x[0-9a-f]{64}")
OFFENCE: Final = re.compile(r"[A-Z][A-Z0-9_]{0,31}")
DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

#: Kinds whose answer is evidence: which methods are covered is said.
NEED_METHODS: Final = frozenset({RequestKind.EVIDENCE})

_KINDS: Final = {str(kind.name): kind for kind in RequestKind}
_BASES: Final = {str(basis.name): basis for basis in LegalBasis}
_URGENCIES: Final = {str(each.name): each for each in Urgency if each is not Urgency.NONE}
_CHANNELS: Final = {str(each.name): each for each in Channel}
_METHODS: Final = {method.name: method for method in Method}
_LIMITS: Final = {str(limit.name): limit for limit in UseLimit}
_REQUIRED: Final = ("concordat", "number", "kind", "to", "authority", "officer", "basis", "case", "content")
_OPTIONAL: Final = ("agency", "urgency", "channel", "evidence", "presence", "use_limits", "languages")


def parse(text: str, path: str | PurePath = "request.yaml") -> Request:
    """Read a request that an officer wrote.

    Args:
        text: YAML 1.2, or JSON, which is YAML too.
        path: name of the file, for messages.

    Raises:
        MistakesError: with every mistake, its line, column and field, and what would be right.
    """
    return _request(read_yaml(text), str(path))


def from_json(data: bytes, what: str = "The request") -> Request:
    """Read a request that :meth:`Request.as_json` made.

    Raises:
        MistakesError: with every mistake and its field.
    """
    return _request(read_json(data), what)


def _request(tree: Tree, what: str) -> Request:
    found = None if tree.mistakes else read_request(tree.root())
    if tree.mistakes or found is None:
        raise MistakesError(what, tree.mistakes, code="request.invalid")
    return found


def lacking(request: Request) -> tuple[FieldSpec, ...]:
    """What the law of the country asked wants of such a request and is not there."""
    book = library.kinds()
    needed = library.required_fields(request.kind, request.to)
    return tuple(book.fields[name] for name in needed if name not in request.content)


def read_request(root: Field) -> Request | None:
    """Read the whole; None if there are mistakes."""
    parts = root.keys(_REQUIRED, _OPTIONAL)
    _with(parts, "concordat", lambda at: at.word({FORMAT: FORMAT}, "format"))
    kind = _with(parts, "kind", lambda at: at.word(_KINDS, "kind"))
    to = _with(parts, "to", _country)
    urgency = _with(parts, "urgency", _urgency) or (Urgency.NONE, None)
    channel = _with(parts, "channel", _channel) or (Channel.LEDGER, None)
    evidence = _with(parts, "evidence", _evidence) or (None, ())
    given: dict[str, Any] = {
        "number": _with(parts, "number", lambda at: at.text(64)),
        "kind": kind,
        "to": to,
        "authority": _with(parts, "authority", read_institution),
        "officer": _with(parts, "officer", read_officer),
        "standing": _with(parts, "basis", _standing),
        "case": _with(parts, "case", lambda at: at.text(64)),
        "content": _with(parts, "content", lambda at: _content(at, kind, to)) or {},
        "agency": _with(parts, "agency", read_institution),
        "urgency": urgency[0],
        "why": urgency[1],
        "channel": channel[0],
        "outside": channel[1],
        "forum": evidence[0],
        "methods": evidence[1],
        "presence": bool(_with(parts, "presence", Field.flag)),
        "use_limits": _with(parts, "use_limits", _limits) or UseLimit(0),
        "languages": _with(parts, "languages", _languages) or (),
    }
    if kind is not None:
        _fitting(root, parts, kind, given["standing"])
    return None if root.tree.mistakes else Request(**given)


def _with(parts: Mapping[str, Field], key: str, read: Callable[[Field], Any]) -> Any:
    """Value of a key that is there; None if it is not, which has been noted if it had to be."""
    return read(parts[key]) if key in parts else None


def _fitting(root: Field, parts: Mapping[str, Field], kind: RequestKind, standing: Standing | None) -> None:
    """Refuse what the kind cannot have."""
    if "agency" in parts and not kind.is_direct:
        parts["agency"].wrong(
            "this kind goes through central authorities: leave it out, the other side assigns the executor"
        )
    bare = standing is not None and standing.basis is LegalBasis.POLICE and standing.agreement is None
    if bare and not kind.is_for_police:
        police = ", ".join(name for name, each in _KINDS.items() if each.is_for_police)
        parts["basis"].wrong(f"police cooperation without an agreement carries {police} only")
    if kind.is_direct and "presence" in parts and parts["presence"].value is True:
        parts["presence"].wrong("officials act abroad by consent of its central authority: ask for EVIDENCE")
    if kind.is_for_police and "evidence" in parts:
        parts["evidence"].wrong("police information is no evidence: ask for EVIDENCE")
    if kind in NEED_METHODS and "evidence" not in parts:
        Field(root.tree, None, (*root.path, "evidence")).wrong(
            "it is missing: name the methods of collection, and the forum whose standard is to be met"
        )


def _country(at: Field) -> str | None:
    number = at.read(places.numeric)
    if number is None:
        return None
    if number >= places.INTL:
        at.wrong("a country is expected")
        return None
    return places.places()[number].alpha


def read_officer(at: Field) -> Officer | None:
    """Name, rank, contact, and a badge if there is one."""
    parts = at.keys(("name", "rank", "contact"), ("badge",))
    name, rank = _with(parts, "name", Field.text), _with(parts, "rank", Field.text)
    contact, badge = _with(parts, "contact", Field.text), _with(parts, "badge", Field.text)
    return Officer(name, rank, contact, badge) if name and rank and contact else None


def _standing(at: Field) -> Standing | None:
    parts = at.keys(("on",), ("agreement", "promise"))
    basis = _with(parts, "on", lambda field: field.word(_BASES, "basis"))
    thread = _with(parts, "agreement", read_word)
    promise = _with(parts, "promise", lambda field: field.text(4_000, lines=True))
    if basis is None:
        return None
    written = basis in (LegalBasis.TREATY, LegalBasis.CONVENTION)
    if written and "agreement" not in parts:
        at.wrong("name the agreement on this chain: agreement: 0x and 64 digits (concordat agreement list)")
    promised = basis is LegalBasis.RECIPROCITY and "agreement" not in parts
    if promised != ("promise" in parts):
        where = parts.get("promise", at)
        where.wrong("a promise of reciprocity is given in words, and only where there is no agreement")
    return Standing(basis, thread, promise)


def read_word(at: Field) -> bytes | None:
    """32 bytes in hexadecimal."""
    found = at.matching(WORD, "a hash: 0x and 64 digits in small letters")
    return bytes.fromhex(found[2:]) if found else None


def _urgency(at: Field) -> tuple[Urgency, str | None] | None:
    parts = at.keys(("code", "why"))
    code = _with(parts, "code", lambda field: field.word(_URGENCIES, "justification"))
    why = _with(parts, "why", lambda field: field.text(1_000, lines=True))
    return (code, why) if code and why else None


def _channel(at: Field) -> tuple[Channel, str | None] | None:
    parts = at.keys(("way",), ("reference",))
    way = _with(parts, "way", lambda field: field.word(_CHANNELS, "channel"))
    reference = _with(parts, "reference", lambda field: field.text(64))
    return None if way is None else (way, reference)


def _evidence(at: Field) -> tuple[str | None, tuple[Method, ...]] | None:
    parts = at.keys(("methods",), ("forum",))
    forum = _with(parts, "forum", _country)
    found: list[Method] = []
    for each in parts["methods"].items(len(_METHODS)) if "methods" in parts else ():
        method = each.word(_METHODS, "method")
        if method in found:
            each.wrong("it is named already")
        elif method is not None:
            found.append(method)
    return forum, tuple(found)


def _limits(at: Field) -> UseLimit | None:
    found = UseLimit(0)
    for each in at.items(len(_LIMITS)):
        found |= each.word(_LIMITS, "use limit") or UseLimit(0)
    return found


def _languages(at: Field) -> tuple[str, ...] | None:
    like = "a language such as en or zh"
    return tuple(found for each in at.items(16) if (found := each.matching(LANGUAGE, like)))


def _content(at: Field, kind: RequestKind | None, to: str | None) -> dict[str, Value] | None:
    """The fields of the kind; those that the country asked does not need may be missing.

    Whoever is asked opens an incomplete request too, to ask for a supplement: see :func:`lacking`.
    """
    if kind is None or to is None:
        return None  # which fields belong there is not known; that is a mistake by itself
    book = library.kinds()
    if at.tree.by_people:
        parts = at.keys(library.required_fields(kind, to), library.optional_fields(kind, to))
    else:
        parts = at.keys((), book.fields)
    found = {name: read_value(field, book.fields[name]) for name, field in parts.items()}
    handling, offence = found.get("handling"), found.get("offence")
    if handling is not None and handling not in Handling.__members__:
        parts["handling"].wrong(f"one of {', '.join(Handling.__members__)} is expected here")
    if isinstance(offence, str) and not OFFENCE.fullmatch(offence):
        parts["offence"].wrong(f"an id such as {', '.join(library.offences())} is expected here")
    return {name: value for name, value in found.items() if value is not None}


def read_value(at: Field, spec: FieldSpec) -> Value | None:
    """One field of the content, by its form."""
    match spec.form:
        case Form.TEXT:
            return at.text(400)
        case Form.LINES:
            return at.text(lines=True, longest=8_000)
        case Form.LIST:
            return tuple(text for each in at.items(MOST_ENTRIES) if (text := each.text(2_000))) or None
        case Form.TIME:
            return read_time(at)
        case Form.DAY:
            return at.matching(DAY, "a day such as 2026-12-01")
        case Form.FLAG:
            return at.flag()
        case Form.HASH:
            return at.matching(WORD, "a hash: 0x and 64 digits in small letters")
        case Form.NUMBER:
            return at.integer(1, MOST_NUMBER)
