// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { HoldStatus } from "../../interfaces/assets/IHolds.sol";

/// @dev What one hold should be, by the acts that succeeded. Nothing here is read from the contracts.
struct Book {
    uint256 request; // place in the list
    bytes32 target;
    bool everHeld;
    uint96 held;
    uint96 released;
    uint96 returned;
    uint96 forfeited;
    uint40 heldAt;
    uint40 end; // of what was asked and renewed
    bool checked;
    bool disposed;
    bool continued;
    bool pending; // names the hold that it continues, whose money it still is
    uint256 earlier; // that hold, from 1
    uint256 later; // the hold that continues this one, from 1
}

struct RequestBook {
    bytes32 id;
    uint40 requestedAt;
    uint32 period;
    bool ratified;
    uint40 withdrawnAt;
    uint256 held; // of all its targets, all in one currency
    uint256 out; // released, returned or forfeited by an act
}

/// @return what a hold still has at a time, by its book alone
function remainingOf(
    Book memory book,
    RequestBook memory given,
    uint40 at,
    uint24 checkWithin,
    uint24 ratifyWithin
) pure returns (uint96) {
    uint96 left = book.held - book.released - book.returned - book.forfeited;
    if (!book.everHeld || book.continued) return 0;
    if (book.disposed) return left;
    bool over =
        at >= book.end ||
            (!book.checked && at > book.heldAt + checkWithin) ||
            (!given.ratified && at > given.requestedAt + ratifyWithin) ||
            (given.withdrawnAt != 0 && at >= given.withdrawnAt);
    return over ? 0 : left;
}

function isLive(HoldStatus status) pure returns (bool) {
    return status == HoldStatus.Held || status == HoldStatus.HeldPart;
}
