// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Assessment } from "../../contracts/types/Assessment.sol";
import { Facts } from "../../contracts/types/Facts.sol";
import { Reasons } from "../../contracts/types/Reasons.sol";
import { Core, Extension } from "../../contracts/types/Standard.sol";
import { StandardKey } from "../../contracts/types/StandardKey.sol";

/// @dev A standard of the international baseline, laid down at the creation of the suite.
struct BaselineStandard {
    uint8 method;
    Core core;
    Extension extension;
}

/// @dev A standard that a jurisdiction adopts for itself.
struct Adoption {
    uint8 origin; // 0 domestic, 1 foreign
    uint8 method;
    Core core;
    Extension extension;
}

/// @title The legal standards of each forum, and the judgement of declared facts by them
/// @notice Standards are versioned, never edited. A forum's own central authority adopts them; the first version may
///         start at the law's own date, a later one only after notice. The version in force when the collection
///         started judges.
interface IStandardsRegistry {
    event StandardAdopted(
        StandardKey indexed key,
        uint16 indexed version,
        Core core,
        Extension extension,
        bytes32 rules
    );
    event AdoptionCancelled(StandardKey indexed key, uint16 indexed version);

    error NotGenesis(address caller);
    error BaselineClosed();
    error NotAdoptable(uint16 forum);
    error UnknownOrigin(uint8 origin);
    error UnknownMethod(uint8 method);
    error OverlappingSteps(StandardKey key, uint64 overlap);
    error LateNotCurable(StandardKey key, uint64 steps);
    error NoDelay(StandardKey key);
    error DelayMerelyNoted(StandardKey key);
    error OfficersWithoutSeverity(StandardKey key);
    error NoOfficers(StandardKey key);
    error NoAcceptedAlgorithm(StandardKey key);
    error UntilGiven(StandardKey key);
    error ExtensionMisdeclared(StandardKey key);
    error SpareBitsSet(StandardKey key);
    error WeakerThanBaseline(StandardKey key, uint64 steps);
    error BaselineClauseMissing(StandardKey key, uint256 index);
    error BaselineTermsWeakened(StandardKey key);
    error NoBaseline(uint8 method);
    error NotCoveredByOther(StandardKey key, uint64 steps);
    error OtherMissing(StandardKey key);
    error NoticeTooShort(StandardKey key, uint40 from, uint40 earliest);
    error VersionPending(StandardKey key, uint16 version, uint40 from);
    error NothingPending(StandardKey key);
    error StandardNotInForce(StandardKey key, uint16 version, uint40 at);
    error NoSuchVersion(StandardKey key, uint16 version);

    // Creation of the suite

    /// @notice Lays down the baseline. Genesis only, once.
    function layBaseline(BaselineStandard[] calldata baseline) external;

    // A central authority for its jurisdiction

    /// @notice Adopts standards for the caller's own jurisdiction. METHOD_OTHER comes before the methods it must cover.
    /// @param rules hash of the published rule file that explains the bits (SHA-256 of standards/<jurisdiction>.yaml)
    function adopt(uint16 forum, bytes32 rules, Adoption[] calldata adoptions) external;

    /// @notice Cancels a version that is not yet in force and reopens the one before.
    function cancel(StandardKey key) external;

    // Judgement

    /// @notice Judges facts by the standard in force in `forum` when the collection started.
    /// @param at when it is, or was, registered: decides delay; seconds since 1970 UTC
    function check(Facts facts, uint16 forum, uint40 at) external view returns (Assessment memory);

    /// @notice The same by a named version, which must be the one in force then. Spares a search, and gives only the
    ///         reasons: the verdict follows from them.
    function checkVersion(Facts facts, uint16 forum, uint16 version, uint40 at) external view returns (Reasons);

    // Questions

    function standardAt(StandardKey key, uint16 version) external view returns (Core core, Extension extension);

    /// @return how many versions were ever adopted and not cancelled
    function versionCount(StandardKey key) external view returns (uint16);

    /// @return version 0 where none was in force
    function versionInForce(StandardKey key, uint40 at) external view returns (uint16);
}
