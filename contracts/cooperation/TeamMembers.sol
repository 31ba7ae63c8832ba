// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { CaseStatus, ClaimGround, ICaseRegistry } from "../../interfaces/cooperation/ICaseRegistry.sol";
import { IJointTeams, TeamStatus } from "../../interfaces/cooperation/IJointTeams.sol";
import { IAgencyRegistry } from "../../interfaces/membership/IAgencyRegistry.sol";
import { IGenesis } from "../../interfaces/membership/IGenesis.sol";
import { AgencyId } from "../types/AgencyId.sol";
import { LEAD } from "../types/Powers.sol";

/// @notice Who is in a team, from when to when. See {IJointTeams}, the manual.
abstract contract TeamMembers is IJointTeams {
    uint256 private constant MOST_MEMBERS = 32;
    /// @dev A team is for a limited period (UN Convention against Transnational Organized Crime art 19); extend it.
    uint40 private constant LONGEST = 5 * 365 days;

    enum Place {
        None, // never named, declined, left or removed
        Founder, // named, has not joined
        Invited,
        InvitedFromTheStart,
        Member
    }

    /// @dev Three slots.
    struct Team {
        AgencyId lead;
        uint40 proposedAt;
        uint40 runningAt; // 0: not every founder joined
        uint40 endsAt; // brought forward when it is ended
        uint8 waitingFor; // founders who have not joined
        uint32 items;
        bytes32 caseId;
        bytes32 head; // of the pool
    }

    /// @dev One slot.
    struct Seat {
        Place place;
        uint40 agreedEnd; // the later end to which this member agrees
    }

    /// @dev Items of the pool that a member gets, both included.
    struct Span {
        uint32 first;
        uint32 last;
    }

    IAgencyRegistry internal immutable _agencies;
    ICaseRegistry private immutable _cases;

    mapping(bytes32 team => Team) internal _teams;
    mapping(bytes32 team => AgencyId[]) internal _members;
    mapping(bytes32 team => mapping(AgencyId agency => Seat)) private _seats;
    mapping(bytes32 team => mapping(AgencyId agency => Span[])) private _spans;

    constructor() {
        IGenesis genesis = IGenesis(msg.sender);
        _agencies = IAgencyRegistry(genesis.plannedAddressOf("AgencyRegistry"));
        _cases = ICaseRegistry(genesis.plannedAddressOf("CaseRegistry"));
    }

    function propose(
        bytes32 caseId,
        AgencyId[] calldata members,
        uint40 endsAt,
        bytes32 terms
    ) external returns (bytes32 team) {
        AgencyId lead = _agencies.authorize(msg.sender, LEAD);
        _requireClaimed(caseId, lead.jurisdiction());
        _requireEnd(endsAt, block.timestamp);
        if (terms == 0) revert InvalidTeam(3);
        team = keccak256(abi.encode(caseId, lead, terms));
        Team storage entry = _teams[team];
        if (entry.proposedAt != 0) revert TeamAlreadyProposed(team);

        entry.lead = lead;
        entry.proposedAt = uint40(block.timestamp);
        entry.endsAt = endsAt;
        entry.caseId = caseId;
        entry.waitingFor = _name(team, lead, members);
        emit TeamProposed(team, caseId, lead, members, endsAt, terms);
        _seat(team, lead, 1);
    }

    function join(bytes32 team) external {
        AgencyId agency = _agencies.authorize(msg.sender, LEAD);
        Team storage entry = _requireAlive(team);
        Place place = _seats[team][agency].place;
        if (place == Place.Member) revert AlreadyInTeam(agency, team);
        if (place == Place.None) revert NotInvited(agency, team);
        if (_members[team].length == MOST_MEMBERS) revert InvalidTeam(1);

        if (place == Place.Founder) --entry.waitingFor;
        _seat(team, agency, place == Place.Invited ? entry.items + 1 : 1);
        _runIfComplete(entry, team);
    }

    function invite(bytes32 team, AgencyId agency, bool fromTheStart) external {
        _requireLead(team);
        _requireAgency(agency);
        Seat storage seat = _seats[team][agency];
        if (seat.place == Place.Founder || seat.place == Place.Member) revert AlreadyInTeam(agency, team);

        seat.place = fromTheStart ? Place.InvitedFromTheStart : Place.Invited;
        emit MemberInvited(team, agency, fromTheStart);
    }

    function remove(bytes32 team, AgencyId agency, bytes32 reason) external {
        AgencyId own = _agencies.authorize(msg.sender, LEAD);
        Team storage entry = _requireAlive(team);
        if (own != agency) {
            if (own != entry.lead) revert NotTheLead(own, entry.lead);
            if (reason == 0) revert NoReason();
        } else if (own == entry.lead) revert InvalidTeam(5);
        Place place = _seats[team][agency].place;
        if (place == Place.None) revert NotInTeam(agency, team);

        delete _seats[team][agency];
        if (place == Place.Member) _unseat(team, agency, entry.items);
        if (place == Place.Founder) --entry.waitingFor;
        emit MemberRemoved(team, agency, reason);
        _runIfComplete(entry, team);
    }

    function extend(bytes32 team, uint40 endsAt) external {
        (Team storage entry, AgencyId agency) = _requireRunning(team, LEAD);
        _requireEnd(endsAt, entry.endsAt);

        _seats[team][agency].agreedEnd = endsAt;
        emit ExtensionAgreed(team, agency, endsAt, msg.sender);
        AgencyId[] memory members = _members[team];
        for (uint256 i = 0; i < members.length; ++i) {
            if (_seats[team][members[i]].agreedEnd != endsAt) return;
        }
        entry.endsAt = endsAt;
        emit TeamExtended(team, endsAt);
    }

    function end(bytes32 team) external {
        Team storage entry = _requireLead(team);

        entry.endsAt = uint40(block.timestamp);
        emit TeamEnded(team, entry.head, entry.items);
    }

    // Questions

    function statusAt(bytes32 team, uint40 at) public view returns (TeamStatus) {
        Team storage entry = _teams[team];
        if (entry.proposedAt == 0 || at < entry.proposedAt) return TeamStatus.None;
        if (at >= entry.endsAt) return TeamStatus.Ended;
        return entry.runningAt != 0 && at >= entry.runningAt ? TeamStatus.Running : TeamStatus.Forming;
    }

    function caseOf(bytes32 team) external view returns (bytes32) {
        return _teams[team].caseId;
    }

    function leadOf(bytes32 team) external view returns (AgencyId) {
        return _teams[team].lead;
    }

    function endOf(bytes32 team) external view returns (uint40) {
        return _teams[team].endsAt;
    }

    function membersOf(bytes32 team) external view returns (AgencyId[] memory) {
        return _members[team];
    }

    function isMember(bytes32 team, AgencyId agency) external view returns (bool) {
        return _isSeated(team, agency) && statusAt(team, uint40(block.timestamp)) == TeamStatus.Running;
    }

    function maySee(bytes32 team, AgencyId agency, uint32 number) external view returns (bool) {
        if (number > _teams[team].items) return false;
        Span[] storage spans = _spans[team][agency];
        for (uint256 i = 0; i < spans.length; ++i) {
            if (number >= spans[i].first && number <= spans[i].last) return true;
        }
        return false;
    }

    // Internal: seats

    /// @dev Names the other founders. The case of one jurisdiction alone needs no joint team.
    function _name(bytes32 team, AgencyId lead, AgencyId[] calldata members) private returns (uint8) {
        if (members.length == 0 || members.length >= MOST_MEMBERS) revert InvalidTeam(1);
        bool joint = false;
        for (uint256 i = 0; i < members.length; ++i) {
            AgencyId agency = members[i];
            Seat storage seat = _seats[team][agency];
            if (agency == lead || seat.place != Place.None) revert InvalidTeam(1);
            _requireAgency(agency);
            seat.place = Place.Founder;
            joint = joint || agency.jurisdiction() != lead.jurisdiction();
        }
        if (!joint) revert InvalidTeam(4);
        return uint8(members.length);
    }

    function _seat(bytes32 team, AgencyId agency, uint32 first) private {
        _seats[team][agency] = Seat(Place.Member, 0);
        _members[team].push(agency);
        _spans[team][agency].push(Span(first, type(uint32).max));
        emit TeamJoined(team, agency, msg.sender);
    }

    function _unseat(bytes32 team, AgencyId agency, uint32 last) private {
        Span[] storage spans = _spans[team][agency];
        spans[spans.length - 1].last = last;
        AgencyId[] storage members = _members[team];
        uint256 place = 0;
        while (members[place] != agency) ++place;
        members[place] = members[members.length - 1];
        members.pop();
    }

    /// @dev It runs when no founder is waited for; where all others declined, when somebody invited joined.
    function _runIfComplete(Team storage entry, bytes32 team) private {
        if (entry.runningAt != 0 || entry.waitingFor != 0 || !_isJoint(team)) return;
        entry.runningAt = uint40(block.timestamp);
        emit TeamRunning(team);
    }

    function _isJoint(bytes32 team) private view returns (bool) {
        AgencyId[] storage members = _members[team];
        for (uint256 i = 1; i < members.length; ++i) {
            if (members[i].jurisdiction() != members[0].jurisdiction()) return true;
        }
        return false;
    }

    // Internal: who may

    function _isSeated(bytes32 team, AgencyId agency) internal view returns (bool) {
        return _seats[team][agency].place == Place.Member;
    }

    function _requireSeated(bytes32 team, AgencyId agency) internal view {
        if (!_isSeated(team, agency)) revert NotInTeam(agency, team);
    }

    /// @dev A member of a running team that may use one of these powers.
    function _requireRunning(bytes32 team, uint64 powers) internal view returns (Team storage entry, AgencyId agency) {
        // slither-disable-next-line unused-return // any of them will do
        (agency, ) = _agencies.authorizeAny(msg.sender, powers);
        entry = _requireTeam(team);
        _requireSeated(team, agency);
        TeamStatus status = statusAt(team, uint40(block.timestamp));
        if (status != TeamStatus.Running) revert TeamNotRunning(team, status);
    }

    function _requireTeam(bytes32 team) internal view returns (Team storage entry) {
        entry = _teams[team];
        if (entry.proposedAt == 0) revert NoSuchTeam(team);
    }

    function _requireAlive(bytes32 team) private view returns (Team storage entry) {
        entry = _requireTeam(team);
        if (block.timestamp >= entry.endsAt) revert TeamNotRunning(team, TeamStatus.Ended);
    }

    function _requireLead(bytes32 team) private view returns (Team storage entry) {
        AgencyId own = _agencies.authorize(msg.sender, LEAD);
        entry = _requireAlive(team);
        if (own != entry.lead) revert NotTheLead(own, entry.lead);
    }

    function _requireClaimed(bytes32 caseId, uint16 jurisdiction) private view {
        // slither-disable-next-line unused-return // who claimed and when does not matter
        (ClaimGround ground, , ) = _cases.claimOf(caseId, jurisdiction);
        if (ground == ClaimGround.None) revert NotAClaimant(caseId, jurisdiction);
        CaseStatus status = _cases.statusOf(caseId);
        if (status == CaseStatus.Closed) revert CaseInStatus(caseId, status);
    }

    function _requireEnd(uint40 endsAt, uint256 later) private view {
        if (endsAt <= later || endsAt > block.timestamp + LONGEST) revert InvalidTeam(2);
    }

    function _requireAgency(AgencyId agency) private view {
        if (_agencies.agencyOf(agency).account == address(0)) revert NoSuchAgency(agency);
    }
}
