# SPDX-License-Identifier: Apache-2.0
"""What is mistyped is told as what it is: no command, no path, no package, no time; never as a finding."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from shell import ONLINE, PHONE, Shell


@pytest.mark.parametrize("command", ["show", "register", "check", "verify", "report"])
def test_a_package_that_is_not_there_is_named(shell: Shell, command: str) -> None:
    ran = shell(command, "nowhere.acq", "--workspace", "cn", who="zhang" if command == "register" else "")
    assert ran.code == 2
    assert "nowhere.acq is no package" in ran.err


def test_a_folder_is_no_record(shell: Shell) -> None:
    Path("empty").mkdir()
    for command in ("check", "register"):
        ran = shell(command, "empty", who="zhang")
        assert ran.code == 2
        assert "empty is no package" in ran.err


def test_check_misses_what_packing_would_miss(shell: Shell) -> None:
    """A check that finds nothing is followed by a pack that finds nothing."""
    record = Path(PHONE[0])
    text = record.read_text(encoding="utf-8")
    record.write_text(text.replace("file: documents/", "file: dokuments/"), encoding="utf-8")
    for command in ("check", "pack"):
        ran = shell(command, *PHONE, who="faridah")
        assert ran.code == 8
        assert "documents that are not there" in ran.err
    record.write_text(text.replace("path: phone/", "path: fone/"), encoding="utf-8")
    for command in ("check", "pack"):
        ran = shell(command, *PHONE, who="faridah")
        assert ran.code == 2
        assert "not among the files" in ran.err


def test_a_mistyped_path_is_no_damage(shell: Shell) -> None:
    assert shell("register", *ONLINE, who="zhang").code == 7
    ran = shell("verify", "case/cn-online.acq", "case/exhibit", "--workspace", "cn")
    assert ran.code == 8
    assert "no such file or folder: case/exhibit" in ran.err
    assert ran.out == ""


def test_what_was_not_looked_at_is_not_called_verified(shell: Shell) -> None:
    assert shell("register", *ONLINE, who="zhang").code == 7
    ran = shell("verify", "case/cn-online.acq", "--workspace", "cn")
    assert ran.code == 0
    assert ran.out.startswith("Verified as far as files were given.\n")
    chinese = shell("verify", "case/cn-online.acq", ONLINE[1], "--workspace", "cn", "--lang", "zh")
    assert chinese.out.startswith("核验通过。\n")


@pytest.mark.parametrize("text", ["[1]", "{}", '{"concordat": "registration-certificate/1"}', "[" * 100_000])
def test_another_paper_is_no_proof(shell: Shell, text: str) -> None:
    Path("paper.json").write_text(text)
    ran = shell("verify", "paper.json", "--workspace", "cn")
    assert ran.code == 2
    assert "neither a package nor a proof" in ran.err


def test_a_proof_of_the_wrong_form_is_refused_before_the_chain_is_asked(shell: Shell) -> None:
    form = {"concordat": "exhibit-proof/1", "agency": "China", "root": 5}
    Path("proof.json").write_text(json.dumps(form))
    assert shell("verify", "proof.json", "--workspace", "cn").code == 4


def test_a_mistyped_command_is_guessed(shell: Shell) -> None:
    assert "Did you mean check?" in shell("chek").err
    assert "Did you mean list?" in shell("key", "lst").err


def test_commands_are_listed_with_whole_sentences(shell: Shell) -> None:
    for group in ((), ("officer",), ("agency",)):
        assert "..." not in shell(*group, "--help").out.partition("Commands:")[2]


@pytest.mark.parametrize(
    ("time", "said"),
    [
        ("2028-01-01", "write it as 2028-01-01T00:00:00+08:00"),
        ("2028-01-01T08:30:00", "write it as 2028-01-01T08:30:00+08:00"),
        ("0001-01-01T00:00:00Z", "is before 1970"),
        ("tomorrow", "is no time"),
    ],
)
def test_a_time_that_is_none_is_explained(shell: Shell, time: str, said: str) -> None:
    ran = shell("officer", "accept", "--power", "COLLECT", "--until", time, "--out", "x.json", who="zhang")
    assert ran.code == 2
    assert said in ran.err


def test_only_a_key_that_is_there_is_used(shell: Shell) -> None:
    ran = shell("key", "use", "keystore:nobody", "--workspace", "cn")
    assert ran.code == 2
    assert "no key named 'nobody'" in ran.err


def test_a_rulebook_that_is_not_there_is_told_with_those_that_are(shell: Shell) -> None:
    ran = shell("standard", "adopt", "xx", "--workspace", "cn")
    assert ran.code == 2
    assert "CN" in ran.err


def test_a_mistyped_path_is_told_before_what_is_not_found_in_it(shell: Shell) -> None:
    ran = shell("check", PHONE[0], "case/exhibit", who="faridah")
    assert ran.code == 8
    assert "case/exhibit: " in ran.err
