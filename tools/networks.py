# SPDX-License-Identifier: Apache-2.0
"""Write Brownie's list of networks (in the checkout's own home), or complete the one that is there.

Brownie's own chains get a port of their own, away from `make chain`, which becomes the live network `local`.
Networks that a developer added by `brownie networks add` stay.

Their time does not follow the machine's: it begins at a fixed second, and on Ganache each block is one second
after the one before. So a test finds the same times in every run, and an act costs the same gas however fast
the machine is (to write a word that keeps its value, as two acts fell into one second, costs 2,800 less).
"""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import brownie
import yaml

from tools.ports import LOCAL_HOST

TEST_PORT = 8549
CHAIN_ID = 1337
FIRST_BLOCK = datetime(2027, 1, 27, 16, 30, tzinfo=UTC)
SECONDS_PER_BLOCK = 1
COMMANDS = {
    "ganache-cli": f"ganache-cli --chain.time {FIRST_BLOCK:%Y-%m-%dT%H:%M:%SZ}"
    f" --miner.timestampIncrement {SECONDS_PER_BLOCK}",
    "anvil": f"anvil --timestamp {int(FIRST_BLOCK.timestamp())}",
}
"""With the options that Brownie has no setting for."""


def main() -> None:
    """Complete ~/.brownie/network-config.yaml, where ~ is the checkout's .home."""
    target = Path.home() / ".brownie" / "network-config.yaml"
    source = target if target.exists() else Path(brownie.__file__).parent / "data" / "network-config.yaml"
    config: dict[str, Any] = yaml.safe_load(source.read_text(encoding="utf-8"))
    for network in config["development"]:
        if network["id"] in COMMANDS:
            network["cmd"] = COMMANDS[network["id"]]
        network["cmd_settings"]["port"] = TEST_PORT
    config["live"] = [group for group in config["live"] if group["name"] != "Concordat"] + [local_chain()]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(yaml.safe_dump(config, sort_keys=False), encoding="utf-8")


def local_chain() -> dict[str, Any]:
    """The chain of `make chain`, as a live network: Brownie neither starts nor stops it."""
    port = int(os.environ.get("CHAIN_PORT", "8545"))
    network = {
        "id": "local",
        "name": "the chain of `make chain`",
        "host": f"http://{LOCAL_HOST}:{port}",
        "chainid": CHAIN_ID,
    }
    return {"name": "Concordat", "networks": [network]}


if __name__ == "__main__":
    main()
