# SPDX-License-Identifier: Apache-2.0
"""One person has one pseudonym, however its numbers are written; nobody without the secret can make it."""

from __future__ import annotations

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.cooperation.victimkeys import (
    canonical_id,
    canonical_passport,
    canonical_phone,
    read_victims,
    victim_key,
    victim_keys,
)
from concordat.errors import UsageError

SECRET = bytes(range(32))


@pytest.mark.parametrize(
    ("country", "written", "canonical"),
    [
        ("CN", "11010519491231002x", "id:CN:11010519491231002X"),
        ("cn", "110105 1949 1231 002X", "id:CN:11010519491231002X"),
        ("CN", "110105491231002", "id:CN:11010519491231002X"),  # 15 digits, before 1999
        ("MY", "900101-14-5677", "id:MY:900101145677"),
        ("SG", "s1234567d", "id:SG:S1234567D"),
        ("TH", "1-2345-67890-12-1", "id:TH:1234567890121"),
        ("KH", "01 234 567", "id:KH:01234567"),
        ("KH", "\uff10\uff11\uff12\uff13\uff14", "id:KH:01234"),
    ],
)
def test_identity_numbers_are_one_however_written(country: str, written: str, canonical: str) -> None:
    assert canonical_id(country, written) == canonical


@pytest.mark.parametrize(
    ("country", "written"),
    [
        ("CN", "110105194912310021"),
        ("CN", "1101051949"),
        ("MY", "90010114567"),
        ("SG", "1234567"),
        ("TH", "1234567890123"),
        ("TH", "123"),
        ("", "12345"),
        ("China", "12345"),
        ("KH", "1"),
        ("KH", "12345<script>"),
    ],
)
def test_mistyped_numbers_are_refused(country: str, written: str) -> None:
    with pytest.raises(ValueError, match=r"digit|letters"):
        canonical_id(country, written)


@pytest.mark.parametrize(
    ("country", "written", "canonical"),
    [
        ("", "+86 138-0000-0001", "phone:+8613800000001"),
        ("CN", "138 0000 0001", "phone:+8613800000001"),
        ("CN", "0086 138 0000 0001", "phone:+8613800000001"),
        ("MY", "012-345 6789", "phone:+60123456789"),
        ("", "+60 (12) 345.6789", "phone:+60123456789"),
        ("TH", "081 234 5678", "phone:+66812345678"),
    ],
)
def test_phones_are_one_however_written(country: str, written: str, canonical: str) -> None:
    assert canonical_phone(country, written) == canonical


@pytest.mark.parametrize(
    ("country", "written"), [("", "0123456"), ("XX", "123456789"), ("CN", "12"), ("", "+")]
)
def test_no_phones_are_refused(country: str, written: str) -> None:
    with pytest.raises(ValueError, match="phone"):
        canonical_phone(country, written)


def test_the_key_is_the_published_construction() -> None:
    derived = hmac.new(SECRET, b"concordat/victims/1", hashlib.sha256).digest()
    expected = hmac.new(derived, b"passport:MY:A1234567", hashlib.sha256).digest()
    assert victim_key(canonical_passport("my", "a 123-4567"), SECRET) == expected
    assert victim_key("passport:MY:A1234567", bytes(32)) != expected


@given(st.sets(st.integers(10**6, 10**14 - 1), min_size=1, max_size=50))
def test_different_people_have_different_keys(numbers: set[int]) -> None:
    assert len({victim_key(f"phone:+{each}", SECRET) for each in numbers}) == len(numbers)


def test_a_row_has_its_strongest_identity_first() -> None:
    data = "phone,country,id,passport\n+60123456789,MY,900101145677,A1234567\n,,,\n,KH,,N0011\n".encode(
        "utf-8-sig"
    )
    first, second = read_victims(data, "v.csv")
    assert [each.split(":")[0] for each in first.identities] == ["id", "passport", "phone"]
    assert (second.row, len(victim_keys(second, SECRET))) == (4, 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "first row"),
        ("country\nMY\n", "first row"),
        ("name,id\nA,1\n", "first row"),
        ("id,id\n1,2\n", "first row"),
        ("country,id\n", "names no victim"),
        ("country,id\nMY,\n", "row 2: it names neither"),
        ("country,id\nMY,1,2\n", "row 2: it has more cells"),
        ("country,id\nMY,12\nTH,1\n", "row 3"),
        ('country,id\n"MY,1\n', "no CSV"),
        ("country,id\nKH,\0\n", "row 2"),
    ],
)
def test_files_that_cannot_be_counted_are_sentences(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        read_victims(text.encode(), "v.csv")


@given(st.binary(max_size=200))
def test_whatever_a_file_holds_a_sentence_comes_out(data: bytes) -> None:
    try:
        read_victims(b"country,id,phone\n" + data, "v.csv")
    except UsageError as error:
        assert error.message.startswith("v.csv")
