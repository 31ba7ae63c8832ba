# SPDX-License-Identifier: Apache-2.0
"""A commented request to fill in, for one kind in one country."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from concordat.cooperation.law import library
from concordat.cooperation.law.library import Basis
from concordat.cooperation.law.parts import FieldSpec, Form
from concordat.cooperation.orders.request import FORMAT
from concordat.cooperation.orders.requestfile import NEED_METHODS
from concordat.cooperation.words import Channel, LegalBasis, RequestKind, Urgency, UseLimit
from concordat.errors import UsageError
from concordat.evidence.laws import Text
from concordat.evidence.methods import Method
from concordat.evidence.places import INTL, numeric, places
from concordat.language import chosen

_BESIDE: Final = 34

_HEAD: Final = Text(
    "Request for assistance. Fill in what is true; lines with # are comments, optional ones may stay empty.\n"
    "It leaves this machine only encrypted, to whoever is asked.",
    "协助请求书。如实填写；以 # 开头的行为注释，选填项可留空。\n内容仅加密发给被请求方。",
)
_COMMENTS: Final[Mapping[str, Text]] = {
    "number": Text("Number of the request, as on the paper", "请求书文号"),
    "agency": Text("Empty: the contact point of that country", "留空即发往该国联络点"),
    "authority": Text("Your agency: short name as admitted, or number", "贵机关登记的简称或者编号"),
    "officer": Text("Who asks; contact for call-back at any hour", "承办人员；contact为全天候回拨联系方式"),
    "case": Text('Own case reference, in quotes: "0317"', '案件编号，须加引号，如 "0317"'),
    "on": Text("One of {words}", "下列之一：{words}"),
    "agreement": Text("0x and 64 digits: concordat agreement list", "0x加64位，见 concordat agreement list"),
    "promise": Text("Only for RECIPROCITY: the words of the promise", "仅RECIPROCITY填写：互惠承诺的内容"),
    "urgency": Text("Leave empty if it is not urgent. One of {words}", "不紧急的留空。下列之一：{words}"),
    "channel": Text("Over which way the paper goes: {words}", "文书传递途径：{words}"),
    "reference": Text("Its number there, by which it is found again", "该途径的编号，可据此检索"),
    "methods": Text("Methods that it covers: {words}", "涵盖的取证方法：{words}"),
    "forum": Text("Whose standard the evidence is to meet", "证据所须符合标准的法域"),
    "presence": Text("true: own officials wish to be there", "true表示拟派员到场"),
    "use_limits": Text("To which you bind yourself: {words}", "贵方承诺的使用限制：{words}"),
    "languages": Text(
        "Of translations that go with it; there they read {words}", "所附译文语言；对方使用{words}"
    ),
    "content": Text("What the law asks of this kind", "该类请求的法定内容"),
}
_OPTIONAL: Final = Text("optional", "选填")
_LIST: Final = Text("one entry a line, each with -", "每行一项，以 - 开头")
_UNSURE: Final = Text("to be checked", "须核实")


def template(kind: RequestKind, to: str, *, asker: str = "", lang: str | None = None) -> str:
    """Write a request to fill in.

    Args:
        kind: of the request.
        to: code of the country that is asked.
        asker: code of the own country, to name what the request can stand on; "" if it is not known.
        lang: language of the comments, ``en`` or ``zh``; by default the one that was chosen.

    Raises:
        UsageError: no such country.
    """
    number = numeric(to)
    if number >= INTL:
        raise UsageError(
            "A request is sent to a country.", code="request.country", next="Name a country such as MY."
        )
    return "\n".join(_lines(kind, to, asker, lang or chosen())) + "\n"


def _lines(kind: RequestKind, to: str, asker: str, lang: str) -> Iterator[str]:
    yield from (f"# {line}" for line in _HEAD[lang].split("\n"))
    place = places()[numeric(to)]
    spec = library.kinds().kinds[kind]
    yield f"# {kind.label()[lang]}, {place.zh if lang == 'zh' else place.en}. {spec.says[lang]}"
    if spec.note:
        yield f"# {spec.note[lang]}"
    found = library.bases(asker, to, kind) if asker else ()
    yield from (f"#   {line}" for each in found for line in _basis(each, lang))
    yield f"concordat: {FORMAT}"
    yield _line("number", lang)
    yield from (f"kind: {kind.name}", f"to: {to}")
    if kind.is_direct:
        yield _line("agency", lang)
    yield _line("authority", lang)
    yield _line("officer", lang)
    yield from ("  name:", "  rank:", "  contact:", "  badge:")
    yield "basis:"
    yield from _standing(kind, found, lang)
    yield _line("urgency", lang, [u.name for u in Urgency if u is not Urgency.NONE])
    yield from ("  code:", "  why:")
    yield _line("channel", lang, Channel.__members__)
    yield from ("  way: LEDGER", "  " + _line("reference", lang))
    yield _line("case", lang)
    yield _line("content", lang)
    for name in library.required_fields(kind, to):
        yield from _field(library.kinds().fields[name], lang, needed=True)
    for name in library.optional_fields(kind, to):
        yield from _field(library.kinds().fields[name], lang, needed=False)
    yield from _rest(kind, to, lang)


def _standing(kind: RequestKind, found: tuple[Basis, ...], lang: str) -> Iterator[str]:
    known = [each.basis for each in found if each.sure]
    first = known[0] if known else LegalBasis.POLICE if kind.is_for_police else None
    allowed = [b.name for b in LegalBasis if b is not LegalBasis.POLICE or kind.is_direct]
    yield "  " + _line("on", lang, allowed, value=first.name if first else "")
    yield "  " + _line("agreement", lang)
    yield "  " + _line("promise", lang)


def _basis(basis: Basis, lang: str) -> Iterator[str]:
    """What it could stand on, with how sure that is."""
    parts = [basis.basis.name, basis.reference, basis.title[lang]]
    if basis.article:
        parts.append(basis.article[lang])
    if not basis.sure or basis.certainty not in ("V", "P"):
        parts.append(f"[{_UNSURE[lang]}: {basis.certainty.label()[lang]}]")
    yield ", ".join(part for part in parts if part)


def _field(spec: FieldSpec, lang: str, *, needed: bool) -> Iterator[str]:
    notes = [spec.label[lang], spec.hint[lang]]
    if spec.form is Form.LIST:
        notes.append(_LIST[lang])
    if not needed:
        notes.insert(0, _OPTIONAL[lang])
    yield f"  # {'; '.join(note.rstrip('.。') for note in notes)}"
    yield f"  {spec.id}:"


def _rest(kind: RequestKind, to: str, lang: str) -> Iterator[str]:
    if not kind.is_for_police:
        yield "evidence:" if kind in NEED_METHODS else f"evidence:  # {_OPTIONAL[lang]}"
        yield "  " + _line("forum", lang)
        yield "  " + _line("methods", lang, Method.__members__)
    yield _line("presence", lang, value="false")
    yield _line("use_limits", lang, [str(limit.name) for limit in UseLimit])
    known = library.find_country(to)
    yield _line("languages", lang, known.languages if known else ("?",))


def _line(key: str, lang: str, words: object = (), *, value: str = "") -> str:
    """A field with its comment beside it."""
    text = _COMMENTS[key][lang].format(words=", ".join(str(word) for word in _listed(words)))
    return f"{f'{key}: {value}'.rstrip():<{_BESIDE}}# {text}"


def _listed(words: object) -> tuple[object, ...]:
    return tuple(words) if isinstance(words, list | tuple | Mapping) else ()
