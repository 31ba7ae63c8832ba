// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { TimelockController } from "@openzeppelin/contracts/governance/TimelockController.sol";

import { IAgencyRegistry } from "../../interfaces/membership/IAgencyRegistry.sol";
import { ICommonRules } from "../../interfaces/membership/ICommonRules.sol";
import { DecisionKind, ICouncil, KindRule } from "../../interfaces/membership/ICouncil.sol";
import { IDirectory } from "../../interfaces/membership/IDirectory.sol";
import { IGenesis } from "../../interfaces/membership/IGenesis.sol";
import { IMembership } from "../../interfaces/membership/IMembership.sol";

/// @notice What the Council can decide, and what each kind of decision needs: the closed table of {ICouncil}.
abstract contract CouncilTable is ICouncil {
    uint16 internal constant WHOLE = 10_000;
    uint16 private constant LEAST_QUORUM = 3_334;
    uint16 private constant LEAST_THRESHOLD = 5_001;
    uint32 private constant SHORTEST = 1 days;
    uint32 private constant LONGEST = 30 days;

    IAgencyRegistry internal immutable _agencies;
    address private immutable _timelock;
    address private immutable _rules;
    address private immutable _directory;

    KindRule[7] private _kindRules; // by DecisionKind
    uint32 internal _votingDelay = 1 days;
    uint32 internal _votingPeriod = 7 days;

    constructor() {
        IGenesis genesis = IGenesis(msg.sender);
        _agencies = IAgencyRegistry(genesis.plannedAddressOf("AgencyRegistry"));
        _timelock = genesis.plannedAddressOf("CouncilTimelock");
        _rules = genesis.plannedAddressOf("CommonRules");
        _directory = genesis.plannedAddressOf("Directory");

        _kindRules[uint8(DecisionKind.Admission)] = KindRule({ quorum: 5_000, threshold: 6_666 });
        _kindRules[uint8(DecisionKind.Suspension)] = KindRule({ quorum: 5_000, threshold: 6_666 });
        _kindRules[uint8(DecisionKind.Exclusion)] = KindRule({ quorum: 6_666, threshold: 7_500 });
        _kindRules[uint8(DecisionKind.Rules)] = KindRule({ quorum: 5_000, threshold: 5_001 });
        _kindRules[uint8(DecisionKind.Modules)] = KindRule({ quorum: 6_666, threshold: 7_500 });
        _kindRules[uint8(DecisionKind.Constitution)] = KindRule({ quorum: 6_666, threshold: 7_500 });
    }

    modifier onlyByDecision() {
        if (msg.sender != _timelock) revert NotTheCouncil(msg.sender);
        _;
    }

    function setKindRule(DecisionKind kind, uint16 quorum, uint16 threshold) external onlyByDecision {
        bool possible = kind != DecisionKind.None && quorum <= WHOLE && threshold <= WHOLE;
        if (!possible || quorum < LEAST_QUORUM || threshold < LEAST_THRESHOLD) {
            revert InvalidKindRule(kind, quorum, threshold);
        }

        _kindRules[uint8(kind)] = KindRule({ quorum: quorum, threshold: threshold });
        emit KindRuleSet(kind, quorum, threshold);
    }

    function setPace(uint32 votingDelay, uint32 votingPeriod) external onlyByDecision {
        bool possible = votingDelay <= LONGEST && votingPeriod <= LONGEST;
        if (!possible || votingDelay < SHORTEST || votingPeriod < SHORTEST) {
            revert InvalidPace(votingDelay, votingPeriod);
        }

        (_votingDelay, _votingPeriod) = (votingDelay, votingPeriod);
        emit PaceSet(votingDelay, votingPeriod);
    }

    function kindRule(DecisionKind kind) external view returns (KindRule memory) {
        return _kindRules[uint8(kind)];
    }

    function kindOf(address target, bytes4 selector) public view returns (DecisionKind) {
        if (target == address(_agencies)) return _kindOfMembership(selector);
        if (target == _rules && selector == ICommonRules.adopt.selector) return DecisionKind.Rules;
        if (target == _directory) {
            bool modules = selector == IDirectory.listVersion.selector || selector == IDirectory.setState.selector;
            if (modules) return DecisionKind.Modules;
        }
        bool ofItself =
            target == address(this) &&
                (selector == ICouncil.setKindRule.selector || selector == ICouncil.setPace.selector);
        bool ofTimelock = target == _timelock && selector == TimelockController.updateDelay.selector;
        return ofItself || ofTimelock ? DecisionKind.Constitution : DecisionKind.None;
    }

    /// @return strictest the highest quorum and the highest threshold of all calls
    function _strictest(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas
    ) internal view returns (KindRule memory strictest) {
        for (uint256 i = 0; i < targets.length; ++i) {
            bytes4 selector = bytes4(calldatas[i]);
            DecisionKind kind = kindOf(targets[i], selector);
            if (kind == DecisionKind.None || values[i] != 0) revert NotADecision(targets[i], selector);
            KindRule memory rule = _kindRules[uint8(kind)];
            if (rule.quorum > strictest.quorum) strictest.quorum = rule.quorum;
            if (rule.threshold > strictest.threshold) strictest.threshold = rule.threshold;
        }
    }

    function _highestQuorum() internal view returns (uint256 highest) {
        for (uint256 kind = 1; kind < _kindRules.length; ++kind) {
            if (_kindRules[kind].quorum > highest) highest = _kindRules[kind].quorum;
        }
    }

    /// @dev Whether a part of a whole is at least so many basis points of it.
    function _isAtLeast(uint256 part, uint16 basisPoints, uint256 whole) internal pure returns (bool) {
        return part * WHOLE >= basisPoints * whole;
    }

    function _kindOfMembership(bytes4 selector) private pure returns (DecisionKind) {
        if (selector == IMembership.admit.selector) return DecisionKind.Admission;
        if (selector == IMembership.readmit.selector) return DecisionKind.Admission;
        if (selector == IMembership.suspendByCouncil.selector) return DecisionKind.Suspension;
        if (selector == IMembership.liftByCouncil.selector) return DecisionKind.Suspension;
        if (selector == IMembership.exclude.selector) return DecisionKind.Exclusion;
        if (selector == IMembership.excludeJurisdiction.selector) return DecisionKind.Exclusion;
        if (selector == IMembership.proposeReplacement.selector) return DecisionKind.Exclusion;
        return DecisionKind.None;
    }
}
