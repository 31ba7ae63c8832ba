# SPDX-License-Identifier: Apache-2.0
"""A Ganache chain for one measurement: a free port, a clock of its own, nothing kept.

Time moves by one second a block from a fixed start, so that calldata, signatures and block hashes are the
same in every run, and with them every figure of gas.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from eth_account import Account

from concordat.errors import NodeError
from concordat.ledger.chain import Chain
from concordat.ledger.rpc import Rpc, quantity
from concordat.ledger.signer import LocalSigner
from tools.ports import LOCAL_HOST, free_port
from tools.solidity import ROOT, brownie_compiler

PREFERRED_PORT = 8560
FIRST_BLOCK = "2026-03-17T00:00:00Z"
BALANCE = 10**21
START_SECONDS = 60


@contextmanager
def ganache(keys: Sequence[bytes]) -> Iterator[Rpc]:
    """A running chain on which the given keys own 1,000 ether each."""
    port = free_port(PREFERRED_PORT)
    process = subprocess.Popen(_command(port, keys), stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT)
    try:
        rpc = Rpc(f"http://{LOCAL_HOST}:{port}", timeout=120)
        _wait(rpc, process)
        yield rpc
    finally:
        process.terminate()
        process.wait(timeout=30)


def signer(key: bytes) -> LocalSigner:
    """A key as the package signs with it."""
    return LocalSigner(Account.from_key(key))


def advance(rpc: Rpc, seconds: int) -> int:
    """Let time pass and mine a block; returns its time."""
    rpc.request("evm_increaseTime", seconds)
    rpc.request("evm_mine")
    return Chain(rpc).now()


def trace(rpc: Rpc, transaction: str) -> list[dict[str, Any]]:
    """The steps of a transaction: depth, op, gas and gasCost (numbers), stack (hex)."""
    wanted = {"disableMemory": True, "disableStorage": True}
    steps = rpc.request("debug_traceTransaction", transaction, wanted)["structLogs"]
    return [{**step, "gas": quantity(step["gas"]), "gasCost": quantity(step["gasCost"])} for step in steps]


def _command(port: int, keys: Sequence[bytes]) -> list[str]:
    accounts = [option for key in keys for option in ("--wallet.accounts", f"0x{key.hex()},{BALANCE}")]
    return [
        str(ROOT / "node_modules" / ".bin" / "ganache"),
        *("--server.host", LOCAL_HOST, "--server.port", str(port)),
        *("--chain.chainId", "1337", "--chain.networkId", "1337"),
        *("--chain.hardfork", str(brownie_compiler()["evm_version"])),
        *("--chain.time", FIRST_BLOCK, "--miner.timestampIncrement", "1"),
        *("--miner.blockGasLimit", "30000000"),
        *accounts,
    ]


def _wait(rpc: Rpc, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            rpc.request("eth_chainId")
            return
        except NodeError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.1)
