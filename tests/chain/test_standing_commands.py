# SPDX-License-Identifier: Apache-2.0
"""``concordat standing`` as agencies type it, on a chain: outcomes recorded, computed anew, disputed."""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest
from hall import DAY, SEATS, Hall, Offices

from concordat.cooperation import assistance, reports
from concordat.cooperation.orders.request import secret_commitment
from concordat.cooperation.words import Channel, DisputeKind, LegalBasis, RequestKind, Urgency
from concordat.membership.standing.score import Outcome

TIMES = 5
"""How often each of four countries is ignored, until the standing of who ignores them falls."""
ASKERS = ("CN-MPS", "MY-PDRM", "SG-SPF", "TH-RTP")


def ask(hall: Hall, asker: str, to: str, kind: RequestKind = RequestKind.POLICE_INFORMATION) -> bytes:
    """A direct request for police information, whose answer is due in 72 hours."""
    order = assistance.ChainOrder(
        kind=kind,
        to=SEATS[to].jurisdiction,
        agency=hall.number(to),
        basis=LegalBasis.POLICE,
        agreement=bytes(32),
        urgency=Urgency.NONE,
        channel=Channel.LEDGER,
        forum=0,
        methods=0,
        presence=False,
        checklist=bytes(32),
        order=secrets.token_bytes(32),
        message=secrets.token_bytes(32),
        secret=secret_commitment(secrets.token_bytes(32)),
    )
    receipt = assistance.ask(hall.chain, hall.signer(asker), order)
    return bytes(receipt.event("Asked").args["request"])


def ignored(hall: Hall, office: Offices, times: int) -> list[bytes]:
    """Cambodia's police answers nobody; that is reported, once by command."""
    requests = [ask(hall, asker, "KH-NP") for asker in ASKERS for _ in range(times)]
    hall.pass_time(4 * DAY)
    for request in requests[:-1]:
        reports.request(hall.chain, hall.signer("SG-SPF"), request)
    told = office("SG-SPF").done("standing", "report", "request", f"0x{requests[-1].hex()[:12]}")
    assert told["outcomes"] == [Outcome.ACKNOWLEDGED_LATE.name, Outcome.OVERDUE.name]
    return requests


def test_everybody_begins_alike(hall: Hall, office: Offices) -> None:
    found = office("MY-PDRM").done("standing", "list")["standing"]
    assert {each["score"] for each in found} == {7500}
    assert office("MY-PDRM").done("standing", "show", "KH-NP")["outcomes"] == []
    assert "Nothing was recorded" in office("MY-PDRM")("standing", "history", "KH-NP").out


def test_who_ignores_obligations_loses_the_power_to_request_where_standing_binds(
    hall: Hall, office: Offices
) -> None:
    kh = office("KH-MOJ")
    kh.done("standing", "declare", "--binds", key=kh.agency_key)
    again = kh.done("standing", "declare", "--binds", key=kh.agency_key)
    assert again["before"] is True
    ignored(hall, office, times=TIMES)
    shown = office("KH-NP").done("standing", "show", "KH-NP")
    assert shown["score"] < 4500
    assert "REQUEST" in shown["withheld"]
    assert shown["recomputed_from"] > 8 * TIMES
    steps = office("KH-NP").done("standing", "history", "KH-NP")["history"]
    assert [each["kind"] for each in steps].count(Outcome.OVERDUE.name) == 4 * TIMES
    assert steps[-1]["score"] == shown["score"]


def test_standing_only_advises_where_nobody_declared(hall: Hall, office: Offices) -> None:
    ignored(hall, office, times=TIMES)
    shown = office("KH-NP").done("standing", "show", "KH-NP")
    assert shown["tier"] == 1
    assert shown["binds"] is False
    assert shown["withheld"] == []


def test_nothing_to_report_is_said(hall: Hall, office: Offices) -> None:
    request = ask(hall, "CN-MPS", "KH-NP")
    refusal = office("SG-SPF").refused("standing", "report", "request", f"0x{request.hex()}")
    assert "Traceback" not in refusal
    assert refusal.strip()


def test_a_reply_stands_beside_the_outcome_once(hall: Hall, office: Offices, tmp_path: Path) -> None:
    ignored(hall, office, times=1)
    text = tmp_path / "reply.txt"
    text.write_text("The line was cut for three days.\n")
    outcome = office("KH-NP").done("standing", "show", "KH-NP")["outcomes"][0]["outcome"]
    first = office("KH-NP").done("standing", "reply", outcome[:14], "--text", str(text))
    again = office("KH-NP").done("standing", "reply", outcome[:14], "--text", str(text))
    assert (first["before"], again["before"]) == (False, True)
    assert len(office("SG-SPF").done("standing", "show", "KH-NP")["outcomes"][0]["replies"]) == 1
    assert office("SG-SPF")("standing", "reply", outcome[:14], "--text", str(text)).code != 0


def test_a_panel_of_others_takes_an_outcome_back(hall: Hall, office: Offices, tmp_path: Path) -> None:
    ignored(hall, office, times=1)
    grounds = tmp_path / "grounds.txt"
    grounds.write_text("It was answered by telephone, and the other side knows it.\n")
    kh, cn = office("KH-NP"), office("CN-MPS")
    found = kh.done("standing", "show", "KH-NP")
    before = found["score"]
    outcome = next(each for each in found["outcomes"] if each["counterparty"] == "CN-MPS")["outcome"]
    words = ("standing", "dispute", "open", "outcome", outcome, "--grounds", str(grounds))
    opened = kh.done(*words)
    assert kh.done(*words)["before"] is True
    dispute = opened["dispute"]
    cn.done("standing", "dispute", "commit", dispute)
    kh.done("standing", "dispute", "reveal", dispute)
    drawn = cn.done("standing", "dispute", "reveal", dispute)
    assert set(drawn["panel"]) == {"MY", "SG", "TH"}
    for name in ("MY-AGC", "SG-AGC"):
        office(name).done("standing", "dispute", "vote", dispute, "--uphold", "--reasons", str(grounds))
    assert "KH" not in drawn["panel"]
    assert (
        office("KH-MOJ")("standing", "dispute", "vote", dispute, "--dismiss", "--reasons", str(grounds)).code
        != 0
    )
    closed = office("TH-OAG").done("standing", "dispute", "close", dispute)
    assert closed["status"] == "UPHELD"
    after = kh.done("standing", "show", "KH-NP")
    assert after["score"] > before
    assert next(each for each in after["outcomes"] if each["outcome"] == outcome)["annulled"] is True


def test_who_does_not_reveal_loses(hall: Hall, office: Offices, tmp_path: Path) -> None:
    ignored(hall, office, times=1)
    grounds = tmp_path / "grounds.txt"
    grounds.write_text("No.\n")
    kh = office("KH-NP")
    outcome = kh.done("standing", "show", "KH-NP")["outcomes"][0]["outcome"]
    opened = kh.done("standing", "dispute", "open", "outcome", outcome, "--grounds", str(grounds))
    hall.pass_time(30 * DAY)
    closed = office("SG-SPF").done("standing", "dispute", "close", opened["dispute"])
    assert closed["status"] == "UPHELD"


@pytest.mark.parametrize("kind", [DisputeKind.ANSWER, DisputeKind.USE_BREACH])
def test_what_never_happened_is_not_disputed(
    hall: Hall, office: Offices, tmp_path: Path, kind: DisputeKind
) -> None:
    request = ask(hall, "CN-MPS", "KH-NP")
    grounds = tmp_path / "grounds.txt"
    grounds.write_text("Why not.\n")
    words = ("standing", "dispute", "open", kind.name.lower(), f"0x{request.hex()}")
    assert office("CN-MPS")(*words, "--grounds", str(grounds)).code != 0
