# SPDX-License-Identifier: Apache-2.0
"""The institution's commands as typed: inbox, answer, check, hold, credit, released, message, watch."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

CLIENT = Path(__file__).parents[2]
for folder in ("assets", "casework", "casework/freezing"):
    sys.path.insert(0, str(CLIENT / folder))

from fakecast import key  # noqa: E402
from freeze_fixtures import freezing  # noqa: E402
from freeze_stage import ACCOUNTS, HOLDER, NUMBER, OFFICERS, Stage, target  # noqa: E402
from objectstore import Store, serving  # noqa: E402
from openpyxl import load_workbook  # noqa: E402
from stage import URL, uri  # noqa: E402
from test_answering import detail_of  # noqa: E402

from concordat.assets.inbox.booksheet import INDEX, SHEET  # noqa: E402
from concordat.casework.freezing import requesting  # noqa: E402
from concordat.casework.institution import watching  # noqa: E402
from concordat.casework.telling import tellers  # noqa: E402
from concordat.mail.sealed import KeyRing  # noqa: E402
from concordat.membership import agencies  # noqa: E402

__all__ = ["freezing"]

Run = Callable[..., Any]


@pytest.fixture
def run(freezing: Stage, concordat: Any) -> Run:
    """``run("teller", "freeze", "inbox")`` in the workspace of the teller's bank."""

    def call(who: str, *arguments: object, agency: str = "") -> Any:
        workspace = freezing.workspace(agency or OFFICERS[who][0])
        return concordat(*map(str, arguments), "--workspace", str(workspace.root), "--key", uri(who))

    return call


def good(outcome: Any) -> Any:
    assert outcome.code == 0, outcome.out + outcome.err
    return outcome


def hold_of(stage: Stage, request: bytes, number: int = 1) -> str:
    return f"0x{stage.named(request, number).hold.hex()}"


# Inbox


def test_the_inbox_as_text_and_json_masks_until_asked(freezing: Stage, run: Run) -> None:
    assert "Nothing is to be done" in good(run("teller", "freeze", "inbox")).out
    freezing.running()
    plain = good(run("teller", "freeze", "inbox"))
    assert "SG-SPF" in plain.out and "SGD 1,500.00" in plain.out and "to be answered" in plain.out
    number = ACCOUNTS[0].split(":")[-1]
    opened = good(run("teller", "freeze", "inbox", "--open"))
    assert "JCC-0317" in opened.out and number not in opened.out and HOLDER not in opened.out
    revealed = good(run("teller", "freeze", "inbox", "--reveal", "--json")).json
    (one,) = revealed["holds"]
    assert one["account"] == ACCOUNTS[0] and one["holder"] == HOLDER and one["duty"] == "answer"
    closed = good(run("teller", "freeze", "inbox", "--json"))
    assert number not in closed.out and HOLDER not in closed.out and "JCC" not in closed.out
    assert "待答复" in good(run("teller", "freeze", "inbox", "--lang", "zh")).out


def test_options_that_belong_together(freezing: Stage, run: Run) -> None:
    for arguments in (["--exec", "x"], ["--once"], ["--watch", "--webhook", "http://127.0.0.1:9/"]):
        outcome = run("teller", "freeze", "inbox", *arguments)
        assert outcome.code == 2 and "Traceback" not in outcome.err


# Answers


def test_from_the_inbox_to_a_checked_hold(freezing: Stage, run: Run) -> None:
    request = freezing.running()
    hold = hold_of(freezing, request)
    good(run("teller", "freeze", "answer", "--all", "--kind", "delivered"))
    fits = good(run("teller", "freeze", "answer", hold[:10], "--kind", "held", "--check"))
    assert "Nothing was sent" in fits.out
    done = good(run("teller", "freeze", "answer", hold[:10], "--kind", "held", "--balance", "20.00"))
    assert "SGD 1,500.00" in done.out and "freeze check" in done.err
    again = good(run("teller", "freeze", "answer", hold, "--kind", "held", "--balance", "20.00", "--json"))
    assert again.json["before"] == [hold] and again.json["transactions"] == []

    waiting = good(run("checker", "freeze", "check"))
    assert "SGD 1,500.00" in waiting.out and key("teller").address in waiting.out
    own = run("teller", "freeze", "check", hold[:10], "--yes")
    assert own.code == 2 and "cannot check" in own.err
    asked = run("checker", "freeze", "check", "--all")
    assert asked.code == 2 and "needs a yes" in asked.err
    checked = good(run("checker", "freeze", "check", "--all", "--yes"))
    assert "confirmed" in checked.out and "JCC-0317" in checked.err
    assert good(run("checker", "freeze", "check", hold, "--json")).json["before"] == [hold]
    assert detail_of(freezing, bytes.fromhex(hold[2:])).officer == key("teller").address


def test_moved_on_as_typed(freezing: Stage, run: Run) -> None:
    hold = hold_of(freezing, freezing.running())
    moved = [
        "institution=Orchid Bank",
        "amount=SGD 1,500.00",
        "at=2026-03-16T08:10:00+08:00",
        "account=account:ORCHSGSG:5550001112",
        "bic=ORCHSGSG",
    ]
    options = [part for each in moved for part in ("--moved", each)]
    good(run("teller", "freeze", "answer", hold, "--kind", "MOVED_ON", *options, "--officer", "desk 7"))
    shown = good(run("checker", "freeze", "check"))
    assert "moved on to Orchid Bank" in shown.out and "5550001112" not in shown.out
    assert "5550001112" in good(run("checker", "freeze", "check", "--reveal")).out
    said = detail_of(freezing, bytes.fromhex(hold[2:]))
    assert said.moved_on[0].account.canonical == ACCOUNTS[2] and said.officer == "desk 7"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--kind", "held", "--held", "SGD 9,999.00"], "more than"),
        (["--kind", "held", "--held", "1.234,50"], "not an amount"),
        (["--kind", "refused"], "code"),
        (["--kind", "moved_on", "--moved", "to=X"], "--moved needs"),
        (
            ["--kind", "moved_on", "--moved", "institution=X", "--moved", "amount=1", "--moved", "at=now"],
            "at=:",
        ),
        (["--kind", "behind", "--earlier", "0x123456"], "No hold"),
        ([], "--kind"),
        (["--kind", "held", "--from", "x.xlsx"], "one of them"),
    ],
)
def test_what_was_mistyped_is_a_sentence(freezing: Stage, run: Run, options: list[str], said: str) -> None:
    hold = hold_of(freezing, freezing.running())
    outcome = run("teller", "freeze", "answer", hold, *options)
    assert outcome.code == 2 and said in outcome.err and "Traceback" not in outcome.err


def test_a_book_out_and_in(freezing: Stage, run: Run) -> None:
    targets = [target("SG-MERLION", f"account:MERLSGSG:{n:010d}", "SGD 10.00") for n in range(4)]
    freezing.running(targets=targets)
    path = freezing.folder / "book.xlsx"
    assert "4 requests" in good(run("teller", "freeze", "inbox", "--export", path)).out
    book = load_workbook(path)
    for row in book[SHEET].iter_rows(min_row=2, max_row=5):
        row[INDEX["kind"]].value = "NO_FUNDS" if row[0].value == "2" else "HELD"
        if row[0].value != "2":
            row[INDEX["held"]].value = "10.00"
            row[INDEX["executed_at"]].value = "2026-03-16T08:30:00+08:00"
    book.save(path)
    assert "3 Held in full" in good(run("teller", "freeze", "answer", "--from", path, "--check")).out
    done = good(run("teller", "freeze", "answer", "--from", path, "--json")).json
    assert len(done["sent"]) == 4 and len(done["transactions"]) == 1
    assert good(run("teller", "freeze", "answer", "--from", path, "--json")).json["transactions"] == []
    book[SHEET]["Q3"].value = "=1+1"
    book.save(path)
    bad = run("teller", "freeze", "answer", "--from", path)
    assert bad.code == 2 and "Q3" in bad.err and "formula" in bad.err


def test_messages_of_the_banks_systems(freezing: Stage, run: Run) -> None:
    freezing.running()
    folder = freezing.folder / "iso"
    assert "One request" in good(run("teller", "freeze", "inbox", "--export-iso", folder)).out
    (query,) = folder.iterdir()
    wrong = run("teller", "freeze", "answer", "--iso", query)
    assert wrong.code == 2 and "neither auth.002" in wrong.err


# Later


def test_credit_and_release(freezing: Stage, run: Run) -> None:
    scope = {"later_credits": True, "interest": False}
    request = freezing.running(targets=[target("SG-MERLION", ACCOUNTS[0], scope=scope)])
    hold = hold_of(freezing, request)
    missing = run("teller", "freeze", "answer", hold, "--kind", "held")
    assert missing.code == 2 and "held: it is missing" in missing.err
    good(run("teller", "freeze", "answer", hold, "--kind", "held", "--held", "SGD 100.00"))
    good(run("checker", "freeze", "check", "--all", "--yes"))
    assert good(run("teller", "freeze", "credit", hold, "0.50", "--yes", "--json")).json["held"] == "10050"
    early = run("teller", "freeze", "released", hold)
    assert early.code == 2 and "has not ended" in early.err
    requesting.withdraw(freezing.desk("inspector"), f"0x{request.hex()}", requesting.ReleaseReason.UNRELATED)
    assert "let go, then confirm" in good(run("teller", "freeze", "inbox")).out
    assert "let go" in good(run("teller", "freeze", "released", "--all")).out
    assert good(run("teller", "freeze", "released", "--all")).out.strip() == "Nothing had ended."


def test_an_own_hold_that_the_law_does_not_know(freezing: Stage, run: Run) -> None:
    payment = {"amount": "SGD 1.00", "value_time": "2026-03-16T08:00:00+08:00"}
    path = freezing.order(
        "OWN",
        agency="SG-MERLION",
        measure="STOP_PAYMENT",
        period={"count": 2, "unit": "HOURS"},
        targets=[target("SG-MERLION", ACCOUNTS[0], "SGD 1.00", payment=payment)],
    )
    outcome = run("teller", "freeze", "hold", path)
    assert outcome.code == 2 and "lets no institution hold by itself" in outcome.err


# By hand


def test_a_message_travels_by_hand(freezing: Stage, run: Run, tmp_path: Path) -> None:
    for name in ("SG-SPF", "SG-MERLION"):
        freezing.workspace(name).set(mailbox="")
    request = freezing.running()
    hold, digest = hold_of(freezing, request), f"0x{freezing.named(request).message.hex()}"
    blind = good(run("teller", "freeze", "inbox", "--open"))
    assert "cannot be opened" in blind.out and "freeze message import" in blind.err
    file = tmp_path / "letter.sealed"
    nowhere = run("inspector", "freeze", "message", "export", "0x" + "ab" * 32, file)
    assert nowhere.code == 2 and not file.exists()
    # The folder of the request lies beside the workspace.
    out = good(run("inspector", "freeze", "message", "export", digest[:14], file, "--json"))
    assert out.json["recipient"] == NUMBER["SG-MERLION"]
    taken = run("inspector", "freeze", "message", "export", digest, file)
    assert taken.code == 2 and "exists" in taken.err
    assert good(run("teller", "freeze", "message", "import", file, "--json")).json["hash"] == digest
    assert "no mailbox" in good(run("teller", "freeze", "message", "import", file, "--share")).err
    assert "JCC-0317" in good(run("teller", "freeze", "inbox", "--open")).out
    done = good(run("teller", "freeze", "answer", hold, "--kind", "held", "--json")).json
    (carried,) = done["uncarried"]
    back = tmp_path / "answer.sealed"
    good(run("teller", "freeze", "message", "export", carried, back))
    good(run("inspector", "freeze", "message", "import", back))
    assert detail_of(freezing, bytes.fromhex(hold[2:])).held is not None


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff" * 100, b'{"version":1}'])
def test_what_is_no_message_is_not_taken_in(
    freezing: Stage, run: Run, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "x"
    path.write_bytes(content)
    outcome = run("teller", "freeze", "message", "import", path)
    assert outcome.code == 4 and "Traceback" not in outcome.err
    assert run("teller", "freeze", "message", "import", tmp_path / "none").code == 8
    assert run("teller", "freeze", "message", "export", "zz", tmp_path / "y").code == 2


# Watching


def test_watching_once_as_lines_a_command_and_a_hook(
    freezing: Stage, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    freezing.running()
    lines = good(run("teller", "freeze", "inbox", "--watch", "--once", "--json")).out.splitlines()
    assert [json.loads(line)["what"] for line in lines] == ["answer"]
    assert good(run("teller", "freeze", "inbox", "--watch", "--once")).out == ""
    freezing.running(number="JCC-2")
    assert "to be answered" in good(run("teller", "freeze", "inbox", "--watch", "--once")).out
    freezing.running(number="JCC-3")
    out, listener = tmp_path / "heard", tmp_path / "listen.py"
    listener.write_text(f"import sys; open({str(out)!r}, 'ab').write(sys.stdin.buffer.read() + b'\\n')")
    secret = tmp_path / "secret"
    secret.write_text("a secret of some length\n")
    monkeypatch.setattr(tellers, "PAUSES", ())
    with serving(Store(answers=[500])) as store:
        watch = ["freeze", "inbox", "--watch", "--once", "--exec", f'"{sys.executable}" "{listener}"']
        watch += ["--webhook", store.url, "--webhook-secret", str(secret)]
        first = good(run("teller", *watch))
        assert "told again" in first.err and first.out == ""
        assert good(run("teller", *watch)).err == ""
    assert len(out.read_bytes().splitlines()) == 2  # the command had taken it the first time as well
    assert json.loads(store.bodies[-1][1])["what"] == "answer"


def test_watching_a_lost_node_says_so_and_goes_on(freezing: Stage, run: Run) -> None:
    freezing.workspace("SG-MERLION")
    freezing.node.lost["*"] = "before"
    outcome = good(run("teller", "freeze", "inbox", "--watch", "--once"))
    assert "Looking again" in outcome.err


def test_a_watch_is_stopped_by_its_user_without_noise(
    freezing: Stage, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    freezing.running()

    def stop(_: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(watching.watch, "__kwdefaults__", {**watching.watch.__kwdefaults__, "sleep": stop})
    outcome = run("teller", "freeze", "inbox", "--watch", "--every", "1")
    assert outcome.code == 130 and "Stopped" in outcome.err and "to be answered" in outcome.out


# Keys and mailboxes


def test_a_new_encryption_key_is_made_published_and_used(freezing: Stage, run: Run) -> None:
    request = freezing.running()
    made = good(run("SG-MERLION", "agency", "encryption-key", "--new", "--json", agency="SG-MERLION")).json
    assert made["version"] == 2
    assert agencies.encryption_key(freezing.ledger, NUMBER["SG-MERLION"])[0].hex() == made["key"]
    assert KeyRing(freezing.workspace("SG-MERLION").keys, NUMBER["SG-MERLION"]).versions() == [1, 2]
    freezing.running(number="JCC-2")
    found = good(run("teller", "freeze", "inbox", "--open", "--json")).json["holds"]
    assert {each["order"] for each in found} == {"JCC-0317", "JCC-2"} and request


def test_a_key_that_was_made_and_not_published_is_published_next_time(freezing: Stage, run: Run) -> None:
    refused = run("teller", "agency", "encryption-key", "--new")
    assert refused.code != 0 and "Traceback" not in refused.err
    ring = KeyRing(freezing.workspace("SG-MERLION").keys, NUMBER["SG-MERLION"])
    kept = ring.public(2)
    made = good(run("SG-MERLION", "agency", "encryption-key", "--new", "--json", agency="SG-MERLION")).json
    assert made["key"] == kept.hex()
    both = run("teller", "agency", "encryption-key", "--new", "--of", "SG-SPF")
    assert both.code == 2


def test_a_key_of_another_workspace_is_missed_aloud(freezing: Stage, run: Run) -> None:
    for path in freezing.workspace("SG-MERLION").keys.glob("*.hpke"):
        path.unlink()
    made = good(run("SG-MERLION", "agency", "encryption-key", "--new", agency="SG-MERLION"))
    assert "version 1" in made.err


def test_a_workspace_with_a_mailbox(freezing: Stage, concordat: Any, tmp_path: Path) -> None:
    common = ["--rpc", URL, "--directory", freezing.ledger.address("Directory"), "--agency", "SG-MERLION"]
    made = good(concordat("init", *common, "--mailbox", "https://user:token@box.test/x", "--json"))
    assert made.json["mailbox"] is True and "token" not in made.out + made.err
    bad = concordat("init", *common, "--mailbox", "https://", "--workspace", str(tmp_path / "other"))
    assert bad.code == 2 and not (tmp_path / "other").exists()
