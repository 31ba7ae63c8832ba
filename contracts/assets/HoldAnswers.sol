// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { SCOPE_INTEREST, SCOPE_LATER_CREDITS, SCOPE_WHOLE, Target } from "../../interfaces/assets/IFreezeRequests.sol";
import {
    Answer,
    AnswerKind,
    Hold,
    HOLD_CHECKED,
    HOLD_LAPSE_RECORDED,
    HOLD_LATER_CREDITS,
    HOLD_LINKED,
    HOLD_WHOLE,
    HoldState,
    HoldStatus,
    Seen
} from "../../interfaces/assets/IHolds.sol";
import { AgencyKind, IAgencyRegistry } from "../../interfaces/membership/IAgencyRegistry.sol";
import { IGenesis } from "../../interfaces/membership/IGenesis.sol";
import { AgencyId, NO_AGENCY } from "../types/AgencyId.sol";
import { packNew } from "../types/PackedHold.sol";
import { PackedRequest } from "../types/PackedRequest.sol";
import { ANSWER, CHECK } from "../types/Powers.sol";
import { Measure, ProfileKey } from "../types/ProfileKey.sol";
import { HoldChain } from "./HoldChain.sol";
import { Institutions } from "./Institutions.sol";
import { RequestLife } from "./RequestLife.sol";

/// @notice What FreezeRequests opens and the institution does.
abstract contract HoldAnswers is HoldChain {
    using RequestLife for PackedRequest;

    uint8 private constant SCOPES = SCOPE_WHOLE | SCOPE_LATER_CREDITS | SCOPE_INTEREST;

    IAgencyRegistry internal immutable _agencies;

    constructor() {
        _agencies = IAgencyRegistry(IGenesis(msg.sender).plannedAddressOf("AgencyRegistry"));
    }

    // From the requests

    function openHolds(bytes32 request, AgencyId agency, ProfileKey key, Target[] calldata targets) external {
        if (msg.sender != address(_requests)) revert NotTheModule(msg.sender);
        AgencyId known = NO_AGENCY;
        for (uint256 i = 0; i < targets.length; ++i) {
            Target calldata target = targets[i];
            if (target.institution != known || known == NO_AGENCY) {
                known = target.institution;
                _requireInstitution(agency, key, known);
            }
            _name(request, target, HoldState.Named, 0);
        }
    }

    function openOwn(bytes32 request, Target calldata target, uint40 until, address officer) external {
        if (msg.sender != address(_requests)) revert NotTheModule(msg.sender);
        if (target.amount == 0) revert AmountMissing(target.target);
        bytes32 id = _name(request, target, HoldState.Held, until);
        emit Answered(id, target.institution, AnswerKind.Held, officer, target.amount, until, 0, 0, 0);
    }

    // The institution

    function answer(Answer[] calldata answers) external {
        AgencyId agency = _authorize(ANSWER);
        bytes32 known = 0;
        // slither-disable-next-line uninitialized-local // the first answer reads it
        PackedRequest request;
        for (uint256 i = 0; i < answers.length; ++i) {
            if (answers[i].request != known) {
                known = answers[i].request;
                request = _requestOf(known);
            }
            _answer(agency, answers[i], request);
        }
    }

    function check(Seen[] calldata seen) external {
        AgencyId agency = _authorize(CHECK);
        for (uint256 i = 0; i < seen.length; ++i) _check(agency, seen[i]);
    }

    function credit(bytes32 request, bytes32 target, uint96 amount) external {
        bytes32 id = holdId(request, target);
        Hold memory hold = _requireOwn(_authorize(ANSWER), id);
        HoldStatus status = _statusNow(request, target, hold);
        if (!_isLive(status)) revert HoldInStatus(id, status);
        uint8 asked = HOLD_WHOLE | HOLD_LATER_CREDITS;
        if (hold.flags & asked != asked) revert NoLaterCredits(id);
        uint96 held = _outflows[id].held;
        if (amount == 0 || amount > type(uint96).max - (held == 0 ? hold.amount : held))
            revert AmountMisstated(id, amount, hold.amount);

        if (held != 0) _outflows[id].held = held + amount;
        hold.amount += amount;
        _store(id, hold);
        emit Credited(id, msg.sender, amount, hold.amount);
    }

    function confirmRelease(bytes32 request, bytes32 target) external {
        bytes32 id = holdId(request, target);
        Hold memory hold = _requireOwn(_authorize(ANSWER), id);
        HoldStatus status = _statusNow(request, target, hold);
        bool held = _isHolding(hold.state) || hold.state > HoldState.Waiting;
        bool over = held && !_isLive(status) && (status != HoldStatus.Disposed || hold.amount == 0);
        if (!over) revert HoldInStatus(id, status);
        emit ReleaseConfirmed(id, msg.sender);
    }

    // Internal

    function _authorize(uint64 power) internal view returns (AgencyId) {
        return _agencies.agencyNow(msg.sender, power);
    }

    function _authorizeAny(uint64 powers) internal view returns (AgencyId, uint64) {
        return _agencies.authorizeAny(msg.sender, powers);
    }

    /// @dev For money whoever keeps accounts; for things any member that can keep them.
    function _requireInstitution(AgencyId requester, ProfileKey key, AgencyId institution) private view {
        AgencyKind kind = _agencies.agencyOf(institution).kind;
        bool fit = Institutions.isKind(kind) || (kind != AgencyKind.None && _isThing(key.measure()));
        if (!fit || institution == requester) revert NotAnInstitution(institution);
        if (institution.jurisdiction() != key.jurisdiction()) revert OtherJurisdiction(institution, key.jurisdiction());
    }

    function _isThing(Measure measure) private pure returns (bool) {
        return measure == Measure.Seize || measure == Measure.Seal;
    }

    function _name(
        bytes32 request,
        Target calldata target,
        HoldState state,
        uint40 until
    ) private returns (bytes32 id) {
        (bytes32 commitment, uint96 amount, uint8 scope) = (target.target, target.amount, target.scope & SCOPES);
        (AgencyId institution, uint16 currency) = (target.institution, target.currency);
        if (commitment == 0) revert EmptyTarget();
        if (amount == 0 && scope & SCOPE_WHOLE == 0) revert AmountMissing(commitment);
        id = holdId(request, commitment);

        uint8 flags = scope << 1; // the same three bits, see HOLD_WHOLE
        uint40 present = uint40(block.timestamp);
        _create(id, commitment, packNew(institution, currency, amount, present, until, state, flags));
        emit TargetNamed(
            request,
            institution,
            id,
            commitment,
            currency,
            amount,
            scope,
            target.message,
            target.keyVersion
        );
    }

    function _requireOwn(AgencyId agency, bytes32 id) private view returns (Hold memory hold) {
        hold = _load(id);
        if (hold.institution != agency) revert NotTheInstitution(agency, hold.institution);
    }

    function _check(AgencyId agency, Seen calldata seen) private {
        bytes32 id = holdId(seen.request, seen.target);
        Hold memory hold = _requireOwn(agency, id);
        if (hold.flags & HOLD_CHECKED != 0) revert AlreadyChecked(id);
        if (hold.state < HoldState.Held || hold.state > HoldState.Waiting) revert NothingToCheck(id);
        // An outcome that came too late for its check counts as none, and so shows as open.
        HoldStatus status = _statusNow(seen.request, seen.target, hold);
        if (status < HoldStatus.Held || status > HoldStatus.Turn) revert HoldInStatus(id, status);
        uint32 corrections = _links[id].corrections;
        bool same = seen.state == hold.state && seen.amount == hold.amount && seen.since == hold.since;
        if (!same || seen.corrections != corrections)
            revert OtherThanSeen(id, hold.state, hold.amount, hold.since, corrections);

        hold.flags |= HOLD_CHECKED;
        if (_isHolding(hold.state) && _isPending(id, hold)) _takeOver(id, seen, hold);
        _store(id, hold);
        emit Checked(id, agency, msg.sender);
    }

    function _answer(AgencyId agency, Answer calldata given, PackedRequest request) private {
        AnswerKind kind = given.kind;
        bytes32 id = holdId(given.request, given.target);
        Hold memory hold = _requireOwn(agency, id);
        if (kind == AnswerKind.None) revert NotAnAnswer(kind);
        HoldStatus status = _requireAnswerable(id, given, kind, hold, request);
        (uint96 amount, uint8 code) = (given.amount, given.code);
        if ((kind == AnswerKind.Refused) != (code != 0)) revert RefusalCode(code);
        _requireAmount(id, kind, amount, hold);

        bytes32 earlier = _earlierOf(given, kind);
        if (hold.state > HoldState.Acknowledged) ++_links[id].corrections;
        if (hold.state == HoldState.Waiting) {
            hold.flags &= ~HOLD_LINKED;
            if (hold.flags & HOLD_LAPSE_RECORDED == 0) _unqueue(id); // else its place is free already
        }
        if (_takes(kind)) _take(id, given, hold, request, earlier, status == HoldStatus.Turn);
        else hold.since = uint40(block.timestamp);
        if (kind == AnswerKind.Behind) _queue(id, given);
        hold.state = _stateOf(kind);
        hold.code = code;
        hold.flags &= ~(HOLD_CHECKED | HOLD_LAPSE_RECORDED); // what was overdue is answered now
        if (earlier != 0) hold.flags |= HOLD_LINKED;
        _store(id, hold);
        emit Answered(id, agency, kind, msg.sender, amount, hold.until, code, earlier, given.detail);
    }

    /// @dev Looks at the profile only where an outcome stands already.
    /// @return status None where it was not asked for
    function _requireAnswerable(
        bytes32 id,
        Answer calldata given,
        AnswerKind kind,
        Hold memory hold,
        PackedRequest request
    ) private view returns (HoldStatus status) {
        HoldState state = hold.state;
        bool unconfirmed = hold.flags & HOLD_CHECKED == 0;
        bool outcome = kind > AnswerKind.Acknowledged;
        if (state < HoldState.Waiting && !_isHolding(state) && request.isBindingAt(uint40(block.timestamp))) {
            bool fresh = state <= HoldState.Acknowledged;
            if (fresh && _stateOf(kind) > state) return HoldStatus.None;
            if (!fresh && outcome && (unconfirmed || state == HoldState.Unreadable)) return HoldStatus.None;
        }

        status = _statusNow(given.request, given.target, hold);
        bool may = false;
        if (_isHolding(state)) {
            // Held money is not let go by a correction: a wrong holding lapses for want of a check.
            may = unconfirmed && _takes(kind) && _isLive(status);
        } else if (state == HoldState.Waiting && outcome) {
            bool asNone = status == HoldStatus.Open || status == HoldStatus.Overdue;
            may = asNone || status == HoldStatus.Turn || (status == HoldStatus.Waiting && unconfirmed);
        }
        if (!may) revert HoldInStatus(id, status);
    }

    function _requireAmount(bytes32 id, AnswerKind kind, uint96 amount, Hold memory hold) private pure {
        uint96 asked = hold.amount;
        bool whole = hold.flags & HOLD_WHOLE != 0;
        bool right = amount == 0;
        if (kind == AnswerKind.Held) right = whole ? amount != 0 : amount == asked;
        if (kind == AnswerKind.HeldPart) right = amount != 0 && (whole || amount < asked);
        if (!right) revert AmountMisstated(id, amount, asked);
    }

    /// @return the hold before, if the answer names one; only what holds or waits has one
    function _earlierOf(Answer calldata given, AnswerKind kind) private pure returns (bytes32) {
        bool named = given.earlierRequest != 0 || given.earlierTarget != 0;
        if (!named && kind != AnswerKind.Behind) return 0;
        bytes32 earlier = holdId(given.earlierRequest, given.earlierTarget);
        if (!_takes(kind) && kind != AnswerKind.Behind) revert EarlierMisstated(earlier);
        return earlier;
    }

    /// @dev Sets amount and times of what is held. A correction starts no new period and no new chain.
    function _take(
        bytes32 id,
        Answer calldata given,
        Hold memory hold,
        PackedRequest request,
        bytes32 earlier,
        bool onTurn
    ) private {
        uint96 before = hold.amount;
        hold.amount = given.amount;
        if (_isHolding(hold.state)) {
            if (earlier != 0) revert EarlierMisstated(earlier);
            // What was held in all is corrected with it, if some of it has left already.
            uint256 held = _outflows[id].held;
            if (held == 0) return;
            held = held - before + given.amount;
            if (held > type(uint96).max) revert AmountMisstated(id, given.amount, before);
            _outflows[id].held = uint96(held);
            return;
        }
        hold.since = uint40(block.timestamp);
        if (onTurn) hold.until = _takeTurn(id, given, request);
        else if (earlier != 0) hold.until = _nameEarlier(id, given, request);
        else hold.until = uint40(block.timestamp) + request.period();
    }

    function _takes(AnswerKind kind) private pure returns (bool) {
        return kind == AnswerKind.Held || kind == AnswerKind.HeldPart;
    }

    /// @dev The same words in the same order.
    function _stateOf(AnswerKind kind) private pure returns (HoldState) {
        return HoldState(uint8(kind) + 1);
    }
}
