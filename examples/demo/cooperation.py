# SPDX-License-Identifier: Apache-2.0
"""Cooperation that governs itself: a new member, an agreement, a request, a conflict, a standing lost and regained.

Everybody and everything in it is made up, PH-UNIT-9 and what it does not do before all.
"""

from __future__ import annotations

import json
from datetime import datetime

from demo.telling import URL, chapter, concordat, let_pass, rpc, say
from demo.town import AGENCY_KEYS, Officer

CASE = "../examples/case-0521"
HOUR, DAY = 3600, 86_400
OFFICERS = (
    Officer("moj", "CN-MOJ", "chen", "TRANSMIT,ANSWER"),
    Officer("myagc", "MY-AGC", "rahman", "TRANSMIT,ANSWER"),
    Officer("cid", "CN-MPS-CID", "sun", "ASK,LEAD"),
    Officer("pdrm", "MY-PDRM", "hafiz", "ASK,LEAD,ANSWER,COLLECT,REGISTER", "specialist"),
    Officer("pdrm", "MY-PDRM", "noraini", "CURE"),
    Officer("spf", "SG-SPF", "chua", "ASK"),
    Officer("khnp", "KH-NP", "sok", "ASK,LEAD"),
    Officer("vnc02", "VN-C02", "linh", "ASK"),
    Officer("unit9", "PH-UNIT-9", "reyes", "ANSWER"),
    Officer("unit9", "PH-UNIT-9", "santos", "REQUEST"),
)


def tell() -> None:
    """The chapters in order."""
    for part in PARTS:
        part()


def joined() -> None:
    """Thailand becomes a member by vote, and admits its own police."""
    chapter("A new country joins by vote")
    moment("2026-06-01T00:00:00Z")
    china, malaysia, singapore = by_agency("CN-MOJ"), by_agency("MY-AGC"), by_agency("SG-AGC")
    text = f"--text {CASE}/thailand.txt"
    seat = f"--account {address('TH-OAG')} --charter VOTE,TRANSMIT,ANSWER,OBJECT"
    concordat(f"council propose admit TH CENTRAL_AUTHORITY TH-OAG {seat} {text} {china}")
    say("A proposal waits a day. Who votes compares the text with its hash first.")
    let_pass(DAY + 1)
    concordat(f"council vote 1 --for --yes {text} {china}", quiet=True)
    concordat(f"council vote 1 --for --yes {text} {malaysia}", quiet=True)
    concordat(f"council vote 1 --abstain --yes {text} {singapore}", quiet=True)
    concordat("council show 1 --workspace moj")
    say("Seven days of voting; then it waits two days more. Anybody may carry out what was decided.")
    let_pass(7 * DAY)
    concordat(f"council queue 1 {by('sun')}")
    let_pass(2 * DAY)
    concordat(f"council execute 1 {by('sun')}")
    say("Thailand's authority admits its own police. Nobody else could, and nobody else is asked.")
    thailand = f"--key {AGENCY_KEYS['TH-OAG']} --workspace moj"
    police = f"--account {address('TH-RTP')} --charter ASK,ANSWER,REQUEST,OBJECT"
    concordat(f"agency admit TH POLICE TH-RTP {police} {thailand}")
    concordat("council members --workspace moj", lines=8)
    where = "--agency TH-OAG --workspace thoag --mailbox mailbox"
    concordat(f"init --rpc {URL} --deployment deployment.json {where}", quiet=True)


def agreed() -> None:
    """An agreement is proposed, countered, accepted by its hash, ratified with a reservation."""
    chapter("An agreement is a set of live rules")
    china, malaysia, thailand = by_agency("CN-MOJ"), by_agency("MY-AGC"), by_agency("TH-OAG")
    proposed = told(f"agreement propose {CASE}/agreement.yaml {china}")
    thread = str(proposed["thread"])[:12]
    say("Malaysia answers with a version of its own. What it changes is said in words.")
    countered = told(f"agreement counter {thread} {CASE}/agreement-2.yaml --yes {malaysia}")
    concordat(f"agreement show {thread} {china}")
    say("An acceptance binds exactly one version, and the texts are compared with it first.")
    texts = f"--text en={CASE}/agreement.en.txt --text zh={CASE}/agreement.zh.txt"
    version = f"--version {str(countered['version'])[:12]} {texts}"
    concordat(f"agreement accept {thread} {version} {china}")
    concordat(f"agreement accept {thread} {version} {thailand}", quiet=True)
    instrument = f"--instrument {CASE}/ratified.txt"
    concordat(f"agreement ratify {thread} {instrument} {china}", quiet=True)
    reserved = f"--reserve EXTRADITION --text {CASE}/reservation.txt"
    concordat(f"agreement ratify {thread} {instrument} {reserved} {malaysia}")
    concordat("agreement between CN MY --workspace moj")
    concordat("agreement between CN MY --kind EXTRADITION --workspace moj")


PARTS = (joined, agreed)


# Helpers


def by(name: str) -> str:
    """The options with which an officer acts."""
    officer = next(each for each in OFFICERS if each.name == name)
    return f"--key keystore:{name} --workspace {officer.workspace}"


def by_agency(name: str) -> str:
    """The options with which an agency itself acts; where it has no workspace here, from China's."""
    own = {each.agency: each.workspace for each in OFFICERS} | {"TH-OAG": "thoag"}
    workspace = own.get(name, "moj")
    return f"--key {AGENCY_KEYS[name]} --workspace {workspace}"


def address(name: str) -> str:
    """The account of an agency."""
    return AGENCY_KEYS[name].removeprefix("node:")


def told(line: str) -> dict[str, object]:
    """Run a command for what it says to programs."""
    answer: dict[str, object] = json.loads(concordat(f"{line} --json", quiet=True))
    return answer


def moment(when: str) -> None:
    """Turn the chain's clock on to a moment."""
    rpc("evm_setTime", int(datetime.fromisoformat(when).timestamp()) * 1000)
    rpc("evm_mine")
