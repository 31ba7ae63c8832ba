# SPDX-License-Identifier: Apache-2.0
"""A real chain with a suite on it, in force since two days ago, and one officer at work there."""

from __future__ import annotations

import io
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from eth_utils.address import to_checksum_address

from concordat.casework import reporting
from concordat.cli.main import run
from concordat.evidence import registry
from concordat.evidence.package import Package
from concordat.evidence.rulebook import bundled
from concordat.ledger import adoption
from concordat.ledger.chain import Chain
from concordat.ledger.deploy import Founder
from concordat.ledger.external import ExternalSigner
from concordat.ledger.rpc import Rpc
from concordat.ledger.standardbook import StandardBook
from concordat.membership import officers, suite
from concordat.membership.numbers import number_of
from concordat.membership.officers import Qualification, Terms
from concordat.membership.powers import Power
from concordat.pins import start_workspace
from tests.localnode import iso

ROOT = Path(__file__).resolve().parents[2]
CASE = ROOT / "examples" / "case-0317"
DAY, YEAR = 86400, 365 * 86400
MY, PDRM = 458, number_of(458, 2)
POLICE = Power.COLLECT | Power.REGISTER | Power.CURE | Power.WITHDRAW
STARTED, ENDED = "2026-03-17T09:30:00+08:00", "2026-03-17T11:05:00+08:00"
VALID = ("2026-03-16T00:00:00+08:00", "2026-03-23T23:59:59+08:00")


@dataclass(frozen=True)
class Ran:
    """A command that ended, in a process of its own."""

    code: int
    out: str
    err: str


@dataclass
class Town:
    """The chain, and a workspace that is copied for each test.

    Attributes:
        officer: address of who collects and registers; the node keeps the key.
    """

    url: str
    chain: Chain
    officer: str
    workspace: Path

    @property
    def height(self) -> int:
        """Number of the newest block: it grows with every transaction."""
        return int(self.chain.transport.request("eth_blockNumber"), 16)

    def registered(self, root: str) -> int:
        """How often this root was registered."""
        found = self.chain.events("EvidenceRegistry", "AcquisitionRegistered", root=bytes.fromhex(root[2:]))
        return len(found)


@dataclass
class Office:
    """A folder with workspace, record and files, and the command line in it.

    Attributes:
        url: of the node that the commands use.
    """

    town: Town
    folder: Path
    url: str
    environment: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, *words: str) -> Ran:
        """Run a command here: quick, and PDFs are not set, which no fault concerns."""
        out, err = io.StringIO(), io.StringIO()
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
            patch.chdir(self.folder)
            patch.setattr(reporting, "to_pdf", lambda *_: b"%PDF-quick\n")
            for name, value in self.variables().items():
                patch.setenv(name, value)
            code = run(self.command(*words)[1:])
        return _sound(Ran(code, out.getvalue(), err.getvalue()))

    def process(self, *words: str, **options: Any) -> Ran:
        """Run a command in a process of its own, as it is installed."""
        done = subprocess.run(
            self.command(*words),
            cwd=self.folder,
            env=self.variables(),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
            **options,
        )
        return _sound(Ran(done.returncode, done.stdout, done.stderr))

    def begin(self, *words: str) -> subprocess.Popen[str]:
        """Start a command that is not to end by itself."""
        return subprocess.Popen(
            self.command(*words),
            cwd=self.folder,
            env=self.variables(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            # Whoever runs the tests in the background of a shell hands down that Ctrl-C is ignored.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )

    def command(self, *words: str) -> list[str]:
        """As it is typed."""
        key = (
            ()
            if "--key" in words or words[0] in ("doctor", "key", "verify")
            else ("--key", f"node:{self.town.officer}")
        )
        return [str(Path(sys.executable).with_name("concordat")), *words, *key]

    def record(self, started: float, ended: float, name: str = "case.yaml", items: bool = True) -> str:
        """The example's record of a phone, collected at another time."""
        text = (CASE / "my-phone.yaml").read_text(encoding="utf-8")
        for old, new in (
            (STARTED, started),
            (ENDED, ended),
            (VALID[0], started - DAY),
            (VALID[1], ended + DAY),
        ):
            text = text.replace(old, iso(new))
        if not items:
            text = re.sub(r"^items:\n.*?(?=^\S)", "items: []\n", text, flags=re.MULTILINE | re.DOTALL)
        (self.folder / name).write_text(text, encoding="utf-8")
        return name

    def variables(self) -> dict[str, str]:
        """The environment of the commands."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("CONCORDAT_")}
        return {**kept, "CONCORDAT_RPC": self.url, "PYTHONUTF8": "1", "NO_COLOR": "1", **self.environment}


def found(url: str, folder: Path) -> Town:
    """Create the suite, adopt Malaysia's standards, appoint the officer; then two days pass until now."""
    node = Rpc(url)
    deployer, authority, police, officer = node.request("eth_accounts")[:4]
    members = [
        Founder(MY, 1, _checked(authority), int(Power.VOTE), "MY-AGC"),
        Founder(MY, 2, _checked(police), int(POLICE), "MY-PDRM"),
    ]
    made = suite.create_suite(node, ExternalSigner(node, _checked(deployer)), members)
    chain = Chain.connect(url, made.directory)
    planned = adoption.plan(bundled("MY"), StandardBook.read(chain), chain.now())
    adoption.adopt(chain, ExternalSigner(node, _checked(authority)), MY, bytes(31) + b"\1", planned)
    _appoint(chain, ExternalSigner(node, _checked(police)), ExternalSigner(node, _checked(officer)))
    node.request("evm_setTime", int(time.time()) * 1000)
    node.request("evm_mine")
    start_workspace(folder, rpc=url, directory=made.directory, agency="MY-PDRM")
    return Town(url, chain, _checked(officer), folder)


def settle_in(town: Town, folder: Path, url: str) -> Office:
    """An office in an empty folder."""
    shutil.copytree(town.workspace / ".concordat", folder / ".concordat")
    shutil.copytree(CASE / "documents", folder / "documents")
    shutil.copytree(CASE / "exhibits" / "my-phone", folder / "files")
    office = Office(town, folder, url)
    now = time.time()
    office.record(now - 7200, now - 3600)
    return office


def _sound(ran: Ran) -> Ran:
    """A traceback is a failure of the test, whatever it wanted."""
    assert "Traceback" not in ran.out + ran.err, ran.err
    return ran


def root_of(office: Office, package: str = "case.acq") -> str:
    """The root of a package."""
    return "0x" + Package.open(office.folder / package).root().hex()


def stored(office: Office, package: str = "case.acq") -> bool:
    """Whether the chain has the record of a package."""
    root = bytes.fromhex(root_of(office, package)[2:])
    return registry.acquisition(office.town.chain, PDRM, root) is not None


def _appoint(chain: Chain, police: ExternalSigner, officer: ExternalSigner) -> None:
    end = chain.now() + YEAR
    powers = Power.COLLECT | Power.REGISTER
    terms = Terms(PDRM, officer.address, powers, 0, end, 1, Qualification.SPECIALIST, end)
    acceptance = officers.accept(
        officer,
        terms,
        chain_id=chain.chain_id,
        genesis_id=chain.genesis_id,
        registry=chain.address("AgencyRegistry"),
    )
    officers.appoint(chain, police, acceptance)


def _checked(address: str) -> str:
    return str(to_checksum_address(address))
