# SPDX-License-Identifier: Apache-2.0
"""The bundled freeze profiles: the figures of the study, the struct of each, and how they compare."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import profilegoldens
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.assets.law.profileparts import UNLIMITED, Endorser, Profile
from concordat.assets.law.profiles import (
    FreezeProfile,
    ProfileBook,
    bundled_profiles,
    compile_profiles,
    differences,
    first_end,
    load,
    loads,
    longest_seconds,
    next_end,
    sum_seconds,
)
from concordat.assets.values.periods import Rule, cap_seconds, end_of
from concordat.assets.words import AssetClass, Measure, PeriodUnit
from concordat.errors import FileError, UsageError
from concordat.evidence.laws import Certainty, LawKind
from concordat.evidence.places import numeric
from concordat.evidence.rulebook import RulebookError, bundled, bundled_jurisdictions
from concordat.membership.powers import Power

STANDARDS = Path(__file__).parents[3] / "standards"
CODES = bundled_jurisdictions("freeze")
PROFILES = [profile for code in CODES for profile in bundled_profiles(code).profiles]
GOLDEN = profilegoldens.read()
STOP, FREEZE, SEIZE, SEAL = Measure
HOUR, DAY = 3600, 86_400
CASH = AssetClass.CASH


def profile(code: str, measure: Measure, asset_class: AssetClass = CASH) -> Profile:
    return bundled_profiles(code).find(measure, asset_class)


def counts(rule: Rule | None) -> tuple[int, str] | None:
    return None if rule is None else (rule.count, rule.unit.name.lower())


def struct(code: str, measure: Measure, asset_class: AssetClass = CASH) -> FreezeProfile:
    found = compile_profiles(bundled_profiles(code), profilegoldens.endorser(code))
    return next(each for m, c, each in found if (m, c) == (measure, asset_class))


# The figures of the study of the law


@pytest.mark.parametrize(
    ("code", "measure", "asset_class", "period", "renewals", "law", "certainty"),
    [
        ("CN", STOP, CASH, (48, "hours"), 0, "PBC-2016-86", "P"),
        ("CN", FREEZE, CASH, (6, "months"), UNLIMITED, "MPS-2020", "V"),
        ("CN", FREEZE, AssetClass.SECURITIES, (2, "years"), UNLIMITED, "MPS-2020", "V"),
        ("CN", FREEZE, AssetClass.EQUITY, (6, "months"), UNLIMITED, "MPS-2020", "V"),
        ("CN", FREEZE, AssetClass.INSURANCE, (6, "months"), UNLIMITED, "MPS-2020", "V"),
        ("MY", STOP, CASH, None, UNLIMITED, "CPC-2024", "V"),
        ("MY", FREEZE, CASH, (90, "days"), 0, "AMLA-2001", "M+"),
        ("MY", SEIZE, CASH, (12, "months"), 0, "AMLA-2001", "P"),
        ("SG", STOP, CASH, None, 0, "IGRIP", "P"),
        ("SG", FREEZE, CASH, (30, "days"), 5, "PSA-2025", "P"),
        ("SG", SEIZE, CASH, (1, "years"), UNLIMITED, "CPC-2010", "M"),
        ("TH", STOP, CASH, (7, "days"), 0, "TCD-2566", "P"),
        ("TH", STOP, AssetClass.VIRTUAL_ASSET, (7, "days"), 0, "TCD-2566", "P"),
        ("PH", STOP, CASH, (5, "days"), 1, "RA-12010", "P"),
        ("PH", FREEZE, CASH, (20, "days"), UNLIMITED, "AMLA-9160", "M+"),
        ("EU", STOP, CASH, (10, "working_days"), 0, "DIR-2024-1640", "P"),
        ("EU", FREEZE, CASH, None, UNLIMITED, "REG-2018-1805", "M+"),
        ("GB", STOP, CASH, (7, "working_days"), UNLIMITED, "POCA-2002", "P"),
        ("GB", FREEZE, CASH, None, UNLIMITED, "POCA-2002", "M+"),
        ("US", STOP, CASH, (72, "hours"), 0, "FFKC", "P"),
        ("US", FREEZE, CASH, (30, "days"), UNLIMITED, "USC-18-981", "M+"),
    ],
)
def test_figures_are_those_of_the_study(
    code: str,
    measure: Measure,
    asset_class: AssetClass,
    period: tuple[int, str] | None,
    renewals: int,
    law: str,
    certainty: str,
) -> None:
    """S069, S072."""
    found = profile(code, measure, asset_class)
    assert counts(found.period) == period
    assert found.renewals == renewals
    assert found.source.reference.law == law
    assert found.source.certainty == Certainty(certainty)


def test_china_stops_twice_for_48_hours() -> None:
    stop = struct("CN", STOP)
    assert (stop.longest, stop.stops, stop.renewals) == (48 * HOUR, 2, 0)


def test_china_asks_a_higher_rank_for_equity_and_policies_than_for_cash() -> None:
    assert struct("CN", FREEZE).powers("ratifiers") == Power.RATIFY | Power.RATIFY_HIGH
    for asset_class in (AssetClass.EQUITY, AssetClass.INSURANCE):
        found = profile("CN", FREEZE, asset_class)
        assert struct("CN", FREEZE, asset_class).powers("ratifiers") == Power.RATIFY_HIGH
        assert "city level" in found.ranks[Power.RATIFY_HIGH].en
        assert "设区的市一级" in found.ranks[Power.RATIFY_HIGH].zh


def test_china_returns_before_judgment_what_is_frozen_in_accounts() -> None:
    assert struct("CN", FREEZE).returns_before_judgment
    assert profile("CN", FREEZE).returns.reference.law == "RETURN-2016"  # type: ignore[union-attr]
    assert not struct("CN", FREEZE, AssetClass.SECURITIES).returns_before_judgment


def test_chinese_major_case_is_told_but_carried_by_no_profile() -> None:
    notes = bundled_profiles("CN").section.notes
    assert any("one year" in note.says.en and note.source.certainty is Certainty.READ for note in notes)
    assert any("48 hours" in note.says.en for note in notes)
    assert any("three days" in note.says.en for note in notes)


def test_singapore_restricts_for_thirty_days_and_five_times_more() -> None:
    found = profile("SG", FREEZE)
    assert [counts(rule) for rule in found.total] == [(180, "days")]
    assert struct("SG", FREEZE).renewals == 5


def test_thai_banks_hold_72_hours_and_7_days_more() -> None:
    own = profile("TH", STOP).own_hold
    assert own is not None
    assert counts(own.period) == (72, "hours")
    assert [counts(rule) for rule in own.total] == [(72, "hours"), (7, "days")]
    assert struct("TH", STOP).own_hold == 72 * HOUR
    assert struct("TH", STOP).own_total >= (72 + 7 * 24) * HOUR


def test_philippine_institutions_hold_5_days_and_25_more() -> None:
    own, found = profile("PH", STOP).own_hold, profile("PH", STOP)
    assert own is not None
    assert (counts(own.period), counts(found.renewal)) == ((5, "days"), (25, "days"))
    assert [counts(rule) for rule in own.total] == [counts(rule) for rule in found.total] == [(30, "days")]
    assert [counts(rule) for rule in profile("PH", FREEZE).total] == [(6, "months")]


def test_british_payments_wait_four_working_days_and_consent_six_months() -> None:
    own, found = profile("GB", STOP).own_hold, profile("GB", STOP)
    assert own is not None
    assert counts(own.period) == (4, "working_days")  # the next working day, and 72 hours
    assert "72 hours" in own.says.en
    assert counts(found.renewal) == (31, "days")
    assert counts(found.total[-1]) == (6, "months")
    assert [counts(rule) for rule in profile("GB", FREEZE).total] == [(2, "years")]


def test_european_cap_leaves_room_for_holidays_of_member_states() -> None:
    found = profile("EU", STOP)
    assert found.longest is not None
    assert counts(found.longest.rule) == (24, "days")
    assert longest_seconds(found) >= 24 * DAY
    assert any("5 working days" in note.says.en for note in bundled_profiles("EU").section.notes)


def test_european_freezing_orders_are_answered_within_48_hours() -> None:
    assert struct("EU", FREEZE).reply_within == 48 * HOUR


def test_courts_ratify_where_only_a_court_may() -> None:
    for code in ("GB", "US", "PH"):
        assert struct(code, FREEZE).powers("ratifiers") == Power.JUDGE
    assert struct("MY", SEIZE).powers("ratifiers") == Power.PROPOSE


def test_own_holds_are_where_the_law_has_them() -> None:
    having = {code for code in CODES for each in bundled_profiles(code).profiles if each.own_hold}
    assert having == {"TH", "PH", "GB"}


# What holds of all


@pytest.mark.parametrize("key", sorted(GOLDEN))
def test_compiled_profiles_are_the_golden_ones(key: str) -> None:
    assert profilegoldens.compiled()[key] == GOLDEN[key]


def test_every_compiled_profile_is_golden() -> None:
    assert sorted(profilegoldens.compiled()) == sorted(GOLDEN)


@pytest.mark.parametrize("found", PROFILES, ids=lambda each: each.id)
@given(start=st.integers(1_735_689_600, 1_735_689_600 + 8 * 366 * DAY))
def test_chain_lets_every_period_that_the_law_gives(found: Profile, start: int) -> None:
    for end in (first_end(found, start), next_end(found, start)):
        assert end is None or 0 < end - start <= longest_seconds(found)
    if found.own_hold:
        own = found.own_hold
        assert end_of(start, own.period) - start <= cap_seconds(own.period)


@given(start=st.integers(1_751_299_200, 1_751_299_200 + 8 * 366 * DAY))
def test_six_singapore_periods_fit_into_the_total(start: int) -> None:
    found = profile("SG", FREEZE)
    end = first_end(found, start)
    for _ in range(found.renewals):
        assert end is not None
        end = next_end(found, end)
    assert end is not None
    assert end == end_of(start, found.total[0])
    assert end - start <= sum_seconds(found.total)


@given(start=st.integers(1_767_225_600, 1_767_225_600 + 8 * 366 * DAY))
def test_five_and_twenty_five_philippine_days_fit_into_the_total(start: int) -> None:
    found = profile("PH", STOP)
    end = next_end(found, first_end(found, start) or 0)
    assert end == end_of(start, found.total[0])
    assert end - start <= sum_seconds(found.total)


@pytest.mark.parametrize("key", sorted(GOLDEN))
def test_contract_would_take_it(key: str) -> None:
    found = FreezeProfile.of(GOLDEN[key])
    assert found.longest
    assert found.total == 0 or found.total >= found.longest
    deadlines = ("ratify_within", "reply_within", "check_within", "review_within", "turn_within")
    assert all(getattr(found, name) for name in deadlines)
    assert not found.starters & (found.ratifiers | found.reviewers)
    assert all(found.powers(role) for role in ("starters", "ratifiers", "renewers", "reviewers"))
    assert found.endorser >> 16 == numeric(key[:2])
    assert found.own_total == 0 or found.own_total >= found.own_hold > 0
    assert (found.until, found.flags & ~1) == (0, 0)


@pytest.mark.parametrize("code", CODES)
def test_what_no_law_says_is_marked_as_a_choice(code: str) -> None:
    book = bundled_profiles(code)
    project = {name for name, law in book.laws.items() if law.kind is LawKind.CHOICE}
    for group in book.section.deadlines:
        assert group.source.reference.law in project
        assert group.source.certainty is Certainty.MEMORY_LOW
    for each in book.profiles:
        assert each.source.reference.law not in project
        if each.longest and each.longest.source.reference.law in project:
            assert each.longest.source.certainty is Certainty.MEMORY_LOW


@pytest.mark.parametrize("code", CODES)
def test_bundled_profiles_are_unreviewed_and_bilingual(code: str) -> None:
    book = bundled_profiles(code)
    assert not book.review.reviewed
    for each in book.profiles:
        assert each.says.en.endswith(".")
        assert each.says.zh.endswith("。")
        assert all(rank.zh for rank in each.ranks.values())


def test_a_day_begins_in_the_countrys_own_time() -> None:
    start = datetime.fromtimestamp(struct("TH", STOP).start, UTC)
    assert start == datetime(2025, 4, 12, 17, tzinfo=UTC)


# Compiling and comparing


def test_endorser_is_asked_for_by_competence() -> None:
    asked: list[Endorser] = []

    def find(endorser: Endorser) -> int:
        asked.append(endorser)
        return numeric("GB") << 16 | (2 if endorser.competence == "FREEZING_OF_FUNDS" else 3)

    found = compile_profiles(bundled_profiles("GB"), find)
    assert {each.endorser & 0xFFFF for measure, _, each in found if measure is STOP} == {2}
    assert {each.endorser & 0xFFFF for measure, _, each in found if measure is FREEZE} == {3}
    assert {each.competence for each in asked} == {"FREEZING_OF_FUNDS", "MUTUAL_LEGAL_ASSISTANCE"}


def test_endorser_is_of_the_jurisdiction_itself() -> None:
    with pytest.raises(UsageError, match="it is of another jurisdiction"):
        compile_profiles(bundled_profiles("SG"), numeric("MY") << 16 | 1)


def changed(old: str, new: str) -> ProfileBook:
    text = (STANDARDS / "sg.yaml").read_text(encoding="utf-8")
    assert old in text
    return loads(text.replace(old, new, 1))


def test_endorser_may_be_an_agency_or_nobody() -> None:
    line = "  endorser: {competence: FREEZING_OF_FUNDS}\n"
    named = compile_profiles(changed(line, "  endorser: {agency: SG-2}\n"), 0)
    assert {each.endorser for _, _, each in named} == {numeric("SG") << 16 | 2}
    nobody = compile_profiles(changed(line, "  endorser: none\n"), numeric("SG") << 16 | 1)
    assert {each.endorser for _, _, each in nobody} == {0}


def test_differences_name_each_field_and_leave_out_when_it_begins() -> None:
    ours = struct("SG", FREEZE)
    book = changed("renewals: 5", "renewals: 4")
    theirs = next(p for m, _, p in compile_profiles(book, profilegoldens.endorser("SG")) if m is FREEZE)
    assert differences(theirs, ours) == {"renewals": (4, 5)}
    later = FreezeProfile.of({**ours.struct(), "from": ours.start + DAY, "until": 9})
    assert differences(later, ours) == {}


def test_struct_reads_back_what_it_packs() -> None:
    ours = struct("PH", STOP)
    assert FreezeProfile.of(ours.pack()) == FreezeProfile.of(ours.struct()) == ours
    assert list(ours.struct())[:4] == ["from", "until", "longest", "total"]
    for values in (ours.pack()[1:], {}):
        with pytest.raises(UsageError, match="has 19 fields"):
            FreezeProfile.of(values)
    with pytest.raises(UsageError, match="ownHold is 16777216: a freeze profile has 24 bits"):
        FreezeProfile.of({**ours.struct(), "ownHold": 1 << 24})


def test_struct_is_that_of_the_contract() -> None:
    text = (STANDARDS.parent / "interfaces/assets/IFreezeProfiles.sol").read_text(encoding="utf-8")
    body = text[text.index("struct FreezeProfile {") :]
    lines = [line.split(";")[0].split() for line in body[: body.index("}")].splitlines()[1:]]
    assert [words[1] for words in lines if words] == list(struct("CN", STOP).struct())


def test_unknown_measure_says_what_there_is() -> None:
    with pytest.raises(UsageError, match="SG has no freeze profile for SEAL on REAL_ESTATE") as caught:
        profile("SG", SEAL, AssetClass.REAL_ESTATE)
    assert "FREEZE on CASH" in caught.value.next


# Reading


def test_jurisdictions_without_profiles_say_so(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match="No freeze profiles for KH") as caught:
        bundled_profiles("KH")
    assert "CN, EU, GB, MY, PH, SG, TH, US" in caught.value.next
    with pytest.raises(RulebookError, match="has no freeze profiles"):
        load(STANDARDS / "intl.yaml")
    with pytest.raises(FileError, match="cannot be read"):
        load(tmp_path / "none.yaml")
    binary = tmp_path / "binary.yaml"
    binary.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(FileError, match="cannot be read"):
        load(binary)


@pytest.mark.parametrize("code", ["TH", "PH", "EU", "GB", "US"])
def test_files_with_profiles_only_are_no_standards_of_evidence(code: str) -> None:
    assert code not in bundled_jurisdictions()
    with pytest.raises(RulebookError, match=f"No rulebook for {code} comes with this package"):
        bundled(code)


def test_file_is_named_by_its_hash() -> None:
    file = STANDARDS / "th.yaml"
    assert load(file).sha256 == bundled_profiles("TH").sha256 == bundled_profiles("th").sha256
    assert len(load(file).sha256) == 32


def test_periods_take_the_countrys_way_of_counting() -> None:
    china = profile("CN", FREEZE).period
    assert china is not None
    assert (china.zone, china.ends_at, china.first_day_counts) == ("Asia/Shanghai", "24:00", False)
    # Held on 15 January at 10:00: from the 16th to the end of 15 July.
    start = int(datetime(2026, 1, 15, 2, tzinfo=UTC).timestamp())
    end = int(datetime(2026, 7, 15, 16, tzinfo=UTC).timestamp())
    assert first_end(profile("CN", FREEZE), start) == end
    assert next_end(profile("CN", FREEZE), end) == int(datetime(2027, 1, 15, 16, tzinfo=UTC).timestamp())
    stop = profile("CN", STOP).period
    assert stop is not None
    assert stop.unit is PeriodUnit.HOURS
    assert first_end(profile("CN", STOP), start) == next_end(profile("CN", STOP), start) == start + 48 * HOUR
    assert first_end(profile("EU", FREEZE), start) is next_end(profile("EU", FREEZE), start) is None
