# SPDX-License-Identifier: Apache-2.0
"""How the demonstration is told: headings, sentences, commands as a user types them, the clock."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import urllib.request
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(os.environ.get("DEMO_DIR", ROOT / ".demo"))
PORT = os.environ.get("CHAIN_PORT", "8545")
URL = f"http://127.0.0.1:{PORT}"
PASSWORD = "only for the demonstration"  # noqa: S105 - of keys that are worth nothing


def chapter(title: str) -> None:
    """A heading."""
    print(f"\n== {title} ==", flush=True)


def say(text: str) -> None:
    """A sentence between commands."""
    print(f"\n# {text}", flush=True)


def concordat(
    line: str, *, at: str = "", expect: int = 0, quiet: bool = False, lines: int = 0, tail: int = 0
) -> str:
    """Run one command as a user would, and print it and what it prints.

    Args:
        line: what is typed after ``concordat``.
        at: folder in which it is typed, for instance an agency's workspace.
        expect: the exit code; anything else ends the demonstration.
        quiet: print only the command.
        lines, tail: print only so many lines from the start, or the end.

    Returns:
        What the command printed on stdout.
    """
    print(f"{at}$ concordat {line}", flush=True)
    command = [str(Path(sys.executable).with_name("concordat")), *shlex.split(line)]
    settings = {"CONCORDAT_PASSWORD": PASSWORD, "NO_COLOR": "1", "PYTHONUTF8": "1"}
    done = subprocess.run(
        command, cwd=HERE / at, env=os.environ | settings, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode != expect:
        print(done.stdout + done.stderr, file=sys.stderr)
        sys.exit(f"The demonstration ends here: the command left with {done.returncode}, not {expect}.")
    if not quiet:
        printed = (done.stderr + done.stdout).rstrip().splitlines()
        print("\n".join(_some(printed, lines, tail)), flush=True)
    if expect:
        print(f"(exit code {done.returncode})", flush=True)
    return done.stdout


def _some(printed: list[str], lines: int, tail: int) -> Iterable[str]:
    if lines and len(printed) > lines:
        return [*printed[:lines], f"    ... {len(printed) - lines} more lines"]
    if tail and len(printed) > tail:
        return [f"    ... {len(printed) - tail} lines before", *printed[-tail:]]
    return printed


def rpc(method: str, *parameters: Any) -> Any:
    """Ask the development node directly, for what no user does: play money and the hands of its clock."""
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": parameters}).encode()
    request = urllib.request.Request(URL, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - the local chain
        content = json.load(answer)
    if "error" in content:
        sys.exit(f"The chain refused {method}: {content['error'].get('message')}")
    return content["result"]


def now() -> int:
    """Time of the newest block, seconds since 1970 UTC."""
    return int(rpc("eth_getBlockByNumber", "latest", False)["timestamp"], 16)


def let_pass(seconds: int) -> None:
    """Let time pass on the chain."""
    rpc("evm_setTime", (now() + seconds) * 1000)
    rpc("evm_mine")
