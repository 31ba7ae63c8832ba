// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {
    REQUEST_DECLINED,
    REQUEST_FOREIGN,
    REQUEST_WITHDRAWN,
    RequestStatus
} from "../../interfaces/assets/IFreezeRequests.sol";
import { PackedRequest } from "../types/PackedRequest.sol";
import { Measure } from "../types/ProfileKey.sol";

/// @notice What time makes of a request. A deadline is met at its very second.
library RequestLife {
    /// @return whether institutions are bound by it at that time
    function isBindingAt(PackedRequest request, uint40 at) internal pure returns (bool) {
        if (request.boundAt() == 0 || request.flags() & (REQUEST_DECLINED | REQUEST_WITHDRAWN) != 0) return false;
        return request.ratifiedAt() != 0 || at <= ratifyBy(request);
    }

    function ratifyBy(PackedRequest request) internal pure returns (uint40) {
        return request.requestedAt() + request.ratifyWithin();
    }

    function isForeign(PackedRequest request) internal pure returns (bool) {
        return request.flags() & REQUEST_FOREIGN != 0;
    }

    /// @return whether it is ratified and waits for an endorsement that has to come by a time that the profile says
    function isPatient(PackedRequest request) internal pure returns (bool) {
        return
            request.ratifiedAt() != 0 &&
            request.boundAt() == 0 &&
            request.flags() & (REQUEST_DECLINED | REQUEST_WITHDRAWN) == 0;
    }

    /// @param longest of the profile; looked at only where {isPatient}
    function statusAt(PackedRequest request, uint32 longest, uint40 at) internal pure returns (RequestStatus) {
        if (request.requestedAt() == 0) return RequestStatus.None;
        if (request.flags() & REQUEST_WITHDRAWN != 0) return RequestStatus.Withdrawn;
        if (request.flags() & REQUEST_DECLINED != 0) return RequestStatus.Declined;
        if (request.ratifiedAt() == 0) return _beforeRatification(request, at);
        if (request.boundAt() != 0) return RequestStatus.Running;
        return at > request.requestedAt() + longest ? RequestStatus.Lapsed : RequestStatus.AwaitingEndorsement;
    }

    function _beforeRatification(PackedRequest request, uint40 at) private pure returns (RequestStatus) {
        if (at > ratifyBy(request)) return RequestStatus.Lapsed;
        if (request.key().measure() != Measure.StopPayment) return RequestStatus.AwaitingRatification;
        return request.boundAt() == 0 ? RequestStatus.AwaitingEndorsement : RequestStatus.Provisional;
    }
}
