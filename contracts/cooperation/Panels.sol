// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {
    Assistance,
    AssistanceStatus,
    IAssistanceRequests
} from "../../interfaces/cooperation/IAssistanceRequests.sol";
import { Dispute, DisputeKind, DisputeStatus, IPanels } from "../../interfaces/cooperation/IPanels.sol";
import { IAgencyRegistry } from "../../interfaces/membership/IAgencyRegistry.sol";
import { IAgencyReputation, OutcomeKind, OutcomeRecord } from "../../interfaces/membership/IAgencyReputation.sol";
import { IGenesis } from "../../interfaces/membership/IGenesis.sol";
import { IMembership } from "../../interfaces/membership/IMembership.sol";
import { AgencyId, NO_AGENCY } from "../types/AgencyId.sol";
import { ANSWER, OBJECT } from "../types/Powers.sol";
import { PanelDraw } from "./PanelDraw.sol";

/// @notice See {IPanels}, the manual.
contract Panels is IPanels {
    uint40 private constant OPEN_WITHIN = 60 days;
    uint40 private constant COMMIT_WITHIN = 14 days;
    uint40 private constant REVEAL_WITHIN = 7 days;
    uint40 private constant VOTE_WITHIN = 21 days;

    IAgencyRegistry private immutable _agencies;
    IMembership private immutable _members; // the same contract: who has a vote
    IAgencyReputation private immutable _reputation;
    IAssistanceRequests private immutable _requests;

    mapping(bytes32 dispute => Dispute) private _disputes;
    mapping(bytes32 dispute => uint16[]) private _panels;
    mapping(bytes32 dispute => uint16[]) private _candidates;
    mapping(bytes32 dispute => mapping(uint16 jurisdiction => bool)) private _voted;
    /// @dev A secret draws one panel: once it was revealed, the next panel would be known before it is drawn.
    mapping(AgencyId agency => mapping(bytes32 commitment => bool)) private _spent;

    constructor() {
        IGenesis genesis = IGenesis(msg.sender);
        _agencies = IAgencyRegistry(genesis.plannedAddressOf("AgencyRegistry"));
        _members = IMembership(address(_agencies));
        _reputation = IAgencyReputation(genesis.plannedAddressOf("AgencyReputation"));
        _requests = IAssistanceRequests(genesis.plannedAddressOf("AssistanceRequests"));
    }

    // The sides

    function open(
        DisputeKind kind,
        bytes32 subject,
        bytes32 grounds,
        bytes32 commitment
    ) external returns (bytes32 dispute) {
        AgencyId claimant = _agencies.authorize(msg.sender, OBJECT);
        if (grounds == 0) revert EmptyGrounds();
        dispute = keccak256(abi.encode(kind, subject, claimant));
        if (_disputes[dispute].kind != DisputeKind.None) revert AlreadyDisputed(subject);
        (AgencyId respondent, bytes32 mine, bytes32 theirs) = kind == DisputeKind.Outcome
            ? (_requireOutcome(dispute, subject, claimant), bytes32(0), bytes32(0))
            : _requireRequest(dispute, kind, subject, claimant);
        (mine, theirs) = (_unspent(claimant, mine), _unspent(respondent, theirs));
        if (mine == 0) mine = commitment;
        if (mine == 0) revert EmptyCommitment();
        _candidates[dispute] = _candidatesOf(claimant, respondent);
        if (_candidates[dispute].length == 0) revert TooFewJurisdictions(0);

        Dispute storage entry = _disputes[dispute];
        (entry.kind, entry.claimant, entry.respondent) = (kind, claimant, respondent);
        (entry.subject, entry.grounds) = (subject, grounds);
        (entry.claimantCommitment, entry.respondentCommitment) = (mine, theirs);
        entry.openedAt = uint40(block.timestamp);
        entry.phaseEndsAt = uint40(block.timestamp) + (theirs == 0 ? COMMIT_WITHIN : REVEAL_WITHIN);
        _spent[claimant][mine] = true;
        if (theirs != 0) _spent[respondent][theirs] = true;
        emit DisputeOpened(dispute, kind, claimant, respondent, subject, grounds);
        emit Committed(dispute, claimant, mine);
        if (theirs != 0) emit Committed(dispute, respondent, theirs);
        if (kind == DisputeKind.Answer) _requests.advance(subject, AssistanceStatus.Disputed, 0, false);
    }

    function commit(bytes32 dispute, bytes32 commitment) external {
        // slither-disable-next-line unused-return // either power will do
        (AgencyId agency, ) = _agencies.authorizeAny(msg.sender, OBJECT | ANSWER);
        Dispute storage entry = _requirePhase(dispute, DisputeStatus.Committing);
        if (agency != entry.respondent) revert NotASide(agency, dispute);
        if (commitment == 0) revert EmptyCommitment();

        entry.respondentCommitment = commitment;
        entry.phaseEndsAt = uint40(block.timestamp) + REVEAL_WITHIN;
        _spent[agency][commitment] = true;
        emit Committed(dispute, agency, commitment);
    }

    function reveal(bytes32 dispute, bytes32 secret) external {
        Dispute storage entry = _requirePhase(dispute, DisputeStatus.Revealing);
        bytes32 commitment = keccak256(abi.encode(secret));
        bool ofClaimant = commitment == entry.claimantCommitment;
        bool ofRespondent = commitment == entry.respondentCommitment;
        if (secret == 0 || !(ofClaimant || ofRespondent)) revert WrongSecret(dispute, commitment);

        // Whoever copied the other's commitment learns its secret with everybody else: one reveal serves both.
        AgencyId side = ofClaimant ? entry.claimant : entry.respondent;
        if ((ofClaimant ? entry.claimantSecret : entry.respondentSecret) != 0) revert SecretRevealed(dispute, side);
        if (ofClaimant) entry.claimantSecret = secret;
        if (ofRespondent) entry.respondentSecret = secret;
        emit Revealed(dispute, side);
        if (entry.claimantSecret != 0 && entry.respondentSecret != 0) _draw(dispute, entry);
    }

    // The panel

    function vote(bytes32 dispute, bool uphold, bytes32 reasons) external {
        uint16 jurisdiction = _members.votingJurisdiction(msg.sender);
        Dispute storage entry = _requirePhase(dispute, DisputeStatus.Voting);
        if (!_isOnPanel(dispute, jurisdiction)) revert NotOnThePanel(jurisdiction, dispute);
        if (_voted[dispute][jurisdiction]) revert AlreadyVoted(dispute, jurisdiction);
        if (reasons == 0) revert EmptyGrounds();

        _voted[dispute][jurisdiction] = true;
        if (uphold) ++entry.upheld;
        else ++entry.dismissed;
        emit PanelVoted(dispute, jurisdiction, uphold, reasons);
    }

    // Anyone

    function close(bytes32 dispute) external {
        Dispute storage entry = _requireDispute(dispute);
        DisputeStatus result = statusAt(dispute, uint40(block.timestamp));
        if (entry.closed || result < DisputeStatus.Upheld) revert WrongPhase(dispute, result);

        entry.closed = true;
        entry.result = result;
        emit DisputeClosed(dispute, result);
        if (result == DisputeStatus.Upheld) _uphold(dispute, entry);
        if (result == DisputeStatus.Dismissed) _dismiss(dispute, entry);
        if (entry.kind == DisputeKind.Answer) _settleAnswer(entry.subject, result);
    }

    // Questions

    function disputeOf(bytes32 dispute) external view returns (Dispute memory) {
        return _disputes[dispute];
    }

    function panelOf(bytes32 dispute) external view returns (uint16[] memory) {
        return _panels[dispute];
    }

    function statusAt(bytes32 dispute, uint40 at) public view returns (DisputeStatus) {
        Dispute memory entry = _disputes[dispute];
        if (entry.kind == DisputeKind.None || at < entry.openedAt) return DisputeStatus.None;
        if (entry.closed) return entry.result;
        if (2 * entry.upheld > entry.size) return DisputeStatus.Upheld;
        if (2 * entry.dismissed > entry.size) return DisputeStatus.Dismissed;

        bool over = at > entry.phaseEndsAt;
        if (entry.respondentCommitment == 0) {
            if (!over) return DisputeStatus.Committing;
            return _isFinding(entry) ? DisputeStatus.Undecided : DisputeStatus.Upheld;
        }
        if (entry.claimantSecret != 0 && entry.respondentSecret != 0)
            return over ? DisputeStatus.Undecided : DisputeStatus.Voting;
        if (!over) return DisputeStatus.Revealing;
        // Who began a dispute and does not come has lost it, whether the other came or not.
        return entry.claimantSecret == 0 ? DisputeStatus.Dismissed : DisputeStatus.Upheld;
    }

    // Internal

    /// @dev What a reviewer or court found stands, though the counterparty, a bank or an asker, does not fight for it.
    function _isFinding(Dispute memory entry) private view returns (bool) {
        if (entry.kind != DisputeKind.Outcome) return false;
        OutcomeKind kind = _reputation.outcomeOf(entry.subject).kind;
        return kind == OutcomeKind.FreezeUnjustified || kind == OutcomeKind.EvidenceExcluded;
    }

    /// @dev Of those who were members when it was opened: who reveals second could else wait until one comes or goes.
    function _draw(bytes32 dispute, Dispute storage entry) private {
        uint16[] memory candidates = _candidates[dispute];
        bytes32 seed = keccak256(abi.encode(entry.claimantSecret, entry.respondentSecret, dispute));
        uint16[] memory panel = PanelDraw.draw(candidates, seed);
        entry.size = uint8(panel.length);
        entry.phaseEndsAt = uint40(block.timestamp) + VOTE_WITHIN;
        _panels[dispute] = panel;
        emit PanelDrawn(dispute, panel, entry.phaseEndsAt);
    }

    /// @dev Who is found right by votes gains by it (Confirmed): else a few who dispute everything would sink their
    ///      victims by the errors of panels alone. Of an answer the state says so, and {IOutcomeReports} the rest.
    function _uphold(bytes32 dispute, Dispute storage entry) private {
        (AgencyId claimant, AgencyId respondent) = (entry.claimant, entry.respondent);
        if (entry.kind == DisputeKind.Outcome) {
            _reputation.annul(entry.subject, dispute);
            if (entry.upheld != 0) _record(claimant, respondent, OutcomeKind.Confirmed, dispute);
            return;
        }
        bool breach = entry.kind == DisputeKind.UseBreach;
        _record(respondent, claimant, breach ? OutcomeKind.UseLimitBreached : OutcomeKind.DisputeLost, dispute);
    }

    function _dismiss(bytes32 dispute, Dispute storage entry) private {
        (AgencyId claimant, AgencyId respondent) = (entry.claimant, entry.respondent);
        _record(claimant, respondent, OutcomeKind.DisputeLost, dispute);
        bool used = entry.kind == DisputeKind.UseBreach && entry.dismissed != 0;
        if (used) _record(respondent, claimant, OutcomeKind.Confirmed, dispute);
    }

    function _record(AgencyId agency, AgencyId other, OutcomeKind kind, bytes32 dispute) private {
        // slither-disable-next-line unused-return // its id anybody computes
        _reputation.record(agency, other, kind, dispute);
    }

    /// @dev Only while the answer still stands as disputed: whatever became of the request, the result counts.
    function _settleAnswer(bytes32 request, DisputeStatus result) private {
        if (_requests.requestOf(request).state != AssistanceStatus.Disputed) return;
        AssistanceStatus state = AssistanceStatus.Fulfilled; // as it was, and open to be confirmed
        if (result == DisputeStatus.Upheld) state = AssistanceStatus.DisputeLost;
        if (result == DisputeStatus.Dismissed) state = AssistanceStatus.Confirmed;
        _requests.advance(request, state, 0, false);
    }

    /// @dev The asker disputes the answer, while nobody confirmed it; the executor disputes a use, whenever it hears of
    ///      it.
    function _requireRequest(
        bytes32 dispute,
        DisputeKind kind,
        bytes32 request,
        AgencyId claimant
    ) private view returns (AgencyId respondent, bytes32 mine, bytes32 theirs) {
        if (kind == DisputeKind.None) revert NothingToDispute(request);
        Assistance memory asked = _requests.requestOf(request);
        (mine, theirs) = _requests.secretsOf(request);
        bool answered = asked.answeredAt != 0 && asked.state != AssistanceStatus.Refused;
        bool waits = asked.state == AssistanceStatus.Fulfilled;
        bool unlimited = kind == DisputeKind.UseBreach && _requests.useLimitsOf(request) == 0;
        if (!answered || unlimited || (kind == DisputeKind.Answer && !waits)) revert NothingToDispute(request);

        // What the central authority committed when it received the request, an executor of its could not reveal.
        if (asked.executor != asked.receiver) theirs = 0;
        respondent = asked.executor;
        if (kind == DisputeKind.UseBreach) (respondent, mine, theirs) = (asked.from, theirs, mine);
        if (claimant != (kind == DisputeKind.UseBreach ? asked.executor : asked.from))
            revert NotASide(claimant, dispute);
        if (kind == DisputeKind.Answer) _requireInTime(request, asked.answeredAt);
    }

    /// @dev What a panel found is not brought before another; what weighs nothing, or was praise, before none.
    function _requireOutcome(bytes32 dispute, bytes32 outcome, AgencyId claimant) private view returns (AgencyId) {
        OutcomeRecord memory entry = _reputation.outcomeOf(outcome);
        bool ofPanel = entry.kind == OutcomeKind.DisputeLost || entry.kind == OutcomeKind.UseLimitBreached;
        bool weighs =
            entry.kind >= OutcomeKind.AcknowledgedLate &&
                entry.counterparty.jurisdiction() != entry.agency.jurisdiction();
        if (!weighs || ofPanel || entry.annulled) revert NothingToDispute(outcome);
        if (claimant != entry.agency) revert NotASide(claimant, dispute);
        _requireInTime(outcome, entry.recordedAt);
        return entry.counterparty;
    }

    function _requireInTime(bytes32 subject, uint40 since) private view {
        uint40 until = since + OPEN_WITHIN;
        if (block.timestamp > until) revert TooLate(subject, until);
    }

    function _requireDispute(bytes32 dispute) private view returns (Dispute storage entry) {
        entry = _disputes[dispute];
        if (entry.kind == DisputeKind.None) revert NoSuchDispute(dispute);
    }

    function _requirePhase(bytes32 dispute, DisputeStatus phase) private view returns (Dispute storage entry) {
        entry = _requireDispute(dispute);
        DisputeStatus found = statusAt(dispute, uint40(block.timestamp));
        if (found != phase) revert WrongPhase(dispute, found);
    }

    function _unspent(AgencyId agency, bytes32 commitment) private view returns (bytes32) {
        return _spent[agency][commitment] ? bytes32(0) : commitment;
    }

    function _isOnPanel(bytes32 dispute, uint16 jurisdiction) private view returns (bool) {
        uint16[] storage panel = _panels[dispute];
        for (uint256 i = 0; i < panel.length; ++i) if (panel[i] == jurisdiction) return true;
        return false;
    }

    function _candidatesOf(AgencyId claimant, AgencyId respondent) private view returns (uint16[] memory) {
        uint16[] memory members = _members.memberJurisdictions();
        return PanelDraw.without(members, claimant.jurisdiction(), respondent.jurisdiction());
    }
}
