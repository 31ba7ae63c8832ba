// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {
    Draft,
    IAgreementRegistry,
    LegalBasis,
    Obligation,
    Terms,
    USE_ASK_BEFORE_COURT,
    USE_CASE_ONLY,
    USE_DELETE_AFTER,
    USE_NO_DEATH_PENALTY,
    USE_NO_FORWARDING
} from "../../interfaces/cooperation/IAgreementRegistry.sol";
import { DIRECT_KINDS, LAST_REQUEST_KIND } from "../types/RequestKind.sol";

/// @notice What a version of an agreement must be, before anybody can accept it.
library Drafts {
    uint16 private constant LAST_JURISDICTION = 999;
    uint256 private constant MOST_PARTIES = 32;
    uint256 private constant MOST_OBLIGATIONS = 16;
    uint32 private constant LONGEST_NOTICE = 365 days;
    uint8 private constant SECRET = 3;
    /// @dev Turns are counted in 16 bits, which is then 179 years.
    uint32 private constant SHORTEST_TURN = 1 days;
    uint16 private constant USES =
        USE_CASE_ONLY | USE_NO_DEATH_PENALTY | USE_NO_FORWARDING | USE_ASK_BEFORE_COURT | USE_DELETE_AFTER;

    /// @return kinds bit of each RequestKind that it covers
    function requireValid(Draft calldata draft) internal view returns (uint32 kinds) {
        _require(draft.text != 0, 1);
        _require(_areParties(draft.parties), 2);
        _require(_isBasis(draft), 3);
        _require(draft.ratifications >= 2 && draft.ratifications <= draft.parties.length, 4);
        _require(draft.notice <= LONGEST_NOTICE, 5);
        _require(draft.endsAt == 0 || (draft.endsAt > draft.entersAt && draft.endsAt > block.timestamp), 6);
        _require(draft.terms.length + draft.obligations.length != 0, 7);
        for (uint256 i = 0; i < draft.terms.length; ++i) {
            Terms calldata terms = draft.terms[i];
            _require(_areTerms(terms), 7);
            uint32 bit = uint32(1) << terms.kind;
            _require(kinds & bit == 0, 7);
            kinds |= bit;
        }
        // Police forces bind themselves, not the courts of their countries.
        _require(draft.basis != LegalBasis.Police || kinds & ~DIRECT_KINDS == 0, 7);
        _require(draft.obligations.length <= MOST_OBLIGATIONS, 8);
        for (uint256 i = 0; i < draft.obligations.length; ++i) {
            _require(_isObligation(draft.obligations[i], draft.parties), 8);
        }
    }

    function _areParties(uint16[] calldata parties) private pure returns (bool) {
        if (parties.length < 2 || parties.length > MOST_PARTIES) return false;
        uint16 before = 0;
        for (uint256 i = 0; i < parties.length; ++i) {
            if (parties[i] <= before || parties[i] > LAST_JURISDICTION) return false;
            before = parties[i];
        }
        return true;
    }

    /// @dev Whoever relies on a treaty or convention names it.
    function _isBasis(Draft calldata draft) private pure returns (bool) {
        if (draft.basis == LegalBasis.None) return false;
        bool written = draft.basis == LegalBasis.Treaty || draft.basis == LegalBasis.Convention;
        return !written || draft.basisReference != 0;
    }

    function _areTerms(Terms calldata terms) private pure returns (bool) {
        if (terms.kind == 0 || terms.kind > LAST_REQUEST_KIND) return false;
        if (terms.useLimits & ~USES != 0 || terms.confidentiality > SECRET) return false;
        if (!_areTimes(terms.acknowledgeWithin, terms.answerWithin)) return false;
        if (terms.acknowledgeUrgentWithin == 0 && terms.answerUrgentWithin == 0) return true;
        return
            _areTimes(terms.acknowledgeUrgentWithin, terms.answerUrgentWithin) &&
            terms.acknowledgeUrgentWithin <= terms.acknowledgeWithin &&
            terms.answerUrgentWithin <= terms.answerWithin;
    }

    function _areTimes(uint32 acknowledge, uint32 answer) private pure returns (bool) {
        return acknowledge != 0 && acknowledge <= answer;
    }

    function _isObligation(Obligation calldata obligation, uint16[] calldata parties) private pure returns (bool) {
        if (obligation.duty == 0 || obligation.dueWithin == 0) return false;
        if (obligation.every != 0 && obligation.every < SHORTEST_TURN) return false;
        if (obligation.debtor == 0) return true;
        for (uint256 i = 0; i < parties.length; ++i) {
            if (parties[i] == obligation.debtor) return true;
        }
        return false;
    }

    function _require(bool holds, uint8 reason) private pure {
        if (!holds) revert IAgreementRegistry.InvalidDraft(reason);
    }
}
