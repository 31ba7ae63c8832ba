# SPDX-License-Identifier: Apache-2.0
"""Seized property from valuation to proceeds: value, order the sale, sell, dispose; or give it back."""

from __future__ import annotations

from pathlib import Path

from concordat.assets import seized
from concordat.assets.seized import Asset
from concordat.assets.values import money
from concordat.assets.values.money import Money
from concordat.casework.desk import Desk
from concordat.casework.freezing.doing import Done
from concordat.casework.freezing.lasting import digest_of
from concordat.casework.returning.things import Same, act, asset_named, known_as
from concordat.errors import UsageError


def value(desk: Desk, text: str, amount: Money, report: Path) -> Done:
    """Enter a valuation; a later one replaces it."""
    found, digest = asset_named(desk, text), digest_of(report)
    return act(
        desk,
        found,
        "value",
        Same("Valued", {}, {"report": digest, "value": amount.amount}),
        lambda: seized.value(desk.ledger, desk.signer, found.id, amount, digest),
    )


def order_sale(desk: Desk, text: str, order: Path) -> Done:
    """Order the sale, as a court."""
    found, digest = asset_named(desk, text), digest_of(order)
    return act(
        desk,
        found,
        "order sale",
        Same("SaleOrdered"),
        lambda: seized.order_sale(desk.ledger, desk.signer, found.id, digest),
    )


def sell(desk: Desk, text: str, price: str, costs: str, result: Path) -> Done:
    """Enter the result of an auction; what is held from now on is the price less the costs.

    Raises:
        UsageError: no amount, another currency than the valuation's, or costs above the price.
        ContractError: refused; nothing was sent.
    """
    found, digest = asset_named(desk, text), digest_of(result)
    known = known_as(desk, found)
    paid, spent = _amount(known, price), _amount(known, costs)
    if paid < spent:
        raise UsageError(
            f"The costs, {spent}, are more than the price, {paid}.",
            code="asset.costs",
            kept="Nothing was sent.",
            next="Enter costs up to the price; the rest is the agency's.",
        )
    return act(
        desk,
        found,
        "sell",
        Same("Sold"),
        lambda: seized.record_sale(desk.ledger, desk.signer, found.id, paid.amount, spent.amount, digest),
    )


def dispose(desk: Desk, text: str, to_return: str, judgment: Path) -> Done:
    """Decide on the proceeds, as a court: what goes back to victims; the rest is forfeited.

    Raises:
        UsageError: no amount, another currency, or more than the proceeds.
        ContractError: refused; nothing was sent.
    """
    found, digest = asset_named(desk, text), digest_of(judgment)
    known = known_as(desk, found)
    back = _amount(known, to_return)
    whole = Money(known.value, back.currency)
    if whole < back:
        raise UsageError(
            f"{back} are more than the proceeds, {whole}.",
            code="asset.beyond_proceeds",
            kept="Nothing was sent.",
        )
    forfeited = whole - back
    return act(
        desk,
        found,
        "dispose",
        Same("AssetDisposed"),
        lambda: seized.dispose(desk.ledger, desk.signer, found.id, back.amount, forfeited.amount, digest),
    )


def release(desk: Desk, text: str, order: Path) -> Done:
    """Give a thing back before any sale."""
    found, digest = asset_named(desk, text), digest_of(order)
    return act(
        desk,
        found,
        "release",
        Same("AssetReleased"),
        lambda: seized.release(desk.ledger, desk.signer, found.id, digest),
    )


def _amount(known: Asset, text: str) -> Money:
    return money.parse(text, money.by_code(known.currency) if known.currency else None)
