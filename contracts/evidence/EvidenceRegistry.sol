// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { IMandates } from "../../interfaces/cooperation/IMandates.sol";
import {
    Acquisition,
    CoSignature,
    CoSignerRole,
    Collection,
    IEvidenceRegistry
} from "../../interfaces/evidence/IEvidenceRegistry.sol";
import { AgencyId } from "../types/AgencyId.sol";
import { Assessment } from "../types/Assessment.sol";
import { COLLECTOR_QUALIFIED, COLLECTOR_SIGNED, DATA_PUBLIC, Facts, MANDATE_COVERS } from "../types/Facts.sol";
import { COLLECT, REGISTER } from "../types/Powers.sol";
import { because, LATE, REASON_NO_STANDARD, Reasons } from "../types/Reasons.sol";
import { FATAL } from "../types/Standard.sol";
import { BASELINE_FORUM } from "../types/StandardKey.sol";
import { Verdict } from "../types/Verdict.sol";
import { EvidenceAftermath } from "./EvidenceAftermath.sol";

/// @notice See {IEvidenceRegistry}, the manual.
contract EvidenceRegistry is EvidenceAftermath {
    // Registering

    function register(
        Collection calldata collection,
        bytes calldata signature,
        CoSignature[] calldata coSignatures
    ) external returns (Verdict verdict) {
        (AgencyId agency, bytes32 root, Facts facts) = (collection.agency, collection.root, collection.facts);
        Acquisition storage acquisition = _acquisitions[agency][root];
        if (root == 0) revert EmptyRoot();
        if (acquisition.registeredAt != 0) revert AlreadyRegistered(agency, root, acquisition.registeredAt);
        _requireDeclared(facts);
        _requireDeadline(collection.deadline);
        if (msg.sender != collection.collector) _requireCollectorSigned(collection, signature, coSignatures);

        uint64 seen = _seeCollector(collection, agency, facts) | _seeMandate(collection.mandate, agency, facts);
        (uint8 officers, uint64 seenOfOthers) = _acceptCoSigners(collection, coSignatures);
        facts = facts.withSeen(officers, seen | seenOfOthers);
        verdict = _judge(collection, coSignatures, agency, facts);

        acquisition.facts = facts;
        acquisition.agency = agency;
        acquisition.registeredAt = uint40(block.timestamp);
        acquisition.verdict = verdict;
        acquisition.standardVersion = collection.standardVersion;
        emit AcquisitionRegistered(agency, root, collection.collector, msg.sender, facts, verdict);
        if (collection.mandate != 0) emit MandateCited(agency, root, collection.mandate);
    }

    // Questions

    function acquisitionOf(AgencyId agency, bytes32 root) external view returns (Acquisition memory) {
        return _acquisitions[agency][root];
    }

    // Internal

    /// @dev Declared only, and in the order of times.
    function _requireDeclared(Facts facts) private view {
        if (facts.declaredPart() != facts) revert FactsNotDeclared(facts);
        uint40 present = uint40(block.timestamp);
        if (facts.startedAt() > present) revert StartsInFuture(facts.startedAt(), present);
        if (facts.endedAt() > present) revert EndsInFuture(facts.endedAt(), present);
    }

    /// @dev The caller registers now for an agency whose collector was entitled then.
    function _seeCollector(
        Collection calldata collection,
        AgencyId agency,
        Facts facts
    ) private view returns (uint64 seen) {
        (AgencyId theirs, bool qualified, bool device) = _agencies.authorizeFor(
            msg.sender,
            REGISTER,
            collection.collector,
            collection.appointment,
            COLLECT,
            facts.startedAt()
        );
        if (theirs != agency) revert OtherAgency(msg.sender, theirs, agency);
        if (device) revert IsADevice(collection.collector);
        return qualified ? COLLECTOR_SIGNED | COLLECTOR_QUALIFIED : COLLECTOR_SIGNED;
    }

    /// @dev What was collected, or held, outside the agency's own country needs an assistance request that covers it;
    ///      public data may be collected from home wherever they are held (Budapest Convention art 32(a)).
    function _seeMandate(bytes32 mandate, AgencyId agency, Facts facts) private view returns (uint64 seen) {
        uint16 home = agency.jurisdiction();
        (uint16 place, uint16 dataLocation) = (facts.place(), facts.dataLocation());
        if (mandate == 0) {
            bool heldAbroad = dataLocation != home && facts.steps() & DATA_PUBLIC == 0;
            if (place != home || heldAbroad) revert MandateRequired(place, dataLocation, home);
            return 0;
        }

        address mandates = _directory.addressOf("Mandates");
        if (mandates == address(0)) revert NoMandates(mandate);
        bool covered = IMandates(mandates).covers(
            mandate,
            agency,
            place,
            dataLocation,
            facts.startedAt(),
            facts.method()
        );
        if (!covered) revert MandateDoesNotCover(mandate);
        return MANDATE_COVERS;
    }

    function _judge(
        Collection calldata collection,
        CoSignature[] calldata coSignatures,
        AgencyId agency,
        Facts facts
    ) private view returns (Verdict verdict) {
        uint16 version = collection.standardVersion;
        Reasons reasons = _reasonsAtHome(agency.jurisdiction(), version, facts);
        if (reasons.haveAny(LATE)) _requireAllStillInOffice(agency, collection.collector, coSignatures);
        verdict = reasons.verdict();
        if (verdict != Verdict.Refused) return verdict;

        if (!collection.preserve) {
            revert EvidenceRefused(reasons.fatal(), reasons.curable(), reasons.noted(), version);
        }
        Assessment memory baseline = _standards.check(facts, BASELINE_FORUM, uint40(block.timestamp));
        if (baseline.fatal != 0) revert BelowBaseline(baseline.fatal);
        return Verdict.Preserved;
    }

    /// @param version 0 claims that there was none in force
    function _reasonsAtHome(uint16 forum, uint16 version, Facts facts) private view returns (Reasons) {
        uint40 present = uint40(block.timestamp);
        if (version != 0) return _standards.checkVersion(facts, forum, version, present);
        uint16 inForce = _standards.check(facts, forum, present).version;
        if (inForce != 0) revert StandardVersionMissing(forum, inForce);
        return because(FATAL, REASON_NO_STANDARD);
    }

    function _requireAllStillInOffice(
        AgencyId agency,
        address collector,
        CoSignature[] calldata coSignatures
    ) private view {
        _requireStillInOffice(agency, collector);
        for (uint256 i = 0; i < coSignatures.length; ++i) {
            if (coSignatures[i].role == CoSignerRole.SecondOfficer || coSignatures[i].role == CoSignerRole.Device)
                _requireStillInOffice(agency, coSignatures[i].signer);
        }
    }
}
