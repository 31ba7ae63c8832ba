# SPDX-License-Identifier: Apache-2.0
"""One event in words, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import IntEnum
from functools import cache
from typing import Any, Final

from concordat.assets.profilebook import parts_of
from concordat.assets.returnstates import DossierPart, Method
from concordat.assets.states import HoldStatus, Outcome
from concordat.assets.words import AnswerKind
from concordat.casework.telling.cursors import place_of
from concordat.casework.telling.eventwords import assets, cooperation, membership
from concordat.casework.telling.eventwords.fieldnames import called
from concordat.cooperation import states, words
from concordat.evidence import fields, places
from concordat.evidence.assess import Verdict
from concordat.evidence.laws import Text
from concordat.evidence.typed import CoSignerRole
from concordat.ledger import abi as codec
from concordat.ledger import artifacts
from concordat.ledger.protocol import Event
from concordat.membership import numbers, powers
from concordat.membership.agencies import AgencyKind
from concordat.membership.decisions import DecisionKind
from concordat.membership.modulebook import ModuleState
from concordat.membership.standing import outcometexts, score
from concordat.rendering.times import utc_of

_TEXTS: Final = {**membership.TEXTS, **assets.TEXTS, **cooperation.TEXTS}
_ENUMS: Final[Mapping[str, type[IntEnum]]] = {
    each.__name__: each
    for each in (
        AgencyKind, AnswerKind, CoSignerRole, DecisionKind, DossierPart, HoldStatus, Method, ModuleState,
        Outcome, Verdict, states.AssistanceStatus, states.DisputeStatus, words.ClaimGround, words.DisputeKind,
        words.Handling, words.LegalBasis, words.ReferenceKind, words.RefusalGround, words.RequestKind,
        words.ShortAnswer,
    )
}  # fmt: skip
#: Numbers of countries, by the names that the contracts give them.
_PLACES: Final = frozenset(
    {"jurisdiction", "jurisdictions", "party", "parties", "forum", "debtor", "by", "lead", "to"}
)
_OPEN_END: Final = (1 << 40) - 1
_HASH: Final = 12
"""Digits shown of a hash."""


def title(event: Event) -> Text:
    """What happened, in a few words."""
    given = _TEXTS.get(event.contract, {}).get(event.name)
    return Text(*given) if given else Text(*(2 * [called(event.name, "en")]))


def sentence(event: Event, names: Mapping[int, str], lang: str) -> str:
    """What happened, and each value that says something."""
    told = [f"{name} {value}" for name, value in values(event, names, lang)]
    return f"{title(event)[lang]}{': ' if told else ''}{', '.join(told)}"


def values(event: Event, names: Mapping[int, str], lang: str) -> Iterator[tuple[str, str]]:
    """Names and values for people; what is zero or empty is left out.

    Args:
        event: of the suite.
        names: short names of agencies by number.
        lang: ``en`` or ``zh``.
    """
    for part in inputs(event.contract, event.name):
        yield from _value(part, event.args[part["name"]], names, lang)


def as_json(event: Event, names: Mapping[int, str]) -> dict[str, Any]:
    """The stable form: the same event gives the same object, whenever it is asked for."""
    parts = inputs(event.contract, event.name)
    plain = codec.plain(parts, [event.args[part["name"]] for part in parts])
    return {
        "cursor": place_of(event),
        "contract": event.contract,
        "event": event.name,
        "block": event.block,
        "block_hash": event.block_hash,
        "index": event.log_index,
        "transaction": event.transaction,
        "at": utc_of(event.time),
        "text": {lang: sentence(event, names, lang) for lang in ("en", "zh")},
        "args": {part["name"]: _plain(value) for part, value in zip(parts, plain, strict=True)},
    }


@cache
def inputs(contract: str, name: str) -> tuple[codec.Abi, ...]:
    """The values of an event as its ABI names them."""
    return tuple(codec.find(artifacts.load(contract).abi, "event", name)["inputs"])


def _plain(value: Any) -> Any:
    """As JSON holds it: bytes in hex, whole numbers that JSON's readers would round as text."""
    if isinstance(value, bytes):
        return f"0x{value.hex()}"
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > fields.MOST:
        return str(value)
    return value


def _value(part: codec.Abi, value: Any, names: Mapping[int, str], lang: str) -> Iterator[tuple[str, str]]:
    name = called(part["name"], lang)
    if part["type"] == "tuple":
        for inner, each in zip(part["components"], value, strict=True):
            yield from _value(inner, each, names, lang)
    elif part["type"].endswith("]"):
        if value and part["type"].startswith("tuple"):
            yield name, str(len(value))
        elif value:
            item = {
                **part,
                "type": part["type"].rpartition("[")[0],
                "internalType": str(part.get("internalType", "")).rpartition("[")[0],
            }
            yield name, " ".join(_word(item, each, names, lang) for each in value)
    elif value or isinstance(value, bool):
        word = _word(part, value, names, lang)
        if word:
            yield name, word


def _word(part: codec.Abi, value: Any, names: Mapping[int, str], lang: str) -> str:
    if isinstance(value, bytes):
        return _bytes(part["name"], value)
    if isinstance(value, bool):
        return {"en": ("no", "yes"), "zh": ("否", "是")}[lang][value]
    if part["type"] == "address":
        return f"{value[:8]}…{value[-4:]}"
    return _number(part, value, names, lang) if isinstance(value, int) else str(value)


def _number(part: codec.Abi, value: int, names: Mapping[int, str], lang: str) -> str:
    kind, meant = part["type"], str(part.get("internalType", ""))
    if meant == "AgencyId":
        return names.get(value) or numbers.label(value)
    if meant == "ProfileKey":
        return _profile(value, lang)
    if meant.startswith("enum "):
        return _enum(meant.removeprefix("enum ").rpartition(".")[2], value, lang)
    if kind == "uint40":
        return {"en": "open end", "zh": "无截止日期"}[lang] if value == _OPEN_END else utc_of(value)
    if kind == "uint16" and part["name"] in _PLACES:
        return _place(value)
    if kind == "uint64" and part["name"] in ("powers", "charter"):
        return " ".join(powers.to_names(value))
    return str(value)


def _bytes(name: str, value: bytes) -> str:
    """A name as text; of a hash the first digits; nothing of zero."""
    text = value.rstrip(b"\0")
    if name in ("name", "basisReference") and text.isascii() and text.decode("ascii").isprintable():
        return text.decode("ascii")
    return f"0x{value.hex()[:_HASH]}…" if any(value) else ""


def _enum(name: str, value: int, lang: str) -> str:
    if name == "OutcomeKind":
        return outcometexts.TEXTS[score.Outcome(value)][lang] if value in list(score.Outcome) else str(value)
    known = _ENUMS.get(name)
    if known is None or value not in list(known):
        return str(value)
    member = known(value)
    label = getattr(member, "label", None)
    text = label() if callable(label) else None
    return text[lang] if isinstance(text, Text) else called(member.name.lower().replace("_", " "), lang)


def _profile(key: int, lang: str) -> str:
    try:
        place, measure, asset_class = parts_of(key)
    except ValueError:
        return str(key)
    return f"{_place(place)} {measure.label()[lang]}, {asset_class.label()[lang]}"


def _place(number: int) -> str:
    try:
        return places.alpha(number)
    except places.PlaceError:
        return str(number)
