# SPDX-License-Identifier: Apache-2.0
"""Who plays in the tests: authorities, agencies, officers, each with a fixed key."""

from __future__ import annotations

from dataclasses import dataclass

from eth_account import Account
from eth_utils.crypto import keccak

from concordat.evidence.facts import Facts
from concordat.evidence.methods import Method
from concordat.evidence.rulebook import bundled
from concordat.evidence.steps import SEEN
from concordat.evidence.typed import Collection
from concordat.ledger import adoption
from concordat.ledger.deploy import Founder
from concordat.ledger.signer import LocalSigner
from concordat.ledger.standardbook import StandardBook
from concordat.membership import officers
from concordat.membership.numbers import number_of
from concordat.membership.officers import Qualification, Terms
from concordat.membership.powers import DEFINED, Power
from concordat.testing import MemoryLedger

START = 1_800_000_000
MY, CN = 458, 156
PDRM = number_of(MY, 2)
MPS = number_of(CN, 1)
ALL_STEPS = ((1 << 64) - 1) & ~SEEN


def key(name: str) -> LocalSigner:
    """The same key for the same name, in every run."""
    return LocalSigner(Account.from_key(keccak(text=name)))


@dataclass
class Cast:
    """A suite and the keys of those who act in it."""

    ledger: MemoryLedger
    authority: LocalSigner
    police: LocalSigner
    foreign: LocalSigner
    officer: LocalSigner
    second: LocalSigner
    curer: LocalSigner
    confirmer: LocalSigner
    device: LocalSigner
    stranger: LocalSigner

    def collection(
        self, salt: str = "one", *, ago: int = 3600, steps: int = ALL_STEPS, **changes: object
    ) -> Collection:
        """A collection that ended some time ago, by the officer."""
        facts = Facts(self.ledger.now() - ago - 600, 10, MY, MY, Method.STORAGE_IMAGING, 1, 0, steps)
        values = {
            "agency": PDRM,
            "root": keccak(text=salt),
            "facts": facts.pack(),
            "standard_version": 1,
            "collector": self.officer.address,
            "appointment": 1,
            "deadline": self.ledger.now() + 86400,
        }
        return Collection(**{**values, **changes})  # type: ignore[arg-type]


def make_cast(*, with_standards: bool = False) -> Cast:
    """A Malaysian authority and police, a Chinese ministry; officers who collect, cure, confirm.

    Args:
        with_standards: whether Malaysia adopted its own; then two days pass, in which to collect.
    """
    names = (
        "authority",
        "police",
        "foreign",
        "officer",
        "second",
        "curer",
        "confirmer",
        "device",
        "stranger",
    )
    keys = {name: key(name) for name in names}
    founders = [
        Founder(MY, 1, keys["authority"].address, int(Power.VOTE), "MY-AGC"),
        Founder(MY, 2, keys["police"].address, int(DEFINED), "MY-PDRM"),
        Founder(CN, 1, keys["foreign"].address, int(DEFINED), "CN-MPS"),
    ]
    cast = Cast(MemoryLedger(founders, time=START), **keys)
    collects = Power.COLLECT | Power.REGISTER | Power.WITHDRAW
    hire(cast, cast.police, PDRM, cast.officer, collects, qualification=Qualification.SPECIALIST)
    hire(cast, cast.police, PDRM, cast.second, Power.COLLECT)
    hire(cast, cast.police, PDRM, cast.curer, Power.CURE)
    hire(cast, cast.police, PDRM, cast.device, Power.COLLECT, device=True)
    hire(cast, cast.foreign, MPS, cast.confirmer, Power.CONFIRM_DATE)
    if with_standards:
        adopt(cast)
        cast.ledger.pass_time(2 * 86400)
    return cast


def hire(
    cast: Cast,
    agency: LocalSigner,
    number: int,
    officer: LocalSigner,
    granted: Power,
    qualification: Qualification = Qualification.NONE,
    *,
    device: bool = False,
) -> None:
    """Accept and appoint, for a year."""
    end = cast.ledger.now() + 365 * 86400
    earlier = officers.appointment(cast.ledger, officer.address)
    terms = Terms(
        number,
        officer.address,
        granted,
        0,
        end,
        (earlier.number if earlier else 0) + 1,
        qualification,
        end if qualification else 0,
        device,
    )
    acceptance = officers.accept(
        officer,
        terms,
        chain_id=cast.ledger.chain_id,
        genesis_id=cast.ledger.genesis_id,
        registry=cast.ledger.address("AgencyRegistry"),
    )
    officers.appoint(cast.ledger, agency, acceptance)


def adopt(cast: Cast) -> None:
    """Adopt Malaysia's bundled standards."""
    planned = adoption.plan(bundled("MY"), StandardBook.read(cast.ledger), cast.ledger.now())
    adoption.adopt(cast.ledger, cast.authority, MY, bytes(31) + b"\1", planned)
