// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @notice What an assessment of declared facts comes to. None of these is a court's ruling.
/// @dev    NoStandard       the forum has no standard for such a collection at that time
///         Conforms         nothing is missing
///         ConformsWithNote only what is noted is missing, or something was cured
///         Curable          recorded; what is missing can be cured
///         Preserved        refused at home, but the international baseline is met: kept, never as conforming
///         Refused          never stored
enum Verdict {
    NoStandard,
    Conforms,
    ConformsWithNote,
    Curable,
    Preserved,
    Refused
}

/// @notice The outcome of judging facts by one standard. The three masks hold reasons: bits 0 to 63 are missing steps,
///         64 to 69 unmet clauses, the rest the REASON constants below.
struct Assessment {
    Verdict verdict;
    uint16 version;
    uint128 fatal;
    uint128 curable;
    uint128 noted;
}

uint128 constant REASON_OFFICERS = 1 << 70; // fewer officers than the standard asks
uint128 constant REASON_DELAY = 1 << 71; // registered later after the end than the standard allows
uint128 constant REASON_ALGORITHMS = 1 << 72; // no hash algorithm that the standard accepts
uint128 constant REASON_DATE_UNPROVEN = 1 << 73; // an older standard claimed when its delay has passed
uint128 constant REASON_NO_STANDARD = 1 << 74;

/// @return the reason that stands for the clause, 0 to 5
function reasonOfClause(uint256 index) pure returns (uint128) {
    return uint128(1 << (64 + index));
}

/// @dev An assessment is as bad as its worst reason.
function verdictOf(uint128 fatal, uint128 curable, uint128 noted) pure returns (Verdict) {
    if (fatal != 0) return Verdict.Refused;
    if (curable != 0) return Verdict.Curable;
    return noted != 0 ? Verdict.ConformsWithNote : Verdict.Conforms;
}
