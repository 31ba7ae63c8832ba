// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { ANSWER, DISTRIBUTE, RATIFY_HIGH } from "../../contracts/types/Powers.sol";
import { ClaimEntry, IRestitution, Method, Payment, Source } from "../../interfaces/assets/IRestitution.sol";
import { Book } from "./Books.sol";
import { Hands } from "./Hands.sol";
import { World } from "./World.sol";

/// @dev The same hands, and those that give money back: plans over one or two holds, with two claims each.
contract Payers is Hands {
    struct PlanBook {
        bytes32 id;
        uint256[2] books; // its sources
        bytes32[2] claims;
        uint256 paid;
        bool closed;
    }

    uint256 private constant MOST_PLANS = 6;

    IRestitution private immutable _returning;

    PlanBook[] private _plans;
    uint256 public paid;

    constructor(World world_) Hands(world_) {
        _returning = world_.restitution();
    }

    function plan(uint256 which, bool two, bool traced, uint96 first, uint96 second) external {
        if (_plans.length == MOST_PLANS) return;
        uint256[2] memory places = [which % _books.length, two ? (which + 1) % _books.length : which % _books.length];
        Source[] memory sources = new Source[](two ? 2 : 1);
        for (uint256 i = 0; i < sources.length; ++i) {
            Book storage book = _books[places[i]];
            sources[i] = Source(false, _requests[book.request].id, book.target);
        }
        uint40 notice = uint40(block.timestamp + (traced ? 0 : 30 days));
        _as(DISTRIBUTE);
        bytes32 id = _returning.open(
            keccak256(abi.encode("plan", _plans.length)),
            CURRENCY,
            traced ? Method.Tracing : Method.ProRata,
            notice,
            sources
        );

        bytes32[2] memory claims = [keccak256(abi.encode(id, 0)), keccak256(abi.encode(id, 1))];
        uint96[2] memory amounts = [1 + (first % 1e12), 1 + (second % 1e12)];
        ClaimEntry[] memory entries = new ClaimEntry[](2);
        for (uint256 i = 0; i < 2; ++i) entries[i] = ClaimEntry(claims[i], amounts[i], traced ? 1 + amounts[i] / 9 : 0);
        _as(DISTRIBUTE);
        _returning.enter(id, entries);
        _plans.push(PlanBook(id, places, claims, 0, false));
        ++done["plan"];
    }

    function decide(uint256 which) external {
        _as(RATIFY_HIGH);
        _returning.decide(_plans[which % _plans.length].id, PAPER);
        ++done["decide"];
    }

    function pay(uint256 which, uint8 source, uint8 claim, uint96 amount) external {
        PlanBook storage theirs = _plans[which % _plans.length];
        (source, claim) = (source % 2, claim % 2);
        uint96 share = _returning.shareOf(theirs.id, theirs.claims[claim]);
        Payment[] memory payments = new Payment[](1);
        payments[0] = Payment(theirs.claims[claim], 1 + (amount % (share + 1)), PAPER);
        _as(ANSWER);
        _returning.pay(theirs.id, source, payments);

        amount = payments[0].amount;
        Book storage book = _books[theirs.books[source]];
        book.returned += amount;
        _requests[book.request].out += amount;
        theirs.paid += amount;
        paid += amount;
        // A hold that is paid out entirely is over.
        bool all = book.held == book.released + book.returned + book.forfeited;
        if (all && !book.disposed) book.end = uint40(block.timestamp);
        ++done["pay"];
    }

    function close(uint256 which, uint8 seldom) external {
        if (seldom % 4 != 0) return;
        PlanBook storage theirs = _plans[which % _plans.length];
        _as(DISTRIBUTE);
        _returning.close(theirs.id);
        theirs.closed = true;
        ++done["close"];
    }

    function planCount() external view returns (uint256) {
        return _plans.length;
    }

    function planAt(uint256 place) external view returns (PlanBook memory) {
        return _plans[place];
    }
}
