// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {
    Acquisition,
    Aftermath,
    CoSignature,
    Collection,
    IEvidenceRegistry
} from "../../interfaces/evidence/IEvidenceRegistry.sol";
import { IStandardsRegistry } from "../../interfaces/evidence/IStandardsRegistry.sol";
import { AgencyId } from "../types/AgencyId.sol";
import { Assessment, reasonsOf, toAssessment } from "../types/Assessment.sol";
import { DEVICE_SIGNED, Facts, SECOND_OFFICER_SIGNED, SEEN_STEPS } from "../types/Facts.sol";
import { CONFIRM_DATE, CURE, REGISTER, WITHDRAW } from "../types/Powers.sol";
import { LATE, REASON_DATE_UNPROVEN, REASON_DELAY, reasonOfClause } from "../types/Reasons.sol";
import { CLAUSES, CURABLE, Extension } from "../types/Standard.sol";
import { keyFor } from "../types/StandardKey.sol";
import { Verdict } from "../types/Verdict.sol";
import { CollectionSignatures } from "./CollectionSignatures.sol";

/// @notice What may happen to an acquisition after registration. The record itself is never touched: all is kept beside
///         it, and each act is linked into a history of which the contract keeps head and length.
abstract contract EvidenceAftermath is CollectionSignatures {
    uint8 private constant MOST_ADDED_OFFICERS = 14; // with the collector 15, as many as facts can count

    IStandardsRegistry internal immutable _standards;

    mapping(AgencyId agency => mapping(bytes32 root => Acquisition)) internal _acquisitions;
    mapping(AgencyId agency => mapping(bytes32 root => Aftermath)) private _aftermaths;
    mapping(AgencyId agency => mapping(bytes32 root => bytes32)) public historyHead;
    mapping(AgencyId agency => mapping(bytes32 root => bytes32)) public successorOf;
    mapping(AgencyId agency => mapping(bytes32 root => mapping(address signer => bool))) private _signed;

    constructor() {
        _standards = IStandardsRegistry(_directory.addressOf("StandardsRegistry"));
    }

    // What makes a record better

    function cosign(
        Collection calldata collection,
        bytes calldata signature,
        CoSignature[] calldata bound,
        CoSignature calldata added
    ) external {
        (AgencyId agency, bytes32 root) = (collection.agency, collection.root);
        _requireOfficer(agency, REGISTER);
        Acquisition storage acquisition = _requireRegistered(agency, root);
        if (acquisition.facts.declaredPart() != collection.facts) revert NotTheCollection(agency, root);
        _requireCollectorSigned(collection, signature, bound);
        for (uint256 i = 0; i < bound.length; ++i) {
            if (bound[i].signer == added.signer) revert AlreadyCoSigned(added.signer);
        }
        mapping(address signer => bool) storage signed = _signed[agency][root];
        if (signed[added.signer]) revert AlreadyCoSigned(added.signer);
        uint64 step = _acceptCoSigner(collection, added);
        if (step & (SECOND_OFFICER_SIGNED | DEVICE_SIGNED) != 0 && _isLateNow(acquisition)) {
            _requireStillInOffice(agency, added.signer);
        }

        Aftermath storage aftermath = _aftermaths[agency][root];
        // The record does not name its signers. Whoever shows a collection of the same root that a colleague signed as
        // collector makes no more officers of fewer: where one signed at first, every shown collector counts as known;
        // where several did, later ones are seen and not counted.
        if (step == SECOND_OFFICER_SIGNED && acquisition.facts.officers() == 1) {
            if (aftermath.addedOfficers == MOST_ADDED_OFFICERS) revert TooManyOfficers(MOST_ADDED_OFFICERS);
            ++aftermath.addedOfficers;
        }
        aftermath.curedSteps |= step;
        signed[added.signer] = true;
        signed[collection.collector] = true;
        _enter(agency, root, keccak256(abi.encode("cosign", added.role, added.signer)));
    }

    function supplement(AgencyId agency, bytes32 root, uint16 forum, uint64 steps, bytes32 documents) external {
        _requireOfficer(agency, CURE);
        _requireRegistered(agency, root);
        if (documents == 0) revert EmptyDocuments();
        if (steps == 0) revert NothingToCure();
        uint64 stray = steps & ~_wantedLate(agency, root, forum);
        if (stray != 0) revert NotCurableLate(stray);

        Aftermath storage aftermath = _aftermaths[agency][root];
        aftermath.curedSteps |= steps;
        _enter(agency, root, keccak256(abi.encode("supplement", msg.sender, forum, steps, documents)));
        emit Supplemented(agency, root, msg.sender, forum, steps, documents);
    }

    function confirmDate(AgencyId agency, bytes32 root, bytes32 anchor) external {
        AgencyId confirmer = _agencies.authorize(msg.sender, CONFIRM_DATE);
        if (confirmer == agency) revert OwnAgencyCannotConfirm(agency);
        _requireRegistered(agency, root);
        if (anchor == 0) revert EmptyDocuments();
        Aftermath storage aftermath = _aftermaths[agency][root];
        if (aftermath.dateConfirmed) revert DateAlreadyConfirmed(agency, root);
        Assessment memory assessment = assess(agency, root, agency.jurisdiction());
        if (assessment.curable & (REASON_DATE_UNPROVEN | REASON_DELAY) == 0) revert DateNotInQuestion(agency, root);

        aftermath.dateConfirmed = true;
        _enter(agency, root, keccak256(abi.encode("confirmDate", confirmer, anchor)));
        emit DateConfirmed(agency, root, confirmer, anchor);
    }

    // What takes a record back

    function withdraw(AgencyId agency, bytes32 root, uint8 reason) external {
        _requireOfficer(agency, WITHDRAW);
        _requireRegistered(agency, root);
        if (reason == 0) revert NoReason();
        Aftermath storage aftermath = _aftermaths[agency][root];
        if (aftermath.withdrawn) revert AlreadyWithdrawn(agency, root);

        aftermath.withdrawn = true;
        aftermath.reason = reason;
        _enter(agency, root, keccak256(abi.encode("withdraw", msg.sender, reason)));
        emit Withdrawn(agency, root, msg.sender, reason);
    }

    function supersede(AgencyId agency, bytes32 root, bytes32 successor) external {
        _requireOfficer(agency, WITHDRAW);
        _requireRegistered(agency, root);
        if (root == successor) revert SuccessorIsItself(root);
        if (_acquisitions[agency][successor].registeredAt == 0) revert SuccessorNotRegistered(agency, successor);
        Aftermath storage aftermath = _aftermaths[agency][root];
        if (aftermath.superseded) revert AlreadySuperseded(agency, root, successorOf[agency][root]);

        aftermath.superseded = true;
        successorOf[agency][root] = successor;
        _enter(agency, root, keccak256(abi.encode("supersede", msg.sender, successor)));
        emit Superseded(agency, root, successor);
    }

    // Questions

    function aftermathOf(AgencyId agency, bytes32 root) external view returns (Aftermath memory) {
        return _aftermaths[agency][root];
    }

    function assess(AgencyId agency, bytes32 root, uint16 forum) public view returns (Assessment memory assessment) {
        Acquisition storage acquisition = _requireRegistered(agency, root);
        Aftermath storage aftermath = _aftermaths[agency][root];
        assessment = _judge(acquisition, acquisition.facts, forum);
        Verdict atFirst = assessment.verdict;

        if (aftermath.entries != 0 && assessment.version != 0) {
            uint64 counted = aftermath.curedSteps & (_lateCurable(acquisition, forum, assessment.version) | SEEN_STEPS);
            assessment = _judge(acquisition, acquisition.facts.withLater(aftermath.addedOfficers, counted), forum);
            if (aftermath.dateConfirmed) assessment.curable &= ~(REASON_DATE_UNPROVEN | REASON_DELAY);
            assessment.verdict = reasonsOf(assessment).verdict();
            bool cured = assessment.verdict == Verdict.Conforms && atFirst != Verdict.Conforms;
            if (cured) assessment.verdict = Verdict.ConformsWithNote;
        }
        bool preserved = forum == agency.jurisdiction() && acquisition.verdict == Verdict.Preserved;
        if (preserved) assessment.verdict = Verdict.Preserved;
    }

    // Internal

    function _requireOfficer(AgencyId agency, uint64 power) internal view {
        AgencyId own = _agencies.authorize(msg.sender, power);
        if (own != agency) revert OtherAgency(msg.sender, own, agency);
    }

    function _requireRegistered(AgencyId agency, bytes32 root) internal view returns (Acquisition storage acquisition) {
        acquisition = _acquisitions[agency][root];
        if (acquisition.registeredAt == 0) revert NotRegistered(agency, root);
    }

    /// @dev At home the version that judged it then judges it for ever; elsewhere nobody has judged it yet.
    function _judge(
        Acquisition storage acquisition,
        Facts facts,
        uint16 forum
    ) private view returns (Assessment memory) {
        (uint16 version, uint40 at) = (acquisition.standardVersion, acquisition.registeredAt);
        bool home = forum == acquisition.agency.jurisdiction();
        return
            home && version != 0
                ? toAssessment(_standards.checkVersion(facts, forum, version, at), version)
                : _standards.check(facts, forum, at);
    }

    /// @dev Whether the home standard's delay has passed by now; without a standard nothing grants one.
    function _isLateNow(Acquisition storage acquisition) private view returns (bool) {
        (AgencyId agency, uint16 version) = (acquisition.agency, acquisition.standardVersion);
        if (version == 0) return true;
        return
            _standards.checkVersion(acquisition.facts, agency.jurisdiction(), version, uint40(block.timestamp)).haveAny(
                LATE
            );
    }

    /// @dev Steps that the forum still misses, finds curable, and lets come late; none that are seen.
    function _wantedLate(AgencyId agency, bytes32 root, uint16 forum) private view returns (uint64) {
        Acquisition storage acquisition = _acquisitions[agency][root];
        Assessment memory assessment = assess(agency, root, forum);
        if (assessment.version == 0) return 0;
        Extension extension = _extension(acquisition, forum, assessment.version);

        uint64 wanted = uint64(assessment.curable);
        for (uint256 i = 0; i < CLAUSES; ++i) {
            (uint8 severity, uint64 anyOf) = extension.clause(i);
            if (severity == CURABLE && assessment.curable & reasonOfClause(i) != 0) wanted |= anyOf;
        }
        return wanted & extension.lateCurable() & ~SEEN_STEPS;
    }

    function _lateCurable(Acquisition storage acquisition, uint16 forum, uint16 version) private view returns (uint64) {
        return _extension(acquisition, forum, version).lateCurable();
    }

    function _extension(
        Acquisition storage acquisition,
        uint16 forum,
        uint16 version
    ) private view returns (Extension extension) {
        // slither-disable-next-line unused-return // what may come late stands in the second word
        (, extension) = _standards.standardAt(keyFor(acquisition.facts, forum), version);
    }

    /// @dev Whoever shows the history can be checked against head and length, and can leave nothing out.
    function _enter(AgencyId agency, bytes32 root, bytes32 entry) private {
        Aftermath storage aftermath = _aftermaths[agency][root];
        if (aftermath.entries == type(uint16).max) revert HistoryFull();
        uint16 number = ++aftermath.entries;
        aftermath.changedAt = uint40(block.timestamp);
        historyHead[agency][root] = keccak256(
            abi.encode(address(this), agency, root, number, historyHead[agency][root], entry)
        );
    }
}
