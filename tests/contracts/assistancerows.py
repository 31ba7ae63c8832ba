# SPDX-License-Identifier: Apache-2.0
"""Who may do what with requests for assistance, for the table of test_roles.py; see assistancecast.py."""

from __future__ import annotations

from tests.contracts.assistancecast import TRANSMITTER
from tests.contracts.freezecast import Function
from tests.contracts.freezerows import JUDGES, Row, by, by_module, of_agency, with_any
from tests.contracts.suite import ANSWER, ASK, JUDGE, OBJECT, TRANSMIT

AT_HOME = {"officer of another agency"}
"""Of China, which is asked in the row of `ask`."""
CONCERNED = ("my_police", "my_authority", "sg_bank", "sg_authority")
TELLERS = of_agency("sg_bank", ANSWER)


def by_authority() -> Row:
    """The central authority of Malaysia."""
    return by(TRANSMIT, {TRANSMITTER}, "NotTheAuthority")


def by_asker() -> Row:
    """OBJECT is of the floor: who asked may answer and object to the end, whatever he has lost."""
    return by(ASK | OBJECT, of_agency("my_police", ASK | OBJECT), "NotTheAsker")


def by_bank(error: str = "NotTheExecutor") -> Row:
    return by(ANSWER, TELLERS, error)


def of_concerned(powers: int) -> set[str]:
    return set().union(*(of_agency(agency, powers) for agency in CONCERNED))


ASSISTANCE_TABLE: dict[Function, Row] = {
    ("AssistanceRequests", "ask"): Row(with_any(ASK) - AT_HOME, "NotAuthorised", {"AskedAtHome": AT_HOME}),
    ("AssistanceRequests", "passOn"): by_authority(),
    ("AssistanceRequests", "declineToPassOn"): by_authority(),
    ("AssistanceRequests", "acknowledge"): by(ANSWER | TRANSMIT, {TRANSMITTER}, "NotTheReceiver"),
    ("AssistanceRequests", "assign"): by(ANSWER | TRANSMIT, {TRANSMITTER}, "NotTheAuthority"),
    ("AssistanceRequests", "forward"): by_bank("NotTheReceiver"),
    ("AssistanceRequests", "supplement"): by_asker(),
    ("AssistanceRequests", "withdraw"): by_asker(),
    ("AssistanceRequests", "confirmReceipt"): by(
        ANSWER | ASK | TRANSMIT, of_concerned(ANSWER | ASK | TRANSMIT), "NotYourRequest"
    ),
    ("AssistanceRequests", "advance"): Row(
        {"AssistanceAnswers"}, "NotTheModule", {"AssistanceInStatus": {"Panels"}}
    ),
    ("AssistanceRequests", "postpone"): by_module("AssistanceAnswers"),
    ("AssistanceAnswers", "accept"): by_bank(),
    ("AssistanceAnswers", "askSupplement"): by_bank(),
    ("AssistanceAnswers", "postpone"): by_bank(),
    ("AssistanceAnswers", "begin"): by_bank(),
    ("AssistanceAnswers", "refuse"): by_bank(),
    ("AssistanceAnswers", "answer"): by_bank(),
    ("AssistanceAnswers", "confirm"): by_asker(),
    ("AssistanceAnswers", "recordExclusion"): by(JUDGE, JUDGES, "NotACourtOf"),
}
