# SPDX-License-Identifier: Apache-2.0
"""The stage of every part: a fresh chain, a suite with its founders, officers in office."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

from demo.telling import HERE, PORT, ROOT, URL, chapter, concordat, rpc, say

BEGIN = "2026-03-16T00:00:00Z"

POLICE = ["COLLECT", "REGISTER", "CURE", "WITHDRAW", "CONFIRM_DATE", "ANSWER", "RELEASE", "OBJECT"]
FOUNDERS = (
    ("CN", "CENTRAL_AUTHORITY", "CN-MOJ", ["VOTE"]),
    ("MY", "CENTRAL_AUTHORITY", "MY-AGC", ["VOTE"]),
    ("SG", "CENTRAL_AUTHORITY", "SG-AGC", ["VOTE"]),
    ("CN", "POLICE", "CN-MPS-CID", POLICE),
    ("MY", "POLICE", "MY-PDRM", POLICE),
    ("CN", "COURT", "CN-HPC", ["ANSWER", "OBJECT", "CONFIRM_DATE"]),
    ("SG", "BANK", "SG-BANK", ["ANSWER", "RELEASE", "OBJECT"]),
    ("INTL", "INTERNATIONAL_OFFICE", "INT-OFFICE", ["ANSWER", "CONFIRM_DATE"]),
)
OFFICERS = (
    ("my", "MY-PDRM", "faridah", "COLLECT,REGISTER", "specialist"),
    ("my", "MY-PDRM", "records", "CURE,WITHDRAW", "none"),
    ("cn", "CN-MPS-CID", "zhang", "COLLECT,REGISTER", "specialist"),
    ("cn", "CN-MPS-CID", "li", "COLLECT", "first_responder"),
    ("cn", "CN-MPS-CID", "archive", "CURE,WITHDRAW", "none"),
)
AGENCY_KEYS: dict[str, str] = {}


def build() -> None:
    """From nothing to a suite whose officers may act."""
    prepare()
    suite()


def prepare() -> None:
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
    for workspace, _, name, *_ in OFFICERS:
        made = concordat(f"key new {name} --workspace {workspace} --json", quiet=True)
        rpc("eth_sendTransaction", {"from": purse, "to": json.loads(made)["address"], "value": hex(10**19)})
    say("The agencies' own keys are the development node's; the officers' are encrypted keystores.")


def suite() -> None:
    """The suite with its founders; officers accept and are appointed."""
    chapter("A suite that nobody owns")
    key = AGENCY_KEYS["deployer"]
    concordat(
        f"suite create --rpc {URL} --founders founders.yaml --out deployment.json --key {key} --yes",
    )
    for workspace, agency in (("my", "MY-PDRM"), ("cn", "CN-MPS-CID")):
        concordat(f"init --rpc {URL} --deployment deployment.json --agency {agency} --workspace {workspace}")
    concordat("agency list --workspace my")
    say("Each officer accepts by signature; then, and only then, the agency appoints.")
    for workspace, agency, name, powers, training in OFFICERS:
        terms = f"--power {powers} --qualification {training} --until 2028-03-16T00:00:00Z"
        own, theirs = f"--key keystore:{name}", f"--key {AGENCY_KEYS[agency]}"
        concordat(f"officer accept {terms} --out {name}.json {own} --workspace {workspace}", quiet=True)
        concordat(f"officer appoint {name}.json {theirs} --workspace {workspace}", quiet=True)
