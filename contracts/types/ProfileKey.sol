// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @notice Which freeze profile: | jurisdiction 10 | measure 4 | asset class 4 |.
type ProfileKey is uint24;

using { jurisdiction, measure, assetClass } for ProfileKey global;

/// @dev StopPayment  hours, at once, ratified afterwards
///      Freeze       value that is booked: money, securities, virtual assets
///      Seize        a thing is taken into custody
///      Seal         a thing is closed where it is
enum Measure {
    None,
    StopPayment,
    Freeze,
    Seize,
    Seal
}

enum AssetClass {
    None,
    Cash, // at a bank or payment institution
    Securities, // bonds, shares, fund units
    Equity, // in a company that is not traded
    RealEstate,
    Vehicle,
    PreciousMetal,
    Jewellery,
    VirtualAsset,
    Insurance
}

function toProfileKey(uint16 jurisdictionCode, Measure kind, AssetClass class) pure returns (ProfileKey) {
    return ProfileKey.wrap((uint24(jurisdictionCode) << 8) | (uint24(uint8(kind)) << 4) | uint8(class));
}

function jurisdiction(ProfileKey key) pure returns (uint16) {
    return uint16(ProfileKey.unwrap(key) >> 8);
}

function measure(ProfileKey key) pure returns (Measure) {
    return Measure(uint8(ProfileKey.unwrap(key) >> 4) & 0xF);
}

function assetClass(ProfileKey key) pure returns (AssetClass) {
    return AssetClass(uint8(ProfileKey.unwrap(key)) & 0xF);
}
