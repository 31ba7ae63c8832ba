// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Obligations } from "./Obligations.sol";

/// @notice See {IAgreementRegistry}, the manual.
contract AgreementRegistry is Obligations {}
