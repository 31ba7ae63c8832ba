// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { CaseStatus, ClaimGround } from "../../interfaces/cooperation/ICaseRegistry.sol";
import { IJointTeams } from "../../interfaces/cooperation/IJointTeams.sol";
import { IGenesis } from "../../interfaces/membership/IGenesis.sol";
import { AgencyId, NO_AGENCY } from "../types/AgencyId.sol";
import { ASK, LEAD } from "../types/Powers.sol";
import { CaseClaims } from "./CaseClaims.sol";

/// @notice See {ICaseRegistry}, the manual. Here are the transfer of proceedings and the file: clocks, victims,
///         minutes.
contract CaseRegistry is CaseClaims {
    uint256 private constant MOST_KEYS = 200;

    /// @dev One slot.
    struct Deadline {
        uint16 jurisdiction;
        uint16 code;
        uint40 due;
        uint40 metAt;
    }

    IJointTeams private immutable _teams;

    mapping(bytes32 id => mapping(uint32 number => Deadline)) public deadlineOf;
    mapping(bytes32 id => mapping(bytes32 key => AgencyId)) public countedBy;
    mapping(bytes32 id => mapping(uint16 jurisdiction => uint256)) public victimsCountedBy;

    constructor() {
        _teams = IJointTeams(IGenesis(msg.sender).plannedAddressOf("JointTeams"));
    }

    // Transfer of proceedings

    function offerTransfer(bytes32 id, AgencyId to, bytes32 text) external {
        (, AgencyId from) = _requireLead(id);
        if (to != NO_AGENCY) {
            _requireMember(to);
            _requireText(text);
        }

        _offers[id] = _offer(from, to, text);
        emit TransferOffered(id, from, to, text);
    }

    function acceptTransfer(bytes32 id, bytes32 text) external {
        AgencyId to = _agencies.authorize(msg.sender, LEAD);
        Case storage entry = _requireOpen(id);
        AgencyId from = entry.lead;
        if (_offers[id] != _offer(from, to, text)) revert NoTransferOffered(id, to);

        delete _offers[id];
        entry.lead = to;
        emit TransferAccepted(id, from, to, text);
        if (from.jurisdiction() != to.jurisdiction()) _moveClaim(entry, id, from.jurisdiction(), to, text);
    }

    function close(bytes32 id, uint8 reason, bytes32 text) external {
        (Case storage entry, AgencyId agency) = _requireLead(id);
        // While they consult; whoever only claims and never agrees keeps no case open for ever.
        bool consulting = entry.status == CaseStatus.Conflict && block.timestamp <= entry.consultUntil;
        if (consulting) revert CaseInStatus(id, CaseStatus.Conflict);
        if (reason == 0) revert NoReason();

        entry.status = CaseStatus.Closed;
        entry.closedAt = uint40(block.timestamp);
        emit CaseClosed(id, agency, reason, text);
    }

    // The file

    function setDeadline(bytes32 id, uint16 code, uint40 due) external returns (uint32 number) {
        (Case storage entry, AgencyId agency) = _requireClaimant(id);
        if (due <= block.timestamp) revert InvalidDeadline(due, uint40(block.timestamp));

        number = ++entry.deadlines;
        uint16 jurisdiction = agency.jurisdiction();
        deadlineOf[id][number] = Deadline(jurisdiction, code, due, 0);
        emit DeadlineSet(id, number, jurisdiction, code, due);
    }

    function meetDeadline(bytes32 id, uint32 number, bytes32 evidence) external {
        uint16 jurisdiction = _agencies.authorize(msg.sender, LEAD).jurisdiction();
        _requireOpen(id);
        Deadline storage clock = deadlineOf[id][number];
        if (clock.due == 0) revert NoSuchDeadline(id, number);
        if (clock.jurisdiction != jurisdiction) revert NotConcernedByCase(id, jurisdiction);
        if (clock.metAt != 0) revert AlreadyMet(id, number);
        _requireText(evidence);

        clock.metAt = uint40(block.timestamp);
        emit DeadlineMet(id, number, evidence);
    }

    function countVictims(bytes32 id, bytes32 team, bytes32[] calldata keys) external returns (uint256 added) {
        // slither-disable-next-line unused-return // either of them will do
        (AgencyId agency, ) = _agencies.authorizeAny(msg.sender, LEAD | ASK);
        Case storage entry = _requireOpen(id);
        _requireConcerned(id, team, agency);
        if (keys.length > MOST_KEYS) revert TooManyKeys(keys.length, MOST_KEYS);

        for (uint256 i = 0; i < keys.length; ++i) {
            if (countedBy[id][keys[i]] != NO_AGENCY) continue;
            countedBy[id][keys[i]] = agency;
            ++added;
        }
        entry.victims += uint64(added);
        victimsCountedBy[id][agency.jurisdiction()] += added;
        emit VictimsCounted(id, agency, keys.length, added, entry.victims);
    }

    function anchorMinutes(bytes32 id, bytes32 record) external {
        (, AgencyId agency) = _requireClaimant(id);
        _requireText(record);

        emit MinutesAnchored(id, agency, record);
    }

    // Questions

    function isOverdue(bytes32 id, uint32 number, uint40 at) external view returns (bool) {
        Deadline storage clock = deadlineOf[id][number];
        if (clock.due == 0) revert NoSuchDeadline(id, number);
        uint40 closedAt = _cases[id].closedAt;
        bool stopped = (clock.metAt != 0 && at >= clock.metAt) || (closedAt != 0 && at >= closedAt);
        return at > clock.due && !stopped;
    }

    function deadlinesOf(bytes32 id) external view returns (uint32) {
        return _cases[id].deadlines;
    }

    function victims(bytes32 id) external view returns (uint256) {
        return _cases[id].victims;
    }

    function wasCounted(bytes32 id, bytes32 key) external view returns (bool) {
        return countedBy[id][key] != NO_AGENCY;
    }

    // Internal

    /// @dev Who gave the proceedings away claims no longer; who took them over does. The others did not sign this.
    function _moveClaim(Case storage entry, bytes32 id, uint16 from, AgencyId to, bytes32 text) private {
        _remove(id, from);
        if (!_isClaimant(id, to.jurisdiction())) {
            _enter(id, to, ClaimGround.Transferred);
            emit JurisdictionClaimed(id, to.jurisdiction(), to, msg.sender, ClaimGround.Transferred, text);
        }
        if (_isClaimedByOne(id)) return _leaveToLast(entry, id);
        entry.settledAt = 0;
        _openConflict(entry, id);
        _settleIfAgreed(entry, id);
    }

    /// @dev Binds who gives, who takes and on what terms: with another lead it is void.
    function _offer(AgencyId from, AgencyId to, bytes32 text) private pure returns (bytes32) {
        return keccak256(abi.encode(from, to, text));
    }

    function _requireLead(bytes32 id) private view returns (Case storage entry, AgencyId agency) {
        agency = _agencies.authorize(msg.sender, LEAD);
        entry = _requireOpen(id);
        if (agency != entry.lead) revert NotTheLead(agency, entry.lead);
    }

    function _requireConcerned(bytes32 id, bytes32 team, AgencyId agency) private view {
        if (_isClaimant(id, agency.jurisdiction())) return;
        bool works = team != 0 && _teams.caseOf(team) == id && _teams.isMember(team, agency);
        if (!works) revert NotConcernedByCase(id, agency.jurisdiction());
    }
}
