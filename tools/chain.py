# SPDX-License-Identifier: Apache-2.0
"""A local Ganache chain that stays: started in the background, kept in .chain/, stopped in good order.

    python -m tools.chain start [--fresh]    start it, or say that it runs; --fresh forgets the old one first
    python -m tools.chain stop               stop it; what it holds stays
    python -m tools.chain status             exit code 0 if it answers

Environment: CHAIN_PORT (8545), CHAIN_TIME (the time of the first block, ISO 8601 with offset; default now),
CHAIN_DIR (.chain). The accounts come from .chain/mnemonic: known to everybody, worth nothing.
"""

import argparse
import json
import os
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from tools.console import fail, say
from tools.ports import LOCAL_HOST, is_free

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / os.environ.get("CHAIN_DIR", ".chain")
PORT = int(os.environ.get("CHAIN_PORT", "8545"))
URL = f"http://{LOCAL_HOST}:{PORT}"
CHAIN_ID = 1337
MNEMONIC = "test test test test test test test test test test test junk"
START_SECONDS = 60
STOP_SECONDS = 20


def main() -> None:
    """Do what the arguments say."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("action", choices=("start", "stop", "status"))
    parser.add_argument("--fresh", action="store_true", help="forget what the chain holds")
    arguments = parser.parse_args()
    if arguments.action == "start":
        start(fresh=arguments.fresh)
    elif arguments.action == "stop":
        stop()
    elif not answers():
        fail(f"No chain answers at {URL}. Start it with `make chain`.")
    else:
        say(f"The chain answers at {URL}.")


def start(*, fresh: bool) -> None:
    """Start the chain unless it runs; returns once it answers."""
    if fresh:
        stop()
        shutil.rmtree(FOLDER, ignore_errors=True)
    if is_running():
        say(f"The chain runs at {URL} (chain id {CHAIN_ID}).")
        return
    if not is_free(PORT):
        fail(f"Port {PORT} is taken by another program. Choose one: `make chain CHAIN_PORT=8600`.")
    process = launch()
    (FOLDER / "pid").write_text(str(process.pid), encoding="ascii")
    wait_until_it_answers(process)
    say(f"The chain runs at {URL} (chain id {CHAIN_ID}); accounts from {FOLDER.name}/mnemonic.")
    say("`make stop` stops it.")


def launch() -> "subprocess.Popen[bytes]":
    """Start Ganache in a session of its own, so that it outlives this program and its terminal."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    mnemonic = FOLDER / "mnemonic"
    if not mnemonic.exists():
        mnemonic.write_text(MNEMONIC + "\n", encoding="ascii")
    with (FOLDER / "ganache.log").open("ab") as log:
        return subprocess.Popen(
            ganache_command(mnemonic.read_text(encoding="ascii").strip()),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def ganache_command(mnemonic: str) -> list[str]:
    """Ganache with the rules that the contracts are compiled for."""
    program = ROOT / "node_modules" / ".bin" / "ganache"
    if not program.exists():
        fail("Ganache is not installed. Run `make setup`.")
    command = [
        str(program),
        *("--server.host", LOCAL_HOST, "--server.port", str(PORT)),
        *("--chain.chainId", str(CHAIN_ID), "--chain.networkId", str(CHAIN_ID)),
        *("--chain.hardfork", "shanghai"),
        *("--miner.blockGasLimit", "30000000"),
        *("--wallet.mnemonic", mnemonic, "--wallet.totalAccounts", "40", "--wallet.defaultBalance", "1000"),
        *("--database.dbPath", str(FOLDER / "db")),
    ]
    first_block_time = os.environ.get("CHAIN_TIME")
    return [*command, "--chain.time", first_block_time] if first_block_time else command


def wait_until_it_answers(process: "subprocess.Popen[bytes]") -> None:
    """Returns when the chain answers; ends the program, with the log, if it does not."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if answers():
            return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    log = (FOLDER / "ganache.log").read_text(encoding="utf-8", errors="replace").splitlines()
    say("\n".join(log[-15:]))
    fail(f"The chain did not start; its log is {FOLDER.name}/ganache.log. `make clean` forgets what it held.")


def stop() -> None:
    """Stop the chain that this checkout started, if any, and wait until it has written everything."""
    pid = recorded_pid()
    if pid is None:
        say("No chain of this checkout runs.")
        return
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    while is_our_chain(pid):
        if time.monotonic() > deadline:
            os.kill(pid, signal.SIGKILL)
            break
        time.sleep(0.1)
    (FOLDER / "pid").unlink(missing_ok=True)
    say(f"The chain is stopped; what it holds is in {FOLDER.name}/.")


def is_running() -> bool:
    """Whether the chain of this checkout runs and answers here."""
    return recorded_pid() is not None and answers()


def recorded_pid() -> int | None:
    """The process of this checkout's chain; None if there is none or its number is another's by now."""
    try:
        pid = int((FOLDER / "pid").read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
    return pid if is_our_chain(pid) else None


def is_our_chain(pid: int) -> bool:
    """Whether a process is a Ganache over our folder (and not a zombie, whose command line is empty)."""
    try:
        command_line = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
    except OSError:
        if not shutil.which("ps"):
            return False
        listed = ["ps", "-ww", "-o", "args=", "-p", str(pid)]
        command_line = subprocess.run(listed, capture_output=True, text=True, check=False).stdout
    return str(FOLDER / "db") in command_line


def answers() -> bool:
    """Whether a chain with our id answers at our address."""
    request = urllib.request.Request(
        URL,
        data=json.dumps({"jsonrpc": "2.0", "id": 1, "method": "eth_chainId", "params": []}).encode(),
        headers={"Content-Type": "application/json"},
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=5) as response:
            answer: dict[str, Any] = json.load(response)
    except (OSError, urllib.error.URLError, ValueError):
        return False
    return int(answer.get("result", "0x0"), 16) == CHAIN_ID


if __name__ == "__main__":
    main()
