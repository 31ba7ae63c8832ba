# SPDX-License-Identifier: Apache-2.0
"""Brownie with a chain of its own, made fit for coverage or, without it, fast.

Brownie attaches to whatever answers on its port, be it the chain of `make chain` or the tests of another
checkout. This picks a port that nobody uses, beginning with TEST_PORT, and then is `brownie` with the same
arguments.
"""

import os
import sys

from brownie._cli.__main__ import main
from brownie._config import CONFIG

from tools import brownie_coverage, brownie_speed
from tools.networks import TEST_PORT
from tools.ports import free_port


def use_port(port: int) -> None:
    """Let every network that Brownie starts itself listen on `port`."""
    for network in CONFIG.networks.values():
        if "cmd" in network:
            network["cmd_settings"]["port"] = port


if __name__ == "__main__":
    use_port(free_port(int(os.environ.get("TEST_PORT", TEST_PORT))))
    if "--coverage" in sys.argv:  # which traces every call, sent as a transaction, and undoes it
        brownie_coverage.fix()
    else:
        brownie_speed.hurry()
    main()
