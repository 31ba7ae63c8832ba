# SPDX-License-Identifier: Apache-2.0
"""Tips in memory: leads under a key made for one of them, and their reward."""

# ruff: noqa: N802, N803 - the names are the contracts'

from __future__ import annotations

from concordat.assets.returnstates import TipState
from concordat.membership.powers import Power
from concordat.memory.agencies import AgencyRegistry
from concordat.memory.assetground import Contract, fields, hashed
from concordat.memory.assetstructs import NOTHING, Tip
from concordat.memory.tables import Tables
from concordat.memory.world import World, refuse

TIP = {"Tip": fields("uint32 agency,bytes32 message,uint40 deadline")}
CLAIM = {"RewardClaim": fields("bytes32 tip,bytes32 payee,uint40 deadline")}


class Tips(Contract):
    """Tips by id."""

    NAME = "Tips"

    def __init__(self, world: World, tables: Tables, agencies: AgencyRegistry) -> None:
        super().__init__(world, tables, agencies)
        self._tips = self.table()
        self._payees = self.table()

    def submit(
        self,
        agency: int,
        tipster: str,
        message: bytes,
        keyVersion: int,
        deadline: int,
        signature: bytes,
    ) -> bytes:
        """Take a tip to an agency."""
        if not any(message):
            refuse("EmptyMessage")
        if not self.kind_of(agency):
            refuse("NoSuchAgency", agency=agency)
        signed = {"agency": agency, "message": message, "deadline": deadline}
        self.require_signed(TIP, signed, tipster, signature)
        tip = _id(agency, tipster, message)
        if tip in self._tips:
            refuse("AlreadySubmitted", tip=tip)
        self._tips[tip] = Tip(agency=agency, state=int(TipState.SUBMITTED), submittedAt=self.now)
        self.emit("TipSubmitted", tip=tip, agency=agency, message=message, keyVersion=keyVersion)
        return tip

    def judge(self, tip: bytes, actionable: bool, decision: bytes) -> None:
        """Whether it is worth acting on."""
        found = self._in_state(tip, TipState.SUBMITTED)
        self._of_agency(self.officer(Power.REQUEST), found)
        _require(decision)
        state = TipState.ACTIONABLE if actionable else TipState.NOT_ACTIONABLE
        self._tips[tip] = found._replace(state=int(state))
        self.emit("TipJudged", tip=tip, officer=self.caller, actionable=actionable, decision=decision)

    def grant(self, tip: bytes, currency: int, reward: int) -> None:
        """Grant a reward."""
        found = self._in_state(tip, TipState.ACTIONABLE)
        self._of_agency(self.any_officer(int(Power.RATIFY | Power.RATIFY_HIGH))[0], found)
        if not reward:
            refuse("NoReward")
        self._tips[tip] = found._replace(state=int(TipState.REWARDED), currency=currency, reward=reward)
        self.emit("RewardGranted", tip=tip, officer=self.caller, currency=currency, reward=reward)

    def claim(
        self, agency: int, tipster: str, message: bytes, payee: bytes, deadline: int, signature: bytes
    ) -> None:
        """The tipster says, as a commitment, where to pay."""
        tip = _id(agency, tipster, message)
        self._in_state(tip, TipState.REWARDED)
        _require(payee)
        if tip in self._payees:
            refuse("AlreadyClaimed", tip=tip)
        self.require_signed(CLAIM, {"tip": tip, "payee": payee, "deadline": deadline}, tipster, signature)
        self._payees[tip] = payee
        self.emit("RewardClaimed", tip=tip, payee=payee)

    def markPaid(self, tip: bytes, paymentHash: bytes) -> None:
        """The reward was paid."""
        found = self._in_state(tip, TipState.REWARDED)
        self._of_agency(self.officer(Power.DISTRIBUTE), found)
        if tip not in self._payees:
            refuse("NotClaimed", tip=tip)
        _require(paymentHash)
        self._tips[tip] = found._replace(state=int(TipState.PAID))
        self.emit("RewardPaid", tip=tip, officer=self.caller, paymentHash=paymentHash)

    def tipOf(self, tip: bytes) -> Tip:
        """A tip; all zero if there is none."""
        found: Tip = self._tips.get(tip, Tip())
        return found

    def payeeOf(self, tip: bytes) -> bytes:
        """Where to pay, as a commitment; zero before it is claimed."""
        found: bytes = self._payees.get(tip, NOTHING)
        return found

    def _in_state(self, tip: bytes, wanted: TipState) -> Tip:
        found = self.tipOf(tip)
        if found.state != wanted:
            refuse("TipInState", tip=tip, tipState=found.state)
        return found

    def _of_agency(self, theirs: int, found: Tip) -> None:
        if theirs != found.agency:
            refuse("NotOfAgency", theirs=theirs, agency=found.agency)


def _id(agency: int, tipster: str, message: bytes) -> bytes:
    return hashed(("uint32", "address", "bytes32"), agency, tipster, message)


def _require(document: bytes) -> None:
    if not any(document):
        refuse("EmptyHash")
