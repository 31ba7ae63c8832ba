// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { AgencyId } from "../../contracts/types/AgencyId.sol";

/// @dev Tracing: each claim is awarded what was traced to it. ProRata: the same part of every claim, rounded down.
enum Method {
    None,
    Tracing,
    ProRata
}

/// @dev Open: claims are entered. Decided: shares are fixed and may be paid. Closed: nothing more is paid.
enum PlanState {
    None,
    Open,
    Decided,
    Closed
}

/// @dev Where the money is. A hold: (request, target). An asset's proceeds: (asset, 0). One word for either, in errors
///      and reservations: the id of the hold or of the asset.
struct Source {
    bool isAsset;
    bytes32 first;
    bytes32 second;
}

struct Plan {
    AgencyId agency;
    uint16 currency;
    Method method;
    PlanState state;
    bool awarded; // every source was awarded by a court; else by decision before judgment
    uint8 sources;
    uint16 objections; // open ones
    uint40 noticeUntil; // claims and objections until then
    uint32 claims;
    uint128 claimed; // sum of claims
    // To distribute, fixed by the decision: what the sources might return then; ProRata at most the sum of claims.
    uint128 total;
    // Tracing: the sum of what was traced, kept at entry. ProRata: 0, then the total, which the sum of shares reaches
    // but for less than one minor unit a claim. Total - paid, once every share is paid, is the remainder: it stays.
    uint128 shares;
    uint128 paid;
}

/// @dev One claim of one victim, known only as a commitment.
struct Claim {
    uint96 amount;
    uint96 share;
    uint96 paid;
    uint40 paidAt;
    uint40 confirmedAt; // 0: not yet, or something was paid since
    bool byVictim; // confirmed with the victim's own key
    bool objected; // an objection awaits decision
}

struct ClaimEntry {
    // keccak256(abi.encode(claim commitment, confirmation key)): who and what, opened by the victim alone
    bytes32 claim;
    uint96 amount; // minor units of the plan's currency
    uint96 traced; // Tracing: what was traced to it, at most amount; else 0
}

struct Payment {
    bytes32 claim;
    uint96 amount;
    bytes32 paymentHash; // keccak256 of the payment's UETR or end-to-end id, salted; not 0
}

/// @title Back to the victims
/// @notice Held = released + returned + forfeited + remaining, whatever is called: money leaves a source only as a
///         payment to a claim, at most its share, at most what the source still may return.
interface IRestitution {
    event PlanOpened(
        bytes32 indexed plan,
        AgencyId indexed agency,
        address officer,
        uint16 currency,
        Method method,
        uint40 noticeUntil,
        Source[] sources
    );
    event ClaimEntered(bytes32 indexed plan, bytes32 indexed claim, uint96 amount, uint96 traced);
    event ClaimObjected(bytes32 indexed plan, bytes32 indexed claim, bytes32 grounds);
    event ClaimObjectionDecided(
        bytes32 indexed plan,
        bytes32 indexed claim,
        address officer,
        uint96 amount,
        bytes32 decision
    );
    event PlanDecided(
        bytes32 indexed plan,
        AgencyId indexed agency,
        address officer,
        uint128 total,
        uint128 shares,
        bytes32 decision
    );
    event Paid(bytes32 indexed plan, bytes32 indexed claim, uint8 source, uint96 amount, bytes32 paymentHash);
    event PaymentConfirmed(bytes32 indexed plan, bytes32 indexed claim, bool byVictim, bytes32 receipt);
    event PlanClosed(bytes32 indexed plan, address officer, uint128 paid, uint128 unpaid);

    error EmptyPlan();
    error AlreadyOpened(bytes32 plan);
    error NoSuchPlan(bytes32 plan);
    error PlanInState(bytes32 plan, PlanState state);
    error NoMethod();
    error NoSources();
    error TooManySources(uint256 given, uint256 most);
    error SourceInOtherPlan(bytes32 source, bytes32 plan);
    error NothingReturnable(bytes32 source);
    error OtherCurrency(uint16 given, uint16 expected);
    error MixedSources();
    error NotOfPlanner(bytes32 source, AgencyId agency);
    error NoticeTooBrief(uint40 noticeUntil, uint40 earliest);
    error NoticeRuns(uint40 noticeUntil);
    error NoticeOver(uint40 noticeUntil);
    error NotThePlanner(AgencyId theirs, AgencyId agency);
    error NoClaims();
    error EmptyClaim();
    error ClaimTwice(bytes32 claim);
    error NoSuchClaim(bytes32 claim);
    error TracedMisstated(bytes32 claim);
    error TracedBeyondTotal(uint128 traced, uint128 total);
    error ObjectionsOpen(uint16 open);
    error EmptyGrounds();
    error NoObjection(bytes32 claim);
    error AlreadyObjected(bytes32 claim);
    error NotTheClaimKey(address key);
    error InvalidSignature(address signer);
    error DeadlinePassed(uint40 deadline, uint40 present);
    error NotThePayer(AgencyId theirs, AgencyId payer);
    error NoSuchSource(uint8 source);
    error BeyondShare(bytes32 claim, uint96 amount, uint96 open);
    error ZeroPayment(bytes32 claim);
    error NotPaid(bytes32 claim);
    error AlreadyConfirmed(bytes32 claim);
    error EmptyDecision();
    error NotACourt(AgencyId agency);
    error NotTheReviewer(AgencyId agency);
    error OtherJurisdiction(AgencyId agency, uint16 jurisdiction);

    /// @notice Opens a plan over what may be returned. Caller: DISTRIBUTE, of the agency that requested the holds, of
    ///         their endorser, or that answers for the assets. Pro rata: at least 30 days of notice. At most 16
    ///         sources, of one currency, awarded by a court all or none, before judgment for one side to decide, and in
    ///         no other plan; after {IAssetRegister.transferCase} the former agency's plan gives the asset up.
    /// @param commitment salted commitment to the plan
    /// @return plan keccak256(abi.encode(agency, commitment))
    function open(
        bytes32 commitment,
        uint16 currency,
        Method method,
        uint40 noticeUntil,
        Source[] calldata sources
    ) external returns (bytes32 plan);

    /// @notice Enters claims while the notice runs. Caller: DISTRIBUTE, of the plan's agency.
    function enter(bytes32 plan, ClaimEntry[] calldata claims) external;

    /// @notice A victim objects to how the claim was entered, with the claim's key, while the notice runs or within 7
    ///         days after it. Anyone may send it. One at a time, and no signature twice.
    /// @param claimCommitment with the key opens the claim
    /// @param key signed EIP-712 `ClaimObjection(bytes32 plan,bytes32 claim,bytes32 grounds,uint40 deadline)`
    function objectTo(
        bytes32 plan,
        bytes32 claimCommitment,
        address key,
        bytes32 grounds,
        uint40 deadline,
        bytes calldata signature
    ) external;

    /// @notice Decides an objection. Caller: REVIEW, of another agency than the plan's, of its jurisdiction; or JUDGE,
    ///         of a court of its jurisdiction.
    /// @param amount ProRata: the claim from now on, not 0. Tracing: what is traced to it from now on; a claim that is
    ///        less grows to it.
    function decideObjection(bytes32 plan, bytes32 claim, uint96 amount, bytes32 decision) external;

    /// @notice Fixes the total and every share. After the 7 days for objections, with no objection open. Caller: for
    ///        awarded sources JUDGE of a court of the agency's jurisdiction or RATIFY_HIGH of the plan's agency; before
    ///        judgment RATIFY_HIGH of the plan's agency; for holds that a foreign agency asked for, of their endorser.
    /// @dev A source that may return nothing any more adds nothing; if none may, {NothingReturnable} names the first.
    function decide(bytes32 plan, bytes32 decision) external;

    /// @notice The institution, or the custodian of an asset, paid, all or none. Caller: ANSWER of the institution
    ///         (KEEP of the custodian) of that source. What the source may not return it refuses with its own error;
    ///         the others still pay. A claim may be paid in parts, from several sources.
    function pay(bytes32 plan, uint8 source, Payment[] calldata payments) external;

    /// @notice The victim has the money: signed EIP-712 `PaymentReceipt(bytes32 plan,bytes32 claim,uint96 amount,
    ///         uint40 deadline)` with the claim's key, over all that was paid so far; a later payment is confirmed
    ///         anew. Anyone may send it, also after a receipt on paper.
    function confirm(
        bytes32 plan,
        bytes32 claimCommitment,
        address key,
        uint40 deadline,
        bytes calldata signature
    ) external;

    /// @notice The same by a receipt on paper, for a victim without the key. Caller: DISTRIBUTE, of the plan's agency.
    /// @param receipt its keccak256
    function confirmByReceipt(bytes32 plan, bytes32 claim, bytes32 receipt) external;

    /// @notice Ends the plan; its sources are free for another. Caller: DISTRIBUTE, of the plan's agency.
    function close(bytes32 plan) external;

    function planOf(bytes32 plan) external view returns (Plan memory);

    function sourceOf(bytes32 plan, uint8 source) external view returns (Source memory);

    function claimOf(bytes32 plan, bytes32 claim) external view returns (Claim memory);

    /// @return what the claim gets: ProRata total * amount / claimed, rounded down, 0 before the decision; Tracing what
    ///         was traced
    function shareOf(bytes32 plan, bytes32 claim) external view returns (uint96);

    /// @return the plan that has reserved the source; 0 if none
    function planOfSource(Source calldata source) external view returns (bytes32);
}
