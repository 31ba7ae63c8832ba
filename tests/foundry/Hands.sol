// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { ANSWER, CHECK, JUDGE, OBJECT, RATIFY_HIGH, RELEASE, REQUEST, REVIEW } from "../../contracts/types/Powers.sol";
import { AssetClass, Measure } from "../../contracts/types/ProfileKey.sol";
import {
    FreezeOrder,
    IFreezeRequests,
    SCOPE_LATER_CREDITS,
    SCOPE_WHOLE,
    Target
} from "../../interfaces/assets/IFreezeRequests.sol";
import { Answer, AnswerKind, Hold, IHolds, Seen } from "../../interfaces/assets/IHolds.sol";
import { IObjections, Outcome } from "../../interfaces/assets/IObjections.sol";
import { Book, remainingOf, RequestBook } from "./Books.sol";
import { VM } from "./Vm.sol";
import { World } from "./World.sol";

/// @dev Random acts of everybody who has a hand in a hold, in any order and at any time. Each act that succeeds is
///      entered in the handler's own books; a refused one changes nothing and is forgotten.
contract Hands {
    uint16 internal constant CURRENCY = 702;
    bytes32 internal constant PAPER = "a paper";
    uint256 private constant MOST_REQUESTS = 6;

    World public immutable world;
    IFreezeRequests internal immutable _asking;
    IHolds internal immutable _holding;
    IObjections private immutable _objecting;
    Book[] internal _books;
    RequestBook[] internal _requests;
    mapping(bytes32 act => uint256) public done;

    constructor(World world_) {
        world = world_;
        (_asking, _holding, _objecting) = (world_.requests(), world_.holds(), world_.objections());
    }

    function ask(uint96 amount, uint32 period, uint8 scope, bool stop) external {
        if (_requests.length == MOST_REQUESTS) return;
        uint256 place = _requests.length;
        bytes32 order = keccak256(abi.encode("order", place));
        Measure measure = stop ? Measure.StopPayment : Measure.Freeze;
        period = 1 + (period % world.LONGEST());
        FreezeOrder memory given = FreezeOrder(order, measure, AssetClass.Cash, world.HOME(), period, 0);
        Target[] memory targets = new Target[](2);
        for (uint256 i = 0; i < 2; ++i) {
            bytes32 target = keccak256(abi.encode("target", place, i));
            uint8 asked = i == 0 ? 0 : scope & (SCOPE_WHOLE | SCOPE_LATER_CREDITS);
            targets[i] = Target(world.bank(), target, CURRENCY, 1 + (amount % 1e12), asked, PAPER, 1);
        }
        _as(REQUEST);
        bytes32 id = _asking.request(given, targets);

        _requests.push(RequestBook(id, uint40(block.timestamp), period, false, 0, 0, 0));
        for (uint256 i = 0; i < 2; ++i) {
            Book storage book = _books.push();
            (book.request, book.target) = (place, targets[i].target);
        }
        ++done["ask"];
    }

    function ratify(uint256 which) external {
        RequestBook storage given = _requests[which % _requests.length];
        _as(RATIFY_HIGH);
        _asking.ratify(given.id);
        given.ratified = true;
        ++done["ratify"];
    }

    function withdraw(uint256 which, uint8 seldom) external {
        if (seldom % 8 != 0) return;
        RequestBook storage given = _requests[which % _requests.length];
        _as(RELEASE);
        _asking.withdraw(given.id, 1);
        given.withdrawnAt = uint40(block.timestamp);
        ++done["withdraw"];
    }

    /// @dev Mostly the amount that was asked, sometimes less or anything; sometimes after another hold.
    function answer(uint256 which, uint8 kind, uint96 amount, uint256 after_) external {
        Book storage book = _bookAt(which);
        Answer[] memory answers = new Answer[](1);
        Answer memory given = answers[0];
        given.kind = kind % 3 == 0 ? AnswerKind(1 + (kind % 11)) : AnswerKind(3 + (kind % 2));
        (given.request, given.target) = (_requests[book.request].id, book.target);
        bool holds = given.kind == AnswerKind.Held || given.kind == AnswerKind.HeldPart;
        uint96 asked = _holding.holdOf(_holding.holdId(given.request, given.target)).amount;
        if (holds) given.amount = given.kind == AnswerKind.Held ? asked : 1 + (amount % asked);
        if (given.kind == AnswerKind.Refused) given.code = 1;
        bool linked = given.kind == AnswerKind.Behind || (holds && kind % 5 == 0);
        Book storage earlier = _bookAt(after_);
        if (linked) (given.earlierRequest, given.earlierTarget) = (_requests[earlier.request].id, earlier.target);
        _as(ANSWER);
        _holding.answer(answers);

        if (linked && holds) _name(book, earlier, after_ % _books.length);
        if (holds) _hold(book, given.amount);
        ++done[holds ? bytes32("hold") : bytes32("answer otherwise")];
    }

    /// @dev Where the whole balance was asked, any amount may be found.
    function hold(uint256 which, uint96 amount) external {
        Book storage book = _bookAt(which);
        Answer[] memory answers = new Answer[](1);
        (answers[0].request, answers[0].target) = (_requests[book.request].id, book.target);
        (answers[0].kind, answers[0].amount) = (AnswerKind.Held, 1 + (amount % 1e12));
        _as(ANSWER);
        _holding.answer(answers);
        _hold(book, answers[0].amount);
        ++done["hold"];
    }

    function check(uint256 which) external {
        Book storage book = _bookAt(which);
        bytes32 id = _holding.holdId(_requests[book.request].id, book.target);
        Hold memory found = _holding.holdOf(id);
        Seen[] memory seen = new Seen[](1);
        seen[0] = Seen({
            request: _requests[book.request].id,
            target: book.target,
            state: found.state,
            amount: found.amount,
            since: found.since,
            corrections: _holding.linkOf(id).corrections
        });
        _as(CHECK);
        _holding.check(seen);
        book.checked = true;
        if (book.pending) _continue(book, which % _books.length);
        ++done["check"];
    }

    function credit(uint256 which, uint96 amount) external {
        Book storage book = _bookAt(which);
        amount = 1 + (amount % 1e12);
        _as(ANSWER);
        _holding.credit(_requests[book.request].id, book.target, amount);
        book.held += amount;
        _requests[book.request].held += amount;
        ++done["credit"];
    }

    function renew(uint256 which, uint32 period) external {
        Book storage book = _bookAt(which);
        period = 1 + (period % world.LONGEST());
        _as(RATIFY_HIGH);
        _holding.renew(_requests[book.request].id, book.target, period, PAPER);
        book.end += period;
        ++done["renew"];
    }

    function release(uint256 which, uint96 amount, bool all) external {
        Book storage book = _bookAt(which);
        uint96 left = book.held - book.released - book.returned - book.forfeited;
        if (left == 0) return;
        amount = all ? left : 1 + (amount % left);
        _as(RELEASE);
        _holding.release(_requests[book.request].id, book.target, amount, 1);
        _release(book, amount);
        ++done["release"];
    }

    function object(uint256 which, bytes32 grounds) external {
        Book storage book = _bookAt(which);
        _as(OBJECT);
        _objecting.objectAsMember(_requests[book.request].id, book.target, grounds);
        ++done["object"];
    }

    function review(uint256 which, uint8 outcome, uint96 amount) external {
        Book storage book = _bookAt(which);
        Outcome decided = Outcome(1 + (outcome % 3));
        Book storage newest = _newestOf(book);
        // What a court disposed of, a reviewer lets go no more: he only puts on record that it was wrong.
        uint96 left = newest.disposed ? 0 : _leftOf(newest);
        if (decided == Outcome.UpheldInPart && left > 1) amount = 1 + (amount % (left - 1));
        else amount = 0;
        _as(REVIEW);
        _objecting.review(_requests[book.request].id, book.target, decided, amount, PAPER);
        if (decided == Outcome.Upheld) amount = left;
        _release(newest, amount);
        ++done["review"];
    }

    function dispose(uint256 which, uint96 toReturn, uint96 forfeited, uint8 seldom) external {
        if (seldom % 4 != 0) return;
        Book storage book = _bookAt(which);
        uint96 left = _leftOf(book);
        toReturn = toReturn % (left + 1);
        forfeited = forfeited % (left - toReturn + 1);
        _as(JUDGE);
        _objecting.dispose(_requests[book.request].id, book.target, toReturn, forfeited, PAPER);
        book.disposed = true;
        book.forfeited += forfeited;
        _requests[book.request].out += forfeited;
        _release(book, left - toReturn - forfeited);
        ++done["dispose"];
    }

    function recordLapse(uint256 which) external {
        Book storage book = _bookAt(which);
        _holding.recordLapse(_requests[book.request].id, book.target);
        ++done["record a lapse"];
    }

    function pass(uint32 time, bool far) external {
        VM.warp(block.timestamp + (time % (far ? 20 days : 3 hours)));
        ++done["pass"];
    }

    // What the invariants read

    function count() external view returns (uint256 books, uint256 requests) {
        return (_books.length, _requests.length);
    }

    function bookAt(uint256 place) external view returns (Book memory book, RequestBook memory given) {
        book = _books[place];
        given = _requests[book.request];
    }

    function requestAt(uint256 place) external view returns (RequestBook memory) {
        return _requests[place];
    }

    // Internal

    /// @dev The next call comes from that officer; so what else is asked is asked before.
    function _as(uint64 power) internal {
        address officer = world.officer(power);
        VM.prank(officer);
    }

    function _bookAt(uint256 which) internal view returns (Book storage) {
        return _books[which % _books.length];
    }

    function _leftOf(Book storage book) internal view returns (uint96) {
        (uint24 checkWithin, uint24 ratifyWithin) = (world.CHECK_WITHIN(), world.RATIFY_WITHIN());
        return remainingOf(book, _requests[book.request], uint40(block.timestamp), checkWithin, ratifyWithin);
    }

    function _release(Book storage book, uint96 amount) private {
        book.released += amount;
        _requests[book.request].out += amount;
    }

    function _hold(Book storage book, uint96 amount) private {
        RequestBook storage given = _requests[book.request];
        // A correction begins no new period, and what was let go before stays let go.
        bool corrects = book.everHeld;
        uint96 held = book.released + book.returned + book.forfeited + amount;
        given.held = given.held + held - book.held;
        (book.everHeld, book.checked, book.held) = (true, false, held);
        if (corrects) return;
        (book.heldAt, book.end) = (uint40(block.timestamp), uint40(block.timestamp) + given.period);
    }

    /// @dev What was held before stands until the second officer confirms.
    function _name(Book storage book, Book storage earlier, uint256 place) private {
        if (book.target == earlier.target || _leftOf(earlier) == 0) return; // it took its turn, the other was over
        (book.pending, book.earlier) = (true, place + 1);
    }

    /// @dev What was held before is let go, unless it ended by itself; the new hold is a new one.
    function _continue(Book storage book, uint256 place) private {
        Book storage earlier = _books[book.earlier - 1];
        (book.pending, earlier.later) = (false, place + 1);
        uint96 left = _leftOf(earlier);
        if (left == 0) return;
        _release(earlier, left);
        earlier.continued = true;
    }

    function _newestOf(Book storage book) private view returns (Book storage newest) {
        newest = book;
        while (newest.later != 0) newest = _books[newest.later - 1];
    }
}
