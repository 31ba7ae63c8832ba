# SPDX-License-Identifier: Apache-2.0
"""Notes and matching by themselves: handling codes, sources that stay, a group that tells nothing."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concordat.assets.orders.fieldtree import MistakesError
from concordat.cooperation.intelligence import matching, merging, notes
from concordat.cooperation.intelligence.notes import Note, NoteKind
from concordat.cooperation.words import Handling
from concordat.errors import AuthorityError, ConcordatError, UsageError, VerificationError
from concordat.membership.numbers import number_of

MY, MY2, CN, SG = number_of(458, 2), number_of(458, 1), number_of(156, 2), number_of(702, 2)
TEXT = """\
concordat: intelligence/1
number: MY-INT-7
agency: MY-PDRM
kind: IDENTITY
handling: AMBER
case: "0317"
facts:
  - {about: Person A, attribute: PHONE, value: "+60123456789", grade: B2}
  - {about: Person A, attribute: ALIAS, value: Ah Example, grade: C3}
"""


def note(text: str = TEXT, agency: int = MY, called: str = "MY-PDRM") -> Note:
    return notes.parse(text, "note.yaml", agency, called, 1_800_000_000)


def handled(handling: Handling) -> Note:
    return note(TEXT.replace("handling: AMBER", f"handling: {handling.name}"))


def test_a_note_survives_its_journey() -> None:
    found = notes.from_json(json.loads(json.dumps(note().as_json())))
    assert found == note() and found.id == note().id
    assert found.facts[0].sources == (notes.Source(MY, "MY-INT-7", "B2"),)


@pytest.mark.parametrize("kind", NoteKind)
def test_the_template_says_what_is_missing(kind: NoteKind) -> None:
    with pytest.raises(MistakesError) as caught:
        note(notes.template(kind, "MY-PDRM"))
    assert {mistake.field for mistake in caught.value.mistakes} >= {"number"}


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("B2", "G2", "facts[0].grade"),
        ("B2", "B7", "facts[0].grade"),
        ("PHONE", "SHOE", "facts[0].attribute"),
        ("AMBER", "PURPLE", "handling"),
        ("MY-PDRM", "CN-MPS", "agency"),
        ("intelligence/1", "intelligence/2", "concordat"),
        ("kind: IDENTITY", "kind: FLOW", "facts[0].from"),
        ("Ah Example", '"a\\u202eb"', "facts[1].value"),
    ],
)
def test_mistakes_are_told_at_their_place(old: str, new: str, field: str) -> None:
    with pytest.raises(MistakesError) as caught:
        note(TEXT.replace(old, new))
    assert field in {mistake.field for mistake in caught.value.mistakes}


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-9, 1 << 50) | st.text(max_size=9), st.lists, max_leaves=5
    )
)
@settings(max_examples=60)
def test_whatever_comes_a_sentence_comes_out(value: Any) -> None:
    for broken in (value, {**note().as_json(), "facts": value}, {**note().as_json(), "number": value}):
        try:
            notes.from_json(broken)
        except ConcordatError as error:
            assert error.message


@pytest.mark.parametrize(
    ("handling", "within", "abroad"),
    [
        (Handling.RED, False, False),
        (Handling.AMBER_STRICT, False, False),
        (Handling.AMBER, True, False),
        (Handling.GREEN, True, True),
        (Handling.CLEAR, True, True),
    ],
)
def test_a_note_goes_no_further_than_its_handling_code(
    handling: Handling, within: bool, abroad: bool
) -> None:
    given_note = handled(handling)
    assert notes.may_go(given_note, MY, SG), "who wrote it gives it to whom it wants"
    assert notes.may_go(given_note, CN, MY), "back to who wrote it"
    assert notes.may_go(given_note, CN, number_of(156, 9)) is within
    assert notes.may_go(given_note, CN, SG) is abroad
    if not abroad:
        with pytest.raises(AuthorityError, match="may not go to SG-SPF"):
            notes.require_may_go(given_note, CN, SG, "SG-SPF")


def test_a_merged_fact_keeps_all_its_sources() -> None:
    theirs = TEXT.replace("MY-INT-7", "CN-31").replace("MY-PDRM", "CN-MPS").replace("AMBER", "AMBER_STRICT")
    theirs = theirs.replace("Ah Example", "Ah  EXAMPLE").replace("+60123456789", "+60198765432")
    merged = merging.merge([note(), note(theirs, CN, "CN-MPS")], "M-1", MY, 1_800_000_001)
    assert merged.note.handling is Handling.AMBER_STRICT and merged.note.case == "0317"
    alias = next(fact for fact in merged.note.facts if "ALIAS" in fact.values)
    assert [(source.agency, source.note) for source in alias.sources] == [(CN, "CN-31"), (MY, "MY-INT-7")]
    assert merged.confirmed == (alias,)
    assert len(merged.differing) == 1 and len(merged.differing[0]) == 2
    assert not notes.may_go(merged.note, MY, SG), "what others said is not the merger's to give"
    again = merging.merge([merged.note, note()], "M-2", MY, 1_800_000_002)
    assert again.note.facts == merged.note.facts, "what is merged twice is not counted twice"
    with pytest.raises(UsageError, match="Two or more"):
        merging.merge([note()], "M-3", MY, 1)


# Matching


def test_the_group_is_that_of_rfc_3526() -> None:
    assert matching.PRIME.bit_length() == 2048
    assert matching.PRIME % (1 << 64) == (1 << 64) - 1 and matching.PRIME >> 1984 == (1 << 64) - 1
    for number in (matching.PRIME, matching.ORDER):
        assert pow(3, number - 1, number) == 1, "prime"


def test_values_are_in_the_group_and_of_their_session() -> None:
    element = matching.into_group("phone:+60123456789", b"s")
    assert pow(element, matching.ORDER, matching.PRIME) == 1
    assert element != matching.into_group("phone:+60123456789", b"t")
    assert matching.elements_of(matching.written([element])) == [element]


def hexed(number: int) -> str:
    return matching.written([number])[0]


@pytest.mark.parametrize(
    "given_values",
    [
        None,
        [],
        "00",
        [hexed(0)],
        [hexed(1)],
        [hexed(matching.PRIME - 1)],
        [hexed(matching.PRIME - matching.into_group("x", b""))],
        [hexed(matching.PRIME + 4)],
        [hexed(4), hexed(4)],
        [hexed(4)[:-1]],
        [4],
    ],
)
def test_what_is_not_of_the_group_is_refused(given_values: Any) -> None:
    with pytest.raises(VerificationError, match="does not belong to a matching"):
        matching.elements_of(given_values)


@pytest.mark.parametrize("overlap", [0, 1, 3])
def test_both_learn_what_is_common_and_nothing_else(overlap: int) -> None:
    shared = [f"phone:+6012000000{i}" for i in range(overlap)]
    ours = [*shared, "phone:+60111111111", "account:MERLSGSG:1234567890"]
    theirs = ["phone:+8613000000000", *shared]
    session, a, b = b"one", matching.new_secret(), matching.new_secret()
    random.shuffle(ours)
    first, back = matching.blinded(ours, session, a), matching.blinded(theirs, session, b)
    twice, theirs_twice = matching.raised(first, b), matching.raised(back, a)
    assert matching.common(ours, twice, theirs_twice) == sorted(shared)
    assert matching.common(theirs, theirs_twice, twice) == sorted(shared)
    seen = {*first, *back, *twice, *theirs_twice}
    plain = {matching.into_group(value, session) for value in (*ours, *theirs)}
    assert not seen & plain, "no hash of a value is in any message"
    assert len(seen) == len(ours) + len(theirs) + len(set(twice) | set(theirs_twice))


def test_lists_of_values() -> None:
    text = "# ours\n\nphone:+60 12-345 6789\nphone:+60123456789\naccount:MERLSGSG:123-456\n"
    assert len(matching.read_values(text)) == 2
    for wrong in ("", "phone:0123", "nothing", "\n".join(f"phone:+60{10**8 + i}" for i in range(1001))):
        with pytest.raises(UsageError):
            matching.read_values(wrong)
