# SPDX-License-Identifier: Apache-2.0
"""The founders' file: what is wrong is said with the entry."""

from __future__ import annotations

import pytest

from concordat.errors import UsageError
from concordat.evidence.methods import Method
from concordat.membership import suite
from concordat.membership.powers import Power

GOOD = {
    "jurisdiction": "NO",
    "kind": "POLICE",
    "account": '"0x' + "a1" * 20 + '"',
    "name": "NO-KRIPOS",
    "charter": "[COLLECT, REGISTER]",
}


def entry(**changes: object) -> str:
    values = {**GOOD, **changes}
    return "- {" + ", ".join(f"{name}: {value}" for name, value in values.items() if value is not None) + "}"


def test_an_entry_is_read() -> None:
    """NO is Norway and no refusal."""
    [founder] = suite.founders(entry())

    assert (founder.jurisdiction, founder.kind, founder.name) == (578, 2, "NO-KRIPOS")
    assert founder.account.lower() == "0x" + "a1" * 20
    assert founder.charter == Power.COLLECT | Power.REGISTER


def test_an_account_may_be_a_key() -> None:
    [founder] = suite.founders(entry(account='"keystore:kripos"'), lambda uri: "0x" + "b2" * 20)
    assert founder.account.lower() == "0x" + "b2" * 20


def test_a_body_of_no_single_country_has_a_number() -> None:
    [founder] = suite.founders(entry(jurisdiction=910, charter="[]"))
    assert (founder.jurisdiction, founder.charter) == (910, 0)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not a list"),
        ("a: 1", "not a list"),
        ("- [", "not YAML"),
        ("- 5", "entry 1 is not a mapping"),
        (entry(kind=None), "lacks 'kind'"),
        (entry(extra=1), "unknown field 'extra'"),
        (entry(kind="SHERIFF"), "'SHERIFF' is no kind"),
        (entry(jurisdiction="XYZ"), "entry 1"),
        (entry(jurisdiction=1000), "entry 1"),
        (entry(account='"0x12"'), "no address"),
        (entry(account="0x" + "a1" * 20), "in quotes"),
        (entry(account='"keystore:x"'), "no address"),
        (entry(name='""'), "1 to 32 ASCII"),
        (entry(name="挪威"), "1 to 32 ASCII"),
        (entry(charter="COLLECT"), "list of powers"),
        (entry(charter="[RULE]"), "no power"),
    ],
)
def test_what_is_wrong_is_said(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        suite.founders(text)


def test_the_baseline_has_every_method_once() -> None:
    methods = [standard.method for standard in suite.baseline()]
    assert methods == sorted({int(method) for method in Method})
