// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Handling, ISharing } from "../../interfaces/cooperation/ISharing.sol";
import { IAgencyRegistry } from "../../interfaces/membership/IAgencyRegistry.sol";
import { IGenesis } from "../../interfaces/membership/IGenesis.sol";
import { AgencyId } from "../types/AgencyId.sol";
import { ANSWER, ASK, LEAD } from "../types/Powers.sol";

/// @notice See {ISharing}, the manual.
contract Sharing is ISharing {
    struct Grant {
        AgencyId from;
        AgencyId to;
        uint32 fields;
        uint8 purpose;
        Handling handling; // None: no such grant
        uint8 steps; // how often it was passed on before
        uint40 grantedAt;
        uint40 until;
        uint40 revokedAt; // 0: it was not
        bytes32 parent; // from which it was passed on; 0: from nobody's
    }

    uint8 private constant LAST_PURPOSE = 5;
    uint8 private constant MOST_STEPS = 8;

    IAgencyRegistry private immutable _agencies;

    mapping(bytes32 grant => Grant) private _grants;

    constructor() {
        _agencies = IAgencyRegistry(IGenesis(msg.sender).plannedAddressOf("AgencyRegistry"));
    }

    function grant(
        AgencyId to,
        bytes32 items,
        uint32 fields,
        uint8 purpose,
        Handling handling,
        uint40 until
    ) external returns (bytes32 id) {
        AgencyId from = _caller();
        if (items == 0) revert EmptyItems();
        if (fields == 0) revert NoFields();
        if (purpose == 0 || purpose > LAST_PURPOSE) revert UnknownPurpose(purpose);
        if (handling == Handling.None) revert UnknownHandling();
        if (until <= block.timestamp) revert InvalidUntil(until, uint40(block.timestamp));
        id = keccak256(abi.encode(from, to, items, fields, purpose, handling, until));

        _put(id, Grant(from, to, fields, purpose, handling, 0, uint40(block.timestamp), until, 0, 0));
        emit Granted(id, from, to, msg.sender, items, fields, purpose, handling, until);
    }

    function revoke(bytes32 id) external {
        AgencyId theirs = _caller();
        Grant storage entry = _existing(id);
        if (theirs != entry.from) revert NotTheGranter(theirs, entry.from);
        if (entry.revokedAt != 0) revert AlreadyRevoked(id);

        entry.revokedAt = uint40(block.timestamp);
        emit Revoked(id, theirs, msg.sender);
    }

    function forward(
        bytes32 id,
        AgencyId to,
        uint32 fields,
        uint8 purpose,
        uint40 until
    ) external returns (bytes32 onward) {
        AgencyId theirs = _caller();
        Grant storage entry = _existing(id);
        if (theirs != entry.to) revert NotTheRecipient(theirs, entry.to);
        if (!_mayGo(entry, to)) revert HandlingForbids(id, entry.handling, to);
        uint40 present = uint40(block.timestamp);
        bool within = permits(id, theirs, fields, purpose, present) && until > present && until <= entry.until;
        if (!within) revert BeyondGrant(id);
        if (entry.steps == MOST_STEPS) revert TooFar(id, MOST_STEPS);
        onward = keccak256(abi.encode(id, to, fields, purpose, until));

        _put(onward, Grant(theirs, to, fields, purpose, entry.handling, entry.steps + 1, present, until, 0, id));
        emit ForwardedOn(id, onward, to, msg.sender, fields, purpose, until);
    }

    // Questions

    function permits(bytes32 id, AgencyId agency, uint32 fields, uint8 purpose, uint40 at) public view returns (bool) {
        Grant storage entry = _grants[id];
        bool within =
            entry.handling != Handling.None &&
                entry.to == agency &&
                entry.purpose == purpose &&
                fields != 0 &&
                fields & ~entry.fields == 0;
        if (!within || !_runsAt(entry, at)) return false;
        // What was passed on ends with whatever it came from: at most MOST_STEPS back.
        while (entry.parent != 0) {
            entry = _grants[entry.parent];
            if (!_runsAt(entry, at)) return false;
        }
        return true;
    }

    // Internal

    function _put(bytes32 id, Grant memory entry) private {
        if (_agencies.agencyOf(entry.to).account == address(0)) revert NoSuchAgency(entry.to);
        if (_grants[id].handling != Handling.None) revert AlreadyGranted(id);
        _grants[id] = entry;
    }

    function _runsAt(Grant storage entry, uint40 at) private view returns (bool) {
        if (at < entry.grantedAt || at >= entry.until) return false;
        return entry.revokedAt == 0 || at < entry.revokedAt;
    }

    /// @dev Red and AmberStrict stay with the agency that has it; Amber within its country; the rest among members.
    function _mayGo(Grant storage entry, AgencyId to) private view returns (bool) {
        Handling handling = entry.handling;
        if (handling == Handling.Red || handling == Handling.AmberStrict) return false;
        return handling != Handling.Amber || to.jurisdiction() == entry.to.jurisdiction();
    }

    function _existing(bytes32 id) private view returns (Grant storage entry) {
        entry = _grants[id];
        if (entry.handling == Handling.None) revert NoSuchGrant(id);
    }

    function _caller() private view returns (AgencyId agency) {
        // slither-disable-next-line unused-return // any of them will do
        (agency, ) = _agencies.authorizeAny(msg.sender, ANSWER | ASK | LEAD);
    }
}
