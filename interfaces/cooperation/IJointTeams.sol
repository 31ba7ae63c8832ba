// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { AgencyId } from "../../contracts/types/AgencyId.sol";

enum TeamStatus {
    None,
    Forming, // not every founding member has accepted
    Running,
    Ended
}

enum ActionStatus {
    None,
    Proposed,
    Approved, // enough members approved, in time
    Done,
    Expired
}

/// @title Joint investigation teams
/// @notice Members, lead, law and end are agreed by each member's own signature (UN Convention against Transnational
///         Organized Crime art 19). The shared pool is a list of commitments: who shared what, and who may see it
///         from
///         when. A member that leaves or is removed gets nothing that is shared afterwards. An action that all must
///         carry (a raid, an arrest) needs as many approvals as was agreed, in time; what it is stays hidden until
///         its hour.
interface IJointTeams {
    event TeamProposed(
        bytes32 indexed team,
        bytes32 indexed caseId,
        AgencyId indexed lead,
        AgencyId[] members,
        uint40 endsAt,
        bytes32 terms
    );
    event TeamJoined(bytes32 indexed team, AgencyId indexed agency, address officer);
    event TeamRunning(bytes32 indexed team);
    event MemberInvited(bytes32 indexed team, AgencyId indexed agency, bool fromTheStart);
    event MemberRemoved(bytes32 indexed team, AgencyId indexed agency, bytes32 reason);
    event TeamExtended(bytes32 indexed team, uint40 endsAt);
    event TeamEnded(bytes32 indexed team, bytes32 poolHead, uint32 items);
    event Shared(
        bytes32 indexed team,
        uint32 indexed number,
        AgencyId indexed agency,
        bytes32 item,
        bytes32 message,
        bytes32 head
    );
    event ActionProposed(
        bytes32 indexed team,
        bytes32 indexed action,
        AgencyId indexed agency,
        uint8 needed,
        uint40 releaseAt,
        uint40 expiresAt
    );
    event ActionApproved(bytes32 indexed team, bytes32 indexed action, AgencyId indexed agency, address officer);
    event ActionDone(
        bytes32 indexed team,
        bytes32 indexed action,
        AgencyId indexed agency,
        bytes32 content,
        uint32[4] counts
    );

    error InvalidTeam(uint8 reason); // 1 members 2 end 3 terms 4 one jurisdiction alone
    error AlreadyProposed(bytes32 team);
    error NoSuchTeam(bytes32 team);
    error NotInvited(AgencyId agency, bytes32 team);
    error AlreadyMember(AgencyId agency, bytes32 team);
    error NotAMember(AgencyId agency, bytes32 team);
    error NotTheLead(AgencyId theirs, AgencyId lead);
    error TeamNotRunning(bytes32 team, TeamStatus found);
    error EmptyItem();
    error AlreadyShared(bytes32 team, bytes32 item);
    error NoSuchAction(bytes32 action);
    error AlreadyApproved(bytes32 action, AgencyId agency);
    error WrongActionStatus(bytes32 action, ActionStatus found);
    error InvalidAction(uint8 reason); // 1 hash 2 needed 3 dates
    error NotYetReleased(bytes32 action, uint40 releaseAt);
    error ContentDiffers(bytes32 action, bytes32 found);

    /// @notice Proposes a team for a case, of agencies of at least two jurisdictions; the caller's agency (LEAD)
    ///         leads and
    ///         has joined with this.
    function propose(
        bytes32 caseId,
        AgencyId[] calldata members,
        uint40 endsAt,
        bytes32 terms
    ) external returns (bytes32 team);

    /// @notice Joins. Caller: LEAD of an agency that was named or invited. The team runs when all founders joined.
    function join(bytes32 team) external;

    /// @notice Invites another agency; it sees the pool from then on, or from the start. Caller: LEAD of the leading
    ///         agency.
    function invite(bytes32 team, AgencyId agency, bool fromTheStart) external;

    /// @notice Removes a member, or leaves (own agency). What is shared afterwards it does not get.
    function remove(bytes32 team, AgencyId agency, bytes32 reason) external;

    function extend(bytes32 team, uint40 endsAt) external;

    /// @notice Ends the team; the pool stays as it is and its head proves it whole.
    function end(bytes32 team) external;

    /// @notice Shares an item with the team: commitment, and the message sealed to its members.
    function share(bytes32 team, bytes32 item, bytes32 message) external returns (uint32 number);

    /// @notice Proposes an action: `content` hash is keccak256(abi.encode(salt, text hash)); hidden until
    ///         `releaseAt`.
    /// @param needed approvals of member agencies, the proposer's included; at least 2
    function proposeAction(bytes32 team, bytes32 action, uint8 needed, uint40 releaseAt, uint40 expiresAt) external;

    function approveAction(bytes32 action) external;

    /// @notice Records that it was carried out, and opens it; only when approved, from `releaseAt`, before it expires
    ///         plus 30 days.
    /// @param counts arrested, searched places, seized devices, frozen accounts
    function recordAction(bytes32 action, bytes32 salt, bytes32 text, uint32[4] calldata counts) external;

    function statusAt(bytes32 team, uint40 at) external view returns (TeamStatus);

    function actionStatusAt(bytes32 action, uint40 at) external view returns (ActionStatus);

    function leadOf(bytes32 team) external view returns (AgencyId);

    function membersOf(bytes32 team) external view returns (AgencyId[] memory);

    /// @return whether this agency may see pool item `number`
    function maySee(bytes32 team, AgencyId agency, uint32 number) external view returns (bool);

    function poolOf(bytes32 team) external view returns (bytes32 head, uint32 items);
}
