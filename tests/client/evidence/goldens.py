# SPDX-License-Identifier: Apache-2.0
"""Golden acquisitions: for every standard one that conforms, as it was when a person last looked at it.

``golden/<forum>.json`` holds, by origin and method, the two words of the standard, and facts that take
exactly the steps that its rules name. They are committed: a changed rule shows as a changed line. After a
change that is wanted, run this file and look at the difference: ``python tests/client/evidence/goldens.py``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from concordat.evidence.facts import Algorithm, Facts, algorithms_mask
from concordat.evidence.methods import Method
from concordat.evidence.places import INTL, UNKNOWN, numeric
from concordat.evidence.rulebook import Rulebook, bundled, bundled_jurisdictions
from concordat.evidence.standards import Origin, Standard
from concordat.evidence.steps import Step, mask_of, steps_in

FOLDER: Final = Path(__file__).parent / "golden"
STARTED: Final = 1_773_711_000
"""2026-03-17 09:30 in Kuala Lumpur and Beijing, 01:30 UTC."""
MINUTES: Final = 95
NEIGHBOUR: Final = {"CN": "MY", "MY": "CN", "SG": "MY"}
"""Where foreign evidence before a forum was collected."""


def standards_of(book: Rulebook) -> list[tuple[Origin, Method]]:
    """Every origin and method that a rulebook covers."""
    return [(o, m) for o in Origin for m in Method if book.versions(o, m)]


def conforming(book: Rulebook, origin: Origin, method: Method) -> Facts:
    """Facts that take exactly the steps that the rules of a standard name, and meet its other demands."""
    standard = book.compile(origin, method)
    steps = (
        standard.fatal
        | standard.curable
        | standard.noted
        | mask_of(step for clause in standard.clauses for step in clause.any_of)
    )
    if book.jurisdiction == "INTL":
        place = INTL
    else:
        place = numeric(book.jurisdiction if origin is Origin.DOMESTIC else NEIGHBOUR[book.jurisdiction])
    return Facts(
        started_at=STARTED,
        duration_minutes=MINUTES,
        place=place,
        data_location=UNKNOWN if place == INTL else place,
        method=method,
        algorithms=algorithms_mask(Algorithm.SHA_256, Algorithm.SM3),
        officers=standard.fewest_officers,
        steps=steps & ~mask_of([Step.DATA_IN_FORUM]),
    )


def entry(standard: Standard, facts: Facts) -> dict[str, Any]:
    """One standard and its golden facts, as they stand in the file."""
    return {
        "words": [f"0x{word:064x}" for word in standard.pack()],
        "facts": f"0x{facts.pack():040x}",
        "steps": [step.name for step in steps_in(facts.steps)],
    }


def read(jurisdiction: str) -> dict[str, dict[str, Any]]:
    """The committed entries of a forum, by ``origin/METHOD``."""
    text = (FOLDER / f"{jurisdiction.lower()}.json").read_text(encoding="utf-8")
    entries: dict[str, dict[str, Any]] = json.loads(text)
    return entries


def name(origin: Origin, method: Method) -> str:
    """Key of an entry."""
    return f"{origin.name.lower()}/{method.name}"


def main() -> None:
    """Write the files anew."""
    for jurisdiction in bundled_jurisdictions():
        book = bundled(jurisdiction)
        entries = {
            name(o, m): entry(book.compile(o, m), conforming(book, o, m)) for o, m in standards_of(book)
        }
        text = json.dumps(entries, indent=1, ensure_ascii=False) + "\n"
        (FOLDER / f"{jurisdiction.lower()}.json").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
