# SPDX-License-Identifier: Apache-2.0
"""A suite on the benchmark's chain: the package's contracts, one country, one agency, three officers."""

from __future__ import annotations

from dataclasses import dataclass, replace

from eth_utils.crypto import keccak

from benchmarks.chain import signer
from benchmarks.compiled import Compiled
from concordat.evidence.methods import Method
from concordat.evidence.steps import Step, mask
from concordat.evidence.words import Clause, Origin, Severity, Standard
from concordat.ledger import abi as codec
from concordat.ledger import adoption, artifacts, deploy
from concordat.ledger.adoption import Adoption
from concordat.ledger.chain import Chain
from concordat.ledger.rpc import Rpc
from concordat.ledger.signer import LocalSigner
from concordat.ledger.transactions import Call
from concordat.membership import officers
from concordat.membership.numbers import number_of
from concordat.membership.officers import Qualification, Terms
from concordat.membership.powers import DEFINED, Power

MALAYSIA, CHINA = 458, 156
CENTRAL_AUTHORITY, POLICE_KIND = 1, 2
POLICE = number_of(MALAYSIA, 2)
YEAR = 365 * 86_400
MANDATES = "Mandates"

ROLES = ("deployer", "authority", "police", "collector", "second", "registrar")

WITHOUT_CLAUSES, WITH_CLAUSES = Method.ONLINE_EXTRACTION, Method.STORAGE_IMAGING

STEPS = mask(Step.MINUTES_MADE, Step.ITEM_LIST_MADE, Step.TOOL_IDENTIFIED, Step.TRANSLATED)
_BASELINE = Standard(
    fatal=mask(Step.MINUTES_MADE), curable=0, noted=0, delay_hours=720, algorithms=0b111111, fewest_officers=1
)
_PLAIN = Standard(
    fatal=mask(Step.MINUTES_MADE),
    curable=mask(Step.ITEM_LIST_MADE),
    noted=mask(Step.TOOL_IDENTIFIED),
    late_curable=mask(Step.ITEM_LIST_MADE),
    delay_hours=72,
    algorithms=0b11,
)
_CLAUSED = Standard(
    fatal=mask(Step.MINUTES_MADE),
    curable=mask(Step.ITEM_LIST_MADE, Step.SECOND_OFFICER_SIGNED),
    noted=mask(Step.TOOL_IDENTIFIED),
    late_curable=mask(Step.ITEM_LIST_MADE, Step.TRANSLATED),
    delay_hours=72,
    algorithms=0b11,
    fewest_officers=2,
    clauses=(Clause((Step.TRANSLATED, Step.WITNESS_SIGNED), Severity.CURABLE),),
)


@dataclass(frozen=True)
class Suite:
    """The chain with the suite on it, and who acts there."""

    chain: Chain
    people: dict[str, LocalSigner]

    @property
    def names(self) -> dict[str, str]:
        """Contracts by address in lower case."""
        known = ("AgencyRegistry", "StandardsRegistry", "EvidenceRegistry", MANDATES)
        return {self.chain.address(name).lower(): name for name in known}


def keys() -> dict[str, bytes]:
    """A key for each role; the same in every run."""
    return {role: bytes(keccak(text=f"benchmark {role}")) for role in ROLES}


def create(rpc: Rpc, mandates: Compiled) -> Suite:
    """Create the suite, adopt the standards, appoint the officers."""
    people = {role: signer(key) for role, key in keys().items()}
    chain = _create_contracts(rpc, people, mandates)
    methods = (Method.OTHER, WITHOUT_CLAUSES, WITH_CLAUSES)
    adoptions = [
        Adoption(origin, method, _PLAIN if method is WITHOUT_CLAUSES else _CLAUSED, 1)
        for origin in Origin
        for method in methods
    ]
    adoption.adopt(chain, people["authority"], MALAYSIA, bytes(32), adoptions)
    for role, powers in (
        ("collector", Power.COLLECT | Power.REGISTER),
        ("second", Power.COLLECT),
        ("registrar", Power.REGISTER),
    ):
        _appoint(chain, people, role, powers)
    return Suite(chain, people)


def _create_contracts(rpc: Rpc, people: dict[str, LocalSigner], mandates: Compiled) -> Chain:
    """As ``deploy.create`` does, with a stand-in for Mandates.

    What is measured is the registration that asks it, not the request of two countries that it would need.
    """
    founders = (
        deploy.Founder(MALAYSIA, CENTRAL_AUTHORITY, people["authority"].address, int(DEFINED), "MY-AGC"),
        deploy.Founder(MALAYSIA, POLICE_KIND, people["police"].address, int(DEFINED), "MY-POLICE"),
    )
    baseline = [
        deploy.BaselineStandard(method, *_BASELINE.pack())
        for method in (Method.OTHER, WITHOUT_CLAUSES, WITH_CLAUSES)
    ]
    package = deploy.plan(founders, baseline)
    stood_in = (
        mandates.bytecode if name == MANDATES else code
        for name, code in zip(package.modules, package.initcodes, strict=True)
    )
    decided = replace(package, initcodes=tuple(stood_in))
    deployer, genesis = people["deployer"], artifacts.load("Genesis")
    names = [name.encode().ljust(32, b"\0") for name in decided.modules]
    arguments = codec.encode(
        codec.find(genesis.abi, "constructor", "")["inputs"],
        [names, list(decided.initcode_hashes), decided.founding_hash],
    )
    created = Chain(rpc).execute(deployer, Call("", genesis.bytecode + arguments, "Genesis")).created
    young = Chain(rpc, known={"Genesis": created})
    for code in decided.initcodes:
        young.send(deployer, "Genesis", "createModule", code)
    young.send(deployer, "Genesis", "found", *decided.founding)
    return Chain(rpc, young.call("Genesis", "directory"))


def _appoint(chain: Chain, people: dict[str, LocalSigner], role: str, powers: Power) -> None:
    terms = Terms(
        agency=POLICE,
        officer=people[role].address,
        powers=powers,
        starts_at=0,
        ends_at=chain.now() + YEAR,
        number=1,
        qualification=Qualification.SPECIALIST,
        qualified_until=chain.now() + YEAR,
    )
    acceptance = officers.accept(
        people[role],
        terms,
        chain_id=chain.chain_id,
        genesis_id=chain.genesis_id,
        registry=chain.address("AgencyRegistry"),
    )
    officers.appoint(chain, people["police"], acceptance)
