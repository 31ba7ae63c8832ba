// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @dev One version of a rule.
struct CommonRule {
    uint40 from;
    bytes32 digest; // SHA-256 of the published text
    uint256 parameters; // what programs read; its meaning is in the text
}

/// @title Rules that all members share, by version
/// @notice Screening rules ("screening"), common procedures ("procedures") and the like, adopted by the Council and by
///         nobody else. An investigator cannot touch them; nobody can change them from one day to the next.
interface ICommonRules {
    event RuleAdopted(bytes32 indexed name, uint32 indexed version, bytes32 digest, uint256 parameters, uint40 from);

    error NotTheCouncil(address caller);
    error EmptyRule(bytes32 name);
    error RuleTooEarly(uint40 from, uint40 earliest);
    error NoSuchRule(bytes32 name, uint32 version);

    /// @notice Adopts the next version of a rule. The Council only.
    /// @param from when it comes into force: 7 days ahead or more, and after the version before it
    function adopt(bytes32 name, bytes32 digest, uint256 parameters, uint40 from) external;

    /// @notice What was, is or will be in force at that time.
    /// @return version 0 where there was none; then all is zero
    function inForce(
        bytes32 name,
        uint40 at
    ) external view returns (uint32 version, bytes32 digest, uint256 parameters);

    /// @return how many versions were adopted
    function versionOf(bytes32 name) external view returns (uint32);

    /// @return that version; the first is number 1. Reverts with {NoSuchRule}.
    function ruleAt(bytes32 name, uint32 version) external view returns (CommonRule memory);

    /// @return the names of all rules, in the order of their first adoption
    function names() external view returns (bytes32[] memory);
}
