// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { AgencyId } from "../../contracts/types/AgencyId.sol";

/// @title Does this request cover this collection?
/// @notice The one question that evidence asks of cooperation. Whoever implements it is listed in the Directory under
///         "Mandates"; while nobody is, nothing can be registered that was collected or held abroad.
interface IMandates {
    /// @param mandate id of the assistance request
    /// @param agency that collected
    /// @param place where it was collected, ISO 3166-1 numeric
    /// @param dataLocation where the data were held
    /// @param at when the collection started, seconds since 1970 UTC
    /// @param method how it was collected
    function covers(
        bytes32 mandate,
        AgencyId agency,
        uint16 place,
        uint16 dataLocation,
        uint40 at,
        uint8 method
    ) external view returns (bool);
}
