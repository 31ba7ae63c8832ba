// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { ActionStatus } from "../../interfaces/cooperation/IJointTeams.sol";
import { AgencyId } from "../types/AgencyId.sol";
import { ASK, LEAD } from "../types/Powers.sol";
import { TeamMembers } from "./TeamMembers.sol";

/// @notice See {IJointTeams}, the manual. Here are the pool and the actions.
contract JointTeams is TeamMembers {
    uint8 private constant FEWEST_APPROVALS = 2;
    uint40 private constant TIME_TO_RECORD = 30 days;

    /// @dev Two slots.
    struct Action {
        bytes32 team;
        uint8 needed;
        uint8 approvals;
        uint40 proposedAt;
        uint40 approvedAt; // when the last approval that it needed was given
        uint40 releaseAt;
        uint40 expiresAt;
        uint40 doneAt;
        AgencyId by; // who proposed it
        bool joint; // another one approved too
    }

    mapping(bytes32 team => mapping(AgencyId agency => mapping(bytes32 item => bool))) private _shared;
    mapping(bytes32 action => Action) private _actions;
    mapping(bytes32 action => mapping(AgencyId agency => bool)) private _approved;

    // Pool

    function share(bytes32 team, bytes32 item, bytes32 message) external returns (uint32 number) {
        (Team storage entry, AgencyId agency) = _requireRunning(team, LEAD | ASK);
        if (item == 0) revert EmptyItem();
        if (_shared[team][agency][item]) revert AlreadyShared(team, item);

        _shared[team][agency][item] = true;
        number = ++entry.items;
        bytes32 head = keccak256(abi.encode(team, number, entry.head, item, message, agency));
        entry.head = head;
        emit Shared(team, number, agency, item, message, head);
    }

    // Actions

    function proposeAction(
        bytes32 team,
        bytes32 content,
        uint8 needed,
        uint40 releaseAt,
        uint40 expiresAt
    ) external returns (bytes32 action) {
        (Team storage entry, AgencyId agency) = _requireRunning(team, LEAD);
        if (content == 0) revert InvalidAction(1);
        if (needed < FEWEST_APPROVALS || needed > _members[team].length) revert InvalidAction(2);
        _requireDates(releaseAt, expiresAt, entry.endsAt);
        action = _actionId(team, agency, content);
        Action storage proposed = _actions[action];
        if (proposed.proposedAt != 0) revert ActionAlreadyProposed(action);

        proposed.team = team;
        proposed.needed = needed;
        proposed.proposedAt = uint40(block.timestamp);
        proposed.releaseAt = releaseAt;
        proposed.expiresAt = expiresAt;
        proposed.by = agency;
        emit ActionProposed(team, action, agency, needed, releaseAt, expiresAt);
        _approve(proposed, action, agency);
    }

    function approveAction(bytes32 action) external {
        Action storage proposed = _requireAction(action);
        (, AgencyId agency) = _requireRunning(proposed.team, LEAD);
        ActionStatus status = actionStatusAt(action, uint40(block.timestamp));
        bool open = status == ActionStatus.Proposed || status == ActionStatus.Approved;
        if (!open || block.timestamp >= proposed.expiresAt) revert WrongActionStatus(action, status);
        if (_approved[action][agency]) revert AlreadyApproved(action, agency);

        _approve(proposed, action, agency);
    }

    function recordAction(bytes32 action, bytes32 salt, bytes32 text, uint32[4] calldata counts) external {
        AgencyId agency = _agencies.authorize(msg.sender, LEAD);
        Action storage proposed = _requireAction(action);
        bytes32 team = proposed.team;
        _requireSeated(team, agency);
        ActionStatus status = actionStatusAt(action, uint40(block.timestamp));
        if (status != ActionStatus.Approved) revert WrongActionStatus(action, status);
        if (block.timestamp < proposed.releaseAt) revert NotYetReleased(action, proposed.releaseAt);
        bytes32 content = keccak256(abi.encode(salt, text));
        if (_actionId(team, proposed.by, content) != action) revert ContentDiffers(action, content);

        proposed.doneAt = uint40(block.timestamp);
        emit ActionDone(team, action, agency, text, counts);
    }

    // Questions

    function actionStatusAt(bytes32 action, uint40 at) public view returns (ActionStatus) {
        Action storage proposed = _actions[action];
        if (proposed.proposedAt == 0 || at < proposed.proposedAt) return ActionStatus.None;
        if (proposed.doneAt != 0 && at >= proposed.doneAt) return ActionStatus.Done;
        bool approved = proposed.approvedAt != 0 && at >= proposed.approvedAt;
        if (at >= proposed.expiresAt + (approved ? TIME_TO_RECORD : 0)) return ActionStatus.Expired;
        return approved ? ActionStatus.Approved : ActionStatus.Proposed;
    }

    function actionOf(
        bytes32 action
    ) external view returns (bytes32 team, uint8 approvals, uint8 needed, uint40 releaseAt, uint40 expiresAt) {
        Action storage it = _actions[action];
        return (it.team, it.approvals, it.needed, it.releaseAt, it.expiresAt);
    }

    function poolOf(bytes32 team) external view returns (bytes32 head, uint32 items) {
        Team storage entry = _teams[team];
        return (entry.head, entry.items);
    }

    // Internal

    function _approve(Action storage proposed, bytes32 action, AgencyId agency) private {
        _approved[action][agency] = true;
        uint8 approvals = ++proposed.approvals;
        bool joint = proposed.joint || agency.jurisdiction() != proposed.by.jurisdiction();
        if (joint) proposed.joint = true;
        bool enough = joint && approvals >= proposed.needed;
        if (enough && proposed.approvedAt == 0) proposed.approvedAt = uint40(block.timestamp);
        emit ActionApproved(proposed.team, action, agency, msg.sender);
    }

    /// @dev Bound to team and proposer: nobody else can take the id of an action that he saw coming.
    function _actionId(bytes32 team, AgencyId agency, bytes32 content) private pure returns (bytes32) {
        return keccak256(abi.encode(team, agency, content));
    }

    function _requireAction(bytes32 action) private view returns (Action storage proposed) {
        proposed = _actions[action];
        if (proposed.proposedAt == 0) revert NoSuchAction(action);
    }

    function _requireDates(uint40 releaseAt, uint40 expiresAt, uint40 endsAt) private view {
        bool inOrder = releaseAt >= block.timestamp && releaseAt <= expiresAt && expiresAt <= endsAt;
        if (!inOrder || expiresAt <= block.timestamp) revert InvalidAction(3);
    }
}
