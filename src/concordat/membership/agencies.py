# SPDX-License-Identifier: Apache-2.0
"""Agencies: who is a member, by which key, for what it can be asked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from concordat.errors import UsageError
from concordat.evidence import places
from concordat.ledger.protocol import Ledger, Receipt, Signer
from concordat.membership import numbers
from concordat.membership.powers import Power

REGISTRY = "AgencyRegistry"


class AgencyKind(IntEnum):
    """Kinds of members, as in the contract."""

    CENTRAL_AUTHORITY = 1
    POLICE = 2
    PROSECUTOR = 3
    COURT = 4
    FINANCIAL_INTELLIGENCE_UNIT = 5
    BANK = 6
    PAYMENT_INSTITUTION = 7
    TELECOM_OPERATOR = 8
    REGULATOR = 9
    PLATFORM = 10
    INTERNATIONAL_OFFICE = 11


class Competence(IntEnum):
    """For what a jurisdiction can name a contact point. Numbers from 100 are the members' own."""

    ALWAYS_REACHABLE = 1
    """24/7 network (Budapest Convention art 35)."""
    MUTUAL_LEGAL_ASSISTANCE = 2
    POLICE_COOPERATION = 3
    DATA_PRESERVATION = 4
    FREEZING_OF_FUNDS = 5
    FINANCIAL_INTELLIGENCE = 6
    EXTRADITION = 7
    VICTIMS = 8


@dataclass(frozen=True)
class Agency:
    """One member.

    Attributes:
        number: jurisdiction and ordinal in one, see ``membership.numbers``.
        name: short public name, as admitted.
        account: address of its present key.
        charter: powers that its officers may be given.
        suspensions: how many were ever ordered.
    """

    number: int
    name: str
    kind: AgencyKind
    account: str
    charter: Power
    suspensions: int

    @property
    def jurisdiction(self) -> int:
        """ISO 3166-1 numeric; 900 and above for bodies of no single country."""
        return numbers.jurisdiction_of(self.number)


def agencies(ledger: Ledger) -> list[Agency]:
    """All members, in the order of their admission."""
    admitted = ledger.events(REGISTRY, "AgencyAdmitted")
    return [_agency(ledger, event.args["agency"], event.args["name"]) for event in admitted]


def agency(ledger: Ledger, number: int) -> Agency:
    """One member by its number.

    Raises:
        UsageError: there is no such member.
    """
    found = ledger.events(REGISTRY, "AgencyAdmitted", agency=number)
    if not found:
        raise _unknown(str(number))
    return _agency(ledger, number, found[0].args["name"])


def find_agency(ledger: Ledger, text: str) -> Agency:
    """One member by its short name (any case), its number, or country and ordinal (``MY-2``).

    Raises:
        UsageError: there is none, or the name is several members'.
    """
    if text.isascii() and text.isdigit():
        return agency(ledger, int(text))
    named = [
        event
        for event in ledger.events(REGISTRY, "AgencyAdmitted")
        if text.upper() in (_text(event.args["name"]).upper(), _short(event.args["agency"]))
    ]
    if len(named) != 1:
        raise _unknown(text) if not named else _ambiguous(text)
    return _agency(ledger, named[0].args["agency"], named[0].args["name"])


def agency_of_account(ledger: Ledger, account: str) -> int:
    """Number of the member whose account this is; 0 if it is none's."""
    return int(ledger.call(REGISTRY, "agencyByAccount", account))


def contact_point(ledger: Ledger, jurisdiction: int, competence: int) -> Agency:
    """The member that receives requests of a kind from abroad.

    Raises:
        ContractError: the jurisdiction named none.
    """
    return agency(ledger, int(ledger.call(REGISTRY, "contactPoint", jurisdiction, competence)))


def set_contact_point(ledger: Ledger, authority: Signer, competence: int, number: int) -> Receipt:
    """Name the member that receives requests of a kind; by the central authority of its jurisdiction."""
    return ledger.send(authority, REGISTRY, "setContactPoint", competence, number)


def encryption_key(ledger: Ledger, number: int, version: int | None = None) -> tuple[bytes, int]:
    """Public key (X25519, 32 bytes) for messages to a member, and its version; 0 if none was published.

    Args:
        ledger: where to look.
        number: of the member.
        version: an earlier one; the newest by default.
    """
    if version is None:
        key, newest = ledger.call(REGISTRY, "encryptionKey", number)
        return bytes(key), int(newest)
    return bytes(ledger.call(REGISTRY, "encryptionKeyAt", number, version)), version


def publish_encryption_key(ledger: Ledger, account: Signer, key: bytes) -> Receipt:
    """Publish the member's new public key (X25519, 32 bytes). Earlier versions stay readable."""
    if len(key) != 32:
        raise UsageError(
            f"The key has {len(key)} bytes; an X25519 public key has 32.",
            code="agency.encryption_key",
            kept="Nothing was sent.",
        )
    return ledger.send(account, REGISTRY, "publishEncryptionKey", key)


def propose_account(ledger: Ledger, account: Signer, new: str) -> Receipt:
    """First step of a change of the member's key: the old key names the new one."""
    return ledger.send(account, REGISTRY, "proposeAccount", new)


def accept_account(ledger: Ledger, new: Signer, number: int) -> Receipt:
    """Second step: the new key accepts."""
    return ledger.send(new, REGISTRY, "acceptAccount", number)


def suspend_agency(ledger: Ledger, authority: Signer, number: int, until: int, reason: bytes) -> Receipt:
    """Suspend a member down to the floor of powers; by the central authority of its jurisdiction.

    Args:
        ledger: where to send it.
        authority: key of the central authority.
        number: of the member.
        until: seconds since 1970 UTC.
        reason: hash of the order, 32 bytes.
    """
    return ledger.send(authority, REGISTRY, "suspendAgency", number, until, reason)


def lift_agency_suspension(ledger: Ledger, authority: Signer, number: int) -> Receipt:
    """End a member's suspension now."""
    return ledger.send(authority, REGISTRY, "liftAgencySuspension", number)


def _agency(ledger: Ledger, number: int, name: bytes) -> Agency:
    record = ledger.call(REGISTRY, "agencyOf", number)
    return Agency(
        number=number,
        name=_text(name),
        kind=AgencyKind(record.kind),
        account=record.account,
        charter=Power(record.charter),
        suspensions=record.suspensions,
    )


def _text(name: bytes) -> str:
    return name.rstrip(b"\0").decode("ascii", "replace")


def _short(number: int) -> str:
    try:
        return f"{places.alpha(numbers.jurisdiction_of(number))}-{number & 0xFFFF}"
    except places.PlaceError:
        return ""


def _unknown(text: str) -> UsageError:
    return UsageError(
        f"No member of this suite is called '{text}'.",
        code="agency.unknown",
        next="See who is with: concordat agency list",
    )


def _ambiguous(text: str) -> UsageError:
    return UsageError(
        f"More than one member is called '{text}'.",
        code="agency.ambiguous",
        next="Use its number; see: concordat agency list",
    )
