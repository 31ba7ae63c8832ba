// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { IAppraisals } from "../../interfaces/cooperation/IAppraisals.sol";
import { IAgencyRegistry } from "../../interfaces/membership/IAgencyRegistry.sol";
import { AgencyId } from "../types/AgencyId.sol";
import { APPRAISE, ASK, LEAD } from "../types/Powers.sol";
import { Authorities } from "./Authorities.sol";

/// @notice See {IAppraisals}, the manual.
contract Appraisals is IAppraisals, Authorities {
    /// @dev [from, until). Append-only, so that it can be asked years later who was accredited when.
    struct Period {
        uint40 from;
        uint40 until;
    }

    struct Appraisal {
        AgencyId asker;
        AgencyId body;
        uint8 field;
        bool declined;
        uint40 due;
        uint40 givenAt; // 0: no opinion
        bytes32 item;
        bytes32 opinion;
    }

    uint8 private constant LAST_FIELD = 5;

    mapping(AgencyId body => mapping(uint8 field => Period[])) private _periods;
    mapping(bytes32 appraisal => Appraisal) private _appraisals;

    // A central authority for its jurisdiction

    function accredit(AgencyId body, uint8 field, uint40 until, bytes32 certificate) external {
        _requireOwn(body);
        if (field == 0 || field > LAST_FIELD) revert UnknownField(field);
        if (_agencies.agencyOf(body).account == address(0)) revert IAgencyRegistry.NoSuchAgency(body);
        uint40 present = uint40(block.timestamp);
        if (until <= present) revert InvalidDue(until, present);
        if (certificate == 0) revert NoCertificate();

        // A new accreditation takes the place of the one that runs.
        if (isAccreditedAt(body, field, present)) _newest(body, field).until = present;
        _periods[body][field].push(Period(present, until));
        emit Accredited(body, field, until, certificate);
    }

    function endAccreditation(AgencyId body, uint8 field) external {
        _requireOwn(body);
        _requireAccredited(body, field);

        _newest(body, field).until = uint40(block.timestamp);
        emit AccreditationEnded(body, field);
    }

    // Who asks

    function ask(
        AgencyId body,
        uint8 field,
        bytes32 item,
        uint40 due,
        bytes32 message
    ) external returns (bytes32 appraisal) {
        // slither-disable-next-line unused-return // either of them will do
        (AgencyId asker, ) = _agencies.authorizeAny(msg.sender, ASK | LEAD);
        _requireAccredited(body, field);
        if (item == 0) revert NothingToAppraise();
        if (due <= block.timestamp) revert InvalidDue(due, uint40(block.timestamp));
        appraisal = keccak256(abi.encode(asker, body, field, item, message));
        if (_appraisals[appraisal].item != 0) revert AppraisalExists(appraisal);

        _appraisals[appraisal] = Appraisal(asker, body, field, false, due, 0, item, 0);
        emit AppraisalAsked(appraisal, asker, body, field, item, due, message);
    }

    // The body

    function opine(bytes32 appraisal, bytes32 item, bytes32 opinion) external {
        Appraisal storage entry = _requireUnanswered(appraisal);
        _requireAccredited(entry.body, entry.field);
        if (item != entry.item) revert OtherItem(appraisal, item);
        if (opinion == 0) revert EmptyOpinion();

        entry.givenAt = uint40(block.timestamp);
        entry.opinion = opinion;
        emit OpinionGiven(appraisal, entry.body, msg.sender, item, opinion);
    }

    function decline(bytes32 appraisal, uint8 reason) external {
        Appraisal storage entry = _requireUnanswered(appraisal);
        if (reason == 0) revert NoReason();

        entry.declined = true;
        emit AppraisalDeclined(appraisal, entry.body, msg.sender, reason);
    }

    // Questions

    function isAccreditedAt(AgencyId body, uint8 field, uint40 at) public view returns (bool) {
        Period[] storage periods = _periods[body][field];
        for (uint256 i = periods.length; i > 0; --i) {
            Period storage period = periods[i - 1];
            if (at >= period.from) return at < period.until;
        }
        return false;
    }

    function opinionOf(
        bytes32 appraisal
    ) external view returns (bytes32 item, bytes32 opinion, uint40 givenAt, uint40 due) {
        Appraisal storage entry = _appraisals[appraisal];
        return (entry.item, entry.opinion, entry.givenAt, entry.due);
    }

    // Internal

    function _requireOwn(AgencyId body) private view {
        uint16 jurisdiction = body.jurisdiction();
        if (_callersJurisdiction() != jurisdiction)
            revert IAgencyRegistry.NotCentralAuthority(msg.sender, jurisdiction);
    }

    function _requireAccredited(AgencyId body, uint8 field) private view {
        if (!isAccreditedAt(body, field, uint40(block.timestamp))) revert NotAccredited(body, field);
    }

    function _requireUnanswered(bytes32 appraisal) private view returns (Appraisal storage entry) {
        AgencyId theirs = _agencies.authorize(msg.sender, APPRAISE);
        entry = _appraisals[appraisal];
        if (entry.item == 0) revert NoSuchAppraisal(appraisal);
        if (theirs != entry.body) revert NotTheBody(theirs, entry.body);
        if (entry.givenAt != 0 || entry.declined) revert AppraisalAnswered(appraisal);
    }

    function _newest(AgencyId body, uint8 field) private view returns (Period storage) {
        Period[] storage periods = _periods[body][field];
        return periods[periods.length - 1];
    }
}
