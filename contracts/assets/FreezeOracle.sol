// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Strings } from "@openzeppelin/contracts/utils/Strings.sol";
import { FrozenEntry, IConcordatToken, IFreezeOracle, Opening } from "../../interfaces/assets/IFreezeOracle.sol";
import { IFreezeRequests } from "../../interfaces/assets/IFreezeRequests.sol";
import { Balance, Hold, HOLD_WHOLE, HoldStatus, IHolds } from "../../interfaces/assets/IHolds.sol";
import { IAgencyRegistry } from "../../interfaces/membership/IAgencyRegistry.sol";
import { IGenesis } from "../../interfaces/membership/IGenesis.sol";
import { AgencyId } from "../types/AgencyId.sol";
import { ANSWER } from "../types/Powers.sol";

/// @notice See {IFreezeOracle}, the manual.
contract FreezeOracle is IFreezeOracle {
    /// @dev What was revealed. Whether it still holds is asked of the holds each time.
    struct Entry {
        bytes32 request;
        bytes32 target;
        bytes32 order;
        uint40 enteredAt;
    }

    uint256 private constant MOST_ENTRIES = 8;
    uint256 private constant WHOLE = type(uint256).max;

    IAgencyRegistry private immutable _agencies;
    IFreezeRequests private immutable _requests;
    IHolds private immutable _holds;

    mapping(address token => AgencyId) public institutionOf;
    mapping(address token => mapping(address account => Entry[])) private _entries;
    mapping(bytes32 hold => bool) private _revealed;
    mapping(address token => uint16) public currencyOf;

    constructor() {
        IGenesis genesis = IGenesis(msg.sender);
        _agencies = IAgencyRegistry(genesis.plannedAddressOf("AgencyRegistry"));
        _requests = IFreezeRequests(genesis.plannedAddressOf("FreezeRequests"));
        _holds = IHolds(genesis.plannedAddressOf("Holds"));
    }

    // The institution

    function nameToken(address token, uint16 currency) external {
        AgencyId institution = _agencies.authorize(msg.sender, ANSWER);
        if (institutionOf[token] == institution) revert AlreadyIssuer(token, institution);
        if (!_agrees(token, institution)) revert NotTheIssuer(token, institution);
        if (currency == 0) revert TokenWithoutCurrency(token);

        institutionOf[token] = institution;
        currencyOf[token] = currency;
        emit TokenNamed(token, institution, currency);
    }

    function reveal(
        bytes32 request,
        bytes32 target,
        address token,
        address account,
        Opening calldata opening
    ) external {
        AgencyId institution = _requireInstitution(request, target, token);
        _requireOpens(request, target, account, opening);
        bytes32 id = _holdId(request, target);
        (uint256 amount, uint40 until, bool live) = _frozenBy(request, target);
        if (!live) revert NothingHeld(id);
        if (_revealed[id]) revert AlreadyRevealed(id);

        _makeRoom(token, account);
        _revealed[id] = true;
        _entries[token][account].push(Entry(request, target, opening.order, uint40(block.timestamp)));
        emit Revealed(token, account, id, institution, amount, until, opening.order);
    }

    // Anyone

    function remove(address token, address account, bytes32 request, bytes32 target) external {
        bytes32 id = _holdId(request, target);
        (bool found, uint256 place) = _find(token, account, request, target);
        if (!found) revert NotRevealed(id);
        // slither-disable-next-line unused-return // how much does not matter
        (, , bool live) = _frozenBy(request, target);
        if (live) revert StillLive(id);

        _remove(token, account, place);
    }

    // Questions

    function frozenOf(address token, address account) external view returns (uint256 amount, uint40 asOf) {
        Entry[] storage entries = _entries[token][account];
        for (uint256 i = 0; i < entries.length; ++i) {
            Entry storage entry = entries[i];
            (uint256 more, uint40 until, bool live) = _frozenBy(entry.request, entry.target);
            amount = more > WHOLE - amount ? WHOLE : amount + more;
            uint40 changedAt = !live ? _endOf(entry, until) : entry.enteredAt;
            if (changedAt > asOf) asOf = changedAt;
        }
    }

    function entriesOf(address token, address account) external view returns (FrozenEntry[] memory live) {
        Entry[] storage entries = _entries[token][account];
        live = new FrozenEntry[](entries.length);
        uint256 count = 0;
        for (uint256 i = 0; i < entries.length; ++i) {
            Entry memory entry = entries[i];
            (uint256 amount, uint40 until, ) = _frozenBy(entry.request, entry.target);
            if (amount == 0) continue;
            live[count++] = FrozenEntry(entry.request, entry.target, amount, entry.enteredAt, until, entry.order);
        }
        assembly ("memory-safe") {
            mstore(live, count)
        }
    }

    function mayForce(
        address token,
        address account,
        bytes32 request,
        bytes32 target,
        uint256 amount
    ) external view returns (bool) {
        return amount != 0 && amount <= awardedOf(token, account, request, target);
    }

    function awardedOf(address token, address account, bytes32 request, bytes32 target) public view returns (uint256) {
        // slither-disable-next-line unused-return // where it stands does not matter
        (bool found, ) = _find(token, account, request, target);
        if (!found) return 0;
        // slither-disable-next-line unused-return // whose it is was asked when it was revealed
        (, , uint96 amount, bool awarded) = _holds.returnable(request, target);
        return awarded ? amount : 0;
    }

    // Internal

    function _requireInstitution(
        bytes32 request,
        bytes32 target,
        address token
    ) private view returns (AgencyId institution) {
        institution = _agencies.authorize(msg.sender, ANSWER);
        bytes32 id = _holdId(request, target);
        Hold memory hold = _holds.holdOf(id);
        if (institution != hold.institution) revert NotTheInstitution(institution, hold.institution);
        if (institutionOf[token] != institution) revert NotTheIssuer(token, institution);
        if (hold.currency != currencyOf[token]) revert TokenInOtherCurrency(id, hold.currency, currencyOf[token]);
    }

    /// @dev The account in the one form that is hashed (CAIP-10, lower case).
    function _requireOpens(bytes32 request, bytes32 target, address account, Opening calldata opening) private view {
        string memory name = string.concat("eip155:", Strings.toString(block.chainid), ":", _hex(account));
        bytes32 commitment = keccak256(abi.encodePacked(opening.salt, name));
        AgencyId requester = _requests.requestOf(request).agency;
        bool opens =
            keccak256(abi.encode(commitment, opening.noticeKey)) == target &&
                keccak256(abi.encode(requester, opening.order)) == request;
        if (!opens) revert NotTheOpening(target);
    }

    /// @return amount 0 where nothing is held any more, or where the money is still that of the hold to be continued.
    ///         What a court awarded stays frozen until it is paid. The whole balance is meant only until a part of it
    ///         was let go: that part must be free to move.
    function _frozenBy(bytes32 request, bytes32 target) private view returns (uint256 amount, uint40 until, bool live) {
        uint40 present = uint40(block.timestamp);
        HoldStatus status = _holds.statusAt(request, target, present);
        Hold memory hold = _holds.holdOf(_holdId(request, target));
        until = hold.until;
        bool held = status == HoldStatus.Held || status == HoldStatus.HeldPart;
        if (!held && status != HoldStatus.Disposed) return (0, until, false);
        Balance memory balance = _holds.balanceAt(request, target, present);
        if (balance.remaining == 0) return (0, until, held);
        bool whole = held && hold.flags & HOLD_WHOLE != 0 && balance.remaining == balance.held;
        return (whole ? WHOLE : balance.remaining, until, true);
    }

    /// @dev When an entry that is over ended, as far as somebody or its period said so; else when it was entered.
    function _endOf(Entry storage entry, uint40 until) private view returns (uint40) {
        uint40 ended = _requests.endedAt(entry.request);
        if (ended != 0 && ended < until) return ended;
        return until > entry.enteredAt && until <= block.timestamp ? until : entry.enteredAt;
    }

    /// @dev What is over gives way, so that nobody can fill an account's list for ever.
    function _makeRoom(address token, address account) private {
        Entry[] storage entries = _entries[token][account];
        if (entries.length < MOST_ENTRIES) return;
        for (uint256 i = 0; i < MOST_ENTRIES; ++i) {
            // slither-disable-next-line unused-return // how much, and until when, does not matter
            (, , bool live) = _frozenBy(entries[i].request, entries[i].target);
            if (!live) return _remove(token, account, i);
        }
        revert TooManyEntries(token, account, MOST_ENTRIES);
    }

    function _remove(address token, address account, uint256 place) private {
        Entry[] storage entries = _entries[token][account];
        bytes32 id = _holdId(entries[place].request, entries[place].target);
        entries[place] = entries[entries.length - 1];
        entries.pop();
        delete _revealed[id];
        emit Removed(token, account, id);
    }

    function _find(
        address token,
        address account,
        bytes32 request,
        bytes32 target
    ) private view returns (bool found, uint256 place) {
        Entry[] storage entries = _entries[token][account];
        for (place = 0; place < entries.length; ++place) {
            if (entries[place].target == target && entries[place].request == request) return (true, place);
        }
    }

    function _agrees(address token, AgencyId institution) private view returns (bool) {
        if (token.code.length == 0) return false;
        try IConcordatToken(token).institution() returns (AgencyId theirs) {
            return theirs == institution;
        } catch {
            return false;
        }
    }

    /// @dev Lower case, as OpenZeppelin's, without its error that cannot occur.
    function _hex(address account) private pure returns (string memory) {
        bytes16 digits = "0123456789abcdef";
        bytes memory text = new bytes(42);
        (text[0], text[1]) = ("0", "x");
        uint160 rest = uint160(account);
        for (uint256 i = 41; i > 1; --i) {
            text[i] = digits[rest & 0xF];
            rest >>= 4;
        }
        return string(text);
    }

    function _holdId(bytes32 request, bytes32 target) private pure returns (bytes32) {
        return keccak256(abi.encode(request, target));
    }
}
