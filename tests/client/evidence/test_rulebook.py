# SPDX-License-Identifier: Apache-2.0
"""Rulebooks: dates of laws and versions, merging with the baseline, and reasons in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from rulebooks import NORWAY, changed, rule

from concordat.errors import FileError
from concordat.evidence.assess import Assessment, Reason, Verdict
from concordat.evidence.compile import Compiled, Demand, union
from concordat.evidence.laws import Certainty, Law, LawKind, Text, article, numeral
from concordat.evidence.methods import Method
from concordat.evidence.rulebook import RulebookError, bundled, bundled_jurisdictions, load, loads
from concordat.evidence.rulefile import first_hour
from concordat.evidence.rules import PRECHECKS, Carrier, Review, Rule
from concordat.evidence.standards import MAX_CLAUSES, Clause, Origin, Severity
from concordat.evidence.steps import Step, mask

HOME, ABROAD = Origin.DOMESTIC, Origin.FOREIGN
IMAGING = Method.STORAGE_IMAGING

KINDS: tuple[Callable[[Rule], bool], ...] = (
    lambda rule: rule.carried,
    lambda rule: rule.carrier is Carrier.PRECHECK,
    lambda rule: rule.carrier is Carrier.INFORMATION,
)

# A second version from 2025 on, with a rule that rests on the later act.
TWO_VERSIONS = changed(
    "rules:\n", "  - origin: domestic\n    methods: all\n    from: 2025-01-01\nrules:\n"
) + rule("NO8", "requires: NOTICE_GIVEN").replace("law: ACT-1", "law: ACT-2")


def unix(*parts: int) -> int:
    """Unix seconds of a UTC time."""
    return int(datetime(*parts, tzinfo=UTC).timestamp())  # type: ignore[arg-type,misc]


# Dates of laws


def test_fraud_law_applies_from_its_day_in_force_not_of_adoption() -> None:
    """S171."""
    law = bundled("CN").law("ATF-2022")
    assert law.adopted == date(2022, 9, 2)
    assert not law.in_force_on(date(2022, 9, 2))
    assert not law.in_force_on(date(2022, 11, 30))
    assert law.in_force_on(date(2022, 12, 1))


def test_china_cites_the_opinions_on_cross_border_fraud() -> None:
    """S173."""
    china = bundled("CN")
    assert "People's Court Daily, 27 July 2024" in china.law("CBF-2024").note.en  # type: ignore[union-attr]
    cited = {reference.law for each in china.rules for reference in each.see}
    assert "CBF-2024" in cited


def test_naming_of_telecommunication_network_fraud_has_its_date() -> None:
    """S170."""
    law = bundled("CN").law("TERM-2016")
    assert not law.in_force_on(date(2016, 3, 3))
    assert law.in_force_on(date(2016, 3, 4))
    assert law.title.zh.startswith("“电信网络诈骗”")


def test_repealed_law_no_longer_applies() -> None:
    day = date(2020, 1, 1)
    law = Law("X", LawKind.LAW, Text("X", "法"), day, day, date(2024, 1, 1), Certainty.READ)
    assert law.in_force_on(date(2023, 12, 31))
    assert not law.in_force_on(date(2024, 1, 1))


@pytest.mark.parametrize("code", bundled_jurisdictions())
def test_every_law_but_our_own_choices_has_dates(code: str) -> None:
    for law in bundled(code).laws.values():
        assert (law.in_force is None) == (law.kind is LawKind.CHOICE) == (law.adopted is None)


@pytest.mark.parametrize(
    ("short", "chinese"),
    [
        ("art. 112(1)", "第一百一十二条第（一）项"),
        ("arts 8-9", "第八条至第九条"),
        ("item 14", "第十四条"),
        ("s. 90A(1)-(2)", "第90A条第(1)款至第(2)款"),
        ("s. 35; s. 39; s. 40", "第35条、第39条、第40条"),
        ("sec. 4.2.2", "第4.2.2节"),
    ],
)
def test_short_articles_have_a_chinese_form(short: str, chinese: str) -> None:
    assert article(short) == Text(short, chinese)


@pytest.mark.parametrize(
    ("number", "chinese"),
    [
        (1, "一"),
        (10, "十"),
        (15, "十五"),
        (20, "二十"),
        (101, "一百零一"),
        (110, "一百一十"),
        (240, "二百四十"),
    ],
)
def test_chinese_numerals(number: int, chinese: str) -> None:
    assert numeral(number) == chinese


def test_unknown_article_has_none() -> None:
    assert article("art. 1; chapter two") is None


# Versions


def test_hour_of_a_local_day() -> None:
    assert first_hour(date(2022, 12, 1), timezone(timedelta(hours=8))) * 3600 == unix(2022, 11, 30, 16)
    india = timezone(timedelta(hours=5, minutes=30))
    assert first_hour(date(2024, 7, 1), india) * 3600 == unix(2024, 6, 30, 19)  # 18:30 is rounded up


def test_law_of_the_day_of_the_act_judges() -> None:
    book = loads(TWO_VERSIONS)
    older = book.compile(HOME, IMAGING, at=unix(2024, 6, 1))
    newer = book.compile(HOME, IMAGING)
    assert older.from_hour * 3600 == unix(2020, 12, 31, 23)
    assert older.until_hour == newer.from_hour
    assert newer.until_hour == 0
    assert not older.curable & mask(Step.NOTICE_GIVEN)
    assert newer.curable & mask(Step.NOTICE_GIVEN)
    assert {each.id for each in book.rules_for(HOME, IMAGING)} - {
        each.id for each in book.rules_for(HOME, IMAGING, unix(2024, 6, 1))
    } == {"NO8"}
    assert book.compile(HOME, Method.OTHER, at=unix(2024, 6, 1)).curable & mask(Step.NOTICE_GIVEN) == 0


def test_before_the_first_version_there_is_none() -> None:
    with pytest.raises(RulebookError, match="that was in force then"):
        bundled("CN").compile(HOME, IMAGING, at=unix(2022, 11, 30, 15))
    assert bundled("CN").compile(HOME, IMAGING, at=unix(2022, 11, 30, 16))
    with pytest.raises(RulebookError, match="has no standard for STORAGE_IMAGING, foreign"):
        bundled("INTL").version(ABROAD, IMAGING)


# Merging


def test_baseline_is_merged_and_keeps_its_clause_first() -> None:
    base = bundled("INTL").compile(HOME, IMAGING)
    standard = bundled("CN").compile(HOME, IMAGING)
    assert standard.clauses[: len(base.clauses)] == base.clauses
    assert standard.fatal & base.fatal == base.fatal
    assert standard.delay_hours < base.delay_hours
    assert standard.fewest_officers == 2
    # The baseline merely notes it, Chinese law asks for it.
    assert base.noted & standard.curable & mask(Step.TECHNICAL_STANDARD_FOLLOWED)


def test_same_clause_takes_one_place_and_names_both_rules() -> None:
    compiled = bundled("CN").compiled(HOME, IMAGING)
    assert [each.id for each in compiled.rules_at(Reason.CLAUSE_0)] == ["CN14a", "B06"]


def test_severer_clause_stands_beside_the_baselines() -> None:
    extra = rule(
        "NO8",
        "any_of: [WRITE_BLOCKER_WAIVER_REASONED, WRITE_BLOCKER_USED]",
        severity="fatal",
        applies="{domestic: [STORAGE_IMAGING]}",
    )
    clauses = loads(NORWAY + extra).compile(HOME, IMAGING).clauses
    assert [clause.severity for clause in clauses] == [Severity.CURABLE, Severity.FATAL, Severity.FATAL]


def test_own_rule_says_whether_it_may_come_late() -> None:
    silent = loads(NORWAY).compile(HOME, IMAGING)
    strict = loads(NORWAY + rule("NO8", "requires: MINUTES_MADE")).compile(HOME, IMAGING)
    assert silent.late_curable & mask(Step.MINUTES_MADE)
    assert not strict.late_curable & mask(Step.MINUTES_MADE)
    assert strict.curable & mask(Step.MINUTES_MADE)


def test_other_asks_outright_for_what_too_many_clauses_share() -> None:
    def part(severity: Severity, *pairs: tuple[Step, ...]) -> Compiled:
        demand = Demand(severity, ())
        return Compiled(clauses=tuple((Clause(pair, severity), demand) for pair in pairs))

    first = part(
        Severity.CURABLE,
        (Step.HOLDER_SIGNED, Step.MINUTES_MADE),
        (Step.HOLDER_SIGNED, Step.NOTICE_GIVEN),
        (Step.WITNESS_ELIGIBLE, Step.VIDEO_RECORDED),
        (Step.WITNESS_ELIGIBLE, Step.WITNESS_ABSENCE_REASONED),
    )
    second = part(
        Severity.FATAL,
        (Step.DATA_PUBLIC, Step.MANDATE_COVERS),
        (Step.ORIGINAL_SEALED, Step.ORIGINAL_NOT_SEIZED_REASONED),
        (Step.TRANSLATED, Step.JARGON_EXPLAINED),
    )
    both = union([first, second])
    assert len(both.clauses) <= MAX_CLAUSES
    assert set(both.steps) == {Step.WITNESS_ELIGIBLE}  # declared: preferred to the holder's signature
    assert both.steps[Step.WITNESS_ELIGIBLE].severity is Severity.CURABLE


def test_china_other_keeps_every_alternative_in_force() -> None:
    standard = bundled("CN").compile(HOME, Method.OTHER)
    for method in Method:
        for clause in bundled("CN").compile(HOME, method).clauses:
            outright = standard.fatal | standard.curable
            stricter = any(
                each.steps & ~clause.steps == 0 and each.severity >= clause.severity
                for each in standard.clauses
            )
            assert stricter or outright & clause.steps, clause


# Rules that no mask carries


def test_what_is_not_carried_says_why() -> None:
    kinds = {Carrier.PRECHECK, Carrier.INFORMATION}
    for code in bundled_jurisdictions():
        for each in bundled(code).rules:
            assert (each.because is not None) == (each.carrier in kinds)


def test_every_check_of_the_client_is_asked_for_by_a_rule() -> None:
    asked = {
        each.precheck for code in bundled_jurisdictions() for each in bundled(code).rules if each.precheck
    }
    assert asked == PRECHECKS


@pytest.mark.parametrize(
    ("code", "ids"),
    [
        ("INTL", [f"B{n:02}" for n in range(1, 15)]),
        ("CN", [f"CN{n:02}" for n in range(1, 26)]),
        ("CN", [*(f"CF{n}" for n in range(1, 5)), *(f"CC{n}" for n in range(1, 8))]),
        ("MY", [f"MY{n}" for n in range(1, 8)]),
        ("SG", [f"SG{n}" for n in range(1, 6)]),
    ],
)
def test_every_rule_of_the_study_is_there(code: str, ids: list[str]) -> None:
    have = {each.id.rstrip("abcdef") for each in bundled(code).rules}
    assert set(ids) <= have


# Reasons


def test_reasons_that_no_rule_writes() -> None:
    book = bundled("MY")
    none = book.reasons(Assessment(Verdict.NO_STANDARD, 1 << Reason.NO_STANDARD, 0, 0), HOME, IMAGING)
    assert [(each.rule_id, each.severity) for each in none] == [("NO_STANDARD", Severity.FATAL)]
    late = book.reasons(Assessment(Verdict.CURABLE, 0, 1 << Reason.DATE_UNPROVEN, 0), HOME, IMAGING)
    assert late[0].rule_id == "DATE_UNPROVEN"
    assert late[0].missing.zh.endswith("。")


def test_words_of_another_version_are_still_put_into_words() -> None:
    unknown = mask(Step.DEPOSITED_WITH_COURT) | 1 << Reason.CLAUSE_5
    found = bundled("MY").reasons(Assessment(Verdict.REFUSED, unknown, 0, 0), HOME, IMAGING)
    assert [each.rule_id for each in found] == ["ADOPTED", "ADOPTED"]
    assert found[0].missing.en.startswith("Not shown: The data were deposited with the court")


def test_reasons_name_the_baselines_rule_beside_the_own_one() -> None:
    found = bundled("CN").reasons(Assessment(Verdict.CURABLE, 0, mask(Step.MINUTES_MADE), 0), HOME, IMAGING)
    assert (found[0].rule_id, found[0].also, found[0].late) == ("CN03", ("B11",), True)
    assert found[0].citation.zh.endswith("（法发〔2016〕22号）第十四条")
    custody = bundled("CN").reasons(
        Assessment(Verdict.CURABLE, 0, mask(Step.CUSTODY_UNBROKEN), 0), HOME, IMAGING
    )
    assert custody[0].rule_id == "B02"
    assert custody[0].citation.en.startswith("ISO/IEC 27037:2012")


def test_fatal_reasons_come_first() -> None:
    curable = mask(Step.MINUTES_MADE) | 1 << Reason.OFFICERS
    everything = Assessment(Verdict.REFUSED, mask(Step.FREELY_OBTAINED), curable, mask(Step.VIDEO_RECORDED))
    found = bundled("CN").reasons(everything, HOME, IMAGING)
    assert [each.rule_id for each in found] == ["CN25", "CN03", "CN01", "CN08"]


# Reading


@pytest.mark.parametrize("code", bundled_jurisdictions())
def test_bundled_rulebooks_are_unreviewed_and_say_so(code: str) -> None:
    review = bundled(code).review
    assert not review.reviewed
    assert review.label() == "drafted by engineers, not reviewed by counsel"
    assert review.label("zh") == "由工程人员起草，未经律师审核"


def test_reviewed_rulebook_names_who_and_when() -> None:
    text = changed(
        "{status: drafted, by: null, date: null}", "{status: reviewed, by: A. Lawyer, date: 2026-12-01}"
    )
    assert loads(text).review == Review("reviewed", "A. Lawyer", date(2026, 12, 1))
    assert loads(text).review.label() == "reviewed by A. Lawyer on 2026-12-01"
    assert "A. Lawyer" in loads(text).review.label("zh")


def test_load_takes_a_path_or_text(tmp_path: Path) -> None:
    file = tmp_path / "no.yaml"
    file.write_text(NORWAY, encoding="utf-8")
    assert load(file).jurisdiction == load(str(file)).jurisdiction == load(NORWAY).jurisdiction == "NO"
    with pytest.raises(FileError, match="cannot be read"):
        load(tmp_path / "missing.yaml")
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(FileError, match="cannot be read"):
        load(file)


def test_wrong_file_names_place_and_count_of_mistakes() -> None:
    text = changed("delay: 48", "delay: 0", changed("VIDEO_", "VIDO_"))
    with pytest.raises(RulebookError) as caught:
        loads(text, "no.yaml")
    assert caught.value.message.startswith("no.yaml:32:15: unknown step")
    assert caught.value.message.endswith("(and 1 more).")
    assert (caught.value.code, caught.value.exit_code) == ("standards.form", 2)


def test_rules_that_do_not_fit_do_not_compile() -> None:
    steps = [
        "DATA_PUBLIC",
        "TRANSLATED",
        "COURT_AUTHORISED",
        "PROVIDER_SEALED",
        "RADIO_SHIELDED",
        "REPRODUCIBLE",
    ]
    text = NORWAY + "".join(
        rule(f"NO{n}", f"any_of: [{step}, NOTICE_GIVEN]") for n, step in enumerate(steps, 10)
    )
    with pytest.raises(RulebookError, match="at most 6 clauses"):
        loads(text).compile(HOME, IMAGING)


@pytest.mark.parametrize("code", ["XQ", "../my", ""])
def test_what_does_not_come_with_the_package(code: str) -> None:
    with pytest.raises(RulebookError, match="comes with this package") as caught:
        bundled(code)
    assert "INTL, CN, MY, SG" in caught.value.next


def test_unknown_law_and_rule() -> None:
    with pytest.raises(RulebookError, match="no law 'X'"):
        bundled("MY").law("X")
    with pytest.raises(RulebookError, match="no rule 'X'"):
        bundled("MY").rule("X")
    assert bundled("MY").rule("MY1").steps == (Step.COMPUTER_OUTPUT_CERTIFIED, Step.WITNESS_CAN_TESTIFY)


def test_text_is_read_by_language() -> None:
    words = Text("a", "甲")
    assert (words["en"], words["zh"], words.as_dict()) == ("a", "甲", {"en": "a", "zh": "甲"})
    with pytest.raises(KeyError):
        words["fr"]
    assert Certainty("M+").label().en.startswith("from memory")


def test_the_page_lists_what_is_not_carried() -> None:
    page = (Path(__file__).parents[3] / "docs" / "standards.md").read_text(encoding="utf-8")
    listed = page[page.index("## What no mask can carry") : page.index("## Changing a rule")]
    for code in bundled_jurisdictions():
        rules = bundled(code).rules
        for each in rules:
            if not each.carried:
                assert each.id in listed
                assert each.precheck in listed
        counts = [len(rules), *(sum(map(is_kind, rules)) for is_kind in KINDS)]
        assert f"| {' | '.join(map(str, counts))} |" in page
