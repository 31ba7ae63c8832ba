# SPDX-License-Identifier: Apache-2.0
"""``concordat asset``: seized property, from identification to proceeds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from concordat.assets.folders import dossier
from concordat.assets.seized import Asset, Proceeds
from concordat.assets.values import money
from concordat.assets.words import AssetClass
from concordat.casework.freezing.doing import Done
from concordat.casework.freezing.offices import called, names
from concordat.casework.returning import seized, selling
from concordat.casework.returning.seized import AssetView
from concordat.cli.desk import FILE, PATH, open_desk
from concordat.cli.options import group, key_option, pass_session
from concordat.cli.output import fields, moment, styled, table
from concordat.cli.receipts import done
from concordat.cli.session import Session
from concordat.errors import UsageError
from concordat.evidence import store
from concordat.language import either
from concordat.membership.agencies import find_agency

CLASS = click.Choice([each.name for each in AssetClass], case_sensitive=False)


@group("asset")
def asset() -> None:
    """Seized property: identify, keep, value, sell, dispose, transfer.

    ASSET is a .asset folder, the number in your list, or 0x and the beginning of its id. Of papers the chain
    gets the hash only.
    """


@asset.command("template")
@click.option("--class", "of_class", type=CLASS, default=AssetClass.VEHICLE.name, help="Of the thing.")
@click.option("--out", type=FILE, help="Write it into this file.")
@pass_session
def template(session: Session, of_class: str, out: Path | None) -> None:
    """Write a dossier to fill in."""
    text = dossier.template(AssetClass[of_class.upper()], session.lang)
    if out is None:
        session.out.result({"dossier": text}, text.rstrip("\n"))
        return
    if out.exists():
        raise UsageError(
            f"{out} exists.", code="file.exists", kept="It was not touched.", next="Give another name."
        )
    with store.guard(f"write {out}"):
        store.write(out, text.encode())
    following = f"concordat asset identify {out}"
    said = either(f"Fill in {out}, then: {following}", f"请填写 {out}，然后运行：{following}")
    session.out.result({"file": str(out)}, said)


@asset.command("identify")
@click.argument("path", metavar="DOSSIER", type=FILE)
@click.option("--hold", default="", help="Seizure or sealing under which it is held.")
@click.option("--out", type=PATH, help="The folder to make; default: the dossier's name with .asset.")
@key_option
@pass_session
def identify(session: Session, path: Path, hold: str, out: Path | None, key_uri: str | None) -> None:
    """Enter the thing of a DOSSIER, as an officer with KEEP; again: what was filled in since."""
    entered = seized.identify(open_desk(session, key_uri), path, hold=hold, out=out)
    filled, missing = ([part.name for part in each] for each in (entered.filled, entered.missing))
    lacks = either(", ", "、").join(part.label()[session.lang] for part in entered.missing)
    done(
        session,
        entered.done.receipt,
        _entered(entered.done.name, len(filled), lacks),
        asset=f"0x{entered.done.about.hex()}",
        folder=str(entered.file.folder),
        filled=filled,
        missing=missing,
    )


@asset.command("link")
@click.argument("thing", metavar="ASSET")
@click.argument("acquisition")
@key_option
@pass_session
def link(session: Session, thing: str, acquisition: str, key_uri: str | None) -> None:
    """Link a registered ACQUISITION: its package, or AGENCY:0x and the root."""
    about = seized.link(open_desk(session, key_uri), thing, acquisition)
    _tell(session, about, either("The acquisition is linked.", "已关联取证。"))


@asset.command("attest")
@click.argument("thing", metavar="ASSET")
@click.option("--condition", type=FILE, required=True, help="The report of its condition.")
@key_option
@pass_session
def attest(session: Session, thing: str, condition: Path, key_uri: str | None) -> None:
    """Say, as the custodian, that it is still there."""
    about = seized.attest(open_desk(session, key_uri), thing, condition)
    _tell(session, about, either("The custody is attested.", "已作保管声明。"))


@asset.command("offer")
@click.argument("thing", metavar="ASSET")
@click.option("--to", "agency", required=True, help='The next custodian; "" takes the offer back.')
@key_option
@pass_session
def offer(session: Session, thing: str, agency: str, key_uri: str | None) -> None:
    """Offer to hand it over to another custodian."""
    said = (
        either(f"{agency} may accept it now.", f"{agency} 现可接收。")
        if agency
        else either("The offer is taken back.", "已收回移交。")
    )
    _tell(session, seized.offer(open_desk(session, key_uri), thing, agency), said)


@asset.command("accept")
@click.argument("thing", metavar="ASSET")
@click.option("--receipt", type=FILE, required=True, help="The paper of the handing over.")
@key_option
@pass_session
def accept(session: Session, thing: str, receipt: Path, key_uri: str | None) -> None:
    """Take it over, as the new custodian; this attests too."""
    about = seized.accept(open_desk(session, key_uri), thing, receipt)
    _tell(session, about, either("The custody is taken over.", "已接收保管。"))


@asset.command("value")
@click.argument("thing", metavar="ASSET")
@click.argument("amount")
@click.option("--report", type=FILE, required=True, help="The valuation.")
@key_option
@pass_session
def value(session: Session, thing: str, amount: str, report: Path, key_uri: str | None) -> None:
    """Enter a valuation: AMOUNT as "MYR 90,000.00"."""
    parsed = money.parse(amount)
    about = selling.value(open_desk(session, key_uri), thing, parsed, report)
    _tell(session, about, either(f"Valued: {parsed}.", f"估价：{parsed.format()}。"))


@asset.command("order-sale")
@click.argument("thing", metavar="ASSET")
@click.option("--order", type=FILE, required=True, help="The court's order.")
@key_option
@pass_session
def order_sale(session: Session, thing: str, order: Path, key_uri: str | None) -> None:
    """Order the sale, as a court."""
    about = selling.order_sale(open_desk(session, key_uri), thing, order)
    _tell(session, about, either("The sale is ordered.", "已裁定变卖。"))


@asset.command("sell")
@click.argument("thing", metavar="ASSET")
@click.option("--price", required=True, help="What was paid.")
@click.option("--costs", required=True, help="Of the sale; proceeds are the price less the costs.")
@click.option("--result", type=FILE, required=True, help="The record of the auction.")
@key_option
@pass_session
def sell(session: Session, thing: str, price: str, costs: str, result: Path, key_uri: str | None) -> None:
    """Enter the result of the auction; the proceeds are held."""
    desk = open_desk(session, key_uri)
    sold = selling.sell(desk, thing, price, costs, result)
    proceeds = seized.view(desk, thing).asset.money
    told = proceeds.format() if proceeds else ""
    _tell(session, sold, either(f"Sold; the proceeds are {told}.", f"已变卖，变卖价款 {told}。"))


@asset.command("dispose")
@click.argument("thing", metavar="ASSET")
@click.option("--return", "to_return", required=True, help="Of the proceeds, what goes back to victims.")
@click.option("--judgment", type=FILE, required=True, help="The judgment.")
@key_option
@pass_session
def dispose(session: Session, thing: str, to_return: str, judgment: Path, key_uri: str | None) -> None:
    """Decide on the proceeds, as a court; what does not go back is forfeited."""
    about = selling.dispose(open_desk(session, key_uri), thing, to_return, judgment)
    _tell(session, about, either("The proceeds are disposed of.", "变卖价款已判决处理。"))


@asset.command("release")
@click.argument("thing", metavar="ASSET")
@click.option("--order", type=FILE, required=True, help="The order.")
@key_option
@pass_session
def release(session: Session, thing: str, order: Path, key_uri: str | None) -> None:
    """Give it back before any sale."""
    session.confirm(
        either(
            f"Give {thing} back? It cannot be entered again under this number.",
            f"确定发还 {thing}？发还后不能以同一编号再次登记。",
        )
    )
    about = selling.release(open_desk(session, key_uri), thing, order)
    _tell(session, about, either("It is given back.", "已发还。"))


@asset.command("transfer")
@click.argument("case")
@click.argument("things", metavar="ASSET...", nargs=-1, required=True)
@click.option("--to", "agency", required=True, help="The agency that answers for them from now on.")
@key_option
@pass_session
def transfer(session: Session, case: str, things: tuple[str, ...], agency: str, key_uri: str | None) -> None:
    """Transfer a CASE with its assets, as an officer with PROPOSE; every dossier must be complete."""
    about = seized.transfer(open_desk(session, key_uri), case, things, agency)
    said = either(
        f"The case {case} went to {agency} with {len(things)} assets.",
        f"案件 {case} 已移送 {agency}，随案移送涉案财物{len(things)}件。",
    )
    _tell(session, about, said)


@asset.command("show")
@click.argument("thing", metavar="ASSET")
@key_option
@pass_session
def show(session: Session, thing: str, key_uri: str | None) -> None:
    """Show a thing: state, dossier, custody, value, history."""
    desk = open_desk(session, key_uri)
    shown = seized.view(desk, thing)
    session.out.result(_view_data(shown), _view_text(session, shown, names(desk.chain)))


@asset.command("list")
@click.option("--stale", is_flag=True, help="Only those whose last attestation is too old.")
@click.option("--agency", help="Only those of this agency, as answerable or as custodian.")
@key_option
@pass_session
def list_(session: Session, stale: bool, agency: str | None, key_uri: str | None) -> None:
    """List seized property."""
    desk = open_desk(session, key_uri)
    number = find_agency(desk.chain, agency).number if agency else None
    found, now, known = seized.assets(desk, agency=number, stale=stale), desk.clock.now, names(desk.chain)
    rows = [
        (
            f"0x{each.id.hex()[:10]}",
            each.asset_class.label()[session.lang],
            each.state.label()[session.lang],
            called(known, each.custodian),
            each.money.format() if each.money else "",
            _attested(each),
            either("stale", "已过期") if each.stale_at(now) else "",
        )
        for each in found
    ]
    nothing = (
        either("No attestation is stale.", "没有过期的保管声明。")
        if stale
        else either("There is no seized property.", "没有涉案财物。")
    )
    head = either("asset|class|state|custodian|value|attested|", "涉案财物|类别|状态|保管机构|价值|保管声明|")
    session.out.result(
        {"assets": [_data(each, now) for each in found]},
        table(head.split("|"), rows) if rows else nothing,
    )


def _tell(session: Session, about: Done, text: str) -> None:
    done(session, about.receipt, text, id=f"0x{about.about.hex()}", before=about.before)


def _data(each: Asset, now: int) -> dict[str, Any]:
    return {
        "asset": f"0x{each.id.hex()}",
        "agency": each.agency,
        "custodian": each.custodian,
        "class": each.asset_class.name,
        "state": each.state.name,
        "currency": each.currency,
        "value": str(each.value),
        "attested_at": moment(each.attested_at) if each.attested_at else None,
        "attest_every": each.attest_every,
        "stale": each.stale_at(now),
        "missing": [part.name for part in each.missing],
    }


def _view_data(shown: AssetView) -> dict[str, Any]:
    sale = shown.proceeds
    return {
        **_data(shown.asset, shown.asset.attested_at),
        "stale": shown.stale,
        "proceeds": {
            "price": str(sale.price),
            "costs": str(sale.costs),
            "proceeds": str(sale.proceeds),
            "returned": str(sale.returned),
            "forfeited": str(sale.forfeited),
            "remaining": str(sale.remaining),
        }
        if sale
        else None,
        "history": [
            {"event": event.name, "time": moment(event.time), "transaction": event.transaction}
            for event in shown.events
        ],
    }


def _view_text(session: Session, shown: AssetView, known: Any) -> str:
    each, sale = shown.asset, shown.proceeds
    lacks = either(", ", "、").join(part.label()[session.lang] for part in each.missing)
    pairs = [
        (either("asset", "涉案财物"), f"0x{each.id.hex()}"),
        (either("class", "类别"), each.asset_class.label()[session.lang]),
        (either("state", "状态"), each.state.label()[session.lang]),
        (either("agency", "办案机构"), called(known, each.agency)),
        (either("custodian", "保管机构"), called(known, each.custodian)),
        (either("attested", "保管声明"), _attested(each)),
        (
            either("dossier", "财物档案"),
            either(f"lacks {lacks}", f"缺：{lacks}") if lacks else either("complete", "齐备"),
        ),
    ]
    if each.money and not sale:
        pairs.append((either("value", "价值"), each.money.format()))
    if sale:
        pairs += _sale_pairs(sale)
    text = fields(pairs)
    if shown.stale:
        warning = either(
            "The last attestation is too old: ask the custodian.", "最近一次保管声明已过期：请询问保管机构。"
        )
        text += "\n" + styled(warning, "warn")
    rows = [(moment(event.time), event.name) for event in shown.events]
    return f"{text}\n\n{table((either('time', '时间'), either('event', '事件')), rows)}"


def _sale_pairs(sale: Proceeds) -> list[tuple[str, str]]:
    proceeds, price, costs, returned, forfeited, remaining = (
        money.Money(amount, money.by_code(sale.currency)).format()
        for amount in (
            sale.proceeds,
            sale.price,
            sale.costs,
            sale.returned,
            sale.forfeited,
            sale.remaining,
        )
    )
    return [
        (
            either("proceeds", "变卖价款"),
            either(
                f"{proceeds} = price {price} - costs {costs}", f"{proceeds} = 成交价 {price} - 费用 {costs}"
            ),
        ),
        (
            either("of these", "其中"),
            either(
                f"returned {returned}, forfeited {forfeited}, remaining {remaining}",
                f"已返还 {returned}，已没收 {forfeited}，尚余 {remaining}",
            ),
        ),
    ]


def _attested(each: Asset) -> str:
    return moment(each.attested_at) if each.attested_at else either("never", "从未")


def _entered(name: str, filled: int, lacks: str) -> str:
    return either(
        f"{name} is entered; {filled} parts of its dossier were filled now. "
        + (f"It lacks: {lacks}." if lacks else "The dossier is complete."),
        f"{name} 已登记；本次补充财物档案{filled}项。" + (f"尚缺：{lacks}。" if lacks else "财物档案齐备。"),
    )
