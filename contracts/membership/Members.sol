// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Agency, AgencyKind, Founder, Suspension } from "../../interfaces/membership/IAgencyRegistry.sol";
import { AgencyId, NO_AGENCY, toAgencyId } from "../types/AgencyId.sol";
import { DEFINED_POWERS } from "../types/Powers.sol";
import { AgencyOrders } from "./AgencyOrders.sol";
import { Suspensions } from "./Suspensions.sol";

/// @notice Who is a member, from when to when: admission, leaving, exclusion, and the count of votes.
abstract contract Members is AgencyOrders {
    using Suspensions for Suspension[];

    uint16 private constant LAST_JURISDICTION = 999;

    /// @dev One transaction stays far below a block however many agencies a jurisdiction admitted to outgrow it.
    uint16 private constant REACHED_AT_ONCE = 64;

    bool private _admissionClosed;
    mapping(uint16 jurisdiction => uint16) private _lastOrdinal;
    mapping(uint16 jurisdiction => uint16) private _reached;
    mapping(AgencyId agency => address) internal _proposedAccount;
    uint16[] private _everMembers;
    /// @dev How many there were, as the reason of each interval. OpenZeppelin's Checkpoints would take twice the code.
    Suspension[] private _members;
    mapping(uint16 jurisdiction => uint40) private _joinedAt; // for the first time

    // Creation of the suite

    function admitFounders(Founder[] calldata founders) external {
        if (msg.sender != _genesis) revert NotGenesis(msg.sender);
        if (_admissionClosed) revert AdmissionClosed();

        _admissionClosed = true;
        for (uint256 i = 0; i < founders.length; ++i) _admit(founders[i], i);
    }

    // The Council

    function admit(Founder calldata founder) external {
        _requireCouncil();
        if (centralAuthority[founder.jurisdiction] != NO_AGENCY) revert HasOwnAuthority(founder.jurisdiction);
        _admit(founder, 0);
    }

    function readmit(uint16 jurisdiction) external {
        _requireCouncil();
        _requireAbsent(jurisdiction);

        _endAbsence(jurisdiction);
        _count(jurisdiction, true);
    }

    function excludeJurisdiction(uint16 jurisdiction, bytes32 reason) external {
        _requireCouncil();
        _depart(jurisdiction, true, reason);
    }

    // A central authority for its jurisdiction

    function admitOwn(Founder calldata founder) external {
        authorityOf(msg.sender, founder.jurisdiction);
        if (founder.kind == AgencyKind.InternationalOffice) revert InvalidFounder(0);
        // Nobody is made a member who has not said so, or any address could be taken from whoever means to use it.
        _propose(_enter(founder, 0, address(0)), founder.account);
    }

    function leave() external {
        uint16 jurisdiction = _requireAnAgency().jurisdiction();
        _seatOf(msg.sender, jurisdiction);
        _depart(jurisdiction, false, 0);
    }

    // Anybody

    function reach(uint16 jurisdiction, uint16 most) external {
        _requireAbsent(jurisdiction);
        _reachOn(jurisdiction, most);
    }

    // Questions

    function wasMemberAt(uint16 jurisdiction, uint48 at) external view returns (bool) {
        return _wasMemberAt(jurisdiction, uint40(at));
    }

    function membersAt(uint48 at) external view returns (uint256) {
        return uint256(_members.reasonAt(uint40(at)));
    }

    function memberJurisdictions() external view returns (uint16[] memory jurisdictions) {
        jurisdictions = new uint16[](uint256(_members.reasonAt(uint40(block.timestamp))));
        uint256 found = 0;
        for (uint256 i = 0; i < _everMembers.length; ++i) {
            if (_isMember(_everMembers[i])) jurisdictions[found++] = _everMembers[i];
        }
    }

    // Internal

    function _isMember(uint16 jurisdiction) internal view returns (bool) {
        return _wasMemberAt(jurisdiction, uint40(block.timestamp));
    }

    function _wasMemberAt(uint16 jurisdiction, uint40 at) private view returns (bool) {
        uint40 joinedAt = _joinedAt[jurisdiction];
        return joinedAt != 0 && at >= joinedAt && !_wasAbsentAt(jurisdiction, at);
    }

    function _propose(AgencyId agency, address account) internal {
        _requireUnused(account);

        _proposedAccount[agency] = account;
        emit AccountProposed(agency, account);
    }

    function _requireAbsent(uint16 jurisdiction) private view {
        if (!_isAbsent(jurisdiction)) revert NotAbsent(jurisdiction);
    }

    function _admit(Founder calldata founder, uint256 index) private {
        AgencyId agency = _enter(founder, index, founder.account);
        _requireUnused(founder.account);
        _agencyByAccount[founder.account] = agency;
    }

    /// @param account of the agency from now on; none until the account that was named accepts
    function _enter(Founder calldata founder, uint256 index, address account) private returns (AgencyId agency) {
        uint16 jurisdiction = founder.jurisdiction;
        if (
            jurisdiction == 0 ||
            jurisdiction > LAST_JURISDICTION ||
            founder.kind == AgencyKind.None ||
            founder.account == address(0) ||
            founder.charter & ~DEFINED_POWERS != 0
        ) revert InvalidFounder(index);

        agency = toAgencyId(jurisdiction, ++_lastOrdinal[jurisdiction]);
        if (founder.kind == AgencyKind.CentralAuthority) _seat(jurisdiction, agency);
        _agencies[agency] = Agency({ account: account, charter: founder.charter, kind: founder.kind, suspensions: 0 });
        emit AgencyAdmitted(agency, founder.kind, founder.account, founder.charter, founder.name);
    }

    function _seat(uint16 jurisdiction, AgencyId authority) private {
        if (centralAuthority[jurisdiction] != NO_AGENCY) revert SecondCentralAuthority(jurisdiction);

        centralAuthority[jurisdiction] = authority;
        if (jurisdiction >= FIRST_BODY_OF_NO_COUNTRY) return;
        _everMembers.push(jurisdiction);
        _joinedAt[jurisdiction] = uint40(block.timestamp);
        _count(jurisdiction, true);
    }

    function _depart(uint16 jurisdiction, bool excluded, bytes32 reason) private {
        if (!_isMember(jurisdiction)) revert NotAMember(jurisdiction);

        _count(jurisdiction, false);
        _beginAbsence(jurisdiction, reason);
        emit JurisdictionLeft(jurisdiction, excluded, reason);
        _reachOn(jurisdiction, REACHED_AT_ONCE);
    }

    function _reachOn(uint16 jurisdiction, uint16 most) private {
        (uint16 from, uint16 agencies) = (_reached[jurisdiction], _lastOrdinal[jurisdiction]);
        uint16 to = agencies - from < most ? agencies : from + most;

        _reached[jurisdiction] = to;
        // As uint16 it would run over after the last of 65,535.
        for (uint256 ordinal = uint256(from) + 1; ordinal <= to; ++ordinal) {
            _mark(toAgencyId(jurisdiction, uint16(ordinal)));
        }
        emit AgenciesReached(jurisdiction, to, agencies);
    }

    function _count(uint16 jurisdiction, bool member) private {
        uint256 members = uint256(_members.reasonAt(uint40(block.timestamp)));
        if (_members.length != 0) _members.lift();
        _members.begin(FOR_EVER, bytes32(member ? members + 1 : members - 1));
        if (member) emit JurisdictionJoined(jurisdiction);
    }
}
