// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { AgencyId } from "../../contracts/types/AgencyId.sol";

/// @title Opinions of accredited bodies
/// @notice Documents, certificates, electronic data and assets are appraised by bodies that their own jurisdiction
///         accredited for the field; an opinion by anybody else is refused. The opinion names the hash of the item.
interface IAppraisals {
    event Accredited(AgencyId indexed body, uint8 indexed field, uint40 until, bytes32 certificate);
    event AccreditationEnded(AgencyId indexed body, uint8 indexed field);
    event AppraisalAsked(
        bytes32 indexed appraisal,
        AgencyId indexed asker,
        AgencyId indexed body,
        uint8 field,
        bytes32 item,
        uint40 due,
        bytes32 message
    );
    event OpinionGiven(
        bytes32 indexed appraisal,
        AgencyId indexed body,
        address officer,
        bytes32 item,
        bytes32 opinion
    );
    event AppraisalDeclined(bytes32 indexed appraisal, AgencyId indexed body, address officer, uint8 reason);

    error NotAccredited(AgencyId body, uint8 field);
    error UnknownField(uint8 field); // 1 documents 2 electronic data 3 accounts 4 assets 5 persons' identity
    error NoCertificate();
    error NothingToAppraise();
    error EmptyOpinion();
    error AppraisalExists(bytes32 appraisal);
    error NoSuchAppraisal(bytes32 appraisal);
    error NotTheBody(AgencyId theirs, AgencyId body);
    error AppraisalAnswered(bytes32 appraisal);
    error OtherItem(bytes32 appraisal, bytes32 item);
    error InvalidDue(uint40 due, uint40 present);
    error NoReason();

    /// @notice Accredits a body of the caller's jurisdiction. Caller: central authority (account or TRANSMIT).
    function accredit(AgencyId body, uint8 field, uint40 until, bytes32 certificate) external;

    function endAccreditation(AgencyId body, uint8 field) external;

    /// @notice Asks a body, of any jurisdiction, that is accredited now. Caller: ASK or LEAD. `item` is the hash of
    ///         what is
    ///         appraised (an exhibit's leaf, an acquisition's root, a dossier).
    function ask(
        AgencyId body,
        uint8 field,
        bytes32 item,
        uint40 due,
        bytes32 message
    ) external returns (bytes32 appraisal);

    /// @notice Caller: an officer of the body with APPRAISE, while it is accredited for the field.
    function opine(bytes32 appraisal, bytes32 item, bytes32 opinion) external;

    function decline(bytes32 appraisal, uint8 reason) external;

    function isAccreditedAt(AgencyId body, uint8 field, uint40 at) external view returns (bool);

    function opinionOf(
        bytes32 appraisal
    ) external view returns (bytes32 item, bytes32 opinion, uint40 givenAt, uint40 due);
}
