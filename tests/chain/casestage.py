# SPDX-License-Identifier: Apache-2.0
"""A case as the tests of its commands find it. All names, numbers and persons are invented."""

from __future__ import annotations

from typing import Final

from assistancestage import written
from hall import Office

__all__ = ["NUMBER", "VICTIMS", "invited", "opened", "written"]

NUMBER: Final = "CN-2026-0317"
VICTIMS: Final = """\
country,id,passport,phone
CN,11010519491231002X,,+86 138 0000 0001
CN,,E1234567,
MY,,,012-345 6789
"""


def opened(china: Office) -> str:
    """The Chinese police opens the case; gives its id."""
    written(china.folder, "text.txt", "Because the callers were there.")
    case: str = china.done("case", "open", NUMBER, "--ground", "EFFECT")["id"]
    return case


def invited(china: Office, other: Office, name: str) -> Office:
    """Another agency is told of the case, and has its folder."""
    told = china.done("case", "invite", NUMBER, name)
    other.done("case", "receive", told["hash"])
    written(other.folder, "text.txt", f"The reasons of {name}.")
    return other
