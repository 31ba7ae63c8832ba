# SPDX-License-Identifier: Apache-2.0
"""What papers are about: a request with its targets, as far as whoever writes them may know it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from concordat.assets.orders.order import Order, Target
from concordat.assets.states import Scope
from concordat.assets.values import money, periods
from concordat.assets.values.periods import Rule
from concordat.assets.words import AssetClass, Measure
from concordat.errors import ConcordatError
from concordat.evidence.laws import Text as LawText
from concordat.rendering.content import Text, data

NO_LAW: Final = Text("no profile of this jurisdiction comes with this program", "本程序未附带该法域规则")


@dataclass(frozen=True)
class Office:
    """An agency: its number and short name."""

    number: int
    name: str

    @property
    def text(self) -> Text:
        """As papers name it."""
        return data(self.name)


@dataclass(frozen=True)
class Item:
    """One target on paper. Amounts in minor units, times in seconds since 1970 UTC.

    Attributes:
        number: in the request, from 1.
        hold: id, 32 bytes.
        amount: asked; 0 with ``Scope.WHOLE``.
        currency: 0 for a thing.
        target: what the order says of it; None where the writer cannot know it.
    """

    number: int
    hold: bytes
    institution: Office
    amount: int
    currency: int
    scope: Scope
    target: Target | None = field(default=None, repr=False)

    def account(self, *, full: bool = False) -> Text:
        """The account, masked unless the paper goes to whoever keeps it."""
        if self.target is None:
            return Text("known to requester and institution only", "仅请求机关与协助机构知悉")
        return data(self.target.account.canonical if full else self.target.account.masked)

    @property
    def asked(self) -> Text:
        """What is to be held."""
        if not self.currency:
            return Text("the thing itself", "该物本身")
        if self.scope & Scope.WHOLE:
            code = money.by_code(self.currency)
            return Text(f"the whole balance, {code.alpha}", f"全部余额（{code.name('zh')}，{code.alpha}）")
        return amount(self.amount, self.currency)

    @property
    def covers(self) -> Text:
        """Whether later credits and interest are held too."""
        later, interest = bool(self.scope & Scope.LATER_CREDITS), bool(self.scope & Scope.INTEREST)
        en = f"{'with' if later else 'without'} later credits, {'with' if interest else 'without'} interest"
        zh = f"{'包括' if later else '不包括'}后续入账，{'包括' if interest else '不包括'}孳息"
        return Text(en, zh)


@dataclass(frozen=True)
class Act:
    """What was done on the chain: when, by which key, where it stands."""

    at: int
    officer: str
    transaction: str
    block: int


@dataclass(frozen=True)
class Matter:
    """A request on paper.

    Attributes:
        request: id, 32 bytes.
        agency: that asked.
        writer: whose paper it is.
        jurisdiction: code of the institutions' country.
        period: asked, seconds.
        items: the targets that the paper speaks of.
        order: None where the writer has not seen it.
        rule: how the law counts the period; None: by the second.
        law: the rule of the profile, a citation and what it says; None where the package has none.
        review: who reviewed the profile.
        laws: titles of laws by the ids that orders cite.
        foreign: whether the request came from another jurisdiction.
        generator: program and version.
    """

    request: bytes
    agency: Office
    writer: Office
    measure: Measure
    asset_class: AssetClass
    jurisdiction: str
    period: int
    items: tuple[Item, ...]
    order: Order | None = field(default=None, repr=False)
    rule: Rule | None = None
    law: tuple[Text, Text] | None = None
    review: Text = NO_LAW
    laws: Mapping[str, Text] = field(default_factory=dict, repr=False)
    foreign: bool = False
    generator: str = ""

    @property
    def name(self) -> str:
        """Number of the order; where it is not known, the beginning of the request's id."""
        return self.order.number if self.order else f"0x{self.request.hex()[:8]}"

    @property
    def zone(self) -> tzinfo:
        """The clock of the institutions' country."""
        return ZoneInfo(self.rule.zone) if self.rule else UTC

    def of(self, items: Iterable[Item]) -> Matter:
        """The same for some of the targets."""
        return replace(self, items=tuple(items))

    def at(self, institution: int) -> Matter:
        """The same for one institution."""
        return self.of(item for item in self.items if item.institution.number == institution)

    def institutions(self) -> tuple[Office, ...]:
        """Who is named, each once."""
        return tuple(dict.fromkeys(item.institution for item in self.items))

    def end_if_held(self, start: int) -> int | None:
        """When the period ends if it begins then, as the law counts it; None if that cannot be counted."""
        if self.rule is None:
            return start + self.period
        try:
            return periods.end_of(start, self.rule)
        except ConcordatError:  # beyond the calendars that are known
            return None


def amount(minor: int, currency: int) -> Text:
    """An amount in both languages; of a thing, its pieces."""
    if not currency:
        return Text(f"{minor} piece{'s' if minor != 1 else ''}", f"{minor}件")
    found = money.Money(minor, money.by_code(currency))
    return Text(found.format("en"), found.format("zh"))


def said(text: LawText) -> Text:
    """A wording of the law's files as documents have it."""
    return Text(text.en, text.zh)


def moment(seconds: int) -> datetime:
    """Seconds since 1970 UTC as documents are dated."""
    return datetime.fromtimestamp(seconds, UTC)


def code(word: bytes) -> str:
    """Check code of a chain id: its first eight digits, ``5F2C 91A0``."""
    digits = word.hex()[:8].upper()
    return f"{digits[:4]} {digits[4:]}"
