# SPDX-License-Identifier: Apache-2.0
"""What acts about evidence cost, to the unit. The figures are compared with snapshots/gas.json."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from brownie import web3

from concordat.evidence.methods import Method
from concordat.evidence.steps import mask
from concordat.evidence.words import Origin
from tests.contracts.clock import pass_time
from tests.contracts.gasbook import GasBook
from tests.contracts.suite import (
    BASELINE,
    DAY,
    HOME,
    MY,
    PLAIN_METHOD,
    SECOND_OFFICER,
    WITNESS,
    A,
    B,
    C,
    D,
    Suite,
    deploy,
    usual_founders,
)

ROOT, OTHER_ROOT = web3.keccak(text="an acquisition"), web3.keccak(text="its successor")
DOCUMENTS = web3.keccak(text="documents")


def plain(suite: Suite, **changes: Any) -> list[Any]:
    """A collection that is judged by a standard without clauses."""
    return suite.collection(suite.collector, suite.facts(method=PLAIN_METHOD), **changes)


def cosign(suite: Suite, collection: Sequence[Any], added: Any) -> Any:
    signature = suite.sign_collection(suite.collector, collection)
    return suite.evidence.cosign(collection, signature, [], added, {"from": suite.registrar})


# Registering


def test_one_signer_without_clauses(suite: Suite, gas: GasBook) -> None:
    """An officer who collected and sends it himself, judged by a standard without clauses."""
    gas.note("register: one signer, no clause", suite.register(plain(suite), suite.collector))


def test_one_signer_with_clauses(suite: Suite, gas: GasBook) -> None:
    tx = suite.register(suite.collection(suite.collector), suite.collector)
    gas.note("register: one signer, clauses", tx)


def test_two_signers(suite: Suite, gas: GasBook) -> None:
    collection = plain(suite)
    second = suite.co_sign(suite.second, SECOND_OFFICER, collection, 1)
    gas.note("register: two signers, no clause", suite.register(collection, suite.collector, [second]))


def test_two_signers_with_clauses(suite: Suite, gas: GasBook) -> None:
    collection = suite.collection(suite.collector)
    second = suite.co_sign(suite.second, SECOND_OFFICER, collection, 1)
    gas.note("register: two signers, clauses", suite.register(collection, suite.collector, [second]))


def test_witness(suite: Suite, gas: GasBook) -> None:
    collection = plain(suite)
    witness = suite.co_sign(suite.witness, WITNESS, collection)
    gas.note("register: with a witness, no clause", suite.register(collection, suite.collector, [witness]))


def test_registrar_for_collector(suite: Suite, gas: GasBook) -> None:
    """The collector signed in the field, somebody else of the agency sends it."""
    tx = suite.register(plain(suite), suite.collector, registrar=suite.registrar)
    gas.note("register: sent by a registrar, no clause", tx)


def test_late(suite: Suite, gas: GasBook) -> None:
    """Beyond the standard's delay the collector must still be in office."""
    pass_time(4 * DAY)
    collection = suite.collection(suite.collector, suite.facts(method=PLAIN_METHOD, ago=4 * DAY))
    gas.note("register: late, no clause", suite.register(collection, suite.collector))


# After registration


def test_later_second_officer(suite: Suite, gas: GasBook) -> None:
    collection = suite.collection(suite.collector)
    suite.register(collection, suite.collector)
    second = suite.co_sign(suite.second, SECOND_OFFICER, collection, 1)
    gas.note("cosign: a second officer", cosign(suite, collection, second))


def test_supplement(suite: Suite, gas: GasBook) -> None:
    facts = suite.facts(mask(A, C, D), method=PLAIN_METHOD)
    suite.register(suite.collection(suite.collector, facts), suite.collector)
    arguments = (suite.ids["my_police"], ROOT, MY, mask(B), DOCUMENTS)
    gas.note("supplement: one step", suite.evidence.supplement(*arguments, {"from": suite.curer}))


def test_confirm_date(suite: Suite, gas: GasBook) -> None:
    pass_time(4 * DAY)
    collection = suite.collection(suite.collector, suite.facts(method=PLAIN_METHOD, ago=4 * DAY))
    suite.register(collection, suite.collector)
    arguments = (suite.ids["my_police"], ROOT, DOCUMENTS)
    gas.note("confirmDate", suite.evidence.confirmDate(*arguments, {"from": suite.cn_confirmer}))


def test_withdraw_first_and_second_entry(suite: Suite, gas: GasBook) -> None:
    """The first act after registration opens a slot for it and one for the history; the next finds both."""
    for root in (ROOT, OTHER_ROOT):
        suite.register(plain(suite, root=root), suite.collector)
    police, by_curer = suite.ids["my_police"], {"from": suite.curer}
    gas.note("withdraw: first entry", suite.evidence.withdraw(police, ROOT, 2, by_curer))
    gas.note("supersede: second entry", suite.evidence.supersede(police, ROOT, OTHER_ROOT, by_curer))


# Standards


def test_adopt_all_methods(suite: Suite, gas: GasBook) -> None:
    """A country adopts its first standards, of all twelve methods, in one transaction."""
    methods = sorted(Method, key=lambda method: (method is not Method.OTHER, method))
    young = deploy(usual_founders(suite.actor), [(method, *BASELINE.pack()) for method in methods])
    young.actors, young.ids = suite.actors, suite.ids
    tx = young.adopt("my_authority", MY, [(Origin.DOMESTIC, method, HOME) for method in methods])
    assert len(methods) == 12
    gas.note("adopt: twelve standards", tx)
