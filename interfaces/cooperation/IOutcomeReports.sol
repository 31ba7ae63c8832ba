// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { OutcomeKind } from "../membership/IAgencyReputation.sol";

/// @title What happened, told to standing
/// @notice Anybody may report; nothing is taken from who reports: each function looks up what the other modules say
///         at
///         this moment and records the outcomes that follow, each once.
interface IOutcomeReports {
    error NothingToReport(bytes32 subject);

    /// @notice Of a request for assistance: acknowledged late (receiver), answered in time, late or overdue, refused
    ///         without ground, confirmed (executor, or receiver while nobody is assigned). The counterparty is the
    ///         asker. Late ones beyond the cap of open requests of the pair do not count. An overdue that was
    ///         reported
    ///         stands; the answer that comes after it is not counted as late again.
    /// @return recorded how many outcomes were new
    function reportRequest(bytes32 request) external returns (uint256 recorded);

    /// @notice A court excluded what was answered with under the request.
    function reportExclusion(bytes32 request) external returns (uint256 recorded);

    /// @notice Of a hold: answered in time and checked, late, overdue (institution; counterparty: who asked).
    function reportHold(bytes32 hold) external returns (uint256 recorded);

    /// @notice An objection was upheld: the freeze was unjustified (requester; counterparty: the institution).
    function reportObjection(bytes32 hold, uint16 number) external returns (uint256 recorded);

    /// @notice A duty under an agreement was not performed by its time (central authority of the debtor;
    ///         counterparty:
    ///         the central authority of `creditor`, a party for which the agreement is in force).
    function reportObligation(
        bytes32 thread,
        uint8 obligation,
        uint16 debtor,
        uint16 turn,
        uint16 creditor
    ) external returns (uint256 recorded);
}
