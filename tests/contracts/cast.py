# SPDX-License-Identifier: Apache-2.0
"""Everybody who could ever call a suite, and a moment at which each function is open to somebody.

The table in test_roles.py says what each of them may do with each function; this only sets the stage.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from brownie import accounts, web3

from concordat.evidence.steps import mask
from tests.contracts import freezecast
from tests.contracts.agreementcast import agreement_calls
from tests.contracts.assistancecast import assistance_calls
from tests.contracts.casecast import case_calls
from tests.contracts.clock import now, pass_time
from tests.contracts.councilcast import TH, council_calls, decide
from tests.contracts.freezecast import Calls
from tests.contracts.freezeothers import old_plans, other_calls
from tests.contracts.standingcast import standing_calls
from tests.contracts.suite import (
    ACCEPTANCE,
    ALL_POWERS,
    ANSWER,
    APPRAISE,
    ASK,
    CHECK,
    COLLECT,
    CONFIRM_DATE,
    COORDINATE,
    CURE,
    DAY,
    DISTRIBUTE,
    ENDORSE,
    FOUNDERS,
    HOUR,
    JUDGE,
    KEEP,
    LEAD,
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
    SG,
    TRANSMIT,
    VOTE,
    WITHDRAW,
    ZERO32,
    A,
    B,
    C,
    Suite,
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
    "ASK": ASK,
    "TRANSMIT": TRANSMIT,
    "APPRAISE": APPRAISE,
    "LEAD": LEAD,
    "COORDINATE": COORDINATE,
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
    ("th_authority", TH, "CentralAuthority", ALL_POWERS, b"TH-AGC"),
    ("sg_lower_court", SG, "Court", ALL_POWERS, b"SG-LOWER"),
)
MEMBERS = (*FOUNDERS, *REMAINING_KINDS)
SUSPENDED = {"my_telecom": "my_authority", "sg_lower_court": "sg_authority"}
"""Agencies, and who suspends them."""

HANDS = (
    ("my_police", "officer", ALL_BUT_COLLECT),
    ("my_police", "answerer", ANSWER),
    ("my_authority", "transmitter", TRANSMIT),
    ("sg_police", "requester", REQUEST | RELEASE | OBJECT | KEEP | DISTRIBUTE),
    ("sg_police", "ratifier", RATIFY | RATIFY_HIGH),
    ("sg_unit", "endorser", ENDORSE | RELEASE),
    ("sg_bank", "teller", ANSWER | KEEP | RELEASE | OBJECT),
    ("sg_bank", "checker", CHECK),
    ("sg_prosecutor", "reviewer", REVIEW),
    ("sg_prosecutor", "prosecutor", PROPOSE),
    ("sg_court", "judge", JUDGE | RELEASE),
)
"""Agency, office, powers: each phase has its own hands, and some officer has lost them in every way."""
WAYS = ("suspended", "ended", "compromised", "future")
LOST = tuple(f"{way} {office}" for way in WAYS for _, office, _ in HANDS)
COMPROMISED = {f"compromised {office}" for _, office, _ in HANDS}

ROOT, SUCCESSOR, NEW_ROOT = (web3.keccak(text=name) for name in ("a late one", "its successor", "a new one"))
REASON = b"\x03" * 32


@dataclass
class Stage:
    """A suite at the moment of the table.

    Attributes:
        contracts: those of the suite, by name.
        abis: theirs, which outlive the stage.
        actors: addresses of everybody, by name; the suite's own contracts among them.
        calls: by function, arguments with which it succeeds for whoever may call it.
    """

    contracts: dict[str, Any]
    abis: dict[str, list[dict[str, Any]]]
    actors: dict[str, str]
    calls: Calls


def set_stage() -> Stage:
    suite = usual_suite(MEMBERS)
    _appoint_everybody(suite)
    old = freezecast.grow_old(suite)
    late, plans = suite.facts(mask(A, C), method=PLAIN_METHOD), old_plans(suite)
    decisions = decide(suite)
    registered = suite.collection(suite.collector, late, root=ROOT)
    suite.register(registered, suite.collector)
    suite.register(suite.collection(suite.collector, root=SUCCESSOR), suite.collector)
    freezing = freezecast.calls(suite, old, ROOT) | other_calls(suite, *plans)
    cooperating = case_calls(suite) | agreement_calls(suite) | standing_calls(suite)
    cooperating |= assistance_calls(suite, ROOT)
    suite.adopt("my_authority", MY, [(0, PLAIN_METHOD, _announced())])
    _suspend_and_end(suite)

    contracts = {"Genesis": suite.genesis} | {name: getattr(suite, it) for name, it in MODULES.items()}
    calls = _founding(suite) | _membership(suite) | _evidence(suite, registered)
    calls |= council_calls(suite, decisions) | freezing | cooperating
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
    for way in WAYS:
        starts = {"startsAt": now() + 90 * DAY} if way == "future" else {}
        for agency, office, powers in HANDS:
            suite.appoint(agency, f"{way} {office}", powers, **starts)
    suite.appoint("cn_police", "officer of another agency", ALL_BUT_COLLECT)
    suite.appoint("my_telecom", "officer of a suspended agency", ALL_BUT_COLLECT)
    suite.appoint("my_telecom", "teller of a suspended agency", ANSWER)
    suite.appoint("sg_lower_court", "judge of a suspended court", JUDGE | RELEASE)
    suite.agencies.proposeAccount(suite.actor("proposed account"), {"from": suite.my_police})


def _suspend_and_end(suite: Suite) -> None:
    later = now() + 90 * DAY
    for agency, office, _ in HANDS:
        by_agency = {"from": suite.actors[agency]}
        suite.agencies.suspendOfficer(suite.actors[f"suspended {office}"], later, REASON, by_agency)
        suite.agencies.endAppointment(suite.actors[f"ended {office}"], by_agency)
        suite.agencies.reportCompromise(suite.actors[f"compromised {office}"], now(), by_agency)
    for agency, authority in SUSPENDED.items():
        suite.agencies.suspendAgency(suite.ids[agency], later, REASON, {"from": suite.actors[authority]})
    pass_time(1)


def _founding(suite: Suite) -> Calls:
    founders, baseline = usual_founders(suite.actor, MEMBERS), usual_baseline()
    return {
        ("Genesis", "createModule"): (b"\x00",),
        ("Genesis", "found"): (founders, baseline),
        ("Directory", "list"): (b"Backdoor".ljust(32, b"\0"), suite.evidence.address),
        ("Directory", "seal"): (),
        ("AgencyRegistry", "admitFounders"): (founders,),
        ("StandardsRegistry", "layBaseline"): (baseline,),
    }


def _membership(suite: Suite) -> Calls:
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


def _evidence(suite: Suite, registered: list[Any]) -> Calls:
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
