// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @notice The legally relevant circumstances of one collection, in 160 bits, high to low:
///
///         | startedAt 36 | minutes 16 | place 10 | dataLocation 10 | method 6 |
///         | algorithms 8 | officers 4 | steps 64 | spare 6 |
///
///         startedAt      seconds since 1970 UTC
///         minutes        whole minutes from start to end, rounded down: the end is never taken later than it was
///         place          where it was collected; ISO 3166-1 numeric, 900 international, 901 EU, 902 unknown
///         dataLocation   where the data were held; same codes
///         method         how it was collected (docs/procedures.md)
///         algorithms     mask of the hash algorithms used
///         officers       distinct officers who signed; counted by the contract, never declared
///         steps          mask of the 64 procedural steps (docs/procedures.md)
/// @dev    *Declared* facts are what the collector signs: officers and all SEEN steps are zero in them. *Stored* facts
///         are the declared ones with what the contract saw.
type Facts is uint160;

using {
    startedAt,
    endedAt,
    place,
    dataLocation,
    method,
    algorithms,
    officers,
    steps,
    withSeen,
    withLater,
    declaredPart,
    sameAs as ==,
    otherThan as !=
} for Facts global;

/// @dev Steps 0 to 7 are the contract's own: what it sees, nobody declares.
uint64 constant SEEN_STEPS = 0xFF;

uint64 constant COLLECTOR_SIGNED = 1 << 0;
uint64 constant SECOND_OFFICER_SIGNED = 1 << 1;
uint64 constant WITNESS_SIGNED = 1 << 2;
uint64 constant HOLDER_SIGNED = 1 << 3;
uint64 constant MANDATE_COVERS = 1 << 4;
uint64 constant DATA_IN_FORUM = 1 << 5;
uint64 constant COLLECTOR_QUALIFIED = 1 << 6;
uint64 constant DEVICE_SIGNED = 1 << 7;
uint64 constant DATA_PUBLIC = 1 << 14;

/// @dev The bits of declared facts: everything but officers, SEEN steps and the spare bits.
uint160 constant DECLARED_MASK = ~(uint160(0xF) << 70) & ~(uint160(SEEN_STEPS) << 6) & ~uint160(0x3F);

function startedAt(Facts facts) pure returns (uint40) {
    return uint40(Facts.unwrap(facts) >> 124);
}

function endedAt(Facts facts) pure returns (uint40) {
    unchecked {
        return startedAt(facts) + 60 * uint40(uint16(Facts.unwrap(facts) >> 108)); // 36 bits and 22 bits
    }
}

function place(Facts facts) pure returns (uint16) {
    return uint16(Facts.unwrap(facts) >> 98) & 0x3FF;
}

function dataLocation(Facts facts) pure returns (uint16) {
    return uint16(Facts.unwrap(facts) >> 88) & 0x3FF;
}

function method(Facts facts) pure returns (uint8) {
    return uint8(Facts.unwrap(facts) >> 82) & 0x3F;
}

function algorithms(Facts facts) pure returns (uint8) {
    return uint8(Facts.unwrap(facts) >> 74);
}

function officers(Facts facts) pure returns (uint8) {
    return uint8(Facts.unwrap(facts) >> 70) & 0xF;
}

function steps(Facts facts) pure returns (uint64) {
    return uint64(Facts.unwrap(facts) >> 6);
}

/// @notice The stored facts: the declared ones with the officers counted and the steps seen.
/// @dev    Callers give declared facts and at most 15 officers.
function withSeen(Facts declared, uint8 officerCount, uint64 seen) pure returns (Facts) {
    return Facts.wrap(Facts.unwrap(declared) | (uint160(officerCount) << 70) | (uint160(seen) << 6));
}

/// @notice Stored facts with what came after registration.
/// @dev    Callers keep the sum of officers within 15.
function withLater(Facts facts, uint8 addedOfficers, uint64 curedSteps) pure returns (Facts) {
    uint160 count = uint160(officers(facts) + addedOfficers);
    uint160 rest = Facts.unwrap(facts) & ~(uint160(0xF) << 70);
    return Facts.wrap(rest | (count << 70) | (uint160(curedSteps) << 6));
}

/// @notice What the collector signed, given stored facts.
function declaredPart(Facts facts) pure returns (Facts) {
    return Facts.wrap(Facts.unwrap(facts) & DECLARED_MASK);
}

function sameAs(Facts a, Facts b) pure returns (bool) {
    return Facts.unwrap(a) == Facts.unwrap(b);
}

function otherThan(Facts a, Facts b) pure returns (bool) {
    return Facts.unwrap(a) != Facts.unwrap(b);
}
