// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {
    AgreementStatus,
    Draft,
    IAgreementRegistry,
    LegalBasis,
    Terms
} from "../../interfaces/cooperation/IAgreementRegistry.sol";
import { Authorities } from "./Authorities.sol";
import { Drafts } from "./Drafts.sol";

/// @notice The first part of {IAgreementRegistry}: versions, put forward and accepted.
/// @dev What others need of a draft is stored when it is put forward. So whoever accepts names one hash, nobody has to
///      give the draft again, and no draft that is withheld can stop an acceptance.
abstract contract Consultation is IAgreementRegistry, Authorities {
    /// @dev The first slot is its life, all of it.
    struct Thread {
        uint40 proposedAt;
        uint40 agreedAt; // 0: not yet
        uint40 enteredAt; // 0: too few ratified
        uint40 endsAt; // of the version agreed upon; 0: open
        uint40 latestLeave; // of those who withdrew, when the last one is out
        uint40 leaveBefore; // and the one before him
        uint16 staying; // ratified and did not withdraw
        bytes32 version; // the first; once agreed, the one agreed upon
    }

    struct Version {
        uint32 accepted; // bit of each party, in their order
        uint32 kinds; // bit of each RequestKind that it covers
        uint32 notice;
        uint40 entersAt;
        uint40 endsAt;
        uint8 size; // number of parties; 0: no such version
        uint8 ratifications;
        bool open;
        LegalBasis basis;
        bytes32 basisReference;
        uint256[2] parties; // 16 in a word, from the low bits
    }

    struct Duty {
        uint16 debtor;
        uint32 dueWithin; // 0: no such duty
        uint32 every;
    }

    uint256 private constant IN_A_WORD = 16;
    uint256 private constant BITS = 16;

    mapping(bytes32 thread => Thread) internal _threads;
    mapping(bytes32 thread => mapping(bytes32 version => Version)) internal _versions;
    mapping(bytes32 version => mapping(uint8 kind => Terms)) internal _terms;
    mapping(bytes32 version => mapping(uint8 obligation => Duty)) internal _duties;

    function propose(Draft calldata draft) external returns (bytes32 thread, bytes32 version) {
        uint16 party = _callersJurisdiction();
        thread = keccak256(abi.encode(party, keccak256(abi.encode(draft))));
        version = versionHash(thread, draft);

        _put(thread, version, party, draft);
        _threads[thread].proposedAt = uint40(block.timestamp);
        _threads[thread].version = version;
        emit Proposed(thread, version, 0, party, draft);
    }

    function counter(bytes32 thread, bytes32 answers, Draft calldata draft) external returns (bytes32 version) {
        uint16 party = _callersJurisdiction();
        Thread storage life = _negotiated(thread);
        _versionOf(thread, answers);
        _placeOf(thread, life.version, party);
        version = versionHash(thread, draft);

        _put(thread, version, party, draft);
        _requireAllOf(thread, life.version, version);
        emit Proposed(thread, version, answers, party, draft);
    }

    function accept(bytes32 thread, bytes32 version) external {
        uint16 party = _callersJurisdiction();
        Thread storage life = _negotiated(thread);
        Version storage entry = _versionOf(thread, version);
        uint32 accepted = entry.accepted;
        uint32 bit = uint32(1) << uint8(_placeOf(thread, version, party));
        if (accepted & bit != 0) revert AlreadyAccepted(thread, version, party);

        accepted |= bit;
        entry.accepted = accepted;
        emit Accepted(thread, version, party);
        if (accepted != (uint256(1) << entry.size) - 1) return;
        life.agreedAt = uint40(block.timestamp);
        life.endsAt = entry.endsAt;
        life.version = version;
        emit Agreed(thread, version);
    }

    // Questions

    function versionHash(bytes32 thread, Draft calldata draft) public pure returns (bytes32) {
        return keccak256(abi.encode(thread, draft));
    }

    function agreedVersion(bytes32 thread) public view returns (bytes32) {
        return _threads[thread].agreedAt == 0 ? bytes32(0) : _threads[thread].version;
    }

    function basisOf(bytes32 thread) external view returns (LegalBasis basis, bytes32 basisReference) {
        Version storage entry = _versions[thread][agreedVersion(thread)];
        return (entry.basis, entry.basisReference);
    }

    function statusAt(bytes32 thread, uint40 at) external view returns (AgreementStatus) {
        return _statusAt(_threads[thread], at);
    }

    // Internal

    function _statusAt(Thread storage life, uint40 at) internal view virtual returns (AgreementStatus);

    /// @dev Stores a version, accepted by who puts it forward.
    function _put(bytes32 thread, bytes32 version, uint16 party, Draft calldata draft) private {
        Version storage entry = _versions[thread][version];
        if (entry.size != 0) revert DraftExists(version);
        entry.kinds = Drafts.requireValid(draft);
        entry.notice = draft.notice;
        entry.entersAt = draft.entersAt;
        entry.endsAt = draft.endsAt;
        entry.size = uint8(draft.parties.length);
        entry.ratifications = draft.ratifications;
        entry.open = draft.open;
        entry.basis = draft.basis;
        entry.basisReference = draft.basisReference;
        _putParties(entry, draft.parties);
        entry.accepted = uint32(1) << uint8(_placeOf(thread, version, party));
        for (uint256 i = 0; i < draft.terms.length; ++i) _terms[version][draft.terms[i].kind] = draft.terms[i];
        for (uint8 i = 0; i < draft.obligations.length; ++i) {
            _duties[version][i] = Duty({
                debtor: draft.obligations[i].debtor,
                dueWithin: draft.obligations[i].dueWithin,
                every: draft.obligations[i].every
            });
        }
    }

    function _putParties(Version storage entry, uint16[] calldata parties) private {
        // slither-disable-next-line uninitialized-local // begins as two zeros
        uint256[2] memory words;
        for (uint256 i = 0; i < parties.length; ++i) {
            words[i / IN_A_WORD] |= uint256(parties[i]) << (BITS * (i % IN_A_WORD));
        }
        entry.parties[0] = words[0];
        if (words[1] != 0) entry.parties[1] = words[1];
    }

    function _negotiated(bytes32 thread) private view returns (Thread storage life) {
        life = _begun(thread);
        if (life.agreedAt != 0) revert NotNegotiating(thread, _statusAt(life, uint40(block.timestamp)));
    }

    function _begun(bytes32 thread) internal view returns (Thread storage life) {
        life = _threads[thread];
        if (life.proposedAt == 0) revert NoSuchThread(thread);
    }

    function _versionOf(bytes32 thread, bytes32 version) private view returns (Version storage entry) {
        entry = _versions[thread][version];
        if (entry.size == 0) revert NoSuchDraft(thread, version);
    }

    /// @dev Else one party and somebody from outside would agree, and so close the thread to all others.
    function _requireAllOf(bytes32 thread, bytes32 first, bytes32 later) private view {
        Version storage entry = _versions[thread][first];
        for (uint256 place = 0; place < entry.size; ++place) {
            uint256 word = entry.parties[place / IN_A_WORD];
            // slither-disable-next-line unused-return // reverts where he is none
            _placeOf(thread, later, uint16(word >> (BITS * (place % IN_A_WORD))));
        }
    }

    /// @dev The party's place in the version's list.
    function _placeOf(bytes32 thread, bytes32 version, uint16 party) private view returns (uint256 place) {
        Version storage entry = _versions[thread][version];
        place = _find(entry, party);
        if (place == entry.size) revert NotAParty(thread, party);
    }

    /// @return place of the party, or the number of parties if it is none of them
    function _find(Version storage entry, uint16 party) internal view returns (uint256 place) {
        uint256 size = entry.size;
        uint256 word = 0;
        for (place = 0; place < size; ++place) {
            if (place % IN_A_WORD == 0) word = entry.parties[place / IN_A_WORD];
            if (uint16(word >> (BITS * (place % IN_A_WORD))) == party) break;
        }
    }
}
