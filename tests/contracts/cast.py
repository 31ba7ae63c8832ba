# SPDX-License-Identifier: Apache-2.0
"""Everybody who could ever call a suite, and a moment at which each function is open to somebody.

The table in test_roles.py says what each of them may do with each function; this only sets the stage.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from brownie import accounts, chain, web3

from concordat.evidence.steps import mask
from tests.contracts import freezecast
from tests.contracts.suite import (
    ACCEPTANCE,
    ALL_POWERS,
    ANSWER,
    CHECK,
    COLLECT,
    CONFIRM_DATE,
    CURE,
    DAY,
    DISTRIBUTE,
    ENDORSE,
    FOUNDERS,
    HOUR,
    JUDGE,
    KEEP,
    METHOD,
    MODULES,
    MY,
    OBJECT,
    PLAIN,
    PLAIN_METHOD,
    PROPOSE,
    RATIFY,
    RATIFY_HIGH,
    REGISTER,
    RELEASE,
    REQUEST,
    REVIEW,
    SECOND_OFFICER,
    VOTE,
    WITHDRAW,
    ZERO32,
    A,
    B,
    C,
    Suite,
    now,
    standard_key,
    usual_baseline,
    usual_founders,
    usual_suite,
)

POWERS = {
    "COLLECT": COLLECT,
    "REGISTER": REGISTER,
    "CURE": CURE,
    "WITHDRAW": WITHDRAW,
    "CONFIRM_DATE": CONFIRM_DATE,
    "ANSWER": ANSWER,
    "RELEASE": RELEASE,
    "OBJECT": OBJECT,
    "VOTE": VOTE,
    "REQUEST": REQUEST,
    "RATIFY": RATIFY,
    "RATIFY_HIGH": RATIFY_HIGH,
    "ENDORSE": ENDORSE,
    "REVIEW": REVIEW,
    "PROPOSE": PROPOSE,
    "JUDGE": JUDGE,
    "CHECK": CHECK,
    "KEEP": KEEP,
    "DISTRIBUTE": DISTRIBUTE,
}
PHASES = ANSWER | REQUEST | RATIFY | RATIFY_HIGH | ENDORSE | REVIEW | PROPOSE | JUDGE | CHECK
ALL_BUT_COLLECT = ALL_POWERS & ~COLLECT & ~PHASES
"""What one officer may have at once beside collecting: each phase of a measure has its own hands."""

REMAINING_KINDS = (
    ("my_unit", MY, "FinancialIntelligenceUnit", ALL_POWERS, b"MY-FIU"),
    ("my_payer", MY, "PaymentInstitution", ALL_POWERS, b"MY-PAY"),
    ("my_telecom", MY, "TelecomOperator", ALL_POWERS, b"MY-TEL"),
    ("my_regulator", MY, "Regulator", ALL_POWERS, b"MY-REG"),
    ("my_platform", MY, "Platform", ALL_POWERS, b"MY-WEB"),
)
MEMBERS = (*FOUNDERS, *REMAINING_KINDS)

ROOT, SUCCESSOR, NEW_ROOT = (web3.keccak(text=name) for name in ("a late one", "its successor", "a new one"))
REASON = b"\x03" * 32


@dataclass
class Stage:
    """A suite at the moment of the table.

    Attributes:
        contracts: those of the suite, by name.
        abis: theirs, which outlive the stage.
        actors: addresses of everybody, by name; the suite's own contracts among them.
        calls: by contract and function, arguments with which it succeeds for whoever may call it.
    """

    contracts: dict[str, Any]
    abis: dict[str, list[dict[str, Any]]]
    actors: dict[str, str]
    calls: dict[tuple[str, str], tuple[Any, ...]]


def set_stage() -> Stage:
    suite = usual_suite(MEMBERS)
    _appoint_everybody(suite)
    old = freezecast.grow_old(suite)
    late = suite.facts(mask(A, C), method=PLAIN_METHOD)
    chain.sleep(5 * DAY)
    chain.mine()
    registered = suite.collection(suite.collector, late, root=ROOT)
    suite.register(registered, suite.collector)
    suite.register(suite.collection(suite.collector, root=SUCCESSOR), suite.collector)
    suite.adopt("my_authority", MY, [(0, PLAIN_METHOD, _announced())])
    _suspend_and_end(suite)

    contracts = {"Genesis": suite.genesis} | {name: getattr(suite, it) for name, it in MODULES.items()}
    calls = _founding(suite) | _membership(suite) | _evidence(suite, registered)
    calls |= freezecast.calls(suite, old, ROOT)
    chain.mine()
    actors = {"deployer": accounts[0], **suite.actors, **contracts}
    return Stage(
        contracts,
        abis={name: one.abi for name, one in contracts.items()},
        actors={name: one.address for name, one in actors.items()},
        calls=calls,
    )


def _announced() -> Any:
    return replace(PLAIN, from_hour=(now() + 8 * DAY) // HOUR)


def _appoint_everybody(suite: Suite) -> None:
    for name, power in POWERS.items():
        suite.appoint("my_police", f"officer with {name}", power)
    for name in ("suspended officer", "ended officer", "compromised officer"):
        suite.appoint("my_police", name, ALL_BUT_COLLECT)
    suite.appoint("my_police", "officer to come", ALL_BUT_COLLECT, startsAt=now() + 90 * DAY)
    suite.appoint("cn_police", "officer of another agency", ALL_BUT_COLLECT)
    suite.appoint("my_telecom", "officer of a suspended agency", ALL_BUT_COLLECT)
    suite.agencies.proposeAccount(suite.actor("proposed account"), {"from": suite.my_police})


def _suspend_and_end(suite: Suite) -> None:
    by_police, by_authority = {"from": suite.my_police}, {"from": suite.my_authority}
    suite.agencies.suspendOfficer(suite.actors["suspended officer"], now() + 90 * DAY, REASON, by_police)
    suite.agencies.endAppointment(suite.actors["ended officer"], by_police)
    suite.agencies.reportCompromise(suite.actors["compromised officer"], now(), by_police)
    suite.agencies.suspendAgency(suite.ids["my_telecom"], now() + 90 * DAY, REASON, by_authority)
    chain.sleep(1)
    chain.mine()


def _founding(suite: Suite) -> dict[tuple[str, str], tuple[Any, ...]]:
    founders, baseline = usual_founders(suite.actor, MEMBERS), usual_baseline()
    return {
        ("Genesis", "createModule"): (b"\x00",),
        ("Genesis", "found"): (founders, baseline),
        ("Directory", "list"): (b"Backdoor".ljust(32, b"\0"), suite.evidence.address),
        ("Directory", "seal"): (),
        ("AgencyRegistry", "admitFounders"): (founders,),
        ("StandardsRegistry", "layBaseline"): (baseline,),
    }


def _membership(suite: Suite) -> dict[tuple[str, str], tuple[Any, ...]]:
    recruit, until = suite.actor("recruit"), now() + DAY
    terms = suite.terms("my_police", recruit)
    acceptance = suite.sign(recruit, suite.agencies, ACCEPTANCE, terms)
    police, telecom = suite.ids["my_police"], suite.ids["my_telecom"]
    calls: dict[str, tuple[Any, ...]] = {
        "appoint": (terms, acceptance),
        "endAppointment": (suite.collector,),
        "suspendOfficer": (suite.collector, until, REASON),
        "liftOfficerSuspension": (suite.actors["suspended officer"],),
        "proposeAccount": ("0x" + "77" * 20,),
        "acceptAccount": (police,),
        "publishEncryptionKey": (REASON,),
        "reportCompromise": (suite.collector, 1),
        "suspendAgency": (police, until, REASON),
        "liftAgencySuspension": (telecom,),
        "setContactPoint": (1, police),
    }
    return {("AgencyRegistry", name): given for name, given in calls.items()}


def _evidence(suite: Suite, registered: list[Any]) -> dict[tuple[str, str], tuple[Any, ...]]:
    police = suite.ids["my_police"]
    new = suite.collection(suite.collector, suite.facts(method=METHOD), root=NEW_ROOT)
    second = suite.co_sign(suite.second, SECOND_OFFICER, registered, 1)
    adoption = (0, METHOD, *_announced().pack())
    return {
        ("StandardsRegistry", "adopt"): (MY, ZERO32, [adoption]),
        ("StandardsRegistry", "cancel"): (standard_key(MY, 0, PLAIN_METHOD),),
        ("EvidenceRegistry", "register"): (new, suite.sign_collection(suite.collector, new), []),
        ("EvidenceRegistry", "cosign"): (
            registered,
            suite.sign_collection(suite.collector, registered),
            [],
            second,
        ),
        ("EvidenceRegistry", "supplement"): (police, ROOT, MY, mask(B), REASON),
        ("EvidenceRegistry", "confirmDate"): (police, ROOT, REASON),
        ("EvidenceRegistry", "withdraw"): (police, ROOT, 1),
        ("EvidenceRegistry", "supersede"): (police, ROOT, SUCCESSOR),
    }
