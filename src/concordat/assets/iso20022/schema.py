# SPDX-License-Identifier: Apache-2.0
"""The rules of an ISO 20022 message as a table, and the check of an XML tree against them.

Elements have an order, a number of times that they may occur, and either parts or a text of some form. What
a message may hold but is not modelled here is :data:`OPAQUE`: it may stand in its place, its contents are
not looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol
from xml.etree.ElementTree import Element


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One broken rule: where, as ``/Document/FIToFIPmtCxlReq/Undrlyg[2]/TxInf[1]/CxlId``, and why."""

    path: str
    reason: str

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"


class Rule(Protocol):
    """What an element may hold."""

    def check(self, element: Element, path: str) -> Iterator[Mistake]:
        """Give every broken rule in an element, attributes included."""
        ...

    def unread(self, element: Element, path: str) -> Iterator[str]:
        """Give the paths of what is there but not modelled."""
        ...


@dataclass(frozen=True, slots=True)
class Text:
    """Text of some form, without parts and, unless ``attribute`` is named, without attributes.

    Attributes:
        form: why a text is refused, or None; of an amount it gets the currency too.
        attribute: the one that has to be there, or empty.

    """

    form: Callable[[str, str], str | None]
    attribute: str = ""

    def check(self, element: Element, path: str) -> Iterator[Mistake]:
        """See :class:`Rule`."""
        for child in element:
            yield Mistake(path, f"text is expected here, not the element {local_name(child)}")
        for name in element.attrib:
            if name != self.attribute:
                yield Mistake(path, f"the attribute {name[:40]} does not belong here")
        if self.attribute and self.attribute not in element.attrib:
            yield Mistake(path, f"the attribute {self.attribute} is missing")
            return
        reason = self.form(element.text or "", element.get(self.attribute, ""))
        if reason:
            yield Mistake(path, reason)

    def unread(self, element: Element, path: str) -> Iterator[str]:
        """See :class:`Rule`."""
        yield from ()


@dataclass(frozen=True, slots=True)
class _Opaque:
    def check(self, element: Element, path: str) -> Iterator[Mistake]:
        yield from ()

    def unread(self, element: Element, path: str) -> Iterator[str]:
        yield path


OPAQUE: Final = _Opaque()
"""Allowed where it stands; nobody looks inside."""


@dataclass(frozen=True, slots=True)
class Part:
    """One element: its name, what it holds, how often it may occur (``most`` None: any number)."""

    name: str
    rule: Rule
    least: int = 1
    most: int | None = 1

    def path(self, above: str, number: int) -> str:
        """Where the ``number``-th of it stands."""
        return f"{above}/{self.name}" if self.most == 1 else f"{above}/{self.name}[{number}]"


@dataclass(frozen=True, slots=True)
class Group:
    """Parts in this order; of a ``choice``, exactly one of them."""

    parts: tuple[Part, ...]
    choice: bool = False

    def check(self, element: Element, path: str) -> Iterator[Mistake]:
        """See :class:`Rule`."""
        yield from self._plain(element, path)
        names = [part.name for part in self.parts]
        counts = dict.fromkeys(names, 0)
        furthest = 0
        for child in element:
            name = local_name(child)
            if name not in counts or namespace(child) != namespace(element):
                yield Mistake(path, f"the element {name[:60]} does not belong here")
                continue
            place = names.index(name)
            if place < furthest:
                yield Mistake(path, f"{name} stands after {names[furthest]}; it belongs before it")
            furthest = max(furthest, place)
            counts[name] += 1
            part = self.parts[place]
            yield from part.rule.check(child, part.path(path, counts[name]))
        yield from self._counted(counts, path)

    def _plain(self, element: Element, path: str) -> Iterator[Mistake]:
        """Parts only: no attributes, no text between them."""
        for name in element.attrib:
            yield Mistake(path, f"the attribute {name[:40]} does not belong here")
        if (element.text or "").strip() or any((child.tail or "").strip() for child in element):
            yield Mistake(path, "text stands between the elements")

    def _counted(self, counts: dict[str, int], path: str) -> Iterator[Mistake]:
        given = [name for name, count in counts.items() if count]
        if self.choice and len(given) != 1:
            found = f"here are {', '.join(given)}" if given else "there is none"
            yield Mistake(path, f"exactly one of {', '.join(counts)} is expected; {found}")
        for part in self.parts:
            count = counts[part.name]
            if count < part.least and not self.choice:
                yield Mistake(path, f"{part.name} is missing")
            if part.most is not None and count > part.most:
                yield Mistake(path, f"{part.name} occurs {count} times; at most {part.most} is possible")

    def unread(self, element: Element, path: str) -> Iterator[str]:
        """See :class:`Rule`."""
        known = {part.name: part for part in self.parts}
        counts = dict.fromkeys(known, 0)
        for child in element:
            name = local_name(child)
            if name in known:
                counts[name] += 1
                yield from known[name].rule.unread(child, known[name].path(path, counts[name]))


def group(*parts: Part) -> Group:
    """Parts in this order."""
    return Group(parts)


def choice(*parts: Part) -> Group:
    """One of the parts."""
    return Group(parts, choice=True)


def one(name: str, rule: Rule) -> Part:
    """Exactly one."""
    return Part(name, rule)


def maybe(name: str, rule: Rule = OPAQUE) -> Part:
    """None or one."""
    return Part(name, rule, 0)


def many(name: str, rule: Rule, least: int = 0, most: int | None = None) -> Part:
    """Several."""
    return Part(name, rule, least, most)


def local_name(element: Element) -> str:
    """Name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def namespace(element: Element) -> str:
    """Namespace, or empty."""
    return str(element.tag)[1:].partition("}")[0] if str(element.tag).startswith("{") else ""
