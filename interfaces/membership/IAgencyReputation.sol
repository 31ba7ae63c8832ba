// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { AgencyId } from "../../contracts/types/AgencyId.sol";

/// @dev What can be said of an agency, each with its weight (docs/standing.md). A lawful coded refusal is none of them.
enum OutcomeKind {
    None,
    AnsweredInTime,
    Confirmed,
    FreezeAnswered,
    AcknowledgedLate,
    AnsweredLate,
    Overdue,
    RefusedWithoutGround,
    FreezeAnsweredLate,
    FreezeOverdue,
    FreezeUnjustified,
    EvidenceExcluded,
    DisputeLost,
    UseLimitBreached,
    ObligationBreached
}

/// @dev One slot. Its id is keccak256(abi.encode(agency, kind, reference)).
struct OutcomeRecord {
    AgencyId agency;
    AgencyId counterparty;
    OutcomeKind kind;
    uint16 quarter; // of the record, since 1970, of 91 days
    bool annulled;
    uint40 recordedAt; // from when the time for a dispute runs
}

/// @dev One slot. Sums are fixed point: 2^32 is one unit.
struct StandingAccount {
    uint96 good;
    uint96 bad;
    uint16 quarter; // of the last change
    uint8 parties; // distinct jurisdictions with a bad outcome in that quarter
    uint8 partiesBefore; // and in the one before it
    uint8 tier;
    uint16 withheldUntil; // day since 1970; 0: nothing is withheld
}

/// @title Standing: what agencies did, as a number that takes and gives powers
/// @notice Only recorded outcomes count, each once, pulled from the modules in which they happened; the arithmetic is
///         integer and written down to the bit (docs/standing.md), so that anybody computes it anew from the events.
///         What a jurisdiction says in a quarter is capped; the same jurisdiction weighs nothing. Standing binds where
///         the jurisdiction declared so, else it advises. It never takes the floor of powers.
interface IAgencyReputation {
    event OutcomeRecorded(
        bytes32 indexed outcome,
        AgencyId indexed agency,
        AgencyId indexed counterparty,
        OutcomeKind kind,
        uint16 quarter,
        bytes32 ref
    );
    event OutcomeAnnulled(bytes32 indexed outcome, AgencyId indexed agency, bytes32 dispute);
    event StandingChanged(AgencyId indexed agency, uint16 score, uint8 tier);
    event PowersWithheld(AgencyId indexed agency, uint64 powers, uint40 until);
    event PowersReturned(AgencyId indexed agency);
    event Replied(bytes32 indexed outcome, AgencyId indexed agency, address officer, bytes32 reply);
    event StandingDeclared(uint16 indexed jurisdiction, bool binds, uint40 from);

    error NotTheModule(address caller);
    error OutcomeExists(bytes32 outcome);
    error NoSuchOutcome(bytes32 outcome);
    error AlreadyAnnulled(bytes32 outcome);
    error NotTheRated(AgencyId theirs, AgencyId agency);
    error EmptyReply();
    error AlreadyDeclared(uint16 jurisdiction, bool binds);

    /// @notice Records an outcome, once. Only versions of OutcomeReports and Panels that are not retired. Between
    ///         agencies of one jurisdiction it is recorded and weighs nothing.
    function record(
        AgencyId agency,
        AgencyId counterparty,
        OutcomeKind kind,
        bytes32 ref
    ) external returns (bytes32 outcome);

    /// @notice Takes an outcome back. Only versions of Panels that are not retired.
    function annul(bytes32 outcome, bytes32 dispute) external;

    /// @notice The rated agency replies on the record. Caller: its officer with OBJECT. Any number of times.
    function reply(bytes32 outcome, bytes32 text) external;

    /// @notice A central authority declares whether standing binds its agencies. Binding at once, advising again after
    ///         30 days. It takes and gives with the next outcome: nothing is withheld by the declaration itself, and
    ///         what is withheld runs to its end.
    function declare(bool binds) external;

    /// @return basis points, now
    function scoreOf(AgencyId agency) external view returns (uint16);

    function accountOf(AgencyId agency) external view returns (StandingAccount memory);

    function tallyOf(
        AgencyId agency,
        uint16 jurisdiction,
        uint16 quarter
    ) external view returns (uint32 good, uint32 bad);

    function outcomeOf(bytes32 outcome) external view returns (OutcomeRecord memory);

    function outcomeId(AgencyId agency, OutcomeKind kind, bytes32 ref) external pure returns (bytes32);

    /// @notice Whether standing binds its agencies then, by its newest declaration.
    function bindsAt(uint16 jurisdiction, uint40 at) external view returns (bool);
}
