// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { AgencyId, NO_AGENCY } from "../types/AgencyId.sol";
import { Members } from "./Members.sol";

/// @dev A key that the Council named for an agency that lost its own, and from when it may accept. One slot.
struct Replacement {
    address account;
    uint40 from;
}

/// @notice The agencies' part of {IAgencyRegistry}: accounts and how they change, published keys, contact points.
abstract contract AgencyAccounts is Members {
    /// @dev Long enough to notice that somebody has a key declared lost that is not.
    uint40 private constant VETO_PERIOD = 7 days;

    mapping(AgencyId agency => Replacement) private _replacements;
    mapping(AgencyId agency => uint32) private _encryptionKeyVersion;
    mapping(AgencyId agency => mapping(uint32 version => bytes32)) public encryptionKeyAt;
    mapping(uint16 jurisdiction => mapping(uint8 competence => AgencyId)) private _contactPoints;

    // The agency for itself

    function proposeAccount(address account) external {
        _propose(_requireSoundKey(), account);
    }

    function acceptAccount(AgencyId agency) external {
        if (_proposedAccount[agency] != msg.sender) revert NotProposed(msg.sender, agency);
        _takeOver(agency);
    }

    function vetoReplacement() external {
        AgencyId agency = _requireSoundKey();
        Replacement memory replacement = _replacements[agency];
        if (replacement.account == address(0)) revert NoReplacement(agency);

        delete _replacements[agency];
        emit ReplacementVetoed(agency, replacement.account);
    }

    function publishEncryptionKey(bytes32 key) external {
        AgencyId agency = _requireAnAgency();
        if (key == 0) revert EmptyKey();

        uint32 version = ++_encryptionKeyVersion[agency];
        encryptionKeyAt[agency][version] = key;
        emit EncryptionKeyPublished(agency, version, key);
    }

    // The Council names another key, that key accepts

    function proposeReplacement(AgencyId agency, address account) external {
        _requireCouncil();
        _requireExisting(agency);
        _requireUnused(account);

        uint40 from = uint40(block.timestamp) + VETO_PERIOD;
        _replacements[agency] = Replacement({ account: account, from: from });
        emit ReplacementProposed(agency, account, from);
    }

    function takeOver(AgencyId agency) external {
        Replacement memory replacement = _replacements[agency];
        if (replacement.account == address(0)) revert NoReplacement(agency);
        if (replacement.account != msg.sender) revert NotProposed(msg.sender, agency);
        uint40 present = uint40(block.timestamp);
        if (present < replacement.from) revert ReplacementFrom(agency, replacement.from, present);

        delete _replacements[agency];
        _takeOver(agency);
    }

    // A central authority for its jurisdiction

    function setContactPoint(uint8 competence, AgencyId agency) external {
        uint16 jurisdiction = agency.jurisdiction();
        authorityOf(msg.sender, jurisdiction);
        _requireExisting(agency);

        _contactPoints[jurisdiction][competence] = agency;
        emit ContactPointSet(jurisdiction, competence, agency);
    }

    // Questions

    function contactPoint(uint16 jurisdiction, uint8 competence) external view returns (AgencyId agency) {
        agency = _contactPoints[jurisdiction][competence];
        if (agency == NO_AGENCY) revert NoContactPoint(jurisdiction, competence);
    }

    function encryptionKey(AgencyId agency) external view returns (bytes32 key, uint32 version) {
        version = _encryptionKeyVersion[agency];
        key = encryptionKeyAt[agency][version];
    }

    // Internal

    /// @dev A key that was reported compromised says nothing about who holds the agency.
    function _requireSoundKey() private view returns (AgencyId) {
        if (_isReported(msg.sender)) revert KeyReported(msg.sender);
        return _requireAnAgency();
    }

    function _isReported(address key) internal view virtual returns (bool);

    /// @dev Whoever had the key before keeps no way back: what he proposed is gone too. What the Council proposed stays
    ///      through a change by the agency itself, or a thief would escape it by moving on.
    function _takeOver(AgencyId agency) private {
        // Between proposal and acceptance the address may have become somebody else's.
        _requireUnused(msg.sender);

        address previous = _agencies[agency].account;
        delete _proposedAccount[agency];
        _agencyByAccount[previous] = NO_AGENCY;
        _agencyByAccount[msg.sender] = agency;
        _agencies[agency].account = msg.sender;
        emit AccountChanged(agency, previous, msg.sender);
    }
}
