// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Claim, ClaimEntry, Method, Plan, PlanState } from "../../interfaces/assets/IRestitution.sol";
import { AgencyKind } from "../../interfaces/membership/IAgencyRegistry.sol";
import { IGenesis } from "../../interfaces/membership/IGenesis.sol";
import { SignedActs } from "../membership/SignedActs.sol";
import { AgencyId } from "../types/AgencyId.sol";
import { JUDGE, RATIFY_HIGH, REVIEW } from "../types/Powers.sol";
import { Plans } from "./Plans.sol";

/// @notice The claims of a plan: entered, objected to, and what each of them gets.
abstract contract Claims is Plans, SignedActs {
    bytes32 private constant CLAIM_OBJECTION = keccak256(
        "ClaimObjection(bytes32 plan,bytes32 claim,bytes32 grounds,uint40 deadline)"
    );

    /// @dev After the notice, so that a claim entered at its last moment can be objected to as well.
    uint40 private constant OBJECTIONS_WITHIN = 7 days;

    mapping(bytes32 plan => mapping(bytes32 claim => Claim)) internal _claims;
    mapping(bytes32 structHash => bool) private _objectionUsed;

    constructor() SignedActs(IGenesis(msg.sender).genesisId()) {}

    // While the notice runs, and objections shortly after

    function enter(bytes32 plan, ClaimEntry[] calldata claims) external {
        Plan storage opened = _requirePlanner(plan);
        _requireState(plan, PlanState.Open);
        if (block.timestamp > opened.noticeUntil) revert NoticeOver(opened.noticeUntil);
        if (claims.length == 0) revert NoClaims();

        bool tracing = opened.method == Method.Tracing;
        (uint128 claimed, uint128 traced) = (0, 0);
        for (uint256 i = 0; i < claims.length; ++i) {
            _enter(plan, claims[i], tracing);
            claimed += claims[i].amount;
            traced += claims[i].traced;
        }
        opened.claims += uint32(claims.length);
        opened.claimed += claimed;
        opened.shares += traced;
    }

    function objectTo(
        bytes32 plan,
        bytes32 claimCommitment,
        address key,
        bytes32 grounds,
        uint40 deadline,
        bytes calldata signature
    ) external {
        Plan storage opened = _requireState(plan, PlanState.Open);
        uint40 last = _objectionsUntil(opened);
        if (block.timestamp > last) revert NoticeOver(last);
        (bytes32 id, Claim storage claim) = _requireOpening(plan, claimCommitment, key);
        if (grounds == 0) revert EmptyGrounds();
        bytes32 structHash = keccak256(abi.encode(CLAIM_OBJECTION, plan, id, grounds, deadline));
        _requireSigned(key, structHash, deadline, signature);
        // Whoever saw the signature could send it again and stop the plan once more.
        if (claim.objected || _objectionUsed[structHash]) revert AlreadyObjected(id);

        _objectionUsed[structHash] = true;
        claim.objected = true;
        ++opened.objections;
        emit ClaimObjected(plan, id, grounds);
    }

    // Deciding

    function decideObjection(bytes32 plan, bytes32 claim, uint96 amount, bytes32 decision) external {
        Plan storage opened = _requireState(plan, PlanState.Open);
        _requireReviewer(opened.agency);
        Claim storage entered = _requireClaim(plan, claim);
        if (!entered.objected) revert NoObjection(claim);
        if (decision == 0) revert EmptyDecision();

        entered.objected = false;
        --opened.objections;
        _correct(opened, entered, amount);
        emit ClaimObjectionDecided(plan, claim, msg.sender, amount, decision);
    }

    function decide(bytes32 plan, bytes32 decision) external {
        Plan storage opened = _requireState(plan, PlanState.Open);
        (uint128 total, bool awarded) = _returnableOf(plan, false);
        AgencyId decider = _requireDecider(plan, opened.agency, awarded);
        uint40 last = _objectionsUntil(opened);
        if (block.timestamp <= last) revert NoticeRuns(last);
        if (opened.objections != 0) revert ObjectionsOpen(opened.objections);
        if (opened.claims == 0) revert NoClaims();
        if (decision == 0) revert EmptyDecision();

        if (opened.method == Method.ProRata) {
            if (total > opened.claimed) total = opened.claimed; // nobody gets more than he lost
            opened.shares = total;
        } else if (opened.shares > total) {
            revert TracedBeyondTotal(opened.shares, total);
        }
        (opened.total, opened.awarded, opened.state) = (total, awarded, PlanState.Decided);
        emit PlanDecided(plan, decider, msg.sender, total, opened.shares, decision);
    }

    // Questions

    function claimOf(bytes32 plan, bytes32 claim) external view returns (Claim memory found) {
        found = _claims[plan][claim];
        found.share = shareOf(plan, claim);
    }

    function shareOf(bytes32 plan, bytes32 claim) public view returns (uint96) {
        Plan storage decided = _plans[plan];
        Claim storage entered = _claims[plan][claim];
        if (decided.method != Method.ProRata || entered.amount == 0) return entered.share;
        // At most the amount, because the total is at most what is claimed.
        return uint96((uint256(decided.total) * entered.amount) / decided.claimed);
    }

    // Internal

    function _requireClaim(bytes32 plan, bytes32 claim) internal view returns (Claim storage found) {
        found = _claims[plan][claim];
        if (found.amount == 0) revert NoSuchClaim(claim);
    }

    /// @dev Who shows commitment and key is told by the claim alone that they belong to it.
    function _requireOpening(
        bytes32 plan,
        bytes32 claimCommitment,
        address key
    ) internal view returns (bytes32 id, Claim storage found) {
        id = keccak256(abi.encode(claimCommitment, key));
        found = _claims[plan][id];
        if (found.amount == 0) revert NotTheClaimKey(key);
    }

    function _requireSigned(address key, bytes32 structHash, uint40 deadline, bytes calldata signature) internal view {
        if (block.timestamp > deadline) revert DeadlinePassed(deadline, uint40(block.timestamp));
        if (!_isSignedBy(key, structHash, signature)) revert InvalidSignature(key);
    }

    /// @return the last second for objections; whatever planners wrote, there is one
    function _objectionsUntil(Plan storage opened) private view returns (uint40) {
        uint40 noticeUntil = opened.noticeUntil;
        return noticeUntil > type(uint40).max - OBJECTIONS_WITHIN ? noticeUntil : noticeUntil + OBJECTIONS_WITHIN;
    }

    function _enter(bytes32 plan, ClaimEntry calldata given, bool tracing) private {
        if (given.claim == 0 || given.amount == 0) revert EmptyClaim();
        if (given.traced > (tracing ? given.amount : 0)) revert TracedMisstated(given.claim);
        Claim storage entered = _claims[plan][given.claim];
        if (entered.amount != 0) revert ClaimTwice(given.claim);

        (entered.amount, entered.share) = (given.amount, given.traced);
        emit ClaimEntered(plan, given.claim, given.amount, given.traced);
    }

    /// @dev Pro rata the claim itself is in dispute; when tracing, what was traced to it.
    function _correct(Plan storage opened, Claim storage entered, uint96 amount) private {
        uint96 before = entered.amount;
        bool tracing = opened.method == Method.Tracing;
        if (tracing) {
            opened.shares = opened.shares - entered.share + amount;
            entered.share = amount;
        } else if (amount == 0) {
            revert EmptyClaim();
        }
        uint96 corrected = tracing && amount < before ? before : amount;
        opened.claimed = opened.claimed - before + corrected;
        entered.amount = corrected;
    }

    /// @dev Not those who planned, unless they are a court.
    function _requireReviewer(AgencyId planner) private view {
        (AgencyId agency, uint64 held) = _agencies.authorizeAny(msg.sender, REVIEW | JUDGE);
        _requireSameCountry(agency, planner);
        if (held & JUDGE != 0) _requireCourt(agency);
        else if (agency == planner) revert NotTheReviewer(agency);
    }

    function _requireDecider(bytes32 plan, AgencyId planner, bool awarded) private view returns (AgencyId agency) {
        if (!awarded) planner = _deciderOf(plan);
        uint64 held;
        (agency, held) = _agencies.authorizeAny(msg.sender, awarded ? JUDGE | RATIFY_HIGH : RATIFY_HIGH);
        if (held & JUDGE != 0) {
            _requireCourt(agency);
            _requireSameCountry(agency, planner);
        } else if (agency != planner) {
            revert NotThePlanner(agency, planner);
        }
    }

    function _requireCourt(AgencyId agency) private view {
        if (_agencies.agencyOf(agency).kind != AgencyKind.Court) revert NotACourt(agency);
    }

    function _requireSameCountry(AgencyId agency, AgencyId planner) private pure {
        uint16 jurisdiction = planner.jurisdiction();
        if (agency.jurisdiction() != jurisdiction) revert OtherJurisdiction(agency, jurisdiction);
    }
}
