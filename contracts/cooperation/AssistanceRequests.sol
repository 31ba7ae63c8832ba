// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Terms } from "../../interfaces/cooperation/IAgreementRegistry.sol";
import {
    Assistance,
    ASSISTANCE_ASSIGNED_LATE,
    ASSISTANCE_DIRECT,
    ASSISTANCE_FORWARDED,
    ASSISTANCE_PRESENCE_GRANTED,
    ASSISTANCE_PRESENCE_WISHED,
    AssistanceOrder,
    AssistanceStatus
} from "../../interfaces/cooperation/IAssistanceRequests.sol";
import { IGenesis } from "../../interfaces/membership/IGenesis.sol";
import { AgencyId, NO_AGENCY } from "../types/AgencyId.sol";
import { Record } from "../types/PackedAssistance.sol";
import { ANSWER, ASK, OBJECT, TRANSMIT } from "../types/Powers.sol";
import { isDirect } from "../types/RequestKind.sol";
import { AssistanceLife } from "./AssistanceLife.sol";
import { AssistanceRecords } from "./AssistanceRecords.sol";

/// @notice See {IAssistanceRequests}, the manual.
contract AssistanceRequests is AssistanceRecords {
    using AssistanceLife for Record;

    uint256 private constant SUBMITTED = 1 << uint8(AssistanceStatus.Submitted);
    uint256 private constant SENT = 1 << uint8(AssistanceStatus.Sent);
    uint256 private constant RECEIVED = 1 << uint8(AssistanceStatus.Received);
    uint256 private constant ASSIGNED = 1 << uint8(AssistanceStatus.Assigned);
    uint256 private constant SUPPLEMENT_ASKED = 1 << uint8(AssistanceStatus.SupplementAsked);
    uint256 private constant ENDS = (1 << uint8(AssistanceStatus.Fulfilled)) | (1 << uint8(AssistanceStatus.Refused));

    address private immutable _answers;
    address private immutable _panels;

    constructor() {
        IGenesis genesis = IGenesis(msg.sender);
        _answers = genesis.plannedAddressOf("AssistanceAnswers");
        _panels = genesis.plannedAddressOf("Panels");
    }

    // The asker

    function ask(AssistanceOrder calldata order) external returns (bytes32 request) {
        AgencyId from = _agencies.authorize(msg.sender, ASK);
        _requireWellFormed(order, from.jurisdiction());
        request = keccak256(abi.encode(from, order.order));
        if (_peek(request).told.from != NO_AGENCY) revert AlreadyAsked(request);

        Record memory record = _drawUp(order, from);
        Terms memory rules = _rulesOf(record, order.agreement);
        bool sent = record.isDirect() || _authorityOf(from.jurisdiction()) == from;
        if (sent) _send(record, rules);
        else record.told.acknowledgeBy = _passOnBy(order.urgency);
        if (order.agreement != 0) _agreementOf[request] = order.agreement;
        _secrets[request].asker = order.secret;
        _enter(request, record, sent ? AssistanceStatus.Sent : AssistanceStatus.Submitted);
        emit Asked(request, from, order.to, msg.sender, order);
    }

    function supplement(bytes32 request, bytes32 message) external {
        (Record memory record, AgencyId asker) = _requireAsker(request);
        uint40 present = uint40(block.timestamp);
        if (record.statusAt(present) != AssistanceStatus.SupplementAsked) _refuse(request, record);
        if (message == 0) revert EmptyMessage();

        record.resume(present);
        _enter(request, record, record.told.state);
        emit Supplemented(request, asker, msg.sender, message);
        emit StateChanged(request, record.told.state);
    }

    function withdraw(bytes32 request, uint8 reason) external {
        (Record memory record, AgencyId asker) = _requireAsker(request);
        _requireState(request, record, SUBMITTED | AssistanceLife.OPEN);
        if (reason == 0) revert NoReason();

        if (record.told.state != AssistanceStatus.Submitted) _leaveCount(record);
        record.resume(uint40(block.timestamp));
        _enter(request, record, AssistanceStatus.Withdrawn);
        emit RequestWithdrawn(request, asker, msg.sender, reason);
    }

    // Its central authority

    function passOn(bytes32 request, bytes32 message) external {
        (Record memory record, AgencyId authority) = _requireOwnAuthority(request);
        if (message == 0) revert EmptyMessage();

        record.told.receiver = _authorityOf(record.told.receiver.jurisdiction());
        _send(record, _rulesOf(record, _agreementOf[request]));
        _enter(request, record, AssistanceStatus.Sent);
        emit PassedOn(request, authority, record.told.receiver, msg.sender, message);
    }

    function declineToPassOn(bytes32 request, uint8 reason) external {
        (Record memory record, AgencyId authority) = _requireOwnAuthority(request);
        if (reason == 0) revert NoReason();

        _enter(request, record, AssistanceStatus.NotPassedOn);
        emit NotPassedOnBy(request, authority, msg.sender, reason);
    }

    // Who is asked

    function acknowledge(bytes32 request, bytes32 secret) external {
        Record memory record = _load(request);
        AgencyId receiver = _requireReceiver(record, ANSWER | TRANSMIT);
        _requireState(request, record, SENT);
        if (secret == 0) revert EmptySecret();

        bool direct = record.isDirect();
        if (direct) record.told.executor = receiver;
        record.told.acknowledgedAt = uint40(block.timestamp);
        _secrets[request].executor = secret;
        _enter(request, record, direct ? AssistanceStatus.Assigned : AssistanceStatus.Received);
        emit Acknowledged(request, receiver, msg.sender, secret);
    }

    function assign(bytes32 request, AgencyId executor, bytes32 message) external {
        Record memory record = _load(request);
        AgencyId authority = _requireAssigner(request, record);
        _requireMember(executor, authority.jurisdiction());
        if (message == 0 && executor != authority) revert EmptyMessage();

        uint40 present = uint40(block.timestamp);
        if (record.told.acknowledgedAt == 0) record.told.acknowledgedAt = present;
        if (present > record.told.acknowledgeBy) record.told.flags |= ASSISTANCE_ASSIGNED_LATE;
        record.told.executor = executor;
        _enter(request, record, AssistanceStatus.Assigned);
        emit AssignedTo(request, executor, msg.sender, message);
    }

    function forward(bytes32 request, AgencyId to, bytes32 message) external {
        Record memory record = _load(request);
        AgencyId from = _requireReceiver(record, ANSWER);
        if (!_isForwardable(record)) _refuse(request, record);
        _requireMember(to, from.jurisdiction());
        if (to == from) revert InvalidOrder(2);
        if (message == 0) revert EmptyMessage();

        _moveTo(record, to);
        record.told.flags |= ASSISTANCE_FORWARDED;
        if (record.told.state == AssistanceStatus.Assigned) record.told.executor = to;
        // What the first committed, the second could not reveal.
        delete _secrets[request].executor;
        _store(request, record);
        emit Forwarded(request, from, to, msg.sender, message);
    }

    // Whoever it concerns

    function confirmReceipt(bytes32 request, bytes32 message) external {
        Assistance memory told = _load(request).told;
        // slither-disable-next-line unused-return // any of these powers will do
        (AgencyId agency, ) = _agencies.authorizeAny(msg.sender, ANSWER | ASK | TRANSMIT);
        bool concerned = agency == told.from || agency == told.receiver || agency == told.executor;
        concerned = concerned || agency == _agencies.centralAuthority(told.from.jurisdiction());
        concerned = concerned || agency == _agencies.centralAuthority(told.receiver.jurisdiction());
        if (!concerned) revert NotYourRequest(agency, request);
        if (message == 0) revert EmptyMessage();
        emit MessageReceived(request, agency, message, msg.sender);
    }

    // From AssistanceAnswers and Panels

    function advance(bytes32 request, AssistanceStatus state, uint8 ground, bool presence) external {
        bool ruling = msg.sender == _panels;
        if (msg.sender != _answers && !ruling) revert NotTheModule(msg.sender);
        Record memory record = _load(request);
        uint40 present = uint40(block.timestamp);
        _requireNext(request, record, state, ruling);

        record.resume(present);
        if (state == AssistanceStatus.SupplementAsked) record.pause(state, present, 0);
        if (presence) record.told.flags |= ASSISTANCE_PRESENCE_GRANTED;
        if (!ruling && (state == AssistanceStatus.Partial || AssistanceLife.isOneOf(state, ENDS)))
            record.told.answeredAt = present;
        if (!ruling && AssistanceLife.isOneOf(state, ENDS)) _leaveCount(record);
        if (state == AssistanceStatus.Refused) record.told.ground = ground;
        _enter(request, record, state);
        emit StateChanged(request, state);
    }

    function postpone(bytes32 request, uint40 until) external {
        if (msg.sender != _answers) revert NotTheModule(msg.sender);
        Record memory record = _load(request);
        uint40 present = uint40(block.timestamp);
        _requireNext(request, record, AssistanceStatus.Postponed, false);

        record.resume(present);
        record.pause(AssistanceStatus.Postponed, present, until);
        _enter(request, record, AssistanceStatus.Postponed);
        emit StateChanged(request, AssistanceStatus.Postponed);
    }

    // Internal

    function _drawUp(AssistanceOrder calldata order, AgencyId from) private view returns (Record memory record) {
        Assistance memory told = record.told;
        (told.from, told.receiver, told.kind) = (from, _receiverOf(order), order.kind);
        (told.urgency, told.forum, told.methods) = (order.urgency, order.forum, order.methods);
        if (isDirect(order.kind)) told.flags |= ASSISTANCE_DIRECT;
        if (order.presence) told.flags |= ASSISTANCE_PRESENCE_WISHED;
        record.basis = order.basis;
    }

    function _rulesOf(Record memory record, bytes32 agreement) private view returns (Terms memory) {
        Assistance memory told = record.told;
        (uint16 asker, uint16 asked) = (told.from.jurisdiction(), told.receiver.jurisdiction());
        return _rulesFor(record.basis, agreement, asker, asked, told.kind, told.urgency);
    }

    /// @dev From now on the clocks of who is asked run.
    function _send(Record memory record, Terms memory rules) private {
        uint40 present = uint40(block.timestamp);
        record.told.sentAt = present;
        record.told.acknowledgeBy = present + rules.acknowledgeWithin;
        record.told.answerBy = present + rules.answerWithin;
        record.useLimits = rules.useLimits;
        _enterCount(record);
    }

    /// @dev OBJECT is never taken from a member: what was asked before goes on, whatever became of the power to ask.
    function _requireAsker(bytes32 request) private view returns (Record memory record, AgencyId theirs) {
        record = _load(request);
        // slither-disable-next-line unused-return // any of these powers will do
        (theirs, ) = _agencies.authorizeAny(msg.sender, ASK | OBJECT);
        if (theirs != record.told.from) revert NotTheAsker(theirs, record.told.from);
    }

    function _requireOwnAuthority(bytes32 request) private view returns (Record memory record, AgencyId theirs) {
        record = _load(request);
        theirs = _agencies.authorize(msg.sender, TRANSMIT);
        AgencyId authority = _agencies.centralAuthority(record.told.from.jurisdiction());
        if (theirs != authority) revert NotTheAuthority(theirs, authority);
        _requireState(request, record, SUBMITTED);
    }

    function _requireReceiver(Record memory record, uint64 powers) private view returns (AgencyId theirs) {
        // slither-disable-next-line unused-return // any of these powers will do
        (theirs, ) = _agencies.authorizeAny(msg.sender, powers);
        if (theirs != record.told.receiver) revert NotTheReceiver(theirs, record.told.receiver);
    }

    /// @dev In time, so that nobody's lateness goes to another; and not back from whom the authority assigned.
    function _isForwardable(Record memory record) private view returns (bool) {
        Assistance memory told = record.told;
        bool begun = !record.isDirect() || !AssistanceLife.isOneOf(told.state, SENT | ASSIGNED);
        if (begun || block.timestamp > told.acknowledgeBy) return false;
        return told.executor == NO_AGENCY || told.executor == told.receiver;
    }

    /// @dev The central authority that received it; of what went past it, once nobody acknowledged or answered in time.
    ///      ANSWER is never taken from a member: a country whose authority is suspended answers all the same.
    function _requireAssigner(bytes32 request, Record memory record) private view returns (AgencyId theirs) {
        // slither-disable-next-line unused-return // any of these powers will do
        (theirs, ) = _agencies.authorizeAny(msg.sender, ANSWER | TRANSMIT);
        AgencyId authority = record.told.receiver;
        if (!record.isDirect()) {
            if (theirs != authority) revert NotTheAuthority(theirs, authority);
            _requireState(request, record, RECEIVED | ASSIGNED);
            return theirs;
        }
        authority = _agencies.centralAuthority(authority.jurisdiction());
        if (theirs != authority) revert NotTheAuthority(theirs, authority);
        AssistanceStatus status = record.statusAt(uint40(block.timestamp));
        bool late = status == AssistanceStatus.OverdueReceipt || status == AssistanceStatus.Overdue;
        _requireState(request, record, late ? SENT | ASSIGNED : 0);
    }

    /// @dev A postponement hides no state: what may follow is what may follow the state before. Whoever is late stops
    ///      no clock any more.
    function _requireNext(bytes32 request, Record memory record, AssistanceStatus next, bool ruling) private view {
        AssistanceStatus state = record.told.state;
        if (state == AssistanceStatus.Postponed) state = record.before;
        uint256 allowed = ruling ? AssistanceLife.rulingsOn(state) : AssistanceLife.answersTo(state);
        AssistanceStatus status = record.statusAt(uint40(block.timestamp));
        // A part was given: no refusal any more, by no detour, unless the supplement never came.
        bool detour = status == AssistanceStatus.SupplementAsked && record.before == AssistanceStatus.Partial;
        if (detour) allowed = 0;
        if (status == AssistanceStatus.Overdue) allowed &= ~AssistanceLife.STANDING;
        if (!AssistanceLife.isOneOf(next, allowed)) revert AssistanceInStatus(request, status);
    }
}
