# SPDX-License-Identifier: Apache-2.0
"""A Ganache of one's own, for tests that need a real chain and not Brownie's."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from concordat.errors import NodeError
from concordat.ledger.rpc import Rpc
from tools.ports import LOCAL_HOST, free_port

ROOT = Path(__file__).resolve().parents[1]


@contextmanager
def ganache(
    chain_id: int = 1337, *, first_block: int | None = None, accounts: int = 10, port: int | None = None
) -> Iterator[str]:
    """A Ganache on a free port; nothing of it is kept. Gives its address.

    Args:
        chain_id: of the chain.
        first_block: its time, seconds since 1970 UTC; None: now.
        accounts: how many accounts with money the node holds the keys of.
        port: preferred.
    """
    port = free_port(port or 8700 + chain_id % 50)
    command = [
        str(ROOT / "node_modules" / ".bin" / "ganache"),
        *("--server.host", LOCAL_HOST, "--server.port", str(port)),
        *("--chain.chainId", str(chain_id), "--chain.networkId", str(chain_id)),
        *("--chain.hardfork", "shanghai", "--miner.blockGasLimit", "30000000"),
        *("--wallet.deterministic", "--wallet.totalAccounts", str(accounts)),
    ]
    if first_block:
        command += ["--chain.time", iso(first_block)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT)
    try:
        url = f"http://{LOCAL_HOST}:{port}"
        _wait(url, process)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=30)


def iso(seconds: float) -> str:
    """A time as records write it."""
    return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            Rpc(url).request("eth_chainId")
            return
        except NodeError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.1)
