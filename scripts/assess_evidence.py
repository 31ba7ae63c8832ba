# SPDX-License-Identifier: Apache-2.0
"""What is a registered package worth in each forum?

brownie run assess_evidence main phone.acq node:0x... MY,CN,SG --network sepolia
"""

from __future__ import annotations

from pathlib import Path

from concordat.casework import show
from concordat.casework.judging import sentences
from concordat.evidence.package import Package
from concordat.evidence.places import numeric
from scripts import network


@network.told
def main(package: str, key: str, forums: str = "") -> dict[str, str]:
    """Ask the contract for every forum of the record, and further ones.

    Args:
        package: registered.
        key: URI of any key; nothing is signed.
        forums: codes, separated by commas.

    Returns:
        The verdict's name by forum.
    """
    held = Package.open(Path(package))
    further = [numeric(code.strip()) for code in forums.split(",") if code.strip()]
    wanted = tuple(dict.fromkeys((*held.record.forum_numbers, *further)))
    shown = show(network.desk(key), held.manifest.agency, held.root(), wanted)
    for judged in shown.forums:
        print(f"{judged.code}: {judged.assessment.verdict.label()}")
        for line in sentences(judged.reasons):
            print(line)
    print("An assessment of declared facts, not a ruling.")
    return {judged.code: judged.assessment.verdict.name for judged in shown.forums}
