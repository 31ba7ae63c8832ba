// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { IAgencyRegistry } from "../../interfaces/membership/IAgencyRegistry.sol";
import { IGenesis } from "../../interfaces/membership/IGenesis.sol";
import { AgencyId, NO_AGENCY } from "../types/AgencyId.sol";
import { TRANSMIT } from "../types/Powers.sol";

/// @notice Who acts for a whole jurisdiction.
abstract contract Authorities {
    IAgencyRegistry internal immutable _agencies;

    constructor() {
        _agencies = IAgencyRegistry(IGenesis(msg.sender).plannedAddressOf("AgencyRegistry"));
    }

    /// @return party the jurisdiction for which the caller acts: as its central authority, or as an officer of it with
    ///         TRANSMIT
    function _callersJurisdiction() internal view returns (uint16 party) {
        party = _seatsJurisdiction();
        // An account whose officers may do nothing may do nothing either.
        // slither-disable-next-line unused-return // reverts for anyone else
        if (_agencies.agencyByAccount(msg.sender) != NO_AGENCY) _agencies.authorityOf(msg.sender, party);
    }

    /// @return party the same, also of a central authority that is suspended, or out: it still performs what it owes,
    ///         and withdraws
    function _seatsJurisdiction() internal view returns (uint16 party) {
        AgencyId agency = _agencies.agencyByAccount(msg.sender);
        if (agency == NO_AGENCY) agency = _agencies.authorize(msg.sender, TRANSMIT);
        party = agency.jurisdiction();
        if (_agencies.centralAuthority(party) != agency) revert IAgencyRegistry.NotCentralAuthority(msg.sender, party);
    }
}
