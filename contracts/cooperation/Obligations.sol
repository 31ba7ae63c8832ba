// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { ObligationStatus } from "../../interfaces/cooperation/IAgreementRegistry.sol";
import { InForce } from "./InForce.sol";

/// @notice The third part of {IAgreementRegistry}: duties beside the requests, and whether they were performed.
/// @dev Turn n of a duty is due at the beginning for its debtor + dueWithin + (n - 1) * every; it runs from the second
///      after the turn before it was due. Only what is due while the debtor is bound is owed.
abstract contract Obligations is InForce {
    uint256 private constant LAST_TURN = type(uint16).max;

    mapping(bytes32 thread => mapping(uint256 turn => uint40)) private _performedAt;

    function perform(bytes32 thread, uint8 obligation, bytes32 evidence) external {
        uint16 debtor = _seatsJurisdiction();
        if (evidence == 0) revert EmptyInstrument();
        Duty memory duty = _dutyOf(thread, obligation, debtor);
        // slither-disable-next-line unused-return // reverts for who did not ratify
        _ratified(thread, debtor);
        (uint40 from, uint40 until) = _span(thread, debtor);
        uint40 present = uint40(block.timestamp);
        if (from == 0 || present < from) revert NotYetDue(thread, from);
        uint16 turn = _turnAt(duty, from, until, present);
        if (turn == 0) revert NoSuchObligation(thread, obligation, debtor);
        uint256 key = _key(obligation, debtor, turn);
        if (_performedAt[thread][key] != 0) revert AlreadyPerformed(thread, obligation, debtor, turn);

        _performedAt[thread][key] = present;
        emit ObligationPerformed(thread, obligation, debtor, turn, evidence);
    }

    // Questions

    function obligationAt(
        bytes32 thread,
        uint8 obligation,
        uint16 debtor,
        uint40 at
    ) external view returns (ObligationStatus status, uint16 turn, uint40 due) {
        Duty memory duty = _dutyOf(thread, obligation, debtor);
        (uint40 from, uint40 until) = _span(thread, debtor);
        if (from == 0 || at < from) return (ObligationStatus.None, 0, 0);
        turn = _turnAt(duty, from, until, at);
        if (turn == 0) return (ObligationStatus.None, 0, 0);
        due = _dueOf(duty, from, turn);
        if (_isPerformed(thread, obligation, debtor, turn, at)) return (ObligationStatus.Performed, turn, due);
        if (at > due) return (ObligationStatus.Breached, turn, due);
        // A turn that was missed is not forgotten because the next one began.
        if (turn > 1 && !_isPerformed(thread, obligation, debtor, turn - 1, at))
            return (ObligationStatus.Breached, turn - 1, _dueOf(duty, from, turn - 1));
        return (ObligationStatus.Pending, turn, due);
    }

    function turnOf(
        bytes32 thread,
        uint8 obligation,
        uint16 debtor,
        uint16 turn
    ) external view returns (uint40 due, uint40 performedAt) {
        Duty memory duty = _dutyOf(thread, obligation, debtor);
        (uint40 from, uint40 until) = _span(thread, debtor);
        bool owed = from != 0 && turn != 0 && (turn == 1 || duty.every != 0);
        // Turns may be asked for that lie beyond all time: compared before they are cut to 40 bits.
        uint256 exact = owed ? _exactDueOf(duty, from, turn) : 0;
        if (!owed || exact >= until) return (0, 0);
        due = uint40(exact);
        performedAt = _performedAt[thread][_key(obligation, debtor, turn)];
    }

    // Internal

    function _dutyOf(bytes32 thread, uint8 obligation, uint16 debtor) private view returns (Duty memory duty) {
        duty = _duties[agreedVersion(thread)][obligation];
        bool owes = duty.dueWithin != 0 && (duty.debtor == 0 || duty.debtor == debtor);
        if (!owes) revert NoSuchObligation(thread, obligation, debtor);
    }

    /// @return the turn that runs then, or the last that is owed; 0 if none is
    function _turnAt(Duty memory duty, uint40 from, uint40 until, uint40 at) private pure returns (uint16) {
        uint256 first = uint256(from) + duty.dueWithin;
        if (first >= until) return 0;
        if (duty.every == 0) return 1;
        uint256 running = at <= first ? 1 : (at - first - 1) / duty.every + 2;
        uint256 last = (until - 1 - first) / duty.every + 1;
        if (last > LAST_TURN) last = LAST_TURN;
        return uint16(running < last ? running : last);
    }

    function _exactDueOf(Duty memory duty, uint40 from, uint16 turn) private pure returns (uint256) {
        return uint256(from) + duty.dueWithin + uint256(turn - 1) * duty.every;
    }

    /// @dev Of a turn that is owed: due before the debtor is bound no more.
    function _dueOf(Duty memory duty, uint40 from, uint16 turn) private pure returns (uint40) {
        return uint40(_exactDueOf(duty, from, turn));
    }

    function _isPerformed(
        bytes32 thread,
        uint8 obligation,
        uint16 debtor,
        uint16 turn,
        uint40 at
    ) private view returns (bool) {
        uint40 performedAt = _performedAt[thread][_key(obligation, debtor, turn)];
        return performedAt != 0 && performedAt <= at;
    }

    function _key(uint8 obligation, uint16 debtor, uint16 turn) private pure returns (uint256) {
        return (uint256(obligation) << 32) | (uint256(debtor) << 16) | turn;
    }
}
