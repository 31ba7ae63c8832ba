// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {
    FreezeProfile,
    IFreezeProfiles,
    ProfileAdoption,
    RETURN_BEFORE_JUDGMENT
} from "../../interfaces/assets/IFreezeProfiles.sol";
import { AgencyKind, IAgencyRegistry } from "../../interfaces/membership/IAgencyRegistry.sol";
import { IGenesis } from "../../interfaces/membership/IGenesis.sol";
import { AgencyId, NO_AGENCY } from "../types/AgencyId.sol";
import { pack, Rest, Terms, unpack } from "../types/PackedProfile.sol";
import { PHASES, RATIFY, RATIFY_HIGH } from "../types/Powers.sol";
import { AssetClass, Measure, ProfileKey, toProfileKey } from "../types/ProfileKey.sol";
import { Institutions } from "./Institutions.sol";

/// @notice See {IFreezeProfiles}, the manual.
contract FreezeProfiles is IFreezeProfiles {
    /// @dev Of any version but the first: no shortening or stretching of deadlines unseen.
    uint40 private constant NOTICE = 7 days;
    uint32 private constant RANKS = uint32((RATIFY | RATIFY_HIGH) >> 8);

    IAgencyRegistry private immutable _agencies;

    /// @dev Of the newest version, once more: what most requests need in one read.
    mapping(ProfileKey key => Terms) private _newest;
    mapping(ProfileKey key => mapping(uint16 version => Terms)) private _terms;
    mapping(ProfileKey key => mapping(uint16 version => Rest)) private _rests;

    constructor() {
        _agencies = IAgencyRegistry(IGenesis(msg.sender).plannedAddressOf("AgencyRegistry"));
    }

    // A central authority for its jurisdiction

    function adopt(uint16 jurisdiction, bytes32 rules, ProfileAdoption[] calldata adoptions) external {
        // slither-disable-next-line unused-return // reverts for anyone else
        _agencies.authorityOf(msg.sender, jurisdiction);

        for (uint256 i = 0; i < adoptions.length; ++i) _adopt(jurisdiction, rules, adoptions[i]);
    }

    function cancel(ProfileKey key) external {
        // slither-disable-next-line unused-return // reverts for anyone else
        _agencies.authorityOf(msg.sender, key.jurisdiction());
        uint16 version = versionCount(key);
        // What is in force may have been relied upon. A first version that is not would bar every other until then.
        if (version == 0 || _terms[key][version].from() <= block.timestamp) revert NoProfilePending(key);

        _terms[key][version] = Terms.wrap(0);
        _rests[key][version] = Rest.wrap(0);
        _renew(key, version - 1, _terms[key][version - 1].withUntil(0));
        emit ProfileCancelled(key, version);
    }

    // Questions

    function current(ProfileKey key) external view returns (uint16 version, FreezeProfile memory profile) {
        version = termsNow(key).version();
        profile = unpack(_terms[key][version], _rests[key][version]);
    }

    function termsNow(ProfileKey key) public view returns (Terms terms) {
        terms = _newest[key];
        // Announced and not yet in force: the one before.
        if (terms.from() > block.timestamp) terms = _terms[key][versionInForce(key, uint40(block.timestamp))];
        if (terms.isNone()) revert NoProfile(key);
    }

    function profileAt(ProfileKey key, uint16 version) external view returns (FreezeProfile memory) {
        Terms terms = _terms[key][version];
        if (terms.isNone()) revert NoSuchProfileVersion(key, version);
        return unpack(terms, _rests[key][version]);
    }

    function versionCount(ProfileKey key) public view returns (uint16) {
        return _newest[key].version();
    }

    function versionInForce(ProfileKey key, uint40 at) public view returns (uint16 version) {
        for (version = versionCount(key); version > 0; --version) {
            if (_terms[key][version].from() <= at) return version;
        }
    }

    // Internal

    function _adopt(uint16 jurisdiction, bytes32 rules, ProfileAdoption calldata adoption) private {
        if (adoption.measure == Measure.None || adoption.assetClass == AssetClass.None)
            revert UnknownKind(adoption.measure, adoption.assetClass);
        ProfileKey key = toProfileKey(jurisdiction, adoption.measure, adoption.assetClass);
        FreezeProfile calldata profile = adoption.profile;
        _requireTimes(key, profile);
        _requireRoles(key, profile);
        _requireOwnHold(key, profile);
        if (profile.until != 0) revert ProfileUntilGiven(key);
        if (profile.flags & ~RETURN_BEFORE_JUDGMENT != 0) revert FlagsUndefined(key, profile.flags);
        uint16 version = _requireNotice(key, profile.from);

        if (version > 1) _terms[key][version - 1] = _terms[key][version - 1].withUntil(profile.from);
        Terms terms;
        (terms, _rests[key][version]) = pack(profile);
        _renew(key, version, terms.withVersion(version));
        emit ProfileAdopted(key, version, profile, rules);
    }

    function _renew(ProfileKey key, uint16 version, Terms terms) private {
        _terms[key][version] = terms;
        _newest[key] = terms;
    }

    function _requireTimes(ProfileKey key, FreezeProfile calldata profile) private pure {
        if (profile.longest == 0) revert NoPeriod(key);
        if (profile.total != 0 && profile.total < profile.longest)
            revert TotalBelowPeriod(key, profile.total, profile.longest);
        bool missing =
            profile.ratifyWithin == 0 ||
                profile.replyWithin == 0 ||
                profile.checkWithin == 0 ||
                profile.reviewWithin == 0 ||
                profile.turnWithin == 0;
        if (missing) revert DeadlineMissing(key);
    }

    /// @dev Whoever starts neither ratifies nor reviews: only powers of which one officer never has two are of use for
    ///      that, and the two ranks that ratify are one. The endorser answers to nobody's request itself.
    function _requireRoles(ProfileKey key, FreezeProfile calldata profile) private view {
        (uint32 starters, uint32 ratifiers) = (profile.starters, profile.ratifiers);
        (uint32 renewers, uint32 reviewers) = (profile.renewers, profile.reviewers);
        if (starters == 0 || ratifiers == 0 || renewers == 0 || reviewers == 0) revert RolesMissing(key);
        uint32 undefined = (starters | ratifiers | renewers | reviewers) & ~uint32(PHASES >> 8);
        if (undefined != 0) revert RolesUndefined(key, undefined);
        uint32 overlap = starters & (ratifiers | reviewers);
        if (overlap == 0 && starters & RANKS != 0 && (ratifiers | reviewers) & RANKS != 0) overlap = RANKS;
        if (overlap != 0) revert RolesOverlap(key, overlap);
        AgencyId endorser = profile.endorser;
        if (endorser != NO_AGENCY && !_isFitEndorser(endorser, key.jurisdiction())) revert UnfitEndorser(key, endorser);
    }

    function _isFitEndorser(AgencyId endorser, uint16 jurisdiction) private view returns (bool) {
        if (endorser.jurisdiction() != jurisdiction) return false;
        AgencyKind kind = _agencies.agencyOf(endorser).kind;
        return kind != AgencyKind.None && !Institutions.isKind(kind);
    }

    /// @dev Only a stop-payment can be an institution's own, and an extension never ends before what it extends.
    function _requireOwnHold(ProfileKey key, FreezeProfile calldata profile) private pure {
        (uint24 ownHold, uint24 ownTotal) = (profile.ownHold, profile.ownTotal);
        bool stray = ownHold != 0 && key.measure() != Measure.StopPayment;
        if (stray || (ownTotal != 0 && (ownHold == 0 || ownTotal < ownHold))) revert OwnHoldMisdeclared(key);
    }

    /// @return version the number of the version to be stored
    function _requireNotice(ProfileKey key, uint40 from) private view returns (uint16 version) {
        version = versionCount(key) + 1;
        if (version == 1) return version;
        uint40 pendingFrom = _terms[key][version - 1].from();
        if (pendingFrom > block.timestamp) revert ProfilePending(key, version - 1, pendingFrom);
        uint40 earliest = uint40(block.timestamp) + NOTICE;
        if (from < earliest) revert ProfileNoticeTooShort(key, from, earliest);
    }
}
