# SPDX-License-Identifier: Apache-2.0
"""AssetRegister in memory: seized property, from identification to proceeds; no heads of histories."""

# ruff: noqa: N802, N803 - the names are the contracts'

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from concordat.assets.returnstates import AssetState, DossierPart
from concordat.assets.words import AssetClass
from concordat.membership.numbers import jurisdiction_of
from concordat.membership.powers import Power
from concordat.memory.agencies import AgencyRegistry
from concordat.memory.assetground import COURT, Contract, hashed
from concordat.memory.assetstructs import Asset, ReturnableAsset
from concordat.memory.evidence import EvidenceRegistry
from concordat.memory.holds import Holds
from concordat.memory.tables import Tables
from concordat.memory.world import World, refuse

MOST_BETWEEN = 180 * 86400
ALL_PARTS = 0b111111


_UNSOLD = (AssetState.IDENTIFIED, AssetState.VALUED)
_KEPT = (*_UNSOLD, AssetState.SALE_ORDERED, AssetState.SOLD)


class AssetRegister(Contract):
    """Things by id."""

    NAME = "AssetRegister"

    def __init__(
        self,
        world: World,
        tables: Tables,
        agencies: AgencyRegistry,
        evidence: EvidenceRegistry,
        holds: Holds,
    ) -> None:
        super().__init__(world, tables, agencies)
        self._evidence = evidence
        self._holds = holds
        self._assets = self.table()
        self._offers = self.table()

    # Finding and describing

    def identify(
        self, commitment: bytes, assetClass: int, custodian: int, attestEvery: int, hold: bytes
    ) -> bytes:
        """Enter a thing that was found."""
        agency = self.officer(Power.KEEP)
        _require(commitment)
        if assetClass not in set(AssetClass):
            refuse("UnknownClass", assetClass=assetClass)
        self._require_agency(custodian)
        if not 0 < attestEvery <= MOST_BETWEEN:
            refuse("AttestationTooRare", attestEvery=attestEvery, most=MOST_BETWEEN)
        if any(hold) and not self._holds.holdOf(hold).state:
            refuse("NoSuchHold", hold=hold)
        asset = hashed(("uint32", "bytes32"), agency, commitment)
        if asset in self._assets:
            refuse("AlreadyIdentified", asset=asset)
        self._assets[asset] = Asset(
            agency=agency,
            custodian=custodian,
            assetClass=assetClass,
            state=int(AssetState.IDENTIFIED),
            attestedAt=self.now if custodian == agency else 0,
            attestEvery=attestEvery,
            changedAt=self.now,
            entries=1,
        )
        self.emit(
            "AssetIdentified",
            asset=asset,
            agency=agency,
            custodian=custodian,
            officer=self.caller,
            assetClass=assetClass,
            hold=hold,
        )
        return asset

    def fill(self, asset: bytes, part: int, content: bytes) -> None:
        """Fill a part of the dossier."""
        found = self._by_agency(asset, Power.KEEP, _KEPT)
        if part == DossierPart.ACQUISITIONS:
            refuse("UseLink", part=part)
        _require(content)
        self._enter(asset, dossier=found.dossier | 1 << part)
        self.emit("DossierFilled", asset=asset, part=part, officer=self.caller, content=content)

    def linkAcquisition(self, asset: bytes, agency: int, root: bytes) -> None:
        """Link a registered acquisition."""
        found = self._by_agency(asset, Power.KEEP, _KEPT)
        if not self._evidence.acquisitionOf(agency, root).registeredAt:
            refuse("NotRegistered", agency=agency, root=root)
        self._enter(asset, dossier=found.dossier | 1 << DossierPart.ACQUISITIONS)
        self.emit("AcquisitionLinked", asset=asset, agency=agency, root=root)

    # Keeping

    def attest(self, asset: bytes, condition: bytes) -> None:
        """The custodian still has it."""
        found = self._by_custodian(asset)
        _require(condition)
        self._enter(asset, attestedAt=self.now)
        self.emit(
            "Attested", asset=asset, custodian=found.custodian, officer=self.caller, condition=condition
        )

    def offerCustody(self, asset: bytes, to: int) -> None:
        """Name the next custodian; none takes the offer back."""
        found = self._by_custodian(asset)
        if to:
            self._require_agency(to)
        self._offers[asset] = to
        self._enter(asset)
        self.emit("CustodyOffered", asset=asset, to=to, **{"from": found.custodian})

    def acceptCustody(self, asset: bytes, receipt: bytes) -> None:
        """The next custodian has it."""
        found = self._in_state(asset, _KEPT)
        theirs, offered = self.officer(Power.KEEP), self._offers.get(asset, 0)
        if not offered or theirs != offered:
            refuse("NotTheCustodian", theirs=theirs, custodian=offered)
        _require(receipt)
        self._offers[asset] = 0
        self._enter(asset, custodian=theirs, attestedAt=self.now)
        self.emit("CustodianChanged", asset=asset, to=theirs, receipt=receipt, **{"from": found.custodian})

    # Value, sale, end

    def value(self, asset: bytes, currency: int, amount: int, report: bytes) -> None:
        """A valuation."""
        found = self._by_agency(asset, Power.KEEP, _UNSOLD)
        _require(report)
        dossier = found.dossier | 1 << DossierPart.VALUE
        self._enter(asset, state=int(AssetState.VALUED), currency=currency, value=amount, dossier=dossier)
        self.emit("Valued", asset=asset, officer=self.caller, currency=currency, value=amount, report=report)

    def orderSale(self, asset: bytes, order: bytes) -> None:
        """A court orders the sale."""
        court = self._court(self._in_state(asset, (AssetState.VALUED,)))
        _require(order)
        self._enter(asset, state=int(AssetState.SALE_ORDERED))
        self.emit("SaleOrdered", asset=asset, court=court, officer=self.caller, order=order)

    def recordSale(self, asset: bytes, price: int, costs: int, result: bytes) -> None:
        """The auction's result."""
        self._by_agency(asset, Power.KEEP, (AssetState.SALE_ORDERED,))
        _require(result)
        if costs > price:
            refuse("CostsAbovePrice", price=price, costs=costs)
        self._enter(asset, state=int(AssetState.SOLD), value=price - costs)
        self.emit("Sold", asset=asset, officer=self.caller, price=price, costs=costs, result=result)

    def dispose(self, asset: bytes, toReturn: int, forfeited: int, judgment: bytes) -> None:
        """A court decides on the proceeds."""
        found = self._in_state(asset, (AssetState.SOLD,))
        court = self._court(found)
        _require(judgment)
        if toReturn + forfeited != found.value:
            refuse("ProceedsMisstated", asset=asset, given=toReturn + forfeited, proceeds=found.value)
        self._enter(asset, state=int(AssetState.DISPOSED), value=toReturn)
        self.emit(
            "AssetDisposed",
            asset=asset,
            court=court,
            toReturn=toReturn,
            forfeited=forfeited,
            judgment=judgment,
        )

    def release(self, asset: bytes, order: bytes) -> None:
        """Give the thing back before any sale."""
        found = self._in_state(asset, (*_UNSOLD, AssetState.SALE_ORDERED))
        if found.state == AssetState.SALE_ORDERED:
            theirs, held = self.any_officer(int(Power.RELEASE | Power.JUDGE))
            if not held & Power.JUDGE:
                refuse("SaleByCourtOnly", asset=asset)
            self._require_court(found, theirs)
        else:
            theirs = self.officer(Power.RELEASE)
            _require_own(theirs, found)
        _require(order)
        self._enter(asset, state=int(AssetState.RELEASED))
        self.emit("AssetReleased", asset=asset, agency=theirs, officer=self.caller, order=order)

    def transferCase(self, caseKey: bytes, assets: Sequence[bytes], to: int) -> None:
        """Transfer a case with its assets."""
        theirs = self.officer(Power.PROPOSE)
        _require(caseKey)
        if not assets:
            refuse("NoAssets")
        self._require_agency(to)
        if jurisdiction_of(to) != jurisdiction_of(theirs):
            refuse("OtherJurisdiction", agency=to, jurisdiction=jurisdiction_of(theirs))
        for asset in assets:
            found = self._need(asset)
            _require_own(theirs, found)
            if self.missingOf(asset):
                refuse("DossierIncomplete", asset=asset, missing=self.missingOf(asset))
            self._enter(asset, agency=to)
        moved: dict[str, Any] = {"from": theirs, "to": to, "assets": len(assets)}
        self.emit("CaseTransferred", caseKey=caseKey, officer=self.caller, **moved)

    def payOut(self, asset: bytes, amount: int) -> None:
        """Refused: for Restitution, by ``pay_out``."""
        self.refuse_outsiders()

    def pay_out(self, asset: bytes, amount: int) -> None:
        """A part of the proceeds went back to a victim."""
        left = self.returnable(asset).amount
        if not left or amount > left:
            refuse("NoProceedsLeft", asset=asset)
        self._enter(asset, value=left - amount)
        self.emit("PaidOut", asset=asset, amount=amount, remaining=left - amount)

    # Questions

    def assetOf(self, asset: bytes) -> Asset:
        """A thing; all zero if there is none."""
        found: Asset = self._assets.get(asset, Asset())
        return found

    def isStaleAt(self, asset: bytes, at: int) -> bool:
        """Whether nobody attested for too long that it is still there."""
        found = self.assetOf(asset)
        return found.state in _KEPT and at >= found.attestedAt + found.attestEvery

    def missingOf(self, asset: bytes) -> int:
        """Mask of the parts of the dossier that are missing."""
        return ALL_PARTS & ~self.assetOf(asset).dossier

    def returnable(self, asset: bytes) -> ReturnableAsset:
        """What a court awarded to victims and is not paid yet."""
        found = self.assetOf(asset)
        awarded = found.state == AssetState.DISPOSED and found.value > 0
        return ReturnableAsset(found.custodian, found.currency, found.value if awarded else 0, awarded)

    # Within

    def _need(self, asset: bytes) -> Asset:
        if asset not in self._assets:
            refuse("NoSuchAsset", asset=asset)
        return self.assetOf(asset)

    def _in_state(self, asset: bytes, wanted: Sequence[AssetState]) -> Asset:
        found = self._need(asset)
        if found.state not in wanted:
            refuse("AssetInState", asset=asset, assetState=found.state)
        return found

    def _by_agency(self, asset: bytes, power: Power, wanted: Sequence[AssetState]) -> Asset:
        found = self._need(asset)
        _require_own(self.officer(power), found)
        return self._in_state(asset, wanted)

    def _by_custodian(self, asset: bytes) -> Asset:
        found, theirs = self._need(asset), self.officer(Power.KEEP)
        if theirs != found.custodian:
            refuse("NotTheCustodian", theirs=theirs, custodian=found.custodian)
        return self._in_state(asset, _KEPT)

    def _court(self, found: Asset) -> int:
        theirs = self.officer(Power.JUDGE)
        self._require_court(found, theirs)
        return theirs

    def _require_court(self, found: Asset, theirs: int) -> None:
        if self.kind_of(theirs) != COURT:
            refuse("NotACourt", agency=theirs)
        if jurisdiction_of(theirs) != jurisdiction_of(found.agency):
            refuse("OtherJurisdiction", agency=theirs, jurisdiction=jurisdiction_of(found.agency))

    def _require_agency(self, agency: int) -> None:
        if not self.kind_of(agency):
            refuse("NoSuchAgency", agency=agency)

    def _enter(self, asset: bytes, **values: Any) -> None:
        found = self.assetOf(asset)
        self._assets[asset] = found._replace(changedAt=self.now, entries=found.entries + 1, **values)


def _require(document: bytes) -> None:
    if not any(document):
        refuse("EmptyHash")


def _require_own(theirs: int, found: Asset) -> None:
    if theirs != found.agency:
        refuse("NotOfAgency", theirs=theirs, agency=found.agency)
