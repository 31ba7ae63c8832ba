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
///        The first word judges by itself whoever signed in number and in time under a standard without clauses: most
///        registrations pay for no more.
library Judgement {
    /// @param at when it is, or was, registered; seconds since 1970 UTC
    /// @return whether {judge} needs the standard's second word
    function needsExtension(Facts facts, Core core, uint40 at) internal pure returns (bool) {
        return core.extended() || facts.officers() < core.fewestOfficers() || _isLate(facts, core, at);
    }

    /// @param extension zero where it is not needed
    function judge(
        Facts facts,
        uint16 forum,
        uint16 version,
        Core core,
        Extension extension,
        uint40 at
    ) internal pure returns (Assessment memory) {
        uint64 taken = facts.dataLocation() == forum ? facts.steps() | DATA_IN_FORUM : facts.steps();
        uint128 fatal = core.fatalSteps() & ~taken;
        uint128 curable = core.curableSteps() & ~taken;
        uint128 noted = core.notedSteps() & ~taken;
        if (facts.algorithms() & core.acceptedAlgorithms() == 0) fatal |= REASON_ALGORITHMS;

        if (Extension.unwrap(extension) != 0) {
            uint128[4] memory more = _judgeExtension(facts, taken, core, extension, at);
            fatal |= more[FATAL];
            curable |= more[CURABLE];
            noted |= more[NOTED];
        }
        return
            Assessment({
                verdict: verdictOf(fatal, curable, noted),
                version: version,
                fatal: fatal,
                curable: curable,
                noted: noted
            });
    }

    /// @return reasons by severity
    function _judgeExtension(
        Facts facts,
        uint64 taken,
        Core core,
        Extension extension,
        uint40 at
    ) private pure returns (uint128[4] memory reasons) {
        if (facts.officers() < core.fewestOfficers()) reasons[extension.officersSeverity()] |= REASON_OFFICERS;
        if (_isLate(facts, core, at)) {
            reasons[extension.delaySeverity()] |= REASON_DELAY;
            if (core.until() != 0 && at >= core.until()) reasons[CURABLE] |= REASON_DATE_UNPROVEN;
        }
        for (uint256 i = 0; i < CLAUSES; ++i) {
            (uint8 severity, uint64 anyOf) = extension.clause(i);
            if (severity == 0) break; // clauses stand without gaps
            if (taken & anyOf == 0) reasons[severity] |= reasonOfClause(i);
        }
    }

    function _isLate(Facts facts, Core core, uint40 at) private pure returns (bool) {
        unchecked {
            return at > facts.endedAt() + core.delay(); // 37 bits and 24 bits: never beyond 40
        }
    }
}
