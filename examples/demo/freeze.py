# SPDX-License-Identifier: Apache-2.0
"""Freezing: 196 victims in Malaysia, an account in Singapore, from the first hour to the money that returns.

The figures are those of the source papers (196 victims, 27.96 million yuan); everybody in it is made up.
"""

from __future__ import annotations

import json

from demo.telling import HERE, chapter, concordat, let_pass, rpc, say
from demo.town import AGENCY_KEYS, Officer

CASE = "../examples/case-0412"
PAID = 1775469600  # 2026-04-06T10:00:00Z, twenty minutes after the last victim paid
HOUR, DAY = 3600, 86_400
OFFICERS = (
    Officer("pdrm", "MY-PDRM", "aminah", "REQUEST,RELEASE"),
    Officer("pdrm", "MY-PDRM", "osman", "RATIFY,RATIFY_HIGH"),
    Officer("pdrm", "MY-PDRM", "siti", "DISTRIBUTE"),
    Officer("cid", "CN-MPS-CID", "wang", "REQUEST,RELEASE"),
    Officer("cid", "CN-MPS-CID", "zhao", "RATIFY,RATIFY_HIGH"),
    Officer("spf", "SG-SPF", "tan", "ENDORSE,RELEASE"),
    Officer("spf", "SG-SPF", "lim", "RATIFY,RATIFY_HIGH"),
    Officer("agc", "SG-AGC", "wong", "REVIEW"),
    Officer("pros", "SG-PROS", "kumar", "PROPOSE"),
    Officer("court", "SG-COURT", "judge", "JUDGE"),
    Officer("merlion", "SG-MERLION", "ong", "ANSWER"),
    Officer("merlion", "SG-MERLION", "goh", "CHECK"),
    Officer("kopipay", "SG-KOPIPAY", "raj", "ANSWER"),
    Officer("kopipay", "SG-KOPIPAY", "devi", "CHECK"),
    Officer("orchid", "SG-ORCHID", "lee", "ANSWER"),
    Officer("orchid", "SG-ORCHID", "ng", "CHECK"),
)
MINUTES = {"ong": 18, "raj": 47, "lee": 95}
"""How long each institution takes to answer."""
ENCRYPTED = ("pdrm", "cid", "spf", "merlion", "kopipay", "orchid")


def tell() -> None:
    """The chapters in order."""
    for part in (
        profiles,
        first_hour,
        followed,
        frozen,
        second_case,
        renewed,
        objected,
        disposed,
        returned,
        simply_over,
        figures,
    ):
        part()


def profiles() -> None:
    """Singapore's law as data, and keys for sealed messages."""
    chapter("How long, by whom: Singapore adopts its freeze profiles")
    authority = f"--key {AGENCY_KEYS['SG-AGC']} --workspace agc"
    concordat(f"freeze profile adopt sg --endorser SG-SPF {authority}", tail=8)
    say("Messages are sealed to the key of whom they are for; each agency makes and publishes its own.")
    agencies = {officer.workspace: officer.agency for officer in OFFICERS}
    for workspace in ENCRYPTED:
        key = AGENCY_KEYS[agencies[workspace]]
        concordat(f"agency encryption-key --new --key {key} --workspace {workspace}", quiet=True)
    rpc("evm_setTime", PAID * 1000)
    rpc("evm_mine")


def first_hour() -> None:
    """A stop-payment, as through I-GRIP: one officer starts, Singapore takes it over, the bank answers."""
    chapter("The first hour: one officer in Kuala Lumpur stops a payment in Singapore")
    concordat(f"freeze request {CASE}/stop.yaml --out stop.freeze {by('aminah')}")
    say("It binds nobody in Singapore until Singapore's own authority takes it over. Then the clock starts.")
    stop = named("stop.freeze")
    concordat(f"freeze endorse {stop} --yes {by('tan')}")
    concordat(f"freeze inbox --open {by('ong')}")
    answer(
        "ong",
        f"{stop}#1 --kind held_part --held 'CNY 9,400,000.00'"
        " --moved institution=SG-KOPIPAY --moved account=account:KOPISGSG:77120099"
        " --moved 'amount=CNY 18,560,000.00' --moved at=2026-04-06T17:52:00+08:00",
    )
    say("Taking money needs a second officer of the bank; without one it would lapse in four hours.")
    concordat(f"freeze check --all --yes {by('goh')}")
    concordat(f"freeze ratify stop.freeze --yes {by('osman')}")
    concordat(f"freeze show stop.freeze {by('aminah')}", lines=30)


def followed() -> None:
    """Where the rest went: two hops."""
    chapter("Two hops: the rest moved on")
    let_pass(HOUR)
    hop("stop.freeze#1", "PDRM-0412-2", "hop-1")
    answer(
        "raj",
        f"{named('hop-1.freeze')}#1 --kind moved_on"
        " --moved institution=SG-ORCHID --moved account=account:ORCHSGSG:3300778811"
        " --moved 'amount=CNY 18,560,000.00' --moved at=2026-04-06T18:20:00+08:00",
    )
    concordat(f"freeze check --all --yes {by('devi')}", quiet=True)
    hop("hop-1.freeze#1", "PDRM-0412-3", "hop-2")
    say("At the third institution most was withdrawn already; what is left is held.")
    answer("lee", f"{named('hop-2.freeze')}#1 --kind held_part --held 'CNY 1,260,000.00'")
    concordat(f"freeze check --all --yes {by('ng')}", quiet=True)


def frozen() -> None:
    """From hours to thirty days: a freeze continues the stop-payment."""
    chapter("From hours to days: a freeze continues the stop-payment")
    stop = named("stop.freeze")
    endorsed(f"{CASE}/freeze.yaml", "freeze", "aminah", "osman")
    freeze = named("freeze.freeze")
    answer("ong", f"{freeze}#1 --kind held --earlier {stop}#1")
    concordat(f"freeze check --all --yes {by('goh')}", quiet=True)
    concordat(f"freeze show freeze.freeze {by('aminah')}", lines=24)


def second_case() -> None:
    """Chinese police want money on the same account: queued, not doubled."""
    chapter("A second case wants the same account: it waits its turn")
    endorsed(f"{CASE}/second.yaml", "second", "wang", "zhao")
    answer("ong", f"{named('second.freeze')}#1 --kind behind --earlier {named('freeze.freeze')}#1")
    concordat(f"freeze check --all --yes {by('goh')}", quiet=True)
    concordat(f"freeze list {by('wang')}")


def renewed() -> None:
    """Five renewals by the domestic authority, and no sixth."""
    chapter("Renewal by Singapore's own authority, and not beyond the law's cap")
    text = (HERE / CASE / "renewal.txt").read_text(encoding="utf-8")
    for number in range(1, 7):
        order = HERE / f"renewal-{number}.txt"
        order.write_text(text.replace("Order of renewal", f"Order of renewal no. {number}"), encoding="utf-8")
        renewal = f"freeze renew {named('freeze.freeze')}#1 --order {order.name} {by('lim')}"
        concordat(renewal, quiet=number < 6, expect=0 if number < 6 else 2)


def objected() -> None:
    """An innocent co-holder objects with the key of the notice; whoever ordered the hold does not decide."""
    chapter("The account holder objects, and is right in part")
    concordat(f"freeze notice freeze.freeze#1 --out notice.json {by('aminah')}", quiet=True)
    say("The co-holder is no member of anything. Anybody may carry the signature to the chain.")
    concordat(f"freeze object --notice notice.json --grounds {CASE}/grounds.txt {by('ong')}")
    hold = f"{named('freeze.freeze')}#1"
    decided = f"--outcome upheld_in_part --release 'CNY 400,000.00' --decision {CASE}/decision.txt"
    concordat(f"freeze review {hold} {decided} --yes {by('wong')}")


def disposed() -> None:
    """A prosecutor proposes, only a court decides."""
    chapter("A prosecutor proposes, a court decides")
    hold = f"{named('freeze.freeze')}#1"
    judgment = f"freeze dispose {hold} --judgment {CASE}/judgment.txt --return 'CNY 9,000,000.00' --yes"
    concordat(f"freeze propose {hold} --proposal {CASE}/proposal.txt {by('kumar')}")
    concordat(f"{judgment} {by('kumar')}", expect=6)
    concordat(f"{judgment} {by('judge')}")


def returned() -> None:
    """196 victims, 27.96 million: each gets the same part, to the fen."""
    chapter("Back to 196 victims")
    hold = f"{named('freeze.freeze')}#1"
    concordat(f"restitution plan {CASE}/claims.csv --total 'CNY 9,000,000.00' {by('siti')}", lines=12)
    opened = f"--number PDRM-0412-R --case 0412 --source {hold} --out back.restitution"
    concordat(f"restitution open {CASE}/claims.csv {opened} {by('siti')}", tail=3)
    say("Thirty days of notice, in which every victim may object; nobody does.")
    let_pass(40 * DAY)
    concordat(f"restitution decide back.restitution --decision {CASE}/plan.txt {by('osman')}")
    paid = "--source 1 --all --reference QVX-0412-BACK"
    concordat(f"restitution pay {plan()} {paid} {by('ong')}", tail=3)
    concordat(f"restitution confirm back.restitution/slips {by('siti')}", tail=3)
    concordat(f"restitution close back.restitution {by('siti')}")
    concordat(f"restitution show back.restitution {by('siti')}", lines=20)


def simply_over() -> None:
    """Nobody renewed the hold at the third institution, and nobody had to do anything."""
    chapter("One freeze that nobody renewed")
    concordat(f"freeze show hop-2.freeze {by('aminah')}", lines=24)
    concordat(f"freeze lapse hop-2.freeze {by('ng')}")


def figures() -> None:
    """Who answered how fast."""
    chapter("Key figures from the log")
    concordat(f"freeze stats --html figures.html {by('aminah')}")
    print(f"    {HERE / 'figures.html'}")
    print(f"    {HERE / 'stop.freeze' / 'papers'}")


# Helpers


def by(name: str) -> str:
    """The options with which an officer acts."""
    officer = next(each for each in OFFICERS if each.name == name)
    return f"--key keystore:{name} --workspace {officer.workspace}"


def answer(name: str, what: str) -> None:
    """The institution answers, after it looked into its books."""
    let_pass(MINUTES[name] * 60)
    concordat(f"freeze answer {what} {by(name)}")


def hop(hold: str, number: str, name: str) -> None:
    """The linked next request, for where the money of a hold moved on to."""
    concordat(f"freeze follow {hold} --out {name}.yaml {by('aminah')}")
    order = HERE / f"{name}.yaml"
    say(f"The officer reads the order through and completes it: number {number}, and the holder.")
    filled = {"number:": number, "holder:": "not known yet; see the payment"}
    written = order.read_text(encoding="utf-8").splitlines()
    bare = [line.partition("#")[0].rstrip() for line in written]
    lines = [
        f"{before} {filled[before.strip()]}" if before.strip() in filled else line
        for line, before in zip(written, bare, strict=True)
    ]
    order.write_text("\n".join(lines) + "\n", encoding="utf-8")
    concordat(f"freeze request {name}.yaml --out {name}.freeze {by('aminah')}", quiet=True)
    concordat(f"freeze ratify {name}.freeze --yes {by('osman')}", quiet=True)
    concordat(f"freeze endorse {named(f'{name}.freeze')} --yes {by('tan')}", quiet=True)


def endorsed(order: str, name: str, officer: str, chief: str) -> None:
    """A request that was ratified at home and taken over in Singapore."""
    concordat(f"freeze request {order} --out {name}.freeze {by(officer)}", quiet=True)
    concordat(f"freeze ratify {name}.freeze --yes {by(chief)}", quiet=True)
    concordat(f"freeze endorse {named(f'{name}.freeze')} --yes {by('tan')}", quiet=True)


def named(folder: str) -> str:
    """How somebody without the folder names the request: by the beginning of its id, as the list shows it."""
    told = json.loads((HERE / folder / "request.json").read_text(encoding="utf-8"))
    return f"0x{told['id'][:12]}"


def plan() -> str:
    """The id of the plan, as the bank knows it."""
    shown = concordat(f"restitution show back.restitution --json {by('siti')}", quiet=True)
    return str(json.loads(shown)["plan"])
