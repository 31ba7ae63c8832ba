# SPDX-License-Identifier: Apache-2.0
"""While something is held: renew, reduce, release, and send an unreadable message again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from eth_utils.crypto import keccak

from concordat.assets import holds
from concordat.assets.holds import Hold
from concordat.assets.law.profiles import next_end
from concordat.assets.orders.order import Period
from concordat.assets.states import HoldState, HoldStatus, ReleaseReason
from concordat.assets.values import money
from concordat.assets.values.periods import following_end
from concordat.assets.words import PeriodUnit
from concordat.casework.desk import Desk
from concordat.casework.freezing import counting, naming, post
from concordat.casework.freezing.doing import Done, once, receipt_of
from concordat.casework.freezing.naming import FoundHold
from concordat.casework.freezing.preparing import seal_for
from concordat.casework.freezing.views import Reader, RequestView
from concordat.errors import UsageError
from concordat.evidence import store
from concordat.evidence.places import alpha
from concordat.ledger import eventlog
from concordat.ledger.protocol import Event, Receipt


@dataclass(frozen=True)
class Skipped:
    """A hold of several about which nothing was to be done, and why."""

    hold: FoundHold
    why: str


@dataclass(frozen=True)
class Acts:
    """What was done about several holds."""

    done: tuple[Done, ...]
    skipped: tuple[Skipped, ...]


def renew(desk: Desk, text: str, order: Path, period: Period | None = None) -> Acts:
    """Hold for longer, before the end. Each hold that is held and checked is renewed; others are left alone.

    Args:
        desk: of whoever the profile lets renew; for a foreign request of its endorser.
        text: a hold, or a request with all that is held under it.
        order: the order of renewal, whose hash goes on the chain.
        period: as the law counts it; by default the period of the jurisdiction's profile.

    Raises:
        UsageError: no hold is meant, nothing is held, or no profile says how long.
        ContractError: refused; what was renewed before stays renewed.
    """
    digest = digest_of(order)
    found = naming.holds_named(desk, text)
    view = _view(desk, found)

    def act(each: FoundHold, hold: Hold) -> Done:
        seconds = _renewal(view, period, hold.until)
        earlier = _event(desk, each, "Renewed", order=digest)
        return _once(
            desk,
            each,
            "renew",
            earlier,
            lambda: holds.renew(
                desk.ledger, desk.signer, each.named.request, each.named.target, seconds, digest
            ),
        )

    return _each_held(desk, found, act)


def release(desk: Desk, text: str, reason: ReleaseReason) -> Acts:
    """Let go of everything that is held on the targets that are meant, at once.

    Raises:
        UsageError: no hold is meant, or nothing is held.
        ContractError: refused; what was let go before stays so.
    """
    found = naming.holds_named(desk, text)

    def act(each: FoundHold, hold: Hold) -> Done:
        return _once(desk, each, "release", None, lambda: _release(desk, each, hold.amount, reason))

    return _each_held(desk, found, act, "Released")


def reduce(desk: Desk, text: str, keep: str, reason: ReleaseReason) -> Done:
    """Let go of what is held beyond ``keep``. Said as what remains, it can be repeated without harm.

    Args:
        desk: of an officer with RELEASE.
        text: one hold.
        keep: what stays held, "SGD 1,234.50".
        reason: why the rest is let go.

    Raises:
        UsageError: nothing is held, or not more than that.
        ContractError: refused; nothing was let go.
    """
    found = naming.hold_named(desk, text)
    remaining = amount_of(keep, found.named.currency)
    hold = _require_held(desk, found)
    if hold.amount == remaining:
        earlier = _event(desk, found, "Released")
        if earlier is not None:
            return _once(desk, found, "reduce", earlier, lambda: _release(desk, found, 0, reason))
    if not 0 < remaining < hold.amount:
        raise UsageError(
            f"{found.name} holds {shown(hold.amount, hold.currency)}: what stays is less, and not nothing.",
            code="freeze.not_less",
            kept="Nothing was let go.",
            next="To let go of everything: concordat freeze release",
        )
    return _once(desk, found, "reduce", None, lambda: _release(desk, found, hold.amount - remaining, reason))


def send_again(desk: Desk, text: str) -> Acts:
    """Seal what an institution could not read to its newest key, and send it again.

    Raises:
        UsageError: the folder of the request is not in reach, or nothing was answered as unreadable.
    """
    found = naming.holds_named(desk, text)
    file = found[0].request.file
    if file is None:
        raise UsageError(
            f"The folder of {found[0].request.name} is not here, and its secrets are needed.",
            code="freeze.no_folder",
            kept="Nothing was sent.",
            next="Run this where the .freeze folder is, or take it from a backup.",
        )
    done, skipped = [], []
    sealed: dict[int, tuple[bytes, int]] = {}
    for each in found:
        hold = _hold(desk, each)
        if hold.state is not HoldState.UNREADABLE:
            skipped.append(Skipped(each, "the institution did not call it unreadable"))
            continue
        institution = hold.institution
        if institution not in sealed:
            envelope = seal_for(desk.chain, file.order, file.secrets, institution)
            data = envelope.to_bytes()
            post.send(desk, [data])
            sealed[institution] = (file.keep_message(data), envelope.key_version)
        done.append(_once(desk, each, "send again", None, _again(desk, each, *sealed[institution])))
    if not done:
        raise UsageError(
            f"Nothing of {text} was answered as unreadable.",
            code="freeze.nothing_unreadable",
            kept="Nothing was sent.",
            next=f"See how it stands: concordat freeze show {text}",
        )
    return Acts(tuple(done), tuple(skipped))


def digest_of(path: Path) -> bytes:
    """Hash of a document, as it goes on the chain: keccak256 of its bytes.

    Raises:
        FileError: it cannot be read.
    """
    with store.guard(f"read {path}", kept="Nothing was sent."):
        return bytes(keccak(path.read_bytes()))


def amount_of(text: str, currency: int) -> int:
    """An amount in minor units, in the currency of a hold; of a thing, its number of units.

    Raises:
        UsageError: no amount, or another currency.
    """
    if currency:
        return money.parse(text, money.by_code(currency)).amount
    if text.strip().isascii() and text.strip().isdigit():
        return int(text)
    raise UsageError("A thing has no currency: give a whole number.", code="money.form")


def shown(amount: int, currency: int) -> str:
    """An amount of a hold for people."""
    return money.Money(amount, money.by_code(currency)).format() if currency else str(amount)


def _again(desk: Desk, each: FoundHold, digest: bytes, version: int) -> Callable[[], Receipt]:
    named = each.named
    return lambda: holds.send_again(desk.ledger, desk.signer, named.request, named.target, digest, version)


def _release(desk: Desk, each: FoundHold, amount: int, reason: ReleaseReason) -> Receipt:
    named = each.named
    return holds.release(desk.ledger, desk.signer, named.request, named.target, amount, reason)


def _each_held(
    desk: Desk, found: Sequence[FoundHold], act: Callable[[FoundHold, Hold], Done], ended_by: str = ""
) -> Acts:
    """Act on each hold that is held; one alone must be, unless the act itself (its event) ended it before."""
    done, skipped = [], []
    at = desk.chain.now()
    for each in found:
        status = holds.status_at(desk.chain, each.named.request, each.named.target, at)
        over = _event(desk, each, ended_by) if ended_by and status is HoldStatus.RELEASED else None
        if status.holds:
            done.append(act(each, _hold(desk, each)))
        elif over is not None:
            done.append(Done(each.named.hold, each.name, receipt_of(desk, over), True, each.request.file))
        else:
            skipped.append(Skipped(each, status.label()["en"]))
    if not done:
        name = f"{found[0].name} ({skipped[0].why})" if len(found) == 1 else found[0].request.name
        raise _nothing_held(name)
    return Acts(tuple(done), tuple(skipped))


def _require_held(desk: Desk, each: FoundHold) -> Hold:
    status = holds.status_at(desk.chain, each.named.request, each.named.target, desk.chain.now())
    if not status.holds:
        raise _nothing_held(f"{each.name} ({status.label()['en']})")
    return _hold(desk, each)


def _nothing_held(name: str) -> UsageError:
    return UsageError(
        f"Nothing is held under {name}.",
        code="freeze.nothing_held",
        kept="Nothing was sent.",
        next="See how it stands: concordat freeze show",
    )


def _hold(desk: Desk, each: FoundHold) -> Hold:
    found = holds.hold_of(desk.chain, each.named.hold)
    if found is None:
        raise _nothing_held(each.name)
    return found


def _once(desk: Desk, each: FoundHold, act: str, earlier: Event | None, send: Callable[[], Receipt]) -> Done:
    name = f"{act} #{each.named.number}"
    return once(desk, each.named.hold, each.name, each.request.file, name, earlier, send)


def _event(desk: Desk, each: FoundHold, name: str, **values: object) -> Event | None:
    """The newest event of a hold with these values."""
    found = eventlog.of(desk.chain, holds.HOLDS, (name,), hold=each.named.hold)
    fitting = [event for event in found if all(event.args[key] == value for key, value in values.items())]
    return fitting[-1] if fitting else None


def _view(desk: Desk, found: Sequence[FoundHold]) -> RequestView:
    return Reader(desk.chain, desk.clock.now).one(found[0].request.id)


def _renewal(view: RequestView, period: Period | None, until: int) -> int:
    """Seconds from the present end to the new one, as the law counts them; at most the profile's longest."""
    place, request = alpha(view.request.jurisdiction), view.request
    if period is None:
        written = counting.profile_of(place, request.measure, request.asset_class)
        end = next_end(written, until) if written else None
        if end is None:
            raise UsageError(
                "No profile of this package says how long a renewal lasts here.",
                code="freeze.no_period",
                kept="Nothing was sent.",
                next='Say it, as the law counts it: --period "30 days"',
            )
    else:
        rule = counting.rule_of(period, place, request.measure, request.asset_class)
        end = following_end(until, rule)
    return end - until


def period_of(text: str) -> Period:
    """A period as typed, "30 days", "10 working days", "6 months".

    Raises:
        UsageError: it is none.
    """
    count, _, unit = text.strip().partition(" ")
    name = unit.strip().upper().replace(" ", "_").replace("-", "_")
    name = name if name.endswith("S") else f"{name}S"
    if count.isascii() and count.isdigit() and 0 < int(count) <= 10_000 and name in PeriodUnit.__members__:
        return Period(int(count), PeriodUnit[name])
    units = ", ".join(each.value.lower().replace("_", " ") for each in PeriodUnit)
    raise UsageError(
        f"'{text[:40]}' is no period.",
        code="freeze.period",
        kept="Nothing was sent.",
        next=f'Write it as "30 days"; units are {units}.',
    )
