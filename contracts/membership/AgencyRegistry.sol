// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { AppointmentTerms, IAgencyRegistry, Suspension } from "../../interfaces/membership/IAgencyRegistry.sol";
import { AgencyId, NO_AGENCY } from "../types/AgencyId.sol";
import { Appointment, pack, PackedAppointment } from "../types/Appointment.sol";
import { COLLECT, conflict, CURE, FLOOR_OF_POWERS, PHASES, VOTE } from "../types/Powers.sol";
import { AgencyAccounts } from "./AgencyAccounts.sol";
import { Suspensions } from "./Suspensions.sol";

/// @notice See {IAgencyRegistry}, the manual.
contract AgencyRegistry is AgencyAccounts {
    using Suspensions for Suspension[];

    bytes32 private constant ACCEPTANCE = keccak256(
        "Acceptance(uint32 agency,address officer,uint64 powers,uint40 startsAt,uint40 endsAt,"
        "uint8 qualification,uint40 qualifiedUntil,bool device,uint16 number)"
    );

    mapping(address officer => PackedAppointment) private _newest;
    mapping(address officer => mapping(uint16 number => PackedAppointment)) private _earlier;
    mapping(address officer => Suspension[]) private _officerSuspensions;
    mapping(address key => uint40) public compromisedSince;

    // Appointments

    function appoint(AppointmentTerms calldata terms, bytes calldata acceptance) external {
        _requireAgency(terms.agency);
        _checkTerms(terms);
        if (!_isSignedBy(terms.officer, _acceptanceHash(terms), acceptance)) revert InvalidAcceptance(terms.officer);

        PackedAppointment newest = _newest[terms.officer];
        if (newest.number() != 0) _earlier[terms.officer][newest.number()] = newest;
        uint40 startsAt = terms.startsAt == 0 ? uint40(block.timestamp) : terms.startsAt;
        _newest[terms.officer] = pack(
            Appointment({
                agency: terms.agency,
                powers: terms.powers,
                startsAt: startsAt,
                endsAt: terms.endsAt,
                number: terms.number,
                qualification: terms.qualification,
                qualifiedUntil: terms.qualifiedUntil,
                device: terms.device,
                // An agency's former account may have been reported before its holder became an officer.
                marked: newest.isMarked() || compromisedSince[terms.officer] != 0
            })
        );
        emit OfficerAppointed(terms.agency, terms.officer, terms.number, terms.powers, startsAt, terms.endsAt);
    }

    function endAppointment(address officer) external {
        PackedAppointment appointment = _newest[officer];
        if (appointment.agency() == NO_AGENCY) revert NotAnOfficer(officer);
        if (msg.sender != officer) _requireOwnOfficer(officer);
        if (appointment.endsAt() <= block.timestamp) revert AlreadyEnded(officer, appointment.endsAt());

        _newest[officer] = appointment.withEnd(uint40(block.timestamp));
        emit AppointmentEnded(appointment.agency(), officer, appointment.number(), uint40(block.timestamp));
    }

    function suspendOfficer(address officer, uint40 until, bytes32 reason) external {
        AgencyId agency = _requireOwnOfficer(officer);

        _newest[officer] = _newest[officer].withMark();
        _officerSuspensions[officer].begin(until, reason);
        emit OfficerSuspended(agency, officer, until, reason);
    }

    function liftOfficerSuspension(address officer) external {
        AgencyId agency = _requireOwnOfficer(officer);

        _officerSuspensions[officer].lift();
        emit OfficerSuspensionLifted(agency, officer);
    }

    function reportCompromise(address key, uint40 since) external {
        AgencyId agency = _reporterFor(key);
        uint40 present = uint40(block.timestamp);
        if (since == 0) since = present;
        else if (msg.sender == key) revert CannotReachBack(key, since);
        if (since > present) revert ReportedInFuture(since, present);
        uint40 earlier = compromisedSince[key];
        if (earlier != 0 && since >= earlier) revert AlreadyReported(key, earlier);

        compromisedSince[key] = since;
        if (_hasBeenAppointed(key)) _newest[key] = _newest[key].withMark();
        emit CompromiseReported(key, agency, since);
    }

    // Questions

    function authorize(address caller, uint64 power) external view returns (AgencyId) {
        return _authorize(caller, power);
    }

    function agencyNow(address caller, uint64 power) external view returns (AgencyId) {
        return _authorize(caller, power);
    }

    function authorizeAny(address caller, uint64 powers) external view returns (AgencyId agency, uint64 held) {
        PackedAppointment appointment = _newest[caller];
        uint40 present = uint40(block.timestamp);
        (agency, held) = (appointment.agency(), appointment.powers() & powers);
        held &= ~_withheld(agency, held, present);
        if (!_isEntitled(appointment, caller, held, present)) revert NotAuthorised(caller, powers);
    }

    function authorizeFor(
        address caller,
        uint64 power,
        address officer,
        uint16 number,
        uint64 powerThen,
        uint40 at
    ) external view returns (AgencyId agency, bool qualified, bool device) {
        PackedAppointment present = _newest[caller];
        if (!_isEntitled(present, caller, power, uint40(block.timestamp))) revert NotAuthorised(caller, power);
        agency = present.agency();

        bool same = officer == caller && number == present.number();
        PackedAppointment then = same ? present : _appointmentAt(officer, number);
        AgencyId agencyThen;
        (agencyThen, qualified, device) = _entitledThen(then, officer, number, powerThen, at);
        if (agencyThen != agency) revert OfficerOfOtherAgency(officer, agencyThen, agency);
    }

    function entitledAt(
        address officer,
        uint16 number,
        uint64 power,
        uint40 at
    ) external view returns (AgencyId, bool, bool) {
        return _entitledThen(_appointmentAt(officer, number), officer, number, power, at);
    }

    function appointmentOf(address officer) external view returns (Appointment memory) {
        return _newest[officer].unpack();
    }

    function appointmentAt(address officer, uint16 number) external view returns (Appointment memory) {
        return _appointmentAt(officer, number).unpack();
    }

    function suspensionsOf(address officer) external view returns (Suspension[] memory) {
        return _officerSuspensions[officer];
    }

    function votingJurisdiction(address account) external view returns (uint16 jurisdiction) {
        uint40 present = uint40(block.timestamp);
        AgencyId agency = _agencyByAccount[account];
        if (agency == NO_AGENCY) {
            PackedAppointment appointment = _newest[account];
            if (_isEntitled(appointment, account, VOTE, present)) agency = appointment.agency();
        } else if (_isCompromisedAt(account, present)) {
            agency = NO_AGENCY;
        }
        jurisdiction = agency.jurisdiction();
        bool seated = agency != NO_AGENCY && centralAuthority[jurisdiction] == agency;
        if (!seated || !_isMember(jurisdiction)) revert NotAVoter(account);
    }

    // Internal

    function _authorize(address caller, uint64 power) private view returns (AgencyId) {
        PackedAppointment appointment = _newest[caller];
        if (!_isEntitled(appointment, caller, power, uint40(block.timestamp))) revert NotAuthorised(caller, power);
        return appointment.agency();
    }

    function _appointmentAt(address officer, uint16 number) private view returns (PackedAppointment) {
        PackedAppointment newest = _newest[officer];
        if (newest.number() == number) return newest;
        PackedAppointment earlier = _earlier[officer][number];
        // A report may reach back behind the newest appointment.
        return newest.isMarked() ? earlier.withMark() : earlier;
    }

    function _entitledThen(
        PackedAppointment then,
        address officer,
        uint16 number,
        uint64 power,
        uint40 at
    ) private view returns (AgencyId agency, bool qualified, bool device) {
        if (!_isEntitled(then, officer, power, at)) revert NotEntitledThen(officer, number, power, at);
        return (then.agency(), then.isQualifiedAt(at), then.isDevice());
    }

    /// @dev In office, neither suspended nor compromised, given the power, and the agency itself in possession of it.
    function _isEntitled(
        PackedAppointment appointment,
        address officer,
        uint64 power,
        uint40 at
    ) private view returns (bool) {
        if (power == 0 || appointment.powers() & power != power) return false;
        if (at < appointment.startsAt() || at >= appointment.endsAt()) return false;
        if (appointment.isMarked() && (_isCompromisedAt(officer, at) || _officerSuspensions[officer].cover(at)))
            return false;
        return power & ~FLOOR_OF_POWERS == 0 || _withheld(appointment.agency(), power, at) == 0;
    }

    function _isCompromisedAt(address key, uint40 at) private view returns (bool) {
        uint40 since = compromisedSince[key];
        return since != 0 && at >= since;
    }

    function _checkTerms(AppointmentTerms calldata terms) private view {
        uint64 charter = _agencies[terms.agency].charter;
        if (terms.powers == 0) revert NoPowers();
        if (terms.powers & ~charter != 0) revert BeyondCharter(terms.powers, charter);
        _requireNoConflict(terms);
        if (_isOut(terms.agency)) revert AgencyIsOut(terms.agency);
        if (_agencyByAccount[terms.officer] != NO_AGENCY) revert AddressInUse(terms.officer);

        uint40 present = uint40(block.timestamp);
        uint40 startsAt = terms.startsAt == 0 ? present : terms.startsAt;
        if (startsAt < present) revert StartsInPast(startsAt, present);
        if (terms.endsAt <= startsAt) revert EndsBeforeStart(startsAt, terms.endsAt);

        PackedAppointment newest = _newest[terms.officer];
        if (newest.endsAt() > present) revert AlreadyAppointed(terms.officer, newest.agency(), newest.endsAt());
        if (terms.number != newest.number() + 1) revert WrongNumber(terms.number, newest.number() + 1);
    }

    /// @dev Who collects must not cure, nor may who ever collected: what was missing is supplied under other eyes. And
    ///      whoever had one phase of a measure in hand never has another.
    function _requireNoConflict(AppointmentTerms calldata terms) private view {
        uint64 powers = terms.powers;
        uint64 lasting = (powers & CURE != 0 ? COLLECT : 0) | (powers & PHASES != 0 ? PHASES : 0);
        if (lasting == 0) return;
        for (uint16 number = _newest[terms.officer].number(); number > 0; --number) {
            powers |= _appointmentAt(terms.officer, number).powers() & lasting;
        }
        if (conflict(powers)) revert ConflictingPowers(powers);
    }

    function _acceptanceHash(AppointmentTerms calldata terms) private pure returns (bytes32) {
        return keccak256(abi.encode(ACCEPTANCE, terms));
    }

    function _requireOwnOfficer(address officer) private view returns (AgencyId agency) {
        agency = _requireAnAgency();
        AgencyId employer = _newest[officer].agency();
        if (employer == NO_AGENCY) revert NotAnOfficer(officer);
        if (employer != agency) revert NotYourOfficer(officer, agency);
    }

    /// @dev An officer for its own key, an agency for its officers' keys and its own account.
    function _reporterFor(address key) private view returns (AgencyId) {
        if (msg.sender == key) return _hasBeenAppointed(key) ? _newest[key].agency() : _requireAnAgency();
        return _requireOwnOfficer(key);
    }

    function _isReported(address key) internal view override returns (bool) {
        return compromisedSince[key] != 0;
    }

    function _hasBeenAppointed(address account) internal view override returns (bool) {
        return _newest[account].agency() != NO_AGENCY;
    }
}
