// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Source, Suspension } from "../../interfaces/membership/IMembership.sol";
import { AgencyId, toAgencyId } from "../types/AgencyId.sol";
import { FLOOR_OF_POWERS, TRANSMIT } from "../types/Powers.sol";
import { AgencyBook } from "./AgencyBook.sol";
import { Suspensions } from "./Suspensions.sol";

/// @notice What is taken from an agency, by whom, from when to when: suspensions, exclusion, standing. The floor of
///         powers is never taken.
/// @dev An agency never touched costs its officers nothing: `Agency.suspensions` counts every order of any source, and
///      where it is zero nothing is looked up.
abstract contract AgencyOrders is AgencyBook {
    using Suspensions for Suspension[];

    uint40 internal constant FOR_EVER = type(uint40).max;
    uint40 private constant LONGEST_BY_COUNCIL = 365 days;

    /// @dev What is ordered for the ordinal 0, which is no agency, is ordered for the whole jurisdiction.
    mapping(AgencyId agency => mapping(Source source => Suspension[])) private _orders;

    // A central authority for its jurisdiction

    function suspendAgency(AgencyId agency, uint40 until, bytes32 reason) external {
        _requireOtherAgencyOfOwn(agency);

        _order(agency, Source.Authority, until, reason);
        emit AgencySuspended(agency, until, reason);
    }

    function liftAgencySuspension(AgencyId agency) external {
        _requireOtherAgencyOfOwn(agency);

        _orders[agency][Source.Authority].lift();
        emit AgencySuspensionLifted(agency);
    }

    // The Council

    function suspendByCouncil(AgencyId agency, uint40 until, bytes32 reason) external {
        _requireCouncil();
        // Longer is an exclusion, which needs more.
        uint40 present = uint40(block.timestamp);
        if (until > present + LONGEST_BY_COUNCIL) revert InvalidSuspension(until, present);
        _suspend(agency, Source.Council, until, reason);
    }

    function liftByCouncil(AgencyId agency) external {
        _requireCouncil();

        _orders[agency][Source.Council].lift();
        emit CouncilSuspensionLifted(agency);
    }

    function exclude(AgencyId agency, bytes32 reason) external {
        _requireCouncil();
        // Without it nobody could vote for the jurisdiction, suspend its agencies, or adopt its standards.
        uint16 jurisdiction = agency.jurisdiction();
        bool seated = jurisdiction < FIRST_BODY_OF_NO_COUNTRY && centralAuthority[jurisdiction] == agency;
        if (seated) revert IsCentralAuthority(agency);
        if (_orders[agency][Source.Exclusion].length != 0) revert AgencyIsOut(agency);

        _suspend(agency, Source.Exclusion, FOR_EVER, reason);
    }

    // Other modules

    function suspendInEmergency(AgencyId agency, uint40 until, bytes32 reason) external {
        _requireModule(_emergencies);
        _suspend(agency, Source.Emergency, until, reason);
    }

    function withhold(AgencyId agency, uint64 powers, uint40 until) external {
        _requireModule(_reputation);
        _requireExisting(agency);

        Suspension[] storage list = _orders[agency][Source.Standing];
        if (list.cover(uint40(block.timestamp))) list.lift();
        powers &= ~FLOOR_OF_POWERS;
        if (powers == 0) until = uint40(block.timestamp);
        else _order(agency, Source.Standing, until, bytes32(uint256(powers)));
        emit PowersWithheld(agency, powers, until);
    }

    // Questions

    function suspensionsBy(AgencyId agency, Source source) external view returns (Suspension[] memory) {
        return _orders[agency][source];
    }

    function withheldOf(AgencyId agency) external view returns (uint64 powers, uint40 until) {
        Suspension[] storage list = _orders[agency][Source.Standing];
        if (!list.cover(uint40(block.timestamp))) return (0, 0);
        Suspension storage newest = list[list.length - 1];
        return (uint64(uint256(newest.reason)), newest.until);
    }

    // Internal

    /// @return those of the powers that the agency could not use at that time. The floor is answered for without a look
    ///         at the agency. The charter needs no look either: nothing changes it, and no appointment is given more.
    function _withheld(AgencyId agency, uint64 powers, uint40 at) internal view returns (uint64) {
        if (powers & ~FLOOR_OF_POWERS == 0 || _agencies[agency].suspensions == 0) return 0;
        return powers & _takenAt(agency, at);
    }

    function _isSuspended(AgencyId agency) internal view override returns (bool) {
        // No standing withholds TRANSMIT.
        return _isAbsent(agency.jurisdiction()) || _withheld(agency, TRANSMIT, uint40(block.timestamp)) != 0;
    }

    function _isOut(AgencyId agency) internal view returns (bool) {
        if (_isAbsent(agency.jurisdiction())) return true;
        return _agencies[agency].suspensions != 0 && _orders[agency][Source.Exclusion].length != 0;
    }

    function _isAbsent(uint16 jurisdiction) internal view returns (bool) {
        return _wasAbsentAt(jurisdiction, uint40(block.timestamp));
    }

    function _wasAbsentAt(uint16 jurisdiction, uint40 at) internal view returns (bool) {
        return _orders[toAgencyId(jurisdiction, 0)][Source.Exclusion].cover(at);
    }

    function _beginAbsence(uint16 jurisdiction, bytes32 reason) internal {
        _orders[toAgencyId(jurisdiction, 0)][Source.Exclusion].begin(FOR_EVER, reason);
    }

    function _endAbsence(uint16 jurisdiction) internal {
        _orders[toAgencyId(jurisdiction, 0)][Source.Exclusion].lift();
    }

    /// @dev From now on whoever asks looks the agency up. The count stops at its end rather than block an order.
    function _mark(AgencyId agency) internal {
        uint16 count = _agencies[agency].suspensions;
        if (count != type(uint16).max) _agencies[agency].suspensions = count + 1;
    }

    function _suspend(AgencyId agency, Source source, uint40 until, bytes32 reason) private {
        _requireExisting(agency);

        _order(agency, source, until, reason);
        emit AgencySuspendedBy(source, agency, until, reason);
    }

    function _order(AgencyId agency, Source source, uint40 until, bytes32 reason) private {
        _mark(agency);
        _orders[agency][source].begin(until, reason);
    }

    function _takenAt(AgencyId agency, uint40 at) private view returns (uint64) {
        for (uint8 source = 0; source < uint8(Source.Standing); ++source) {
            if (_orders[agency][Source(source)].cover(at)) return ~FLOOR_OF_POWERS;
        }
        if (_wasAbsentAt(agency.jurisdiction(), at)) return ~FLOOR_OF_POWERS;
        return uint64(uint256(_orders[agency][Source.Standing].reasonAt(at)));
    }

    function _requireOtherAgencyOfOwn(AgencyId agency) private view {
        AgencyId authority = authorityOf(msg.sender, agency.jurisdiction());
        if (_agencies[agency].account == address(0) || agency == authority) revert NoSuchAgency(agency);
    }
}
