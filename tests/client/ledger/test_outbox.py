# SPDX-License-Identifier: Apache-2.0
"""Exactly once, whatever happens to node and process."""

from __future__ import annotations

import sqlite3

import pytest
from fakecast import Cast, key
from fakenode import FakeNode

from concordat.errors import ConcordatError, FileError, NodeError, OutcomeUnknownError, UsageError
from concordat.evidence.lock import FolderLock
from concordat.ledger.chain import Chain
from concordat.ledger.outbox import Outbox
from concordat.ledger.protocol import Receipt
from concordat.ledger.rpc import RpcError
from concordat.ledger.sentences import ContractError

KEY = b"\x07" * 32


@pytest.fixture
def outbox(outbox_file) -> Outbox:
    return Outbox(outbox_file)


def publish(outbox: Outbox, chain: Chain, cast: Cast) -> Receipt:
    return outbox.bind(chain).send(cast.police, "AgencyRegistry", "publishEncryptionKey", KEY)


def published(cast: Cast) -> int:
    return len(cast.ledger.events("AgencyRegistry", "EncryptionKeyPublished"))


def test_what_is_sent_takes_effect_and_is_closed(outbox: Outbox, chain: Chain, cast: Cast) -> None:
    receipt = publish(outbox, chain, cast)

    assert receipt.event("EncryptionKeyPublished").args["version"] == 1
    assert published(cast) == 1
    assert outbox.unfinished(chain) == []


def test_the_same_call_may_be_wanted_twice(outbox: Outbox, chain: Chain, cast: Cast) -> None:
    publish(outbox, chain, cast)
    publish(outbox, chain, cast)

    assert published(cast) == 2


def test_a_refusal_costs_nothing_and_leaves_nothing(
    outbox: Outbox, chain: Chain, cast: Cast, node: FakeNode
) -> None:
    with pytest.raises(ContractError) as refused:
        outbox.bind(chain).send(cast.stranger, "AgencyRegistry", "publishEncryptionKey", KEY)

    assert refused.value.revert.name == "NotAnAgency"
    assert node.sent == []
    assert outbox.unfinished(chain) == []


def test_a_node_lost_before_sending_leaves_the_intent(
    outbox: Outbox, chain: Chain, cast: Cast, node: FakeNode
) -> None:
    node.lost = {"eth_estimateGas": "before"}
    with pytest.raises(NodeError) as lost:
        publish(outbox, chain, cast)

    assert lost.value.exit_code == 5
    assert [intent.label for intent in outbox.unfinished(chain)] == ["AgencyRegistry.publishEncryptionKey"]

    node.lost = {}
    publish(outbox, chain, cast)
    assert published(cast) == 1
    assert outbox.unfinished(chain) == []


@pytest.mark.parametrize("method", ["eth_sendRawTransaction", "eth_getTransactionReceipt"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_node_lost_while_sending_is_asked_again(
    outbox: Outbox, chain: Chain, cast: Cast, node: FakeNode, method: str, when: str
) -> None:
    node.lost = {method: when}
    with pytest.raises(OutcomeUnknownError) as unknown:
        publish(outbox, chain, cast)
    assert unknown.value.exit_code == 9
    assert "outbox" in unknown.value.kept

    node.lost = {}
    receipt = publish(outbox, chain, cast)

    assert receipt.event("EncryptionKeyPublished").args["version"] == 1
    assert published(cast) == 1
    assert outbox.unfinished(chain) == []


def test_a_transaction_that_no_block_takes_is_sent_again_as_it_was(
    outbox: Outbox, chain: Chain, cast: Cast, node: FakeNode
) -> None:
    node.mines = False
    with pytest.raises(OutcomeUnknownError):
        publish(outbox, chain, cast)
    node.pool.clear()  # the node forgot it

    node.mines = True
    publish(outbox, chain, cast)

    assert published(cast) == 1
    assert len({sent["hash"] for sent in node.sent}) == 1


def test_a_transaction_that_waits_is_found_once_mined(
    outbox: Outbox, chain: Chain, cast: Cast, node: FakeNode
) -> None:
    node.mines = False
    with pytest.raises(OutcomeUnknownError):
        publish(outbox, chain, cast)
    node.mine()

    receipt = publish(outbox, chain, cast)

    assert receipt.transaction == node.sent[0]["hash"]
    assert published(cast) == 1


def test_a_nonce_used_by_another_program_means_signing_anew(
    outbox: Outbox, chain: Chain, cast: Cast, node: FakeNode
) -> None:
    node.mines = False
    with pytest.raises(OutcomeUnknownError):
        publish(outbox, chain, cast)
    node.pool.clear()
    node.mines = True
    chain.send(cast.police, "AgencyRegistry", "publishEncryptionKey", b"\x01" * 32)  # takes the nonce

    publish(outbox, chain, cast)

    keys = [event.args["key"] for event in cast.ledger.events("AgencyRegistry", "EncryptionKeyPublished")]
    assert keys == [b"\x01" * 32, KEY]


def test_a_nonce_taken_between_signing_and_sending_means_signing_anew(
    outbox_file, chain: Chain, cast: Cast, node: FakeNode
) -> None:
    taken = []

    def interfere(point: str) -> None:
        if point == "signed" and not taken:
            taken.append(chain.send(cast.police, "AgencyRegistry", "publishEncryptionKey", b"\x01" * 32))

    publish(Outbox(outbox_file, interfere), chain, cast)

    assert published(cast) == 2


def test_an_account_that_never_rests_is_told_so(outbox_file, chain: Chain, cast: Cast) -> None:
    def interfere(point: str) -> None:
        if point == "signed":
            chain.send(cast.police, "AgencyRegistry", "publishEncryptionKey", b"\x01" * 32)

    with pytest.raises(NodeError) as busy:
        publish(Outbox(outbox_file, interfere), chain, cast)
    assert busy.value.code == "account.busy"


def test_a_call_refused_in_its_block_is_explained(
    outbox: Outbox, chain: Chain, cast: Cast, node: FakeNode
) -> None:
    """Between simulation and block the state changed: here another officer was faster."""
    send = node.eth_sendRawTransaction

    def with_a_rival(raw: str) -> str:
        node.eth_sendRawTransaction = send  # type: ignore[method-assign]
        cast.ledger.send(cast.police, "AgencyRegistry", "endAppointment", cast.officer.address)
        return send(raw)

    node.eth_sendRawTransaction = with_a_rival  # type: ignore[method-assign]
    with pytest.raises(ContractError) as refused:
        outbox.bind(chain).send(cast.officer, "AgencyRegistry", "endAppointment", cast.officer.address)

    assert refused.value.revert.name == "AlreadyEnded"
    assert outbox.unfinished(chain) == []


def test_a_rejected_transaction_is_kept_for_the_next_run(
    outbox: Outbox, chain: Chain, cast: Cast, node: FakeNode
) -> None:
    def reject(_raw: str) -> str:
        raise RpcError("eth_sendRawTransaction", -32000, "insufficient funds for gas")

    good, node.eth_sendRawTransaction = node.eth_sendRawTransaction, reject  # type: ignore[method-assign]
    with pytest.raises(RpcError):
        publish(outbox, chain, cast)
    assert len(outbox.unfinished(chain)) == 1

    node.eth_sendRawTransaction = good  # type: ignore[method-assign]
    publish(outbox, chain, cast)
    assert published(cast) == 1


def test_settling_finishes_what_was_signed_without_a_key(
    outbox: Outbox, chain: Chain, cast: Cast, node: FakeNode
) -> None:
    node.lost = {"eth_sendRawTransaction": "before"}
    with pytest.raises(OutcomeUnknownError):
        publish(outbox, chain, cast)
    node.lost = {}

    [(intent, receipt)] = outbox.settle(chain)

    assert intent.sender == cast.police.address
    assert isinstance(receipt, Receipt)
    assert published(cast) == 1
    assert outbox.unfinished(chain) == []


def test_settling_leaves_what_was_never_signed_until_it_is_given_up(
    outbox: Outbox, chain: Chain, cast: Cast, node: FakeNode
) -> None:
    node.lost = {"eth_estimateGas": "before"}
    with pytest.raises(NodeError):
        publish(outbox, chain, cast)
    node.lost = {}

    assert [receipt for _, receipt in outbox.settle(chain)] == [None]
    assert outbox.forget(chain) == 1
    assert outbox.unfinished(chain) == []


def test_settling_tells_what_is_still_unknown(
    outbox: Outbox, chain: Chain, cast: Cast, node: FakeNode
) -> None:
    node.mines = False
    with pytest.raises(OutcomeUnknownError):
        publish(outbox, chain, cast)

    [(_, outcome)] = outbox.settle(chain)

    assert isinstance(outcome, OutcomeUnknownError)
    assert len(outbox.unfinished(chain)) == 1


def test_another_suite_is_none_of_its_business(
    outbox: Outbox, chain: Chain, cast: Cast, node: FakeNode
) -> None:
    node.lost = {"eth_sendRawTransaction": "before"}
    with pytest.raises(OutcomeUnknownError):
        publish(outbox, chain, cast)
    node.lost = {}
    cast.ledger.world.genesis_id = b"\x99" * 32  # a chain that was started anew

    assert outbox.unfinished(Chain(node, cast.ledger.address("Directory"))) == []


def test_one_command_sends_at_a_time(outbox_file, chain: Chain, cast: Cast, monkeypatch) -> None:
    monkeypatch.setattr("concordat.ledger.outbox._LOCK_PATIENCE", 0.05)
    other = FolderLock(outbox_file.with_suffix(".lock"))
    assert other.take()
    with pytest.raises(UsageError) as busy:
        publish(Outbox(outbox_file), chain, cast)
    assert busy.value.code == "outbox.busy"

    other.release()
    publish(Outbox(outbox_file), chain, cast)


def test_a_damaged_outbox_sends_nothing(outbox_file, chain: Chain, cast: Cast, node: FakeNode) -> None:
    outbox_file.write_bytes(b"this is no database, and it is long enough to be looked at as one" * 50)
    with pytest.raises(ConcordatError) as damaged:
        publish(Outbox(outbox_file), chain, cast)

    assert (damaged.value.exit_code, damaged.value.code) == (8, "outbox.damaged")
    assert node.sent == []


def test_a_full_disk_sends_nothing(
    outbox: Outbox, chain: Chain, cast: Cast, node: FakeNode, monkeypatch
) -> None:
    """Full when the signed transaction is to be written down: it is not sent."""

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("concordat.ledger.outboxfile.time.time", full)
    with pytest.raises(ConcordatError) as refused:
        publish(outbox, chain, cast)
    assert (refused.value.exit_code, refused.value.code) == (8, "disk.full")
    assert node.sent == []

    monkeypatch.undo()
    publish(outbox, chain, cast)
    assert published(cast) == 1


def test_a_disk_that_is_full_afterwards_does_not_hide_what_stands(
    outbox: Outbox, chain: Chain, cast: Cast, monkeypatch
) -> None:
    def full(*_: object) -> None:
        raise FileError("The disk is full.", code="disk.full", kept="Nothing was sent.")

    monkeypatch.setattr(outbox._file, "close", full)
    with pytest.raises(FileError) as told:
        publish(outbox, chain, cast)
    assert (told.value.code, told.value.kept) == ("disk.full", "It stands on the chain.")

    monkeypatch.undo()
    [(_, receipt)] = outbox.settle(chain)
    assert isinstance(receipt, Receipt)
    assert published(cast) == 1


def test_the_outbox_answers_as_the_chain_does(outbox: Outbox, chain: Chain, cast: Cast) -> None:
    ledger = outbox.bind(chain)

    assert (ledger.chain_id, ledger.genesis_id, ledger.now()) == (
        chain.chain_id,
        chain.genesis_id,
        chain.now(),
    )
    assert ledger.address("EvidenceRegistry") == chain.address("EvidenceRegistry")
    assert ledger.call("AgencyRegistry", "agencyByAccount", key("police").address) == 30015490
    assert len(ledger.events("AgencyRegistry", "AgencyAdmitted")) == 3
