// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { AgreementStatus, Terms } from "../../interfaces/cooperation/IAgreementRegistry.sol";
import { LAST_REQUEST_KIND } from "../types/RequestKind.sol";
import { Consultation } from "./Consultation.sol";

/// @notice The second part of {IAgreementRegistry}: for whom, since when and until when the version agreed upon is law.
abstract contract InForce is Consultation {
    /// @dev One slot. Nothing in it is ever taken back: what was reserved and lifted later was reserved until then.
    struct Party {
        uint40 ratifiedAt;
        uint40 leavesAt; // 0: it did not withdraw
        uint32 reserved; // bit of each kind
        uint32 lifted; // of those, the reservations withdrawn
    }

    uint40 internal constant NEVER = type(uint40).max;

    mapping(bytes32 thread => mapping(uint16 jurisdiction => Party)) internal _parties;
    mapping(bytes32 thread => mapping(uint16 jurisdiction => mapping(uint8 kind => uint40))) private _liftedAt;

    function ratify(
        bytes32 thread,
        bytes32 version,
        bytes32 instrument,
        uint256 reservedKinds,
        bytes32 reservation
    ) external {
        uint16 jurisdiction = _callersJurisdiction();
        if (instrument == 0) revert EmptyInstrument();
        Thread storage life = _begun(thread);
        uint40 present = uint40(block.timestamp);
        AgreementStatus status = _statusAt(life, present);
        bool standing = status == AgreementStatus.Agreed || status == AgreementStatus.InForce;
        if (!standing || life.version != version) revert NotAgreed(thread, version);
        Version storage entry = _versions[thread][version];
        if (!entry.open && _find(entry, jurisdiction) == entry.size) revert NotOpen(thread);
        if (_parties[thread][jurisdiction].ratifiedAt != 0) revert AlreadyRatified(thread, jurisdiction);
        uint256 stray = reservedKinds & ~uint256(entry.kinds);
        if (stray != 0) revert NotCovered(thread, stray);

        _parties[thread][jurisdiction] = Party(present, 0, uint32(reservedKinds), 0);
        uint16 staying = ++life.staying;
        emit Ratified(thread, jurisdiction, instrument, reservedKinds, reservation);
        if (life.enteredAt != 0 || staying < entry.ratifications) return;
        uint40 entersAt = entry.entersAt > present ? entry.entersAt : present;
        life.enteredAt = entersAt;
        emit EnteredIntoForce(thread, version, entersAt);
    }

    function withdrawReservation(bytes32 thread, uint256 kinds) external {
        uint16 jurisdiction = _callersJurisdiction();
        Party storage party = _ratified(thread, jurisdiction);
        if (kinds == 0 || kinds & ~uint256(party.reserved & ~party.lifted) != 0)
            revert NothingReserved(thread, jurisdiction, kinds);

        party.lifted |= uint32(kinds);
        for (uint8 kind = 1; kind <= LAST_REQUEST_KIND; ++kind) {
            if (kinds & (1 << kind) != 0) _liftedAt[thread][jurisdiction][kind] = uint40(block.timestamp);
        }
        emit ReservationWithdrawn(thread, jurisdiction, kinds);
    }

    function withdraw(bytes32 thread, bytes32 instrument) external {
        uint16 jurisdiction = _seatsJurisdiction();
        if (instrument == 0) revert EmptyInstrument();
        Party storage party = _ratified(thread, jurisdiction);
        if (party.leavesAt != 0) revert HasWithdrawn(thread, jurisdiction);
        Thread storage life = _threads[thread];

        uint40 leavesAt = uint40(block.timestamp);
        --life.staying;
        // Before it is certain to enter into force nobody is bound, and what is withdrawn does not count towards it.
        if (life.enteredAt != 0) {
            leavesAt += _versions[thread][life.version].notice;
            (life.leaveBefore, life.latestLeave) = (life.latestLeave, leavesAt);
        }
        party.leavesAt = leavesAt;
        emit WithdrawalNotified(thread, jurisdiction, leavesAt, instrument);
    }

    // Questions

    function bindsAt(bytes32 thread, uint16 party, uint40 at) public view returns (bool) {
        (uint40 from, uint40 until) = _span(thread, party);
        return from != 0 && at >= from && at < until;
    }

    function termsBetween(
        bytes32 thread,
        uint16 asker,
        uint16 asked,
        uint8 kind,
        uint40 at
    ) external view returns (Terms memory terms) {
        bool holds = asker != asked && _isLawFor(thread, asker, kind, at) && _isLawFor(thread, asked, kind, at);
        // Who is bound is bound by the version agreed upon.
        if (holds) terms = _terms[_threads[thread].version][kind];
        if (terms.kind == 0) revert NoBasis(thread, asker, asked, kind);
    }

    // Internal

    function _statusAt(Thread storage life, uint40 at) internal view override returns (AgreementStatus) {
        if (life.proposedAt == 0 || at < life.proposedAt) return AgreementStatus.None;
        if (life.agreedAt == 0 || at < life.agreedAt) return AgreementStatus.Negotiating;
        if (at >= _endOf(life)) return AgreementStatus.Ended;
        return life.enteredAt == 0 || at < life.enteredAt ? AgreementStatus.Agreed : AgreementStatus.InForce;
    }

    /// @dev When it ends, as far as is known: at its own end, or when fewer than two are left. Notices have one length,
    ///      so whoever withdraws later leaves later: the two last to leave tell when the last but one is out.
    function _endOf(Thread storage life) private view returns (uint40 end) {
        end = life.endsAt == 0 ? NEVER : life.endsAt;
        if (life.enteredAt == 0 || life.staying > 1) return end;
        uint40 alone = life.staying == 1 ? life.latestLeave : life.leaveBefore;
        if (alone < end) end = alone;
    }

    /// @return from when it binds this party; 0: not yet, or never
    /// @return until when it does, as far as is known
    function _span(bytes32 thread, uint16 jurisdiction) internal view returns (uint40 from, uint40 until) {
        Party storage party = _parties[thread][jurisdiction];
        Thread storage life = _threads[thread];
        uint40 ratifiedAt = party.ratifiedAt;
        uint40 enteredAt = life.enteredAt;
        if (ratifiedAt == 0 || enteredAt == 0) return (0, 0);
        from = ratifiedAt > enteredAt ? ratifiedAt : enteredAt;
        until = _endOf(life);
        uint40 leavesAt = party.leavesAt;
        if (leavesAt != 0 && leavesAt < until) until = leavesAt;
    }

    function _isLawFor(bytes32 thread, uint16 party, uint8 kind, uint40 at) private view returns (bool) {
        return bindsAt(thread, party, at) && !_isReserved(thread, party, kind, at);
    }

    function _isReserved(bytes32 thread, uint16 jurisdiction, uint8 kind, uint40 at) private view returns (bool) {
        Party storage party = _parties[thread][jurisdiction];
        uint256 bit = uint256(1) << kind;
        if (party.reserved & bit == 0) return false;
        return party.lifted & bit == 0 || at < _liftedAt[thread][jurisdiction][kind];
    }

    function _ratified(bytes32 thread, uint16 jurisdiction) internal view returns (Party storage party) {
        party = _parties[thread][jurisdiction];
        if (party.ratifiedAt == 0) revert NotRatified(thread, jurisdiction);
    }
}
