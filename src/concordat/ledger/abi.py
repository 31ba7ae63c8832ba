# SPDX-License-Identifier: Apache-2.0
"""Values to calldata and back, by the ABIs that the package carries.

Structs come back as named tuples with the Solidity field names (a Python keyword gets a trailing underscore:
the ``from`` of a ``Suspension`` is ``from_``). Addresses come back with their checksum, ``bytesN`` as
``bytes``. Going in, a struct may be a mapping, a tuple or a named tuple; bytes may be ``0x`` text.
"""

from __future__ import annotations

import keyword
from collections import namedtuple
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from eth_abi.abi import decode as abi_decode
from eth_abi.abi import encode as abi_encode
from eth_utils.address import to_checksum_address
from eth_utils.crypto import keccak

Abi = Mapping[str, Any]


def signature(entry: Abi) -> str:
    """Canonical signature of a function, error or event: ``name(type,type)``."""
    return f"{entry['name']}({','.join(canonical(part) for part in entry['inputs'])})"


def canonical(part: Abi) -> str:
    """Canonical type of one parameter; a struct is the tuple of its fields' types."""
    kind: str = part["type"]
    if not kind.startswith("tuple"):
        return kind
    return f"({','.join(canonical(field) for field in part['components'])}){kind[len('tuple') :]}"


def selector(entry: Abi) -> bytes:
    """First four bytes of calldata or of revert data."""
    return bytes(keccak(text=signature(entry))[:4])


def topic(entry: Abi) -> bytes:
    """First topic of an event."""
    return bytes(keccak(text=signature(entry)))


def encode(parts: Sequence[Abi], values: Sequence[Any]) -> bytes:
    """``values`` as ABI-encoded parameters.

    Raises:
        ValueError: wrong number or kind of values.
    """
    if len(parts) != len(values):
        raise ValueError(f"{len(parts)} values are needed, {len(values)} were given")
    ready = [_into(part, value) for part, value in zip(parts, values, strict=True)]
    try:
        return bytes(abi_encode([canonical(part) for part in parts], ready))
    except Exception as error:  # eth_abi has several unrelated exception trees for a value that does not fit
        raise ValueError(f"a value does not fit its type: {error}") from error


def decode(parts: Sequence[Abi], data: bytes) -> tuple[Any, ...]:
    """The values of ABI-encoded parameters.

    Raises:
        ValueError: ``data`` does not hold such values.
    """
    try:
        values = abi_decode([canonical(part) for part in parts], data)
    except Exception as error:  # see encode
        raise ValueError(f"the answer does not have the expected form: {error}") from error
    return tuple(_out(part, value) for part, value in zip(parts, values, strict=True))


def calldata(function: Abi, values: Sequence[Any]) -> bytes:
    """Selector and parameters of a call."""
    return selector(function) + encode(function["inputs"], values)


def result(function: Abi, data: bytes) -> Any:
    """What a call returned: nothing, the one value, or a named tuple of several."""
    outputs = function["outputs"]
    values = decode(outputs, data)
    if not values:
        return None
    return values[0] if len(values) == 1 else _record(function["name"], outputs, values)


def plain(parts: Sequence[Abi], values: Sequence[Any]) -> list[Any]:
    """Decoded values with each struct as a mapping by its Solidity names, as one would write an argument."""
    return [_plain(part, value) for part, value in zip(parts, values, strict=True)]


def find(abi: Sequence[Abi], kind: str, name: str) -> Abi:
    """The one entry of this kind ("function", "event", "error", "constructor") and name.

    Raises:
        LookupError: there is none.
    """
    for entry in abi:
        if entry["type"] == kind and entry.get("name", "") == name:
            return entry
    raise LookupError(f"no {kind} {name}")


def to_bytes(value: bytes | str) -> bytes:
    """Bytes as they are, or of ``0x`` text."""
    return bytes.fromhex(value.removeprefix("0x")) if isinstance(value, str) else bytes(value)


def _into(part: Abi, value: Any) -> Any:
    kind: str = part["type"]
    if kind.endswith("]"):
        item = {**part, "type": kind[: kind.rindex("[")]}
        return [_into(item, each) for each in value]
    if kind == "tuple":
        fields = part["components"]
        values = [value[field["name"]] for field in fields] if isinstance(value, Mapping) else list(value)
        if len(values) != len(fields):
            raise ValueError(f"{len(fields)} fields are needed, {len(values)} were given")
        return tuple(_into(field, each) for field, each in zip(fields, values, strict=True))
    if kind.startswith("bytes"):
        return to_bytes(value)
    return value


def _plain(part: Abi, value: Any) -> Any:
    kind: str = part["type"]
    if kind.endswith("]"):
        item = {**part, "type": kind[: kind.rindex("[")]}
        return [_plain(item, each) for each in value]
    if kind == "tuple":
        fields = part["components"]
        return {field["name"]: _plain(field, each) for field, each in zip(fields, value, strict=True)}
    return value


def _out(part: Abi, value: Any) -> Any:
    kind: str = part["type"]
    if kind.endswith("]"):
        item = {**part, "type": kind[: kind.rindex("[")]}
        return [_out(item, each) for each in value]
    if kind == "tuple":
        fields = part["components"]
        inner = [_out(field, each) for field, each in zip(fields, value, strict=True)]
        return _record(str(part.get("internalType", "Struct")), fields, inner)
    if kind == "address":
        return str(to_checksum_address(value))
    return bytes(value) if kind.startswith("bytes") else value


def _record(name: str, parts: Sequence[Abi], values: Sequence[Any]) -> Any:
    fields = tuple(field_name(part["name"]) or f"field{i}" for i, part in enumerate(parts))
    return _record_type(name.rsplit(".", 1)[-1].removeprefix("struct ").rstrip("[]"), fields)._make(values)


@cache
def _record_type(name: str, fields: tuple[str, ...]) -> Any:
    return namedtuple(name, fields)


def field_name(name: str) -> str:
    """Name of a Solidity field in Python."""
    plain = name.lstrip("_")
    return f"{plain}_" if keyword.iskeyword(plain) else plain
