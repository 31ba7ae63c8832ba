# SPDX-License-Identifier: Apache-2.0
"""XML out and in: written with ElementTree, read with defusedxml, checked against the rules either way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from defusedxml import ElementTree as SafeTree  # type: ignore[import-untyped]
from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]

from concordat.assets.iso20022.schema import Group, Mistake, group, local_name, namespace, one
from concordat.assets.values.money import Money, by_alpha
from concordat.errors import UsageError

MAX_BYTES: Final = 4 << 20
MAX_TOLD: Final = 100
_URN: Final = "urn:iso:std:iso:20022:tech:xsd:"


class MessageError(UsageError):
    """XML that is no message of the kind expected, with every broken rule."""

    default_code = "iso20022.refused"

    def __init__(self, name: str, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(sorted(set(mistakes)))
        told = [f"  {mistake}" for mistake in self.mistakes[:MAX_TOLD]]
        if len(self.mistakes) > MAX_TOLD:
            told.append(f"  and {len(self.mistakes) - MAX_TOLD} more")
        super().__init__(
            f"This is no {name} that can be taken:\n" + "\n".join(told),
            kept="Nothing of it was taken over.",
            next="Give the list to whoever sent or filled in the message.",
        )


@dataclass(frozen=True, slots=True)
class Message:
    """A kind of message.

    Attributes:
        name: with variant and version, such as camt.056.001.08.
        root: the element under Document.
        rule: what that element holds.

    """

    name: str
    root: str
    rule: Group

    @property
    def urn(self) -> str:
        """Its namespace."""
        return f"{_URN}{self.name}"

    def check(self, document: Element) -> list[Mistake]:
        """Every broken rule."""
        if local_name(document) != "Document":
            return [Mistake(f"/{local_name(document)[:60]}", "the outermost element is not Document")]
        if namespace(document) != self.urn:
            return [Mistake("/Document", f"the namespace is not {self.urn}; another version is not read")]
        return list(group(one(self.root, self.rule)).check(_without_hints(document), "/Document"))

    def unread(self, document: Element) -> tuple[str, ...]:
        """Paths of what the message holds and this program does not look at."""
        return tuple(group(one(self.root, self.rule)).unread(document, "/Document"))


def read(data: bytes, message: Message) -> Element:
    """Give the element under Document of a message that breaks no rule.

    Raises:
        MessageError: no XML, not this message, or with every broken rule.

    """
    if len(data) > MAX_BYTES:
        raise MessageError(message.name, [Mistake("/", f"it is longer than {MAX_BYTES >> 20} MiB")])
    try:
        document: Element = SafeTree.fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        raise MessageError(
            message.name, [Mistake("/", "it declares a document type or entities, which no message needs")]
        ) from None
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise MessageError(message.name, [Mistake("/", f"not XML: {str(error)[:200]}")]) from None
    mistakes = message.check(document)
    if mistakes:
        raise MessageError(message.name, mistakes)
    return document


def write(message: Message, root: Element | None) -> bytes:
    """Give the bytes of a message, after reading them back as a recipient would.

    Raises:
        MessageError: what is to be written breaks a rule, for example a text is too long.

    """
    document = ElementTree.Element("Document", xmlns=message.urn)
    if root is not None:
        document.append(root)
    ElementTree.indent(document)
    try:
        data = bytes(ElementTree.tostring(document, encoding="UTF-8", xml_declaration=True))
    except UnicodeError:
        raise MessageError(message.name, [Mistake("/", "a text holds half a character")]) from None
    read(data, message)
    return data


def node(name: str, *inside: str | Element | None, **attributes: str) -> Element | None:
    """Give an element with text or parts; None if it would be empty."""
    given = [each for each in inside if each is not None]
    if not given:
        return None
    element = ElementTree.Element(name, attributes)
    for each in given:
        if isinstance(each, str):
            element.text = each
        else:
            element.append(each)
    return element


def amount_node(name: str, money: Money | None) -> Element | None:
    """Give an amount with its currency."""
    return None if money is None else node(name, money.decimal(), Ccy=money.currency.alpha)


def instant(seconds: int) -> str:
    """Time in UTC."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def day(seconds: int) -> str:
    """Date in UTC."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d")


def find(element: Element | None, path: str) -> Element | None:
    """First element at a path of local names."""
    for name in path.split("/"):
        element = next(all_named(element, name), None) if element is not None else None
    return element


def all_named(element: Element | None, name: str) -> Iterator[Element]:
    """Children of a name."""
    return (child for child in (() if element is None else element) if local_name(child) == name)


def text_at(element: Element | None, path: str) -> str | None:
    """Text at a path, or None if it is not there."""
    found = find(element, path)
    return None if found is None else found.text or ""


def flag_at(element: Element | None, path: str) -> bool:
    """Boolean at a path; absent is false."""
    return text_at(element, path) in ("true", "1")


def money_at(element: Element | None, path: str) -> Money | None:
    """Amount at a path; its form has been checked."""
    found = find(element, path)
    if found is None:
        return None
    unit = by_alpha(found.get("Ccy", ""))
    return Money(int(Decimal((found.text or "").strip()).scaleb(unit.exponent)), unit)


def time_at(element: Element | None, path: str) -> int | None:
    """Seconds since 1970 UTC at a path. A time without offset, which the schema allows, is taken for UTC."""
    text = text_at(element, path)
    if text is None:
        return None
    moment = datetime.fromisoformat(text)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())


def _without_hints(document: Element) -> Element:
    """Give the document without ``xsi:schemaLocation``, which every tool adds and which says nothing."""
    hints = [
        name for name in document.attrib if name.startswith("{http://www.w3.org/2001/XMLSchema-instance}")
    ]
    for name in hints:
        del document.attrib[name]
    return document
