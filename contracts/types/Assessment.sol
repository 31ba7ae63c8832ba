// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { because, Reasons } from "./Reasons.sol";
import { CURABLE, FATAL, NOTED } from "./Standard.sol";
import { Verdict } from "./Verdict.sol";

/// @notice The outcome of judging facts by one standard. The three masks hold reasons, see {Reasons}.
struct Assessment {
    Verdict verdict;
    uint16 version;
    uint128 fatal;
    uint128 curable;
    uint128 noted;
}

function toAssessment(Reasons reasons, uint16 version) pure returns (Assessment memory) {
    return
        Assessment({
            verdict: reasons.verdict(),
            version: version,
            fatal: reasons.fatal(),
            curable: reasons.curable(),
            noted: reasons.noted()
        });
}

function reasonsOf(Assessment memory assessment) pure returns (Reasons) {
    return because(FATAL, assessment.fatal) | because(CURABLE, assessment.curable) | because(NOTED, assessment.noted);
}
