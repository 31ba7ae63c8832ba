# SPDX-License-Identifier: Apache-2.0
"""The compiled contracts that travel in the wheel: ABI, creation code, deployed code and its immutables."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from concordat.errors import FileError
from concordat.ledger import abi as codec

_FOLDER = resources.files("concordat") / "data" / "artifacts"


@dataclass(frozen=True)
class Artifact:
    """One contract as compiled.

    Attributes:
        bytecode: creation code without constructor arguments.
        deployed: code as it stands after creation, immutables zero.
        immutables: places in ``deployed`` that creation fills, as (start, length) in bytes.
    """

    name: str
    abi: Sequence[Mapping[str, Any]]
    bytecode: bytes
    deployed: bytes
    immutables: tuple[tuple[int, int], ...]


@cache
def load(name: str) -> Artifact:
    """The artifact of a contract.

    Raises:
        FileError: this installation does not have it.
    """
    try:
        text = (_FOLDER / f"{name}.json").read_text(encoding="utf-8")
    except OSError as error:
        raise FileError(
            f"The compiled contract {name} is not part of this installation.",
            code="artifact.missing",
            next="Install the released package again; in a development checkout, run: make artifacts",
        ) from error
    return _parse(name, json.loads(text))


@cache
def names() -> tuple[str, ...]:
    """All contracts that this installation has, sorted."""
    if not _FOLDER.is_dir():
        return ()
    found = (entry.name for entry in _FOLDER.iterdir())
    return tuple(sorted(name[:-5] for name in found if name.endswith(".json")))


@cache
def errors() -> Mapping[bytes, tuple[Mapping[str, Any], ...]]:
    """Every typed error of every contract, by selector. Same selector, same signature: one entry."""
    found: dict[bytes, dict[str, Mapping[str, Any]]] = {}
    for name in names():
        for entry in load(name).abi:
            if entry["type"] == "error":
                found.setdefault(codec.selector(entry), {})[codec.signature(entry)] = entry
    return {key: tuple(entries.values()) for key, entries in found.items()}


def _parse(name: str, raw: Mapping[str, Any]) -> Artifact:
    places = (raw.get("immutableReferences") or {}).values()
    return Artifact(
        name=name,
        abi=tuple(raw["abi"]),
        bytecode=codec.to_bytes(raw["bytecode"]),
        deployed=codec.to_bytes(raw["deployedBytecode"]),
        immutables=tuple(sorted((place["start"], place["length"]) for group in places for place in group)),
    )
