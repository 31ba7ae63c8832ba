// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @notice The number of an agency: jurisdiction (ISO 3166-1 numeric, 900 and above for bodies of no single country)
///         in the high 16 bits, its ordinal within that jurisdiction, from 1, in the low 16. Zero is no agency.
/// @dev    A jurisdiction is read off the number, so no contract pays a storage read to learn it.
type AgencyId is uint32;

using { jurisdiction, isNone, equals as ==, differs as != } for AgencyId global;

AgencyId constant NO_AGENCY = AgencyId.wrap(0);

function toAgencyId(uint16 jurisdictionCode, uint16 ordinal) pure returns (AgencyId) {
    return AgencyId.wrap((uint32(jurisdictionCode) << 16) | ordinal);
}

function jurisdiction(AgencyId id) pure returns (uint16) {
    return uint16(AgencyId.unwrap(id) >> 16);
}

function isNone(AgencyId id) pure returns (bool) {
    return AgencyId.unwrap(id) == 0;
}

function equals(AgencyId a, AgencyId b) pure returns (bool) {
    return AgencyId.unwrap(a) == AgencyId.unwrap(b);
}

function differs(AgencyId a, AgencyId b) pure returns (bool) {
    return AgencyId.unwrap(a) != AgencyId.unwrap(b);
}
