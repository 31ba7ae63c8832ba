# SPDX-License-Identifier: Apache-2.0
"""Golden freeze profiles: the struct of each, as it was when a person last looked at it.

``golden/profiles.json`` holds them by jurisdiction, measure and class of assets. After a change that is
wanted, run this file and look at the difference: ``python tests/client/assets/profilegoldens.py``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from concordat.assets.law.profiles import bundled_profiles, compile_profiles
from concordat.evidence.places import numeric
from concordat.evidence.rulebook import bundled_jurisdictions

FILE: Final = Path(__file__).parent / "golden" / "profiles.json"

Golden = dict[str, dict[str, int]]


def endorser(jurisdiction: str) -> int:
    """The first agency of a jurisdiction."""
    return numeric(jurisdiction) << 16 | 1


def compiled() -> Golden:
    """All bundled profiles, by ``CN/FREEZE/CASH``."""
    return {
        f"{code}/{measure.name}/{asset_class.name}": profile.struct()
        for code in bundled_jurisdictions("freeze")
        for measure, asset_class, profile in compile_profiles(bundled_profiles(code), endorser(code))
    }


def read() -> Golden:
    """The committed ones."""
    found: Golden = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def main() -> None:
    """Write the file anew."""
    text = json.dumps(compiled(), indent=1) + "\n"
    FILE.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
