# SPDX-License-Identifier: Apache-2.0
"""Every kind of wrong freeze profile is refused with its line, its column and the reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.assets.law.profiles import loads
from concordat.errors import ConcordatError
from concordat.evidence import rulebook
from concordat.evidence.lint import lint
from concordat.evidence.rulebook import RulebookError, bundled_jurisdictions

STANDARDS = Path(__file__).parents[3] / "standards"

NORWAY = """\
# SPDX-License-Identifier: Apache-2.0
concordat: standards/1
jurisdiction: NO
name: {en: Norway, zh: 挪威}
zone: "+01:00"
review: {status: drafted, by: null, date: null}
laws:
  - id: ACT-1
    kind: law
    title: {en: Act, zh: 法}
    adopted: 2020-01-15
    in_force: 2020-03-01
    repealed: null
    certainty: M
  - id: PROJECT
    kind: choice
    title: {en: Choice of this project, zh: 本项目设定}
    adopted: null
    in_force: null
    repealed: null
    certainty: V
freeze:
  from: 2021-01-01
  counting: {zone: Europe/Oslo, holidays: "NO", first_day_counts: false, ends_at: "24:00", moves_on: false}
  endorser: {competence: FREEZING_OF_FUNDS}
  deadlines:
    - law: PROJECT
      article: {en: project default, zh: 项目默认值}
      certainty: M-
      ratify: 24
      reply: 24
      check: 24
      review: 720
      turn: 72
  profiles:
    - id: NOF1
      measure: STOP_PAYMENT
      classes: [CASH]
      law: ACT-1
      article: art. 1
      certainty: M
      says: {en: Three days., zh: 三日。}
      period: {count: 72, unit: hours}
      renewals: 1
      total: {count: 144, unit: hours}
      stops: 2
      starters: [REQUEST]
      ratifiers: [RATIFY]
      renewers: [RATIFY]
      reviewers: [REVIEW]
      ranks: {RATIFY: {en: chief, zh: 负责人}}
      own_hold:
        period: {count: 24, unit: hours}
        total: [{count: 24, unit: hours}, {count: 2, unit: days}]
        law: ACT-1
        article: art. 2
        certainty: M
        says: {en: A day., zh: 一日。}
    - id: NOF2
      measure: FREEZE
      classes: [CASH, SECURITIES]
      law: ACT-1
      article: art. 3
      certainty: M
      says: {en: Ten working days., zh: 十个工作日。}
      period: {count: 10, unit: working_days}
      longest:
        count: 60
        unit: days
        law: PROJECT
        article: {en: project default, zh: 项目默认值}
        certainty: M-
      renewals: unlimited
      starters: [REQUEST]
      ratifiers: [RATIFY]
      renewers: [JUDGE]
      reviewers: [REVIEW]
      ranks: {RATIFY: {en: chief, zh: 负责人}, JUDGE: {en: court, zh: 法院}}
"""

Spoiled = tuple[str, int]


def spoiled(*changes: str, line: str = "") -> Spoiled:
    """The small file with changes (old, new, old, new, ...), and the line of the first, or of ``line``."""
    text = NORWAY
    for old, new in zip(changes[::2], changes[1::2], strict=True):
        assert old in text, old
        text = text.replace(old, new, 1)
    at = line or changes[1].strip().splitlines()[0]
    return text, text[: text.index(at)].count("\n") + 1


@pytest.mark.parametrize("code", bundled_jurisdictions("freeze"))
def test_bundled_profiles_are_clean(code: str) -> None:
    file = STANDARDS / f"{code.lower()}.yaml"
    assert lint(file.read_text(encoding="utf-8"), str(file)) == []


def test_small_file_is_clean() -> None:
    assert lint(NORWAY, "no.yaml") == []
    assert [profile.id for profile in loads(NORWAY).profiles] == ["NOF1", "NOF2"]


FORM = {
    "unknown power": (
        spoiled("starters: [REQUEST]", "starters: [REQEST]"),
        "unknown power 'REQEST' (did you mean REQUEST?)",
    ),
    "power of evidence": (spoiled("starters: [REQUEST]", "starters: [COLLECT]"), "unknown power 'COLLECT'"),
    "power twice": (spoiled("reviewers: [REVIEW]", "reviewers: [REVIEW, REVIEW]"), "REVIEW is named twice"),
    "no starters": (spoiled("starters: [REQUEST]", "starters: []"), "a list with at least one entry"),
    "certainty missing": (
        spoiled("      certainty: M\n      says: {en: Three", "      says: {en: Three", line="- id: NOF1"),
        "certainty is missing",
    ),
    "zh missing": (
        spoiled("says: {en: Three days., zh: 三日。}", "says: {en: Three days.}"),
        "zh is missing",
    ),
    "not Chinese": (
        spoiled("says: {en: Three days., zh: 三日。}", "says: {en: Three days., zh: Three days。}"),
        "this is not Chinese",
    ),
    "rank without Chinese": (
        spoiled("ranks: {RATIFY: {en: chief, zh: 负责人}}", "ranks: {RATIFY: {en: chief}}"),
        "zh is missing",
    ),
    "unknown measure": (spoiled("STOP_PAYMENT", "STOP_PAYMENTS"), "unknown measure 'STOP_PAYMENTS'"),
    "unknown class": (spoiled("[CASH]", "[MONEY]"), "unknown asset class 'MONEY'"),
    "class twice": (spoiled("[CASH, SECURITIES]", "[CASH, CASH]"), "CASH is named twice"),
    "unknown unit": (spoiled("unit: hours", "unit: weeks"), "unknown unit 'weeks'"),
    "no count": (spoiled("count: 72, ", "", line="period: {unit"), "count is missing"),
    "no whole count": (spoiled("count: 72", "count: 1.5"), "a whole number in decimal"),
    "too long": (spoiled("count: 72", "count: 9000"), "a period has 1 to 8760 hours"),
    "negative": (spoiled("count: 72", "count: -1"), "must be from 1 to"),
    "unknown zone": (spoiled("Europe/Oslo", "Europe/Olso"), "Europe/Olso"),
    "unknown calendar": (
        spoiled('"NO", first', "QQ, first", line="counting:"),
        "no calendar of holidays 'QQ'",
    ),
    "hour of ending": (spoiled('"24:00"', '"24:30"'), "at an hour from 00:00 to 24:00"),
    "Norway as boolean stays text": (spoiled('holidays: "NO"', "holidays: true"), "read as bool"),
    "renewals": (spoiled("renewals: 1", "renewals: many"), "the number of renewals (or unlimited)"),
    "id": (spoiled("NOF1", "F1"), "'F1' is no id: write it like CNF1"),
    "unknown key": (spoiled("      stops: 2", "      stop: 2"), "unknown key 'stop' (did you mean stops?)"),
    "unknown competence": (spoiled("FREEZING_OF_FUNDS", "FREEZING"), "unknown competence 'FREEZING'"),
    "foreign endorser": (
        spoiled("{competence: FREEZING_OF_FUNDS}", "{agency: SE-1}"),
        "an agency of NO itself",
    ),
    "agency number": (spoiled("{competence: FREEZING_OF_FUNDS}", "{agency: NO-0}"), "write it like MY-2"),
    "two endorsers": (
        spoiled("{competence: FREEZING_OF_FUNDS}", "{competence: VICTIMS, agency: NO-1}"),
        "one of the two",
    ),
    "endorser in words": (spoiled("{competence: FREEZING_OF_FUNDS}", "anybody"), "unknown endorser"),
    "no deadline": (
        spoiled(
            "      ratify: 24\n      reply: 24\n      check: 24\n      review: 720\n      turn: 72\n",
            "",
            line="- law: PROJECT",
        ),
        "none of ratify, reply, check, review, turn is said",
    ),
    "deadline of years": (spoiled("review: 720", "review: 7200"), "a deadline in hours is 7200"),
    "from": (spoiled("from: 2021-01-01", "from: soon"), "a day such as 2022-12-01"),
    "before 1970": (spoiled("from: 2021-01-01", "from: 1960-01-01"), "seconds since 1970"),
    "article": (spoiled("article: art. 3", "article: number 3"), "no short form of an article"),
    "a list for the section": (
        (NORWAY[: NORWAY.index("freeze:")] + "freeze: []\n", 22),
        "a mapping with",
    ),
}


@pytest.mark.parametrize("case", FORM.values(), ids=FORM)
def test_mistakes_of_form(case: tuple[Spoiled, str]) -> None:
    (text, line), message = case
    found = lint(text)
    assert any(each.line == line and message in each.message for each in found), found
    with pytest.raises(RulebookError) as caught:
        loads(text, "no.yaml")
    assert list(caught.value.findings) == found
    assert caught.value.message.startswith(f"no.yaml:{found[0].line}:{found[0].column}: ")


SENSE = {
    "starter ratifies": (
        spoiled("ratifiers: [RATIFY]", "ratifiers: [RATIFY, REQUEST]"),
        "NOF1: REQUEST is among the starters: nobody ratifies what he started",
    ),
    "starter reviews": (
        spoiled("reviewers: [REVIEW]", "reviewers: [REVIEW, REQUEST]"),
        "NOF1: REQUEST is among the starters: nobody reviews what he started",
    ),
    "total below period": (spoiled("count: 144", "count: 71", line="total: {count: 71"), "259200"),
    "no room to renew": (spoiled("count: 144", "count: 72", line="renewals: 1"), "no room to renew"),
    "cap below the law's count": (
        spoiled("count: 60", "count: 9", line="count: 9"),
        "NOF2: 871200 seconds are fewer than period needs",
    ),
    "period missing beside another": (
        spoiled(
            "- id: NOF2\n      measure: FREEZE\n      classes: [CASH, SECURITIES]",
            "- id: NOF2\n      measure: STOP_PAYMENT\n      classes: [SECURITIES]",
            "period: {count: 10, unit: working_days}",
            "period: null",
            line="period: null",
        ),
        "NOF2: no period, but NOF1 has one for the same measure",
    ),
    "neither period nor cap": (
        spoiled("period: {count: 72, unit: hours}", "period: null"),
        "so longest must say",
    ),
    "unknown law": (spoiled("law: ACT-1", "law: ACT-9", line="- id: NOF1"), "cites ACT-9"),
    "unknown law of a deadline": (spoiled("law: PROJECT", "law: PROJEKT"), "cites PROJEKT"),
    "law not in force": (
        spoiled("from: 2021-01-01", "from: 2020-02-01", line="law: ACT-1"),
        "not in force on 2020-02-01",
    ),
    "period of the project": (
        spoiled("law: ACT-1", "law: PROJECT", line="law: PROJECT\n      article: art. 1"),
        "a choice of this project gives no period of law",
    ),
    "id twice": (spoiled("id: NOF2", "id: NOF1", line="id: NOF1"), "given to more than one profile"),
    "measure twice": (
        spoiled("measure: FREEZE", "measure: STOP_PAYMENT", line="classes: [CASH, SECURITIES]"),
        "STOP_PAYMENT on CASH has a profile already, NOF1",
    ),
    "rank of nobody": (
        spoiled("ranks: {RATIFY", "ranks: {KEEP: {en: store, zh: 保管}, RATIFY"),
        "KEEP has a rank",
    ),
    "ratifier without rank": (
        spoiled("ratifiers: [RATIFY]", "ratifiers: [RATIFY, RATIFY_HIGH]", line="ranks: {RATIFY"),
        "RATIFY_HIGH decides",
    ),
    "stops of a freeze": (
        spoiled(
            "      renewals: unlimited\n", "      renewals: unlimited\n      stops: 3\n", line="stops: 3"
        ),
        "only stop-payments",
    ),
    "renewal without renewals": (
        spoiled(
            "      renewals: unlimited\n",
            "      renewals: 0\n      renewal: {count: 5, unit: working_days}\n",
            line="renewal: {",
        ),
        "a period of renewal, but no renewals",
    ),
    "renewal without period": (
        spoiled(
            "      renewals: unlimited\n",
            "      renewals: 2\n      renewal: {count: 5, unit: working_days}\n",
            "period: {count: 10, unit: working_days}",
            "period: null",
            line="renewal: {",
        ),
        "a period of renewal, but no first period",
    ),
    "own total below own hold": (
        spoiled(
            "total: [{count: 24, unit: hours}, {count: 2, unit: days}]",
            "total: {count: 12, unit: hours}",
            line="period: {count: 24",
        ),
        "43200 seconds in all, but the first period alone has 86400",
    ),
    "own hold of a freeze": (
        spoiled("measure: STOP_PAYMENT", "measure: SEAL", line="period: {count: 24"),
        "may only stop payments itself",
    ),
    "own hold too long": (
        spoiled("{count: 2, unit: days}", "{count: 300, unit: days}", line="period: {count: 24"),
        "no room for more than",
    ),
    "no deadline to reply": (spoiled("      reply: 24\n", "", line="- id: NOF1"), "no deadline to reply"),
    "ratified after the end": (
        spoiled("ratify: 24", "ratify: 73", line="- id: NOF1"),
        "ratified after it is over",
    ),
    "twenty years twice eight": (
        spoiled(
            "total: {count: 144, unit: hours}", "total: [" + ", ".join(["{count: 20, unit: years}"] * 8) + "]"
        ),
        "no room for so many seconds",
    ),
}


@pytest.mark.parametrize("case", SENSE.values(), ids=SENSE)
def test_mistakes_of_sense(case: tuple[Spoiled, str]) -> None:
    (text, line), message = case
    found = lint(text)
    assert any(each.line == line and message in each.message for each in found), found


# Files with and without standards


def test_rulebook_without_freeze_needs_standards_and_rules() -> None:
    bare = NORWAY[: NORWAY.index("freeze:")]
    assert [each.message for each in lint(bare)] == ["rules is missing", "standards is missing"]


def test_half_a_set_of_standards_is_refused() -> None:
    half = NORWAY + "standards:\n  - {origin: domestic, methods: all, from: 2021-01-01}\n"
    assert [each.message for each in lint(half)] == ["rules is missing"]


def test_evidence_code_says_what_such_a_file_is_for() -> None:
    with pytest.raises(RulebookError, match="holds freeze profiles only") as caught:
        rulebook.loads(NORWAY, "no.yaml")
    assert caught.value.code == "standards.profiles-only"


def test_name_and_laws_are_judged_as_everywhere() -> None:
    text = NORWAY.replace("in_force: 2020-03-01", "in_force: 2019-03-01")
    found = [each.message for each in lint(text, "se.yaml")]
    assert any("is named no.yaml" in message for message in found)
    assert any("before it was adopted" in message for message in found)


@pytest.mark.parametrize("cut", range(0, len(NORWAY), 97))
def test_cut_files_give_findings_or_sentences(cut: int) -> None:
    text = NORWAY[:cut] + "\n"
    lint(text)
    try:
        loads(text)
    except ConcordatError as error:
        assert error.message


WORDS = [
    "null",
    "true",
    "-1",
    "0",
    "1e9",
    "[]",
    "{}",
    "''",
    "~",
    "2020-02-30",
    "\u00e9",
    "unlimited",
    "none",
    "9" * 40,
]


@given(
    st.lists(st.tuples(st.integers(0, NORWAY.count("\n")), st.sampled_from(WORDS)), min_size=1, max_size=4)
)
def test_any_value_in_any_place_gives_findings_or_sentences(changes: list[tuple[int, str]]) -> None:
    lines = NORWAY.split("\n")
    for number, word in changes:
        key, colon, _ = lines[number].partition(": ")
        lines[number] = f"{key}{colon}{word}"
    text = "\n".join(lines)
    found = lint(text)
    assert all(each.line > 0 and each.message for each in found)
    try:
        loads(text)
    except ConcordatError as error:
        assert found
        assert error.message


def test_example_of_the_manual_is_right() -> None:
    manual = (STANDARDS.parent / "docs/standards.md").read_text(encoding="utf-8")
    example = manual[manual.index("```yaml\nfreeze:") + len("```yaml\n") :]
    text = (STANDARDS / "sg.yaml").read_text(encoding="utf-8")
    text = text[: text.index("freeze:\n")] + example[: example.index("```")]
    assert lint(text, "sg.yaml") == []
