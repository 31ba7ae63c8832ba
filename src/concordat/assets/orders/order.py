# SPDX-License-Identifier: Apache-2.0
"""The order behind a freeze request, as frozen values, and its JSON.

What a request of China has to name by article 239 of the MPS Provisions of 2020 (name, number, amount,
period, scope, whether interest is covered) every order names: it is the longest list of any country here,
and an institution elsewhere is glad of it. A stop-payment names the payment with amount and time besides.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from concordat.assets.states import Scope as ScopeBits
from concordat.assets.values.accounts import Account
from concordat.assets.values.money import Currency, Money
from concordat.assets.words import AssetClass, Measure, PeriodUnit

FORMAT: Final = "order/1"
MOST_TARGETS: Final = 1_000
"""Named in one order; a request of some hundred fits into one transaction, more are split."""


Institution = int | str
"""Number of an agency, or its short name as it was admitted."""


@dataclass(frozen=True, slots=True)
class Officer:
    """Who orders, and where to call back at any hour. ``badge`` is optional."""

    name: str
    rank: str
    contact: str
    badge: str | None = None

    def as_json(self) -> dict[str, Any]:
        """For the order's JSON."""
        return _given(name=self.name, rank=self.rank, contact=self.contact, badge=self.badge)


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """One article that the order rests on."""

    law: str
    article: str
    title: str | None = None

    def as_json(self) -> dict[str, Any]:
        """For the order's JSON."""
        return _given(law=self.law, article=self.article, title=self.title)


@dataclass(frozen=True, slots=True)
class Period:
    """How long, as the law counts it."""

    count: int
    unit: PeriodUnit

    def text(self, lang: str = "en") -> str:
        """``48 hours``, ``6个月``."""
        unit = self.unit.label()[lang]
        if lang == "zh":
            return f"{self.count}{unit}"
        return f"{self.count} {unit.removesuffix('s') if self.count == 1 else unit}"

    def as_json(self) -> dict[str, Any]:
        """For the order's JSON."""
        return {"count": self.count, "unit": self.unit.value}


@dataclass(frozen=True, slots=True)
class Payment:
    """The payment that is to be stopped or followed.

    Attributes:
        amount, value_time: what was paid, and when (seconds since 1970 UTC).
        uetr, end_to_end_id, transaction_hash: how it was named.
        payer, payee: accounts, as far as known.

    """

    amount: Money | None = None
    value_time: int | None = None
    uetr: str | None = None
    end_to_end_id: str | None = None
    transaction_hash: str | None = None
    payer: Account | None = None
    payee: Account | None = None

    def as_json(self) -> dict[str, Any]:
        """For the order's JSON."""
        return _given(
            amount=self.amount and self.amount.as_dict(),
            value_time=self.value_time,
            uetr=self.uetr,
            end_to_end_id=self.end_to_end_id,
            transaction_hash=self.transaction_hash,
            payer=self.payer and self.payer.canonical,
            payee=self.payee and self.payee.canonical,
        )


@dataclass(frozen=True, slots=True)
class Scope:
    """Whether what comes in later is held too, and whether interest is covered."""

    later_credits: bool
    interest: bool

    def as_json(self) -> dict[str, Any]:
        """For the order's JSON."""
        return {"later_credits": self.later_credits, "interest": self.interest}


@dataclass(frozen=True, slots=True)
class Notice:
    """What the account holder is told, in which language (a tag such as en or zh)."""

    text: str
    language: str

    def as_json(self) -> dict[str, Any]:
        """For the order's JSON."""
        return {"text": self.text, "language": self.language}


@dataclass(frozen=True, slots=True)
class Target:
    """One account or thing named in an order.

    Attributes:
        institution: who is to hold it.
        account: typed; never shown in full.
        holder: name of the account holder or owner; None where nobody can know it (an address on a chain).
        amount: cap; None for the whole balance, or for a thing.
        currency: of the account; None for a thing.
        scope: later credits, interest.
        payment: see :class:`Payment`; needed for a stop-payment.
        notice: see :class:`Notice`.
        follows: key of the hold from which the money moved on to this account, 0x and 64 digits.

    """

    institution: Institution
    account: Account
    holder: str | None
    amount: Money | None
    currency: Currency | None
    scope: Scope
    payment: Payment | None = None
    notice: Notice | None = None
    follows: str | None = None

    @property
    def whole(self) -> bool:
        """Whether everything is to be held: the whole balance, or the thing itself."""
        return self.amount is None

    @property
    def scope_bits(self) -> ScopeBits:
        """``scope`` on the chain (``SCOPE_*`` of IFreezeRequests.sol)."""
        bits = ScopeBits.WHOLE if self.whole else ScopeBits(0)
        bits |= ScopeBits.LATER_CREDITS if self.scope.later_credits else ScopeBits(0)
        return bits | (ScopeBits.INTEREST if self.scope.interest else ScopeBits(0))

    def as_json(self) -> dict[str, Any]:
        """For the order's JSON. Holds the account in full: only ever encrypted or hashed with a salt."""
        return _given(
            institution=self.institution,
            account=self.account.canonical,
            holder=self.holder,
            amount=self.amount and self.amount.as_dict(),
            whole_balance=self.currency.code if self.currency and not self.amount else None,
            scope=self.scope.as_json(),
            payment=self.payment and self.payment.as_json(),
            notice=self.notice and self.notice.as_json(),
            follows=self.follows,
        )


@dataclass(frozen=True, slots=True)
class Order:
    """What an officer orders; one approval, many targets.

    Attributes:
        number: of the order, as it stands on the paper.
        case: case reference.
        jurisdiction: of the institutions; their law applies.
        agency: that orders, by number or short name.
        grounds: the facts, in words.
        confidential: nobody tells the account holder; until ``confidential_until`` if it is given.
        targets: in a message to an institution only its own.

    """

    number: str
    case: str
    measure: Measure
    asset_class: AssetClass
    jurisdiction: str
    agency: Institution
    officer: Officer
    legal_basis: tuple[LegalBasis, ...]
    grounds: str
    period: Period
    confidential: bool
    targets: tuple[Target, ...] = field(repr=False)
    confidential_until: int | None = None

    def head(self) -> dict[str, Any]:
        """All but the targets, for JSON."""
        return _given(
            concordat=FORMAT,
            number=self.number,
            case=self.case,
            measure=self.measure.name,
            asset_class=self.asset_class.name,
            jurisdiction=self.jurisdiction,
            agency=self.agency,
            officer=self.officer.as_json(),
            legal_basis=[basis.as_json() for basis in self.legal_basis],
            grounds=self.grounds,
            period=self.period.as_json(),
            confidential=self.confidential,
            confidential_until=self.confidential_until,
        )

    def as_json(self) -> dict[str, Any]:
        """The whole, for JSON. Holds accounts in full: see :meth:`Target.as_json`."""
        return {**self.head(), "targets": [target.as_json() for target in self.targets]}

    def institutions(self) -> tuple[Institution, ...]:
        """Who is to hold something, each once, in the order of the targets."""
        return tuple(dict.fromkeys(target.institution for target in self.targets))


def _given(**values: Any) -> dict[str, Any]:
    """Only what is given: canonical JSON has no null here."""
    return {key: value for key, value in values.items() if value is not None}
