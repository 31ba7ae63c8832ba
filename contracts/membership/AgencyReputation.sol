// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { IAgencyRegistry } from "../../interfaces/membership/IAgencyRegistry.sol";
import {
    IAgencyReputation,
    OutcomeKind,
    OutcomeRecord,
    StandingAccount
} from "../../interfaces/membership/IAgencyReputation.sol";
import { IDirectory } from "../../interfaces/membership/IDirectory.sol";
import { IGenesis } from "../../interfaces/membership/IGenesis.sol";
import { IMembership } from "../../interfaces/membership/IMembership.sol";
import { AgencyId } from "../types/AgencyId.sol";
import { ASK, LEAD, OBJECT, REQUEST } from "../types/Powers.sol";
import { Score, Tally } from "./Score.sol";

/// @notice See {IAgencyReputation}, the manual.
/// @dev Whatever was ever said of an agency stands in one slot, decayed to its quarter: nothing here walks a list.
contract AgencyReputation is IAgencyReputation {
    using Score for StandingAccount;
    using Score for Tally;

    uint40 private constant NOT_IN_SIGHT = type(uint40).max;
    uint40 private constant ADVISING_AFTER = 30 days;

    /// @dev When standing binds a jurisdiction's agencies: in [from, until).
    struct Binding {
        uint40 from;
        uint40 until;
    }

    IAgencyRegistry private immutable _agencies;
    IMembership private immutable _members; // the same contract: what is taken from whom
    IDirectory private immutable _directory;

    mapping(AgencyId agency => StandingAccount) private _accounts;
    mapping(AgencyId agency => mapping(uint16 jurisdiction => mapping(uint16 quarter => Tally))) private _tallies;
    mapping(bytes32 outcome => OutcomeRecord) private _outcomes;
    mapping(uint16 jurisdiction => Binding) private _bindings;

    constructor() {
        IGenesis genesis = IGenesis(msg.sender);
        _agencies = IAgencyRegistry(genesis.plannedAddressOf("AgencyRegistry"));
        _members = IMembership(address(_agencies));
        _directory = IDirectory(genesis.plannedAddressOf("Directory"));
    }

    // Other modules of the suite

    function record(
        AgencyId agency,
        AgencyId counterparty,
        OutcomeKind kind,
        bytes32 ref
    ) external returns (bytes32 outcome) {
        if (!_isVersionOf("OutcomeReports") && !_isVersionOf("Panels")) revert NotTheModule(msg.sender);
        outcome = outcomeId(agency, kind, ref);
        if (_outcomes[outcome].kind != OutcomeKind.None) revert OutcomeExists(outcome);

        uint16 quarter = Score.quarterOf(block.timestamp);
        _outcomes[outcome] = OutcomeRecord({
            agency: agency,
            counterparty: counterparty,
            kind: kind,
            quarter: quarter,
            annulled: false,
            recordedAt: uint40(block.timestamp)
        });
        emit OutcomeRecorded(outcome, agency, counterparty, kind, quarter, ref);
        _weigh(agency, counterparty, kind, quarter, true);
    }

    function annul(bytes32 outcome, bytes32 dispute) external {
        if (!_isVersionOf("Panels")) revert NotTheModule(msg.sender);
        OutcomeRecord memory entry = _requireOutcome(outcome);
        if (entry.annulled) revert AlreadyAnnulled(outcome);

        _outcomes[outcome].annulled = true;
        emit OutcomeAnnulled(outcome, entry.agency, dispute);
        _weigh(entry.agency, entry.counterparty, entry.kind, entry.quarter, false);
    }

    // The rated, and who decides what standing does

    function reply(bytes32 outcome, bytes32 text) external {
        AgencyId theirs = _agencies.authorize(msg.sender, OBJECT);
        AgencyId agency = _requireOutcome(outcome).agency;
        if (theirs != agency) revert NotTheRated(theirs, agency);
        if (text == 0) revert EmptyReply();
        emit Replied(outcome, agency, msg.sender, text);
    }

    function declare(bool binds) external {
        uint16 jurisdiction = _agencies.agencyByAccount(msg.sender).jurisdiction();
        // slither-disable-next-line unused-return // whether it is a central authority's account is all that is asked
        _agencies.authorityOf(msg.sender, jurisdiction);
        Binding storage binding = _bindings[jurisdiction];
        if ((binding.until == NOT_IN_SIGHT) == binds) revert AlreadyDeclared(jurisdiction, binds);

        uint40 present = uint40(block.timestamp);
        uint40 from = binds ? present : present + ADVISING_AFTER;
        if (binds && present >= binding.until) binding.from = present;
        binding.until = binds ? NOT_IN_SIGHT : from;
        emit StandingDeclared(jurisdiction, binds, from);
    }

    // Questions

    function scoreOf(AgencyId agency) external view returns (uint16) {
        StandingAccount memory account = _accounts[agency];
        return account.pointsAt(Score.quarterOf(block.timestamp));
    }

    function accountOf(AgencyId agency) external view returns (StandingAccount memory) {
        return _accounts[agency];
    }

    function tallyOf(
        AgencyId agency,
        uint16 jurisdiction,
        uint16 quarter
    ) external view returns (uint32 good, uint32 bad) {
        Tally memory tally = _tallies[agency][jurisdiction][quarter];
        return (tally.good, tally.bad);
    }

    function outcomeOf(bytes32 outcome) external view returns (OutcomeRecord memory) {
        return _outcomes[outcome];
    }

    function outcomeId(AgencyId agency, OutcomeKind kind, bytes32 ref) public pure returns (bytes32) {
        return keccak256(abi.encode(agency, kind, ref));
    }

    function bindsAt(uint16 jurisdiction, uint40 at) public view returns (bool) {
        Binding memory binding = _bindings[jurisdiction];
        return at >= binding.from && at < binding.until;
    }

    // Internal

    /// @dev A version that the Council retired rates no more, and a later one does.
    function _isVersionOf(bytes32 name) private view returns (bool) {
        IDirectory.ModuleState state = _directory.stateOf(name, msg.sender);
        return state == IDirectory.ModuleState.Active || state == IDirectory.ModuleState.Finishing;
    }

    /// @dev Within one jurisdiction an outcome weighs nothing, and nothing here is touched.
    function _weigh(AgencyId agency, AgencyId counterparty, OutcomeKind kind, uint16 quarter, bool added) private {
        uint16 said = counterparty.jurisdiction();
        if (said == agency.jurisdiction()) return;
        StandingAccount memory account = _accounts[agency];
        uint8 tierBefore = account.tier;
        uint16 untilBefore = account.withheldUntil;
        account.advance(Score.quarterOf(block.timestamp));

        Tally memory tally = _tallies[agency][said][quarter];
        Tally memory weighed = added ? tally.plus(kind) : tally.minus(kind);
        account.reweigh(tally, weighed, account.quarter - quarter);
        uint16 points = account.evaluate(Score.dayOf(block.timestamp));
        _tallies[agency][said][quarter] = weighed;
        _accounts[agency] = account;
        emit StandingChanged(agency, points, account.tier);
        if (account.tier != tierBefore || account.withheldUntil != untilBefore) _carryOut(agency, account, tierBefore);
    }

    /// @dev The registry alone takes and gives; it ends what it withheld by itself, at the time given with it.
    function _carryOut(AgencyId agency, StandingAccount memory account, uint8 tierBefore) private {
        if (account.tier != 0 && bindsAt(agency.jurisdiction(), uint40(block.timestamp))) {
            uint64 powers = account.tier == 1 ? REQUEST : REQUEST | ASK | LEAD;
            uint40 until = uint40(account.withheldUntil) * 1 days;
            emit PowersWithheld(agency, powers, until);
            _members.withhold(agency, powers, until);
        } else if (account.tier < tierBefore && _isWithheld(agency)) {
            emit PowersReturned(agency);
            _members.withhold(agency, 0, 0);
        }
    }

    function _isWithheld(AgencyId agency) private view returns (bool) {
        // slither-disable-next-line unused-return // until when does not matter
        (uint64 powers, ) = _members.withheldOf(agency);
        return powers != 0;
    }

    function _requireOutcome(bytes32 outcome) private view returns (OutcomeRecord memory entry) {
        entry = _outcomes[outcome];
        if (entry.kind == OutcomeKind.None) revert NoSuchOutcome(outcome);
    }
}
