# SPDX-License-Identifier: Apache-2.0
"""Every typed error of the contracts has its sentence, in both languages, with its values."""

from __future__ import annotations

import re
from typing import Any

import pytest

from concordat.errors import AuthorityError, NodeError, RefusedError, VerificationError
from concordat.evidence.standards import Reason
from concordat.evidence.steps import Step
from concordat.ledger import artifacts
from concordat.ledger.reverts import Revert
from concordat.ledger.sentences import SENTENCES, ContractError, code_of, explain

ERRORS = {entry["name"]: entry for entries in artifacts.errors().values() for entry in entries}
EXAMPLES: dict[str, Any] = {
    "address": "0x" + "11" * 20,
    "bytes32": b"\x22" * 32,
    "bool": True,
    "string": "text",
}


def example(entry: Any) -> Revert:
    return Revert(entry["name"], {p["name"]: EXAMPLES.get(p["type"], 5) for p in entry["inputs"]})


def test_no_error_is_without_a_sentence_and_no_sentence_without_an_error() -> None:
    assert set(ERRORS) == set(SENTENCES)


@pytest.mark.parametrize("name", sorted(ERRORS))
def test_a_sentence_tells_what_happened_and_what_to_do(name: str) -> None:
    revert = example(ERRORS[name])
    for lang in ("en", "zh"):
        error = explain(revert, lang=lang)
        assert isinstance(error, ContractError)
        assert error.revert == revert
        assert error.code == code_of(name)
        assert error.message
        assert error.kept
        assert error.next
        assert "{" not in error.message + error.next
        assert ("。" in error.message or "：" in error.message) == (lang == "zh")


@pytest.mark.parametrize("name", sorted(ERRORS))
def test_offending_values_are_in_the_sentence(name: str) -> None:
    """Of an error with values at least one is told, and the same ones in both languages."""
    sentence = SENTENCES[name]
    told = set(re.findall(r"\{(\w+)\}", sentence.en))
    assert told == set(re.findall(r"\{(\w+)\}", sentence.zh))
    assert bool(told) == bool(ERRORS[name]["inputs"]) or name in {"BelowBaseline"}


@pytest.mark.parametrize(
    ("name", "args", "kind", "exit_code"),
    [
        ("EvidenceRefused", {"fatal": 1, "curable": 0, "noted": 0, "version": 1}, RefusedError, 3),
        ("MandateDoesNotCover", {"mandate": b"\1" * 32}, RefusedError, 3),
        ("NotTheCollection", {"agency": 1, "root": b"\1" * 32}, VerificationError, 4),
        ("NoMandates", {"mandate": b"\1" * 32}, NodeError, 5),
        ("NotAuthorised", {"caller": "0x", "power": 4}, AuthorityError, 6),
        ("AlreadyRegistered", {"agency": 1, "root": b"\1" * 32, "registeredAt": 5}, ContractError, 2),
    ],
)
def test_the_exit_code_follows_from_the_kind(
    name: str, args: dict[str, Any], kind: type, exit_code: int
) -> None:
    error = explain(Revert(name, args))
    assert isinstance(error, kind)
    assert error.exit_code == exit_code


def test_values_are_spoken() -> None:
    fatal = 1 << Step.LEGAL_BASIS_CITED | 1 << Reason.OFFICERS
    refused = explain(Revert("EvidenceRefused", {"fatal": fatal, "curable": 0, "noted": 0, "version": 3}))
    assert "LEGAL_BASIS_CITED, OFFICERS" in refused.message
    assert "Curable: nothing" in refused.message

    early = explain(Revert("NoticeTooShort", {"key": 156 << 7 | 1 << 6 | 2, "from": 0, "earliest": 1 << 40}))
    assert "CN, foreign, STORAGE_IMAGING" in early.message
    assert "1970-01-01 00:00:00 UTC" in early.message

    other = explain(Revert("OtherAgency", {"account": "0x1", "theirs": 0, "agency": 458 << 16 | 2}))
    assert "no agency" in other.message
    assert "MY-2 (30015490)" in other.message


def test_a_value_beyond_all_words_is_still_told() -> None:
    strange = explain(Revert("NoBaseline", {"method": 50}))
    assert "method 50" in strange.message
    place = explain(Revert("NotAdoptable", {"forum": 1001}))
    assert "1001" in place.message
    power = explain(Revert("NotAuthorised", {"caller": "0x1", "power": 1 << 40}))
    assert "bit 40" in power.message
    never = explain(Revert("AlreadySuspended", {"until": 1 << 62}))
    assert str(1 << 62) in never.message


def test_the_language_may_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONCORDAT_LANG", "zh_CN")
    assert "权限" in explain(Revert("NoPowers", {})).message
