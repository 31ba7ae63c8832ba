# SPDX-License-Identifier: Apache-2.0
"""What a life of freezes draws from: who may do it mostly, what fits mostly, sometimes not."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from brownie import web3

from concordat.assets.returnstates import PlanState
from concordat.assets.states import HoldFlag, HoldStatus, ObjectionStatus, RequestFlag, RequestStatus
from concordat.assets.values.commitments import hold_id
from tests.contracts.assets.stage import target_of
from tests.contracts.suite import DAY, HOUR
from tests.stateful.driver import Life
from tests.stateful.freezes import HOLDING, Key, Purse, name_of, turning_points
from tests.stateful.manycalls import Question
from tests.stateful.twins import DONE, Twins

GAPS = (1, 1, 1, 5, 60)
BY: dict[str, dict[str, str]] = {"hold": {"pay": "payOut"}, "request": {}, "plan": {}, "objection": {}}
"""What docs/states.md calls an act where it tells of such a thing."""
JUMPS = (20 * 60, HOUR, HOUR, 5 * HOUR, DAY, 3 * DAY, 12 * DAY, 31 * DAY)


class NothingThere(Exception):
    """To draw from."""


class Drawn(Life):
    """A life of freezes: what there is, who does what, and what is remembered of it.

    Attributes:
        keys: every hold that was opened, with the account commitment behind its target.
        moved: every step that was seen, by kind of thing.
        tried: what was tried in which status by whoever may do it; could: what of it would have been done.
    """

    care = 0.9
    stage: ClassVar[Twins]
    moved: ClassVar[dict[str, set[tuple[str, str, str]]]]
    tried: ClassVar[dict[str, set[tuple[str, str]]]]
    could: ClassVar[dict[str, set[tuple[str, str]]]]

    def begin(self) -> None:
        self.twins = copy.copy(self.stage)
        self.twins.double = copy.deepcopy(self.stage.double)
        self.purse = Purse()
        self.requests: list[bytes] = []
        self.keys: dict[Key, bytes] = {}
        self.accounts: dict[bytes, bytes] = {}
        self.plans: list[bytes] = []
        self.claims: dict[bytes, list[bytes]] = {}
        self.count = 0
        self.done: Counter[str] = Counter()

    # What there is

    def say(self, contract: str, function: str, *arguments: Any) -> Any:
        return self.twins.say(contract, function, arguments)

    def hold(self, key: Key) -> Any:
        return self.say("Holds", "holdOf", hold_id(*key))

    def status(self, key: Key, at: int | None = None) -> HoldStatus:
        """At the next second, when the next act may be."""
        return HoldStatus(self.say("Holds", "statusAt", *key, at or self.twins.time + 1))

    def request_of(self, request: bytes) -> Any:
        return self.say("FreezeRequests", "requestOf", request)

    def request_status(self, request: bytes, at: int | None = None) -> RequestStatus:
        return RequestStatus(self.say("FreezeRequests", "statusAt", request, at or self.twins.time + 1))

    def profile(self, request: bytes) -> Any:
        found = self.request_of(request)
        return self.say("FreezeProfiles", "profileAt", found.key, found.profileVersion)

    def of(self, *wanted: HoldStatus, where: Callable[[Any], bool] = lambda hold: True) -> list[Key]:
        return [key for key in self.keys if self.status(key) in wanted and where(self.hold(key))]

    def asked(self, *wanted: RequestStatus) -> list[bytes]:
        return [request for request in self.requests if self.request_status(request) in wanted]

    def live(self) -> list[Key]:
        return self.of(*HOLDING)

    def name(self, number: int) -> str:
        return next(name for name, known in self.suite.ids.items() if known == number)

    def pick(self, fitting: Sequence[Any], every: Sequence[Any]) -> Any:
        """Mostly one that fits."""
        if not fitting and not every:
            raise NothingThere
        return self.rng.choice(fitting if fitting and self.rng.random() < self.care else every)

    def word(self, what: str) -> bytes:
        """Thirty-two bytes that nobody used before."""
        self.count += 1
        return bytes(web3.keccak(text=f"{what} {self.count}"))

    # Who

    def at_home(self, request: bytes) -> bool:
        return self.name(self.request_of(request).agency) != "my_police"

    def by_court(self, key: Key) -> bool:
        flags = self.request_of(key[0]).flags & RequestFlag.BY_COURT
        return bool(flags or self.hold(key).flags & HoldFlag.BY_COURT)

    def teller(self, key: Key) -> str:
        return "payer_teller" if self.name(self.hold(key).institution) == "sg_payer" else "teller"

    def checker(self, key: Key) -> str:
        return "payer_checker" if self.name(self.hold(key).institution) == "sg_payer" else "checker"

    def ratifier(self, request: bytes) -> str:
        return "high_ratifier" if self.at_home(request) else "my_high_ratifier"

    def renewer(self, key: Key) -> str:
        if self.request_of(key[0]).flags & RequestFlag.OWN:
            return self.checker(key)
        return "high_ratifier" if self.at_home(key[0]) else "unit_ratifier"

    def releaser(self, request: bytes, court: bool) -> str:
        if court:
            return "judge"
        agency = self.name(self.request_of(request).agency)
        return {"sg_bank": "bank_releaser", "my_police": "my_releaser"}.get(agency, "releaser")

    def starter(self, request: bytes) -> str:
        return "requester" if self.at_home(request) else "my_requester"

    def account_holder(self) -> Any:
        return self.suite.actors["account holder"]

    # What was done

    def act(
        self, by: str, contract: str, function: str, *arguments: Any, touched: Sequence[Key] = ()
    ) -> tuple[Any, ...]:
        """Do it to both twins, compare, remember.

        Args:
            by: who sends it.
            contract: by name.
            function: of it.
            arguments: of it.
            touched: the holds that it is about.

        Returns:
            The events; none if it was refused.
        """
        at = self.twins.time + self.rng.choice(GAPS)
        before = self.standing(at)
        found, events = self.twins.send(self.suite.actors[by], contract, function, arguments, at)
        self.told.append(f"{self.twins.time} {function}({_short(arguments)}) by {by}: {found.name}")
        self.outcomes[function, found.name] += 1
        self.newest = list(touched)
        if found != DONE:
            return ()
        self.purse.hear(events)
        self.done[function] += 1
        for event in events:
            self.remember(event)
        if self.twins.time == at:  # else time did something too
            self.compare_standing(before, self.about(contract, function, arguments, touched), function)
        return events

    def about(
        self, contract: str, function: str, arguments: Sequence[Any], touched: Sequence[Key]
    ) -> set[tuple[str, Any]]:
        """Of what docs/states.md tells such an act."""
        holds = {("hold", key) for key in touched}
        if contract == "Restitution":
            return {("plan", arguments[0]), *holds}
        if function == "recordOverdue":
            return {("objection", (touched[0], arguments[2]))}
        return (
            {("objection", (touched[0], self.objections(touched[0]))), *holds}
            if function == "review"
            else holds
        )

    def remember(self, event: Any) -> None:
        args = event.args
        if event.name == "FreezeRequested":
            self.requests.append(args["request"])
        if event.name == "TargetNamed":
            self.keys[args["request"], args["target"]] = self.accounts[args["target"]]
            self.newest.append((args["request"], args["target"]))
        if event.name == "PlanOpened":
            self.plans.append(args["plan"])
            self.claims[args["plan"]] = []

    def time_passes(self) -> None:
        """A while, or to the second before a deadline: the next act is at the deadline, or just too late."""
        present = self.twins.time
        to = present + self.rng.choice(JUMPS[:5] if self.rng.random() < 0.8 else JUMPS)
        if self.keys and self.rng.random() < 0.6:
            soon = self.points(self.rng.choice(list(self.keys)))[:3]
            to = self.rng.choice(soon) if soon and soon[-1] - present < 40 * DAY else to
        self.pass_to(to)

    def pass_to(self, moment: int) -> None:
        """What changes by it, time did."""
        if moment <= self.twins.time:
            return
        before = self.standing(self.twins.time)
        self.twins.pass_to(moment)
        self.told.append(f"{self.twins.time} time passes")
        self.newest = []
        self.compare_standing(before, set(), "time")

    def standing(self, at: int) -> dict[tuple[str, Any], str]:
        """The status of everything at a time, by what it is."""
        found: dict[tuple[str, Any], str] = {
            ("hold", key): name_of(self.status(key, at)) for key in self.keys
        }
        found |= {("request", one): name_of(self.request_status(one, at)) for one in self.requests}
        found |= {("plan", one): name_of(PlanState(self.plan_of(one).state)) for one in self.plans}
        for key in self.keys:
            for number in range(1, self.objections(key) + 1):
                status = ObjectionStatus(self.say("Objections", "statusAt", *key, number, at))
                found["objection", (key, number)] = name_of(status)
        return found

    def compare_standing(self, before: Any, about: set[tuple[str, Any]], function: str) -> None:
        """Remember each step: of whatever changed, and of what the act was about."""
        for what, status in self.standing(self.twins.time).items():
            was = before.get(what, "Absent")
            if was != status or what in about:
                self.moved[what[0]].add((was, BY[what[0]].get(function, function), status))

    def objections(self, key: Key) -> int:
        return int(self.say("Objections", "objectionCount", hold_id(*key)))

    def plan_of(self, plan: bytes) -> Any:
        return self.say("Restitution", "planOf", plan)

    def points(self, key: Key) -> list[int]:
        request = self.request_of(key[0])
        return turning_points(self.hold(key), request, self.profile(key[0]), self.twins.time)

    # What to ask

    def account(self) -> bytes:
        """A new target; behind it an account commitment and the key of a notice."""
        commitment = self.word("an account")
        named = target_of(commitment, self.account_holder())
        self.accounts[named] = commitment
        return named

    def questions(self, key: Key, later: Sequence[int]) -> list[Question]:
        hold = hold_id(*key)
        return [
            *(Question("Holds", "statusAt", (*key, at)) for at in later),
            *(Question("Holds", "balanceAt", (*key, at)) for at in later),
            Question("Holds", "holdOf", (hold,)),
            Question("Holds", "linkOf", (hold,)),
            Question("Holds", "replyBy", key),
            Question("Holds", "returnable", key),
            Question("Objections", "objectionCount", (hold,)),
        ]


def _short(value: Any) -> str:
    if isinstance(value, bytes):
        return "0x" + value.hex()[:8]
    if isinstance(value, list | tuple):
        return ", ".join(_short(each) for each in value)
    return str(value)[:12]
