# SPDX-License-Identifier: Apache-2.0
"""``SHA256SUMS`` as GNU coreutils writes and reads it: ``<hex>  <name>``, one line per file.

A name with a line end or a backslash is escaped, and its line then begins with a backslash. Read back with
``sha256sum --check SHA256SUMS`` in the folder.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from concordat.errors import VerificationError

_LINE = re.compile(r"(\\?)([0-9a-f]{64}) [ *](.+)", re.DOTALL)
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r"}
_UNESCAPES = {escaped: plain for plain, escaped in _ESCAPES.items()}


class ChecksumsError(VerificationError):
    """A line that is no checksum."""

    default_code = "package.checksums"


def render(sums: Mapping[str, str]) -> bytes:
    """Write hashes (hex) by name, sorted by name: the same files give the same bytes."""
    return "".join(_line(name, sums[name]) for name in sorted(sums)).encode("utf-8")


def parse(data: bytes) -> dict[str, str]:
    """Read hashes by name.

    Raises:
        ChecksumsError: a line that is none, or a name that stands twice; names the line.
    """
    found: dict[str, str] = {}
    try:
        lines = data.decode("utf-8").removesuffix("\n").split("\n") if data else []
    except UnicodeDecodeError as error:
        raise ChecksumsError("SHA256SUMS is not UTF-8 text.") from error
    for number, line in enumerate(lines, 1):
        match = _LINE.fullmatch(line)
        if not match:
            raise ChecksumsError(f"Line {number} of SHA256SUMS is no checksum.")
        escaped, digest, name = match.groups()
        if escaped:
            name = re.sub(r"\\.", lambda escape: _UNESCAPES.get(escape[0], escape[0]), name)
        if name in found:
            raise ChecksumsError(f"Line {number} of SHA256SUMS names a file that an earlier line names.")
        found[name] = digest
    return found


def _line(name: str, digest: str) -> str:
    escaped = re.sub(r"[\\\n\r]", lambda match: _ESCAPES[match[0]], name)
    mark = "\\" if escaped != name else ""
    return f"{mark}{digest}  {escaped}\n"
