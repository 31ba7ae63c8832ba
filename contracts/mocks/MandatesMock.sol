// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { IMandates } from "../../interfaces/cooperation/IMandates.sol";
import { AgencyId } from "../types/AgencyId.sol";

/// @dev For tests of the question alone: covers whatever cites a mandate by the hash of what it covers.
contract MandatesMock is IMandates {
    function covers(
        bytes32 mandate,
        AgencyId agency,
        uint16 place,
        uint16 dataLocation,
        uint40 at,
        uint8 method
    ) external pure returns (bool) {
        return mandate == keccak256(abi.encode(agency, place, dataLocation, at, method));
    }
}
