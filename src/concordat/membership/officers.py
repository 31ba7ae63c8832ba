# SPDX-License-Identifier: Apache-2.0
"""Officers and devices: terms, acceptance by the appointee, appointment by the agency, suspension, end.

Nobody is appointed who did not sign the very terms. ``accept`` needs no network, only the suite's pins; the
file that it makes goes to the agency, whose key sends it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import IntEnum
from typing import Any, NamedTuple

from concordat.errors import AuthorityError, UsageError
from concordat.evidence import canonical, typed
from concordat.ledger.protocol import Ledger, Receipt, Signer
from concordat.membership.powers import Power

REGISTRY = "AgencyRegistry"
VERSION = "acceptance/1"

TYPES = {
    "Acceptance": [
        {"name": "agency", "type": "uint32"},
        {"name": "officer", "type": "address"},
        {"name": "powers", "type": "uint64"},
        {"name": "startsAt", "type": "uint40"},
        {"name": "endsAt", "type": "uint40"},
        {"name": "qualification", "type": "uint8"},
        {"name": "qualifiedUntil", "type": "uint40"},
        {"name": "device", "type": "bool"},
        {"name": "number", "type": "uint16"},
    ]
}


class Qualification(IntEnum):
    """What an officer is trained for (ISO/IEC 27037)."""

    NONE = 0
    FIRST_RESPONDER = 1
    SPECIALIST = 2


@dataclass(frozen=True)
class Terms:
    """What an agency offers and the appointee accepts.

    Attributes:
        agency: number of the agency.
        officer: address of the appointee.
        starts_at: seconds since 1970 UTC; 0: when the appointment is recorded.
        ends_at: seconds since 1970 UTC.
        qualified_until: end of the qualification, seconds since 1970 UTC.
        device: a recording device, not a person.
        number: that this appointment will have; an acceptance is good for one.
    """

    agency: int
    officer: str
    powers: Power
    starts_at: int
    ends_at: int
    number: int
    qualification: Qualification = Qualification.NONE
    qualified_until: int = 0
    device: bool = False

    def message(self) -> dict[str, Any]:
        """The fields of the typed data, and of the contract's struct."""
        return {
            "agency": self.agency,
            "officer": self.officer,
            "powers": int(self.powers),
            "startsAt": self.starts_at,
            "endsAt": self.ends_at,
            "qualification": int(self.qualification),
            "qualifiedUntil": self.qualified_until,
            "device": self.device,
            "number": self.number,
        }


@dataclass(frozen=True)
class Acceptance:
    """Terms that the appointee signed, for one suite.

    Attributes:
        genesis_id: of the suite, 32 bytes.
        registry: address of its AgencyRegistry.
        signature: EIP-712, or what a contract wallet takes.
    """

    terms: Terms
    chain_id: int
    genesis_id: bytes
    registry: str
    signature: bytes

    def encode(self) -> bytes:
        """The file that goes to the agency (canonical JSON)."""
        terms = {**asdict(self.terms), "powers": int(self.terms.powers)}
        terms["qualification"] = int(self.terms.qualification)
        return canonical.dumps(
            {
                "concordat": VERSION,
                "chain": {
                    "id": self.chain_id,
                    "genesis": "0x" + self.genesis_id.hex(),
                    "registry": self.registry,
                },
                "terms": terms,
                "signature": "0x" + self.signature.hex(),
            }
        )

    @classmethod
    def decode(cls, data: bytes) -> Acceptance:
        """Read such a file.

        Raises:
            UsageError: it is none.
        """
        try:
            return cls._of(canonical.loads(data, "the acceptance"))
        except (KeyError, TypeError, ValueError, AttributeError, canonical.NotCanonicalError) as error:
            raise UsageError(
                "This file is no acceptance of an appointment.",
                code="acceptance.form",
                kept="Nothing was sent.",
                next="Let the officer make it with: concordat officer accept",
            ) from error

    @classmethod
    def _of(cls, form: Mapping[str, Any]) -> Acceptance:
        if form["concordat"] != VERSION:
            raise ValueError("version")
        terms, chain = dict(form["terms"]), form["chain"]
        terms["powers"] = Power(terms["powers"])
        terms["qualification"] = Qualification(terms["qualification"])
        return cls(
            terms=Terms(**terms),
            chain_id=chain["id"],
            genesis_id=bytes.fromhex(chain["genesis"][2:]),
            registry=chain["registry"],
            signature=bytes.fromhex(form["signature"][2:]),
        )


@dataclass(frozen=True)
class Appointment:
    """An appointment as recorded.

    Attributes:
        number: 1 for the first of this address; 0: there is none.
        starts_at, ends_at, qualified_until: seconds since 1970 UTC.
        marked: suspended or reported compromised at least once.
    """

    agency: int
    officer: str
    powers: Power
    starts_at: int
    ends_at: int
    number: int
    qualification: Qualification
    qualified_until: int
    device: bool
    marked: bool

    def runs_at(self, moment: int) -> bool:
        """Whether it is running; suspensions are looked up apart."""
        return self.number > 0 and self.starts_at <= moment < self.ends_at


@dataclass(frozen=True)
class Suspension:
    """A half-open interval [start, until), seconds since 1970 UTC, and the hash of the order."""

    start: int
    until: int
    reason: bytes


def is_entitled(ledger: Ledger, held: Appointment, power: Power, at: int) -> bool:
    """Whether an appointment gave this power at that time, suspensions and reports taken into account."""
    try:
        entitled_at(ledger, held.officer, held.number, power, at)
    except AuthorityError:
        return False
    return True


class Entitlement(NamedTuple):
    """For which agency an officer acted, whether qualified, and whether as a device."""

    agency: int
    qualified: bool
    device: bool


def accept(signer: Signer, terms: Terms, *, chain_id: int, genesis_id: bytes, registry: str) -> Acceptance:
    """Sign terms as the appointee. Needs no network.

    Args:
        signer: key of the appointee.
        terms: what is accepted.
        chain_id: of the suite's chain.
        genesis_id: of the suite, 32 bytes.
        registry: address of its AgencyRegistry.

    Raises:
        UsageError: the terms are for another address.
    """
    if signer.address.lower() != terms.officer.lower():
        raise UsageError(
            f"The terms are for {terms.officer}, the key is {signer.address}.",
            code="acceptance.other_key",
            kept="Nothing was signed.",
            next="Use the key of the appointee (--key).",
        )
    domain = typed.domain(chain_id, registry, genesis_id)
    signature = signer.sign_typed(domain, TYPES, "Acceptance", terms.message())
    return Acceptance(terms, chain_id, genesis_id, registry, signature)


def appoint(ledger: Ledger, agency: Signer, acceptance: Acceptance) -> Receipt:
    """Record an appointment that was accepted.

    Raises:
        UsageError: the acceptance is for another suite.
        ContractError: the terms are not possible, or the signature is not the appointee's.
    """
    here = (ledger.chain_id, ledger.genesis_id, ledger.address(REGISTRY).lower())
    if (acceptance.chain_id, acceptance.genesis_id, acceptance.registry.lower()) != here:
        raise UsageError(
            "The acceptance is for another suite.",
            code="acceptance.other_suite",
            kept="Nothing was sent.",
            next="Let the officer accept again, in a workspace of this suite: concordat officer accept",
        )
    return ledger.send(agency, REGISTRY, "appoint", acceptance.terms.message(), acceptance.signature)


def end_appointment(ledger: Ledger, signer: Signer, officer: str) -> Receipt:
    """End an appointment now; by the agency or the officer. What was signed before keeps its value."""
    return ledger.send(signer, REGISTRY, "endAppointment", officer)


def suspend_officer(ledger: Ledger, agency: Signer, officer: str, until: int, reason: bytes) -> Receipt:
    """Suspend an officer from now until a time (seconds since 1970 UTC); ``reason``: hash of the order."""
    return ledger.send(agency, REGISTRY, "suspendOfficer", officer, until, reason)


def lift_officer_suspension(ledger: Ledger, agency: Signer, officer: str) -> Receipt:
    """End an officer's suspension now."""
    return ledger.send(agency, REGISTRY, "liftOfficerSuspension", officer)


def report_compromise(ledger: Ledger, reporter: Signer, key: str, since: int) -> Receipt:
    """Report that a key is in other hands since a time (seconds since 1970 UTC; 0: now), for good.

    An agency may reach back for its officers' keys; nobody for the key with which he reports.
    """
    return ledger.send(reporter, REGISTRY, "reportCompromise", key, since)


def appointment(ledger: Ledger, officer: str, number: int | None = None) -> Appointment | None:
    """The newest appointment of an address, or the one of this number; None if there is none."""
    if number is None:
        found = ledger.call(REGISTRY, "appointmentOf", officer)
    else:
        found = ledger.call(REGISTRY, "appointmentAt", officer, number)
    return _appointment(officer, found) if found.number else None


def appointments(ledger: Ledger, officer: str) -> list[Appointment]:
    """All appointments of an address, the first first."""
    newest = appointment(ledger, officer)
    last = newest.number if newest else 0
    found = (appointment(ledger, officer, number) for number in range(1, last + 1))
    return [each for each in found if each]


def suspensions(ledger: Ledger, officer: str) -> list[Suspension]:
    """All suspensions of an officer, the first first."""
    found = ledger.call(REGISTRY, "suspensionsOf", officer)
    return [Suspension(each.from_, each.until, bytes(each.reason)) for each in found]


def compromised_since(ledger: Ledger, key: str) -> int:
    """Since when a key is reported compromised, seconds since 1970 UTC; 0 if it is not."""
    return int(ledger.call(REGISTRY, "compromisedSince", key))


def entitled_at(ledger: Ledger, officer: str, number: int, power: Power, at: int) -> Entitlement:
    """In what capacity an officer held this power under that appointment at that time.

    Raises:
        ContractError: the officer did not.
    """
    return Entitlement(*ledger.call(REGISTRY, "entitledAt", officer, number, int(power), at))


def appointment_at(ledger: Ledger, officer: str, moment: int) -> Appointment | None:
    """The appointment that ran at a time; None if none did."""
    running = (each for each in reversed(appointments(ledger, officer)) if each.runs_at(moment))
    return next(running, None)


def _appointment(officer: str, found: Any) -> Appointment:
    return Appointment(
        agency=found.agency,
        officer=officer,
        powers=Power(found.powers),
        starts_at=found.startsAt,
        ends_at=found.endsAt,
        number=found.number,
        qualification=Qualification(found.qualification),
        qualified_until=found.qualifiedUntil,
        device=found.device,
        marked=found.marked,
    )
