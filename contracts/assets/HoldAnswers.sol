// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {
    Request,
    SCOPE_INTEREST,
    SCOPE_LATER_CREDITS,
    SCOPE_WHOLE,
    Target
} from "../../interfaces/assets/IFreezeRequests.sol";
import {
    Answer,
    AnswerKind,
    Hold,
    HOLD_CHECKED,
    HOLD_LATER_CREDITS,
    HOLD_LINKED,
    HOLD_WHOLE,
    HoldState,
    HoldStatus
} from "../../interfaces/assets/IHolds.sol";
import { AgencyKind, IAgencyRegistry } from "../../interfaces/membership/IAgencyRegistry.sol";
import { IGenesis } from "../../interfaces/membership/IGenesis.sol";
import { AgencyId, NO_AGENCY } from "../types/AgencyId.sol";
import { ANSWER, CHECK } from "../types/Powers.sol";
import { Measure, ProfileKey } from "../types/ProfileKey.sol";
import { HoldChain } from "./HoldChain.sol";
import { Institutions } from "./Institutions.sol";
import { RequestLife } from "./RequestLife.sol";

/// @notice What FreezeRequests opens and the institution does.
abstract contract HoldAnswers is HoldChain {
    using RequestLife for Request;

    IAgencyRegistry internal immutable _agencies;

    constructor() {
        _agencies = IAgencyRegistry(IGenesis(msg.sender).plannedAddressOf("AgencyRegistry"));
    }

    // From the requests

    function open(bytes32 request, AgencyId agency, ProfileKey key, Target[] calldata targets) external {
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
        Request memory request;
        for (uint256 i = 0; i < answers.length; ++i) {
            if (answers[i].request != known) {
                known = answers[i].request;
                request = _requestOf(known);
            }
            _answer(agency, answers[i], request);
        }
    }

    function check(bytes32[] calldata requests, bytes32[] calldata targets) external {
        if (requests.length != targets.length) revert LengthsDiffer(requests.length, targets.length);
        AgencyId agency = _authorize(CHECK);
        for (uint256 i = 0; i < targets.length; ++i) {
            bytes32 id = holdId(requests[i], targets[i]);
            Hold memory hold = _requireOwn(agency, id);
            if (hold.flags & HOLD_CHECKED != 0) revert AlreadyChecked(id);
            if (hold.state < HoldState.Held || hold.state > HoldState.Waiting) revert NothingToCheck(id);
            // An outcome that came too late for its check counts as none, and so shows as open.
            HoldStatus status = _statusNow(requests[i], targets[i], hold);
            if (status < HoldStatus.Held || status > HoldStatus.Turn) revert HoldInStatus(id, status);

            _holds[id].flags = hold.flags | HOLD_CHECKED;
            emit Checked(id, agency, msg.sender);
        }
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
        _holds[id].amount = hold.amount;
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
        return _agencies.authorize(msg.sender, power);
    }

    function _authorizeAny(uint64 powers) internal view returns (AgencyId, uint64) {
        return _agencies.authorizeAny(msg.sender, powers);
    }

    /// @dev For money whoever keeps accounts; for things any member that can keep them.
    function _requireInstitution(AgencyId requester, ProfileKey key, AgencyId institution) private view {
        Measure measure = key.measure();
        bool thing = measure == Measure.Seize || measure == Measure.Seal;
        AgencyKind kind = _agencies.agencyOf(institution).kind;
        bool fit = thing ? kind != AgencyKind.None : Institutions.isKind(kind);
        if (!fit || institution == requester) revert NotAnInstitution(institution);
        if (institution.jurisdiction() != key.jurisdiction()) revert OtherJurisdiction(institution, key.jurisdiction());
    }

    function _name(
        bytes32 request,
        Target calldata target,
        HoldState state,
        uint40 until
    ) private returns (bytes32 id) {
        if (target.target == 0) revert EmptyTarget();
        if (target.amount == 0 && target.scope & SCOPE_WHOLE == 0) revert AmountMissing(target.target);
        id = holdId(request, target.target);
        if (_holds[id].state != HoldState.None) revert TargetTwice(target.target);

        uint8 scope = target.scope & (SCOPE_WHOLE | SCOPE_LATER_CREDITS | SCOPE_INTEREST);
        _holds[id] = Hold({
            institution: target.institution,
            currency: target.currency,
            amount: target.amount,
            since: uint40(block.timestamp),
            until: until,
            state: state,
            renewals: 0,
            flags: scope << 1, // the same three bits, see HOLD_WHOLE
            code: 0
        });
        emit TargetNamed(
            request,
            target.institution,
            id,
            target.target,
            target.currency,
            target.amount,
            scope,
            target.message,
            target.keyVersion
        );
    }

    function _requireOwn(AgencyId agency, bytes32 id) private view returns (Hold memory hold) {
        hold = _load(id);
        if (hold.institution != agency) revert NotTheInstitution(agency, hold.institution);
    }

    function _answer(AgencyId agency, Answer calldata given, Request memory request) private {
        bytes32 id = holdId(given.request, given.target);
        Hold memory hold = _requireOwn(agency, id);
        if (given.kind == AnswerKind.None) revert NotAnAnswer(given.kind);
        HoldStatus status = _requireAnswerable(id, given, hold, request);
        _requireStated(id, given, hold);

        if (hold.state == HoldState.Waiting) {
            hold.flags &= ~HOLD_LINKED;
            _unqueue(id);
        }
        bytes32 earlier = _stand(id, given, hold, request, status == HoldStatus.Turn);
        if (given.kind == AnswerKind.Behind) _queue(id, given);
        hold.state = _stateOf(given.kind);
        hold.code = given.code;
        hold.flags &= ~HOLD_CHECKED;
        if (earlier != 0) hold.flags |= HOLD_LINKED;
        _store(id, hold);
        emit Answered(id, agency, given.kind, msg.sender, given.amount, hold.until, given.code, earlier, given.detail);
    }

    /// @dev Looks at the profile only where an outcome stands already.
    /// @return status None where it was not asked for
    function _requireAnswerable(
        bytes32 id,
        Answer calldata given,
        Hold memory hold,
        Request memory request
    ) private view returns (HoldStatus status) {
        (HoldState state, AnswerKind kind) = (hold.state, given.kind);
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

    function _requireStated(bytes32 id, Answer calldata given, Hold memory hold) private pure {
        AnswerKind kind = given.kind;
        if ((kind == AnswerKind.Refused) != (given.code != 0)) revert RefusalCode(given.code);
        (uint96 amount, uint96 asked) = (given.amount, hold.amount);
        bool whole = hold.flags & HOLD_WHOLE != 0;
        bool right = amount == 0;
        if (kind == AnswerKind.Held) right = whole ? amount != 0 : amount == asked;
        if (kind == AnswerKind.HeldPart) right = amount != 0 && (whole || amount < asked);
        if (!right) revert AmountMisstated(id, amount, asked);
    }

    /// @dev Sets amount and times.
    /// @return earlier the hold before, if the answer names one
    function _stand(
        bytes32 id,
        Answer calldata given,
        Hold memory hold,
        Request memory request,
        bool onTurn
    ) private returns (bytes32 earlier) {
        bool named = given.earlierRequest != 0 || given.earlierTarget != 0;
        if (named || given.kind == AnswerKind.Behind) earlier = holdId(given.earlierRequest, given.earlierTarget);
        bool holds = _takes(given.kind);
        bool corrects = _isHolding(hold.state);
        if (named && (corrects || !(holds || given.kind == AnswerKind.Behind))) revert EarlierMisstated(earlier);
        if (holds) hold.amount = given.amount;
        // A correction starts no new period.
        if (corrects) return earlier;

        hold.since = uint40(block.timestamp);
        if (!holds) return earlier;
        if (onTurn) hold.until = _takeTurn(id, given, request);
        else if (named) hold.until = _continue(id, given, request);
        else hold.until = uint40(block.timestamp) + request.period;
    }

    function _takes(AnswerKind kind) private pure returns (bool) {
        return kind == AnswerKind.Held || kind == AnswerKind.HeldPart;
    }

    /// @dev The same words in the same order.
    function _stateOf(AnswerKind kind) private pure returns (HoldState) {
        return HoldState(uint8(kind) + 1);
    }
}
