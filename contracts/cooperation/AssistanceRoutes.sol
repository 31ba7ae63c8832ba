// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {
    IAgreementRegistry,
    LegalBasis,
    Terms,
    USE_CASE_ONLY
} from "../../interfaces/cooperation/IAgreementRegistry.sol";
import { AssistanceOrder, IAssistanceRequests } from "../../interfaces/cooperation/IAssistanceRequests.sol";
import { IAgencyRegistry } from "../../interfaces/membership/IAgencyRegistry.sol";
import { IGenesis } from "../../interfaces/membership/IGenesis.sol";
import { AgencyId, NO_AGENCY } from "../types/AgencyId.sol";
import { ALWAYS_REACHABLE, competenceOf, isDirect, isForPolice, RequestKind } from "../types/RequestKind.sol";

/// @notice On what a request stands, by whose hands it goes, and within what times.
abstract contract AssistanceRoutes is IAssistanceRequests {
    uint8 private constant LAST_URGENCY = 5;
    uint8 private constant LAST_CHANNEL = 5;

    /// @dev Without an agreement that says otherwise. A promise of reciprocity: as the Ministry of Public Security
    ///      answers where no treaty sets a time (Procedure 2020, art 379). Between police: what its networks promise
    ///      each other. Whatever is given is for the case for which it was asked (UN Model Treaty art 8).
    uint32 private constant PROMISED_ACKNOWLEDGE = 14 days;
    uint32 private constant PROMISED_ANSWER = 90 days;
    uint32 private constant PROMISED_ACKNOWLEDGE_URGENT = 1 days;
    uint32 private constant PROMISED_ANSWER_URGENT = 7 days;
    uint32 private constant POLICE_ACKNOWLEDGE = 24 hours;
    uint32 private constant POLICE_ANSWER = 72 hours;
    uint32 private constant POLICE_ACKNOWLEDGE_URGENT = 2 hours;
    uint32 private constant POLICE_ANSWER_URGENT = 8 hours;

    /// @dev For the own central authority.
    uint40 private constant PASS_ON = 7 days;
    uint40 private constant PASS_ON_URGENT = 24 hours;

    IAgencyRegistry internal immutable _agencies;
    IAgreementRegistry private immutable _agreements;

    constructor() {
        IGenesis genesis = IGenesis(msg.sender);
        _agencies = IAgencyRegistry(genesis.plannedAddressOf("AgencyRegistry"));
        _agreements = IAgreementRegistry(genesis.plannedAddressOf("AgreementRegistry"));
    }

    function _requireWellFormed(AssistanceOrder calldata order, uint16 home) internal pure {
        _requireGiven(order);
        if (order.kind == RequestKind.None) revert InvalidOrder(1);
        // Who executes a coercive act is for the authority there to say.
        if (order.to == 0 || (order.agency != NO_AGENCY && !isDirect(order.kind))) revert InvalidOrder(2);
        if (order.to == home) revert AskedAtHome(home);
        if (order.urgency > LAST_URGENCY) revert InvalidOrder(4);
        if (order.channel > LAST_CHANNEL) revert InvalidOrder(5);
        if ((order.forum == 0) != (order.checklist == 0)) revert InvalidOrder(6);
        // Information between police never covers a collection abroad.
        if (order.methods != 0 && isForPolice(order.kind)) revert InvalidOrder(7);
        // Officials act abroad with the consent of the authority there.
        if (order.presence && isDirect(order.kind)) revert InvalidOrder(8);
        _requireBasis(order.basis, order.agreement, order.kind);
    }

    /// @return rules times and use limits for a request of this kind that leaves now
    function _rulesFor(
        LegalBasis basis,
        bytes32 agreement,
        uint16 asker,
        uint16 asked,
        RequestKind kind,
        uint8 urgency
    ) internal view returns (Terms memory rules) {
        if (agreement == 0) rules = _policeRules();
        else if (basis == LegalBasis.Reciprocity && _basisOf(agreement) == LegalBasis.None) rules = _promisedRules();
        else rules = _agreedRules(basis, agreement, asker, asked, kind);
        if (urgency == 0) return rules;
        bool knowsUrgency = rules.acknowledgeUrgentWithin != 0 && rules.answerUrgentWithin != 0;
        if (!knowsUrgency) revert UrgencyNotJustified(kind, urgency);
        rules.acknowledgeWithin = rules.acknowledgeUrgentWithin;
        rules.answerWithin = rules.answerUrgentWithin;
    }

    /// @return who is asked there: the agency named or the contact point of a direct kind, else the central authority
    function _receiverOf(AssistanceOrder calldata order) internal view returns (AgencyId) {
        if (!isDirect(order.kind)) return _authorityOf(order.to);
        if (order.agency == NO_AGENCY) return _contactPoint(order.to, order.kind, order.urgency);
        _requireMember(order.agency, order.to);
        return order.agency;
    }

    function _authorityOf(uint16 jurisdiction) internal view returns (AgencyId authority) {
        authority = _agencies.centralAuthority(jurisdiction);
        if (authority == NO_AGENCY) revert NoCentralAuthority(jurisdiction);
    }

    function _requireMember(AgencyId agency, uint16 jurisdiction) internal view {
        bool member = _agencies.agencyOf(agency).account != address(0);
        if (!member || agency.jurisdiction() != jurisdiction) revert NotOfJurisdiction(agency, jurisdiction);
    }

    function _passOnBy(uint8 urgency) internal view returns (uint40) {
        return uint40(block.timestamp) + (urgency == 0 ? PASS_ON : PASS_ON_URGENT);
    }

    // Internal

    function _requireGiven(AssistanceOrder calldata order) private pure {
        if (order.order == 0) revert EmptyOrder();
        if (order.secret == 0) revert EmptySecret();
        if (order.message == 0) revert EmptyMessage();
    }

    function _requireBasis(LegalBasis basis, bytes32 agreement, RequestKind kind) private pure {
        if (basis == LegalBasis.None || (agreement == 0 && basis != LegalBasis.Police)) revert InvalidOrder(3);
        if (agreement == 0 && !isForPolice(kind)) revert OnlyPoliceInformation(kind);
    }

    /// @dev What is urgent goes to whoever can be reached day and night, where the country named one.
    function _contactPoint(uint16 to, RequestKind kind, uint8 urgency) private view returns (AgencyId) {
        if (urgency == 0) return _agencies.contactPoint(to, competenceOf(kind));
        try _agencies.contactPoint(to, ALWAYS_REACHABLE) returns (AgencyId always) {
            return always;
        } catch {
            return _agencies.contactPoint(to, competenceOf(kind));
        }
    }

    function _agreedRules(
        LegalBasis basis,
        bytes32 agreement,
        uint16 asker,
        uint16 asked,
        RequestKind kind
    ) private view returns (Terms memory) {
        if (_basisOf(agreement) != basis) revert InvalidOrder(3);
        return _agreements.termsBetween(agreement, asker, asked, uint8(kind), uint40(block.timestamp));
    }

    /// @return basis None where no such agreement was concluded: then it is the hash of a promise
    function _basisOf(bytes32 agreement) private view returns (LegalBasis basis) {
        // slither-disable-next-line unused-return // by what short name it is known does not matter here
        (basis, ) = _agreements.basisOf(agreement);
    }

    function _policeRules() private pure returns (Terms memory rules) {
        (rules.acknowledgeWithin, rules.answerWithin) = (POLICE_ACKNOWLEDGE, POLICE_ANSWER);
        rules.acknowledgeUrgentWithin = POLICE_ACKNOWLEDGE_URGENT;
        rules.answerUrgentWithin = POLICE_ANSWER_URGENT;
        rules.useLimits = USE_CASE_ONLY;
    }

    function _promisedRules() private pure returns (Terms memory rules) {
        (rules.acknowledgeWithin, rules.answerWithin) = (PROMISED_ACKNOWLEDGE, PROMISED_ANSWER);
        rules.acknowledgeUrgentWithin = PROMISED_ACKNOWLEDGE_URGENT;
        rules.answerUrgentWithin = PROMISED_ANSWER_URGENT;
        rules.useLimits = USE_CASE_ONLY;
    }
}
