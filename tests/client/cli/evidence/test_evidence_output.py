# SPDX-License-Identifier: Apache-2.0
"""What the evidence commands print, where, in which form and language, and that they never ask."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from shell import ONLINE, PHONE, REFUSED, Shell

from concordat.cli.main import COMMANDS, root
from concordat.evidence.package import Package

FAILURE = {"code", "message", "kept", "next"}
RECEIPT = {"transaction", "block", "block_hash", "time", "gas_used"}
FORUM = {"forum", "origin", "verdict", "version", "fatal", "curable", "noted", "review", "reasons"}
REASON = {"rule", "severity", "steps", "law", "certainty", "missing", "cure", "late"}
FINDING = {"code", "severity", "field", "forum", "rule", "en", "zh"}
JUDGEMENT = {"verdict", "judged_at", "facts", "forums", "findings", "note"}
ITEM_LIST = "ITEM_LIST=case/documents/cure-online/item-list.pdf"


def test_the_objects_of_json_have_these_keys(shell: Shell) -> None:
    """Programs rely on them; a key may come, none may go."""
    checked = shell("check", *PHONE, "--json", who="faridah").json
    assert set(checked) == JUDGEMENT | {"noticed"}
    assert set(checked["forums"][1]) == FORUM
    assert set(checked["forums"][1]["reasons"][0]) == REASON
    assert set(checked["findings"][0]) == FINDING

    packed = shell("pack", *ONLINE, "--json", who="zhang").json
    assert set(packed) == {"package", "root", "exhibits", "collector", "refusals_cited", "findings"}

    registered = shell("register", "case/cn-online.acq", "--json", who="zhang").json
    paper = {"chain_id", "genesis", "registry", "agency", "root", "transaction", "block", "block_hash"}
    paper |= {"log_index", "registered_at", "verdict", "facts", "standard_version"}
    assert set(registered) == paper | {"package", "before", "verdict_stored", "judgement"}
    assert set(registered["judgement"]) == JUDGEMENT
    assert registered["verdict_stored"] == "CURABLE" and registered["before"] is False

    cosigned = shell("cosign", "case/cn-online.acq", "--json", who="li").json
    assert set(cosigned) == {"package", "role", "signer", "late"}
    sent = shell("cosign", "case/cn-online.acq", "--submit", "--json", who="zhang").json
    assert set(sent) == {"transactions"} and set(sent["transactions"][0]) == RECEIPT

    brought = shell("supplement", "case/cn-online.acq", "--add", ITEM_LIST, "--json", who="archive").json
    assert set(brought) == RECEIPT | {"forum", "steps"}
    assert brought["steps"] == ["ITEM_LIST_MADE"]

    shown = shell("show", "case/cn-online.acq", "--json", "--workspace", "cn").json
    assert set(shown) == {
        *("agency", "root", "registered_at", "collector", "collector_compromised_since", "verdict_then"),
        *("facts", "steps", "withdrawn", "superseded_by", "date_confirmed", "forums", "history"),
    }
    assert set(shown["history"][0]) == {"event", "block", "transaction"}

    verified = shell("verify", "case/cn-online.acq", ONLINE[1], "--json", "--workspace", "cn").json
    assert {"ok", "node", "anchor"} <= set(verified)
    written = shell("report", "case/cn-online.acq", "--json", "--workspace", "cn").json
    assert set(written) == {"files"} and len(written["files"]) == 6
    synced = shell("sync", "--json", who="zhang").json
    assert set(synced) == {"read_at", "standards", "address", "appointments", "registry"}
    withdrawn = shell(
        "withdraw", "case/cn-online.acq", "--reason", "other", "--yes", "--json", who="archive"
    ).json
    assert set(withdrawn) == RECEIPT


@pytest.mark.parametrize(
    ("words", "who"),
    [
        (("check", "case/nowhere.yaml"), "faridah"),
        (("register", *REFUSED), "zhang"),
        (("pack", PHONE[0]), "faridah"),
        (("withdraw", "case", "--reason", "other"), "records"),
        (("check", PHONE[0], "--no-such"), "faridah"),
    ],
)
def test_a_failure_in_json_is_the_one_object_with_four_keys(
    shell: Shell, words: tuple[str, ...], who: str
) -> None:
    ran = shell(*words, "--json", who=who)
    assert ran.code
    assert set(ran.json) == FAILURE
    assert ran.json["message"] and ran.json["next"]


def test_results_go_to_stdout_and_the_rest_to_stderr(shell: Shell) -> None:
    checked = shell("check", PHONE[0], who="faridah")
    assert "Malaysia" in checked.out and "clock" not in checked.out
    assert "The chain's clock" in checked.err and "Malaysia" not in checked.err
    packed = shell("pack", *PHONE, who="faridah")
    assert "Back this folder up" in packed.err and "Back this" not in packed.out
    assert "my-phone.acq" in packed.out
    as_json = shell("register", "case/my-phone.acq", "--json", who="faridah")
    assert json.loads(as_json.out) and "{" not in as_json.err


def test_colour_is_for_terminals_and_no_color_is_kept(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b" not in shell("check", ONLINE[0], who="zhang").out
    # As click decides before a terminal.
    monkeypatch.setattr("click.utils.should_strip_ansi", lambda _=None, color=None: color is False)
    assert "\x1b[" in shell("check", ONLINE[0], who="zhang").out
    monkeypatch.setenv("NO_COLOR", "1")
    ran = shell("check", ONLINE[0], who="zhang")
    assert "\x1b" not in ran.out + ran.err


def test_nobody_is_asked_without_a_terminal(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(*_: object, **__: object) -> None:
        raise AssertionError("a question was asked")

    monkeypatch.setattr(click, "prompt", asked)
    monkeypatch.setattr(click, "confirm", asked)
    monkeypatch.setenv("CONCORDAT_PASSWORD", "long enough")
    assert shell("key", "new", "mine", "--workspace", "my").code == 0
    monkeypatch.delenv("CONCORDAT_PASSWORD")
    ran = shell("sync", "--key", "keystore:mine", "--workspace", "my", "--json")
    assert (ran.code, ran.json["code"]) == (2, "no_terminal")
    assert shell("register", *ONLINE, who="zhang").code == 7
    for words in (
        ("withdraw", "case/cn-online.acq", "--reason", "other"),
        ("supersede", "case/cn-online.acq", "case/cn-online.acq"),
    ):
        ran = shell(*words, "--json", who="archive")
        assert (ran.code, ran.json["code"]) == (2, "no_terminal")
        assert "--yes" in ran.json["next"]
    assert shell.stage.sent() == 1


# Help


def commands(
    group: click.Group, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


def test_every_command_has_help_and_every_option_is_described() -> None:
    found = list(commands(root))
    assert len(found) > 40
    for path, command in found:
        assert command.help, path
        for param in command.params:
            if isinstance(param, click.Option):
                assert param.help, (path, param.opts)
        arguments = [param for param in command.params if isinstance(param, click.Argument)]
        for argument in arguments:
            assert argument.make_metavar(click.Context(command)).strip("[].")


@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_printed(shell: Shell, name: str) -> None:
    ran = shell(name, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"Usage: concordat {name}")


@pytest.mark.parametrize("name", ["check", "register"])
def test_help_says_what_the_exit_codes_mean(shell: Shell, name: str) -> None:
    text = " ".join(shell(name, "--help").out.split())
    assert re.search(r"Exit code 0: .* 7: .* 3: ", text)


# Language


def test_chinese_by_option_and_by_variable(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = shell("check", ONLINE[0], "--lang", "zh", who="zhang")
    assert "中国" in ran.out and "可补正" in ran.out and "登记将记载" in ran.out
    assert "Registering" not in ran.out
    monkeypatch.setenv("CONCORDAT_LANG", "zh_CN.UTF-8")
    assert "可补正" in shell("check", ONLINE[0], who="zhang").out
    assert "Curable" in shell("check", ONLINE[0], "--lang", "en", who="zhang").out


def test_refusals_and_the_contract_s_own_errors_speak_the_language(shell: Shell) -> None:
    ran = shell("register", *REFUSED, "--lang", "zh", who="zhang")
    assert ran.code == 3
    assert "CN 拒绝该次取证" in ran.err and "第一百一十二条第（四）项" in ran.err
    assert "原样保留" in ran.err and "fatal" not in ran.err
    assert shell("register", *PHONE, who="faridah").code == 0
    withdrawn = ("withdraw", "case/my-phone.acq", "--reason", "other", "--yes")
    assert shell(*withdrawn, who="records").code == 0
    again = shell(*withdrawn, "--lang", "zh", who="records")
    assert again.code == 2
    assert "撤" in again.err
    assert "withdrawn" in shell(*withdrawn, who="records").err  # the next run is English again


def test_a_report_has_languages_of_its_own(shell: Shell) -> None:
    assert shell("register", *PHONE, who="faridah").code == 0
    ran = shell("report", "case/my-phone.acq", "--lang", "zh", "--out", "zh", "--workspace", "my")
    assert ran.code == 0, ran.err
    page = Path("zh/registration-certificate.html").read_text(encoding="utf-8")
    assert "电子数据登记证书" in page and "Registration Certificate" not in page


# What they do


def test_registering_twice_sends_nothing_and_finds_the_package_by_its_record(shell: Shell) -> None:
    first = shell("register", *ONLINE, "--json", who="zhang").json
    sent = shell.stage.sent()
    for words in (("register", "case/cn-online.acq"), ("register", *ONLINE), ("register", ONLINE[0])):
        again = shell(*words, "--json", who="zhang")
        assert again.code == 7
        assert again.json["before"] is True
        assert {**again.json, "before": False, "judgement": 0} == {**first, "judgement": 0}
    assert shell.stage.sent() == sent


def test_another_record_does_not_take_the_package_of_the_first(shell: Shell) -> None:
    assert shell("register", *ONLINE, who="zhang").code == 7
    shell.stage.edit("cn-online", ("title: Public", "title: Other public"))
    ran = shell("register", *ONLINE, "--json", who="zhang")
    assert (ran.code, ran.json["code"]) == (2, "pack.exists")
    assert "--out" in ran.json["next"]


def test_a_forum_without_standards_is_told_with_who_may_adopt_one(shell: Shell) -> None:
    ran = shell("check", PHONE[0], who="faridah")
    assert ran.code == 0
    assert "No standard" in ran.out and "central authority" in ran.out
    text = Path(PHONE[0]).read_text(encoding="utf-8")
    assert "SG" in text


def test_one_exhibit_is_handed_over_with_its_proof(shell: Shell) -> None:
    assert shell("register", *ONLINE, who="zhang").code == 7
    exhibit = Package.open("case/cn-online.acq").exhibit(1)
    listed = shell("show", "case/cn-online.acq", "--exhibit", "1", "--json", "--workspace", "cn").json
    assert listed["sha256"] == exhibit.sha256
    words = ("show", "case/cn-online.acq", "--exhibit", "1", "--proof", "--out", "one.json")
    assert shell(*words, "--workspace", "cn").code == 0
    file = f"{ONLINE[1]}/{exhibit.path}"
    for extra in (("--workspace", "cn"), ("--offline",), ("--workspace", "nowhere")):
        ran = shell("verify", "one.json", file, *extra)
        assert ran.code == 0, ran.err
        assert "Verified." in ran.out
    Path(file).write_bytes(b"something else")
    assert shell("verify", "one.json", file, "--workspace", "cn").code == 4
    assert shell("show", "case/cn-online.acq", "--exhibit", "99", "--workspace", "cn").code == 2


def test_anybody_may_look_an_acquisition_up_by_agency_and_root(shell: Shell) -> None:
    done = shell("register", *ONLINE, "--json", who="zhang").json
    ran = shell(
        "show", "--agency", "CN-MPS-CID", "--root", done["root"], "--forum", "MY", "--workspace", "my"
    )
    assert ran.code == 0
    assert "China" in ran.out and "Malaysia" in ran.out and "AcquisitionRegistered" in ran.out
    none = shell("show", "--agency", "CN-MPS-CID", "--root", "17" * 32, "--workspace", "my")
    assert none.code == 2


def test_the_whole_life_as_it_is_typed(shell: Shell) -> None:
    assert shell("register", *ONLINE, who="zhang").code == 7
    late = shell("cosign", "case/cn-online.acq", "--role", "second_officer", who="li")
    assert "concordat cosign --submit cn-online.acq" in late.out
    assert "1 co-signature was sent." in shell("cosign", "case/cn-online.acq", "--submit", who="zhang").out
    assert "all co-signatures already" in shell("cosign", "case/cn-online.acq", "--submit", who="zhang").out
    brought = shell("supplement", "case/cn-online.acq", "--add", ITEM_LIST, who="archive")
    assert brought.out == "Brought for CN: ITEM_LIST_MADE.\n"
    shown = shell("show", "case/cn-online.acq", "--workspace", "cn")
    assert "Conforms with note" in shown.out and "Supplemented" in shown.out
    shell.stage.edit("cn-online", ("title: Public", "title: Corrected public"))
    assert shell("register", *ONLINE, "--out", "corrected", who="zhang").code == 7
    linked = shell("supersede", "case/cn-online.acq", "corrected.acq", "--yes", who="archive")
    assert linked.code == 0, linked.err
    assert "superseded by" in shell("show", "case/cn-online.acq", "--workspace", "cn").out
    gone = shell("withdraw", "corrected.acq", "--reason", "wrong_facts", "--yes", who="archive")
    assert gone.code == 0
    assert "WRONG_FACTS" in shell("show", "corrected.acq", "--workspace", "cn").out
    assert shell("verify", "corrected.acq", ONLINE[1], "--workspace", "cn").code == 0


def test_co_signing_before_registration_says_who_binds_it(shell: Shell) -> None:
    assert shell("pack", *ONLINE, "--with", "second_officer", who="zhang").code == 0
    ran = shell("cosign", "case/cn-online.acq", who="li")
    assert "concordat sign cn-online.acq" in ran.out
    assert shell("sign", "case/cn-online.acq", who="zhang").code == 0
    done = shell("register", "case/cn-online.acq", "--json", who="zhang")
    assert done.code == 7
    assert int(done.json["facts"], 16) >> 70 & 15 == 2


def test_a_template_is_written_once_and_says_what_comes_next(shell: Shell) -> None:
    words = ("record", "new", "--method", "online_extraction", "--forum", "CN,MY")
    text = shell(*words).out
    assert "ONLINE_EXTRACTION" in text and "concordat: record/1" in text
    ran = shell(*words, "--out", "new.yaml")
    assert "concordat check new.yaml" in ran.out
    assert shell(*words, "--out", "new.yaml").code == 2
    assert Path("new.yaml").read_text(encoding="utf-8").strip() == text.strip()
    assert shell("record", "schema", "--json").json["$schema"]
    assert shell("record", "lint", ONLINE[0]).code == 0


def test_names_of_files_cannot_move_the_cursor(shell: Shell) -> None:
    folder = Path("evil")
    folder.mkdir()
    (folder / "a\x1b[2Jb\n.txt").write_text("x")
    (folder / "photo.jpg").write_bytes(b"%PDF-1.4\n%%EOF")
    record = Path(PHONE[0]).read_text(encoding="utf-8")
    items = record[record.index("items:") : record.index("documents:")]
    Path("case/evil.yaml").write_text(record.replace(items, "items: []\n\n"), encoding="utf-8")
    ran = shell("check", "case/evil.yaml", "evil", who="faridah")
    assert ran.code == 0, ran.err
    assert "\x1b" not in ran.out + ran.err
