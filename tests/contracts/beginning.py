# SPDX-License-Identifier: Apache-2.0
"""Where every test begins: one suite, alone on its chain, at one second.

So what a test finds, and what its acts cost, depends on no test before it and on no machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from brownie import chain
from brownie._config import CONFIG
from brownie.exceptions import ContractNotFound

from tests.contracts.clock import block_at, now
from tests.contracts.suite import Suite

BEGUN = 0x6B5A5A5A
"""27 January 2027, 20:58:02. None of its bytes is zero, which would cost less to send."""

Build = Callable[[], Suite]

_standing: dict[Build, Suite] = {}
"""The one that is on the chain now, by who built it."""


def begin_with(build: Build) -> Suite:
    """The suite that `build` builds, at {BEGUN}; `chain.revert()` brings it back as it was.

    It is built once for all modules of tests that follow each other and want the same.
    """
    suite = _standing.get(build)
    if suite is None or not _stands(suite):
        chain.reset()
        _standing.clear()
        with _untraced():
            suite = _standing[build] = build()
        assert now() < BEGUN, "building took longer than until the tests begin"
        block_at(BEGUN)
        chain.snapshot()
    return suite


@contextmanager
def _untraced() -> Iterator[None]:
    """Building takes minutes where coverage is measured, and what it reaches no test has looked at."""
    measured = CONFIG.argv["coverage"]
    CONFIG.argv["coverage"] = False
    try:
        yield
    finally:
        CONFIG.argv["coverage"] = measured


def _stands(suite: Suite) -> bool:
    """Whether nobody has reset the chain since; Brownie hands out nothing of a contract that is gone."""
    try:
        return bool(suite.genesis.address)
    except ContractNotFound:
        return False
