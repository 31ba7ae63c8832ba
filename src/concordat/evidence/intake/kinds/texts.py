# SPDX-License-Identifier: Apache-2.0
"""Bytes to text, without ever failing: the encodings that evidence in the region comes in."""

from __future__ import annotations

import codecs

# Form feed and escape occur in printed and in coloured logs; other control characters do not occur in text.
_ALLOWED = frozenset("\t\n\r\f\x1b")
# These decode nearly any bytes, so what comes out must look like something that people write.
_LENIENT = frozenset({"gb18030", "cp1252"})
_LOOK = 8192
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes, *, complete: bool = True) -> str:
    """Text of ``data``, or "" if it is none. Unless ``complete``, a character may be cut at its end."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    if not encoding and b"\0" in data:
        return ""
    for candidate in (encoding,) if encoding else ("utf-8", "gb18030", "cp1252"):
        text = _try(data, candidate, complete)
        if text is not None and _plausible(text) and (candidate not in _LENIENT or _written(text, candidate)):
            return text
    return ""


def _try(data: bytes, encoding: str, complete: bool) -> str | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        return decoder.decode(data, final=complete)
    except (UnicodeDecodeError, UnicodeError):
        return None


def _plausible(text: str) -> bool:
    """No more than one stray control character in a thousand."""
    part = text[:_LOOK]
    return sum(1 for character in part if character < " " and character not in _ALLOWED) * 1000 <= len(part)


def _written(text: str, encoding: str) -> bool:
    """Whether the characters beyond ASCII are common Chinese ones, or few among Western text."""
    part = text[:_LOOK]
    foreign = [character for character in part if character > "~"]
    if encoding == "cp1252":
        return len(foreign) * 4 <= len(part)
    usual = sum(
        1 for character in foreign if "\u3000" <= character <= "\u9fff" or "\uff00" <= character <= "\uffef"
    )
    return usual * 10 >= len(foreign) * 9
