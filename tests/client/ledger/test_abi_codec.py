# SPDX-License-Identifier: Apache-2.0
"""Values to calldata and back; refusals as different nodes put them."""

from __future__ import annotations

import pytest

from concordat.ledger import abi, artifacts, logs, reverts
from concordat.ledger.rpc import RpcError, without_secret
from concordat.ledger.sentences import ContractError

REGISTRY = artifacts.load("AgencyRegistry").abi if artifacts.names() else ()
SELECTOR = "0x" + abi.selector(abi.find(REGISTRY, "error", "NotAnAgency")).hex()
DATA = SELECTOR + "00" * 12 + "11" * 20


def test_a_struct_goes_in_as_mapping_or_tuple() -> None:
    appoint = abi.find(REGISTRY, "function", "appoint")
    values = (1, "0x" + "22" * 20, 3, 4, 5, 6, 7, True, 8)
    names = [field["name"] for field in appoint["inputs"][0]["components"]]

    assert abi.calldata(appoint, [values, b"\1"]) == abi.calldata(
        appoint, [dict(zip(names, values, strict=True)), "0x01"]
    )


def test_a_struct_comes_back_with_its_names() -> None:
    function = abi.find(REGISTRY, "function", "suspensionsOf")
    [suspension] = abi.result(function, abi.encode(function["outputs"], [[(1, 2, b"\3" * 32)]]))

    assert (suspension.from_, suspension.until, suspension.reason) == (1, 2, b"\3" * 32)


@pytest.mark.parametrize("values", [[], [1, 2, 3], ["x", b""], [(1,), b""]])
def test_values_that_do_not_fit_are_refused(values: list[object]) -> None:
    with pytest.raises(ValueError, match=r"fit|need|field"):
        abi.calldata(abi.find(REGISTRY, "function", "appoint"), values)


def test_what_is_not_there_is_not_found() -> None:
    with pytest.raises(LookupError):
        abi.find(REGISTRY, "function", "transfer")


@pytest.mark.parametrize(
    "error",
    [
        RpcError("eth_call", 3, "execution reverted", DATA),  # geth, Anvil, Besu
        RpcError("eth_call", -32000, "VM Exception while processing transaction: revert", DATA),  # Ganache
        RpcError(
            "eth_call", -32000, "revert", {"hash": None, "programCounter": 5, "result": DATA, "reason": None}
        ),
        RpcError("eth_call", -32015, "VM execution error", "Reverted " + DATA),  # OpenEthereum and its heirs
        RpcError(
            "eth_sendRawTransaction",
            -32000,
            "revert",
            {"0x" + "ab" * 32: {"error": "revert", "return": DATA}},
        ),
        RpcError("eth_call", 3, "execution reverted", {"data": DATA}),
    ],
)
def test_every_kind_of_node_is_understood(error: RpcError) -> None:
    found = reverts.to_error(error)

    assert isinstance(found, ContractError)
    assert (found.revert.name, found.revert.args) == ("NotAnAgency", {"caller": "0x" + "11" * 20})


def test_a_nodes_own_trouble_is_no_refusal() -> None:
    error = RpcError("eth_call", -32000, "header not found")
    assert reverts.to_error(error) is error


@pytest.mark.parametrize(
    ("data", "word"),
    [
        ("0x08c379a0" + "20".zfill(64) + "02".zfill(64) + "6869".ljust(64, "0"), "hi"),
        ("0x4e487b71" + "11".zfill(64), "17"),
        ("0xdeadbeef", "deadbeef"),
        (None, "no reason"),
    ],
)
def test_a_reason_that_is_not_ours_is_shown_as_it_is(data: str | None, word: str) -> None:
    found = reverts.to_error(RpcError("eth_call", 3, "execution reverted", data))

    assert found.code == "contract.unknown"
    assert word in found.message


def test_events_are_filtered_by_indexed_values_only() -> None:
    event = abi.find(REGISTRY, "event", "OfficerAppointed")
    assert logs.topics(event, {"agency": 5})[1:] == ["0x" + "5".zfill(64), None]
    with pytest.raises(ValueError, match="cannot be filtered by powers"):
        logs.topics(event, {"powers": 1})


def test_a_log_of_a_stranger_is_passed_over() -> None:
    assert logs.decode([{"address": "0x" + "99" * 20, "topics": [], "data": "0x"}], {}) == ()


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://user:secret@node.example/v3/token?key=1", "https://node.example"),
        ("http://127.0.0.1:8545", "http://127.0.0.1:8545"),
        ("nonsense", "the given address"),
    ],
)
def test_an_address_is_shown_without_what_may_be_secret(url: str, shown: str) -> None:
    assert without_secret(url) == shown
