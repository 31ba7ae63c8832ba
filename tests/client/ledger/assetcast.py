# SPDX-License-Identifier: Apache-2.0
"""Who plays in the tests of freezing: institutions in Singapore, requesters there and in Malaysia."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pytest
from eth_utils.crypto import keccak
from fakecast import START, hire, key

from concordat.assets.states import HoldStatus, RequestStatus
from concordat.assets.values.commitments import hold_id, request_id, target
from concordat.assets.words import AnswerKind, AssetClass, Measure
from concordat.ledger.deploy import Founder
from concordat.ledger.protocol import Receipt
from concordat.ledger.sentences import ContractError
from concordat.ledger.signer import LocalSigner
from concordat.membership.numbers import number_of
from concordat.membership.powers import DEFINED, Power
from concordat.testing import MemoryLedger

MY, SG = 458, 702
SGD, USD = 702, 840
HOUR, DAY = 3600, 86400
WHOLE, LATER_CREDITS = 1, 2
NONE = bytes(32)
PAPER = b"\x09" * 32
MESSAGE = b"\x0a" * 32

#: Name, jurisdiction, kind; ordinals within a jurisdiction follow the list.
AGENCIES = (
    ("sg_authority", SG, 1),
    ("sg_bank", SG, 6),
    ("sg_payer", SG, 7),
    ("sg_police", SG, 2),
    ("sg_court", SG, 4),
    ("sg_prosecutor", SG, 3),
    ("sg_unit", SG, 5),
    ("my_authority", MY, 1),
    ("my_police", MY, 2),
    ("my_court", MY, 4),
    ("my_prosecutor", MY, 3),
)
#: Agency, officer, power: each phase of a measure has its own hands.
OFFICERS = (
    ("sg_police", "requester", Power.REQUEST),
    ("sg_police", "ratifier", Power.RATIFY_HIGH),
    ("sg_police", "releaser", Power.RELEASE | Power.DISTRIBUTE | Power.KEEP | Power.OBJECT),
    ("sg_police", "police_reviewer", Power.REVIEW),
    ("sg_police", "police_proposer", Power.PROPOSE),
    ("sg_court", "judge", Power.JUDGE | Power.RELEASE),
    ("sg_prosecutor", "prosecutor", Power.PROPOSE),
    ("sg_prosecutor", "reviewer", Power.REVIEW),
    ("sg_unit", "endorser", Power.ENDORSE | Power.RELEASE | Power.DISTRIBUTE),
    ("sg_unit", "unit_ratifier", Power.RATIFY_HIGH),
    ("sg_unit", "unit_reviewer", Power.REVIEW),
    ("sg_bank", "teller", Power.ANSWER),
    ("sg_bank", "checker", Power.CHECK),
    ("sg_bank", "bank_releaser", Power.RELEASE | Power.OBJECT | Power.KEEP),
    ("sg_bank", "bank_reviewer", Power.REVIEW),
    ("sg_payer", "payer_teller", Power.ANSWER),
    ("sg_payer", "payer_checker", Power.CHECK),
    ("my_police", "my_requester", Power.REQUEST),
    ("my_police", "my_ratifier", Power.RATIFY_HIGH),
    ("my_police", "my_releaser", Power.RELEASE | Power.DISTRIBUTE),
    ("my_court", "my_judge", Power.JUDGE),
    ("my_prosecutor", "my_prosecutor_officer", Power.PROPOSE),
)


def profile(**changes: int) -> dict[str, int]:
    """A freeze profile by the struct's names."""
    higher = int(Power.RATIFY_HIGH | Power.JUDGE | Power.PROPOSE) >> 8
    usual = {
        "from": 0,
        "until": 0,
        "longest": 30 * DAY,
        "total": 90 * DAY,
        "ratifyWithin": 2 * DAY,
        "replyWithin": DAY,
        "checkWithin": 4 * HOUR,
        "renewals": 3,
        "stops": 0,
        "flags": 0,
        "starters": int(Power.REQUEST) >> 8,
        "ratifiers": higher,
        "renewers": higher,
        "reviewers": int(Power.REVIEW | Power.JUDGE) >> 8,
        "endorser": 0,
        "reviewWithin": 10 * DAY,
        "turnWithin": DAY,
        "ownHold": 0,
        "ownTotal": 0,
    }
    return {**usual, **changes}


def adoption(measure: Measure, asset_class: AssetClass = AssetClass.CASH, **changes: int) -> dict[str, Any]:
    """The contract's struct ``ProfileAdoption``."""
    return {"measure": int(measure), "assetClass": int(asset_class), "profile": profile(**changes)}


@dataclass
class AssetCast:
    """A suite in memory with profiles and officers; acts by the names of the contracts."""

    ledger: MemoryLedger
    agencies: dict[str, int]
    keys: dict[str, LocalSigner] = field(default_factory=dict)

    def key(self, name: str) -> LocalSigner:
        """A key by name, always the same."""
        return self.keys.setdefault(name, key(name))

    def send(self, who: str, contract: str, function: str, *args: Any) -> Receipt:
        """A transaction."""
        return self.ledger.send(self.key(who), contract, function, *args)

    def call(self, contract: str, function: str, *args: Any) -> Any:
        """A question."""
        return self.ledger.call(contract, function, *args)

    def pass_to(self, time: int) -> None:
        """The next transaction is mined at this time; it has not been yet."""
        self.ledger.pass_time(time - self.ledger.now() - 1)

    def adopt(self, *adoptions: dict[str, Any], by: str = "sg_authority", country: int = SG) -> Receipt:
        """Adopt profiles."""
        return self.send(by, "FreezeProfiles", "adopt", country, PAPER, list(adoptions))

    # Requests

    def request(
        self,
        text: str = "one",
        measure: Measure = Measure.FREEZE,
        *targets: dict[str, Any],
        by: str = "requester",
        period: int = 10 * DAY,
        asset_class: AssetClass = AssetClass.CASH,
        order: bytes = b"",
    ) -> bytes:
        """Ask; the request's id."""
        commitment = order or keccak(text=text)
        fields = {
            "order": commitment,
            "measure": int(measure),
            "assetClass": int(asset_class),
            "jurisdiction": SG,
            "period": period,
            "message": NONE,
        }
        self.send(by, "FreezeRequests", "request", fields, list(targets) or [self.target(text)])
        agency = self.agencies["my_police" if by.startswith("my_") else "sg_police"]
        return request_id(agency, commitment)

    def target(self, text: str = "one", amount: int = 1000, **changes: Any) -> dict[str, Any]:
        """The contract's struct ``Target``; its notice key is the key of the account holder."""
        usual = {
            "institution": self.agencies["sg_bank"],
            "target": self.named(text),
            "currency": SGD,
            "amount": amount,
            "scope": 0,
            "message": MESSAGE,
            "keyVersion": 1,
        }
        return {**usual, **changes}

    def named(self, text: str = "one") -> bytes:
        """The target of an account with a notice key."""
        return target(keccak(text=text), self.key(f"holder {text}").address)

    def ratified(self, text: str = "one", *targets: dict[str, Any], **options: Any) -> bytes:
        """A freeze request that binds."""
        request = self.request(text, Measure.FREEZE, *targets, **options)
        self.send("ratifier", "FreezeRequests", "ratify", request)
        return request

    def held(self, text: str = "one", amount: int = 1000, **options: Any) -> tuple[bytes, bytes]:
        """A hold, checked; the request and the target."""
        which = self.ratified(text, self.target(text, amount), **options), self.named(text)
        self.answer(which, AnswerKind.HELD, amount)
        self.check(which)
        return which

    # Holds

    def answer(
        self,
        which: tuple[bytes, bytes],
        kind: AnswerKind,
        amount: int = 0,
        *,
        code: int = 0,
        earlier: tuple[bytes, bytes] = (NONE, NONE),
        by: str = "teller",
    ) -> Receipt:
        """Answer."""
        return self.send(by, "Holds", "answer", [said(which, kind, amount, code=code, earlier=earlier)])

    def check(self, *which: tuple[bytes, bytes], by: str = "checker") -> Receipt:
        """Check."""
        return self.send(by, "Holds", "check", [self.seen(each) for each in which])

    def seen(self, which: tuple[bytes, bytes]) -> dict[str, Any]:
        """The contract's struct ``Seen``."""
        hold, corrections = self.hold(which), self.link(which).corrections
        return {
            "request": which[0],
            "target": which[1],
            "state": hold.state,
            "amount": hold.amount,
            "since": hold.since,
            "corrections": corrections,
        }

    def status(self, which: tuple[bytes, bytes], at: int | None = None) -> HoldStatus:
        """Status of a hold; now by default."""
        when = self.ledger.now() if at is None else at
        return HoldStatus(self.call("Holds", "statusAt", *which, when))

    def hold(self, which: tuple[bytes, bytes]) -> Any:
        """What is written of a hold."""
        return self.call("Holds", "holdOf", hold_id(*which))

    def link(self, which: tuple[bytes, bytes]) -> Any:
        """Its place in a chain."""
        return self.call("Holds", "linkOf", hold_id(*which))

    def balance(self, which: tuple[bytes, bytes], at: int | None = None) -> tuple[int, ...]:
        """held, released, returned, forfeited, remaining."""
        when = self.ledger.now() if at is None else at
        found = tuple(self.call("Holds", "balanceAt", *which, when))
        assert found[0] == sum(found[1:])
        return found

    def request_status(self, request: bytes, at: int | None = None) -> RequestStatus:
        """Status of a request; now by default."""
        when = self.ledger.now() if at is None else at
        return RequestStatus(self.call("FreezeRequests", "statusAt", request, when))


def said(
    which: tuple[bytes, bytes],
    kind: AnswerKind,
    amount: int = 0,
    *,
    code: int = 0,
    earlier: tuple[bytes, bytes] = (NONE, NONE),
) -> dict[str, Any]:
    """The contract's struct ``Answer``."""
    return {
        "request": which[0],
        "target": which[1],
        "kind": int(kind),
        "amount": amount,
        "code": code,
        "earlierRequest": earlier[0],
        "earlierTarget": earlier[1],
        "detail": NONE,
    }


def refused(name: str, act: Callable[[], object]) -> ContractError:
    """See that a contract refuses with its typed error of this name."""
    with pytest.raises(ContractError) as error:
        act()
    assert error.value.revert.name == name
    return error.value


def make_asset_cast(*adoptions: dict[str, Any]) -> AssetCast:
    """A suite with Singapore's profiles: a stop-payment of three days, freezes that its unit endorses.

    Args:
        adoptions: other profiles of Singapore instead.
    """
    cast = copy.deepcopy(_staged())
    unit = cast.agencies["sg_unit"]
    usual: Sequence[dict[str, Any]] = (
        adoption(
            Measure.STOP_PAYMENT,
            longest=3 * DAY,
            total=0,
            renewals=0,
            stops=2,
            endorser=unit,
            ownHold=3 * DAY,
            ownTotal=10 * DAY,
        ),
        adoption(Measure.FREEZE, endorser=unit),
        adoption(Measure.SEIZE, AssetClass.VEHICLE),
    )
    cast.adopt(*(adoptions or usual))
    return cast


@cache
def _staged() -> AssetCast:
    ordinals: dict[int, int] = {}
    agencies, founders = {}, []
    for name, country, kind in AGENCIES:
        ordinals[country] = ordinals.get(country, 0) + 1
        agencies[name] = number_of(country, ordinals[country])
        label = name.upper().replace("_", "-")
        founders.append(Founder(country, kind, key(name).address, int(DEFINED), label))
    cast = AssetCast(MemoryLedger(founders, time=START), agencies)
    for agency, officer, power in OFFICERS:
        hire(cast, cast.key(agency), agencies[agency], cast.key(officer), power)  # type: ignore[arg-type]
    return cast
