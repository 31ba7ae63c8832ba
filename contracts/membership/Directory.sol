// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { IDirectory } from "../../interfaces/membership/IDirectory.sol";
import { IGenesis } from "../../interfaces/membership/IGenesis.sol";

/// @notice See {IDirectory}, the manual.
contract Directory is IDirectory {
    address public immutable genesis;
    bytes32 public immutable genesisId;
    address private immutable _timelock;

    bool public isSealed;
    bytes32[] private _names;
    mapping(bytes32 name => Version) private _newest;
    mapping(bytes32 name => Version[]) private _former;

    constructor() {
        genesis = msg.sender;
        genesisId = IGenesis(msg.sender).genesisId();
        _timelock = IGenesis(msg.sender).plannedAddressOf("CouncilTimelock");
    }

    modifier onlyGenesis() {
        if (msg.sender != genesis) revert NotGenesis(msg.sender);
        if (isSealed) revert DirectoryIsSealed();
        _;
    }

    /// @dev The ground knows itself and every module knows it for ever, so no vote can change it.
    modifier onlyCouncil(bytes32 name) {
        if (msg.sender != _timelock) revert NotTheCouncil(msg.sender);
        if (_isGround(name)) revert IsGround(name);
        _;
    }

    // Creation of the suite

    function list(bytes32 name, address at) external onlyGenesis {
        if (_newest[name].at != address(0)) revert AlreadyListed(name, _newest[name].at);
        _list(name, at);
    }

    function seal() external onlyGenesis {
        isSealed = true;
        emit DirectorySealed(genesisId);
    }

    // The Council

    function listVersion(bytes32 name, address at, bytes32 codeHash) external onlyCouncil(name) {
        if (at.codehash != codeHash) revert CodeDiffers(name, codeHash, at.codehash);

        Version memory present = _newest[name];
        if (present.at != address(0)) {
            if (present.finishingSince == 0) {
                present.finishingSince = uint40(block.timestamp);
                emit ModuleStateChanged(name, _former[name].length + 1, ModuleState.Finishing);
            }
            _former[name].push(present);
        }
        _list(name, at);
    }

    function setState(bytes32 name, uint256 version, ModuleState state) external onlyCouncil(name) {
        Version storage chosen = _version(name, version);
        ModuleState present = _stateOf(chosen);
        if (state <= present) revert StateOnlyForward(name, present, state);

        if (chosen.finishingSince == 0) chosen.finishingSince = uint40(block.timestamp);
        if (state == ModuleState.Retired) chosen.retiredSince = uint40(block.timestamp);
        emit ModuleStateChanged(name, version, state);
    }

    // Questions

    function moduleOf(bytes32 name) external view returns (Module memory) {
        Version storage newest = _newest[name];
        ModuleState state = _stateOf(newest);
        uint40 since = newest.activeSince;
        if (state == ModuleState.Finishing) since = newest.finishingSince;
        if (state == ModuleState.Retired) since = newest.retiredSince;
        return Module({ at: newest.at, state: state, codeHash: newest.codeHash, stateSince: since });
    }

    function versionsOf(bytes32 name) external view returns (Version[] memory versions) {
        if (_newest[name].at == address(0)) return versions;
        uint256 count = _former[name].length;
        versions = new Version[](count + 1);
        for (uint256 i = 0; i < count; ++i) versions[i] = _former[name][i];
        versions[count] = _newest[name];
    }

    function addressOf(bytes32 name) external view returns (address) {
        Version storage newest = _newest[name];
        return _stateOf(newest) == ModuleState.Retired ? address(0) : newest.at;
    }

    function stateOf(bytes32 name, address at) external view returns (ModuleState) {
        if (_newest[name].at == at) return _stateOf(_newest[name]);
        for (uint256 i = _former[name].length; i > 0; --i) {
            Version storage former = _former[name][i - 1];
            if (former.at == at) return _stateOf(former);
        }
        return ModuleState.Absent;
    }

    function names() external view returns (bytes32[] memory) {
        return _names;
    }

    // Internal

    function _list(bytes32 name, address at) private {
        if (at.code.length == 0) revert NoCode(name, at);

        if (_newest[name].at == address(0)) _names.push(name);
        _newest[name] = Version({
            at: at,
            activeSince: uint40(block.timestamp),
            finishingSince: 0,
            retiredSince: 0,
            codeHash: at.codehash
        });
        emit ModuleListed(name, at, at.codehash);
    }

    function _version(bytes32 name, uint256 version) private view returns (Version storage) {
        uint256 former = _former[name].length;
        if (version == 0 || version > former + 1 || _newest[name].at == address(0)) {
            revert NoSuchModuleVersion(name, version);
        }
        return version == former + 1 ? _newest[name] : _former[name][version - 1];
    }

    function _stateOf(Version storage version) private view returns (ModuleState) {
        if (version.at == address(0)) return ModuleState.Absent;
        if (version.finishingSince == 0) return ModuleState.Active;
        return version.retiredSince == 0 ? ModuleState.Finishing : ModuleState.Retired;
    }

    function _isGround(bytes32 name) private pure returns (bool) {
        return
            name == "Directory" ||
            name == "AgencyRegistry" ||
            name == "Council" ||
            name == "CouncilTimelock" ||
            name == "Emergencies" ||
            name == "AgencyReputation";
    }
}
