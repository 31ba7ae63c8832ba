// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { AgencyId } from "../../contracts/types/AgencyId.sol";

/// @dev One slot and two hashes, by hold and number from 1.
struct Objection {
    uint40 objectedAt;
    uint40 decidedAt; // 0: not yet
    Outcome outcome;
    uint96 released; // by the decision
    bytes32 grounds; // keccak256 of the message sealed to the reviewing authority
    bytes32 decision; // keccak256 of the decision
}

enum Outcome {
    None,
    Upheld,
    UpheldInPart,
    Dismissed
}

/// @dev Pending, then Overdue once the profile's time for review is over, until decided.
enum ObjectionStatus {
    None,
    Pending,
    Overdue,
    Decided
}

/// @dev How often an agency's freezes were reviewed, and how often it had to let go.
struct Record {
    uint32 objections;
    uint32 upheld;
    uint32 upheldInPart;
    uint32 overdueReviews;
}

/// @title Account holders object, courts dispose
/// @notice Somebody who is no member objects with the key that came with the notice; anybody may carry the signature.
///         Whoever asked for the hold never decides on the objection. An upheld objection lets go in the same
///         transaction and is counted against the requester. What finally becomes of the money only a court decides.
interface IObjections {
    event Objected(bytes32 indexed hold, uint16 indexed number, address noticeKey, bytes32 grounds, uint40 reviewBy);
    event ObjectionDecided(
        bytes32 indexed hold,
        uint16 indexed number,
        AgencyId indexed reviewer,
        address officer,
        Outcome outcome,
        uint96 released,
        bytes32 decision
    );
    event ReviewOverdueRecorded(bytes32 indexed hold, uint16 indexed number, AgencyId indexed requester);
    event DispositionProposed(bytes32 indexed hold, AgencyId indexed agency, address officer, bytes32 proposal);
    event DispositionDecided(bytes32 indexed hold, AgencyId indexed court, address officer, bytes32 judgment);

    error NotTheNoticeKey(address key);
    error InvalidSignature(address signer);
    error DeadlinePassed(uint40 deadline, uint40 present);
    error EmptyGrounds();
    error EmptyDecision();
    error NothingHeld(bytes32 hold);
    error StillPending(bytes32 hold, uint16 number);
    error NoObjectionPending(bytes32 hold);
    error SameGrounds(bytes32 hold, bytes32 grounds);
    error NotTheReviewer(AgencyId agency);
    error OwnRequest(AgencyId agency);
    error OwnRatification(address officer);
    error OwnRenewal(address officer);
    error TooManyObjections(bytes32 hold, AgencyId agency, uint8 most);
    error OutcomeMisstated(Outcome outcome, uint96 released);
    error NotACourt(AgencyId agency);
    error NotAProsecutor(AgencyId agency);
    error OtherJurisdiction(AgencyId agency, uint16 jurisdiction);
    error NotOverdue(bytes32 hold, uint16 number);
    error AlreadyRecorded(bytes32 hold, uint16 number);

    /// @notice The account holder objects, while the target is held. Anyone may send it. One objection at a time, and
    ///         the same grounds once; what members objected does not count.
    /// @param account the salted account commitment; with the notice key it opens the target
    /// @param noticeKey signed EIP-712 `Objection(bytes32 request,bytes32 target,bytes32 grounds,uint40 deadline)`
    function objectTo(
        bytes32 request,
        bytes32 account,
        address noticeKey,
        bytes32 grounds,
        uint40 deadline,
        bytes calldata signature
    ) external returns (uint16 number);

    /// @notice A member objects to a hold, for instance the institution. Caller: OBJECT, of any agency but the
    ///         requester. One of a member at a time, the same grounds of members once, and three of an agency.
    function objectAsMember(bytes32 request, bytes32 target, bytes32 grounds) external returns (uint16 number);

    /// @notice Decides the pending objection, of two the older. Caller: an officer of the institution's jurisdiction
    ///        with any of the profile's reviewing powers, of another agency than requester, institution and, for a
    ///        foreign request, endorser. Also once the hold is over or disposed of: then it lets go of nothing, and is
    ///        counted.
    ///         A hold that was continued took its objections along: the decision is about the newest hold, whose
    ///         requester and institution are no reviewers either.
    /// @param released with UpheldInPart more than 0 and less than held, or 0 once it is over; with Upheld 0: all; with
    ///        Dismissed 0
    function review(bytes32 request, bytes32 target, Outcome outcome, uint96 released, bytes32 decision) external;

    /// @notice Counts a review that came too late, or has not come yet, once. Anyone.
    function recordOverdue(bytes32 request, bytes32 target, uint16 number) external;

    /// @notice A prosecutor proposes what should become of what is held. Caller: PROPOSE, of an agency of kind
    ///        Prosecutor of the institution's jurisdiction or of the requester's.
    function propose(bytes32 request, bytes32 target, bytes32 proposal) external;

    /// @notice A court decides on all that is held: `toReturn` to victims, `forfeited`, the rest is released now.
    ///        Caller: JUDGE, of an agency of kind Court of the institution's jurisdiction.
    function dispose(bytes32 request, bytes32 target, uint96 toReturn, uint96 forfeited, bytes32 judgment) external;

    function objectionCount(bytes32 hold) external view returns (uint16);

    function objectionOf(bytes32 hold, uint16 number) external view returns (Objection memory);

    function statusAt(
        bytes32 request,
        bytes32 target,
        uint16 number,
        uint40 at
    ) external view returns (ObjectionStatus);

    function reviewBy(bytes32 request, bytes32 target, uint16 number) external view returns (uint40);

    /// @return the counts of an agency as requester
    function recordOf(AgencyId agency) external view returns (Record memory);

    function objectionDigest(
        bytes32 request,
        bytes32 target,
        bytes32 grounds,
        uint40 deadline
    ) external view returns (bytes32);
}
