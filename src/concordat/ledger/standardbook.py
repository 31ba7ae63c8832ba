# SPDX-License-Identifier: Apache-2.0
"""All standards of a suite at one moment: read from its events, kept in a file, asked without network."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from concordat.errors import FileError
from concordat.evidence.facts import Facts
from concordat.evidence.methods import Method
from concordat.evidence.standards import Assessment, Origin, Standard, check, origin_of
from concordat.ledger.protocol import Event, Ledger


@dataclass(frozen=True)
class Adopted:
    """One version of one standard.

    Attributes:
        version: from 1.
        standard: with the hour at which the next version took its place.
        rules: SHA-256 of the rule file that explains it; zero for the baseline.
    """

    forum: int
    origin: Origin
    method: Method
    version: int
    standard: Standard
    rules: bytes


@dataclass
class StandardBook:
    """Standards by StandardKey.

    Attributes:
        read_at: time of the chain when it was read, seconds since 1970 UTC.
        genesis_id: of the suite, 0x and 64 digits.
    """

    genesis_id: str = ""
    read_at: int = 0
    versions: dict[int, list[Adopted]] = field(default_factory=dict)

    @classmethod
    def read(cls, ledger: Ledger) -> StandardBook:
        """Read all standards of a suite from its events."""
        book = cls("0x" + ledger.genesis_id.hex(), ledger.now())
        adopted = ledger.events("StandardsRegistry", "StandardAdopted")
        cancelled = ledger.events("StandardsRegistry", "AdoptionCancelled")
        for event in sorted((*adopted, *cancelled), key=lambda each: (each.block, each.log_index)):
            book._apply(event)
        return book

    def all(self) -> Iterator[Adopted]:
        """Every version, by forum, origin, method and version."""
        for key in sorted(self.versions):
            yield from self.versions[key]

    def of(self, forum: int, origin: Origin, method: Method) -> list[Adopted]:
        """All versions of one standard, the earliest first."""
        return list(self.versions.get(key_of(forum, origin, method), ()))

    def in_force(self, facts: Facts, forum: int) -> Adopted | None:
        """The version by which a forum judges such facts; None if it has none."""
        candidates = self.of(forum, origin_of(facts.place, forum), facts.method)
        fitting = [each for each in candidates if each.standard.in_force_at(facts.started_at)]
        return fitting[-1] if fitting else None

    def check(self, facts: Facts, forum: int, at: int) -> Assessment:
        """What ``StandardsRegistry.check`` answers, without network."""
        found = self.in_force(facts, forum)
        return check(
            facts, found.standard if found else None, forum, at, version=found.version if found else 0
        )

    def to_json(self) -> str:
        """The book as text."""
        rows = [
            {
                "key": key,
                "version": each.version,
                "core": f"0x{each.standard.pack()[0]:064x}",
                "extension": f"0x{each.standard.pack()[1]:064x}",
                "rules": "0x" + each.rules.hex(),
            }
            for key in sorted(self.versions)
            for each in self.versions[key]
        ]
        content = {"version": 1, "genesis_id": self.genesis_id, "read_at": self.read_at, "standards": rows}
        return json.dumps(content, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> StandardBook:
        """A book from its text.

        Raises:
            FileError: it is none.
        """
        try:
            content = json.loads(text)
            book = cls(content["genesis_id"], content["read_at"])
            for row in content["standards"]:
                book._add(
                    row["key"],
                    row["version"],
                    Standard.unpack(int(row["core"], 16), int(row["extension"], 16)),
                    bytes.fromhex(row["rules"][2:]),
                )
        except (ValueError, KeyError, TypeError) as error:
            raise FileError(
                "The workspace's copy of the standards is damaged.",
                code="standards.damaged",
                next="Read them again: concordat standard list",
            ) from error
        return book

    def _apply(self, event: Event) -> None:
        key, version = event.args["key"], event.args["version"]
        earlier = self.versions.get(key, [])
        if event.name == "AdoptionCancelled":
            earlier.pop()
            if earlier:
                earlier[-1] = _until(earlier[-1], 0)
            return
        standard = Standard.unpack(event.args["core"], event.args["extension"])
        if earlier:
            earlier[-1] = _until(earlier[-1], standard.from_hour)
        self._add(key, version, standard, event.args["rules"])

    def _add(self, key: int, version: int, standard: Standard, rules: bytes) -> None:
        adopted = Adopted(key >> 7, Origin(key >> 6 & 1), Method(key & 0x3F), version, standard, rules)
        self.versions.setdefault(key, []).append(adopted)


def key_of(forum: int, origin: Origin, method: Method) -> int:
    """StandardKey: forum 10 bits, origin 1, method 6."""
    return forum << 7 | origin << 6 | method


def _until(adopted: Adopted, hour: int) -> Adopted:
    return replace(adopted, standard=replace(adopted.standard, until_hour=hour))
