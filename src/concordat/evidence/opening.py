# SPDX-License-Identifier: Apache-2.0
"""What is checked when a package is opened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from concordat.errors import VerificationError
from concordat.evidence import store
from concordat.evidence.chained import BrokenLogError
from concordat.evidence.fields import FieldError
from concordat.evidence.layout import CORE, HASHED_AT_OPENING, RECORD
from concordat.evidence.packagefiles import SUMS
from concordat.evidence.tree import LIST

if TYPE_CHECKING:
    from concordat.evidence.package import Package

KEPT: Final = "Nothing was changed."
_RESTORE = (
    "List all that changed with `concordat verify`, then take these files from a backup of the package."
)


class PackageError(VerificationError):
    """The package is not what was packed."""

    default_code = "package.damaged"


def check(package: Package) -> None:
    """Check all that can be checked without reading documents or exhibits.

    Raises:
        PackageError: a file is missing, or is not the one that was written.
    """
    missing = [name for name in CORE if not package.files.path(name).is_file()]
    if missing:
        raise PackageError(
            f"{package.name} lacks {', '.join(missing)}.", code="package.incomplete", next=_RESTORE
        )
    try:
        known = package.files.vouched()
    except (BrokenLogError, FieldError) as error:
        raise PackageError(error.message, kept=KEPT, next=_RESTORE) from error
    missing = [name for name in known if not package.current(name, known).is_file()]
    if missing:
        raise PackageError(
            f"{package.name} lacks {', '.join(missing)}.", code="package.incomplete", next=_RESTORE
        )
    altered = [
        name
        for name in HASHED_AT_OPENING
        if name in known and store.sha256_of(package.current(name, known)) != known[name]
    ]
    if not package.files.sums_stand(known):
        altered.append(SUMS)
    if altered:
        raise PackageError(
            f"{', '.join(altered)} of {package.name}: changed since it was written.", next=_RESTORE
        )
    _check_manifest(package, known)


def _check_manifest(package: Package, known: Mapping[str, str]) -> None:
    said = package.manifest
    for name, digest in ((RECORD, said.record_sha256), (LIST, said.exhibits_sha256)):
        if known.get(name) != digest:
            raise PackageError(f"{name} is not the one that the manifest names.", next=_RESTORE)
    if package.tree.count() != said.leaves:
        raise PackageError("The list of exhibits is not as long as the manifest says.", next=_RESTORE)
    for entry in package.documents():
        if package.files.path(entry.path).stat().st_size != entry.size:
            raise PackageError(f"{entry.path} has not the size that was packed.", next=_RESTORE)
