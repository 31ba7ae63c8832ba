// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { IJointTeams, TeamStatus } from "../../interfaces/cooperation/IJointTeams.sol";
import { ITasks, TaskStatus } from "../../interfaces/cooperation/ITasks.sol";
import { IAgencyRegistry } from "../../interfaces/membership/IAgencyRegistry.sol";
import { IGenesis } from "../../interfaces/membership/IGenesis.sol";
import { AgencyId } from "../types/AgencyId.sol";
import { ANSWER, COORDINATE, LEAD } from "../types/Powers.sol";

/// @notice See {ITasks}, the manual.
contract Tasks is ITasks {
    /// @dev One slot.
    struct Task {
        AgencyId from;
        AgencyId to;
        TaskStatus state; // as written; Overdue is computed
        uint40 assignedAt;
        uint40 acceptedAt;
        uint40 doneAt; // or when it was declined or cancelled
        uint40 due;
    }

    IAgencyRegistry private immutable _agencies;
    IJointTeams private immutable _teams;

    mapping(bytes32 task => Task) private _tasks;

    constructor() {
        _agencies = IAgencyRegistry(IGenesis(msg.sender).plannedAddressOf("AgencyRegistry"));
        _teams = IJointTeams(IGenesis(msg.sender).plannedAddressOf("JointTeams"));
    }

    // Who assigns

    function assign(
        bytes32 team,
        AgencyId to,
        bytes32 subject,
        uint40 due,
        bytes32 message
    ) external returns (bytes32 task) {
        AgencyId from = _assigner();
        uint40 present = uint40(block.timestamp);
        if (subject == 0) revert EmptySubject();
        if (due <= present) revert InvalidDue(due, present);
        if (_agencies.agencyOf(to).account == address(0)) revert NoSuchAgency(to);
        if (team != 0) _requireTeam(team, from, to);
        else if (to.jurisdiction() != from.jurisdiction()) revert OtherJurisdiction(to, from.jurisdiction());
        task = keccak256(abi.encode(from, to, subject));
        if (_tasks[task].state != TaskStatus.None) revert AlreadyAssigned(task);

        _tasks[task] = Task(from, to, TaskStatus.Assigned, present, 0, 0, due);
        emit TaskAssigned(task, from, to, msg.sender, subject, due, message);
    }

    function cancel(bytes32 task) external {
        AgencyId theirs = _assigner();
        Task storage entry = _open(task);
        if (theirs != entry.from) revert NotTheAssigner(theirs, entry.from);

        _close(entry, TaskStatus.Cancelled);
        emit TaskCancelled(task, theirs, msg.sender);
    }

    function consolidate(bytes32 into, bytes32[] calldata tasks) external {
        AgencyId coordinator = _agencies.authorize(msg.sender, COORDINATE);
        _requireAssignedBy(into, coordinator);
        for (uint256 i = 0; i < tasks.length; ++i) {
            _requireAssignedBy(tasks[i], coordinator);
            emit Consolidated(into, tasks[i], coordinator);
        }
    }

    // Who is to do it

    function accept(bytes32 task) external {
        (AgencyId theirs, Task storage entry) = _assigned(task);
        if (entry.state != TaskStatus.Assigned) revert TaskInStatus(task, entry.state);

        entry.state = TaskStatus.Accepted;
        entry.acceptedAt = uint40(block.timestamp);
        emit TaskAccepted(task, theirs, msg.sender);
    }

    function complete(bytes32 task, bytes32 result) external {
        (AgencyId theirs, Task storage entry) = _assigned(task);
        if (entry.state != TaskStatus.Accepted) revert TaskInStatus(task, entry.state);
        if (result == 0) revert EmptyResult();

        _close(entry, TaskStatus.Done);
        emit TaskDone(task, theirs, msg.sender, result);
    }

    function decline(bytes32 task, uint8 reason) external {
        (AgencyId theirs, Task storage entry) = _assigned(task);
        if (reason == 0) revert NoReason();

        _close(entry, TaskStatus.Declined);
        emit TaskDeclined(task, theirs, msg.sender, reason);
    }

    // Questions

    function statusAt(bytes32 task, uint40 at) external view returns (TaskStatus) {
        Task storage entry = _tasks[task];
        if (entry.state == TaskStatus.None || at < entry.assignedAt) return TaskStatus.None;
        if (entry.doneAt != 0 && at >= entry.doneAt) return entry.state;
        if (at > entry.due) return TaskStatus.Overdue;
        return entry.acceptedAt != 0 && at >= entry.acceptedAt ? TaskStatus.Accepted : TaskStatus.Assigned;
    }

    function taskOf(
        bytes32 task
    )
        external
        view
        returns (AgencyId from, AgencyId to, uint40 assignedAt, uint40 acceptedAt, uint40 doneAt, uint40 due)
    {
        Task storage entry = _tasks[task];
        return (entry.from, entry.to, entry.assignedAt, entry.acceptedAt, entry.doneAt, entry.due);
    }

    // Internal

    function _close(Task storage entry, TaskStatus state) private {
        entry.state = state;
        entry.doneAt = uint40(block.timestamp);
    }

    function _assigner() private view returns (AgencyId agency) {
        // slither-disable-next-line unused-return // either of them will do
        (agency, ) = _agencies.authorizeAny(msg.sender, LEAD | COORDINATE);
    }

    function _assigned(bytes32 task) private view returns (AgencyId theirs, Task storage entry) {
        theirs = _agencies.authorize(msg.sender, ANSWER);
        entry = _open(task);
        if (theirs != entry.to) revert NotTheAssignee(theirs, entry.to);
    }

    function _open(bytes32 task) private view returns (Task storage entry) {
        entry = _existing(task);
        bool open = entry.state == TaskStatus.Assigned || entry.state == TaskStatus.Accepted;
        if (!open) revert TaskInStatus(task, entry.state);
    }

    function _existing(bytes32 task) private view returns (Task storage entry) {
        entry = _tasks[task];
        if (entry.state == TaskStatus.None) revert NoSuchTask(task);
    }

    function _requireAssignedBy(bytes32 task, AgencyId coordinator) private view {
        AgencyId from = _existing(task).from;
        uint16 jurisdiction = coordinator.jurisdiction();
        if (from.jurisdiction() != jurisdiction) revert OtherJurisdiction(from, jurisdiction);
    }

    function _requireTeam(bytes32 team, AgencyId from, AgencyId to) private view {
        TeamStatus status = _teams.statusAt(team, uint40(block.timestamp));
        if (status != TeamStatus.Running) revert IJointTeams.TeamNotRunning(team, status);
        if (!_teams.isMember(team, from)) revert IJointTeams.NotInTeam(from, team);
        if (!_teams.isMember(team, to)) revert IJointTeams.NotInTeam(to, team);
    }
}
