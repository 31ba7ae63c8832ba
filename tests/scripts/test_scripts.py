# SPDX-License-Identifier: Apache-2.0
"""The scripts do on a chain what they say: from creation to a judged registration, each by its ``main()``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from brownie import accounts, chain, web3
from brownie import network as brownie_network

from concordat.evidence.standards import Verdict
from concordat.ledger.keystore import create
from concordat.membership import officers
from concordat.membership.officers import Qualification, Terms
from concordat.membership.powers import Power
from scripts import adopt_standard, appoint_officer, assess_evidence, deploy, network, register_evidence
from tests.contracts.clock import pass_time

DAY = 86400
PASSWORD = "only for tests"
RECORD = """\
concordat: record/1
case: "0001"
agency: MY-PDRM
method: VICTIM_SUBMISSION
forums: [MY]
place: MY
data_location: MY
started: {started}
ended: {ended}
clock: {{source: NTP, offset_ms: 0}}
legal_basis: {{type: CONSENT, reference: "C-1", from: {started}, until: {ended}}}
officers: {{collector: {{name: A. Contoh}}}}
tools: [{{name: Example, version: "1"}}]
confidentiality: RESTRICTED
documents:
  - {{role: LEGAL_BASIS, file: consent.txt}}
  - {{role: CERTIFICATE, file: certificate.txt}}
  - {{role: HASH_LIST, file: list.txt}}
steps:
  LEGAL_BASIS_CITED: {{document: LEGAL_BASIS}}
  HASHES_MATCH_ALL_STAGES: {{document: HASH_LIST}}
  COMPUTER_OUTPUT_CERTIFIED: {{document: CERTIFICATE}}
  FREELY_OBTAINED: declared
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for everything the scripts write, and a password for the keys in it."""
    monkeypatch.setattr(network, "DEPLOYMENTS", tmp_path / "deployments")
    monkeypatch.setattr(network, "WORKSPACES", tmp_path / "workspaces")
    monkeypatch.setenv("CONCORDAT_PASSWORD", PASSWORD)
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    chain.reset()


def founders(folder: Path) -> Path:
    """Malaysia alone: its central authority and its police, with accounts of the node."""
    file = folder / "founders.yaml"
    listed = [
        {"jurisdiction": "MY", "kind": kind, "account": str(account), "name": name, "charter": charter}
        for kind, account, name, charter in (
            ("CENTRAL_AUTHORITY", accounts[1], "MY-AGC", ["VOTE"]),
            ("POLICE", accounts[2], "MY-PDRM", ["COLLECT", "REGISTER"]),
        )
    ]
    file.write_text(json.dumps(listed))
    return file


def created(folder: Path) -> Any:
    return deploy.main(str(founders(folder)), f"node:{accounts[0]}")


def officer(folder: Path) -> str:
    """A key in the network's workspace, funded and appointed by the script."""
    desk = network.desk(f"node:{accounts[2]}")
    address = create(desk.workspace.keys, "officer", PASSWORD).address
    accounts[0].transfer(address, "1 ether", silent=True)
    signer = network.desk("keystore:officer").signer
    ends = desk.chain.now() + 365 * DAY
    powers = Power.COLLECT | Power.REGISTER
    terms = Terms(
        agency=458 << 16 | 2, officer=address, powers=powers, starts_at=0, ends_at=ends, number=1,
        qualification=Qualification.SPECIALIST, qualified_until=ends,
    )  # fmt: skip
    accepted = officers.accept(
        signer,
        terms,
        chain_id=desk.chain.chain_id,
        genesis_id=desk.chain.genesis_id,
        registry=desk.chain.address(officers.REGISTRY),
    )
    (folder / "acceptance.json").write_bytes(accepted.encode())
    assert appoint_officer.main("acceptance.json", f"node:{accounts[2]}") == 1
    return address


def test_deploy_says_its_plan_and_records_what_stands(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = created(place)
    said = capsys.readouterr().out
    assert "EvidenceRegistry" in said and "MY-PDRM" in said
    kept = json.loads(network.deployment().read_text())
    assert kept == record
    assert (kept["network"], kept["chain_id"]) == (brownie_network.show_active(), web3.eth.chain_id)
    for module, at in kept["modules"].items():
        assert bytes(web3.keccak(web3.eth.get_code(at))) == bytes.fromhex(kept["code_hashes"][module][2:])


def test_story_from_creation_to_a_judged_registration(place: Path) -> None:
    created(place)
    assert adopt_standard.main("my", f"node:{accounts[1]}") == 24
    assert adopt_standard.main("my", f"node:{accounts[1]}") == 0
    officer(place)
    pass_time(7200)
    now = int(web3.eth.get_block("latest")["timestamp"])
    started, ended = _iso(now - 3600), _iso(now - 1800)
    (place / "phone.yaml").write_text(RECORD.format(started=started, ended=ended))
    for name in ("consent.txt", "certificate.txt", "list.txt"):
        (place / name).write_text(f"{name}\n")
    (place / "files").mkdir()
    (place / "files" / "chat.txt").write_text("hello\n")
    root = register_evidence.main("phone.yaml", "keystore:officer", "files")
    assert register_evidence.main("phone.acq", "keystore:officer") == root
    verdicts = assess_evidence.main("phone.acq", "keystore:officer", "CN")
    assert verdicts["MY"] in (Verdict.CONFORMS.name, Verdict.CONFORMS_WITH_NOTE.name, Verdict.CURABLE.name)
    assert verdicts["CN"] == Verdict.NO_STANDARD.name


def test_scripts_end_with_a_sentence(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for run, code in (
        (lambda: deploy.main("nowhere.yaml", f"node:{accounts[0]}"), 8),
        (lambda: deploy.main(str(founders(place))), 2),
        (lambda: adopt_standard.main("my", f"node:{accounts[1]}"), 2),
    ):
        with pytest.raises(SystemExit) as ended:
            run()
        assert ended.value.code == code
        assert "Traceback" not in capsys.readouterr().err


def test_live_network_needs_a_yes(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "is_live", lambda: True)
    monkeypatch.delenv("CONCORDAT_YES", raising=False)
    before = web3.eth.get_transaction_count(accounts[0].address)
    with pytest.raises(SystemExit) as ended:
        created(place)
    assert ended.value.code == 2
    assert web3.eth.get_transaction_count(accounts[0].address) == before
    monkeypatch.setenv("CONCORDAT_YES", "1")
    assert created(place)["directory"]


def test_others_than_the_agency_appoint_nobody(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    created(place)
    officer(place)
    with pytest.raises(SystemExit) as ended:
        appoint_officer.main("acceptance.json", f"node:{accounts[3]}")
    assert ended.value.code == 6
    assert "agency" in capsys.readouterr().err.lower()


def _iso(moment: int) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")
