// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Facts } from "./Facts.sol";

/// @notice Which standard: | forum 10 | origin 1 | method 6 |. Origin is 0 (domestic) where the evidence was
///         collected in the forum's own country and 1 (foreign) elsewhere.
type StandardKey is uint24;

using { forum, origin, method } for StandardKey global;

/// @dev The international baseline is kept as the standard of this forum, always under origin 0.
uint16 constant BASELINE_FORUM = 900;

/// @dev Its standard is at least as strict as every other method's, so that choosing it gains nothing.
uint8 constant METHOD_OTHER = 63;

uint8 constant DOMESTIC = 0;
uint8 constant FOREIGN = 1;

function toStandardKey(uint16 forumCode, uint8 originCode, uint8 methodCode) pure returns (StandardKey) {
    return StandardKey.wrap((uint24(forumCode) << 7) | (uint24(originCode) << 6) | methodCode);
}

/// @notice The key under which a forum judges such facts.
function keyFor(Facts facts, uint16 forumCode) pure returns (StandardKey) {
    bool abroad = forumCode != BASELINE_FORUM && facts.place() != forumCode;
    return toStandardKey(forumCode, abroad ? FOREIGN : DOMESTIC, facts.method());
}

function forum(StandardKey key) pure returns (uint16) {
    return uint16(StandardKey.unwrap(key) >> 7);
}

function origin(StandardKey key) pure returns (uint8) {
    return uint8(StandardKey.unwrap(key) >> 6) & 1;
}

function method(StandardKey key) pure returns (uint8) {
    return uint8(StandardKey.unwrap(key)) & 0x3F;
}
