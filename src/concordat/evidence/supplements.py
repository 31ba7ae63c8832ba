# SPDX-License-Identifier: Apache-2.0
"""Supplements of a package: documents that came later, each set with a tree of its own.

``supplements/NNN/`` holds supplement.json (leaf 0), exhibits.jsonl, salt.seed and documents/, built as the
package itself is. The root over them is the document root that ``supplement`` puts on the chain; the
acquisition's own root stays.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from concordat.errors import UsageError
from concordat.evidence import canonical, fields, merkle, store
from concordat.evidence.documents import DocumentNames, describe
from concordat.evidence.manifest import Entry, Manifest
from concordat.evidence.packagefiles import PackageFiles
from concordat.evidence.steps import Role, Step
from concordat.evidence.tree import LIST, SEED, AcquisitionTree

VERSION: Final = "supplement/1"
FOLDER: Final = "supplements"
HEAD: Final = "supplement.json"

_HEAD: Mapping[str, fields.Check] = {
    "concordat": fields.one_of(VERSION),
    "number": fields.number(1),
    "agency": fields.number(1, (1 << 32) - 1),
    "root": fields.hexed(32, "0x"),
    "chain": lambda value: isinstance(value, dict),
    "steps": fields.list_of(fields.one_of(*(step.name for step in Step))),
    "leaves": fields.number(2, merkle.MAX_LEAVES),
    "exhibits_sha256": fields.hexed(32),
}


@dataclass(frozen=True, slots=True)
class Supplement:
    """One supplement as it lies in the package.

    Args:
        number: from 1.
        folder: where it lies.
        steps: what its documents show.
        tree: leaves, root, proofs.
        leaves, exhibits_sha256: what supplement.json says of the tree.
    """

    number: int
    folder: Path
    steps: tuple[Step, ...]
    tree: AcquisitionTree
    leaves: int
    exhibits_sha256: str


def read(folder: Path) -> Supplement:
    """Read one supplement.

    Raises:
        NotCanonicalError, FieldError: supplement.json is not what was written.
    """
    name = f"{FOLDER}/{folder.name}/{HEAD}"
    form = canonical.loads((folder / HEAD).read_bytes(), name)
    fields.check(form, name, _HEAD)
    steps = tuple(Step[step] for step in form["steps"])
    return Supplement(form["number"], folder, steps, tree_of(folder), form["leaves"], form["exhibits_sha256"])


def tree_of(folder: Path) -> AcquisitionTree:
    """The tree of a supplement's folder."""
    return AcquisitionTree(folder / HEAD, folder / LIST, folder / SEED)


def add(
    files: PackageFiles,
    manifest: Manifest,
    root: bytes,
    steps: Iterable[Step],
    documents: Sequence[tuple[Role, Path]],
) -> Supplement:
    """Lay a supplement into the package: all of it or, if it fails, nothing that counts.

    Args:
        files: of the package.
        manifest: of the acquisition that is supplemented.
        root: its root, 32 bytes.
        steps: what the documents show.
        documents: role and file of each; the files are copied.

    Raises:
        UsageError: no steps or no documents.
        FileError: a document cannot be read, or the disk is full.
    """
    wanted = tuple(sorted(set(steps)))
    if not documents or not wanted:
        raise UsageError(
            "A supplement needs documents, and steps that they show.",
            code="supplement.empty",
            kept="The package is as it was.",
            next="Name at least one document with its role.",
        )
    taken = {name.split("/")[1] for name in files.vouched() if name.startswith(f"{FOLDER}/")}
    number = len(taken) + 1
    below = f"{FOLDER}/{number:03d}"
    with store.guard("write the supplement", kept="The package is as it was before."):
        entries = _copy(files, below, documents)
        lines = b"".join(entry.encode() + b"\n" for entry in entries)
        head = {
            "concordat": VERSION,
            "number": number,
            "agency": manifest.agency,
            "root": f"0x{root.hex()}",
            "chain": manifest.as_dict()["chain"],
            "steps": [step.name for step in wanted],
            "leaves": len(entries) + 1,
            "exhibits_sha256": hashlib.sha256(lines).hexdigest(),
        }
        fields.check(head, HEAD, _HEAD)
        files.commit(
            "supplemented",
            {
                f"{below}/{HEAD}": canonical.dumps(head),
                f"{below}/{LIST}": lines,
                f"{below}/{SEED}": secrets.token_hex(merkle.HASH_BYTES).encode() + b"\n",
            },
            placed={f"{below}/{entry.path}": entry.sha256 for entry in entries},
            number=number,
            steps=head["steps"],
        )
    return read(files.path(below))


def _copy(files: PackageFiles, below: str, documents: Sequence[tuple[Role, Path]]) -> list[Entry]:
    names = DocumentNames()
    entries = []
    for n, (role, source) in enumerate(documents, 1):
        path = names.name(source)
        target = files.path(f"{below}/{path}")
        store.copy(source, target)
        entries.append(describe(n, path, target, role))
    return entries
