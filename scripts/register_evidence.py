# SPDX-License-Identifier: Apache-2.0
"""Register a package, or pack a record and files and register that.

brownie run register_evidence main phone.acq keystore:officer --network sepolia
brownie run register_evidence main phone.yaml keystore:officer exhibits/phone --network sepolia
"""

from __future__ import annotations

from pathlib import Path

from concordat.casework import pack, register
from concordat.evidence.layout import ENDING
from concordat.evidence.package import Package
from scripts import network


@network.told
def main(what: str, key: str, *paths: str) -> str:
    """Register.

    Args:
        what: a package NAME.acq, or a record.
        key: URI of the officer's key.
        paths: with a record: the collected files and folders.

    Returns:
        The root, hex with 0x.
    """
    desk, given = network.desk(key), Path(what)
    if given.is_dir():
        package = Package.open(given)
    else:
        package = pack(desk, given, paths, given.with_name(given.stem + ENDING))
    done = register(desk, package)
    paper = done.registration.paper
    print(
        f"{package.name}: {done.registration.acquisition.verdict.label()}; {paper.root}; {paper.transaction}"
    )
    return paper.root
