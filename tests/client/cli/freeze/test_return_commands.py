# SPDX-License-Identifier: Apache-2.0
"""``asset``, ``restitution`` and ``tip`` as typed: what they print, what never, and what a mistake says."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import click
import pytest
from eth_account import Account
from fakecast import key
from freeze_stage import DAY, Stage, request_text, target
from freezeshell import Ran, Shell

from concordat.assets import objections, restitution
from concordat.assets.folders import dossier, slips
from concordat.assets.values import money
from concordat.assets.words import AssetClass
from concordat.cli.main import root
from concordat.ledger.signer import LocalSigner

VICTIMS, LOST = 196, 27_960_000_00
SECRET = "00000042"
JUDGMENT = bytes(31) + b"\5"


def losses() -> list[int]:
    """What each of the victims lost, fen; together what is known of the case."""
    chance = random.Random(196)
    cuts = sorted(chance.sample(range(1, LOST), VICTIMS - 1))
    return [after - before for before, after in zip([0, *cuts], [*cuts, LOST], strict=True)]


def yuan(fen: int) -> str:
    return f"CNY {fen // 100:,}.{fen % 100:02d}"


def write_claims(stage: Stage, amounts: list[int], name: str = "claims.csv") -> None:
    stage.workspace("SG-SPF")
    lines = [
        f'V-{number:03d},account:VICTCNBJ:{number:08d},"{yuan(amount)}"'
        for number, amount in enumerate(amounts, 1)
    ]
    text = "victim,payee,amount\n" + "\n".join(lines) + "\n"
    (stage.folder / "SG-SPF" / name).write_text(text, encoding="utf-8")


def awarded(stage: Stage, amount: str) -> str:
    """A hold that a court awarded to victims, as it is named."""
    request = stage.running(targets=[target("SG-MERLION", "account:MERLSGSG:100000001", amount)])
    stage.answer(request)
    back = money.parse(amount).amount
    objections.dispose(stage.ledger, key("judge"), request, stage.named(request).target, back, 0, JUDGMENT)
    stage.pass_time(1)
    return f"{request_text(request)}#1"


def confirm_elsewhere(stage: Stage, count: int) -> list[Path]:
    """Victims who have their slips confirm through somebody else, past this client; their slips."""
    folder = stage.folder / "SG-SPF" / "claims.restitution" / "slips"
    taken = [path.rename(stage.folder / path.name) for path in slips.in_folder(folder)[:count]]
    for slip in map(slips.read, taken):
        claim = restitution.claim_of(stage.ledger, slip.plan, slip.claim)
        assert claim is not None
        own, deadline = LocalSigner(Account.from_key(slip.secret)), stage.ledger.now() + DAY
        signed = restitution.sign_receipt(stage.ledger, own, slip.plan, slip.commitment, claim.paid, deadline)
        restitution.confirm(stage.ledger, key("anyone"), signed)
    stage.pass_time(1)
    return taken


def run(shell: Shell, who: str, group: str, *arguments: object, code: int = 0, **more: Any) -> Ran:
    ran = shell(who, *arguments, group=group, **more)
    assert ran.code == code, ran.err + ran.out
    return ran


def english(text: str) -> list[str]:
    """English words that stand in a text; ids, short names of agencies and names of events are none."""
    return re.findall(r"(?<![\w.*])[a-z]{3,}(?!\w)", re.sub(r"0x[0-9a-f]+", "", text))


def test_196_victims_from_the_list_to_196_confirmed_payments(shell: Shell) -> None:
    stage = shell.stage
    write_claims(stage, losses())
    worked = run(shell, "distributor", "restitution", "plan", "claims.csv", "--total", "CNY 9,320,000.01")
    assert "196, together CNY 27,960,000.00" in worked.out
    assert "VICTCNBJ" not in worked.out
    chinese = run(
        shell, "distributor", "restitution", "plan", "claims.csv", "--total", "CNY 9,320,000.01",
        "--lang", "zh",
    ).out  # fmt: skip
    assert "196项，共计 27,960,000.00 人民币" in chinese and not english(chinese)
    source = awarded(stage, "CNY 9,320,000.01")
    data = run(
        shell, "distributor", "restitution", "plan", "claims.csv", "--source", source, "--out", "s.csv",
        "--json",
    ).json  # fmt: skip
    shares = [932_000_001 * loss // LOST for loss in losses()]
    assert (data["claims"], data["distributed"]) == (196, str(sum(shares)))
    assert len((stage.folder / "SG-SPF" / "s.csv").read_text(encoding="utf-8-sig").splitlines()) == 197
    opened = run(
        shell, "distributor", "restitution", "open", "claims.csv", "--number", "R-1", "--case", "0317",
        "--source", source, "--json",
    )  # fmt: skip
    plan = opened.json["plan"]
    assert opened.json["entered"] == 196
    assert "196 of 196 claims are entered." in opened.err
    stage.pass_time(39 * DAY)
    stage.workspace("SG-COURT")
    stage.paper("SG-COURT/shares.pdf")
    decided = run(shell, "judge", "restitution", "decide", plan, "--decision", "shares.pdf")
    assert "CNY 9,320,000.01 for 196 claims" in decided.out
    paid = run(shell, "teller", "restitution", "pay", plan, "--all", "--reference", "CAMT", "--json").json
    assert (paid["recorded"], paid["amount"], paid["claims_open"]) == (196, str(sum(shares)), 0)
    again = run(shell, "teller", "restitution", "pay", plan, "--all", "--reference", "CAMT", "--json").json
    assert again["recorded"] == 0
    taken = confirm_elsewhere(stage, 184)
    confirmed = run(shell, "distributor", "restitution", "confirm", "claims.restitution", taken[0])
    assert "12 payments are confirmed now, 1 were before" in confirmed.out
    shown = run(shell, "distributor", "restitution", "show", "R-1", "--json", "--claims").json
    assert (shown["confirmed"], shown["confirmed_by_victim"], shown["unpaid"]) == (196, 196, "0")
    assert shown["remainder"] == str(932_000_001 - sum(shares))
    (only,) = shown["sources"]
    parts = [int(only[name]) for name in ("released", "returned", "forfeited", "remaining")]
    assert int(only["held"]) == sum(parts) == 932_000_001
    text = run(shell, "distributor", "restitution", "show", "R-1", "--claims").out
    assert "= released" in text and "by the victim" in text and "VICTCNBJ" not in text
    chinese = run(shell, "distributor", "restitution", "show", "R-1", "--claims", "--lang", "zh").out
    assert "196项，其中196项由被害人自有密钥确认" in chinese and "+ 已没收" in chinese and "人民币" in chinese
    assert not english(chinese)
    closed = run(shell, "distributor", "restitution", "close", "R-1", "--lang", "zh").out
    assert "返还方案 R-1 已结束" in closed and not english(closed)
    assert not english(run(shell, "distributor", "restitution", "show", "--lang", "zh").out)
    assert plan[:12] in run(shell, "distributor", "restitution", "show").out


def test_the_list_the_receipt_and_the_objection(shell: Shell) -> None:
    stage = shell.stage
    write_claims(stage, [10_000, 20_000])
    source = awarded(stage, "CNY 300.00")
    opened = run(
        shell, "distributor", "restitution", "open", "claims.csv", "--number", "R-1", "--source", source
    )
    assert "hand each to its victim" in opened.out
    stage.paper("SG-SPF/grounds.txt")
    slip = "claims.restitution/slips/00001.slip.json"
    run(shell, "inspector", "restitution", "object", slip, "--grounds", "grounds.txt")
    write_claims(stage, [10_000, 20_000, 5_000], "more.csv")
    more = run(shell, "distributor", "restitution", "claim", "R-1", "more.csv", "--json").json
    assert (more["entered"], more["claims"]) == (1, 3)
    stage.pass_time(39 * DAY)
    plan = run(shell, "distributor", "restitution", "show", "R-1", "--json").json["plan"]
    stage.workspace("SG-COURT")
    stage.paper("SG-COURT/ruling.pdf")
    lone = run(shell, "judge", "restitution", "decide", plan, "--decision", "ruling.pdf", "--claim", "1",
               code=2)  # fmt: skip
    assert "belong together" in lone.err
    run(
        shell, "judge", "restitution", "decide", plan, "--decision", "ruling.pdf", "--claim", "1",
        "--amount", "CNY 50.00",
    )  # fmt: skip
    run(shell, "judge", "restitution", "decide", plan, "--decision", "ruling.pdf")
    run(shell, "distributor", "restitution", "payments", "R-1", "--out", "pay.csv")
    lines = (stage.folder / "SG-SPF" / "pay.csv").read_text(encoding="utf-8-sig").splitlines()
    stage.workspace("SG-MERLION")
    filled = "\n".join([lines[0], *(f"{line}E2E-{number}" for number, line in enumerate(lines[1:]))])
    (stage.folder / "SG-MERLION" / "pay.csv").write_text(filled, encoding="utf-8")
    paid = run(shell, "teller", "restitution", "pay", plan, "--payments", "pay.csv")
    assert "3 payments" in paid.out
    unclear = run(shell, "teller", "restitution", "pay", plan, code=2)
    assert "--payments FILE" in unclear.err
    stage.paper("SG-SPF/receipt.pdf")
    run(shell, "distributor", "restitution", "receipt", "R-1", "V-002", "receipt.pdf")
    papers = run(shell, "distributor", "restitution", "papers", "R-1", "2", "--out", "papers", "--json").json
    assert papers["files"] and all("payment" in name for name in papers["files"])
    (stage.folder / "SG-SPF" / "bad.slip.json").write_bytes(b"\xff\0")
    bad = run(shell, "distributor", "restitution", "confirm", "bad.slip.json", slip, code=1)
    assert "1 payments are confirmed now" in bad.out and "bad.slip.json" in bad.err
    assert "on paper" in run(shell, "distributor", "restitution", "show", "R-1", "--claims").out


def test_a_van_as_typed(shell: Shell) -> None:
    stage = shell.stage
    stage.workspace("SG-SPF")
    folder = stage.folder / "SG-SPF"
    text = dossier.template(AssetClass.VEHICLE, "en")
    for name, value in (
        ("number", "SZ-1"),
        ("case", '"0317"'),
        ("description", "A white van"),
        ("identifier", "asset:VEHICLE:LSVAM4187C2184841"),
        ("custodian", "SG-SPF"),
    ):
        text = text.replace(f"{name}:", f"{name}: {value}", 1)
    (folder / "van.yaml").write_text(text, encoding="utf-8")
    for paper in ("report", "auction", "photo", "receipt", "order"):
        stage.paper(f"SG-SPF/{paper}.pdf", paper.encode())
    entered = run(shell, "distributor", "asset", "identify", "van.yaml", "--json").json
    thing = entered["asset"]
    assert len(entered["missing"]) == 6
    missing = run(shell, "distributor", "asset", "transfer", "0317", "SZ-1", "--to", "SG-PROS", code=2)
    assert "source, nature, ownership, value, need" in missing.err
    run(shell, "distributor", "asset", "value", "SZ-1", "SGD 90,000.00", "--report", "report.pdf")
    stage.pass_time(38 * DAY)
    assert "stale" in run(shell, "distributor", "asset", "list", "--stale").out
    assert "too old" in run(shell, "distributor", "asset", "show", "SZ-1").out
    run(shell, "distributor", "asset", "attest", "SZ-1", "--condition", "photo.pdf")
    assert "No attestation is stale" in run(shell, "distributor", "asset", "list", "--stale").out
    run(shell, "distributor", "asset", "offer", "SZ-1", "--to", "SG-MERLION")
    stage.workspace("SG-MERLION")
    stage.paper("SG-MERLION/receipt.pdf")
    run(shell, "bank-keeper", "asset", "accept", thing, "--receipt", "receipt.pdf")
    stage.workspace("SG-COURT")
    for paper in ("order", "judgment"):
        stage.paper(f"SG-COURT/{paper}.pdf")
    run(shell, "judge", "asset", "order-sale", thing, "--order", "order.pdf")
    sold = run(
        shell, "distributor", "asset", "sell", "SZ-1", "--price", "SGD 80,000.00", "--costs", "SGD 5,000.00",
        "--result", "auction.pdf",
    )  # fmt: skip
    assert "SGD 75,000.00" in sold.out
    run(shell, "judge", "asset", "dispose", thing, "--return", "SGD 60,000.00", "--judgment", "judgment.pdf")
    shown = run(shell, "distributor", "asset", "show", "SZ-1")
    assert "SGD 75,000.00 = price SGD 80,000.00 - costs SGD 5,000.00" in shown.out
    assert "forfeited SGD 15,000.00" in shown.out
    data = run(shell, "distributor", "asset", "show", "SZ-1", "--json").json
    assert data["proceeds"]["remaining"] == "6000000"
    assert "LSVAM4187C2184841" not in shown.out
    chinese = run(shell, "distributor", "asset", "show", "SZ-1", "--lang", "zh").out
    assert "费用 5,000.00" in chinese and "缺：来源、" in chinese and not english(chinese)
    assert not english(run(shell, "distributor", "asset", "list", "--lang", "zh").out)
    (row,) = run(shell, "distributor", "asset", "list", "--agency", "SG-MERLION", "--json").json["assets"]
    assert row["state"] == "DISPOSED"
    late = run(shell, "judge", "asset", "release", thing, "--order", "order.pdf", "--yes", code=2)
    assert "is disposed" in late.err


def test_a_lead_as_typed(shell: Shell) -> None:
    stage = shell.stage
    stage.workspace("MY-COURT")
    (stage.folder / "MY-COURT" / "lead.txt").write_text("In the cellar \x1b[31m", encoding="utf-8")
    outsider = {"agency": "MY-COURT"}
    missing = run(shell, "anyone", "tip", "submit", "lead.txt", code=2, **outsider)
    assert "--agency NAME" in missing.err
    sent = run(shell, "anyone", "tip", "submit", "lead.txt", "--agency", "SG-SPF", "--json", **outsider)
    tip = sent.json["tip"]
    stage.workspace("SG-SPF")
    stage.paper("SG-SPF/decision.pdf")
    opened = run(shell, "inspector", "tip", "show", tip, "--open").out
    assert "In the cellar" in opened and "\x1b[31m" not in opened
    run(shell, "inspector", "tip", "judge", tip, "--actionable", "--decision", "decision.pdf")
    run(shell, "superintendent", "tip", "grant", tip, "SGD 5,000.00")
    payee = f"account:TIPPSGSG:{SECRET}"
    signed = run(
        shell, "anyone", "tip", "claim", "lead.txt.tip", "--payee", payee, "--relay", "c.json", **outsider
    )
    assert "nothing was sent" in signed.out
    stage.workspace("MY-COURT").set(mailbox="")
    by_hand = run(shell, "anyone", "tip", "send", "c.json", **outsider)
    assert "concordat freeze message export 0x" in by_hand.err
    stage.workspace("MY-COURT").set(mailbox=str(stage.mailbox))
    run(shell, "anyone", "tip", "send", "c.json", **outsider)
    shown = run(shell, "inspector", "tip", "show", tip, "--open", "--out", "read.txt").out
    assert "****0042" in shown and SECRET not in shown
    assert SECRET in run(shell, "inspector", "tip", "show", tip, "--open", "--reveal").out
    run(shell, "distributor", "tip", "paid", tip, "--reference", "E2E-1")
    assert "reward paid" in run(shell, "inspector", "tip", "list").out
    chinese = run(shell, "inspector", "tip", "list", "--lang", "zh").out
    assert "奖励已支付" in chinese and not english(chinese)
    chinese = run(shell, "inspector", "tip", "show", tip, "--lang", "zh").out
    assert "受理机构" in chinese and not english(chinese)


@pytest.mark.parametrize("group", ["asset", "restitution", "tip"])
def test_every_command_explains_itself(shell: Shell, group: str) -> None:
    with click.Context(root) as context:
        found = root.get_command(context, group)
    assert isinstance(found, click.Group)
    for name, command in found.commands.items():
        assert command.help and command.get_short_help_str(200)
        assert {"--workspace", "--json", "--lang"} <= {
            flag for param in command.params for flag in param.opts
        }
        nothing = shell("inspector", name, *("x",) * 9, group=group)
        assert nothing.code in (1, 2) and "Traceback" not in nothing.err
