# SPDX-License-Identifier: Apache-2.0
"""S016: no function of any contract changes a word that was written at registration.

Not the getter is asked but the slot itself: after every act that may follow, and after all around it changed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from brownie import web3
from eth_abi import encode

from concordat.evidence.steps import mask
from tests.contracts.clock import now, pass_time
from tests.contracts.nodes import DONE, try_call
from tests.contracts.suite import CONFIRM_DATE, DAY, HOUR, MY, PLAIN, PLAIN_METHOD, WITNESS, A, B, C, Suite

ROOT, OTHER_ROOT = web3.keccak(text="an acquisition"), web3.keccak(text="its successor")
DOCUMENTS = web3.keccak(text="documents")
ACQUISITIONS = 0  # slot of the mapping; snapshots/storage/EvidenceRegistry.json pins it


def first_word(suite: Suite) -> bytes:
    """The slot of the acquisition, as the chain stores it."""
    inner = web3.keccak(encode(["uint32", "uint256"], [suite.ids["my_police"], ACQUISITIONS]))
    return bytes(web3.eth.get_storage_at(suite.evidence.address, web3.keccak(bytes(ROOT) + inner)))


@pytest.fixture
def registered(suite: Suite) -> list[Any]:
    """Late, without the document: everything may still come."""
    facts = suite.facts(mask(A, C), method=PLAIN_METHOD)
    pass_time(4 * DAY)
    collection = suite.collection(suite.collector, facts)
    suite.register(suite.collection(suite.collector, facts, root=OTHER_ROOT), suite.collector)
    suite.register(collection, suite.collector)
    return collection


def acts(suite: Suite, collection: list[Any]) -> dict[str, Callable[[], Any]]:
    """Every function of EvidenceRegistry that writes, on this acquisition."""
    agency, by_curer = suite.ids["my_police"], {"from": suite.curer}
    signature = suite.sign_collection(suite.collector, collection)
    witness = suite.co_sign(suite.witness, WITNESS, collection)
    suite.appoint("cn_police", "confirmer", CONFIRM_DATE)
    return {
        "cosign": lambda: suite.evidence.cosign(
            collection, signature, [], witness, {"from": suite.registrar}
        ),
        "supplement": lambda: suite.evidence.supplement(agency, ROOT, MY, mask(B), DOCUMENTS, by_curer),
        "confirmDate": lambda: suite.evidence.confirmDate(agency, ROOT, DOCUMENTS, {"from": suite.confirmer}),
        "withdraw": lambda: suite.evidence.withdraw(agency, ROOT, 3, by_curer),
        "supersede": lambda: suite.evidence.supersede(agency, ROOT, OTHER_ROOT, by_curer),
    }


def test_no_act_on_a_record_changes_its_word(suite: Suite, registered: list[Any]) -> None:
    word = first_word(suite)
    assert any(word)
    for name, act in acts(suite, registered).items():
        act()
        assert first_word(suite) == word, name


def test_every_function_that_writes_was_among_them(suite: Suite, registered: list[Any]) -> None:
    """Guard: the list above is the ABI's; `register` is the one that finds the word taken."""
    writing = {
        entry["name"]
        for entry in suite.evidence.abi
        if entry["type"] == "function" and entry["stateMutability"] == "nonpayable"
    }
    assert writing == {"register", *acts(suite, registered)}


def test_no_second_registration_changes_it(suite: Suite, registered: list[Any]) -> None:
    """Not by the same officer, not with better facts, not by another officer of the agency."""
    word = first_word(suite)
    better = suite.collection(suite.second, suite.facts(method=PLAIN_METHOD))
    for collection, sender in ((registered, suite.collector), (better, suite.second)):
        data = suite.evidence.register.encode_input(collection, b"", [])
        assert try_call(sender, suite.evidence, data) == "AlreadyRegistered"
    good = suite.collection(suite.second, suite.facts(method=PLAIN_METHOD), root=web3.keccak(text="new"))
    assert try_call(suite.second, suite.evidence, suite.evidence.register.encode_input(good, b"", [])) == DONE
    assert first_word(suite) == word


def test_nothing_around_it_changes_it(suite: Suite, registered: list[Any]) -> None:
    """Neither new law nor suspension, end and report of the officer, nor a new account of the agency."""
    word, worth = first_word(suite), suite.evidence.assess(suite.ids["my_police"], ROOT, MY)
    by_police, by_authority = {"from": suite.my_police}, {"from": suite.my_authority}
    suite.adopt("my_authority", MY, [(0, PLAIN_METHOD, replace(PLAIN, from_hour=(now() + 8 * DAY) // HOUR))])
    suite.agencies.suspendOfficer(suite.collector, now() + DAY, DOCUMENTS, by_police)
    suite.agencies.endAppointment(suite.collector, by_police)
    suite.agencies.reportCompromise(suite.collector, 1, by_police)
    suite.agencies.suspendAgency(suite.ids["my_police"], now() + DAY, DOCUMENTS, by_authority)
    suite.agencies.proposeAccount(suite.actor("new key"), by_police)
    suite.agencies.acceptAccount(suite.ids["my_police"], {"from": suite.actor("new key")})
    pass_time(20 * DAY)
    assert first_word(suite) == word
    assert suite.evidence.assess(suite.ids["my_police"], ROOT, MY) == worth
