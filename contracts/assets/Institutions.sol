// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { AgencyKind, IAgencyRegistry } from "../../interfaces/membership/IAgencyRegistry.sol";
import { AgencyId } from "../types/AgencyId.sol";

/// @notice Which agencies hold other people's money or accounts and answer for them.
library Institutions {
    function isOne(IAgencyRegistry agencies, AgencyId agency) internal view returns (bool) {
        return isKind(agencies.agencyOf(agency).kind);
    }

    function isKind(AgencyKind kind) internal pure returns (bool) {
        return
            kind == AgencyKind.Bank ||
            kind == AgencyKind.PaymentInstitution ||
            kind == AgencyKind.Platform ||
            kind == AgencyKind.TelecomOperator;
    }
}
