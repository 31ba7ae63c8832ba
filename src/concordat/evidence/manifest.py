# SPDX-License-Identifier: Apache-2.0
"""Leaf 0, the manifest: what an acquisition is, whose, with what facts, for which chain; and exhibits' lines.

Both are canonical JSON and read strictly: an unknown key, a missing one or another form is refused, so that
two programs can never read two things in what one signature covers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from concordat.evidence import canonical, fields
from concordat.evidence.merkle import MAX_LEAVES
from concordat.evidence.steps import Role, Step

VERSION: Final = "manifest/1"
REPORT_ROLE: Final = "COLLECTION_REPORT"
"""Role of the exhibit that the package writes itself; all other roles are those of `Role`."""

_HASH = fields.hexed(32)
_SUPPORT = {
    "step": fields.one_of(*(step.name for step in Step)),
    "support": fields.one_of("document", "attester", "declared"),
    "exhibit": fields.maybe(fields.number(0, MAX_LEAVES)),
    "attester": fields.maybe(fields.text),
}
_FINDING = {
    "code": fields.text,
    "severity": fields.one_of("info", "warn"),
    "path": fields.text,
    "en": fields.text,
    "zh": fields.text,
}
_MANIFEST: Mapping[str, fields.Check] = {
    "concordat": fields.one_of(VERSION),
    "case": fields.text,
    "agency": fields.number(1, (1 << 32) - 1),
    "collector": fields.hexed(20, "0x"),
    "appointment": fields.number(0, (1 << 16) - 1),
    "facts": fields.hexed(20, "0x"),
    "standard": fields.within({"forum": fields.number(0, 1023), "version": fields.number(0, (1 << 16) - 1)}),
    "mandate": fields.hexed(32, "0x"),
    "preserve": fields.flag,
    "chain": fields.within(
        {"id": fields.number(1), "genesis": fields.hexed(32, "0x"), "registry": fields.hexed(20, "0x")}
    ),
    "leaves": fields.number(1, MAX_LEAVES),
    "exhibits_sha256": _HASH,
    "record_sha256": _HASH,
    "supports": fields.list_of(fields.within(_SUPPORT)),
    "findings": fields.list_of(fields.within(_FINDING, {"path_bytes": fields.text})),
    "refusals": fields.list_of(_HASH),
}
_ENTRY: Mapping[str, fields.Check] = {
    "n": fields.number(1, MAX_LEAVES),
    "path": fields.text,
    "size": fields.number(),
    "sha256": _HASH,
    "sm3": _HASH,
    "kind": fields.text,
    "role": fields.maybe(fields.one_of(REPORT_ROLE, *Role)),
    "category": fields.maybe(fields.text),
    "number": fields.maybe(fields.text),
    "media": fields.maybe(fields.text),
    "findings": fields.list_of(fields.text),
}


@dataclass(frozen=True, slots=True)
class Support:
    """What one declared step rests on: an exhibit, a named attester, or only the collector's word.

    Args:
        step: its name.
        exhibit: number of the document; 0 is leaf 0: the manifest itself, or the record, which it binds.
        attester: who attests it, with a reference if there is one.
    """

    step: str
    exhibit: int | None = None
    attester: str | None = None

    @property
    def kind(self) -> str:
        """``document``, ``attester`` or ``declared``."""
        if self.exhibit is not None:
            return "document"
        return "declared" if self.attester is None else "attester"

    def as_dict(self) -> dict[str, Any]:
        """The form in the manifest."""
        return {"step": self.step, "support": self.kind, "exhibit": self.exhibit, "attester": self.attester}


@dataclass(frozen=True, slots=True)
class Manifest:
    """Leaf 0.

    Args:
        case: the agency's own number of the case.
        agency: number of the agency in the registry.
        collector: address that signs, lower-case hex with 0x.
        appointment: number of the collector's appointment.
        facts: declared facts, packed (uint160).
        forum: ISO 3166-1 number of the home forum; standard_version: its standard, 0 where it has none.
        mandate: assistance request, 32 bytes; zero if none.
        preserve: store as Preserved if the home standard refuses.
        chain_id, genesis (32 bytes), registry (address, lower-case): the only place for registering this.
        leaves: number of leaves, this one included.
        exhibits_sha256, record_sha256: hex hashes of the bytes of exhibits.jsonl and record.yaml.
        supports: what each declared step rests on.
        findings: findings about the acquisition as a whole, as intake gives them.
        refusals: hashes (hex) of earlier refused attempts, in their order.
    """

    case: str
    agency: int
    collector: str
    appointment: int
    facts: int
    forum: int
    standard_version: int
    mandate: bytes
    preserve: bool
    chain_id: int
    genesis: bytes
    registry: str
    leaves: int
    exhibits_sha256: str
    record_sha256: str
    supports: tuple[Support, ...] = ()
    findings: tuple[Mapping[str, Any], ...] = ()
    refusals: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The form that is hashed."""
        return {
            "concordat": VERSION,
            "case": self.case,
            "agency": self.agency,
            "collector": self.collector,
            "appointment": self.appointment,
            "facts": f"0x{self.facts:040x}",
            "standard": {"forum": self.forum, "version": self.standard_version},
            "mandate": f"0x{self.mandate.hex()}",
            "preserve": self.preserve,
            "chain": {"id": self.chain_id, "genesis": f"0x{self.genesis.hex()}", "registry": self.registry},
            "leaves": self.leaves,
            "exhibits_sha256": self.exhibits_sha256,
            "record_sha256": self.record_sha256,
            "supports": [support.as_dict() for support in self.supports],
            "findings": [dict(finding) for finding in self.findings],
            "refusals": list(self.refusals),
        }

    def encode(self) -> bytes:
        """Canonical bytes: the data of leaf 0.

        Raises:
            FieldError: a value that no reader would accept.
        """
        form = self.as_dict()
        fields.check(form, "manifest.json", _MANIFEST)
        return canonical.dumps(form)

    @classmethod
    def decode(cls, data: bytes) -> Manifest:
        """Read canonical bytes.

        Raises:
            NotCanonicalError: no canonical JSON.
            FieldError: a key is unknown, missing or of another form; a support that contradicts itself.
        """
        form = canonical.loads(data, "manifest.json")
        fields.check(form, "manifest.json", _MANIFEST)
        manifest = cls(
            case=form["case"],
            agency=form["agency"],
            collector=form["collector"],
            appointment=form["appointment"],
            facts=int(form["facts"], 16),
            forum=form["standard"]["forum"],
            standard_version=form["standard"]["version"],
            mandate=bytes.fromhex(form["mandate"][2:]),
            preserve=form["preserve"],
            chain_id=form["chain"]["id"],
            genesis=bytes.fromhex(form["chain"]["genesis"][2:]),
            registry=form["chain"]["registry"],
            leaves=form["leaves"],
            exhibits_sha256=form["exhibits_sha256"],
            record_sha256=form["record_sha256"],
            supports=tuple(
                Support(each["step"], each["exhibit"], each["attester"]) for each in form["supports"]
            ),
            findings=tuple(form["findings"]),
            refusals=tuple(form["refusals"]),
        )
        if manifest.as_dict() != form:
            raise fields.FieldError("manifest.json: a step is said to rest on one thing and names another.")
        return manifest


@dataclass(frozen=True, slots=True)
class Entry:
    """The line of one exhibit: leaf ``n`` (from 1).

    Args:
        n: number, and index of the leaf.
        path: POSIX path relative to the folder that was given; for one with a role, to the package.
        size: bytes.
        sha256, sm3: hex digests of the content.
        kind: what the content is.
        role: role of a document, or "COLLECTION_REPORT"; None for a collected file.
        category, number: what the record says of it.
        media: media type, if known.
        findings: codes.
        path_bytes: hex of the path's bytes where they are not UTF-8; decides then.
    """

    n: int
    path: str
    size: int
    sha256: str
    sm3: str
    kind: str
    role: str | None = None
    category: str | None = None
    number: str | None = None
    media: str | None = None
    findings: tuple[str, ...] = ()
    path_bytes: str | None = None

    @property
    def inside(self) -> bool:
        """Whether the file lies in the package itself; collected files stay where they are."""
        return self.role is not None

    def as_dict(self) -> dict[str, Any]:
        """The form that is hashed. ``path_bytes`` is there only where it is needed."""
        form: dict[str, Any] = {
            "n": self.n,
            "path": self.path,
            "size": self.size,
            "sha256": self.sha256,
            "sm3": self.sm3,
            "kind": self.kind,
            "role": self.role,
            "category": self.category,
            "number": self.number,
            "media": self.media,
            "findings": list(self.findings),
        }
        if self.path_bytes is not None:
            form["path_bytes"] = self.path_bytes
        return form

    def encode(self) -> bytes:
        """Canonical bytes without a line end: the data of leaf ``n``."""
        return canonical.dumps(self.as_dict())

    @classmethod
    def decode(cls, line: bytes, what: str = "A line of exhibits.jsonl") -> Entry:
        """Read one line.

        Raises:
            NotCanonicalError: no canonical JSON.
            FieldError: a key is unknown, missing or of another form; a document lies outside.
        """
        form = canonical.loads(line, what)
        fields.check(form, what, _ENTRY, {"path_bytes": fields.text})
        if form["role"] is not None and not fields.below(form["path"]):
            raise fields.FieldError(f"{what} names a file that does not lie in the package.")
        return cls(**{**form, "findings": tuple(form["findings"])})
