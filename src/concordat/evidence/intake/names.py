# SPDX-License-Identifier: Apache-2.0
"""Names of files as bytes, as JSON and as shown to a person.

A name is kept exactly as the disk has it: no Unicode normalisation, no change of case. Inside this package
a path is a ``str`` in which bytes that are not UTF-8 are lone surrogates (PEP 383). JSON cannot hold those,
so such a path has two forms there: ``path`` with each bad byte as ``%XX``, and ``path_bytes``, the hex of
the whole path, which decides.
"""

from __future__ import annotations

import unicodedata

# Written out because a terminal or a report would obey them: line ends, escapes, and the marks that turn
# text around.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def name_bytes(name: str) -> bytes:
    """The bytes of a name: UTF-8, with bytes that were not UTF-8 restored. This is the order of exhibits."""
    try:
        return name.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # Windows lets half a UTF-16 pair stand in a name
        return name.encode("utf-8", "surrogatepass")


def json_path(path: str) -> tuple[str, str | None]:
    """Return ``(path, path_bytes)`` for JSON; ``path_bytes`` is hex, or None for proper Unicode."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return "".join(_percent(character) for character in path), name_bytes(path).hex()
    return path, None


def shown(path: str) -> str:
    r"""The path on one line, safe for a terminal.

    Control, format and undecodable characters stand as ``\n``, ``\u202e``, ``\xff``.
    A backslash in the name is doubled, so that two different names never look alike.
    """
    return "".join(_escape(character) for character in path)


def folded(name: str) -> str:
    """What a file system that ignores case and normalises would take the name for."""
    return unicodedata.normalize("NFC", name).casefold()


def _percent(character: str) -> str:
    if not "\ud800" <= character <= "\udfff":
        return character
    return "".join(f"%{byte:02X}" for byte in name_bytes(character))


def _escape(character: str) -> str:
    if character == "\\":
        return "\\\\"
    if "\udc80" <= character <= "\udcff":
        return f"\\x{ord(character) - 0xDC00:02x}"
    if unicodedata.category(character) not in _HIDDEN:
        return character
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")
