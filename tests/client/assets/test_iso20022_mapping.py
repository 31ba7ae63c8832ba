# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from dataclasses import replace

import pytest
from orders import order

from concordat.assets.iso20022 import (
    AccountId,
    Assignment,
    agent_of,
    message_id,
    query_of,
    read_query,
    read_recall,
    read_resolution,
    recall_of,
    resolution_of,
    write_query,
    write_recall,
    write_resolution,
)
from concordat.assets.orders.answers import Answer
from concordat.assets.values import accounts
from concordat.assets.values.money import parse
from concordat.assets.words import AnswerKind, Refusal
from concordat.errors import UsageError

NOW = 1_795_200_000


def test_order_and_answer_become_messages() -> None:
    first, second = order().targets
    assignment = Assignment(
        message_id(bytes(range(32))), agent_of("Example Police"), agent_of("Bank", "TESTSGSG"), NOW
    )
    query = query_of(order(), first, id="Q-1", period=(NOW - 86_400, NOW), due=NOW)
    assert read_query(write_query(query))[0] == query
    assert (query.legal_basis, query.search.account, query.search.currency) == (
        "CPC 116D",
        AccountId(iban="GB33BUKB20201555555555"),
        "SGD",
    )
    for target in (first, second):
        recall = recall_of(order(), target, id=message_id(bytes(32)), assignment=assignment)
        assert read_recall(write_recall(recall)) == (recall, ())
        assert recall.payments[0].reason == "FRAD"
        for answer, status, reason in (
            (Answer("0x", AnswerKind.HELD_PART, "O", held=parse("SGD 5.00")), "PDCR", None),
            (Answer("0x", AnswerKind.MOVED_ON, "O"), "RJCR", "AM04"),
            (Answer("0x", AnswerKind.REFUSED, "O", code=Refusal.IMMUNITY), "RJCR", "LEGL"),
        ):
            resolution = resolution_of(recall, answer, assignment=assignment)
            assert read_resolution(write_resolution(resolution)) == (resolution, ())
            assert (resolution.confirmation, resolution.payments[0].reason) == (status, reason)


def test_what_messages_do_not_carry_is_said() -> None:
    target = order().targets[0]
    card = replace(target, account=accounts.parse("card:4111111111111111"))
    assert query_of(order(), card, id="Q", period=(0, 1), due=1).search.card == "4111111111111111"
    assignment = Assignment("A", agent_of("Example Police"), agent_of("Bank", "TESTSGSG"), NOW)
    with pytest.raises(UsageError, match="no payment"):
        recall_of(order(), replace(target, payment=None), id="C", assignment=assignment)
    with pytest.raises(UsageError, match="no outcome"):
        resolution_of(
            recall_of(order(), target, id="C", assignment=assignment),
            Answer("0x", AnswerKind.ACKNOWLEDGED, "O"),
            assignment=assignment,
        )
    chain = replace(target, account=accounts.parse("eip155:1:0x" + "ab" * 20))
    with pytest.raises(UsageError, match="no bank account"):
        query_of(order(), chain, id="Q", period=(0, 1), due=1)
