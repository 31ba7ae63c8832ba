# SPDX-License-Identifier: Apache-2.0
"""Random lives of requests, holds and objections go only ways that docs/states.md lists.

Each step is one act of anybody at some time, whether it fits or not. Of everything that is there the status
right before and right after is compared with the page; what is refused changes nothing.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from assetcast import DAY, HOUR, LATER_CREDITS, NONE, PAPER, SG, WHOLE, AssetCast, make_asset_cast, said
from eth_utils.crypto import keccak
from statespage import later, steps

from concordat.assets.states import HoldStatus, ObjectionStatus, RequestStatus
from concordat.assets.values.commitments import hold_id, request_id
from concordat.assets.words import AnswerKind, AssetClass, Measure
from concordat.ledger.sentences import ContractError

Which = tuple[bytes, bytes]
Statuses = dict[tuple[str, Any], str]
Act = tuple[str, tuple[Any, ...], Callable[[], object]]
"""Its name, what it is about, how it is done."""
Maker = Callable[[], Act]
PAGE = {kind: steps(kind) for kind in ("A freeze request", "A hold", "An objection")}
LATER = {kind: later(kind) for kind in PAGE}
LIVES, ACTS = 25, 60
PAUSES = (*(0,) * 90, 1, 5, HOUR, HOUR, 4 * HOUR, 5 * HOUR, DAY, 2 * DAY + 1, 11 * DAY)
RATIFIERS = ("ratifier", "my_ratifier", "judge", "my_judge")
RELEASERS = ("releaser", "my_releaser", "endorser", "judge", "bank_releaser")


def name_of(status: RequestStatus | HoldStatus | ObjectionStatus) -> str:
    """As the page calls it."""
    return "Absent" if not status else status.name.title().replace("_", "")


@dataclass
class World:
    """What there is, and everybody who acts on it."""

    cast: AssetCast
    chance: random.Random
    requests: list[bytes] = field(default_factory=list)
    holds: list[Which] = field(default_factory=list)
    seen: set[tuple[str, str, str, str]] = field(default_factory=set)
    focus: Which = (NONE, NONE)

    def statuses(self) -> Statuses:
        """Of everything, now."""
        now, call = self.cast.ledger.now(), self.cast.call
        found: Statuses = {}
        for request in self.requests:
            status = RequestStatus(call("FreezeRequests", "statusAt", request, now))
            found["A freeze request", request] = name_of(status)
        for which in self.holds:
            found["A hold", which] = name_of(HoldStatus(call("Holds", "statusAt", *which, now)))
            for number in range(1, call("Objections", "objectionCount", hold_id(*which)) + 1):
                objection = ObjectionStatus(call("Objections", "statusAt", *which, number, now))
                found["An objection", (which, number)] = name_of(objection)
        return found

    def step(self) -> None:
        """Let time pass, then let somebody do something."""
        before = self.statuses()
        self.cast.ledger.pass_time(self.chance.choice(PAUSES))
        for (kind, which), status in self.statuses().items():
            assert status in LATER[kind][before[kind, which]], (kind, before[kind, which], "time", status)
            if status != before[kind, which]:
                self.seen.add((kind, before[kind, which], "time", status))

        act, about, do = self.act()
        # The next block comes a second later: what that second does is not the act's doing.
        self.cast.ledger.pass_time(1)
        before = self.statuses()
        self.cast.ledger.pass_time(-1)
        try:
            do()
        except ContractError:
            self.cast.ledger.pass_time(1)
            assert self.statuses() == before, act
            return
        for (kind, which), status in self.statuses().items():
            start = before.get((kind, which), "Absent")
            if start != status or which in about:
                assert (start, act, status) in PAGE[kind], (kind, start, act, status)
                self.seen.add((kind, start, act, status))

    def act(self) -> Act:
        """An act by its name, what it is about, and how it is done."""
        if not self.requests or (len(self.requests) < 4 and self.chance.random() < 0.1):
            return self.ask()
        young = [each for each in self.holds if not self.cast.status(each).is_over]
        self.focus = self.chance.choice(young if young and self.chance.random() < 0.85 else self.holds)
        return self.chance.choice(self.fitting() if self.chance.random() < 0.8 else self.makers())()

    def makers(self) -> Sequence[Maker]:
        """Everything that anybody may try."""
        return (
            *(self.ratify, self.endorse, self.decline, self.withdraw, self.answer, self.check, self.renew),
            *(self.credit, self.again, self.release, self.object, self.review, self.dispose, self.confirm),
            self.record,
        )

    def fitting(self) -> Sequence[Maker]:
        """What somebody would do with the hold that is looked at."""
        now = self.cast.ledger.now()
        status = HoldStatus(self.cast.call("Holds", "statusAt", *self.focus, now))
        if status is HoldStatus.DORMANT:
            return self.ratify, self.endorse, self.decline, self.withdraw
        if status.holds:
            live = (
                self.renew,
                self.credit,
                self.release,
                self.object,
                self.object,
                self.dispose,
                self.withdraw,
            )
            return (*(self.check,) * 4, *live, *(self.review,) * 4, self.ratify, self.answer)
        if status.awaits_answer:
            return *(self.answer,) * 4, self.ratify, self.withdraw
        if status.is_over or status is HoldStatus.DISPOSED:
            return self.confirm, self.record, self.record, self.review
        if status is HoldStatus.WAITING:
            return *(self.check,) * 3, self.answer, self.end_earlier
        return self.check, self.check, self.answer, self.again, self.withdraw

    def about(self) -> Which:
        """Mostly the hold that is looked at."""
        return self.focus if self.chance.random() < 0.95 else self.chance.choice(self.holds)

    def hand(self, home: str, abroad: str, others: Sequence[str]) -> str:
        """Mostly who may, for the request that is looked at."""
        agency = self.cast.call("FreezeRequests", "requestOf", self.focus[0]).agency
        fits = {self.cast.agencies["sg_police"]: home, self.cast.agencies["my_police"]: abroad}
        usual = fits.get(agency, "bank_releaser")
        return usual if self.chance.random() < 0.8 else self.chance.choice(others)

    # Acts on requests

    def ask(self) -> Act:
        text, pick = f"order {len(self.requests)}", self.chance.choice
        by, measure = pick(("requester", "my_requester")), pick((Measure.STOP_PAYMENT, Measure.FREEZE))
        own = self.chance.random() < 0.15
        agency = "sg_bank" if own else "my_police" if by.startswith("my_") else "sg_police"
        request = request_id(self.cast.agencies[agency], keccak(text=text))
        names = (text,) if own else (text, f"{text}, second")
        scope = 0 if own else pick((0, WHOLE | LATER_CREDITS))
        targets = [self.cast.target(name, scope=scope) for name in names]
        self.requests.append(request)
        self.holds += [(request, target["target"]) for target in targets]
        if not own:
            period = pick((DAY, 3 * DAY))
            return "request", (), lambda: self.cast.request(text, measure, *targets, by=by, period=period)
        order = {
            "order": keccak(text=text),
            "measure": int(Measure.STOP_PAYMENT),
            "assetClass": int(AssetClass.CASH),
            "jurisdiction": SG,
            "period": DAY,
            "message": NONE,
        }
        return "holdOwn", (), lambda: self.cast.send("teller", "FreezeRequests", "holdOwn", order, targets[0])

    def end_earlier(self) -> Act:
        """Let go of all of the hold behind which the focused one waits, whoever may."""
        link = self.cast.link(self.focus)
        self.focus = (link.earlierRequest, link.earlierTarget)
        which, amount = self.focus, self.cast.hold(self.focus).amount
        by = self.hand("releaser", "endorser", RELEASERS)
        return "release", (which,), lambda: self.cast.send(by, "Holds", "release", *which, amount, 1)

    def on_request(self, act: str, by: str, *args: Any) -> Act:
        request = self.about()[0]
        return act, (request,), lambda: self.cast.send(by, "FreezeRequests", act, request, *args)

    def ratify(self) -> Act:
        return self.on_request("ratify", self.hand("ratifier", "my_ratifier", RATIFIERS))

    def endorse(self) -> Act:
        return self.on_request("endorse", "endorser")

    def decline(self) -> Act:
        if self.chance.random() < 0.7:
            return self.endorse()
        return self.on_request("decline", "endorser", 1)

    def withdraw(self) -> Act:
        if self.chance.random() < 0.6:
            return self.ratify()
        return self.on_request("withdraw", self.hand("releaser", "my_releaser", RELEASERS), 2)

    # Acts on holds

    def on_hold(self, contract: str, act: str, by: str, *args: Any) -> Act:
        which = self.about()
        return act, (which,), lambda: self.cast.send(by, contract, act, *which, *args)

    def answer(self) -> Act:
        which, pick = self.about(), self.chance.choice
        kind = pick(
            (*AnswerKind, AnswerKind.HELD, AnswerKind.HELD, AnswerKind.HELD_PART, *(AnswerKind.BEHIND,) * 2)
        )
        amount = {AnswerKind.HELD: 1000, AnswerKind.HELD_PART: pick((1, 400))}.get(kind, 0)
        named = kind is AnswerKind.BEHIND or (kind.takes and self.chance.random() < 0.4)
        link = self.cast.link(which)
        waited = (link.earlierRequest, link.earlierTarget)
        live = [each for each in self.holds if self.cast.status(each).holds]
        earlier = waited if any(waited[0]) and kind.takes else pick(live) if named and live else (NONE, NONE)
        given = said(which, kind, amount, code=int(kind is AnswerKind.REFUSED), earlier=earlier)
        return "answer", (which,), lambda: self.cast.send("teller", "Holds", "answer", [given])

    def check(self) -> Act:
        which = self.about()
        return "check", (which,), lambda: self.cast.check(which)

    def renew(self) -> Act:
        by = self.hand("ratifier", "unit_ratifier", (*RATIFIERS, "checker"))
        return self.on_hold("Holds", "renew", by, DAY, PAPER)

    def credit(self) -> Act:
        return self.on_hold("Holds", "credit", "teller", 5)

    def again(self) -> Act:
        by = self.chance.choice(("requester", "my_requester"))
        return self.on_hold("Holds", "sendAgain", by, PAPER, 1)

    def release(self) -> Act:
        amount = self.chance.choice((1, 400, 1000))
        return self.on_hold("Holds", "release", self.hand("releaser", "endorser", RELEASERS), amount, 1)

    def confirm(self) -> Act:
        return self.on_hold("Holds", "confirmRelease", "teller")

    def object(self) -> Act:
        grounds = keccak(text=str(self.chance.random()))
        return self.on_hold("Objections", "objectAsMember", "bank_releaser", grounds)

    def review(self) -> Act:
        which, outcome = self.about(), self.chance.choice((1, 2, 3))
        released = self.chance.choice((0, 1)) if outcome == 2 else 0
        number = self.cast.call("Objections", "objectionCount", hold_id(*which))
        args = (*which, outcome, released, PAPER)
        return "review", ((which, number),), lambda: self.cast.send("reviewer", "Objections", "review", *args)

    def dispose(self) -> Act:
        return self.on_hold("Objections", "dispose", "judge", self.chance.choice((0, 1)), 0, PAPER)

    # Anybody

    def record(self) -> Act:
        what = self.chance.choice(("request", "hold", "review"))
        if what == "request":
            return self.on_request("recordLapse", "nobody")
        if what == "hold":
            return self.on_hold("Holds", "recordLapse", "nobody")
        which = self.about()
        number = self.cast.call("Objections", "objectionCount", hold_id(*which))
        args = (*which, number)
        return (
            "recordOverdue",
            ((which, number),),
            lambda: self.cast.send("nobody", "Objections", "recordOverdue", *args),
        )


def live(seed: int) -> set[tuple[str, str, str, str]]:
    """One random life; the steps that it took."""
    world = World(make_asset_cast(), random.Random(seed))
    for _ in range(ACTS):
        world.step()
    return world.seen


@pytest.fixture(scope="module")
def seen() -> set[tuple[str, str, str, str]]:
    found: set[tuple[str, str, str, str]] = set()
    for seed in range(LIVES):
        found |= live(seed)
    return found


def test_random_lives_go_only_ways_that_the_page_lists(seen: set[tuple[str, str, str, str]]) -> None:
    for kind, page in PAGE.items():
        assert {each[1:] for each in seen if each[0] == kind and each[2] != "time"} <= page
    assert len(seen) > 60


def test_they_reach_nearly_every_status(seen: set[tuple[str, str, str, str]]) -> None:
    """A guard: were everything refused, the test above would pass, too."""
    for kind, page in PAGE.items():
        reached = {end for about, _, _, end in seen if about == kind}
        assert len({end for _, _, end in page} - reached) <= 2, kind
