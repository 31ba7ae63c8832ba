// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { DATA_IN_FORUM, Facts } from "../types/Facts.sol";
import {
    because,
    REASON_ALGORITHMS,
    REASON_DATE_UNPROVEN,
    REASON_DELAY,
    reasonOfClause,
    REASON_OFFICERS,
    Reasons
} from "../types/Reasons.sol";
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
        Core core,
        Extension extension,
        uint40 at
    ) internal pure returns (Reasons reasons) {
        uint64 taken = facts.dataLocation() == forum ? facts.steps() | DATA_IN_FORUM : facts.steps();
        reasons =
            because(FATAL, core.fatalSteps() & ~taken) |
            because(CURABLE, core.curableSteps() & ~taken) |
            because(NOTED, core.notedSteps() & ~taken);
        if (facts.algorithms() & core.acceptedAlgorithms() == 0) reasons = reasons | because(FATAL, REASON_ALGORITHMS);

        if (Extension.unwrap(extension) != 0) reasons = reasons | _judgeExtension(facts, taken, core, extension, at);
    }

    function _judgeExtension(
        Facts facts,
        uint64 taken,
        Core core,
        Extension extension,
        uint40 at
    ) private pure returns (Reasons reasons) {
        if (facts.officers() < core.fewestOfficers()) reasons = because(extension.officersSeverity(), REASON_OFFICERS);
        if (_isLate(facts, core, at)) {
            reasons = reasons | because(extension.delaySeverity(), REASON_DELAY);
            if (core.until() != 0 && at >= core.until()) reasons = reasons | because(CURABLE, REASON_DATE_UNPROVEN);
        }
        for (uint256 i = 0; i < CLAUSES; ++i) {
            (uint8 severity, uint64 anyOf) = extension.clause(i);
            if (severity == 0) break; // clauses stand without gaps
            if (taken & anyOf == 0) reasons = reasons | because(severity, reasonOfClause(i));
        }
    }

    function _isLate(Facts facts, Core core, uint40 at) private pure returns (bool) {
        unchecked {
            return at > facts.endedAt() + core.delay(); // 37 bits and 24 bits: never beyond 40
        }
    }
}
