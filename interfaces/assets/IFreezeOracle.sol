// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { AgencyId } from "../../contracts/types/AgencyId.sol";

/// @dev One live hold on an account of a token, as a token contract sees it.
struct FrozenEntry {
    bytes32 request;
    bytes32 target;
    uint256 amount; // smallest units of the token; type(uint256).max: the whole balance
    uint40 enteredAt;
    uint40 until; // falls open by itself
    bytes32 order; // commitment to the order: the legal source
}

/// @dev Opens a target: keccak256(abi.encode(keccak256(salt, "eip155:<chain id>:<address in lower case>"), noticeKey)),
///      and a request: keccak256(abi.encode(agency, order)). The institution has salt and notice key from the message
///      to it, the order's commitment from {IFreezeRequests.FreezeRequested}.
struct Opening {
    bytes32 salt;
    address noticeKey;
    bytes32 order;
}

/// @title What tokens ask before a transfer
/// @notice A stablecoin or exchange contract on the same chain reads live holds here, and none that is over: each entry
///         falls open at its hold's end, whoever forgot to release it. A target is revealed only when its hold takes
///         effect, by the institution itself: what others could see before is one transaction waiting for its block.
/// @dev At most 8 live entries an account. Terms of ERC-7943 (frozen amount; an account has what is frozen and what is
///        not).
interface IFreezeOracle {
    event TokenNamed(address indexed token, AgencyId indexed institution, uint16 currency);
    event Revealed(
        address indexed token,
        address indexed account,
        bytes32 indexed hold,
        AgencyId institution,
        uint256 amount,
        uint40 until,
        bytes32 order
    );
    event Removed(address indexed token, address indexed account, bytes32 indexed hold);

    error NotTheOpening(bytes32 target);
    error NothingHeld(bytes32 hold);
    error AlreadyRevealed(bytes32 hold);
    error TooManyEntries(address token, address account, uint256 most);
    error NotTheInstitution(AgencyId theirs, AgencyId institution);
    error NotTheIssuer(address token, AgencyId institution);
    error AlreadyIssuer(address token, AgencyId institution);
    error StillLive(bytes32 hold);
    error NotRevealed(bytes32 hold);
    error TokenWithoutCurrency(address token);
    error TokenInOtherCurrency(bytes32 hold, uint16 held, uint16 currency);

    /// @notice An institution says which token contracts it answers for. The token agrees by
    ///        `IConcordatToken.institution`.
    /// @dev Caller: ANSWER, of the institution.
    /// @param currency in which the institution holds what it issued as this token; named once, not 0
    function nameToken(address token, uint16 currency) external;

    /// @notice Reveals the account of a hold that is in effect, in the token's currency. Caller: ANSWER, of the hold's
    ///         institution.
    /// @dev A hold that is to continue another one is revealed before its check, and freezes from then on: no transfer
    ///      comes in between.
    /// @param opening of target and request: see {Opening}
    function reveal(bytes32 request, bytes32 target, address token, address account, Opening calldata opening) external;

    /// @notice Removes an entry whose hold is over. Anyone; nothing depends on it but room.
    function remove(address token, address account, bytes32 request, bytes32 target) external;

    /// @return amount frozen now: the sum of live entries, max if any takes the whole balance
    /// @return asOf time of the newest entry or end among them: how fresh the list is. An end that nobody recorded is
    ///         none: a check or a ratification that never came shows in the amount alone.
    function frozenOf(address token, address account) external view returns (uint256 amount, uint40 asOf);

    /// @return the live entries
    function entriesOf(address token, address account) external view returns (FrozenEntry[] memory);

    /// @notice How much of a hold on this account a court awarded to victims and nobody has paid yet: what a token may
    ///         move.
    function awardedOf(address token, address account, bytes32 request, bytes32 target) external view returns (uint256);

    /// @notice Whether `amount`, more than 0, is at most {awardedOf}.
    function mayForce(
        address token,
        address account,
        bytes32 request,
        bytes32 target,
        uint256 amount
    ) external view returns (bool);

    function institutionOf(address token) external view returns (AgencyId);

    function currencyOf(address token) external view returns (uint16);
}

/// @title What a token answers so that an institution can name it
interface IConcordatToken {
    /// @return number of the agency that issues it
    function institution() external view returns (AgencyId);
}
