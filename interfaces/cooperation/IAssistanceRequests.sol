// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { AgencyId } from "../../contracts/types/AgencyId.sol";
import { RequestKind } from "../../contracts/types/RequestKind.sol";
import { LegalBasis } from "./IAgreementRegistry.sol";

/// @dev What one agency asks another, as far as the chain may know it. Names, facts and grounds are in the message.
struct AssistanceOrder {
    RequestKind kind;
    uint16 to; // jurisdiction that is asked
    AgencyId agency; // for direct kinds: the agency asked; NO_AGENCY: the jurisdiction's contact point, see
    // {competenceOf}, and for what is urgent the one that can always be reached
    LegalBasis basis; // Treaty, Convention: `agreement` must be in force; Reciprocity: `agreement` may also be
    // keccak256 of a promise, for any kind; Police: it may be 0, for kinds for police
    bytes32 agreement; // thread of the AgreementRegistry
    uint8 urgency; // 0 none; else why: 1 danger to life, 2 money about to move, 3 data about to be lost, 4 person
    // about to flee, 5 hearing date
    uint8 channel; // over which the paper goes: 0 this ledger, 1 INTERPOL, 2 central authority, 3 liaison officer,
    // 4 diplomatic, 5 24/7 network
    uint16 forum; // whose standard the evidence is to meet; 0: none is asked
    uint16 methods; // bit of each method of collection that is covered, bit 0 for METHOD_OTHER; 0: none. Never for
    // kinds for police
    bool presence; // officials of the asking agency wish to be there; never for direct kinds
    bytes32 checklist; // keccak256 of the forum's checklist that travels with it; 0 with forum 0
    bytes32 order; // salted commitment to the order; with the asking agency, the key of the request
    bytes32 message; // keccak256 of the message sealed to who is asked
    bytes32 secret; // keccak256(abi.encode(32 random bytes)), for the draw of a panel; one for each request
}

/// @dev Statuses that time makes of the states: OverdueAtHome, OverdueThere, Overdue, Stale.
enum AssistanceStatus {
    None,
    Submitted, // at the own central authority, not yet passed on
    NotPassedOn, // the own central authority declined
    Sent, // on its way to who is asked; not yet acknowledged
    Received, // acknowledged; at a central authority: not yet assigned
    Assigned, // to the executing agency
    SupplementAsked, // the clock stands
    Accepted,
    AcceptedWithConditions,
    Postponed, // the clock stands
    Executing,
    Partial,
    Fulfilled,
    Confirmed,
    Disputed, // before a panel
    DisputeLost, // the panel found that it was not what was asked
    Refused,
    Withdrawn,
    OverdueAtHome, // computed: the own central authority did not pass it on in time
    OverdueReceipt, // computed: nobody acknowledged in time
    Overdue, // computed: no answer in time. BREACHED in the words of the agreement
    Stale // computed: the supplement asked for never came
}

/// @dev Who is asked and who asks, and the clocks. Three slots.
struct Assistance {
    AgencyId from; // agency that asks
    AgencyId receiver; // who acknowledges: central authority of the asked jurisdiction, or the agency asked directly
    AgencyId executor; // who answers; NO_AGENCY until assigned
    RequestKind kind;
    AssistanceStatus state; // as written; see statusAt
    uint8 urgency;
    uint8 flags; // ASSISTANCE_* bits
    uint40 sentAt;
    uint40 acknowledgeBy;
    uint40 answerBy; // moves when the clock stood
    uint40 pausedAt; // 0: the clock runs. What ended while it was Stale keeps it
    uint40 changedAt;
    uint40 acknowledgedAt; // 0: not yet
    uint40 answeredAt; // first final answer (Fulfilled, Refused), or the last part; 0: none
    uint8 ground; // of refusal
    uint16 forum;
    uint16 methods;
}

uint8 constant ASSISTANCE_DIRECT = 1;
uint8 constant ASSISTANCE_PRESENCE_WISHED = 2;
uint8 constant ASSISTANCE_PRESENCE_GRANTED = 4;
uint8 constant ASSISTANCE_BEYOND_CAP = 8; // asked beyond the most open requests of a pair: late answers do not count
uint8 constant ASSISTANCE_FORWARDED = 16;
uint8 constant ASSISTANCE_ASSIGNED_LATE = 32; // after the acknowledgement was due: the receiver answers for the time

/// @dev Most open requests from one agency to one receiver whose lateness counts; open are those without a final answer
///      that were sent in this turn of 30 days or the one before.
uint16 constant MOST_COUNTED_OPEN = 20;

/// @title Requests for assistance between agencies of different jurisdictions
/// @notice Police information goes from agency to agency; what is coercive leaves through the own central authority
///         and arrives at the other's, which assigns who executes: both hops have clocks. The rules are those of the
///         agreement in force between the two; without any basis nothing but police information can be asked.
interface IAssistanceRequests {
    event Asked(
        bytes32 indexed request,
        AgencyId indexed from,
        uint16 indexed to,
        address officer,
        AssistanceOrder order
    );
    event PassedOn(
        bytes32 indexed request,
        AgencyId indexed authority,
        AgencyId indexed receiver,
        address officer,
        bytes32 message
    );
    event NotPassedOnBy(bytes32 indexed request, AgencyId indexed authority, address officer, uint8 reason);
    event Acknowledged(bytes32 indexed request, AgencyId indexed receiver, address officer, bytes32 secret);
    event AssignedTo(bytes32 indexed request, AgencyId indexed executor, address officer, bytes32 message);
    event Forwarded(
        bytes32 indexed request,
        AgencyId indexed from,
        AgencyId indexed to,
        address officer,
        bytes32 message
    );
    event Supplemented(bytes32 indexed request, AgencyId indexed agency, address officer, bytes32 message);
    event RequestWithdrawn(bytes32 indexed request, AgencyId indexed agency, address officer, uint8 reason);
    event MessageReceived(bytes32 indexed request, AgencyId indexed agency, bytes32 indexed message, address officer);
    event StateChanged(bytes32 indexed request, AssistanceStatus state);

    error EmptyOrder();
    error EmptySecret();
    /// @dev 1 kind 2 jurisdiction or agency 3 basis 4 urgency 5 channel 6 checklist 7 methods 8 presence
    error InvalidOrder(uint8 orderPart);
    error AlreadyAsked(bytes32 request);
    error NoSuchRequest(bytes32 request);
    error AskedAtHome(uint16 jurisdiction);
    error NoCentralAuthority(uint16 jurisdiction);
    error NotOfJurisdiction(AgencyId agency, uint16 jurisdiction);
    error OnlyPoliceInformation(RequestKind requestKind);
    error UrgencyNotJustified(RequestKind requestKind, uint8 urgency);
    error AssistanceInStatus(bytes32 request, AssistanceStatus assistanceStatus);
    error NotTheAsker(AgencyId theirs, AgencyId asker);
    error NotTheReceiver(AgencyId theirs, AgencyId receiver);
    error NotTheAuthority(AgencyId theirs, AgencyId authority);
    error NotYourRequest(AgencyId theirs, bytes32 request);
    error NoReason();
    error EmptyMessage();
    error NotTheModule(address caller);

    /// @notice Asks. Caller: an officer with ASK. Direct kinds are Sent at once; others are Submitted to the own
    ///         central
    ///         authority, unless the asking agency is it. The key is keccak256(abi.encode(agency, order.order)).
    function ask(AssistanceOrder calldata order) external returns (bytes32 request);

    /// @notice The own central authority passes it on. Caller: its officer with TRANSMIT.
    /// @param message keccak256 of the message sealed to the other central authority
    function passOn(bytes32 request, bytes32 message) external;

    function declineToPassOn(bytes32 request, uint8 reason) external;

    /// @notice Whoever is asked acknowledges, and commits its secret for the draw of a panel. Caller: an officer of
    ///         the
    ///         receiver with ANSWER or TRANSMIT. A direct request is with this Assigned to its receiver.
    function acknowledge(bytes32 request, bytes32 secret) external;

    /// @notice The asked central authority assigns the executing agency of its own jurisdiction (itself too, then
    ///         `message` may be 0). Caller: its officer with TRANSMIT or ANSWER, which no suspension takes. Also again,
    ///         as long as nothing was answered, an acceptance included. A direct request is its to assign once nobody
    ///         acknowledged or answered in time. Where it assigns after the acknowledgement was due, the receiver
    ///         answers for the time of the answer, not who is assigned so late.
    function assign(bytes32 request, AgencyId executor, bytes32 message) external;

    /// @notice Not competent: a direct receiver passes it to another agency of its jurisdiction, before it accepts and
    ///         until the acknowledgement is due. Caller: ANSWER.
    function forward(bytes32 request, AgencyId to, bytes32 message) external;

    /// @notice Gives what was asked for in addition; the clock runs on. Caller: an officer of the asker with ASK, or
    ///         with OBJECT, which no suspension takes.
    function supplement(bytes32 request, bytes32 message) external;

    /// @notice Caller: an officer of the asker with ASK or OBJECT.
    function withdraw(bytes32 request, uint8 reason) external;

    /// @notice Proves delivery: this agency has opened the message with this hash, at the time of the block. Caller:
    ///         an
    ///         officer with ANSWER, ASK or TRANSMIT of an agency that the request concerns.
    function confirmReceipt(bytes32 request, bytes32 message) external;

    /// @notice Moves the state; only AssistanceAnswers and Panels. A panel's: Fulfilled to Disputed, and Disputed to
    ///         DisputeLost, Fulfilled or Confirmed. All others, but Postponed, are answers.
    function advance(bytes32 request, AssistanceStatus state, uint8 ground, bool presence) external;

    /// @notice Lets the clock stand until then; the deadline moves at once. Only AssistanceAnswers.
    function postpone(bytes32 request, uint40 until) external;

    // Questions

    function requestOf(bytes32 request) external view returns (Assistance memory);

    function statusAt(bytes32 request, uint40 at) external view returns (AssistanceStatus);

    /// @return who has to act at that time: own authority, receiver, executor, asker; after a missed deadline the
    ///         receiver's central authority (it escalates by itself)
    function responsibleAt(bytes32 request, uint40 at) external view returns (AgencyId);

    function agreementOf(bytes32 request) external view returns (LegalBasis basis, bytes32 agreement);

    /// @return useLimits USE_* bits of the agreement that this request stands on
    function useLimitsOf(bytes32 request) external view returns (uint16 useLimits);

    /// @return before the state to which it returns when the clock runs on; None where it does not stand
    /// @return until end of a postponement, before which `answerBy` counts on it; 0: there is none
    function pauseOf(bytes32 request) external view returns (AssistanceStatus before, uint40 until);

    /// @return asker executor commitments of both sides for a panel; 0 where none was made
    function secretsOf(bytes32 request) external view returns (bytes32 asker, bytes32 executor);

    /// @return open those whose lateness counts, see MOST_COUNTED_OPEN
    function openBetween(AgencyId from, AgencyId receiver) external view returns (uint16 open);
}
