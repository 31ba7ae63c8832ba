// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { LegalBasis } from "../../interfaces/cooperation/IAgreementRegistry.sol";
import { Assistance, AssistanceStatus } from "../../interfaces/cooperation/IAssistanceRequests.sol";
import { AgencyId } from "./AgencyId.sol";
import { RequestKind } from "./RequestKind.sol";

/// @notice A request as it is kept, in two words, high to low:
///
///         who   | before 5 | basis 3 | answerBy 40 | acknowledgeBy 40 | sentAt 40 | flags 8 | urgency 8
///               | state 8 | kind 8 | executor 32 | receiver 32 | from 32 |
///         when  | standsUntil 40 | useLimits 16 | methods 16 | forum 16 | ground 8 | answeredAt 40
///               | acknowledgedAt 40 | changedAt 40 | pausedAt 40 |
///
/// @dev    Two words, so that each act reads and writes storage twice at most.
struct PackedAssistance {
    uint256 who;
    uint256 when;
}

/// @dev The same in parts.
///      basis        on what it stands
///      useLimits    USE_* bits of the rules under which it was sent
///      before       state to which it returns when the clock runs on
///      standsUntil  end of a postponement
struct Record {
    Assistance told;
    LegalBasis basis;
    uint16 useLimits;
    AssistanceStatus before;
    uint40 standsUntil;
}

using { unpack } for PackedAssistance global;

function pack(Record memory record) pure returns (PackedAssistance memory packed) {
    Assistance memory told = record.told;
    uint256 word = AgencyId.unwrap(told.from);
    word |= uint256(AgencyId.unwrap(told.receiver)) << 32;
    word |= uint256(AgencyId.unwrap(told.executor)) << 64;
    word |= uint256(told.kind) << 96;
    word |= uint256(told.state) << 104;
    word |= uint256(told.urgency) << 112;
    word |= uint256(told.flags) << 120;
    word |= uint256(told.sentAt) << 128;
    word |= uint256(told.acknowledgeBy) << 168;
    word |= uint256(told.answerBy) << 208;
    packed.who = word | (uint256(record.basis) << 248) | (uint256(record.before) << 251);

    word = told.pausedAt;
    word |= uint256(told.changedAt) << 40;
    word |= uint256(told.acknowledgedAt) << 80;
    word |= uint256(told.answeredAt) << 120;
    word |= uint256(told.ground) << 160;
    word |= uint256(told.forum) << 168;
    word |= uint256(told.methods) << 184;
    packed.when = word | (uint256(record.useLimits) << 200) | (uint256(record.standsUntil) << 216);
}

function unpack(PackedAssistance memory packed) pure returns (Record memory record) {
    Assistance memory told = record.told;
    uint256 word = packed.who;
    told.from = AgencyId.wrap(uint32(word));
    told.receiver = AgencyId.wrap(uint32(word >> 32));
    told.executor = AgencyId.wrap(uint32(word >> 64));
    told.kind = RequestKind(uint8(word >> 96));
    told.state = AssistanceStatus(uint8(word >> 104));
    told.urgency = uint8(word >> 112);
    told.flags = uint8(word >> 120);
    told.sentAt = uint40(word >> 128);
    told.acknowledgeBy = uint40(word >> 168);
    told.answerBy = uint40(word >> 208);
    record.basis = LegalBasis((word >> 248) & 7);
    record.before = AssistanceStatus(word >> 251);

    word = packed.when;
    told.pausedAt = uint40(word);
    told.changedAt = uint40(word >> 40);
    told.acknowledgedAt = uint40(word >> 80);
    told.answeredAt = uint40(word >> 120);
    told.ground = uint8(word >> 160);
    told.forum = uint16(word >> 168);
    told.methods = uint16(word >> 184);
    record.useLimits = uint16(word >> 200);
    record.standsUntil = uint40(word >> 216);
}
