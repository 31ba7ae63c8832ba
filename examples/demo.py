# SPDX-License-Identifier: Apache-2.0
"""The demonstration: one case from the first appointment to the check that shows a changed byte.

Run by ``make demo``. It starts a fresh local chain, works in .demo/, and prints every command as a user types it.
Nothing is simulated: keys, chain, files and documents are real, only the case is made up.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CASE = ROOT / "examples" / "case-0317"
HERE = ROOT / ".demo"
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


def main() -> None:
    """Tell the case, chapter by chapter."""
    started = time.monotonic()
    prepare()
    suite()
    standards()
    malaysia()
    refused()
    cured()
    forums()
    changed()
    documents()
    seconds = time.monotonic() - started
    print(f"\nThe demonstration took {seconds:.0f} seconds. The chain runs on at {URL}; go on with it in .demo/:")
    print("    cd .demo && CONCORDAT_PASSWORD='only for the demonstration' ../.venv/bin/concordat doctor --workspace my")
    print("    make stop     stops the chain; make chain starts it again with all that it holds")


# The chapters


def prepare() -> None:
    """A fresh chain, whose clock starts the day before the collection, and keys for everybody."""
    chapter("A chain, and keys for everybody")
    shutil.rmtree(HERE, ignore_errors=True)
    HERE.mkdir()
    (HERE / ".gitignore").write_text("*\n")
    say(f"A fresh Ganache chain on port {PORT}. Its clock starts on {BEGIN}: the case happens on 17 March 2026.")
    environment = os.environ | {"CHAIN_TIME": BEGIN, "CHAIN_PORT": PORT}
    subprocess.run([sys.executable, "-m", "tools.chain", "start", "--fresh"], cwd=ROOT, env=environment, check=True)
    accounts = iter(rpc("eth_accounts"))
    founders = []
    for jurisdiction, kind, name, charter in FOUNDERS:
        account = next(accounts)
        AGENCY_KEYS[name] = f"node:{account}"
        founders.append({"jurisdiction": jurisdiction, "kind": kind, "account": account, "name": name, "charter": charter})
    (HERE / "founders.yaml").write_text(json.dumps(founders, indent=2) + "\n")
    AGENCY_KEYS["deployer"] = f"node:{next(accounts)}"
    purse = next(accounts)
    for workspace, _, name, *_ in OFFICERS:
        made = concordat("key", "new", name, "--workspace", workspace, "--json", show=f"concordat key new {name} --workspace {workspace}")
        address = json.loads(made)["address"]
        rpc("eth_sendTransaction", {"from": purse, "to": address, "value": hex(10**19)})
    say("The agencies' own keys are those of the development node; the officers' are encrypted keystores.")


def suite() -> None:
    """The suite with its founders; officers accept and are appointed."""
    chapter("A suite that nobody owns")
    concordat("suite", "create", "--rpc", URL, "--founders", "founders.yaml", "--out", "deployment.json", "--key", AGENCY_KEYS["deployer"], "--yes")
    for workspace, agency in (("my", "MY-PDRM"), ("cn", "CN-MPS-CID")):
        concordat("init", "--rpc", URL, "--deployment", "deployment.json", "--agency", agency, "--workspace", workspace)
    concordat("agency", "list", "--workspace", "my")
    say("Each officer accepts by signature; then, and only then, the agency appoints.")
    for workspace, agency, name, powers, training in OFFICERS:
        concordat("officer", "accept", "--power", powers, "--qualification", training, "--until", "2028-03-16T00:00:00Z",
                  "--out", f"{name}.json", "--key", f"keystore:{name}", "--workspace", workspace, quiet=True)  # fmt: skip
        concordat("officer", "appoint", f"{name}.json", "--key", AGENCY_KEYS[agency], "--workspace", workspace, quiet=True)


def standards() -> None:
    """Three countries adopt their standards over the international baseline."""
    chapter("Each country adopts its own legal standards")
    for code, agency, workspace in (("cn", "CN-MOJ", "cn"), ("my", "MY-AGC", "my"), ("sg", "SG-AGC", "my")):
        concordat("standard", "adopt", code, "--key", AGENCY_KEYS[agency], "--workspace", workspace, quiet=True)
    concordat("standard", "show", "MY", "STORAGE_IMAGING", "--workspace", "my", lines=14)
    say("Two days pass on the chain: what follows was collected on 17 March, after the officers were appointed.")
    rpc("evm_setTime", COLLECTED * 1000)
    rpc("evm_mine")


def malaysia() -> None:
    """A phone and a USB stick, imaged in Johor Bahru: conforms at home."""
    chapter("Malaysia: a phone and a USB stick")
    files = str(CASE / "exhibits" / "my-phone")
    record, expected = str(CASE / "my-phone.yaml"), str(CASE / "documents" / "my-phone" / "hash-list.sha256")
    say("Three commands from files to record: check, pack, register.")
    concordat("check", record, files, "--expect", expected, "--key", "keystore:faridah", "--workspace", "my")
    concordat("pack", record, files, "--expect", expected, "--out", "my-phone.acq", "--key", "keystore:faridah", "--workspace", "my")
    concordat("register", "my-phone.acq", "--key", "keystore:faridah", "--workspace", "my", lines=7)


def refused() -> None:
    """An interception without approval, under an order that had run out."""
    chapter("China: a collection that is refused")
    concordat("register", str(CASE / "refused.yaml"), str(CASE / "exhibits" / "refused"), "--out", "refused.acq",
              "--key", "keystore:zhang", "--workspace", "cn", expect=3)  # fmt: skip
    say("Nothing was registered. The attempt is in the journal, and the next manifest of the case cites it.")


def cured() -> None:
    """An online extraction that one officer signed: curable, and cured."""
    chapter("China: curable, co-signed by the second officer, cured by a document")
    concordat("register", str(CASE / "cn-online.yaml"), str(CASE / "exhibits" / "cn-online"), "--out", "cn-online.acq",
              "--expect", str(CASE / "documents" / "cn-online" / "hash-list.sha256"),
              "--key", "keystore:zhang", "--workspace", "cn", expect=7)  # fmt: skip
    concordat("cosign", "cn-online.acq", "--role", "second_officer", "--key", "keystore:li", "--workspace", "cn")
    concordat("cosign", "cn-online.acq", "--submit", "--key", "keystore:zhang", "--workspace", "cn")
    item_list = CASE / "documents" / "cure-online" / "item-list.pdf"
    concordat("supplement", "cn-online.acq", "--add", f"ITEM_LIST={item_list}", "--key", "keystore:archive", "--workspace", "cn")
    concordat("show", "cn-online.acq", "--workspace", "cn", tail=12)


def forums() -> None:
    """What the Malaysian acquisition is worth in each forum, before and after the papers that China misses."""
    chapter("One acquisition, three forums")
    concordat("show", "my-phone.acq", "--workspace", "my", tail=22)
    say("Before the Chinese court it lacks three papers of evidence from abroad, and not 'two Chinese investigators'.")
    papers = CASE / "documents" / "cure-cn"
    concordat("supplement", "my-phone.acq", "--forum", "CN",
              "--add", f"SOURCE_STATEMENT={papers / 'source-statement.pdf'}",
              "--add", f"USE_LIMITS={papers / 'use-limits.pdf'}",
              "--add", f"TRANSLATION={papers / 'translation-zh.pdf'}",
              "--key", "keystore:records", "--workspace", "my")  # fmt: skip
    concordat("show", "my-phone.acq", "--workspace", "my", "--lang", "zh", tail=10)


def changed() -> None:
    """One byte is changed, one file removed, one added, one renamed."""
    chapter("One byte")
    copy = HERE / "copy"
    shutil.copytree(CASE / "exhibits" / "my-phone", copy)
    concordat("verify", "my-phone.acq", "copy", "--workspace", "my")
    log = copy / "usb" / "access.log"
    content = bytearray(log.read_bytes())
    content[100] ^= 1
    log.write_bytes(content)
    (copy / "phone" / "mail" / "tax-notice.eml").unlink()
    (copy / "phone" / "mail" / "planted.eml").write_text("From: nobody@example.test\n\nPlanted.\n")
    (copy / "usb" / "usb-stick.img").rename(copy / "usb" / "stick.img")
    say("One bit of usb/access.log is flipped, one file is removed, one is added, one is renamed.")
    concordat("verify", "my-phone.acq", "copy", "--workspace", "my", expect=4)
    say("The same without any node: the package's own proof leads to the block of the registration.")
    concordat("verify", "my-phone.acq", str(CASE / "exhibits" / "my-phone"), "--offline", "--workspace", "my")


def documents() -> None:
    """Where the two documents are."""
    chapter("What a prosecutor reads")
    concordat("report", "my-phone.acq", "--lang", "en,zh", "--workspace", "my")
    concordat("report", "my-phone.acq", "--lang", "zh", "--out", "chinese", "--workspace", "my", quiet=True)
    print(f"    {HERE / 'my-phone.acq' / 'report' / 'collection-report.pdf'}")
    print(f"    {HERE / 'my-phone.acq' / 'certificate' / 'registration-certificate.pdf'}")


# Telling

AGENCY_KEYS: dict[str, str] = {}


def chapter(title: str) -> None:
    """A heading."""
    print(f"\n\033[1m== {title} ==\033[0m" if sys.stdout.isatty() else f"\n== {title} ==", flush=True)


def say(text: str) -> None:
    """A sentence between commands."""
    print(f"\n# {text}", flush=True)


def concordat(
    *arguments: str, expect: int = 0, quiet: bool = False, lines: int = 0, tail: int = 0, show: str = ""
) -> str:
    """Run one command as a user would, and print it and what it prints.

    Args:
        arguments: after ``concordat``.
        expect: the exit code; anything else ends the demonstration.
        quiet: print only the command.
        lines, tail: print only so many lines from the start, or the end.
        show: print this in place of the command and its output.
    """
    print(f"$ {show or typed(arguments)}", flush=True)
    command = [str(Path(sys.executable).with_name("concordat")), *arguments]
    environment = os.environ | {"CONCORDAT_PASSWORD": PASSWORD, "NO_COLOR": "1", "PYTHONUTF8": "1"}
    done = subprocess.run(command, cwd=HERE, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode != expect:
        print(done.stdout + done.stderr, file=sys.stderr)
        print(f"The demonstration ends here: this command left with {done.returncode}, not {expect}.", file=sys.stderr)
        sys.exit(1)
    if not quiet and not show:
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


def typed(arguments: tuple[str, ...]) -> str:
    """The command as one types it in .demo/."""
    shown = [argument.replace(f"{CASE}", "../examples/case-0317") for argument in arguments]
    return " ".join(["concordat", *(f"'{word}'" if " " in word or "#" in word else word for word in shown)])


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
