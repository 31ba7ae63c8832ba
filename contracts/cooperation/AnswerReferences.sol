// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { IFreezeRequests, Request } from "../../interfaces/assets/IFreezeRequests.sol";
import { Hold, HoldState, IHolds } from "../../interfaces/assets/IHolds.sol";
import { IAssistanceAnswers, Reference, ReferenceKind } from "../../interfaces/cooperation/IAssistanceAnswers.sol";
import { Assistance } from "../../interfaces/cooperation/IAssistanceRequests.sol";
import { IMandates } from "../../interfaces/cooperation/IMandates.sol";
import { Acquisition, IEvidenceRegistry } from "../../interfaces/evidence/IEvidenceRegistry.sol";
import { IGenesis } from "../../interfaces/membership/IGenesis.sol";
import { AgencyId } from "../types/AgencyId.sol";
import { Assessment } from "../types/Assessment.sol";
import { Facts } from "../types/Facts.sol";

/// @notice What an answer points at: each is there, and is of the country that answers.
abstract contract AnswerReferences is IAssistanceAnswers {
    enum Answered {
        No,
        Yes,
        Excluded
    }

    IEvidenceRegistry private immutable _evidence;
    IFreezeRequests private immutable _freezes;
    IHolds private immutable _holds;
    IMandates private immutable _mandates;

    /// @dev By keccak256(abi.encode(request, agency, root)).
    mapping(bytes32 acquisition => Answered) internal _answered;

    constructor() {
        IGenesis genesis = IGenesis(msg.sender);
        _evidence = IEvidenceRegistry(genesis.plannedAddressOf("EvidenceRegistry"));
        _freezes = IFreezeRequests(genesis.plannedAddressOf("FreezeRequests"));
        _holds = IHolds(genesis.plannedAddressOf("Holds"));
        _mandates = IMandates(genesis.plannedAddressOf("Mandates"));
    }

    function answeredWith(bytes32 request, AgencyId agency, bytes32 root) external view returns (bool) {
        return _answered[_answeredId(request, agency, root)] != Answered.No;
    }

    // Internal

    function _refer(bytes32 request, Assistance memory asked, Reference calldata given) internal {
        ReferenceKind kind = given.kind;
        bool known = given.key != 0;
        if (kind == ReferenceKind.Acquisition) known = _isCollectedFor(request, asked, given.agency, given.key);
        else if (kind == ReferenceKind.FreezeRequest) known = _isFreezeThere(asked, given.agency, given.key);
        else if (kind == ReferenceKind.Hold) known = _isHeldThere(asked, given.agency, given.key);
        else if (kind == ReferenceKind.None) known = false;
        if (!known) revert ReferenceUnknown(given.key);
        if (kind == ReferenceKind.Acquisition) _judgeFor(request, asked.forum, given.agency, given.key);
    }

    function _answeredId(bytes32 request, AgencyId agency, bytes32 root) internal pure returns (bytes32) {
        return keccak256(abi.encode(request, agency, root));
    }

    /// @dev By the country that was asked, or by whoever the request let act there.
    function _isCollectedFor(
        bytes32 request,
        Assistance memory asked,
        AgencyId agency,
        bytes32 root
    ) private view returns (bool) {
        Acquisition memory acquisition = _evidence.acquisitionOf(agency, root);
        if (acquisition.registeredAt == 0) return false;
        if (_isThere(asked, agency)) return true;
        Facts facts = acquisition.facts;
        return
            _mandates.covers(request, agency, facts.place(), facts.dataLocation(), facts.startedAt(), facts.method());
    }

    /// @dev It binds there: the country's own, or the asker's, which only its approval makes binding.
    function _isFreezeThere(Assistance memory asked, AgencyId agency, bytes32 freeze) private view returns (bool) {
        Request memory request = _freezes.requestOf(freeze);
        bool binds = request.boundAt != 0 && request.key.jurisdiction() == asked.receiver.jurisdiction();
        return binds && request.agency == agency && (agency == asked.from || _isThere(asked, agency));
    }

    function _isHeldThere(Assistance memory asked, AgencyId institution, bytes32 key) private view returns (bool) {
        Hold memory hold = _holds.holdOf(key);
        return hold.state != HoldState.None && hold.institution == institution && _isThere(asked, institution);
    }

    function _isThere(Assistance memory asked, AgencyId agency) private pure returns (bool) {
        return agency.jurisdiction() == asked.receiver.jurisdiction();
    }

    /// @dev As it stands at this moment: what comes later does not change what was answered with.
    function _judgeFor(bytes32 request, uint16 forum, AgencyId agency, bytes32 root) private {
        bytes32 id = _answeredId(request, agency, root);
        if (_answered[id] == Answered.No) _answered[id] = Answered.Yes;
        // slither-disable-next-line uninitialized-local // without a forum nothing is missing
        Assessment memory found;
        if (forum != 0) found = _evidence.assess(agency, root, forum);
        uint128 missing = found.fatal | found.curable | found.noted;
        emit AcquisitionAnswered(request, agency, root, forum, uint8(found.verdict), missing);
    }
}
