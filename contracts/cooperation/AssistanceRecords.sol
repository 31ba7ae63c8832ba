// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { LegalBasis } from "../../interfaces/cooperation/IAgreementRegistry.sol";
import {
    Assistance,
    ASSISTANCE_BEYOND_CAP,
    AssistanceStatus,
    MOST_COUNTED_OPEN
} from "../../interfaces/cooperation/IAssistanceRequests.sol";
import { AgencyId, NO_AGENCY } from "../types/AgencyId.sol";
import { pack, PackedAssistance, Record } from "../types/PackedAssistance.sol";
import { AssistanceLife } from "./AssistanceLife.sol";
import { AssistanceRoutes } from "./AssistanceRoutes.sol";

/// @notice What is kept of requests for assistance, and what can be asked about them.
abstract contract AssistanceRecords is AssistanceRoutes {
    using AssistanceLife for Record;

    /// @dev What is open counts in the turn in which it was sent and in the next one. Whoever never answers would else
    ///      fill the count for ever, and be late no more.
    uint40 private constant TURN = 30 days;

    struct Secrets {
        bytes32 asker;
        bytes32 executor;
    }

    mapping(bytes32 request => PackedAssistance) private _records;
    mapping(bytes32 request => bytes32) internal _agreementOf;
    mapping(bytes32 request => Secrets) internal _secrets;
    /// @dev By the turn in which they were sent; see TURN.
    mapping(AgencyId from => mapping(AgencyId receiver => mapping(uint256 turn => uint16))) private _open;

    // Questions

    function requestOf(bytes32 request) external view returns (Assistance memory) {
        return _peek(request).told;
    }

    function statusAt(bytes32 request, uint40 at) external view returns (AssistanceStatus) {
        return _peek(request).statusAt(at);
    }

    function responsibleAt(bytes32 request, uint40 at) external view returns (AgencyId) {
        Record memory record = _peek(request);
        Assistance memory told = record.told;
        AssistanceStatus status = record.statusAt(at);
        if (status == AssistanceStatus.Submitted || status == AssistanceStatus.OverdueAtHome)
            return _agencies.centralAuthority(told.from.jurisdiction());
        if (status == AssistanceStatus.OverdueReceipt || status == AssistanceStatus.Overdue) return _escalated(told);
        if (status == AssistanceStatus.Sent || status == AssistanceStatus.Received) return told.receiver;
        bool asked = status == AssistanceStatus.SupplementAsked || status == AssistanceStatus.Fulfilled;
        if (asked) return told.from;
        bool over = status > AssistanceStatus.Fulfilled || status < AssistanceStatus.Sent;
        return over ? NO_AGENCY : told.executor;
    }

    function agreementOf(bytes32 request) external view returns (LegalBasis basis, bytes32 agreement) {
        return (_peek(request).basis, _agreementOf[request]);
    }

    function useLimitsOf(bytes32 request) external view returns (uint16) {
        return _peek(request).useLimits;
    }

    function pauseOf(bytes32 request) external view returns (AssistanceStatus before, uint40 until) {
        Record memory record = _peek(request);
        return (record.before, record.standsUntil);
    }

    function secretsOf(bytes32 request) external view returns (bytes32 asker, bytes32 executor) {
        return (_secrets[request].asker, _secrets[request].executor);
    }

    function openBetween(AgencyId from, AgencyId receiver) public view returns (uint16) {
        uint256 turn = block.timestamp / TURN;
        return _open[from][receiver][turn] + _open[from][receiver][turn - 1];
    }

    // Internal

    function _peek(bytes32 request) internal view returns (Record memory) {
        return _records[request].unpack();
    }

    function _load(bytes32 request) internal view returns (Record memory record) {
        record = _peek(request);
        if (record.told.from == NO_AGENCY) revert NoSuchRequest(request);
    }

    function _store(bytes32 request, Record memory record) internal {
        PackedAssistance memory packed = pack(record);
        _records[request].who = packed.who;
        _records[request].when = packed.when;
    }

    /// @dev With the present as the time of its new state.
    function _enter(bytes32 request, Record memory record, AssistanceStatus state) internal {
        (record.told.state, record.told.changedAt) = (state, uint40(block.timestamp));
        _store(request, record);
    }

    function _requireState(bytes32 request, Record memory record, uint256 allowed) internal view {
        if (!AssistanceLife.isOneOf(record.told.state, allowed)) _refuse(request, record);
    }

    function _refuse(bytes32 request, Record memory record) internal view {
        revert AssistanceInStatus(request, record.statusAt(uint40(block.timestamp)));
    }

    /// @dev So many between two that none is answered in time, asked to make somebody late, make nobody late.
    function _enterCount(Record memory record) internal {
        Assistance memory told = record.told;
        if (openBetween(told.from, told.receiver) >= MOST_COUNTED_OPEN) told.flags |= ASSISTANCE_BEYOND_CAP;
        ++_open[told.from][told.receiver][told.sentAt / TURN];
    }

    function _leaveCount(Record memory record) internal {
        --_open[record.told.from][record.told.receiver][record.told.sentAt / TURN];
    }

    /// @dev Whether it is within the cap was said when it was sent.
    function _moveTo(Record memory record, AgencyId to) internal {
        _leaveCount(record);
        record.told.receiver = to;
        ++_open[record.told.from][to][record.told.sentAt / TURN];
    }

    /// @dev A country without a central authority has nobody above who was asked.
    function _escalated(Assistance memory told) private view returns (AgencyId authority) {
        authority = _agencies.centralAuthority(told.receiver.jurisdiction());
        if (authority == NO_AGENCY) authority = told.executor == NO_AGENCY ? told.receiver : told.executor;
    }
}
