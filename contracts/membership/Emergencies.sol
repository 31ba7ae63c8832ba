// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { IAgencyRegistry } from "../../interfaces/membership/IAgencyRegistry.sol";
import { IEmergencies, Support } from "../../interfaces/membership/IEmergencies.sol";
import { IGenesis } from "../../interfaces/membership/IGenesis.sol";
import { Source, Suspension } from "../../interfaces/membership/IMembership.sol";
import { AgencyId } from "../types/AgencyId.sol";

/// @notice See {IEmergencies}, the manual.
contract Emergencies is IEmergencies {
    uint40 private constant COUNTS_FOR = 3 days;
    uint40 private constant SUSPENDED_FOR = 14 days;
    uint40 private constant AGAIN_AFTER = 180 days;
    uint256 private constant FEWEST = 2;

    IAgencyRegistry private immutable _agencies;

    mapping(AgencyId target => Support[]) private _supports;
    mapping(AgencyId target => uint40) public lastEmergency;

    constructor() {
        _agencies = IAgencyRegistry(IGenesis(msg.sender).plannedAddressOf("AgencyRegistry"));
    }

    function support(AgencyId target, bytes32 reason) external {
        uint16 jurisdiction = _agencies.votingJurisdiction(msg.sender);
        if (_agencies.agencyOf(target).account == address(0)) revert NoSuchAgency(target);
        if (target.jurisdiction() == jurisdiction) revert OwnJurisdiction(target);
        _requireDue(target);

        uint40 present = uint40(block.timestamp);
        Support[] storage all = _supports[target];
        _dropWhatIsOver(all);
        (bool given, uint256 index) = _find(all, jurisdiction);
        if (given) revert AlreadySupported(target, jurisdiction, all[index].since + COUNTS_FOR);
        all.push(Support({ jurisdiction: jurisdiction, since: present }));
        uint256 needed = neededFor(target);
        emit SupportGiven(target, jurisdiction, reason, all.length, needed);
        if (all.length < needed) return;

        delete _supports[target];
        lastEmergency[target] = present;
        emit SuspendedInEmergency(target, present + SUSPENDED_FOR);
        _agencies.suspendInEmergency(target, present + SUSPENDED_FOR, reason);
    }

    function withdrawSupport(AgencyId target) external {
        uint16 jurisdiction = _agencies.votingJurisdiction(msg.sender);
        Support[] storage all = _supports[target];
        _dropWhatIsOver(all);
        (bool given, uint256 index) = _find(all, jurisdiction);
        if (!given) revert NoSupport(target, jurisdiction);

        _drop(all, index);
        emit SupportWithdrawn(target, jurisdiction);
    }

    function supportsOf(AgencyId target) external view returns (Support[] memory counting) {
        Support[] storage all = _supports[target];
        uint256 count = 0;
        for (uint256 i = 0; i < all.length; ++i) if (_counts(all[i])) ++count;
        counting = new Support[](count);
        count = 0;
        for (uint256 i = 0; i < all.length; ++i) if (_counts(all[i])) counting[count++] = all[i];
    }

    function neededFor(AgencyId target) public view returns (uint256) {
        uint48 present = uint48(block.timestamp);
        uint256 others = _agencies.membersAt(present);
        if (_agencies.wasMemberAt(target.jurisdiction(), present)) --others;
        uint256 third = (others + 2) / 3;
        return third < FEWEST ? FEWEST : third;
    }

    /// @dev Once in a while only, unless the Council, by a vote, suspended the same target since.
    function _requireDue(AgencyId target) private view {
        uint40 last = lastEmergency[target];
        if (last == 0 || block.timestamp >= last + AGAIN_AFTER) return;
        Suspension[] memory orders = _agencies.suspensionsBy(target, Source.Council);
        bool confirmed = orders.length != 0 && orders[orders.length - 1].from > last;
        if (!confirmed) revert TooSoon(target, last + AGAIN_AFTER);
    }

    /// @dev Backwards, because the last takes the place of the one that goes.
    function _dropWhatIsOver(Support[] storage all) private {
        for (uint256 i = all.length; i > 0; --i) if (!_counts(all[i - 1])) _drop(all, i - 1);
    }

    function _drop(Support[] storage all, uint256 index) private {
        all[index] = all[all.length - 1];
        all.pop();
    }

    /// @dev For 3 days, and only while its jurisdiction is a member.
    function _counts(Support storage given) private view returns (bool) {
        if (block.timestamp >= given.since + COUNTS_FOR) return false;
        return _agencies.wasMemberAt(given.jurisdiction, uint48(block.timestamp));
    }

    function _find(Support[] storage all, uint16 jurisdiction) private view returns (bool, uint256) {
        for (uint256 i = 0; i < all.length; ++i) {
            if (all[i].jurisdiction == jurisdiction) return (true, i);
        }
        return (false, 0);
    }
}
