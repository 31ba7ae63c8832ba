// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { AgencyId } from "../../contracts/types/AgencyId.sol";
import { Terms } from "../../contracts/types/PackedProfile.sol";
import { AssetClass, Measure, ProfileKey } from "../../contracts/types/ProfileKey.sol";

/// @dev Kept in two slots. Times in seconds. Masks of powers are shifted right by 8: bit n stands for the power
///      1 << (n + 8).
struct FreezeProfile {
    uint40 from; // in force from, seconds since 1970 UTC
    uint40 until; // and until; kept by the contract, 0 while open
    uint32 longest; // one period
    uint32 total; // all periods along the chain of holds on one account; 0: no limit
    uint24 ratifyWithin; // after the request
    uint24 replyWithin; // after the request binds the institution
    uint24 checkWithin; // after the answer
    uint8 renewals; // at most; 255: no limit
    uint8 stops; // stop-payments along the chain of holds on one account, at most; 0: no limit
    uint8 flags; // RETURN_BEFORE_JUDGMENT
    uint32 starters; // whoever has any of these powers may start
    uint32 ratifiers; // any of these ratifies: of the requesting agency, or as court or prosecutor of its country
    uint32 renewers; // any of these renews
    uint32 reviewers; // any of these decides on objections
    AgencyId endorser; // domestic authority without which a foreign request binds nobody; none: no foreign requests
    uint24 reviewWithin; // after an objection
    uint24 turnWithin; // a hold that waited is acknowledged within this time after its turn has come, or lapses
    uint24 ownHold; // longest hold that an institution may start itself; 0: none
    uint24 ownTotal; // the same with extension; 0: no extension
}

/// @dev Money may go back to victims before any judgment, by decision of the investigating agency's higher power.
uint8 constant RETURN_BEFORE_JUDGMENT = 1;

struct ProfileAdoption {
    Measure measure;
    AssetClass assetClass;
    FreezeProfile profile;
}

/// @title How long, by whom and with whose consent money and things may be held in each country
/// @notice Profiles are versioned, never edited. A jurisdiction's own central authority adopts them; the first version
///         may start at the law's own date, a later one only after notice. The version in force when the request is
///         made applies to it for its whole life.
interface IFreezeProfiles {
    event ProfileAdopted(ProfileKey indexed key, uint16 indexed version, FreezeProfile profile, bytes32 rules);
    event ProfileCancelled(ProfileKey indexed key, uint16 indexed version);

    error UnknownKind(Measure measure, AssetClass assetClass);
    error NoPeriod(ProfileKey profile);
    error TotalBelowPeriod(ProfileKey profile, uint32 total, uint32 longest);
    error DeadlineMissing(ProfileKey profile);
    error RolesMissing(ProfileKey profile);
    error RolesUndefined(ProfileKey profile, uint32 undefined);
    error RolesOverlap(ProfileKey profile, uint32 overlap);
    error UnfitEndorser(ProfileKey profile, AgencyId endorser);
    error OwnHoldMisdeclared(ProfileKey profile);
    error ProfileUntilGiven(ProfileKey profile);
    error FlagsUndefined(ProfileKey profile, uint8 flags);
    error ProfileNoticeTooShort(ProfileKey profile, uint40 from, uint40 earliest);
    error ProfilePending(ProfileKey profile, uint16 version, uint40 from);
    error NoProfilePending(ProfileKey profile);
    error NoProfile(ProfileKey profile);
    error NoSuchProfileVersion(ProfileKey profile, uint16 version);

    /// @notice Adopts profiles for the caller's own jurisdiction. Central authority only. Emits {ProfileAdopted}.
    /// @param rules SHA-256 of the published file that explains them
    /// @dev Refused: no period or deadline, starters or ratifiers or renewers or reviewers missing or no phase of a
    ///      measure, starters among ratifiers or reviewers (the two ranks that ratify are one), an endorser of another
    ///      jurisdiction or one that is itself an institution that answers (bank, payment institution, telecom
    ///      operator, platform), a later version with less than 7 days' notice.
    function adopt(uint16 jurisdiction, bytes32 rules, ProfileAdoption[] calldata adoptions) external;

    /// @notice Cancels a version that is not yet in force and reopens the one before, if any. Central authority only.
    function cancel(ProfileKey key) external;

    /// @notice The profile in force now. Reverts with {NoProfile} where there is none.
    function current(ProfileKey key) external view returns (uint16 version, FreezeProfile memory profile);

    /// @notice The first word of the profile in force now: what a request takes. Reverts with {NoProfile}.
    function termsNow(ProfileKey key) external view returns (Terms);

    /// @notice A named version. Reverts with {NoSuchProfileVersion}.
    function profileAt(ProfileKey key, uint16 version) external view returns (FreezeProfile memory);

    function versionCount(ProfileKey key) external view returns (uint16);

    /// @return version 0 where none was in force
    function versionInForce(ProfileKey key, uint40 at) external view returns (uint16);
}
