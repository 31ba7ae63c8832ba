# SPDX-License-Identifier: Apache-2.0
"""Logs of a node to events of the suite."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from eth_utils.crypto import keccak

from concordat.ledger import abi as codec
from concordat.ledger import artifacts
from concordat.ledger.protocol import Event


def decode(
    logs: Sequence[Mapping[str, Any]], contracts: Mapping[str, str], time: int = 0
) -> tuple[Event, ...]:
    """The events among ``logs`` that contracts of the suite emitted.

    Args:
        logs: as the node gives them.
        contracts: lower-case address to contract name.
        time: of the block, if all logs are of one.
    """
    found = []
    for log in logs:
        contract = contracts.get(str(log["address"]).lower())
        entry = _events(contract).get(str(log["topics"][0]).lower()) if contract and log["topics"] else None
        if contract is None or entry is None:
            continue
        found.append(
            Event(
                contract=contract,
                name=entry["name"],
                args=_values(entry, log),
                transaction=log["transactionHash"],
                block=int(log["blockNumber"], 16),
                block_hash=log["blockHash"],
                log_index=int(log["logIndex"], 16),
                time=time,
            )
        )
    return tuple(found)


def topics(entry: codec.Abi, filters: Mapping[str, Any]) -> list[str | None]:
    """The topics to ask for. A filter is the name of an indexed value and what it must equal.

    Raises:
        ValueError: the event has no such indexed value.
    """
    indexed = [part for part in entry["inputs"] if part["indexed"]]
    unknown = set(filters) - {part["name"] for part in indexed}
    if unknown:
        raise ValueError(f"{entry['name']} cannot be filtered by {', '.join(sorted(unknown))}")
    wanted: list[str | None] = ["0x" + codec.topic(entry).hex()]
    for part in indexed:
        given = filters.get(part["name"])
        wanted.append(None if given is None else _topic(part, given))
    return wanted


def _topic(part: codec.Abi, value: Any) -> str:
    if part["type"] in {"string", "bytes"}:
        plain = value.encode() if isinstance(value, str) else value
        return "0x" + keccak(plain).hex()
    return "0x" + codec.encode([part], [value]).hex()


def _values(entry: codec.Abi, log: Mapping[str, Any]) -> dict[str, Any]:
    indexed = [part for part in entry["inputs"] if part["indexed"]]
    plain = [part for part in entry["inputs"] if not part["indexed"]]
    values: dict[str, Any] = {}
    for part, word in zip(indexed, log["topics"][1:], strict=True):
        values[part["name"]] = codec.decode([part], codec.to_bytes(word))[0]
    given = codec.decode(plain, codec.to_bytes(log["data"]))
    values.update((part["name"], value) for part, value in zip(plain, given, strict=True))
    return {part["name"]: values[part["name"]] for part in entry["inputs"]}


@cache
def _events(contract: str) -> Mapping[str, codec.Abi]:
    """Events by first topic (lower-case 0x text)."""
    entries = (entry for entry in artifacts.load(contract).abi if entry["type"] == "event")
    return {"0x" + codec.topic(entry).hex(): entry for entry in entries}
