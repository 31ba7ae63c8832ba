// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Agency, IAgencyRegistry } from "../../interfaces/membership/IAgencyRegistry.sol";
import { IGenesis } from "../../interfaces/membership/IGenesis.sol";
import { AgencyId, NO_AGENCY } from "../types/AgencyId.sol";
import { SignedActs } from "./SignedActs.sol";

/// @notice The agencies as they are kept, and who may act on them: what all parts of {IAgencyRegistry} share.
abstract contract AgencyBook is IAgencyRegistry, SignedActs {
    uint16 internal constant FIRST_BODY_OF_NO_COUNTRY = 900;

    address internal immutable _genesis;
    address internal immutable _timelock;
    address internal immutable _emergencies;
    address internal immutable _reputation;

    mapping(AgencyId agency => Agency) internal _agencies;
    mapping(address account => AgencyId) internal _agencyByAccount;
    mapping(uint16 jurisdiction => AgencyId) public centralAuthority;

    constructor() SignedActs(IGenesis(msg.sender).genesisId()) {
        _genesis = msg.sender;
        _timelock = IGenesis(msg.sender).plannedAddressOf("CouncilTimelock");
        _emergencies = IGenesis(msg.sender).plannedAddressOf("Emergencies");
        // A suite planned without standing has nobody who withholds.
        try IGenesis(msg.sender).plannedAddressOf("AgencyReputation") returns (address planned) {
            _reputation = planned;
        } catch {
            _reputation = address(0);
        }
    }

    function authorityOf(address caller, uint16 jurisdiction) public view returns (AgencyId authority) {
        authority = _seatOf(caller, jurisdiction);
        // What was taken from its officers its account does not do either: it is the key that a thief has.
        if (_isSuspended(authority)) revert AuthoritySuspended(authority);
    }

    function agencyOf(AgencyId agency) external view returns (Agency memory) {
        return _agencies[agency];
    }

    function agencyByAccount(address account) external view returns (AgencyId) {
        return _agencyByAccount[account];
    }

    function _seatOf(address caller, uint16 jurisdiction) internal view returns (AgencyId authority) {
        authority = centralAuthority[jurisdiction];
        if (authority == NO_AGENCY || _agencies[authority].account != caller) {
            revert NotCentralAuthority(caller, jurisdiction);
        }
    }

    function _requireCouncil() internal view {
        if (msg.sender != _timelock) revert NotTheCouncil(msg.sender);
    }

    function _requireModule(address module) internal view {
        if (msg.sender != module) revert NotTheModule(msg.sender);
    }

    function _requireAnAgency() internal view returns (AgencyId agency) {
        agency = _agencyByAccount[msg.sender];
        if (agency == NO_AGENCY) revert NotAnAgency(msg.sender);
    }

    function _requireAgency(AgencyId agency) internal view {
        if (_agencies[agency].account != msg.sender) revert NotTheAgency(msg.sender, agency);
    }

    function _requireExisting(AgencyId agency) internal view {
        if (_agencies[agency].account == address(0)) revert NoSuchAgency(agency);
    }

    /// @dev One address is one party, for ever: no agency's account now, and never an officer's.
    function _requireUnused(address account) internal view {
        bool unused = account != address(0) && _agencyByAccount[account] == NO_AGENCY && !_hasBeenAppointed(account);
        if (!unused) revert AddressInUse(account);
    }

    /// @dev Whether anybody but standing took all powers above the floor from the agency, for now or for good.
    function _isSuspended(AgencyId agency) internal view virtual returns (bool);

    /// @dev An address that ever was an officer's never becomes an agency's.
    function _hasBeenAppointed(address account) internal view virtual returns (bool);
}
