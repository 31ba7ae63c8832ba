// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { FreezeProfile } from "../../interfaces/assets/IFreezeProfiles.sol";
import { REQUEST_BY_COURT, REQUEST_OWN } from "../../interfaces/assets/IFreezeRequests.sol";
import { Answer, Hold, HOLD_BY_COURT, HoldState, Link } from "../../interfaces/assets/IHolds.sol";
import { PackedRequest } from "../types/PackedRequest.sol";
import { Measure } from "../types/ProfileKey.sol";
import { HoldLife } from "./HoldLife.sol";

/// @notice Holds on one account, one after the other: what was held before counts, so that no change of requests makes
///         a period longer than the law's; and who comes later waits for its turn.
abstract contract HoldChain is HoldLife {
    uint8 private constant MOST_WAITING = 8;

    // One hold after the other

    /// @dev Ends the hold that this one continues: the same agency's or the institution's own, for an answer to one
    ///      agency never ends what another asked for. Nothing is let go of by it: that takes a release. And whoever
    ///      holds for another authority than a court does not end what a court ordered.
    /// @return until end of the new hold
    function _continue(bytes32 id, Answer calldata given, PackedRequest request) internal returns (uint40 until) {
        bytes32 earlierId = holdId(given.earlierRequest, given.earlierTarget);
        Hold memory earlier = _requireLive(id, earlierId, given);
        PackedRequest before = _requestOf(given.earlierRequest);
        bool theirs = before.agency() == request.agency() || before.flags() & REQUEST_OWN != 0;
        if (!theirs) revert EarlierMisstated(earlierId);
        if (given.amount < earlier.amount) revert AmountMisstated(id, given.amount, earlier.amount);
        bool byCourt = (before.flags() & REQUEST_BY_COURT) != 0 || (earlier.flags & HOLD_BY_COURT) != 0;
        if (byCourt && request.flags() & REQUEST_BY_COURT == 0) revert CourtOrdered(earlierId);
        uint40 heldFor = uint40(block.timestamp) - earlier.since;
        until = _link(id, given, request, before, _links[earlierId], heldFor);

        _flowOut(earlierId, earlier, earlier.amount);
        _finish(earlierId, earlier, HoldState.Continued);
        _store(earlierId, earlier);
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
                _isLive(_statusNow(given.earlierRequest, given.earlierTarget, earlier));
        if (!stands) revert EarlierMisstated(earlierId);
    }

    /// @return until end of the new hold, within what the law leaves of the whole
    function _link(
        bytes32 id,
        Answer calldata given,
        PackedRequest request,
        PackedRequest before,
        Link memory link,
        uint40 heldFor
    ) private returns (uint40 until) {
        FreezeProfile memory profile = _profileOf(request);
        uint32 heldBefore = link.heldBefore + uint32(heldFor);
        uint8 stops = link.stopsBefore + (before.key().measure() == Measure.StopPayment ? 1 : 0);
        _requireStops(id, request, stops, profile.stops);
        uint32 period = request.period();
        if (profile.total != 0) {
            if (heldBefore >= profile.total) revert NothingLeft(id, heldBefore, profile.total);
            uint32 left = profile.total - heldBefore;
            if (left < period) period = left;
        }

        _links[id] = Link({
            earlierRequest: given.earlierRequest,
            earlierTarget: given.earlierTarget,
            heldBefore: heldBefore,
            stopsBefore: stops,
            waiting: _links[id].waiting,
            heldSince: uint40(block.timestamp)
        });
        return uint40(block.timestamp) + period;
    }

    function _requireStops(bytes32 id, PackedRequest request, uint8 stopsBefore, uint8 most) private pure {
        uint8 stops = stopsBefore + (request.key().measure() == Measure.StopPayment ? 1 : 0);
        if (most != 0 && stops > most) revert TooManyStops(id, stops, most);
    }
}
