// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { IMandates } from "../../interfaces/cooperation/IMandates.sol";
import {
    Acquisition,
    CoSignature,
    Collection,
    IEvidenceRegistry
} from "../../interfaces/evidence/IEvidenceRegistry.sol";
import { AgencyId } from "../types/AgencyId.sol";
import { Assessment, REASON_DELAY, Verdict } from "../types/Assessment.sol";
import { COLLECTOR_QUALIFIED, COLLECTOR_SIGNED, DATA_PUBLIC, Facts, MANDATE_COVERS } from "../types/Facts.sol";
import { COLLECT, REGISTER } from "../types/Powers.sol";
import { BASELINE_FORUM } from "../types/StandardKey.sol";
import { EvidenceAftermath } from "./EvidenceAftermath.sol";

/// @notice See {IEvidenceRegistry}, the manual.
contract EvidenceRegistry is EvidenceAftermath {
    // Registering

    function register(
        Collection calldata collection,
        bytes calldata signature,
        CoSignature[] calldata coSignatures
    ) external returns (Verdict verdict) {
        _requireSound(collection);
        if (msg.sender != collection.collector) _requireCollectorSigned(collection, signature, coSignatures);

        Facts facts = _see(collection, coSignatures);
        verdict = _judge(collection, facts);

        _acquisitions[collection.agency][collection.root] = Acquisition({
            facts: facts,
            agency: collection.agency,
            registeredAt: uint40(block.timestamp),
            verdict: verdict,
            standardVersion: collection.standardVersion
        });
        emit AcquisitionRegistered(
            collection.agency,
            collection.root,
            collection.collector,
            msg.sender,
            facts,
            verdict
        );
        if (collection.mandate != 0) emit MandateCited(collection.agency, collection.root, collection.mandate);
        for (uint256 i = 0; i < coSignatures.length; ++i) {
            emit CoSigned(collection.agency, collection.root, coSignatures[i].role, coSignatures[i].signer);
        }
    }

    // Questions

    function acquisitionOf(AgencyId agency, bytes32 root) external view returns (Acquisition memory) {
        return _acquisitions[agency][root];
    }

    // Internal

    /// @dev New, declared, and in the order of times.
    function _requireSound(Collection calldata collection) private view {
        if (collection.root == 0) revert EmptyRoot();
        uint40 registeredAt = _acquisitions[collection.agency][collection.root].registeredAt;
        if (registeredAt != 0) revert AlreadyRegistered(collection.agency, collection.root, registeredAt);
        if (collection.facts.declaredPart() != collection.facts) revert FactsNotDeclared(collection.facts);

        uint40 present = uint40(block.timestamp);
        uint40 startedAt = collection.facts.startedAt();
        uint40 endedAt = collection.facts.endedAt();
        if (startedAt > present) revert StartsInFuture(startedAt, present);
        if (endedAt > present) revert EndsInFuture(endedAt, present);
        _requireDeadline(collection.deadline);
    }

    /// @dev The declared facts with what the contract sees: who signed, who was qualified, what a mandate covers.
    function _see(Collection calldata collection, CoSignature[] calldata coSignatures) private view returns (Facts) {
        uint64 seen = COLLECTOR_SIGNED | _seeCollector(collection) | _seeMandate(collection);
        (uint8 officers, uint64 seenOfOthers) = _seeCoSigners(collection, coSignatures);
        return collection.facts.withSeen(officers + 1, seen | seenOfOthers);
    }

    /// @dev The caller registers now for an agency whose collector was entitled then.
    function _seeCollector(Collection calldata collection) private view returns (uint64) {
        (AgencyId agency, bool qualified, bool device) = _agencies.authorizeFor(
            msg.sender,
            REGISTER,
            collection.collector,
            collection.appointment,
            COLLECT,
            collection.facts.startedAt()
        );
        if (agency != collection.agency) revert OtherAgency(msg.sender, agency, collection.agency);
        if (device) revert IsADevice(collection.collector);
        return qualified ? COLLECTOR_QUALIFIED : 0;
    }

    /// @dev What was collected, or held, outside the agency's own country needs an assistance request that covers it;
    ///      public data may be collected from home wherever they are held (Budapest Convention art 32(a)).
    function _seeMandate(Collection calldata collection) private view returns (uint64) {
        uint16 home = collection.agency.jurisdiction();
        (uint16 place, uint16 dataLocation) = (collection.facts.place(), collection.facts.dataLocation());
        if (collection.mandate == 0) {
            bool heldAbroad = dataLocation != home && collection.facts.steps() & DATA_PUBLIC == 0;
            if (place != home || heldAbroad) revert MandateRequired(place, dataLocation, home);
            return 0;
        }

        address mandates = _directory.addressOf("Mandates");
        if (mandates == address(0)) revert NoMandates(collection.mandate);
        bool covered = IMandates(mandates).covers(
            collection.mandate,
            collection.agency,
            place,
            dataLocation,
            collection.facts.startedAt(),
            collection.facts.method()
        );
        if (!covered) revert MandateDoesNotCover(collection.mandate);
        return MANDATE_COVERS;
    }

    function _judge(Collection calldata collection, Facts facts) private view returns (Verdict) {
        Assessment memory home = _homeAssessment(collection, facts);
        if ((home.fatal | home.curable) & REASON_DELAY != 0) _requireStillInOffice(collection);
        if (
            home.verdict == Verdict.Conforms ||
            home.verdict == Verdict.ConformsWithNote ||
            home.verdict == Verdict.Curable
        ) {
            return home.verdict;
        }

        if (!collection.preserve) revert EvidenceRefused(home.fatal, home.curable, home.noted, home.version);
        Assessment memory baseline = _standards.check(facts, BASELINE_FORUM, uint40(block.timestamp));
        if (baseline.fatal != 0) revert BelowBaseline(baseline.fatal);
        return Verdict.Preserved;
    }

    function _homeAssessment(
        Collection calldata collection,
        Facts facts
    ) private view returns (Assessment memory home) {
        uint16 forum = collection.agency.jurisdiction();
        uint40 present = uint40(block.timestamp);
        if (collection.standardVersion != 0) {
            return _standards.checkVersion(facts, forum, collection.standardVersion, present);
        }
        home = _standards.check(facts, forum, present);
        if (home.version != 0) revert StandardVersionMissing(forum, home.version);
    }

    /// @dev A signature that outlives the standard's delay counts only while its signer is still in office: else a departed
    ///      officer could sign "old" evidence for ever.
    function _requireStillInOffice(Collection calldata collection) private view {
        try _agencies.authorize(collection.collector, COLLECT) returns (AgencyId agency) {
            if (agency == collection.agency) return;
        } catch {}
        revert LateAndNoLongerInOffice(collection.collector);
    }
}
