// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Judgement } from "../evidence/Judgement.sol";
import { Assessment, toAssessment } from "../types/Assessment.sol";
import { Facts } from "../types/Facts.sol";
import { Core, Extension } from "../types/Standard.sol";

/// @dev For property tests: the library as the registry calls it, many cases at a time, any standard, no storage.
contract JudgementMock {
    uint16 private constant VERSION = 7;

    struct Case {
        Facts facts;
        uint16 forum;
        uint40 at;
        Core core;
        Extension extension;
    }

    function judgeAll(Case[] calldata cases) external pure returns (Assessment[] memory answers) {
        answers = new Assessment[](cases.length);
        for (uint256 i = 0; i < cases.length; ++i) answers[i] = _judge(cases[i]);
    }

    function withLater(Facts facts, uint8 addedOfficers, uint64 curedSteps) external pure returns (Facts) {
        return facts.withLater(addedOfficers, curedSteps);
    }

    function _judge(Case calldata one) private pure returns (Assessment memory) {
        Extension extension = Judgement.needsExtension(one.facts, one.core, one.at) ? one.extension : Extension.wrap(0);
        return toAssessment(Judgement.judge(one.facts, one.forum, one.core, extension, one.at), VERSION);
    }
}
