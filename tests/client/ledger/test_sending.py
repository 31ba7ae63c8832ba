# SPDX-License-Identifier: Apache-2.0
"""Sending where the node is behind: a quiet chain's clock, fees outbid, answers beside the point."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fakecast import MY, Cast, make_cast
from fakenode import FakeNode

from concordat.errors import OutcomeUnknownError
from concordat.evidence import registry
from concordat.evidence.facts import Facts
from concordat.evidence.typed import Collection
from concordat.ledger import transactions
from concordat.ledger.chain import Chain
from concordat.ledger.outbox import Outbox
from concordat.ledger.rpc import RpcError
from concordat.ledger.sentences import ContractError

PUBLISH = ("AgencyRegistry", "publishEncryptionKey", b"\x07" * 32)


@pytest.fixture
def cast() -> Cast:
    return make_cast(with_standards=True)


@pytest.fixture
def clock(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Set this computer's clock so many seconds ahead of the newest block."""

    def set_ahead(seconds: int) -> None:
        there = float(cast.ledger.now() + seconds)
        monkeypatch.setattr(transactions, "time", SimpleNamespace(time=lambda: there))

    return set_ahead


class Late(FakeNode):
    """Its next block is as late as this computer's clock, while questions are answered for the newest one."""

    ahead = 0

    def _mine(self, transaction: dict[str, Any]) -> None:
        self.ledger.pass_time(self.ahead)
        super()._mine(transaction)


def just_ended(cast: Cast) -> Collection:
    """A collection that ended a minute after the newest block."""
    collection = cast.collection(ago=-60)
    assert Facts.unpack(collection.facts).ended_at > cast.ledger.now()
    assert Facts.unpack(collection.facts).place == MY
    return collection


def test_what_ended_since_the_newest_block_is_registered_in_the_next(
    cast: Cast, clock: Callable[[int], None], tmp_path: Path
) -> None:
    node = Late(cast.ledger)
    node.ahead = 300
    clock(300)
    chain = Chain(node, cast.ledger.address("Directory"), patience=0.2)

    done = registry.register(Outbox(tmp_path / "o").bind(chain), cast.officer, just_ended(cast))

    assert not done.before
    assert done.acquisition.registered_at >= done.acquisition.facts.ended_at


def test_what_has_not_ended_by_any_clock_is_refused_before_sending(
    cast: Cast, clock: Callable[[int], None], node: FakeNode, chain: Chain, outbox_file: Path
) -> None:
    clock(0)
    with pytest.raises(ContractError) as refused:
        registry.register(Outbox(outbox_file).bind(chain), cast.officer, just_ended(cast))
    assert refused.value.revert.name == "EndsInFuture"
    assert node.sent == []


def test_a_block_that_is_still_too_early_refuses_and_says_why(
    cast: Cast, clock: Callable[[int], None], node: FakeNode, chain: Chain, outbox_file: Path
) -> None:
    clock(300)  # this computer's clock is wrong: the next block has not that time
    collection = just_ended(cast)
    with pytest.raises(ContractError) as refused:
        registry.register(Outbox(outbox_file).bind(chain), cast.officer, collection)
    assert refused.value.revert.name == "EndsInFuture"
    assert len(node.sent) == 1
    assert registry.acquisition(chain, collection.agency, collection.root) is None


def test_fees_that_were_outbid_while_nobody_ran_are_signed_anew_with_the_same_nonce(
    cast: Cast, node: FakeNode, chain: Chain, outbox_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    node.lost = {"eth_sendRawTransaction": "before"}
    with pytest.raises(OutcomeUnknownError):
        Outbox(outbox_file).bind(chain).send(cast.police, *PUBLISH)
    node.lost = {}
    node.base_fee = 1000
    take = node.eth_sendRawTransaction

    def choosy(raw: str) -> str:
        fields = node._read(bytes.fromhex(raw[2:]))
        if fields["maxFeePerGas"] < 1000:
            raise RpcError("eth_sendRawTransaction", -32000, "max fee per gas less than block base fee")
        return take(raw)

    monkeypatch.setattr(node, "eth_sendRawTransaction", choosy)
    Outbox(outbox_file).bind(chain).send(cast.police, *PUBLISH)
    assert [sent["nonce"] for sent in node.sent] == [0]
    assert Outbox(outbox_file).unfinished(chain) == []


def test_an_answer_beside_the_point_after_sending_leaves_the_outcome_open(
    cast: Cast, node: FakeNode, chain: Chain, outbox_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overloaded(_: str) -> None:
        raise RpcError("eth_getTransactionReceipt", -32005, "too many requests")

    with monkeypatch.context() as patch:
        patch.setattr(node, "eth_getTransactionReceipt", overloaded)
        with pytest.raises(OutcomeUnknownError) as unknown:
            Outbox(outbox_file).bind(chain).send(cast.police, *PUBLISH)
    assert unknown.value.exit_code == 9
    again = Outbox(outbox_file).bind(chain).send(cast.police, *PUBLISH)
    assert again.event("EncryptionKeyPublished").args["version"] == 1
    assert len(node.sent) == 1
