// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { AgencyId } from "../../contracts/types/AgencyId.sol";

enum TaskStatus {
    None,
    Assigned,
    Accepted,
    Done,
    Declined,
    Cancelled,
    Overdue // computed
}

/// @title Tasks between units and agencies
/// @notice Inside one country, or within a joint team, one agency gives another something to do; it is accepted and
///         done, each with its time. Inside one country a complete task is not declined without a reason code (MPS
///         Procedure art 348). A coordinator assigns and consolidates; it sees metadata only.
interface ITasks {
    event TaskAssigned(
        bytes32 indexed task,
        AgencyId indexed from,
        AgencyId indexed to,
        address officer,
        bytes32 subject,
        uint40 due,
        bytes32 message
    );
    event TaskAccepted(bytes32 indexed task, AgencyId indexed agency, address officer);
    event TaskDone(bytes32 indexed task, AgencyId indexed agency, address officer, bytes32 result);
    event TaskDeclined(bytes32 indexed task, AgencyId indexed agency, address officer, uint8 reason);
    event TaskCancelled(bytes32 indexed task, AgencyId indexed agency, address officer);
    event Consolidated(bytes32 indexed into, bytes32 indexed task, AgencyId indexed coordinator);

    error EmptySubject();
    error AlreadyAssigned(bytes32 task);
    error NoSuchTask(bytes32 task);
    error NoSuchAgency(AgencyId agency);
    error NotTheAssignee(AgencyId theirs, AgencyId assignee);
    error NotTheAssigner(AgencyId theirs, AgencyId assigner);
    error TaskInStatus(bytes32 task, TaskStatus taskStatus);
    error InvalidDue(uint40 due, uint40 present);
    error OtherJurisdiction(AgencyId agency, uint16 jurisdiction);
    error NoReason();
    error EmptyResult();

    /// @notice Assigns. Caller: LEAD or COORDINATE. To an agency of the own jurisdiction, or, for `team` not 0, to a
    ///         member of a running joint team of which the own agency is a member. `subject` is a salted commitment.
    /// @dev Reverts as {IJointTeams} does where there is no such team, or one of the two is not in it.
    function assign(
        bytes32 team,
        AgencyId to,
        bytes32 subject,
        uint40 due,
        bytes32 message
    ) external returns (bytes32 task);

    function accept(bytes32 task) external; // ANSWER of the assignee

    function complete(bytes32 task, bytes32 result) external; // ANSWER of the assignee

    function decline(bytes32 task, uint8 reason) external;

    function cancel(bytes32 task) external; // of the assigner

    /// @notice Says that tasks belong to another one, all of the caller's jurisdiction. Caller: COORDINATE of the
    ///         assigner's jurisdiction.
    function consolidate(bytes32 into, bytes32[] calldata tasks) external;

    /// @notice What is not done is overdue after `due`; it can still be accepted and done.
    function statusAt(bytes32 task, uint40 at) external view returns (TaskStatus);

    function taskOf(
        bytes32 task
    )
        external
        view
        returns (AgencyId from, AgencyId to, uint40 assignedAt, uint40 acceptedAt, uint40 doneAt, uint40 due);
}
