// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Reference, RefusalGround, ShortAnswer } from "../../interfaces/cooperation/IAssistanceAnswers.sol";
import {
    Assistance,
    ASSISTANCE_PRESENCE_WISHED,
    AssistanceStatus,
    IAssistanceRequests
} from "../../interfaces/cooperation/IAssistanceRequests.sol";
import { AgencyKind, IAgencyRegistry } from "../../interfaces/membership/IAgencyRegistry.sol";
import { IGenesis } from "../../interfaces/membership/IGenesis.sol";
import { AgencyId, NO_AGENCY } from "../types/AgencyId.sol";
import { ANSWER, ASK, JUDGE, OBJECT } from "../types/Powers.sol";
import { RequestKind } from "../types/RequestKind.sol";
import { AnswerReferences } from "./AnswerReferences.sol";

/// @notice See {IAssistanceAnswers}, the manual. The state is in AssistanceRequests, which says what may follow what.
contract AssistanceAnswers is AnswerReferences {
    uint256 private constant MOST_REFERENCES = 32;
    uint8 private constant MOST_SUPPLEMENTS = 3;
    uint8 private constant LAST_REASON = 3; // of a postponement
    uint32 private constant LONGEST_POSTPONEMENT = 180 days;

    /// @dev One slot.
    struct Course {
        uint40 acceptedAt;
        uint32 postponed; // seconds, in all, as they were announced
        uint8 supplements;
        uint16 exclusions;
    }

    IAgencyRegistry private immutable _agencies;
    IAssistanceRequests private immutable _requests;

    mapping(bytes32 request => Course) private _courses;
    mapping(bytes32 request => bytes32) public conditionsOf;

    constructor() {
        IGenesis genesis = IGenesis(msg.sender);
        _agencies = IAgencyRegistry(genesis.plannedAddressOf("AgencyRegistry"));
        _requests = IAssistanceRequests(genesis.plannedAddressOf("AssistanceRequests"));
    }

    // The executor

    function accept(bytes32 request, bytes32 conditions, bool presence) external {
        Assistance memory asked = _requireExecutor(request);
        if (presence && asked.flags & ASSISTANCE_PRESENCE_WISHED == 0) revert PresenceNotWished(request);

        _courses[request].acceptedAt = uint40(block.timestamp);
        if (conditions != 0) conditionsOf[request] = conditions;
        bool plain = conditions == 0;
        emit RequestAccepted(request, asked.executor, msg.sender, conditions, presence);
        _requests.advance(
            request,
            plain ? AssistanceStatus.Accepted : AssistanceStatus.AcceptedWithConditions,
            0,
            presence
        );
    }

    function askSupplement(bytes32 request, bytes32 message) external {
        Assistance memory asked = _requireExecutor(request);
        if (message == 0) revert EmptyMessage();
        Course storage course = _courses[request];
        if (course.supplements >= MOST_SUPPLEMENTS) revert TooManySupplements(request, MOST_SUPPLEMENTS);

        ++course.supplements;
        emit SupplementAskedFor(request, asked.executor, msg.sender, message);
        _requests.advance(request, AssistanceStatus.SupplementAsked, 0, false);
    }

    function postpone(bytes32 request, uint40 until, uint8 reason, bytes32 message) external {
        Assistance memory asked = _requireExecutor(request);
        if (reason == 0 || reason > LAST_REASON) revert NoGround();
        if (message == 0) revert EmptyMessage();
        Course storage course = _courses[request];
        uint40 present = uint40(block.timestamp);
        uint40 latest = present + LONGEST_POSTPONEMENT - course.postponed;
        if (until <= present || until > latest) revert PostponedTooLong(until, latest);

        course.postponed += uint32(until - present);
        emit RequestPostponed(request, asked.executor, msg.sender, until, reason, message);
        _requests.postpone(request, until);
    }

    function begin(bytes32 request) external {
        Assistance memory asked = _requireExecutor(request);
        emit ExecutionBegun(request, asked.executor, msg.sender);
        _requests.advance(request, AssistanceStatus.Executing, 0, false);
    }

    function refuse(bytes32 request, RefusalGround ground, bytes32 message) external {
        Assistance memory asked = _requireExecutor(request);
        if (ground == RefusalGround.None) revert NoGround();
        if (message == 0) revert EmptyMessage();
        emit RequestRefused(request, asked.executor, msg.sender, ground, message);
        _requests.advance(request, AssistanceStatus.Refused, uint8(ground), false);
    }

    function answer(
        bytes32 request,
        bool complete,
        ShortAnswer short,
        Reference[] calldata references,
        bytes32 message
    ) external {
        Assistance memory asked = _requireExecutor(request);
        _requireContent(asked.kind, short, references.length);
        if (message == 0) revert EmptyMessage();

        emit RequestAnswered(request, asked.executor, msg.sender, complete, short, references, message);
        for (uint256 i = 0; i < references.length; ++i) _refer(request, asked, references[i]);
        _requests.advance(request, complete ? AssistanceStatus.Fulfilled : AssistanceStatus.Partial, 0, false);
    }

    // The asker

    function confirm(bytes32 request) external {
        Assistance memory asked = _load(request);
        // slither-disable-next-line unused-return // any of these powers will do
        (AgencyId theirs, ) = _agencies.authorizeAny(msg.sender, ASK | OBJECT);
        if (theirs != asked.from) revert NotTheAsker(theirs, asked.from);
        emit AnswerConfirmed(request, theirs, msg.sender);
        _requests.advance(request, AssistanceStatus.Confirmed, 0, false);
    }

    function recordExclusion(bytes32 request, AgencyId agency, bytes32 root, bytes32 ruling) external {
        Assistance memory asked = _load(request);
        AgencyId court = _requireCourt(asked);
        bytes32 id = _answeredId(request, agency, root);
        if (_answered[id] == Answered.No) revert NotAnswered(request, root);
        if (_answered[id] == Answered.Excluded) revert AlreadyExcluded(request, root);
        if (ruling == 0) revert EmptyMessage();

        _answered[id] = Answered.Excluded;
        ++_courses[request].exclusions;
        emit EvidenceExcluded(request, asked.executor, court, msg.sender, root, ruling);
    }

    // Questions

    function exclusionsOf(bytes32 request) external view returns (uint16) {
        return _courses[request].exclusions;
    }

    function acceptedAt(bytes32 request) external view returns (uint40) {
        return _courses[request].acceptedAt;
    }

    // Internal

    function _load(bytes32 request) private view returns (Assistance memory asked) {
        asked = _requests.requestOf(request);
        if (asked.from == NO_AGENCY) revert IAssistanceRequests.NoSuchRequest(request);
    }

    function _requireExecutor(bytes32 request) private view returns (Assistance memory asked) {
        asked = _load(request);
        AgencyId theirs = _agencies.authorize(msg.sender, ANSWER);
        if (theirs != asked.executor) revert NotTheExecutor(theirs, asked.executor);
    }

    /// @dev Who they are, whether they came: that is answered without lists.
    function _requireContent(RequestKind kind, ShortAnswer short, uint256 given) private pure {
        bool brief = kind == RequestKind.VerifyPersons || kind == RequestKind.ObserveSite;
        if (brief && short == ShortAnswer.None) revert ShortAnswerMissing();
        uint256 most = brief ? 0 : MOST_REFERENCES;
        if (given > most) revert TooManyReferences(given, most);
        if (!brief && given == 0) revert NoReferences();
    }

    /// @dev Of the country that asked, or of the one by whose standard the evidence was to be collected.
    function _requireCourt(Assistance memory asked) private view returns (AgencyId court) {
        court = _agencies.authorize(msg.sender, JUDGE);
        uint16 asker = asked.from.jurisdiction();
        bool near = court.jurisdiction() == asker || court.jurisdiction() == asked.forum;
        if (!near || _agencies.agencyOf(court).kind != AgencyKind.Court)
            revert NotACourtOf(court, asked.forum == 0 ? asker : asked.forum);
    }
}
