# SPDX-License-Identifier: Apache-2.0
"""The workspace's journal of refused attempts.

A refusal leaves no trace on a chain, so that one could change a declaration until it passes. Here every
refused attempt is written down, each entry bound to the one before, and the next manifest of the same case or
record cites them. The limit: the journal lies with the one it watches. Who throws it away, or packs on
another machine, cites nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any, Final

from concordat.evidence import fields, store
from concordat.evidence.chained import ChainedLog
from concordat.evidence.packagefiles import present_time

FILE: Final = "refusals.jsonl"
"""Name of the journal in a workspace."""

_REFUSAL: Mapping[str, fields.Check] = {
    "n": fields.number(1),
    "prev": fields.hexed(32),
    "hash": fields.hexed(32),
    "event": fields.one_of("refused"),
    "at": fields.text,
    "case": fields.text,
    "record_sha256": fields.hexed(32),
    "facts": fields.hexed(20, "0x"),
    "reasons": fields.list_of(fields.text),
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """One refused attempt.

    Args:
        hash: of the entry (hex); what a manifest cites.
        at: when, ISO 8601 in UTC.
        case: of the record.
        record_sha256: of the record's bytes.
        facts: as they were declared, packed.
        reasons: why it was refused, by the names of reasons or rules.
    """

    hash: str
    at: str
    case: str
    record_sha256: str
    facts: int
    reasons: tuple[str, ...]


class Journal:
    """The journal in one file; made with its first entry."""

    def __init__(self, path: str | PathLike[str]) -> None:
        self._log = ChainedLog(Path(path))

    def refused(
        self, case: str, record_sha256: str, facts: int, reasons: Iterable[str], *, at: str = ""
    ) -> Refusal:
        """Write down a refused attempt. The same, refused again for the same reasons, is not written twice.

        Args:
            case: of the record.
            record_sha256: hex, of the record's bytes.
            facts: as declared, packed.
            reasons: why.
            at: ISO 8601 in UTC; default: now.

        Raises:
            BrokenLogError: the journal was altered; nothing is added to it.
            FileError: it cannot be written.
        """
        why = list(reasons)
        for earlier in self.all():
            if (earlier.case, earlier.record_sha256, earlier.facts, list(earlier.reasons)) == (
                case, record_sha256, facts, why,
            ):  # fmt: skip
                return earlier
        body: dict[str, Any] = {
            "event": "refused",
            "at": at or present_time(),
            "case": case,
            "record_sha256": record_sha256,
            "facts": f"0x{facts:040x}",
            "reasons": why,
        }
        with store.guard(
            "write the journal of refusals", kept="The evidence is untouched; nothing was registered."
        ):
            entry = self._log.append(body)
        return Refusal(entry, body["at"], case, record_sha256, facts, tuple(why))

    def all(self) -> list[Refusal]:
        """All refused attempts, oldest first.

        Raises:
            BrokenLogError: the journal was altered.
            FieldError: an entry is of another form.
        """
        found = []
        with store.guard("read the journal of refusals"):
            entries = self._log.entries()
        for entry in entries:
            fields.check(entry, f"Line {entry['n']} of {self._log.path.name}", _REFUSAL)
            found.append(
                Refusal(
                    hash=entry["hash"],
                    at=entry["at"],
                    case=entry["case"],
                    record_sha256=entry["record_sha256"],
                    facts=int(entry["facts"], 16),
                    reasons=tuple(entry["reasons"]),
                )
            )
        return found

    def concerning(self, case: str, record_sha256: str) -> tuple[Refusal, ...]:
        """The refusals that a manifest of this case or record has to cite, oldest first."""
        return tuple(each for each in self.all() if each.case == case or each.record_sha256 == record_sha256)

    def uncited(self, case: str, record_sha256: str, cited: Iterable[str]) -> tuple[Refusal, ...]:
        """Those of them that a manifest does not cite: it was packed before them, or elsewhere."""
        known = set(cited)
        return tuple(each for each in self.concerning(case, record_sha256) if each.hash not in known)
