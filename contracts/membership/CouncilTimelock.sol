// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { TimelockController } from "@openzeppelin/contracts/governance/TimelockController.sol";

import { ICouncilTimelock } from "../../interfaces/membership/ICouncilTimelock.sol";
import { IGenesis } from "../../interfaces/membership/IGenesis.sol";

/// @dev A list of one, as OpenZeppelin's constructor wants it.
function only(address account) pure returns (address[] memory accounts) {
    accounts = new address[](1);
    accounts[0] = account;
}

/// @notice See {ICouncilTimelock}, the manual.
contract CouncilTimelock is ICouncilTimelock, TimelockController {
    uint256 public constant EXECUTABLE_FOR = 30 days;

    uint256 private constant FIRST_DELAY = 2 days;
    uint256 private constant SHORTEST_DELAY = 1 days;
    uint256 private constant LONGEST_DELAY = 30 days;

    uint256 private _delay = FIRST_DELAY;

    /// @dev No administrator. The role of executor is open (address zero): nothing is left to choose.
    constructor()
        TimelockController(
            FIRST_DELAY,
            only(IGenesis(msg.sender).plannedAddressOf("Council")),
            only(address(0)),
            address(0)
        )
    {}

    receive() external payable override {
        revert TakesNoMoney();
    }

    function updateDelay(uint256 newDelay) external override {
        if (msg.sender != address(this)) revert TimelockUnauthorizedCaller(msg.sender);
        if (newDelay < SHORTEST_DELAY || newDelay > LONGEST_DELAY) revert InvalidDelay(newDelay);

        emit MinDelayChange(_delay, newDelay);
        _delay = newDelay;
    }

    function getMinDelay() public view override returns (uint256) {
        return _delay;
    }

    /// @dev What was ready and is expired counts as never scheduled: here, where anybody executes, and so for the
    ///      Council as well.
    function getOperationState(bytes32 id) public view override returns (OperationState state) {
        state = super.getOperationState(id);
        if (state == OperationState.Ready && block.timestamp >= getTimestamp(id) + EXECUTABLE_FOR) {
            return OperationState.Unset;
        }
    }

    // Closed: nobody's role changes, nothing is received

    function grantRole(bytes32, address) public pure override {
        revert RolesAreFixed();
    }

    function revokeRole(bytes32, address) public pure override {
        revert RolesAreFixed();
    }

    function renounceRole(bytes32, address) public pure override {
        revert RolesAreFixed();
    }

    function onERC721Received(address, address, uint256, bytes memory) public pure override returns (bytes4) {
        revert TakesNoMoney();
    }

    function onERC1155Received(address, address, uint256, uint256, bytes memory) public pure override returns (bytes4) {
        revert TakesNoMoney();
    }

    function onERC1155BatchReceived(
        address,
        address,
        uint256[] memory,
        uint256[] memory,
        bytes memory
    ) public pure override returns (bytes4) {
        revert TakesNoMoney();
    }

    function _execute(address target, uint256 value, bytes calldata data) internal override {
        if (msg.value != 0) revert TakesNoMoney();
        super._execute(target, value, data);
    }
}
