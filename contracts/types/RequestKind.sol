// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @dev What one agency may ask another for. Numbers are never used again. The law behind each, and what its request
///      has to say, is in the client's `cooperation/law`.
enum RequestKind {
    None,
    PoliceInformation, // 1 non-coercive information, police to police
    VerifyPersons, // 2 who are they: yes, no, in part
    ObserveSite, // 3 watch a place in advance
    PreserveData, // 4 Budapest Convention arts 16, 29; UN Convention against Cybercrime arts 25, 42
    DiscloseTraffic, // 5 Budapest arts 17, 30
    DiscloseSubscriber, // 6 Second Protocol arts 7, 8
    EmergencyDisclosure, // 7 Second Protocol arts 9, 10
    DataExchange, // 8 case data between the two
    Evidence, // 9 taking of evidence
    ServiceOfDocuments, // 10
    Witness, // 11 hearing, also by video
    SearchArrest, // 12
    FreezeAssets, // 13
    RecoverAssets, // 14 confiscation and return
    Extradition, // 15
    Repatriation, // 16
    JointTeam, // 17
    TransferProceedings, // 18
    ProductionOrder // 19 direct order to a provider (EU 2023/1543, GB overseas production order)
}

uint8 constant LAST_REQUEST_KIND = 19;

/// @dev Kinds that go from agency to agency. All others are coercive: they leave through the own central authority and
///      arrive at the other's (IMLA arts 5, 6; Budapest art 27(2)).
uint256 constant DIRECT_KINDS = (1 << 1) | (1 << 2) | (1 << 3) | (1 << 4) | (1 << 7) | (1 << 8);

/// @dev Kinds that need no agreement: information between police (INTERPOL channels; MPS Procedure art 374).
uint256 constant POLICE_KINDS = (1 << 1) | (1 << 2) | (1 << 3);

/// @dev For what a country names contact points, as far as direct kinds go (`Competence` of the client).
uint8 constant ALWAYS_REACHABLE = 1;
uint8 constant POLICE_COOPERATION = 3;
uint8 constant DATA_PRESERVATION = 4;

/// @return the competence of the contact point that receives a direct kind
function competenceOf(RequestKind kind) pure returns (uint8) {
    if (kind == RequestKind.PreserveData) return DATA_PRESERVATION;
    return kind == RequestKind.EmergencyDisclosure ? ALWAYS_REACHABLE : POLICE_COOPERATION;
}

function isDirect(RequestKind kind) pure returns (bool) {
    return DIRECT_KINDS & (1 << uint8(kind)) != 0;
}

function isForPolice(RequestKind kind) pure returns (bool) {
    return POLICE_KINDS & (1 << uint8(kind)) != 0;
}
