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

uint64 constant DEFINED_POWERS = COLLECT | REGISTER | CURE | WITHDRAW | CONFIRM_DATE | ANSWER | RELEASE | OBJECT | VOTE;

/// @dev What no suspension and no standing ever takes from an agency that is a member: without these it could neither
///      preserve evidence nor protect a person's rights.
uint64 constant FLOOR_OF_POWERS = COLLECT | REGISTER | ANSWER | RELEASE | OBJECT | VOTE;
