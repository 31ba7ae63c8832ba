# SPDX-License-Identifier: Apache-2.0
"""``freeze stats`` and ``freeze paper`` as typed."""

from __future__ import annotations

import re

from freeze_stage import ACCOUNTS, DAY, HOLDER, request_text
from freezeshell import Shell

NUMBER = ACCOUNTS[0].rpartition(":")[2]


def test_stats_of_an_empty_log(shell: Shell) -> None:
    told = shell.ok("inspector", "stats", "--json", "--html", "none.html").json
    assert told["total"]["holds"] == 0 and told["institutions"] == {} and told["total"]["money"] == []
    assert "requests          0, holds 0" in shell.ok("inspector", "stats").out
    assert (shell.stage.folder / "SG-SPF" / "none.html").exists()


def test_stats_as_table_json_and_report(shell: Shell) -> None:
    stage = shell.stage
    stage.held()
    stage.pass_time(3 * DAY)
    shown = shell.ok("inspector", "stats")
    assert "SG-MERLION" in shown.out and "100 % (1/1)" in shown.out and "SGD 1,500.00" in shown.out
    told = shell.ok("inspector", "stats", "--institution", "SG-ORCHID", "--json").json
    assert told["total"]["overdue"] == 1 and told["total"]["holds"] == 1
    assert shell.ok("inspector", "stats", "--jurisdiction", "MY", "--json").json["total"]["holds"] == 0
    shell.ok("inspector", "stats", "--html", "f.html", "--pdf", "f.pdf")
    page = (stage.folder / "SG-SPF" / "f.html").read_text(encoding="utf-8")
    assert page.count("<svg") == 2 and "<script" not in page and "<circle" in page and "<rect" in page
    assert not re.search(r"(src|href)=\"?http", page)
    assert (stage.folder / "SG-SPF" / "f.pdf").read_bytes().startswith(b"%PDF")
    for text in (shown.out, page):
        assert NUMBER not in text and HOLDER not in text


def test_stats_of_nobody_and_of_no_time(shell: Shell) -> None:
    nobody = shell("inspector", "stats", "--institution", "SG-NOBODY")
    assert nobody.code != 0 and "Traceback" not in nobody.err
    assert shell("inspector", "stats", "--since", "yesterday").code == 2


def test_papers_on_demand(shell: Shell) -> None:
    stage = shell.stage
    request = stage.held()
    files = shell.ok("inspector", "paper", "JCC-0317", "--out", "out", "--lang", "en", "--json").json["files"]
    assert len(files) == 3 * 5  # two orders, two ratifications, one answer
    assert "冻结" not in (stage.folder / "SG-SPF" / files[1]).read_text(encoding="utf-8")
    assert shell("inspector", "paper", "JCC-0317", "--lang", "fr").code != 0
    assert shell("inspector", "paper", "JCC-9999").code != 0
    kept = shell.ok("inspector", "paper", f"{request_text(request)}#1").out
    assert "answer-SG-MERLION.pdf" in kept and ".freeze" in kept


def test_the_holders_notice_goes_where_it_is_said(shell: Shell) -> None:
    stage = shell.stage
    request = stage.held()
    text = f"{request_text(request)}#1"
    refused = shell("inspector", "paper", text, "--holder")
    assert refused.code != 0 and "--out" in refused.err
    told = shell.ok("inspector", "paper", text, "--holder", "--out", "hand-over", "--json").json
    assert len(told["files"]) == 3
    blind = shell("reviewer", "paper", text, "--holder", "--out", "x")
    assert blind.code != 0 and "Traceback" not in blind.err
