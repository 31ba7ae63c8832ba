# SPDX-License-Identifier: Apache-2.0
"""A suite through a node: found by one address, every kind of fee, every kind of trouble told."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests
from fakecast import PDRM, Cast
from fakenode import CONTRACTS, FakeNode, serve

from concordat.errors import AuthorityError, ConcordatError, NodeError, OutcomeUnknownError
from concordat.ledger.chain import Chain
from concordat.ledger.code import check_code, code_hashes
from concordat.ledger.rpc import Rpc, RpcError
from concordat.ledger.sentences import ContractError

KEY = b"\x07" * 32


def test_contracts_are_found_through_the_directory(url: str, cast: Cast) -> None:
    chain = Chain.connect(url, cast.ledger.address("Directory"))

    assert chain.chain_id == 1337
    assert chain.genesis_id == cast.ledger.genesis_id
    assert chain.address("EvidenceRegistry") == cast.ledger.address("EvidenceRegistry")
    assert chain.call("AgencyRegistry", "agencyOf", PDRM).account == cast.police.address
    assert chain.now() == cast.ledger.now()


def test_a_contract_that_the_suite_lacks_is_told(chain: Chain) -> None:
    with pytest.raises(NodeError) as missing:
        chain.address("CustodyLedger")
    assert missing.value.code == "suite.module_missing"


def test_an_address_without_a_directory_is_told(url: str) -> None:
    with pytest.raises(NodeError) as wrong:
        Chain.connect(url, "0x" + "99" * 20)
    assert (wrong.value.code, wrong.value.exit_code) == ("suite.no_directory", 5)


def test_a_refusal_arrives_as_a_sentence(chain: Chain, cast: Cast) -> None:
    with pytest.raises(ContractError, match="no contact point") as refused:
        chain.call("AgencyRegistry", "contactPoint", 458, 1)
    assert refused.value.revert.args == {"jurisdiction": 458, "competence": 1}


@pytest.mark.parametrize(
    ("base_fee", "tip", "price", "fees"),
    [
        (7, 2, 9, {"maxFeePerGas": 16, "maxPriorityFeePerGas": 2}),
        (0, 0, 0, {"maxFeePerGas": 0, "maxPriorityFeePerGas": 0}),  # a permissioned network without fees
        (0, None, 0, {"maxFeePerGas": 0, "maxPriorityFeePerGas": 0}),
        (None, None, 9, {"gasPrice": 9}),  # before EIP-1559
        (None, None, 0, {"gasPrice": 0}),
    ],
)
def test_every_kind_of_fee(
    chain: Chain,
    cast: Cast,
    node: FakeNode,
    base_fee: int | None,
    tip: int | None,
    price: int,
    fees: dict[str, int],
) -> None:
    node.base_fee, node.tip, node.gas_price = base_fee, tip, price

    chain.send(cast.police, "AgencyRegistry", "publishEncryptionKey", KEY)

    [sent] = node.sent
    assert {name: sent[name] for name in fees} == fees
    assert sent["gas"] == 120_000


def test_a_transaction_tells_what_it_did(chain: Chain, cast: Cast, node: FakeNode) -> None:
    receipt = chain.send(cast.police, "AgencyRegistry", "publishEncryptionKey", KEY)

    assert receipt.event("EncryptionKeyPublished").args == {"agency": PDRM, "version": 1, "key": KEY}
    assert receipt.time == cast.ledger.now()
    assert receipt.transaction == node.sent[0]["hash"]
    with pytest.raises(LookupError):
        receipt.event("Withdrawn")


def test_an_account_without_money_is_told(chain: Chain, cast: Cast, node: FakeNode) -> None:
    def poor(_: object) -> str:
        raise RpcError("eth_estimateGas", -32000, "insufficient funds for transfer")

    node.eth_estimateGas = poor  # type: ignore[method-assign]
    with pytest.raises(AuthorityError) as refused:
        chain.send(cast.police, "AgencyRegistry", "publishEncryptionKey", KEY)
    assert refused.value.code == "account.funds"
    assert node.sent == []


def test_a_transaction_that_no_block_takes_in_time_is_told(chain: Chain, cast: Cast, node: FakeNode) -> None:
    node.mines = False
    with pytest.raises(OutcomeUnknownError) as unknown:
        chain.send(cast.police, "AgencyRegistry", "publishEncryptionKey", KEY)
    assert node.sent[0]["hash"] in unknown.value.message


def test_a_refusal_in_the_block_without_a_reason_is_told(chain: Chain, cast: Cast, node: FakeNode) -> None:
    receipt = chain.send(cast.police, "AgencyRegistry", "publishEncryptionKey", KEY)
    node.receipts[receipt.transaction]["status"] = "0x0"
    with pytest.raises(ConcordatError) as refused:
        chain.receipt(receipt.transaction)
    assert refused.value.code == "transaction.refused"


def test_events_are_found_whatever_the_node_allows_at_once(chain: Chain, cast: Cast, node: FakeNode) -> None:
    for _ in range(5):
        chain.send(cast.police, "AgencyRegistry", "publishEncryptionKey", KEY)
    whole = chain.events("AgencyRegistry", "EncryptionKeyPublished", agency=PDRM)
    logs = node.eth_getLogs

    def strict(asked: dict[str, str]) -> object:
        if int(asked["toBlock"], 16) - int(asked["fromBlock"], 16) > 1:
            raise RpcError("eth_getLogs", -32005, "block range too large")
        return logs(asked)  # type: ignore[arg-type]

    node.eth_getLogs = strict  # type: ignore[method-assign, assignment]
    assert chain.events("AgencyRegistry", "EncryptionKeyPublished", agency=PDRM) == whole
    assert [event.args["version"] for event in whole] == [1, 2, 3, 4, 5]


def test_a_node_that_refuses_all_logs_is_told(chain: Chain, node: FakeNode) -> None:
    def never(_: object) -> object:
        raise RpcError("eth_getLogs", -32601, "logs are not kept")

    node.eth_getLogs = never  # type: ignore[method-assign, assignment]
    with pytest.raises(RpcError, match="logs are not kept"):
        chain.events("AgencyRegistry", "AgencyAdmitted")


def test_a_block_that_the_node_lacks_is_told(chain: Chain) -> None:
    with pytest.raises(NodeError) as missing:
        chain.block(10**6)
    assert missing.value.code == "node.block_missing"


# Is the code on the chain the package's?


def test_the_packages_own_code_is_recognised(chain: Chain) -> None:
    assert check_code(chain) == []
    assert set(code_hashes(chain)) == set(CONTRACTS)


def test_immutables_may_differ_and_nothing_else(chain: Chain, node: FakeNode) -> None:
    from concordat.ledger import artifacts

    artifact = artifacts.load("EvidenceRegistry")
    code = bytearray(artifact.deployed)
    start, length = artifact.immutables[0]
    code[start : start + length] = b"\xaa" * length
    node.code["EvidenceRegistry"] = bytes(code)
    assert check_code(chain) == []

    code[start - 1] ^= 1
    node.code["EvidenceRegistry"] = bytes(code)
    [finding] = check_code(chain)
    assert "EvidenceRegistry" in finding


@pytest.mark.parametrize("code", [b"", b"\x60"])
def test_other_code_is_found(chain: Chain, node: FakeNode, code: bytes) -> None:
    node.code["AgencyRegistry"] = code
    [finding] = check_code(chain)
    assert "AgencyRegistry" in finding


# The wire


def test_a_node_that_does_not_answer_is_told() -> None:
    with pytest.raises(NodeError) as lost:
        Rpc("http://127.0.0.1:1").request("eth_chainId")
    assert (lost.value.code, lost.value.exit_code) == ("node.unreachable", 5)
    assert "127.0.0.1:1" in lost.value.message
    assert lost.value.kept == "Nothing was sent."


def test_a_node_that_is_too_slow_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_: object, **__: object) -> None:
        raise requests.Timeout

    monkeypatch.setattr("requests.sessions.Session.post", slow)
    with pytest.raises(NodeError, match="too long"):
        Rpc("http://127.0.0.1:1").request("eth_chainId")


def test_an_untrusted_certificate_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = {}

    def refuse(*_: object, **options: object) -> None:
        seen.update(options)
        raise requests.exceptions.SSLError

    monkeypatch.setattr("requests.sessions.Session.post", refuse)
    with pytest.raises(NodeError, match="certificate"):
        Rpc("https://127.0.0.1:1", ca="authority.pem").request("eth_chainId")
    assert seen["verify"] == "authority.pem"


def test_something_that_is_no_node_is_told(tmp_path: Path) -> None:
    class NoNode:
        def request(self, *_: object) -> object:
            return None

    with serve(NoNode()) as url, pytest.raises(NodeError) as wrong:
        Chain.connect(url + "/", "0x" + "11" * 20)
    assert wrong.value.exit_code == 5
