// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @dev Kinds of decisions, in the order of a table that names every call the Council can make.
enum DecisionKind {
    None,
    Admission, // AgencyRegistry: admit, readmit
    Suspension, // AgencyRegistry: suspendByCouncil, liftByCouncil
    Exclusion, // AgencyRegistry: exclude, excludeJurisdiction, proposeReplacement
    Rules, // CommonRules: adopt
    Modules, // Directory: listVersion, setState
    Constitution // Council: setKindRule, setPace; CouncilTimelock: updateDelay
}

/// @dev In basis points. Who votes, for, against or abstaining, counts for the quorum; of those who decide, `threshold`
///      must be for it, and more for it than against.
struct KindRule {
    uint16 quorum; // of the jurisdictions that were members at the snapshot
    uint16 threshold; // of the votes for and against
}

/// @dev One slot. The rule is the one in force when it was proposed: a changed rule changes no running vote.
struct Decision {
    uint16 jurisdiction; // that proposed it
    uint16 quorum;
    uint16 threshold;
    uint16 against;
    uint16 inFavour;
    uint16 abstaining;
}

/// @title What the members decide together
/// @notice OpenZeppelin's Governor (propose, castVote, castVoteBySig, queue, execute, state, ...) with one vote a
///         jurisdiction, cast by its central authority or an officer of that authority with VOTE, whatever number of
///         agencies it has. A proposal may contain calls of a closed table and nothing else; each kind of decision has
///         a quorum and a threshold, and a proposal of several calls needs the strictest of each. What was decided
///         waits in {CouncilTimelock} and is then carried out by anybody; 30 days later it expires.
/// @dev Times: snapshot = proposal + delay; the vote runs from the second after it to the deadline, inclusive. Whoever
///      votes was a member at the snapshot and is one at the time of the vote. A jurisdiction that a decision concerns
///      keeps its vote in it.
interface ICouncil {
    event DecisionProposed(uint256 indexed proposalId, uint16 indexed jurisdiction, uint16 quorum, uint16 threshold);
    event JurisdictionVoted(uint256 indexed proposalId, uint16 indexed jurisdiction, address voter, uint8 support);
    event KindRuleSet(DecisionKind indexed kind, uint16 quorum, uint16 threshold);
    event PaceSet(uint32 votingDelay, uint32 votingPeriod);

    error NotTheCouncil(address caller);
    error NotADecision(address target, bytes4 selector);
    error TakesNoMoney();
    error TooManyOpen(uint16 jurisdiction);
    error NotAMemberThen(uint16 jurisdiction, uint256 at);
    error JurisdictionHasVoted(uint256 proposalId, uint16 jurisdiction);
    error InvalidSupport(uint8 support);
    error InvalidKindRule(DecisionKind decisionKind, uint16 quorum, uint16 threshold);
    error InvalidPace(uint32 votingDelay, uint32 votingPeriod);

    // The Council itself, through its timelock

    /// @notice Sets what a kind of decision needs: quorum from 3,334, threshold from 5,001 basis points.
    function setKindRule(DecisionKind kind, uint16 quorum, uint16 threshold) external;

    /// @notice Sets how long a proposal waits and how long it is voted on, in seconds: from 1 to 30 days each.
    function setPace(uint32 votingDelay, uint32 votingPeriod) external;

    // Questions

    /// @return the kind of decision that this call is; None where the Council cannot make it
    function kindOf(address target, bytes4 selector) external view returns (DecisionKind);

    function kindRule(DecisionKind kind) external view returns (KindRule memory);

    /// @return votes so far and what is needed; all zero where there is no such proposal
    function decisionOf(uint256 proposalId) external view returns (Decision memory);

    function hasJurisdictionVoted(uint256 proposalId, uint16 jurisdiction) external view returns (bool);
}
