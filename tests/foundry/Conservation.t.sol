// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Balance, HoldStatus } from "../../interfaces/assets/IHolds.sol";
import { Claim, Plan } from "../../interfaces/assets/IRestitution.sol";
import { Book, isLive, remainingOf, RequestBook } from "./Books.sol";
import { Payers } from "./Payers.sol";
import { VM } from "./Vm.sol";
import { World } from "./World.sol";

/// @dev Held = released + returned + forfeited + remaining, whatever anybody does in whatever order at whatever time.
///      What the contracts say is compared with books that were kept beside them.
contract ConservationTest {
    error Differs(string what, uint256 place, uint256 found, uint256 expected);

    World private _world;
    Payers private _hands;

    function setUp() public {
        VM.warp(1_800_000_000);
        _world = new World();
        _hands = new Payers(_world);
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_hands);
    }

    /// @dev Guard: the hands reach what they are there for, and their books follow.
    function test_one_way_from_request_to_payment() external {
        _hands.ask(1_000, 30 days, 3, false);
        _hands.ratify(0);
        for (uint256 i = 0; i < 2; ++i) {
            _hands.answer(i, 4, 0, i);
            _hands.check(i);
        }
        _hands.credit(1, 10);
        _hands.release(0, 100, false);
        _hands.object(0, "grounds");
        _hands.review(0, 1, 50);
        _hands.renew(1, 10 days);
        _hands.dispose(0, 500, 100, 0);
        _hands.plan(0, false, true, 90, 900);
        VM.warp(block.timestamp + 7 days + 1);
        _hands.decide(0);
        _hands.pay(0, 0, 0, 5);
        if (_hands.paid() == 0) revert Differs("paid", 0, 0, 1);
        this.invariant_each_hold_is_what_its_acts_made_it();
        this.invariant_each_request_adds_up();
        this.invariant_no_hold_outlives_its_end();
        this.invariant_what_was_paid_was_returned();
    }

    /// @dev A corrected amount is what is held from now on; what was let go before is not counted anew.
    function test_a_correction_after_a_release_adds_up() external {
        _hands.ask(1_000, 30 days, 3, false);
        _hands.ratify(0);
        for (uint256 i = 0; i < 2; ++i) {
            _hands.answer(i, 8, 0, i);
            _hands.release(i, 85, false);
        }
        _hands.answer(0, 7, 99, 0);
        _hands.hold(1, 5_000);
        this.invariant_each_hold_is_what_its_acts_made_it();
        this.invariant_each_request_adds_up();
    }

    /// @dev Per hold: each figure is what the acts made it.
    function invariant_each_hold_is_what_its_acts_made_it() external view {
        (uint256 books, ) = _hands.count();
        for (uint256 i = 0; i < books; ++i) {
            (Book memory book, Balance memory found, uint96 remaining) = _compared(i);
            if (book.pending) (book.held, book.returned, book.forfeited, remaining) = (0, 0, 0, 0);
            _same("held", i, found.held, book.held);
            _same("returned", i, found.returned, book.returned);
            _same("forfeited", i, found.forfeited, book.forfeited);
            _same("remaining", i, found.remaining, remaining);
            uint256 sum = uint256(found.released) + found.returned + found.forfeited + found.remaining;
            _same("sum", i, sum, book.held);
        }
    }

    /// @dev Per request and currency: the sums, from a ledger of their own.
    function invariant_each_request_adds_up() external view {
        (uint256 books, uint256 requests) = _hands.count();
        uint256[] memory held = new uint256[](requests);
        uint256[] memory remaining = new uint256[](requests);
        for (uint256 i = 0; i < books; ++i) {
            (Book memory book, Balance memory found, ) = _compared(i);
            held[book.request] += book.pending ? book.held : found.held;
            remaining[book.request] += found.remaining;
        }
        for (uint256 i = 0; i < requests; ++i) {
            RequestBook memory given = _hands.requestAt(i);
            _same("held under a request", i, held[i], given.held);
            if (remaining[i] > given.held - given.out) revert Differs("left", i, remaining[i], given.held - given.out);
        }
    }

    /// @dev No hold outlives its end, and none is live that has nothing.
    function invariant_no_hold_outlives_its_end() external view {
        (uint256 books, ) = _hands.count();
        uint40 present = uint40(block.timestamp);
        for (uint256 i = 0; i < books; ++i) {
            (Book memory book, RequestBook memory given) = _hands.bookAt(i);
            bool live = isLive(_world.holds().statusAt(given.id, book.target, present));
            if (live && present >= book.end) revert Differs("end", i, present, book.end);
            (, , uint96 remaining) = _compared(i);
            if (live && remaining == 0) revert Differs("live", i, 1, 0);
        }
    }

    /// @dev What was paid left a hold, and nobody got more than his share.
    function invariant_what_was_paid_was_returned() external view {
        (uint256 books, ) = _hands.count();
        uint256 returned = 0;
        for (uint256 i = 0; i < books; ++i) {
            (, Balance memory found, ) = _compared(i);
            returned += found.returned;
        }
        _same("returned in all", 0, returned, _hands.paid());
        for (uint256 i = 0; i < _hands.planCount(); ++i) _requirePaid(i);
    }

    function _requirePaid(uint256 place) private view {
        Payers.PlanBook memory theirs = _hands.planAt(place);
        Plan memory found = _world.restitution().planOf(theirs.id);
        _same("paid", place, found.paid, theirs.paid);
        if (found.paid > found.shares) revert Differs("shares", place, found.paid, found.shares);
        uint256 claims = 0;
        for (uint256 i = 0; i < 2; ++i) {
            Claim memory claim = _world.restitution().claimOf(theirs.id, theirs.claims[i]);
            if (claim.paid > claim.share) revert Differs("share", place, claim.paid, claim.share);
            claims += claim.paid;
        }
        _same("paid to claims", place, claims, theirs.paid);
    }

    function _compared(uint256 place) private view returns (Book memory book, Balance memory found, uint96 remaining) {
        RequestBook memory given;
        (book, given) = _hands.bookAt(place);
        uint40 present = uint40(block.timestamp);
        found = _world.holds().balanceAt(given.id, book.target, present);
        remaining = remainingOf(book, given, present, _world.CHECK_WITHIN(), _world.RATIFY_WITHIN());
    }

    function _same(string memory what, uint256 place, uint256 found, uint256 expected) private pure {
        if (found != expected) revert Differs(what, place, found, expected);
    }
}
