# SPDX-License-Identifier: Apache-2.0
"""Hundreds of questions in one call: code that is put nowhere asks them in turn and returns the answers.

A node takes as long for one short call as for a hundred static calls within one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from concordat.ledger import abi as codec
from concordat.ledger import artifacts
from tests.contracts.nodes import node

AT_ONCE = 100  # so that code and answers stay below what a node takes for a contract
_ANSWERS = 0x400  # where they begin in memory; the question asked is before
_STEP, _END = 57, 9  # bytes of code for a question, and for the return
_CODECOPY, _GAS, _STATICCALL, _MSTORE, _RETURN = b"\x39", b"\x5a", b"\xfa", b"\x52", b"\xf3"


class Question(NamedTuple):
    """A view function of a contract of the suite, and its arguments."""

    contract: str
    function: str
    arguments: tuple[Any, ...]

    @property
    def entry(self) -> codec.Abi:
        return codec.find(artifacts.load(self.contract).abi, "function", self.function)


def ask(questions: Sequence[Question], addresses: dict[str, str]) -> list[Any]:
    """The answers of the contracts, decoded as those of a chain are.

    Args:
        questions: none may revert, or return anything but words of fixed number.
        addresses: by contract name.
    """
    parts = [questions[start : start + AT_ONCE] for start in range(0, len(questions), AT_ONCE)]
    return [answer for some in parts for answer in _ask(some, addresses)]


def _ask(questions: Sequence[Question], addresses: dict[str, str]) -> list[Any]:
    data = [codec.calldata(each.entry, each.arguments) for each in questions]
    sizes = [32 * sum(map(_words, each.entry["outputs"])) for each in questions]
    places, end = [], _ANSWERS
    for size in sizes:
        places.append(end)
        end += 32 + size
    code = _program(questions, addresses, [len(each) for each in data], places, sizes, end)
    memory = bytes.fromhex(node().request("eth_call", {"data": _hex(code + b"".join(data))}, "latest")[2:])
    answers = []
    for question, place, size in zip(questions, places, sizes, strict=True):
        start = place - _ANSWERS
        assert memory[start + 31] == 1, f"{question} reverts"
        answers.append(codec.result(question.entry, memory[start + 32 : start + 32 + size]))
    return answers


def _program(
    questions: Sequence[Question],
    addresses: dict[str, str],
    lengths: Sequence[int],
    places: Sequence[int],
    sizes: Sequence[int],
    end: int,
) -> bytes:
    """For each: copy the question to memory, ask, keep whether it was answered, and the answer."""
    parts: list[bytes] = []
    offset = _STEP * len(questions) + _END
    for question, length, place, size in zip(questions, lengths, places, sizes, strict=True):
        to = bytes.fromhex(addresses[question.contract][2:])
        copy = _push(length) + _push(offset) + _push(0) + _CODECOPY
        asked = _push(size) + _push(place + 32) + _push(length) + _push(0) + b"\x73" + to + _GAS + _STATICCALL
        parts.append(copy + asked + _push(place) + _MSTORE)
        offset += length
    return b"".join(parts) + _push(end - _ANSWERS) + _push(_ANSWERS) + _RETURN


def _push(number: int) -> bytes:
    return b"\x62" + number.to_bytes(3)


def _words(part: codec.Abi) -> int:
    """Words of a value of fixed size."""
    return sum(map(_words, part["components"])) if part["type"] == "tuple" else 1


def _hex(data: bytes) -> str:
    return "0x" + data.hex()
