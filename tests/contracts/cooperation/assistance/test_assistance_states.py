# SPDX-License-Identifier: Apache-2.0
"""Every act in every state: the table says what follows; whatever it does not name is refused."""

from __future__ import annotations

import pytest

from tests.contracts.cooperation.assistance.acts import (
    ACTS,
    ANSWERED_AT,
    CHANGED_AT,
    DIRECT,
    FLAGS,
    GROUND,
    PATHS,
    PAUSED_AT,
    STATUS,
    THEIR_SECRET,
    WAITS,
    Act,
    ask,
    bring_to,
    direct_order,
    do,
    hexed,
    status,
    told,
)
from tests.contracts.cooperation.stage import MESSAGE
from tests.contracts.nodes import DONE
from tests.contracts.reverts import reverts
from tests.contracts.suite import Suite

CLOCK = {"askSupplement": "SupplementAsked", "postpone": "Postponed"}
BACK = {"withdraw": "Withdrawn"}
PARTS = {"answerInPart": "Partial", "answer": "Fulfilled"}
FINAL = PARTS | {"refuse": "Refused"}
ACCEPTING = {"accept": "Accepted", "acceptWithConditions": "AcceptedWithConditions"}
BEGIN = {"begin": "Executing"}
ASSIGN = {"assign": "Assigned"}
ASSIGNED = ACCEPTING | FINAL | CLOCK | BACK
ACCEPTED = BEGIN | FINAL | CLOCK | BACK
EXECUTING = FINAL | CLOCK | BACK
PARTIAL = PARTS | CLOCK | BACK
SENDING = {"passOn": "Sent", "declineToPassOn": "NotPassedOn"}


def without_clock(acts: dict[str, str]) -> dict[str, str]:
    return {act: after for act, after in acts.items() if act not in CLOCK}


LATE = {
    "assign": "Overdue",
    "answerInPart": "Overdue",
    "accept": "Overdue",
    "acceptWithConditions": "Overdue",
}
LATE |= {"begin": "Overdue", "acknowledge": "Overdue"}
"""What is done too late without an end stays overdue."""


def late(acts: dict[str, str]) -> dict[str, str]:
    return {act: LATE.get(act, after) for act, after in without_clock(acts).items()}


TABLE: dict[str, dict[str, str]] = {
    "Submitted": SENDING | BACK,
    "NotPassedOn": {},
    "Sent": {"acknowledge": "Received"} | BACK,
    "Received": ASSIGN | BACK,
    "Assigned": ASSIGN | ASSIGNED,
    "SupplementAsked": {"supplement": "Assigned", "refuse": "Refused"} | BACK,
    "Accepted": ACCEPTED,
    "AcceptedWithConditions": ACCEPTED,
    "Postponed": ASSIGNED,
    "Postponed, accepted": ACCEPTED,
    "Postponed, executing": EXECUTING,
    "Postponed, in part": PARTIAL,
    "Executing": EXECUTING,
    "Partial": PARTIAL,
    "Fulfilled": {"confirm": "Confirmed", "dispute": "Disputed"},
    "Confirmed": {},
    "Disputed": {"panelUpholds": "DisputeLost", "panelDismisses": "Confirmed", "panelLeaves": "Fulfilled"},
    "DisputeLost": {},
    "Refused": {},
    "Withdrawn": {},
    "OverdueAtHome": SENDING | BACK,
    "OverdueReceipt": {"acknowledge": "Received"} | BACK,
    "Overdue, sent": late({"acknowledge": ""}) | BACK,
    "Overdue, received": late(ASSIGN) | BACK,
    "Overdue, assigned": late(ASSIGN | ASSIGNED),
    "Overdue, accepted": late(ACCEPTED),
    "Overdue, executing": late(EXECUTING),
    "Overdue, in part": late(PARTIAL),
    "Stale": {"refuse": "Refused"} | BACK,
    "Assigned, postponement over": ASSIGNED,
    "Executing, postponement over": EXECUTING,
}
"""By path: the acts that are possible, and the status after each."""
EXECUTOR_ACTS = {*ACCEPTING, *CLOCK, *FINAL, *BEGIN}
NOBODY_ASSIGNED = {"Submitted", "NotPassedOn", "Sent", "Received", "Withdrawn", "OverdueAtHome"}
NOBODY_ASSIGNED |= {"OverdueReceipt", "Overdue, sent", "Overdue, received"}


def refusal(path: str, act: str) -> str:
    nobody = path in NOBODY_ASSIGNED and act in EXECUTOR_ACTS
    return "NotTheExecutor" if nobody else "AssistanceInStatus"


def test_every_path_and_every_act_is_in_the_table() -> None:
    assert set(TABLE) == set(PATHS)
    assert {act for row in TABLE.values() for act in row} == set(ACTS)


def test_every_status_is_reached() -> None:
    reached = {path.split(",")[0] for path in PATHS}
    assert reached == set(STATUS) - {"None"}


@pytest.mark.parametrize("path", PATHS)
def test_a_path_leads_there(suite: Suite, path: str) -> None:
    assert status(suite, bring_to(suite, path)) == path.split(",")[0]


@pytest.mark.parametrize("path", PATHS)
def test_what_the_table_does_not_name_is_refused(suite: Suite, path: str) -> None:
    request = bring_to(suite, path)
    for name, act in ACTS.items():
        expected = DONE if name in TABLE[path] else refusal(path, name)
        assert act.would(suite, request) == [expected], name


@pytest.mark.parametrize(("path", "act"), [(path, act) for path in TABLE for act in TABLE[path]])
def test_what_follows(suite: Suite, path: str, act: str) -> None:
    request = bring_to(suite, path)
    stood = told(suite, request, PAUSED_AT)
    tx = do(suite, request, act)
    assert status(suite, request) == TABLE[path][act]
    assert told(suite, request, CHANGED_AT) == tx.timestamp
    standing = TABLE[path][act] in ("SupplementAsked", "Postponed")
    kept = path == "Stale"  # since when it stood, so that nothing of that time is covered
    assert told(suite, request, PAUSED_AT) == (tx.timestamp if standing else stood if kept else 0)
    if act in (*PARTS, "refuse"):
        assert told(suite, request, ANSWERED_AT) == tx.timestamp
    assert bool(told(suite, request, GROUND)) == (act == "refuse")


def test_the_refusal_says_what_it_is(suite: Suite) -> None:
    request = bring_to(suite, "Stale")
    with reverts("AssistanceInStatus", hexed(request), 21):
        do(suite, request, "supplement")


BY_POLICE = ACTS | {
    "acknowledge": Act("assistance", "acknowledge", "my_answerer", (THEIR_SECRET,)),
    "forward": Act(
        "assistance", "forward", "my_answerer", (lambda suite: suite.ids["my_prosecutor"], MESSAGE)
    ),
}
DIRECT_ACTS = ("acknowledge", "assign", "forward", "passOn", "withdraw", "accept")
DIRECT_TABLE = {
    (): {"acknowledge", "forward", "withdraw"},
    ("acknowledge",): {"forward", "withdraw", "accept"},
    ("acknowledge", "accept"): {"withdraw"},
    ("acknowledge", "askSupplement"): {"withdraw"},
    ("acknowledge", "pastReceipt"): {"withdraw", "accept"},
    ("pastReceipt",): {"acknowledge", "assign", "withdraw"},
    ("pastReceipt", "assign"): {"withdraw", "accept"},
    ("pastAnswer",): {"acknowledge", "assign", "withdraw"},
    ("acknowledge", "pastAnswer"): {"assign", "withdraw", "accept"},
    ("acknowledge", "accept", "pastAnswer"): {"withdraw"},
    ("withdraw",): set(),
}
"""Acts that were done with a direct request: which of `DIRECT_ACTS` follow."""


@pytest.mark.parametrize("done", DIRECT_TABLE)
def test_a_direct_request_skips_the_authorities(suite: Suite, done: tuple[str, ...]) -> None:
    """Sent at once and assigned with its acknowledgement; the authority there gets it once it is late."""
    request = ask(suite, direct_order(suite))
    assert told(suite, request, FLAGS) == DIRECT
    for act in done:
        (WAITS | BY_POLICE)[act](suite, request)
    for name in DIRECT_ACTS:
        (outcome,) = BY_POLICE[name].would(suite, request)
        assert (outcome == DONE) == (name in DIRECT_TABLE[done]), name
