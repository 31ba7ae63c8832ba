// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Asset, AssetState, DossierPart, IAssetRegister } from "../../interfaces/assets/IAssetRegister.sol";
import { IHolds } from "../../interfaces/assets/IHolds.sol";
import { IEvidenceRegistry } from "../../interfaces/evidence/IEvidenceRegistry.sol";
import { IAgencyRegistry } from "../../interfaces/membership/IAgencyRegistry.sol";
import { IGenesis } from "../../interfaces/membership/IGenesis.sol";
import { AgencyId, NO_AGENCY } from "../types/AgencyId.sol";
import { KEEP } from "../types/Powers.sol";
import { AssetClass } from "../types/ProfileKey.sol";

/// @notice What is known of a thing and who has it: identification, dossier, custody. Each act is linked into a history
///         of which the contract keeps head and length.
abstract contract AssetDossier is IAssetRegister {
    uint32 private constant RAREST_ATTESTATION = 180 days;
    uint8 private constant ALL_PARTS = uint8((1 << (uint256(type(DossierPart).max) + 1)) - 1);

    IAgencyRegistry internal immutable _agencies;
    IEvidenceRegistry private immutable _evidence;
    IHolds private immutable _holds;

    mapping(bytes32 asset => Asset) internal _assets;
    mapping(bytes32 asset => bytes32) public historyHead;
    mapping(bytes32 asset => AgencyId) private _nextCustodian;

    constructor() {
        IGenesis genesis = IGenesis(msg.sender);
        _agencies = IAgencyRegistry(genesis.plannedAddressOf("AgencyRegistry"));
        _evidence = IEvidenceRegistry(genesis.plannedAddressOf("EvidenceRegistry"));
        _holds = IHolds(genesis.plannedAddressOf("Holds"));
    }

    // The agency

    function identify(
        bytes32 commitment,
        AssetClass assetClass,
        AgencyId custodian,
        uint32 attestEvery,
        bytes32 hold
    ) external returns (bytes32 asset) {
        AgencyId agency = _agencies.authorize(msg.sender, KEEP);
        _requireHash(commitment);
        if (assetClass == AssetClass.None) revert UnknownClass(assetClass);
        _requireMember(custodian);
        if (attestEvery == 0 || attestEvery > RAREST_ATTESTATION) {
            revert AttestationTooRare(attestEvery, RAREST_ATTESTATION);
        }
        if (hold != 0 && _holds.holdOf(hold).institution == NO_AGENCY) revert NoSuchHold(hold);
        asset = keccak256(abi.encode(agency, commitment));
        Asset storage entry = _assets[asset];
        if (entry.state != AssetState.None) revert AlreadyIdentified(asset);

        entry.agency = agency;
        entry.custodian = custodian;
        entry.assetClass = assetClass;
        entry.state = AssetState.Identified;
        entry.attestEvery = attestEvery;
        if (custodian == agency) entry.attestedAt = uint40(block.timestamp);
        _enter(asset, keccak256(abi.encode("identify", msg.sender, assetClass, custodian, attestEvery, hold)));
        emit AssetIdentified(asset, agency, custodian, msg.sender, assetClass, hold);
    }

    function fill(bytes32 asset, DossierPart part, bytes32 content) external {
        _requireOpen(_requireOwn(asset, KEEP), asset);
        if (part == DossierPart.Acquisitions) revert UseLink(part);
        _requireHash(content);

        _fill(asset, part, content);
        _enter(asset, keccak256(abi.encode("fill", msg.sender, part, content)));
    }

    function linkAcquisition(bytes32 asset, AgencyId agency, bytes32 root) external {
        _requireOpen(_requireOwn(asset, KEEP), asset);
        if (_evidence.acquisitionOf(agency, root).registeredAt == 0) revert NotRegistered(agency, root);

        _assets[asset].dossier |= _bit(DossierPart.Acquisitions);
        _enter(asset, keccak256(abi.encode("linkAcquisition", msg.sender, agency, root)));
        emit AcquisitionLinked(asset, agency, root);
    }

    // The custodian

    function attest(bytes32 asset, bytes32 condition) external {
        Asset storage entry = _requireKept(asset);
        _requireHash(condition);

        entry.attestedAt = uint40(block.timestamp);
        _enter(asset, keccak256(abi.encode("attest", msg.sender, condition)));
        emit Attested(asset, entry.custodian, msg.sender, condition);
    }

    function offerCustody(bytes32 asset, AgencyId to) external {
        Asset storage entry = _requireKept(asset);
        if (to != NO_AGENCY) _requireMember(to);

        _nextCustodian[asset] = to;
        _enter(asset, keccak256(abi.encode("offerCustody", msg.sender, to)));
        emit CustodyOffered(asset, entry.custodian, to);
    }

    function acceptCustody(bytes32 asset, bytes32 receipt) external {
        AgencyId to = _agencies.authorize(msg.sender, KEEP);
        Asset storage entry = _requireAsset(asset);
        _requireOpen(entry, asset);
        AgencyId next = _nextCustodian[asset];
        if (to != next) revert NotTheCustodian(to, next);
        _requireHash(receipt);

        AgencyId from = entry.custodian;
        entry.custodian = to;
        entry.attestedAt = uint40(block.timestamp);
        _nextCustodian[asset] = NO_AGENCY;
        _enter(asset, keccak256(abi.encode("acceptCustody", msg.sender, receipt)));
        emit CustodianChanged(asset, from, to, receipt);
        emit Attested(asset, to, msg.sender, receipt);
    }

    // Questions

    function assetOf(bytes32 asset) external view returns (Asset memory) {
        return _assets[asset];
    }

    function isStaleAt(bytes32 asset, uint40 at) external view returns (bool) {
        Asset storage entry = _requireAsset(asset);
        if (entry.state == AssetState.Disposed || entry.state == AssetState.Released) return false;
        return at >= entry.attestedAt + entry.attestEvery;
    }

    function missingOf(bytes32 asset) external view returns (uint8) {
        return _missing(_requireAsset(asset));
    }

    // Internal

    function _missing(Asset storage entry) internal view returns (uint8) {
        return ALL_PARTS & ~entry.dossier;
    }

    function _fill(bytes32 asset, DossierPart part, bytes32 content) internal {
        _assets[asset].dossier |= _bit(part);
        emit DossierFilled(asset, part, msg.sender, content);
    }

    /// @dev Whoever shows the history can be checked against head and length, and can leave nothing out.
    function _enter(bytes32 asset, bytes32 entryHash) internal {
        Asset storage entry = _assets[asset];
        uint32 number = ++entry.entries;
        entry.changedAt = uint40(block.timestamp);
        historyHead[asset] = keccak256(abi.encode(address(this), asset, number, historyHead[asset], entryHash));
    }

    function _requireHash(bytes32 hash) internal pure {
        if (hash == 0) revert EmptyHash();
    }

    function _requireMember(AgencyId agency) internal view {
        if (_agencies.agencyOf(agency).account == address(0)) revert NoSuchAgency(agency);
    }

    function _requireAsset(bytes32 asset) internal view returns (Asset storage entry) {
        entry = _assets[asset];
        if (entry.state == AssetState.None) revert NoSuchAsset(asset);
    }

    /// @dev The caller has the power in the agency that answers for the asset.
    function _requireOwn(bytes32 asset, uint64 power) internal view returns (Asset storage entry) {
        AgencyId theirs = _agencies.authorize(msg.sender, power);
        entry = _requireAsset(asset);
        if (theirs != entry.agency) revert NotOfAgency(theirs, entry.agency);
    }

    /// @dev What went back to its owner is nobody's business any more.
    function _requireOpen(Asset storage entry, bytes32 asset) private view {
        if (entry.state == AssetState.Released) revert AssetInState(asset, entry.state);
    }

    function _requireKept(bytes32 asset) private view returns (Asset storage entry) {
        AgencyId theirs = _agencies.authorize(msg.sender, KEEP);
        entry = _requireAsset(asset);
        if (theirs != entry.custodian) revert NotTheCustodian(theirs, entry.custodian);
        _requireOpen(entry, asset);
    }

    function _bit(DossierPart part) private pure returns (uint8) {
        return uint8(1 << uint8(part));
    }
}
