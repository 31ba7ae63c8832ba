# SPDX-License-Identifier: Apache-2.0
"""Recursive Length Prefix (Ethereum Yellow Paper, appendix B), strict: one value has one encoding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias, Union

Item: TypeAlias = Union[bytes, "list[Item]"]

_LONGEST_SHORT = 55
_MAX_DEPTH = 16


class RlpError(ValueError):
    """Bytes that are no RLP."""


def encode(item: bytes | Sequence[object]) -> bytes:
    """Encode bytes, or a list of items."""
    if isinstance(item, bytes):
        if len(item) == 1 and item[0] < 0x80:
            return item
        return _head(len(item), 0x80) + item
    body = b"".join(encode(each) for each in item)  # type: ignore[arg-type]
    return _head(len(body), 0xC0) + body


def number(value: int) -> bytes:
    """A number as RLP has it: big-endian without leading zeros."""
    return value.to_bytes((value.bit_length() + 7) // 8, "big")


def decode(data: bytes) -> Item:
    """The one item that ``data`` encodes.

    Raises:
        RlpError: none, more than one, or not in the shortest form.
    """
    item, end = _item(data, 0, 0)
    if end != len(data):
        raise RlpError("something follows the item")
    return item


def _item(data: bytes, at: int, depth: int) -> tuple[Item, int]:
    if at >= len(data) or depth > _MAX_DEPTH:
        raise RlpError("an item is missing, or nested too deeply")
    first = data[at]
    if first < 0x80:
        return data[at : at + 1], at + 1
    start, end = _span(data, at, first)
    if first < 0xC0:
        content = data[start:end]
        if len(content) == 1 and content[0] < 0x80:
            raise RlpError("a single small byte has a prefix")
        return content, end
    items: list[Item] = []
    while start < end:
        each, start = _item(data[:end], start, depth + 1)
        items.append(each)
    return items, end


def _span(data: bytes, at: int, first: int) -> tuple[int, int]:
    """Where the content of a string or list begins and ends."""
    offset = 0x80 if first < 0xC0 else 0xC0
    length = first - offset
    start = at + 1
    if length > _LONGEST_SHORT:
        digits = data[start : start + length - _LONGEST_SHORT]
        start += length - _LONGEST_SHORT
        length = int.from_bytes(digits, "big")
        if not digits or digits[0] == 0 or length <= _LONGEST_SHORT:
            raise RlpError("a length is not in the shortest form")
    if start + length > len(data):
        raise RlpError("the data end too early")
    return start, start + length


def _head(length: int, offset: int) -> bytes:
    if length <= _LONGEST_SHORT:
        return bytes([offset + length])
    digits = number(length)
    return bytes([offset + _LONGEST_SHORT + len(digits)]) + digits
