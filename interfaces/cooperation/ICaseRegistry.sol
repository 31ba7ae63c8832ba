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
    OffenderPresent
}

enum CaseStatus {
    None,
    Open, // one jurisdiction claims it, and leads
    Conflict, // two or more claim it; consultation runs
    Settled, // the claimants agreed who leads
    Closed
}

/// @title Cases, claims of jurisdiction, and who leads
/// @notice A case is known by a salted commitment. A second claim opens a conflict by itself; the claimants consult
///         on
///         the record and agree, each by its own signature, on one proposal; proceedings are transferred when both
///         sides signed. Victims are counted by pseudonymous keys, each once. Statutory clocks run by themselves.
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
    event LeadProposed(bytes32 indexed id, bytes32 indexed proposal, uint16 indexed lead, uint16 by, bytes32 text);
    event LeadAgreed(bytes32 indexed id, bytes32 indexed proposal, uint16 by);
    event LeadSettled(bytes32 indexed id, uint16 indexed lead, AgencyId indexed agency);
    event TransferOffered(bytes32 indexed id, AgencyId indexed from, AgencyId indexed to, bytes32 text);
    event TransferAccepted(bytes32 indexed id, AgencyId indexed from, AgencyId indexed to, bytes32 text);
    event DeadlineSet(bytes32 indexed id, uint8 indexed number, uint16 indexed jurisdiction, uint16 code, uint40 due);
    event DeadlineMet(bytes32 indexed id, uint8 indexed number, bytes32 evidence);
    event VictimsCounted(bytes32 indexed id, AgencyId indexed agency, uint256 given, uint256 added, uint256 total);
    event MinutesAnchored(bytes32 indexed id, AgencyId indexed agency, bytes32 record);
    event CaseClosed(bytes32 indexed id, AgencyId indexed agency, uint8 reason, bytes32 text);

    error EmptyCase();
    error AlreadyOpened(bytes32 id);
    error NoSuchCase(bytes32 id);
    error NoClaimGround();
    error AlreadyClaimed(bytes32 id, uint16 jurisdiction);
    error NotAClaimant(bytes32 id, uint16 jurisdiction);
    error LastClaim(bytes32 id);
    error WrongStatus(bytes32 id, CaseStatus found);
    error NoSuchProposal(bytes32 id, bytes32 proposal);
    error AlreadyAgreed(bytes32 id, bytes32 proposal, uint16 jurisdiction);
    error NotTheLead(AgencyId theirs, AgencyId lead);
    error NoTransferOffered(bytes32 id, AgencyId to);
    error NotConcerned(bytes32 id, uint16 jurisdiction);
    error InvalidDeadline(uint40 due, uint40 present);
    error NoSuchDeadline(bytes32 id, uint8 number);
    error AlreadyMet(bytes32 id, uint8 number);
    error TooMany(uint256 given, uint256 most);
    error NoReason();
    error EmptyText();
    error NoSuchAgency(AgencyId agency);

    /// @notice Opens a case and claims it for the own jurisdiction. Caller: LEAD. `id` is keccak256(32 random bytes,
    ///         case
    ///         number) made by the client and told to whom it concerns.
    function open(bytes32 id, ClaimGround ground, bytes32 message) external;

    /// @notice Claims a case that is open elsewhere: opens a conflict, with 60 days of consultation. Caller: LEAD.
    function claim(bytes32 id, ClaimGround ground, bytes32 grounds) external;

    /// @notice Gives up the claim; with the last but one the conflict is over and the last claimant leads.
    function dropClaim(bytes32 id) external;

    function consult(bytes32 id, bytes32 position) external;

    /// @notice Proposes who leads, one of the claimants or any other member jurisdiction that claims; counts as own
    ///         agreement. `agency` is the leading agency. Caller: LEAD of a claimant.
    function proposeLead(bytes32 id, AgencyId agency, bytes32 text) external returns (bytes32 proposal);

    /// @notice Agrees to exactly one proposal. When every claimant agreed to it, it is settled.
    function agreeLead(bytes32 id, bytes32 proposal) external;

    /// @notice Offers to transfer the proceedings. Caller: LEAD of the leading agency.
    function offerTransfer(bytes32 id, AgencyId to, bytes32 text) external;

    /// @notice Accepts: the lead moves with this. Caller: LEAD of the agency to which it was offered; `text` equal.
    function acceptTransfer(bytes32 id, bytes32 text) external;

    /// @notice Sets a statutory clock of the own jurisdiction (code of the client's list). Caller: LEAD of a
    ///         claimant.
    function setDeadline(bytes32 id, uint16 code, uint40 due) external returns (uint8 number);

    function meetDeadline(bytes32 id, uint8 number, bytes32 evidence) external;

    /// @notice Counts victims: keys are pseudonyms, HMAC of the canonical identity under the case's secret. A key
    ///         that was
    ///         counted is not counted again. At most 200 a call. Caller: LEAD or ASK of a claimant or team member.
    function countVictims(bytes32 id, bytes32[] calldata keys) external returns (uint256 added);

    function anchorMinutes(bytes32 id, bytes32 record) external;

    function close(bytes32 id, uint8 reason, bytes32 text) external;

    function statusOf(bytes32 id) external view returns (CaseStatus);

    function leadOf(bytes32 id) external view returns (AgencyId);

    function claimantsOf(bytes32 id) external view returns (uint16[] memory);

    /// @notice A claim: ground None where there is none, the agency that made it, since when.
    function claimOf(
        bytes32 id,
        uint16 jurisdiction
    ) external view returns (ClaimGround ground, AgencyId agency, uint40 since);

    function consultUntil(bytes32 id) external view returns (uint40);

    /// @return whether its time is over and it was not met: OVERDUE without any transaction
    function isOverdue(bytes32 id, uint8 number, uint40 at) external view returns (bool);

    function deadlineOf(
        bytes32 id,
        uint8 number
    ) external view returns (uint16 jurisdiction, uint16 code, uint40 due, uint40 metAt);

    function victims(bytes32 id) external view returns (uint256);

    function wasCounted(bytes32 id, bytes32 key) external view returns (bool);
}
