# SPDX-License-Identifier: Apache-2.0
"""The demonstration: one case from the first appointment to the check that shows a changed byte.

Run by ``make demo``. It starts a fresh local chain, works in .demo/, and prints every command as a user types
it. Nothing is simulated: keys, chain, files and documents are real, only the case is made up.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / ".demo"
CASE = "../examples/case-0317"
PORT = os.environ.get("CHAIN_PORT", "8545")
URL = f"http://127.0.0.1:{PORT}"
BEGIN, COLLECTED = "2026-03-16T00:00:00Z", 1773820800  # 2026-03-18T08:00:00Z
PASSWORD = "only for the demonstration"  # noqa: S105 - of keys that are worth nothing

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


def main() -> None:
    """Tell the case, chapter by chapter."""
    started = time.monotonic()
    for tell in (prepare, suite, standards, malaysia, refused, cured, forums, changed, documents):
        tell()
    seconds = time.monotonic() - started
    print(f"\nThe demonstration took {seconds:.0f} seconds. The chain runs on at {URL}; go on with it:")
    print(f"    cd .demo; export CONCORDAT_PASSWORD='{PASSWORD}'")
    print("    ../.venv/bin/concordat doctor --workspace my")
    print("make stop stops the chain; make chain starts it again with all that it holds.")


# The chapters


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


def standards() -> None:
    """Three countries adopt their standards over the international baseline."""
    chapter("Each country adopts its own legal standards")
    for code, agency, workspace in (("cn", "CN-MOJ", "cn"), ("my", "MY-AGC", "my"), ("sg", "SG-AGC", "my")):
        concordat(f"standard adopt {code} --key {AGENCY_KEYS[agency]} --workspace {workspace}", quiet=True)
    concordat("standard show MY STORAGE_IMAGING --workspace my", lines=14)
    say("Two days pass on the chain. What follows was collected on 17 March 2026.")
    rpc("evm_setTime", COLLECTED * 1000)
    rpc("evm_mine")


def malaysia() -> None:
    """A phone and a USB stick, imaged in Johor Bahru: conforms at home."""
    chapter("Malaysia: a phone and a USB stick")
    what = f"{CASE}/my-phone.yaml {CASE}/exhibits/my-phone"
    expected = f"--expect {CASE}/documents/my-phone/hash-list.sha256"
    own = "--key keystore:faridah --workspace my"
    say("Three commands from files to record: check, pack, register.")
    concordat(f"check {what} {expected} {own}")
    concordat(f"pack {what} {expected} --out my-phone.acq {own}")
    concordat(f"register my-phone.acq {own}", lines=7)


def refused() -> None:
    """An interception without approval, under an order that had run out."""
    chapter("China: a collection that is refused")
    what = f"{CASE}/refused.yaml {CASE}/exhibits/refused --out refused.acq"
    concordat(f"register {what} --key keystore:zhang --workspace cn", expect=3)
    say("Nothing was registered. The attempt is in the journal, and the next manifest of the case cites it.")


def cured() -> None:
    """An online extraction that one officer signed: curable, and cured."""
    chapter("China: curable, co-signed by the second officer, cured by a document")
    what = f"{CASE}/cn-online.yaml {CASE}/exhibits/cn-online --out cn-online.acq"
    expected = f"--expect {CASE}/documents/cn-online/hash-list.sha256"
    concordat(f"register {what} {expected} --key keystore:zhang --workspace cn", expect=7)
    concordat("cosign cn-online.acq --role second_officer --key keystore:li --workspace cn")
    concordat("cosign cn-online.acq --submit --key keystore:zhang --workspace cn")
    item_list = f"--add ITEM_LIST={CASE}/documents/cure-online/item-list.pdf"
    concordat(f"supplement cn-online.acq {item_list} --key keystore:archive --workspace cn")
    concordat("show cn-online.acq --workspace cn", tail=12)


def forums() -> None:
    """What the Malaysian acquisition is worth in each forum, before and after China's papers."""
    chapter("One acquisition, three forums")
    concordat("show my-phone.acq --workspace my", tail=16)
    say("Before the Chinese court it lacks three papers, and not 'two Chinese investigators'.")
    papers = f"{CASE}/documents/cure-cn"
    added = (
        f"--add SOURCE_STATEMENT={papers}/source-statement.pdf --add USE_LIMITS={papers}/use-limits.pdf "
        f"--add TRANSLATION={papers}/translation-zh.pdf"
    )
    concordat(f"supplement my-phone.acq --forum CN {added} --key keystore:records --workspace my")
    concordat("show my-phone.acq --workspace my --lang zh", tail=7)


def changed() -> None:
    """One bit is flipped, one file removed, one added, one renamed."""
    chapter("One byte")
    copy = HERE / "copy"
    shutil.copytree(HERE / CASE / "exhibits" / "my-phone", copy)
    concordat("verify my-phone.acq copy --workspace my")
    log = copy / "usb" / "access.log"
    content = bytearray(log.read_bytes())
    content[100] ^= 1
    log.write_bytes(content)
    (copy / "phone" / "mail" / "tax-notice.eml").unlink()
    (copy / "phone" / "mail" / "planted.eml").write_text("From: nobody@example.test\n\nPlanted.\n")
    (copy / "usb" / "usb-stick.img").rename(copy / "usb" / "stick.img")
    say("One bit of usb/access.log is flipped, one file is removed, one is added, one is renamed.")
    concordat("verify my-phone.acq copy --workspace my", expect=4)
    say("The same without any node: the package's own proof leads to the block of the registration.")
    concordat(f"verify my-phone.acq {CASE}/exhibits/my-phone --offline")


def documents() -> None:
    """Where the two documents are."""
    chapter("What a prosecutor reads")
    concordat("report my-phone.acq --lang en,zh --workspace my")
    concordat("report cn-online.acq --lang zh --out in-chinese --workspace cn")
    say("Collection report and registration certificate, as JSON, HTML and PDF, in English and Chinese:")
    print(f"    {HERE / 'my-phone.acq' / 'report' / 'collection-report.pdf'}")
    print(f"    {HERE / 'my-phone.acq' / 'certificate' / 'registration-certificate.pdf'}")


# Telling


def chapter(title: str) -> None:
    """A heading."""
    print(f"\n== {title} ==", flush=True)


def say(text: str) -> None:
    """A sentence between commands."""
    print(f"\n# {text}", flush=True)


def concordat(line: str, *, expect: int = 0, quiet: bool = False, lines: int = 0, tail: int = 0) -> str:
    """Run one command as a user would, and print it and what it prints.

    Args:
        line: what is typed after ``concordat``.
        expect: the exit code; anything else ends the demonstration.
        quiet: print only the command.
        lines, tail: print only so many lines from the start, or the end.

    Returns:
        What the command printed on stdout.
    """
    print(f"$ concordat {line}", flush=True)
    command = [str(Path(sys.executable).with_name("concordat")), *shlex.split(line)]
    settings = {"CONCORDAT_PASSWORD": PASSWORD, "NO_COLOR": "1", "PYTHONUTF8": "1"}
    done = subprocess.run(
        command, cwd=HERE, env=os.environ | settings, capture_output=True, encoding="utf-8", check=False
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


if __name__ == "__main__":
    main()
