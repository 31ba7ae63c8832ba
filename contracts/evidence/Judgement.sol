// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {
    Assessment,
    REASON_ALGORITHMS,
    REASON_DATE_UNPROVEN,
    REASON_DELAY,
    reasonOfClause,
    REASON_OFFICERS,
    verdictOf
} from "../types/Assessment.sol";
import { DATA_IN_FORUM, Facts } from "../types/Facts.sol";
import { Core, CLAUSES, CURABLE, Extension, FATAL, NOTED } from "../types/Standard.sol";

/// @title Declared facts against one standard
/// @dev   What is missing is `asked & ~taken`. `concordat.evidence.standards.check` gives the same answer on every bit.
library Judgement {
    /// @dev The second word is needed for clauses, and for the severity of what the first finds wanting.
    function needsExtension(Facts facts, Core core, uint40 at) internal pure returns (bool) {
        return core.extended() || _isLate(facts, core, at) || facts.officers() < core.fewestOfficers();
    }

    /// @param at when it is, or was, registered; seconds since 1970 UTC
    function judge(Facts facts, uint16 forum, Core core, Extension extension, uint40 at)
        internal
        pure
        returns (Assessment memory result)
    {
        uint64 taken = facts.steps();
        if (facts.dataLocation() == forum) taken |= DATA_IN_FORUM;

        result.fatal = core.fatalSteps() & ~taken;
        result.curable = core.curableSteps() & ~taken;
        result.noted = core.notedSteps() & ~taken;

        if (facts.algorithms() & core.acceptedAlgorithms() == 0) result.fatal |= REASON_ALGORITHMS;
        if (facts.officers() < core.fewestOfficers()) _add(result, extension.officersSeverity(), REASON_OFFICERS);
        if (_isLate(facts, core, at)) {
            _add(result, extension.delaySeverity(), REASON_DELAY);
            if (core.until() != 0 && at >= core.until()) result.curable |= REASON_DATE_UNPROVEN;
        }
        if (core.extended()) _judgeClauses(result, taken, extension);

        result.verdict = verdictOf(result.fatal, result.curable, result.noted);
    }

    function _judgeClauses(Assessment memory result, uint64 taken, Extension extension) private pure {
        for (uint256 i = 0; i < CLAUSES; ++i) {
            (uint8 severity, uint64 anyOf) = extension.clause(i);
            if (severity == 0) return; // clauses stand without gaps
            if (taken & anyOf == 0) _add(result, severity, reasonOfClause(i));
        }
    }

    function _isLate(Facts facts, Core core, uint40 at) private pure returns (bool) {
        uint40 endedAt = facts.endedAt();
        return at > endedAt && at - endedAt > core.delay();
    }

    function _add(Assessment memory result, uint8 severity, uint128 reason) private pure {
        if (severity == FATAL) result.fatal |= reason;
        else if (severity == CURABLE) result.curable |= reason;
        else if (severity == NOTED) result.noted |= reason;
    }
}
