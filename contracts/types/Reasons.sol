// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { CURABLE, FATAL, NOTED } from "./Standard.sol";
import { Verdict } from "./Verdict.sol";

/// @notice Why an assessment is not better than it is, high to low:
///
///         | zero 28 | fatal 76 | curable 76 | noted 76 |
///
///         Each part is a mask: bits 0 to 63 are missing steps, 64 to 69 unmet clauses, the rest the REASON constants
///         below.
type Reasons is uint256;

using { fatal, curable, noted, verdict, both as |, haveAny } for Reasons global;

uint128 constant REASON_OFFICERS = 1 << 70; // fewer officers than the standard asks
uint128 constant REASON_DELAY = 1 << 71; // registered later after the end than the standard allows
uint128 constant REASON_ALGORITHMS = 1 << 72; // no hash algorithm that the standard accepts
uint128 constant REASON_DATE_UNPROVEN = 1 << 73; // an older standard claimed when its delay has passed
uint128 constant REASON_NO_STANDARD = 1 << 74;

uint256 constant PART_BITS = 76;
uint128 constant PART_MASK = uint128(1 << PART_BITS) - 1;

/// @dev The delay is exceeded, whatever the standard makes of it.
Reasons constant LATE = Reasons.wrap((uint256(REASON_DELAY) << (2 * PART_BITS)) | (uint256(REASON_DELAY) << PART_BITS));

/// @return the reason that stands for the clause, 0 to 5
function reasonOfClause(uint256 index) pure returns (uint128) {
    return uint128(1 << (64 + index));
}

/// @param severity NOTED, CURABLE or FATAL
/// @param mask of reasons, all of that severity
function because(uint8 severity, uint128 mask) pure returns (Reasons) {
    return Reasons.wrap(uint256(mask) << (PART_BITS * (severity - NOTED)));
}

function fatal(Reasons reasons) pure returns (uint128) {
    return uint128(Reasons.unwrap(reasons) >> (PART_BITS * (FATAL - NOTED))) & PART_MASK;
}

function curable(Reasons reasons) pure returns (uint128) {
    return uint128(Reasons.unwrap(reasons) >> (PART_BITS * (CURABLE - NOTED))) & PART_MASK;
}

function noted(Reasons reasons) pure returns (uint128) {
    return uint128(Reasons.unwrap(reasons)) & PART_MASK;
}

/// @dev As bad as its worst reason, and worse reasons stand higher.
function verdict(Reasons reasons) pure returns (Verdict) {
    uint256 word = Reasons.unwrap(reasons);
    if (word >= 1 << (2 * PART_BITS)) return Verdict.Refused;
    if (word >= 1 << PART_BITS) return Verdict.Curable;
    return word != 0 ? Verdict.ConformsWithNote : Verdict.Conforms;
}

/// @return whether any of the wanted ones is among them
function haveAny(Reasons reasons, Reasons wanted) pure returns (bool) {
    return Reasons.unwrap(reasons) & Reasons.unwrap(wanted) != 0;
}

function both(Reasons a, Reasons b) pure returns (Reasons) {
    return Reasons.wrap(Reasons.unwrap(a) | Reasons.unwrap(b));
}
