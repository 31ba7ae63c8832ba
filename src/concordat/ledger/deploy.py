# SPDX-License-Identifier: Apache-2.0
"""Creation of a suite from the artifacts of the package, and the proof that nothing else was created.

Genesis is told the hash of every initcode and of the founding data when it is created; everything after that
has only one way to go, whoever sends it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from eth_utils.crypto import keccak

from concordat.errors import VerificationError
from concordat.ledger import abi as codec
from concordat.ledger import artifacts
from concordat.ledger.chain import Chain
from concordat.ledger.code import check_code, code_hashes
from concordat.ledger.protocol import Receipt, Signer
from concordat.ledger.rpc import Transport
from concordat.ledger.transactions import Call

#: In the order in which they depend on each other.
MODULES = (
    "Directory",
    "AgencyRegistry",
    "Council",
    "CouncilTimelock",
    "Emergencies",
    "CommonRules",
    "StandardsRegistry",
    "EvidenceRegistry",
    "FreezeProfiles",
    "FreezeRequests",
    "Holds",
    "Objections",
    "AssetRegister",
    "Restitution",
    "FreezeOracle",
    "Tips",
    "AgencyReputation",
    "OutcomeReports",
    "Panels",
    "AgreementRegistry",
    "AssistanceRequests",
    "AssistanceAnswers",
    "Mandates",
    "Appraisals",
    "CaseRegistry",
    "JointTeams",
    "Tasks",
    "Sharing",
)


@dataclass(frozen=True)
class Founder:
    """A member at the creation of the suite.

    Attributes:
        jurisdiction: ISO 3166-1 numeric; 900 and above for bodies of no single country.
        kind: AgencyKind of the contract (1 central authority, 2 police, ...).
        account: the agency's own key or contract wallet.
        charter: mask of the powers that its officers may be given.
        name: short public name, ASCII, at most 32 characters.
    """

    jurisdiction: int
    kind: int
    account: str
    charter: int
    name: str

    def as_tuple(self) -> tuple[int, int, str, int, bytes]:
        """The fields of the Solidity struct."""
        return (
            self.jurisdiction,
            self.kind,
            self.account,
            self.charter,
            self.name.encode("ascii").ljust(32, b"\0"),
        )


@dataclass(frozen=True)
class BaselineStandard:
    """One standard of the international baseline: method and the two words."""

    method: int
    core: int
    extension: int

    def as_tuple(self) -> tuple[int, int, int]:
        """The fields of the Solidity struct."""
        return self.method, self.core, self.extension


@dataclass(frozen=True)
class Plan:
    """All that is decided before anything is sent."""

    modules: tuple[str, ...]
    initcodes: tuple[bytes, ...]
    founders: tuple[Founder, ...]
    baseline: tuple[BaselineStandard, ...]

    @property
    def initcode_hashes(self) -> tuple[bytes, ...]:
        """keccak256 of each initcode, the same on every network."""
        return tuple(bytes(keccak(code)) for code in self.initcodes)

    @property
    def founding_hash(self) -> bytes:
        """keccak256(abi.encode(founders, baseline))."""
        return bytes(keccak(codec.encode(self._found["inputs"], self.founding)))

    @property
    def founding(self) -> tuple[list[Any], list[Any]]:
        """The arguments of ``found``."""
        return [each.as_tuple() for each in self.founders], [each.as_tuple() for each in self.baseline]

    @property
    def _found(self) -> codec.Abi:
        return codec.find(artifacts.load("Genesis").abi, "function", "found")


@dataclass(frozen=True)
class Suite:
    """A suite as created.

    Attributes:
        modules: addresses by name.
        code_hashes: keccak256 of each contract's code, 0x and 64 digits, by name.
        block: in which Genesis was created; nothing of the suite is older.
        founded_in: hash of the last transaction.
    """

    chain_id: int
    genesis: str
    directory: str
    genesis_id: bytes
    modules: dict[str, str]
    code_hashes: dict[str, str]
    block: int
    founded_in: str
    gas_used: int


def plan(founders: Sequence[Founder], baseline: Sequence[BaselineStandard]) -> Plan:
    """Decide a suite: the package's contracts, these founders, this baseline."""
    codes = tuple(artifacts.load(name).bytecode for name in MODULES)
    return Plan(MODULES, codes, tuple(founders), tuple(baseline))


def create(
    transport: Transport,
    deployer: Signer,
    decided: Plan,
    say: Callable[[str], None] = lambda _: None,
) -> Suite:
    """Create the suite of a plan and assert everything about it.

    Args:
        transport: the way to the node.
        deployer: pays; holds no power afterwards.
        decided: what to create.
        say: told each step as it is done.

    Raises:
        ConcordatError: a step was refused.
        VerificationError: what stands on the chain is not what was planned.
        OutcomeUnknownError: a step is not in a block yet. Starting anew creates another suite.
    """
    genesis = _create_genesis(Chain(transport), deployer, decided)
    say(f"Genesis stands at {genesis.created}.")
    young = Chain(transport, known={"Genesis": genesis.created})
    gas = genesis.gas_used
    for name, code in zip(decided.modules, decided.initcodes, strict=True):
        gas += young.send(deployer, "Genesis", "createModule", code).gas_used
        say(f"{name} is created.")
    founded = young.send(deployer, "Genesis", "found", *decided.founding)
    say(f"The suite is founded with {len(decided.founders)} agencies and closed.")

    chain = Chain(transport, young.call("Genesis", "directory"))
    assert_created(chain, decided, deployer.address)
    say("Asserted: initcode hashes, code, sealed Directory, empty deployer.")
    return Suite(
        chain_id=chain.chain_id,
        genesis=genesis.created,
        directory=chain.address("Directory"),
        genesis_id=chain.genesis_id,
        modules={name: chain.address(name) for name in decided.modules},
        code_hashes=code_hashes(chain),
        block=genesis.block,
        founded_in=founded.transaction,
        gas_used=gas + founded.gas_used,
    )


def assert_created(chain: Chain, decided: Plan, deployer: str) -> None:
    """Everything that can be asked about a suite that was just created.

    Raises:
        VerificationError: names the first thing that is not as planned.
    """
    names, hashes = chain.call("Genesis", "plan")
    _require(
        tuple(_text(name) for name in names) == decided.modules, "the list of modules differs from the plan"
    )
    _require(tuple(hashes) == decided.initcode_hashes, "an initcode hash differs from the plan")
    _require(
        chain.call("Genesis", "foundingHash") == decided.founding_hash,
        "the founding data differ from the plan",
    )
    _require(chain.call("Genesis", "founded"), "the suite is not founded")
    _require(chain.call("Directory", "isSealed"), "the Directory is not sealed")
    wrong = check_code(chain)
    _require(not wrong, "; ".join(wrong))
    account = next((f.name for f in decided.founders if f.account.lower() == deployer.lower()), None)
    agency = chain.call("AgencyRegistry", "agencyByAccount", deployer)
    _require(
        bool(agency) == (account is not None), "the deployer holds an agency that the plan did not give it"
    )
    appointment = chain.call("AgencyRegistry", "appointmentOf", deployer)
    _require(appointment.number == 0, "the deployer holds an appointment")


def _create_genesis(chain: Chain, deployer: Signer, decided: Plan) -> Receipt:
    artifact = artifacts.load("Genesis")
    constructor = codec.find(artifact.abi, "constructor", "")
    names = [name.encode("ascii").ljust(32, b"\0") for name in decided.modules]
    arguments = codec.encode(
        constructor["inputs"], [names, list(decided.initcode_hashes), decided.founding_hash]
    )
    return chain.execute(deployer, Call("", artifact.bytecode + arguments, "The creation of Genesis"))


def _require(holds: bool, what: str) -> None:
    if not holds:
        raise VerificationError(
            f"The suite was created, but {what}.",
            code="suite.not_as_planned",
            kept="It stands on the chain; do not use it.",
            next="Create a new one from the released package, and report this.",
        )


def _text(name: bytes) -> str:
    return name.rstrip(b"\0").decode("ascii", "replace")
