# SPDX-License-Identifier: Apache-2.0
"""How another program works with Concordat: the same calls as the command line, typed values, typed errors.

    python examples/integrate.py WORKSPACE RECORD FOLDER SIGNER

WORKSPACE was made by ``concordat init``. SIGNER is where the key is kept: external:http://127.0.0.1:8550#0x...
for a signing service (Clef, Web3Signer, an HSM's gateway), else keystore:NAME, or node:0x... for development.
Run it as often as you like: what was packed is not packed again, what was sent is not sent again.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from concordat.casework import Desk, check_record, pack, register, show, verify
from concordat.errors import ConcordatError, OutcomeUnknownError
from concordat.evidence.package import Package
from concordat.evidence.standards import Verdict
from concordat.workspace import Workspace


def password(key: str) -> str:
    """Asked for where the key is a keystore; a signing service asks by itself, or not at all."""
    return os.environ.get("KEY_PASSWORD", "")


def anchor(workspace: Path, record: Path, folder: Path, signer: str) -> dict[str, str]:
    """From files to a record on the chain; gives the verdict of each forum that the record names."""
    desk = Desk(Workspace.find(workspace), password, key=signer)  # compares the pins before anything else

    judgement = check_record(desk, record)  # writes nothing
    for finding in judgement.findings:
        print(f"note: {finding.message['en']}", file=sys.stderr)
    if judgement.verdict == Verdict.REFUSED:
        for reason in judgement.home.reasons:
            print(
                f"{reason.severity.label('en')}: {reason.missing.en} [{reason.citation.en}]", file=sys.stderr
            )
        return {each.code: each.assessment.verdict.name for each in judgement.forums}

    target = record.with_suffix(".acq")
    package = Package.open(target) if target.exists() else pack(desk, record, [folder], target)
    done = register(desk, package)  # finds what was registered before, and sends nothing then
    assert verify(desk, package, [folder]).result.ok  # noqa: S101 - reads every file again

    root = bytes.fromhex(done.registration.paper.root[2:])
    shown = show(desk, package.manifest.agency, root, package.record.forum_numbers)
    return {each.code: each.assessment.verdict.name for each in shown.forums}


def main(arguments: list[str]) -> int:
    """Anchor, and tell the outcome as JSON. Returns the exit code."""
    workspace, record, folder = map(Path, arguments[:3])
    try:
        verdicts = anchor(workspace, record, folder, arguments[3])
    except OutcomeUnknownError as error:
        # Sent, and the workspace's outbox knows it: the next run finishes, and nothing happens twice.
        print(json.dumps({"again": True, **error.as_dict()}))
        return error.exit_code
    except ConcordatError as error:
        # code is for programs; message, kept and next are sentences for whoever sits there.
        print(json.dumps({"again": False, **error.as_dict()}))
        return error.exit_code
    print(json.dumps(verdicts))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
