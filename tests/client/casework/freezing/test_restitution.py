# SPDX-License-Identifier: Apache-2.0
"""Back to the victims: planned, opened, objected to, decided, paid, confirmed by the victims, closed."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from fakecast import key
from freeze_stage import ACCOUNTS, DAY, Stage, request_text, target

from concordat.assets import holds, objections, planlog, restitution
from concordat.assets.folders import paylist, slips
from concordat.assets.folders.planfile import PlanFile
from concordat.assets.returnstates import Method, PlanState
from concordat.assets.values import money
from concordat.casework.returning import payslips, plannames, repaying, returns
from concordat.casework.returning import restitution as planning
from concordat.errors import ConcordatError, OutcomeUnknownError, UsageError
from concordat.ledger.outbox import DurableLedger

JUDGMENT = bytes(31) + b"\5"
HEAD = "victim,payee,amount,traced,key\n"


def refused(code: str, act: Any, *args: Any, **more: Any) -> ConcordatError:
    with pytest.raises(ConcordatError) as found:
        act(*args, **more)
    assert found.value.code == code, found.value.message
    return found.value


def awarded(stage: Stage, *amounts: str, number: str = "JCC-0317", give_back: str = "") -> list[str]:
    """Holds of one request that a court awarded to victims; as they are named on the command line."""
    named = [
        target("SG-MERLION", f"account:MERLSGSG:100000{place:04d}", amount)
        for place, amount in enumerate(amounts)
    ]
    request = stage.running(number=number, targets=named)
    found = []
    for place, amount in enumerate(amounts, 1):
        stage.answer(request, place)
        back = money.parse(give_back or amount).amount
        rest = money.parse(amount).amount - back
        word = stage.named(request, place).target
        objections.dispose(stage.ledger, key("judge"), request, word, back, rest, JUDGMENT)
        stage.pass_time(1)
        found.append(f"{request_text(request)}#{place}")
    return found


def listed(stage: Stage, *amounts: str, traced: tuple[str, ...] = (), name: str = "claims.csv") -> Path:
    """A list of claims in the police's folder."""
    stage.workspace("SG-SPF")
    path = stage.folder / "SG-SPF" / name
    parts = dict(enumerate(traced, 1))
    lines = [
        f'V-{number:03d},account:VICTSGSG:{number:08d},"{amount}","{parts.get(number, "")}",'
        for number, amount in enumerate(amounts, 1)
    ]
    path.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def opened(stage: Stage, sources: list[str], claims: Path, **more: Any) -> planning.Opened:
    given = {"number": "R-2026-1", "case": "0317", "sources": sources, **more}
    return planning.open_(stage.desk("distributor"), claims, **given)


def decided(stage: Stage, file: PlanFile) -> str:
    """A plan whose notice is over and whose shares are fixed."""
    stage.pass_time(file.head.notice_until + 7 * DAY - stage.ledger.now() + 1)
    planning.decide(stage.desk("judge"), f"0x{file.head.id.hex()}", stage.paper("shares.pdf"))
    return f"0x{file.head.id.hex()}"


def claims_agree(stage: Stage, plan_id: bytes) -> None:
    """What is read from events is what the contract answers, for every claim."""
    plan = restitution.plan_of(stage.ledger, plan_id)
    assert plan is not None
    for each in planlog.claims_of(stage.ledger, plan):
        there = restitution.claim_of(stage.ledger, plan_id, each.id)
        assert there is not None
        assert (each.amount, each.share, each.paid, each.by_victim, each.objected) == (
            there.amount,
            there.share,
            there.paid,
            there.by_victim,
            there.objected,
        )
        assert bool(each.confirmed_at) == bool(there.confirmed_at)


def test_pro_rata_from_plan_to_the_last_confirmed_payment(freezing: Stage) -> None:
    sources = awarded(freezing, "SGD 1,000.00")
    claims = listed(freezing, "SGD 1,000.00", "SGD 1,000.00", "SGD 1,000.00")
    worked = planning.plan(freezing.desk("distributor"), claims, sources=sources)
    assert (worked.method, worked.distributed, worked.remainder) == (Method.PRO_RATA, 99_999, 1)
    made = opened(freezing, sources, claims)
    assert (made.entered, made.before, made.done.before) == (3, 0, False)
    assert made.distribution == worked
    text = decided(freezing, made.file)
    paid = repaying.pay_all(freezing.desk("teller"), text, 0, "CAMT-1")
    assert (paid.now, paid.amount, paid.left) == (3, 99_999, 0)
    claims_agree(freezing, made.file.head.id)
    confirmed = repaying.confirm(freezing.desk("anyone", "MY-COURT"), [made.file.folder])
    assert (confirmed.now, confirmed.before, confirmed.unpaid, confirmed.failed) == (3, 0, (), ())
    claims_agree(freezing, made.file.head.id)
    shown = returns.view(freezing.desk("anyone", "MY-COURT"), text)
    assert (shown.confirmed, shown.by_victim, shown.paid_in_full, shown.remainder) == (3, 3, 3, 1)
    (source,) = shown.sources
    assert source.balanced
    assert (source.held, source.returned, source.remaining) == (100_000, 99_999, 1)
    # All of it again: nothing is sent.
    before = freezing.sent()
    assert opened(freezing, sources, claims).done.before
    assert repaying.pay_all(freezing.desk("teller"), text, 0, "CAMT-1").now == 0
    assert repaying.confirm(freezing.desk("distributor"), [made.file.folder]).before == 3
    assert freezing.sent() == before
    planning.close(freezing.desk("distributor"), made.file.folder.as_posix())
    assert planning.close(freezing.desk("distributor"), "R-2026-1").before
    assert returns.view(freezing.desk("distributor"), text).plan.state is PlanState.CLOSED


def test_what_was_traced_is_paid_first_and_a_second_plan_divides_the_rest(freezing: Stage) -> None:
    sources = awarded(freezing, "SGD 700.00")
    claims = listed(freezing, "SGD 500.00", "SGD 400.00", traced=("SGD 500.00", "SGD 100.00"))
    made = opened(freezing, sources, claims)
    assert made.file.head.method is Method.TRACING
    text = decided(freezing, made.file)
    assert repaying.pay_all(freezing.desk("teller"), text, 1, "A").amount == 60_000
    claims_agree(freezing, made.file.head.id)
    # While the plan lasts, its source belongs to it.
    rest = listed(freezing, "SGD 300.00", name="rest.csv")
    refused("contract.source_in_other_plan", opened, freezing, sources, rest, number="R-2")
    planning.close(freezing.desk("distributor"), text)
    second = opened(freezing, sources, rest, number="R-2")
    assert second.file.head.method is Method.PRO_RATA
    text = decided(freezing, second.file)
    assert repaying.pay_all(freezing.desk("teller"), text, 0, "B").amount == 10_000
    assert returns.view(freezing.desk("teller"), text).sources[0].remaining == 0


def test_many_claims_go_in_batches_and_are_gone_on_with(
    freezing: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = awarded(freezing, "SGD 2,500.00")
    claims = listed(freezing, *(f"SGD {number}.00" for number in range(1, 251)))
    send, calls = DurableLedger.send, []

    def cut(ledger: DurableLedger, signer: Any, contract: str, function: str, *args: Any) -> Any:
        calls.append(function)
        if calls.count("enter") == 2:
            raise OutcomeUnknownError("the node was lost")
        return send(ledger, signer, contract, function, *args)

    monkeypatch.setattr(DurableLedger, "send", cut)
    refused("outcome.unknown", opened, freezing, sources, claims)
    monkeypatch.setattr(DurableLedger, "send", send)
    folder = freezing.folder / "SG-SPF" / "claims.restitution"
    kept = {path.name: path.read_bytes() for path in (folder / "slips").iterdir()}
    told: list[str] = []
    made = opened(freezing, sources, folder, tell=told.append)
    assert (made.entered, made.before) == (150, 100)
    assert told == ["100 of 150 claims are entered.", "150 of 150 claims are entered."]
    assert kept == {path.name: path.read_bytes() for path in (folder / "slips").iterdir()}
    assert list(dict.fromkeys(each["act"] for each in made.file.receipts())) == [
        "open",
        "enter claims 1 to 100",
        "enter claims 101 to 200",
        "enter claims 201 to 250",
    ]
    text = decided(freezing, made.file)
    told.clear()
    paid = repaying.pay_all(freezing.desk("teller"), text, 0, "E2E", told.append)
    assert paid.now == 250
    assert told[0] == "100 of 250 payments are recorded."
    total = sum(250_000 * number // sum(range(1, 251)) for number in range(1, 251))
    assert paid.amount == total
    claims_agree(freezing, made.file.head.id)


def test_an_institution_pays_by_the_list(freezing: Stage) -> None:
    sources = awarded(freezing, "SGD 600.00", "SGD 300.00")
    made = opened(freezing, sources, listed(freezing, "SGD 500.00", "SGD 400.00"))
    text = decided(freezing, made.file)
    out = freezing.folder / "pay.csv"
    assert repaying.payments(freezing.desk("distributor"), text, 1, out) == 2
    lines = out.read_text(encoding="utf-8-sig").splitlines()
    assert "account:VICTSGSG:00000001" in lines[1]
    # The first share whole, of the second what is left in this source.
    assert "SGD 500.00" in lines[1]
    assert "SGD 100.00" in lines[2]
    out.write_text("\n".join([lines[0], f"{lines[1]}UETR-1", lines[2]]), encoding="utf-8")
    first = repaying.pay_list(freezing.desk("teller"), text, 1, out)
    assert (first.now, first.before, first.left) == (1, 0, 1)
    out.write_text("\n".join([lines[0], f"{lines[1]}UETR-1", f"{lines[2]}UETR-2"]), encoding="utf-8")
    second = repaying.pay_list(freezing.desk("teller"), text, 1, out)
    assert (second.now, second.before) == (1, 1)
    # The other source pays what the first could not.
    rest = repaying.pay_all(freezing.desk("teller"), text, 2, "UETR-3")
    assert (rest.now, rest.amount, rest.left) == (1, 30_000, 0)
    claims_agree(freezing, made.file.head.id)
    refused("restitution.which_source", repaying.pay_all, freezing.desk("distributor"), text, 0, "X")
    # A payment made otherwise than before, under the same reference, is a mistake.
    text_of = out.read_text(encoding="utf-8").replace("SGD 500.00", "SGD 499.00")
    out.write_text(text_of, encoding="utf-8")
    refused("restitution.reference", repaying.pay_list, freezing.desk("teller"), text, 1, out)


def test_a_cut_between_batches_of_payments_records_nothing_twice(
    freezing: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = awarded(freezing, "SGD 120.00")
    made = opened(freezing, sources, listed(freezing, *["SGD 1.00"] * 120))
    text = decided(freezing, made.file)
    send, calls = DurableLedger.send, []

    def cut(ledger: DurableLedger, signer: Any, contract: str, function: str, *args: Any) -> Any:
        receipt = send(ledger, signer, contract, function, *args)
        calls.append(function)
        if len(calls) == 1:  # it stands in a block, and this machine never learns it
            raise OutcomeUnknownError("the power was cut")
        return receipt

    monkeypatch.setattr(DurableLedger, "send", cut)
    refused("outcome.unknown", repaying.pay_all, freezing.desk("teller"), text, 0, "X")
    again = repaying.pay_all(freezing.desk("teller"), text, 0, "X")
    assert (again.now, again.left) == (20, 0)
    assert len(restitution.payments(freezing.ledger, made.file.head.id)) == 120
    assert returns.view(freezing.desk("teller"), text).plan.paid == 12_000


def test_papers_of_payments_say_what_their_writer_knows(freezing: Stage) -> None:
    made = opened(freezing, awarded(freezing, "SGD 500.00"), listed(freezing, "SGD 200.00", "SGD 300.00"))
    text = decided(freezing, made.file)
    repaying.pay_all(freezing.desk("teller"), text, 0, "CAMT")
    of_planner, of_payer = freezing.folder / "planner", freezing.folder / "payer"
    written = payslips.write(freezing.desk("distributor"), text, of_planner)
    pages = [path for path in written if path.suffix == ".html"]
    assert pages
    told = "".join(path.read_text(encoding="utf-8") for path in pages)
    assert "V-001" in told and "****0001" in told and "CAMT/" not in told and "VICTSGSG:00000001" not in told
    assert payslips.write(freezing.desk("teller"), text, of_payer, "1")
    told = "".join(path.read_text(encoding="utf-8") for path in of_payer.glob("*.html"))
    assert "CAMT/1" in told and "CAMT/2" not in told and "V-001" not in told
    before = {path.name: path.read_bytes() for path in of_planner.iterdir()}
    payslips.write(freezing.desk("distributor"), text, of_planner)
    assert {path.name: path.read_bytes() for path in of_planner.iterdir()} == before


def test_a_payment_beyond_the_share_changes_nothing(freezing: Stage) -> None:
    made = opened(freezing, awarded(freezing, "SGD 500.00"), listed(freezing, "SGD 100.00", "SGD 100.00"))
    text = decided(freezing, made.file)
    rows = [
        paylist.PayRow(each.id, "", money.parse("SGD 100.01"), f"R-{each.number}")
        for each in made.file.claims
    ]
    out = freezing.folder / "pay.csv"
    out.write_bytes(paylist.write(rows))
    refused("contract.beyond_share", repaying.pay_list, freezing.desk("teller"), text, 1, out)
    assert returns.view(freezing.desk("teller"), text).plan.paid == 0


def test_a_victim_objects_with_his_slip_and_another_agency_decides(freezing: Stage) -> None:
    sources = awarded(freezing, "SGD 900.00")
    made = opened(freezing, sources, listed(freezing, "SGD 300.00", "SGD 600.00"))
    slip, grounds = made.file.slip_paths()[0], freezing.paper("grounds.txt", b"it was 600")
    anyone = freezing.desk("anyone", "MY-COURT")
    assert not planning.object_(anyone, slip, grounds).before
    assert planning.object_(anyone, slip, grounds).before
    text = f"0x{made.file.head.id.hex()}"
    freezing.pass_time(made.file.head.notice_until + 7 * DAY - freezing.ledger.now() + 1)
    refused(
        "contract.objections_open", planning.decide, freezing.desk("judge"), text, freezing.paper("no.pdf")
    )
    ruled = freezing.paper("ruling.pdf", b"600 it was")
    amount = money.parse("SGD 600.00")
    refused(
        "money.currencies_differ",
        planning.decide_objection,
        freezing.desk("reviewer"),
        text,
        "1",
        money.parse("USD 600.00"),
        ruled,
    )
    done = planning.decide_objection(freezing.desk("reviewer"), text, "1", amount, ruled)
    assert not done.before
    assert planning.decide_objection(freezing.desk("reviewer"), text, "1", amount, ruled).before
    planning.decide(freezing.desk("judge"), text, freezing.paper("shares.pdf"))
    claims_agree(freezing, made.file.head.id)
    shown = returns.view(freezing.desk("distributor"), text)
    assert [each.share for each in shown.claims] == [45_000, 45_000]


def test_slips_confirm_what_was_paid_and_nothing_else(freezing: Stage) -> None:
    made = opened(
        freezing, awarded(freezing, "SGD 500.00"), listed(freezing, "SGD 200.00", "SGD 200.00", "SGD 100.00")
    )
    text = decided(freezing, made.file)
    first, second, third = made.file.slip_paths()
    anyone = freezing.desk("anyone", "MY-COURT")
    assert repaying.confirm(anyone, [first]).unpaid == (first.name,)
    repaying.pay_all(freezing.desk("teller"), text, 0, "X")
    # A slip that was changed, and one that is none, stop no other.
    second.write_bytes(second.read_bytes().replace(b'"number":2', b'"number":3', 1))
    broken = freezing.folder / "broken.slip.json"
    broken.write_bytes(b"{}")
    key_of_another = slips.read(third)
    swapped = freezing.folder / "swapped.slip.json"
    stolen = slips.Slip(**{**vars(key_of_another), "secret": bytes(31) + b"\1"})
    slips.write(swapped, stolen)
    found = repaying.confirm(anyone, [first, broken, swapped, third])
    assert found.now == 2
    assert [name for name, _ in found.failed] == ["broken.slip.json", "swapped.slip.json"]
    assert all(error.code == "restitution.no_slip" for _, error in found.failed)
    empty = freezing.folder / "empty"
    empty.mkdir()
    refused("restitution.no_slip", repaying.confirm, anyone, [empty])
    # On paper, for the victim who lost it; afterwards the key still may.
    paper = freezing.paper("receipt.pdf")
    done = repaying.confirm_on_paper(freezing.desk("distributor"), text, "V-002", paper)
    assert not done.before
    assert repaying.confirm_on_paper(freezing.desk("distributor"), text, "2", paper).before
    claims_agree(freezing, made.file.head.id)
    shown = returns.view(anyone, text)
    assert (shown.confirmed, shown.by_victim) == (3, 2)


def test_a_slip_holds_no_account_and_the_folder_no_key(freezing: Stage) -> None:
    made = opened(freezing, awarded(freezing, "SGD 500.00"), listed(freezing, "SGD 200.00"))
    (path,) = made.file.slip_paths()
    slip = slips.read(path)
    assert b"00000001" not in path.read_bytes().replace(slip.victim.encode(), b"")
    assert "secret" not in repr(slip)
    claims = (made.file.folder / "claims.json").read_bytes()
    assert slip.secret.hex().encode() not in claims
    assert "payee" not in str(returns.as_dict(returns.view(freezing.desk("distributor"), "R-2026-1")))


def test_a_victim_may_have_the_key_himself(freezing: Stage) -> None:
    claims = listed(freezing, "SGD 200.00")
    claims.write_text(
        claims.read_text(encoding="utf-8").replace('"",', f'"",{key("holder").address}'), encoding="utf-8"
    )
    made = opened(freezing, awarded(freezing, "SGD 200.00"), claims)
    text = decided(freezing, made.file)
    repaying.pay_all(freezing.desk("teller"), text, 0, "X")
    (slip,) = made.file.slip_paths()
    assert slips.read(slip).secret == b""
    others = repaying.confirm(freezing.desk("anyone", "MY-COURT"), [slip])
    assert others.failed[0][1].code == "restitution.key_elsewhere"
    assert repaying.confirm(freezing.desk("holder", "MY-COURT"), [slip]).now == 1


def test_further_claims_while_the_notice_runs(freezing: Stage) -> None:
    made = opened(freezing, awarded(freezing, "SGD 500.00"), listed(freezing, "SGD 200.00"))
    desk, text = freezing.desk("distributor"), made.file.folder.as_posix()
    more = listed(freezing, "SGD 200.00", "SGD 50.00", name="more.csv")
    assert planning.claim(desk, text, more)[1] == 1
    assert planning.claim(desk, text, more)[1] == 0
    changed = listed(freezing, "SGD 201.00", name="changed.csv")
    refused("restitution.claim_differs", planning.claim, desk, text, changed)
    freezing.pass_time(40 * DAY)
    late = listed(freezing, "SGD 200.00", "SGD 50.00", "SGD 9.00", name="late.csv")
    refused("contract.notice_over", planning.claim, desk, text, late)


@pytest.mark.parametrize("broken", ["plan.json", "claims.json"])
def test_a_damaged_or_foreign_folder_is_a_sentence(freezing: Stage, broken: str) -> None:
    made = opened(freezing, awarded(freezing, "SGD 500.00"), listed(freezing, "SGD 200.00"))
    folder, desk = made.file.folder, freezing.desk("distributor")
    copied = folder.with_name("copy.restitution")
    shutil.copytree(folder, copied)
    (copied / broken).write_bytes(b"{}")
    refused("restitution.damaged", plannames.plan_named, desk, copied.as_posix())
    desk.workspace.set(chain_id=99)
    refused("restitution.other_suite", plannames.require_same_suite, desk, 1, b"", "it")
    refused("restitution.no_folder", PlanFile.open, freezing.folder / "no.restitution")


def test_what_cannot_be_opened(freezing: Stage) -> None:
    sources = awarded(freezing, "SGD 500.00")
    claims = listed(freezing, "SGD 200.00")
    refused("restitution.incomplete", opened, freezing, [], claims)
    refused("restitution.incomplete", opened, freezing, sources, claims, number="")
    refused("restitution.source_twice", opened, freezing, sources * 2, claims)
    refused("restitution.total", planning.plan, None, claims)
    claims.write_text(HEAD + "V-1,,SGD 200.00,,\n", encoding="utf-8")
    refused("restitution.no_payee", opened, freezing, sources, claims)
    assert not (freezing.folder / "SG-SPF" / "claims.restitution").exists()
    bound = freezing.running(number="JCC-2", targets=[target("SG-MERLION", ACCOUNTS[1], "SGD 9.00")])
    refused("restitution.nothing_returnable", opened, freezing, [request_text(bound)], claims)
    with pytest.raises(UsageError, match="No restitution plan is called"):
        plannames.plan_named(freezing.desk("distributor"), "0x123456")


def test_held_is_released_returned_forfeited_and_remaining(freezing: Stage) -> None:
    sources = awarded(freezing, "SGD 1,000.00", give_back="SGD 700.00")
    made = opened(freezing, sources, listed(freezing, "SGD 400.00", "SGD 400.00"))
    text = decided(freezing, made.file)
    repaying.pay_all(freezing.desk("teller"), text, 0, "X")
    (source,) = returns.view(freezing.desk("teller"), text).sources
    assert source.balanced
    assert (source.held, source.released, source.returned, source.forfeited, source.remaining) == (
        100_000,
        0,
        70_000,
        30_000,
        0,
    )
    assert holds.hold_of(freezing.ledger, made.file.head.sources[0].id) is not None
