// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { GovernorTimelockControl } from "@openzeppelin/contracts/governance/extensions/GovernorTimelockControl.sol";
import { Governor } from "@openzeppelin/contracts/governance/Governor.sol";
import { TimelockController } from "@openzeppelin/contracts/governance/TimelockController.sol";

import { Decision, KindRule } from "../../interfaces/membership/ICouncil.sol";
import { IGenesis } from "../../interfaces/membership/IGenesis.sol";
import { CouncilTable } from "./CouncilTable.sol";
import { SignedActs } from "./SignedActs.sol";

/// @notice See {ICouncil}, the manual.
contract Council is CouncilTable, SignedActs, GovernorTimelockControl {
    /// @dev After the vote, and again after the wait (CouncilTimelock.EXECUTABLE_FOR).
    uint256 private constant EXECUTABLE_FOR = 30 days;

    uint256 private constant MOST_OPEN = 3;
    uint8 private constant AGAINST = 0;
    uint8 private constant IN_FAVOUR = 1;
    uint8 private constant ABSTAINING = 2;

    mapping(uint256 proposalId => Decision) private _decisions;
    mapping(uint256 proposalId => mapping(uint16 jurisdiction => bool)) public hasJurisdictionVoted;
    // slither-disable-next-line uninitialized-state // _takePlace writes it, by a pointer
    mapping(uint16 jurisdiction => uint256[MOST_OPEN]) private _open;

    constructor()
        SignedActs(IGenesis(msg.sender).genesisId())
        Governor("Concordat")
        GovernorTimelockControl(TimelockController(payable(IGenesis(msg.sender).plannedAddressOf("CouncilTimelock"))))
    {}

    function propose(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        string memory description
    ) public override returns (uint256 proposalId) {
        uint16 jurisdiction = _agencies.votingJurisdiction(msg.sender);
        proposalId = super.propose(targets, values, calldatas, description);

        KindRule memory rule = _strictest(targets, values, calldatas);
        _decisions[proposalId] = Decision({
            jurisdiction: jurisdiction,
            quorum: rule.quorum,
            threshold: rule.threshold,
            against: 0,
            inFavour: 0,
            abstaining: 0
        });
        _takePlace(jurisdiction, proposalId);
        emit DecisionProposed(proposalId, jurisdiction, rule.quorum, rule.threshold);
    }

    // Questions

    function decisionOf(uint256 proposalId) external view returns (Decision memory) {
        return _decisions[proposalId];
    }

    function state(uint256 proposalId) public view override returns (ProposalState found) {
        found = super.state(proposalId);
        if (found == ProposalState.Succeeded) {
            if (block.timestamp > proposalDeadline(proposalId) + EXECUTABLE_FOR) return ProposalState.Expired;
        } else if (found == ProposalState.Canceled && proposalEta(proposalId) != 0) {
            // The timelock forgot what nobody executed. Nothing else ends what was queued: a proposer cancels before.
            return ProposalState.Expired;
        }
    }

    function hasVoted(uint256 proposalId, address account) external view returns (bool) {
        return hasJurisdictionVoted[proposalId][_agencies.votingJurisdiction(account)];
    }

    /// @return the most votes that any kind of decision needs; what one proposal needs is in {decisionOf}
    function quorum(uint256 timepoint) public view override returns (uint256) {
        return (_highestQuorum() * _agencies.membersAt(uint48(timepoint)) + WHOLE - 1) / WHOLE;
    }

    function votingDelay() public view override returns (uint256) {
        return _votingDelay;
    }

    function votingPeriod() public view override returns (uint256) {
        return _votingPeriod;
    }

    function clock() public view override returns (uint48) {
        return uint48(block.timestamp);
    }

    // solhint-disable-next-line func-name-mixedcase
    function CLOCK_MODE() public pure override returns (string memory) {
        return "mode=timestamp";
    }

    // solhint-disable-next-line func-name-mixedcase
    function COUNTING_MODE() external pure returns (string memory) {
        return "support=bravo&quorum=against,for,abstain";
    }

    /// @dev The domain of every signature in the suite: OpenZeppelin's knows no salt.
    function eip712Domain()
        public
        view
        override
        returns (bytes1, string memory, string memory, uint256, address, bytes32, uint256[] memory)
    {
        return (hex"1f", "Concordat", "1", block.chainid, address(this), _genesisId, new uint256[](0));
    }

    // Closed: what could reach past the table

    function relay(address target, uint256, bytes calldata data) external payable override {
        revert NotADecision(target, bytes4(data));
    }

    function updateTimelock(TimelockController) external view override {
        revert NotADecision(address(this), msg.sig);
    }

    // Internal

    function _castVote(
        uint256 proposalId,
        address account,
        uint8 support,
        string memory reason,
        bytes memory params
    ) internal override returns (uint256 weight) {
        _validateStateBitmap(proposalId, _encodeStateBitmap(ProposalState.Active));
        weight = _countVote(proposalId, account, support, 1, params);
        emit VoteCast(account, proposalId, support, weight, reason);
    }

    /// @dev One vote a jurisdiction, whoever casts it: a changed key or a second officer finds that it was cast.
    function _countVote(
        uint256 proposalId,
        address account,
        uint8 support,
        uint256,
        bytes memory
    ) internal override returns (uint256) {
        uint16 jurisdiction = _agencies.votingJurisdiction(account);
        uint256 snapshot = proposalSnapshot(proposalId);
        if (!_agencies.wasMemberAt(jurisdiction, uint48(snapshot))) revert NotAMemberThen(jurisdiction, snapshot);
        if (hasJurisdictionVoted[proposalId][jurisdiction]) revert JurisdictionHasVoted(proposalId, jurisdiction);

        hasJurisdictionVoted[proposalId][jurisdiction] = true;
        Decision storage decision = _decisions[proposalId];
        if (support == AGAINST) ++decision.against;
        else if (support == IN_FAVOUR) ++decision.inFavour;
        else if (support == ABSTAINING) ++decision.abstaining;
        else revert InvalidSupport(support);
        emit JurisdictionVoted(proposalId, jurisdiction, account, support);
        return 1;
    }

    function _executeOperations(
        uint256 proposalId,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override {
        if (msg.value != 0) revert TakesNoMoney();
        super._executeOperations(proposalId, targets, values, calldatas, descriptionHash);
    }

    function _takePlace(uint16 jurisdiction, uint256 proposalId) private {
        uint256[MOST_OPEN] storage open = _open[jurisdiction];
        for (uint256 i = 0; i < MOST_OPEN; ++i) {
            if (open[i] == 0 || _isOver(open[i])) {
                open[i] = proposalId;
                return;
            }
        }
        revert TooManyOpen(jurisdiction);
    }

    function _isOver(uint256 proposalId) private view returns (bool) {
        ProposalState found = state(proposalId);
        return
            found == ProposalState.Defeated ||
            found == ProposalState.Canceled ||
            found == ProposalState.Expired ||
            found == ProposalState.Executed;
    }

    function _quorumReached(uint256 proposalId) internal view override returns (bool) {
        Decision memory decision = _decisions[proposalId];
        uint256 voted = uint256(decision.inFavour) + decision.against + decision.abstaining;
        uint256 members = _agencies.membersAt(uint48(proposalSnapshot(proposalId)));
        return _isAtLeast(voted, decision.quorum, members);
    }

    function _voteSucceeded(uint256 proposalId) internal view override returns (bool) {
        Decision memory decision = _decisions[proposalId];
        uint256 decided = uint256(decision.inFavour) + decision.against;
        return decision.inFavour > decision.against && _isAtLeast(decision.inFavour, decision.threshold, decided);
    }

    /// @return 1 for an account that may vote now and whose jurisdiction was a member then
    function _getVotes(address account, uint256 timepoint, bytes memory) internal view override returns (uint256) {
        try _agencies.votingJurisdiction(account) returns (uint16 jurisdiction) {
            return _agencies.wasMemberAt(jurisdiction, uint48(timepoint)) ? 1 : 0;
        } catch {
            return 0;
        }
    }

    function _hashTypedDataV4(bytes32 structHash) internal view override returns (bytes32) {
        return _digest(structHash);
    }
}
