// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { IFreezeProfiles } from "../../interfaces/assets/IFreezeProfiles.sol";
import { IFreezeRequests, Request } from "../../interfaces/assets/IFreezeRequests.sol";
import { HoldStatus, IHolds } from "../../interfaces/assets/IHolds.sol";
import { IObjections } from "../../interfaces/assets/IObjections.sol";
import { AgencyKind, IAgencyRegistry } from "../../interfaces/membership/IAgencyRegistry.sol";
import { IGenesis } from "../../interfaces/membership/IGenesis.sol";
import { AgencyId } from "../types/AgencyId.sol";
import { JUDGE, PROPOSE } from "../types/Powers.sol";

/// @notice What finally becomes of what is held: a prosecutor proposes, a court decides.
abstract contract Dispositions is IObjections {
    IAgencyRegistry internal immutable _agencies;
    IFreezeProfiles internal immutable _profiles;
    IFreezeRequests internal immutable _requests;
    IHolds internal immutable _holds;

    constructor() {
        IGenesis genesis = IGenesis(msg.sender);
        _agencies = IAgencyRegistry(genesis.plannedAddressOf("AgencyRegistry"));
        _profiles = IFreezeProfiles(genesis.plannedAddressOf("FreezeProfiles"));
        _requests = IFreezeRequests(genesis.plannedAddressOf("FreezeRequests"));
        _holds = IHolds(genesis.plannedAddressOf("Holds"));
    }

    function propose(bytes32 request, bytes32 target, bytes32 proposal) external {
        AgencyId agency = _agencies.authorize(msg.sender, PROPOSE);
        if (_agencies.agencyOf(agency).kind != AgencyKind.Prosecutor) revert NotAProsecutor(agency);
        bytes32 hold = _requireHeld(request, target);
        Request memory asked = _requests.requestOf(request);
        uint16 home = agency.jurisdiction();
        uint16 jurisdiction = asked.key.jurisdiction();
        if (home != jurisdiction && home != asked.agency.jurisdiction()) revert OtherJurisdiction(agency, jurisdiction);
        if (proposal == 0) revert EmptyDecision();

        emit DispositionProposed(hold, agency, msg.sender, proposal);
    }

    function dispose(bytes32 request, bytes32 target, uint96 toReturn, uint96 forfeited, bytes32 judgment) external {
        AgencyId court = _agencies.authorize(msg.sender, JUDGE);
        if (_agencies.agencyOf(court).kind != AgencyKind.Court) revert NotACourt(court);
        bytes32 hold = _requireHeld(request, target);
        _requireAtHome(court, _requests.requestOf(request));
        if (judgment == 0) revert EmptyDecision();

        emit DispositionDecided(hold, court, msg.sender, judgment);
        _holds.dispose(request, target, toReturn, forfeited, msg.sender);
    }

    // Internal

    /// @dev The law of the institution's country applies, and its authorities apply it.
    function _requireAtHome(AgencyId agency, Request memory asked) internal pure {
        uint16 jurisdiction = asked.key.jurisdiction();
        if (agency.jurisdiction() != jurisdiction) revert OtherJurisdiction(agency, jurisdiction);
    }

    function _requireHeld(bytes32 request, bytes32 target) internal view returns (bytes32 hold) {
        hold = _holdId(request, target);
        if (!_isHeld(request, target)) revert NothingHeld(hold);
    }

    /// @dev Not once a court disposed of it: from then on the court is the judge.
    function _isHeld(bytes32 request, bytes32 target) internal view returns (bool) {
        HoldStatus status = _holds.statusAt(request, target, uint40(block.timestamp));
        return status == HoldStatus.Held || status == HoldStatus.HeldPart;
    }

    /// @dev As {IHolds.holdId}, without the call.
    function _holdId(bytes32 request, bytes32 target) internal pure returns (bytes32) {
        return keccak256(abi.encode(request, target));
    }
}
