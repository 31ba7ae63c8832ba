# SPDX-License-Identifier: Apache-2.0
"""From the text of an order to an :class:`Order`, or to all its mistakes at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePath
from typing import Any, Final

from concordat.assets.orders.fieldtree import LAST_SECOND, Field, MistakesError, Tree, read_json, read_yaml
from concordat.assets.orders.order import (
    FORMAT,
    MOST_TARGETS,
    Institution,
    LegalBasis,
    Notice,
    Officer,
    Order,
    Payment,
    Period,
    Scope,
    Target,
)
from concordat.assets.values import accounts, money
from concordat.assets.values.accounts import Account, Kind
from concordat.assets.values.money import Currency, Money
from concordat.assets.words import AssetClass, Measure, PeriodUnit
from concordat.errors import ConcordatError
from concordat.evidence.places import EU, INTL, numeric, places

MOST_BASES: Final = 20
FIRST_VIRTUAL: Final = 1001
UETR: Final = re.compile(r"[a-f0-9]{8}-[a-f0-9]{4}-4[a-f0-9]{3}-[89ab][a-f0-9]{3}-[a-f0-9]{12}")
TRANSACTION_HASH: Final = re.compile(r"0x[0-9a-f]{64}")
HOLD: Final = re.compile(r"0x[0-9a-f]{64}")
LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")

_MEASURES: Final = {measure.name: measure for measure in Measure}
_CLASSES: Final = {each.name: each for each in AssetClass}
_UNITS: Final = {unit.value: unit for unit in PeriodUnit}

_REQUIRED: Final = (
    "concordat", "number", "case", "measure", "asset_class", "jurisdiction", "agency", "officer",
    "legal_basis", "grounds", "period", "confidential", "targets",
)  # fmt: skip


def parse(text: str, path: str | PurePath = "order.yaml") -> Order:
    """Read an order that an officer wrote.

    Args:
        text: YAML 1.2, or JSON, which is YAML too.
        path: name of the file, for messages.

    Raises:
        MistakesError: with every mistake, its line, column and field, and what would be right.

    """
    return _order(read_yaml(text), str(path))


def from_json(data: bytes, what: str = "The order") -> Order:
    """Read an order that :meth:`Order.as_json` made.

    Raises:
        MistakesError: with every mistake and its field.

    """
    return _order(read_json(data), what)


def _order(tree: Tree, what: str) -> Order:
    found = None if tree.mistakes else read_order(tree.root())
    if tree.mistakes or found is None:
        raise MistakesError(what, tree.mistakes, code="order.invalid")
    return found


def read_order(root: Field, detail: Callable[[Field], object] | None = None) -> Order | None:
    """Read the whole; None if there are mistakes.

    Args:
        root: where it begins.
        detail: checks each entry of the targets where these are only hashes; the order then has no targets.

    """
    parts = root.keys(_REQUIRED, ("confidential_until",))
    _with(parts, "concordat", lambda at: at.word({FORMAT: FORMAT}, "format"))
    measure = _with(parts, "measure", lambda at: at.word(_MEASURES, "measure"))
    of_class = _with(parts, "asset_class", lambda at: at.word(_CLASSES, "asset class"))
    head = {
        "number": _with(parts, "number", lambda at: at.text(64)),
        "case": _with(parts, "case", lambda at: at.text(64)),
        "measure": measure,
        "asset_class": of_class,
        "jurisdiction": _with(parts, "jurisdiction", _jurisdiction),
        "agency": _with(parts, "agency", read_institution),
        "officer": _with(parts, "officer", _officer),
        "legal_basis": _with(parts, "legal_basis", _bases),
        "grounds": _with(parts, "grounds", lambda at: at.text(8_000, lines=True)),
        "period": _with(parts, "period", _period),
        "confidential": _with(parts, "confidential", Field.flag),
    }
    targets = []
    for each in _targets(parts):
        if detail:
            detail(each)
        else:
            targets.append(_target(each, of_class, measure))
    until = _with(parts, "confidential_until", read_time)
    if until is not None and head["confidential"] is False:
        parts["confidential_until"].wrong("confidential is false: there is nothing to end")
    if root.tree.mistakes:
        return None
    whole: Any = {**head, "targets": tuple(targets), "confidential_until": until}
    _refuse_twice(whole["targets"], parts["targets"])
    return None if root.tree.mistakes else Order(**whole)


def _with(parts: Mapping[str, Field], key: str, read: Callable[[Field], Any]) -> Any:
    """Value of a key that is there; None if it is not, which has been noted if it had to be."""
    return read(parts[key]) if key in parts else None


def _targets(parts: Mapping[str, Field]) -> Iterator[Field]:
    return parts["targets"].items(MOST_TARGETS) if "targets" in parts else iter(())


def _refuse_twice(targets: tuple[Target, ...], at: Field) -> None:
    """One account is named once: two caps on one account would be two holds that each count it."""
    first: dict[str, int] = {}
    for number, target in enumerate(targets):
        name = target.account.canonical
        if name in first:
            twice = Field(at.tree, None, (*at.path, number, "account"))
            twice.wrong(f"this account is named already in targets[{first[name]}]")
        first.setdefault(name, number)


def _jurisdiction(at: Field) -> str | None:
    number = at.read(numeric)
    if number is None:
        return None
    if number >= INTL and number != EU:
        at.wrong("a country is expected, or EU: the institutions are somewhere")
        return None
    return places()[number].alpha


def read_institution(at: Field) -> Institution | None:
    """Number or short name of an agency."""
    if isinstance(at.value, int):
        return at.integer(1, 2**32 - 1)
    return at.text(32)


def read_time(at: Field) -> int | None:
    """Seconds since 1970 UTC: a whole number in JSON, ISO 8601 with an offset where people write."""
    return at.integer(0, LAST_SECOND) if not at.tree.by_people else at.time()


def read_money(at: Field) -> Money | None:
    """Amount with its currency: two numbers in JSON, "MYR 1,234.50" where people write."""
    if at.tree.by_people:
        return at.read(money.parse)
    try:
        return Money.from_dict(at.value)
    except ConcordatError as error:
        at.wrong(error.message)
        return None


def read_currency(at: Field) -> Currency | None:
    """Currency: its number in JSON, its letters where people write."""
    if at.tree.by_people:
        return at.read(money.by_alpha)
    code = at.integer(1, 65_535)
    try:
        return None if code is None else money.by_code(code)
    except ConcordatError as error:
        at.wrong(error.message)
        return None


def read_account(at: Field) -> Account | None:
    """Account in any writing; in JSON only in the canonical one, so that it has one hash."""
    found = at.read(accounts.parse, accounts.LONGEST)
    if found is not None and not at.tree.by_people and found.canonical != at.value:
        at.wrong("the account is not in its canonical form")
        return None
    return found


def _officer(at: Field) -> Officer | None:
    parts = at.keys(("name", "rank", "contact"), ("badge",))
    name, rank = _with(parts, "name", Field.text), _with(parts, "rank", Field.text)
    contact, badge = _with(parts, "contact", Field.text), _with(parts, "badge", Field.text)
    return Officer(name, rank, contact, badge) if name and rank and contact else None


def _bases(at: Field) -> tuple[LegalBasis, ...] | None:
    found = []
    for each in at.items(MOST_BASES):
        parts = each.keys(("law", "article"), ("title",))
        law, article = _with(parts, "law", Field.text), _with(parts, "article", Field.text)
        title = _with(parts, "title", lambda field: field.text(400))
        if law and article:
            found.append(LegalBasis(law, article, title))
    return tuple(found)


def _period(at: Field) -> Period | None:
    parts = at.keys(("count", "unit"))
    count = _with(parts, "count", lambda field: field.integer(1, 10_000))
    unit = _with(parts, "unit", lambda field: field.word(_UNITS, "unit"))
    return Period(count, unit) if count and unit else None


def _scope(at: Field) -> Scope | None:
    parts = at.keys(("later_credits", "interest"))
    later, interest = _with(parts, "later_credits", Field.flag), _with(parts, "interest", Field.flag)
    return None if later is None or interest is None else Scope(later, interest)


def _notice(at: Field) -> Notice | None:
    parts = at.keys(("text", "language"))
    text = _with(parts, "text", lambda field: field.text(8_000, lines=True))
    language = _with(parts, "language", lambda field: field.matching(LANGUAGE, "a language such as en or zh"))
    return Notice(text, language) if text and language else None


def _payment(at: Field) -> Payment | None:
    parts = at.keys(
        (), ("amount", "value_time", "uetr", "end_to_end_id", "transaction_hash", "payer", "payee")
    )
    if not parts and isinstance(at.value, dict):
        return None
    return Payment(
        amount=_with(parts, "amount", _positive),
        value_time=_with(parts, "value_time", read_time),
        uetr=_with(parts, "uetr", lambda field: field.matching(UETR, "a UETR (a UUID of version 4)")),
        end_to_end_id=_with(parts, "end_to_end_id", lambda field: field.text(35)),
        transaction_hash=_with(
            parts, "transaction_hash", lambda field: field.matching(TRANSACTION_HASH, "0x and 64 digits")
        ),
        payer=_with(parts, "payer", read_account),
        payee=_with(parts, "payee", read_account),
    )


def _positive(at: Field) -> Money | None:
    found = read_money(at)
    if found is not None and found.amount == 0:
        at.wrong("the amount is zero")
        return None
    return found


def read_target(at: Field) -> Target | None:
    """Read one target in full, as a message holds it; :func:`read_order` judges whether it fits the order."""
    return _target(at, None, None)


def _target(at: Field, asset_class: AssetClass | None, measure: Measure | None) -> Target | None:
    parts = at.keys(
        ("institution", "account", "scope"),
        ("holder", "amount", "whole_balance", "payment", "notice", "follows"),
    )
    account = _with(parts, "account", read_account)
    amount = _with(parts, "amount", _positive)
    whole = _with(parts, "whole_balance", read_currency)
    payment = _with(parts, "payment", _payment)
    target = Target(
        institution=_with(parts, "institution", read_institution),
        account=account,
        holder=_with(parts, "holder", Field.text),
        amount=amount,
        currency=amount.currency if amount else whole,
        scope=_with(parts, "scope", _scope),
        payment=payment,
        notice=_with(parts, "notice", _notice),
        follows=_with(parts, "follows", lambda field: field.matching(HOLD, "the key of a hold")),
    )
    if parts:
        _complete(at, parts, target, measure)
    if account is not None:
        _of_class(at, parts, target, asset_class)
    return target


def _complete(at: Field, parts: Mapping[str, Field], target: Target, measure: Measure | None) -> None:
    """Refuse a target that lacks what it cannot be carried out without."""

    def missing(key: str, why: str) -> None:
        Field(at.tree, None, (*at.path, *key.split("."))).wrong(why)

    kind = _kind(parts)
    if "holder" not in parts and not (kind and kind.on_chain):
        missing("holder", "it is missing: name the account holder or owner")
    if "amount" in parts and "whole_balance" in parts:
        parts["whole_balance"].wrong("amount is given too: either a cap or the whole balance")
    elif not {"amount", "whole_balance"} & set(parts) and kind is not Kind.ASSET:
        missing("amount", "it is missing: write amount: MYR 1,234.50, or whole_balance: MYR")
    if measure is Measure.STOP_PAYMENT:
        given = target.payment or Payment()
        if given.amount is None and not _noted(at, "payment", "amount"):
            missing("payment.amount", "it is missing: a stop-payment names what was paid")
        if given.value_time is None and not _noted(at, "payment", "value_time"):
            missing("payment.value_time", "it is missing: a stop-payment names when it was paid")


def _kind(parts: Mapping[str, Field]) -> Kind | None:
    """How the account is named, even if the rest of it is mistyped."""
    text = parts["account"].value if "account" in parts else ""
    word = text.partition(":")[0].strip().lower() if isinstance(text, str) else ""
    return Kind(word) if word in {kind.value for kind in Kind} else None


def _noted(at: Field, *keys: str) -> bool:
    """Whether something is given there, so that its absence is the consequence of a mistake that was
    noted.
    """
    value = at.value
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value is not None


def _of_class(at: Field, parts: Mapping[str, Field], target: Target, asset_class: AssetClass | None) -> None:
    """Refuse what does not fit the class of assets that the order names, since another period would apply."""
    account, currency = target.account, target.currency
    if asset_class is None:
        return
    if account.kind is Kind.ASSET and account.place != asset_class.name:
        parts["account"].wrong(f"this is {account.place}; the order is about {asset_class.name}")
    if account.kind.on_chain and asset_class is not AssetClass.VIRTUAL_ASSET:
        parts["account"].wrong(f"this is an address on a chain; the order is about {asset_class.name}")
    virtual = currency is not None and currency.code >= FIRST_VIRTUAL
    if virtual and asset_class is not AssetClass.VIRTUAL_ASSET:
        key = "amount" if "amount" in parts else "whole_balance"
        parts[key].wrong(f"this is a virtual asset; the order is about {asset_class.name}")
