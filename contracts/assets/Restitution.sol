// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Claim, Payment, Plan, PlanState, Source } from "../../interfaces/assets/IRestitution.sol";
import { AgencyId } from "../types/AgencyId.sol";
import { ANSWER, KEEP } from "../types/Powers.sol";
import { Claims } from "./Claims.sol";

/// @notice See {IRestitution}, the manual.
contract Restitution is Claims {
    bytes32 private constant PAYMENT_RECEIPT = keccak256(
        "PaymentReceipt(bytes32 plan,bytes32 claim,uint96 amount,uint40 deadline)"
    );

    function pay(bytes32 plan, uint8 source, Payment[] calldata payments) external {
        Plan storage decided = _requireState(plan, PlanState.Decided);
        if (source >= decided.sources) revert NoSuchSource(source);
        Source memory from = _sources[plan][source];
        _requirePayer(from);
        _requireReserved(plan, from);
        if (payments.length == 0) revert NoClaims();

        uint96 sum = 0;
        for (uint256 i = 0; i < payments.length; ++i) {
            _pay(plan, source, payments[i]);
            sum += payments[i].amount;
        }
        decided.paid += sum;

        if (from.isAsset) _assets.payOut(from.first, sum);
        else _holds.payOut(from.first, from.second, sum);
    }

    function confirm(
        bytes32 plan,
        bytes32 claimCommitment,
        address key,
        uint40 deadline,
        bytes calldata signature
    ) external {
        (bytes32 id, Claim storage claim) = _requireOpening(plan, claimCommitment, key);
        if (claim.paid == 0) revert NotPaid(id);
        if (claim.byVictim) revert AlreadyConfirmed(id);
        bytes32 structHash = keccak256(abi.encode(PAYMENT_RECEIPT, plan, id, claim.paid, deadline));
        _requireSigned(key, structHash, deadline, signature);

        (claim.confirmedAt, claim.byVictim) = (uint40(block.timestamp), true);
        emit PaymentConfirmed(plan, id, true, 0);
    }

    function confirmByReceipt(bytes32 plan, bytes32 claim, bytes32 receipt) external {
        // slither-disable-next-line unused-return // reverts for anyone else
        _requirePlanner(plan);
        Claim storage entered = _requireClaim(plan, claim);
        if (entered.paid == 0) revert NotPaid(claim);
        if (entered.confirmedAt != 0) revert AlreadyConfirmed(claim);
        if (receipt == 0) revert EmptyDecision();

        entered.confirmedAt = uint40(block.timestamp);
        emit PaymentConfirmed(plan, claim, false, receipt);
    }

    // Internal

    function _requirePayer(Source memory from) private view {
        AgencyId theirs = _agencies.authorize(msg.sender, from.isAsset ? KEEP : ANSWER);
        AgencyId payer = from.isAsset ? _assets.assetOf(from.first).custodian : _holds.holdOf(_idOf(from)).institution;
        if (theirs != payer) revert NotThePayer(theirs, payer);
    }

    /// @dev What was confirmed before was less; it is confirmed anew.
    function _pay(bytes32 plan, uint8 source, Payment calldata payment) private {
        (bytes32 id, uint96 amount) = (payment.claim, payment.amount);
        Claim storage claim = _requireClaim(plan, id);
        if (amount == 0 || payment.paymentHash == 0) revert ZeroPayment(id);
        uint96 unpaid = shareOf(plan, id) - claim.paid;
        if (amount > unpaid) revert BeyondShare(id, amount, unpaid);

        claim.paid += amount;
        (claim.paidAt, claim.confirmedAt, claim.byVictim) = (uint40(block.timestamp), 0, false);
        emit Paid(plan, id, source, amount, payment.paymentHash);
    }
}
