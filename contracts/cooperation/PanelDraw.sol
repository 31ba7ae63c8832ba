// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @notice Who decides: a draw that anybody can repeat.
library PanelDraw {
    uint256 private constant MOST = 3;

    /// @return others those of the members that are neither, in their order
    function without(uint16[] memory members, uint16 one, uint16 other) internal pure returns (uint16[] memory others) {
        uint256 count = 0;
        others = new uint16[](members.length);
        for (uint256 i = 0; i < members.length; ++i) {
            if (members[i] != one && members[i] != other) others[count++] = members[i];
        }
        _shorten(others, count);
    }

    /// @notice The first steps of a Fisher-Yates shuffle. Step i takes the place keccak256(abi.encode(seed, i)) modulo
    ///         what is left.
    /// @return panel at most three of the candidates; their array, used up
    function draw(uint16[] memory candidates, bytes32 seed) internal pure returns (uint16[] memory panel) {
        uint256 size = candidates.length < MOST ? candidates.length : MOST;
        for (uint256 i = 0; i < size; ++i) {
            uint256 at = i + (uint256(keccak256(abi.encode(seed, i))) % (candidates.length - i));
            (candidates[i], candidates[at]) = (candidates[at], candidates[i]);
        }
        panel = candidates;
        _shorten(panel, size);
    }

    function _shorten(uint16[] memory list, uint256 length) private pure {
        assembly ("memory-safe") {
            mstore(list, length)
        }
    }
}
