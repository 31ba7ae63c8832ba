# SPDX-License-Identifier: Apache-2.0
"""Packing and co-signing on a machine that has no network, after one ``sync``."""

from __future__ import annotations

from typing import Any, NoReturn

import pytest
from stage import CASE, REGISTERED, Stage, renewed

from concordat.casework import check_record, cosign, desk, pack, register, report, sign, verify
from concordat.errors import NodeError, UsageError
from concordat.evidence.standards import Verdict
from concordat.evidence.typed import CoSignerRole
from concordat.ledger import rpc
from concordat.ledger.signer import LocalSigner
from concordat.workspace import Workspace


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine's clock is that of the case: without network there is no other."""
    monkeypatch.setattr(desk.time, "time", lambda: float(REGISTERED))


@pytest.fixture
def local_keys(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys that need no node either, as keystores do."""

    def signer(_: Workspace, uri: str | None, __: Any) -> LocalSigner:
        return stage.node.signers[str(uri).removeprefix("node:").lower()]

    monkeypatch.setattr(Workspace, "signer", signer)


def sync(stage: Stage, place: str, *people: str) -> None:
    """What ``concordat sync`` does, for each key."""
    for who in people:
        found = stage.desk(place, who)
        assert (found.book.read_at, found.registry) and found.identity.posts


def cut(stage: Stage) -> None:
    """Take the network away: whoever asks the node fails the test."""

    def gone(method: str, *_: Any) -> NoReturn:
        raise AssertionError(f"something asks the node for {method}")

    stage.node.request = gone  # type: ignore[method-assign]


@pytest.mark.usefixtures("here", "local_keys")
def test_after_sync_everything_before_registering_needs_no_network(stage: Stage) -> None:
    sync(stage, "cn", "zhang", "li")
    request = stage.node.request
    cut(stage)

    zhang = stage.desk("cn", "zhang", offline=True)
    assert check_record(zhang, CASE / "cn-online.yaml").verdict == Verdict.CURABLE
    package = pack(
        stage.desk("cn", "zhang", offline=True),
        CASE / "cn-online.yaml",
        [CASE / "exhibits" / "cn-online"],
        stage.folder / "a.acq",
    )
    cosign(stage.desk("cn", "li", offline=True), package, CoSignerRole.SECOND_OFFICER)
    sign(stage.desk("cn", "zhang", offline=True), package)
    assert len(report(stage.desk("cn", "zhang", offline=True), renewed(package))) == 3
    assert verify(None, renewed(package), [CASE / "exhibits" / "cn-online"]).result.ok

    stage.node.request = request  # type: ignore[method-assign]
    done = register(stage.desk("cn", "zhang"), renewed(package))
    assert done.registration.acquisition.facts.officers == 2


@pytest.mark.usefixtures("here", "local_keys")
def test_a_node_that_does_not_answer_is_no_network(stage: Stage) -> None:
    """Without --offline the node is tried, and what was last read is used."""
    sync(stage, "cn", "zhang")

    def silent(*_: Any) -> NoReturn:
        raise rpc.unreachable("http://node.test", OSError())

    stage.node.request = silent  # type: ignore[method-assign]
    assert check_record(stage.desk("cn", "zhang"), CASE / "cn-online.yaml").verdict == Verdict.CURABLE
    with pytest.raises(NodeError) as nobody:
        stage.desk("cn", "zhang").chain.now()
    assert nobody.value.exit_code == 5


@pytest.mark.usefixtures("here", "local_keys")
@pytest.mark.parametrize(
    ("missing", "code"),
    [
        ("standards.json", "standards.not_cached"),
        ("registry", "registry.not_cached"),
        ("identities", "identity.not_cached"),
    ],
)
def test_what_was_never_read_is_told_with_the_command_that_reads_it(
    stage: Stage, missing: str, code: str
) -> None:
    sync(stage, "cn", "zhang")
    path = stage.workspace("cn").root / missing
    if path.is_dir():
        for each in path.iterdir():
            each.unlink()
    else:
        path.unlink()
    cut(stage)
    with pytest.raises(UsageError) as never:
        pack(
            stage.desk("cn", "zhang", offline=True),
            CASE / "cn-online.yaml",
            [CASE / "exhibits" / "cn-online"],
            stage.folder / "a.acq",
        )
    assert never.value.code == code
    assert "concordat sync" in never.value.next or "standard list" in never.value.next
    assert not (stage.folder / "a.acq").exists()


def test_what_needs_the_chain_says_that_offline_was_asked_for(stage: Stage) -> None:
    package = stage.packed("cn-online", "cn", "zhang")
    with pytest.raises(NodeError) as offline:
        register(stage.desk("cn", "zhang", offline=True), package)
    assert offline.value.code == "node.offline"
    assert stage.sent() == 0


def test_a_damaged_copy_is_told(stage: Stage) -> None:
    sync(stage, "cn", "zhang")
    for path in (stage.workspace("cn").root / "identities").iterdir():
        path.write_text("{}")
    cut(stage)
    with pytest.raises(Exception, match="damaged") as damaged:
        _ = stage.desk("cn", "zhang", offline=True).identity
    assert damaged.value.exit_code == 8
