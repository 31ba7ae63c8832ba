// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { AgencyId } from "../../contracts/types/AgencyId.sol";

enum TipState {
    None,
    Submitted,
    Actionable,
    NotActionable,
    Rewarded,
    Paid
}

struct Tip {
    AgencyId agency;
    TipState state;
    uint40 submittedAt;
    uint16 currency;
    uint96 reward;
}

/// @title Leads from recovery companies, volunteers and informants, and their reward
/// @notice The tipster is a key made for one tip. Who holds it is never on the chain.
interface ITips {
    event TipSubmitted(bytes32 indexed tip, AgencyId indexed agency, bytes32 message, uint32 keyVersion);
    event TipJudged(bytes32 indexed tip, address officer, bool actionable, bytes32 decision);
    event RewardGranted(bytes32 indexed tip, address officer, uint16 currency, uint96 reward);
    event RewardClaimed(bytes32 indexed tip, bytes32 payee);
    event RewardPaid(bytes32 indexed tip, address officer, bytes32 paymentHash);

    error InvalidSignature(address signer);
    error DeadlinePassed(uint40 deadline, uint40 present);
    error EmptyMessage();
    error EmptyHash();
    error NoSuchAgency(AgencyId agency);
    error AlreadySubmitted(bytes32 tip);
    error TipInState(bytes32 tip, TipState tipState);
    error NotOfAgency(AgencyId theirs, AgencyId agency);
    error NoReward();
    error AlreadyClaimed(bytes32 tip);
    error NotClaimed(bytes32 tip);

    /// @notice Takes a tip to an agency. Anyone may send it.
    /// @param tipster key made for this tip; signed EIP-712 `Tip(uint32 agency,bytes32 message,uint40 deadline)`
    /// @param message keccak256 of the message sealed to the agency
    /// @return tip keccak256(abi.encode(agency, tipster, message))
    function submit(
        AgencyId agency,
        address tipster,
        bytes32 message,
        uint32 keyVersion,
        uint40 deadline,
        bytes calldata signature
    ) external returns (bytes32 tip);

    /// @notice Whether the lead is worth acting on. Caller: REQUEST, of the agency. Once.
    function judge(bytes32 tip, bool actionable, bytes32 decision) external;

    /// @notice Grants a reward for an actionable lead. Caller: RATIFY or RATIFY_HIGH, of the agency. Once.
    function grant(bytes32 tip, uint16 currency, uint96 reward) external;

    /// @notice The tipster names, as a commitment, where to pay, once a reward is granted: EIP-712
    ///         `RewardClaim(bytes32 tip,bytes32 payee,uint40 deadline)`. Anyone may send it. Once.
    function claim(
        AgencyId agency,
        address tipster,
        bytes32 message,
        bytes32 payee,
        uint40 deadline,
        bytes calldata signature
    ) external;

    /// @notice The reward was paid. Caller: DISTRIBUTE, of the agency. Once.
    function markPaid(bytes32 tip, bytes32 paymentHash) external;

    /// @return commitment to where to pay; 0 before the reward is claimed
    function payeeOf(bytes32 tip) external view returns (bytes32);

    function tipOf(bytes32 tip) external view returns (Tip memory);
}
