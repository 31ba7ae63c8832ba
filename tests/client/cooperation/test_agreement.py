# SPDX-License-Identifier: Apache-2.0
"""Agreements: read, hashed over all languages, templates, and what a counter-proposal changed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from eth_utils.crypto import keccak
from hypothesis import given
from hypothesis import strategies as st

from concordat.assets.orders.fieldtree import MistakesError
from concordat.cooperation.agreements import agreement, durations
from concordat.cooperation.agreements.agreementfile import parse
from concordat.cooperation.agreements.agreementtemplate import template
from concordat.cooperation.agreements.comparison import changes
from concordat.cooperation.words import DIRECT_KINDS, Confidentiality, LegalBasis, RequestKind, UseLimit
from concordat.errors import ConcordatError, UsageError
from concordat.evidence import canonical

AGREEMENT = """\
concordat: agreement/1
title: {en: Agreement on evidence, zh: 取证协议}
parties: [MY, CN]
basis: CONVENTION
reference: UNTOC
texts: [{language: en, file: text.en.txt}, {language: zh, file: text.zh.txt}]
ratifications: 2
notice: 90 days
enters: 2027-01-01T00:00:00Z
open: true
terms:
  - kind: EVIDENCE
    acknowledge: 14 days
    answer: 90 days
    urgent: {acknowledge: 24 hours, answer: 7 days}
    use: [CASE_ONLY, NO_DEATH_PENALTY]
    confidentiality: CONFIDENTIAL
  - {kind: VERIFY_PERSONS, acknowledge: 24 hours, answer: 3 days}
obligations:
  - {debtor: EVERY, due: 30 days, every: 365 days, duty: Name a contact point.}
"""
TEXTS = {"en": b"The parties agree.", "zh": "双方同意。".encode()}


def changed(old: str, new: str) -> str:
    assert old in AGREEMENT, old
    return AGREEMENT.replace(old, new, 1)


def test_what_a_party_writes_is_read() -> None:
    found = parse(AGREEMENT)
    assert found.parties == ("CN", "MY")
    assert (found.notice, found.enters, found.ends, found.open) == (90 * 86_400, 1798761600, 0, True)
    evidence, verify = found.terms
    assert (evidence.acknowledge_within, evidence.answer_within) == (14 * 86_400, 90 * 86_400)
    assert (evidence.acknowledge_urgent_within, evidence.answer_urgent_within) == (86_400, 604_800)
    assert evidence.use_limits == UseLimit.CASE_ONLY | UseLimit.NO_DEATH_PENALTY
    assert evidence.confidentiality is Confidentiality.CONFIDENTIAL
    assert (verify.kind, verify.answer_urgent_within) == (RequestKind.VERIFY_PERSONS, 0)


def test_what_the_chain_is_told() -> None:
    draft = parse(AGREEMENT).draft(TEXTS)
    expected = canonical.dumps({key: f"0x{keccak(value).hex()}" for key, value in sorted(TEXTS.items())})
    assert draft.text == keccak(expected)
    assert (draft.parties, draft.basis, draft.basis_reference) == ((156, 458), LegalBasis.CONVENTION, "UNTOC")
    assert draft.obligations[0].duty == keccak(b"Name a contact point.")
    assert draft.obligations[0].debtor == 0


def test_every_change_is_another_version() -> None:
    draft = parse(AGREEMENT).draft(TEXTS)
    thread = agreement.thread_id(156, draft)
    version = agreement.version_hash(thread, draft)
    others = [
        replace(draft, notice=1),
        replace(draft, terms=draft.terms[:1]),
        replace(draft, text=b"\x01" * 32),
        replace(draft, obligations=()),
    ]
    assert len({version, *(agreement.version_hash(thread, each) for each in others)}) == 5
    assert agreement.thread_id(458, draft) != thread
    assert agreement.version_hash(bytes(32), draft) != version


def test_the_text_of_every_language_counts() -> None:
    whole = agreement.text_hash(TEXTS)
    assert agreement.text_hash({**TEXTS, "zh": b"other"}) != whole
    assert agreement.text_hash({"en": TEXTS["en"]}) != whole
    with pytest.raises(UsageError, match="no text in zh"):
        parse(AGREEMENT).draft({"en": b"The parties agree."})
    with pytest.raises(UsageError, match="any language"):
        agreement.text_hash({})


MISTAKES = [
    ("parties: [MY, CN]", "parties: [MY]", "at least two parties"),
    ("parties: [MY, CN]", "parties: [MY, MY, CN]", "named already"),
    ("parties: [MY, CN]", "parties: [MY, INTL]", "a country is expected, or EU"),
    ("reference: UNTOC\n", "", "name the treaty or convention"),
    ("reference: UNTOC", "reference: 公约", "a short name such as UNTOC"),
    ("ratifications: 2", "ratifications: 3", "from 2 to 2"),
    ("notice: 90 days", "notice: 400 days", "to 365 days are possible"),
    ("notice: 90 days", "notice: 3 months", "no fixed length"),
    ("notice: 90 days", "notice: soon", "a duration such as 72 hours"),
    ("enters: 2027", "ends: 2026-01-01T00:00:00Z\nenters: 2027", "ends before it enters"),
    ("kind: VERIFY_PERSONS", "kind: EVIDENCE", "named already"),
    ("answer: 3 days", "answer: 3 hours", "due after its acknowledgement"),
    ("{acknowledge: 24 hours, answer: 7 days}", "{acknowledge: 30 days, answer: 80 days}", "takes no longer"),
    ("debtor: EVERY", "debtor: SG", "unknown debtor 'SG'"),
    ("every: 365 days", "every: 2 hours", "from 24 hours"),
    ("file: text.en.txt", "file: ../text.en.txt", "the name of a file beside this one"),
    ("language: zh", "language: en", "named already"),
    ("basis: CONVENTION", "basis: POLICE", "only kinds from agency to agency"),
    ("open: true", "open: perhaps", "true or false"),
]


@pytest.mark.parametrize(("old", "new", "message"), MISTAKES)
def test_mistakes_are_told_where_they_stand(old: str, new: str, message: str) -> None:
    with pytest.raises(MistakesError) as refused:
        parse(changed(old, new))
    found = [str(each) for each in refused.value.mistakes]
    assert any(message in each for each in found), found
    assert all(each.line for each in refused.value.mistakes)


def test_an_agreement_binds_to_something() -> None:
    with pytest.raises(MistakesError, match="bind nobody to anything"):
        parse(AGREEMENT[: AGREEMENT.index("terms:")])


@pytest.mark.parametrize("basis", LegalBasis)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_template_is_an_agreement(basis: LegalBasis, lang: str) -> None:
    text = template(["MY", "CN", "TH"], basis, lang=lang)
    filled = text.replace("  en:\n", "  en: Title\n").replace("  zh:\n", "  zh: 标题\n")
    if basis in (LegalBasis.TREATY, LegalBasis.CONVENTION):
        filled = filled.replace("reference:", "reference: UNTOC")
    found = parse(filled)
    assert found.parties == ("CN", "MY", "TH")
    kinds = {each.kind for each in found.terms}
    assert kinds == (DIRECT_KINDS if basis is LegalBasis.POLICE else set(RequestKind))
    assert found.ratifications == 3
    some = template(["CN", "MY"], basis, [RequestKind.VERIFY_PERSONS], lang=lang)
    assert some.count("- kind:") == 1


def test_a_template_needs_two_countries() -> None:
    with pytest.raises(ConcordatError, match="at least two parties"):
        template(["CN", "CN"], LegalBasis.TREATY)


def test_what_a_counter_proposal_changed() -> None:
    before = parse(AGREEMENT).draft(TEXTS)
    text = changed("answer: 90 days", "answer: 60 days").replace("notice: 90 days", "notice: 180 days")
    text = text.replace("use: [CASE_ONLY, NO_DEATH_PENALTY]", "use: [CASE_ONLY, DELETE_AFTER]")
    text = text.replace("{kind: VERIFY_PERSONS, acknowledge: 24 hours, answer: 3 days}",
                        "{kind: WITNESS, acknowledge: 7 days, answer: 60 days}")  # fmt: skip
    text = text.replace("parties: [MY, CN]", "parties: [MY, CN, TH]").replace("open: true", "open: false")
    text = text.replace("duty: Name a contact point.", "duty: Name two contact points.")
    after = parse(text).draft({**TEXTS, "zh": "双方另行同意。".encode()})
    duties = {keccak(each.encode()): each for each in ("Name a contact point.", "Name two contact points.")}
    found = changes(before, after, duties)
    assert [each.en for each in found] == [
        "The text was changed: read both versions.",
        "New party: Thailand.",
        "Notice of withdrawal: 180 days instead of 90 days.",
        "Others may accede no more.",
        "Verification of persons: no longer covered.",
        "Taking of evidence: answer: 60 days instead of 90 days.",
        "Taking of evidence: limit dropped, not to impose or carry out the death penalty.",
        "Taking of evidence: new limit, to be deleted when the case is over.",
        "Hearing of a witness: newly covered, answer within 60 days.",
        "New duty: every party, within 30 days and every 365 days: Name two contact points.",
        "Duty dropped: every party, within 30 days and every 365 days: Name a contact point.",
    ]
    assert "答复期限：由90日改为60日。" in found[5].zh
    assert all(each.zh.endswith("。") for each in found)


def test_the_same_version_changed_nothing_and_a_change_undone_is_its_reverse() -> None:
    draft = parse(AGREEMENT).draft(TEXTS)
    assert changes(draft, draft) == ()
    other = replace(draft, enters_at=0, ends_at=1_900_000_000, ratifications=3)
    other = replace(other, basis=LegalBasis.RECIPROCITY, basis_reference="")
    there, back = changes(draft, other), changes(other, draft)
    assert len(there) == len(back) == 4
    assert there[0].en == "Basis: promise of reciprocity instead of multilateral convention UNTOC."


@given(st.integers(1, durations.LONGEST // 60).map(lambda minutes: minutes * 60))
def test_durations_are_read_as_they_are_written(seconds: int) -> None:
    try:
        text = durations.written(seconds)
        assert durations.parse(text) == seconds
    except UsageError:
        assert seconds // 60 >= 10**7


@pytest.mark.parametrize(
    "text", ["", "0 days", "-1 days", "1.5 hours", "９ days", "days", "9999999 weeks", "1 year"]
)
def test_no_durations(text: str) -> None:
    with pytest.raises(UsageError):
        durations.parse(text)


def test_durations_for_people() -> None:
    assert durations.shown(172_800).en == "48 hours"
    assert durations.shown(259_200) == durations.shown(3 * 86_400)
    assert durations.shown(3 * 86_400).zh == "3日"
    assert durations.shown(60).en == "1 minute"
    assert durations.shown(61).en == "61 seconds"


@given(st.text(max_size=300))
def test_noise_ends_in_a_sentence(text: str) -> None:
    with pytest.raises(MistakesError):
        parse(text)
