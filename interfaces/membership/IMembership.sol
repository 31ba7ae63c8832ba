// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { AgencyId } from "../../contracts/types/AgencyId.sol";

/// @dev Kinds of member agencies. The central authority of a jurisdiction adopts its standards (IMLA-type laws,
///      Budapest Convention art 27(2)); an international office has no vote.
enum AgencyKind {
    None,
    CentralAuthority,
    Police,
    Prosecutor,
    Court,
    FinancialIntelligenceUnit,
    Bank,
    PaymentInstitution,
    TelecomOperator,
    Regulator,
    Platform,
    InternationalOffice
}

/// @dev Who took powers. Each keeps a list of its own, so that nobody lifts or blocks another's order.
enum Source {
    Authority, // the central authority of its jurisdiction
    Council,
    Emergency, // several other jurisdictions, for a short time
    Exclusion, // the Council, for good
    Standing // AgencyReputation: only the powers that it names
}

/// @dev A member as admitted: at the creation of the suite, or later. Ordinals within a jurisdiction are given in the
///      order of admission.
struct Founder {
    uint16 jurisdiction; // ISO 3166-1 numeric; 900 and above for bodies of no single country
    AgencyKind kind;
    address account; // the agency's own key or contract wallet
    uint64 charter; // powers that its officers may be given
    bytes32 name; // short public name, ASCII, for instance "MY-PDRM"
}

/// @dev A half-open interval [from, until). Append-only; lifting a suspension brings its end forward.
struct Suspension {
    uint40 from;
    uint40 until;
    bytes32 reason; // hash of the order; of standing: the powers withheld
}

/// @title Who is a member: admission, exclusion, what is taken from whom, who votes
/// @notice The part of {IAgencyRegistry} that the Council, other modules and central authorities work on.
interface IMembership {
    event AgencyAdmitted(AgencyId indexed agency, AgencyKind kind, address account, uint64 charter, bytes32 name);
    event AgencySuspendedBy(Source indexed source, AgencyId indexed agency, uint40 until, bytes32 reason);
    event CouncilSuspensionLifted(AgencyId indexed agency);
    event PowersWithheld(AgencyId indexed agency, uint64 powers, uint40 until);
    event JurisdictionJoined(uint16 indexed jurisdiction);
    event JurisdictionLeft(uint16 indexed jurisdiction, bool excluded, bytes32 reason);
    event AgenciesReached(uint16 indexed jurisdiction, uint16 reached, uint16 agencies);
    event ReplacementProposed(AgencyId indexed agency, address account, uint40 from);
    event ReplacementVetoed(AgencyId indexed agency, address account);

    error NotTheCouncil(address caller);
    error NotTheModule(address caller);
    error InvalidFounder(uint256 index);
    error SecondCentralAuthority(uint16 jurisdiction);
    error HasOwnAuthority(uint16 jurisdiction);
    error NotAMember(uint16 jurisdiction);
    error NotAbsent(uint16 jurisdiction);
    error IsCentralAuthority(AgencyId agency);
    error AgencyIsOut(AgencyId agency);
    error AuthoritySuspended(AgencyId agency);
    error KeyReported(address key);
    error NotAVoter(address account);
    error NoReplacement(AgencyId agency);
    error ReplacementFrom(AgencyId agency, uint40 from, uint40 present);

    // The Council, through its timelock

    /// @notice Admits an agency of a jurisdiction that has no central authority. A central authority makes its
    ///         jurisdiction a member with a vote; bodies of no single country never have one.
    /// @dev Reverts with {HasOwnAuthority} where the jurisdiction admits its agencies itself.
    function admit(Founder calldata founder) external;

    /// @notice Makes a jurisdiction that left or was excluded a member again, with the agencies that it had.
    function readmit(uint16 jurisdiction) external;

    /// @notice Excludes one agency for good, down to the floor of powers: no appointments from now on. Not a central
    ///         authority: its jurisdiction is excluded as a whole.
    function exclude(AgencyId agency, bytes32 reason) external;

    /// @notice Excludes a jurisdiction: at once no vote, no admissions, no appointments, and its agencies keep the
    ///         floor of powers. What is registered stays, running appointments too, so that it can answer and let go.
    /// @dev Reaches the first 64 agencies by itself; {reach} the rest.
    function excludeJurisdiction(uint16 jurisdiction, bytes32 reason) external;

    /// @notice Suspends an agency down to the floor of powers, for at most 365 days. Confirms an emergency suspension,
    ///         if there was one.
    function suspendByCouncil(AgencyId agency, uint40 until, bytes32 reason) external;

    function liftByCouncil(AgencyId agency) external;

    /// @notice Names a new key for an agency that lost its own. The new key accepts after 7 days, if
    ///         the present one did not say no.
    function proposeReplacement(AgencyId agency, address account) external;

    // Other modules of the suite

    /// @notice Suspends an agency down to the floor of powers. Emergencies only.
    function suspendInEmergency(AgencyId agency, uint40 until, bytes32 reason) external;

    /// @notice Withholds powers by standing until then, instead of what was withheld before; none: gives them back.
    ///         AgencyReputation only. The floor of powers is left out, whatever is asked.
    function withhold(AgencyId agency, uint64 powers, uint40 until) external;

    // Anybody

    /// @notice Carries an exclusion on to agencies of a jurisdiction with more than 64. Anybody; nothing is left to
    ///         choose.
    function reach(uint16 jurisdiction, uint16 most) external;

    /// @notice Takes over an agency by the key that the Council named. That key only, from 7 days after it was
    ///         named.
    function takeOver(AgencyId agency) external;

    // The agency for itself

    /// @notice The key is not lost: ends a replacement. The agency's present key only, until it
    ///         was taken over.
    function vetoReplacement() external;

    // A central authority for its jurisdiction

    /// @notice Admits an agency of the caller's jurisdiction; no second central authority, no international office. It
    ///         has no account until the one that was named accepts ({IAgencyRegistry.acceptAccount}).
    function admitOwn(Founder calldata founder) external;

    /// @notice Leaves with the whole jurisdiction; at once, as {excludeJurisdiction}.
    function leave() external;

    // Questions

    /// @return what that source ordered. An exclusion has the latest time there is as its end. For a jurisdiction as a
    ///         whole, ask for its ordinal 0 (jurisdiction << 16): the times in which it, once a member, was none.
    function suspensionsBy(AgencyId agency, Source source) external view returns (Suspension[] memory);

    /// @return powers that standing withholds now
    /// @return until when; zero where nothing is withheld
    function withheldOf(AgencyId agency) external view returns (uint64 powers, uint40 until);

    // Votes

    /// @notice The jurisdiction for which this account may vote now: it is the account of a member's central authority,
    ///         or an officer of that authority with VOTE. Reverts with {NotAVoter}.
    function votingJurisdiction(address account) external view returns (uint16);

    /// @return whether the jurisdiction had a vote at that time
    function wasMemberAt(uint16 jurisdiction, uint48 at) external view returns (bool);

    /// @return how many jurisdictions had a vote at that time
    function membersAt(uint48 at) external view returns (uint256);

    /// @return the jurisdictions that have a vote now, in the order in which they first joined
    function memberJurisdictions() external view returns (uint16[] memory);
}
