// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { BaselineStandard, IStandardsRegistry } from "../../interfaces/evidence/IStandardsRegistry.sol";
import { Founder, IAgencyRegistry } from "../../interfaces/membership/IAgencyRegistry.sol";
import { IDirectory } from "../../interfaces/membership/IDirectory.sol";
import { IGenesis } from "../../interfaces/membership/IGenesis.sol";

/// @notice See {IGenesis}, the manual.
/// @dev The modules take no constructor arguments: they ask Genesis for the Directory and find there what was created
///      before them. So the hash of an initcode is the same on every network and can be published with a release.
contract Genesis is IGenesis {
    bytes32 private constant AGENCIES = "AgencyRegistry";
    bytes32 private constant STANDARDS = "StandardsRegistry";

    bytes32 public immutable genesisId;
    bytes32 public immutable foundingHash;

    address public directory;
    bool public founded;
    uint256 private _created;
    bytes32[] private _names;
    bytes32[] private _initcodeHashes;

    /// @param names of the Directory, first, and the modules, in the order in which they depend on each other
    /// @param initcodeHashes keccak256 of each initcode
    /// @param founding keccak256(abi.encode(founders, baseline))
    constructor(bytes32[] memory names, bytes32[] memory initcodeHashes, bytes32 founding) {
        _names = names;
        _initcodeHashes = initcodeHashes;
        foundingHash = founding;
        genesisId = keccak256(
            abi.encode(block.chainid, address(this), blockhash(block.number - 1), names, initcodeHashes, founding)
        );
    }

    function createModule(bytes calldata initcode) external returns (address module) {
        uint256 index = _created;
        if (index == _names.length) revert AllModulesCreated();
        bytes32 name = _names[index];
        bytes32 given = keccak256(initcode);
        if (given != _initcodeHashes[index]) revert UnexpectedInitcode(name, _initcodeHashes[index], given);

        // Counted before creation: a constructor that called back would meet the next module, whose code it does not
        // have.
        _created = index + 1;
        module = _create(initcode);
        if (module == address(0)) revert CreationFailed(name);

        if (index == 0) directory = module;
        else IDirectory(directory).list(name, module);
        emit ModuleCreated(name, module, module.codehash);
    }

    function found(Founder[] calldata founders, BaselineStandard[] calldata baseline) external {
        if (founded) revert SuiteClosed();
        if (_created != _names.length) revert ModulesMissing(_created, _names.length);
        bytes32 given = keccak256(abi.encode(founders, baseline));
        if (given != foundingHash) revert UnexpectedFounding(foundingHash, given);

        founded = true;
        IAgencyRegistry(_module(AGENCIES)).admitFounders(founders);
        IStandardsRegistry(_module(STANDARDS)).layBaseline(baseline);
        _assertCode();
        IDirectory(directory).seal();
        emit SuiteFounded(genesisId, foundingHash);
    }

    function plannedAddressOf(bytes32 name) external view returns (address) {
        for (uint256 i = 0; i < _names.length; ++i) {
            // RLP of (this, nonce): a contract's first creation has nonce 1 (EIP-161), and a plan is short of 0x80.
            bytes memory creation = abi.encodePacked(hex"d694", address(this), uint8(i + 1));
            if (_names[i] == name) return address(uint160(uint256(keccak256(creation))));
        }
        revert NotPlanned(name);
    }

    function plan() external view returns (bytes32[] memory, bytes32[] memory) {
        return (_names, _initcodeHashes);
    }

    function _create(bytes memory initcode) private returns (address module) {
        assembly ("memory-safe") {
            module := create(0, add(initcode, 32), mload(initcode))
        }
    }

    function _assertCode() private view {
        for (uint256 i = 1; i < _names.length; ++i) {
            IDirectory.Module memory module = IDirectory(directory).moduleOf(_names[i]);
            if (module.at.codehash != module.codeHash)
                revert CodeChanged(_names[i], module.codeHash, module.at.codehash);
        }
    }

    function _module(bytes32 name) private view returns (address) {
        return IDirectory(directory).addressOf(name);
    }
}
