# SPDX-License-Identifier: Apache-2.0
"""How many registrations a second one officer's client brings to a chain (python -m benchmarks.load).

400,000 cases a year are 0.013 a second; a burst is a hundred times that. Registrations arrive at the rate of
the burst whether or not the one before is done, and each goes the whole way of the command line: outbox on
disk, simulation, signature, sending, receipt, and reading back what the chain holds. Takes two minutes.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from eth_utils.crypto import keccak

from benchmarks.chain import ganache, signer
from concordat.evidence import registry
from concordat.evidence.facts import Facts
from concordat.evidence.methods import Method
from concordat.evidence.rulebook import bundled
from concordat.evidence.steps import SEEN
from concordat.evidence.typed import Collection
from concordat.ledger import adoption
from concordat.ledger.chain import Chain
from concordat.ledger.deploy import Founder
from concordat.ledger.outbox import Outbox
from concordat.ledger.rpc import Rpc
from concordat.ledger.signer import LocalSigner
from concordat.ledger.standardbook import StandardBook
from concordat.membership import officers
from concordat.membership.numbers import number_of
from concordat.membership.officers import Qualification, Terms
from concordat.membership.powers import Power
from concordat.membership.suite import create_suite
from tools.console import say
from tools.solidity import ROOT

REPORT = ROOT / "reports" / "load.md"
CASES_A_YEAR = 400_000
AVERAGE = CASES_A_YEAR / (365 * 86_400)
BURST = 100 * AVERAGE
SECONDS = 60
FULL_SPEED_SECONDS = 10
MALAYSIA, POLICE = 458, number_of(458, 2)
YEAR = 365 * 86_400
KEYS = {name: bytes(keccak(text=f"load {name}")) for name in ("deployer", "authority", "police", "officer")}


REPORT_TEXT = """\
# Load

Registrations a second from one officer's client to a Ganache chain on the same machine, which mines a block
for each transaction. Each goes the whole way: durable outbox, simulation, signature, sending, receipt,
reading back. Other officers have clients of their own. Real networks add the time between two blocks to each
wait, and take as many registrations a second as their blocks have gas for (see `reports/bench.md`).

| load | wanted a second | done a second | wait, median | wait, 95 of 100 |
| --- | ---: | ---: | ---: | ---: |
{average}
{burst}
{fastest}

In the burst {count} registrations arrived and {count} were done.
"""


@dataclass(frozen=True)
class Load:
    """What came of registrations at one rate.

    Attributes:
        wanted: registrations a second that arrived; 0: the next as soon as one was done.
        seconds: from the first arrival to the last completion.
        waits: seconds from arrival to completion, of each.
    """

    wanted: float
    seconds: float
    waits: Sequence[float]

    @property
    def rate(self) -> float:
        """Registrations a second that were done."""
        return len(self.waits) / self.seconds


class Desk:
    """One officer's client: own key, own outbox."""

    def __init__(self, chain: Chain, officer: LocalSigner, folder: Path) -> None:
        self.officer = officer
        self.ledger = Outbox(folder / f"{officer.address}.sqlite").bind(chain)
        self._count = 0

    def register(self) -> None:
        """Register one acquisition."""
        self._count += 1
        now = self.ledger.now()
        steps = ((1 << 64) - 1) & ~SEEN
        facts = Facts(now - 7_200, 60, MALAYSIA, MALAYSIA, Method.STORAGE_IMAGING, 3, 0, steps)
        collection = Collection(
            agency=POLICE,
            root=keccak(text=f"{self.officer.address} {self._count} {time.time_ns()}"),
            facts=facts.pack(),
            standard_version=1,
            collector=self.officer.address,
            appointment=1,
            deadline=now + 86_400,
        )
        registry.register(self.ledger, self.officer, collection)


def arriving(desk: Desk, rate: float, seconds: float) -> Load:
    """Registrations that arrive evenly; each waits until the one before is done."""
    begun = time.monotonic()
    waits = []
    for number in range(round(rate * seconds)):
        due = begun + number / rate
        time.sleep(max(0.0, due - time.monotonic()))
        desk.register()
        waits.append(time.monotonic() - due)
    return Load(rate, max(time.monotonic() - begun, seconds), waits)


def full_speed(desk: Desk, seconds: float) -> Load:
    """One after the other, as fast as it goes."""
    begun = time.monotonic()
    waits = []
    while (start := time.monotonic()) < begun + seconds:
        desk.register()
        waits.append(time.monotonic() - start)
    return Load(0, time.monotonic() - begun, waits)


def main() -> None:
    """Measure, write, and say where."""
    with ganache(list(KEYS.values())) as rpc, tempfile.TemporaryDirectory() as folder:
        say("Creating a suite")
        chain = _suite(rpc)
        desk = Desk(chain, signer(KEYS["officer"]), Path(folder))
        say(f"{BURST:.2f} registrations a second for {SECONDS} seconds")
        burst = arriving(desk, BURST, SECONDS)
        say("As many as one officer can")
        fastest = full_speed(desk, FULL_SPEED_SECONDS)
    REPORT.parent.mkdir(exist_ok=True)
    text = _report(burst, fastest)
    REPORT.write_text(text, encoding="utf-8")
    say(text)
    say(f"Written to {REPORT.relative_to(ROOT)}.")
    if burst.rate < BURST * 0.95:
        raise SystemExit(f"{burst.rate:.2f} registrations a second were done, of {BURST:.2f} that arrived.")


def _suite(rpc: Rpc) -> Chain:
    keys = {name: signer(key) for name, key in KEYS.items()}
    members = [
        Founder(MALAYSIA, 1, keys["authority"].address, int(Power.VOTE), "MY-AGC"),
        Founder(MALAYSIA, 2, keys["police"].address, int(Power.COLLECT | Power.REGISTER), "MY-PDRM"),
    ]
    chain = Chain.connect(rpc.url, create_suite(rpc, keys["deployer"], members).directory)
    planned = adoption.plan(bundled("MY"), StandardBook.read(chain), chain.now())
    adoption.adopt(chain, keys["authority"], MALAYSIA, bytes(31) + b"\1", planned)
    end, powers = chain.now() + YEAR, Power.COLLECT | Power.REGISTER
    officer = keys["officer"]
    terms = Terms(POLICE, officer.address, powers, 0, end, 1, Qualification.SPECIALIST, end)
    acceptance = officers.accept(
        officer,
        terms,
        chain_id=chain.chain_id,
        genesis_id=chain.genesis_id,
        registry=chain.address("AgencyRegistry"),
    )
    officers.appoint(chain, keys["police"], acceptance)
    rpc.request("evm_increaseTime", 2 * 86_400)
    rpc.request("evm_mine")
    return chain


def _report(burst: Load, fastest: Load) -> str:
    average = f"{CASES_A_YEAR:,} cases a year, on average"
    return REPORT_TEXT.format(
        average=f"| {average} | {AVERAGE:.3f} | reached: see the burst | | |",
        burst=f"| a burst of a hundred times that, for {SECONDS} seconds | {burst.wanted:.2f} "
        f"| {burst.rate:.2f} | {_seconds(burst)} |",
        fastest=f"| as fast as it goes | as many as possible | {fastest.rate:.1f} | {_seconds(fastest)} |",
        count=len(burst.waits),
    )


def _seconds(load: Load) -> str:
    return f"{median(load.waits):.2f} s | {quantiles(load.waits, n=20)[-1]:.2f} s"


if __name__ == "__main__":
    main()
