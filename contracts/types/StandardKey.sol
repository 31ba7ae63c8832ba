// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Facts } from "./Facts.sol";

/// @notice Which standard: | forum 10 | origin 1 | method 6 |. Origin is 0 (domestic) where the evidence was collected in
///         the forum's own country and 1 (foreign) elsewhere.
type StandardKey is uint24;

using { forumOf as forum, originOf as origin, methodOf as method } for StandardKey global;

/// @dev The international baseline is kept as the standard of this forum, always under origin 0.
uint16 constant BASELINE_FORUM = 900;

/// @dev Its standard is at least as strict as every other method's, so that choosing it gains nothing.
uint8 constant METHOD_OTHER = 63;

uint8 constant DOMESTIC = 0;
uint8 constant FOREIGN = 1;

function toStandardKey(uint16 forum, uint8 origin, uint8 method) pure returns (StandardKey) {
    return StandardKey.wrap((uint24(forum) << 7) | (uint24(origin) << 6) | method);
}

/// @notice The key under which a forum judges such facts.
function keyFor(Facts facts, uint16 forum) pure returns (StandardKey) {
    bool abroad = forum != BASELINE_FORUM && facts.place() != forum;
    return toStandardKey(forum, abroad ? FOREIGN : DOMESTIC, facts.method());
}

function forumOf(StandardKey key) pure returns (uint16) {
    return uint16(StandardKey.unwrap(key) >> 7);
}

function originOf(StandardKey key) pure returns (uint8) {
    return uint8(StandardKey.unwrap(key) >> 6) & 1;
}

function methodOf(StandardKey key) pure returns (uint8) {
    return uint8(StandardKey.unwrap(key)) & 0x3F;
}
