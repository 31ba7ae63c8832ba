# SPDX-License-Identifier: Apache-2.0
"""Bytes to text, without ever failing: the encodings that evidence in the region comes in."""

from __future__ import annotations

import codecs

# Form feed and escape occur in printed and in coloured logs; other control characters do not occur in text.
_ALLOWED = frozenset("\t\n\r\f\x1b")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes, *, complete: bool = True) -> str:
    """Text of ``data``, or "" if it is none. A character cut in two at the end is forgiven unless it is ``complete``."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    if not encoding and b"\0" in data:
        return ""
    for candidate in (encoding,) if encoding else ("utf-8", "gb18030", "cp1252"):
        text = _try(data, candidate, complete)
        if text is not None:
            return text if _plausible(text) else ""
    return ""


def _try(data: bytes, encoding: str, complete: bool) -> str | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        return decoder.decode(data, final=complete)
    except (UnicodeDecodeError, UnicodeError):
        return None


def _plausible(text: str) -> bool:
    """No more than one stray control character in a thousand."""
    strays = sum(1 for character in text[:8192] if character < " " and character not in _ALLOWED)
    return strays * 1000 <= min(len(text), 8192)
