# SPDX-License-Identifier: Apache-2.0
"""The stage of every part: a fresh chain, a suite with its founders, officers in office."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from typing import NamedTuple

from demo.telling import HERE, PORT, ROOT, URL, chapter, concordat, rpc, say

BEGIN = "2026-03-16T00:00:00Z"

POLICE = ["COLLECT", "REGISTER", "CURE", "WITHDRAW", "CONFIRM_DATE", "ANSWER", "RELEASE", "OBJECT", "VOTE",
          "REQUEST", "RATIFY", "RATIFY_HIGH", "ENDORSE", "KEEP", "DISTRIBUTE", "ASK", "LEAD",
          "COORDINATE"]  # fmt: skip
AUTHORITY = ["VOTE", "TRANSMIT", "ANSWER", "OBJECT"]
INSTITUTION = ["ANSWER", "CHECK", "RELEASE", "OBJECT"]
FOUNDERS = (
    ("CN", "CENTRAL_AUTHORITY", "CN-MOJ", AUTHORITY),
    ("MY", "CENTRAL_AUTHORITY", "MY-AGC", AUTHORITY),
    ("SG", "CENTRAL_AUTHORITY", "SG-AGC", [*AUTHORITY, "REVIEW"]),
    ("CN", "POLICE", "CN-MPS-CID", POLICE),
    ("MY", "POLICE", "MY-PDRM", POLICE),
    ("SG", "POLICE", "SG-SPF", POLICE),
    ("CN", "COURT", "CN-HPC", ["ANSWER", "OBJECT", "CONFIRM_DATE"]),
    ("SG", "COURT", "SG-COURT", ["JUDGE", "RELEASE"]),
    ("SG", "PROSECUTOR", "SG-PROS", ["PROPOSE", "OBJECT"]),
    ("SG", "BANK", "SG-MERLION", INSTITUTION),
    ("SG", "BANK", "SG-ORCHID", INSTITUTION),
    ("SG", "PAYMENT_INSTITUTION", "SG-KOPIPAY", INSTITUTION),
    ("INTL", "INTERNATIONAL_OFFICE", "INT-OFFICE", ["ANSWER", "CONFIRM_DATE"]),
    ("KH", "CENTRAL_AUTHORITY", "KH-MOJ", AUTHORITY),
    ("VN", "CENTRAL_AUTHORITY", "VN-SPP", AUTHORITY),
    ("PH", "CENTRAL_AUTHORITY", "PH-DOJ", AUTHORITY),
    ("KH", "POLICE", "KH-NP", POLICE),
    ("VN", "POLICE", "VN-C02", POLICE),
    ("PH", "POLICE", "PH-UNIT-9", POLICE),
)
LATER = ("TH-OAG", "TH-RTP")
"""Agencies with a key from the beginning that become members on the way."""


class Officer(NamedTuple):
    """Somebody with a key: in which workspace it lies, for which agency, what the agency gives."""

    workspace: str
    agency: str
    name: str
    powers: str
    qualification: str = "none"


AGENCY_KEYS: dict[str, str] = {}


def build(officers: Sequence[Officer]) -> None:
    """From nothing to a suite whose officers may act."""
    prepare(officers)
    suite(officers)


def prepare(officers: Sequence[Officer]) -> None:
    """A fresh chain, whose clock starts the day before the collection, and keys for everybody."""
    chapter("A chain, and keys for everybody")
    shutil.rmtree(HERE, ignore_errors=True)
    HERE.mkdir()
    say(f"A fresh Ganache chain on port {PORT}. Its clock starts on {BEGIN}, the day before the case.")
    start = [sys.executable, "-m", "tools.chain", "start", "--fresh"]
    clock = {"CHAIN_TIME": BEGIN, "CHAIN_PORT": PORT}
    subprocess.run(start, cwd=ROOT, env=os.environ | clock, check=True)
    accounts = iter(rpc("eth_accounts"))
    founders = []
    for jurisdiction, kind, name, charter in FOUNDERS:
        account = next(accounts)
        AGENCY_KEYS[name] = f"node:{account}"
        founders.append(
            {"jurisdiction": jurisdiction, "kind": kind, "account": account, "name": name, "charter": charter}
        )
    (HERE / "founders.yaml").write_text(json.dumps(founders, indent=2) + "\n")
    AGENCY_KEYS["deployer"] = f"node:{next(accounts)}"
    purse = next(accounts)
    AGENCY_KEYS.update((name, f"node:{next(accounts)}") for name in LATER)
    for officer in officers:
        made = concordat(f"key new {officer.name} --workspace {officer.workspace} --json", quiet=True)
        rpc("eth_sendTransaction", {"from": purse, "to": json.loads(made)["address"], "value": hex(10**19)})
    say("The agencies' own keys are the development node's; the officers' are encrypted keystores.")


def suite(officers: Sequence[Officer]) -> None:
    """The suite with its founders; officers accept and are appointed."""
    chapter("A suite that nobody owns")
    key = AGENCY_KEYS["deployer"]
    concordat(
        f"suite create --rpc {URL} --founders founders.yaml --out deployment.json --key {key} --yes",
    )
    for workspace, agency in dict.fromkeys((officer.workspace, officer.agency) for officer in officers):
        where = f"--agency {agency} --workspace {workspace} --mailbox mailbox"
        concordat(f"init --rpc {URL} --deployment deployment.json {where}", quiet=True)
    concordat(f"agency list --workspace {officers[0].workspace}")
    say("Each officer accepts by signature; then, and only then, the agency appoints.")
    for officer in officers:
        given = f"--power {officer.powers} --qualification {officer.qualification}"
        accepted, where = f"{officer.name}.json", f"--workspace {officer.workspace}"
        until = "--until 2028-03-16T00:00:00Z"
        own, theirs = f"--key keystore:{officer.name}", f"--key {AGENCY_KEYS[officer.agency]}"
        concordat(f"officer accept {given} {until} --out {accepted} {own} {where}", quiet=True)
        concordat(f"officer appoint {accepted} {theirs} {where}", quiet=True)
