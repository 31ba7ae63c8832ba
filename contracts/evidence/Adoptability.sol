// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { IStandardsRegistry } from "../../interfaces/evidence/IStandardsRegistry.sol";
import { Core, CLAUSES, CURABLE, Extension } from "../types/Standard.sol";
import { StandardKey } from "../types/StandardKey.sol";

/// @title What a standard must be to be adopted
library Adoptability {
    /// @dev SHA-256, SM3, SHA-384, SHA-512, SHA3-256, SHA3-512; MD5 and SHA-1 are evidence of nothing by themselves.
    uint8 private constant SOUND_ALGORITHMS = 0x3F;
    uint256 private constant SPARE_BITS = (1 << 68) - 1;

    /// @dev Sound by itself.
    function requireWellFormed(StandardKey key, Core core, Extension extension) internal pure {
        _requireDisjoint(key, core);
        if (core.until() != 0) revert IStandardsRegistry.UntilGiven(key);
        if (core.delay() == 0) revert IStandardsRegistry.NoDelay(key);
        if (core.fewestOfficers() == 0) revert IStandardsRegistry.NoOfficers(key);
        if (core.acceptedAlgorithms() == 0 || core.acceptedAlgorithms() & ~SOUND_ALGORITHMS != 0) {
            revert IStandardsRegistry.NoAcceptedAlgorithm(key);
        }
        if (Extension.unwrap(extension) & SPARE_BITS != 0) revert IStandardsRegistry.SpareBitsSet(key);
        if (extension.delaySeverity() < CURABLE) revert IStandardsRegistry.DelayMerelyNoted(key);
        if (extension.officersSeverity() == 0) revert IStandardsRegistry.OfficersWithoutSeverity(key);
        _requireClausesWithoutGaps(key, core, extension);

        uint64 curable = core.curableSteps() | _stepsOfCurableClauses(extension);
        uint64 stray = extension.lateCurable() & ~curable;
        if (stray != 0) revert IStandardsRegistry.LateNotCurable(key, stray);
    }

    /// @dev At least as strict as the baseline in every respect.
    function requireAtLeast(
        StandardKey key,
        Core core,
        Extension extension,
        Core baseline,
        Extension baselineExtension
    ) internal pure {
        uint64 weaker = _weakened(core, baseline);
        if (weaker != 0) revert IStandardsRegistry.WeakerThanBaseline(key, weaker);

        bool termsHold =
            core.delay() <= baseline.delay() &&
                core.fewestOfficers() >= baseline.fewestOfficers() &&
                core.acceptedAlgorithms() & ~baseline.acceptedAlgorithms() == 0 &&
                extension.delaySeverity() >= baselineExtension.delaySeverity() &&
                extension.officersSeverity() >= baselineExtension.officersSeverity();
        if (!termsHold) revert IStandardsRegistry.BaselineTermsWeakened(key);

        for (uint256 i = 0; i < CLAUSES; ++i) {
            (uint8 severity, uint64 anyOf) = baselineExtension.clause(i);
            if (severity == 0) return;
            (uint8 ownSeverity, uint64 ownAnyOf) = extension.clause(i);
            if (ownSeverity != severity || ownAnyOf != anyOf) revert IStandardsRegistry.BaselineClauseMissing(key, i);
        }
    }

    /// @dev No stricter, step by step, than the standard of METHOD_OTHER.
    function requireCovered(StandardKey key, Core core, Core other) internal pure {
        uint64 uncovered = _weakened(other, core);
        if (uncovered != 0) revert IStandardsRegistry.NotCoveredByOther(key, uncovered);
    }

    /// @return the steps that `core` takes less seriously than `model` does
    function _weakened(Core core, Core model) private pure returns (uint64) {
        uint64 atLeastCurable = core.fatalSteps() | core.curableSteps();
        uint64 atLeastNoted = atLeastCurable | core.notedSteps();
        return
            (model.fatalSteps() & ~core.fatalSteps()) |
            (model.curableSteps() & ~atLeastCurable) |
            (model.notedSteps() & ~atLeastNoted);
    }

    function _requireDisjoint(StandardKey key, Core core) private pure {
        (uint64 fatal, uint64 curable, uint64 noted) = (core.fatalSteps(), core.curableSteps(), core.notedSteps());
        uint64 overlap = (fatal & curable) | (fatal & noted) | (curable & noted);
        if (overlap != 0) revert IStandardsRegistry.OverlappingSteps(key, overlap);
    }

    function _requireClausesWithoutGaps(StandardKey key, Core core, Extension extension) private pure {
        bool ended = false;
        for (uint256 i = 0; i < CLAUSES; ++i) {
            (uint8 severity, ) = extension.clause(i);
            bool stray = severity == 0 ? !extension.isClauseEmpty(i) : ended;
            if (stray) revert IStandardsRegistry.ExtensionMisdeclared(key);
            if (severity == 0) ended = true;
        }
        (uint8 first, ) = extension.clause(0);
        if ((first != 0) != core.extended()) revert IStandardsRegistry.ExtensionMisdeclared(key);
    }

    function _stepsOfCurableClauses(Extension extension) private pure returns (uint64 stepsOfClauses) {
        for (uint256 i = 0; i < CLAUSES; ++i) {
            (uint8 severity, uint64 anyOf) = extension.clause(i);
            if (severity == CURABLE) stepsOfClauses |= anyOf;
        }
    }
}
