// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {
    CoSignature,
    CoSignerRole,
    Collection,
    IEvidenceRegistry
} from "../../interfaces/evidence/IEvidenceRegistry.sol";
import { IAgencyRegistry } from "../../interfaces/membership/IAgencyRegistry.sol";
import { IDirectory } from "../../interfaces/membership/IDirectory.sol";
import { IGenesis } from "../../interfaces/membership/IGenesis.sol";
import { SignedActs } from "../membership/SignedActs.sol";
import { AgencyId, NO_AGENCY } from "../types/AgencyId.sol";
import { DEVICE_SIGNED, Facts, HOLDER_SIGNED, SECOND_OFFICER_SIGNED, WITNESS_SIGNED } from "../types/Facts.sol";
import { COLLECT } from "../types/Powers.sol";

/// @notice Who signed for a collection, and what that lets the contract see.
abstract contract CollectionSignatures is IEvidenceRegistry, SignedActs {
    bytes32 private constant ACQUISITION = keccak256(
        "Acquisition(uint32 agency,bytes32 root,uint160 facts,uint16 standardVersion,address collector,"
        "uint16 appointment,bytes32 mandate,bool preserve,uint40 deadline,bytes32 coSigners)"
    );
    bytes32 private constant CO_SIGNATURE = keccak256(
        "CoSignature(uint32 agency,bytes32 root,uint160 facts,uint8 role,uint16 appointment,uint40 deadline)"
    );

    uint256 internal constant MOST_CO_SIGNERS = 8;

    IDirectory internal immutable _directory;
    IAgencyRegistry internal immutable _agencies;

    constructor() SignedActs(IGenesis(msg.sender).genesisId()) {
        _directory = IDirectory(IGenesis(msg.sender).directory());
        _agencies = IAgencyRegistry(_directory.addressOf("AgencyRegistry"));
    }

    // Digests

    function acquisitionDigest(Collection calldata collection, bytes32 coSigners) external view returns (bytes32) {
        return _digest(_acquisitionHash(collection, coSigners));
    }

    function coSignatureDigest(
        AgencyId agency,
        bytes32 root,
        Facts facts,
        CoSignerRole role,
        uint16 appointment,
        uint40 deadline
    ) external view returns (bytes32) {
        return _digest(_coSignatureHash(agency, root, facts, role, appointment, deadline));
    }

    // Internal

    /// @dev The collector signed exactly this, together with exactly this set of co-signers.
    function _requireCollectorSigned(
        Collection calldata collection,
        bytes calldata signature,
        CoSignature[] calldata coSignatures
    ) internal view {
        bytes32 hash = _acquisitionHash(collection, _coSignersHash(coSignatures));
        if (!_isSignedBy(collection.collector, hash, signature)) revert InvalidSignature(collection.collector);
    }

    /// @return officers how many signed, the collector among them
    /// @return seen the steps that the co-signatures show
    function _acceptCoSigners(
        Collection calldata collection,
        CoSignature[] calldata coSignatures
    ) internal returns (uint8 officers, uint64 seen) {
        if (coSignatures.length > MOST_CO_SIGNERS) revert TooManyCoSigners(coSignatures.length, MOST_CO_SIGNERS);
        officers = 1;
        address previous = address(0);
        for (uint256 i = 0; i < coSignatures.length; ++i) {
            CoSignature calldata given = coSignatures[i];
            if (given.signer <= previous) revert CoSignersNotSorted(previous, given.signer);
            previous = given.signer;

            uint64 step = _acceptCoSigner(collection, given);
            if (step == SECOND_OFFICER_SIGNED) ++officers;
            seen |= step;
        }
    }

    /// @return step the one that this valid co-signature shows
    function _acceptCoSigner(
        Collection calldata collection,
        CoSignature calldata given
    ) internal returns (uint64 step) {
        if (given.signer == collection.collector) revert CoSignerIsCollector(given.signer);
        _requireDeadline(given.deadline);
        (AgencyId agency, Facts facts) = (collection.agency, collection.facts);
        step = _requireFitForRole(agency, facts.startedAt(), given);
        bytes32 hash = _coSignatureHash(agency, collection.root, facts, given.role, given.appointment, given.deadline);
        if (!_isSignedBy(given.signer, hash, given.signature)) revert InvalidSignature(given.signer);
        emit CoSigned(agency, collection.root, given.role, given.signer);
    }

    function _requireDeadline(uint40 deadline) internal view {
        if (block.timestamp > deadline) revert DeadlinePassed(deadline, uint40(block.timestamp));
    }

    /// @dev What is signed for after the standard's delay counts only while its signer is still in office: else a
    ///      departed officer could sign "old" evidence for ever.
    function _requireStillInOffice(AgencyId agency, address officer) internal view {
        try _agencies.authorize(officer, COLLECT) returns (AgencyId present) {
            if (present == agency) return;
        } catch {}
        revert LateAndNoLongerInOffice(officer);
    }

    /// @dev Officer and device must have been entitled to collect for the agency when the collection started. Witness
    ///      and holder stand outside the investigation: nobody who was ever appointed by a member, and no member's own
    ///      account, can be either.
    function _requireFitForRole(
        AgencyId agency,
        uint40 startedAt,
        CoSignature calldata given
    ) private view returns (uint64 step) {
        (CoSignerRole role, address signer) = (given.role, given.signer);
        if (role == CoSignerRole.SecondOfficer || role == CoSignerRole.Device) {
            // slither-disable-next-line unused-return // only the collector's qualification is a step
            (AgencyId theirs, , bool device) = _agencies.entitledAt(signer, given.appointment, COLLECT, startedAt);
            if (theirs != agency) revert OtherAgency(signer, theirs, agency);
            if (role == CoSignerRole.Device && !device) revert NotADevice(signer);
            if (role == CoSignerRole.SecondOfficer && device) revert IsADevice(signer);
            return device ? DEVICE_SIGNED : SECOND_OFFICER_SIGNED;
        }
        if (role == CoSignerRole.None) revert NoRole();
        bool inside =
            _agencies.appointmentOf(signer).agency != NO_AGENCY || _agencies.agencyByAccount(signer) != NO_AGENCY;
        if (inside) revert CoSignerIsOfficer(signer);
        return role == CoSignerRole.Witness ? WITNESS_SIGNED : HOLDER_SIGNED;
    }

    function _coSignatureHash(
        AgencyId agency,
        bytes32 root,
        Facts facts,
        CoSignerRole role,
        uint16 appointment,
        uint40 deadline
    ) private pure returns (bytes32) {
        return keccak256(abi.encode(CO_SIGNATURE, agency, root, facts, role, appointment, deadline));
    }

    function _acquisitionHash(Collection calldata collection, bytes32 coSigners) private pure returns (bytes32) {
        return keccak256(abi.encode(ACQUISITION, collection, coSigners));
    }

    /// @dev Zero for none, else keccak256 over role and address of each: 21 bytes a signer.
    function _coSignersHash(CoSignature[] calldata coSignatures) private pure returns (bytes32) {
        if (coSignatures.length == 0) return 0;
        bytes memory packed = "";
        for (uint256 i = 0; i < coSignatures.length; ++i) {
            packed = abi.encodePacked(packed, coSignatures[i].role, coSignatures[i].signer);
        }
        return keccak256(packed);
    }
}
