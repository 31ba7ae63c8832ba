// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { IAssetRegister } from "../../interfaces/assets/IAssetRegister.sol";
import { IFreezeProfiles } from "../../interfaces/assets/IFreezeProfiles.sol";
import { IFreezeRequests, Request, REQUEST_FOREIGN } from "../../interfaces/assets/IFreezeRequests.sol";
import { IHolds } from "../../interfaces/assets/IHolds.sol";
import { IRestitution, Method, Plan, PlanState, Source } from "../../interfaces/assets/IRestitution.sol";
import { IAgencyRegistry } from "../../interfaces/membership/IAgencyRegistry.sol";
import { IGenesis } from "../../interfaces/membership/IGenesis.sol";
import { AgencyId } from "../types/AgencyId.sol";
import { DISTRIBUTE } from "../types/Powers.sol";

/// @notice Plans of restitution and the sources that each of them has reserved.
abstract contract Plans is IRestitution {
    /// @dev China, Rules on the return of frozen funds of 2016, art. 8.
    uint40 private constant PRO_RATA_NOTICE = 30 days;
    uint256 private constant MOST_SOURCES = 16;

    IAgencyRegistry internal immutable _agencies;
    IFreezeProfiles private immutable _profiles;
    IFreezeRequests private immutable _requests;
    IHolds internal immutable _holds;
    IAssetRegister internal immutable _assets;

    mapping(bytes32 plan => Plan) internal _plans;
    mapping(bytes32 plan => Source[]) internal _sources;
    mapping(bytes32 source => bytes32 plan) private _reservedBy;

    constructor() {
        IGenesis genesis = IGenesis(msg.sender);
        _agencies = IAgencyRegistry(genesis.plannedAddressOf("AgencyRegistry"));
        _profiles = IFreezeProfiles(genesis.plannedAddressOf("FreezeProfiles"));
        _requests = IFreezeRequests(genesis.plannedAddressOf("FreezeRequests"));
        _holds = IHolds(genesis.plannedAddressOf("Holds"));
        _assets = IAssetRegister(genesis.plannedAddressOf("AssetRegister"));
    }

    function open(
        bytes32 commitment,
        uint16 currency,
        Method method,
        uint40 noticeUntil,
        Source[] calldata sources
    ) external returns (bytes32 plan) {
        AgencyId agency = _agencies.authorize(msg.sender, DISTRIBUTE);
        if (commitment == 0) revert EmptyPlan();
        plan = keccak256(abi.encode(agency, commitment));
        if (_plans[plan].state != PlanState.None) revert AlreadyOpened(plan);
        _requireNotice(method, noticeUntil);

        Plan storage opened = _plans[plan];
        (opened.agency, opened.currency, opened.method) = (agency, currency, method);
        (opened.state, opened.noticeUntil) = (PlanState.Open, noticeUntil);
        _reserve(plan, opened, sources);
        // slither-disable-next-line unused-return // the total is fixed by the decision
        (, opened.awarded) = _returnableOf(plan, true);
        // slither-disable-next-line unused-return // one side decides on all of it, or nobody could
        if (!opened.awarded) _deciderOf(plan);
        emit PlanOpened(plan, agency, msg.sender, currency, method, noticeUntil, sources);
    }

    function close(bytes32 plan) external {
        Plan storage closing = _requirePlanner(plan);
        if (closing.state == PlanState.Closed) revert PlanInState(plan, PlanState.Closed);

        closing.state = PlanState.Closed;
        Source[] storage sources = _sources[plan];
        for (uint256 i = 0; i < sources.length; ++i) {
            bytes32 id = _idOf(sources[i]);
            if (_reservedBy[id] == plan) delete _reservedBy[id];
        }
        emit PlanClosed(plan, msg.sender, closing.paid, closing.total - closing.paid);
    }

    // Questions

    function planOf(bytes32 plan) external view returns (Plan memory) {
        return _plans[plan];
    }

    function sourceOf(bytes32 plan, uint8 source) external view returns (Source memory) {
        if (source >= _sources[plan].length) revert NoSuchSource(source);
        return _sources[plan][source];
    }

    function planOfSource(Source calldata source) external view returns (bytes32) {
        return _reservedBy[_idOf(source)];
    }

    // Internal

    /// @dev An officer who plans, of the agency whose plan it is.
    function _requirePlanner(bytes32 plan) internal view returns (Plan storage theirs) {
        theirs = _requirePlan(plan);
        AgencyId agency = _agencies.authorize(msg.sender, DISTRIBUTE);
        if (agency != theirs.agency) revert NotThePlanner(agency, theirs.agency);
    }

    function _requirePlan(bytes32 plan) internal view returns (Plan storage found) {
        found = _plans[plan];
        if (found.state == PlanState.None) revert NoSuchPlan(plan);
    }

    function _requireState(bytes32 plan, PlanState state) internal view returns (Plan storage found) {
        found = _requirePlan(plan);
        if (found.state != state) revert PlanInState(plan, found.state);
    }

    /// @dev After the case was transferred the source is no longer theirs to plan; whoever has it now may take it over.
    function _requireReserved(bytes32 plan, Source memory source) internal view {
        bytes32 id = _idOf(source);
        if (_reservedBy[id] != plan) revert SourceInOtherPlan(id, _reservedBy[id]);
    }

    /// @return decider who decides before judgment: the planner; of what a foreign agency asked for the authority that
    ///         took it over, whose country's law lets it go back
    function _deciderOf(bytes32 plan) internal view returns (AgencyId decider) {
        Source[] storage sources = _sources[plan];
        for (uint256 i = 0; i < sources.length; ++i) {
            AgencyId one = _plans[plan].agency;
            if (!sources[i].isAsset) {
                Request memory asked = _requests.requestOf(sources[i].first);
                bool foreign = asked.flags & REQUEST_FOREIGN != 0;
                if (foreign) one = _profiles.profileAt(asked.key, asked.profileVersion).endorser;
            }
            if (i != 0 && one != decider) revert MixedSources();
            decider = one;
        }
    }

    /// @param each whether every source must have something to return; else it is enough that one has
    /// @return total what the sources may return now
    /// @return awarded whether a court awarded it: all or nothing of it
    function _returnableOf(bytes32 plan, bool each) internal view returns (uint128 total, bool awarded) {
        Source[] storage sources = _sources[plan];
        for (uint256 i = 0; i < sources.length; ++i) {
            (uint16 currency, uint96 amount, bool byCourt) = _returnable(sources[i]);
            if (!_mayPlan(_plans[plan].agency, sources[i])) amount = 0; // the case was transferred
            if (amount == 0 && each) revert NothingReturnable(_idOf(sources[i]));
            if (amount == 0) continue;
            if (currency != _plans[plan].currency) revert OtherCurrency(currency, _plans[plan].currency);
            if (total != 0 && byCourt != awarded) revert MixedSources();
            total += amount;
            awarded = byCourt;
        }
        if (total == 0) revert NothingReturnable(_idOf(sources[0]));
    }

    /// @return of the hold or the asset
    function _idOf(Source memory source) internal pure returns (bytes32) {
        return source.isAsset ? source.first : keccak256(abi.encode(source.first, source.second));
    }

    function _requireNotice(Method method, uint40 noticeUntil) private view {
        if (method == Method.None) revert NoMethod();
        uint40 earliest = uint40(block.timestamp) + (method == Method.ProRata ? PRO_RATA_NOTICE : 0);
        if (noticeUntil < earliest) revert NoticeTooBrief(noticeUntil, earliest);
    }

    /// @dev No source is promised to two plans.
    function _reserve(bytes32 plan, Plan storage opened, Source[] calldata sources) private {
        if (sources.length == 0) revert NoSources();
        if (sources.length > MOST_SOURCES) revert TooManySources(sources.length, MOST_SOURCES);
        opened.sources = uint8(sources.length);
        for (uint256 i = 0; i < sources.length; ++i) {
            bytes32 id = _idOf(sources[i]);
            // An asset has one name only; nothing stands under another.
            if (sources[i].isAsset && sources[i].second != 0) revert NothingReturnable(id);
            if (!_mayPlan(opened.agency, sources[i])) revert NotOfPlanner(id, opened.agency);
            bytes32 other = _reservedBy[id];
            if (other != 0 && _mayPlan(_plans[other].agency, sources[i])) revert SourceInOtherPlan(id, other);
            _reservedBy[id] = plan;
            _sources[plan].push(sources[i]);
        }
    }

    /// @dev Whoever asked for the hold, or took it over for a foreign agency; whoever answers for the asset.
    function _mayPlan(AgencyId agency, Source memory source) private view returns (bool) {
        if (source.isAsset) return _assets.assetOf(source.first).agency == agency;
        Request memory asked = _requests.requestOf(source.first);
        if (asked.agency == agency) return true;
        if (asked.flags & REQUEST_FOREIGN == 0) return false;
        return _profiles.profileAt(asked.key, asked.profileVersion).endorser == agency;
    }

    function _returnable(Source memory source) private view returns (uint16 currency, uint96 amount, bool awarded) {
        // slither-disable-next-line unused-return // who pays is asked when it is paid
        (, currency, amount, awarded) = source.isAsset
            ? _assets.returnable(source.first)
            : _holds.returnable(source.first, source.second);
    }
}
