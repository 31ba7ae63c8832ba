# SPDX-License-Identifier: Apache-2.0
"""What stands: one request with all that happened, the list of alerts, deadlines, lapses to be recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from concordat.assets import holds, objections, requests
from concordat.assets.folders.freezefile import FreezeFile
from concordat.assets.holds import Balance
from concordat.assets.inbox.deadlines import Deadline, Due
from concordat.assets.life import NEVER
from concordat.assets.objections import Objection, Record, record_of
from concordat.assets.orders.order import Target
from concordat.assets.states import HoldFlag, HoldStatus, RequestFlag, RequestStatus
from concordat.assets.words import Measure
from concordat.casework.desk import Desk
from concordat.casework.freezing import naming
from concordat.casework.freezing.doing import Done, once
from concordat.casework.freezing.offices import names, own_agency
from concordat.casework.freezing.views import HoldView, Reader, RequestView, timeline
from concordat.errors import UsageError
from concordat.ledger.protocol import Event


@dataclass(frozen=True)
class Shown:
    """One request.

    Attributes:
        names: short names of all members by number.
        balances: by hold, of those under which something was ever held.
        objections: by hold.
        record: how often holds of the requesting agency were reviewed.
        events: all that happened, oldest first, with times.
        file: its folder, if it is in reach.
        there: the chain's clock; ``view.at`` is the client's.
    """

    view: RequestView
    names: Mapping[int, str]
    balances: Mapping[bytes, Balance]
    objections: Mapping[bytes, tuple[Objection, ...]]
    record: Record
    events: tuple[Event, ...]
    file: FreezeFile | None
    there: int

    def target(self, hold: HoldView) -> Target | None:
        """What a hold is about in plain, for those who have the folder."""
        if self.file is None or not 0 < hold.number <= len(self.file.order.targets):
            return None
        return self.file.order.targets[hold.number - 1]


@dataclass(frozen=True)
class Listed:
    """A request of a list.

    Attributes:
        number: of its order, where its folder is in reach; else "".
        next_due: the deadline that comes next, or that passed; None if none runs.
    """

    view: RequestView
    number: str
    next_due: Deadline | None

    @property
    def alert(self) -> bool:
        """Whether somebody is late, or lost it by being late, by whichever clock."""
        view = self.view
        late = any(hold.overdue or hold.lapsed or hold.review_by < view.here for hold in view.holds)
        return late or RequestStatus.LAPSED in (view.status, view.status_here)


@dataclass(frozen=True)
class Listing:
    """Requests that were asked for, with the clocks by which they were judged."""

    rows: tuple[Listed, ...]
    names: Mapping[int, str]
    at: int
    there: int
    here: int


def show(desk: Desk, text: str, at: int | None = None) -> Shown:
    """One request with its holds, its deadlines and all that happened.

    Args:
        desk: of anybody.
        text: the request, or one hold of it; then only that hold is shown.
        at: the time to judge by, seconds since 1970 UTC; now by default.

    Raises:
        UsageError: nothing is meant by it.
    """
    found = naming.holds_named(desk, text)
    reader = _reader(desk, at)
    view = reader.one(found[0].request.id)
    if len(found) < len(view.holds):
        wanted = {each.named.hold for each in found}
        view = _only(view, wanted)
    raised = {
        each.id: tuple(objections.objections(desk.chain, each.id))
        for each in view.holds
        if each.id in reader.objected
    }
    return Shown(
        view=view,
        names=names(desk.chain),
        balances={each.id: _balance(desk, each, view.at) for each in view.holds if each.hold.until},
        objections=raised,
        record=record_of(desk.chain, view.request.agency),
        events=tuple(timeline(desk.chain, view)),
        file=found[0].request.file,
        there=reader.there,
    )


def list_(
    desk: Desk,
    *,
    overdue: bool = False,
    mine: bool = False,
    institution: bool = False,
    everything: bool = False,
    at: int | None = None,
) -> Listing:
    """The requests that concern the own agency, judged now; a deadline that passed shows by itself.

    Args:
        desk: of anybody.
        overdue: only those where somebody is late.
        mine: only those that the own agency made.
        institution: only those that name the own agency as institution, with its own targets.
        everything: of all agencies.
        at: the time to judge by, seconds since 1970 UTC; now by default.
    """
    reader = _reader(desk, at)
    own = 0 if everything else own_agency(desk)
    numbers = {each.id: each.number for each in naming.glances(desk)}
    rows = []
    for view in reader.all(own if mine else None):
        kept = _concerning(view, own, institution=institution)
        if kept is None:
            continue
        number = numbers.get(view.id, "")
        dues = sorted(deadlines_of(kept, number), key=lambda due: due.at)
        row = Listed(kept, number, dues[0] if dues else None)
        if row.alert or not overdue:
            rows.append(row)
    return Listing(tuple(rows), names(desk.chain), reader.at, reader.there, reader.here)


def deadlines(desk: Desk, text: str = "") -> list[Deadline]:
    """Deadlines that still run, of one request or of all that concern the own agency, by time.

    Args:
        desk: of anybody.
        text: a request or hold; "" for all.
    """
    found: Iterable[tuple[RequestView, str]]
    if text:
        shown = show(desk, text)
        number = shown.file.order.number if shown.file else naming.short(shown.view.id)
        found = [(shown.view, number)]
        file = shown.file
    else:
        found = [(row.view, row.number or naming.short(row.view.id)) for row in list_(desk).rows]
        file = None
    due = [each for view, number in found for each in deadlines_of(view, number, file) if each.at >= view.at]
    return sorted(due, key=lambda each: (each.at, each.uid))


def deadlines_of(view: RequestView, number: str, file: FreezeFile | None = None) -> Iterator[Deadline]:
    """Every deadline that runs, or ran out without anything having ended it.

    Args:
        view: a request.
        number: of its order.
        file: its folder; then account and holder are known, to be told only if asked.
    """
    if view.lapses_at != NEVER:
        awaits = view.status in (RequestStatus.AWAITING_RATIFICATION, RequestStatus.PROVISIONAL)
        due = Due.RATIFY if awaits or not view.request.ratified_at else Due.ENDORSE
        yield Deadline(_hex(view.id), due, view.lapses_at, number)
    for hold in view.holds:
        target = file.order.targets[hold.number - 1] if file and hold.number else None
        account = target.account.masked if target else ""
        holder = (target.holder or "") if target else ""
        for due, at in _dues(hold):
            if at != NEVER:
                yield Deadline(_hex(hold.id), due, at, number, account, holder, hold.hold.renewals)


@dataclass(frozen=True)
class Lapses:
    """Lapses that were recorded as events now."""

    done: tuple[Done, ...]


def record_lapses(desk: Desk, text: str) -> Lapses:
    """Turn what time did to a request, its holds and reviews into events, each once. It changes nothing else.

    Args:
        desk: of anybody.
        text: a request or hold.

    Raises:
        UsageError: nothing of it lapsed that is not recorded already.
    """
    found = naming.holds_named(desk, text)
    reader = Reader(desk.chain, desk.chain.now())  # by the chain's clock: the contract judges
    view = reader.one(found[0].request.id)
    wanted = {each.named.hold for each in found}
    done = []
    request = found[0].request
    if view.status is RequestStatus.LAPSED and not view.request.flags & RequestFlag.LAPSE_RECORDED:
        done.append(
            once(
                desk,
                view.id,
                request.name,
                request.file,
                "lapse",
                None,
                lambda: requests.record_lapse(desk.ledger, desk.signer, view.id),
            )
        )
    for hold in view.holds:
        if hold.id in wanted:
            done += _late_reviews(desk, view, hold, f"{request.name}#{hold.number}", request.file)
        lapsed = hold.status in (HoldStatus.OVERDUE, HoldStatus.LAPSED, HoldStatus.EXPIRED)
        if hold.id not in wanted or not lapsed or hold.hold.flags & HoldFlag.LAPSE_RECORDED:
            continue
        name, target = f"{request.name}#{hold.number}", hold.named.target
        done.append(_recorded(desk, view, hold, name, request.file, target))
    if not done:
        raise UsageError(
            f"Nothing of {text} lapsed that is not recorded already.",
            code="freeze.nothing_lapsed",
            kept="Nothing was sent.",
            next="A lapse is true without being recorded; see: concordat freeze show",
        )
    return Lapses(tuple(done))


def _reader(desk: Desk, at: int | None) -> Reader:
    """Judges by the client's clock, and this machine's where the chain stands still; or by a later time."""
    if at is None:
        return Reader(desk.chain, desk.clock.now, desk.clock.here)
    if at < desk.chain.now():
        raise UsageError(
            "How it stood in the past is no longer asked of the chain.",
            code="freeze.past",
            next="The history has it, with times: concordat freeze show",
        )
    return Reader(desk.chain, at)


def _recorded(
    desk: Desk, view: RequestView, hold: HoldView, name: str, file: FreezeFile | None, target: bytes
) -> Done:
    return once(
        desk,
        hold.id,
        name,
        file,
        f"lapse #{hold.number}",
        None,
        lambda: holds.record_lapse(desk.ledger, desk.signer, view.id, target),
    )


def _late_reviews(
    desk: Desk, view: RequestView, hold: HoldView, name: str, file: FreezeFile | None
) -> Iterator[Done]:
    for number in objections.unrecorded(desk.chain, hold.id, desk.chain.now()):
        yield once(
            desk,
            hold.id,
            f"{name} review {number}",
            file,
            f"late review {number} #{hold.number}",
            None,
            lambda number=number: objections.record_overdue(  # type: ignore[misc]
                desk.ledger, desk.signer, view.id, hold.named.target, number
            ),
        )


def _dues(hold: HoldView) -> Sequence[tuple[Due, int]]:
    return (
        (Due.REPLY, hold.reply_by),
        (Due.CHECK, hold.check_by),
        (Due.TURN, hold.turn_by),
        (Due.REVIEW, hold.review_by),
        (Due.END, hold.end),
    )


def _concerning(view: RequestView, own: int, *, institution: bool) -> RequestView | None:
    """The request as far as it concerns an agency (0: anybody); None if it does not."""
    mine = {hold.id for hold in view.holds if hold.named.institution == own}
    if institution:
        return _only(view, mine) if mine else None
    endorses = view.request.foreign and view.profile.endorser == own
    return view if not own or own == view.request.agency or endorses or mine else None


def _only(view: RequestView, wanted: set[bytes]) -> RequestView:
    return replace(view, holds=tuple(hold for hold in view.holds if hold.id in wanted))


def _balance(desk: Desk, hold: HoldView, at: int) -> Balance:
    return holds.balance_at(desk.chain, hold.named.request, hold.named.target, at)


def _hex(word: bytes) -> str:
    return f"0x{word.hex()}"


def measure_of(view: RequestView, lang: str) -> str:
    """Measure and class of assets in words."""
    measure: Measure = view.request.measure
    return f"{measure.label()[lang]}, {view.request.asset_class.label()[lang]}"
