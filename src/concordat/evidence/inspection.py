# SPDX-License-Identifier: Apache-2.0
"""The package's own files against what vouches for them: history, ``SHA256SUMS``, manifest, list of exhibits.

Whichever of these is damaged, the others tell which file it was. Somebody who alters a file and all of them
with it is found by the root, which is on the chain.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from concordat.errors import VerificationError
from concordat.evidence import checksums, store
from concordat.evidence.chained import BrokenLogError
from concordat.evidence.fields import FieldError, below
from concordat.evidence.layout import MANIFEST, RECORD
from concordat.evidence.manifest import Entry, Manifest
from concordat.evidence.package import Package
from concordat.evidence.packagefiles import HISTORY, SUMS, PackageFiles
from concordat.evidence.results import Item
from concordat.evidence.resulttexts import State
from concordat.evidence.tree import LIST, SEED


@dataclass(slots=True)
class Inspection:
    """What the package's own files are worth.

    Args:
        items: those that are not as they were written.
        known: SHA-256 (hex) by name, as far as anything vouches for it.
        interrupted: whether the last change of the package was not finished.
        manifest: the manifest, if it stands.
        listed: whether the list of exhibits stands, so that files may be compared with it.
        rooted: whether all that the root is computed from stands.
    """

    items: list[Item] = field(default_factory=list)
    known: Mapping[str, str] = field(default_factory=dict)
    interrupted: bool = False
    manifest: Manifest | None = None
    listed: bool = False
    rooted: bool = False

    def bad(self, name: str) -> bool:
        """Whether a file is among the items."""
        return any(item.name == name and item.exhibit is None for item in self.items)


def inspect(package: Package, documents: Mapping[str, Entry]) -> Inspection:
    """Look at all files of the package but ``documents`` (exhibits that lie in it), compared elsewhere."""
    found = Inspection()
    known = found.known = _vouched(package.files, found)
    for name, digest in sorted(known.items()):
        if name not in documents:
            _look(package.files, name, digest, found)
    if not found.bad(HISTORY):
        _look_at_sums(package.files, known, found)
    for name in package.files.present():
        if name not in known and name not in (HISTORY, SUMS):
            found.items.append(Item(State.EXTRA, name))
    _look_at_manifest(package, found)
    if not found.listed:  # then nothing else says what the documents are
        for name in sorted(known.keys() & documents.keys()):
            _look(package.files, name, known[name], found)
    return found


def _vouched(files: PackageFiles, found: Inspection) -> dict[str, str]:
    """Hashes by name, by the history; if that is damaged, by ``SHA256SUMS``."""
    if files.path(HISTORY).is_file():
        try:
            files.history.entries(whole=True)
            return files.vouched()
        except (BrokenLogError, FieldError) as error:
            found.items.append(Item(State.CHANGED, HISTORY, differs=(error.message,)))
    else:
        found.items.append(Item(State.MISSING, HISTORY))
    try:
        known = checksums.parse(files.path(SUMS).read_bytes())
    except FileNotFoundError:
        found.items.append(Item(State.MISSING, SUMS))
        return {}
    except VerificationError as error:
        found.items.append(Item(State.CHANGED, SUMS, differs=(error.message,)))
        return {}
    return {name: digest for name, digest in known.items() if name != HISTORY and below(name)}


def _look(files: PackageFiles, name: str, digest: str, found: Inspection) -> None:
    place = files.current(name, digest)
    found.interrupted = found.interrupted or place != files.path(name)
    if not place.is_file():
        found.items.append(Item(State.MISSING, name))
        return
    try:
        now = store.sha256_of(place)
    except OSError as error:
        found.items.append(Item(State.UNREADABLE, name, now=error.strerror or type(error).__name__))
        return
    if now != digest:
        found.items.append(Item(State.CHANGED, name, differs=("sha256",), actual_size=place.stat().st_size))


def _look_at_sums(files: PackageFiles, known: Mapping[str, str], found: Inspection) -> None:
    path = files.path(SUMS)
    if not path.is_file():
        found.items.append(Item(State.MISSING, SUMS))
    elif path.read_bytes() != files.expected_sums(known):
        if files.sums_stand(known):
            found.interrupted = True
        else:
            found.items.append(Item(State.CHANGED, SUMS, differs=("sha256",)))


def _look_at_manifest(package: Package, found: Inspection) -> None:
    """The manifest, and what it says of record and list: nobody can move these without moving the root."""
    lost = {name for name in (MANIFEST, RECORD, LIST, SEED) if not package.files.path(name).is_file()}
    found.listed = not found.bad(LIST) and LIST not in lost
    if found.bad(MANIFEST) or MANIFEST in lost:
        return
    try:
        said = Manifest.decode(package.files.path(MANIFEST).read_bytes())
    except VerificationError as error:
        found.items.append(Item(State.CHANGED, MANIFEST, differs=(error.message,)))
        return
    found.manifest = said
    for name, digest in ((RECORD, said.record_sha256), (LIST, said.exhibits_sha256)):
        path = package.files.path(name)
        if name not in lost and not found.bad(name) and store.sha256_of(path) != digest:
            found.items.append(
                Item(State.CHANGED, name, differs=("sha256",), actual_size=path.stat().st_size)
            )
            found.listed = found.listed and name != LIST
    found.rooted = found.listed and not found.bad(SEED) and SEED not in lost
