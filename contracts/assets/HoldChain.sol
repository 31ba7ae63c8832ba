// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { FreezeProfile } from "../../interfaces/assets/IFreezeProfiles.sol";
import { REQUEST_BY_COURT, REQUEST_OWN } from "../../interfaces/assets/IFreezeRequests.sol";
import { Answer, Hold, HOLD_BY_COURT, HOLD_OBJECTED, HoldState, Link, Seen } from "../../interfaces/assets/IHolds.sol";
import { PackedRequest } from "../types/PackedRequest.sol";
import { Measure } from "../types/ProfileKey.sol";
import { HoldLife } from "./HoldLife.sol";

/// @notice Holds on one account, one after the other: what was held before counts, so that no change of requests makes
///         a period longer than the law's; and who comes later waits for its turn.
abstract contract HoldChain is HoldLife {
    uint8 private constant MOST_WAITING = 8;
    uint8 internal constant REASON_OBJECTION = 5;

    // One hold after the other

    /// @dev Names the hold that this one will continue: it stands until the second officer confirms. Its time counts up
    ///      to now, when that of this hold begins.
    /// @return until end of the new hold
    function _nameEarlier(bytes32 id, Answer calldata given, PackedRequest request) internal returns (uint40 until) {
        bytes32 earlierId = holdId(given.earlierRequest, given.earlierTarget);
        Hold memory earlier = _requireLive(id, earlierId, given);
        PackedRequest before = _requestOf(given.earlierRequest);
        _requireContinuable(id, given.amount, request, earlierId, earlier, before);
        Link storage link = _links[earlierId];
        if (block.timestamp <= link.reservedUntil) revert AlreadyContinuing(earlierId, link.reservedUntil);

        link.reservedUntil = uint40(block.timestamp) + _profileOf(request).checkWithin;
        until = _link(id, given, request, before, link, uint40(block.timestamp) - earlier.since);
        _links[id].pending = true;
        emit Continuing(id, earlierId);
    }

    /// @dev Ends the hold that this one continues, now that it is confirmed; what is objected to stays objected to. One
    ///      that ended by itself or was let go of has only its time counted.
    function _takeOver(bytes32 id, Seen calldata seen, Hold memory hold) internal {
        Link storage link = _links[id];
        (bytes32 request, bytes32 target) = (link.earlierRequest, link.earlierTarget);
        bytes32 earlierId = holdId(request, target);
        Hold memory earlier = _peek(earlierId);
        uint96 amount = 0;
        if (_isHolding(earlier.state)) {
            if (_isLive(_statusNow(request, target, earlier))) {
                amount = earlier.amount;
                PackedRequest before = _requestOf(request);
                _requireContinuable(id, hold.amount, _requestOf(seen.request), earlierId, earlier, before);
                _flowOut(earlierId, earlier, amount);
                _finish(earlierId, earlier, HoldState.Continued);
                _store(earlierId, earlier);
            }
        } else if (earlier.state != HoldState.Released || earlier.code == REASON_OBJECTION) {
            revert EarlierMisstated(earlierId);
        }

        uint16 objections = _links[earlierId].objections;
        link.objections += objections;
        if (objections != 0) hold.flags |= HOLD_OBJECTED;
        link.pending = false;
        _laters[earlierId] = Later(seen.request, seen.target);
        emit Continued(earlierId, id, amount);
    }

    /// @dev After waiting: the hold before has ended by itself and counts all the same.
    /// @return until end of the new hold
    function _takeTurn(bytes32 id, Answer calldata given, PackedRequest request) internal returns (uint40 until) {
        Link memory link = _links[id];
        bytes32 earlierId = holdId(given.earlierRequest, given.earlierTarget);
        if (link.earlierRequest != given.earlierRequest || link.earlierTarget != given.earlierTarget)
            revert EarlierMisstated(earlierId);
        Hold memory earlier = _peek(earlierId);
        Link memory before = _links[earlierId];
        uint40 heldSince = _isHolding(earlier.state) ? earlier.since : before.heldSince;
        uint40 heldFor = heldSince == 0 ? 0 : _overAt(given.earlierRequest, given.earlierTarget) - heldSince;
        until = _link(id, given, request, _requestOf(given.earlierRequest), before, heldFor);
    }

    // Waiting

    function _queue(bytes32 id, Answer calldata given) internal {
        bytes32 earlierId = holdId(given.earlierRequest, given.earlierTarget);
        _requireLive(id, earlierId, given);
        Link storage before = _links[earlierId];
        if (before.waiting == MOST_WAITING) revert QueueFull(earlierId, MOST_WAITING);

        ++before.waiting;
        (_links[id].earlierRequest, _links[id].earlierTarget) = (given.earlierRequest, given.earlierTarget);
    }

    /// @dev Whoever no longer waits makes room.
    function _unqueue(bytes32 id) internal {
        Link storage link = _links[id];
        Link storage before = _links[holdId(link.earlierRequest, link.earlierTarget)];
        if (before.waiting != 0) --before.waiting;
    }

    // Money and ends

    /// @dev Money leaves: what was ever held is remembered from the first time on.
    function _flowOut(bytes32 id, Hold memory hold, uint96 amount) internal {
        if (_outflows[id].held == 0) _outflows[id].held = hold.amount;
        hold.amount -= amount;
    }

    /// @dev Whoever waits behind it will have to know since when it held.
    function _finish(bytes32 id, Hold memory hold, HoldState state) internal {
        if (_links[id].waiting != 0) _links[id].heldSince = hold.since;
        hold.state = state;
        hold.since = uint40(block.timestamp);
        hold.until = uint40(block.timestamp);
    }

    // Internal

    /// @dev The same agency's or the institution's own, for an answer to one agency never ends what another asked for.
    ///      Nothing is let go of by it: that takes a release. And whoever holds for another authority than a court does
    ///      not end what a court ordered.
    function _requireContinuable(
        bytes32 id,
        uint96 amount,
        PackedRequest request,
        bytes32 earlierId,
        Hold memory earlier,
        PackedRequest before
    ) private pure {
        bool theirs = before.agency() == request.agency() || before.flags() & REQUEST_OWN != 0;
        if (!theirs) revert EarlierMisstated(earlierId);
        if (amount < earlier.amount) revert AmountMisstated(id, amount, earlier.amount);
        bool byCourt = (before.flags() & REQUEST_BY_COURT) != 0 || (earlier.flags & HOLD_BY_COURT) != 0;
        if (byCourt && request.flags() & REQUEST_BY_COURT == 0) revert CourtOrdered(earlierId);
    }

    /// @dev Another hold of the same institution in the same currency, in effect now.
    function _requireLive(
        bytes32 id,
        bytes32 earlierId,
        Answer calldata given
    ) private view returns (Hold memory earlier) {
        earlier = _peek(earlierId);
        Hold memory hold = _peek(id);
        bool stands =
            earlierId != id &&
                _isHolding(earlier.state) &&
                earlier.institution == hold.institution &&
                earlier.currency == hold.currency &&
                !_isPending(earlierId, earlier) &&
                _isLive(_statusNow(given.earlierRequest, given.earlierTarget, earlier));
        if (!stands) revert EarlierMisstated(earlierId);
    }

    /// @return until end of the new hold, within what the law leaves of the whole
    function _link(
        bytes32 id,
        Answer calldata given,
        PackedRequest request,
        PackedRequest before,
        Link memory counted,
        uint40 heldFor
    ) private returns (uint40 until) {
        FreezeProfile memory profile = _profileOf(request);
        uint256 heldInAll = uint256(counted.heldBefore) + heldFor;
        uint32 heldBefore = heldInAll > type(uint32).max ? type(uint32).max : uint32(heldInAll);
        uint8 stops = _oneMore(counted.stopsBefore, before);
        uint8 stopsInAll = _oneMore(stops, request);
        if (profile.stops != 0 && stopsInAll > profile.stops) revert TooManyStops(id, stopsInAll, profile.stops);
        uint32 period = request.period();
        if (profile.total != 0) {
            if (heldBefore >= profile.total) revert NothingLeft(id, heldBefore, profile.total);
            uint32 left = profile.total - heldBefore;
            if (left < period) period = left;
        }

        Link storage link = _links[id];
        (link.earlierRequest, link.earlierTarget) = (given.earlierRequest, given.earlierTarget);
        (link.heldBefore, link.stopsBefore, link.heldSince) = (heldBefore, stops, uint40(block.timestamp));
        return uint40(block.timestamp) + period;
    }

    /// @dev Nobody counts further than 255, which is more than any law allows.
    function _oneMore(uint8 stops, PackedRequest request) private pure returns (uint8) {
        return request.key().measure() == Measure.StopPayment && stops != type(uint8).max ? stops + 1 : stops;
    }
}
