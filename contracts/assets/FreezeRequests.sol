// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { FreezeProfile, IFreezeProfiles } from "../../interfaces/assets/IFreezeProfiles.sol";
import {
    FreezeOrder,
    IFreezeRequests,
    Request,
    REQUEST_BY_COURT,
    REQUEST_DECLINED,
    REQUEST_FOREIGN,
    REQUEST_LAPSE_RECORDED,
    REQUEST_OWN,
    REQUEST_WITHDRAWN,
    RequestStatus,
    Target
} from "../../interfaces/assets/IFreezeRequests.sol";
import { IHolds } from "../../interfaces/assets/IHolds.sol";
import { AgencyKind, IAgencyRegistry } from "../../interfaces/membership/IAgencyRegistry.sol";
import { IGenesis } from "../../interfaces/membership/IGenesis.sol";
import { AgencyId, NO_AGENCY } from "../types/AgencyId.sol";
import { Terms } from "../types/PackedProfile.sol";
import { PackedRequest, packNew } from "../types/PackedRequest.sol";
import { ANSWER, ENDORSE, JUDGE, PROPOSE, RELEASE } from "../types/Powers.sol";
import { Measure, ProfileKey, toProfileKey } from "../types/ProfileKey.sol";
import { Institutions } from "./Institutions.sol";
import { RequestLife } from "./RequestLife.sol";

/// @notice See {IFreezeRequests}, the manual.
contract FreezeRequests is IFreezeRequests {
    using RequestLife for PackedRequest;

    IAgencyRegistry private immutable _agencies;
    IFreezeProfiles private immutable _profiles;
    IHolds private immutable _holds;

    mapping(bytes32 request => PackedRequest) private _requests;
    mapping(bytes32 request => uint40) public endedAt;
    mapping(bytes32 request => address) public ratifierOf;

    constructor() {
        IGenesis genesis = IGenesis(msg.sender);
        _agencies = IAgencyRegistry(genesis.plannedAddressOf("AgencyRegistry"));
        _profiles = IFreezeProfiles(genesis.plannedAddressOf("FreezeProfiles"));
        _holds = IHolds(genesis.plannedAddressOf("Holds"));
    }

    // Whoever asks

    function request(FreezeOrder calldata order, Target[] calldata targets) external returns (bytes32 id) {
        ProfileKey key = toProfileKey(order.jurisdiction, order.measure, order.assetClass);
        Terms terms = _profiles.termsNow(key);
        uint16 version = terms.version();
        AgencyId agency = _authorizeStarter(uint64(terms.starters()) << 8);
        if (targets.length == 0) revert NoTargets();
        _requirePeriod(order.period, terms.longest());
        bool foreign = agency.jurisdiction() != order.jurisdiction;
        if (foreign && _profiles.profileAt(key, version).endorser == NO_AGENCY) revert ForeignNotAccepted(key);

        bool binding = order.measure == Measure.StopPayment && !foreign;
        id = _enter(order, agency, key, version, terms.ratifyWithin(), foreign ? REQUEST_FOREIGN : 0, binding);
        _openHolds(id, agency, key, targets);
    }

    function holdOwn(FreezeOrder calldata order, Target calldata target) external returns (bytes32 id) {
        AgencyId agency = _agencies.authorize(msg.sender, ANSWER);
        ProfileKey key = toProfileKey(order.jurisdiction, order.measure, order.assetClass);
        if (!Institutions.isOne(_agencies, agency)) revert NotAnInstitution(agency);
        if (agency != target.institution) revert NotTheInstitution(agency, target.institution);
        (uint16 version, FreezeProfile memory profile) = _profiles.current(key);
        bool atHome = agency.jurisdiction() == order.jurisdiction;
        if (!atHome || order.measure != Measure.StopPayment || profile.ownHold == 0) revert OwnHoldNotAllowed(key);
        _requirePeriod(order.period, profile.ownHold);

        id = _enter(order, agency, key, version, profile.ratifyWithin, REQUEST_OWN, true);
        _holds.openOwn(id, target, uint40(block.timestamp) + order.period, msg.sender);
    }

    // Higher power and domestic authority

    function ratify(bytes32 id) external {
        PackedRequest given = _requireRequest(id);
        RequestStatus status = given.statusAt(type(uint32).max, uint40(block.timestamp));
        bool open =
            status == RequestStatus.AwaitingRatification ||
                status == RequestStatus.AwaitingEndorsement ||
                status == RequestStatus.Provisional;
        if (given.ratifiedAt() != 0 || !open) revert WrongStatus(id, _statusAt(given, uint40(block.timestamp)));
        (AgencyId agency, bool byCourt) = _requireRatifier(given);

        uint40 present = uint40(block.timestamp);
        bool binds = given.boundAt() == 0 && !given.isForeign();
        given = given.withRatifiedAt(present).withFlags(byCourt ? REQUEST_BY_COURT : 0);
        _requests[id] = binds ? given.withBoundAt(present) : given;
        ratifierOf[id] = msg.sender;
        emit FreezeRatified(id, agency, msg.sender);
    }

    function endorse(bytes32 id) external {
        (AgencyId endorser, PackedRequest given) = _requireEndorser(id);

        _requests[id] = given.withBoundAt(uint40(block.timestamp));
        emit FreezeEndorsed(id, endorser, msg.sender);
    }

    function decline(bytes32 id, uint8 code) external {
        (AgencyId endorser, PackedRequest given) = _requireEndorser(id);
        if (code == 0) revert NoReason();

        _requests[id] = given.withFlags(REQUEST_DECLINED);
        endedAt[id] = uint40(block.timestamp);
        emit FreezeDeclined(id, endorser, msg.sender, code);
    }

    function withdraw(bytes32 id, uint8 reason) external {
        PackedRequest given = _requireRequest(id);
        AgencyId agency = given.flags() & REQUEST_BY_COURT != 0 ? _requireCourt(id, given) : _requireReleaser(given);
        RequestStatus status = _statusAt(given, uint40(block.timestamp));
        bool over =
            status == RequestStatus.Lapsed || status == RequestStatus.Declined || status == RequestStatus.Withdrawn;
        if (over) revert WrongStatus(id, status);
        if (reason == 0) revert NoReason();

        _requests[id] = given.withFlags(REQUEST_WITHDRAWN);
        endedAt[id] = uint40(block.timestamp);
        emit FreezeWithdrawn(id, agency, msg.sender, reason);
    }

    // Anyone

    function recordLapse(bytes32 id) external {
        PackedRequest given = _requireRequest(id);
        if (given.flags() & REQUEST_LAPSE_RECORDED != 0) revert LapseAlreadyRecorded(id);
        RequestStatus status = _statusAt(given, uint40(block.timestamp));
        if (status != RequestStatus.Lapsed) revert NotLapsed(id, status);

        _requests[id] = given.withFlags(REQUEST_LAPSE_RECORDED);
        uint40 lapsedAt = given.ratifiedAt() == 0 ? given.ratifyBy() : given.requestedAt() + _profileOf(given).longest;
        emit RequestLapseRecorded(id, given.agency(), lapsedAt);
    }

    // Questions

    function requestOf(bytes32 id) external view returns (Request memory) {
        return _requests[id].unpack();
    }

    function packedRequestOf(bytes32 id) external view returns (PackedRequest) {
        return _requests[id];
    }

    function statusAt(bytes32 id, uint40 at) external view returns (RequestStatus) {
        return _statusAt(_requests[id], at);
    }

    // Internal

    function _enter(
        FreezeOrder calldata order,
        AgencyId agency,
        ProfileKey key,
        uint16 version,
        uint24 ratifyWithin,
        uint8 flags,
        bool binding
    ) private returns (bytes32 id) {
        if (order.order == 0) revert EmptyOrder();
        id = keccak256(abi.encode(agency, order.order));
        if (_requests[id].requestedAt() != 0) revert AlreadyRequested(id);

        uint40 present = uint40(block.timestamp);
        uint40 boundAt = binding ? present : 0;
        PackedRequest given = packNew(agency, key, version, present, boundAt, order.period, ratifyWithin, flags);
        _requests[id] = flags & REQUEST_OWN != 0 ? given.withRatifiedAt(present) : given;
        emit FreezeRequested(id, agency, key, msg.sender, version, order.period, order.order, order.message);
    }

    /// @dev The targets go on as they came, byte for byte: Holds reads them, and nothing is spent on reading them here.
    function _openHolds(bytes32 id, AgencyId agency, ProfileKey key, Target[] calldata targets) private {
        address holds = address(_holds);
        bytes4 selector = IHolds.openHolds.selector;
        assembly ("memory-safe") {
            let at := mload(0x40)
            let size := mul(targets.length, 0xe0) // seven words each
            mstore(at, selector)
            mstore(add(at, 0x04), id)
            mstore(add(at, 0x24), and(agency, 0xffffffff))
            mstore(add(at, 0x44), and(key, 0xffffff))
            mstore(add(at, 0x64), 0x80)
            mstore(add(at, 0x84), targets.length)
            calldatacopy(add(at, 0xa4), targets.offset, size)
            if iszero(call(gas(), holds, 0, at, add(size, 0xa4), 0, 0)) {
                returndatacopy(at, 0, returndatasize())
                revert(at, returndatasize())
            }
        }
    }

    /// @dev Mostly a single power may start, which costs less to ask about than any of several.
    function _authorizeStarter(uint64 starters) private view returns (AgencyId agency) {
        if (starters & (starters - 1) == 0) return _agencies.agencyNow(msg.sender, starters);
        // slither-disable-next-line unused-return // any of the starting powers will do
        (agency, ) = _agencies.authorizeAny(msg.sender, starters);
    }

    function _requirePeriod(uint32 period, uint32 longest) private pure {
        if (period == 0 || period > longest) revert PeriodBeyondProfile(period, longest);
    }

    function _requireRequest(bytes32 id) private view returns (PackedRequest given) {
        given = _requests[id];
        if (given.requestedAt() == 0) revert NoSuchRequest(id);
    }

    /// @dev The higher power of the requester's side: its own, or a court or prosecutor of its country.
    function _requireRatifier(PackedRequest given) private view returns (AgencyId agency, bool byCourt) {
        uint64 held;
        (agency, held) = _agencies.authorizeAny(msg.sender, uint64(_profileOf(given).ratifiers) << 8);
        bool own = agency == given.agency();
        bool above = agency.jurisdiction() == given.agency().jurisdiction() && held & (JUDGE | PROPOSE) != 0;
        if (!own && !above) revert NotOfRequester(msg.sender, agency, given.agency());
        byCourt = held & JUDGE != 0;
        if (byCourt) _requireCourtKind(agency);
    }

    function _requireCourtKind(AgencyId agency) private view {
        if (_agencies.agencyOf(agency).kind != AgencyKind.Court) revert NotACourt(agency);
    }

    /// @dev Of a request that waits for him.
    function _requireEndorser(bytes32 id) private view returns (AgencyId agency, PackedRequest given) {
        given = _requireRequest(id);
        agency = _agencies.authorize(msg.sender, ENDORSE);
        AgencyId endorser = _profileOf(given).endorser;
        if (agency != endorser) revert NotTheEndorser(agency, endorser);
        RequestStatus status = _statusAt(given, uint40(block.timestamp));
        if (status != RequestStatus.AwaitingEndorsement) revert WrongStatus(id, status);
    }

    function _requireCourt(bytes32 id, PackedRequest given) private view returns (AgencyId agency) {
        uint64 held;
        (agency, held) = _agencies.authorizeAny(msg.sender, RELEASE | JUDGE);
        uint16 jurisdiction = agency.jurisdiction();
        bool near = jurisdiction == given.agency().jurisdiction() || jurisdiction == given.key().jurisdiction();
        if (!near || held & JUDGE == 0) revert CourtOrdered(id);
        _requireCourtKind(agency);
    }

    function _requireReleaser(PackedRequest given) private view returns (AgencyId agency) {
        agency = _agencies.authorize(msg.sender, RELEASE);
        if (agency == given.agency()) return agency;
        bool tookOver = given.isForeign() && given.boundAt() != 0;
        if (!tookOver || agency != _profileOf(given).endorser)
            revert NotOfRequester(msg.sender, agency, given.agency());
    }

    function _statusAt(PackedRequest given, uint40 at) private view returns (RequestStatus) {
        return given.statusAt(given.isPatient() ? _profileOf(given).longest : 0, at);
    }

    function _profileOf(PackedRequest given) private view returns (FreezeProfile memory) {
        return _profiles.profileAt(given.key(), given.profileVersion());
    }
}
