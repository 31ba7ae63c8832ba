# SPDX-License-Identifier: Apache-2.0
"""A case from opening to closing, as agencies of three countries type it."""

from __future__ import annotations

import shutil

import pytest
from casestage import NUMBER, VICTIMS, invited, written
from hall import DAY, Hall, Office, Offices


@pytest.fixture
def conflict(china: Office, malaysia: Office) -> None:
    """Both claim it."""
    malaysia.done("case", "claim", NUMBER, "text.txt", "--ground", "TERRITORY")


def test_opened_once_and_its_number_is_secret(hall: Hall, china: Office, office: Offices) -> None:
    again = china.done("case", "open", NUMBER, "--ground", "EFFECT")
    assert again["before"]
    shown = china.done("case", "show", NUMBER)
    assert (shown["status"], shown["lead"], shown["victims"]) == ("OPEN", "CN-MPS", 0)
    stranger = office("SG-SPF")
    listed = stranger.done("case", "list")["cases"]
    assert [each["name"] for each in listed] == [again["id"][:12]]
    assert NUMBER not in stranger("case", "list").out
    assert "no folder here" in stranger.refused("case", "claim", again["id"], "x", "--ground", "EFFECT")
    assert "folder of the case" in china.refused("case", "open", NUMBER, "--ground", "TERRITORY")


def test_an_interrupted_opening_goes_on_with_the_same_id(
    office: Offices, monkeypatch: pytest.MonkeyPatch
) -> None:
    singapore = office("SG-SPF")
    with monkeypatch.context() as patch:
        patch.setattr("concordat.cooperation.casebook.open_", _dies)
        assert singapore("case", "open", "SG-1", "--ground", "EFFECT").code == 130
    kept = (singapore.folder / "SG-1.case" / "case.json").read_bytes()
    opened_ = singapore.done("case", "open", "SG-1", "--ground", "EFFECT")
    assert not opened_["before"]
    assert opened_["id"][2:] in kept.decode()


def test_nobody_opens_what_another_agency_prepared(office: Offices, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would be a case with another id, and the folder another's."""
    singapore, malaysia = office("SG-SPF"), office("MY-PDRM")
    with monkeypatch.context() as patch:
        patch.setattr("concordat.cooperation.casebook.open_", _dies)
        assert singapore("case", "open", "SG-2", "--ground", "EFFECT").code == 130
    shutil.copytree(singapore.folder / "SG-2.case", malaysia.folder / "SG-2.case")
    assert "another agency" in malaysia.refused("case", "open", "SG-2", "--ground", "EFFECT")


def test_a_refused_opening_leaves_no_folder(office: Offices) -> None:
    court = office("CN-HPC")
    assert court.refused("case", "open", "HPC-1", "--ground", "EFFECT")
    assert not (court.folder / "HPC-1.case").exists()


def _dies(*_: object) -> None:
    raise KeyboardInterrupt


def test_another_officer_opens_it_again_from_the_chain(china: Office) -> None:
    shutil.rmtree(china.folder / f"{NUMBER}.case")
    event = china.hall.chain.events("CaseRegistry", "CaseOpened")[-1]
    received = china.done("case", "receive", f"0x{event.args['message'].hex()}")
    assert (received["number"], received["id"]) == (NUMBER, f"0x{event.args['id'].hex()}")


def test_an_invitation_is_for_whom_it_is_sealed_to(china: Office, office: Offices) -> None:
    told = china.done("case", "invite", NUMBER, "MY-PDRM")
    third = office("SG-SPF")
    assert "is not for agency" in third.refused("case", "receive", told["hash"])
    china.done("case", "export", told["hash"], "invitation.sealed")
    malaysia = office("MY-PDRM")
    shutil.copy(china.folder / "invitation.sealed", malaysia.folder)
    assert malaysia.done("case", "receive", "invitation.sealed")["number"] == NUMBER
    data = (china.folder / "invitation.sealed").read_bytes()
    (malaysia.folder / "changed.sealed").write_bytes(data.replace(b'"ciphertext":"', b'"ciphertext":"AA'))
    assert "no message" in malaysia.refused("case", "receive", "changed.sealed")
    written(malaysia.folder, "other.txt", "Hello")
    assert malaysia.refused("case", "receive", "other.txt")
    assert "neither a file nor" in malaysia.refused("case", "receive", "nothing")


def test_a_conflict_is_settled_by_agreement(hall: Hall, china: Office, malaysia: Office) -> None:
    assert china.refused("case", "consult", NUMBER, "text.txt")
    done = malaysia.done("case", "claim", NUMBER, "text.txt", "--ground", "TERRITORY")
    assert done["status"] == "CONFLICT"
    assert malaysia.done("case", "claim", NUMBER, "text.txt", "--ground", "TERRITORY")["before"]
    china.done("case", "consult", NUMBER, "text.txt")
    assert china.done("case", "consult", NUMBER, "text.txt")["before"]
    assert not malaysia.done("case", "consult", NUMBER, "text.txt")["before"]
    texts = [each["text"] for each in malaysia.done("case", "show", NUMBER, "--texts")["history"]]
    assert "Because the callers were there." in texts
    assert "The reasons of MY-PDRM." in texts
    proposed = malaysia.done("case", "propose-lead", NUMBER, "MY-PDRM", "text.txt")
    agreed = china.done("case", "agree-lead", NUMBER, proposed["proposal"][:14])
    assert agreed["status"] == "SETTLED"
    assert china.done("case", "agree-lead", NUMBER, proposed["proposal"])["before"]
    assert china.done("case", "show", NUMBER)["lead"] == "MY-PDRM"


def test_whoever_is_not_concerned_reads_nothing(china: Office, conflict: None, office: Offices) -> None:
    china.done("case", "consult", NUMBER, "text.txt")
    third = invited(china, office("SG-SPF"), "SG-SPF")
    history = third.done("case", "show", NUMBER, "--texts")["history"]
    assert any(each["unread"] and "not for agency" in each["unread"] for each in history)
    china.done("case", "minutes", NUMBER, "text.txt")
    newest = third.done("case", "show", NUMBER, "--texts")["history"][-1]
    assert (newest["event"], newest["text"]) == ("MinutesAnchored", "Because the callers were there.")


def test_a_unit_sees_from_then_on_or_from_the_start(china: Office, office: Offices) -> None:
    china.done("case", "minutes", NUMBER, "text.txt")
    unit = invited(china, office("CN-YUNNAN"), "CN-YUNNAN")
    assert unit.done("case", "show", NUMBER, "--texts")["history"][-1]["unread"]
    told = china.done("case", "invite", NUMBER, "CN-YUNNAN", "--from-start")
    unit.done("case", "receive", told["hash"])
    newest = unit.done("case", "show", NUMBER, "--texts")["history"][-1]
    assert newest["text"] == "Because the callers were there."


def test_consultation_becomes_overdue_by_the_clock(hall: Hall, china: Office, conflict: None) -> None:
    assert china.done("case", "alerts")["alerts"] == []
    hall.pass_time(61 * DAY)
    (alert,) = china.done("case", "alerts")["alerts"]
    assert (alert["what"], alert["overdue"]) == ("consultation", True)
    assert "OVERDUE" in china("case", "show", NUMBER).out


def test_a_claim_is_dropped(china: Office, malaysia: Office, conflict: None) -> None:
    malaysia.done("case", "drop", NUMBER, "--yes")
    assert malaysia.done("case", "drop", NUMBER, "--yes")["before"]
    shown = china.done("case", "show", NUMBER)
    assert (shown["status"], shown["lead"]) == ("OPEN", "CN-MPS")
    assert not malaysia.done("case", "claim", NUMBER, "text.txt", "--ground", "EFFECT")["before"]


def test_proceedings_move_when_both_signed(china: Office, malaysia: Office) -> None:
    assert "not offered" in malaysia.refused("case", "transfer", "accept", NUMBER)
    china.done("case", "transfer", "offer", NUMBER, "MY-PDRM", "text.txt")
    assert china.done("case", "transfer", "offer", NUMBER, "MY-PDRM", "text.txt")["before"]
    assert china.done("case", "show", NUMBER)["offered_to"] == "MY-PDRM"
    china.done("case", "transfer", "withdraw", NUMBER)
    assert "not offered" in malaysia.refused("case", "transfer", "accept", NUMBER)
    china.done("case", "transfer", "offer", NUMBER, "MY-PDRM", "text.txt")
    assert "needs a yes" in malaysia.refused("case", "transfer", "accept", NUMBER)
    malaysia.done("case", "transfer", "accept", NUMBER, "--yes")
    shown = malaysia.done("case", "show", NUMBER)
    assert (shown["lead"], shown["offered_to"]) == ("MY-PDRM", None)
    assert [each["jurisdiction"] for each in shown["claims"]] == ["MY"]


def test_clocks_are_overdue_without_any_transaction(hall: Hall, china: Office) -> None:
    done = china.done("case", "deadline", "set", NUMBER, "FIRST_INTERROGATION")
    assert (done["number"], done["code"]) == (1, 1)
    china.done("case", "deadline", "set", NUMBER, "2")
    assert next(each["clock"] for each in china.done("case", "alerts")["alerts"]) == 1
    hall.pass_time(2 * DAY)
    before = hall.node.request("eth_blockNumber")
    alerts = china.done("case", "alerts", "--days", "1")["alerts"]
    assert alerts[0]["overdue"]
    assert "OVERDUE" in china("case", "alerts").out
    assert hall.node.request("eth_blockNumber") == before
    china.done("case", "deadline", "met", NUMBER, "1", "text.txt")
    shown = china.done("case", "show", NUMBER)["deadlines"]
    assert shown[0]["met"] > shown[0]["due"]
    assert "late" in china("case", "show", NUMBER).out
    assert "No statutory clock of CN" in china.refused("case", "deadline", "set", NUMBER, "NEVER")
    assert "art. 91" in china("case", "deadline", "codes").out
    assert "第九十一条" in china("case", "deadline", "codes", "--lang", "zh").out


def test_each_victim_counts_once(hall: Hall, china: Office, malaysia: Office, conflict: None) -> None:
    written(china.folder, "victims.csv", VICTIMS)
    first = china.done("case", "victims", "count", NUMBER, "victims.csv")
    assert (first["added"], first["total"]) == (3, 3)
    assert china.done("case", "victims", "count", NUMBER, "victims.csv")["added"] == 0
    wide = "".join(chr(ord(each) + 0xFEE0) for each in "11010519491231002")
    same = f"phone,id,country,passport\n,{wide}x,cn,\n+60123456789,,,\n+6599990000,,,\n"
    written(malaysia.folder, "victims.csv", same)
    second = malaysia.done("case", "victims", "count", NUMBER, "victims.csv")
    assert (second["known"], second["added"], second["total"]) == (2, 1, 4)
    written(malaysia.folder, "wrong.csv", "country,id\nCN,110105194912310021\n")
    refused = malaysia.refused("case", "victims", "count", NUMBER, "wrong.csv")
    assert "row 2: the check digit" in refused
    assert "110105194912310021" not in refused


def test_closed_by_who_leads(china: Office, malaysia: Office) -> None:
    assert "lead" in malaysia.refused("case", "close", NUMBER, "text.txt", "--reason", "JUDGED", "--yes")
    china.done("case", "close", NUMBER, "text.txt", "--reason", "JUDGED", "--yes")
    assert china.done("case", "show", NUMBER)["status"] == "CLOSED"
    assert china.refused("case", "minutes", NUMBER, "text.txt")


def test_what_cannot_be_meant_is_a_sentence(china: Office) -> None:
    assert "No case is called" in china.refused("case", "show", "nothing")
    assert "No case is called" in china.refused("case", "show", "0x12345678")
    written(china.folder, "empty.txt", "")
    assert "is empty" in china.refused("case", "minutes", NUMBER, "empty.txt")
    assert "Could not read" in china.refused("case", "minutes", NUMBER, "missing.txt")
    folder = china.folder / f"{NUMBER}.case"
    (folder / "case.json").write_text("{}", encoding="utf-8")
    assert "damaged" in china.refused("case", "show", str(folder))
