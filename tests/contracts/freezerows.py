# SPDX-License-Identifier: Apache-2.0
"""Who may do what with measures, property, restitution, tokens and tips, for the table of test_roles.py.

The requests of the stage are those of Singapore's police, at its bank; a foreign one waits for the unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tests.contracts.assets.stage import OFFICERS
from tests.contracts.assistancecast import APPOINTED
from tests.contracts.cast import ALL_BUT_COLLECT, POWERS
from tests.contracts.freezecast import Function
from tests.contracts.freezeothers import ABROAD, BY_COURT, OWN
from tests.contracts.nodes import DONE
from tests.contracts.suite import (
    ANSWER,
    CHECK,
    DISTRIBUTE,
    ENDORSE,
    JUDGE,
    KEEP,
    OBJECT,
    PROPOSE,
    RATIFY,
    RATIFY_HIGH,
    RELEASE,
    REQUEST,
    REVIEW,
    TRANSMIT,
)

FLOOR = ANSWER | CHECK | RELEASE | OBJECT
"""What the officer of a suspended agency still has, of the powers here."""

IN_OFFICE: dict[str, tuple[str, int]] = {
    **{name: (agency, power) for agency, name, power in OFFICERS},
    **{f"officer with {name}": ("my_police", power) for name, power in POWERS.items()},
    "transmitter": ("my_authority", TRANSMIT),
    **APPOINTED,
    "prosecution keeper": ("sg_prosecutor", KEEP),
    "police_reviewer": ("sg_police", REVIEW),
    "police_prosecutor": ("sg_police", PROPOSE),
    "ratifying_judge": ("sg_court", JUDGE),
    "teller of a suspended agency": ("my_telecom", ANSWER),
    "judge of a suspended court": ("sg_lower_court", RELEASE),
    "officer of another agency": ("cn_police", ALL_BUT_COLLECT),
    "officer of a suspended agency": ("my_telecom", ALL_BUT_COLLECT & FLOOR),
}
"""Agency and powers of everybody who has one of these powers now."""

JUDGES = {"judge", "ratifying_judge"}
COURT_OF_NEITHER = {"my_judge"}
NO_COURT = {"officer with JUDGE"}


@dataclass(frozen=True)
class Row:
    """What one function answers to whom."""

    done: Iterable[str] = ()
    otherwise: str = DONE
    but: Mapping[str, Iterable[str]] = field(default_factory=dict)

    def expected(self, actor: str) -> str:
        if actor in self.done:
            return DONE
        return next((error for error, actors in self.but.items() if actor in actors), self.otherwise)


def with_any(powers: int) -> set[str]:
    return {name for name, (_, theirs) in IN_OFFICE.items() if theirs & powers}


def of_agency(agency: str, powers: int) -> set[str]:
    return {name for name in with_any(powers) if IN_OFFICE[name][0] == agency}


def by(powers: int, done: Iterable[str], error: str, **but: Iterable[str]) -> Row:
    """These; others with the power hear `error` or what `but` says, without it NotAuthorised."""
    named = set(done).union(*but.values())
    return Row(done, "NotAuthorised", {error: with_any(powers) - named, **but})


def by_module(*modules: str) -> Row:
    return Row(modules, "NotTheModule")


def by_bank(error: str = "NotTheInstitution") -> Row:
    return by(ANSWER, of_agency("sg_bank", ANSWER), error)


def by_keeper(error: str = "NotOfAgency") -> Row:
    return by(KEEP, {"keeper"}, error)


def by_court() -> Row:
    return by(JUDGE, JUDGES, "OtherJurisdiction", NotACourt=NO_COURT)


def by_planner() -> Row:
    return by(DISTRIBUTE, {"distributor"}, "NotThePlanner")


AUTHORITY = Row({"my_authority"}, "NotCentralAuthority")
ANYBODY = Row()
HIGHER = RATIFY_HIGH | JUDGE | PROPOSE
OF_COURTS = {*JUDGES, "prosecutor", "police_prosecutor"}
"""Courts and prosecutors of Singapore, and whoever in its police may propose."""
OF_REQUESTER = {"high_ratifier", *OF_COURTS}

FREEZE_TABLE: dict[Function, Row] = {
    ("FreezeProfiles", "adopt"): AUTHORITY,
    ("FreezeProfiles", "cancel"): AUTHORITY,
    ("FreezeRequests", "request"): Row(with_any(REQUEST), "NotAuthorised"),
    ("FreezeRequests", "holdOwn"): by(
        ANSWER, of_agency("sg_bank", ANSWER), "NotTheInstitution", NotAnInstitution={"officer with ANSWER"}
    ),
    ("FreezeRequests", "ratify"): by(HIGHER, OF_REQUESTER, "NotOfRequester"),
    ("FreezeRequests", "endorse"): by(ENDORSE, {"endorser"}, "NotTheEndorser"),
    ("FreezeRequests", "decline"): by(ENDORSE, {"endorser"}, "NotTheEndorser"),
    ("FreezeRequests", "withdraw"): by(RELEASE, {"releaser"}, "NotOfRequester"),
    ("FreezeRequests", "recordLapse"): ANYBODY,
    ("Holds", "openHolds"): by_module("FreezeRequests"),
    ("Holds", "openOwn"): by_module("FreezeRequests"),
    ("Holds", "answer"): by_bank(),
    ("Holds", "check"): by(CHECK, {"checker"}, "NotTheInstitution"),
    ("Holds", "credit"): by_bank(),
    ("Holds", "confirmRelease"): by_bank(),
    ("Holds", "sendAgain"): by(REQUEST, {"requester"}, "NotOfRequester"),
    ("Holds", "renew"): by(HIGHER, OF_REQUESTER, "NotOfRequester"),
    ("Holds", "release"): by(RELEASE, {"releaser"}, "NotOfRequester"),
    ("Holds", "setObjected"): by_module("Objections"),
    ("Holds", "releaseOnReview"): by_module("Objections"),
    ("Holds", "dispose"): by_module("Objections"),
    ("Holds", "payOut"): by_module("Restitution"),
    ("Holds", "recordLapse"): ANYBODY,
    ("Objections", "objectTo"): ANYBODY,
    ("Objections", "objectAsMember"): Row(
        with_any(OBJECT) - {"police_objector"}, "NotAuthorised", {"OwnRequest": {"police_objector"}}
    ),
    ("Objections", "review"): by(
        REVIEW | JUDGE,
        {"reviewer", "unit_reviewer", *JUDGES},
        "OtherJurisdiction",
        OwnRequest={"police_reviewer"},
    ),
    ("Objections", "recordOverdue"): ANYBODY,
    ("Objections", "propose"): by(
        PROPOSE,
        {"prosecutor"},
        "OtherJurisdiction",
        NotAProsecutor={"officer with PROPOSE", "police_prosecutor"},
    ),
    ("Objections", "dispose"): by_court(),
    ("AssetRegister", "identify"): Row(with_any(KEEP), "NotAuthorised"),
    ("AssetRegister", "fill"): by_keeper(),
    ("AssetRegister", "linkAcquisition"): by_keeper(),
    ("AssetRegister", "attest"): by_keeper("NotTheCustodian"),
    ("AssetRegister", "offerCustody"): by_keeper("NotTheCustodian"),
    ("AssetRegister", "acceptCustody"): by(KEEP, {"bank_keeper"}, "NotTheCustodian"),
    ("AssetRegister", "value"): by_keeper(),
    ("AssetRegister", "orderSale"): by_court(),
    ("AssetRegister", "recordSale"): by_keeper(),
    ("AssetRegister", "dispose"): by_court(),
    ("AssetRegister", "release"): by(RELEASE, {"releaser"}, "NotOfAgency"),
    ("AssetRegister", "transferCase"): by(
        PROPOSE, {"prosecutor"}, "OtherJurisdiction", NotOfAgency={"police_prosecutor"}
    ),
    ("AssetRegister", "payOut"): by_module("Restitution"),
    ("Restitution", "open"): by(DISTRIBUTE, {"distributor"}, "NotOfPlanner"),
    ("Restitution", "enter"): by_planner(),
    ("Restitution", "objectTo"): ANYBODY,
    ("Restitution", "decideObjection"): by(
        REVIEW | JUDGE,
        {"reviewer", "unit_reviewer", *JUDGES},
        "OtherJurisdiction",
        NotTheReviewer={"police_reviewer"},
    ),
    ("Restitution", "decide"): by(
        JUDGE | RATIFY_HIGH,
        {"high_ratifier", *JUDGES},
        "NotThePlanner",
        OtherJurisdiction=COURT_OF_NEITHER,
        NotACourt=NO_COURT,
    ),
    ("Restitution", "pay"): by_bank("NotThePayer"),
    ("Restitution", "confirm"): ANYBODY,
    ("Restitution", "confirmByReceipt"): by_planner(),
    ("Restitution", "close"): by_planner(),
    ("FreezeOracle", "nameToken"): by_bank("NotTheIssuer"),
    ("FreezeOracle", "reveal"): by_bank(),
    ("FreezeOracle", "remove"): ANYBODY,
    ("Tips", "submit"): ANYBODY,
    ("Tips", "judge"): by(REQUEST, {"requester"}, "NotOfAgency"),
    ("Tips", "grant"): by(RATIFY | RATIFY_HIGH, {"ratifier", "high_ratifier"}, "NotOfAgency"),
    ("Tips", "claim"): ANYBODY,
    ("Tips", "markPaid"): by(DISTRIBUTE, {"distributor"}, "NotOfAgency"),
}

RELEASERS_ABROAD = {"my_releaser", "officer with RELEASE", "unit_releaser"}
"""Of the police of Malaysia, and of the authority that took their request over."""
MY_HIGHER = {
    *("my_high_ratifier", "my_judge", "my_public_prosecutor"),
    *("officer with RATIFY_HIGH", "officer with JUDGE", "officer with PROPOSE"),
}

OTHER_ROWS: dict[Function, Row] = {
    ("FreezeRequests", "ratify", ABROAD): by(
        HIGHER, MY_HIGHER - NO_COURT, "NotOfRequester", NotACourt=NO_COURT
    ),
    ("FreezeRequests", "withdraw", ABROAD): by(RELEASE, RELEASERS_ABROAD, "NotOfRequester"),
    ("FreezeRequests", "withdraw", BY_COURT): by(RELEASE | JUDGE, JUDGES, "CourtOrdered"),
    ("Holds", "renew", ABROAD): by(HIGHER, {"unit_ratifier", *OF_COURTS}, "NotOfRequester"),
    ("Holds", "renew", OWN): by(CHECK, {"checker"}, "NotTheInstitution"),
    ("Holds", "release", ABROAD): by(RELEASE, RELEASERS_ABROAD, "NotOfRequester"),
    ("Holds", "release", BY_COURT): by(RELEASE | JUDGE, JUDGES, "CourtOrdered"),
    ("Holds", "release", OWN): by(RELEASE, {"bank_releaser"}, "NotOfRequester"),
    ("Objections", "review", ABROAD): by(
        REVIEW | JUDGE,
        {"reviewer", "police_reviewer", *JUDGES},
        "OtherJurisdiction",
        NotTheReviewer={"unit_reviewer"},
    ),
    ("Objections", "review", BY_COURT): by(
        REVIEW | JUDGE,
        {"reviewer", "unit_reviewer", "judge"},
        "OtherJurisdiction",
        OwnRequest={"police_reviewer"},
        OwnRatification={"ratifying_judge"},
    ),
    ("AssetRegister", "release", BY_COURT): by(
        RELEASE | JUDGE,
        JUDGES,
        "SaleByCourtOnly",
        NotACourt={"officer with JUDGE"},
        OtherJurisdiction={"my_judge"},
    ),
    ("Restitution", "decide", "before judgment"): by(RATIFY_HIGH, {"high_ratifier"}, "NotThePlanner"),
    ("Restitution", "pay", "of proceeds"): by(KEEP, {"keeper"}, "NotThePayer"),
}
