# SPDX-License-Identifier: Apache-2.0
"""The stage for cooperation: six countries, each with a central authority, police, a court and officers.

An actor's name says whose he is: `th_asker` asks for the police of Thailand, `th_transmitter` passes on for
its central authority. Each power has its own officer, so that a test sees which one an act needs.
"""

from __future__ import annotations

from concordat.cooperation.words import RequestKind as Kind
from tests.contracts.suite import (
    ALL_POWERS,
    ANSWER,
    APPRAISE,
    ASK,
    CN,
    COORDINATE,
    DAY,
    FOUNDERS,
    JUDGE,
    LEAD,
    MY,
    OBJECT,
    PROPOSE,
    RATIFY_HIGH,
    REVIEW,
    SG,
    TRANSMIT,
    Suite,
)

TH, KH, PH = 764, 116, 608
COUNTRIES = {"my": MY, "cn": CN, "sg": SG, "th": TH, "kh": KH, "ph": PH}
YEAR = 365 * DAY
PAPER, MESSAGE = b"\x21" * 32, b"\x22" * 32
"""Hashes of whatever is written beside the chain."""


MEMBERS = (
    *((*founder[:3], ALL_POWERS, founder[4]) for founder in FOUNDERS),
    *(
        (f"{country}_{name}", COUNTRIES[country], kind, ALL_POWERS, f"{country.upper()}-{label}".encode())
        for country in ("th", "kh", "ph")
        for name, kind, label in (
            ("authority", "CentralAuthority", "MOJ"),
            ("police", "Police", "POLICE"),
            ("court", "Court", "COURT"),
            ("prosecutor", "Prosecutor", "OAG"),
        )
    ),
    ("cn_prosecutor", CN, "Prosecutor", ALL_POWERS, b"CN-SPP"),
    *(
        (f"{country}_lab", code, "Regulator", ALL_POWERS, f"{country.upper()}-LAB".encode())
        for country, code in (("my", MY), ("cn", CN), ("sg", SG))
    ),
)
"""Who founds the suite, all with every power; the laboratories are bodies that appraise."""

HANDS = (
    ("authority", "transmitter", TRANSMIT),
    ("authority", "authority_answerer", ANSWER),
    ("authority", "authority_leader", LEAD),
    ("police", "asker", ASK),
    ("police", "answerer", ANSWER),
    ("police", "leader", LEAD),
    ("police", "coordinator", COORDINATE),
    ("police", "objector", OBJECT),
    ("police", "high_ratifier", RATIFY_HIGH),
    ("court", "judge", JUDGE),
    ("prosecutor", "prosecution_asker", ASK),
    ("prosecutor", "prosecution_answerer", ANSWER),
    ("prosecutor", "prosecution_leader", LEAD),
    ("prosecutor", "proposer", PROPOSE),
    ("prosecutor", "reviewer", REVIEW),
    ("lab", "expert", APPRAISE),
)
"""Agency, officer and power, in each country that has such an agency."""


def set_stage(suite: Suite) -> None:
    """Appoint all officers."""
    for country in COUNTRIES:
        for agency, officer, power in HANDS:
            if f"{country}_{agency}" in suite.ids:
                suite.appoint(f"{country}_{agency}", f"{country}_{officer}", power)


def set_contact(suite: Suite, agency: str, *kinds: Kind) -> None:
    """Name the agency as contact point of its country for these kinds."""
    country = agency.split("_")[0]
    for kind in kinds:
        by_authority = {"from": suite.actors[f"{country}_authority"]}
        suite.agencies.setContactPoint(kind, suite.ids[agency], by_authority)
