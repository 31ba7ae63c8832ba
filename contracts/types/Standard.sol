// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @notice The first word of a standard, all that most collections need, high to low:
///
///         | fatal 64 | curable 64 | noted 64 |
///         | from 20 | until 20 | delay 12 | officers 3 | algorithms 8 | extended 1 |
///
///         fatal, curable, noted   steps that must have been taken, by what their absence means; disjoint
///         from, until             in force for collections that start in [from, until), hours since 1970 UTC;
///                                 until 0: open
///         delay                   longest time from end of collection to registration, hours, never 0
///         officers                fewest distinct officers who sign
///         algorithms              hash algorithms accepted, mask
///         extended                the second word has clauses
type Core is uint256;

/// @notice The second word, read only where it matters, high to low:
///
///         | lateCurable 64 | clause 20 x 6 | officersSeverity 2 | delaySeverity 2 | spare 68 |
///
///         lateCurable     steps that a supplement may still bring after registration
///         clause          severity 2, then three step indices of 6 bits: any one of them satisfies it;
///                         severity 0: none
///         severities      1 noted, 2 curable, 3 fatal
type Extension is uint256;

using {
    fatalSteps,
    curableSteps,
    notedSteps,
    from,
    until,
    delay,
    fewestOfficers,
    acceptedAlgorithms,
    extended,
    overlaps,
    withUntil
} for Core global;
using { lateCurable, clause, isClauseEmpty, officersSeverity, delaySeverity } for Extension global;

uint8 constant NOTED = 1;
uint8 constant CURABLE = 2;
uint8 constant FATAL = 3;
uint8 constant CLAUSES = 6;

function fatalSteps(Core core) pure returns (uint64) {
    return uint64(Core.unwrap(core) >> 192);
}

function curableSteps(Core core) pure returns (uint64) {
    return uint64(Core.unwrap(core) >> 128);
}

function notedSteps(Core core) pure returns (uint64) {
    return uint64(Core.unwrap(core) >> 64);
}

/// @return seconds since 1970 UTC
function from(Core core) pure returns (uint40) {
    unchecked {
        return uint40((Core.unwrap(core) >> 44) & 0xFFFFF) * 1 hours; // 20 bits times 3,600: 32 bits
    }
}

/// @return seconds since 1970 UTC; 0 while no later version is known
function until(Core core) pure returns (uint40) {
    unchecked {
        return uint40((Core.unwrap(core) >> 24) & 0xFFFFF) * 1 hours; // as above
    }
}

/// @return seconds
function delay(Core core) pure returns (uint40) {
    unchecked {
        return uint40((Core.unwrap(core) >> 12) & 0xFFF) * 1 hours; // 12 bits times 3,600: 24 bits
    }
}

function fewestOfficers(Core core) pure returns (uint8) {
    return uint8(Core.unwrap(core) >> 9) & 0x7;
}

function acceptedAlgorithms(Core core) pure returns (uint8) {
    return uint8(Core.unwrap(core) >> 1);
}

function extended(Core core) pure returns (bool) {
    return Core.unwrap(core) & 1 == 1;
}

/// @return whether a collection can start at a time when both are in force
function overlaps(Core a, Core b) pure returns (bool) {
    return (b.until() == 0 || a.from() < b.until()) && (a.until() == 0 || b.from() < a.until());
}

/// @param end seconds since 1970 UTC, a whole hour; 0 opens the standard again
function withUntil(Core core, uint40 end) pure returns (Core) {
    return Core.wrap((Core.unwrap(core) & ~(uint256(0xFFFFF) << 24)) | (uint256(end / 1 hours) << 24));
}

function lateCurable(Extension extension) pure returns (uint64) {
    return uint64(Extension.unwrap(extension) >> 192);
}

/// @param index 0 to 5
/// @return severity 0 where there is no such clause
/// @return anyOf mask of the steps of which one suffices
function clause(Extension extension, uint256 index) pure returns (uint8 severity, uint64 anyOf) {
    uint256 bits = Extension.unwrap(extension) >> (172 - 20 * index);
    severity = uint8(bits >> 18) & 0x3;
    anyOf = uint64((1 << ((bits >> 12) & 0x3F)) | (1 << ((bits >> 6) & 0x3F)) | (1 << (bits & 0x3F)));
}

/// @return whether nothing at all is written where the clause would be
function isClauseEmpty(Extension extension, uint256 index) pure returns (bool) {
    return (Extension.unwrap(extension) >> (172 - 20 * index)) & 0xFFFFF == 0;
}

function officersSeverity(Extension extension) pure returns (uint8) {
    return uint8(Extension.unwrap(extension) >> 70) & 0x3;
}

function delaySeverity(Extension extension) pure returns (uint8) {
    return uint8(Extension.unwrap(extension) >> 68) & 0x3;
}
