# SPDX-License-Identifier: Apache-2.0
"""What registering costs, to the unit. The figures are compared with snapshots/gas.json."""

from __future__ import annotations

from tests.contracts.suite import PLAIN_METHOD, SECOND_OFFICER, Suite


def test_one_signer_without_clauses(suite: Suite, gas: dict[str, int]) -> None:
    """An officer who collected and sends it himself, judged by a standard without clauses."""
    collection = suite.collection(suite.collector, suite.facts(method=PLAIN_METHOD))
    gas["register: one signer, no clause"] = suite.register(collection, suite.collector).gas_used


def test_one_signer_with_clauses(suite: Suite, gas: dict[str, int]) -> None:
    gas["register: one signer, clauses"] = suite.register(
        suite.collection(suite.collector), suite.collector
    ).gas_used


def test_two_signers(suite: Suite, gas: dict[str, int]) -> None:
    collection = suite.collection(suite.collector, suite.facts(method=PLAIN_METHOD))
    second = suite.co_sign(suite.second, SECOND_OFFICER, collection, 1)
    gas["register: two signers, no clause"] = suite.register(collection, suite.collector, [second]).gas_used


def test_two_signers_with_clauses(suite: Suite, gas: dict[str, int]) -> None:
    collection = suite.collection(suite.collector)
    second = suite.co_sign(suite.second, SECOND_OFFICER, collection, 1)
    gas["register: two signers, clauses"] = suite.register(collection, suite.collector, [second]).gas_used


def test_registrar_for_collector(suite: Suite, gas: dict[str, int]) -> None:
    """The collector signed in the field, somebody else of the agency sends it."""
    collection = suite.collection(suite.collector, suite.facts(method=PLAIN_METHOD))
    used = suite.register(collection, suite.collector, registrar=suite.registrar).gas_used
    gas["register: sent by a registrar, no clause"] = used
