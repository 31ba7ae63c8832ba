# SPDX-License-Identifier: Apache-2.0
"""The outside of XML and JSON: root element and keys, found by looking, never by parsing.

There is no parser, hence no entity to expand, no depth to run out of, and a cut-off head is no error.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PROLOG = 1 << 14
_SKIP = re.compile(r"\s+|<\?.{0,1000}?\?>|<!--.{0,8000}?-->", re.DOTALL)
_ROOT = re.compile(r"<([A-Za-z_][\w.-]{0,60}:)?([A-Za-z_][\w.-]{0,100})((?:\s[^<>]{0,4000})?)/?>")
_SPACE = re.compile(r"""xmlns(?::[\w.-]{1,60})?\s*=\s*["']([^"']{1,300})["']""")
_KEY = re.compile(r'"([^"\\\n]{1,60})"\s*:')
_LINE = re.compile(r'\{\s*"')


@dataclass(frozen=True, slots=True)
class Root:
    """Name of the root element without prefix, namespaces declared on it, whether a DTD stands before it."""

    name: str
    spaces: tuple[str, ...]
    dtd: bool


def xml_root(text: str) -> Root | None:
    """The root element of an XML document, or None."""
    head = text[:_PROLOG]
    if not head.lstrip("\ufeff \t\r\n").startswith("<"):
        return None
    at, dtd = len(head) - len(head.lstrip("\ufeff")), False
    while at < len(head):
        if match := _SKIP.match(head, at):
            at = match.end()
        elif head.startswith("<!DOCTYPE", at):
            at, dtd = _after_dtd(head, at), True
        else:
            break
    match = _ROOT.match(head, at)
    if match is None:
        return None
    return Root(match.group(2), tuple(_SPACE.findall(match.group(3))), dtd)


def _after_dtd(head: str, at: int) -> int:
    """Where the document type ends: at the ``>`` after its bracket, if it has one."""
    bracket, close = head.find("[", at), head.find(">", at)
    if 0 <= bracket < close:
        close = head.find("]", bracket)
        close = head.find(">", close) if close >= 0 else -1
    return close + 1 if close >= 0 else len(head)


def json_keys(text: str) -> frozenset[str]:
    """Names of members in JSON or JSON Lines, whatever their depth; empty if the text is neither."""
    start = text[:200].lstrip("\ufeff \t\r\n")
    if not start.startswith(("{", "[")):
        return frozenset()
    keys = frozenset(_KEY.findall(text))
    return keys if keys and (start.startswith("[") or _LINE.match(start)) else frozenset()


def is_json_lines(text: str) -> bool:
    """Whether at least two lines, and all that are complete, are each a JSON object."""
    lines = [line for line in text.splitlines()[:50] if line.strip()][:-1]
    return len(lines) >= 2 and all(line.startswith("{") and line.rstrip().endswith("}") for line in lines)
