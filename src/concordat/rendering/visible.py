# SPDX-License-Identifier: Apache-2.0
r"""Every character visible: what cannot be seen, or would change how the rest is seen, is written out.

A file name may hold a newline, a zero-width space, or an override that makes ``gpj.exe`` read ``exe.jpg``. On
paper each such character stands as ``\u{202E}``. Nothing is dropped, nothing is an empty box. A name
that itself holds the letters ``\u{`` gets its backslash doubled, so that two names never look alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

# Control, format (with the bidirectional overrides), surrogate, private, unassigned; separators of lines.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# A backslash that would be read as the beginning of our own way of writing.
_LITERAL = re.compile(r"\\(?=\\*u\{)")
_SPACES = frozenset({" ", "\u3000"})


def visible(text: str, drawable: Callable[[str], bool] | None = None) -> str:
    """Write out what cannot be seen.

    Args:
        text: one line; a newline in it is a character like any other.
        drawable: tells whether there is a glyph for a character; without it there is one for all.

    """
    text = _LITERAL.sub(r"\\\\", text)
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        char if _plain(char) and (drawable is None or drawable(char)) else f"\\u{{{ord(char):X}}}"
        for char in text
    )


@lru_cache(maxsize=16_384)
def _plain(char: str) -> bool:
    """Tell whether a character shows itself; of the spaces only the two that everybody knows."""
    category = unicodedata.category(char)
    return char in _SPACES if category == "Zs" else category not in _HIDDEN
