// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @dev For tests: stands where the plan has a module that a test does not need.
contract StandIn {}
