// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { IAssistanceAnswers } from "../../interfaces/cooperation/IAssistanceAnswers.sol";
import {
    Assistance,
    ASSISTANCE_PRESENCE_GRANTED,
    AssistanceStatus,
    IAssistanceRequests
} from "../../interfaces/cooperation/IAssistanceRequests.sol";
import { IMandates } from "../../interfaces/cooperation/IMandates.sol";
import { IGenesis } from "../../interfaces/membership/IGenesis.sol";
import { AgencyId } from "../types/AgencyId.sol";
import { AssistanceLife } from "./AssistanceLife.sol";

/// @notice See {IMandates}, the manual. A request for assistance covers what is collected under it from its acceptance
///         to its end.
contract Mandates is IMandates {
    uint8 private constant METHOD_OTHER = 63;
    uint8 private constant MASK_BITS = 16;

    IAssistanceRequests private immutable _requests;
    IAssistanceAnswers private immutable _answers;

    constructor() {
        IGenesis genesis = IGenesis(msg.sender);
        _requests = IAssistanceRequests(genesis.plannedAddressOf("AssistanceRequests"));
        _answers = IAssistanceAnswers(genesis.plannedAddressOf("AssistanceAnswers"));
    }

    function covers(
        bytes32 mandate,
        AgencyId agency,
        uint16 place,
        uint16 dataLocation,
        uint40 at,
        uint8 method
    ) external view returns (bool) {
        Assistance memory asked = _requests.requestOf(mandate);
        uint40 acceptedAt = _answers.acceptedAt(mandate);
        if (acceptedAt == 0 || at < acceptedAt || _isOverAt(asked, at)) return false;
        return
            _mayCollect(asked, agency) &&
            _isOneOf(method, asked.methods) &&
            place == asked.receiver.jurisdiction() &&
            (dataLocation == place || dataLocation == agency.jurisdiction());
    }

    /// @dev Taken back or refused after all; or answered in full: what is collected later was not asked for. Nor is
    ///      anything covered once a supplement is missing for too long.
    function _isOverAt(Assistance memory asked, uint40 at) private pure returns (bool) {
        AssistanceStatus state = asked.state;
        bool stands = asked.pausedAt != 0 && state != AssistanceStatus.Postponed;
        if (stands && at > asked.pausedAt + AssistanceLife.SUPPLEMENT_WITHIN) return true;
        if (state == AssistanceStatus.Withdrawn || state == AssistanceStatus.Refused) return at >= asked.changedAt;
        bool answered =
            state == AssistanceStatus.Fulfilled ||
                state == AssistanceStatus.Confirmed ||
                state == AssistanceStatus.Disputed ||
                state == AssistanceStatus.DisputeLost;
        return answered && at > asked.answeredAt;
    }

    /// @dev Whoever executes, and the asker's officials where their presence was granted.
    function _mayCollect(Assistance memory asked, AgencyId agency) private pure returns (bool) {
        if (agency == asked.executor) return true;
        return agency == asked.from && asked.flags & ASSISTANCE_PRESENCE_GRANTED != 0;
    }

    function _isOneOf(uint8 method, uint16 methods) private pure returns (bool) {
        uint8 bit = method == METHOD_OTHER ? 0 : method;
        bool known = method != 0 && bit < MASK_BITS;
        return known && methods & (1 << bit) != 0;
    }
}
