# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.evidence.facts import Algorithm, Facts, FactsError, algorithms_in, algorithms_mask
from concordat.evidence.methods import Method
from concordat.evidence.steps import SEEN

facts_values = st.builds(
    Facts,
    started_at=st.integers(0, 2**36 - 1),
    duration_minutes=st.integers(0, 2**16 - 1),
    place=st.integers(0, 1023),
    data_location=st.integers(0, 1023),
    method=st.sampled_from(Method),
    algorithms=st.integers(0, 255),
    officers=st.integers(0, 15),
    steps=st.integers(0, 2**64 - 1),
)

SAMPLE = Facts(1_773_711_000, 95, 458, 156, Method.STORAGE_IMAGING, 3, 2, 1 << 63 | 1)


@given(facts_values)
def test_round_trip(facts: Facts) -> None:
    assert Facts.unpack(facts.pack()) == facts


@given(facts_values)
def test_fits_160_bits_and_leaves_the_spare_ones_clear(facts: Facts) -> None:
    assert 0 <= facts.pack() < 1 << 160
    assert facts.pack() & 0x3F == 0


def test_layout_is_the_one_of_the_contract() -> None:
    word = SAMPLE.pack()
    assert word >> 124 == 1_773_711_000
    assert word >> 108 & 0xFFFF == 95
    assert (word >> 98 & 0x3FF, word >> 88 & 0x3FF) == (458, 156)
    assert (word >> 82 & 0x3F, word >> 74 & 0xFF, word >> 70 & 0xF) == (2, 3, 2)
    assert word >> 6 & 0xFFFFFFFFFFFFFFFF == 1 << 63 | 1


def test_end_is_whole_minutes_after_the_start() -> None:
    assert SAMPLE.ended_at == 1_773_711_000 + 95 * 60


@given(facts_values)
def test_declared_facts_claim_nothing_that_the_contract_sees(facts: Facts) -> None:
    declared = facts.declared()
    assert declared.officers == 0
    assert declared.steps == facts.steps & ~SEEN
    assert replace(declared, officers=facts.officers, steps=facts.steps) == facts


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("started_at", 1 << 36),
        ("started_at", -1),
        ("duration_minutes", 1 << 16),
        ("place", 1024),
        ("data_location", 1024),
        ("method", 12),
        ("algorithms", 256),
        ("officers", 16),
        ("steps", 1 << 64),
    ],
)
def test_value_that_does_not_fit(field: str, value: int) -> None:
    with pytest.raises(FactsError) as caught:
        replace(SAMPLE, **{field: value})  # type: ignore[arg-type]
    assert (caught.value.field, caught.value.value, caught.value.code) == (field, value, f"facts.{field}")
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("word", [-1, 1 << 160, 1, 1 << 5])
def test_words_that_are_no_facts(word: int) -> None:
    with pytest.raises(FactsError) as caught:
        Facts.unpack(word)
    assert caught.value.field == "facts"


def test_undefined_method_in_a_word() -> None:
    with pytest.raises(FactsError, match="no such method"):
        Facts.unpack(12 << 82)


def test_algorithms() -> None:
    assert algorithms_mask(Algorithm.SHA_256, Algorithm.SM3) == 3
    assert algorithms_in(0b1100_0001) == (Algorithm.SHA_256, Algorithm.MD5, Algorithm.SHA_1)
    assert [algorithm.label for algorithm in Algorithm] == [
        "SHA-256", "SM3", "SHA-384", "SHA-512", "SHA3-256", "SHA3-512", "MD5", "SHA-1",
    ]  # fmt: skip
