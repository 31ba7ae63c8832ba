// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { CaseStatus, ClaimGround, ICaseRegistry } from "../../interfaces/cooperation/ICaseRegistry.sol";
import { IAgencyRegistry } from "../../interfaces/membership/IAgencyRegistry.sol";
import { IGenesis } from "../../interfaces/membership/IGenesis.sol";
import { AgencyId, NO_AGENCY } from "../types/AgencyId.sol";
import { LEAD } from "../types/Powers.sol";

/// @notice Who claims a case, who leads it, and how the claimants agree on that. See {ICaseRegistry}, the manual.
abstract contract CaseClaims is ICaseRegistry {
    uint40 private constant CONSULTATION = 60 days;

    /// @dev One slot.
    struct Case {
        AgencyId lead;
        CaseStatus status;
        uint40 consultUntil;
        uint40 closedAt;
        uint32 deadlines;
        uint64 victims;
        uint40 settledAt; // when the claimants of then agreed who leads; zero where that no longer stands
    }

    /// @dev Two slots; the second is written only where several claim.
    struct Claim {
        ClaimGround ground;
        AgencyId agency;
        uint40 since;
        bytes32 agreed; // the one proposal to which this claimant agrees
    }

    IAgencyRegistry internal immutable _agencies;

    mapping(bytes32 id => Case) internal _cases;
    mapping(bytes32 id => uint16[]) private _claimants;
    mapping(bytes32 id => mapping(uint16 jurisdiction => Claim)) private _claims;
    mapping(bytes32 id => mapping(bytes32 proposal => AgencyId)) public proposalOf;
    mapping(bytes32 id => bytes32) internal _offers;

    constructor() {
        _agencies = IAgencyRegistry(IGenesis(msg.sender).plannedAddressOf("AgencyRegistry"));
    }

    // Claims

    function open(bytes32 commitment, ClaimGround ground, bytes32 message) external returns (bytes32 id) {
        AgencyId agency = _agencies.authorize(msg.sender, LEAD);
        if (commitment == 0) revert EmptyCase();
        id = keccak256(abi.encode(agency, commitment));
        Case storage entry = _cases[id];
        if (entry.status != CaseStatus.None) revert CaseAlreadyOpened(id);
        _requireGround(ground);

        entry.status = CaseStatus.Open;
        entry.lead = agency;
        _enter(id, agency, ground);
        emit CaseOpened(id, agency, msg.sender, ground, message);
    }

    function claim(bytes32 id, ClaimGround ground, bytes32 grounds) external {
        AgencyId agency = _agencies.authorize(msg.sender, LEAD);
        Case storage entry = _requireOpen(id);
        uint16 jurisdiction = agency.jurisdiction();
        if (_isClaimant(id, jurisdiction)) revert JurisdictionAlreadyClaimed(id, jurisdiction);
        _requireGround(ground);
        _requireText(grounds);

        _enter(id, agency, ground);
        emit JurisdictionClaimed(id, jurisdiction, agency, msg.sender, ground, grounds);
        _openConflict(entry, id);
    }

    function dropClaim(bytes32 id) external {
        (Case storage entry, AgencyId agency) = _requireClaimant(id);
        if (_isClaimedByOne(id)) revert LastClaim(id);
        uint16 jurisdiction = agency.jurisdiction();

        _remove(id, jurisdiction);
        emit ClaimDropped(id, jurisdiction, msg.sender);
        if (_isClaimedByOne(id)) return _leaveToLast(entry, id);
        if (entry.lead.jurisdiction() == jurisdiction) {
            entry.lead = NO_AGENCY;
            entry.settledAt = 0;
            _openConflict(entry, id);
        }
        if (!_settleIfAgreed(entry, id)) _settleAgain(entry, id);
    }

    function consult(bytes32 id, bytes32 position) external {
        (, AgencyId agency) = _requireContested(id);
        _requireText(position);

        emit Consulted(id, agency.jurisdiction(), msg.sender, position);
    }

    function proposeLead(bytes32 id, AgencyId agency, bytes32 text) external returns (bytes32 proposal) {
        (Case storage entry, AgencyId own) = _requireClaimant(id);
        if (entry.status == CaseStatus.Open) _requireAuthority(id, own);
        _requireMember(agency);
        _requireClaim(id, agency.jurisdiction());
        _requireText(text);
        proposal = keccak256(abi.encode(id, agency, text));

        proposalOf[id][proposal] = agency;
        emit LeadProposed(id, proposal, agency, own.jurisdiction(), text);
        _agree(entry, id, proposal, own.jurisdiction());
    }

    function agreeLead(bytes32 id, bytes32 proposal) external {
        (Case storage entry, AgencyId own) = _requireContested(id);
        AgencyId agency = proposalOf[id][proposal];
        if (agency == NO_AGENCY) revert NoSuchProposal(id, proposal);
        _requireClaim(id, agency.jurisdiction());

        _agree(entry, id, proposal, own.jurisdiction());
    }

    // Questions

    function statusOf(bytes32 id) external view returns (CaseStatus) {
        return _cases[id].status;
    }

    function leadOf(bytes32 id) external view returns (AgencyId) {
        return _cases[id].lead;
    }

    function claimantsOf(bytes32 id) external view returns (uint16[] memory) {
        return _claimants[id];
    }

    function claimOf(
        bytes32 id,
        uint16 jurisdiction
    ) external view returns (ClaimGround ground, AgencyId agency, uint40 since) {
        Claim storage made = _claims[id][jurisdiction];
        return (made.ground, made.agency, made.since);
    }

    function agreedBy(bytes32 id, uint16 jurisdiction) external view returns (bytes32) {
        return _claims[id][jurisdiction].agreed;
    }

    function consultUntil(bytes32 id) external view returns (uint40) {
        return _cases[id].consultUntil;
    }

    function isConsultationOverdue(bytes32 id, uint40 at) external view returns (bool) {
        Case storage entry = _cases[id];
        return entry.status == CaseStatus.Conflict && at > entry.consultUntil;
    }

    // Internal: claims

    function _enter(bytes32 id, AgencyId agency, ClaimGround ground) internal {
        uint16 jurisdiction = agency.jurisdiction();
        Claim storage made = _claims[id][jurisdiction];
        made.ground = ground;
        made.agency = agency;
        made.since = uint40(block.timestamp);
        _claimants[id].push(jurisdiction);
    }

    function _remove(bytes32 id, uint16 jurisdiction) internal {
        delete _claims[id][jurisdiction];
        uint16[] storage claimants = _claimants[id];
        uint256 place = 0;
        while (claimants[place] != jurisdiction) ++place;
        claimants[place] = claimants[claimants.length - 1];
        claimants.pop();
    }

    function _isClaimant(bytes32 id, uint16 jurisdiction) internal view returns (bool) {
        return _claims[id][jurisdiction].ground != ClaimGround.None;
    }

    function _isClaimedByOne(bytes32 id) internal view returns (bool) {
        return _claimants[id].length == 1;
    }

    /// @dev Whoever joins a conflict that runs gets no new time: else each claim would put the end off.
    function _openConflict(Case storage entry, bytes32 id) internal {
        if (entry.status == CaseStatus.Conflict) return;
        uint40 until = uint40(block.timestamp) + CONSULTATION;
        entry.status = CaseStatus.Conflict;
        entry.consultUntil = until;
        emit ConflictOpened(id, until);
    }

    /// @dev Of the last claimant the agency that leads goes on, or the one that claimed.
    function _leaveToLast(Case storage entry, bytes32 id) internal {
        uint16 last = _claimants[id][0];
        Claim storage made = _claims[id][last];
        made.agreed = 0;
        entry.status = CaseStatus.Open;
        entry.settledAt = 0;
        _lead(entry, id, entry.lead.jurisdiction() == last ? entry.lead : made.agency);
    }

    // Internal: agreement

    /// @dev A claimant agrees to one proposal at a time. Once more only where it settles the case by now, because
    ///      another left.
    function _agree(Case storage entry, bytes32 id, bytes32 proposal, uint16 by) private {
        Claim storage made = _claims[id][by];
        bool again = made.agreed == proposal;
        made.agreed = proposal;
        emit LeadAgreed(id, proposal, by, msg.sender);
        if (!_settleIfAgreed(entry, id) && again) revert AlreadyAgreed(id, proposal, by);
    }

    /// @dev Settles what all claimants agree to. They agreed to this once: whatever follows they agree to anew.
    function _settleIfAgreed(Case storage entry, bytes32 id) internal returns (bool settled) {
        uint16[] memory claimants = _claimants[id];
        AgencyId agency = proposalOf[id][_agreedByAll(id, claimants)];
        if (agency == NO_AGENCY || !_isClaimant(id, agency.jurisdiction())) return false;

        for (uint256 i = 0; i < claimants.length; ++i) _claims[id][claimants[i]].agreed = 0;
        entry.status = claimants.length == 1 ? CaseStatus.Open : CaseStatus.Settled;
        entry.settledAt = claimants.length == 1 ? 0 : uint40(block.timestamp);
        _lead(entry, id, agency);
        return true;
    }

    /// @dev What was settled stands again when those who claimed afterwards are gone: else a claim made and dropped
    ///      would undo what others agreed.
    function _settleAgain(Case storage entry, bytes32 id) private {
        if (entry.status != CaseStatus.Conflict || entry.settledAt == 0) return;
        uint16[] memory claimants = _claimants[id];
        for (uint256 i = 0; i < claimants.length; ++i) {
            if (_claims[id][claimants[i]].since >= entry.settledAt) return;
        }

        entry.status = CaseStatus.Settled;
        _lead(entry, id, entry.lead);
    }

    /// @dev A jurisdiction that left, or was excluded, is asked no more and blocks nobody.
    /// @return proposal to which everybody agrees who has to; zero where there is none
    function _agreedByAll(bytes32 id, uint16[] memory claimants) private view returns (bytes32 proposal) {
        for (uint256 i = 0; i < claimants.length; ++i) {
            bytes32 agreed = _claims[id][claimants[i]].agreed;
            if (agreed != 0 && agreed == proposal) continue;
            if (!_agencies.wasMemberAt(claimants[i], uint48(block.timestamp))) continue;
            if (proposal != 0 || agreed == 0) return 0;
            proposal = agreed;
        }
    }

    /// @dev An offer of whoever led before is void; of whoever leads on it stands.
    function _lead(Case storage entry, bytes32 id, AgencyId agency) private {
        if (entry.lead != agency) delete _offers[id];
        entry.lead = agency;
        emit LeadSettled(id, agency.jurisdiction(), agency);
    }

    // Internal: who may

    function _requireOpen(bytes32 id) internal view returns (Case storage entry) {
        entry = _cases[id];
        if (entry.status == CaseStatus.None) revert NoSuchCase(id);
        if (entry.status == CaseStatus.Closed) revert CaseInStatus(id, CaseStatus.Closed);
    }

    function _requireClaimant(bytes32 id) internal view returns (Case storage entry, AgencyId agency) {
        agency = _agencies.authorize(msg.sender, LEAD);
        entry = _requireOpen(id);
        _requireClaim(id, agency.jurisdiction());
    }

    /// @dev A claimant, of a case that several claim.
    function _requireContested(bytes32 id) private view returns (Case storage entry, AgencyId agency) {
        (entry, agency) = _requireClaimant(id);
        if (entry.status == CaseStatus.Open) revert CaseInStatus(id, CaseStatus.Open);
    }

    /// @dev Where one country claims alone, its central authority says which of its agencies leads: else a case would
    ///      be stuck with an agency that is suspended.
    function _requireAuthority(bytes32 id, AgencyId own) private view {
        if (own != _agencies.centralAuthority(own.jurisdiction())) revert CaseInStatus(id, CaseStatus.Open);
    }

    function _requireClaim(bytes32 id, uint16 jurisdiction) internal view {
        if (!_isClaimant(id, jurisdiction)) revert NotAClaimant(id, jurisdiction);
    }

    function _requireMember(AgencyId agency) internal view {
        if (_agencies.agencyOf(agency).account == address(0)) revert NoSuchAgency(agency);
    }

    function _requireText(bytes32 text) internal pure {
        if (text == 0) revert EmptyText();
    }

    function _requireGround(ClaimGround ground) private pure {
        if (ground == ClaimGround.None || ground == ClaimGround.Transferred) revert NoClaimGround();
    }
}
