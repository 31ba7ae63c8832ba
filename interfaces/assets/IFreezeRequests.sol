// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { AgencyId } from "../../contracts/types/AgencyId.sol";
import { PackedRequest } from "../../contracts/types/PackedRequest.sol";
import { AssetClass, Measure, ProfileKey } from "../../contracts/types/ProfileKey.sol";

/// @dev What an agency orders, as far as the chain may know it.
struct FreezeOrder {
    bytes32 order; // salted commitment to the order: number, grounds, legal basis, contact; with the agency, its key
    Measure measure;
    AssetClass assetClass;
    uint16 jurisdiction; // of the institutions, whose law applies
    uint32 period; // asked from the moment of holding, seconds; at most the profile's longest
    bytes32 message; // keccak256 of the message sealed to the endorser of a foreign request; else 0
}

/// @dev One account or thing. `target` is keccak256(abi.encode(account commitment, notice key)), where the account
///      commitment is keccak256(32-byte salt, canonical account) and the notice key is the address of a key that the
///      account holder gets with the notice. Neither is on the chain until somebody opens it.
struct Target {
    AgencyId institution;
    bytes32 target;
    uint16 currency; // ISO 4217 numeric; virtual assets from 1001
    uint96 amount; // cap in minor units; 0 with SCOPE_WHOLE
    uint8 scope; // SCOPE_* bits
    bytes32 message; // keccak256 of the message sealed to the institution
    uint32 keyVersion; // of the institution's encryption key, to which it was sealed
}

uint8 constant SCOPE_WHOLE = 1; // the whole balance, not a capped amount
uint8 constant SCOPE_LATER_CREDITS = 2; // also what comes in later
uint8 constant SCOPE_INTEREST = 4; // also the interest

/// @dev One slot.
struct Request {
    AgencyId agency;
    ProfileKey key;
    uint16 profileVersion;
    uint40 requestedAt;
    uint40 ratifiedAt; // 0: not yet
    uint40 boundAt; // since when it binds the institutions: their reply clock; 0: not yet
    uint32 period;
    uint24 ratifyWithin; // of the profile, so that an answer need not read it
    uint8 flags; // REQUEST_* bits
}

uint8 constant REQUEST_FOREIGN = 1; // the agency is of another jurisdiction than the institutions
uint8 constant REQUEST_DECLINED = 2; // by the endorser
uint8 constant REQUEST_WITHDRAWN = 4;
uint8 constant REQUEST_BY_COURT = 8; // ratified by a court: only a court releases
uint8 constant REQUEST_OWN = 16; // an institution holds of its own motion
uint8 constant REQUEST_LAPSE_RECORDED = 32;

/// @dev AwaitingRatification  freeze, seize, seal: binds nobody before
///      AwaitingEndorsement   foreign: binds nobody before
///      Provisional           a stop-payment that binds, and lapses unless ratified in time
///      Running               binds
///      Lapsed                never ratified, or never endorsed, in time
enum RequestStatus {
    None,
    AwaitingRatification,
    AwaitingEndorsement,
    Provisional,
    Running,
    Lapsed,
    Declined,
    Withdrawn
}

/// @title Freeze requests: from an agency, through its higher power and the domestic authority, to institutions
/// @notice One officer may start; a stop-payment binds at once and lapses unless ratified, everything else binds when
///         ratified; a foreign request binds nobody until the domestic authority named in the profile endorses it.
///         Every status is a function of time; nobody has to send anything for a lapse to be true.
interface IFreezeRequests {
    event FreezeRequested(
        bytes32 indexed request,
        AgencyId indexed agency,
        ProfileKey indexed key,
        address officer,
        uint16 profileVersion,
        uint32 period,
        bytes32 order,
        bytes32 message
    );
    event FreezeRatified(bytes32 indexed request, AgencyId indexed agency, address officer);
    event FreezeEndorsed(bytes32 indexed request, AgencyId indexed endorser, address officer);
    event FreezeDeclined(bytes32 indexed request, AgencyId indexed endorser, address officer, uint8 code);
    event FreezeWithdrawn(bytes32 indexed request, AgencyId indexed agency, address officer, uint8 reason);
    event RequestLapseRecorded(bytes32 indexed request, AgencyId indexed agency, uint40 lapsedAt);

    error EmptyOrder();
    error NoTargets();
    error AlreadyRequested(bytes32 request);
    error NoSuchRequest(bytes32 request);
    error PeriodBeyondProfile(uint32 period, uint32 longest);
    error ForeignNotAccepted(ProfileKey profile);
    error WrongStatus(bytes32 request, RequestStatus requestStatus);
    error NotOfRequester(address officer, AgencyId theirs, AgencyId agency);
    error NotTheEndorser(AgencyId theirs, AgencyId endorser);
    error NoReason();
    error CourtOrdered(bytes32 subject);
    error NotACourt(AgencyId agency);
    error OwnHoldNotAllowed(ProfileKey profile);
    error NotAnInstitution(AgencyId agency);
    error NotTheInstitution(AgencyId theirs, AgencyId institution);
    error NotLapsed(bytes32 request, RequestStatus requestStatus);
    error LapseAlreadyRecorded(bytes32 subject);

    /// @notice Asks institutions of one jurisdiction to hold what is named. Caller: an officer with any of the
    ///        profile's
    ///         starting powers. Emits {FreezeRequested} and one {IHolds.TargetNamed} a target.
    /// @return id keccak256(abi.encode(agency, order))
    function request(FreezeOrder calldata order, Target[] calldata targets) external returns (bytes32 id);

    /// @notice An institution holds of its own motion, where its law lets it (TH, PH, GB). Caller: its officer with
    ///         ANSWER; another with CHECK confirms in {IHolds.check}, or the hold lapses.
    function holdOwn(FreezeOrder calldata order, Target calldata target) external returns (bytes32 id);

    /// @notice Caller: an officer of the requesting agency with any of the profile's ratifying powers; or, as court
    ///         (JUDGE) or prosecutor (PROPOSE) where the profile names them, of any agency of its jurisdiction.
    function ratify(bytes32 request) external;

    /// @notice The domestic authority takes over a foreign request; the reply clock starts. Caller: ENDORSE, of the
    ///         profile's endorser. A freeze must be ratified before; a stop-payment may be ratified later.
    function endorse(bytes32 request) external;

    /// @param code why not, above 0 (coded refusals of the client's list)
    function decline(bytes32 request, uint8 code) external;

    /// @notice Ends the whole request: whatever is held under it is released at once. Caller: RELEASE, of the
    ///         requesting agency, or of the endorser once it endorsed. What a court ordered only a court withdraws:
    ///         JUDGE, of the requester's country or of the institutions'. What a court disposed of stays; so does what
    ///         a court renewed under a request that no court ratified.
    function withdraw(bytes32 request, uint8 reason) external;

    /// @notice Turns a lapse that happened into an event, once. Anyone.
    function recordLapse(bytes32 request) external;

    function requestOf(bytes32 request) external view returns (Request memory);

    /// @return the same in one word, for other modules; 0 where there is none
    function packedRequestOf(bytes32 request) external view returns (PackedRequest);

    function statusAt(bytes32 request, uint40 at) external view returns (RequestStatus);

    /// @return when it was withdrawn or declined; 0 if it was not
    function endedAt(bytes32 request) external view returns (uint40);

    /// @return the officer who ratified it, and so never decides on an objection; 0 if nobody did
    function ratifierOf(bytes32 request) external view returns (address);
}
