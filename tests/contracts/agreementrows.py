# SPDX-License-Identifier: Apache-2.0
"""Who may do what with agreements, appraisals, grants and tasks, for the table of test_roles.py; see
agreementcast.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tests.contracts.cast import MEMBERS
from tests.contracts.councilrows import LEFT
from tests.contracts.freezecast import Function
from tests.contracts.freezerows import Row, by, of_agency, with_any
from tests.contracts.suite import ANSWER, APPRAISE, ASK, COORDINATE, LEAD, TRANSMIT

AUTHORITIES = {name for name, _, kind, *_ in MEMBERS if kind == "CentralAuthority"}
OTHERS = {name for name, *_ in MEMBERS} - AUTHORITIES
OURS = {"my_authority", "transmitter"}
SHARERS, ASSIGNERS = ANSWER | ASK | LEAD, LEAD | COORDINATE


def by_party(done: Iterable[str] = (), **but: Iterable[str]) -> Row:
    """The central authority of Malaysia and its officer; `done` and `but` are other central authorities."""
    others = (OTHERS | with_any(TRANSMIT)) - OURS
    return Row(
        {*OURS, *done}, "NotAuthorised", {"NotCentralAuthority": others, **but, "AuthoritySuspended": LEFT}
    )


def by_bound(done: Iterable[str] = (), **but: Iterable[str]) -> Row:
    """Whoever left the suite stays bound until he withdraws, and may do both: what he owes, and withdraw."""
    row = by_party(done, **but)
    return replace(row, but={error: who for error, who in row.but.items() if error != "AuthoritySuspended"})


def by_own_authority() -> Row:
    return by_party(NotCentralAuthority=((OTHERS | with_any(TRANSMIT)) - OURS) | AUTHORITIES - OURS - LEFT)


AGREEMENT_TABLE: dict[Function, Row] = {
    ("AgreementRegistry", "propose"): by_party({"cn_authority"}, NotAParty={"sg_authority"}),
    ("AgreementRegistry", "counter"): by_party({"cn_authority"}, NotAParty={"sg_authority"}),
    ("AgreementRegistry", "accept"): by_party(AlreadyAccepted={"cn_authority"}, NotAParty={"sg_authority"}),
    ("AgreementRegistry", "ratify"): by_party({"cn_authority"}, NotOpen={"sg_authority"}),
    ("AgreementRegistry", "withdrawReservation"): by_party(
        NothingReserved={"cn_authority"}, NotRatified={"sg_authority"}
    ),
    ("AgreementRegistry", "withdraw"): by_bound({"cn_authority"}, NotRatified={"sg_authority"} | LEFT),
    ("AgreementRegistry", "perform"): by_bound(NoSuchObligation={"cn_authority", "sg_authority"} | LEFT),
    ("Appraisals", "accredit"): by_own_authority(),
    ("Appraisals", "endAccreditation"): by_own_authority(),
    ("Appraisals", "ask"): Row(with_any(ASK | LEAD), "NotAuthorised"),
    ("Appraisals", "opine"): by(APPRAISE, {"officer with APPRAISE"}, "NotTheBody"),
    ("Appraisals", "decline"): by(APPRAISE, {"officer with APPRAISE"}, "NotTheBody"),
    ("Sharing", "grant"): Row(with_any(SHARERS), "NotAuthorised"),
    ("Sharing", "revoke"): by(SHARERS, of_agency("my_police", SHARERS), "NotTheGranter"),
    ("Sharing", "forward"): by(SHARERS, of_agency("my_police", SHARERS), "NotTheRecipient"),
    ("Tasks", "assign"): by(ASSIGNERS, of_agency("my_police", ASSIGNERS), "OtherJurisdiction"),
    ("Tasks", "accept"): by(ANSWER, {"officer with ANSWER"}, "NotTheAssignee"),
    ("Tasks", "complete"): by(ANSWER, {"officer with ANSWER"}, "NotTheAssignee"),
    ("Tasks", "decline"): by(ANSWER, {"officer with ANSWER"}, "NotTheAssignee"),
    ("Tasks", "cancel"): by(ASSIGNERS, of_agency("my_police", ASSIGNERS), "NotTheAssigner"),
    ("Tasks", "consolidate"): by(COORDINATE, {"officer with COORDINATE"}, "OtherJurisdiction"),
}
