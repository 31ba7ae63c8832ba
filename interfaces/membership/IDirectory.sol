// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @title The one address a client needs
/// @notice Names of contracts to their addresses, states and code hashes. Sealed at the end of the suite's creation;
///         afterwards the Council alone lists new versions. No code is ever replaced: a former version finishes what it
///         began, and stays readable. What a module records after it became Finishing and that begins anything is void;
///         no module looks itself up to refuse it (docs/adr/0011-council.md).
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
        uint40 stateSince;
    }

    /// @dev One version of a module. Times are zero where they have not come.
    struct Version {
        address at;
        uint40 activeSince;
        uint40 finishingSince;
        uint40 retiredSince;
        bytes32 codeHash;
    }

    event ModuleListed(bytes32 indexed name, address indexed at, bytes32 codeHash);
    event ModuleStateChanged(bytes32 indexed name, uint256 version, ModuleState state);
    event DirectorySealed(bytes32 indexed genesisId);

    error NotGenesis(address caller);
    error NotTheCouncil(address caller);
    error IsGround(bytes32 name);
    error CodeDiffers(bytes32 name, bytes32 expected, bytes32 found);
    error NoSuchModuleVersion(bytes32 name, uint256 version);
    error StateOnlyForward(bytes32 name, ModuleState moduleState, ModuleState wanted);
    error DirectoryIsSealed();
    error AlreadyListed(bytes32 name, address at);
    error NoCode(bytes32 name, address at);

    /// @notice Lists a module as active. Genesis only, before sealing.
    function list(bytes32 name, address at) external;

    /// @notice Ends all listing. Genesis only.
    function seal() external;

    // The Council, through its timelock

    /// @notice Lists a module, or a new version of one: the former becomes Finishing. Never of the ground (Directory,
    ///         AgencyRegistry, Council, CouncilTimelock, Emergencies, AgencyReputation).
    /// @param codeHash keccak256 of the code that was voted on; another stands there: {CodeDiffers}
    function listVersion(bytes32 name, address at, bytes32 codeHash) external;

    /// @notice Moves a version on: Active, Finishing, Retired; never back. Never of the ground.
    function setState(bytes32 name, uint256 version, ModuleState state) external;

    // Questions

    /// @return the newest version; the zero module, state Absent, where the name is not listed
    function moduleOf(bytes32 name) external view returns (Module memory);

    /// @return all versions; the first is number 1
    function versionsOf(bytes32 name) external view returns (Version[] memory);

    /// @return the address of the newest version, active or finishing; zero where there is none
    function addressOf(bytes32 name) external view returns (address);

    /// @return the state of the version of a module that stands at an address; Absent where none of its versions does
    function stateOf(bytes32 name, address at) external view returns (ModuleState);

    function names() external view returns (bytes32[] memory);

    function genesisId() external view returns (bytes32);

    function genesis() external view returns (address);

    function isSealed() external view returns (bool);
}
