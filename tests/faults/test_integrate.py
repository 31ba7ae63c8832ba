# SPDX-License-Identifier: Apache-2.0
"""Another program integrates as ``examples/integrate.py`` shows, and three commands suffice by hand."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from typing import Any

from town import ROOT, Office, root_of
from wire import Wire

PROGRAM = ROOT / "examples" / "integrate.py"
SECONDS = 60
"""From files to the chain by three commands, on a slow machine beside other work."""


def integrate(office: Office) -> tuple[int, dict[str, Any]]:
    """Run the example as it stands, with a signing service; gives exit code and its object."""
    signer = f"external:{office.town.url}#{office.town.officer}"
    done = subprocess.run(
        [sys.executable, str(PROGRAM), ".", "case.yaml", "files", signer],
        cwd=office.folder,
        env=office.variables(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, json.loads(done.stdout)


def test_another_program_anchors_and_reads_three_verdicts(office: Office) -> None:
    verdicts = {"MY": "CONFORMS", "CN": "NO_STANDARD", "SG": "NO_STANDARD"}
    assert integrate(office) == (0, verdicts)
    height = office.town.height
    assert integrate(office) == (0, verdicts)
    assert office.town.height == height


def test_it_is_told_what_was_kept_and_what_is_next_and_runs_again(office: Office, wire: Wire) -> None:
    wire.cut("eth_sendRawTransaction", delivered=True)
    code, told = integrate(office)
    assert (code, told["again"], told["code"]) == (9, True, "outcome.unknown")
    assert told["kept"] and told["next"]
    code, told = integrate(office)
    assert (code, told["again"], told["code"]) == (5, False, "node.unreachable")
    wire.mend()
    code, verdicts = integrate(office)
    assert (code, verdicts["MY"]) == (0, "CONFORMS")
    assert office.town.registered(root_of(office)) == 1


def test_the_example_is_short() -> None:
    assert len(PROGRAM.read_text(encoding="utf-8").splitlines()) < 80


def test_three_commands_lead_from_files_to_the_chain(office: Office) -> None:
    """S018, timed: check, pack, register, each in a process of its own as an officer types them."""
    started = time.monotonic()
    for words in (("check", "case.yaml", "files"), ("pack", "case.yaml", "files"), ("register", "case.acq")):
        ran = office.process(*words)
        assert ran.code == 0, ran.err
    seconds = time.monotonic() - started
    print(f"from files to the chain: {seconds:.1f} seconds")
    assert seconds < SECONDS
    assert (
        office.folder / "case.acq" / "certificate" / "registration-certificate.pdf"
    ).stat().st_size > 20_000
    assert office("verify", "case.acq", "files").code == 0
