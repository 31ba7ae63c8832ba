# SPDX-License-Identifier: Apache-2.0
"""A document as canonical JSON, and back: what was rendered can be rendered again from the JSON alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Final

from concordat.errors import VerificationError
from concordat.evidence import canonical
from concordat.rendering.content import (
    STANDARDS,
    Anchor,
    Block,
    Code,
    Column,
    Composed,
    Document,
    Dot,
    Drawing,
    Fact,
    Facts,
    Items,
    Label,
    Mark,
    Paragraph,
    Rect,
    Section,
    Shape,
    Signature,
    Signatures,
    Stroke,
    Table,
    Text,
    Tone,
    VerdictBox,
    data,
)

_BLOCKS: Final[dict[str, type[Block]]] = {
    "paragraph": Paragraph,
    "facts": Facts,
    "items": Items,
    "code": Code,
    "table": Table,
    "verdict": VerdictBox,
    "signatures": Signatures,
    "drawing": Drawing,
}
_SHAPES: Final[Mapping[str, type[Shape]]] = {"rect": Rect, "dot": Dot, "stroke": Stroke, "label": Label}
_NAMES: Final[dict[Any, str]] = {
    **{kind: name for name, kind in _BLOCKS.items()},
    **{kind: name for name, kind in _SHAPES.items()},
}


def register(name: str, kind: type[Composed], read: Callable[[Any], Composed]) -> None:
    """Name a block of one kind of documents, and how it is read back."""
    _BLOCKS[name], _NAMES[kind], _READERS[kind] = kind, name, read


_ALWAYS: Final = object()


class ReportError(VerificationError):
    """Bytes that are no document of this program."""

    default_code = "report.invalid"


def encode(document: Document) -> bytes:
    """Give the canonical bytes (RFC 8785); the same document always gives the same."""
    return canonical.dumps(_plain(document))


def _plain(value: Any) -> Any:
    """Turn the content model into plain data: a `Text` with one wording becomes a string."""
    if isinstance(value, Text):
        return value.en if value.is_data else {"en": value.en, "zh": value.zh}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat()
    if is_dataclass(value):
        name = _NAMES.get(type(value))
        named = {"type": name} if name else {}
        parts = ((each, getattr(value, each.name)) for each in fields(value))
        return named | {
            each.name: _plain(part) for each, part in parts if part != each.metadata.get("unless", _ALWAYS)
        }
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    return value


def decode(content: bytes) -> Document:
    """Read a document.

    Raises:
        ReportError: not canonical JSON, or not the JSON of a document.

    """
    form = canonical.loads(content, "the report")
    try:
        return Document(
            kind=form["kind"],
            title=_text(form["title"]),
            number=form["number"],
            agency=_text(form["agency"]),
            case=form["case"],
            case_title=form["case_title"],
            dated=datetime.fromisoformat(form["dated"]),
            generator=form["generator"],
            statement=_text(form["statement"]),
            review=_text(form["review"]),
            sections=tuple(_section(each) for each in form["sections"]),
            reviewed=_text(form["reviewed"]) if "reviewed" in form else STANDARDS,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ReportError(
            f"This is not a report of this program: {error}.", next="Take the file from the package."
        ) from error


def _section(form: Mapping[str, Any]) -> Section:
    return Section(form["key"], _text(form["title"]), tuple(_block(each) for each in form["blocks"]))


def _text(form: Any) -> Text:
    return data(form) if isinstance(form, str) else Text(form["en"], form["zh"])


def _texts(forms: Any) -> tuple[Text, ...]:
    return tuple(_text(each) for each in forms)


def _fact(form: Mapping[str, Any]) -> Fact:
    return Fact(
        key=form["key"],
        label=_text(form["label"]),
        lines=_texts(form["lines"]),
        mark=Mark(form["mark"]) if form["mark"] else None,
        exhibit=form["exhibit"],
        attester=form["attester"],
        mono=form["mono"],
    )


def _block(form: Mapping[str, Any]) -> Block:
    block: Block = _READERS[_BLOCKS[form["type"]]](form)
    return block


def _table(form: Mapping[str, Any]) -> Table:
    columns = tuple(Column(c["key"], _text(c["label"]), c["share"], c["mono"]) for c in form["columns"])
    return Table(form["key"], columns, tuple(tuple(_texts(cell) for cell in row) for row in form["rows"]))


def _drawing(form: Mapping[str, Any]) -> Drawing:
    shapes = tuple(_shape(each) for each in form["shapes"])
    return Drawing(form["key"], form["width"], form["height"], shapes, _text(form["caption"]))


def _shape(form: Mapping[str, Any]) -> Shape:
    values = {name: value for name, value in form.items() if name != "type"}
    if form["type"] == "label":
        values |= {"text": _text(form["text"]), "anchor": Anchor(form["anchor"])}
    return _SHAPES[form["type"]](**values)


_READERS: Final[dict[type[Block], Any]] = {
    Paragraph: lambda form: Paragraph(_text(form["text"]), Tone(form["tone"])),
    Facts: lambda form: Facts(tuple(_fact(each) for each in form["rows"])),
    Items: lambda form: Items(_texts(form["entries"]), form["ordered"]),
    Code: lambda form: Code(tuple(form["lines"])),
    Table: _table,
    VerdictBox: lambda form: VerdictBox(
        _text(form["forum"]),
        form["code"],
        _text(form["verdict"]),
        _text(form["meaning"]),
        tuple(_fact(each) for each in form["details"]),
    ),
    Drawing: _drawing,
    Signatures: lambda form: Signatures(
        tuple(Signature(_text(each["role"]), each["name"], each["detail"]) for each in form["rows"])
    ),
}
