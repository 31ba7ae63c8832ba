# SPDX-License-Identifier: Apache-2.0
"""One exhibit's proof in one JSON file that stands alone: entry, salt, path, root; and the manifest likewise.

With it and the exhibit's file, anybody can check that the file belongs to the acquisition registered under
(agency, root), and learns nothing of the other exhibits. The manifest binds number of leaves, agency and
chain; without it (it can be left out: it names case and attesters) these are only said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from concordat.errors import VerificationError
from concordat.evidence import canonical, fields, merkle
from concordat.evidence.manifest import Entry, Manifest
from concordat.evidence.tree import AcquisitionTree

VERSION: Final = "exhibit-proof/1"

_LEAF: Mapping[str, fields.Check] = {
    "index": fields.number(0, merkle.MAX_LEAVES - 1),
    "data": lambda value: isinstance(value, dict),
    "salt": fields.hexed(32),
    "path": fields.list_of(fields.hexed(32)),
}
_PROOF: Mapping[str, fields.Check] = {
    "concordat": fields.one_of(VERSION),
    "chain": fields.within(
        {"id": fields.number(1), "genesis": fields.hexed(32, "0x"), "registry": fields.hexed(20, "0x")}
    ),
    "agency": fields.number(1, (1 << 32) - 1),
    "root": fields.hexed(32, "0x"),
    "leaves": fields.number(1, merkle.MAX_LEAVES),
    "exhibit": fields.within(_LEAF),
    "manifest": fields.maybe(fields.within(_LEAF)),
}


class ProofError(VerificationError):
    """A proof that does not prove what it says."""

    default_code = "proof.wrong"


@dataclass(frozen=True, slots=True)
class ExhibitProof:
    """A proof that was checked in itself: its leaves hash up to its root. What is registered, a chain tells.

    Args:
        entry: the exhibit.
        manifest: leaf 0, or None if it was left out.
        chain_id, genesis, registry, agency: of the registration, bound by the manifest if there is one.
        root: 32 bytes.
        leaves: number of leaves.
    """

    entry: Entry
    manifest: Manifest | None
    chain_id: int
    genesis: bytes
    registry: str
    agency: int
    root: bytes
    leaves: int


def build(
    tree: AcquisitionTree, manifest: Manifest, index: int, *, with_manifest: bool = True
) -> dict[str, Any]:
    """Make the proof of exhibit ``index`` as a JSON object.

    Raises:
        TreeError: there is no such exhibit.
    """
    if not 1 <= index < manifest.leaves:
        raise merkle.TreeError(
            f"There is no exhibit {index}: this acquisition has {manifest.leaves - 1}, counted from 1.",
            next="Name one of them.",
        )
    return {
        "concordat": VERSION,
        "chain": manifest.as_dict()["chain"],
        "agency": manifest.agency,
        "root": f"0x{tree.root().hex()}",
        "leaves": manifest.leaves,
        "exhibit": _leaf(tree, index),
        "manifest": _leaf(tree, 0) if with_manifest else None,
    }


def check(form: Any) -> ExhibitProof:
    """Check a proof (parsed JSON) in itself.

    Raises:
        FieldError: it is not of the form of a proof.
        ProofError: a leaf does not stand where it says, or the manifest says something else.
    """
    fields.check(form, "The proof", _PROOF)
    entry = Entry.decode(canonical.dumps(form["exhibit"]["data"]), "The exhibit's entry in the proof")
    root = bytes.fromhex(form["root"][2:])
    if entry.n != form["exhibit"]["index"]:
        raise ProofError(
            f"The proof is of leaf {form['exhibit']['index']}, but the entry is exhibit {entry.n}."
        )
    if not _stands(form["exhibit"], form["leaves"], root):
        raise ProofError(f"Exhibit {entry.n} does not belong to the acquisition with root {form['root']}.")
    return ExhibitProof(
        entry=entry,
        manifest=_manifest(form, root),
        chain_id=form["chain"]["id"],
        genesis=bytes.fromhex(form["chain"]["genesis"][2:]),
        registry=form["chain"]["registry"],
        agency=form["agency"],
        root=root,
        leaves=form["leaves"],
    )


def _manifest(form: Mapping[str, Any], root: bytes) -> Manifest | None:
    """The manifest of a proof, if it has one that stands and says what the proof says."""
    leaf = form["manifest"]
    if leaf is None:
        return None
    if leaf["index"] != 0 or not _stands(leaf, form["leaves"], root):
        raise ProofError(
            f"The manifest in the proof does not belong to the acquisition with root {form['root']}."
        )
    said = Manifest.decode(canonical.dumps(leaf["data"]))
    for name, proof, manifest in (
        ("number of leaves", form["leaves"], said.leaves),
        ("agency", form["agency"], said.agency),
        ("chain", form["chain"], said.as_dict()["chain"]),
    ):
        if proof != manifest:
            raise ProofError(
                f"The proof says another {name} than the manifest in it: {proof}, not {manifest}."
            )
    return said


def _leaf(tree: AcquisitionTree, index: int) -> dict[str, Any]:
    return {
        "index": index,
        "data": canonical.loads(tree.line(index)),
        "salt": tree.salt(index).hex(),
        "path": _hexed(tree.path(index)),
    }


def _stands(leaf: Mapping[str, Any], leaves: int, root: bytes) -> bool:
    hashed = merkle.leaf_hash(bytes.fromhex(leaf["salt"]), canonical.dumps(leaf["data"]))
    return merkle.verify(hashed, leaf["index"], leaves, [bytes.fromhex(part) for part in leaf["path"]], root)


def _hexed(path: Iterable[bytes]) -> list[str]:
    return [part.hex() for part in path]
