// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Asset, AssetState, DossierPart } from "../../interfaces/assets/IAssetRegister.sol";
import { AgencyKind } from "../../interfaces/membership/IAgencyRegistry.sol";
import { IGenesis } from "../../interfaces/membership/IGenesis.sol";
import { AgencyId } from "../types/AgencyId.sol";
import { JUDGE, KEEP, PROPOSE, RELEASE } from "../types/Powers.sol";
import { AssetDossier } from "./AssetDossier.sol";

/// @notice See {IAssetRegister}, the manual. Here is what becomes of a thing: value, sale, judgment, and back.
contract AssetRegister is AssetDossier {
    address private immutable _restitution;

    constructor() {
        _restitution = IGenesis(msg.sender).plannedAddressOf("Restitution");
    }

    // From valuation to proceeds

    function value(bytes32 asset, uint16 currency, uint96 amount, bytes32 report) external {
        Asset storage entry = _requireOwn(asset, KEEP);
        _requireUnsold(entry, asset);
        _requireHash(report);

        entry.state = AssetState.Valued;
        entry.currency = currency;
        entry.value = amount;
        _fill(asset, DossierPart.Value, report);
        _enter(asset, keccak256(abi.encode("value", msg.sender, currency, amount, report)));
        emit Valued(asset, msg.sender, currency, amount, report);
    }

    function orderSale(bytes32 asset, bytes32 order) external {
        (Asset storage entry, AgencyId court) = _requireCourt(asset);
        _requireState(entry, asset, AssetState.Valued);
        _requireHash(order);

        entry.state = AssetState.SaleOrdered;
        _enter(asset, keccak256(abi.encode("orderSale", msg.sender, order)));
        emit SaleOrdered(asset, court, msg.sender, order);
    }

    function recordSale(bytes32 asset, uint96 price, uint96 costs, bytes32 result) external {
        Asset storage entry = _requireOwn(asset, KEEP);
        _requireState(entry, asset, AssetState.SaleOrdered);
        if (costs > price) revert CostsAbovePrice(price, costs);
        _requireHash(result);

        entry.state = AssetState.Sold;
        entry.value = price - costs;
        _enter(asset, keccak256(abi.encode("recordSale", msg.sender, price, costs, result)));
        emit Sold(asset, msg.sender, price, costs, result);
    }

    function dispose(bytes32 asset, uint96 toReturn, uint96 forfeited, bytes32 judgment) external {
        (Asset storage entry, AgencyId court) = _requireCourt(asset);
        _requireState(entry, asset, AssetState.Sold);
        (uint256 given, uint96 proceeds) = (uint256(toReturn) + forfeited, entry.value);
        if (given != proceeds) revert ProceedsMisstated(asset, given, proceeds);
        _requireHash(judgment);

        entry.state = AssetState.Disposed;
        entry.value = toReturn;
        _enter(asset, keccak256(abi.encode("dispose", msg.sender, toReturn, forfeited, judgment)));
        emit AssetDisposed(asset, court, toReturn, forfeited, judgment);
    }

    // Back, or on to another agency

    function release(bytes32 asset, bytes32 order) external {
        (Asset storage entry, AgencyId agency) = _requireReleaser(asset);
        _requireHash(order);

        entry.state = AssetState.Released;
        _enter(asset, keccak256(abi.encode("release", msg.sender, order)));
        emit AssetReleased(asset, agency, msg.sender, order);
    }

    function transferCase(bytes32 caseKey, bytes32[] calldata assets, AgencyId to) external {
        AgencyId from = _agencies.authorize(msg.sender, PROPOSE);
        _requireHash(caseKey);
        if (assets.length == 0) revert NoAssets();
        _requireMember(to);
        if (to.jurisdiction() != from.jurisdiction()) revert OtherJurisdiction(to, from.jurisdiction());

        for (uint256 i = 0; i < assets.length; ++i) _transfer(caseKey, assets[i], from, to);
        emit CaseTransferred(caseKey, from, to, msg.sender, assets.length);
    }

    function payOut(bytes32 asset, uint96 amount) external {
        if (msg.sender != _restitution) revert NotTheModule(msg.sender);
        Asset storage entry = _requireAsset(asset);
        if (entry.state != AssetState.Disposed || amount > entry.value) revert NoProceedsLeft(asset);

        entry.value -= amount;
        _enter(asset, keccak256(abi.encode("payOut", msg.sender, amount)));
        emit PaidOut(asset, amount, entry.value);
    }

    function returnable(
        bytes32 asset
    ) external view returns (AgencyId custodian, uint16 currency, uint96 amount, bool awarded) {
        Asset storage entry = _assets[asset];
        awarded = entry.state == AssetState.Disposed;
        return (entry.custodian, entry.currency, awarded ? entry.value : 0, awarded);
    }

    // Internal

    function _transfer(bytes32 caseKey, bytes32 asset, AgencyId from, AgencyId to) private {
        Asset storage entry = _requireAsset(asset);
        if (entry.agency != from) revert NotOfAgency(from, entry.agency);
        uint8 missing = _missing(entry);
        if (missing != 0) revert DossierIncomplete(asset, missing);

        entry.agency = to;
        _enter(asset, keccak256(abi.encode("transferCase", msg.sender, caseKey, to)));
    }

    /// @dev A court of the country whose agency answers for the asset.
    function _requireCourt(bytes32 asset) private view returns (Asset storage entry, AgencyId court) {
        court = _agencies.authorize(msg.sender, JUDGE);
        entry = _requireAsset(asset);
        _requireCompetent(court, entry.agency.jurisdiction());
    }

    function _requireCompetent(AgencyId court, uint16 jurisdiction) private view {
        if (_agencies.agencyOf(court).kind != AgencyKind.Court) revert NotACourt(court);
        if (court.jurisdiction() != jurisdiction) revert OtherJurisdiction(court, jurisdiction);
    }

    /// @dev Before any court spoke the agency itself; what a court ordered to be sold only a court gives back.
    function _requireReleaser(bytes32 asset) private view returns (Asset storage entry, AgencyId agency) {
        uint64 held = 0;
        (agency, held) = _agencies.authorizeAny(msg.sender, RELEASE | JUDGE);
        entry = _requireAsset(asset);
        if (entry.state == AssetState.SaleOrdered) {
            if (held & JUDGE == 0) revert SaleByCourtOnly(asset);
            _requireCompetent(agency, entry.agency.jurisdiction());
            return (entry, agency);
        }
        _requireUnsold(entry, asset);
        // slither-disable-next-line unused-return // its agency is the one that was found above
        _agencies.authorize(msg.sender, RELEASE);
        if (agency != entry.agency) revert NotOfAgency(agency, entry.agency);
    }

    function _requireState(Asset storage entry, bytes32 asset, AssetState state) private view {
        if (entry.state != state) revert AssetInState(asset, entry.state);
    }

    function _requireUnsold(Asset storage entry, bytes32 asset) private view {
        bool unsold = entry.state == AssetState.Identified || entry.state == AssetState.Valued;
        if (!unsold) revert AssetInState(asset, entry.state);
    }
}
