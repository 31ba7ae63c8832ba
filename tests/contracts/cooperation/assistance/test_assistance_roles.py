# SPDX-License-Identifier: Apache-2.0
"""Every function of requests, answers and mandates against every officer of every country.

The row says who succeeds and what those hear who have the power in another agency; all others hear
NotAuthorised. Nothing is sent: each cell is an `eth_call`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pytest

from tests.contracts.cooperation.assistance.acts import (
    ACTS,
    Act,
    ask,
    bring_to,
    direct_order,
    in_thirty_days,
    order,
)
from tests.contracts.cooperation.assistance.test_answers import FOR_CHINA, ROOT, RULING, answer, collected
from tests.contracts.cooperation.stage import COUNTRIES, HANDS, MESSAGE
from tests.contracts.nodes import DONE, try_calls
from tests.contracts.suite import ANSWER, ASK, JUDGE, OBJECT, TRANSMIT, Suite

MODULES = ("assistance", "answers", "mandates")
OFFICERS = {
    f"{country}_{officer}": (f"{country}_{agency}", power)
    for country in COUNTRIES
    for agency, officer, power in HANDS
    if agency != "lab"
}
OTHERS = (
    "stranger",
    "cn_police",
    "my_police",
    "my_authority",
    "cn_authority",
    "collector",
    "panels",
    "agencies",
)
CONCERNED = {"cn_police", "cn_authority", "my_police", "my_authority"}


def holding(*powers: int) -> set[str]:
    return {officer for officer, (_, power) in OFFICERS.items() if power in powers}


def of(agency: str, *powers: int) -> set[str]:
    return {officer for officer in holding(*powers) if OFFICERS[officer][0] == agency}


@dataclass(frozen=True)
class Row:
    """One function at a moment at which it is open to somebody."""

    path: str
    act: Act
    powers: tuple[int, ...]
    done: Iterable[str]
    others: str = DONE

    def expected(self, actor: str) -> str:
        if actor in self.done:
            return DONE
        return self.others if actor in holding(*self.powers) else "NotAuthorised"


def asking(suite: Suite) -> tuple[object, ...]:
    return order("another")


EXECUTOR = of("my_police", ANSWER)
ASKER = of("cn_police", ASK, OBJECT)
TABLE = {
    "passOn": Row("Submitted", ACTS["passOn"], (TRANSMIT,), {"cn_transmitter"}, "NotTheAuthority"),
    "declineToPassOn": Row(
        "Submitted", ACTS["declineToPassOn"], (TRANSMIT,), {"cn_transmitter"}, "NotTheAuthority"
    ),
    "acknowledge": Row(
        "Sent",
        ACTS["acknowledge"],
        (ANSWER, TRANSMIT),
        of("my_authority", ANSWER, TRANSMIT),
        "NotTheReceiver",
    ),
    "assign": Row(
        "Received",
        ACTS["assign"],
        (ANSWER, TRANSMIT),
        of("my_authority", ANSWER, TRANSMIT),
        "NotTheAuthority",
    ),
    "supplement": Row("SupplementAsked", ACTS["supplement"], (ASK, OBJECT), ASKER, "NotTheAsker"),
    "withdraw": Row("Assigned", ACTS["withdraw"], (ASK, OBJECT), ASKER, "NotTheAsker"),
    "confirmReceipt": Row(
        "Assigned",
        Act("assistance", "confirmReceipt", "cn_asker", (MESSAGE,)),
        (ANSWER, ASK, TRANSMIT),
        {who for who in holding(ANSWER, ASK, TRANSMIT) if OFFICERS[who][0] in CONCERNED},
        "NotYourRequest",
    ),
    "accept": Row("Assigned", ACTS["accept"], (ANSWER,), EXECUTOR, "NotTheExecutor"),
    "askSupplement": Row("Assigned", ACTS["askSupplement"], (ANSWER,), EXECUTOR, "NotTheExecutor"),
    "postpone": Row("Assigned", ACTS["postpone"], (ANSWER,), EXECUTOR, "NotTheExecutor"),
    "begin": Row("Accepted", ACTS["begin"], (ANSWER,), EXECUTOR, "NotTheExecutor"),
    "refuse": Row("Assigned", ACTS["refuse"], (ANSWER,), EXECUTOR, "NotTheExecutor"),
    "answer": Row("Assigned", ACTS["answer"], (ANSWER,), EXECUTOR, "NotTheExecutor"),
    "confirm": Row("Fulfilled", ACTS["confirm"], (ASK, OBJECT), ASKER, "NotTheAsker"),
}
"""`ask`, `forward` and `recordExclusion` and what only modules do have tests of their own below."""
APART = {"ask", "forward", "recordExclusion", "advance", "AssistanceRequests.postpone"}


def everybody(suite: Suite) -> list[str]:
    return [*OFFICERS, *OTHERS]


def outcomes(suite: Suite, module: str, data: str) -> dict[str, str]:
    names = everybody(suite)
    found = try_calls([getattr(suite, name) for name in names], suite.modules[module], data)
    return dict(zip(names, found, strict=True))


@pytest.mark.parametrize("name", TABLE)
def test_each_may_do_what_is_his(suite: Suite, name: str) -> None:
    row = TABLE[name]
    request = bring_to(suite, row.path)
    found = dict(zip(everybody(suite), row.act.would(suite, request, *everybody(suite)), strict=True))
    assert found == {actor: row.expected(actor) for actor in found}


def test_whoever_may_ask_asks_for_his_own_agency(suite: Suite) -> None:
    found = outcomes(suite, "assistance", suite.assistance.ask.encode_input(asking(suite)))
    at_home = of("my_police", ASK) | of("my_prosecutor", ASK)
    expected = {actor: DONE if actor in holding(ASK) else "NotAuthorised" for actor in found}
    assert found == expected | dict.fromkeys(at_home, "AskedAtHome")


def test_a_direct_receiver_forwards(suite: Suite) -> None:
    request = ask(suite, direct_order(suite))
    data = suite.assistance.forward.encode_input(request, suite.ids["my_prosecutor"], MESSAGE)
    found = outcomes(suite, "assistance", data)
    row = Row("", ACTS["accept"], (ANSWER,), EXECUTOR, "NotTheReceiver")
    assert found == {actor: row.expected(actor) for actor in found}


def test_a_court_of_the_asker_excludes(suite: Suite) -> None:
    request = bring_to(suite, "Accepted", order(**FOR_CHINA))
    answer(suite, request, collected(suite))
    police = suite.ids["my_police"]
    found = outcomes(
        suite, "answers", suite.answers.recordExclusion.encode_input(request, police, ROOT, RULING)
    )
    row = Row("", ACTS["accept"], (JUDGE,), {"cn_judge"}, "NotACourtOf")
    assert found == {actor: row.expected(actor) for actor in found}


def test_states_are_moved_by_modules_alone(suite: Suite) -> None:
    request = bring_to(suite, "Fulfilled")
    ruling = outcomes(suite, "assistance", suite.assistance.advance.encode_input(request, 14, 0, False))
    assert ruling == dict.fromkeys(ruling, "NotTheModule") | {"panels": DONE}
    pausing = suite.assistance.postpone.encode_input(request, in_thirty_days(suite))
    assert set(outcomes(suite, "assistance", pausing).values()) == {"NotTheModule"}
    assert try_calls([suite.answers], suite.assistance, pausing) == ["AssistanceInStatus"]


def test_every_function_that_changes_anything_is_in_a_row(suite: Suite) -> None:
    writing = {
        entry["name"]
        if (module, entry["name"]) != ("assistance", "postpone")
        else "AssistanceRequests.postpone"
        for module in MODULES
        for entry in suite.modules[module].abi
        if entry["type"] == "function" and entry["stateMutability"] not in ("view", "pure")
    }
    assert writing == set(TABLE) | APART


def test_no_function_takes_money(suite: Suite) -> None:
    abis = [entry for module in MODULES for entry in suite.modules[module].abi]
    assert "payable" not in {entry.get("stateMutability") for entry in abis}
    assert not {entry["type"] for entry in abis} & {"fallback", "receive"}
