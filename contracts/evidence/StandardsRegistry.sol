// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { Adoption, BaselineStandard, IStandardsRegistry } from "../../interfaces/evidence/IStandardsRegistry.sol";
import { IAgencyRegistry } from "../../interfaces/membership/IAgencyRegistry.sol";
import { IDirectory } from "../../interfaces/membership/IDirectory.sol";
import { IGenesis } from "../../interfaces/membership/IGenesis.sol";
import { Assessment, toAssessment } from "../types/Assessment.sol";
import { Facts } from "../types/Facts.sol";
import { REASON_NO_STANDARD, Reasons } from "../types/Reasons.sol";
import { Core, Extension } from "../types/Standard.sol";
import {
    BASELINE_FORUM,
    DOMESTIC,
    FOREIGN,
    keyFor,
    METHOD_OTHER,
    StandardKey,
    toStandardKey
} from "../types/StandardKey.sol";
import { Verdict } from "../types/Verdict.sol";
import { Adoptability } from "./Adoptability.sol";
import { Judgement } from "./Judgement.sol";

/// @notice See {IStandardsRegistry}, the manual.
contract StandardsRegistry is IStandardsRegistry {
    /// @dev Of any version but the first: no adopting, registering and restoring unseen.
    uint40 private constant NOTICE = 7 days;

    address private immutable _genesis;
    IAgencyRegistry private immutable _agencies;

    mapping(StandardKey key => mapping(uint16 version => Core)) private _cores;
    mapping(StandardKey key => mapping(uint16 version => Extension)) private _extensions;
    mapping(StandardKey key => uint16) public versionCount;
    bool private _baselineClosed;

    constructor() {
        _genesis = msg.sender;
        IDirectory directory = IDirectory(IGenesis(msg.sender).directory());
        _agencies = IAgencyRegistry(directory.addressOf("AgencyRegistry"));
    }

    // Creation of the suite

    function layBaseline(BaselineStandard[] calldata baseline) external {
        if (msg.sender != _genesis) revert NotGenesis(msg.sender);
        if (_baselineClosed) revert BaselineClosed();

        _baselineClosed = true;
        for (uint256 i = 0; i < baseline.length; ++i) {
            StandardKey key = toStandardKey(BASELINE_FORUM, DOMESTIC, baseline[i].method);
            Adoptability.requireWellFormed(key, baseline[i].core, baseline[i].extension);
            _store(key, 1, baseline[i].core, baseline[i].extension, 0);
        }
    }

    // A central authority for its jurisdiction

    function adopt(uint16 forum, bytes32 rules, Adoption[] calldata adoptions) external {
        if (forum == BASELINE_FORUM || forum > 999) revert NotAdoptable(forum);
        // slither-disable-next-line unused-return // reverts for anyone else
        _agencies.authorityOf(msg.sender, forum);

        for (uint256 i = 0; i < adoptions.length; ++i) _adopt(forum, rules, adoptions[i]);
        _requireCoverage(forum, DOMESTIC);
        _requireCoverage(forum, FOREIGN);
    }

    function cancel(StandardKey key) external {
        // slither-disable-next-line unused-return // reverts for anyone else
        _agencies.authorityOf(msg.sender, key.forum());
        uint16 version = versionCount[key];
        // The first version has nothing before it to reopen, and may already have been relied upon.
        if (version < 2 || _cores[key][version].from() <= block.timestamp) revert NothingPending(key);

        versionCount[key] = version - 1;
        _cores[key][version] = Core.wrap(0);
        _extensions[key][version] = Extension.wrap(0);
        _cores[key][version - 1] = _cores[key][version - 1].withUntil(0);
        emit AdoptionCancelled(key, version);
        _requireCoverage(key.forum(), key.origin());
    }

    // Judgement

    function check(Facts facts, uint16 forum, uint40 at) external view returns (Assessment memory) {
        StandardKey key = keyFor(facts, forum);
        uint16 version = versionInForce(key, facts.startedAt());
        if (version == 0) {
            return
                Assessment({
                    verdict: Verdict.NoStandard,
                    version: 0,
                    fatal: REASON_NO_STANDARD,
                    curable: 0,
                    noted: 0
                });
        }
        return toAssessment(_judge(facts, forum, version, at), version);
    }

    function checkVersion(Facts facts, uint16 forum, uint16 version, uint40 at) external view returns (Reasons) {
        return _judge(facts, forum, version, at);
    }

    // Questions

    function standardAt(StandardKey key, uint16 version) external view returns (Core, Extension) {
        if (version == 0 || version > versionCount[key]) revert NoSuchVersion(key, version);
        return (_cores[key][version], _extensions[key][version]);
    }

    function versionInForce(StandardKey key, uint40 at) public view returns (uint16 version) {
        for (version = versionCount[key]; version > 0; --version) {
            if (_cores[key][version].from() <= at) return version;
        }
    }

    // Internal

    function _judge(Facts facts, uint16 forum, uint16 version, uint40 at) private view returns (Reasons) {
        StandardKey key = keyFor(facts, forum);
        Core core = _cores[key][version];
        uint40 startedAt = facts.startedAt();
        bool open = core.until() == 0 || startedAt < core.until();
        if (Core.unwrap(core) == 0 || startedAt < core.from() || !open)
            revert StandardNotInForce(key, version, startedAt);

        Extension extension = Judgement.needsExtension(facts, core, at) ? _extensions[key][version] : Extension.wrap(0);
        return Judgement.judge(facts, forum, core, extension, at);
    }

    function _adopt(uint16 forum, bytes32 rules, Adoption calldata adoption) private {
        if (adoption.origin > FOREIGN) revert UnknownOrigin(adoption.origin);
        if (adoption.method > METHOD_OTHER) revert UnknownMethod(adoption.method);
        StandardKey key = toStandardKey(forum, adoption.origin, adoption.method);
        Adoptability.requireWellFormed(key, adoption.core, adoption.extension);
        _requireAtLeastBaseline(key, adoption.core, adoption.extension);
        uint16 version = _requireNotice(key, adoption.core.from());

        if (version > 1) _cores[key][version - 1] = _cores[key][version - 1].withUntil(adoption.core.from());
        _store(key, version, adoption.core, adoption.extension, rules);
    }

    function _store(StandardKey key, uint16 version, Core core, Extension extension, bytes32 rules) private {
        versionCount[key] = version;
        _cores[key][version] = core;
        _extensions[key][version] = extension;
        emit StandardAdopted(key, version, core, extension, rules);
    }

    function _requireAtLeastBaseline(StandardKey key, Core core, Extension extension) private view {
        StandardKey baselineKey = toStandardKey(BASELINE_FORUM, DOMESTIC, key.method());
        if (versionCount[baselineKey] == 0) revert NoBaseline(key.method());
        Adoptability.requireAtLeast(key, core, extension, _cores[baselineKey][1], _extensions[baselineKey][1]);
    }

    /// @dev Whoever calls his method OTHER must gain nothing, at any time: whenever a version of a method and one of
    ///      METHOD_OTHER are in force together, that of OTHER is at least as strict. Asked after every change, because
    ///      what is strict enough alone may not be beside its neighbours.
    function _requireCoverage(uint16 forum, uint8 origin) private view {
        StandardKey other = toStandardKey(forum, origin, METHOD_OTHER);
        for (uint8 method = 0; method < METHOD_OTHER; ++method) {
            StandardKey key = toStandardKey(forum, origin, method);
            uint16 newest = versionCount[key];
            if (newest == 0) continue;
            if (versionCount[other] == 0) revert OtherMissing(key);
            _requireVersionCovered(key, newest, other);
            // The one before is still in force while the newest is pending.
            if (newest > 1) _requireVersionCovered(key, newest - 1, other);
        }
    }

    function _requireVersionCovered(StandardKey key, uint16 version, StandardKey other) private view {
        Core core = _cores[key][version];
        uint16 newest = versionCount[other];
        for (uint16 i = newest > 1 ? newest - 1 : newest; i <= newest; ++i) {
            Core otherCore = _cores[other][i];
            if (core.overlaps(otherCore)) Adoptability.requireCovered(key, core, otherCore);
        }
    }

    /// @return version the number of the version to be stored
    function _requireNotice(StandardKey key, uint40 from) private view returns (uint16 version) {
        version = versionCount[key] + 1;
        if (version == 1) return version;
        uint40 pendingFrom = _cores[key][version - 1].from();
        if (pendingFrom > block.timestamp) revert VersionPending(key, version - 1, pendingFrom);
        uint40 earliest = uint40(block.timestamp) + NOTICE;
        if (from < earliest) revert NoticeTooShort(key, from, earliest);
    }
}
