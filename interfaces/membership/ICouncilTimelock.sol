// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @title The wait between a decision and its effect
/// @notice OpenZeppelin's TimelockController: the Council alone schedules and cancels, anybody executes what is ready.
///         Nobody administers it: its roles are those of its creation. Every effect of the Council comes from here, so
///         the modules know this address and none of the Council's members.
interface ICouncilTimelock {
    error RolesAreFixed();
    error TakesNoMoney();
    error InvalidDelay(uint256 delay);

    /// @notice Seconds after which what is ready and was not executed is expired, for whoever would execute it.
    function EXECUTABLE_FOR() external view returns (uint256);
}
