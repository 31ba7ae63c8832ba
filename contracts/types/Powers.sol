// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @dev What an agency's charter allows and an officer may be given, one bit each. Numbers are never used again.

uint64 constant COLLECT = 1 << 0; // collect evidence and sign for it, as collector, second officer or device
uint64 constant REGISTER = 1 << 1; // send collections to the registry
uint64 constant CURE = 1 << 2; // add what was missing; never together with COLLECT in one officer
uint64 constant WITHDRAW = 1 << 3; // withdraw or supersede an acquisition
uint64 constant CONFIRM_DATE = 1 << 4; // confirm an early anchor of another agency's acquisition
uint64 constant ANSWER = 1 << 8; // answer a request
uint64 constant RELEASE = 1 << 9; // release what is held
uint64 constant OBJECT = 1 << 10; // object to a measure
uint64 constant VOTE = 1 << 11; // vote in the Council
uint64 constant REQUEST = 1 << 12; // ask that something be stopped, frozen, seized or sealed
uint64 constant RATIFY = 1 << 13; // ratify what an officer asked: head of a unit
uint64 constant RATIFY_HIGH = 1 << 14; // the same where the law wants a higher rank
uint64 constant ENDORSE = 1 << 15; // take over what a foreign agency asks
uint64 constant REVIEW = 1 << 16; // decide on objections
uint64 constant PROPOSE = 1 << 17; // propose what becomes of what is held; transfer a case (prosecutor)
uint64 constant JUDGE = 1 << 18; // decide what becomes of what is held (court)
uint64 constant CHECK = 1 << 19; // confirm what another officer of the institution answered
uint64 constant KEEP = 1 << 20; // keep, value and sell seized property
uint64 constant DISTRIBUTE = 1 << 21; // plan what goes back to victims
uint64 constant ASK = 1 << 22; // ask another country's agency for assistance
uint64 constant TRANSMIT = 1 << 23; // of a central authority: pass requests on, receive them, assign who executes
uint64 constant APPRAISE = 1 << 24; // give an expert opinion
uint64 constant LEAD = 1 << 25; // open cases, claim jurisdiction, lead teams
uint64 constant COORDINATE = 1 << 26; // assign and consolidate; sees metadata only

uint64 constant DEFINED_POWERS =
    COLLECT |
        REGISTER |
        CURE |
        WITHDRAW |
        CONFIRM_DATE |
        ANSWER |
        RELEASE |
        OBJECT |
        VOTE |
        REQUEST |
        RATIFY |
        RATIFY_HIGH |
        ENDORSE |
        REVIEW |
        PROPOSE |
        JUDGE |
        CHECK |
        KEEP |
        DISTRIBUTE |
        ASK |
        TRANSMIT |
        APPRAISE |
        LEAD |
        COORDINATE;

/// @dev The hands through which a measure goes. Whoever ever had one of them gets no other under the same key.
uint64 constant PHASES = REQUEST | RATIFY | RATIFY_HIGH | ENDORSE | ANSWER | CHECK | REVIEW | PROPOSE | JUDGE;

/// @dev What no suspension and no standing ever takes from an agency that is a member: without these it could neither
///      preserve evidence nor protect a person's rights.
uint64 constant FLOOR_OF_POWERS = COLLECT | REGISTER | ANSWER | CHECK | RELEASE | OBJECT | VOTE;

/// @return whether two of these must never meet in one officer: who collects must not cure, and of the phases of a
///         measure each has its own hands; the two ranks that ratify are one phase
function conflict(uint64 powers) pure returns (bool) {
    if (powers & COLLECT != 0 && powers & CURE != 0) return true;
    uint64 phases = powers & PHASES;
    if (phases & RATIFY_HIGH != 0) phases = (phases & ~RATIFY_HIGH) | RATIFY;
    return phases != 0 && phases & (phases - 1) != 0;
}
