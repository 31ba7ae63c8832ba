# SPDX-License-Identifier: Apache-2.0
"""What packing is given besides record and files, and what a collection report is made from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from concordat.evidence.intake import Comparison, Finding
from concordat.evidence.journal import Refusal
from concordat.evidence.manifest import Entry, Support
from concordat.evidence.package import Package
from concordat.evidence.record import Record
from concordat.evidence.tree import LIST


@dataclass(frozen=True, slots=True)
class PackContext:
    """What the workspace knows and the record does not say.

    Args:
        chain_id, genesis (32 bytes), registry (address): the chain for which it is packed.
        agency: the agency's number there.
        collector: address that will sign; appointment: number of its appointment at the start.
        standard_version: of the home forum's standard in force at the start, 0 if it has none.
        home_forum: number of the home forum.
    """

    chain_id: int
    genesis: bytes
    registry: str
    agency: int
    collector: str
    appointment: int
    standard_version: int
    home_forum: int


@dataclass(frozen=True, slots=True)
class PackageDraft:
    """What a collection report is made from: all but the report itself, and all that follows from it.

    Args:
        folder: where the package is being made; the report goes into ``report/`` there.
        record, record_sha256: the investigator's record.
        context: for which chain, by whom.
        facts: declared facts, packed.
        supports: what each declared step rests on.
        findings: about the acquisition as a whole.
        comparisons: with the list of digests from the source, if one was expected.
        refusals: earlier attempts, refused, of this case or record.
        exhibits: number of exhibits so far; size: their bytes together.
        exhibits_sha256: hash (hex) of the lines of all exhibits before the report's own.
    """

    folder: Path
    record: Record
    record_sha256: str
    context: PackContext
    facts: int
    supports: tuple[Support, ...]
    findings: tuple[Finding, ...]
    comparisons: tuple[Comparison, ...]
    refusals: tuple[Refusal, ...]
    exhibits: int
    size: int
    exhibits_sha256: str

    def entries(self) -> Iterator[Entry]:
        """The exhibits so far, read as they are asked for."""
        with (self.folder / LIST).open("rb") as stream:
            for line in stream:
                yield Entry.decode(line.rstrip(b"\n"))

    def notes(self) -> Iterator[dict[str, object]]:
        """What intake remarked on single exhibits (see `Package.notes`)."""
        return Package(self.folder).notes()


WriteReport = Callable[[PackageDraft], Path | None]
"""Writes the collection report into the draft's ``report/`` and names its JSON, the last exhibit to be."""
