// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Assistance, AssistanceStatus } from "../../interfaces/cooperation/IAssistanceRequests.sol";

/// @dev For tests of whoever only reads: stands for the requests, the answers and the agreements, and says what it was
///      told to say, whether or not the real ones could ever say it.
contract CooperationMock {
    struct Turn {
        uint40 due;
        uint40 performedAt;
    }

    mapping(bytes32 request => Assistance) private _requests;
    mapping(bytes32 request => AssistanceStatus) private _statuses;
    mapping(bytes32 request => bytes32[2]) private _secrets;
    mapping(bytes32 request => uint16) public exclusionsOf;
    mapping(bytes32 request => uint16) private _limits;
    mapping(bytes32 duty => Turn) private _turns;
    mapping(uint16 party => uint40) private _boundUntil;

    function set(bytes32 request, Assistance calldata asked, AssistanceStatus status) external {
        _requests[request] = asked;
        _statuses[request] = status;
    }

    function setSecrets(bytes32 request, bytes32 asker, bytes32 executor) external {
        _secrets[request] = [asker, executor];
    }

    function setExclusions(bytes32 request, uint16 count) external {
        exclusionsOf[request] = count;
    }

    function setUseLimits(bytes32 request, uint16 limits) external {
        _limits[request] = limits;
    }

    function setTurn(
        bytes32 thread,
        uint8 obligation,
        uint16 debtor,
        uint16 turn,
        uint40 due,
        uint40 performedAt
    ) external {
        _turns[_duty(thread, obligation, debtor, turn)] = Turn({ due: due, performedAt: performedAt });
    }

    function setBound(uint16 party, uint40 until) external {
        _boundUntil[party] = until;
    }

    function advance(bytes32 request, AssistanceStatus state, uint8, bool) external {
        _requests[request].state = state;
        _statuses[request] = state;
    }

    function requestOf(bytes32 request) external view returns (Assistance memory) {
        return _requests[request];
    }

    function statusAt(bytes32 request, uint40) external view returns (AssistanceStatus) {
        return _statuses[request];
    }

    function useLimitsOf(bytes32 request) external view returns (uint16) {
        return _limits[request];
    }

    function secretsOf(bytes32 request) external view returns (bytes32 asker, bytes32 executor) {
        return (_secrets[request][0], _secrets[request][1]);
    }

    function turnOf(
        bytes32 thread,
        uint8 obligation,
        uint16 debtor,
        uint16 turn
    ) external view returns (uint40 due, uint40 performedAt) {
        Turn memory found = _turns[_duty(thread, obligation, debtor, turn)];
        return (found.due, found.performedAt);
    }

    function bindsAt(bytes32, uint16 party, uint40 at) external view returns (bool) {
        return at < _boundUntil[party];
    }

    function _duty(bytes32 thread, uint8 obligation, uint16 debtor, uint16 turn) private pure returns (bytes32) {
        return keccak256(abi.encode(thread, obligation, debtor, turn));
    }
}
