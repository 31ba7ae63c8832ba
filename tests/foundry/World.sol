// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { AgencyId, NO_AGENCY, toAgencyId } from "../../contracts/types/AgencyId.sol";
import {
    ANSWER,
    CHECK,
    DEFINED_POWERS,
    DISTRIBUTE,
    JUDGE,
    OBJECT,
    RATIFY_HIGH,
    RELEASE,
    REQUEST,
    REVIEW
} from "../../contracts/types/Powers.sol";
import { AssetClass, Measure } from "../../contracts/types/ProfileKey.sol";
import {
    FreezeProfile,
    IFreezeProfiles,
    ProfileAdoption,
    RETURN_BEFORE_JUDGMENT
} from "../../interfaces/assets/IFreezeProfiles.sol";
import { IFreezeRequests } from "../../interfaces/assets/IFreezeRequests.sol";
import { IHolds } from "../../interfaces/assets/IHolds.sol";
import { IObjections } from "../../interfaces/assets/IObjections.sol";
import { IRestitution } from "../../interfaces/assets/IRestitution.sol";
import { BaselineStandard } from "../../interfaces/evidence/IStandardsRegistry.sol";
import {
    AgencyKind,
    AppointmentTerms,
    Founder,
    IAgencyRegistry
} from "../../interfaces/membership/IAgencyRegistry.sol";
import { IGenesis } from "../../interfaces/membership/IGenesis.sol";
import { IDomain, VM } from "./Vm.sol";

/// @dev A suite of one country, built as in earnest from the published bytecode, with an officer for each hand. Nothing
///      of it is compiled here: `tools.compile check` says whether it is what the sources give.
contract World {
    uint16 public constant HOME = 702;
    uint24 public constant CHECK_WITHIN = 4 hours;
    uint24 public constant RATIFY_WITHIN = 2 days;
    uint32 public constant LONGEST = 60 days;
    uint32 public constant TOTAL = 150 days;

    bytes32 private constant ACCEPTANCE = keccak256(
        "Acceptance(uint32 agency,address officer,uint64 powers,uint40 startsAt,uint40 endsAt,"
        "uint8 qualification,uint40 qualifiedUntil,bool device,uint16 number)"
    );

    IGenesis private immutable _genesis;
    IAgencyRegistry private immutable _agencies;
    IFreezeRequests public immutable requests;
    IHolds public immutable holds;
    IObjections public immutable objections;
    IRestitution public immutable restitution;

    mapping(uint64 power => address) public officer;

    constructor() {
        (bytes32[] memory names, bytes[] memory codes) = _plan();
        Founder[] memory founders = _founders();
        BaselineStandard[] memory none = new BaselineStandard[](0);
        bytes32[] memory hashes = new bytes32[](names.length);
        for (uint256 i = 0; i < names.length; ++i) hashes[i] = keccak256(codes[i]);
        bytes memory arguments = abi.encode(names, hashes, keccak256(abi.encode(founders, none)));
        _genesis = IGenesis(_create(abi.encodePacked(_codeOf("Genesis"), arguments)));
        for (uint256 i = 0; i < names.length; ++i) _genesis.createModule(codes[i]);
        _genesis.found(founders, none);

        _agencies = IAgencyRegistry(_at("AgencyRegistry"));
        requests = IFreezeRequests(_at("FreezeRequests"));
        holds = IHolds(_at("Holds"));
        objections = IObjections(_at("Objections"));
        restitution = IRestitution(_at("Restitution"));
        _adopt();
        _appointAll();
    }

    function bank() public pure returns (AgencyId) {
        return toAgencyId(HOME, 3);
    }

    function police() public pure returns (AgencyId) {
        return toAgencyId(HOME, 2);
    }

    /// @dev The plan that `concordat suite create` has; `make test-foundry` says it.
    function _plan() private view returns (bytes32[] memory names, bytes[] memory codes) {
        string[] memory modules = VM.envString("SUITE_MODULES", ",");
        (names, codes) = (new bytes32[](modules.length), new bytes[](modules.length));
        for (uint256 i = 0; i < modules.length; ++i) {
            (names[i], codes[i]) = (bytes32(bytes(modules[i])), _codeOf(modules[i]));
        }
    }

    function _codeOf(string memory name) private view returns (bytes memory) {
        string memory path = string.concat("src/concordat/data/artifacts/", name, ".json");
        return VM.parseJsonBytes(VM.readFile(path), ".bytecode");
    }

    function _create(bytes memory initcode) private returns (address at) {
        assembly ("memory-safe") {
            at := create(0, add(initcode, 32), mload(initcode))
        }
        require(at != address(0), "not created");
    }

    function _founders() private pure returns (Founder[] memory founders) {
        AgencyKind[5] memory kinds = [
            AgencyKind.CentralAuthority,
            AgencyKind.Police,
            AgencyKind.Bank,
            AgencyKind.Court,
            AgencyKind.Regulator
        ];
        founders = new Founder[](kinds.length);
        for (uint256 i = 0; i < kinds.length; ++i) {
            founders[i] = Founder(HOME, kinds[i], VM.addr(i + 1), DEFINED_POWERS, bytes32("an agency"));
        }
    }

    function _adopt() private {
        FreezeProfile memory profile;
        (profile.longest, profile.total, profile.ratifyWithin) = (LONGEST, TOTAL, RATIFY_WITHIN);
        (profile.replyWithin, profile.checkWithin, profile.renewals) = (1 days, CHECK_WITHIN, 3);
        (profile.flags, profile.reviewWithin, profile.turnWithin) = (RETURN_BEFORE_JUDGMENT, 10 days, 1 days);
        profile.starters = uint32(REQUEST >> 8);
        (profile.ratifiers, profile.renewers) = (uint32(RATIFY_HIGH >> 8), uint32(RATIFY_HIGH >> 8));
        (profile.reviewers, profile.endorser) = (uint32(REVIEW >> 8), NO_AGENCY);
        ProfileAdoption[] memory adoptions = new ProfileAdoption[](2);
        adoptions[0] = ProfileAdoption(Measure.Freeze, AssetClass.Cash, profile);
        adoptions[1] = ProfileAdoption(Measure.StopPayment, AssetClass.Cash, profile);
        address profiles = _at("FreezeProfiles");
        VM.prank(VM.addr(1));
        IFreezeProfiles(profiles).adopt(HOME, 0, adoptions);
    }

    function _appointAll() private {
        _appoint(2, REQUEST);
        _appoint(2, RATIFY_HIGH);
        _appoint(2, RELEASE);
        _appoint(2, DISTRIBUTE);
        _appoint(3, ANSWER);
        _appoint(3, CHECK);
        _appoint(3, OBJECT);
        _appoint(4, JUDGE);
        _appoint(5, REVIEW);
    }

    function _appoint(uint16 ordinal, uint64 power) private {
        uint256 key = uint256(keccak256(abi.encode("an officer", power)));
        address account = VM.addr(key);
        uint40 end = uint40(block.timestamp + 36500 days);
        AppointmentTerms memory terms = AppointmentTerms(
            toAgencyId(HOME, ordinal),
            account,
            power,
            0,
            end,
            1,
            end,
            false,
            1
        );
        bytes32 accepted = keccak256(abi.encode(ACCEPTANCE, terms));
        bytes32 digest = keccak256(
            abi.encodePacked(hex"1901", IDomain(address(_agencies)).domainSeparator(), accepted)
        );
        (uint8 v, bytes32 r, bytes32 s) = VM.sign(key, digest);
        VM.prank(VM.addr(ordinal));
        _agencies.appoint(terms, abi.encodePacked(r, s, v));
        officer[power] = account;
    }

    function _at(bytes32 name) private view returns (address) {
        return _genesis.plannedAddressOf(name);
    }
}
