// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @notice What an assessment of declared facts comes to. None of these is a court's ruling.
/// @dev    NoStandard       the forum has no standard for such a collection at that time
///         Conforms         nothing is missing
///         ConformsWithNote only what is noted is missing, or something was cured
///         Curable          recorded; what is missing can be cured
///         Preserved        refused at home, but the international baseline is met: kept, never as conforming
///         Refused          never stored
enum Verdict {
    NoStandard,
    Conforms,
    ConformsWithNote,
    Curable,
    Preserved,
    Refused
}
