# SPDX-License-Identifier: Apache-2.0
"""What is done with a request for assistance: the Chinese police asks, Malaysia is asked.

`ACTS` has every act by the officer who usually does it; `bring_to` makes a request of any state.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from brownie import web3
from eth_abi import encode

from tests.contracts.assets.impersonation import as_module
from tests.contracts.clock import block_at, now, pass_time
from tests.contracts.cooperation.stage import MESSAGE, PAPER, TH, Kind
from tests.contracts.nodes import try_calls
from tests.contracts.suite import CN, DAY, HOUR, MY, ZERO32, Suite

TREATY, CONVENTION, RECIPROCITY, POLICE = range(1, 5)
STATUS = (
    *("None", "Submitted", "NotPassedOn", "Sent", "Received", "Assigned", "SupplementAsked", "Accepted"),
    *("AcceptedWithConditions", "Postponed", "Executing", "Partial", "Fulfilled", "Confirmed", "Disputed"),
    *("DisputeLost", "Refused", "Withdrawn", "OverdueAtHome", "OverdueReceipt", "Overdue", "Stale"),
)
NUMBER = {name: number for number, name in enumerate(STATUS)}
DIRECT, WISHED, GRANTED, BEYOND_CAP, FORWARDED, ASSIGNED_LATE = (1 << bit for bit in range(6))
ACQUISITION, FREEZE_REQUEST, HOLD, DOCUMENT = range(1, 5)
YES, NO, IN_PART = range(1, 4)
FORMAL_DEFECT, OTHER_GROUND = 8, 9

PROMISE, SECRET, THEIR_SECRET = b"\x31" * 32, b"\x32" * 32, b"\x33" * 32
PROMISED = (14 * DAY, 90 * DAY, DAY, 7 * DAY)
BETWEEN_POLICE = (24 * HOUR, 72 * HOUR, 2 * HOUR, 8 * HOUR)
"""Acknowledge and answer within; the same where it is urgent."""
AGREED = {
    Kind.EVIDENCE: (10 * DAY, 60 * DAY, 0, 0),
    Kind.PRESERVE_DATA: (DAY, 5 * DAY, 2 * HOUR, 24 * HOUR),
}
AGREED_USE = 1 | 8
PASS_ON, PASS_ON_URGENT, SUPPLEMENT_WITHIN, LONGEST = 7 * DAY, DAY, 60 * DAY, 180 * DAY


# Agreements


def usual_agreements(suite: Suite) -> None:
    """A convention between China, Malaysia and Thailand, in force."""
    terms = [(kind, *times, AGREED_USE, 1) for kind, times in AGREED.items()]
    parties = {CN: "cn_transmitter", MY: "my_transmitter", TH: "th_transmitter"}
    suite.modules["convention"] = agree(suite, CONVENTION, terms, parties)


def agree(suite: Suite, basis: int, terms: Sequence[Any], parties: Mapping[int, str]) -> bytes:
    """Propose, accept and ratify an agreement; its thread."""
    draft: tuple[Any, ...] = (
        PAPER,
        sorted(parties),
        basis,
        b"ASEAN".ljust(32, b"\0"),
        2,
        90 * DAY,
        0,
        0,
        False,
        terms,
        [],
    )
    officers = [{"from": suite.actors[officer]} for officer in parties.values()]
    proposed = suite.agreements.propose(draft, officers[0]).events["Proposed"]
    thread, version = bytes(proposed["thread"]), bytes(proposed["version"])
    for officer in officers[1:]:
        suite.agreements.accept(thread, version, officer)
    for officer in officers:
        suite.agreements.ratify(thread, version, PAPER, 0, ZERO32, officer)
    return thread


# Asking


def order(name: str = "an order", **changes: Any) -> tuple[Any, ...]:
    """An AssistanceOrder; `name` makes its commitment."""
    values = {
        "kind": Kind.EVIDENCE,
        "to": MY,
        "agency": 0,
        "basis": RECIPROCITY,
        "agreement": PROMISE,
        "urgency": 0,
        "channel": 0,
        "forum": 0,
        "methods": 0,
        "presence": False,
        "checklist": ZERO32,
        "order": bytes(web3.keccak(text=name)),
        "message": MESSAGE,
        "secret": SECRET,
    }
    assert changes.keys() <= values.keys()
    return tuple((values | changes).values())


def direct_order(suite: Suite, name: str = "an order", **changes: Any) -> tuple[Any, ...]:
    """Information, from police to police."""
    usual = {
        "kind": Kind.POLICE_INFORMATION,
        "agency": suite.ids["my_police"],
        "basis": POLICE,
        "agreement": ZERO32,
    }
    return order(name, **(usual | changes))


def request_id(agency: int, given: Sequence[Any]) -> bytes:
    return bytes(web3.keccak(encode(["uint32", "bytes32"], [agency, given[11]])))


def ask(
    suite: Suite, given: Sequence[Any] | None = None, by: str = "cn_asker", agency: str = "cn_police"
) -> bytes:
    given = given or order()
    suite.assistance.ask(given, {"from": suite.actors[by]})
    return request_id(suite.ids[agency], given)


@dataclass(frozen=True)
class Act:
    """A function of a module and its arguments after the request; a function among them makes its own.

    Attributes:
        officer: who usually does it; the name of a module where only a contract may.
    """

    module: str
    function: str
    officer: str
    given: tuple[Any, ...] = ()

    def __call__(self, suite: Suite, request: bytes) -> Any:
        """The transaction."""
        sender = as_module(suite.panels) if self.officer == "panels" else suite.actors[self.officer]
        return self._called(suite)(request, *self._values(suite), {"from": sender})

    def would(self, suite: Suite, request: bytes, *officers: str) -> list[str]:
        """What would come of it now, for each of these or the usual officer: DONE or the error's name."""
        senders = [getattr(suite, officer) for officer in officers or (self.officer,)]
        data = self._called(suite).encode_input(request, *self._values(suite))
        return try_calls(senders, suite.modules[self.module], data)

    def _called(self, suite: Suite) -> Any:
        return getattr(suite.modules[self.module], self.function)

    def _values(self, suite: Suite) -> list[Any]:
        return [one(suite) if callable(one) else one for one in self.given]


def _by(module: str, function: str, officer: str, *given: Any) -> Act:
    return Act(module, function, officer, given)


def _by_panel(state: str) -> Act:
    return Act("assistance", "advance", "panels", (NUMBER[state], 0, False))


def police_of_malaysia(suite: Suite) -> int:
    return suite.ids["my_police"]


def in_thirty_days(suite: Suite) -> int:
    return now() + 30 * DAY


REFERENCE = [(DOCUMENT, 0, PAPER)]
ACTS: dict[str, Act] = {
    "passOn": _by("assistance", "passOn", "cn_transmitter", MESSAGE),
    "declineToPassOn": _by("assistance", "declineToPassOn", "cn_transmitter", 1),
    "acknowledge": _by("assistance", "acknowledge", "my_transmitter", THEIR_SECRET),
    "assign": _by("assistance", "assign", "my_transmitter", police_of_malaysia, MESSAGE),
    "supplement": _by("assistance", "supplement", "cn_asker", MESSAGE),
    "withdraw": _by("assistance", "withdraw", "cn_asker", 1),
    "accept": _by("answers", "accept", "my_answerer", ZERO32, False),
    "acceptWithConditions": _by("answers", "accept", "my_answerer", PAPER, False),
    "askSupplement": _by("answers", "askSupplement", "my_answerer", MESSAGE),
    "postpone": _by("answers", "postpone", "my_answerer", in_thirty_days, 1, MESSAGE),
    "begin": _by("answers", "begin", "my_answerer"),
    "refuse": _by("answers", "refuse", "my_answerer", FORMAL_DEFECT, MESSAGE),
    "answerInPart": _by("answers", "answer", "my_answerer", False, 0, REFERENCE, MESSAGE),
    "answer": _by("answers", "answer", "my_answerer", True, 0, REFERENCE, MESSAGE),
    "confirm": _by("answers", "confirm", "cn_asker"),
    "dispute": _by_panel("Disputed"),
    "panelUpholds": _by_panel("DisputeLost"),
    "panelDismisses": _by_panel("Confirmed"),
    "panelLeaves": _by_panel("Fulfilled"),
}
"""Every act but asking and what changes no state, by whoever usually does it."""


Wait = Callable[[Suite, bytes], None]


def _after(seconds: int) -> Wait:
    def wait(suite: Suite, request: bytes) -> None:
        pass_time(seconds)

    return wait


def _past(field: int) -> Wait:
    """Until one second after a deadline of the struct Assistance."""

    def wait(suite: Suite, request: bytes) -> None:
        block_at(suite.assistance.requestOf(request)[field] + 1)

    return wait


(FROM, RECEIVER, EXECUTOR, KIND, STATE, URGENCY, FLAGS, SENT_AT, ACKNOWLEDGE_BY, ANSWER_BY) = range(10)
(PAUSED_AT, CHANGED_AT, ACKNOWLEDGED_AT, ANSWERED_AT, GROUND, FORUM, METHODS_AT) = range(10, 17)
"""Fields of the struct Assistance."""

WAITS: dict[str, Wait] = {
    "pastReceipt": _past(ACKNOWLEDGE_BY),
    "pastAnswer": _past(ANSWER_BY),
    "pastSupplement": _after(SUPPLEMENT_WITHIN + 1),
    "pastPostponement": _after(30 * DAY),
}
_SENT = ("passOn",)
_ASSIGNED = (*_SENT, "acknowledge", "assign")
_ACCEPTED = (*_ASSIGNED, "accept")
_FULFILLED = (*_ACCEPTED, "begin", "answer")
PATHS: dict[str, tuple[str, ...]] = {
    "Submitted": (),
    "NotPassedOn": ("declineToPassOn",),
    "Sent": _SENT,
    "Received": (*_SENT, "acknowledge"),
    "Assigned": _ASSIGNED,
    "SupplementAsked": (*_ASSIGNED, "askSupplement"),
    "Accepted": _ACCEPTED,
    "AcceptedWithConditions": (*_ASSIGNED, "acceptWithConditions"),
    "Postponed": (*_ASSIGNED, "postpone"),
    "Postponed, accepted": (*_ACCEPTED, "postpone"),
    "Postponed, executing": (*_ACCEPTED, "begin", "postpone"),
    "Postponed, in part": (*_ACCEPTED, "answerInPart", "postpone"),
    "Executing": (*_ACCEPTED, "begin"),
    "Partial": (*_ACCEPTED, "answerInPart"),
    "Fulfilled": _FULFILLED,
    "Confirmed": (*_FULFILLED, "confirm"),
    "Disputed": (*_FULFILLED, "dispute"),
    "DisputeLost": (*_FULFILLED, "dispute", "panelUpholds"),
    "Refused": (*_ASSIGNED, "refuse"),
    "Withdrawn": (*_SENT, "withdraw"),
    "OverdueAtHome": ("pastReceipt",),
    "OverdueReceipt": (*_SENT, "pastReceipt"),
    "Overdue, sent": (*_SENT, "pastAnswer"),
    "Overdue, received": (*_SENT, "acknowledge", "pastAnswer"),
    "Overdue, assigned": (*_ASSIGNED, "pastAnswer"),
    "Overdue, accepted": (*_ACCEPTED, "pastAnswer"),
    "Overdue, executing": (*_ACCEPTED, "begin", "pastAnswer"),
    "Overdue, in part": (*_ACCEPTED, "answerInPart", "pastAnswer"),
    "Stale": (*_ASSIGNED, "askSupplement", "pastSupplement"),
    "Assigned, postponement over": (*_ASSIGNED, "postpone", "pastPostponement"),
    "Executing, postponement over": (*_ACCEPTED, "begin", "postpone", "pastPostponement"),
}
"""How a request comes to be what the first word says."""


def bring_to(suite: Suite, path: str, given: Sequence[Any] | None = None) -> bytes:
    """A request of Chinese police to Malaysia that went that way."""
    request = ask(suite, given)
    do(suite, request, *PATHS[path])
    return request


def do(suite: Suite, request: bytes, *acts: str) -> Any:
    """The acts, one after the other; the last one's transaction."""
    tx = None
    for act in acts:
        tx = WAITS[act](suite, request) if act in WAITS else ACTS[act](suite, request)
    return tx


def status(suite: Suite, request: bytes, at: int | None = None) -> str:
    return STATUS[suite.assistance.statusAt(request, now() if at is None else at)]


def told(suite: Suite, request: bytes, field: int) -> int:
    return int(suite.assistance.requestOf(request)[field])


def hexed(request: bytes) -> str:
    return "0x" + request.hex()
