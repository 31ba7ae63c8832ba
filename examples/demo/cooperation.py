# SPDX-License-Identifier: Apache-2.0
"""Cooperation that governs itself: who joins, what is agreed, asked and settled; standing lost and regained.

Each agency works in a folder of its own. Everybody and everything in it is made up, PH-UNIT-9 before all.
"""

from __future__ import annotations

import itertools
import json
import re
import shutil
from datetime import datetime
from typing import Any

from demo.telling import HERE, URL, chapter, concordat, let_pass, rpc, say
from demo.town import AGENCY_KEYS, Officer

CASE = "../../examples/case-0521"
DAY = 86_400
OFFICERS = (
    Officer("moj", "CN-MOJ", "chen", "TRANSMIT,ANSWER"),
    Officer("myagc", "MY-AGC", "rahman", "TRANSMIT,ANSWER"),
    Officer("cid", "CN-MPS-CID", "sun", "ASK,LEAD"),
    Officer("pdrm", "MY-PDRM", "hafiz", "ASK,LEAD,ANSWER,COLLECT,REGISTER", "specialist"),
    Officer("pdrm", "MY-PDRM", "noraini", "CURE"),
    Officer("spf", "SG-SPF", "chua", "ASK"),
    Officer("khnp", "KH-NP", "sok", "ASK"),
    Officer("vnc02", "VN-C02", "linh", "ASK"),
    Officer("unit9", "PH-UNIT-9", "reyes", "ANSWER"),
    Officer("unit9", "PH-UNIT-9", "santos", "REQUEST"),
)
WORKSPACES = {each.agency: each.workspace for each in OFFICERS} | {
    "TH-OAG": "thoag",
    "SG-AGC": "spf",
    "PH-DOJ": "unit9",
    "SG-MERLION": "merlion",
}
"""Where an agency acts; two authorities borrow the folder of their police."""
ASKERS = ("sun", "hafiz", "chua", "sok", "linh")
REQUEST = "request.request"
COST: dict[str, int] = {}
"""Gas by step, in the order in which they were first done."""


def tell() -> None:
    """The chapters in order."""
    for part in PARTS:
        part()


def joined() -> None:
    """Thailand becomes a member by vote, and admits its own police."""
    chapter("A new country joins by vote")
    moment("2026-06-01T00:00:00Z")
    text = f"--text {CASE}/thailand.txt"
    seat = f"--account {address('TH-OAG')} --charter VOTE,TRANSMIT,ANSWER,OBJECT"
    as_agency("CN-MOJ", f"council propose admit TH CENTRAL_AUTHORITY TH-OAG {seat} {text}")
    say("A proposal waits a day. Who votes compares the text with its hash first.")
    let_pass(DAY + 1)
    as_agency("CN-MOJ", f"council vote 1 --for --yes {text}", quiet=True)
    as_agency("MY-AGC", f"council vote 1 --for --yes {text}", quiet=True)
    as_agency("SG-AGC", f"council vote 1 --abstain --yes {text}", quiet=True)
    concordat("council show 1", at="khnp")
    say("Seven days of voting; then it waits two days more. Anybody may carry out what was decided.")
    let_pass(7 * DAY)
    act("sun", "council queue 1", quiet=True)
    let_pass(2 * DAY)
    act("sun", "council execute 1")
    say("Thailand's authority admits its own police. Nobody else could, and nobody else is asked.")
    settle_in("thoag", "TH-OAG")
    police = f"--account {address('TH-RTP')} --charter ASK,ANSWER,REQUEST,OBJECT"
    as_agency("TH-OAG", f"agency admit TH POLICE TH-RTP {police}")
    concordat("council members", at="thoag", lines=8)


def agreed() -> None:
    """An agreement is proposed, countered, accepted by its hash, ratified with a reservation."""
    chapter("An agreement is a set of live rules")
    proposed = as_agency("CN-MOJ", f"agreement propose {CASE}/agreement.yaml --json", quiet=True)
    thread = str(json.loads(proposed)["thread"])[:14]
    say("Malaysia answers with a version of its own. What it changes is said in words.")
    countered = as_agency(
        "MY-AGC", f"agreement counter {thread} {CASE}/agreement-2.yaml --yes --json", quiet=True
    )
    concordat(f"agreement show {thread}", at="moj")
    say("An acceptance binds exactly one version, and the texts are compared with it first.")
    version = str(json.loads(countered)["version"])[:14]
    texts = f"--text en={CASE}/agreement.en.txt --text zh={CASE}/agreement.zh.txt"
    as_agency("CN-MOJ", f"agreement accept {thread} --version {version} {texts}")
    as_agency("TH-OAG", f"agreement accept {thread} --version {version} {texts}")
    instrument = f"--instrument {CASE}/ratified.txt"
    as_agency("CN-MOJ", f"agreement ratify {thread} {instrument}", quiet=True)
    reserved = f"--reserve EXTRADITION --text {CASE}/reservation.txt"
    as_agency("MY-AGC", f"agreement ratify {thread} {instrument} {reserved}")
    concordat("agreement between CN MY", at="moj")
    concordat("agreement between CN MY --kind EXTRADITION", at="moj", lines=1)


def asked() -> None:
    """A request for evidence through both central authorities; a third member cannot read it."""
    chapter("China asks Malaysia for evidence, with the checklist of its own courts")
    as_agency("CN-MOJ", "standard adopt cn", quiet=True)
    as_agency("MY-AGC", "standard adopt my", quiet=True)
    for agency in dict.fromkeys(each.agency for each in OFFICERS):
        as_agency(agency, "agency encryption-key --new", quiet=True)
    moment("2026-06-12T01:00:00Z")
    listed = json.loads(concordat("agreement list --json", at="cid", quiet=True))["agreements"]
    say("The officer writes the key of the agreement into the request.")
    completed("request.yaml", "cid/request.yaml", "agreement", listed[0]["thread"])
    act("sun", "assistance ask request.yaml")
    say("Two hops: China's central authority passes it on, Malaysia's acknowledges and assigns the police.")
    request = key_of(REQUEST)[:14]
    act("chen", f"assistance pass-on {request} --yes", tail=2)
    act("rahman", f"assistance acknowledge {request}")
    say("Police in Singapore see that there is a request. What is in it they cannot open.")
    act("chua", f"assistance acknowledge {request}", expect=2)
    act("rahman", f"assistance assign {request} MY-PDRM", quiet=True)
    act("hafiz", f"assistance accept {request} --conditions {CASE}/conditions.txt --presence granted")
    concordat(f"assistance mandate {request}", at="pdrm")


def collected() -> None:
    """Evidence collected in Malaysia under the request, answered late, rated."""
    chapter("Collected under the request, answered late, rated")
    moment("2026-06-25T05:00:00Z")
    say("The record names the request: the contract asks whether it covers agency, place, time and method.")
    for folder in ("documents", "exhibits"):
        shutil.copytree(HERE / "pdrm" / CASE / folder, HERE / "pdrm" / "case-0521" / folder)
    completed("phone.yaml", "pdrm/case-0521/phone.yaml", "mandate", key_of(REQUEST))
    act("hafiz", "register case-0521/phone.yaml case-0521/exhibits/phone --out phone.acq", lines=7)
    say("The answer was due within 30 days. Nobody sends anything; the clock says that it is overdue.")
    moment("2026-07-15T02:00:00Z")
    concordat("assistance list --overdue", at="cid")
    request = key_of(REQUEST)[:14]
    act("hafiz", f"assistance answer {request} --text {CASE}/answer.txt --acquisition phone.acq --yes")
    act("sun", f"assistance receive {request}", lines=7)
    say("Anybody may report what happened; nothing is taken from whoever reports it.")
    act("chua", f"standing report request {key_of(REQUEST)}")
    concordat("standing show MY-PDRM", at="spf")


def admitted() -> None:
    """What the Chinese checklist asked for comes later, and the evidence is admitted."""
    chapter("Admitted in China, once the checklist is complete")
    concordat("show phone.acq --forum CN", at="pdrm", tail=16)
    papers = "case-0521/documents"
    added = (
        f"--add SOURCE_STATEMENT={papers}/source-statement.txt --add USE_LIMITS={papers}/use-limits.txt "
        f"--add TRANSLATION={papers}/translation-zh.txt"
    )
    act("noraini", f"supplement phone.acq --forum CN {added}", quiet=True)
    concordat("show phone.acq --forum CN", at="pdrm", tail=8)
    act("sun", f"assistance confirm {key_of(REQUEST)[:14]}")
    act("chua", f"standing report request {key_of(REQUEST)}", tail=2)
    concordat("assistance timeline CN-2026-0521", at="cid")


def settled() -> None:
    """Two countries claim one case; they consult, one leads, and nobody is counted twice."""
    chapter("A conflict of jurisdiction, settled on the record")
    case = "CN-2026-0521"
    act("sun", f"case open {case} --ground EFFECT")
    invited = json.loads(act("sun", f"case invite {case} MY-PDRM --json", quiet=True))
    act("hafiz", f"case receive {invited['hash']}", quiet=True)
    act("hafiz", f"case claim {case} {CASE}/claim.txt --ground TERRITORY")
    act("sun", f"case consult {case} {CASE}/position.txt", quiet=True)
    proposed = json.loads(
        act("sun", f"case propose-lead {case} CN-MPS-CID {CASE}/lead.txt --json", quiet=True)
    )
    act("hafiz", f"case agree-lead {case} {proposed['proposal'][:14]}")
    say("Both count their victims. One stands in both lists; the chain sees pseudonyms alone.")
    act("sun", f"case victims count {case} {CASE}/victims-cn.csv")
    act("hafiz", f"case victims count {case} {CASE}/victims-my.csv")
    concordat(f"case show {case}", at="pdrm")


def ignored() -> None:
    """A unit that answers nobody loses the power to request freezes; nobody decides it."""
    chapter("Who ignores its obligations loses a power, by itself")
    moment("2026-10-12T00:00:00Z")
    as_agency("PH-DOJ", "standing declare --binds")
    as_agency("PH-DOJ", "agency contact PH police_cooperation --set PH-UNIT-9", quiet=True)
    as_agency("SG-AGC", "freeze profile adopt sg --endorser SG-SPF", quiet=True)
    if not (HERE / "merlion").exists():  # it does where the freeze was told before
        settle_in("merlion", "SG-MERLION")
        as_agency("SG-MERLION", "agency encryption-key --new", quiet=True)
    say("Police of five countries ask twice each. An answer is due within 72 hours; none comes.")
    requests = [police_question(name, number) for name in ASKERS for number in (1, 2)]
    let_pass(4 * DAY)
    for request in requests:
        act("chua", f"standing report request {request}", quiet=True)
    concordat("standing show PH-UNIT-9", at="spf", lines=14)
    say("Its officer is in office as before, and his charter is what it was. What he asks is refused.")
    act("santos", f"freeze request {CASE}/stop.yaml --out stop.freeze", expect=6)


def regained() -> None:
    """It answers, is confirmed, and has the power again."""
    chapter("And earns it back")
    moment("2027-01-25T00:00:00Z")
    say("What was bad fades by half in two quarters; what is good now weighs in full. The unit answers.")
    for name in ("sok", "linh"):
        request = police_question(name, 3)
        found = f"--text {CASE}/found.txt --document {CASE}/report.txt --yes"
        act("reyes", f"assistance acknowledge {request[:14]}", quiet=True)
        act("reyes", f"assistance answer {request[:14]} {found}", quiet=True)
        act(name, f"assistance receive {request[:14]}", quiet=True)
        act(name, f"assistance confirm {request[:14]}", quiet=True)
        act(name, f"standing report request {request}", tail=3)
    concordat("standing show PH-UNIT-9", at="unit9", lines=10)
    say("The same order is sent again.")
    act("santos", f"freeze request {CASE}/stop.yaml --out stop.freeze")


def costs() -> None:
    """Gas of each step, as the first command of its kind needed it; some send several transactions."""
    chapter("What each step costs, in gas")
    width = max(len(step) for step in COST)
    for step, gas in COST.items():
        print(f"    {step:<{width}}  {gas:>9,}")


PARTS = (joined, agreed, asked, collected, admitted, settled, ignored, regained, costs)


# Helpers


def act(name: str, line: str, **how: Any) -> str:
    """An officer types a command in the folder of the own agency."""
    officer = next(each for each in OFFICERS if each.name == name)
    return metered(line, f"keystore:{name}", officer.workspace, **how)


def as_agency(name: str, line: str, **how: Any) -> str:
    """An agency itself acts, with the key that is its account."""
    return metered(line, AGENCY_KEYS[name], WORKSPACES[name], **how)


def metered(line: str, key: str, at: str, **how: Any) -> str:
    """Run a command with a key, and note what its transactions used."""
    before = height()
    told = concordat(f"{line} --key {key}", at=at, **how)
    blocks = (rpc("eth_getBlockByNumber", hex(each), False) for each in range(before + 1, height() + 1))
    gas = sum(int(each["gasUsed"], 16) for each in blocks)
    if gas:
        words = itertools.takewhile(re.compile("[a-z][a-z-]*").fullmatch, line.split())
        COST.setdefault(" ".join(words), gas)
    return told


def height() -> int:
    """Number of the newest block."""
    return int(rpc("eth_blockNumber"), 16)


def settle_in(workspace: str, agency: str) -> None:
    """A folder with a workspace for an agency that has no officer here."""
    (HERE / workspace).mkdir()
    own = f"--deployment ../deployment.json --agency {agency} --mailbox ../mailbox"
    concordat(f"init --rpc {URL} {own}", at=workspace, quiet=True)


def address(name: str) -> str:
    """The account of an agency."""
    return AGENCY_KEYS[name].removeprefix("node:")


def police_question(name: str, number: int) -> str:
    """An officer asks PH-UNIT-9 for police information; gives the key of the request."""
    officer = next(each for each in OFFICERS if each.name == name)
    folder = HERE / officer.workspace
    text = (folder / CASE / "police.yaml").read_text(encoding="utf-8")
    text = text.replace("ASKER-NUMBER", f"{officer.agency}-{number}").replace("ASKER", officer.agency)
    (folder / f"question-{number}.yaml").write_text(text, encoding="utf-8")
    return str(json.loads(act(name, f"assistance ask question-{number}.yaml --json", quiet=True))["request"])


def completed(name: str, into: str, entry: str, value: str) -> None:
    """A file of the case as the officer completes it: with a key that only the chain knew."""
    text = (HERE / "cid" / CASE / name).read_text(encoding="utf-8")
    (HERE / into).write_text(re.sub(rf'(?<={entry}: ")0x0{{64}}', value, text), encoding="utf-8")


def key_of(folder: str) -> str:
    """The key of the request that China's officer made, as whoever has no folder names it."""
    kept = json.loads((HERE / "cid" / folder / "told.json").read_text(encoding="utf-8"))
    return f"0x{kept['id']}"


def moment(when: str) -> None:
    """Turn the chain's clock on to a moment."""
    rpc("evm_setTime", int(datetime.fromisoformat(when).timestamp()) * 1000)
    rpc("evm_mine")
