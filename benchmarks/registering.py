# SPDX-License-Identifier: Apache-2.0
"""What one registration costs, in each of its forms, and where the gas goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eth_abi.abi import encode as abi_encode
from eth_utils.crypto import keccak

from benchmarks.chain import advance, trace
from benchmarks.suite import CHINA, MALAYSIA, POLICE, STEPS, WITH_CLAUSES, WITHOUT_CLAUSES, Suite
from benchmarks.tracing import Breakdown, breakdown
from concordat.evidence import merkle, registry, typed
from concordat.evidence.facts import Facts
from concordat.evidence.methods import Method
from concordat.evidence.typed import Collection, CoSignature, CoSignerRole
from concordat.ledger.rpc import Rpc

HOUR = 3_600
MONTH = 30 * 86_400
SEED = bytes(range(32))

ONE, ONE_CLAUSES, TWO, TWO_CLAUSES = (
    "one signer, no clause",
    "one signer, clauses",
    "two signers, no clause",
    "two signers, clauses",
)
BY_REGISTRAR, ABROAD = "one signer, sent by a registrar", "one signer, abroad under a mandate"


@dataclass(frozen=True)
class Measured:
    """One registration as it was paid for."""

    name: str
    gas: int
    parts: Breakdown


@dataclass(frozen=True)
class Form:
    """One form of a registration."""

    name: str
    method: Method = WITHOUT_CLAUSES
    place: int = MALAYSIA
    second: bool = False
    registrar: bool = False


FORMS = (
    Form(ONE),
    Form(ONE_CLAUSES, method=WITH_CLAUSES),
    Form(TWO, second=True),
    Form(TWO_CLAUSES, method=WITH_CLAUSES, second=True),
    Form(BY_REGISTRAR, registrar=True),
    Form(ABROAD, place=CHINA),
)


def registrations(rpc: Rpc, suite: Suite) -> list[Measured]:
    """Each form once."""
    started = advance(rpc, HOUR)
    advance(rpc, HOUR)
    return [_register(rpc, suite, form, _root(form.name), started) for form in FORMS]


def exhibits(rpc: Rpc, suite: Suite, sizes: Sequence[int]) -> list[tuple[int, int]]:
    """Number of exhibits and gas of an acquisition of so many: a real root over so many leaves."""
    started = advance(rpc, HOUR)
    advance(rpc, HOUR)
    form = Form(ONE)
    return [(size, _register(rpc, suite, form, tree_root(size), started).gas) for size in sizes]


def tree_root(exhibits: int) -> bytes:
    """Root over a manifest and so many exhibits."""
    return merkle.root(merkle.leaf_hashes(SEED, lines(exhibits + 1)))


def lines(count: int) -> Iterator[bytes]:
    """Leaves of the length of an exhibit's line."""
    return (b'{"n":%d,"sha256":"%064x","size":4096}' % (number, number) for number in range(count))


def facts_of(form: Form, started: int) -> Facts:
    """What the collector declares."""
    return Facts(
        started_at=started,
        duration_minutes=30,
        place=form.place,
        data_location=MALAYSIA,
        method=form.method,
        algorithms=0b11,
        officers=0,
        steps=STEPS,
    )


def _collection(suite: Suite, form: Form, root: bytes, started: int) -> Collection:
    asked = (POLICE, form.place, MALAYSIA, started, form.method)
    mandate = bytes(keccak(abi_encode(["uint32", "uint16", "uint16", "uint40", "uint8"], asked)))
    return Collection(
        agency=POLICE,
        root=root,
        facts=facts_of(form, started).pack(),
        standard_version=1,
        collector=suite.people["collector"].address,
        appointment=1,
        deadline=started + MONTH,
        mandate=bytes(32) if form.place == MALAYSIA else mandate,
    )


def _register(rpc: Rpc, suite: Suite, form: Form, root: bytes, started: int) -> Measured:
    collection = _collection(suite, form, root, started)
    bound = [_co_signature(suite, collection)] if form.second else []
    collector = suite.people["collector"]
    sender = suite.people["registrar" if form.registrar else "collector"]
    signature = registry.sign(suite.chain, collector, collection) if form.registrar else b""
    arguments = (collection.struct(), signature, [each.struct() for each in typed.in_order(bound)])
    call = suite.chain.encode(registry.REGISTRY, "register", arguments)
    receipt = suite.chain.execute(sender, call)
    parts = breakdown(trace(rpc, receipt.transaction), call.data, suite.names, registry.REGISTRY)
    if parts.total != receipt.gas_used:
        raise AssertionError(f"{form.name}: {receipt.gas_used} gas paid, {parts.total} found in the trace")
    return Measured(form.name, receipt.gas_used, parts)


def _co_signature(suite: Suite, collection: Collection) -> CoSignature:
    return registry.co_sign(
        suite.chain,
        suite.people["second"],
        collection,
        CoSignerRole.SECOND_OFFICER,
        1,
        collection.deadline,
    )


def _root(name: str) -> bytes:
    return bytes(keccak(text=name))
