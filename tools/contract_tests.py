# SPDX-License-Identifier: Apache-2.0
"""Run the contract tests in several hands at once, each with Brownie and a chain of its own.

A contract test waits for its chain and the chain for the test, so one hand uses half of two cores. The
files are dealt out by weight; what each hand measured of gas is put together at the end.

    python -m tools.contract_tests --network ganache-cli --hands 2 tests/contracts tests/stateful
"""

import argparse
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path

from tools.console import fail, say
from tools.networks import TEST_PORT

ROOT = Path(__file__).resolve().parents[1]
GAS = ROOT / "reports" / "gas.json"
PORTS_APART = 40
#: What these last is longer than their source: each act of each role, lives of many steps, new suites.
WEIGHTS = {
    "test_roles.py": 17,
    "test_client_on_chain.py": 7,
    "test_life_of_assistance.py": 6,
    "test_assistance_states.py": 6,
    "test_life_of_freezes.py": 3,
    "test_bytecode.py": 3,
    "test_scripts.py": 3,
    "test_life_of_cases.py": 2,
    "test_reputation_bits.py": 2,
}


def main() -> None:
    """Deal, run, put together."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="+", type=Path, help="files, or folders with files test_*.py")
    parser.add_argument("--network", default="ganache-cli")
    parser.add_argument("--hands", type=int, default=2)
    arguments = parser.parse_args()
    shares = deal(files(arguments.paths), arguments.hands)
    if subprocess.run([*BROWNIE, "compile"], stdout=subprocess.DEVNULL).returncode:
        subprocess.run([*BROWNIE, "compile"])
        fail("The contracts do not compile.")
    hands = [Hand(number, share, arguments.network) for number, share in enumerate(shares, 1)]
    failed = [hand.number for hand in hands if hand.wait()]
    put_together(hand.gas for hand in hands)
    if failed:
        fail("Failed: " + ", ".join(f"hand {number}" for number in failed) + ".")


def files(paths: Iterable[Path]) -> list[Path]:
    """Every file of tests, in a fixed order."""
    found = [path.rglob("test_*.py") if path.is_dir() else [path] for path in paths]
    return sorted({each for group in found for each in group})


def deal(tests: Iterable[Path], hands: int) -> list[list[Path]]:
    """Give the next heaviest file to the hand that has least; no hand stays empty."""
    shares: list[list[Path]] = [[] for _ in range(hands)]
    held = [0] * hands
    for test in sorted(tests, key=lambda each: (-weight(each), each)):
        least = held.index(min(held))
        shares[least].append(test)
        held[least] += weight(test)
    return [sorted(share) for share in shares if share]


def weight(test: Path) -> int:
    """About how long a file takes, in bytes of its source."""
    return test.stat().st_size * WEIGHTS.get(test.name, 1)


class Hand:
    """One Brownie with its share; every line of it is passed on with its number."""

    def __init__(self, number: int, share: Sequence[Path], network: str) -> None:
        self.number = number
        self.gas = GAS.with_name(f"gas-{number}.json")
        self.gas.unlink(missing_ok=True)
        surroundings = {
            **os.environ,
            "TEST_PORT": str(TEST_PORT + PORTS_APART * (number - 1)),
            "GAS_BOOK": str(self.gas),
        }
        command = [*BROWNIE, "test", *map(str, share), "--network", network]
        self._process = subprocess.Popen(
            command, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self._loaded = threading.Event()
        self._reader = threading.Thread(target=self._pass_on)
        self._reader.start()
        # Brownie writes into build/ while it loads the project, and trips over another that does the same.
        self._loaded.wait()

    def wait(self) -> bool:
        """Whether it failed, once it has ended."""
        self._reader.join()
        return self._process.wait() != 0

    def _pass_on(self) -> None:
        for line in self._process.stdout or ():
            print(f"{self.number}| {line}", end="", flush=True)
            if "test session starts" in line:
                self._loaded.set()
        self._loaded.set()


def put_together(parts: Iterable[Path]) -> None:
    """One gas book of all hands."""
    whole: dict[str, int] = {}
    for part in parts:
        if part.exists():
            whole.update(json.loads(part.read_text(encoding="utf-8")))
            part.unlink()
    GAS.parent.mkdir(exist_ok=True)
    GAS.write_text(json.dumps(whole, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    say(f"Gas of {len(whole)} acts measured: {GAS.relative_to(ROOT)}")


BROWNIE = (sys.executable, "-m", "tools.run_brownie")

if __name__ == "__main__":
    main()
