# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import socket

import pytest

from concordat.evidence.places import EU, INTL, UNKNOWN, PlaceError, alpha, is_country, name, numeric, places


def test_iso_numbers_of_the_first_forums() -> None:
    assert [numeric(code) for code in ("CN", "MY", "SG", "NO")] == [156, 458, 702, 578]


def test_own_places_stand_above_iso() -> None:
    assert (numeric("INTL"), numeric("EU"), numeric("UNKNOWN"), numeric("XX")) == (INTL, EU, UNKNOWN, UNKNOWN)
    assert not any(is_country(code) for code in (INTL, EU, UNKNOWN, 0, 1000))


def test_table_is_all_of_iso_and_round_trips() -> None:
    countries = [place for place in places().values() if is_country(place.number)]
    assert len(countries) == 249
    assert all(numeric(alpha(number)) == number < 1024 for number in places())
    assert all(place.en and place.zh for place in places().values())


def test_names_in_both_languages() -> None:
    assert (name(458), name(458, "zh"), name(INTL, "zh")) == ("Malaysia", "马来西亚", "国际通用基准")


@pytest.mark.parametrize(("wrong", "meant"), [("my", "MY"), ("MYS", "MY"), ("cn", "CN")])
def test_wrong_code_names_the_right_one(wrong: str, meant: str) -> None:
    with pytest.raises(PlaceError, match=f"Did you mean {meant}"):
        numeric(wrong)


def test_unknown_number() -> None:
    with pytest.raises(PlaceError, match="999"):
        alpha(999)


def test_the_guard_refuses_the_network() -> None:
    with pytest.raises(AssertionError, match="without network"):
        socket.create_connection(("localhost", 1))
