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
        "Acquisition(uint32 agency,bytes32 root,uint160 facts,uint16 standardVersion,address collector,uint16 appointment,bytes32 mandate,bool preserve,uint40 deadline,bytes32 coSigners)"
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
        return _digest(keccak256(abi.encode(CO_SIGNATURE, agency, root, facts, role, appointment, deadline)));
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

    /// @return officers how many co-signed
    /// @return seen the steps that the co-signatures show
    function _seeCoSigners(
        Collection calldata collection,
        CoSignature[] calldata coSignatures
    ) internal view returns (uint8 officers, uint64 seen) {
        if (coSignatures.length > MOST_CO_SIGNERS) revert TooManyCoSigners(coSignatures.length, MOST_CO_SIGNERS);
        address previous;
        for (uint256 i = 0; i < coSignatures.length; ++i) {
            address signer = coSignatures[i].signer;
            if (signer <= previous) revert CoSignersNotSorted(previous, signer);
            previous = signer;

            uint64 step = _seeCoSigner(collection, coSignatures[i]);
            if (step == SECOND_OFFICER_SIGNED) ++officers;
            seen |= step;
        }
    }

    /// @return step the one that this valid co-signature shows
    function _seeCoSigner(
        Collection calldata collection,
        CoSignature calldata given
    ) internal view returns (uint64 step) {
        if (given.signer == collection.collector) revert CoSignerIsCollector(given.signer);
        _requireDeadline(given.deadline);
        step = _requireFitForRole(collection, given);

        bytes32 hash = keccak256(
            abi.encode(
                CO_SIGNATURE,
                collection.agency,
                collection.root,
                collection.facts,
                given.role,
                given.appointment,
                given.deadline
            )
        );
        if (!_isSignedBy(given.signer, hash, given.signature)) revert InvalidSignature(given.signer);
    }

    /// @dev Entitled to collect for the agency when the collection started.
    function _requireEntitled(
        Collection calldata collection,
        address officer,
        uint16 number
    ) private view returns (bool device) {
        AgencyId agency;
        (agency, , device) = _agencies.entitledAt(officer, number, COLLECT, collection.facts.startedAt());
        if (agency != collection.agency) revert OtherAgency(officer, agency, collection.agency);
    }

    function _requireDeadline(uint40 deadline) internal view {
        if (block.timestamp > deadline) revert DeadlinePassed(deadline, uint40(block.timestamp));
    }

    function _requireFitForRole(
        Collection calldata collection,
        CoSignature calldata given
    ) private view returns (uint64) {
        if (given.role == CoSignerRole.SecondOfficer) {
            if (_requireEntitled(collection, given.signer, given.appointment)) revert IsADevice(given.signer);
            return SECOND_OFFICER_SIGNED;
        }
        if (given.role == CoSignerRole.Device) {
            if (!_requireEntitled(collection, given.signer, given.appointment)) revert NotADevice(given.signer);
            return DEVICE_SIGNED;
        }
        if (given.role == CoSignerRole.None) revert NoRole();
        // Witness and holder stand outside the investigation: nobody who was ever appointed by a member can be either.
        if (_agencies.appointmentOf(given.signer).agency != NO_AGENCY) revert CoSignerIsOfficer(given.signer);
        return given.role == CoSignerRole.Witness ? WITNESS_SIGNED : HOLDER_SIGNED;
    }

    function _acquisitionHash(Collection calldata collection, bytes32 coSigners) private pure returns (bytes32) {
        return keccak256(abi.encode(ACQUISITION, collection, coSigners));
    }

    /// @dev Zero for none, else keccak256 over role and address of each: 21 bytes a signer.
    function _coSignersHash(CoSignature[] calldata coSignatures) private pure returns (bytes32) {
        if (coSignatures.length == 0) return 0;
        bytes memory packed;
        for (uint256 i = 0; i < coSignatures.length; ++i) {
            packed = abi.encodePacked(packed, coSignatures[i].role, coSignatures[i].signer);
        }
        return keccak256(packed);
    }
}
