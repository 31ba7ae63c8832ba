// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { AgencyId } from "../../contracts/types/AgencyId.sol";

/// @dev On what a jurisdiction claims a case.
enum ClaimGround {
    None,
    Territory, // committed there
    Effect, // the loss arose there
    OffenderNationality,
    VictimNationality,
    VesselOrAircraft,
    Universal,
    OffenderPresent,
    Transferred // it took the proceedings over; nobody claims on this by himself
}

enum CaseStatus {
    None,
    Open, // one jurisdiction claims it, and leads
    Conflict, // two or more claim it; consultation runs
    Settled, // the claimants agreed who leads
    Closed
}

/// @title Cases, claims of jurisdiction, and who leads
/// @notice A case is known by a salted commitment. A second claim opens a conflict by itself; the claimants consult on
///         the record and agree, each by its own signature, on one proposal; proceedings are transferred when both
///         sides signed (UN Convention against Transnational Organized Crime art 15(5), 21). Victims are counted by
///         pseudonymous keys, each once. Statutory clocks run by themselves. Who may read what is sealed is not
///         decided here; here is who may write: LEAD officers of jurisdictions that claim, and members of teams.
interface ICaseRegistry {
    event CaseOpened(bytes32 indexed id, AgencyId indexed agency, address officer, ClaimGround ground, bytes32 message);
    event JurisdictionClaimed(
        bytes32 indexed id,
        uint16 indexed jurisdiction,
        AgencyId indexed agency,
        address officer,
        ClaimGround ground,
        bytes32 grounds
    );
    event ConflictOpened(bytes32 indexed id, uint40 consultUntil);
    event ClaimDropped(bytes32 indexed id, uint16 indexed jurisdiction, address officer);
    event Consulted(bytes32 indexed id, uint16 indexed jurisdiction, address officer, bytes32 position);
    event LeadProposed(bytes32 indexed id, bytes32 indexed proposal, AgencyId indexed agency, uint16 by, bytes32 text);
    event LeadAgreed(bytes32 indexed id, bytes32 indexed proposal, uint16 indexed by, address officer);
    event LeadSettled(bytes32 indexed id, uint16 indexed lead, AgencyId indexed agency);
    event TransferOffered(bytes32 indexed id, AgencyId indexed from, AgencyId indexed to, bytes32 text);
    event TransferAccepted(bytes32 indexed id, AgencyId indexed from, AgencyId indexed to, bytes32 text);
    event DeadlineSet(bytes32 indexed id, uint32 indexed number, uint16 indexed jurisdiction, uint16 code, uint40 due);
    event DeadlineMet(bytes32 indexed id, uint32 indexed number, bytes32 evidence);
    event VictimsCounted(bytes32 indexed id, AgencyId indexed agency, uint256 given, uint256 added, uint256 total);
    event MinutesAnchored(bytes32 indexed id, AgencyId indexed agency, bytes32 record);
    event CaseClosed(bytes32 indexed id, AgencyId indexed agency, uint8 reason, bytes32 text);

    error EmptyCase();
    error CaseAlreadyOpened(bytes32 id);
    error NoSuchCase(bytes32 id);
    error NoClaimGround();
    error JurisdictionAlreadyClaimed(bytes32 id, uint16 jurisdiction);
    error NotAClaimant(bytes32 id, uint16 jurisdiction);
    error LastClaim(bytes32 id);
    error CaseInStatus(bytes32 id, CaseStatus caseStatus);
    error NoSuchProposal(bytes32 id, bytes32 proposal);
    error AlreadyAgreed(bytes32 id, bytes32 proposal, uint16 jurisdiction);
    error NotTheLead(AgencyId theirs, AgencyId lead);
    error NoTransferOffered(bytes32 id, AgencyId to);
    error NotConcernedByCase(bytes32 id, uint16 jurisdiction);
    error InvalidDeadline(uint40 due, uint40 present);
    error NoSuchDeadline(bytes32 id, uint32 number);
    error AlreadyMet(bytes32 id, uint32 number);
    error TooManyKeys(uint256 given, uint256 most);
    error NoReason();
    error EmptyText();
    error NoSuchAgency(AgencyId agency);

    // Claims

    /// @notice Opens a case and claims it for the own jurisdiction, which leads. Caller: LEAD. The id is
    ///         keccak256(abi.encode(agency, commitment)): nobody else can take it who saw the transaction coming.
    /// @param commitment keccak256(32 random bytes, case number), made by the client and told to whom it concerns
    function open(bytes32 commitment, ClaimGround ground, bytes32 message) external returns (bytes32 id);

    /// @notice Claims a case that is open elsewhere: opens a conflict, with 60 days of consultation. Who led before
    ///         leads until another is agreed. Caller: LEAD.
    function claim(bytes32 id, ClaimGround ground, bytes32 grounds) external;

    /// @notice Gives up the claim; with the last but one the conflict is over and the last claimant leads. Whoever
    ///         dropped its claim blocks no agreement of the others: when all who claimed after a settlement dropped
    ///         theirs, it stands again. Where the leading jurisdiction gives up and several others claim, nobody
    ///         leads until they agreed. Caller: LEAD of a claimant.
    function dropClaim(bytes32 id) external;

    /// @notice States a position on the record. Only where several claim. Caller: LEAD of a claimant.
    function consult(bytes32 id, bytes32 position) external;

    /// @notice Proposes who leads: an agency of one of the claimants. Counts as own agreement, and takes back the
    ///         agreement to any other. The proposal is keccak256(abi.encode(id, agency, text)). What is settled
    ///         stays so until all agreed to another. Caller: LEAD of a claimant; where one claims alone, of its central
    ///         authority, which names another of its agencies with this.
    function proposeLead(bytes32 id, AgencyId agency, bytes32 text) external returns (bytes32 proposal);

    /// @notice Agrees to exactly one proposal, instead of any other. When every claimant agreed to it, it is settled.
    ///         A jurisdiction that is no member any more is not waited for.
    function agreeLead(bytes32 id, bytes32 proposal) external;

    // Transfer of proceedings

    /// @notice Offers to transfer the proceedings, once more or to no agency: instead of what was offered before. Void
    ///         when another agency leads. Caller: LEAD of the leading agency.
    function offerTransfer(bytes32 id, AgencyId to, bytes32 text) external;

    /// @notice Accepts: the lead moves with this. The jurisdiction that gave the proceedings away claims no longer, the
    ///         one that took them over does; claimants that are left and did not sign are in conflict with it. Caller:
    ///         LEAD of the agency to which it was offered; `text` equal.
    function acceptTransfer(bytes32 id, bytes32 text) external;

    // The file

    /// @notice Sets a statutory clock of the own jurisdiction (code of the client's list). Caller: LEAD of a
    ///         claimant.
    function setDeadline(bytes32 id, uint16 code, uint40 due) external returns (uint32 number);

    /// @notice Records that it was met, be it late. Caller: LEAD of the jurisdiction whose clock it is.
    function meetDeadline(bytes32 id, uint32 number, bytes32 evidence) external;

    /// @notice Counts victims: keys are pseudonyms, HMAC of the canonical identity under the case's secret. A key that
    ///         was counted is not counted again, whoever counted it. At most 200 a call. Caller: LEAD or ASK of a
    ///         claimant, or of a member of `team`, which runs and works on this case (0: no team).
    function countVictims(bytes32 id, bytes32 team, bytes32[] calldata keys) external returns (uint256 added);

    /// @notice Anchors the minutes of a meeting. Caller: LEAD of a claimant.
    function anchorMinutes(bytes32 id, bytes32 record) external;

    /// @notice Closes the case; not while the claimants of a conflict have time to consult. Its clocks stop. Caller:
    ///         LEAD of the leading agency.
    function close(bytes32 id, uint8 reason, bytes32 text) external;

    // Questions

    function statusOf(bytes32 id) external view returns (CaseStatus);

    /// @return the leading agency; in a conflict the one that led before, and none where that one gave up its claim
    function leadOf(bytes32 id) external view returns (AgencyId);

    function claimantsOf(bytes32 id) external view returns (uint16[] memory);

    /// @notice A claim: ground None where there is none, the agency that made it, since when.
    function claimOf(
        bytes32 id,
        uint16 jurisdiction
    ) external view returns (ClaimGround ground, AgencyId agency, uint40 since);

    /// @return the proposal to which a claimant agrees at present, or none
    function agreedBy(bytes32 id, uint16 jurisdiction) external view returns (bytes32);

    /// @return the agency that a proposal of this case names, or none
    function proposalOf(bytes32 id, bytes32 proposal) external view returns (AgencyId);

    /// @return until when the claimants of the last conflict consult
    function consultUntil(bytes32 id) external view returns (uint40);

    /// @return whether the case is in conflict and the time to consult is over at `at`, without any transaction
    function isConsultationOverdue(bytes32 id, uint40 at) external view returns (bool);

    /// @return whether its time is over and it was not met: OVERDUE without any transaction
    function isOverdue(bytes32 id, uint32 number, uint40 at) external view returns (bool);

    function deadlineOf(
        bytes32 id,
        uint32 number
    ) external view returns (uint16 jurisdiction, uint16 code, uint40 due, uint40 metAt);

    /// @return how many were set; they are numbered from 1
    function deadlinesOf(bytes32 id) external view returns (uint32);

    function victims(bytes32 id) external view returns (uint256);

    /// @return how many of them this jurisdiction counted: whoever doubts one country's keys reads the others'
    function victimsCountedBy(bytes32 id, uint16 jurisdiction) external view returns (uint256);

    function wasCounted(bytes32 id, bytes32 key) external view returns (bool);

    /// @return the agency that counted this key first, or none
    function countedBy(bytes32 id, bytes32 key) external view returns (AgencyId);
}
