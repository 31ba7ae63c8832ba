// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { FreezeProfile, IFreezeProfiles } from "../../interfaces/assets/IFreezeProfiles.sol";
import {
    IFreezeRequests,
    REQUEST_BY_COURT,
    REQUEST_DECLINED,
    REQUEST_WITHDRAWN
} from "../../interfaces/assets/IFreezeRequests.sol";
import {
    Balance,
    Hold,
    HOLD_BY_COURT,
    HOLD_CHECKED,
    HOLD_LINKED,
    HoldState,
    HoldStatus,
    IHolds,
    Link
} from "../../interfaces/assets/IHolds.sol";
import { IGenesis } from "../../interfaces/membership/IGenesis.sol";
import { pack, PackedHold } from "../types/PackedHold.sol";
import { PackedRequest } from "../types/PackedRequest.sol";
import { RequestLife } from "./RequestLife.sol";

/// @notice What time makes of a hold, and what of its money went where.
abstract contract HoldLife is IHolds {
    using RequestLife for PackedRequest;

    /// @dev What left a hold; what it was released is what is missing. Written at the first outflow.
    struct Outflow {
        uint96 held; // ever, credits included
        uint96 returned;
        uint96 forfeited;
    }

    /// @dev The hold that continues another one.
    struct Later {
        bytes32 request;
        bytes32 target;
    }

    IFreezeProfiles internal immutable _profiles;
    IFreezeRequests internal immutable _requests;

    mapping(bytes32 hold => PackedHold) private _holds;
    mapping(bytes32 hold => Link) internal _links;
    mapping(bytes32 hold => Outflow) internal _outflows;
    mapping(bytes32 hold => Later) internal _laters;

    constructor() {
        IGenesis genesis = IGenesis(msg.sender);
        _profiles = IFreezeProfiles(genesis.plannedAddressOf("FreezeProfiles"));
        _requests = IFreezeRequests(genesis.plannedAddressOf("FreezeRequests"));
    }

    // Questions

    function holdOf(bytes32 hold) external view returns (Hold memory) {
        return _holds[hold].unpack();
    }

    function linkOf(bytes32 hold) external view returns (Link memory) {
        return _links[hold];
    }

    function statusAt(bytes32 request, bytes32 target, uint40 at) external view returns (HoldStatus) {
        Hold memory hold = _peek(holdId(request, target));
        return hold.state == HoldState.None ? HoldStatus.None : _statusOf(request, target, hold, at);
    }

    function balanceAt(bytes32 request, bytes32 target, uint40 at) external view returns (Balance memory balance) {
        bytes32 id = holdId(request, target);
        (Hold memory hold, Outflow memory out) = (_peek(id), _outflows[id]);
        if (_isPending(id, hold)) return balance; // the money is the earlier hold's
        bool holding = _isHolding(hold.state);
        balance.held = out.held == 0 && holding ? hold.amount : out.held;
        (balance.returned, balance.forfeited) = (out.returned, out.forfeited);
        bool live = hold.state == HoldState.Disposed || (holding && _isLive(_statusOf(request, target, hold, at)));
        if (live) balance.remaining = hold.amount;
        balance.released = balance.held - balance.returned - balance.forfeited - balance.remaining;
    }

    function newestOf(bytes32 request, bytes32 target) external view returns (bytes32, bytes32) {
        Later memory later = _laters[holdId(request, target)];
        while (later.request != 0) {
            (request, target) = (later.request, later.target);
            later = _laters[holdId(request, target)];
        }
        return (request, target);
    }

    function replyBy(bytes32 request, bytes32 target) external view returns (uint40) {
        PackedRequest given = _requestOf(request);
        if (!given.isBindingAt(uint40(block.timestamp))) return type(uint40).max;
        return _replyBy(given, _peek(holdId(request, target)), _profileOf(given));
    }

    function holdId(bytes32 request, bytes32 target) public pure returns (bytes32) {
        return keccak256(abi.encode(request, target));
    }

    // Internal

    /// @dev One place for each of what many functions ask: a contract has room for 24,576 bytes.
    function _store(bytes32 id, Hold memory hold) internal {
        _holds[id] = pack(hold);
    }

    function _load(bytes32 id) internal view returns (Hold memory) {
        PackedHold packed = _holds[id];
        if (packed.isNone()) revert NoSuchHold(id);
        return packed.unpack();
    }

    function _peek(bytes32 id) internal view returns (Hold memory) {
        return _holds[id].unpack();
    }

    function _create(bytes32 id, bytes32 target, PackedHold packed) internal {
        if (!_holds[id].isNone()) revert TargetTwice(target);
        _holds[id] = packed;
    }

    function _requestOf(bytes32 request) internal view returns (PackedRequest) {
        return _requests.packedRequestOf(request);
    }

    function _statusNow(bytes32 request, bytes32 target, Hold memory hold) internal view returns (HoldStatus) {
        return _statusOf(request, target, hold, uint40(block.timestamp));
    }

    /// @dev Of a hold that is there.
    function _statusOf(
        bytes32 request,
        bytes32 target,
        Hold memory hold,
        uint40 at
    ) internal view returns (HoldStatus) {
        HoldState state = hold.state;
        if (state == HoldState.Released) return HoldStatus.Released;
        if (state == HoldState.Continued) return HoldStatus.Continued;
        if (state == HoldState.Disposed) return HoldStatus.Disposed;

        PackedRequest given = _requestOf(request);
        FreezeProfile memory profile = _profileOf(given);
        if (_isHolding(state)) {
            (uint40 end, HoldStatus why) = _endOf(request, given, hold, profile.checkWithin);
            return at >= end ? why : _named(state);
        }
        HoldStatus ended = _endedWithRequest(given, profile.longest, at);
        if (ended != HoldStatus.None) return ended;
        bool confirmed = hold.flags & HOLD_CHECKED != 0 || at <= hold.since + profile.checkWithin;
        bool outcome = state > HoldState.Acknowledged;
        if (outcome && confirmed)
            return state == HoldState.Waiting ? _turnOf(holdId(request, target), profile, at) : _named(state);
        // An outcome that nobody confirmed counts as none.
        if (at > _replyBy(given, hold, profile)) return HoldStatus.Overdue;
        return outcome || state == HoldState.Named ? HoldStatus.Open : _named(state);
    }

    /// @dev The first second at which what was held is no longer held, and why. Nobody has to do anything for it.
    function _endOf(
        bytes32 request,
        PackedRequest given,
        Hold memory hold,
        uint24 checkWithin
    ) internal view returns (uint40 end, HoldStatus why) {
        (end, why) = (hold.until, HoldStatus.Expired);
        uint40 unchecked_ = hold.since + checkWithin + 1;
        if (hold.flags & HOLD_CHECKED == 0 && unchecked_ < end) (end, why) = (unchecked_, HoldStatus.Lapsed);
        uint40 unratified = given.ratifyBy() + 1;
        if (given.ratifiedAt() == 0 && unratified < end) (end, why) = (unratified, HoldStatus.Lapsed);
        if (given.flags() & REQUEST_WITHDRAWN == 0 || _outlivesWithdrawal(given, hold)) return (end, why);
        uint40 withdrawn = _requests.endedAt(request);
        if (withdrawn < end) (end, why) = (withdrawn, HoldStatus.Withdrawn);
    }

    /// @dev The first second at which no money is held any more under any state; max while there is no end to see.
    function _overAt(bytes32 request, bytes32 target) internal view returns (uint40 over) {
        Hold memory hold = _peek(holdId(request, target));
        if (!_isHolding(hold.state)) return hold.state < HoldState.Released ? hold.since : hold.until;
        PackedRequest given = _requestOf(request);
        // slither-disable-next-line unused-return // why it ended does not matter here
        (over, ) = _endOf(request, given, hold, _profileOf(given).checkWithin);
    }

    function _profileOf(PackedRequest given) internal view returns (FreezeProfile memory) {
        return _profiles.profileAt(given.key(), given.profileVersion());
    }

    /// @dev Names the hold that it continues, which stands until the second officer confirms.
    function _isPending(bytes32 id, Hold memory hold) internal view returns (bool) {
        return hold.flags & HOLD_LINKED != 0 && _links[id].pending;
    }

    function _isHolding(HoldState state) internal pure returns (bool) {
        return state == HoldState.Held || state == HoldState.HeldPart;
    }

    function _isLive(HoldStatus status) internal pure returns (bool) {
        return status == HoldStatus.Held || status == HoldStatus.HeldPart;
    }

    /// @dev What a court renewed outlives a withdrawal by anybody else.
    function _outlivesWithdrawal(PackedRequest given, Hold memory hold) private pure returns (bool) {
        return hold.flags & HOLD_BY_COURT != 0 && given.flags() & REQUEST_BY_COURT == 0;
    }

    /// @return None while the request binds
    function _endedWithRequest(PackedRequest given, uint32 longest, uint40 at) private pure returns (HoldStatus) {
        if (given.isBindingAt(at)) return HoldStatus.None;
        if (given.flags() & REQUEST_WITHDRAWN != 0) return HoldStatus.Withdrawn;
        if (given.flags() & REQUEST_DECLINED != 0) return HoldStatus.Lapsed;
        if (given.ratifiedAt() == 0) return at > given.ratifyBy() ? HoldStatus.Lapsed : HoldStatus.Dormant;
        return at > given.requestedAt() + longest ? HoldStatus.Lapsed : HoldStatus.Dormant;
    }

    function _turnOf(bytes32 id, FreezeProfile memory profile, uint40 at) private view returns (HoldStatus) {
        uint40 turn = _overAt(_links[id].earlierRequest, _links[id].earlierTarget);
        if (at < turn) return HoldStatus.Waiting;
        return at - turn > profile.turnWithin ? HoldStatus.Lapsed : HoldStatus.Turn;
    }

    /// @dev While nothing is held, `until` is when the message was sent again.
    function _replyBy(
        PackedRequest given,
        Hold memory hold,
        FreezeProfile memory profile
    ) private pure returns (uint40) {
        bool again = !_isHolding(hold.state) && hold.state < HoldState.Released && hold.until > given.boundAt();
        return (again ? hold.until : given.boundAt()) + profile.replyWithin;
    }

    /// @dev The states from Delivered on bear the same names as their statuses.
    function _named(HoldState state) private pure returns (HoldStatus) {
        uint8 number = uint8(state);
        return HoldStatus(number + (state < HoldState.Held ? 1 : 2));
    }
}
