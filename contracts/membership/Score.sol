// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { OutcomeKind, StandingAccount } from "../../interfaces/membership/IAgencyReputation.sol";

/// @notice What one jurisdiction said of one agency in one quarter, in whole units. One slot.
struct Tally {
    uint32 good;
    uint32 bad;
}

/// @notice The arithmetic of standing, to the bit (docs/standing.md). Integers only; a division floors.
/// @dev    The client computes the same (`concordat/membership/standing/score.py`); a test compares them.
library Score {
    uint256 private constant ONE = 1 << 32; // a unit of weight, fixed point
    uint256 private constant ROOT = 3037000499; // 2^32 / sqrt(2): what a quarter leaves
    uint256 private constant GONE = 192; // quarters after which nothing is left

    uint256 private constant CAP = 8; // units that a jurisdiction's word of a quarter never reaches
    uint256 private constant GOOD_CAP = 2; // the same of what is good in it: good is made at will, bad is not
    uint256 private constant PRIOR_GOOD = 30 * ONE;
    uint256 private constant PRIOR_ALL = 40 * ONE;

    uint8 private constant FEWEST_PARTIES = 3;
    uint16 private constant WITHHELD_DAYS = 180;
    uint16 private constant RENEWED_DAYS = 90;
    uint256 private constant FALL_TO_1 = 4500;
    uint256 private constant FALL_TO_2 = 3000;
    uint256 private constant RISE_TO_1 = 4000;
    uint256 private constant RISE_TO_0 = 5500;

    /// @dev Weights in units, a byte a kind: answered in time 4, confirmed 8, freeze answered 4.
    uint256 private constant GOOD = 0x04080400;
    /// @dev From kind 14 down to kind 4: 8 obligation, 24 use limit, 16 dispute, 12 excluded, 12 unjustified, 8 freeze
    ///      overdue, 4 freeze late, 2 no ground, 8 overdue, 4 late, 2 acknowledged late.
    uint256 private constant BAD = 0x0818100c0c080402080402 << 32;

    /// @return since 1970, of 91 days
    function quarterOf(uint256 time) internal pure returns (uint16) {
        return uint16(time / 91 days);
    }

    /// @return since 1970
    function dayOf(uint256 time) internal pure returns (uint16) {
        return uint16(time / 1 days);
    }

    function plus(Tally memory tally, OutcomeKind kind) internal pure returns (Tally memory) {
        return Tally({ good: tally.good + _weight(GOOD, kind), bad: tally.bad + _weight(BAD, kind) });
    }

    function minus(Tally memory tally, OutcomeKind kind) internal pure returns (Tally memory) {
        return Tally({ good: tally.good - _weight(GOOD, kind), bad: tally.bad - _weight(BAD, kind) });
    }

    /// @notice Lets the time pass until a quarter.
    function advance(StandingAccount memory account, uint16 quarter) internal pure {
        uint256 quarters = quarter - account.quarter;
        if (quarters == 0) return;
        account.good = uint96(_decay(account.good, quarters));
        account.bad = uint96(_decay(account.bad, quarters));
        account.quarter = quarter;
        account.partiesBefore = quarters == 1 ? account.parties : 0;
        account.parties = 0;
    }

    /// @notice A tally that is `age` quarters old changed: its share in the sums follows.
    function reweigh(StandingAccount memory account, Tally memory from, Tally memory to, uint16 age) internal pure {
        (uint256 goodBefore, uint256 badBefore) = _parts(from);
        (uint256 good, uint256 bad) = _parts(to);
        account.good = uint96(_less(account.good, _decay(goodBefore, age)) + _decay(good, age));
        account.bad = uint96(_less(account.bad, _decay(badBefore, age)) + _decay(bad, age));
        if (from.bad == 0 && to.bad != 0 && account.parties != type(uint8).max) ++account.parties;
        if (from.bad == 0 || to.bad != 0) return;
        if (age == 0) account.parties = uint8(_less(account.parties, 1));
        if (age == 1) account.partiesBefore = uint8(_less(account.partiesBefore, 1));
    }

    /// @notice Sets tier and end anew. A tier whose end has come counts as none. A fall needs three jurisdictions, a
    ///         rise nobody. The end moves when the tier changes, and, if three jurisdictions say so again, when less
    ///         than 90 days remain.
    /// @param account advanced to the present quarter
    /// @return points the score, basis points
    function evaluate(StandingAccount memory account, uint16 today) internal pure returns (uint16 points) {
        points = pointsAt(account, account.quarter);
        uint8 before = today < account.withheldUntil ? account.tier : 0;
        uint8 tier = _tierOf(points, before);
        bool several = account.parties >= FEWEST_PARTIES || account.partiesBefore >= FEWEST_PARTIES;
        if (tier > before && !several) tier = before;

        account.tier = tier;
        if (tier == 0) account.withheldUntil = 0;
        else if (tier != before || (several && account.withheldUntil - today < RENEWED_DAYS))
            account.withheldUntil = today + WITHHELD_DAYS;
    }

    /// @return basis points; whoever nothing was said of has 7500
    function pointsAt(StandingAccount memory account, uint16 quarter) internal pure returns (uint16) {
        uint256 quarters = quarter - account.quarter;
        (uint256 good, uint256 bad) = (_decay(account.good, quarters), _decay(account.bad, quarters));
        return uint16(((good + PRIOR_GOOD) * 10_000) / (good + bad + PRIOR_ALL));
    }

    /// @dev Half is left after two quarters.
    function _decay(uint256 value, uint256 quarters) private pure returns (uint256) {
        if (quarters >= GONE) return 0;
        return (quarters & 1 == 0 ? value : (value * ROOT) >> 32) >> (quarters >> 1);
    }

    /// @dev What a tally adds: good stays below GOOD_CAP, both together below CAP, however often it is repeated.
    function _parts(Tally memory tally) private pure returns (uint256 good, uint256 bad) {
        uint256 whole = CAP + tally.good + tally.bad;
        return ((tally.good * GOOD_CAP * ONE) / whole, (tally.bad * CAP * ONE) / whole);
    }

    function _tierOf(uint256 points, uint8 before) private pure returns (uint8) {
        if (before != 0 && points >= RISE_TO_0) return 0;
        if (points < FALL_TO_2 || (before == 2 && points < RISE_TO_1)) return 2;
        return before != 0 || points < FALL_TO_1 ? 1 : 0;
    }

    function _weight(uint256 weights, OutcomeKind kind) private pure returns (uint32) {
        return uint8(weights >> (8 * uint256(kind)));
    }

    function _less(uint256 value, uint256 by) private pure returns (uint256) {
        return value > by ? value - by : 0;
    }
}
