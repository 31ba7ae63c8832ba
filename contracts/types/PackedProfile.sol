// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { FreezeProfile } from "../../interfaces/assets/IFreezeProfiles.sol";
import { AgencyId } from "./AgencyId.sol";

/// @notice The first word of a profile, all that a request at home needs, high to low:
///
///         | version 16 | flags 8 | stops 8 | renewals 8 | checkWithin 24 | replyWithin 24 | ratifyWithin 24
///         | starters 32 | longest 32 | until 40 | from 40 |
type Terms is uint256;

/// @notice The second word, high to low:
///
///         | ownTotal 24 | ownHold 24 | turnWithin 24 | reviewWithin 24
///         | endorser 32 | reviewers 32 | renewers 32 | ratifiers 32 | total 32 |
type Rest is uint256;

using { from, starters, longest, ratifyWithin, version, withUntil, withVersion, isNone } for Terms global;

uint256 constant UNTIL_AT = 40;
uint256 constant VERSION_AT = 240;

function pack(FreezeProfile memory profile) pure returns (Terms, Rest) {
    uint256 terms = profile.from;
    terms |= uint256(profile.until) << UNTIL_AT;
    terms |= uint256(profile.longest) << 80;
    terms |= uint256(profile.starters) << 112;
    terms |= uint256(profile.ratifyWithin) << 144;
    terms |= uint256(profile.replyWithin) << 168;
    terms |= uint256(profile.checkWithin) << 192;
    terms |= uint256(profile.renewals) << 216;
    terms |= uint256(profile.stops) << 224;
    terms |= uint256(profile.flags) << 232;

    uint256 rest = profile.total;
    rest |= uint256(profile.ratifiers) << 32;
    rest |= uint256(profile.renewers) << 64;
    rest |= uint256(profile.reviewers) << 96;
    rest |= uint256(AgencyId.unwrap(profile.endorser)) << 128;
    rest |= uint256(profile.reviewWithin) << 160;
    rest |= uint256(profile.turnWithin) << 184;
    rest |= uint256(profile.ownHold) << 208;
    rest |= uint256(profile.ownTotal) << 232;
    return (Terms.wrap(terms), Rest.wrap(rest));
}

function unpack(Terms first, Rest second) pure returns (FreezeProfile memory profile) {
    uint256 terms = Terms.unwrap(first);
    profile.from = uint40(terms);
    profile.until = uint40(terms >> UNTIL_AT);
    profile.longest = uint32(terms >> 80);
    profile.starters = uint32(terms >> 112);
    profile.ratifyWithin = uint24(terms >> 144);
    profile.replyWithin = uint24(terms >> 168);
    profile.checkWithin = uint24(terms >> 192);
    profile.renewals = uint8(terms >> 216);
    profile.stops = uint8(terms >> 224);
    profile.flags = uint8(terms >> 232);

    uint256 rest = Rest.unwrap(second);
    profile.total = uint32(rest);
    profile.ratifiers = uint32(rest >> 32);
    profile.renewers = uint32(rest >> 64);
    profile.reviewers = uint32(rest >> 96);
    profile.endorser = AgencyId.wrap(uint32(rest >> 128));
    profile.reviewWithin = uint24(rest >> 160);
    profile.turnWithin = uint24(rest >> 184);
    profile.ownHold = uint24(rest >> 208);
    profile.ownTotal = uint24(rest >> 232);
}

function from(Terms terms) pure returns (uint40) {
    return uint40(Terms.unwrap(terms));
}

function longest(Terms terms) pure returns (uint32) {
    return uint32(Terms.unwrap(terms) >> 80);
}

function starters(Terms terms) pure returns (uint32) {
    return uint32(Terms.unwrap(terms) >> 112);
}

function ratifyWithin(Terms terms) pure returns (uint24) {
    return uint24(Terms.unwrap(terms) >> 144);
}

function version(Terms terms) pure returns (uint16) {
    return uint16(Terms.unwrap(terms) >> VERSION_AT);
}

function isNone(Terms terms) pure returns (bool) {
    return Terms.unwrap(terms) == 0;
}

/// @param end 0 opens the profile again
function withUntil(Terms terms, uint40 end) pure returns (Terms) {
    uint256 others = Terms.unwrap(terms) & ~(uint256(type(uint40).max) << UNTIL_AT);
    return Terms.wrap(others | (uint256(end) << UNTIL_AT));
}

/// @dev Of terms without a version.
function withVersion(Terms terms, uint16 number) pure returns (Terms) {
    return Terms.wrap(Terms.unwrap(terms) | (uint256(number) << VERSION_AT));
}
