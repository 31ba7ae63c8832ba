# SPDX-License-Identifier: Apache-2.0
"""A stage for whole cases: three countries' suite in memory behind a node, officers, workspaces, desks.

The case is that of ``examples/case-0317``: collected on 17 March 2026, registered the day after.
"""

from __future__ import annotations

import copy
import shutil
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from fakecast import key
from fakenode import FakeNode

from concordat.casework import Desk, pack, show
from concordat.evidence.package import Package
from concordat.evidence.places import numeric
from concordat.evidence.rulebook import bundled
from concordat.evidence.standards import Verdict
from concordat.ledger import adoption
from concordat.ledger.deploy import Founder
from concordat.ledger.protocol import Event
from concordat.ledger.rpc import RpcError
from concordat.ledger.signer import LocalSigner
from concordat.ledger.standardbook import StandardBook
from concordat.membership import officers
from concordat.membership.numbers import number_of
from concordat.membership.officers import Qualification, Terms
from concordat.membership.powers import Power
from concordat.pins import start_workspace
from concordat.testing import MemoryLedger
from concordat.workspace import Workspace

CASE = Path(__file__).resolve().parents[3] / "examples" / "case-0317"
URL = "http://node.test:8545"
BEGIN = 1773619200  # 2026-03-16T00:00:00Z
REGISTERED = 1773820800  # 2026-03-18T08:00:00Z
YEAR = 365 * 86400

MY, CN, SG = numeric("MY"), numeric("CN"), numeric("SG")
PDRM, MPS = number_of(MY, 2), number_of(CN, 2)
POLICE = Power.COLLECT | Power.REGISTER | Power.CURE | Power.WITHDRAW | Power.CONFIRM_DATE | Power.ANSWER
FOUNDERS = (
    (CN, 1, "CN-MOJ", Power.VOTE),
    (MY, 1, "MY-AGC", Power.VOTE),
    (CN, 2, "CN-MPS-CID", POLICE),
    (MY, 2, "MY-PDRM", POLICE),
    (CN, 4, "CN-HPC", Power.CONFIRM_DATE),
)
AUTHORITIES = {"CN": "CN-MOJ", "MY": "MY-AGC"}
COLLECTS, KEEPS = Power.COLLECT | Power.REGISTER, Power.CURE | Power.WITHDRAW
OFFICERS = (
    ("faridah", "MY-PDRM", PDRM, COLLECTS, Qualification.SPECIALIST),
    ("kumar", "MY-PDRM", PDRM, Power.COLLECT, Qualification.FIRST_RESPONDER),
    ("records", "MY-PDRM", PDRM, KEEPS, Qualification.NONE),
    ("clerk", "MY-PDRM", PDRM, Power.REGISTER, Qualification.NONE),
    ("zhang", "CN-MPS-CID", MPS, COLLECTS, Qualification.SPECIALIST),
    ("li", "CN-MPS-CID", MPS, Power.COLLECT, Qualification.FIRST_RESPONDER),
    ("archive", "CN-MPS-CID", MPS, KEEPS, Qualification.NONE),
)
_NUMBERS = ("nonce", "gas", "gasPrice", "maxFeePerGas", "maxPriorityFeePerGas", "value", "chainId", "type")


class DevNode(FakeNode):
    """A development node: it also signs for the accounts that it keeps. It gives no storage proofs."""

    def __init__(self, ledger: MemoryLedger, *signers: LocalSigner) -> None:
        super().__init__(ledger)
        self.signers = {signer.address.lower(): signer for signer in signers}
        self.encoded: dict[tuple[str, int, int], dict[str, Any]] = {}

    def request(self, method: str, *params: Any) -> Any:
        """Answer as nodes do where the method is unknown."""
        if not hasattr(self, method):
            raise RpcError(method, -32601, f"the method {method} does not exist")
        return super().request(method, *params)

    def eth_signTransaction(self, fields: dict[str, Any]) -> str:  # noqa: N802
        """Sign for an account."""
        plain = {name: int(value, 16) if name in _NUMBERS else value for name, value in fields.items()}
        return "0x" + self._signer(fields["from"]).sign_transaction(plain).hex()

    def eth_signTypedData_v4(self, address: str, document: dict[str, Any]) -> str:  # noqa: N802
        """Sign typed data for an account."""
        types, primary = document["types"], document["primaryType"]
        kinds = {member["name"]: member["type"] for member in types[primary]}
        message = {name: _typed(kinds[name], value) for name, value in document["message"].items()}
        domain = {**document["domain"], "salt": bytes.fromhex(document["domain"]["salt"][2:])}
        known = {primary: types[primary]}
        return "0x" + self._signer(address).sign_typed(domain, known, primary, message).hex()

    def _log(self, event: Event) -> dict[str, Any]:
        """Every command reads all standards, which are hundreds of events: each is encoded once."""
        key = (event.contract, event.block, event.log_index)
        if key not in self.encoded:
            self.encoded[key] = super()._log(event)
        return self.encoded[key]

    def _signer(self, address: str) -> LocalSigner:
        if address.lower() not in self.signers:
            raise RpcError("sign", -32000, "cannot sign data; no private key")
        return self.signers[address.lower()]


def _typed(kind: str, value: Any) -> Any:
    if kind.startswith("uint"):
        return int(value)
    return bytes.fromhex(value[2:]) if kind == "bytes32" else value


@dataclass
class Stage:
    """A suite with people in it, as seen through one node.

    Attributes:
        folder: where workspaces, records and packages of the test lie.
    """

    ledger: MemoryLedger
    node: DevNode
    folder: Path
    made: dict[str, Workspace] = field(default_factory=dict)

    def workspace(self, name: str) -> Workspace:
        """The workspace of one place of work; made when it is first asked for."""
        if name not in self.made:
            self.made[name] = start_workspace(
                self.folder / name, rpc=URL, directory=self.ledger.address("Directory")
            )
        return self.made[name]

    def desk(self, workspace: str, who: str, *, offline: bool = False) -> Desk:
        """A fresh desk, as every command opens one."""
        return Desk(self.workspace(workspace), _no_password, key=uri(who), offline=offline)

    def packed(self, name: str, workspace: str, who: str, out: str = "", **options: Any) -> Package:
        """One of the example's records with its files, packed."""
        case = self.own_case()
        exhibits, target = case / "exhibits" / name, self.folder / (out or f"{name}.acq")
        return pack(self.desk(workspace, who), case / f"{name}.yaml", [exhibits], target, **options)

    def edit(self, name: str, *changes: tuple[str, str]) -> Path:
        """Change text in one of the example's records; each piece must be there."""
        path = self.own_case() / f"{name}.yaml"
        text = path.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
        return path

    def pass_time(self, seconds: int) -> None:
        """Let time pass until the next block."""
        self.ledger.pass_time(seconds)
        self.ledger.world.mine()

    def sent(self) -> int:
        """How many transactions the node was given."""
        return len(self.node.sent)

    def own_case(self) -> Path:
        """A copy of the example's records and documents, to be changed."""
        target = self.folder / "case"
        if not target.exists():
            shutil.copytree(CASE, target)
        return target


def uri(who: str) -> str:
    """The key of one person, at the development node."""
    return f"node:{key(who).address}"


def set_stage(folder: Path) -> Stage:
    """Everything is ready: appointed, adopted, and two days have passed."""
    ledger = copy.deepcopy(_ready())
    names = [name for name, *_ in OFFICERS] + [name for _, _, name, _ in FOUNDERS]
    return Stage(ledger, DevNode(ledger, *(key(name) for name in (*names, "holder", "witness"))), folder)


@cache
def _ready() -> MemoryLedger:
    founders = [
        Founder(place, kind, key(name).address, int(charter), name) for place, kind, name, charter in FOUNDERS
    ]
    ledger = MemoryLedger(founders, time=BEGIN)
    for name, agency, number, powers, training in OFFICERS:
        appoint(ledger, name, agency, number, powers, training)
    for code, authority in AUTHORITIES.items():
        planned = adoption.plan(bundled(code), StandardBook.read(ledger), ledger.now())
        adoption.adopt(ledger, key(authority), numeric(code), bytes(31) + b"\1", planned)
    ledger.pass_time(REGISTERED - ledger.now())
    return ledger


def appoint(
    ledger: MemoryLedger,
    name: str,
    agency: str,
    number: int,
    powers: Power,
    training: Qualification = Qualification.NONE,
) -> None:
    """One officer accepts and is appointed, from now on, for a year."""
    end = ledger.now() + YEAR
    terms = Terms(number, key(name).address, powers, 0, end, 1, training, end if training else 0)
    acceptance = officers.accept(
        key(name),
        terms,
        chain_id=ledger.chain_id,
        genesis_id=ledger.genesis_id,
        registry=ledger.address("AgencyRegistry"),
    )
    officers.appoint(ledger, key(agency), acceptance)


def renewed(package: Package) -> Package:
    """The same package, read anew."""
    return Package.open(package.folder)


def worth(stage: Stage, package: Package, forum: int) -> Verdict:
    """What it is worth in a forum, as anybody would be shown."""
    root = bytes.fromhex(package.receipt.root[2:])
    shown = show(stage.desk("cn", "li"), package.manifest.agency, root, (forum,))
    return shown.forums[0].assessment.verdict


def _no_password(what: str) -> str:
    raise AssertionError(f"nobody should ask for the password of {what}")
