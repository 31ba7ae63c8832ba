// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { CommonRule, ICommonRules } from "../../interfaces/membership/ICommonRules.sol";
import { IGenesis } from "../../interfaces/membership/IGenesis.sol";

/// @notice See {ICommonRules}, the manual.
contract CommonRules is ICommonRules {
    /// @dev Beside the wait for the vote and its effect: whoever must follow a rule has a week to prepare.
    uint40 private constant NOTICE = 7 days;

    address private immutable _timelock;

    bytes32[] private _names;
    // slither-disable-next-line uninitialized-state // adopt writes it, by a pointer
    mapping(bytes32 name => CommonRule[]) private _rules;

    constructor() {
        _timelock = IGenesis(msg.sender).plannedAddressOf("CouncilTimelock");
    }

    function adopt(bytes32 name, bytes32 digest, uint256 parameters, uint40 from) external {
        if (msg.sender != _timelock) revert NotTheCouncil(msg.sender);
        if (name == 0 || digest == 0) revert EmptyRule(name);
        CommonRule[] storage versions = _rules[name];
        uint256 count = versions.length;
        uint40 earliest = uint40(block.timestamp) + NOTICE;
        if (count != 0 && versions[count - 1].from >= earliest) earliest = versions[count - 1].from + 1;
        if (from < earliest) revert RuleTooEarly(from, earliest);

        if (count == 0) _names.push(name);
        versions.push(CommonRule({ from: from, digest: digest, parameters: parameters }));
        emit RuleAdopted(name, uint32(count + 1), digest, parameters, from);
    }

    function inForce(
        bytes32 name,
        uint40 at
    ) external view returns (uint32 version, bytes32 digest, uint256 parameters) {
        CommonRule[] storage versions = _rules[name];
        for (uint256 i = versions.length; i > 0; --i) {
            CommonRule storage rule = versions[i - 1];
            if (at >= rule.from) return (uint32(i), rule.digest, rule.parameters);
        }
        return (0, 0, 0);
    }

    function versionOf(bytes32 name) external view returns (uint32) {
        return uint32(_rules[name].length);
    }

    function ruleAt(bytes32 name, uint32 version) external view returns (CommonRule memory) {
        if (version == 0 || version > _rules[name].length) revert NoSuchRule(name, version);
        return _rules[name][version - 1];
    }

    function names() external view returns (bytes32[] memory) {
        return _names;
    }
}
