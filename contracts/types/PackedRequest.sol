// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Request } from "../../interfaces/assets/IFreezeRequests.sol";
import { AgencyId } from "./AgencyId.sol";
import { ProfileKey } from "./ProfileKey.sol";

/// @notice A request as it is kept, high to low:
///
///         | flags 8 | ratifyWithin 24 | period 32 | boundAt 40 | ratifiedAt 40 | requestedAt 40
///         | profileVersion 16 | key 24 | agency 32 |
///
/// @dev    One word, which Holds reads with every answer.
type PackedRequest is uint256;

using {
    agency,
    key,
    profileVersion,
    requestedAt,
    ratifiedAt,
    boundAt,
    period,
    ratifyWithin,
    flags,
    withRatifiedAt,
    withBoundAt,
    withFlags,
    unpack
} for PackedRequest global;

uint256 constant RATIFIED_AT = 112;
uint256 constant BOUND_AT = 152;
uint256 constant FLAGS_AT = 248;

/// @notice A request at its beginning, without a detour through memory.
function packNew(
    AgencyId by,
    ProfileKey under,
    uint16 version,
    uint40 present,
    uint40 bound,
    uint32 asked,
    uint24 within,
    uint8 bits
) pure returns (PackedRequest) {
    uint256 word = uint256(AgencyId.unwrap(by)) | (uint256(ProfileKey.unwrap(under)) << 32);
    word |= (uint256(version) << 56) | (uint256(present) << 72) | (uint256(bound) << BOUND_AT);
    word |= (uint256(asked) << 192) | (uint256(within) << 224) | (uint256(bits) << FLAGS_AT);
    return PackedRequest.wrap(word);
}

function unpack(PackedRequest packed) pure returns (Request memory) {
    return
        Request({
            agency: agency(packed),
            key: key(packed),
            profileVersion: profileVersion(packed),
            requestedAt: requestedAt(packed),
            ratifiedAt: ratifiedAt(packed),
            boundAt: boundAt(packed),
            period: period(packed),
            ratifyWithin: ratifyWithin(packed),
            flags: flags(packed)
        });
}

function agency(PackedRequest packed) pure returns (AgencyId) {
    return AgencyId.wrap(uint32(PackedRequest.unwrap(packed)));
}

function key(PackedRequest packed) pure returns (ProfileKey) {
    return ProfileKey.wrap(uint24(PackedRequest.unwrap(packed) >> 32));
}

function profileVersion(PackedRequest packed) pure returns (uint16) {
    return uint16(PackedRequest.unwrap(packed) >> 56);
}

function requestedAt(PackedRequest packed) pure returns (uint40) {
    return uint40(PackedRequest.unwrap(packed) >> 72);
}

function ratifiedAt(PackedRequest packed) pure returns (uint40) {
    return uint40(PackedRequest.unwrap(packed) >> RATIFIED_AT);
}

function boundAt(PackedRequest packed) pure returns (uint40) {
    return uint40(PackedRequest.unwrap(packed) >> BOUND_AT);
}

function period(PackedRequest packed) pure returns (uint32) {
    return uint32(PackedRequest.unwrap(packed) >> 192);
}

function ratifyWithin(PackedRequest packed) pure returns (uint24) {
    return uint24(PackedRequest.unwrap(packed) >> 224);
}

function flags(PackedRequest packed) pure returns (uint8) {
    return uint8(PackedRequest.unwrap(packed) >> FLAGS_AT);
}

/// @dev Of a request that is not ratified yet.
function withRatifiedAt(PackedRequest packed, uint40 at) pure returns (PackedRequest) {
    return PackedRequest.wrap(PackedRequest.unwrap(packed) | (uint256(at) << RATIFIED_AT));
}

/// @dev Of a request that binds nobody yet.
function withBoundAt(PackedRequest packed, uint40 at) pure returns (PackedRequest) {
    return PackedRequest.wrap(PackedRequest.unwrap(packed) | (uint256(at) << BOUND_AT));
}

/// @param added REQUEST_* bits; none is ever taken back
function withFlags(PackedRequest packed, uint8 added) pure returns (PackedRequest) {
    return PackedRequest.wrap(PackedRequest.unwrap(packed) | (uint256(added) << FLAGS_AT));
}
