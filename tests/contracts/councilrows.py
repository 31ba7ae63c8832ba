# SPDX-License-Identifier: Apache-2.0
"""Who may do what with members, decisions, emergencies, rules and versions; see councilcast.py.

Whatever is privileged is the timelock's, and what the timelock does was voted on.
"""

from __future__ import annotations

from collections.abc import Iterable

from tests.contracts.cast import COMPROMISED
from tests.contracts.freezecast import Function
from tests.contracts.freezerows import ANYBODY, AUTHORITY, Row
from tests.contracts.suite import MODULES

VOTERS = {"cn_authority", "my_authority", "sg_authority"}
LEFT = {"th_authority"}
BY_VOTE = Row({"CouncilTimelock"}, "NotTheCouncil")
NO_DEPOSIT = Row(otherwise="GovernorDisabledDeposit")
SCHEDULING = Row({"Council"}, "AccessControlUnauthorizedAccount")
VOTING = Row(VOTERS, "NotAVoter")


def council_table(agencies: Iterable[str]) -> dict[Function, Row]:
    """The rows; `agencies` are all on the stage."""
    others = set(agencies) - VOTERS - LEFT
    replaced = {"my_platform", "my_payer"}
    registry = {
        "admit": BY_VOTE,
        "readmit": BY_VOTE,
        "exclude": BY_VOTE,
        "excludeJurisdiction": BY_VOTE,
        "suspendByCouncil": BY_VOTE,
        "liftByCouncil": BY_VOTE,
        "proposeReplacement": BY_VOTE,
        "suspendInEmergency": Row({"Emergencies"}, "NotTheModule"),
        "withhold": Row({"AgencyReputation"} & set(MODULES), "NotTheModule"),
        "reach": ANYBODY,
        "takeOver": Row({"replacement key"}, "NotProposed"),
        "vetoReplacement": Row(
            replaced,
            "NotAnAgency",
            {"NoReplacement": set(agencies) - replaced, "KeyReported": COMPROMISED},
        ),
        "admitOwn": AUTHORITY,
        "leave": Row(VOTERS, "NotAnAgency", {"NotAMember": LEFT, "NotCentralAuthority": others}),
    }
    council = {
        "propose": VOTING,
        "castVote": VOTING,
        "castVoteWithReason": VOTING,
        "castVoteWithReasonAndParams": VOTING,
        "castVoteBySig": ANYBODY,
        "castVoteWithReasonAndParamsBySig": ANYBODY,
        "queue": ANYBODY,
        "execute": ANYBODY,
        "cancel": Row({"my_authority"}, "GovernorUnableToCancel"),
        "relay": Row(otherwise="NotADecision"),
        "setKindRule": BY_VOTE,
        "setPace": BY_VOTE,
        "onERC721Received": NO_DEPOSIT,
        "onERC1155Received": NO_DEPOSIT,
        "onERC1155BatchReceived": NO_DEPOSIT,
    }
    timelock = {
        "schedule": SCHEDULING,
        "scheduleBatch": SCHEDULING,
        "cancel": SCHEDULING,
        "execute": Row(otherwise="TimelockUnexpectedOperationState"),
        "executeBatch": ANYBODY,
        "updateDelay": Row({"CouncilTimelock"}, "TimelockUnauthorizedCaller"),
    }
    emergencies = {
        "support": Row(VOTERS - {"sg_authority"}, "NotAVoter", {"OwnJurisdiction": {"sg_authority"}}),
        "withdrawSupport": Row({"my_authority"}, "NotAVoter", {"NoSupport": VOTERS - {"my_authority"}}),
    }
    rows = {
        "AgencyRegistry": registry,
        "Directory": {"listVersion": BY_VOTE, "setState": BY_VOTE},
        "Council": council,
        "CouncilTimelock": timelock,
        "Emergencies": emergencies,
        "CommonRules": {"adopt": BY_VOTE},
    }
    return {(contract, name): row for contract, table in rows.items() for name, row in table.items()}
