// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { AgencyId } from "../../contracts/types/AgencyId.sol";
import { Appointment } from "../../contracts/types/Appointment.sol";
import { AgencyKind, Founder, IMembership, Suspension } from "./IMembership.sol";

/// @dev One slot.
struct Agency {
    address account;
    uint64 charter;
    AgencyKind kind;
    uint16 suspensions; // how many orders of any source ever took powers; most agencies have none, nothing is looked up
}

/// @dev What the agency offers and the appointee accepts by signature.
struct AppointmentTerms {
    AgencyId agency;
    address officer;
    uint64 powers;
    uint40 startsAt; // 0: when the appointment is recorded; otherwise now or later
    uint40 endsAt;
    uint8 qualification;
    uint40 qualifiedUntil;
    bool device;
    uint16 number; // the number this appointment will have, so that an acceptance is used once
}

/// @title Who is who, and who may do what, now and at any time
/// @notice Agencies, their officers and devices. Members are admitted at the creation of the suite; afterwards new
///         jurisdictions by the Council, and further agencies of a jurisdiction by its own central authority. Nobody is
///         above the members: an agency acts for itself, a central authority for its jurisdiction, the Council by the
///         votes of jurisdictions. Whatever is suspended, withheld or excluded, the floor of powers stays: evidence can
///         still be registered, requests answered, what is held released.
interface IAgencyRegistry is IMembership {
    event AgencySuspended(AgencyId indexed agency, uint40 until, bytes32 reason);
    event AgencySuspensionLifted(AgencyId indexed agency);
    event AccountProposed(AgencyId indexed agency, address account);
    event AccountChanged(AgencyId indexed agency, address previous, address account);
    event EncryptionKeyPublished(AgencyId indexed agency, uint32 indexed version, bytes32 key);
    event ContactPointSet(uint16 indexed jurisdiction, uint8 indexed competence, AgencyId agency);
    event OfficerAppointed(
        AgencyId indexed agency,
        address indexed officer,
        uint16 number,
        uint64 powers,
        uint40 startsAt,
        uint40 endsAt
    );
    event AppointmentEnded(AgencyId indexed agency, address indexed officer, uint16 number, uint40 endsAt);
    event OfficerSuspended(AgencyId indexed agency, address indexed officer, uint40 until, bytes32 reason);
    event OfficerSuspensionLifted(AgencyId indexed agency, address indexed officer);
    event CompromiseReported(address indexed key, AgencyId indexed reporter, uint40 since);

    error NotGenesis(address caller);
    error AdmissionClosed();
    error AddressInUse(address account);
    error NotAnAgency(address caller);
    error NotTheAgency(address caller, AgencyId agency);
    error NotCentralAuthority(address caller, uint16 jurisdiction);
    error NoSuchAgency(AgencyId agency);
    error NotProposed(address caller, AgencyId agency);
    error NotAnOfficer(address account);
    error NotYourOfficer(address officer, AgencyId agency);
    error AlreadyAppointed(address officer, AgencyId agency, uint40 endsAt);
    error BeyondCharter(uint64 powers, uint64 charter);
    error ConflictingPowers(uint64 powers);
    error NoPowers();
    error StartsInPast(uint40 startsAt, uint40 present);
    error EndsBeforeStart(uint40 startsAt, uint40 endsAt);
    error WrongNumber(uint16 given, uint16 expected);
    error InvalidAcceptance(address officer);
    error AlreadyEnded(address officer, uint40 endsAt);
    error InvalidSuspension(uint40 until, uint40 present);
    error AlreadySuspended(uint40 until);
    error NotSuspended();
    error ReportedInFuture(uint40 since, uint40 present);
    error AlreadyReported(address key, uint40 since);
    error CannotReachBack(address key, uint40 since);
    error EmptyKey();
    error NoContactPoint(uint16 jurisdiction, uint8 competence);
    error NotAuthorised(address caller, uint64 power);
    error OfficerOfOtherAgency(address officer, AgencyId theirs, AgencyId agency);
    error NotEntitledThen(address officer, uint16 appointment, uint64 power, uint40 at);

    // Creation of the suite

    /// @notice Admits the founding members. Genesis only, once.
    function admitFounders(Founder[] calldata founders) external;

    // The agency for itself

    /// @notice Appoints an officer or device that accepted by signature (EIP-712 `Acceptance`, or ERC-1271). Agency
    ///         only.
    /// @dev Reverts when the address has a running appointment, is an agency's account, or the powers exceed the
    ///      charter, or CURE would go to somebody who has, or ever had, COLLECT, or one phase of a measure to somebody
    ///      who has, or ever had, another (`PHASES` in Powers.sol). Emits {OfficerAppointed}.
    function appoint(AppointmentTerms calldata terms, bytes calldata acceptance) external;

    /// @notice Ends an appointment at once; what was signed before keeps its value. Agency, or the officer.
    function endAppointment(address officer) external;

    /// @notice Suspends an officer from now until `until`. Agency only.
    function suspendOfficer(address officer, uint40 until, bytes32 reason) external;

    function liftOfficerSuspension(address officer) external;

    /// @notice First step of a change of the agency's key: the agency names the new one.
    function proposeAccount(address account) external;

    /// @notice Second step: the new key accepts.
    function acceptAccount(AgencyId agency) external;

    /// @notice Publishes the agency's key for messages to it (X25519 public key). Earlier versions stay readable.
    function publishEncryptionKey(bytes32 key) external;

    /// @notice Reports that a key is in other hands. Marks what it signed since, alters nothing, and ends its power
    ///         to act.
    /// @param since when it came into other hands, seconds since 1970 UTC; 0: now. An agency may reach back for its
    ///        officers. Nobody reaches back for the key with which he reports: whoever holds it could discredit what
    ///        its rightful holder did. Once; only an earlier time may follow.
    function reportCompromise(address key, uint40 since) external;

    // A central authority for its jurisdiction

    /// @notice Suspends an agency of the caller's jurisdiction, other than itself, down to the floor of powers.
    function suspendAgency(AgencyId agency, uint40 until, bytes32 reason) external;

    function liftAgencySuspension(AgencyId agency) external;

    /// @notice Names the agency that receives requests of a kind from abroad.
    function setContactPoint(uint8 competence, AgencyId agency) external;

    // Questions

    /// @notice Asked by every contract of the suite: may this caller use this power now?
    /// @return agency the agency for which the caller acts. Reverts with {NotAuthorised} otherwise.
    function authorize(address caller, uint64 power) external view returns (AgencyId agency);

    /// @notice The same as {authorize}, 900 gas cheaper: for the acts that are sent most.
    /// @dev Functions are tried in the order of their selectors; this name stands near the front.
    function agencyNow(address caller, uint64 power) external view returns (AgencyId agency);

    /// @notice May this caller use any of these powers now?
    /// @return agency the agency for which the caller acts
    /// @return held those of the powers that it may use now. Reverts with {NotAuthorised} if there is none.
    function authorizeAny(address caller, uint64 powers) external view returns (AgencyId agency, uint64 held);

    /// @notice Both questions at once, for an agency that acts now on what its officer did then: may the caller use
    ///         `power` now, and might `officer`, of the same agency, use `powerThen` at that time?
    /// @return agency for which both act
    /// @return qualified whether the officer held a qualification then
    /// @return device whether the officer is a recording device
    /// @dev Reverts with {NotAuthorised}, {NotEntitledThen} or {OfficerOfOtherAgency}.
    function authorizeFor(
        address caller,
        uint64 power,
        address officer,
        uint16 number,
        uint64 powerThen,
        uint40 at
    ) external view returns (AgencyId agency, bool qualified, bool device);

    /// @notice May this officer use this power under that appointment at that time? Answers for any time, years later.
    /// @return agency qualified device as above. Reverts with {NotEntitledThen} otherwise.
    function entitledAt(
        address officer,
        uint16 number,
        uint64 power,
        uint40 at
    ) external view returns (AgencyId agency, bool qualified, bool device);

    /// @notice The central authority whose account the caller is. Reverts with {NotCentralAuthority} if it is not
    ///         that of `jurisdiction`, with {AuthoritySuspended} while its powers are taken: what its officers may not
    ///         do its account may not either.
    function authorityOf(address caller, uint16 jurisdiction) external view returns (AgencyId);

    /// @return the agency that receives requests of this kind. Reverts with {NoContactPoint}.
    function contactPoint(uint16 jurisdiction, uint8 competence) external view returns (AgencyId);

    function agencyOf(AgencyId agency) external view returns (Agency memory);

    /// @return the agency whose account this is, or none
    function agencyByAccount(address account) external view returns (AgencyId);

    function centralAuthority(uint16 jurisdiction) external view returns (AgencyId);

    /// @return the newest appointment of the address, running or not; all zero if it never had one
    function appointmentOf(address officer) external view returns (Appointment memory);

    function appointmentAt(address officer, uint16 number) external view returns (Appointment memory);

    function suspensionsOf(address officer) external view returns (Suspension[] memory);

    /// @return since when the key is reported compromised; 0 if it is not
    function compromisedSince(address key) external view returns (uint40);

    /// @return key and its version; version 0 if none was published
    function encryptionKey(AgencyId agency) external view returns (bytes32 key, uint32 version);

    function encryptionKeyAt(AgencyId agency, uint32 version) external view returns (bytes32);
}
