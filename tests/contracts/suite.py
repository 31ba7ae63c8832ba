# SPDX-License-Identifier: Apache-2.0
"""A suite on the test chain, built as in earnest: by Genesis, with founders, baseline and accepted officers.

Every actor is a local key, because co-signers sign typed data that a node's account could not be asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import brownie
from brownie import AgencyRegistry, Directory, EvidenceRegistry, Genesis, StandardsRegistry, accounts, web3
from eth_abi import encode
from eth_account import Account
from eth_account.messages import encode_typed_data

from concordat.evidence.facts import Facts
from concordat.evidence.methods import Method
from concordat.evidence.steps import Step, mask
from concordat.evidence.words import Clause, Origin, Severity, Standard
from tests.contracts.clock import now, pass_time
from tests.contracts.nodes import set_balance
from tests.contracts.typed import ACCEPTANCE, ACQUISITION, CO_SIGNATURE

CN, MY, SG, OFFICE = 156, 458, 702, 900
NOBODY = "0x" + "00" * 20
ZERO32 = b"\0" * 32
HOUR, DAY = 3600, 86400
FUNDS = 10 * 10**18
"""Wei of each actor."""

COLLECT, REGISTER, CURE, WITHDRAW, CONFIRM_DATE = (1 << bit for bit in range(5))
ANSWER, RELEASE, OBJECT, VOTE = (1 << bit for bit in range(8, 12))
(REQUEST, RATIFY, RATIFY_HIGH, ENDORSE, REVIEW, PROPOSE, JUDGE, CHECK, KEEP, DISTRIBUTE) = (
    1 << bit for bit in range(12, 22)
)
ASK, TRANSMIT, APPRAISE, LEAD, COORDINATE = (1 << bit for bit in range(22, 27))
ALL_POWERS = sum(1 << bit for bit in (*range(5), *range(8, 27)))

KINDS = ("None", "CentralAuthority", "Police", "Prosecutor", "Court", "FinancialIntelligenceUnit", "Bank",
         "PaymentInstitution", "TelecomOperator", "Regulator", "Platform", "InternationalOffice")  # fmt: skip

MODULES = {
    "Directory": "directory",
    "AgencyRegistry": "agencies",
    "Council": "council",
    "CouncilTimelock": "timelock",
    "Emergencies": "emergencies",
    "CommonRules": "rules",
    "StandardsRegistry": "standards",
    "EvidenceRegistry": "evidence",
    "FreezeProfiles": "profiles",
    "FreezeRequests": "requests",
    "Holds": "holds",
    "Objections": "objections",
    "AssetRegister": "assets",
    "Restitution": "restitution",
    "FreezeOracle": "oracle",
    "Tips": "tips",
    "AgencyReputation": "reputation",
    "OutcomeReports": "reports",
    "Panels": "panels",
    "AgreementRegistry": "agreements",
    "AssistanceRequests": "assistance",
    "AssistanceAnswers": "answers",
    "Mandates": "mandates",
    "Appraisals": "appraisals",
    "CaseRegistry": "cases",
    "JointTeams": "teams",
    "Tasks": "tasks",
    "Sharing": "sharing",
}
"""The plan, in its order: each module and what a suite calls it."""

FOUNDERS = (
    ("cn_authority", CN, "CentralAuthority", ALL_POWERS, b"CN-MOJ"),
    ("cn_police", CN, "Police", ALL_POWERS, b"CN-MPS"),
    ("cn_court", CN, "Court", ANSWER | RELEASE | OBJECT | VOTE | CONFIRM_DATE, b"CN-COURT"),
    ("cn_bank", CN, "Bank", ALL_POWERS, b"CN-BANK"),
    ("my_authority", MY, "CentralAuthority", ALL_POWERS, b"MY-AGC"),
    ("my_police", MY, "Police", ALL_POWERS, b"MY-PDRM"),
    ("my_court", MY, "Court", ALL_POWERS, b"MY-COURT"),
    ("my_prosecutor", MY, "Prosecutor", ALL_POWERS, b"MY-DPP"),
    ("my_bank", MY, "Bank", ALL_POWERS, b"MY-BANK"),
    ("sg_authority", SG, "CentralAuthority", ALL_POWERS, b"SG-AGC"),
    ("sg_bank", SG, "Bank", ANSWER | CHECK | RELEASE | OBJECT | REGISTER | COLLECT | KEEP, b"SG-BANK"),
    ("sg_police", SG, "Police", ALL_POWERS, b"SG-POLICE"),
    ("sg_court", SG, "Court", ALL_POWERS, b"SG-COURT"),
    ("sg_prosecutor", SG, "Prosecutor", ALL_POWERS, b"SG-DPP"),
    ("sg_unit", SG, "FinancialIntelligenceUnit", ALL_POWERS, b"SG-FIU"),
    ("sg_payer", SG, "PaymentInstitution", ALL_POWERS, b"SG-PAY"),
    ("office", OFFICE, "InternationalOffice", ANSWER | CONFIRM_DATE, b"INT-OFFICE"),
)

SECOND_OFFICER, WITNESS, HOLDER, DEVICE = 1, 2, 3, 4

A, B, C, D = Step.MINUTES_MADE, Step.ITEM_LIST_MADE, Step.TOOL_IDENTIFIED, Step.TRANSLATED
"""Of the test standards: A fatal by the baseline, B curable also late, C noted, D in a clause."""

BASELINE = Standard(
    fatal=mask(A), curable=0, noted=0, delay_hours=720, algorithms=0b111111, fewest_officers=1
)
HOME = Standard(
    fatal=mask(A),
    curable=mask(B, Step.SECOND_OFFICER_SIGNED),
    noted=mask(C),
    late_curable=mask(B, D),
    delay_hours=72,
    algorithms=0b11,
    fewest_officers=2,
    clauses=(Clause((D, Step.WITNESS_SIGNED), Severity.CURABLE),),
)
PLAIN = Standard(
    fatal=mask(A),
    curable=mask(B),
    noted=mask(C),
    late_curable=mask(B),
    delay_hours=72,
    algorithms=0b11,
    fewest_officers=1,
)
"""One officer, no clause: what the cheapest registration is judged by."""
STRICTEST = Standard(fatal=2**64 - 1, curable=0, noted=0, delay_hours=72, algorithms=0b11)
"""For METHOD_OTHER, where a test changes what other methods ask: it covers everything."""
METHOD, PLAIN_METHOD = Method.STORAGE_IMAGING, Method.ONLINE_EXTRACTION
METHODS = (Method.OTHER, METHOD, PLAIN_METHOD)
UNADOPTED_METHOD = Method.PRINT_PHOTO_VIDEO
"""In the baseline, but no country has a standard for it."""


def agency_id(jurisdiction: int, ordinal: int) -> int:
    return jurisdiction << 16 | ordinal


def standard_key(forum: int, origin: int, method: int) -> int:
    return forum << 7 | origin << 6 | method


@dataclass
class Suite:
    """The contracts and those who act on them."""

    genesis: Any
    directory: Any
    agencies: Any
    standards: Any
    evidence: Any
    modules: dict[str, Any] = field(default_factory=dict)
    actors: dict[str, Any] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        """A module by what {MODULES} calls it, or an actor."""
        for known in (self.__dict__.get("modules", {}), self.__dict__.get("actors", {})):
            if name in known:
                return known[name]
        raise AttributeError(name)

    # Actors

    def actor(self, name: str) -> Any:
        """A funded key of that name, made when it is first asked for."""
        if name not in self.actors:
            key = web3.keccak(text=f"actor {name}")
            self.actors[name] = accounts.add(key)
        account = self.actors[name]
        if not account.balance():  # never funded, or its funding was undone with the test that asked
            set_balance(account, FUNDS)
        return account

    def terms(
        self, agency: str, officer: Any, powers: int = COLLECT | REGISTER, **changes: Any
    ) -> tuple[Any, ...]:
        in_a_year = now() + 365 * DAY
        values = {
            "agency": self.ids[agency],
            "officer": officer.address,
            "powers": powers,
            "startsAt": 0,
            "endsAt": in_a_year,
            "qualification": 1,
            "qualifiedUntil": in_a_year,
            "device": False,
            "number": self.agencies.appointmentOf(officer)[4] + 1,
        }
        return tuple((values | changes).values())

    def appoint(self, agency: str, officer: str, powers: int = COLLECT | REGISTER, **changes: Any) -> Any:
        """The officer accepts by signature, the agency appoints. Returns the officer's account."""
        account = self.actor(officer)
        terms = self.terms(agency, account, powers, **changes)
        acceptance = self.sign(account, self.agencies, ACCEPTANCE, terms)
        self.agencies.appoint(terms, acceptance, {"from": self.actors[agency]})
        return account

    def domain(self, contract: Any) -> dict[str, Any]:
        return {
            "name": "Concordat",
            "version": "1",
            "chainId": web3.eth.chain_id,
            "verifyingContract": contract.address,
            "salt": self.genesis_id,
        }

    @cached_property
    def genesis_id(self) -> bytes:
        return bytes(self.genesis.genesisId())

    def sign(self, account: Any, contract: Any, types: dict[str, Any], values: Sequence[Any]) -> bytes:
        """EIP-712 signature over the one struct of `types`."""
        ((_, members),) = types.items()
        message = {member["name"]: value for member, value in zip(members, values, strict=True)}
        signable = encode_typed_data(self.domain(contract), types, message)
        return bytes(Account.sign_message(signable, account.private_key).signature)

    # Collections

    def facts(
        self, steps: int = mask(A, B, C, D), *, ago: int = HOUR, minutes: int = 30, **changes: Any
    ) -> Facts:
        values: dict[str, Any] = {
            "started_at": now() - ago,
            "duration_minutes": minutes,
            "place": MY,
            "data_location": MY,
            "method": METHOD,
            "algorithms": 0b11,
            "officers": 0,
            "steps": steps,
        }
        return Facts(**(values | changes))

    def collection(
        self, collector: Any, facts: Facts | None = None, agency: str = "my_police", **changes: Any
    ) -> list[Any]:
        values = {
            "agency": self.ids[agency],
            "root": web3.keccak(text="an acquisition"),
            "facts": (facts or self.facts()).pack(),
            "standardVersion": 1,
            "collector": collector.address,
            "appointment": 1,
            "mandate": ZERO32,
            "preserve": False,
            "deadline": now() + 30 * DAY,
        }
        return list((values | changes).values())

    def sign_collection(
        self, collector: Any, collection: Sequence[Any], co_signatures: Sequence[Any] = ()
    ) -> bytes:
        return self.sign(collector, self.evidence, ACQUISITION, [*collection, co_signers_hash(co_signatures)])

    def co_sign(
        self, signer: Any, role: int, collection: Sequence[Any], appointment: int = 0, **changes: Any
    ) -> tuple[Any, ...]:
        deadline = changes.get("deadline", now() + 30 * DAY)
        agency, root, facts = collection[0], collection[1], collection[2]
        values = (agency, root, facts, role, appointment, deadline)
        return (
            role,
            signer.address,
            appointment,
            deadline,
            self.sign(signer, self.evidence, CO_SIGNATURE, values),
        )

    def register(
        self,
        collection: Sequence[Any],
        collector: Any,
        co_signatures: Sequence[Any] = (),
        registrar: Any = None,
    ) -> Any:
        """A collector who sends it himself needs no signature beside the transaction's own."""
        co_signatures = sort(co_signatures)
        signature = self.sign_collection(collector, collection, co_signatures) if registrar else b""
        return self.evidence.register(collection, signature, co_signatures, {"from": registrar or collector})

    # Standards

    def adopt(self, authority: str, forum: int, standards: Sequence[tuple[int, int, Standard]]) -> Any:
        adoptions = [(origin, method, *standard.pack()) for origin, method, standard in standards]
        return self.standards.adopt(forum, ZERO32, adoptions, {"from": self.actors[authority]})

    def adopt_usual(self, authority: str, forum: int) -> None:
        """HOME for all, but PLAIN for ONLINE_EXTRACTION; a foreign collection needs no second officer."""
        for origin in Origin:
            self.adopt(authority, forum, [
                (origin, Method.OTHER, HOME),
                (origin, METHOD, HOME if origin == Origin.DOMESTIC else PLAIN),
                (origin, PLAIN_METHOD, PLAIN),
            ])  # fmt: skip


def sort(co_signatures: Sequence[Any]) -> list[Any]:
    return sorted(co_signatures, key=lambda given: int(given[1], 16))


def co_signers_hash(co_signatures: Sequence[Any]) -> bytes:
    if not co_signatures:
        return ZERO32
    packed = b"".join(bytes([role]) + bytes.fromhex(signer[2:]) for role, signer, *_ in co_signatures)
    return bytes(web3.keccak(packed))


Founder = tuple[int, int, str, int, bytes]


def deploy(
    founders: Sequence[Founder],
    baseline: Sequence[tuple[int, int, int]],
    *,
    extra: Sequence[tuple[str, Any]] = (),
    instead: Mapping[str, Any] | None = None,
    before_founding: Callable[[Any], None] = lambda genesis: None,
) -> Suite:
    """Create a suite as anybody would: hashes first, then code, then the founding data.

    `extra` modules come after those of the plan; `instead` of some of these others stand under their names.
    """
    given = dict(instead or {})
    modules = [(name, given[name] if name in given else getattr(brownie, name)) for name in MODULES]
    modules += extra
    names = [name.encode().ljust(32, b"\0") for name, _ in modules]
    hashes = [web3.keccak(hexstr=contract.bytecode) for _, contract in modules]
    founding = founding_hash(founders, baseline)
    deployer = {"from": _deployer_of(*names, *hashes, founding)}
    genesis = Genesis.deploy(names, hashes, founding, deployer)
    for _, contract in modules:
        genesis.createModule("0x" + contract.bytecode.removeprefix("0x"), deployer)
    before_founding(genesis)
    genesis.found(founders, baseline, deployer)
    directory = Directory.at(genesis.directory())
    at = {name: directory.addressOf(name.encode().ljust(32, b"\0")) for name, _ in modules}
    return Suite(
        genesis=genesis,
        directory=directory,
        agencies=AgencyRegistry.at(at["AgencyRegistry"]),
        standards=StandardsRegistry.at(at["StandardsRegistry"]),
        evidence=EvidenceRegistry.at(at["EvidenceRegistry"]),
        modules={
            MODULES[name]: kind.at(at[name])
            for name, kind in modules
            if name in MODULES and name != "Directory"
        },
    )


def _deployer_of(*plan: bytes) -> Any:
    """A key for this plan alone: addresses of the suite, and the gas of its acts, depend on nothing else."""
    deployer = accounts.add(web3.keccak(b"".join(map(bytes, plan))))
    set_balance(deployer, 10 * FUNDS)
    return deployer


def founding_hash(founders: Sequence[Founder], baseline: Sequence[tuple[int, int, int]]) -> bytes:
    types = ["(uint16,uint8,address,uint64,bytes32)[]", "(uint8,uint256,uint256)[]"]
    padded = [(*founder[:4], founder[4].ljust(32, b"\0")) for founder in founders]
    return bytes(web3.keccak(encode(types, [padded, list(baseline)])))


Member = tuple[str, int, str, int, bytes]  # actor, jurisdiction, kind, charter, label


def usual_founders(suite_actor: Callable[[str], Any], members: Sequence[Member] = FOUNDERS) -> list[Founder]:
    return [
        (jurisdiction, KINDS.index(kind), suite_actor(name).address, charter, label.ljust(32, b"\0"))
        for name, jurisdiction, kind, charter, label in members
    ]


def usual_baseline() -> list[tuple[int, int, int]]:
    return [(method, *BASELINE.pack()) for method in (*METHODS, UNADOPTED_METHOD)]


def usual_suite(members: Sequence[Member] = FOUNDERS, **options: Any) -> Suite:
    """The founders above, a baseline, standards of three countries, and the officers that most tests need."""
    nursery = Suite(None, None, None, None, None)
    suite = deploy(usual_founders(nursery.actor, members), usual_baseline(), **options)
    suite.actors = nursery.actors
    ordinals: dict[int, int] = {}
    for name, jurisdiction, *_ in members:
        ordinals[jurisdiction] = ordinals.get(jurisdiction, 0) + 1
        suite.ids[name] = agency_id(jurisdiction, ordinals[jurisdiction])
    for authority, forum in (("cn_authority", CN), ("my_authority", MY), ("sg_authority", SG)):
        suite.adopt_usual(authority, forum)
    suite.appoint("my_police", "collector")
    suite.appoint("my_police", "second")
    suite.appoint("my_police", "registrar", REGISTER)
    suite.appoint("my_police", "curer", CURE | WITHDRAW)
    suite.appoint("my_police", "recorder", COLLECT, device=True)
    suite.appoint("cn_police", "cn_collector")
    suite.appoint("cn_police", "cn_confirmer", CONFIRM_DATE)
    for person in ("witness", "holder", "stranger"):
        suite.actor(person)
    pass_time(2 * HOUR)
    return suite
