// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Founder } from "./IAgencyRegistry.sol";
import { BaselineStandard } from "../evidence/IStandardsRegistry.sol";

/// @title Creation of a suite
/// @notice One Genesis creates one suite: the contracts from initcode whose hashes it was given, the founding members
///         and the international baseline from data whose hash it was given. Each step may be sent by anyone, because
///         nothing about it is left to choose. After the last step it closes for good and holds no power; the
///         deployer never held any.
interface IGenesis {
    /// @notice A contract of the suite stands at `at`, created from the expected initcode.
    event ModuleCreated(bytes32 indexed name, address at, bytes32 codeHash);

    /// @notice The suite is complete and closed.
    event SuiteFounded(bytes32 indexed genesisId, bytes32 foundingHash);

    error UnexpectedInitcode(bytes32 name, bytes32 expected, bytes32 given);
    error UnexpectedFounding(bytes32 expected, bytes32 given);
    error CreationFailed(bytes32 name);
    error ModulesMissing(uint256 created, uint256 expected);
    error AllModulesCreated();
    error CodeChanged(bytes32 name, bytes32 expected, bytes32 found);
    error SuiteClosed();
    error NotPlanned(bytes32 name);

    /// @notice Creates the next module. Its constructor asks this contract for what it depends on.
    /// @param initcode creation code without arguments, exactly as published with the release
    function createModule(bytes calldata initcode) external returns (address module);

    /// @notice Admits the founders, lays down the baseline, asserts every code hash, seals the Directory and closes.
    function found(Founder[] calldata founders, BaselineStandard[] calldata baseline) external;

    /// @notice What tells this suite from every other, on any chain: hash of chain id, this address, parent block hash,
    ///         initcode hashes and founding hash. The salt of every signature's domain (EIP-712).
    function genesisId() external view returns (bytes32);

    function directory() external view returns (address);

    function founded() external view returns (bool);

    /// @notice keccak256(abi.encode(founders, baseline)) as fixed at creation.
    function foundingHash() external view returns (bytes32);

    /// @notice Where a module stands or will stand: the address follows from this contract's and the module's place in
    ///         the plan (CREATE). So two modules can know each other for ever, although one is created first.
    /// @dev A known address of code to come is a hidden key only where somebody can still choose the code; here its
    ///      hash was fixed with the plan. Reverts with {NotPlanned}.
    function plannedAddressOf(bytes32 name) external view returns (address);

    /// @notice The modules in the order of their creation, with the expected hash of each initcode.
    function plan() external view returns (bytes32[] memory names, bytes32[] memory initcodeHashes);
}
