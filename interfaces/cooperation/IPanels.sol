// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { AgencyId } from "../../contracts/types/AgencyId.sol";

enum DisputeKind {
    None,
    Answer, // the asker: this is not what was asked. Subject: request
    UseBreach, // the executor: what was given was used against its limits. Subject: request
    Outcome // the rated agency: this outcome is wrong. Subject: outcome
}

enum DisputeStatus {
    None,
    Committing, // waits for a commitment of whoever made none at the time of the request
    Revealing, // both sides reveal their secrets
    Voting,
    Upheld,
    Dismissed,
    Undecided // the panel did not vote in time: nothing changes
}

/// @dev The claimant opens, the respondent is the other side.
struct Dispute {
    DisputeKind kind;
    AgencyId claimant;
    AgencyId respondent;
    uint40 openedAt;
    uint40 phaseEndsAt;
    uint8 size; // of the panel
    uint8 upheld; // votes
    uint8 dismissed;
    bool closed;
    DisputeStatus result; // None until closed
    bytes32 subject;
    bytes32 grounds;
    bytes32 claimantCommitment;
    bytes32 respondentCommitment;
    bytes32 claimantSecret; // 0: not revealed
    bytes32 respondentSecret;
}

/// @title Panels of other jurisdictions
/// @notice A dispute is decided by up to three jurisdictions, drawn by both sides' secrets, committed when the
///         request
///         was made and acknowledged: neither can choose. Both sides' jurisdictions are excluded. Who does not reveal
///         in time loses. The result binds standing.
interface IPanels {
    event DisputeOpened(
        bytes32 indexed dispute,
        DisputeKind kind,
        AgencyId indexed claimant,
        AgencyId indexed respondent,
        bytes32 subject,
        bytes32 grounds
    );
    event Committed(bytes32 indexed dispute, AgencyId indexed agency, bytes32 commitment);
    event Revealed(bytes32 indexed dispute, AgencyId indexed agency);
    event PanelDrawn(bytes32 indexed dispute, uint16[] jurisdictions, uint40 voteBy);
    event PanelVoted(bytes32 indexed dispute, uint16 indexed jurisdiction, bool uphold, bytes32 reasons);
    event DisputeClosed(bytes32 indexed dispute, DisputeStatus result);

    error NothingToDispute(bytes32 subject);
    error AlreadyDisputed(bytes32 subject);
    error NoSuchDispute(bytes32 dispute);
    error WrongPhase(bytes32 dispute, DisputeStatus disputeStatus);
    error NotASide(AgencyId agency, bytes32 dispute);
    error WrongSecret(bytes32 dispute, bytes32 commitment);
    error SecretRevealed(bytes32 dispute, AgencyId agency);
    error NotOnThePanel(uint16 jurisdiction, bytes32 dispute);
    error AlreadyVoted(bytes32 dispute, uint16 jurisdiction);
    error TooFewJurisdictions(uint256 found);
    error TooLate(bytes32 subject, uint40 until);
    error EmptyGrounds();
    error EmptyCommitment();

    /// @notice Opens a dispute, within 60 days of the answer, of the outcome, or (use) at any time, where the rules of
    ///         the request limit the use at all. Caller: an officer
    ///         of the claimant with OBJECT. One dispute of a kind a subject and claimant. Its id is
    ///         keccak256(abi.encode(kind, subject, claimant)).
    /// @dev An answer is disputed while it is Fulfilled: neither confirmed nor a part. What a panel found (DisputeLost,
    ///      UseLimitBreached) goes before no other; nor does an outcome that weighs nothing, or is good. A commitment
    ///      that the central authority made when it received the request is not the executor's.
    /// @param commitment used where the claimant made none with the request, or spent it in an earlier dispute: a
    ///        secret draws one panel; else ignored
    function open(
        DisputeKind kind,
        bytes32 subject,
        bytes32 grounds,
        bytes32 commitment
    ) external returns (bytes32 dispute);

    /// @notice The respondent commits where it made no commitment with the request, or spent it; 14 days. Caller: an
    ///         officer of the respondent with OBJECT or ANSWER.
    function commit(bytes32 dispute, bytes32 commitment) external;

    /// @notice Reveals the secret whose keccak256(abi.encode(secret)) was committed; 7 days. Anybody who knows it may
    ///         carry it. The second reveal draws the panel: the first steps of a Fisher-Yates shuffle of those who
    ///         were members when the dispute was opened, other than the sides', in their order. Who left since is drawn
    ///         too, and has no vote. With seed = keccak256(abi.encode(secret of the claimant, of the
    ///         respondent, dispute)), step i takes the place keccak256(abi.encode(seed, i)) modulo what is left.
    function reveal(bytes32 dispute, bytes32 secret) external;

    /// @notice A jurisdiction of the panel votes; 21 days. Caller: a voter of it (AgencyRegistry.votingJurisdiction).
    /// @param reasons keccak256 of them; nobody decides without
    function vote(bytes32 dispute, bool uphold, bytes32 reasons) external;

    /// @notice Carries out the result, once a majority of the panel is reached or the phase is over. Anybody. A side
    ///         that did not commit or reveal loses as if by votes; if neither came, the claimant. What a reviewer or
    ///         court found (FreezeUnjustified, EvidenceExcluded) stands though its respondent is silent. Upheld: the
    ///         respondent of an Answer lost (DisputeLost), of a UseBreach breached (UseLimitBreached), an Outcome is
    ///         annulled. Dismissed: DisputeLost for the claimant. Undecided: nothing. Whom votes found right against a
    ///         UseBreach or an Outcome gains Confirmed; a disputed answer becomes DisputeLost, Confirmed, or again
    ///         Fulfilled. The reference of these outcomes is the dispute.
    function close(bytes32 dispute) external;

    function disputeOf(bytes32 dispute) external view returns (Dispute memory);

    function statusAt(bytes32 dispute, uint40 at) external view returns (DisputeStatus);

    function panelOf(bytes32 dispute) external view returns (uint16[] memory);
}
