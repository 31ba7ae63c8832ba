# SPDX-License-Identifier: Apache-2.0
"""What has to happen in a life of freezes, whatever else does: plots, led to their ends between others."""

from __future__ import annotations

from collections.abc import Callable

from concordat.assets.values.commitments import hold_id
from concordat.assets.words import AnswerKind, AssetClass, Measure
from tests.contracts.suite import DAY
from tests.stateful.freezeacts import AWAITED, PENDING
from tests.stateful.freezedraws import NothingThere
from tests.stateful.freezereturns import Returning

Act = Callable[[], None]
SAYINGS = (
    *(kind for kind in AnswerKind if AnswerKind.NOT_FOUND <= kind <= AnswerKind.REFUSED),
    *(AnswerKind.DELIVERED, AnswerKind.ACKNOWLEDGED),
)


class Plotted(Returning):
    """Acts that are led to somewhere."""

    said = -1
    failed = 0
    again = False
    plot: list[Act]

    def plots(self) -> tuple[list[Act], ...]:
        holds: list[Act] = [self.at_home_asked, self.ratify, self.take]
        asked, goes_on = holds[:2], [self.go_on]
        returned: list[Act] = [self.enter, self.object_claim, self.decide_objection, self.decide, self.pay]
        receipts: list[Act] = [self.confirm, self.pay, self.confirm_on_paper, self.close]
        queued: list[Act] = [*asked, self.wait, self.first_ends, self.turn_taken, self.confirm_release]
        late: list[Act] = [self.object, self.review_is_late, self.review, self.record_review]
        abroad: list[Act] = [self.abroad_asked, self.decline, self.abroad_asked, self.endorse, self.ratify]
        return (
            [*holds, *holds, self.propose, self.dispose, self.open_plan, *returned, *receipts],
            [*holds, *queued, *queued, self.it_ends],
            [self.hold_own, self.check_answers, *asked, *goes_on, self.credit, *asked, *goes_on, self.renew],
            [
                *holds,
                *late,
                self.object,
                self.review,
                self.at_home_asked,
                self.withdraw,
                self.at_home_asked,
                self.it_lapses,
            ],
            [
                *abroad,
                self.say_each,
                self.send_again,
                self.say_each,
                self.withdraw,
                *holds,
                self.take_part,
                self.it_ends,
            ],
        )

    def follow(self, plot: int) -> None:
        """The plot's next act, as it should be done; what others undid meanwhile is begun again, once."""
        if not self.plot:
            return
        before = self.done.total()
        self.care = 1.0
        try:
            self.plot[0]()
        except NothingThere:
            pass
        finally:
            del self.care
            self.wanted, self.chained = None, Plotted.chained
        self.failed = 0 if self.done.total() > before else self.failed + 1
        if self.failed == 0 or (self.failed > 2 and self.again):
            self.plot.pop(0)
        elif self.failed > 2:
            self.again, self.plot = True, list(self.plots()[plot])

    def at_home_asked(self) -> None:
        given = self.order(Measure.FREEZE, AssetClass.SECURITIES, 30 * DAY)
        targets = [self.target("sg_bank") for _ in range(3)]
        self.act("requester", "FreezeRequests", "request", given, targets)

    def abroad_asked(self) -> None:
        given = self.order(Measure.STOP_PAYMENT, AssetClass.SECURITIES, 2 * DAY)
        targets = [self.target("sg_bank") for _ in range(len(SAYINGS))]
        self.act("my_requester", "FreezeRequests", "request", given, targets)

    def take(self) -> None:
        self.wanted, self.chained = AnswerKind.HELD, 0
        self.answer()
        self.second_eyes()

    def take_part(self) -> None:
        """Less than was asked, because there is less."""
        self.wanted, self.chained = AnswerKind.HELD_PART, 0
        self.answer()
        self.second_eyes()

    def go_on(self) -> None:
        self.wanted, self.chained = AnswerKind.HELD, 1
        self.answer()
        self.second_eyes()

    def turn_taken(self) -> None:
        self.wanted = AnswerKind.HELD
        self.take_turn()
        self.second_eyes()

    def wait(self) -> None:
        self.wanted = AnswerKind.BEHIND
        self.answer()
        self.second_eyes()

    def second_eyes(self) -> None:
        """At once: time would make nothing of it."""
        self.check()
        self.check_answers()

    def say_each(self) -> None:
        """Whatever else an institution may say, in turn."""
        for key in self.of(*AWAITED)[-len(SAYINGS) :]:
            self.said += 1
            self.wanted = SAYINGS[self.said % len(SAYINGS)]
            self.act(self.teller(key), "Holds", "answer", [self.an_answer(key)], touched=[key])

    def first_ends(self) -> None:
        """The hold before one that waits."""
        for key in self.live():
            if self.say("Holds", "linkOf", hold_id(*key)).waiting:
                by, held = self.releaser(key[0], self.by_court(key)), self.hold(key).amount
                self.act(by, "Holds", "release", *key, held, 2, touched=[key])

    def it_ends(self) -> None:
        """Some hold, by time alone."""
        for key in self.live():
            self.pass_to(self.hold(key).until)
            self.act("stranger", "Holds", "recordLapse", *key, touched=[key])
            return

    def it_lapses(self) -> None:
        """A request that nobody ratified."""
        for request in self.asked(*PENDING):
            found = self.request_of(request)
            if not found.ratifiedAt:
                self.pass_to(found.requestedAt + found.ratifyWithin + 1)
                self.act("stranger", "FreezeRequests", "recordLapse", request)
                return

    def review_is_late(self) -> None:
        for key in self.pending():
            number = self.objections(key)
            self.pass_to(self.say("Objections", "reviewBy", *key, number) + 1)
            self.record_review()
            return
