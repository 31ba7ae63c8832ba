# SPDX-License-Identifier: Apache-2.0
"""A real chain with a suite of five countries on it, and a workspace for each of their agencies.

The node keeps everybody's keys. Each test gets copies of the workspaces, and the chain as it was founded.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from eth_utils.address import to_checksum_address

from concordat.cli.main import run
from concordat.evidence import places
from concordat.ledger.chain import Chain
from concordat.ledger.deploy import Founder
from concordat.ledger.external import ExternalSigner
from concordat.ledger.rpc import Rpc
from concordat.membership import agencies, officers, suite
from concordat.membership.agencies import AgencyKind, Competence
from concordat.membership.numbers import number_of
from concordat.membership.officers import Terms
from concordat.membership.powers import Power
from concordat.pins import start_workspace

DAY, YEAR = 86400, 365 * 86400
PASSWORD = "only for tests"

AUTHORITY_POWERS = Power.TRANSMIT | Power.ANSWER | Power.VOTE | Power.OBJECT | Power.ASK
POLICE_POWERS = (
    Power.COLLECT | Power.REGISTER | Power.ASK | Power.LEAD | Power.COORDINATE | Power.ANSWER | Power.OBJECT
)
#: Beside its officer's, what a police's charter lets others have.
POLICE_CHARTER = POLICE_POWERS | Power.REQUEST | Power.RATIFY | Power.CURE | Power.RELEASE
INSTITUTION_POWERS = Power.ANSWER | Power.RELEASE | Power.OBJECT
EXPERT_POWERS = Power.APPRAISE | Power.OBJECT


@dataclass(frozen=True)
class Seat:
    """One agency: where, what it is, what its first officer may do, and what its charter allows."""

    place: str
    kind: AgencyKind
    powers: Power
    charter: Power

    @property
    def jurisdiction(self) -> int:
        """ISO 3166-1 numeric."""
        return places.numeric(self.place)


def _authority(place: str) -> Seat:
    return Seat(place, AgencyKind.CENTRAL_AUTHORITY, AUTHORITY_POWERS, AUTHORITY_POWERS)


def _police(place: str) -> Seat:
    return Seat(place, AgencyKind.POLICE, POLICE_POWERS, POLICE_CHARTER)


#: In the order of their admission: ordinals within a country count from 1.
SEATS: Mapping[str, Seat] = {
    "CN-MOJ": _authority("CN"),
    "MY-AGC": _authority("MY"),
    "SG-AGC": _authority("SG"),
    "TH-OAG": _authority("TH"),
    "KH-MOJ": _authority("KH"),
    "CN-MPS": _police("CN"),
    "MY-PDRM": _police("MY"),
    "SG-SPF": _police("SG"),
    "TH-RTP": _police("TH"),
    "KH-NP": _police("KH"),
    "CN-YUNNAN": _police("CN"),
    "CN-HPC": Seat("CN", AgencyKind.COURT, Power.JUDGE | Power.OBJECT, Power.JUDGE | Power.OBJECT),
    "CN-IFS": Seat("CN", AgencyKind.REGULATOR, EXPERT_POWERS, EXPERT_POWERS),
    "SG-MERLION": Seat("SG", AgencyKind.BANK, INSTITUTION_POWERS, INSTITUTION_POWERS | Power.CHECK),
}
SPARE = 12
"""Accounts of the node that nobody has yet: for new members and officers."""
ACCOUNTS = 1 + 2 * len(SEATS) + SPARE


@dataclass(frozen=True)
class Ran:
    """A command that ended."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """What it printed with ``--json``."""
        return json.loads(self.out)


@dataclass
class Hall:
    """The chain, founded, and a folder with a workspace for each agency.

    Attributes:
        accounts: of agencies, by name; the node keeps the keys.
        officers: of each agency's first officer.
        spare: addresses that the node keeps, which have no part yet.
    """

    url: str
    chain: Chain
    folder: Path
    accounts: Mapping[str, str]
    officers: Mapping[str, str]
    spare: tuple[str, ...]

    @property
    def node(self) -> Rpc:
        """The node."""
        return Rpc(self.url)

    @property
    def now(self) -> int:
        """The time of the newest block, seconds since 1970 UTC."""
        return self.chain.now()

    def number(self, name: str) -> int:
        """The number of an agency."""
        same = [each for each, seat in SEATS.items() if seat.place == SEATS[name].place]
        return number_of(SEATS[name].jurisdiction, same.index(name) + 1)

    def signer(self, name: str) -> ExternalSigner:
        """The first officer's key."""
        return ExternalSigner(self.node, self.officers[name])

    def authority(self, name: str) -> ExternalSigner:
        """The agency's own key."""
        return ExternalSigner(self.node, self.accounts[name])

    def pass_time(self, seconds: int) -> None:
        """Let the chain's clock run, and mine a block."""
        self.node.request("evm_increaseTime", seconds)
        self.node.request("evm_mine")

    def appoint(self, agency: str, address: str, powers: Power) -> ExternalSigner:
        """Put another officer into office, now, for a year."""
        officer = ExternalSigner(self.node, address)
        _appoint(self.chain, self.number(agency), self.authority(agency), officer, powers)
        return officer


@dataclass
class Office:
    """An agency's folder, and the command line in it.

    Attributes:
        key: URI of the key that commands use which name none: the first officer's.
    """

    hall: Hall
    name: str
    folder: Path
    key: str
    environment: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, *words: str, key: str | None = None) -> Ran:
        """Run a command here, as it is typed after ``concordat``."""
        out, err = io.StringIO(), io.StringIO()
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
            patch.chdir(self.folder)
            for name in [each for each in os.environ if each.startswith("CONCORDAT_")]:
                patch.delenv(name)
            for name, value in self.variables().items():
                patch.setenv(name, value)
            code = run([*words, *([] if key is None else ["--key", key])])
        assert "Traceback" not in out.getvalue() + err.getvalue(), err.getvalue()
        return Ran(code, out.getvalue(), err.getvalue())

    def done(self, *words: str, key: str | None = None) -> Any:
        """Run a command that must succeed; gives what it says in JSON."""
        ran = self(*words, "--json", key=key)
        assert ran.code == 0, (words, ran.out, ran.err)
        return ran.data

    def refused(self, *words: str, key: str | None = None) -> str:
        """Run a command that must fail; gives what it says."""
        ran = self(*words, key=key)
        assert ran.code != 0, (words, ran.out)
        return ran.out + ran.err

    @property
    def agency_key(self) -> str:
        """URI of the agency's own key."""
        return f"node:{self.hall.accounts[self.name]}"

    def variables(self) -> dict[str, str]:
        """The environment of the commands."""
        return {
            "CONCORDAT_RPC": self.hall.url,
            "CONCORDAT_PASSWORD": PASSWORD,
            "NO_COLOR": "1",
            **self.environment,
        }


Offices: TypeAlias = Callable[[str], Office]
"""Opens the office of an agency, by name."""


def found(url: str, folder: Path) -> Hall:
    """Create the suite; appoint an officer in each agency; make the workspaces, which share one mailbox."""
    node = Rpc(url)
    deployer, *rest = [str(to_checksum_address(each)) for each in node.request("eth_accounts")]
    accounts = dict(zip(SEATS, rest, strict=False))
    theirs = dict(zip(SEATS, rest[len(SEATS) :], strict=False))
    members = [
        Founder(seat.jurisdiction, int(seat.kind), accounts[name], int(seat.charter), name)
        for name, seat in SEATS.items()
    ]
    made = suite.create_suite(node, ExternalSigner(node, deployer), members)
    chain = Chain.connect(url, made.directory)
    hall = Hall(url, chain, folder, accounts, theirs, tuple(rest[2 * len(SEATS) :]))
    for name, seat in SEATS.items():
        _appoint(chain, hall.number(name), hall.authority(name), hall.signer(name), seat.powers)
        own = folder / name
        own.mkdir()
        office = Office(hall, name, own, f"node:{theirs[name]}")
        start_workspace(
            own,
            rpc=url,
            directory=made.directory,
            agency=name,
            key=office.key,
            mailbox=str(folder / "mailbox"),
        )
        office.done("agency", "encryption-key", "--new", key=office.agency_key)
    for name, seat in SEATS.items():
        if seat.kind is AgencyKind.POLICE and name != "CN-YUNNAN":
            authority = next(each for each in SEATS if SEATS[each].place == seat.place)
            for competence in (Competence.POLICE_COOPERATION, Competence.DATA_PRESERVATION):
                agencies.set_contact_point(chain, hall.authority(authority), competence, hall.number(name))
    return hall


@contextmanager
def as_founded(hall: Hall) -> Iterator[None]:
    """Whatever happens on the chain meanwhile is taken back, also its time."""
    snapshot, began = hall.node.request("evm_snapshot"), time.time()
    try:
        yield
    finally:
        hall.node.request("evm_revert", snapshot)
        # Ganache keeps the clock of a chain that it takes back.
        hall.node.request("evm_setTime", int(max(began, time.time())) * 1000)


def settle_in(hall: Hall, name: str, folder: Path) -> Office:
    """A copy of an agency's workspace in a folder of the test."""
    own = folder / name
    shutil.copytree(hall.folder / name, own)
    return Office(hall, name, own, f"node:{hall.officers[name]}")


def _appoint(
    chain: Chain, agency: int, account: ExternalSigner, officer: ExternalSigner, powers: Power
) -> None:
    terms = Terms(agency, officer.address, powers, 0, chain.now() + YEAR, 1)
    acceptance = officers.accept(
        officer,
        terms,
        chain_id=chain.chain_id,
        genesis_id=chain.genesis_id,
        registry=chain.address("AgencyRegistry"),
    )
    officers.appoint(chain, account, acceptance)
