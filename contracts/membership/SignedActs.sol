// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { ECDSA } from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import { MessageHashUtils } from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import { SignatureChecker } from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

/// @title The one signature pattern (EIP-712, ERC-1271)
/// @notice Domain: name "Concordat", version "1", chain id, this contract, salt = id of the suite's genesis. The salt
///         tells apart suites that stand at the same address of chains with the same id, as local chains do.
/// @dev    OpenZeppelin's EIP712 knows no salt, hence this one.
abstract contract SignedActs {
    bytes32 private constant DOMAIN_TYPE = keccak256(
        "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract,bytes32 salt)"
    );
    bytes32 private constant NAME = keccak256("Concordat");
    bytes32 private constant VERSION = keccak256("1");

    uint256 private constant KEY_SIGNATURE_BYTES = 65; // r, s, v

    bytes32 internal immutable _genesisId;
    uint256 private immutable _chainId;
    bytes32 private immutable _separator;

    constructor(bytes32 genesisId) {
        _genesisId = genesisId;
        _chainId = block.chainid;
        _separator = _computeSeparator(genesisId);
    }

    /// @notice The EIP-712 domain separator; computed anew if the chain was split and carries another id now.
    function domainSeparator() public view returns (bytes32) {
        return block.chainid == _chainId ? _separator : _computeSeparator(_genesisId);
    }

    function _digest(bytes32 structHash) internal view returns (bytes32) {
        return MessageHashUtils.toTypedDataHash(domainSeparator(), structHash);
    }

    /// @dev True for the key's own signature and for a contract wallet that answers ERC-1271. The key is tried first:
    ///      to ask whether an address has code costs as much as to recover a signature.
    function _isSignedBy(address signer, bytes32 structHash, bytes calldata signature) internal view returns (bool) {
        bytes32 digest = _digest(structHash);
        if (signature.length == KEY_SIGNATURE_BYTES) {
            (bytes32 r, bytes32 s) = abi.decode(signature, (bytes32, bytes32));
            uint8 v = uint8(signature[KEY_SIGNATURE_BYTES - 1]);
            // slither-disable-next-line unused-return // why it is no signature does not matter
            (address recovered, ECDSA.RecoverError fault, ) = ECDSA.tryRecover(digest, v, r, s);
            if (fault == ECDSA.RecoverError.NoError && recovered == signer) return true;
        }
        return SignatureChecker.isValidERC1271SignatureNow(signer, digest, signature);
    }

    function _computeSeparator(bytes32 genesisId) private view returns (bytes32) {
        return keccak256(abi.encode(DOMAIN_TYPE, NAME, VERSION, block.chainid, address(this), genesisId));
    }
}
