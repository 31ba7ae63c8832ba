# SPDX-License-Identifier: Apache-2.0
"""What agencies and institutions do in a life of freezes, from the request to the release."""

from __future__ import annotations

from typing import Any

from concordat.assets.states import HoldFlag, HoldState, HoldStatus, RequestStatus, Scope
from concordat.assets.values.commitments import hold_id
from concordat.assets.words import AnswerKind, AssetClass, Measure
from tests.contracts.assets.stage import SGD, USD
from tests.contracts.suite import DAY, HOUR, SG, ZERO32
from tests.stateful.freezedraws import Drawn
from tests.stateful.freezes import HOLDING, Key

KINDS = (
    (AnswerKind.HELD, 10),
    (AnswerKind.HELD_PART, 4),
    (AnswerKind.BEHIND, 7),
    (AnswerKind.DELIVERED, 2),
    (AnswerKind.ACKNOWLEDGED, 2),
    (AnswerKind.UNREADABLE, 2),
    *((kind, 1) for kind in AnswerKind if AnswerKind.NOT_FOUND <= kind <= AnswerKind.MISMATCH),
    (AnswerKind.REFUSED, 1),
)
TAKES = (AnswerKind.HELD, AnswerKind.HELD_PART)
PEOPLE = (
    *("requester", "ratifier", "high_ratifier", "releaser", "judge", "prosecutor", "reviewer", "endorser"),
    *("unit_ratifier", "unit_releaser", "unit_reviewer", "teller", "other_teller", "checker"),
    *("payer_teller", "payer_checker", "my_requester", "my_high_ratifier", "my_releaser", "my_judge"),
    *("my_public_prosecutor", "my_reviewer", "my_teller", "distributor", "unit_distributor", "stranger"),
)
AWAITED = (
    *(HoldStatus.OPEN, HoldStatus.DELIVERED, HoldStatus.ACKNOWLEDGED, HoldStatus.OVERDUE),
    *(HoldStatus.UNREADABLE, HoldStatus.TURN),
)
PENDING = (RequestStatus.AWAITING_RATIFICATION, RequestStatus.AWAITING_ENDORSEMENT, RequestStatus.PROVISIONAL)
OVER = (HoldStatus.OVERDUE, HoldStatus.EXPIRED, HoldStatus.LAPSED)
PAPER = b"\x0c" * 32
ORDERS = (
    (Measure.STOP_PAYMENT, AssetClass.SECURITIES, 2 * DAY),
    (Measure.FREEZE, AssetClass.SECURITIES, 20 * DAY),
    (Measure.FREEZE, AssetClass.SECURITIES, 30 * DAY),
    (Measure.FREEZE, AssetClass.PRECIOUS_METAL, 35 * DAY),
    (Measure.FREEZE, AssetClass.PRECIOUS_METAL, 40 * DAY),
    (Measure.SEIZE, AssetClass.JEWELLERY, 30 * DAY),
)


class Acting(Drawn):
    """From the request to the release."""

    wanted: AnswerKind | None = None
    chained = 0.3  # how likely what holds goes on from an earlier hold

    def by(self, rightful: str) -> str:
        return str(self.pick([rightful], PEOPLE))

    # The requester's side

    def order(self, measure: Measure, asset_class: AssetClass, period: int) -> tuple[Any, ...]:
        commitment = self.pick([self.word("an order")], [ZERO32, self.word("another order")])
        period = self.pick([period], [0, 50 * DAY, HOUR])
        return (commitment, int(measure), int(asset_class), SG, period, ZERO32)

    def target(self, institution: str | None = None) -> tuple[Any, ...]:
        whole = self.rng.random() < 0.3
        bank = institution or self.pick(["sg_bank"], ["sg_payer", "sg_payer", "my_bank", "sg_police"])
        scope = Scope.WHOLE | self.rng.choice((Scope(0), Scope.LATER_CREDITS)) if whole else Scope(0)
        amount = 0 if whole else self.rng.randint(2, 1000)
        named = self.pick([self.account()], [ZERO32, self.account()])
        currency = self.pick([SGD], [SGD, USD])
        number = self.suite.ids[bank]
        return (number, named, currency, self.pick([amount], [0, 5]), int(scope), b"\x07" * 32, 1)

    def request(self) -> None:
        targets = [self.target() for _ in range(self.rng.choice((1, 1, 2, 4)))]
        if self.rng.random() < 0.04:
            targets = targets[:1] * 2
        given = self.order(*self.rng.choice(ORDERS))
        by = self.by(self.rng.choice(("requester", "requester", "my_requester")))
        self.act(by, "FreezeRequests", "request", given, targets)

    def hold_own(self) -> None:
        given = self.order(Measure.STOP_PAYMENT, AssetClass.SECURITIES, 2 * DAY)
        self.act(self.by("teller"), "FreezeRequests", "holdOwn", given, self.target("sg_bank"))

    def ratify(self) -> None:
        open_ones = [each for each in self.asked(*PENDING) if not self.request_of(each).ratifiedAt]
        request = self.pick(open_ones, self.requests)
        higher = self.ratifier(request)
        if self.rng.random() < 0.12:
            higher = "judge" if self.at_home(request) else "my_judge"
        self.act(self.by(higher), "FreezeRequests", "ratify", request)

    def endorse(self) -> None:
        request = self.pick(self.asked(RequestStatus.AWAITING_ENDORSEMENT), self.requests)
        self.act(self.by("endorser"), "FreezeRequests", "endorse", request)

    def decline(self) -> None:
        request = self.pick(self.asked(RequestStatus.AWAITING_ENDORSEMENT), self.requests)
        self.act(self.by("endorser"), "FreezeRequests", "decline", request, self.pick([2], [0]))

    def withdraw(self) -> None:
        request = self.pick(self.asked(*PENDING, RequestStatus.RUNNING), self.requests)
        court = bool(self.request_of(request).flags & 8)
        by = self.by(self.releaser(request, court))
        self.act(by, "FreezeRequests", "withdraw", request, self.pick([1], [0]))

    def record_request(self) -> None:
        request = self.pick(self.asked(RequestStatus.LAPSED), self.requests)
        self.act("stranger", "FreezeRequests", "recordLapse", request)

    # The institution's

    def answer(self) -> None:
        self.answer_of(self.pick(self.of(*AWAITED), list(self.keys)))

    def correct(self) -> None:
        def unchecked(hold: Any) -> bool:
            return hold.state >= HoldState.HELD and not hold.flags & HoldFlag.CHECKED

        said = self.of(*(status for status in HoldStatus if HoldStatus.HELD <= status <= HoldStatus.WAITING),
                       where=unchecked)  # fmt: skip
        if said:
            self.answer_of(self.rng.choice(said))

    def take_turn(self) -> None:
        waiting = self.of(HoldStatus.TURN)
        if waiting:
            self.answer_of(self.rng.choice(waiting))

    def answer_of(self, key: Key) -> None:
        bank = self.hold(key).institution
        others = [other for other in self.of(*AWAITED) if self.hold(other).institution == bank]
        more = self.rng.sample(others, min(len(others), self.rng.choice((0, 0, 1, 2))))
        keys = list(dict.fromkeys([key, *more]))
        given = [self.an_answer(each) for each in keys]
        self.act(self.by(self.teller(key)), "Holds", "answer", given, touched=keys)

    def an_answer(self, key: Key) -> tuple[Any, ...]:
        hold, status = self.hold(key), self.status(key)
        kind = (
            self.wanted or self.rng.choices([kind for kind, _ in KINDS], [weight for _, weight in KINDS])[0]
        )
        if status in HOLDING:
            kind = self.pick(TAKES, list(AnswerKind))
        if kind is AnswerKind.DELIVERED and status is not HoldStatus.OPEN:
            kind = self.pick([AnswerKind.HELD], [kind])
        if kind is AnswerKind.BEHIND and not self.live():
            kind = self.pick([AnswerKind.HELD], [kind])
        if status is HoldStatus.TURN and self.rng.random() < 0.8:
            kind = AnswerKind.HELD
        earlier = self.earlier(key, kind, status)
        amount = 0
        if kind in TAKES:
            whole = hold.flags & HoldFlag.WHOLE
            most = self.rng.randint(1, 1000) if whole else hold.amount
            amount = most if kind is AnswerKind.HELD or whole else self.rng.randint(1, max(1, most - 1))
        amount = self.pick([amount], [amount + 1, 0, amount])
        code = self.pick([int(kind is AnswerKind.REFUSED)], [0, 3])
        return (*key, int(kind), amount, code, *earlier, ZERO32)

    def earlier(self, key: Key, kind: AnswerKind, status: HoldStatus) -> Key:
        """The hold before: waited for, to wait for, or to go on from."""
        none = (ZERO32, ZERO32)
        hold = self.hold(key)
        link = self.say("Holds", "linkOf", hold_id(*key))
        others = [other for other in self.live() if other != key and self.hold(other)[:2] == hold[:2]]
        if kind in TAKES and status is HoldStatus.TURN:
            return self.pick([(link.earlierRequest, link.earlierTarget)], [none, *self.keys])  # type: ignore[no-any-return]
        goes_on = kind in TAKES and status not in HOLDING and others and self.rng.random() < self.chained
        if kind is AnswerKind.BEHIND or goes_on:
            queued = [o for o in others if self.say("Holds", "linkOf", hold_id(*o)).waiting]
            return self.pick(queued if queued and self.rng.random() < 0.3 else others, list(self.keys))  # type: ignore[no-any-return]
        return self.pick([none], [none, none, none, *self.keys])  # type: ignore[no-any-return]

    def check_answers(self) -> None:
        said = self.unchecked()
        key = self.pick(said, list(self.keys))
        bank = self.hold(key).institution
        same = [other for other in said if self.hold(other).institution == bank and other != key]
        keys = [key, *same[: self.rng.choice((0, 3))]]
        shown = [self.pick([self.seen(each)], [self.seen(each, later=1)]) for each in keys]
        self.act(self.by(self.checker(key)), "Holds", "check", shown, touched=keys)

    def seen(self, key: Key, later: int = 0) -> tuple[Any, ...]:
        """What a second officer sees of an answer, or would see of one after it."""
        hold, link = self.hold(key), self.say("Holds", "linkOf", hold_id(*key))
        return (*key, hold.state, hold.amount, hold.since, link.corrections + later)

    def unchecked(self) -> list[Key]:
        answered = [status for status in HoldStatus if HoldStatus.HELD <= status <= HoldStatus.TURN]
        return self.of(*answered, where=lambda hold: not hold.flags & HoldFlag.CHECKED)

    def credit(self) -> None:
        wide = HoldFlag.WHOLE | HoldFlag.LATER_CREDITS
        key = self.pick(self.of(*HOLDING, where=lambda hold: hold.flags & wide == wide), list(self.keys))
        amount = self.pick([self.rng.randint(1, 500)], [0, 2**96 - 1])
        self.act(self.by(self.teller(key)), "Holds", "credit", *key, amount, touched=[key])

    def confirm_release(self) -> None:
        ended = [status for status in HoldStatus if status >= HoldStatus.RELEASED]
        key = self.pick(self.of(*ended), list(self.keys))
        self.act(self.by(self.teller(key)), "Holds", "confirmRelease", *key, touched=[key])

    # Longer, less, again

    def send_again(self) -> None:
        key = self.pick(self.of(HoldStatus.UNREADABLE), list(self.keys))
        self.act(self.by(self.starter(key[0])), "Holds", "sendAgain", *key, b"\x08" * 32, 2, touched=[key])

    def renew(self) -> None:
        checked = self.of(*HOLDING, where=lambda hold: bool(hold.flags & HoldFlag.CHECKED))
        key = self.pick(checked, list(self.keys))
        longest = self.profile(key[0]).longest
        period = self.pick([self.rng.choice((DAY, longest // 3, longest))], [0, longest + 1])
        by = self.by(self.pick([self.renewer(key)], ["judge", "prosecutor"]))
        self.act(by, "Holds", "renew", *key, period, self.pick([PAPER], [ZERO32]), touched=[key])

    def release(self) -> None:
        key = self.pick(self.live(), list(self.keys))
        held = self.hold(key).amount
        part = self.rng.randint(1, max(1, held - 1))
        amount = self.pick([part, part, held], [0, held + 1])
        by = self.by(self.releaser(key[0], self.by_court(key)))
        self.act(by, "Holds", "release", *key, amount, self.pick([2], [0]), touched=[key])

    def record_hold(self) -> None:
        key = self.pick(self.of(*OVER, HoldStatus.WITHDRAWN), list(self.keys))
        self.act("stranger", "Holds", "recordLapse", *key, touched=[key])
