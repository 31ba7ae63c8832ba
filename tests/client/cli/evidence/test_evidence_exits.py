# SPDX-License-Identifier: Apache-2.0
"""Every exit code of the evidence commands, each with a sentence, and nothing half done."""

from __future__ import annotations

import errno
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import pytest
from shell import ONLINE, PHONE, REFUSED, Shell
from stage import uri

from concordat.casework import packing
from concordat.cli import check as check_command
from concordat.evidence import store
from concordat.evidence.package import Package


def test_0_done(shell: Shell) -> None:
    for words in (("check", PHONE[0]), ("register", *PHONE), ("report", "case/my-phone.acq")):
        who = "faridah" if words[0] != "report" else ""
        ran = shell(*words, *(() if who else ("--workspace", "my")), who=who)
        assert ran.code == 0, ran.err
        assert ran.out


def test_1_unexpected_writes_the_details_where_it_says(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> NoReturn:
        raise RuntimeError("a cosmic ray")

    monkeypatch.setattr(check_command, "check_record", broken)
    ran = shell("check", PHONE[0], who="faridah")
    assert (ran.code, ran.out) == (1, "")
    assert "a cosmic ray" in ran.err
    (crash,) = (shell.stage.folder / "my" / ".concordat" / "crashes").iterdir()
    assert crash.name in ran.err
    assert "Traceback" in crash.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "words",
    [
        ("check",),
        ("check", PHONE[0], "--no-such-option"),
        ("check", PHONE[0], "--forum", "XX"),
        ("pack", PHONE[0]),
        ("register", PHONE[0]),
        ("cosign", "case"),
        ("nonsense",),
        ("show",),
        ("show", "--agency", "MY-PDRM"),
        ("report", "case", "--lang", "fr"),
        ("supplement", "case", "--add", "NO=file"),
    ],
)
def test_2_wrong_use(shell: Shell, words: tuple[str, ...]) -> None:
    extra = () if words in {("nonsense",), ("show",)} else ("--workspace", "my")
    ran = shell(*words, *extra)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.strip()


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("method: STORAGE_IMAGING", "methd: STORAGE_IMAGING", 12, "methd"),
        ("2026-03-17T09:30:00+08:00", "2026-03-17T09:30:00", 16, "offset"),
        ('case: "0317"', "case: 0317", 9, "case"),
    ],
)
def test_2_a_record_that_says_wrong_things_with_line_and_field(
    shell: Shell, old: str, new: str, line: int, words: str
) -> None:
    shell.stage.edit("my-phone", (old, new))
    for command in (("check", PHONE[0]), ("pack", *PHONE), ("register", *PHONE)):
        ran = shell(*command, who="faridah")
        assert ran.code == 2
        assert words in ran.err and "line" in ran.err
    assert shell("record", "lint", PHONE[0]).code == 2
    assert not Path("case/my-phone.acq").exists()


def test_2_without_a_workspace(shell: Shell, tmp_path: Path) -> None:
    ran = shell("check", PHONE[0], "--workspace", "nowhere")
    assert ran.code == 2
    assert "concordat init" in ran.err


def test_3_refused_nothing_is_registered_and_the_package_stays(shell: Shell) -> None:
    assert shell("check", REFUSED[0], who="zhang").code == 3
    ran = shell("register", *REFUSED, who="zhang")
    assert (ran.code, ran.out) == (3, "")
    assert "refused.acq stays as it was packed" in ran.err
    assert "art. 112(4)" in ran.err
    assert Package.open("case/refused.acq").receipt is None
    assert shell.stage.sent() == 0


def test_4_a_changed_byte(shell: Shell) -> None:
    assert shell("register", *PHONE, who="faridah").code == 0
    assert shell("verify", "case/my-phone.acq", PHONE[1], "--workspace", "my").code == 0
    log = Path(PHONE[1]) / "usb" / "access.log"
    content = bytearray(log.read_bytes())
    content[10] ^= 1
    log.write_bytes(content)
    ran = shell("verify", "case/my-phone.acq", PHONE[1], "--workspace", "my")
    assert ran.code == 4
    assert "usb/access.log" in ran.out
    manifest = Path("case/my-phone.acq/manifest.json")
    manifest.write_bytes(manifest.read_bytes() + b" ")
    assert shell("register", "case/my-phone.acq", who="faridah").code == 4


def test_5_no_node_and_nothing_is_sent(shell: Shell) -> None:
    assert shell("pack", *PHONE, who="faridah").code == 0
    shell.stage.node.lost = {"*": "before"}
    ran = shell("register", "case/my-phone.acq", who="faridah")
    assert (ran.code, ran.out) == (5, "")
    assert "Nothing was sent" in ran.err
    shell.stage.node.lost = {}
    assert shell("register", "case/my-phone.acq", who="faridah").code == 0


@pytest.mark.parametrize("pin", ["chain_id", "genesis_id", "code_hashes"])
def test_5_another_suite_than_the_pinned_one(shell: Shell, pin: str) -> None:
    workspace = shell.stage.workspace("my")
    other = {
        "chain_id": 5,
        "genesis_id": "0x" + "17" * 32,
        "code_hashes": {"EvidenceRegistry": "0x" + "17" * 32},
    }
    workspace.save(replace(workspace.config, **{pin: other[pin]}))
    ran = shell("register", *PHONE, who="faridah")
    assert ran.code == 5
    assert not Path("case/my-phone.acq").exists()
    assert shell.stage.sent() == 0


def test_6_not_authorised(shell: Shell) -> None:
    assert shell("pack", *PHONE, who="faridah").code == 0
    for words, who in (
        (("register", "case/my-phone.acq"), "records"),
        (("sign", "case/my-phone.acq"), "clerk"),
        (("pack", *PHONE, "--out", "other.acq"), "holder"),
    ):
        ran = shell(*words, "--workspace", "my", "--key", uri(who))
        assert ran.code == 6, ran.err
    assert shell.stage.sent() == 0


def test_6_a_wrong_password(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONCORDAT_PASSWORD", "the right one")
    assert shell("key", "new", "mine", "--workspace", "my").code == 0
    monkeypatch.setenv("CONCORDAT_PASSWORD", "a wrong one")
    ran = shell("sync", "--key", "keystore:mine", "--workspace", "my")
    assert ran.code == 6
    assert "password" in ran.err.lower()


def test_7_curable(shell: Shell) -> None:
    assert shell("check", ONLINE[0], who="zhang").code == 7
    ran = shell("register", *ONLINE, who="zhang")
    assert ran.code == 7
    assert "Curable" in ran.out
    assert Package.open("case/cn-online.acq").receipt is not None


def test_8_what_cannot_be_read(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shell("check", "case/nowhere.yaml", who="faridah").code == 8
    assert shell("pack", PHONE[0], "case/nowhere", who="faridah").code == 8
    Path("case/documents/my-phone/minutes.pdf").unlink()
    ran = shell("pack", *PHONE, who="faridah")
    assert ran.code == 8
    assert "minutes.pdf" in ran.err


def test_8_a_full_disk_while_packing_goes_on_later(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    replace_file = store.write

    def full(path: Path, data: bytes) -> None:
        if path.name == "manifest.json":
            raise OSError(errno.ENOSPC, "No space left on device")
        replace_file(path, data)

    with monkeypatch.context() as patch:
        patch.setattr(store, "write", full)
        ran = shell("pack", *PHONE, who="faridah")
    assert ran.code == 8
    assert "The disk is full" in ran.err and "goes on from there" in ran.err
    assert not Path("case/my-phone.acq").exists()
    assert shell("pack", *PHONE, who="faridah").code == 0


@pytest.mark.parametrize(
    ("method", "when"),
    [
        ("eth_sendRawTransaction", "before"),
        ("eth_sendRawTransaction", "after"),
        ("eth_getTransactionReceipt", "before"),
    ],
)
def test_9_the_outcome_is_unknown_and_the_next_run_finds_it(shell: Shell, method: str, when: str) -> None:
    assert shell("pack", *PHONE, who="faridah").code == 0
    shell.stage.node.lost = {method: when}
    ran = shell("register", "case/my-phone.acq", who="faridah")
    assert (ran.code, ran.out) == (9, "")
    assert "again" in ran.err
    shell.stage.node.lost = {}
    again = shell("register", "case/my-phone.acq", who="faridah")
    assert again.code == 0, again.err
    assert shell.stage.sent() == 1
    assert len(shell.stage.ledger.events("EvidenceRegistry", "AcquisitionRegistered")) == 1
    doctor = shell("doctor", "--workspace", "my")
    assert "Nothing waits to be sent" in doctor.out


def test_9_lost_after_the_block_before_it_was_read_back(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shell("pack", *PHONE, who="faridah").code == 0
    mine = shell.stage.node.mine

    def mine_and_go() -> None:
        mine()
        shell.stage.node.lost = {"eth_getLogs": "before"}

    monkeypatch.setattr(shell.stage.node, "mine", mine_and_go)
    ran = shell("register", "case/my-phone.acq", who="faridah")
    assert ran.code == 9
    assert "registered" in ran.err and "Nothing was sent" not in ran.err
    shell.stage.node.lost = {}
    again = shell("register", "case/my-phone.acq", who="faridah")
    assert again.code == 0
    assert "before; nothing was sent now" in again.out
    assert shell.stage.sent() == 1


def test_130_interrupted_and_resumed(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: Any, **__: Any) -> NoReturn:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(packing, "write_collection_report", stop)
        ran = shell("pack", *PHONE, who="faridah")
    assert (ran.code, ran.out) == (130, "")
    assert "again" in ran.err
    assert Path("case/my-phone.acq.partial").is_dir()
    assert shell("pack", *PHONE, who="faridah").code == 0
    assert not Path("case/my-phone.acq.partial").exists()
