// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { AgencyId } from "./AgencyId.sol";

/// @notice What an appointment says. It is never rewritten, except that its end may be brought forward.
struct Appointment {
    AgencyId agency;
    uint64 powers;
    uint40 startsAt;
    uint40 endsAt;
    uint16 number; // 1 for the first appointment of this address, and so on
    uint8 qualification; // 0 none, 1 digital evidence first responder, 2 digital evidence specialist (ISO/IEC 27037)
    uint40 qualifiedUntil;
    bool device; // a recording device, not a person
    bool marked; // suspended or reported compromised at least once: look further
}

/// @notice The same as it is kept, high to low:
///
///         | marked 8 | device 8 | qualifiedUntil 40 | qualification 8 | number 16
///         | endsAt 40 | startsAt 40 | powers 64 | agency 32 |
///
/// @dev    One word, so that whoever asks about two of its parts reads storage once.
type PackedAppointment is uint256;

using {
    agency,
    powers,
    startsAt,
    endsAt,
    number,
    isQualifiedAt,
    isDevice,
    isMarked,
    withEnd,
    withMark,
    unpack
} for PackedAppointment global;

uint256 constant MARK = 1 << 248;
uint256 constant END_SHIFT = 136;

function pack(Appointment memory appointment) pure returns (PackedAppointment) {
    uint256 word = AgencyId.unwrap(appointment.agency);
    word |= uint256(appointment.powers) << 32;
    word |= uint256(appointment.startsAt) << 96;
    word |= uint256(appointment.endsAt) << END_SHIFT;
    word |= uint256(appointment.number) << 176;
    word |= uint256(appointment.qualification) << 192;
    word |= uint256(appointment.qualifiedUntil) << 200;
    word |= uint256(appointment.device ? 1 : 0) << 240;
    word |= appointment.marked ? MARK : 0;
    return PackedAppointment.wrap(word);
}

function unpack(PackedAppointment packed) pure returns (Appointment memory) {
    return
        Appointment({
            agency: agency(packed),
            powers: powers(packed),
            startsAt: startsAt(packed),
            endsAt: endsAt(packed),
            number: number(packed),
            qualification: qualification(packed),
            qualifiedUntil: qualifiedUntil(packed),
            device: isDevice(packed),
            marked: isMarked(packed)
        });
}

function agency(PackedAppointment packed) pure returns (AgencyId) {
    return AgencyId.wrap(uint32(PackedAppointment.unwrap(packed)));
}

function powers(PackedAppointment packed) pure returns (uint64) {
    return uint64(PackedAppointment.unwrap(packed) >> 32);
}

function startsAt(PackedAppointment packed) pure returns (uint40) {
    return uint40(PackedAppointment.unwrap(packed) >> 96);
}

function endsAt(PackedAppointment packed) pure returns (uint40) {
    return uint40(PackedAppointment.unwrap(packed) >> END_SHIFT);
}

function number(PackedAppointment packed) pure returns (uint16) {
    return uint16(PackedAppointment.unwrap(packed) >> 176);
}

function qualification(PackedAppointment packed) pure returns (uint8) {
    return uint8(PackedAppointment.unwrap(packed) >> 192);
}

function qualifiedUntil(PackedAppointment packed) pure returns (uint40) {
    return uint40(PackedAppointment.unwrap(packed) >> 200);
}

function isQualifiedAt(PackedAppointment packed, uint40 at) pure returns (bool) {
    return qualification(packed) != 0 && at < qualifiedUntil(packed);
}

function isDevice(PackedAppointment packed) pure returns (bool) {
    return uint8(PackedAppointment.unwrap(packed) >> 240) != 0;
}

function isMarked(PackedAppointment packed) pure returns (bool) {
    return PackedAppointment.unwrap(packed) & MARK != 0;
}

function withEnd(PackedAppointment packed, uint40 end) pure returns (PackedAppointment) {
    uint256 rest = PackedAppointment.unwrap(packed) & ~(uint256(type(uint40).max) << END_SHIFT);
    return PackedAppointment.wrap(rest | (uint256(end) << END_SHIFT));
}

function withMark(PackedAppointment packed) pure returns (PackedAppointment) {
    return PackedAppointment.wrap(PackedAppointment.unwrap(packed) | MARK);
}
