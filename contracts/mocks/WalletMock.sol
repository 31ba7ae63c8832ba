// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { IERC1271 } from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import { ECDSA } from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @dev For tests: an agency's or officer's contract wallet with one key, which signs by ERC-1271 and calls for it.
contract WalletMock is IERC1271 {
    address private immutable _key;

    error NotTheKey();

    constructor(address key) {
        _key = key;
    }

    function execute(address to, bytes calldata data) external {
        if (msg.sender != _key) revert NotTheKey();
        // solhint-disable-next-line avoid-low-level-calls
        (bool success, bytes memory answer) = to.call(data);
        if (!success) {
            assembly ("memory-safe") {
                revert(add(answer, 32), mload(answer))
            }
        }
    }

    function isValidSignature(bytes32 digest, bytes calldata signature) external view returns (bytes4) {
        return ECDSA.recover(digest, signature) == _key ? IERC1271.isValidSignature.selector : bytes4(0);
    }
}
