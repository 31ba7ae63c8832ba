// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { IFreezeProfiles } from "../../interfaces/assets/IFreezeProfiles.sol";
import { IFreezeRequests, Request, REQUEST_OWN } from "../../interfaces/assets/IFreezeRequests.sol";
import { Hold, HOLD_CHECKED, HoldState, HoldStatus, IHolds } from "../../interfaces/assets/IHolds.sol";
import { IObjections, Objection, Outcome } from "../../interfaces/assets/IObjections.sol";
import { IAgreementRegistry } from "../../interfaces/cooperation/IAgreementRegistry.sol";
import { IAssistanceAnswers, RefusalGround } from "../../interfaces/cooperation/IAssistanceAnswers.sol";
import {
    Assistance,
    ASSISTANCE_ASSIGNED_LATE,
    ASSISTANCE_BEYOND_CAP,
    AssistanceStatus,
    IAssistanceRequests
} from "../../interfaces/cooperation/IAssistanceRequests.sol";
import { IOutcomeReports } from "../../interfaces/cooperation/IOutcomeReports.sol";
import { DisputeKind, IPanels } from "../../interfaces/cooperation/IPanels.sol";
import { IAgencyReputation, OutcomeKind, OutcomeRecord } from "../../interfaces/membership/IAgencyReputation.sol";
import { IGenesis } from "../../interfaces/membership/IGenesis.sol";
import { AgencyId, NO_AGENCY } from "../types/AgencyId.sol";
import { Authorities } from "./Authorities.sol";

/// @notice See {IOutcomeReports}, the manual.
/// @dev What was reported of a subject is kept here, and not only by outcome: an executor can change, and the new one
///      does not answer for what was reported of the one before.
contract OutcomeReports is IOutcomeReports, Authorities {
    uint8 private constant ACKNOWLEDGEMENT = 1;
    uint8 private constant ANSWER_TIME = 2; // in time, late or overdue: one of them
    uint8 private constant REFUSAL = 4;
    uint8 private constant CONFIRMATION = 8;
    uint16 private constant MOST_AT_ONCE = 32;
    /// @dev Else a few would keep what happened in years, and tell it in one quarter.
    uint40 private constant REPORT_WITHIN = 182 days;
    /// @dev As long may an answer be disputed; see {IPanels}.
    uint40 private constant DISPUTE_WITHIN = 60 days;

    /// @dev One slot a subject.
    struct Reported {
        uint8 done;
        uint16 exclusions;
    }

    IAgencyReputation private immutable _reputation;
    IAssistanceRequests private immutable _requests;
    IAssistanceAnswers private immutable _answers;
    IAgreementRegistry private immutable _agreements;
    IFreezeProfiles private immutable _profiles;
    IFreezeRequests private immutable _freezes;
    IHolds private immutable _holds;
    IObjections private immutable _objections;
    IPanels private immutable _panels;

    mapping(bytes32 subject => Reported) private _reported;
    mapping(bytes32 breach => bytes32 outcome) private _breaches; // the last one recorded of it

    constructor() {
        IGenesis genesis = IGenesis(msg.sender);
        _reputation = IAgencyReputation(genesis.plannedAddressOf("AgencyReputation"));
        _requests = IAssistanceRequests(genesis.plannedAddressOf("AssistanceRequests"));
        _answers = IAssistanceAnswers(genesis.plannedAddressOf("AssistanceAnswers"));
        _agreements = IAgreementRegistry(genesis.plannedAddressOf("AgreementRegistry"));
        _profiles = IFreezeProfiles(genesis.plannedAddressOf("FreezeProfiles"));
        _freezes = IFreezeRequests(genesis.plannedAddressOf("FreezeRequests"));
        _holds = IHolds(genesis.plannedAddressOf("Holds"));
        _objections = IObjections(genesis.plannedAddressOf("Objections"));
        _panels = IPanels(genesis.plannedAddressOf("Panels"));
    }

    // Assistance

    function reportRequest(bytes32 request) external returns (uint256 recorded) {
        Assistance memory asked = _requests.requestOf(request);
        uint8 before = _reported[request].done;
        uint8 found = _foundOf(request, asked) & ~before;
        OutcomeKind answered = before & ANSWER_TIME == 0 ? _answerTime(request, asked) : OutcomeKind.None;
        if (answered != OutcomeKind.None) found |= ANSWER_TIME;
        if (found == 0) revert NothingToReport(request);

        _reported[request].done = before | found;
        AgencyId executor = _executorOf(asked);
        if (found & ACKNOWLEDGEMENT != 0)
            recorded += _record(asked.receiver, asked.from, OutcomeKind.AcknowledgedLate, request);
        if (found & ANSWER_TIME != 0) recorded += _record(_timekeeperOf(asked), asked.from, answered, request);
        if (found & REFUSAL != 0) recorded += _record(executor, asked.from, OutcomeKind.RefusedWithoutGround, request);
        if (found & CONFIRMATION != 0) recorded += _record(executor, asked.from, OutcomeKind.Confirmed, request);
    }

    function reportExclusion(bytes32 request) external returns (uint256 recorded) {
        uint16 before = _reported[request].exclusions;
        uint16 count = _answers.exclusionsOf(request);
        if (count == before) revert NothingToReport(request);
        if (count - before > MOST_AT_ONCE) count = before + MOST_AT_ONCE;

        _reported[request].exclusions = count;
        Assistance memory asked = _requests.requestOf(request);
        for (uint16 number = before + 1; number <= count; ++number) {
            bytes32 ref = keccak256(abi.encode(request, number));
            recorded += _record(_executorOf(asked), asked.from, OutcomeKind.EvidenceExcluded, ref);
        }
    }

    // Freezing

    function reportHold(bytes32 request, bytes32 target) external returns (uint256) {
        bytes32 hold = keccak256(abi.encode(request, target));
        Hold memory entry = _holds.holdOf(hold);
        Request memory asked = _freezes.requestOf(request);
        if (entry.state == HoldState.None || asked.flags & REQUEST_OWN != 0) revert NothingToReport(hold);
        bool overdue = _holds.statusAt(request, target, uint40(block.timestamp)) == HoldStatus.Overdue;
        OutcomeKind kind = overdue ? OutcomeKind.FreezeOverdue : _freezeAnswer(entry, asked);
        bool fresh = _isFresh(overdue ? _holds.replyBy(request, target) : entry.since);
        if (kind == OutcomeKind.None || !fresh) revert NothingToReport(hold);

        _once(hold);
        return _record(entry.institution, asked.agency, kind, hold);
    }

    function reportObjection(bytes32 request, bytes32 target, uint16 number) external returns (uint256) {
        bytes32 hold = keccak256(abi.encode(request, target));
        bytes32 ref = keccak256(abi.encode(hold, number));
        Objection memory objection = _objections.objectionOf(hold, number);
        Request memory asked = _freezes.requestOf(request);
        bool upheld = objection.outcome == Outcome.Upheld || objection.outcome == Outcome.UpheldInPart;
        bool open = !upheld || !_isFresh(objection.decidedAt);
        if (open || asked.flags & REQUEST_OWN != 0) revert NothingToReport(ref);

        _once(ref);
        return _record(asked.agency, _holds.holdOf(hold).institution, OutcomeKind.FreezeUnjustified, ref);
    }

    // Agreements

    function reportObligation(bytes32 thread, uint8 obligation, uint16 debtor, uint16 turn) external returns (uint256) {
        uint16 creditor = _callersJurisdiction();
        bytes32 breach = keccak256(abi.encode(thread, obligation, debtor, turn));
        (uint40 due, uint40 performedAt) = _agreements.turnOf(thread, obligation, debtor, turn);
        bool open = due == 0 || block.timestamp <= due || !_isFresh(due);
        if (open || (performedAt != 0 && performedAt <= due)) revert NothingToReport(breach);
        bool owed =
            debtor != creditor &&
                _agreements.bindsAt(thread, debtor, due) &&
                _agreements.bindsAt(thread, creditor, due);
        AgencyId rated = _agencies.centralAuthority(debtor);
        bytes32 ref = keccak256(abi.encode(breach, creditor));
        if (!owed || rated == NO_AGENCY || !_isUntold(breach)) revert NothingToReport(breach);

        _once(ref);
        _breaches[breach] = _reputation.outcomeId(rated, OutcomeKind.ObligationBreached, ref);
        return _record(rated, _agencies.centralAuthority(creditor), OutcomeKind.ObligationBreached, ref);
    }

    // Internal

    /// @dev Whether no creditor told of the breach, or only one that did not stand by it: a friend of the debtor would
    ///      else report first, stay silent in the dispute, and keep all others out.
    function _isUntold(bytes32 breach) private view returns (bool) {
        bytes32 outcome = _breaches[breach];
        if (outcome == 0) return true;
        OutcomeRecord memory told = _reputation.outcomeOf(outcome);
        if (!told.annulled) return false;
        bytes32 dispute = keccak256(abi.encode(DisputeKind.Outcome, outcome, told.agency));
        return _panels.disputeOf(dispute).upheld == 0;
    }

    /// @dev For subjects with one outcome.
    function _once(bytes32 subject) private {
        if (_reported[subject].done != 0) revert NothingToReport(subject);
        _reported[subject].done = ANSWER_TIME;
    }

    function _record(AgencyId agency, AgencyId other, OutcomeKind kind, bytes32 ref) private returns (uint256) {
        // slither-disable-next-line unused-return // its id anybody computes
        _reputation.record(agency, other, kind, ref);
        return 1;
    }

    /// @return found what else than the time of the answer the request shows now
    function _foundOf(bytes32 request, Assistance memory asked) private view returns (uint8 found) {
        if (asked.state == AssistanceStatus.None) revert NothingToReport(request);
        if (_isAcknowledgedLate(asked)) found |= ACKNOWLEDGEMENT;
        if (asked.state == AssistanceStatus.Confirmed && _isFresh(asked.changedAt)) found |= CONFIRMATION;
        bool bare = asked.state == AssistanceStatus.Refused && asked.ground == uint8(RefusalGround.Other);
        if (bare && _isFresh(asked.answeredAt)) found |= REFUSAL;
    }

    /// @dev What was withdrawn before anybody acknowledged it is not held against anybody.
    function _isAcknowledgedLate(Assistance memory asked) private view returns (bool) {
        if (asked.flags & ASSISTANCE_BEYOND_CAP != 0) return false;
        if (asked.acknowledgedAt != 0)
            return asked.acknowledgedAt > asked.acknowledgeBy && _isFresh(asked.acknowledgedAt);
        bool late = asked.state == AssistanceStatus.Sent && block.timestamp > asked.acknowledgeBy;
        return late && _isFresh(asked.acknowledgeBy);
    }

    /// @dev A refusal with its ground earns nothing and costs nothing, but comes in time like every answer. Its time
    ///      earns nothing while an answer may be disputed, while a panel looks at it, and if it was found wanting.
    function _answerTime(bytes32 request, Assistance memory asked) private view returns (OutcomeKind) {
        AssistanceStatus state = asked.state;
        bool final_ = state >= AssistanceStatus.Fulfilled && state <= AssistanceStatus.Refused;
        bool late = final_ ? asked.answeredAt > asked.answerBy : _isOverdue(request, asked);
        if (late) {
            bool told =
                asked.flags & ASSISTANCE_BEYOND_CAP == 0 && _isFresh(final_ ? asked.answeredAt : asked.answerBy);
            if (!told) return OutcomeKind.None;
            return final_ ? OutcomeKind.AnsweredLate : OutcomeKind.Overdue;
        }
        bool stands = state == AssistanceStatus.Fulfilled && block.timestamp > asked.answeredAt + DISPUTE_WITHIN;
        bool confirmed = state == AssistanceStatus.Confirmed;
        bool earned = (stands || confirmed) && _isFresh(confirmed ? asked.changedAt : asked.answeredAt);
        return earned ? OutcomeKind.AnsweredInTime : OutcomeKind.None;
    }

    function _isOverdue(bytes32 request, Assistance memory asked) private view returns (bool) {
        AssistanceStatus status = _requests.statusAt(request, uint40(block.timestamp));
        bool unread = status == AssistanceStatus.OverdueReceipt && block.timestamp > asked.answerBy;
        return unread || status == AssistanceStatus.Overdue;
    }

    /// @dev Who was assigned when its country had let the time pass does not answer for that time.
    function _timekeeperOf(Assistance memory asked) private pure returns (AgencyId) {
        return asked.flags & ASSISTANCE_ASSIGNED_LATE == 0 ? _executorOf(asked) : asked.receiver;
    }

    function _isFresh(uint40 happenedAt) private view returns (bool) {
        return block.timestamp <= happenedAt + REPORT_WITHIN;
    }

    function _executorOf(Assistance memory asked) private pure returns (AgencyId) {
        return asked.executor == NO_AGENCY ? asked.receiver : asked.executor;
    }

    /// @dev Of an outcome that a second officer confirmed. When a message was sent again, the clock began anew; what is
    ///      held keeps no trace of that, so that its lateness is told by {IHolds.statusAt} alone, while it is overdue.
    function _freezeAnswer(Hold memory hold, Request memory asked) private view returns (OutcomeKind) {
        bool outcome = hold.state >= HoldState.Held && hold.state <= HoldState.Waiting;
        bool none = !outcome || hold.state == HoldState.Unreadable || hold.flags & HOLD_CHECKED == 0;
        if (none || asked.boundAt == 0) return OutcomeKind.None;

        bool holding = hold.state == HoldState.Held || hold.state == HoldState.HeldPart;
        bool again = !holding && hold.until > asked.boundAt;
        uint40 replyWithin = _profiles.profileAt(asked.key, asked.profileVersion).replyWithin;
        if (hold.since <= (again ? hold.until : asked.boundAt) + replyWithin)
            return hold.state == HoldState.Refused ? OutcomeKind.None : OutcomeKind.FreezeAnswered;
        return holding || hold.state == HoldState.Waiting ? OutcomeKind.None : OutcomeKind.FreezeAnsweredLate;
    }
}
