// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { AgencyId } from "../../contracts/types/AgencyId.sol";

/// @dev Grounds of refusal (IMLA art 14; UN Model Treaty art 4). OTHER is lawful too, but it says nothing: it is the
///      only one that counts against who refuses.
enum RefusalGround {
    None,
    NoDualCriminality,
    DomesticProceedingsOrTimeBarred,
    Political,
    Military,
    Discrimination,
    NoSubstantialLink,
    SovereigntySecurityPublicInterest,
    FormalDefect,
    Other
}

/// @dev What an answer points at. One reference a row.
enum ReferenceKind {
    None,
    Acquisition, // key: Merkle root; agency: who registered it
    FreezeRequest, // key: the freeze request made for it
    Hold, // key: the hold
    Document // key: keccak256 of a document in the message
}

struct Reference {
    ReferenceKind kind;
    AgencyId agency;
    bytes32 key;
}

/// @dev How an answer without lists answers (VerifyPersons, ObserveSite).
enum ShortAnswer {
    None,
    Yes,
    No,
    InPart
}

/// @title Answers to requests for assistance
/// @notice Given by the executing agency's officers with ANSWER. Acquisitions are judged for the asking forum as the
///         answer is given, and its verdict is in the event: whoever asked sees at once what is missing there.
interface IAssistanceAnswers {
    event RequestAccepted(
        bytes32 indexed request,
        AgencyId indexed executor,
        address officer,
        bytes32 conditions,
        bool presenceGranted
    );
    event SupplementAskedFor(bytes32 indexed request, AgencyId indexed executor, address officer, bytes32 message);
    event RequestPostponed(
        bytes32 indexed request,
        AgencyId indexed executor,
        address officer,
        uint40 until,
        uint8 reason,
        bytes32 message
    );
    event ExecutionBegun(bytes32 indexed request, AgencyId indexed executor, address officer);
    event RequestRefused(
        bytes32 indexed request,
        AgencyId indexed executor,
        address officer,
        RefusalGround ground,
        bytes32 message
    );
    event RequestAnswered(
        bytes32 indexed request,
        AgencyId indexed executor,
        address officer,
        bool complete,
        ShortAnswer short,
        Reference[] references,
        bytes32 message
    );
    event AcquisitionAnswered(
        bytes32 indexed request,
        AgencyId indexed agency,
        bytes32 indexed root,
        uint16 forum,
        uint8 verdict,
        uint128 missing
    );
    event AnswerConfirmed(bytes32 indexed request, AgencyId indexed asker, address officer);
    event EvidenceExcluded(
        bytes32 indexed request,
        AgencyId indexed executor,
        AgencyId indexed court,
        address officer,
        bytes32 root,
        bytes32 ruling
    );

    error NotTheExecutor(AgencyId theirs, AgencyId executor);
    error NotTheAsker(AgencyId theirs, AgencyId asker);
    error NotACourtOf(AgencyId theirs, uint16 jurisdiction);
    error EmptyMessage();
    error NoGround();
    error PostponedTooLong(uint40 until, uint40 latest);
    error TooManySupplements(bytes32 request, uint8 most);
    error NoReferences();
    error TooManyReferences(uint256 given, uint256 most);
    error ReferenceUnknown(bytes32 key);
    error ShortAnswerMissing();
    error NotAnswered(bytes32 request, bytes32 root);
    error AlreadyExcluded(bytes32 request, bytes32 root);
    error PresenceNotWished(bytes32 request);

    /// @notice Accepts, without conditions (0) or with (hash of the sealed message that has them). Grants or refuses
    ///         the presence of officials where it was wished.
    function accept(bytes32 request, bytes32 conditions, bool presence) external;

    /// @notice Asks for more; the clock stands until it comes. Not again within the same request more than 3 times.
    function askSupplement(bytes32 request, bytes32 message) external;

    /// @notice Postpones, for a reason (1 own proceedings would suffer, 2 person not available, 3 other), for at most
    ///         180 days in all; the clock stands until then. Any act of the executor ends it early.
    function postpone(bytes32 request, uint40 until, uint8 reason, bytes32 message) external;

    function begin(bytes32 request) external;

    /// @notice Not once a part was answered; but always when the supplement that was asked for never came.
    function refuse(bytes32 request, RefusalGround ground, bytes32 message) external;

    /// @notice Answers: a part, or completely. At most 32 references; each must exist on the chain. Kinds that ask
    ///         yes
    ///         or no need `short` and no references.
    function answer(
        bytes32 request,
        bool complete,
        ShortAnswer short,
        Reference[] calldata references,
        bytes32 message
    ) external;

    /// @notice The asker confirms that it got what it asked for. Caller: an officer with ASK or OBJECT. To dispute:
    ///         Panels.
    function confirm(bytes32 request) external;

    /// @notice A court of the forum to which the evidence was sent excluded it. Caller: an officer with JUDGE of a
    ///         court
    ///         of the asking jurisdiction. Only an acquisition that was answered under the request.
    function recordExclusion(bytes32 request, AgencyId agency, bytes32 root, bytes32 ruling) external;

    // Questions

    function answeredWith(bytes32 request, AgencyId agency, bytes32 root) external view returns (bool);

    function exclusionsOf(bytes32 request) external view returns (uint16);

    function conditionsOf(bytes32 request) external view returns (bytes32);

    /// @return when it was accepted, since when it covers what is collected under it; 0: it was not
    function acceptedAt(bytes32 request) external view returns (uint40);
}
