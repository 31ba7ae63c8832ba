// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @title The one address a client needs
/// @notice Names of contracts to their addresses, states and code hashes. Sealed at the end of the suite's creation;
///         in a suite without Council nothing can change afterwards.
interface IDirectory {
    /// @dev Absent     no such module
    ///      Active     takes new objects
    ///      Finishing  only finishes what it began
    ///      Retired    read only
    enum ModuleState {
        Absent,
        Active,
        Finishing,
        Retired
    }

    struct Module {
        address at;
        ModuleState state;
        bytes32 codeHash;
    }

    event ModuleListed(bytes32 indexed name, address indexed at, bytes32 codeHash);
    event DirectorySealed(bytes32 indexed genesisId);

    error NotGenesis(address caller);
    error DirectoryIsSealed();
    error AlreadyListed(bytes32 name, address at);
    error NoCode(bytes32 name, address at);

    /// @notice Lists a module as active. Genesis only, before sealing.
    function list(bytes32 name, address at) external;

    /// @notice Ends all listing. Genesis only.
    function seal() external;

    /// @return the zero module, state Absent, where the name is not listed
    function moduleOf(bytes32 name) external view returns (Module memory);

    /// @return the address of an active or finishing module, zero where there is none
    function addressOf(bytes32 name) external view returns (address);

    function names() external view returns (bytes32[] memory);

    function genesisId() external view returns (bytes32);

    function genesis() external view returns (address);

    function isSealed() external view returns (bool);
}
