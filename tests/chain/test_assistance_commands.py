# SPDX-License-Identifier: Apache-2.0
"""Requests for assistance from asking to confirmation, as agencies of three countries type them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from assistancestage import EVIDENCE, EXTRADITION, HOUR, POLICE, collected, written
from hall import DAY, Hall, Office, Offices

from concordat.cooperation import assistance
from concordat.errors import NodeError
from concordat.mail.sealed import Envelope


@pytest.fixture
def asked(office: Offices) -> str:
    """Key of the Chinese request for evidence, at its own central authority."""
    asker = office("CN-MPS")
    written(asker.folder, "request.yaml", EVIDENCE)
    return str(asker.done("assistance", "ask", "request.yaml")["request"])


@pytest.fixture
def assigned(office: Offices, asked: str) -> str:
    """The same, with the Malaysian police."""
    office("CN-MOJ").done("assistance", "pass-on", asked, "--yes")
    office("MY-AGC").done("assistance", "acknowledge", asked)
    office("MY-AGC").done("assistance", "assign", asked, "MY-PDRM")
    return asked


def _answer(office: Office, key: str, *more: str) -> Any:
    written(office.folder, "answer.txt", "Here it is.")
    written(office.folder, "minutes.txt", "Minutes.")
    return office.done(
        "assistance", "answer", key, "--text", "answer.txt", "--document", "minutes.txt", *more
    )


def test_china_asks_malaysia(hall: Hall, office: Offices) -> None:
    asker, home, there, police = (office(each) for each in ("CN-MPS", "CN-MOJ", "MY-AGC", "MY-PDRM"))
    written(asker.folder, "request.yaml", EVIDENCE)
    sent = asker.done("assistance", "ask", "request.yaml")
    key = sent["request"]
    assert (sent["receiver"], sent["message_to"]) == (hall.number("MY-AGC"), hall.number("CN-MOJ"))
    assert asker.done("assistance", "ask", "request.yaml")["before"]
    assert home.done("assistance", "inbox")["owed"][0]["duty"] == "pass-on"

    assert not home.done("assistance", "pass-on", key, "--yes")["before"]
    assert home.done("assistance", "pass-on", key, "--yes")["before"]
    assert "Image the servers" in there("assistance", "acknowledge", key, "--check").out
    there.done("assistance", "acknowledge", key)
    there.done("assistance", "assign", key, "MY-PDRM")
    assert there.done("assistance", "assign", key, "MY-PDRM")["before"]

    written(police.folder, "conditions.txt", "An officer of ours is there.")
    police.done("assistance", "accept", key, "--conditions", "conditions.txt", "--presence", "granted")
    police.done("assistance", "begin", key)
    _answer(police, key, "--part")
    assert _answer(police, key, "--part")["before"]
    _answer(police, key)

    came = asker.done("assistance", "receive", "CN-2026-0042")["messages"]
    assert [each["type"] for each in came] == ["conditions", "answer", "answer"]
    assert came[0]["content"]["text"] == "An officer of ours is there."
    assert [each["content"]["complete"] for each in came[1:]] == [False, True]
    assert Path(came[2]["documents"][0]).read_text(encoding="utf-8") == "Minutes."
    assert all(each["before"] for each in asker.done("assistance", "receive", key)["messages"])
    asker.done("assistance", "confirm", "CN-2026-0042")
    shown = asker.done("assistance", "show", key)
    assert (shown["status"], shown["unread"]) == ("CONFIRMED", 0)
    acts = [each["event"] for each in shown["history"]]
    assert acts[:2] == ["Asked", "MessageReceived"]
    assert acts[-1] == "AnswerConfirmed"
    assert acts.count("MessageReceived") == 6  # three openings on the way, three messages back


def test_no_third_node_can_read(hall: Hall, office: Offices, asked: str) -> None:
    message = office("CN-MPS").done("assistance", "show", asked)["history"][0]
    sealed = next(office("CN-MPS").folder.glob("*.request/messages/*.sealed"))
    stranger = office("SG-SPF")
    refused = stranger.refused("assistance", "acknowledge", asked)
    assert "This message is for agency" in refused
    # Nor if it says that it is for the stranger, who has every key of its own.
    envelope = Envelope.from_bytes(sealed.read_bytes())
    forged = Envelope(envelope.kind, hall.number("SG-SPF"), 1, envelope.enc, envelope.ciphertext).to_bytes()
    kept = stranger.folder / ".concordat" / "messages"
    kept.mkdir(exist_ok=True)
    shutil.rmtree(hall.folder / "mailbox" / sealed.stem[:2])
    (kept / sealed.name).write_bytes(forged)
    assert "is not here and not in the mailbox" in stranger.refused("assistance", "acknowledge", asked)
    assert message["event"] == "Asked"
    everything = json.dumps(office("SG-SPF").done("assistance", "show", asked))
    assert "Callers" not in everything
    assert "Zhao" not in everything


def test_delivery_is_proven_by_the_block(hall: Hall, office: Offices, asked: str) -> None:
    office("CN-MOJ").done("assistance", "pass-on", asked, "--yes")
    history = office("SG-SPF").done("assistance", "show", asked)["history"]
    receipt = next(each for each in history if each["event"] == "MessageReceived")
    told = office("CN-MPS").done("assistance", "ask", "request.yaml")
    assert receipt["message"] == told["message"]
    assert receipt["agency"] == hall.number("CN-MOJ")


def test_deadlines_escalate_by_themselves(hall: Hall, office: Offices, assigned: str) -> None:
    police, there = office("MY-PDRM"), office("MY-AGC")
    assert police.done("assistance", "inbox")["owed"][0]["duty"] == "answer"
    assert there.done("assistance", "inbox")["owed"] == []
    hall.pass_time(91 * DAY)
    shown = police.done("assistance", "show", assigned)
    assert (shown["status"], shown["responsible"]) == ("OVERDUE", hall.number("MY-AGC"))
    assert there.done("assistance", "inbox")["owed"][0]["duty"] == "answer"
    assert "OVERDUE" in there("assistance", "list", "--overdue").out
    _answer(police, assigned)
    assert office("CN-MPS").done("assistance", "show", assigned)["status"] == "FULFILLED"


def test_a_supplement_stops_the_clock(hall: Hall, office: Offices, assigned: str) -> None:
    asker, police = office("CN-MPS"), office("MY-PDRM")
    due = police.done("assistance", "show", assigned)["due"]
    written(police.folder, "missing.txt", "Which rack?")
    police.done("assistance", "supplement", "ask", assigned, "--text", "missing.txt", "--item", "Number")
    assert asker.done("assistance", "inbox")["owed"][0]["duty"] == "supplement"
    assert asker.done("assistance", "receive", assigned)["messages"][0]["content"]["entries"] == ["Number"]
    hall.pass_time(10 * DAY)
    written(asker.folder, "more.txt", "Rack 7.")
    asker.done("assistance", "supplement", "give", assigned, "--text", "more.txt")
    came = police.done("assistance", "receive", assigned)["messages"]
    assert [each["content"]["text"] for each in came] == ["Rack 7."]
    assert police.done("assistance", "show", assigned)["due"] > due


def test_refused_on_a_ground(office: Offices, assigned: str) -> None:
    police = office("MY-PDRM")
    written(police.folder, "why.txt", "It is no offence here.")
    refusal = ("assistance", "refuse", assigned, "--ground", "NO_DUAL_CRIMINALITY", "--text", "why.txt")
    police.done(*refusal)
    assert police.done(*refusal)["before"]
    came = office("CN-MPS").done("assistance", "receive", assigned)["messages"]
    assert came[0]["content"] == {"ground": "NO_DUAL_CRIMINALITY", "text": "It is no offence here."}
    assert "no offence under the law" in office("CN-MPS")("assistance", "show", assigned).out
    assert "不构成犯罪" in office("CN-MPS")("assistance", "show", assigned, "--lang", "zh").out


def test_postponed_and_withdrawn(hall: Hall, office: Offices, assigned: str) -> None:
    police, asker = office("MY-PDRM"), office("CN-MPS")
    written(police.folder, "why.txt", "A trial is on.")
    until = ("--until", "2099-01-01T00:00:00Z")
    words = ("assistance", "postpone", assigned, "--reason", "OWN_PROCEEDINGS", "--text", "why.txt")
    assert "at the latest" in police.refused(*words, *until)
    from concordat.cli.output import moment

    police.done(*words, "--until", moment(hall.now + 30 * DAY))
    assert asker.done("assistance", "show", assigned)["status"] == "POSTPONED"
    asker.done("assistance", "withdraw", assigned, "--reason", "CASE_CLOSED")
    assert police.done("assistance", "show", assigned)["status"] == "WITHDRAWN"


def test_what_the_own_authority_declines(office: Offices, asked: str) -> None:
    office("CN-MOJ").done("assistance", "decline", asked, "--reason", "INCOMPLETE")
    assert office("CN-MPS").done("assistance", "show", asked)["status"] == "NOT_PASSED_ON"
    assert office("MY-AGC").refused("assistance", "acknowledge", asked)


def test_police_information_goes_direct(hall: Hall, office: Offices) -> None:
    asker, asked_ = office("MY-PDRM"), office("KH-NP")
    written(asker.folder, "request.yaml", POLICE)
    sent = asker.done("assistance", "ask", "request.yaml")
    key = sent["request"]
    assert sent["receiver"] == sent["message_to"] == hall.number("KH-NP")
    refused = office("KH-MOJ").refused("assistance", "assign", key, "KH-NP")
    assert "only KH-NP (KH) can open it" in refused or "only KH-NP can open it" in refused
    asked_.done("assistance", "acknowledge", key)
    written(asked_.folder, "answer.txt", "Four of them.")
    asked_.done("assistance", "answer", key, "--text", "answer.txt", "--short", "part")
    came = asker.done("assistance", "receive", key)["messages"]
    assert came[0]["content"]["short"] == "IN_PART"


def test_routes_and_where_there_is_none(hall: Hall, office: Offices) -> None:
    asker = office("CN-MPS")
    assert asker.done("assistance", "route", "MY", "EVIDENCE")["agency"] == hall.number("MY-AGC")
    assert asker.done("assistance", "route", "MY", "PRESERVE_DATA")["agency"] == hall.number("MY-PDRM")
    refused = asker.refused("assistance", "route", "PH", "EVIDENCE")
    assert "PH has named no central authority on this chain" in refused
    written(asker.folder, "request.yaml", EVIDENCE.replace("to: MY", "to: PH"))
    assert "named no central authority" in asker.refused("assistance", "ask", "request.yaml")
    assert not list(asker.folder.glob("*.request"))


def test_found_by_the_reference_on_another_channel(office: Offices, asked: str) -> None:
    found = office("CN-MPS").done("assistance", "search", "IP-2026-7781")["requests"]
    assert [each["request"] for each in found] == [asked]
    assert office("CN-MPS").done("assistance", "search", "IP-2026-0000")["requests"] == []
    assert office("CN-MPS").done("assistance", "timeline", "IP-2026-7781")["events"][0]["event"] == "Asked"


def test_what_a_request_covers(hall: Hall, office: Offices, assigned: str) -> None:
    police = office("MY-PDRM")
    assert "covers nothing" in police("assistance", "mandate", assigned).out
    assert "--presence granted" in police.refused("assistance", "accept", assigned)
    police.done("assistance", "accept", assigned, "--presence", "granted")
    covered = police.done("assistance", "mandate", assigned)
    assert covered["place"] == "MY"
    assert covered["agencies"] == [hall.number("MY-PDRM"), hall.number("CN-MPS")]
    assert covered["methods"] == ["SEIZURE_OF_ORIGINAL", "STORAGE_IMAGING"]


def test_evidence_is_judged_by_the_checklist_that_travelled(hall: Hall, office: Offices, asked: str) -> None:
    for authority, code in (("CN-MOJ", "cn"), ("MY-AGC", "my")):
        office(authority).done("standard", "adopt", code, key=office(authority).agency_key)
    office("CN-MOJ").done("assistance", "pass-on", asked, "--yes")
    office("MY-AGC").done("assistance", "acknowledge", asked)
    office("MY-AGC").done("assistance", "assign", asked, "MY-PDRM")
    police, asker = office("MY-PDRM"), office("CN-MPS")
    police.done("assistance", "accept", asked, "--presence", "refused")
    hall.pass_time(4 * HOUR)
    package = collected(hall, police, asked)
    written(police.folder, "answer.txt", "The phone.")
    words = ("assistance", "answer", asked, "--text", "answer.txt", "--acquisition", package, "--yes")
    before = police.done(*words)["verdicts"]
    assert (before[0]["forum"], before[0]["method"]) == ("CN", "STORAGE_IMAGING")
    missing = " ".join(each["what"]["en"] for each in before[0]["missing"])
    assert "translation" in missing

    came = asker.done("assistance", "receive", asked)["messages"]
    assert came[0]["verdicts"][0]["verdict"] == before[0]["verdict"]
    shown = asker("assistance", "receive", asked).out
    assert "A translation into the language of the forum is attached." in shown
    assert "Fa Shi [2021] No. 1), art. 78" in shown
    answer = next(each for each in asker.done("assistance", "show", asked)["history"] if "root" in each)
    court, root = office("CN-HPC"), answer["root"]
    written(court.folder, "ruling.txt", "Excluded.")
    ruling = ("assistance", "exclusion", asked, "--root", root, "--ruling", "ruling.txt")
    court.done(*ruling)
    assert court.done(*ruling)["before"]


def test_each_side_exports_its_own_signed_record(hall: Hall, office: Offices, assigned: str) -> None:
    police, asker = office("MY-PDRM"), office("CN-MPS")
    _answer(police, assigned)
    asker.done("assistance", "receive", assigned)
    for side in (police, asker):
        made = side.done("assistance", "export", assigned, "record.json")
        assert made["events"] >= 8
        shutil.copy(side.folder / "record.json", office("SG-SPF").folder / f"{side.name}.json")
    stranger = office("SG-SPF")
    offline = {"CONCORDAT_RPC": "http://127.0.0.1:9"}
    stranger.environment = offline
    for name in ("MY-PDRM", "CN-MPS"):
        found = stranger.done("assistance", "verify-record", f"{name}.json")
        assert found["signer"] == hall.officers[name]
        assert not found["compared_with_chain"]
    stranger.environment = {}
    assert stranger.done("assistance", "verify-record", "CN-MPS.json", "--online")["compared_with_chain"]
    data = (stranger.folder / "CN-MPS.json").read_bytes()
    for old, new in ((b'"AssignedTo"', b'"Forwarded"'), (b"Here it is.", b"Here it was")):
        assert old in data
        (stranger.folder / "forged.json").write_bytes(data.replace(old, new))
        assert "changed after it was signed" in stranger.refused("assistance", "verify-record", "forged.json")
    written(stranger.folder, "none.json", "{}")
    assert "This record does not hold" in stranger.refused("assistance", "verify-record", "none.json")
    bare = asker.done("assistance", "export", assigned, "bare.json", "--without-content")
    assert bare["opened"] == 0
    assert b"Zhao" not in (asker.folder / "bare.json").read_bytes()


def test_papers_of_both_sides(office: Offices, assigned: str) -> None:
    asker = office("CN-MPS")
    _answer(office("MY-PDRM"), assigned)
    asker.done("assistance", "receive", assigned)
    names = asker.done("assistance", "paper", assigned)["files"]
    kinds = {name.split("-", 1)[1] for name in names if name.endswith(".pdf")}
    assert kinds == {"letter.pdf", "acknowledgement.pdf", "answer.pdf"}
    assert asker.done("assistance", "paper", assigned)["files"] == names


def test_each_new_thing_is_told_once(hall: Hall, office: Offices, assigned: str) -> None:
    police, there = office("MY-PDRM"), office("MY-AGC")

    def told(of: Office) -> list[dict[str, Any]]:
        ran = of("assistance", "inbox", "--watch", "--once", "--json")
        assert ran.code == 0, ran.err
        return [json.loads(line) for line in ran.out.splitlines()]

    assert [each["what"] for each in told(police)] == ["answer"]
    assert told(police) == []
    hall.pass_time(89 * DAY + 20 * HOUR)
    assert [each["what"] for each in told(police)] == ["deadline"]
    assert told(there) == []
    hall.pass_time(DAY)
    late = told(there)
    assert {each["what"] for each in late} == {"answer", "deadline"}
    assert all(each["overdue"] and each["request"] == assigned for each in late)
    assert "go with --watch" in police.refused("assistance", "inbox", "--once")


def test_a_run_that_died_is_finished_by_the_next(
    hall: Hall, office: Offices, monkeypatch: pytest.MonkeyPatch
) -> None:
    asker, home = office("CN-MPS"), office("CN-MOJ")
    written(asker.folder, "request.yaml", EVIDENCE)
    with monkeypatch.context() as lost:
        lost.setattr(assistance, "ask", _lost)
        assert "lost" in asker.refused("assistance", "ask", "request.yaml")
    folder = asker.folder / "request.request"
    before = (folder / "secrets.json").read_bytes()
    key = asker.done("assistance", "ask", "request.yaml")["request"]
    assert (folder / "secrets.json").read_bytes() == before
    with monkeypatch.context() as lost:
        lost.setattr(assistance, "pass_on", _lost)
        home.refused("assistance", "pass-on", key, "--yes")
    sent = list(home.folder.glob("*.request/messages/*"))
    home.done("assistance", "pass-on", key, "--yes")
    assert list(home.folder.glob("*.request/messages/*")) == sent


def _lost(*_: object) -> None:
    raise NodeError("The node was lost.")


def test_without_a_mailbox_messages_are_carried(office: Offices) -> None:
    asker, home = office("CN-MPS"), office("CN-MOJ")
    for each in (asker, home):
        config = each.folder / ".concordat" / "config.json"
        plain = json.loads(config.read_text(encoding="utf-8"))
        plain["mailbox"] = ""
        config.write_text(json.dumps(plain), encoding="utf-8")
    written(asker.folder, "request.yaml", EVIDENCE)
    ran = asker("assistance", "ask", "request.yaml")
    assert "There is no mailbox" in ran.err
    key = asker.done("assistance", "ask", "request.yaml")["request"]
    assert "not in the mailbox" in home.refused("assistance", "pass-on", key, "--yes")
    message = next(asker.folder.glob("*.request/messages/*.sealed"))
    home.done("freeze", "message", "import", str(message))
    assert "There is no mailbox" in home("assistance", "pass-on", key, "--yes").err


def test_an_extradition_has_its_checklist_and_timeline(hall: Hall, office: Offices) -> None:
    asker = office("CN-MPS")
    written(asker.folder, "request.yaml", EXTRADITION)
    key = asker.done("assistance", "ask", "request.yaml")["request"]
    home = office("CN-MOJ")
    assert "offence" in home("assistance", "pass-on", key, "--check").out.lower()
    home.done("assistance", "pass-on", key, "--yes")
    names = asker.done("assistance", "paper", key)["files"]
    paper = next(name for name in names if name.endswith("-extradition.html"))
    text = (asker.folder / "request.request" / "papers" / paper).read_text(encoding="utf-8")
    assert "CN-MOJ" in text
    assert "引渡" in text
    acts = [each["event"] for each in asker.done("assistance", "timeline", key)["events"]]
    assert acts == ["Asked", "MessageReceived", "PassedOn"]


def test_templates_and_mistakes(office: Offices, tmp_path: Path) -> None:
    asker = office("CN-MPS")
    made = asker.done("assistance", "new", "EVIDENCE", "n.yaml", "--to", "MY")
    assert "concordat: request/1" in (asker.folder / made["file"]).read_text(encoding="utf-8")
    refused = asker.refused("assistance", "ask", "n.yaml")
    assert "n.yaml" in refused
    assert "number" in refused
    assert "No request for assistance is called" in asker.refused("assistance", "show", "nothing")
    written(asker.folder, "request.yaml", EVIDENCE.replace("CN-MPS", "CN-MOJ"))
    assert "this workspace is of" in asker.refused("assistance", "ask", "request.yaml")
