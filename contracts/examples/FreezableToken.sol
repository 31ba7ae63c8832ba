// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import { FrozenEntry, IConcordatToken, IFreezeOracle } from "../../interfaces/assets/IFreezeOracle.sol";
import { AgencyId } from "../types/AgencyId.sol";

/// @title An ERC-20 that asks the FreezeOracle before every transfer
/// @notice Names of ERC-7943 for fungible tokens, as far as they apply. Nobody sets what is frozen (`setFrozenTokens`):
///         the token reads it from holds that end by themselves. And a transfer is forced for one named hold, as far as
///         a court awarded it to victims; so the id of ERC-7943 is not announced by ERC-165.
/// @dev What was moved by force stays counted as frozen until its payment is recorded in Restitution: in between
///      nothing becomes free. Beyond what the oracle counts the account is as free as ever.
contract FreezableToken is ERC20, IConcordatToken {
    /// @dev One hold's award, from the first forced transfer on.
    struct Award {
        uint128 cap; // awarded and unpaid at that time
        uint128 moved; // never beyond it
    }

    struct Forced {
        address from;
        address to;
        uint256 amount;
        bytes32 request;
        bytes32 target;
    }

    IFreezeOracle private immutable _oracle;
    AgencyId public immutable institution;
    address public immutable issuer;

    mapping(bytes32 hold => Award) private _awards;

    event ForcedTransfer(address indexed from, address indexed to, uint256 amount);

    error ERC7943CannotTransfer(address from, address to, uint256 amount);
    error ERC7943InsufficientUnfrozenBalance(address account, uint256 amount, uint256 unfrozen);
    error NotTheTokenIssuer(address caller);
    error NotAwarded(bytes32 hold, uint256 amount);
    error AwardUsed(bytes32 hold, uint256 amount, uint256 left);
    error HoldsNotAscending(bytes32 previous, bytes32 hold);

    modifier onlyIssuer() {
        if (msg.sender != issuer) revert NotTheTokenIssuer(msg.sender);
        _;
    }

    constructor(
        string memory name,
        string memory symbol,
        IFreezeOracle oracle,
        AgencyId institution_
    ) ERC20(name, symbol) {
        _oracle = oracle;
        institution = institution_;
        issuer = msg.sender;
    }

    // The issuer

    function mint(address to, uint256 amount) external onlyIssuer {
        _mint(to, amount);
    }

    /// @notice Redeems; what is frozen is not redeemed either.
    function burn(address from, uint256 amount) external onlyIssuer {
        _burn(from, amount);
    }

    /// @notice Moves what a court awarded, once, whatever is frozen of it.
    function forcedTransfer(Forced calldata forced) external onlyIssuer returns (bool) {
        _force(forced, _holdId(forced));
        return true;
    }

    /// @notice The same for many holds, all or none.
    /// @param batch in ascending order of the holds' ids, so that none stands twice
    function forcedTransfers(Forced[] calldata batch) external onlyIssuer returns (bool) {
        bytes32 previous = 0;
        for (uint256 i = 0; i < batch.length; ++i) {
            bytes32 hold = _holdId(batch[i]);
            if (hold <= previous) revert HoldsNotAscending(previous, hold);
            previous = hold;
            _force(batch[i], hold);
        }
        return true;
    }

    // Questions

    /// @notice What is frozen now; may be more than the account has.
    function getFrozenTokens(address account) public view returns (uint256 amount) {
        // slither-disable-next-line unused-return // how fresh it is does not matter: it is read now
        (amount, ) = _oracle.frozenOf(address(this), account);
    }

    /// @notice No account is barred as such; amounts are frozen.
    function canSend(address account) external pure returns (bool) {
        return account != address(0);
    }

    /// @notice A frozen account may receive.
    function canReceive(address account) external pure returns (bool) {
        return account != address(0);
    }

    function canTransfer(address from, address to, uint256 amount) external view returns (bool) {
        return from != address(0) && to != address(0) && amount <= _beyond(from, getFrozenTokens(from));
    }

    function decimals() public pure override returns (uint8) {
        return 6;
    }

    // Internal

    /// @dev Every way out of an account, burning and sending to oneself too. Above the balance is ERC-20's own error.
    function _update(address from, address to, uint256 amount) internal override {
        if (from != address(0) && amount <= balanceOf(from)) {
            _requireUnfrozen(from, amount, getFrozenTokens(from));
        }
        super._update(from, to, amount);
    }

    /// @dev Everything that others have frozen stays there, to the last unit.
    function _force(Forced calldata forced, bytes32 hold) private {
        (address from, address to, uint256 amount) = (forced.from, forced.to, forced.amount);
        if (from == to || to == address(0)) revert ERC7943CannotTransfer(from, to, amount);
        if (!_oracle.mayForce(address(this), from, forced.request, forced.target, amount)) {
            revert NotAwarded(hold, amount);
        }
        _requireUnfrozen(from, amount, _frozenByOthers(forced));

        _useAward(forced, hold);
        super._update(from, to, amount);
        emit ForcedTransfer(from, to, amount);
    }

    /// @dev A payment is recorded after the transfer. Until then the oracle shows the award as unpaid, so what was
    ///      moved is counted here.
    function _useAward(Forced calldata forced, bytes32 hold) private {
        Award storage award = _awards[hold];
        if (award.cap == 0) {
            award.cap = uint128(
                _oracle.awardedOf(address(this), forced.from, forced.request, forced.target) // of 96 bits
            );
        }
        uint256 left = award.cap - award.moved;
        if (forced.amount > left) revert AwardUsed(hold, forced.amount, left);
        award.moved += uint128(forced.amount);
    }

    function _frozenByOthers(Forced calldata forced) private view returns (uint256 amount) {
        FrozenEntry[] memory entries = _oracle.entriesOf(address(this), forced.from);
        for (uint256 i = 0; i < entries.length; ++i) {
            FrozenEntry memory entry = entries[i];
            if (entry.request == forced.request && entry.target == forced.target) continue;
            if (entry.amount == type(uint256).max) return entry.amount;
            amount += entry.amount;
        }
    }

    function _requireUnfrozen(address account, uint256 amount, uint256 frozen) private view {
        uint256 unfrozen = _beyond(account, frozen);
        if (amount > unfrozen) revert ERC7943InsufficientUnfrozenBalance(account, amount, unfrozen);
    }

    function _beyond(address account, uint256 frozen) private view returns (uint256) {
        uint256 balance = balanceOf(account);
        return frozen < balance ? balance - frozen : 0;
    }

    function _holdId(Forced calldata forced) private pure returns (bytes32) {
        return keccak256(abi.encode(forced.request, forced.target));
    }
}
