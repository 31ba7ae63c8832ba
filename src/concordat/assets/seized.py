# SPDX-License-Identifier: Apache-2.0
"""Seized property on the chain, one function an act or question. A ``ledger`` is a chain, outbox or double.

What a thing is, and whose, stays in the agency's private folder; the chain has salted hashes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from eth_abi.abi import encode
from eth_utils.crypto import keccak

from concordat.assets.holds import Returnable
from concordat.assets.returnstates import AssetState, DossierPart
from concordat.assets.values.money import Money, by_code
from concordat.assets.words import AssetClass
from concordat.ledger import eventlog
from concordat.ledger.protocol import Event, Ledger, Receipt, Signer

ASSETS: Final = "AssetRegister"
NO_HOLD: Final = bytes(32)
MOST_BETWEEN: Final = 180
"""Days between two attestations, at most."""
HISTORY: Final = (
    "AssetIdentified",
    "DossierFilled",
    "AcquisitionLinked",
    "Attested",
    "CustodyOffered",
    "CustodianChanged",
    "Valued",
    "SaleOrdered",
    "Sold",
    "AssetDisposed",
    "AssetReleased",
    "PaidOut",
)


@dataclass(frozen=True)
class Asset:
    """A seized thing as it stands on the chain. Times in seconds since 1970 UTC, 0: not yet.

    Attributes:
        id: 32 bytes.
        agency: that answers for it.
        custodian: that keeps it.
        currency: numeric code; 0 before it was valued.
        value: estimate, then proceeds, then what is left to return; minor units.
        attest_every: seconds after which an attestation is stale.
        missing: parts of the dossier that nobody filled.
        entries: length of its history.
    """

    id: bytes
    agency: int
    custodian: int
    asset_class: AssetClass
    state: AssetState
    currency: int
    value: int
    attested_at: int
    attest_every: int
    changed_at: int
    missing: tuple[DossierPart, ...]
    entries: int

    @property
    def money(self) -> Money | None:
        """Its value; None before it was valued."""
        return Money(self.value, by_code(self.currency)) if self.currency else None

    def stale_at(self, at: int) -> bool:
        """Whether nobody attested for too long that it is still there; as the contract judges it."""
        return self.state.is_kept and at > self.attested_at + self.attest_every


@dataclass(frozen=True)
class Proceeds:
    """Minor units: price = costs + proceeds; proceeds = returned + forfeited + remaining, at any time."""

    currency: int
    price: int
    costs: int
    returned: int
    forfeited: int
    remaining: int

    @property
    def proceeds(self) -> int:
        """What the sale brought in."""
        return self.price - self.costs


@dataclass(frozen=True)
class Identified:
    """What the event of an asset says."""

    id: bytes
    agency: int
    custodian: int
    asset_class: AssetClass
    hold: bytes
    transaction: str
    block: int


def asset_id(agency: int, commitment: bytes) -> bytes:
    """Key of an asset: of the agency that entered it, and its salted description."""
    return bytes(keccak(encode(("uint32", "bytes32"), (agency, commitment))))


# Acts of the agency and of the custodian: officers with KEEP


def identify(
    ledger: Ledger,
    officer: Signer,
    commitment: bytes,
    asset_class: AssetClass,
    custodian: int,
    attest_every: int,
    hold: bytes = NO_HOLD,
) -> Receipt:
    """Enter a thing that was found.

    Args:
        ledger: where.
        officer: key of an officer with KEEP of the agency that will answer for it.
        commitment: to its description, 32 bytes.
        asset_class: what it is.
        custodian: number of the agency that keeps it.
        attest_every: seconds after which an attestation is stale, at most 180 days.
        hold: seizure or sealing under which it is held; zero if held otherwise.
    """
    return ledger.send(
        officer, ASSETS, "identify", commitment, int(asset_class), custodian, attest_every, hold
    )


def fill(ledger: Ledger, officer: Signer, asset: bytes, part: DossierPart, content: bytes) -> Receipt:
    """Fill a part of the dossier with the salted hash of its content; acquisitions are linked instead."""
    return ledger.send(officer, ASSETS, "fill", asset, int(part), content)


def link_acquisition(ledger: Ledger, officer: Signer, asset: bytes, agency: int, root: bytes) -> Receipt:
    """Link a registered acquisition that bears on the asset."""
    return ledger.send(officer, ASSETS, "linkAcquisition", asset, agency, root)


def attest(ledger: Ledger, officer: Signer, asset: bytes, condition: bytes) -> Receipt:
    """Say, as its custodian, that the thing is still there; ``condition`` is the hash of the report."""
    return ledger.send(officer, ASSETS, "attest", asset, condition)


def offer_custody(ledger: Ledger, officer: Signer, asset: bytes, to: int) -> Receipt:
    """Offer to hand over to another custodian, who has to accept; 0 takes the offer back."""
    return ledger.send(officer, ASSETS, "offerCustody", asset, to)


def accept_custody(ledger: Ledger, officer: Signer, asset: bytes, receipt: bytes) -> Receipt:
    """Take over as the new custodian; ``receipt`` is the hash of the paper of the handing over."""
    return ledger.send(officer, ASSETS, "acceptCustody", asset, receipt)


def value(ledger: Ledger, officer: Signer, asset: bytes, amount: Money, report: bytes) -> Receipt:
    """Enter a valuation; a later one replaces it."""
    return ledger.send(officer, ASSETS, "value", asset, amount.currency.code, amount.amount, report)


def record_sale(
    ledger: Ledger, officer: Signer, asset: bytes, price: int, costs: int, result: bytes
) -> Receipt:
    """Enter the result of an auction, minor units of the valuation's currency."""
    return ledger.send(officer, ASSETS, "recordSale", asset, price, costs, result)


def release(ledger: Ledger, officer: Signer, asset: bytes, order: bytes) -> Receipt:
    """Give the thing back before any sale; RELEASE of the agency, after an order of sale a court."""
    return ledger.send(officer, ASSETS, "release", asset, order)


# Acts of court and prosecutor


def order_sale(ledger: Ledger, judge: Signer, asset: bytes, order: bytes) -> Receipt:
    """Order the sale, as a court."""
    return ledger.send(judge, ASSETS, "orderSale", asset, order)


def dispose(
    ledger: Ledger, judge: Signer, asset: bytes, to_return: int, forfeited: int, judgment: bytes
) -> Receipt:
    """Decide on the proceeds, as a court: both parts together are all of them, minor units."""
    return ledger.send(judge, ASSETS, "dispose", asset, to_return, forfeited, judgment)


def transfer_case(
    ledger: Ledger, prosecutor: Signer, case_key: bytes, assets: Sequence[bytes], to: int
) -> Receipt:
    """Transfer a case with its assets; by an officer with PROPOSE of the agency that answers for them."""
    return ledger.send(prosecutor, ASSETS, "transferCase", case_key, list(assets), to)


# Questions


def asset_of(ledger: Ledger, asset: bytes) -> Asset | None:
    """A thing; None if there is none of this id."""
    found = ledger.call(ASSETS, "assetOf", asset)
    if not found.state:
        return None
    filled = DossierPart.of_mask(found.dossier)
    return Asset(
        id=asset,
        agency=found.agency,
        custodian=found.custodian,
        asset_class=AssetClass(found.assetClass),
        state=AssetState(found.state),
        currency=found.currency,
        value=found.value,
        attested_at=found.attestedAt,
        attest_every=found.attestEvery,
        changed_at=found.changedAt,
        missing=tuple(part for part in DossierPart if part not in filled),
        entries=found.entries,
    )


def is_stale_at(ledger: Ledger, asset: bytes, at: int) -> bool:
    """Whether its attestation is stale at a time, by the contract."""
    return bool(ledger.call(ASSETS, "isStaleAt", asset, at))


def returnable(ledger: Ledger, asset: bytes) -> Returnable:
    """What a court awarded to victims and is not paid yet; ``institution`` is the custodian."""
    found = ledger.call(ASSETS, "returnable", asset)
    return Returnable(found.custodian, found.currency, found.amount, found.awarded)


def identified(
    ledger: Ledger, *, agency: int | None = None, custodian: int | None = None
) -> Iterator[Identified]:
    """All things ever entered, oldest first; by the agency that entered them or their first custodian."""
    filters = {"agency": agency, "custodian": custodian}
    wanted = {name: value for name, value in filters.items() if value is not None}
    for event in ledger.events(ASSETS, "AssetIdentified", **wanted):
        args = event.args
        yield Identified(
            id=args["asset"],
            agency=args["agency"],
            custodian=args["custodian"],
            asset_class=AssetClass(args["assetClass"]),
            hold=args["hold"],
            transaction=event.transaction,
            block=event.block,
        )


def proceeds_of(ledger: Ledger, asset: bytes) -> Proceeds | None:
    """What the sale brought in and what became of it, from the events; None before the sale."""
    sold = ledger.events(ASSETS, "Sold", asset=asset)
    known = asset_of(ledger, asset)
    if not sold or known is None:
        return None
    price, costs = int(sold[-1].args["price"]), int(sold[-1].args["costs"])
    disposed = ledger.events(ASSETS, "AssetDisposed", asset=asset)
    paid = sum(int(event.args["amount"]) for event in ledger.events(ASSETS, "PaidOut", asset=asset))
    forfeited = int(disposed[-1].args["forfeited"]) if disposed else 0
    return Proceeds(known.currency, price, costs, paid, forfeited, known.value)


def history(ledger: Ledger, asset: bytes) -> list[Event]:
    """All events of a thing, oldest first, without times."""
    return eventlog.of(ledger, ASSETS, HISTORY, asset=asset)


def transfers(ledger: Ledger, case_key: bytes | None = None) -> list[Event]:
    """All transfers of cases, or of one case, oldest first."""
    return ledger.events(ASSETS, "CaseTransferred", **({"caseKey": case_key} if case_key else {}))
