// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { AgencyId } from "../../contracts/types/AgencyId.sol";
import { CaseStatus } from "./ICaseRegistry.sol";

enum TeamStatus {
    None,
    Forming, // not every founding member has accepted
    Running,
    Ended
}

enum ActionStatus {
    None,
    Proposed,
    Approved, // enough members of two jurisdictions approved, in time
    Done,
    Expired
}

/// @title Joint investigation teams
/// @notice Members, lead, law and end are agreed by each member's own signature (UN Convention against Transnational
///         Organized Crime art 19). The shared pool is a list of commitments: who shared what, and who may see it from
///         when. A member that leaves or is removed gets nothing that is shared afterwards. An action that all must
///         carry (a raid, an arrest) needs as many approvals as was agreed, of two jurisdictions at least, in time;
///         what it is stays hidden until its hour.
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
    event ExtensionAgreed(bytes32 indexed team, AgencyId indexed agency, uint40 endsAt, address officer);
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

    error InvalidTeam(uint8 teamFault); // 1 members 2 end 3 terms 4 one jurisdiction alone 5 without its lead
    error TeamAlreadyProposed(bytes32 team);
    error NoSuchTeam(bytes32 team);
    error NotInvited(AgencyId agency, bytes32 team);
    error AlreadyInTeam(AgencyId agency, bytes32 team);
    error NotInTeam(AgencyId agency, bytes32 team);
    error NotTheLead(AgencyId theirs, AgencyId lead);
    error TeamNotRunning(bytes32 team, TeamStatus teamStatus);
    error EmptyItem();
    error AlreadyShared(bytes32 team, bytes32 item);
    error NoSuchAction(bytes32 action);
    error ActionAlreadyProposed(bytes32 action);
    error AlreadyApproved(bytes32 action, AgencyId agency);
    error WrongActionStatus(bytes32 action, ActionStatus actionStatus);
    error InvalidAction(uint8 actionFault); // 1 hash 2 needed 3 dates
    error NotYetReleased(bytes32 action, uint40 releaseAt);
    error ContentDiffers(bytes32 action, bytes32 found);
    error NoSuchAgency(AgencyId agency);
    error NoReason();
    error NotAClaimant(bytes32 id, uint16 jurisdiction);
    error CaseInStatus(bytes32 id, CaseStatus caseStatus);

    // Members

    /// @notice Proposes a team for a case that the own jurisdiction claims, with agencies of at least two
    ///         jurisdictions; the caller's agency (LEAD) leads and has joined with this. The id is
    ///         keccak256(abi.encode(caseId, lead, terms)).
    /// @param members the other founders, each once, at most 31
    /// @param endsAt within five years
    /// @param terms hash of what was agreed: purpose, law, costs
    function propose(
        bytes32 caseId,
        AgencyId[] calldata members,
        uint40 endsAt,
        bytes32 terms
    ) external returns (bytes32 team);

    /// @notice Joins. Caller: LEAD of an agency that was named or invited. The team runs when all founders joined.
    function join(bytes32 team) external;

    /// @notice Invites another agency; it sees the pool from when it joins, or from the start. Caller: LEAD of the
    ///         leading agency.
    function invite(bytes32 team, AgencyId agency, bool fromTheStart) external;

    /// @notice Removes a member or takes an invitation back (lead, with a reason), leaves or declines (own agency).
    ///         What is shared afterwards it does not get. The lead does not leave: it ends the team.
    function remove(bytes32 team, AgencyId agency, bytes32 reason) external;

    /// @notice Agrees to a later end. When every member agreed to the same, it is that; whoever left is not waited for,
    ///         and saying it once more counts anew. Caller: LEAD of a member.
    function extend(bytes32 team, uint40 endsAt) external;

    /// @notice Ends the team; the pool stays as it is and its head proves it whole. Caller: LEAD of the leading agency.
    function end(bytes32 team) external;

    // Pool

    /// @notice Shares an item with the team: commitment, and the message sealed to its members. An agency shares the
    ///         same item once, and hinders no other that has it too. Numbers begin with 1; the head is
    ///         keccak256(abi.encode(team, number, previous head, item, message, agency)). Caller: LEAD or ASK of a
    ///         member.
    function share(bytes32 team, bytes32 item, bytes32 message) external returns (uint32 number);

    // Actions

    /// @notice Proposes an action and approves it. `content` is keccak256(abi.encode(salt, text hash)); hidden until
    ///         `releaseAt`. The action's id is keccak256(abi.encode(team, agency, content)). Caller: LEAD of a member.
    /// @param needed approvals of member agencies, the proposer's included; at least 2
    /// @param releaseAt now or later, at most `expiresAt`; everybody reads it, so let it be some time after the hour
    ///        of the action, which stands in the content alone
    /// @param expiresAt approvals count before this; not after the team's end
    function proposeAction(
        bytes32 team,
        bytes32 content,
        uint8 needed,
        uint40 releaseAt,
        uint40 expiresAt
    ) external returns (bytes32 action);

    /// @notice Approves, before it expires and while the team runs. It is approved with as many as it needs, once two
    ///         jurisdictions are among them: the agencies of one alone are no joint team. Caller: LEAD of a member.
    function approveAction(bytes32 action) external;

    /// @notice Records that it was carried out, and opens it; only when approved, from `releaseAt`, before it expires
    ///         plus 30 days. Caller: LEAD of a member, also when the team ended since.
    /// @param counts arrested, searched places, seized devices, frozen accounts
    function recordAction(bytes32 action, bytes32 salt, bytes32 text, uint32[4] calldata counts) external;

    // Questions

    function statusAt(bytes32 team, uint40 at) external view returns (TeamStatus);

    function actionStatusAt(bytes32 action, uint40 at) external view returns (ActionStatus);

    function caseOf(bytes32 team) external view returns (bytes32);

    function leadOf(bytes32 team) external view returns (AgencyId);

    function endOf(bytes32 team) external view returns (uint40);

    /// @return those who joined and have not left, in no order
    function membersOf(bytes32 team) external view returns (AgencyId[] memory);

    /// @return whether the team runs now and this agency is in it
    function isMember(bytes32 team, AgencyId agency) external view returns (bool);

    /// @return whether this agency may see pool item `number`
    function maySee(bytes32 team, AgencyId agency, uint32 number) external view returns (bool);

    function poolOf(bytes32 team) external view returns (bytes32 head, uint32 items);

    /// @return team and approvals of an action, and how many it needs
    function actionOf(
        bytes32 action
    ) external view returns (bytes32 team, uint8 approvals, uint8 needed, uint40 releaseAt, uint40 expiresAt);
}
