// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Hold, HoldState } from "../../interfaces/assets/IHolds.sol";
import { AgencyId } from "./AgencyId.sol";

/// @notice A hold as it is kept, high to low:
///
///         | code 8 | flags 8 | renewals 8 | state 8 | until 40 | since 40 | amount 96 | currency 16 | institution 32 |
///
/// @dev    One word, so that an answer reads and writes storage once.
type PackedHold is uint256;

using { isNone, unpack } for PackedHold global;

function pack(Hold memory hold) pure returns (PackedHold) {
    uint256 word = AgencyId.unwrap(hold.institution);
    word |= uint256(hold.currency) << 32;
    word |= uint256(hold.amount) << 48;
    word |= uint256(hold.since) << 144;
    word |= uint256(hold.until) << 184;
    word |= uint256(hold.state) << 224;
    word |= uint256(hold.renewals) << 232;
    word |= uint256(hold.flags) << 240;
    word |= uint256(hold.code) << 248;
    return PackedHold.wrap(word);
}

/// @notice A hold at its beginning, without a detour through memory.
function packNew(
    AgencyId institution,
    uint16 currency,
    uint96 amount,
    uint40 since,
    uint40 until,
    HoldState state,
    uint8 flags
) pure returns (PackedHold) {
    uint256 word = uint256(AgencyId.unwrap(institution)) | (uint256(currency) << 32) | (uint256(amount) << 48);
    word |= (uint256(since) << 144) | (uint256(until) << 184) | (uint256(state) << 224) | (uint256(flags) << 240);
    return PackedHold.wrap(word);
}

function unpack(PackedHold packed) pure returns (Hold memory hold) {
    uint256 word = PackedHold.unwrap(packed);
    hold.institution = AgencyId.wrap(uint32(word));
    hold.currency = uint16(word >> 32);
    hold.amount = uint96(word >> 48);
    hold.since = uint40(word >> 144);
    hold.until = uint40(word >> 184);
    hold.state = HoldState(uint8(word >> 224));
    hold.renewals = uint8(word >> 232);
    hold.flags = uint8(word >> 240);
    hold.code = uint8(word >> 248);
}

function isNone(PackedHold packed) pure returns (bool) {
    return PackedHold.unwrap(packed) == 0;
}
