# SPDX-License-Identifier: Apache-2.0
"""Holds in memory: from the naming of a target to its end; here what lets go, lasts longer, goes back."""

# ruff: noqa: N802, N803 - the names are the contracts'

from __future__ import annotations

from concordat.assets.life import NEVER
from concordat.assets.states import HoldFlag, HoldState, ReleaseReason, RequestFlag
from concordat.membership.numbers import jurisdiction_of
from concordat.membership.powers import Power
from concordat.memory.assetstructs import FreezeProfile, Hold
from concordat.memory.freezerequests import FIRST_POWER
from concordat.memory.holdanswers import HoldAnswers
from concordat.memory.holdbook import UINT96, Key, hold_id
from concordat.memory.world import refuse

NO_LIMIT = 255


class Holds(HoldAnswers):
    """What institutions hold, how much, and until when."""

    # The requester, or the endorser in its place

    def sendAgain(self, request: bytes, target: bytes, message: bytes, keyVersion: int) -> None:
        """Send an unreadable message again."""
        key = (request, target)
        self.need(key)
        found = self.requests.need(request)
        theirs, _ = self.any_officer(self.requests.profile_of(request).starters << FIRST_POWER)
        if theirs != found.agency:
            refuse("NotOfRequester", officer=self.caller, theirs=theirs, agency=found.agency)
        status, binds = self.status(key), self.requests.status(request, self.now).binds
        if self.need(key).state != HoldState.UNREADABLE or not binds:
            refuse("HoldInStatus", hold=hold_id(key), holdStatus=int(status))
        flags = self.need(key).flags & ~HoldFlag.CHECKED
        self.change(key, state=int(HoldState.NAMED), since=self.now, until=self.now, flags=flags)
        self.emit("SentAgain", hold=hold_id(key), officer=self.caller, message=message, keyVersion=keyVersion)

    def renew(self, request: bytes, target: bytes, period: int, order: bytes) -> None:
        """Hold for longer, before the end."""
        key = (request, target)
        found = self.require_held(key, checked=True)
        if not any(order):
            refuse("EmptyOrder")
        profile = self.requests.profile_of(request)
        own = self.requests.need(request).flags & RequestFlag.OWN
        theirs, held = self._extender(found) if own else self._renewer(key, profile)
        until = found.until + period
        self._check_extension(key, period, profile) if own else self._check_renewal(key, period, profile)
        by_court = int(HoldFlag.BY_COURT) if held & Power.JUDGE else 0
        renewals = min(found.renewals + 1, NO_LIMIT)
        self.remember_renewer(key)
        self.change(key, until=until, renewals=renewals, flags=found.flags | by_court)
        self.emit("Renewed", hold=hold_id(key), agency=theirs, officer=self.caller, until=until, order=order)

    def release(self, request: bytes, target: bytes, amount: int, reason: int) -> None:
        """Let go of an amount, or of everything."""
        key = (request, target)
        self.need(key)
        theirs = self.requests.release_officer(request, self.by_court(key), hold_id(key))
        if not reason:
            refuse("NoReason")
        self.require_held(key)
        self._let_go(key, amount, reason, theirs)

    # Other contracts of the suite; whoever sends them as a transaction is refused

    def setObjected(self, request: bytes, target: bytes, objected: bool) -> None:
        """Refused: for Objections, by ``mark_objected``."""
        self.refuse_outsiders()

    def releaseOnReview(self, request: bytes, target: bytes, amount: int, officer: str) -> None:
        """Refused: for Objections, by ``release_on_review``."""
        self.refuse_outsiders()

    def dispose(self, request: bytes, target: bytes, toReturn: int, forfeited: int, officer: str) -> None:
        """Refused: for Objections, by ``dispose_of``."""
        self.refuse_outsiders()

    def payOut(self, request: bytes, target: bytes, amount: int) -> None:
        """Refused: for Restitution, by ``pay_out``."""
        self.refuse_outsiders()

    def mark_objected(self, key: Key, objected: bool) -> None:
        """One objection more awaits review, or one less, of a hold and all that continued it."""
        for each in self.chain_from(key):
            awaiting = self.link(each).objections + (1 if objected else -1)
            self.relink(each, objections=awaiting)
            flags = self.need(each).flags & ~HoldFlag.OBJECTED
            self.change(each, flags=flags | HoldFlag.OBJECTED if awaiting else flags)

    def release_on_review(self, key: Key, amount: int, reviewer: int) -> None:
        """An upheld objection lets go, whoever ordered the hold."""
        self.require_held(key)
        self._let_go(key, amount, int(ReleaseReason.OBJECTION), reviewer)

    def dispose_of(self, key: Key, to_return: int, forfeited: int) -> None:
        """A court decided on all that is held."""
        found = self.require_held(key)
        if self.pending(key):
            refuse("HoldInStatus", hold=hold_id(key), holdStatus=int(self.status(key)))
        given = to_return + forfeited
        if given > found.amount:
            refuse("SplitMisstated", hold=hold_id(key), given=min(given, UINT96), held=found.amount)
        self.add(key, forfeited=forfeited)
        self.finish(key, HoldState.DISPOSED)
        # What the court awarded stays until it is paid; whoever waits has his turn then.
        until = NEVER if to_return else self.now
        self.change(key, amount=to_return, until=until, flags=found.flags | HoldFlag.BY_COURT)
        self.emit(
            "Disposed",
            hold=hold_id(key),
            toReturn=to_return,
            forfeited=forfeited,
            released=found.amount - given,
        )

    def pay_out(self, key: Key, amount: int) -> None:
        """Money went back to a victim."""
        left = self.money(key).amount
        if not left:
            refuse("NothingToReturn", hold=hold_id(key))
        if not 0 < amount <= left:
            refuse("AmountMisstated", hold=hold_id(key), amount=amount, asked=left)
        self.add(key, returned=amount)
        until = self.need(key).until if amount < left else self.now
        self.change(key, amount=left - amount, until=until)
        self.emit("PaidOut", hold=hold_id(key), amount=amount, remaining=left - amount)

    # Within

    def _let_go(self, key: Key, amount: int, reason: int, theirs: int) -> None:
        found = self.need(key)
        if not 0 < amount <= found.amount:
            refuse("AmountMisstated", hold=hold_id(key), amount=amount, asked=found.amount)
        self.change(key, amount=found.amount - amount)
        if amount == found.amount:
            self.change(key, code=reason)
            self.finish(key, HoldState.RELEASED)
        self.emit(
            "Released", hold=hold_id(key), agency=theirs, officer=self.caller, amount=amount, reason=reason
        )

    def _extender(self, found: Hold) -> tuple[int, int]:
        """Who lets an institution's own hold last longer: its second officer."""
        theirs = self.officer(Power.CHECK)
        if theirs != found.institution:
            refuse("NotTheInstitution", theirs=theirs, institution=found.institution)
        return theirs, 0

    def _renewer(self, key: Key, profile: FreezeProfile) -> tuple[int, int]:
        theirs, held = self.any_officer(profile.renewers << FIRST_POWER)
        request = self.requests.need(key[0])
        entitled = profile.endorser if request.flags & RequestFlag.FOREIGN else request.agency
        outside = held & (Power.JUDGE | Power.PROPOSE)
        if theirs != entitled and not (outside and jurisdiction_of(theirs) == request.jurisdiction):
            refuse("NotOfRequester", officer=self.caller, theirs=theirs, agency=request.agency)
        if held & Power.JUDGE:
            self.require_court(theirs)
        return theirs, held

    def _check_extension(self, key: Key, period: int, profile: FreezeProfile) -> None:
        in_all = self.need(key).until + period - self.begun(key)
        if not 0 < period <= profile.ownTotal or self.need(key).until + period > NEVER:
            refuse("PeriodBeyondProfile", period=period, longest=profile.ownTotal)
        if in_all > profile.ownTotal:
            refuse("TotalBeyondProfile", heldInAll=in_all, total=profile.ownTotal)

    def _check_renewal(self, key: Key, period: int, profile: FreezeProfile) -> None:
        found = self.need(key)
        if not 0 < period <= profile.longest or found.until + period > NEVER:
            refuse("PeriodBeyondProfile", period=period, longest=profile.longest)
        if profile.renewals != NO_LIMIT and found.renewals >= profile.renewals:
            refuse("TooManyRenewals", hold=hold_id(key), most=profile.renewals)
        before = self.link(key).heldBefore if found.flags & HoldFlag.LINKED else 0
        in_all = before + found.until + period - self.begun(key)
        if profile.total and in_all > profile.total:
            refuse("TotalBeyondProfile", heldInAll=in_all, total=profile.total)
