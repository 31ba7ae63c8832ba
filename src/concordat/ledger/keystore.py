# SPDX-License-Identifier: Apache-2.0
"""Encrypted keystores (Web3 Secret Storage, version 3, scrypt), one file a key, named by the user."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eth_account import Account
from eth_utils.address import to_checksum_address

from concordat.errors import AuthorityError, FileError, UsageError
from concordat.evidence import store

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
SHORTEST_PASSWORD = 8


@dataclass(frozen=True)
class StoredKey:
    """A key as listed: nothing secret."""

    name: str
    address: str

    @property
    def uri(self) -> str:
        """How commands and configuration name it."""
        return f"keystore:{self.name}"


def create(folder: Path, name: str, password: str) -> StoredKey:
    """Make a new random key and store it encrypted.

    Raises:
        UsageError: the name is taken or no file name, or the password is too short.
    """
    return save(folder, name, bytes(Account.create().key), password)


def import_file(folder: Path, name: str, source: Path, source_password: str, password: str) -> StoredKey:
    """Take over a keystore file of another program, encrypted anew.

    Raises:
        UsageError, FileError, AuthorityError: as for ``create``; no keystore; wrong password.
    """
    return save(folder, name, _open(_read(source, source.name), source.name, source_password), password)


def import_private_key(folder: Path, name: str, key: bytes, password: str) -> StoredKey:
    """Take over a bare private key of 32 bytes (a development chain's, or one read from a file).

    Raises:
        UsageError: as for ``create``, or these bytes are no private key.
    """
    return save(folder, name, key, password)


def save(folder: Path, name: str, key: bytes, password: str) -> StoredKey:
    """Encrypt ``key`` into ``folder``; the file is complete or not there at all."""
    if not _NAME.fullmatch(name):
        raise UsageError(
            f"'{name}' cannot name a key.",
            code="key.name",
            next="Use letters, digits, '-', '_' and '.', up to 64.",
        )
    if len(password) < SHORTEST_PASSWORD:
        raise UsageError(
            f"The password has fewer than {SHORTEST_PASSWORD} characters.",
            code="key.password_short",
            kept="No key was written.",
            next="Choose a longer one.",
        )
    path = folder / f"{name}.json"
    if path.exists():
        raise UsageError(
            f"There is already a key named '{name}'.",
            code="key.exists",
            kept="It was not touched.",
            next="Choose another name, or see: concordat key list",
        )
    try:
        account = Account.from_key(key)
        content = json.dumps(Account.encrypt(key, password))
    except (
        Exception
    ) as error:  # eth_keys has its own tree; a wrong length is a ValueError, a zero key another
        raise UsageError(
            "These bytes are no private key.", code="key.invalid", kept="No key was written."
        ) from error
    with store.guard(f"write the key to {path}", kept="No key was made."):
        store.write(path, content.encode())
    return StoredKey(name, str(account.address))


def decrypt(folder: Path, name: str, password: str) -> bytes:
    """The 32 bytes of a stored key.

    Raises:
        UsageError: there is no such key.
        AuthorityError: the password is wrong.
        FileError: the file is damaged.
    """
    return _open(_read(find(folder, name), f"the key '{name}'"), f"the key '{name}'", password)


def find(folder: Path, name: str) -> Path:
    """The file of a stored key.

    Raises:
        UsageError: there is no such key.
    """
    path = folder / f"{name}.json"
    if not _NAME.fullmatch(name) or not path.exists():
        known = ", ".join(key.name for key in stored(folder)) or "none"
        raise UsageError(
            f"There is no key named '{name}' in this workspace (there are: {known}).",
            code="key.unknown",
            next="Make one with: concordat key new NAME",
        )
    return path


def stored(folder: Path) -> list[StoredKey]:
    """All keys of the folder, by name; files that are no keystores are left out."""
    found = []
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else ():
        try:
            address = str(json.loads(path.read_text(encoding="utf-8"))["address"])
            found.append(StoredKey(path.stem, str(to_checksum_address(address))))
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return found


def _read(path: Path, what: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(f"The file of {what} cannot be read: {path}.", code="key.unreadable") from error


def _open(text: str, what: str, password: str) -> bytes:
    content = _parse(text)
    if content is None:
        raise FileError(
            f"The file of {what} is no encrypted keystore (Web3 Secret Storage, version 3).",
            code="key.damaged",
        )
    try:
        return bytes(Account.decrypt(content, password))
    except ValueError as error:
        if "MAC" not in str(error):
            raise FileError(f"The file of {what} is damaged.", code="key.damaged") from error
        raise AuthorityError(
            f"The password does not open {what}.",
            code="key.password_wrong",
            kept="Nothing was signed or sent.",
            next="Run the command again with the right password.",
        ) from error
    except (KeyError, TypeError, NotImplementedError) as error:
        raise FileError(f"The file of {what} is damaged.", code="key.damaged") from error


def _parse(text: str) -> dict[str, Any] | None:
    try:
        content = json.loads(text)
    except ValueError:
        return None
    is_keystore = isinstance(content, dict) and "crypto" in {key.lower() for key in content}
    return content if is_keystore else None
