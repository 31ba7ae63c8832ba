// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { FreezeProfile } from "../../interfaces/assets/IFreezeProfiles.sol";
import { Request, REQUEST_FOREIGN } from "../../interfaces/assets/IFreezeRequests.sol";
import { HoldState } from "../../interfaces/assets/IHolds.sol";
import { Objection, ObjectionStatus, Outcome, Record } from "../../interfaces/assets/IObjections.sol";
import { AgencyKind } from "../../interfaces/membership/IAgencyRegistry.sol";
import { IGenesis } from "../../interfaces/membership/IGenesis.sol";
import { SignedActs } from "../membership/SignedActs.sol";
import { AgencyId } from "../types/AgencyId.sol";
import { JUDGE, OBJECT } from "../types/Powers.sol";
import { Dispositions } from "./Dispositions.sol";

/// @notice See {IObjections}, the manual.
contract Objections is Dispositions, SignedActs {
    bytes32 private constant OBJECTION = keccak256(
        "Objection(bytes32 request,bytes32 target,bytes32 grounds,uint40 deadline)"
    );

    /// @dev The number of the objection that awaits review, of the account holder and of members; 0 if none. Each has
    ///      its own place, so that no member's objection keeps the account holder out.
    struct Pending {
        uint16 ofHolder;
        uint16 ofMember;
    }

    uint8 private constant MOST_OF_A_MEMBER = 3;

    mapping(bytes32 hold => uint16) public objectionCount;
    mapping(bytes32 hold => mapping(uint16 number => Objection)) private _objections;
    mapping(bytes32 hold => Pending) private _pending;
    mapping(bytes32 hold => mapping(bool byMember => mapping(bytes32 grounds => bool))) private _heard;
    mapping(bytes32 hold => mapping(uint16 number => bool)) private _overdueRecorded;
    mapping(AgencyId agency => Record) private _records;
    mapping(bytes32 hold => mapping(AgencyId agency => uint8)) private _ofMember;

    constructor() SignedActs(IGenesis(msg.sender).genesisId()) {}

    // Objecting

    function objectTo(
        bytes32 request,
        bytes32 account,
        address noticeKey,
        bytes32 grounds,
        uint40 deadline,
        bytes calldata signature
    ) external returns (uint16 number) {
        if (block.timestamp > deadline) revert DeadlinePassed(deadline, uint40(block.timestamp));
        bytes32 target = keccak256(abi.encode(account, noticeKey));
        if (_holds.holdOf(_holdId(request, target)).state == HoldState.None) revert NotTheNoticeKey(noticeKey);
        bytes32 structHash = _objectionHash(request, target, grounds, deadline);
        if (!_isSignedBy(noticeKey, structHash, signature)) revert InvalidSignature(noticeKey);

        number = _enter(request, target, _requests.requestOf(request), noticeKey, false, grounds);
    }

    function objectAsMember(bytes32 request, bytes32 target, bytes32 grounds) external returns (uint16 number) {
        AgencyId agency = _agencies.authorize(msg.sender, OBJECT);
        Request memory asked = _requests.requestOf(request);
        if (agency == asked.agency) revert OwnRequest(agency);

        bytes32 hold = _holdId(request, target);
        if (_ofMember[hold][agency] == MOST_OF_A_MEMBER) revert TooManyObjections(hold, agency, MOST_OF_A_MEMBER);

        ++_ofMember[hold][agency];
        number = _enter(request, target, asked, msg.sender, true, grounds);
    }

    // Deciding

    function review(bytes32 request, bytes32 target, Outcome outcome, uint96 released, bytes32 decision) external {
        bytes32 hold = _holdId(request, target);
        (Objection storage objection, uint16 number) = _requirePending(hold);
        Request memory asked = _requests.requestOf(request);
        AgencyId reviewer = _requireReviewer(request, asked, hold);
        // What continues the hold holds its money, and is let go in its place.
        (bytes32 newest, bytes32 its) = _holds.newestOf(request, target);
        // slither-disable-next-line unused-return // the same reviewer
        if (newest != request) _requireReviewer(newest, _requests.requestOf(newest), _holdId(newest, its));
        if (decision == 0) revert EmptyDecision();
        released = _requireOutcome(newest, its, outcome, released);

        objection.decidedAt = uint40(block.timestamp);
        objection.outcome = outcome;
        objection.released = released;
        objection.decision = decision;
        if (outcome == Outcome.Upheld) ++_records[asked.agency].upheld;
        if (outcome == Outcome.UpheldInPart) ++_records[asked.agency].upheldInPart;
        emit ObjectionDecided(hold, number, reviewer, msg.sender, outcome, released, decision);

        _close(hold, number);
        _holds.setObjected(request, target, false);
        if (released != 0) _holds.releaseOnReview(newest, its, released, msg.sender);
    }

    function recordOverdue(bytes32 request, bytes32 target, uint16 number) external {
        bytes32 hold = _holdId(request, target);
        Objection storage objection = _objections[hold][number];
        if (objection.objectedAt == 0) revert NotOverdue(hold, number);
        uint40 done = objection.decidedAt == 0 ? uint40(block.timestamp) : objection.decidedAt;
        Request memory asked = _requests.requestOf(request);
        if (done <= _reviewBy(asked, objection.objectedAt)) revert NotOverdue(hold, number);
        if (_overdueRecorded[hold][number]) revert AlreadyRecorded(hold, number);

        _overdueRecorded[hold][number] = true;
        ++_records[asked.agency].overdueReviews;
        emit ReviewOverdueRecorded(hold, number, asked.agency);
    }

    // Questions

    function objectionOf(bytes32 hold, uint16 number) external view returns (Objection memory) {
        return _objections[hold][number];
    }

    function recordOf(AgencyId agency) external view returns (Record memory) {
        return _records[agency];
    }

    function statusAt(
        bytes32 request,
        bytes32 target,
        uint16 number,
        uint40 at
    ) external view returns (ObjectionStatus) {
        Objection storage objection = _objections[_holdId(request, target)][number];
        (uint40 objectedAt, uint40 decidedAt) = (objection.objectedAt, objection.decidedAt);
        if (objectedAt == 0 || at < objectedAt) return ObjectionStatus.None;
        if (decidedAt != 0 && at >= decidedAt) return ObjectionStatus.Decided;
        bool overdue = at > _reviewBy(_requests.requestOf(request), objectedAt);
        return overdue ? ObjectionStatus.Overdue : ObjectionStatus.Pending;
    }

    function reviewBy(bytes32 request, bytes32 target, uint16 number) external view returns (uint40) {
        uint40 objectedAt = _objections[_holdId(request, target)][number].objectedAt;
        return objectedAt == 0 ? 0 : _reviewBy(_requests.requestOf(request), objectedAt);
    }

    function objectionDigest(
        bytes32 request,
        bytes32 target,
        bytes32 grounds,
        uint40 deadline
    ) external view returns (bytes32) {
        return _digest(_objectionHash(request, target, grounds, deadline));
    }

    // Internal

    /// @dev Grounds that were heard are not heard again: whoever saw the signature of a decided objection could send it
    ///      a second time. A member who repeats an account holder's grounds takes nothing from him.
    function _enter(
        bytes32 request,
        bytes32 target,
        Request memory asked,
        address objector,
        bool byMember,
        bytes32 grounds
    ) private returns (uint16 number) {
        if (grounds == 0) revert EmptyGrounds();
        bytes32 hold = _requireHeld(request, target);
        number = byMember ? _pending[hold].ofMember : _pending[hold].ofHolder;
        if (number != 0) revert StillPending(hold, number);
        if (_heard[hold][byMember][grounds]) revert SameGrounds(hold, grounds);

        number = ++objectionCount[hold];
        if (byMember) _pending[hold].ofMember = number;
        else _pending[hold].ofHolder = number;
        _heard[hold][byMember][grounds] = true;
        _objections[hold][number].objectedAt = uint40(block.timestamp);
        _objections[hold][number].grounds = grounds;
        ++_records[asked.agency].objections;
        emit Objected(hold, number, objector, grounds, _reviewBy(asked, uint40(block.timestamp)));

        _holds.setObjected(request, target, true);
    }

    /// @dev Whoever asked for the hold, ratified or renewed it, took it over or carries it out has judged it before.
    function _requireReviewer(
        bytes32 request,
        Request memory asked,
        bytes32 hold
    ) private view returns (AgencyId agency) {
        FreezeProfile memory profile = _profiles.profileAt(asked.key, asked.profileVersion);
        uint64 held;
        (agency, held) = _agencies.authorizeAny(msg.sender, uint64(profile.reviewers) << 8);
        _requireAtHome(agency, asked);
        if (agency == asked.agency) revert OwnRequest(agency);
        if (msg.sender == _requests.ratifierOf(request)) revert OwnRatification(msg.sender);
        if (_holds.renewedBy(hold, msg.sender)) revert OwnRenewal(msg.sender);
        bool judges = held & JUDGE != 0;
        if (judges && _agencies.agencyOf(agency).kind != AgencyKind.Court) revert NotACourt(agency);
        bool tookOver = asked.flags & REQUEST_FOREIGN != 0 && agency == profile.endorser;
        if (tookOver || agency == _holds.holdOf(hold).institution) revert NotTheReviewer(agency);
    }

    /// @dev The older of two: one that comes later never changes which of them a decision meets.
    function _requirePending(bytes32 hold) private view returns (Objection storage objection, uint16 number) {
        (uint16 ofHolder, uint16 ofMember) = (_pending[hold].ofHolder, _pending[hold].ofMember);
        number = ofHolder == 0 || (ofMember != 0 && ofMember < ofHolder) ? ofMember : ofHolder;
        if (number == 0) revert NoObjectionPending(hold);
        objection = _objections[hold][number];
    }

    function _close(bytes32 hold, uint16 number) private {
        Pending storage pending = _pending[hold];
        if (pending.ofHolder == number) pending.ofHolder = 0;
        else pending.ofMember = 0;
    }

    /// @dev Once the hold is over, or a court disposed of it, nothing is left to let go of; that it was wrong goes on
    ///      record all the same.
    /// @return lets go of this much now
    function _requireOutcome(
        bytes32 request,
        bytes32 target,
        Outcome outcome,
        uint96 released
    ) private view returns (uint96 lets) {
        uint96 held = _isHeld(request, target) ? _holds.holdOf(_holdId(request, target)).amount : 0;
        bool fits = outcome != Outcome.None && released == 0;
        if (outcome == Outcome.UpheldInPart && held != 0) fits = released != 0 && released < held;
        if (!fits) revert OutcomeMisstated(outcome, released);
        return outcome == Outcome.Upheld ? held : released;
    }

    function _reviewBy(Request memory asked, uint40 objectedAt) private view returns (uint40) {
        return objectedAt + _profiles.profileAt(asked.key, asked.profileVersion).reviewWithin;
    }

    function _objectionHash(
        bytes32 request,
        bytes32 target,
        bytes32 grounds,
        uint40 deadline
    ) private pure returns (bytes32) {
        return keccak256(abi.encode(OBJECTION, request, target, grounds, deadline));
    }
}
