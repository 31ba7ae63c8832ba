# SPDX-License-Identifier: Apache-2.0
"""What the workspace keeps of tasks and grants: secrets and texts, each under the id that the chain has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from concordat.assets.folders.privatefolder import BACKUP
from concordat.casework.desk import Desk
from concordat.errors import FileError, VerificationError
from concordat.evidence import canonical, fields, store


class Shelf:
    """One folder within ``.concordat`` whose files are written before anything is sent, and never changed.

    Args:
        desk: of the workspace.
        name: of the folder.
        form: of every file.
    """

    def __init__(self, desk: Desk, name: str, form: Mapping[str, fields.Check]) -> None:
        self.folder = desk.workspace.root / name
        self._form = form

    def put(self, key: bytes, values: Mapping[str, Any]) -> None:
        """Keep something under an id.

        Raises:
            FileError: it cannot be written.
        """
        with store.guard(f"write {self.folder.name}", kept="Nothing was sent."):
            self.folder.mkdir(exist_ok=True)
            store.write(self._path(key), canonical.dumps(dict(values)))

    def get(self, key: bytes) -> dict[str, Any] | None:
        """What is kept under an id; None if nothing is.

        Raises:
            FileError: it is damaged.
        """
        return self._read(self._path(key)) if self._path(key).exists() else None

    def every(self) -> Iterator[tuple[bytes, dict[str, Any]]]:
        """Everything that is kept, with its id.

        Raises:
            FileError: something is damaged.
        """
        for path in sorted(self.folder.glob("*.json")) if self.folder.is_dir() else ():
            yield bytes.fromhex(path.stem), self._read(path)

    def _path(self, key: bytes) -> Path:
        return self.folder / f"{key.hex()}.json"

    def _read(self, path: Path) -> dict[str, Any]:
        with store.guard(f"read {path.name}", next=BACKUP):
            data = path.read_bytes()
        try:
            values = canonical.loads(data, path.name)
            fields.check(values, path.name, self._form)
        except VerificationError as error:
            raise FileError(
                f"{self.folder.name}/{path.name} is damaged.",
                code="workspace.damaged",
                kept="Nothing was sent.",
                next=BACKUP,
            ) from error
        return dict(values)
