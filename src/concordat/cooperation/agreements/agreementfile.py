# SPDX-License-Identifier: Apache-2.0
"""From the text of an agreement's file to an :class:`Agreement`, or to all its mistakes at once.

What is checked here is what the contract checks (``Drafts.sol``), so that nobody pays for a refusal; and that
names are the names of a language version's file beside this one, nothing more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import Any, Final

from concordat.assets.orders.fieldtree import Field, MistakesError, Tree, read_yaml
from concordat.assets.orders.orderfile import LANGUAGE
from concordat.cooperation.agreementbook import Terms
from concordat.cooperation.agreements import durations
from concordat.cooperation.agreements.agreement import EVERY, FORMAT, Agreement, Obligation
from concordat.cooperation.words import DIRECT_KINDS, Confidentiality, LegalBasis, RequestKind, UseLimit
from concordat.evidence import places
from concordat.evidence.laws import Text

MOST_PARTIES: Final = 32
MOST_OBLIGATIONS: Final = 16
LONGEST_NOTICE: Final = 365 * durations.DAY
SHORTEST_TURN: Final = durations.DAY
REFERENCE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ./-]{0,31}")
FILE_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")

_BASES: Final = {str(basis.name): basis for basis in LegalBasis}
_KINDS: Final = {str(kind.name): kind for kind in RequestKind}
_LIMITS: Final = {str(limit.name): limit for limit in UseLimit}
_LEVELS: Final = {str(level.name): level for level in Confidentiality}
_REQUIRED: Final = ("concordat", "title", "parties", "basis", "texts", "ratifications", "notice", "open")
_OPTIONAL: Final = ("reference", "enters", "ends", "terms", "obligations")


def parse(text: str, path: str | PurePath = "agreement.yaml") -> Agreement:
    """Read an agreement that a party wrote.

    Args:
        text: YAML 1.2.
        path: name of the file, for messages.

    Raises:
        MistakesError: with every mistake, its line, column and field, and what would be right.
    """
    tree = read_yaml(text)
    found = None if tree.mistakes else _agreement(tree)
    if tree.mistakes or found is None:
        raise MistakesError(str(path), tree.mistakes, code="agreement.invalid")
    return found


def _agreement(tree: Tree) -> Agreement | None:
    root = tree.root()
    parts = root.keys(_REQUIRED, _OPTIONAL)
    _with(parts, "concordat", lambda at: at.word({FORMAT: FORMAT}, "format"))
    parties = _with(parts, "parties", _parties) or ()
    basis = _with(parts, "basis", lambda at: at.word(_BASES, "basis"))
    given: dict[str, Any] = {
        "title": _with(parts, "title", _title),
        "parties": parties,
        "basis": basis,
        "reference": _with(
            parts, "reference", lambda at: at.matching(REFERENCE, "a short name such as UNTOC")
        )
        or "",
        "texts": _with(parts, "texts", _texts),
        "ratifications": _with(parts, "ratifications", lambda at: at.integer(2, max(2, len(parties)))),
        "notice": _with(parts, "notice", _notice),
        "enters": _with(parts, "enters", Field.time) or 0,
        "ends": _with(parts, "ends", Field.time) or 0,
        "open": _with(parts, "open", Field.flag),
        "terms": _with(parts, "terms", lambda at: _terms(at, basis)) or (),
        "obligations": _with(parts, "obligations", lambda at: _obligations(at, parties)) or (),
    }
    if basis in (LegalBasis.TREATY, LegalBasis.CONVENTION) and "reference" not in parts:
        parts["basis"].wrong("name the treaty or convention: reference: UNTOC")
    if given["ends"] and given["ends"] <= given["enters"]:
        parts["ends"].wrong("it ends before it enters into force")
    if parts and not {"terms", "obligations"} & set(parts):
        root.wrong("it has neither terms nor obligations: it would bind nobody to anything")
    return None if tree.mistakes else Agreement(**given)


def _with(parts: Mapping[str, Field], key: str, read: Callable[[Field], Any]) -> Any:
    """Value of a key that is there; None if it is not, which has been noted if it had to be."""
    return read(parts[key]) if key in parts else None


def _title(at: Field) -> Text | None:
    parts = at.keys(("en", "zh"))
    en, zh = _with(parts, "en", Field.text), _with(parts, "zh", Field.text)
    return Text(en, zh) if en and zh else None


def _parties(at: Field) -> tuple[str, ...]:
    """Codes in the order of their numbers, as the contract wants them."""
    found: set[int] = set()
    for each in at.items(MOST_PARTIES):
        number = _country(each)
        if number in found:
            each.wrong("it is named already")
        elif number is not None:
            found.add(number)
    if len(found) < 2 and not at.tree.mistakes:
        at.wrong("an agreement has at least two parties")
    return tuple(places.places()[number].alpha for number in sorted(found))


def _country(at: Field) -> int | None:
    number = at.read(places.numeric)
    if number is not None and number >= places.INTL and number != places.EU:
        at.wrong("a country is expected, or EU")
        return None
    return number


def _texts(at: Field) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for each in at.items(16):
        parts = each.keys(("language", "file"))
        language = _with(
            parts, "language", lambda field: field.matching(LANGUAGE, "a language such as en or zh")
        )
        file = _with(
            parts, "file", lambda field: field.matching(FILE_NAME, "the name of a file beside this one")
        )
        if language in found:
            each.wrong(f"{language} is named already")
        elif language and file:
            found[language] = file
    return found


def _duration(at: Field, least: int = durations.MINUTE, most: int = durations.LONGEST) -> int | None:
    found = at.read(durations.parse)
    if found is not None and not least <= found <= most:
        at.wrong(f"from {durations.shown(least).en} to {durations.shown(most).en} are possible")
        return None
    return found


def _reference(at: Field) -> str | None:
    return at.matching(REFERENCE, "a short name such as UNTOC, at most 32 characters")


def _notice(at: Field) -> int | None:
    return _duration(at, most=LONGEST_NOTICE)


def _terms(at: Field, basis: LegalBasis | None) -> tuple[Terms, ...]:
    found: dict[RequestKind, Terms] = {}
    for each in at.items(len(_KINDS)):
        terms = _term(each)
        if terms is None:
            continue
        if terms.kind in found:
            each.wrong(f"{terms.kind.name} is named already")
        if basis is LegalBasis.POLICE and terms.kind not in DIRECT_KINDS:
            each.wrong("police forces bind themselves, not the courts: only kinds from agency to agency")
        found[terms.kind] = terms
    return tuple(found.values())


def _term(at: Field) -> Terms | None:
    parts = at.keys(("kind", "acknowledge", "answer"), ("urgent", "use", "confidentiality"))
    kind = _with(parts, "kind", lambda field: field.word(_KINDS, "kind"))
    times = _times(parts)
    urgent = _with(parts, "urgent", _urgent) or (0, 0)
    use = _with(parts, "use", _use) or UseLimit(0)
    level = _with(parts, "confidentiality", lambda field: field.word(_LEVELS, "confidentiality"))
    if kind is None or times is None:
        return None
    if urgent[0] > times[0] or urgent[1] > times[1]:
        parts["urgent"].wrong("what is urgent takes no longer than what is not")
    (first, answer), (first_urgent, urgent_answer) = times, urgent
    return Terms(kind, first, answer, first_urgent, urgent_answer, use, level or Confidentiality.OPEN)


def _urgent(at: Field) -> tuple[int, int] | None:
    return _times(at.keys(("acknowledge", "answer")))


def _times(parts: Mapping[str, Field]) -> tuple[int, int] | None:
    first, answer = _with(parts, "acknowledge", _duration), _with(parts, "answer", _duration)
    if first is None or answer is None:
        return None
    if first > answer:
        parts["answer"].wrong("an answer is due after its acknowledgement")
        return None
    return first, answer


def _use(at: Field) -> UseLimit:
    found = UseLimit(0)
    for each in at.items(len(_LIMITS)):
        found |= each.word(_LIMITS, "use limit") or UseLimit(0)
    return found


def _obligations(at: Field, parties: tuple[str, ...]) -> tuple[Obligation, ...]:
    return tuple(found for each in at.items(MOST_OBLIGATIONS) if (found := _obligation(each, parties)))


def _obligation(at: Field, parties: tuple[str, ...]) -> Obligation | None:
    parts = at.keys(("debtor", "due", "duty"), ("every",))
    known = {EVERY: "", **{code: code for code in parties}}
    debtor = _with(parts, "debtor", lambda field: field.word(known, "debtor"))
    due = _with(parts, "due", _duration)
    every = _with(parts, "every", lambda field: _duration(field, SHORTEST_TURN)) or 0
    duty = _with(parts, "duty", lambda field: field.text(2_000, lines=True))
    return None if debtor is None or due is None or not duty else Obligation(debtor, due, every, duty)
