// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { AgencyId } from "../../contracts/types/AgencyId.sol";

/// @dev How far something may go (FIRST Traffic Light Protocol 2.0).
enum Handling {
    None,
    Red, // the recipient alone
    AmberStrict, // the recipient agency
    Amber, // agencies of the recipient's jurisdiction
    Green, // members
    Clear
}

/// @title What was shared with whom, for what, until when
/// @notice A grant lets one agency read named fields of named items for a purpose and a time. It says nothing of what
///         they are. Outside of it, after its end or after it was revoked, `permits` is no, and the client seals no
///         key to that agency any more. Who forwards needs a handling code that lets it.
interface ISharing {
    event Granted(
        bytes32 indexed grant,
        AgencyId indexed from,
        AgencyId indexed to,
        address officer,
        bytes32 items,
        uint32 fields,
        uint8 purpose,
        Handling handling,
        uint40 until
    );
    event Revoked(bytes32 indexed grant, AgencyId indexed from, address officer);
    event ForwardedOn(
        bytes32 indexed grant,
        bytes32 indexed onward,
        AgencyId indexed to,
        address officer,
        uint32 fields,
        uint8 purpose,
        uint40 until
    );

    error EmptyItems();
    error NoFields();
    error UnknownPurpose(uint8 purpose); // 1 investigation 2 prosecution 3 trial 4 recovery 5 prevention
    error UnknownHandling();
    error InvalidUntil(uint40 until, uint40 present);
    error AlreadyGranted(bytes32 grant);
    error NoSuchGrant(bytes32 grant);
    error NoSuchAgency(AgencyId agency);
    error NotTheGranter(AgencyId theirs, AgencyId granter);
    error NotTheRecipient(AgencyId theirs, AgencyId recipient);
    error AlreadyRevoked(bytes32 grant);
    error HandlingForbids(bytes32 grant, Handling handling, AgencyId to);
    error BeyondGrant(bytes32 grant);
    error TooFar(bytes32 grant, uint8 most);

    /// @notice Caller: an officer with ANSWER, ASK or LEAD.
    /// @param items Merkle root or hash of the items' ids
    /// @param fields bit of each field of the shared vocabulary
    function grant(
        AgencyId to,
        bytes32 items,
        uint32 fields,
        uint8 purpose,
        Handling handling,
        uint40 until
    ) external returns (bytes32 id);

    function revoke(bytes32 grant) external;

    /// @notice The recipient passes it on, no wider and no longer than it has it, where the handling code lets it; at
    ///         most 8 steps from the first. A revoked or expired grant takes with it what was passed on from it.
    function forward(
        bytes32 grant,
        AgencyId to,
        uint32 fields,
        uint8 purpose,
        uint40 until
    ) external returns (bytes32 onward);

    function permits(
        bytes32 grant,
        AgencyId agency,
        uint32 fields,
        uint8 purpose,
        uint40 at
    ) external view returns (bool);
}
