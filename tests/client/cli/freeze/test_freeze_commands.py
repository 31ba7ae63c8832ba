# SPDX-License-Identifier: Apache-2.0
"""The requester's, endorser's and reviewer's commands as typed: what they print, and what never."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
import pytest
from freeze_stage import ACCOUNTS, HOLDER, request_text, stop
from freezeshell import Shell

from concordat.assets.orders import orderfile
from concordat.assets.orders.fieldtree import MistakesError
from concordat.casework import desk
from concordat.cli import run
from concordat.cli.freeze import COMMANDS, freeze
from concordat.cli.main import root

NUMBER = ACCOUNTS[0].rpartition(":")[2]


def test_a_life_as_typed(shell: Shell) -> None:
    stage = shell.stage
    stage.order()
    asked = shell.ok("inspector", "request", "JCC-0317.yaml", "--check")
    assert "SG-MERLION" in asked.out and "Nothing was sent." in asked.out and NUMBER not in asked.out
    sent = shell.ok("inspector", "request", "JCC-0317.yaml", "--json").json
    assert (sent["before"], sent["foreign"], sent["carried"]) == (False, False, True)
    assert shell.ok("inspector", "request", "JCC-0317.yaml", "--json").json["before"] is True
    assert "is ratified" in shell.ok("superintendent", "ratify", "JCC-0317", "--yes").out
    request = bytes.fromhex(sent["request"][2:])
    stage.answer(request)

    listed = shell.ok("inspector", "list", "--json").json
    assert [row["order"] for row in listed["requests"]] == ["JCC-0317"]
    assert [hold["status"] for hold in listed["requests"][0]["holds"]] == ["HELD", "OPEN"]
    shown = shell.ok("inspector", "show", "JCC-0317")
    assert "held" in shown.out and "FreezeRatified" in shown.out and "****7890" in shown.out
    assert NUMBER not in shown.out and HOLDER not in shown.out
    assert NUMBER in shell.ok("inspector", "show", "JCC-0317", "--reveal").out

    stage.paper("SG-SPF/renewal.pdf")
    renewed = shell.ok("superintendent", "renew", "JCC-0317", "--order", "renewal.pdf")
    assert "#1: renewed" in renewed.out and "#2: left alone" in renewed.out
    reduced = shell.ok(
        "inspector", "reduce", "JCC-0317#1", "--to", "SGD 10.00", "--reason", "exempt_minimum", "--yes"
    )
    assert "reduced to SGD 10.00" in reduced.out
    assert "released" in shell.ok("inspector", "release", "JCC-0317", "--reason", "FULFILLED", "--yes").out
    assert "withdrawn" in shell.ok("inspector", "withdraw", "JCC-0317", "--reason", "FULFILLED", "--yes").out
    data = shell.ok("inspector", "show", "JCC-0317", "--json").json
    assert data["status"] == "WITHDRAWN"
    assert data["holds"][0]["balance"]["remaining"] == "0"
    assert [each["event"] for each in data["history"]][-1] == "FreezeWithdrawn"


def test_what_is_ratified_is_shown_and_asked_first(shell: Shell) -> None:
    stage = shell.stage
    stage.order()
    request = shell.ok("inspector", "request", "JCC-0317.yaml", "--json").json["request"]
    seen = shell.ok("superintendent", "ratify", "JCC-0317", "--check").out
    assert "Lim Invented" in seen and "****7890" in seen and NUMBER not in seen and HOLDER in seen
    assert NUMBER in shell.ok("superintendent", "ratify", "JCC-0317", "--check", "--reveal").out
    data = shell.ok("superintendent", "ratify", "JCC-0317", "--check", "--json").json
    assert (data["status"], data["order"]["order"]) == ("AWAITING_RATIFICATION", "JCC-0317")
    unasked = shell("superintendent", "ratify", "JCC-0317")
    assert unasked.code == 2 and "--yes" in unasked.err and "Lim Invented" in unasked.err
    assert shell.ok("inspector", "show", request, "--json").json["ratified_at"] is None

    away = shell.ok("judge", "ratify", request[:14], "--check")  # a court has no folder
    assert "only what the chain says" in away.out and "SG-MERLION" in away.out and "SG-SPF" in away.out
    assert shell.ok("judge", "ratify", request, "--check", "--json").json["order"] is None
    done = shell.ok("superintendent", "ratify", "JCC-0317", "--yes")
    assert "is ratified" in done.out and "Lim Invented" in done.err and NUMBER not in done.out + done.err
    again = shell.ok("superintendent", "ratify", "JCC-0317")
    assert "It stood before" in again.err, "nothing is asked where nothing is done"


def test_both_clocks_are_told_where_the_chain_stopped(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """S036: it is late here, though the chain's clock has not come to the deadline and maybe never will."""
    stage = shell.stage
    stage.order(**stop())
    shell.ok("inspector", "request", "JCC-0317.yaml")
    shell.ok("superintendent", "ratify", "JCC-0317", "--yes")
    there = stage.ledger.now()
    monkeypatch.setattr(desk.time, "time", lambda: float(there + 30 * 86_400))
    listed = shell.ok("inspector", "list", "--overdue")
    assert "by this machine's clock" in listed.out and "1 OVERDUE" in listed.out
    assert "30 days behind" in listed.err
    row = shell.ok("inspector", "list", "--json").json["requests"][0]
    assert (row["status"], row["status_by_machine"]) == ("RUNNING", "RUNNING")
    assert (row["holds"][0]["status"], row["holds"][0]["status_by_machine"]) == ("OPEN", "OVERDUE")
    shown = shell.ok("inspector", "show", "JCC-0317").out
    assert "by this machine's clock it is" in shown and "by this machine's clock  OVERDUE" in shown
    monkeypatch.setattr(desk.time, "time", lambda: float(there + 30))
    listed = shell.ok("inspector", "list")
    assert "this machine" not in listed.out + shell.ok("inspector", "show", "JCC-0317").out


def test_a_foreign_request_as_typed(shell: Shell) -> None:
    stage = shell.stage
    stage.order(agency="MY-PDRM", **stop())
    sent = shell.ok("my-inspector", "request", "JCC-0317.yaml")
    assert "binds nobody before" in sent.out
    name = shell.ok("my-inspector", "show", "JCC-0317", "--json").json["request"]
    seen = shell.ok("endorser", "endorse", name, "--check")
    assert "Lim Invented" in seen.out and NUMBER not in seen.out
    assert NUMBER in shell.ok("endorser", "endorse", name, "--check", "--reveal").out
    unasked = shell("endorser", "endorse", name)
    assert unasked.code == 2 and "--yes" in unasked.err
    done = shell.ok("endorser", "endorse", name[:14], "--yes", "--json").json
    assert done["before"] is False
    late = shell("endorser", "decline", name, "--code", "NO_LEGAL_BASIS", "--yes", "--json")
    assert late.code != 0 and late.json["message"]


def test_an_objection_as_typed(shell: Shell) -> None:
    stage = shell.stage
    name = request_text(stage.held()) + "#1"
    stage.paper("SG-MERLION/grounds.txt", b"It is my salary.")
    stage.paper("SG-PROS/decision.pdf")
    assert "hand it to" in shell.ok("teller", "notice", name, "--out", "notice.json").out
    # The account holder signs without workspace and network; the bank sends it.
    out = shell.ok(
        "teller", "object", "--notice", "notice.json", "--grounds", "grounds.txt", "--write", "signed.json"
    )
    assert "Anybody may send" in out.out
    signed = json.loads((stage.folder / "SG-MERLION" / "signed.json").read_text())
    assert "secret" not in signed
    ran = shell("teller", "object", "--signed", "signed.json")
    assert ran.code == 0 or "deadline" in ran.err.lower()
    again = shell.ok("teller", "object", "--notice", "notice.json", "--grounds", "grounds.txt", "--json").json
    assert again["before"] is (ran.code == 0)
    late = shell.ok("inspector", "show", name, "--json").json
    assert late["holds"][0]["objected"] is True
    decided = shell.ok(
        "reviewer", "review", name, "--outcome", "upheld_in_part", "--release", "SGD 5.00",
        "--decision", "decision.pdf", "--yes", "--json",
    )  # fmt: skip
    assert decided.json["outcome"] == "UPHELD_IN_PART"
    stage.paper("SG-PROS/proposal.pdf", b"proposal")
    stage.paper("SG-COURT/judgment.pdf", b"judgment")
    shell.ok("prosecutor", "propose", name, "--proposal", "proposal.pdf")
    shell.ok("judge", "dispose", name, "--judgment", "judgment.pdf", "--return", "SGD 100.00", "--yes")
    assert (
        shell.ok("anyone", "show", name, "--json", agency="MY-COURT").json["holds"][0]["status"] == "DISPOSED"
    )


def test_money_that_moved_on_is_followed_as_typed(shell: Shell) -> None:
    request = shell.stage.running()
    name = request_text(shell.stage.named(request).hold)
    places = ("institution=SG-ORCHID", f"account={ACCOUNTS[2]}")
    where = (*places, "amount=SGD 700.00", "at=2026-03-16T08:30:00+08:00")
    moved = [word for each in where for word in ("--moved", each)]
    shell.ok("teller", "answer", name, "--kind", "moved_on", *moved)
    shell.ok("checker", "check", "--all", "--yes")
    ran = shell.ok("inspector", "follow", "JCC-0317#1")
    assert "SGD 700.00 to SG-ORCHID" in ran.out and ACCOUNTS[2] not in ran.out
    written = (shell.stage.folder / "SG-SPF" / "JCC-0317-follow1.yaml").read_text()
    assert ACCOUNTS[2] in written and f"0x{shell.stage.named(request).hold.hex()}" in written
    assert shell("inspector", "follow", "JCC-0317#1", "--json").json["code"] == "file.exists"
    again = shell.ok("inspector", "follow", "JCC-0317#1", "--out", "b.yaml", "--reveal", "--json").json
    assert again["files"] and again["unseen"] == 0


def test_the_holder_needs_neither_workspace_nor_network(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stage = shell.stage
    request = stage.held()
    notice, signed = tmp_path / "home" / "notice.json", tmp_path / "home" / "signed.json"
    shell.ok("teller", "notice", f"{request_text(request)}#1", "--out", notice)
    stage.node.lost["*"] = "before"
    monkeypatch.chdir(notice.parent)
    grounds = stage.paper("home/grounds.txt", b"It is my salary.")
    deadline = ("--deadline", "2026-04-01T00:00:00+08:00")
    code = run(
        [
            "freeze",
            "object",
            "--notice",
            str(notice),
            "--grounds",
            str(grounds),
            "--write",
            str(signed),
            *deadline,
        ]
    )
    assert (code, capsys.readouterr().err) == (0, "")
    stage.node.lost.clear()
    assert (
        shell.ok("anyone", "object", "--signed", signed, "--json", agency="MY-COURT").json["before"] is False
    )


def test_who_objects_is_asked(shell: Shell) -> None:
    for given in ((), ("X#1", "--signed", "y")):
        ran = shell("teller", "object", *given, "--json")
        assert (ran.code, ran.json["code"]) == (2, "freeze.who_objects")
    assert shell("teller", "object", "X#1", "--json").json["code"] == "freeze.grounds"


def test_alerts_and_deadlines_as_typed(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    stage = shell.stage
    monkeypatch.setattr(desk.time, "time", lambda: float(stage.ledger.now()))
    stage.requested(**stop())
    assert "Nobody is late." in shell.ok("inspector", "list", "--overdue").out
    assert "There are no requests." in shell.ok("my-teller", "list").out
    ran = shell.ok("inspector", "deadlines", "--ics", "mine.ics")
    assert "Ratify" in ran.out
    calendar = (stage.folder / "SG-SPF" / "mine.ics").read_bytes()
    assert calendar.startswith(b"BEGIN:VCALENDAR") and NUMBER.encode() not in calendar
    stage.pass_time(2 * 86_400)
    late = shell.ok("inspector", "list", "--overdue")
    assert "lapsed" in late.out
    assert len(shell.ok("inspector", "lapse", "JCC-0317", "--json").json["done"]) == 2
    assert "No deadline runs." in shell.ok("inspector", "deadlines").out
    assert shell("inspector", "lapse", "JCC-0317", "--json").json["code"] == "freeze.nothing_lapsed"


def test_in_chinese(shell: Shell) -> None:
    shell.stage.held()
    assert "冻结" in shell.ok("inspector", "list", "--lang", "zh").out
    shown = shell.ok("inspector", "show", "JCC-0317", "--lang", "zh").out
    assert "已全额控制" in shown and "经过" in shown
    # One word for one thing: the measure is named in Chinese, the values are not translated.
    assert shell.ok("inspector", "show", "JCC-0317", "--lang", "zh", "--json").json["measure"] == "FREEZE"


def test_a_template_is_written_and_is_refused_as_it_is(shell: Shell) -> None:
    shell.ok("inspector", "request", "new.yaml", "--new", "--measure", "stop_payment", "--in", "SG")
    path = shell.stage.folder / "SG-SPF" / "new.yaml"
    with pytest.raises(MistakesError):
        orderfile.parse(path.read_text(encoding="utf-8"), path)
    assert (
        shell("inspector", "request", "new.yaml", "--new", "--in", "SG", "--json").json["code"]
        == "file.exists"
    )
    assert shell("inspector", "request", "x.yaml", "--new", "--json").json["code"] == "order.jurisdiction"
    wrong = shell("inspector", "request", "new.yaml")
    assert wrong.code == 2 and "line" in wrong.err


def test_without_a_mailbox_it_is_said_who_carries(shell: Shell) -> None:
    shell.stage.workspace("SG-SPF").set(mailbox="")
    shell.stage.order()
    ran = shell.ok("inspector", "request", "JCC-0317.yaml")
    assert "carry the 2 sealed messages" in ran.err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("ratify", "JCC-9"), "freeze.unknown"),
        (("show", "0x123456"), "freeze.unknown"),
        (("request", "gone.yaml"), "file.unreadable"),
        (("follow", "JCC-9#1"), "freeze.unknown"),
        (("again", "x.freeze"), "freeze.no_folder"),
        (("release", "JCC-9", "--reason", "OTHER", "--yes"), "freeze.unknown"),
    ],
)
def test_what_is_not_there_gives_a_sentence(shell: Shell, arguments: Any, code: str) -> None:
    ran = shell("inspector", *arguments, "--json")
    assert (ran.code != 0, ran.json["code"]) == (True, code), ran.out
    assert ran.json["next"]


def test_hostile_orders_end_in_a_sentence(shell: Shell) -> None:
    folder = shell.stage.workspace("SG-SPF").root.parent
    for content in (
        b"",
        b"\xff\xfe\x00",
        b"[" * 10_000,
        b"a: &a [*a]",
        b"x: !!python/object:os.system 1",
        b"\0",
    ):
        (folder / "bad.yaml").write_bytes(content)
        ran = shell("inspector", "request", "bad.yaml")
        assert ran.code in (2, 8), content
        assert "nobody foresaw" not in ran.err


def test_profiles_as_typed(shell: Shell) -> None:
    shown = shell.ok("inspector", "profile", "show", "SG")
    assert "same" in shown.out and "SG-3" in shown.out
    assert shell.ok("inspector", "profile", "show", "--json").json["profiles"]
    assert "all is as written" in shell.ok("SG-AGC", "profile", "adopt", "sg").out
    dry = shell.ok("SG-AGC", "profile", "adopt", "sg", "--endorser", "SG-SPF", "--dry-run", "--json").json
    assert dry["transactions"] == [] and {tuple(each["changes"]) for each in dry["adopted"]} == {
        ("endorser",)
    }
    shell.ok("SG-AGC", "profile", "adopt", "sg", "--endorser", "SG-SPF")
    shell.ok("SG-AGC", "profile", "cancel", "SG", "freeze", "cash")
    (shell.stage.folder / "SG-AGC" / "bad.yaml").write_text("jurisdiction: SG\n")
    assert shell("SG-AGC", "profile", "lint", "bad.yaml").code == 2


def test_every_freeze_command_has_help_and_describes_its_options() -> None:
    context = click.Context(root)
    assert root.get_command(context, "freeze") is freeze
    for name in COMMANDS:
        command = freeze.get_command(click.Context(freeze), name)
        assert command is not None and command.help, name
        for param in command.params:
            assert not isinstance(param, click.Option) or param.help, (name, param.opts)
    assert freeze.get_command(click.Context(freeze), "nothing") is None
