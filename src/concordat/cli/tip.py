# SPDX-License-Identifier: Apache-2.0
"""``concordat tip``: leads from outside, under a key made for one of them, and their reward."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from concordat.assets.folders.tipfile import ENDING
from concordat.assets.tips import Tip
from concordat.assets.values import money
from concordat.casework.freezing.doing import Done
from concordat.casework.freezing.offices import called, names
from concordat.casework.returning import tips
from concordat.casework.returning.tips import Sent
from concordat.cli.desk import FILE, open_desk
from concordat.cli.options import group, key_option, pass_session
from concordat.cli.output import fields, moment, printable, table
from concordat.cli.receipts import as_data, done
from concordat.cli.session import Session
from concordat.errors import UsageError
from concordat.evidence import store
from concordat.language import either
from concordat.membership.agencies import find_agency


@group("tip")
def tip() -> None:
    """Leads from outside and their reward: submit, judge, grant, claim, paid.

    TIP is the tipster's own .tip file, or 0x and the beginning of the id. The key that sends is on the chain;
    who must not be seen there lets somebody else send: --relay, then: concordat tip send.
    """


@tip.command("submit")
@click.argument("lead", type=FILE)
@click.option("--agency", default="", help="To which it goes.")
@click.option("--out", type=FILE, help="The tipster's own file; default: the lead's name with .tip.")
@click.option("--relay", type=FILE, help="Only sign, into this file, for somebody else to send.")
@key_option
@pass_session
def submit(
    session: Session, lead: Path, agency: str, out: Path | None, relay: Path | None, key_uri: str | None
) -> None:
    """Seal a LEAD (any file) to an agency under a key made for it; or go on with a .tip file."""
    if not agency and lead.suffix != ENDING:
        raise UsageError("It is not said to which agency it goes.", next="Give --agency NAME.")
    sent = tips.submit(open_desk(session, key_uri), lead, agency, out=out, relay=relay)
    _sent(
        session,
        sent,
        either(
            "The tip is on the chain. Keep the .tip file: only with it can a reward be claimed.",
            "线索已上链。请妥善保存 .tip 文件：申领奖励须凭此文件。",
        ),
    )


@tip.command("claim")
@click.argument("path", metavar="TIP", type=FILE)
@click.option("--payee", required=True, help="Account to pay to: iban:..., account:..., tron:...")
@click.option("--relay", type=FILE, help="Only sign, into this file, for somebody else to send.")
@key_option
@pass_session
def claim(session: Session, path: Path, payee: str, relay: Path | None, key_uri: str | None) -> None:
    """Claim the reward, with the tipster's own file; where to pay is sealed to the agency."""
    sent = tips.claim(open_desk(session, key_uri), path, payee, relay=relay)
    _sent(session, sent, either("The reward is claimed.", "已申领奖励。"))


@tip.command("send")
@click.argument("path", metavar="FILE", type=FILE)
@key_option
@pass_session
def send(session: Session, path: Path, key_uri: str | None) -> None:
    """Send what a tipster signed into FILE, in its place."""
    _sent(session, tips.send(open_desk(session, key_uri), path), either("Sent.", "已发送。"))


@tip.command("judge")
@click.argument("which", metavar="TIP")
@click.option("--actionable/--not-actionable", required=True, default=None, help="Is it worth acting on?")
@click.option("--decision", type=FILE, required=True, help="The decision; its hash goes on the chain.")
@key_option
@pass_session
def judge(session: Session, which: str, actionable: bool, decision: Path, key_uri: str | None) -> None:
    """Say whether a lead is worth acting on, as an officer with REQUEST."""
    about = tips.judge(open_desk(session, key_uri), which, decision, actionable=actionable)
    said = (
        either("The lead is actionable.", "线索有效。")
        if actionable
        else either("The lead is not actionable.", "线索无效。")
    )
    _tell(session, about, said)


@tip.command("grant")
@click.argument("which", metavar="TIP")
@click.argument("reward")
@key_option
@pass_session
def grant(session: Session, which: str, reward: str, key_uri: str | None) -> None:
    """Grant a REWARD ("CNY 5,000.00") for an actionable lead, as an officer with RATIFY."""
    amount = money.parse(reward)
    about = tips.grant(open_desk(session, key_uri), which, amount)
    _tell(session, about, either(f"{amount} are granted.", f"已批准奖励 {amount.format()}。"))


@tip.command("paid")
@click.argument("which", metavar="TIP")
@click.option("--reference", required=True, help="UETR or end-to-end id; its salted hash goes on the chain.")
@key_option
@pass_session
def paid(session: Session, which: str, reference: str, key_uri: str | None) -> None:
    """Record that the reward was paid, as an officer with DISTRIBUTE."""
    about = tips.paid(open_desk(session, key_uri), which, reference)
    _tell(session, about, either("The reward is recorded as paid.", "已记载奖励付讫。"))


@tip.command("show")
@click.argument("which", metavar="TIP")
@click.option("--open", "opened", is_flag=True, help="Open the lead and where to pay, as the agency.")
@click.option("--out", type=FILE, help="With --open: write the lead into this file.")
@click.option("--reveal", is_flag=True, help="With --open: the whole account number to pay to.")
@key_option
@pass_session
def show(
    session: Session, which: str, opened: bool, out: Path | None, reveal: bool, key_uri: str | None
) -> None:
    """Show a tip: state, reward, history."""
    desk = open_desk(session, key_uri)
    shown = tips.view(desk, which, opened=opened)
    data, known = _data(shown.tip), names(desk.chain)
    pairs = [
        (either("tip", "线索"), f"0x{shown.tip.id.hex()}"),
        (either("agency", "受理机构"), called(known, shown.tip.agency)),
        (either("state", "状态"), shown.tip.state.label()[session.lang]),
        (either("reward", "奖励"), shown.tip.reward.format() if shown.tip.reward else ""),
    ]
    pairs += [(moment(event.time), event.name) for event in shown.events]
    if shown.payee:
        payee = shown.payee.canonical if reveal else shown.payee.masked
        data["payee"], pairs = payee, [*pairs, (either("pay to", "收款账户"), payee)]
    text = fields(pairs)
    if shown.lead is not None and out:
        with store.guard(f"write {out}"):
            store.write(out, shown.lead)
        data["file"], text = str(out), text + either(f"\nThe lead is in {out}.", f"\n线索内容已写入 {out}。")
    elif shown.lead is not None:
        lead = shown.lead.decode("utf-8", "backslashreplace")
        data["lead"], text = lead, f"{text}\n\n{printable(lead)}"
    session.out.result(data, text)


@tip.command("list")
@click.option("--agency", help="Only those to this agency.")
@key_option
@pass_session
def list_(session: Session, agency: str | None, key_uri: str | None) -> None:
    """List tips."""
    desk = open_desk(session, key_uri)
    found = tips.listed(desk, find_agency(desk.chain, agency).number if agency else None)
    known = names(desk.chain)
    rows = [
        (
            f"0x{each.id.hex()[:10]}",
            called(known, each.agency),
            moment(each.submitted_at),
            each.state.label()[session.lang],
            each.reward.format() if each.reward else "",
        )
        for each in found
    ]
    head = either("tip|agency|submitted|state|reward", "线索|受理机构|提交时间|状态|奖励")
    text = table(head.split("|"), rows) if rows else either("There is no tip.", "没有线索。")
    session.out.result({"tips": [_data(each) for each in found]}, text)


def _tell(session: Session, about: Done, text: str) -> None:
    done(session, about.receipt, text, id=f"0x{about.about.hex()}", before=about.before)


def _sent(session: Session, sent: Sent, text: str) -> None:
    data: dict[str, Any] = {
        "tip": f"0x{sent.id.hex()}",
        "file": str(sent.path),
        "message": f"0x{sent.message.hex()}",
    }
    if sent.done is None:
        session.out.result(
            {**data, "sent": False},
            either(
                f"Signed, nothing was sent. Whoever gets {sent.path.name} sends it with: concordat tip send",
                f"已签名，尚未发送。取得 {sent.path.name} 者可代为发送：concordat tip send",
            ),
        )
        return
    data |= {**as_data(sent.done.receipt), "sent": True, "carried": sent.carried, "before": sent.done.before}
    session.out.result(data, text)
    if not sent.carried:
        session.out.warn(
            either(
                "There is no mailbox; carry the sealed message to the agency: ",
                "未设信箱，请自行将加密报文送交该机构：",
            )
            + f"concordat freeze message export 0x{sent.message.hex()} FILE"
        )


def _data(each: Tip) -> dict[str, Any]:
    return {
        "tip": f"0x{each.id.hex()}",
        "agency": each.agency,
        "state": each.state.name,
        "submitted_at": moment(each.submitted_at),
        "reward": each.reward.as_dict() if each.reward else None,
        "claimed": any(each.payee),
    }
