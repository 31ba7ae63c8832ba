# SPDX-License-Identifier: Apache-2.0
"""A workspace: found upwards, pinned at the first connection, compared at every later one."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from fakecast import MY, PDRM, Cast, adopt
from fakenode import CONTRACTS, FakeNode

from concordat.diagnosis import State, diagnose
from concordat.errors import FileError, NodeError, UsageError
from concordat.ledger.outbox import Outbox
from concordat.pins import start_workspace
from concordat.testing import MemoryLedger
from concordat.workspace import Config, Workspace


@pytest.fixture
def workspace(tmp_path: Path, url: str, cast: Cast) -> Workspace:
    return start_workspace(
        tmp_path / "here" / ".concordat",
        rpc=url,
        directory=cast.ledger.address("Directory"),
        agency="my-pdrm",
    )


def test_it_pins_the_suite(workspace: Workspace, cast: Cast) -> None:
    config = Workspace.find(workspace.root).config

    assert config.chain_id == 1337
    assert config.genesis_id == "0x" + cast.ledger.genesis_id.hex()
    assert config.agency == PDRM
    assert set(config.code_hashes) == set(CONTRACTS)
    assert workspace.connect().genesis_id == cast.ledger.genesis_id


def test_it_is_found_from_below_and_by_name(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    below = workspace.root.parent / "case" / "files"
    below.mkdir(parents=True)

    assert Workspace.find(start=below).root == workspace.root
    assert Workspace.find(workspace.root.parent).root == workspace.root
    monkeypatch.setenv("CONCORDAT_WORKSPACE", str(workspace.root))
    assert Workspace.find(start=Path("/")).root == workspace.root


def test_where_there_is_none_it_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="here or in any folder above") as missing:
        Workspace.find(start=tmp_path)
    assert "concordat init" in missing.value.next
    with pytest.raises(UsageError):
        Workspace.find(tmp_path / "nowhere")


def test_it_is_made_once(workspace: Workspace, url: str, cast: Cast) -> None:
    with pytest.raises(UsageError, match="already"):
        start_workspace(workspace.root, rpc=url, directory=cast.ledger.address("Directory"))


def test_nothing_is_made_where_no_suite_is(tmp_path: Path, url: str) -> None:
    with pytest.raises(NodeError):
        start_workspace(tmp_path / ".concordat", rpc=url, directory="0x" + "99" * 20)
    with pytest.raises(NodeError):
        start_workspace(tmp_path / ".concordat", rpc="http://127.0.0.1:1", directory="0x" + "99" * 20)
    assert list(tmp_path.iterdir()) == []


def refused(workspace: Workspace, code: str, node: FakeNode) -> None:
    with pytest.raises(NodeError) as other:
        workspace.connect()
    assert (other.value.code, other.value.exit_code) == (code, 5)
    assert other.value.kept == "Nothing was sent."
    assert node.sent == []


def test_another_chain_is_refused(workspace: Workspace, node: FakeNode) -> None:
    node.ledger.world.chain_id = 5
    refused(workspace, "pin.chain", node)


def test_another_suite_at_the_same_address_is_refused(workspace: Workspace, node: FakeNode) -> None:
    """Everyone's Ganache is chain 1337 and has equal addresses; the genesis tells them apart."""
    address, other = node.ledger.world.address, MemoryLedger(time=1)
    other.world.address = address  # type: ignore[method-assign]
    node.ledger = other
    refused(workspace, "pin.genesis", node)


def test_a_chain_started_anew_is_refused(workspace: Workspace, node: FakeNode) -> None:
    node.ledger = MemoryLedger(time=2)  # nothing stands at the addresses any more
    refused(workspace, "suite.no_directory", node)


def test_other_code_is_refused(workspace: Workspace, node: FakeNode) -> None:
    node.code["EvidenceRegistry"] += b"\0"
    refused(workspace, "pin.code", node)


def test_another_directory_is_refused(workspace: Workspace, node: FakeNode) -> None:
    workspace.set(directory="0x" + "77" * 20)
    refused(workspace, "suite.no_directory", node)


def test_the_node_may_be_named_from_outside(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    good = workspace.config.rpc
    workspace.set(rpc="http://127.0.0.1:1")
    monkeypatch.setenv("CONCORDAT_RPC", good)
    assert workspace.connect().chain_id == 1337


def test_a_deployment_record_is_compared(tmp_path: Path, url: str, workspace: Workspace) -> None:
    config = workspace.config
    record = {
        "concordat": "deployment/1",
        "chain_id": config.chain_id,
        "genesis_id": config.genesis_id,
        "directory": config.directory,
        "code_hashes": dict(config.code_hashes),
        "block": 0,
    }
    file = tmp_path / "deployment.json"
    file.write_text(json.dumps(record))
    assert start_workspace(tmp_path / "a", rpc=url, deployment=file).config.genesis_id == config.genesis_id

    file.write_text(json.dumps({**record, "genesis_id": "0x" + "11" * 32}))
    with pytest.raises(NodeError) as other:
        start_workspace(tmp_path / "b", rpc=url, deployment=file)
    assert other.value.code == "pin.genesis"

    file.write_text("{}")
    with pytest.raises(UsageError, match="no deployment record"):
        start_workspace(tmp_path / "c", rpc=url, deployment=file)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"version": 2}', '{"version": 1, "rpc": "x"}', '{"version": 1, "what": 1}']
)
def test_a_damaged_configuration_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "config.json").write_text(text)
    with pytest.raises(FileError) as damaged:
        _ = Workspace(tmp_path).config
    assert damaged.value.code == "workspace.damaged"


def test_the_configuration_holds_nothing_secret(workspace: Workspace) -> None:
    names = set(json.loads((workspace.root / "config.json").read_text()))
    assert names == {"version", *Config.__dataclass_fields__}


def test_standards_are_kept_for_work_without_network(workspace: Workspace, cast: Cast) -> None:
    adopt(cast)
    workspace.refresh_standards(workspace.connect())
    workspace.set(rpc="http://127.0.0.1:1")

    facts = cast.collection().facts
    from concordat.evidence.facts import Facts

    found = workspace.standards().in_force(Facts.unpack(facts), MY)
    assert found is not None
    assert found.version == 1


def test_without_kept_standards_it_says_how_to_get_them(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="never read"):
        Workspace(tmp_path).standards()
    (tmp_path / "standards.json").write_text("{}")
    with pytest.raises(FileError, match="damaged"):
        Workspace(tmp_path).standards()


def test_without_a_key_it_says_how_to_name_one(workspace: Workspace) -> None:
    with pytest.raises(UsageError) as unnamed:
        workspace.signer(None, lambda _: "")
    assert unnamed.value.code == "key.unnamed"


# Diagnosis


def states(workspace: Workspace, **options: bool) -> dict[str, State]:
    return {check.name: check.state for check in diagnose(workspace, **options)}


def test_a_sound_workspace_is_told_to_be_so(workspace: Workspace, cast: Cast) -> None:
    workspace.set(key=f"node:{cast.officer.address}")
    found = states(workspace)
    assert found.pop("clock") is State.NOTED  # the double lives in its own time
    assert set(found.values()) == {State.GOOD}
    assert {"workspace", "package", "node", "code", "key", "office", "outbox"} == set(found)


def test_a_key_without_office_is_noted(workspace: Workspace, cast: Cast) -> None:
    workspace.set(key=f"node:{cast.stranger.address}")
    assert states(workspace)["office"] is State.NOTED
    workspace.set(key=f"node:{cast.police.address}")
    assert states(workspace)["office"] is State.GOOD
    workspace.set(key="keystore:gone")
    assert states(workspace)["key"] is State.BAD


def test_a_lost_node_is_told_with_its_exit_code(workspace: Workspace) -> None:
    workspace.set(rpc="http://127.0.0.1:1")
    checks = {check.name: check for check in diagnose(workspace)}
    assert (checks["node"].state, checks["node"].exit_code) == (State.BAD, 5)


def test_what_waits_is_told_and_settled(workspace: Workspace, cast: Cast, node: FakeNode) -> None:
    chain = replace_patience(workspace)
    node.lost = {"eth_sendRawTransaction": "before"}
    with pytest.raises(Exception, match="no longer answers"):
        Outbox(workspace.outbox).bind(chain).send(
            cast.police, "AgencyRegistry", "publishEncryptionKey", b"\1" * 32
        )
    node.lost = {}

    assert states(workspace)["outbox"] is State.NOTED
    assert states(workspace, settle=True)["outbox"] is State.GOOD
    assert len(cast.ledger.events("AgencyRegistry", "EncryptionKeyPublished")) == 1


def replace_patience(workspace: Workspace):
    chain = workspace.connect()
    chain.patience = 0.2
    return chain


def test_a_config_is_a_value() -> None:
    config = Config("http://node", 1, "0x", "0x")
    assert replace(config, agency=5).agency == 5
