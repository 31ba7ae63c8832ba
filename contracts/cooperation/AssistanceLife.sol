// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Assistance, ASSISTANCE_DIRECT, AssistanceStatus } from "../../interfaces/cooperation/IAssistanceRequests.sol";
import { Record } from "../types/PackedAssistance.sol";

/// @notice What time makes of a request for assistance, and what may follow what. A deadline is met at its very second.
library AssistanceLife {
    /// @dev A supplement that does not come for so long does not come any more.
    uint40 internal constant SUPPLEMENT_WITHIN = 60 days;

    /// @dev Begun and with no final answer: what an asker may take back, and what counts as open.
    uint256 internal constant OPEN =
        (1 << uint8(AssistanceStatus.Sent)) |
            (1 << uint8(AssistanceStatus.Received)) |
            (1 << uint8(AssistanceStatus.SupplementAsked)) |
            (1 << uint8(AssistanceStatus.Postponed)) |
            EXECUTABLE;

    /// @dev An answer is expected of the executor, and the clock runs.
    uint256 internal constant EXECUTABLE =
        (1 << uint8(AssistanceStatus.Assigned)) |
            (1 << uint8(AssistanceStatus.Accepted)) |
            (1 << uint8(AssistanceStatus.AcceptedWithConditions)) |
            (1 << uint8(AssistanceStatus.Executing)) |
            (1 << uint8(AssistanceStatus.Partial));

    /// @dev What stops the clock.
    uint256 internal constant STANDING =
        (1 << uint8(AssistanceStatus.SupplementAsked)) | (1 << uint8(AssistanceStatus.Postponed));

    function statusAt(Record memory record, uint40 at) internal pure returns (AssistanceStatus) {
        Assistance memory told = record.told;
        AssistanceStatus state = told.state;
        if (state == AssistanceStatus.Submitted)
            return at > told.acknowledgeBy ? AssistanceStatus.OverdueAtHome : state;
        if (state == AssistanceStatus.SupplementAsked)
            return at > told.pausedAt + SUPPLEMENT_WITHIN ? AssistanceStatus.Stale : state;
        if (state == AssistanceStatus.Postponed) {
            if (at < record.standsUntil) return state;
            state = record.before;
        }
        if (!isOneOf(state, OPEN)) return state;
        if (at > told.answerBy) return AssistanceStatus.Overdue;
        bool late = state == AssistanceStatus.Sent && at > told.acknowledgeBy;
        return late ? AssistanceStatus.OverdueReceipt : state;
    }

    /// @notice Lets the clock stand. A postponement says until when, and the deadline moves with it at once.
    /// @param until 0 where nobody knows
    function pause(Record memory record, AssistanceStatus state, uint40 present, uint40 until) internal pure {
        Assistance memory told = record.told;
        (record.before, told.state) = (told.state, state);
        (told.pausedAt, record.standsUntil) = (present, until);
        if (until != 0) told.answerBy += until - present;
    }

    /// @notice Lets the clock run on: the deadline moves by the time that it stood. Nothing where it runs. What ends
    ///         while it is Stale keeps since when it stood: nothing of that time is covered.
    function resume(Record memory record, uint40 present) internal pure {
        Assistance memory told = record.told;
        if (told.state == AssistanceStatus.SupplementAsked) told.answerBy += present - told.pausedAt;
        else if (told.state != AssistanceStatus.Postponed) return;
        else if (present < record.standsUntil) told.answerBy -= record.standsUntil - present;
        if (statusAt(record, present) != AssistanceStatus.Stale) told.pausedAt = 0;
        (told.state, record.before) = (record.before, AssistanceStatus.None);
        record.standsUntil = 0;
    }

    /// @return mask of the states that an answer may make of this one
    function answersTo(AssistanceStatus state) internal pure returns (uint256) {
        if (state == AssistanceStatus.SupplementAsked) return _bit(AssistanceStatus.Refused);
        if (state == AssistanceStatus.Fulfilled) return _bit(AssistanceStatus.Confirmed);
        if (!isOneOf(state, EXECUTABLE)) return 0;
        uint256 next = STANDING | _bit(AssistanceStatus.Partial) | _bit(AssistanceStatus.Fulfilled);
        if (state == AssistanceStatus.Partial) return next;
        next |= _bit(AssistanceStatus.Refused);
        if (state == AssistanceStatus.Assigned)
            next |= _bit(AssistanceStatus.Accepted) | _bit(AssistanceStatus.AcceptedWithConditions);
        else if (state != AssistanceStatus.Executing) next |= _bit(AssistanceStatus.Executing);
        return next;
    }

    /// @return mask of the states that a panel may make of this one
    function rulingsOn(AssistanceStatus state) internal pure returns (uint256) {
        if (state == AssistanceStatus.Fulfilled) return _bit(AssistanceStatus.Disputed);
        if (state != AssistanceStatus.Disputed) return 0;
        return _bit(AssistanceStatus.DisputeLost) | _bit(AssistanceStatus.Fulfilled) | _bit(AssistanceStatus.Confirmed);
    }

    function isDirect(Record memory record) internal pure returns (bool) {
        return record.told.flags & ASSISTANCE_DIRECT != 0;
    }

    function isOneOf(AssistanceStatus state, uint256 mask) internal pure returns (bool) {
        return mask & _bit(state) != 0;
    }

    function _bit(AssistanceStatus state) private pure returns (uint256) {
        return 1 << uint8(state);
    }
}
