// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { IAgencyRegistry, Suspension } from "../../interfaces/membership/IAgencyRegistry.sol";

/// @dev An append-only list of half-open intervals [from, until), the newest last, never overlapping.
library Suspensions {
    function begin(Suspension[] storage list, uint40 until, bytes32 reason) internal {
        uint40 present = uint40(block.timestamp);
        if (until <= present) revert IAgencyRegistry.InvalidSuspension(until, present);
        if (cover(list, present)) revert IAgencyRegistry.AlreadySuspended(list[list.length - 1].until);

        list.push(Suspension({ from: present, until: until, reason: reason }));
    }

    function lift(Suspension[] storage list) internal {
        uint40 present = uint40(block.timestamp);
        if (!cover(list, present)) revert IAgencyRegistry.NotSuspended();

        list[list.length - 1].until = present;
    }

    /// @return whether any interval holds `at`
    function cover(Suspension[] storage list, uint40 at) internal view returns (bool) {
        return _find(list, at) != 0;
    }

    /// @return the reason of the interval that holds `at`; zero if none does
    function reasonAt(Suspension[] storage list, uint40 at) internal view returns (bytes32) {
        uint256 number = _find(list, at);
        return number == 0 ? bytes32(0) : list[number - 1].reason;
    }

    /// @return the number of the interval that holds `at`, from 1
    function _find(Suspension[] storage list, uint40 at) private view returns (uint256) {
        for (uint256 i = list.length; i > 0; --i) {
            Suspension storage suspension = list[i - 1];
            if (at >= suspension.from) return at < suspension.until ? i : 0;
        }
        return 0;
    }
}
