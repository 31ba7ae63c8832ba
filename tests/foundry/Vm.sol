// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @dev The few of Forge's cheat codes that are used here.
interface Vm {
    function addr(uint256 key) external pure returns (address);

    function sign(uint256 key, bytes32 digest) external pure returns (uint8 v, bytes32 r, bytes32 s);

    function prank(address sender) external;

    function envString(string calldata name, string calldata between) external view returns (string[] memory);

    function readFile(string calldata path) external view returns (string memory);

    function parseJsonBytes(string calldata json, string calldata key) external pure returns (bytes memory);

    function warp(uint256 time) external;
}

/// @dev What SignedActs adds to an interface.
interface IDomain {
    function domainSeparator() external view returns (bytes32);
}

Vm constant VM = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));
