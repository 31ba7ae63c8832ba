// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { OutcomeKind } from "../membership/IAgencyReputation.sol";

/// @title What happened, told to standing
/// @notice Anybody may report, but for duties, where the creditor speaks for itself. Nothing is taken from who reports:
///         each function looks up what the other modules say at this moment and records the outcomes that follow, each
///         once, and within 182 days after it happened: else a few would keep what happened in years and tell it in
///         one quarter. What is overdue happened at its deadline, a confirmation when it was given. Exclusions, whose
///         times the chain does not keep, know no such limit. Of one jurisdiction among itself they are recorded too,
///         and weigh nothing.
interface IOutcomeReports {
    error NothingToReport(bytes32 subject);

    /// @notice Of a request for assistance: acknowledged late (receiver), answered in time, late or overdue, refused
    ///         without ground, confirmed (executor, or receiver while nobody is assigned). The counterparty is the
    ///         asker, the reference the request. Late ones beyond the cap of open requests of the pair do not count. An
    ///         overdue that was reported stands; the answer that comes after it is not counted as late again, whoever
    ///         executes it then. A refusal with its ground is no outcome; one that comes late is late. Time is earned
    ///         by an answer that was confirmed, or that stood for 60 days, so that nobody can dispute it any more; not
    ///         by one that a panel is asked about, or found wanting. Who was assigned after the acknowledgement was due
    ///         does not answer for the time: the receiver does.
    /// @return recorded how many outcomes were new
    function reportRequest(bytes32 request) external returns (uint256 recorded);

    /// @notice A court excluded what was answered with under the request, once a ruling (executor; counterparty: the
    ///         asker; reference: keccak256(abi.encode(request, number of the ruling from 1))). At most 32 at once.
    function reportExclusion(bytes32 request) external returns (uint256 recorded);

    /// @notice Of a hold: answered in time and checked, late, overdue (institution; counterparty: who asked; reference:
    ///         the hold). One of the three, whichever is reported first. Nothing of own holds; a refusal with its code,
    ///         in time, is no outcome. What is held now was late only if it was reported while it was overdue: that a
    ///         message was sent again leaves no trace in what is held.
    function reportHold(bytes32 request, bytes32 target) external returns (uint256 recorded);

    /// @notice An objection was upheld, or in part: the freeze was unjustified (requester; counterparty: the
    ///         institution; reference: keccak256(abi.encode(hold, number))).
    function reportObjection(bytes32 request, bytes32 target, uint16 number) external returns (uint256 recorded);

    /// @notice A duty under an agreement was not performed by its time (central authority of the debtor; counterparty:
    ///         the creditor's; reference: keccak256(abi.encode(breach, creditor)) with breach =
    ///         keccak256(abi.encode(thread, obligation, debtor, turn))). Caller: who acts for the creditor, another
    ///         party for which the agreement was in force when it was due: its central authority's account, or an
    ///         officer of it with TRANSMIT. One breach counts once, however many are creditors: else one duty forgotten
    ///         under a convention would speak with the voices of all its parties. Another creditor may tell of it only
    ///         where the first did not stand by it: annulled without a vote, because it neither committed nor revealed.
    function reportObligation(
        bytes32 thread,
        uint8 obligation,
        uint16 debtor,
        uint16 turn
    ) external returns (uint256 recorded);
}
