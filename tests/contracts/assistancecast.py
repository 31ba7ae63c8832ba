# SPDX-License-Identifier: Apache-2.0
"""The part of the stage of cast.py that is about requests for assistance and their answers.

The police of Malaysia asks Singapore, and its bank directly; Singapore's authority asks Malaysia. For each
function there are arguments with which it succeeds for whoever may call it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from brownie import web3

from tests.contracts.clock import now
from tests.contracts.cooperation.assistance.acts import (
    ACQUISITION,
    FORMAL_DEFECT,
    NUMBER,
    POLICE,
    REFERENCE,
    SECRET,
    THEIR_SECRET,
    order,
    request_id,
)
from tests.contracts.cooperation.stage import MESSAGE, PAPER, Kind
from tests.contracts.freezecast import Calls, of
from tests.contracts.suite import ASK, CN, DAY, MY, SG, ZERO32, Suite

ASKER, EXECUTOR = "officer with ASK", "officer with ANSWER"
TRANSMITTER, SG_ASKER = "transmitter", "sg asker"
APPOINTED = {SG_ASKER: ("sg_authority", ASK)}
"""Beside those of cast.py and agreementcast.py: agency and power."""


def assistance_calls(suite: Suite, root: bytes) -> Calls:
    """Arguments with which each succeeds; `root` is an acquisition of Malaysia's police."""
    for officer, (agency, power) in APPOINTED.items():
        suite.appoint(agency, officer, power)
    return _requests(suite) | _answers(suite, root)


def _sender(suite: Suite, officer: str) -> dict[str, Any]:
    return {"from": suite.actors[officer]}


def _asked(suite: Suite, name: str, by: str = ASKER, **changes: Any) -> bytes:
    """Of Singapore by Malaysia's police, unless it is said otherwise."""
    given = order(f"order for {name}", secret=bytes(web3.keccak(text=name)), **({"to": SG} | changes))
    suite.assistance.ask(given, _sender(suite, by))
    return request_id(suite.ids["my_police" if by == ASKER else "sg_authority"], given)


def _with_the_bank(suite: Suite, name: str, *acts: tuple[Any, ...]) -> bytes:
    """Asked of the bank directly and, with any act, acknowledged there: a function and its arguments each."""
    direct = {"kind": Kind.POLICE_INFORMATION, "basis": POLICE, "agreement": ZERO32}
    request = _asked(suite, name, agency=suite.ids["sg_bank"], **direct)
    if acts:
        suite.assistance.acknowledge(request, THEIR_SECRET, _sender(suite, "teller"))
    for function, *given in acts:
        if function:
            getattr(suite.answers, function)(request, *given, _sender(suite, "teller"))
    return request


def _excludable(suite: Suite, root: bytes) -> tuple[bytes, int, bytes, bytes]:
    """Singapore was given an acquisition; what its court needs to exclude it."""
    police = suite.ids["my_police"]
    request = _asked(suite, "evidence", SG_ASKER, kind=Kind.DATA_EXCHANGE, to=MY, agency=police)
    suite.assistance.acknowledge(request, THEIR_SECRET, _sender(suite, EXECUTOR))
    given: Sequence[Any] = [(ACQUISITION, police, root)]
    suite.answers.answer(request, True, 0, given, MESSAGE, _sender(suite, EXECUTOR))
    return (request, police, root, PAPER)


def _requests(suite: Suite) -> Calls:
    submitted = _asked(suite, "submitted")
    sent, received = (_asked(suite, name, SG_ASKER, to=MY) for name in ("sent", "received"))
    suite.assistance.acknowledge(received, THEIR_SECRET, _sender(suite, TRANSMITTER))
    direct, assigned = _with_the_bank(suite, "direct"), _with_the_bank(suite, "assigned", ("",))
    supplement = _with_the_bank(suite, "supplement", ("askSupplement", MESSAGE))
    given: dict[str, tuple[Any, ...]] = {
        "ask": (order("a new order", to=CN, secret=SECRET),),
        "passOn": (submitted, MESSAGE),
        "declineToPassOn": (submitted, 1),
        "acknowledge": (sent, THEIR_SECRET),
        "assign": (received, suite.ids["my_police"], MESSAGE),
        "forward": (direct, suite.ids["sg_payer"], MESSAGE),
        "supplement": (supplement, MESSAGE),
        "withdraw": (submitted, 1),
        "confirmReceipt": (assigned, MESSAGE),
        "advance": (assigned, NUMBER["Accepted"], 0, False),
        "postpone": (assigned, now() + DAY),
    }
    return of("AssistanceRequests", given)


def _answers(suite: Suite, root: bytes) -> Calls:
    assigned = _with_the_bank(suite, "to be answered", ("",))
    accepted = _with_the_bank(suite, "accepted", ("accept", ZERO32, False))
    fulfilled = _with_the_bank(suite, "fulfilled", ("answer", True, 0, REFERENCE, MESSAGE))
    given: dict[str, tuple[Any, ...]] = {
        "accept": (assigned, ZERO32, False),
        "askSupplement": (assigned, MESSAGE),
        "postpone": (assigned, now() + DAY, 1, MESSAGE),
        "begin": (accepted,),
        "refuse": (assigned, FORMAL_DEFECT, MESSAGE),
        "answer": (assigned, True, 0, REFERENCE, MESSAGE),
        "confirm": (fulfilled,),
        "recordExclusion": _excludable(suite, root),
    }
    return of("AssistanceAnswers", given)
