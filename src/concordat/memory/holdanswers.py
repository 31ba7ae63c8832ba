# SPDX-License-Identifier: Apache-2.0
"""The institution's side of Holds in memory: answers, and the chains of holds on one account."""

# ruff: noqa: N802 - the names are the contracts'

from __future__ import annotations

from collections.abc import Sequence

from concordat.assets.life import HOLDINGS, OUTCOMES, chained_until
from concordat.assets.states import HoldFlag, HoldState, HoldStatus, ReleaseReason, RequestFlag
from concordat.assets.words import AnswerKind, Measure
from concordat.membership.powers import Power
from concordat.memory.assetstructs import NOTHING, Hold
from concordat.memory.holdbook import UINT96, Fields, HoldBook, Key, hold_id
from concordat.memory.world import refuse

MOST_WAITING = 8
MOST_STOPS, MOST_SECONDS = 255, (1 << 32) - 1
"""Nobody counts further, which is more than any law allows."""
_NO_EARLIER: Key = (NOTHING, NOTHING)
_ANSWERABLE = frozenset(
    {
        HoldStatus.OPEN,
        HoldStatus.DELIVERED,
        HoldStatus.ACKNOWLEDGED,
        HoldStatus.OVERDUE,
        HoldStatus.UNREADABLE,
        HoldStatus.TURN,
    }
)
_CORRECTABLE = frozenset(HoldStatus[state.name] for state in OUTCOMES)
#: After which states an answer that decides nothing may come.
_MAY_FOLLOW = {
    AnswerKind.DELIVERED: {HoldState.NAMED},
    AnswerKind.ACKNOWLEDGED: {HoldState.NAMED, HoldState.DELIVERED},
}
_STATES = {
    kind: HoldState.WAITING if kind is AnswerKind.BEHIND else HoldState[kind.name] for kind in AnswerKind
}
_ENDED = (
    HoldStatus.RELEASED,
    HoldStatus.CONTINUED,
    HoldStatus.DISPOSED,
    HoldStatus.EXPIRED,
    HoldStatus.LAPSED,
    HoldStatus.WITHDRAWN,
)


class HoldAnswers(HoldBook):
    """What officers of the institution do."""

    def answer(self, answers: Sequence[Fields]) -> None:
        """Answer one or many, all or none."""
        theirs = self.officer(Power.ANSWER)
        for each in answers:
            key = (each["request"], each["target"])
            self.institution(key, theirs)
            self._answer(key, each)

    def check(self, seen: Sequence[Fields]) -> None:
        """Confirm outcomes of another officer, as they were seen and no others."""
        theirs = self.officer(Power.CHECK)
        for each in seen:
            key = (each["request"], each["target"])
            self._check(key, self.institution(key, theirs), each)

    def credit(self, request: bytes, target: bytes, amount: int) -> None:
        """More came in and is held too."""
        key = (request, target)
        found = self.own_officer(key, Power.ANSWER)
        self.require_held(key)
        if not found.flags & HoldFlag.WHOLE or not found.flags & HoldFlag.LATER_CREDITS:
            refuse("NoLaterCredits", hold=hold_id(key))
        if not amount or self.flow(key).held + amount > UINT96:
            refuse("AmountMisstated", hold=hold_id(key), amount=amount, asked=found.amount)
        held = self.change(key, amount=found.amount + amount).amount
        self.add(key, held=amount)
        self.emit("Credited", hold=hold_id(key), officer=self.caller, amount=amount, held=held)

    def confirmRelease(self, request: bytes, target: bytes) -> None:
        """A release was carried out."""
        key = (request, target)
        found, status = self.own_officer(key, Power.ANSWER), self.status(key)
        unpaid = status is HoldStatus.DISPOSED and found.amount
        if status not in _ENDED or unpaid or not self.begun(key):
            refuse("HoldInStatus", hold=hold_id(key), holdStatus=int(status))
        self.emit("ReleaseConfirmed", hold=hold_id(key), officer=self.caller)

    # One answer

    def _answer(self, key: Key, answer: Fields) -> None:
        found = self.hold(key)
        if answer["kind"] not in set(AnswerKind):
            refuse("NotAnAnswer", kind=answer["kind"])
        kind = AnswerKind(answer["kind"])
        self._require_may_follow(key, found, kind)
        self._check_values(key, found, kind, answer)
        earlier = (answer["earlierRequest"], answer["earlierTarget"])
        named = hold_id(earlier) if earlier != _NO_EARLIER else NOTHING
        if found.state > HoldState.ACKNOWLEDGED:
            self.relink(key, corrections=self.link(key).corrections + 1)
        if found.state in HOLDINGS:
            self._correct(key, kind, answer, named)
            return
        self._check_earlier(key, found, kind, earlier)
        # A lapse that was recorded has freed its place already.
        if found.state == HoldState.WAITING and not found.flags & HoldFlag.LAPSE_RECORDED:
            self.leave_queue(key)
        self._write(key, kind, answer, earlier)
        until = self.hold(key).until
        self.answered(key, kind, answer["amount"], until, answer["code"], named, answer["detail"])

    def _correct(self, key: Key, kind: AnswerKind, answer: Fields, named: bytes) -> None:
        """Another amount for what is held and not checked yet; since when and until when stay."""
        if any(named):
            refuse("EarlierMisstated", earlier=named)
        found, flow = self.hold(key), self.flow(key)
        if flow.held != found.amount and flow.held - found.amount + answer["amount"] > UINT96:
            refuse("AmountMisstated", hold=hold_id(key), amount=answer["amount"], asked=found.amount)
        self.change(key, state=int(_STATES[kind]), amount=answer["amount"])
        self.add(key, held=answer["amount"] - found.amount)
        self.answered(key, kind, answer["amount"], found.until, 0, named, answer["detail"])

    def _require_may_follow(self, key: Key, found: Hold, kind: AnswerKind) -> None:
        status = self.status(key)
        unchecked = not found.flags & HoldFlag.CHECKED
        correctable = unchecked and (status in _CORRECTABLE or (status.holds and kind.takes))
        follows = found.state in _MAY_FOLLOW.get(kind, {found.state})
        if not follows or not (status in _ANSWERABLE or correctable):
            refuse("HoldInStatus", hold=hold_id(key), holdStatus=int(status))

    def _check_values(self, key: Key, found: Hold, kind: AnswerKind, answer: Fields) -> None:
        amount, whole = answer["amount"], found.flags & HoldFlag.WHOLE
        if bool(answer["code"]) != (kind is AnswerKind.REFUSED):
            refuse("RefusalCode", code=answer["code"])
        fits = amount == 0
        if kind.takes:
            part = kind is AnswerKind.HELD_PART
            fits = amount > 0 if whole else 0 < amount < found.amount if part else amount == found.amount
        if not fits:
            refuse("AmountMisstated", hold=hold_id(key), amount=amount, asked=found.amount)

    def _check_earlier(self, key: Key, found: Hold, kind: AnswerKind, earlier: Key) -> None:
        named = hold_id(earlier)
        # Whose turn it is names what it waited for, so that no time is lost from the count.
        turn = kind.takes and self.status(key) is HoldStatus.TURN
        if turn and earlier != self.waited_for(key):
            refuse("EarlierMisstated", earlier=named)
        if earlier == _NO_EARLIER:
            if kind is AnswerKind.BEHIND:
                refuse("EarlierMisstated", earlier=named)
            return
        other = self.hold(earlier)
        same_account = other.institution == found.institution and other.currency == found.currency
        holds = self.status(earlier).holds
        may_name = kind.takes or kind is AnswerKind.BEHIND
        lasts = holds and not self.pending(earlier)
        if not may_name or earlier == key or not same_account or not (lasts or turn):
            refuse("EarlierMisstated", earlier=named)

    def _write(self, key: Key, kind: AnswerKind, answer: Fields, earlier: Key) -> None:
        found, state = self.hold(key), _STATES[kind]
        # What was overdue is answered now.
        flags = found.flags & ~(HoldFlag.CHECKED | HoldFlag.LINKED | HoldFlag.LAPSE_RECORDED)
        flags |= HoldFlag.LINKED if earlier != _NO_EARLIER else 0
        if kind.takes:
            until = self.now + self.requests.need(key[0]).period
            if earlier != _NO_EARLIER:
                lasts = self.status(earlier).holds
                if lasts:
                    self._require_continuable(key, earlier, answer["amount"])
                    self._reserve_earlier(key, earlier)
                until = self._count_before(key, earlier)
                if lasts:
                    self.relink(key, pending=True)
                    self.emit("Continuing", hold=hold_id(key), earlier=hold_id(earlier))
            self.change(key, flags=flags, code=0)
            self.take(key, state, answer["amount"], until)
            return
        self.change(key, state=int(state), since=self.now, flags=flags, code=answer["code"])
        if kind is AnswerKind.BEHIND:
            self._join_queue(key, earlier)

    # Chains

    def _require_continuable(self, key: Key, earlier: Key, amount: int) -> None:
        """An answer ends what the same agency or the institution ordered, and lets go of nothing by it."""
        request, before = self.requests.need(key[0]), self.requests.need(earlier[0])
        if before.agency != request.agency and not before.flags & RequestFlag.OWN:
            refuse("EarlierMisstated", earlier=hold_id(earlier))
        standing = self.need(earlier).amount
        if amount < standing:
            refuse("AmountMisstated", hold=hold_id(key), amount=amount, asked=standing)
        if self.by_court(earlier) and not request.flags & RequestFlag.BY_COURT:
            refuse("CourtOrdered", subject=hold_id(earlier))

    def _reserve_earlier(self, key: Key, earlier: Key) -> None:
        """One answer at a time continues a hold; it has the time for its check."""
        reserved = self.link(earlier).reservedUntil
        if self.now <= reserved:
            refuse("AlreadyContinuing", earlier=hold_id(earlier), until=reserved)
        self.relink(earlier, reservedUntil=self.now + self.requests.profile_of(key[0]).checkWithin)

    def _count_before(self, key: Key, earlier: Key) -> int:
        """Count time and stops of the hold before; the end of the one that comes after it."""
        request, link = self.requests.need(key[0]), self.link(earlier)
        profile = self.requests.profile_of(key[0])
        ended = min(self.now, self.end(earlier))
        before = min(link.heldBefore + ended - self.begun(earlier), MOST_SECONDS)
        was_stop = self.requests.need(earlier[0]).measure == Measure.STOP_PAYMENT
        stops = min(link.stopsBefore + was_stop, MOST_STOPS)
        with_this = min(stops + (request.measure == Measure.STOP_PAYMENT), MOST_STOPS)
        if profile.stops and with_this > profile.stops:
            refuse("TooManyStops", hold=hold_id(key), stops=with_this, most=profile.stops)
        if profile.total and before >= profile.total:
            refuse("NothingLeft", hold=hold_id(key), heldBefore=before, total=profile.total)
        self.relink(
            key,
            earlierRequest=earlier[0],
            earlierTarget=earlier[1],
            heldBefore=before,
            stopsBefore=stops,
            heldSince=self.now,
        )
        return chained_until(self.now, request.period, before, profile.total)

    def _take_over(self, key: Key) -> None:
        """End the hold that this one continues, now that it is confirmed; its objections go along."""
        earlier, amount = self.waited_for(key), 0
        was = self.need(earlier)
        if self.status(earlier).holds:
            self._require_continuable(key, earlier, self.need(key).amount)
            amount = was.amount
            self.change(earlier, amount=0)
            self.finish(earlier, HoldState.CONTINUED)
        elif was.state not in HOLDINGS:
            let_go = was.state == HoldState.RELEASED and was.code != ReleaseReason.OBJECTION
            if not let_go:
                refuse("EarlierMisstated", earlier=hold_id(earlier))
        objections = self.link(earlier).objections
        self.relink(key, objections=self.link(key).objections + objections, pending=False)
        if objections:
            self.change(key, flags=self.need(key).flags | HoldFlag.OBJECTED)
        self.continue_by(earlier, key)
        self.emit("Continued", hold=hold_id(earlier), by=hold_id(key), amount=amount)

    def _join_queue(self, key: Key, earlier: Key) -> None:
        waiting = self.link(earlier).waiting
        if waiting >= MOST_WAITING:
            refuse("QueueFull", earlier=hold_id(earlier), most=MOST_WAITING)
        self.relink(earlier, waiting=waiting + 1)
        self.relink(key, earlierRequest=earlier[0], earlierTarget=earlier[1])

    # The second pair of eyes

    def _check(self, key: Key, found: Hold, seen: Fields) -> None:
        if found.flags & HoldFlag.CHECKED:
            refuse("AlreadyChecked", hold=hold_id(key))
        if found.state not in OUTCOMES | HOLDINGS:
            refuse("NothingToCheck", hold=hold_id(key))
        status = self.status(key)
        if not (status in _CORRECTABLE or status.holds or status is HoldStatus.TURN):
            refuse("HoldInStatus", hold=hold_id(key), holdStatus=int(status))
        stands = {
            "state": found.state,
            "amount": found.amount,
            "since": found.since,
            "corrections": self.link(key).corrections,
        }
        if any(seen[name] != value for name, value in stands.items()):
            refuse("OtherThanSeen", hold=hold_id(key), holdState=stands.pop("state"), **stands)
        self.change(key, flags=found.flags | HoldFlag.CHECKED)
        if found.state in HOLDINGS and self.pending(key):
            self._take_over(key)
        self.emit("Checked", hold=hold_id(key), institution=found.institution, officer=self.caller)
