# SPDX-License-Identifier: Apache-2.0
"""A process is killed at every point of sending; the next one finishes, and nothing happens twice."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from fakecast import Cast
from fakenode import FakeNode

from concordat.ledger.chain import Chain
from concordat.ledger.outbox import Outbox

KILLED = """
import os, signal, sys
from pathlib import Path

from eth_account import Account
from eth_utils.crypto import keccak

from concordat.ledger.chain import Chain
from concordat.ledger.outbox import Outbox
from concordat.ledger.signer import LocalSigner

url, directory, path, point = sys.argv[1:]

def die(reached):
    if reached == point:
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))

police = LocalSigner(Account.from_key(keccak(text="police")))
ledger = Outbox(Path(path), die).bind(Chain.connect(url, directory))
ledger.send(police, "AgencyRegistry", "publishEncryptionKey", b"\\x07" * 32)
"""


@pytest.mark.parametrize("point", ["accepted", "signed", "sent", "mined"])
def test_nothing_is_lost_and_nothing_happens_twice(
    point: str, url: str, chain: Chain, cast: Cast, node: FakeNode, outbox_file: Path
) -> None:
    script = [sys.executable, "-c", KILLED, url, chain.address("Directory"), str(outbox_file), point]
    killed = subprocess.run(script, capture_output=True, timeout=60, check=False)
    assert killed.returncode == -getattr(signal, "SIGKILL", signal.SIGTERM), killed.stderr.decode()

    outbox = Outbox(outbox_file)
    assert len(outbox.unfinished(chain)) == 1

    receipt = outbox.bind(chain).send(cast.police, "AgencyRegistry", "publishEncryptionKey", b"\x07" * 32)

    assert receipt.event("EncryptionKeyPublished").args["version"] == 1
    assert len(cast.ledger.events("AgencyRegistry", "EncryptionKeyPublished")) == 1
    assert outbox.unfinished(chain) == []
    assert len({sent["hash"] for sent in node.sent}) == 1
