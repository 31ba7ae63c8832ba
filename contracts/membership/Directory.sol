// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { IDirectory } from "../../interfaces/membership/IDirectory.sol";
import { IGenesis } from "../../interfaces/membership/IGenesis.sol";

/// @notice See {IDirectory}, the manual.
contract Directory is IDirectory {
    address public immutable genesis;
    bytes32 public immutable genesisId;

    bool public isSealed;
    bytes32[] private _names;
    mapping(bytes32 name => Module) private _modules;

    constructor() {
        genesis = msg.sender;
        genesisId = IGenesis(msg.sender).genesisId();
    }

    modifier onlyGenesis() {
        if (msg.sender != genesis) revert NotGenesis(msg.sender);
        if (isSealed) revert DirectoryIsSealed();
        _;
    }

    function list(bytes32 name, address at) external onlyGenesis {
        if (_modules[name].at != address(0)) revert AlreadyListed(name, _modules[name].at);
        if (at.code.length == 0) revert NoCode(name, at);

        _names.push(name);
        _modules[name] = Module({ at: at, state: ModuleState.Active, codeHash: at.codehash });
        emit ModuleListed(name, at, at.codehash);
    }

    function seal() external onlyGenesis {
        isSealed = true;
        emit DirectorySealed(genesisId);
    }

    function moduleOf(bytes32 name) external view returns (Module memory) {
        return _modules[name];
    }

    function addressOf(bytes32 name) external view returns (address) {
        Module storage module = _modules[name];
        return module.state == ModuleState.Active || module.state == ModuleState.Finishing ? module.at : address(0);
    }

    function names() external view returns (bytes32[] memory) {
        return _names;
    }
}
