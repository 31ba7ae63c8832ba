// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { FreezeProfile, RETURN_BEFORE_JUDGMENT } from "../../interfaces/assets/IFreezeProfiles.sol";
import { REQUEST_BY_COURT, REQUEST_OWN } from "../../interfaces/assets/IFreezeRequests.sol";
import {
    Hold,
    HOLD_BY_COURT,
    HOLD_CHECKED,
    HOLD_LAPSE_RECORDED,
    HOLD_LINKED,
    HOLD_OBJECTED,
    HoldState,
    HoldStatus
} from "../../interfaces/assets/IHolds.sol";
import { AgencyKind } from "../../interfaces/membership/IAgencyRegistry.sol";
import { IGenesis } from "../../interfaces/membership/IGenesis.sol";
import { AgencyId, NO_AGENCY } from "../types/AgencyId.sol";
import { PackedRequest } from "../types/PackedRequest.sol";
import { CHECK, JUDGE, PROPOSE, RELEASE } from "../types/Powers.sol";
import { HoldAnswers } from "./HoldAnswers.sol";
import { RequestLife } from "./RequestLife.sol";

/// @notice See {IHolds}, the manual.
contract Holds is HoldAnswers {
    using RequestLife for PackedRequest;

    uint8 private constant NO_LIMIT = 255;

    mapping(bytes32 hold => mapping(address officer => bool)) public renewedBy;

    address private immutable _objections;
    address private immutable _restitution;

    constructor() {
        IGenesis genesis = IGenesis(msg.sender);
        _objections = genesis.plannedAddressOf("Objections");
        _restitution = genesis.plannedAddressOf("Restitution");
    }

    modifier onlyModule(address module) {
        if (msg.sender != module) revert NotTheModule(msg.sender);
        _;
    }

    // The requester, or the endorser in its place

    function sendAgain(bytes32 request, bytes32 target, bytes32 message, uint32 keyVersion) external {
        bytes32 id = holdId(request, target);
        Hold memory hold = _load(id);
        PackedRequest given = _requestOf(request);
        _requireStarter(given);
        if (hold.state != HoldState.Unreadable || !given.isBindingAt(uint40(block.timestamp)))
            revert HoldInStatus(id, _statusNow(request, target, hold));

        hold.state = HoldState.Named;
        hold.since = uint40(block.timestamp);
        hold.until = uint40(block.timestamp); // the reply clock starts anew
        hold.flags &= ~HOLD_CHECKED;
        _store(id, hold);
        emit SentAgain(id, msg.sender, message, keyVersion);
    }

    function renew(bytes32 request, bytes32 target, uint32 period, bytes32 order) external {
        bytes32 id = holdId(request, target);
        Hold memory hold = _requireLiveHold(id, request, target);
        // Held until somebody confirms it, and for no longer.
        if (hold.flags & HOLD_CHECKED == 0) revert HoldInStatus(id, _statusNow(request, target, hold));
        if (order == 0) revert EmptyOrder();
        PackedRequest given = _requestOf(request);
        FreezeProfile memory profile = _profileOf(given);
        (AgencyId agency, bool byCourt) = given.flags() & REQUEST_OWN != 0
            ? (_requireOwnCheck(hold), false)
            : _requireRenewer(given, profile);
        _requireTime(id, hold, given, profile, period);

        hold.until += period;
        if (hold.renewals != NO_LIMIT) ++hold.renewals;
        if (byCourt) hold.flags |= HOLD_BY_COURT;
        renewedBy[id][msg.sender] = true;
        _store(id, hold);
        emit Renewed(id, agency, msg.sender, hold.until, order);
    }

    function release(bytes32 request, bytes32 target, uint96 amount, uint8 reason) external {
        bytes32 id = holdId(request, target);
        Hold memory hold = _load(id);
        AgencyId agency = _requireReleaser(id, hold, _requestOf(request));
        if (reason == 0) revert NoReason();
        _requireLiveHold(id, request, target);
        _letGo(id, hold, amount, reason);
        emit Released(id, agency, msg.sender, amount, reason);
    }

    // Other modules of the suite

    function setObjected(bytes32 request, bytes32 target, bool objected) external onlyModule(_objections) {
        while (request != 0) {
            bytes32 id = holdId(request, target);
            Hold memory hold = _load(id);
            uint16 awaiting = objected ? _links[id].objections + 1 : _links[id].objections - 1;
            _links[id].objections = awaiting;
            hold.flags = awaiting != 0 ? hold.flags | HOLD_OBJECTED : hold.flags & ~HOLD_OBJECTED;
            _store(id, hold);
            (request, target) = (_laters[id].request, _laters[id].target);
        }
    }

    function releaseOnReview(
        bytes32 request,
        bytes32 target,
        uint96 amount,
        address officer
    ) external onlyModule(_objections) {
        bytes32 id = holdId(request, target);
        _letGo(id, _requireLiveHold(id, request, target), amount, REASON_OBJECTION);
        emit Released(id, _agencies.appointmentOf(officer).agency, officer, amount, REASON_OBJECTION);
    }

    function dispose(
        bytes32 request,
        bytes32 target,
        uint96 toReturn,
        uint96 forfeited,
        address
    ) external onlyModule(_objections) {
        bytes32 id = holdId(request, target);
        Hold memory hold = _requireLiveHold(id, request, target);
        // The money is still that of the hold which it is to continue.
        if (_isPending(id, hold)) revert HoldInStatus(id, _statusNow(request, target, hold));
        uint96 held = hold.amount;
        if (toReturn > held || forfeited > held - toReturn) {
            uint256 given = uint256(toReturn) + forfeited;
            revert SplitMisstated(id, given > type(uint96).max ? type(uint96).max : uint96(given), held);
        }

        _flowOut(id, hold, held - toReturn);
        _finish(id, hold, HoldState.Disposed);
        // What the court awarded stays until it is paid; whoever waits has his turn then.
        if (toReturn != 0) hold.until = type(uint40).max;
        hold.flags |= HOLD_BY_COURT;
        _store(id, hold);
        if (forfeited != 0) _outflows[id].forfeited = forfeited;
        emit Disposed(id, toReturn, forfeited, held - toReturn - forfeited);
    }

    function payOut(bytes32 request, bytes32 target, uint96 amount) external onlyModule(_restitution) {
        bytes32 id = holdId(request, target);
        Hold memory hold = _load(id);
        // slither-disable-next-line unused-return // who pays, and in which currency, Restitution knows
        (, , uint96 most, ) = returnable(request, target);
        if (most == 0) revert NothingToReturn(id);
        if (amount == 0 || amount > most) revert AmountMisstated(id, amount, most);

        _flowOut(id, hold, amount);
        _outflows[id].returned += amount;
        if (hold.amount == 0) hold.until = uint40(block.timestamp);
        _store(id, hold);
        emit PaidOut(id, amount, hold.amount);
    }

    // Anyone

    function recordLapse(bytes32 request, bytes32 target) external {
        bytes32 id = holdId(request, target);
        Hold memory hold = _load(id);
        if (hold.flags & HOLD_LAPSE_RECORDED != 0) revert LapseAlreadyRecorded(id);
        HoldStatus status = _statusNow(request, target, hold);
        bool over = status == HoldStatus.Lapsed || status == HoldStatus.Expired;
        // Whose request was withdrawn waits no longer, nor does whose waiting nobody confirmed: both make room.
        bool waited = hold.state == HoldState.Waiting;
        bool inVain = waited && status == HoldStatus.Withdrawn;
        if (!over && !inVain && status != HoldStatus.Overdue) revert NothingLapsed(id, status);

        if (waited) _unqueue(id);
        hold.flags |= HOLD_LAPSE_RECORDED;
        _store(id, hold);
        emit HoldLapseRecorded(id, hold.institution, status);
    }

    function returnable(
        bytes32 request,
        bytes32 target
    ) public view returns (AgencyId institution, uint16 currency, uint96 amount, bool awarded) {
        Hold memory hold = _peek(holdId(request, target));
        (institution, currency) = (hold.institution, hold.currency);
        if (hold.state == HoldState.Disposed) return (institution, currency, hold.amount, true);
        bool settled = hold.flags & (HOLD_CHECKED | HOLD_OBJECTED) == HOLD_CHECKED;
        if (!settled || !_isHolding(hold.state)) return (institution, currency, 0, false);
        if (_profileOf(_requestOf(request)).flags & RETURN_BEFORE_JUDGMENT == 0)
            return (institution, currency, 0, false);
        bool live = _isLive(_statusNow(request, target, hold));
        amount = live ? hold.amount : 0;
    }

    // Internal

    function _letGo(bytes32 id, Hold memory hold, uint96 amount, uint8 reason) private {
        if (amount == 0 || amount > hold.amount) revert AmountMisstated(id, amount, hold.amount);
        _flowOut(id, hold, amount);
        if (hold.amount == 0) {
            hold.code = reason;
            _finish(id, hold, HoldState.Released);
        }
        _store(id, hold);
    }

    function _requireLiveHold(bytes32 id, bytes32 request, bytes32 target) private view returns (Hold memory hold) {
        hold = _load(id);
        HoldStatus status = _statusNow(request, target, hold);
        if (!_isLive(status)) revert HoldInStatus(id, status);
    }

    function _requireStarter(PackedRequest given) private view {
        // slither-disable-next-line unused-return // any of the starting powers will do
        (AgencyId agency, ) = _authorizeAny(uint64(_profileOf(given).starters) << 8);
        if (agency != given.agency()) revert NotOfRequester(msg.sender, agency, given.agency());
    }

    function _requireOwnCheck(Hold memory hold) private view returns (AgencyId agency) {
        agency = _authorize(CHECK);
        if (agency != hold.institution) revert NotTheInstitution(agency, hold.institution);
    }

    /// @dev At home the requester, from abroad the endorser; or a court or prosecutor of the institution's country.
    function _requireRenewer(
        PackedRequest given,
        FreezeProfile memory profile
    ) private view returns (AgencyId agency, bool byCourt) {
        uint64 held;
        (agency, held) = _authorizeAny(uint64(profile.renewers) << 8);
        bool own = agency == (given.isForeign() ? profile.endorser : given.agency());
        bool above = agency.jurisdiction() == given.key().jurisdiction() && held & (JUDGE | PROPOSE) != 0;
        if (!own && !above) revert NotOfRequester(msg.sender, agency, given.agency());
        byCourt = held & JUDGE != 0;
        if (byCourt) _requireCourt(agency);
    }

    function _requireCourt(AgencyId agency) private view {
        if (_agencies.agencyOf(agency).kind != AgencyKind.Court) revert NotACourt(agency);
    }

    function _requireTime(
        bytes32 id,
        Hold memory hold,
        PackedRequest given,
        FreezeProfile memory profile,
        uint32 period
    ) private view {
        bool own = given.flags() & REQUEST_OWN != 0;
        uint32 longest = own ? profile.ownTotal : profile.longest;
        bool endless = uint256(hold.until) + period > type(uint40).max;
        if (period == 0 || period > longest || endless) revert PeriodBeyondProfile(period, longest);
        bool many = !own && profile.renewals != NO_LIMIT && hold.renewals >= profile.renewals;
        if (many) revert TooManyRenewals(id, profile.renewals);
        uint32 total = own ? profile.ownTotal : profile.total;
        if (total == 0) return;
        uint32 before = hold.flags & HOLD_LINKED != 0 ? _links[id].heldBefore : 0;
        uint32 heldInAll = before + uint32(hold.until - hold.since) + period;
        if (heldInAll > total) revert TotalBeyondProfile(heldInAll, total);
    }

    /// @dev What a court ordered only a court lets go: of the requester's country or of the institution's.
    function _requireReleaser(
        bytes32 id,
        Hold memory hold,
        PackedRequest given
    ) private view returns (AgencyId agency) {
        if (hold.flags & HOLD_BY_COURT != 0 || given.flags() & REQUEST_BY_COURT != 0) {
            uint64 held;
            (agency, held) = _authorizeAny(RELEASE | JUDGE);
            uint16 jurisdiction = agency.jurisdiction();
            bool near = jurisdiction == given.agency().jurisdiction() || jurisdiction == given.key().jurisdiction();
            if (!near || held & JUDGE == 0) revert CourtOrdered(id);
            _requireCourt(agency);
            return agency;
        }
        agency = _authorize(RELEASE);
        if (agency == given.agency()) return agency;
        bool tookOver = given.isForeign() && given.boundAt() != 0;
        if (!tookOver || agency != _profileOf(given).endorser)
            revert NotOfRequester(msg.sender, agency, given.agency());
    }
}
