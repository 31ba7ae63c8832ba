# SPDX-License-Identifier: Apache-2.0
"""The part of the stage of cast.py that is about agreements, appraisals, grants and tasks.

Agreements are between China and Malaysia; all else is the police of Malaysia's (`officer with ...`), with
that of China (`officer of another agency`). For each function there are arguments with which it succeeds for
whoever may call it.
"""

from __future__ import annotations

from typing import Any

from concordat.cooperation.words import AppraisalField, Handling, Purpose
from tests.contracts.clock import now
from tests.contracts.cooperation.agreeing import (
    agreed,
    bits,
    counter,
    draft,
    obligation,
    propose,
    ratify,
    version_id,
)
from tests.contracts.cooperation.stage import MESSAGE, PAPER, Kind
from tests.contracts.freezecast import Calls, of
from tests.contracts.suite import DAY, MY, TRANSMIT, ZERO32, Suite

NO_TEAM = ZERO32
SUBJECTS = tuple(bytes([number]) * 32 for number in range(0x61, 0x65))


def agreement_calls(suite: Suite) -> Calls:
    """Arguments with which each succeeds for whoever may call it."""
    suite.appoint("my_authority", "transmitter", TRANSMIT)
    return _agreements(suite) | _appraisals(suite) | _grants(suite) | _tasks(suite)


def _agreements(suite: Suite) -> Calls:
    thread, version = propose(suite, draft())
    counter(suite, thread, version, draft(notice=0))
    awaiting = agreed(suite, draft(notice=DAY))
    given = draft(notice=2 * DAY, obligations=[obligation(debtor=MY)])
    binding = agreed(suite, given)
    ratify(suite, binding, "my", reserved=[Kind.EVIDENCE])
    ratify(suite, binding, "cn")
    calls: dict[str, tuple[Any, ...]] = {
        "propose": (draft(text=PAPER),),
        "counter": (thread, version, draft(text=PAPER)),
        "accept": (thread, version),
        "ratify": (awaiting, version_id(awaiting, draft(notice=DAY)), PAPER, 0, ZERO32),
        "withdrawReservation": (binding, bits(Kind.EVIDENCE)),
        "withdraw": (binding, PAPER),
        "perform": (binding, 0, PAPER),
    }
    return of("AgreementRegistry", calls)


def _appraisals(suite: Suite) -> Calls:
    body, field, until = suite.ids["my_police"], AppraisalField.ELECTRONIC_DATA, now() + 90 * DAY
    suite.appraisals.accredit(body, field, until, PAPER, {"from": suite.my_authority})
    question = (body, field, PAPER, now() + 30 * DAY, MESSAGE)
    asked = suite.appraisals.ask(*question, {"from": suite.actors["officer with ASK"]}).return_value
    calls: dict[str, tuple[Any, ...]] = {
        "accredit": (body, field, until, PAPER),
        "endAccreditation": (body, field),
        "ask": (body, field, PAPER, now() + 30 * DAY, PAPER),
        "opine": (asked, PAPER, MESSAGE),
        "decline": (asked, 1),
    }
    return of("Appraisals", calls)


def _grants(suite: Suite) -> Calls:
    until = now() + 30 * DAY
    scope = (PAPER, 1, Purpose.INVESTIGATION, Handling.GREEN, until)
    by_own = {"from": suite.actors["officer with LEAD"]}
    by_foreign = {"from": suite.actors["officer of another agency"]}
    given = suite.sharing.grant(suite.ids["cn_police"], *scope, by_own).return_value
    received = suite.sharing.grant(suite.ids["my_police"], *scope, by_foreign).return_value
    calls: dict[str, tuple[Any, ...]] = {
        "grant": (suite.ids["sg_police"], *scope),
        "revoke": (given,),
        "forward": (received, suite.ids["sg_police"], 1, Purpose.INVESTIGATION, until),
    }
    return of("Sharing", calls)


def _tasks(suite: Suite) -> Calls:
    """The police of Malaysia gives itself something to do, as one unit gives it another."""
    due, by_leader = now() + 30 * DAY, {"from": suite.actors["officer with LEAD"]}
    ours = suite.ids["my_police"]
    assigned, accepted, joined = (
        suite.tasks.assign(NO_TEAM, ours, subject, due, MESSAGE, by_leader).return_value
        for subject in SUBJECTS[:3]
    )
    suite.tasks.accept(accepted, {"from": suite.actors["officer with ANSWER"]})
    calls: dict[str, tuple[Any, ...]] = {
        "assign": (NO_TEAM, suite.ids["my_court"], SUBJECTS[3], due, MESSAGE),
        "accept": (assigned,),
        "complete": (accepted, PAPER),
        "decline": (assigned, 1),
        "cancel": (assigned,),
        "consolidate": (assigned, [joined]),
    }
    return of("Tasks", calls)
