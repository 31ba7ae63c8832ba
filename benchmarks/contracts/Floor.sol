// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @notice The least that one registration can cost: one packed slot under the root, refused if it is taken. No judgement,
///         no authority, no event.
contract Floor {
    error AlreadyRegistered(bytes32 root);

    mapping(bytes32 root => uint256) public recordOf;

    function register(bytes32 root, uint160 facts) external {
        if (recordOf[root] != 0) revert AlreadyRegistered(root);
        recordOf[root] = (uint256(facts) << 96) | block.timestamp;
    }
}
