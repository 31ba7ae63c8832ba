// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @dev On what the parties stand.
enum LegalBasis {
    None,
    Treaty, // bilateral or regional treaty
    Convention, // multilateral convention, named by `basisReference`
    Reciprocity, // promise of reciprocity, no treaty
    Police // memorandum between police forces
}

/// @dev The live rules of requests of one kind under an agreement. Times in seconds from arrival.
struct Terms {
    uint8 kind; // RequestKind
    uint32 acknowledgeWithin;
    uint32 answerWithin;
    uint32 acknowledgeUrgentWithin; // 0: nothing urgent of this kind
    uint32 answerUrgentWithin;
    uint16 useLimits; // USE_* bits: for what the answer may be used
    uint8 confidentiality; // 0 open, 1 restricted, 2 confidential, 3 secret
}

uint16 constant USE_CASE_ONLY = 1; // only in the case named
uint16 constant USE_NO_DEATH_PENALTY = 2;
uint16 constant USE_NO_FORWARDING = 4; // to no third state
uint16 constant USE_ASK_BEFORE_COURT = 8; // as evidence only after asking
uint16 constant USE_DELETE_AFTER = 16; // delete when the case is over

/// @dev A duty beside the requests, for instance to name a contact point within 30 days, or to report every year.
struct Obligation {
    uint16 debtor; // jurisdiction; 0: every party
    uint32 dueWithin; // seconds from entry into force (for the debtor)
    uint32 every; // again after so many seconds; 0: once
    bytes32 duty; // keccak256 of its text
}

struct Draft {
    bytes32 text; // keccak256 of the agreement's text in all its languages
    uint16[] parties; // jurisdictions, ascending, without repetition, 2 to 32
    LegalBasis basis;
    bytes32 basisReference; // short public name of treaty or convention, ASCII, for instance "UNTOC"
    uint8 ratifications; // needed for entry into force, at least 2
    uint32 notice; // of withdrawal, seconds; at most a year
    uint40 entersAt; // not before; 0: with the last ratification needed
    uint40 endsAt; // 0: open
    bool open; // others may accede
    Terms[] terms; // at most one a kind
    Obligation[] obligations; // at most 16
}

enum AgreementStatus {
    None,
    Negotiating, // proposals and counter-proposals; nothing binds
    Agreed, // every party accepted one version; being ratified
    InForce,
    Ended
}

enum ObligationStatus {
    None,
    Pending,
    Performed,
    Breached
}

/// @title Agreements as rules
/// @notice A thread of proposals and counter-proposals between jurisdictions; each acts by its central authority (its
///         account, or its officer with TRANSMIT). An acceptance binds exactly one version hash; what all parties
///         accepted is ratified, with reservations, and enters into force; its parameters are then the live rules of
///         requests between those for whom it is in force. A duty that is not performed by its time is breached,
///         without a transaction.
interface IAgreementRegistry {
    event Proposed(bytes32 indexed thread, bytes32 indexed version, bytes32 indexed answers, uint16 by, Draft draft);
    event Accepted(bytes32 indexed thread, bytes32 indexed version, uint16 indexed party);
    event Agreed(bytes32 indexed thread, bytes32 indexed version);
    event Ratified(
        bytes32 indexed thread,
        uint16 indexed party,
        bytes32 instrument,
        uint256 reservedKinds,
        bytes32 reservation
    );
    event EnteredIntoForce(bytes32 indexed thread, bytes32 indexed version, uint40 at);
    event WithdrawalNotified(bytes32 indexed thread, uint16 indexed party, uint40 effectiveAt, bytes32 instrument);
    event ReservationWithdrawn(bytes32 indexed thread, uint16 indexed party, uint256 kinds);
    event ObligationPerformed(
        bytes32 indexed thread,
        uint8 indexed obligation,
        uint16 indexed debtor,
        uint16 turn,
        bytes32 evidence
    );

    // draftPart: 1 text 2 parties 3 basis 4 ratifications 5 notice 6 dates 7 terms 8 obligations
    error InvalidDraft(uint8 draftPart);
    error NotAParty(bytes32 thread, uint16 jurisdiction);
    error NoSuchThread(bytes32 thread);
    error NoSuchDraft(bytes32 thread, bytes32 version);
    error DraftExists(bytes32 version);
    error NotNegotiating(bytes32 thread, AgreementStatus agreementStatus);
    error AlreadyAccepted(bytes32 thread, bytes32 version, uint16 party);
    error NotAgreed(bytes32 thread, bytes32 version);
    error AlreadyRatified(bytes32 thread, uint16 party);
    error NotOpen(bytes32 thread);
    error NotRatified(bytes32 thread, uint16 party);
    error HasWithdrawn(bytes32 thread, uint16 party);
    error NotCovered(bytes32 thread, uint256 kinds);
    error NothingReserved(bytes32 thread, uint16 party, uint256 kinds);
    error NoSuchObligation(bytes32 thread, uint8 obligation, uint16 debtor);
    error AlreadyPerformed(bytes32 thread, uint8 obligation, uint16 debtor, uint16 turn);
    error NotYetDue(bytes32 thread, uint40 from);
    error EmptyInstrument();

    // Consultation

    /// @notice Opens a thread with its first version. The proposer must be a party; its proposal counts as its
    ///         acceptance of that version.
    function propose(Draft calldata draft) external returns (bytes32 thread, bytes32 version);

    /// @notice Puts another version into the thread. The proposer must be a party of the first version, and all its
    ///         parties must be parties of this one, others may come in: who goes on without one of them begins another
    ///         thread. Earlier versions can still be accepted until all parties of one accepted it.
    /// @dev Reverts with {NotAParty} for the first that is left out.
    /// @param answers the version to which this one answers
    function counter(bytes32 thread, bytes32 answers, Draft calldata draft) external returns (bytes32 version);

    /// @notice Accepts one version, by its hash, as a party of it. When the last party accepts, that version is agreed
    ///         and all others are void.
    function accept(bytes32 thread, bytes32 version) external;

    /// @notice Ratifies the version agreed upon. With the ratifications needed it enters into force between those who
    ///         ratified; each later one joins with its own ratification. An open agreement may be joined by others
    ///         the same way (accession). Once: who left comes back by another agreement.
    /// @dev Reverts with {NotCovered} where kinds are reserved that it does not cover.
    /// @param reservedKinds bit of each RequestKind that this party excludes for itself
    /// @param reservation keccak256 of its text; 0 if there is none
    function ratify(
        bytes32 thread,
        bytes32 version,
        bytes32 instrument,
        uint256 reservedKinds,
        bytes32 reservation
    ) external;

    function withdrawReservation(bytes32 thread, uint256 kinds) external;

    /// @notice Withdraws with the agreement's notice. Until it is effective, the party is bound; requests sent before
    ///         run on. Before enough ratified, at once, and the ratification does not count any more.
    function withdraw(bytes32 thread, bytes32 instrument) external;

    /// @notice A debtor shows that it performed a duty (for the present turn of a recurring one). The last turn can
    ///         still be performed late, which shows.
    function perform(bytes32 thread, uint8 obligation, bytes32 evidence) external;

    // Questions

    function statusAt(bytes32 thread, uint40 at) external view returns (AgreementStatus);

    /// @return the live rules for a request of this kind between the two at that time. Reverts with {NoBasis} where the
    ///         agreement is not in force for both, does not cover the kind, or one of them reserved it.
    function termsBetween(
        bytes32 thread,
        uint16 asker,
        uint16 asked,
        uint8 kind,
        uint40 at
    ) external view returns (Terms memory);

    error NoBasis(bytes32 thread, uint16 asker, uint16 asked, uint8 requestKind);

    /// @return whether the agreement is in force for this party then (ratified, entered, not ended, withdrawal not yet
    ///         effective)
    function bindsAt(bytes32 thread, uint16 party, uint40 at) external view returns (bool);

    function agreedVersion(bytes32 thread) external view returns (bytes32);

    function basisOf(bytes32 thread) external view returns (LegalBasis basis, bytes32 basisReference);

    /// @param debtor jurisdiction
    /// @notice Status at that time, and the turn that runs then (or the last one) with its due time. Turns count from
    ///         1. As long as the turn that runs is not performed and the one before it was missed, that one is given,
    ///         as breached.
    function obligationAt(
        bytes32 thread,
        uint8 obligation,
        uint16 debtor,
        uint40 at
    ) external view returns (ObligationStatus status, uint16 turn, uint40 due);

    /// @notice When the turn is due (0: it is not owed), and when it was performed (0: it was not).
    function turnOf(
        bytes32 thread,
        uint8 obligation,
        uint16 debtor,
        uint16 turn
    ) external view returns (uint40 due, uint40 performedAt);

    /// @return version hash of a draft: keccak256(abi.encode(thread, draft))
    function versionHash(bytes32 thread, Draft calldata draft) external view returns (bytes32);
}
