# SPDX-License-Identifier: Apache-2.0
"""The files of the law of cooperation: they load, agree with each other, and mistakes are told by place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concordat.cooperation.law import conventionfile, countryfile, kindsfile, lawlint, library
from concordat.cooperation.law.lawreader import LawFileError
from concordat.cooperation.law.library import Criminality
from concordat.cooperation.law.parts import Bond, Matter
from concordat.cooperation.words import LegalBasis, RequestKind
from concordat.errors import ConcordatError
from concordat.evidence.laws import Certainty

FOLDER = Path(__file__).parents[3] / "standards" / "cooperation"
FILES = sorted(FOLDER.glob("*.yaml"))
TEN = ("CN", "ID", "KH", "LA", "MM", "MY", "PH", "SG", "TH", "VN")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_files_pass_lint(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert lawlint.lint_with_package(text, str(path)) == []
    assert lawlint.is_cooperation(text)
    assert max(len(line) for line in text.splitlines()) <= 240


def test_a_rulebook_of_evidence_is_another_file() -> None:
    assert not lawlint.is_cooperation((FOLDER.parent / "my.yaml").read_text(encoding="utf-8"))


def test_ten_countries_load() -> None:
    assert library.countries() == TEN
    for code in TEN:
        country = library.country(code)
        assert country.jurisdiction == code
        assert not country.review.reviewed
        for matter in Matter:
            assert country.authority(matter) is not None
        assert {check.id for check in country.extradition.checks} >= {"warrant", "facts", "law_texts"}


def test_extradition_treaties_that_a_source_names() -> None:
    partners = {t.partner for t in library.country("CN").treaties if t.matter is Matter.EXTRADITION}
    assert partners >= {"VN", "MY", "KH", "PH", "ID", "MM"}


def test_every_kind_is_described_and_common_content_is_the_laws() -> None:
    book = library.kinds()
    assert set(book.kinds) == set(RequestKind)
    assert book.required(RequestKind.EVIDENCE) == (
        "nature",
        "persons",
        "facts",
        "law",
        "matter",
        "purpose",
        "link",
        "evidence_items",
    )
    for spec in book.kinds.values():
        formal = spec.group == "formal"
        assert formal != spec.kind.is_direct
        assert spec.deadlines.acknowledge <= spec.deadlines.answer < 2**32


def test_default_deadlines() -> None:
    book = library.kinds().kinds
    police = book[RequestKind.VERIFY_PERSONS].deadlines
    assert (police.acknowledge, police.answer) == (86_400, 259_200)
    assert (police.acknowledge_urgent, police.answer_urgent) == (7_200, 28_800)
    evidence = book[RequestKind.EVIDENCE].deadlines
    assert (evidence.acknowledge, evidence.answer) == (14 * 86_400, 90 * 86_400)
    assert book[RequestKind.SERVICE_OF_DOCUMENTS].deadlines.answer == 10 * 86_400


def test_a_country_may_need_less_and_more() -> None:
    assert "persons" in library.required_fields(RequestKind.EVIDENCE, "CN")
    assert "persons" not in library.required_fields(RequestKind.EVIDENCE, "MY")
    assert "persons" in library.optional_fields(RequestKind.EVIDENCE, "MY")
    assert "by" in library.required_fields(RequestKind.EVIDENCE, "MY")
    assert "by" not in library.required_fields(RequestKind.VERIFY_PERSONS, "MY")
    assert library.required_fields(RequestKind.EVIDENCE, "FR") == library.kinds().required(
        RequestKind.EVIDENCE
    )


def test_bases_between_two() -> None:
    found = library.bases("CN", "TH", RequestKind.EXTRADITION)
    assert found[0].basis is LegalBasis.TREATY
    assert found[0].sure
    assert found[-1].basis is LegalBasis.RECIPROCITY
    assert [each.reference for each in found if each.sure and each.reference] == ["UNTOC", "UNCAC"]
    assert library.bases("TH", "CN", RequestKind.EXTRADITION)[0] == found[0]


def test_memorandum_and_untoc_are_selectable_with_their_text() -> None:
    police = library.bases("CN", "LA", RequestKind.POLICE_INFORMATION)
    assert "CN-ASEAN-MOU" in {each.reference for each in police}
    assert {"UNTOC", "CN-ASEAN-MOU"} <= set(library.conventions())
    assert all(each.text for each in library.conventions().values())


def test_without_any_basis_only_police_and_reciprocity() -> None:
    formal = library.bases("FR", "JP", RequestKind.WITNESS)
    assert not any(each.sure for each in formal)
    police = library.bases("FR", "JP", RequestKind.VERIFY_PERSONS)
    assert police[-1].basis is LegalBasis.POLICE


def test_a_convention_not_in_force_is_never_sure() -> None:
    found = library.bases("CN", "VN", RequestKind.PRESERVE_DATA)
    by_name = {each.reference: each for each in found}
    assert not by_name["UN-CYBERCRIME"].sure
    assert "BUDAPEST" not in by_name


def test_dual_criminality() -> None:
    both = library.dual_criminality("TELECOM_FRAUD", "CN", "MY")
    assert both.found is Criminality.BOTH
    assert both.certainty is Certainty.MEMORY_HIGH
    light = library.dual_criminality("ILLEGAL_ACCESS", "CN", "TH")
    assert light.found is Criminality.TOO_LIGHT
    manual = library.dual_criminality("TELECOM_FRAUD", "CN", "LA")
    assert (manual.found, manual.asked) == (Criminality.MANUAL, None)
    assert library.dual_criminality("NO_SUCH", "FR", "JP").found is Criminality.MANUAL


def test_unknown_country_is_a_sentence() -> None:
    with pytest.raises(ConcordatError, match="Nothing about cooperation with XX"):
        library.country("XX")


MISTAKES = [
    ("jurisdiction: MY", "jurisdiction: Malaysia", "no ISO 3166-1"),
    ("jurisdiction: MY", "jurisdiction: EU", "EU is no country"),
    ("state: NONE", "state: NEVER", "unknown state 'NEVER'"),
    ("matter: POLICE", "matter: EXTRADITION", "two authorities are named for one matter"),
    ("law: PC\n", "law: PX\n", "cites PX, which is not among the laws"),
    ("least_months: 12", "least_months: -1", "it must be from 0 to 1200"),
    ("  for_mapped: false", "  for_mapped: maybe", "write true or false"),
    ("offence: MONEY_LAUNDERING", "offence: TELECOM_FRAUD", "stands already"),
    ("concordat: cooperation-country/1", "concordat: standards/1", "no file of the format"),
    ("with: CN", "with: MY", "a treaty is with another country"),
    ("languages: [ms, en]", "languages: [Malay]", "is no id"),
]


@pytest.mark.parametrize(("old", "new", "message"), MISTAKES)
def test_mistakes_have_places(old: str, new: str, message: str) -> None:
    text = (FOLDER / "my.yaml").read_text(encoding="utf-8")
    assert old in text
    _, found = countryfile.read(text.replace(old, new, 1))
    assert any(message in each.message for each in found), found
    assert all(each.line >= 1 and each.column >= 1 for each in found)
    with pytest.raises(LawFileError, match=r"my\.yaml:"):
        countryfile.loads(text.replace(old, new, 1), "my.yaml")


def test_lint_compares_files() -> None:
    text = (FOLDER / "th.yaml").read_text(encoding="utf-8")
    china = library.country("CN")
    changed = text.replace("signed: 1993-08-26", "signed: 1993-08-27")
    found = lawlint.lint(changed, "th.yaml", others=[china])
    assert [each.message for each in found] == ["the file of CN says otherwise of this treaty"]
    assert lawlint.lint(text, "my.yaml")[0].message == "the file of TH is named th.yaml"
    early = text.replace("{id: UN-CYBERCRIME, state: SIGNED", "{id: UN-CYBERCRIME, state: PARTY")
    found = lawlint.lint(early, "th.yaml", conventions=library.conventions())
    assert "nobody is a party yet" in found[0].message


KIND_MISTAKES = [
    ("  - kind: WITNESS", "  - kind: EVIDENCE", "nothing is said of WITNESS"),
    ("required: [addressee,", "required: [adressee,", "did you mean addressee?"),
    ("group: police", "group: polices", "unknown group"),
    ("acknowledge: 24, answer: 72", "acknowledge: 99, answer: 72", "due after its acknowledgement"),
    ("acknowledge_urgent: 2, ", "", "both hours, or neither"),
    ("form: list", "form: tree", "unknown form 'tree'"),
]


@pytest.mark.parametrize(("old", "new", "message"), KIND_MISTAKES)
def test_mistakes_of_kinds(old: str, new: str, message: str) -> None:
    text = (FOLDER / "kinds.yaml").read_text(encoding="utf-8")
    assert old in text
    _, found = kindsfile.read(text.replace(old, new, 1))
    assert any(message in each.message for each in found), found


def test_police_memorandum_carries_nothing_coercive() -> None:
    text = (FOLDER / "conventions.yaml").read_text(encoding="utf-8")
    _, found = conventionfile.read(text.replace("basis: CONVENTION", "basis: POLICE", 1))
    assert any("nothing but direct kinds" in each.message for each in found)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_damaged_files_end_in_findings(data: st.DataObject) -> None:
    name, read = data.draw(
        st.sampled_from(
            [
                ("kh.yaml", countryfile.read),
                ("kinds.yaml", kindsfile.read),
                ("conventions.yaml", conventionfile.read),
            ]
        )
    )
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    lines[at] = data.draw(
        st.sampled_from(["", "  - ", "x: [", "? :", "a: &b c", '"', lines[at] * 2, "  null"])
    )
    content, found = read("\n".join(lines))
    assert content is not None or found


def test_unknown_bond_is_unknown() -> None:
    assert library.country("CN").bond("NO-SUCH") is Bond.UNKNOWN
