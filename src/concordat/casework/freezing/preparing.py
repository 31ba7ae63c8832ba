# SPDX-License-Identifier: Apache-2.0
"""From an order to the private folder of its request: all that is sent is made here, and nothing sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from eth_account import Account

from concordat.assets import profilebook
from concordat.assets.folders.freezefile import FreezeFile
from concordat.assets.folders.freezeforms import Secrets, Told
from concordat.assets.law.profiles import FreezeProfile
from concordat.assets.orders import ordermessage
from concordat.assets.orders.order import Order, Target
from concordat.assets.orders.ordermessage import TargetSecrets
from concordat.assets.requests import NO_MESSAGE, ChainOrder, ChainTarget
from concordat.assets.values import commitments
from concordat.casework.desk import Desk
from concordat.casework.freezing import counting, post
from concordat.casework.freezing.offices import names, number_of, own_agency
from concordat.errors import UsageError
from concordat.evidence.places import numeric
from concordat.ledger.protocol import Ledger
from concordat.mail.sealed import Envelope
from concordat.membership import agencies, numbers

_NOTHING: Final = "Nothing was written or sent."


@dataclass(frozen=True)
class Plan:
    """What a request will be: what ``--check`` shows.

    Attributes:
        order: with the numbers of agencies instead of their names.
        profile_version: that applies.
        profile: that applies.
        period: asked, seconds.
        foreign: whether it needs the endorsement of ``profile.endorser``.
    """

    order: Order
    profile_version: int
    profile: FreezeProfile
    period: int
    foreign: bool

    @property
    def recipients(self) -> tuple[int, ...]:
        """Who gets a sealed message: the endorser of a foreign request first, then each institution once."""
        institutions = tuple(int(each) for each in self.order.institutions())
        return (self.profile.endorser, *institutions) if self.foreign else institutions


def plan(desk: Desk, order: Order) -> Plan:
    """See what an order will be on the chain, and whether the profile of the jurisdiction allows it.

    Raises:
        UsageError: it is another agency's order; an agency is unknown, of another jurisdiction, or published
            no encryption key; the period is too long; foreign requests are not taken.
        ContractError: the jurisdiction adopted no profile for it.
    """
    ledger = desk.chain
    order = resolved(ledger, order)
    _require_own(desk, order)
    jurisdiction = numeric(order.jurisdiction)
    key = profilebook.key_of(jurisdiction, order.measure, order.asset_class)
    version, profile = profilebook.current(ledger, key)
    foreign = numbers.jurisdiction_of(int(order.agency)) != jurisdiction
    _require_endorser(order, profile, foreign=foreign)
    _require_there(ledger, order, jurisdiction)
    found = Plan(order, version, profile, _period(order, profile, desk.clock.now), foreign)
    _require_keys(ledger, found.recipients)
    return found


def prepare(desk: Desk, planned: Plan, folder: Path) -> FreezeFile:
    """Make secrets, commitments and sealed messages, and lay them into the folder of the request.

    Raises:
        UsageError: the folder exists.
        FileError: it cannot be written.
    """
    order, ledger = planned.order, desk.chain
    secrets = Secrets(commitments.new_salt(), tuple(_secrets() for _ in order.targets))
    committed = ordermessage.commitment(order, secrets.salt, secrets.targets)
    message, sealed = NO_MESSAGE, {}
    if planned.foreign:
        whole = ordermessage.write(order, secrets.salt, secrets.targets)
        endorsers = post.seal(ledger, whole, to=planned.profile.endorser, kind=post.REQUEST)
        message = endorsers.hash
    for institution in order.institutions():
        sealed[institution] = seal_for(ledger, order, secrets, int(institution))
    told = Told(
        chain_id=ledger.chain_id,
        genesis=ledger.genesis_id,
        agency=int(order.agency),
        id=commitments.request_id(int(order.agency), committed),
        order=ChainOrder(
            committed,
            order.measure,
            order.asset_class,
            numeric(order.jurisdiction),
            planned.period,
            message,
        ),
        targets=_told(order.targets, secrets.targets, {int(key): value for key, value in sealed.items()}),
    )
    envelopes = ([endorsers] if planned.foreign else []) + list(sealed.values())
    return FreezeFile.create(folder, order, secrets, told, [each.to_bytes() for each in envelopes])


def seal_for(ledger: Ledger, order: Order, secrets: Secrets, institution: int) -> Envelope:
    """Seal to an institution what concerns it, to its newest key.

    Raises:
        UsageError: it published none.
    """
    message = ordermessage.write(order, secrets.salt, secrets.targets, institution)
    return post.seal(ledger, message, to=institution, kind=post.REQUEST)


def resolved(ledger: Ledger, order: Order) -> Order:
    """The order with the numbers of agencies instead of their names.

    Raises:
        UsageError: a name is no member's, or several members'.
    """
    known = {each: number_of(ledger, each) for each in {order.agency, *order.institutions()}}
    targets = tuple(replace(target, institution=known[target.institution]) for target in order.targets)
    return replace(order, agency=known[order.agency], targets=targets)


def _secrets() -> TargetSecrets:
    key = Account.create()
    return ordermessage.new_secrets(key.address.lower(), bytes(key.key))


def _told(
    targets: Sequence[Target], secrets: Sequence[TargetSecrets], sealed: Mapping[int, Envelope]
) -> tuple[ChainTarget, ...]:
    return tuple(
        ChainTarget(
            institution=int(target.institution),
            target=ordermessage.target_word(target, own),
            currency=target.currency.code if target.currency else 0,
            amount=target.amount.amount if target.amount else 0,
            scope=target.scope_bits,
            message=sealed[int(target.institution)].hash,
            key_version=sealed[int(target.institution)].key_version,
        )
        for target, own in zip(targets, secrets, strict=True)
    )


def _period(order: Order, profile: FreezeProfile, now: int) -> int:
    rule = counting.rule_of(order.period, order.jurisdiction, order.measure, order.asset_class)
    seconds = counting.seconds_of(rule, now)
    if seconds > profile.longest:
        raise UsageError(
            f"{order.period.text()} are longer than the profile of {order.jurisdiction} allows: "
            f"{hours(seconds)} against {hours(profile.longest)}.",
            code="freeze.period_too_long",
            kept=_NOTHING,
            next="Ask for a shorter period; it can be renewed. See: concordat freeze profile show",
        )
    return seconds


def hours(seconds: int) -> str:
    """A duration as profiles are compared by it."""
    return f"{seconds / 3600:.1f} h".replace(".0 h", " h")


def _require_own(desk: Desk, order: Order) -> None:
    own = own_agency(desk)
    if order.agency != own:
        raise UsageError(
            f"The order is of {numbers.label(int(order.agency))}; this workspace is of {numbers.label(own)}.",
            code="freeze.other_agency",
            kept=_NOTHING,
            next="Correct agency in the order, or use the workspace of that agency.",
        )


def _require_endorser(order: Order, profile: FreezeProfile, *, foreign: bool) -> None:
    if foreign and not profile.endorser:
        raise UsageError(
            f"{order.jurisdiction} takes no {order.measure.label().en} requests from abroad here: "
            "its profile names no authority that would endorse them.",
            code="freeze.foreign_not_taken",
            kept=_NOTHING,
            next="Ask by mutual legal assistance.",
        )


def _require_there(ledger: Ledger, order: Order, jurisdiction: int) -> None:
    known = names(ledger)
    abroad = [
        known[int(each)]
        for each in order.institutions()
        if numbers.jurisdiction_of(int(each)) != jurisdiction
    ]
    if abroad:
        raise UsageError(
            f"Not of {order.jurisdiction}, whose law the order names: {', '.join(abroad)}.",
            code="freeze.other_jurisdiction",
            kept=_NOTHING,
            next="Write one order for each jurisdiction.",
        )


def _require_keys(ledger: Ledger, recipients: Sequence[int]) -> None:
    without = [number for number in recipients if not agencies.encryption_key(ledger, number)[1]]
    if without:
        known = names(ledger)
        raise post.no_key(known[number] for number in without)
