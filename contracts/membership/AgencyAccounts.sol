// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {
    Agency,
    AgencyKind,
    Founder,
    IAgencyRegistry,
    Suspension
} from "../../interfaces/membership/IAgencyRegistry.sol";
import { IGenesis } from "../../interfaces/membership/IGenesis.sol";
import { AgencyId, NO_AGENCY, toAgencyId } from "../types/AgencyId.sol";
import { DEFINED_POWERS, FLOOR_OF_POWERS } from "../types/Powers.sol";
import { SignedActs } from "./SignedActs.sol";
import { Suspensions } from "./Suspensions.sol";

/// @notice The agencies' half of {IAgencyRegistry}: admission, accounts, published keys, contact points, suspension.
abstract contract AgencyAccounts is IAgencyRegistry, SignedActs {
    using Suspensions for Suspension[];

    address private immutable _genesis;

    bool private _admissionClosed;
    mapping(AgencyId agency => Agency) internal _agencies;
    mapping(address account => AgencyId) internal _agencyByAccount;
    mapping(uint16 jurisdiction => AgencyId) public centralAuthority;
    mapping(uint16 jurisdiction => uint16) private _lastOrdinal;
    mapping(AgencyId agency => address) private _proposedAccount;
    mapping(AgencyId agency => Suspension[]) private _agencySuspensions;
    mapping(AgencyId agency => uint32) private _encryptionKeyVersion;
    mapping(AgencyId agency => mapping(uint32 version => bytes32)) public encryptionKeyAt;
    mapping(uint16 jurisdiction => mapping(uint8 competence => AgencyId)) private _contactPoints;

    constructor() SignedActs(IGenesis(msg.sender).genesisId()) {
        _genesis = msg.sender;
    }

    // Creation of the suite

    function admitFounders(Founder[] calldata founders) external {
        if (msg.sender != _genesis) revert NotGenesis(msg.sender);
        if (_admissionClosed) revert AdmissionClosed();

        _admissionClosed = true;
        for (uint256 i = 0; i < founders.length; ++i) _admit(founders[i], i);
    }

    function _admit(Founder calldata founder, uint256 index) private {
        if (
            founder.jurisdiction == 0 ||
            founder.jurisdiction > 999 ||
            founder.kind == AgencyKind.None ||
            founder.account == address(0) ||
            founder.charter & ~DEFINED_POWERS != 0
        ) revert InvalidFounder(index);
        if (_agencyByAccount[founder.account] != NO_AGENCY) revert AddressInUse(founder.account);

        AgencyId agency = toAgencyId(founder.jurisdiction, ++_lastOrdinal[founder.jurisdiction]);
        if (founder.kind == AgencyKind.CentralAuthority) {
            if (centralAuthority[founder.jurisdiction] != NO_AGENCY)
                revert SecondCentralAuthority(founder.jurisdiction);
            centralAuthority[founder.jurisdiction] = agency;
        }
        _agencies[agency] = Agency({
            account: founder.account,
            charter: founder.charter,
            kind: founder.kind,
            suspensions: 0
        });
        _agencyByAccount[founder.account] = agency;
        emit AgencyAdmitted(agency, founder.kind, founder.account, founder.charter, founder.name);
    }

    // The agency for itself

    function proposeAccount(address account) external {
        AgencyId agency = _requireAnAgency();
        if (account == address(0) || _agencyByAccount[account] != NO_AGENCY || _hasBeenAppointed(account)) {
            revert AddressInUse(account);
        }

        _proposedAccount[agency] = account;
        emit AccountProposed(agency, account);
    }

    function acceptAccount(AgencyId agency) external {
        if (_proposedAccount[agency] != msg.sender) revert NotProposed(msg.sender, agency);
        // Between proposal and acceptance the address may have become somebody else's.
        if (_agencyByAccount[msg.sender] != NO_AGENCY || _hasBeenAppointed(msg.sender)) revert AddressInUse(msg.sender);

        address previous = _agencies[agency].account;
        delete _proposedAccount[agency];
        _agencyByAccount[previous] = NO_AGENCY;
        _agencyByAccount[msg.sender] = agency;
        _agencies[agency].account = msg.sender;
        emit AccountChanged(agency, previous, msg.sender);
    }

    function publishEncryptionKey(bytes32 key) external {
        AgencyId agency = _requireAnAgency();
        if (key == 0) revert EmptyKey();

        uint32 version = ++_encryptionKeyVersion[agency];
        encryptionKeyAt[agency][version] = key;
        emit EncryptionKeyPublished(agency, version, key);
    }

    // A central authority for its jurisdiction

    function suspendAgency(AgencyId agency, uint40 until, bytes32 reason) external {
        _requireOtherAgencyOfOwn(agency);

        ++_agencies[agency].suspensions;
        _agencySuspensions[agency].begin(until, reason);
        emit AgencySuspended(agency, until, reason);
    }

    function liftAgencySuspension(AgencyId agency) external {
        _requireOtherAgencyOfOwn(agency);

        _agencySuspensions[agency].lift();
        emit AgencySuspensionLifted(agency);
    }

    function setContactPoint(uint8 competence, AgencyId agency) external {
        uint16 jurisdiction = agency.jurisdiction();
        authorityOf(msg.sender, jurisdiction);
        if (_agencies[agency].account == address(0)) revert NoSuchAgency(agency);

        _contactPoints[jurisdiction][competence] = agency;
        emit ContactPointSet(jurisdiction, competence, agency);
    }

    // Questions

    function authorityOf(address caller, uint16 jurisdiction) public view returns (AgencyId authority) {
        authority = centralAuthority[jurisdiction];
        if (authority == NO_AGENCY || _agencies[authority].account != caller) {
            revert NotCentralAuthority(caller, jurisdiction);
        }
    }

    function contactPoint(uint16 jurisdiction, uint8 competence) external view returns (AgencyId agency) {
        agency = _contactPoints[jurisdiction][competence];
        if (agency == NO_AGENCY) revert NoContactPoint(jurisdiction, competence);
    }

    function agencyOf(AgencyId agency) external view returns (Agency memory) {
        return _agencies[agency];
    }

    function agencyByAccount(address account) external view returns (AgencyId) {
        return _agencyByAccount[account];
    }

    function agencySuspensionsOf(AgencyId agency) external view returns (Suspension[] memory) {
        return _agencySuspensions[agency];
    }

    function encryptionKey(AgencyId agency) external view returns (bytes32 key, uint32 version) {
        version = _encryptionKeyVersion[agency];
        key = encryptionKeyAt[agency][version];
    }

    // Internal

    /// @dev Whether a suspension took the power; the floor stays, and is answered for without a look at the agency. The
    ///      charter needs no look either: nothing changes it, and no appointment is given more.
    function _isWithheld(AgencyId agency, uint64 power, uint40 at) internal view returns (bool) {
        if (power & ~FLOOR_OF_POWERS == 0 || _agencies[agency].suspensions == 0) return false;
        return _agencySuspensions[agency].cover(at);
    }

    function _requireAnAgency() internal view returns (AgencyId agency) {
        agency = _agencyByAccount[msg.sender];
        if (agency == NO_AGENCY) revert NotAnAgency(msg.sender);
    }

    function _requireAgency(AgencyId agency) internal view {
        if (_agencies[agency].account != msg.sender) revert NotTheAgency(msg.sender, agency);
    }

    function _requireOtherAgencyOfOwn(AgencyId agency) private view {
        AgencyId authority = authorityOf(msg.sender, agency.jurisdiction());
        if (_agencies[agency].account == address(0) || agency == authority) revert NoSuchAgency(agency);
    }

    /// @dev An address that ever was an officer's never becomes an agency's.
    function _hasBeenAppointed(address account) internal view virtual returns (bool);
}
