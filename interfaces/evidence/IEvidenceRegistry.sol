// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { AgencyId } from "../../contracts/types/AgencyId.sol";
import { Assessment } from "../../contracts/types/Assessment.sol";
import { Facts } from "../../contracts/types/Facts.sol";
import { Verdict } from "../../contracts/types/Verdict.sol";

/// @dev In what role someone besides the collector signed.
enum CoSignerRole {
    None,
    SecondOfficer, // an officer of the collector's agency, entitled to collect at the time
    Witness, // anyone but a member's officer or account; a key of their own
    Holder, // who held the evidence; as a witness
    Device // a device of the agency, appointed at the time
}

/// @dev What the collector signs (EIP-712 `Acquisition`, together with the hash of the set of co-signers).
struct Collection {
    AgencyId agency;
    bytes32 root; // Merkle root over manifest and exhibits; commits to everything, reveals nothing
    Facts facts; // declared
    uint16 standardVersion; // of the home forum's standard in force at the start; 0 where it has none
    address collector;
    uint16 appointment; // number of the collector's appointment at the start
    bytes32 mandate; // assistance request that covers a collection abroad; 0 if none
    bool preserve; // keep as Preserved if the home standard refuses and the baseline is met
    uint40 deadline; // last moment at which this signature may be used, seconds since 1970 UTC
}

/// @dev Each co-signer signs EIP-712 `CoSignature(agency, root, facts, role, appointment, deadline)`.
struct CoSignature {
    CoSignerRole role;
    address signer;
    uint16 appointment; // of an officer or device; 0 for witness and holder
    uint40 deadline;
    bytes signature;
}

/// @dev One slot, written once.
///      facts            declared by the collector, except officers and steps 0 to 7, which the contract saw
///      registeredAt     seen: time of the block
///      verdict          of the home forum at registration
///      standardVersion  by which it was judged
struct Acquisition {
    Facts facts;
    AgencyId agency;
    uint40 registeredAt;
    Verdict verdict;
    uint16 standardVersion;
}

/// @dev One slot, what came later. Never touches the first.
struct Aftermath {
    uint64 curedSteps; // by supplements and later co-signatures; a forum counts those it lets come late
    uint8 addedOfficers; // who co-signed later
    bool dateConfirmed; // another agency confirmed an earlier anchor: neither date nor delay is in question any more
    bool withdrawn;
    bool superseded;
    uint8 reason; // of withdrawal
    uint40 changedAt;
    uint16 entries; // length of the history
}

/// @title Electronic evidence, registered so that it cannot be altered unseen
/// @notice One transaction registers one acquisition whatever its size. Nothing is stored without being judged by the
///         standard of the collector's country; nothing stored is ever rewritten. An assessment is of declared facts
///         and is not a ruling: only a court admits.
interface IEvidenceRegistry {
    event AcquisitionRegistered(
        AgencyId indexed agency,
        bytes32 indexed root,
        address indexed collector,
        address registrar,
        Facts facts,
        Verdict verdict
    );
    event MandateCited(AgencyId indexed agency, bytes32 indexed root, bytes32 indexed mandate);
    event CoSigned(AgencyId indexed agency, bytes32 indexed root, CoSignerRole role, address indexed signer);
    event Supplemented(
        AgencyId indexed agency,
        bytes32 indexed root,
        address indexed officer,
        uint16 forum,
        uint64 steps,
        bytes32 documents
    );
    event DateConfirmed(AgencyId indexed agency, bytes32 indexed root, AgencyId indexed confirmer, bytes32 anchor);
    event Withdrawn(AgencyId indexed agency, bytes32 indexed root, address indexed officer, uint8 reason);
    event Superseded(AgencyId indexed agency, bytes32 indexed root, bytes32 indexed successor);

    error EmptyRoot();
    error FactsNotDeclared(Facts facts);
    error StartsInFuture(uint40 startedAt, uint40 present);
    error EndsInFuture(uint40 endedAt, uint40 present);
    error DeadlinePassed(uint40 deadline, uint40 present);
    error OtherAgency(address account, AgencyId theirs, AgencyId agency);
    error InvalidSignature(address signer);
    error CoSignersNotSorted(address previous, address signer);
    error CoSignerIsCollector(address signer);
    error CoSignerIsOfficer(address signer);
    error NoRole();
    error NotADevice(address signer);
    error IsADevice(address signer);
    error TooManyCoSigners(uint256 given, uint256 most);
    error AlreadyRegistered(AgencyId agency, bytes32 root, uint40 registeredAt);
    error NotRegistered(AgencyId agency, bytes32 root);
    error MandateRequired(uint16 place, uint16 dataLocation, uint16 jurisdiction);
    error NoMandates(bytes32 mandate);
    error MandateDoesNotCover(bytes32 mandate);
    error StandardVersionMissing(uint16 forum, uint16 inForce);
    error TooManyOfficers(uint256 mostLater);
    error LateAndNoLongerInOffice(address collector);
    error EvidenceRefused(uint128 fatal, uint128 curable, uint128 noted, uint16 version);
    error BelowBaseline(uint128 fatal);
    error NotTheCollection(AgencyId agency, bytes32 root);
    error AlreadyCoSigned(address signer);
    error AlreadyWithdrawn(AgencyId agency, bytes32 root);
    error AlreadySuperseded(AgencyId agency, bytes32 root, bytes32 successor);
    error NotCurableLate(uint64 steps);
    error NothingToCure();
    error EmptyDocuments();
    error NoReason();
    error DateNotInQuestion(AgencyId agency, bytes32 root);
    error OwnAgencyCannotConfirm(AgencyId agency);
    error DateAlreadyConfirmed(AgencyId agency, bytes32 root);
    error SuccessorNotRegistered(AgencyId agency, bytes32 successor);
    error SuccessorIsItself(bytes32 root);
    error HistoryFull();

    // Registering

    /// @notice Judges and registers one acquisition. Caller: an officer of the agency with REGISTER, now.
    /// @param signature of the collector over `Acquisition`; may be empty when the collector is the caller
    /// @param coSignatures sorted by signer, each valid or the whole call reverts
    /// @dev Collector, second officers and devices must have been entitled to COLLECT at the start; if the standard's
    ///      delay has passed, also now. Reverts with {EvidenceRefused} and the reasons where the home standard
    ///      refuses, unless the collection asks to be preserved and meets the baseline. Emits {CoSigned},
    ///      {AcquisitionRegistered}.
    function register(
        Collection calldata collection,
        bytes calldata signature,
        CoSignature[] calldata coSignatures
    ) external returns (Verdict);

    // After registration

    /// @notice Adds a signature that came later. Caller: an officer of the agency with REGISTER, now.
    /// @param collection as the collector signed it, with `signature` and the co-signers it bound, to show that the new
    ///        signer is none of them
    /// @dev A second officer's signature counts as an officer more where the collector had signed alone. Once the
    ///      standard's delay has passed, second officer and device must still be in office. Emits {CoSigned}.
    function cosign(
        Collection calldata collection,
        bytes calldata signature,
        CoSignature[] calldata bound,
        CoSignature calldata added
    ) external;

    /// @notice Brings what a forum misses, if its standard lets it come late. Caller: an officer of the agency with
    ///         CURE, a power that no collector has.
    /// @param forum for which it is brought: home or any other. It counts in every forum that lets it come late.
    /// @param steps only steps that are missing, curable and late-curable under the forum's standard that judges the
    ///        collection
    /// @param documents Merkle root over the documents that show them
    function supplement(AgencyId agency, bytes32 root, uint16 forum, uint64 steps, bytes32 documents) external;

    /// @notice Another agency confirms that it holds or checked an earlier anchor (RFC 3161 token, earlier
    ///         registration).
    function confirmDate(AgencyId agency, bytes32 root, bytes32 anchor) external;

    /// @notice Marks an acquisition as withdrawn. It stays readable and verifiable. Caller: WITHDRAW, same agency.
    /// @param reason 1 registered in error, 2 wrong facts, 3 unlawful collection, 4 ordered by court, 5 other
    function withdraw(AgencyId agency, bytes32 root, uint8 reason) external;

    /// @notice Links an acquisition to the one that corrects it. Both stay readable. Caller: WITHDRAW, same agency.
    function supersede(AgencyId agency, bytes32 root, bytes32 successor) external;

    // Questions

    /// @return the record as registered; registeredAt 0 if there is none
    function acquisitionOf(AgencyId agency, bytes32 root) external view returns (Acquisition memory);

    function aftermathOf(AgencyId agency, bytes32 root) external view returns (Aftermath memory);

    /// @return head of the history: keccak256(abi.encode(this, agency, root, entry number, previous head, entry
    ///         hash)); 0 if empty
    function historyHead(AgencyId agency, bytes32 root) external view returns (bytes32);

    function successorOf(AgencyId agency, bytes32 root) external view returns (bytes32);

    /// @notice What the acquisition, with all that came later, is worth in a forum. What conforms only by what came
    ///         later is ConformsWithNote, so that the cure stays visible. Withdrawal does not change it.
    function assess(AgencyId agency, bytes32 root, uint16 forum) external view returns (Assessment memory);

    /// @return the EIP-712 digest that the collector signs, given the co-signers' hash (0 if there are none)
    function acquisitionDigest(Collection calldata collection, bytes32 coSigners) external view returns (bytes32);

    function coSignatureDigest(
        AgencyId agency,
        bytes32 root,
        Facts facts,
        CoSignerRole role,
        uint16 appointment,
        uint40 deadline
    ) external view returns (bytes32);
}
