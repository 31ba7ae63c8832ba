// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { AgencyId } from "../../contracts/types/AgencyId.sol";
import { ProfileKey } from "../../contracts/types/ProfileKey.sol";
import { Target } from "./IFreezeRequests.sol";

/// @dev Delivered: received by a machine; Acknowledged: read by a person. HeldPart: less because there is less. Behind:
///      another hold stands before this one. Unreadable: stops the clock until the message is sent again.
enum AnswerKind {
    None,
    Delivered,
    Acknowledged,
    Held,
    HeldPart,
    NotFound,
    NoFunds,
    MovedOn,
    Mismatch,
    Unreadable,
    Refused,
    Behind
}

struct Answer {
    bytes32 request;
    bytes32 target;
    AnswerKind kind;
    uint96 amount; // held, minor units; 0 where nothing is
    uint8 code; // of a refusal; else 0
    bytes32 earlierRequest; // Held, HeldPart: the hold that this one continues; Behind: that stands before it; else 0
    bytes32 earlierTarget;
    bytes32 detail; // keccak256 of the message sealed to the requester (where it moved on, balance, reasons); 0 if none
}

/// @dev What the second officer saw of an answer. Time and number of corrections name one answer and its event.
struct Seen {
    bytes32 request;
    bytes32 target;
    HoldState state;
    uint96 amount;
    uint40 since; // {Hold.since}
    uint32 corrections; // {Link.corrections}
}

enum HoldState {
    None,
    Named,
    Delivered,
    Acknowledged,
    Held,
    HeldPart,
    NotFound,
    NoFunds,
    MovedOn,
    Mismatch,
    Unreadable,
    Refused,
    Waiting,
    Released,
    Continued,
    Disposed
}

/// @dev One slot, written when the target is named, so that an answer opens none.
struct Hold {
    AgencyId institution;
    uint16 currency;
    uint96 amount; // asked; once held, what is still held
    uint40 since; // of the present state
    uint40 until; // end of the hold; before, when its message was sent again, 0 if it was not
    HoldState state;
    uint8 renewals;
    uint8 flags; // HOLD_* bits
    uint8 code; // of a refusal or release
}

uint8 constant HOLD_CHECKED = 1; // a second officer of the institution confirmed the answer
uint8 constant HOLD_WHOLE = 2; // as asked: SCOPE_WHOLE
uint8 constant HOLD_LATER_CREDITS = 4; // as asked: SCOPE_LATER_CREDITS
uint8 constant HOLD_INTEREST = 8; // as asked: SCOPE_INTEREST
uint8 constant HOLD_LINKED = 16; // stands in a chain of holds on one account: see {IHolds.linkOf}
uint8 constant HOLD_BY_COURT = 32; // renewed or disposed by a court: only a court releases
uint8 constant HOLD_OBJECTED = 64; // an objection awaits review
uint8 constant HOLD_LAPSE_RECORDED = 128;

/// @dev The earlier hold on the same account, and what was counted along the chain before this one.
struct Link {
    bytes32 earlierRequest;
    bytes32 earlierTarget;
    uint32 heldBefore; // seconds
    uint8 stopsBefore; // stop-payments
    uint8 waiting; // how many wait behind this hold
    uint40 heldSince; // when this hold itself began
    uint40 reservedUntil; // until then no other answer continues this hold
    uint32 corrections; // answers that changed an outcome
    uint16 objections; // that await review, with those to the holds that this one continued
    bool pending; // names the hold that it continues, which stands until the second officer confirms
}

/// @dev held = released + returned + forfeited + remaining. What time ended counts as released.
struct Balance {
    uint96 held;
    uint96 released;
    uint96 returned;
    uint96 forfeited;
    uint96 remaining;
}

/// @dev Dormant: the request binds nobody yet. Open: the reply clock runs; Overdue: it ran out. Turn: the one before is
///      over. Lapsed: never ratified, never checked, turn missed, or the request declined.
enum HoldStatus {
    None,
    Dormant,
    Open,
    Delivered,
    Acknowledged,
    Overdue,
    Held,
    HeldPart,
    NotFound,
    NoFunds,
    MovedOn,
    Mismatch,
    Unreadable,
    Refused,
    Waiting,
    Turn,
    Released,
    Continued,
    Disposed,
    Expired,
    Lapsed,
    Withdrawn
}

/// @title What institutions hold, how much, and until when
/// @notice One hold for each target of a request. The status is a function of time: no hold outlives its end. Taking
///         needs two officers of the institution; letting go takes effect at once.
interface IHolds {
    event TargetNamed(
        bytes32 indexed request,
        AgencyId indexed institution,
        bytes32 indexed hold,
        bytes32 target,
        uint16 currency,
        uint96 amount,
        uint8 scope,
        bytes32 message,
        uint32 keyVersion
    );
    event Answered(
        bytes32 indexed hold,
        AgencyId indexed institution,
        AnswerKind indexed kind,
        address officer,
        uint96 amount,
        uint40 until,
        uint8 code,
        bytes32 earlier,
        bytes32 detail
    );
    event Checked(bytes32 indexed hold, AgencyId indexed institution, address officer);
    event Continuing(bytes32 indexed hold, bytes32 indexed earlier);
    event Continued(bytes32 indexed hold, bytes32 indexed by, uint96 amount);
    event SentAgain(bytes32 indexed hold, address officer, bytes32 message, uint32 keyVersion);
    event Renewed(bytes32 indexed hold, AgencyId indexed agency, address officer, uint40 until, bytes32 order);
    event Credited(bytes32 indexed hold, address officer, uint96 amount, uint96 held);
    event Released(bytes32 indexed hold, AgencyId indexed agency, address officer, uint96 amount, uint8 reason);
    event ReleaseConfirmed(bytes32 indexed hold, address officer);
    event Disposed(bytes32 indexed hold, uint96 toReturn, uint96 forfeited, uint96 released);
    event PaidOut(bytes32 indexed hold, uint96 amount, uint96 remaining);
    event HoldLapseRecorded(bytes32 indexed hold, AgencyId indexed institution, HoldStatus status);

    error NotTheModule(address caller);
    error NoSuchHold(bytes32 hold);
    error TargetTwice(bytes32 target);
    error EmptyTarget();
    error AmountMissing(bytes32 target);
    error NotAnInstitution(AgencyId agency);
    error OtherJurisdiction(AgencyId agency, uint16 jurisdiction);
    error NotTheInstitution(AgencyId theirs, AgencyId institution);
    error HoldInStatus(bytes32 hold, HoldStatus holdStatus);
    error NotAnAnswer(AnswerKind kind);
    error AmountMisstated(bytes32 hold, uint96 amount, uint96 asked);
    error RefusalCode(uint8 code);
    error EarlierMisstated(bytes32 earlier);
    error QueueFull(bytes32 earlier, uint8 most);
    error TooManyStops(bytes32 hold, uint8 stops, uint8 most);
    error NothingLeft(bytes32 hold, uint32 heldBefore, uint32 total);
    error AlreadyChecked(bytes32 hold);
    error NothingToCheck(bytes32 hold);
    error OtherThanSeen(bytes32 hold, HoldState holdState, uint96 amount, uint40 since, uint32 corrections);
    error AlreadyContinuing(bytes32 earlier, uint40 until);
    error NotOfRequester(address officer, AgencyId theirs, AgencyId agency);
    error TooManyRenewals(bytes32 hold, uint8 most);
    error PeriodBeyondProfile(uint32 period, uint32 longest);
    error TotalBeyondProfile(uint32 heldInAll, uint32 total);
    error EmptyOrder();
    error NoReason();
    error NoLaterCredits(bytes32 hold);
    error CourtOrdered(bytes32 subject);
    error NotACourt(AgencyId agency);
    error SplitMisstated(bytes32 hold, uint96 given, uint96 held);
    error NothingToReturn(bytes32 hold);
    error LapseAlreadyRecorded(bytes32 subject);
    error NothingLapsed(bytes32 hold, HoldStatus holdStatus);

    // From the requests

    /// @notice Opens one hold a target; the `agency` that asks answers none of them. FreezeRequests only.
    function openHolds(bytes32 request, AgencyId agency, ProfileKey key, Target[] calldata targets) external;

    /// @notice Opens an institution's own hold. FreezeRequests only.
    function openOwn(bytes32 request, Target calldata target, uint40 until, address officer) external;

    // The institution

    /// @notice Answers one or many, all or none. Caller: ANSWER, of the institution of each. Answers may follow each
    ///         other while the hold is Open, Delivered, Acknowledged, Overdue, Unreadable or on its Turn, or while an
    ///         outcome waits to be checked, and late.
    /// @dev Held or HeldPart, not checked yet, is corrected by Held or HeldPart alone, which starts no new period and
    ///      names no earlier hold; HeldPart lowers what was asked for good. A wrong holding is not checked and lapses.
    ///      On its Turn a hold names the one it waited for. What is continued is a hold of the same requesting agency
    ///      or the institution's own, and what continues it holds no less: an answer lets go of nothing. A hold that a
    ///      court ordered is continued only under a request that a court ratified. The answer only names the earlier
    ///      hold, one at a time: until {check} it stands, and the later counts no money and is not disposed of.
    function answer(Answer[] calldata answers) external;

    /// @notice Confirms outcomes of another officer, as they were seen, no others. Caller: CHECK, of the institution.
    ///         Not confirmed in time, a holding lapses; another outcome counts as none.
    /// @dev What continues an earlier hold ends it now, with the objections to it, if it still holds, and holds no less
    ///      than it. If it ended by itself or was let go of, its time counts. If an objection or a court decided on it
    ///      meanwhile, nothing continues it: {EarlierMisstated}.
    function check(Seen[] calldata seen) external;

    /// @notice More came in and is held too, where that was asked. Caller: ANSWER, of the institution.
    function credit(bytes32 request, bytes32 target, uint96 amount) external;

    /// @notice The institution carried out a release. Caller: ANSWER. Once a hold ended, for the record.
    function confirmRelease(bytes32 request, bytes32 target) external;

    // The requester, or the endorser in its place

    /// @notice Sends what was unreadable again; the clock starts anew. Caller: a starting power of the requester.
    function sendAgain(bytes32 request, bytes32 target, bytes32 message, uint32 keyVersion) external;

    /// @notice Holds for longer, before the end. Caller: any of the profile's renewing powers: of the requesting agency
    ///        at home, of the endorser for a foreign request, as a court or prosecutor of the institution's
    ///        jurisdiction where the profile names them; an institution's own hold: CHECK, within `ownTotal`.
    /// @param period added to the present end, seconds
    function renew(bytes32 request, bytes32 target, uint32 period, bytes32 order) external;

    /// @notice Lets go of `amount`, or of everything that is held. At once. Caller: RELEASE, of the requesting agency
    ///        or of the endorser; of the institution for its own hold. What a court ordered only JUDGE lets go.
    /// @param reason 1 unrelated, 2 purpose fulfilled, 3 named twice, 4 exempt minimum, 5 objection, 6 court, 7 other
    function release(bytes32 request, bytes32 target, uint96 amount, uint8 reason) external;

    // Other modules of the suite

    /// @notice Objections only: one objection more, or less, awaits review of this hold and all that continued it.
    function setObjected(bytes32 request, bytes32 target, bool objected) external;

    /// @notice Objections only: an upheld objection lets go of `amount`, whoever ordered the hold.
    function releaseOnReview(bytes32 request, bytes32 target, uint96 amount, address officer) external;

    /// @notice Objections only: a court decided on all that is held; what is to be returned stays until paid.
    function dispose(bytes32 request, bytes32 target, uint96 toReturn, uint96 forfeited, address officer) external;

    /// @notice Restitution only: `amount` went back to a victim.
    function payOut(bytes32 request, bytes32 target, uint96 amount) external;

    /// @notice Turns what time did (overdue, lapsed, expired) into an event, once. Anyone. Whatever waited makes room.
    function recordLapse(bytes32 request, bytes32 target) external;

    function renewedBy(bytes32 hold, address officer) external view returns (bool);

    /// @return keccak256(abi.encode(request, target))
    function holdId(bytes32 request, bytes32 target) external pure returns (bytes32);

    function holdOf(bytes32 hold) external view returns (Hold memory);

    function linkOf(bytes32 hold) external view returns (Link memory);

    /// @return the newest of the holds that continue this one; itself if none does
    function newestOf(bytes32 request, bytes32 target) external view returns (bytes32, bytes32);

    function statusAt(bytes32 request, bytes32 target, uint40 at) external view returns (HoldStatus);

    function balanceAt(bytes32 request, bytes32 target, uint40 at) external view returns (Balance memory);

    /// @notice When the institution has to have answered; max while the request binds nobody.
    function replyBy(bytes32 request, bytes32 target) external view returns (uint40);

    /// @notice What may go back now: awarded by a court or, where the profile lets it, held, checked, not objected to.
    function returnable(
        bytes32 request,
        bytes32 target
    ) external view returns (AgencyId institution, uint16 currency, uint96 amount, bool awarded);
}
