// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { ITips, Tip, TipState } from "../../interfaces/assets/ITips.sol";
import { IAgencyRegistry } from "../../interfaces/membership/IAgencyRegistry.sol";
import { IGenesis } from "../../interfaces/membership/IGenesis.sol";
import { SignedActs } from "../membership/SignedActs.sol";
import { AgencyId } from "../types/AgencyId.sol";
import { DISTRIBUTE, RATIFY, RATIFY_HIGH, REQUEST } from "../types/Powers.sol";

/// @notice See {ITips}, the manual.
contract Tips is ITips, SignedActs {
    bytes32 private constant TIP = keccak256("Tip(uint32 agency,bytes32 message,uint40 deadline)");
    bytes32 private constant REWARD_CLAIM = keccak256("RewardClaim(bytes32 tip,bytes32 payee,uint40 deadline)");

    IAgencyRegistry private immutable _agencies;

    mapping(bytes32 tip => Tip) private _tips;
    mapping(bytes32 tip => bytes32) public payeeOf;

    constructor() SignedActs(IGenesis(msg.sender).genesisId()) {
        _agencies = IAgencyRegistry(IGenesis(msg.sender).plannedAddressOf("AgencyRegistry"));
    }

    // The tipster

    function submit(
        AgencyId agency,
        address tipster,
        bytes32 message,
        uint32 keyVersion,
        uint40 deadline,
        bytes calldata signature
    ) external returns (bytes32 tip) {
        if (_agencies.agencyOf(agency).account == address(0)) revert NoSuchAgency(agency);
        if (message == 0) revert EmptyMessage();
        _requireSigned(tipster, keccak256(abi.encode(TIP, agency, message, deadline)), deadline, signature);
        tip = _tipId(agency, tipster, message);
        if (_tips[tip].state != TipState.None) revert AlreadySubmitted(tip);

        _tips[tip] = Tip({
            agency: agency,
            state: TipState.Submitted,
            submittedAt: uint40(block.timestamp),
            currency: 0,
            reward: 0
        });
        emit TipSubmitted(tip, agency, message, keyVersion);
    }

    function claim(
        AgencyId agency,
        address tipster,
        bytes32 message,
        bytes32 payee,
        uint40 deadline,
        bytes calldata signature
    ) external {
        bytes32 tip = _tipId(agency, tipster, message);
        _requireState(tip, TipState.Rewarded);
        if (payeeOf[tip] != 0) revert AlreadyClaimed(tip);
        _requireHash(payee);
        _requireSigned(tipster, keccak256(abi.encode(REWARD_CLAIM, tip, payee, deadline)), deadline, signature);

        payeeOf[tip] = payee;
        emit RewardClaimed(tip, payee);
    }

    // The agency. Who asks and who ratifies are never one, so who judges never grants.

    function judge(bytes32 tip, bool actionable, bytes32 decision) external {
        Tip storage entry = _requireOwn(tip, REQUEST, TipState.Submitted);
        _requireHash(decision);

        entry.state = actionable ? TipState.Actionable : TipState.NotActionable;
        emit TipJudged(tip, msg.sender, actionable, decision);
    }

    function grant(bytes32 tip, uint16 currency, uint96 reward) external {
        Tip storage entry = _requireOwn(tip, RATIFY | RATIFY_HIGH, TipState.Actionable);
        if (reward == 0) revert NoReward();

        entry.state = TipState.Rewarded;
        entry.currency = currency;
        entry.reward = reward;
        emit RewardGranted(tip, msg.sender, currency, reward);
    }

    function markPaid(bytes32 tip, bytes32 paymentHash) external {
        Tip storage entry = _requireOwn(tip, DISTRIBUTE, TipState.Rewarded);
        if (payeeOf[tip] == 0) revert NotClaimed(tip);
        _requireHash(paymentHash);

        entry.state = TipState.Paid;
        emit RewardPaid(tip, msg.sender, paymentHash);
    }

    function tipOf(bytes32 tip) external view returns (Tip memory) {
        return _tips[tip];
    }

    // Internal

    function _tipId(AgencyId agency, address tipster, bytes32 message) private pure returns (bytes32) {
        return keccak256(abi.encode(agency, tipster, message));
    }

    function _requireSigned(
        address tipster,
        bytes32 structHash,
        uint40 deadline,
        bytes calldata signature
    ) private view {
        if (block.timestamp > deadline) revert DeadlinePassed(deadline, uint40(block.timestamp));
        if (!_isSignedBy(tipster, structHash, signature)) revert InvalidSignature(tipster);
    }

    function _requireOwn(bytes32 tip, uint64 powers, TipState state) private view returns (Tip storage entry) {
        // slither-disable-next-line unused-return // any of them will do
        (AgencyId theirs, ) = _agencies.authorizeAny(msg.sender, powers);
        entry = _requireState(tip, state);
        if (theirs != entry.agency) revert NotOfAgency(theirs, entry.agency);
    }

    function _requireState(bytes32 tip, TipState state) private view returns (Tip storage entry) {
        entry = _tips[tip];
        if (entry.state != state) revert TipInState(tip, entry.state);
    }

    function _requireHash(bytes32 hash) private pure {
        if (hash == 0) revert EmptyHash();
    }
}
