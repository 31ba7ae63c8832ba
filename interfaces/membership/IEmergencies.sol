// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { AgencyId } from "../../contracts/types/AgencyId.sol";

/// @dev One jurisdiction's support, counted for 3 days.
struct Support {
    uint16 jurisdiction;
    uint40 since;
}

/// @title Suspension at once, by several jurisdictions
/// @notice Where a key is misused, nobody can wait for a vote. As soon as two jurisdictions and a third of the members,
///         the target's own not counted, support it, an agency is suspended for 14 days down to the floor of powers.
///         Once in 180 days a target, unless the Council suspended the same target since.
interface IEmergencies {
    event SupportGiven(
        AgencyId indexed target,
        uint16 indexed jurisdiction,
        bytes32 reason,
        uint256 given,
        uint256 needed
    );
    event SupportWithdrawn(AgencyId indexed target, uint16 indexed jurisdiction);
    event SuspendedInEmergency(AgencyId indexed target, uint40 until);

    error NoSuchAgency(AgencyId agency);
    error OwnJurisdiction(AgencyId target);
    error AlreadySupported(AgencyId target, uint16 jurisdiction, uint40 until);
    error NoSupport(AgencyId target, uint16 jurisdiction);
    error TooSoon(AgencyId target, uint40 earliest);

    /// @notice Supports that an agency be suspended. A voter of another jurisdiction; in the same transaction, if it is
    ///         enough, the target is suspended.
    /// @param reason hash of what is alleged
    function support(AgencyId target, bytes32 reason) external;

    /// @notice Takes the support of the caller's jurisdiction back, as long as it has no effect.
    function withdrawSupport(AgencyId target) external;

    /// @return the supports that count now
    function supportsOf(AgencyId target) external view returns (Support[] memory);

    /// @return how many jurisdictions are needed now
    function neededFor(AgencyId target) external view returns (uint256);

    /// @return when the target was last suspended in an emergency; 0 if never
    function lastEmergency(AgencyId target) external view returns (uint40);
}
