# SPDX-License-Identifier: Apache-2.0
"""Agreements for tests: drafts as tuples of the Solidity structs, and the way to what is in force."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from brownie import web3
from eth_abi import encode

from concordat.cooperation.words import LegalBasis, RequestKind, UseLimit
from tests.contracts.cooperation.stage import COUNTRIES, PAPER, Kind
from tests.contracts.suite import CN, DAY, HOUR, MY, ZERO32, Suite

TEXT, DUTY = bytes(web3.keccak(text="an agreement")), bytes(web3.keccak(text="name a contact point"))
NOTICE = 90 * DAY
TERMS_TYPE = "(uint8,uint32,uint32,uint32,uint32,uint16,uint8)"
DRAFT_TYPE = (
    "(bytes32,uint16[],uint8,bytes32,uint8,uint32,uint40,uint40,bool,"
    f"{TERMS_TYPE}[],(uint16,uint32,uint32,bytes32)[])"
)
USUAL_KINDS = (
    Kind.PRESERVE_DATA,
    Kind.DATA_EXCHANGE,
    Kind.EVIDENCE,
    Kind.SERVICE_OF_DOCUMENTS,
    Kind.FREEZE_ASSETS,
)


def terms(kind: int, **changes: Any) -> tuple[int, ...]:
    """Terms of one kind: acknowledged in 3 days, answered in 30; in 4 hours and 2 days where it is urgent."""
    values = {
        "kind": int(kind),
        "acknowledge_within": 3 * DAY,
        "answer_within": 30 * DAY,
        "acknowledge_urgent_within": 4 * HOUR,
        "answer_urgent_within": 2 * DAY,
        "use_limits": int(UseLimit.CASE_ONLY | UseLimit.NO_FORWARDING),
        "confidentiality": 1,
    }
    assert changes.keys() <= values.keys()
    return tuple((values | changes).values())


def obligation(
    debtor: int = 0, due_within: int = 30 * DAY, every: int = 0, duty: bytes = DUTY
) -> tuple[Any, ...]:
    """An Obligation."""
    return debtor, due_within, every, duty


def draft(**changes: Any) -> tuple[Any, ...]:
    """A Draft between China and Malaysia that covers five kinds."""
    values = {
        "text": TEXT,
        "parties": [CN, MY],
        "basis": int(LegalBasis.TREATY),
        "reference": b"CN-MY 2015".ljust(32, b"\0"),
        "ratifications": 2,
        "notice": NOTICE,
        "enters_at": 0,
        "ends_at": 0,
        "open": False,
        "terms": [terms(kind) for kind in USUAL_KINDS],
        "obligations": [],
    }
    assert changes.keys() <= values.keys()
    return tuple((values | changes).values())


def among(*countries: str, **changes: Any) -> tuple[Any, ...]:
    """A draft between these countries; two ratifications are enough."""
    return draft(**{"parties": sorted(COUNTRIES[country] for country in countries), **changes})


def thread_id(proposer: int, given: Sequence[Any]) -> bytes:
    """keccak256(abi.encode(jurisdiction of the proposer, keccak256(abi.encode(draft))))."""
    digest = web3.keccak(encode([DRAFT_TYPE], [tuple(given)]))
    return bytes(web3.keccak(encode(["uint16", "bytes32"], [proposer, digest])))


def version_id(thread: bytes, given: Sequence[Any]) -> bytes:
    """keccak256(abi.encode(thread, draft))."""
    return bytes(web3.keccak(encode(["bytes32", DRAFT_TYPE], [thread, tuple(given)])))


def propose(suite: Suite, given: Sequence[Any], by: str = "cn") -> tuple[bytes, bytes]:
    """Open a thread as the central authority of that country: thread and version."""
    suite.agreements.propose(given, {"from": suite.actors[f"{by}_authority"]})
    thread = thread_id(COUNTRIES[by], given)
    return thread, version_id(thread, given)


def counter(suite: Suite, thread: bytes, answers: bytes, given: Sequence[Any], by: str = "my") -> bytes:
    suite.agreements.counter(thread, answers, given, {"from": suite.actors[f"{by}_authority"]})
    return version_id(thread, given)


def accept(suite: Suite, thread: bytes, version: bytes, *countries: str) -> Any:
    for country in countries:
        tx = suite.agreements.accept(thread, version, {"from": suite.actors[f"{country}_authority"]})
    return tx


def ratify(suite: Suite, thread: bytes, *countries: str, reserved: Sequence[RequestKind] = ()) -> Any:
    version = suite.agreements.agreedVersion(thread)
    kinds = bits(*reserved)
    for country in countries:
        by_authority = {"from": suite.actors[f"{country}_authority"]}
        tx = suite.agreements.ratify(thread, version, PAPER, kinds, PAPER if kinds else ZERO32, by_authority)
    return tx


def withdraw(suite: Suite, thread: bytes, country: str) -> Any:
    return suite.agreements.withdraw(thread, PAPER, {"from": suite.actors[f"{country}_authority"]})


def agreed(suite: Suite, given: Sequence[Any]) -> bytes:
    """Proposed by its first party that is on stage, accepted by all others."""
    names = {code: name for name, code in COUNTRIES.items()}
    first, *others = (names[code] for code in given[1])
    thread, version = propose(suite, given, by=first)
    accept(suite, thread, version, *others)
    return thread


def in_force(suite: Suite, given: Sequence[Any] | None = None) -> bytes:
    """Agreed and ratified by all; the thread."""
    given = given or draft()
    thread = agreed(suite, given)
    names = {code: name for name, code in COUNTRIES.items()}
    ratify(suite, thread, *(names[code] for code in given[1]))
    return thread


def bits(*kinds: RequestKind) -> int:
    return sum(1 << kind for kind in kinds)
