# SPDX-License-Identifier: Apache-2.0
"""Manifest and entry: one canonical form, read strictly."""

from __future__ import annotations

import contextlib
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.evidence import canonical
from concordat.evidence.canonical import NotCanonicalError
from concordat.evidence.fields import FieldError
from concordat.evidence.manifest import Entry, Manifest, Support
from concordat.evidence.merkle import leaf_hash, root, salt

MANIFEST = Manifest(
    case="0317",
    agency=4,
    collector="0x" + "cd" * 20,
    appointment=2,
    facts=(1_773_711_000 << 124) | (2 << 82) | (3 << 74),
    forum=458,
    standard_version=1,
    mandate=bytes(32),
    preserve=False,
    chain_id=1337,
    genesis=bytes(range(32)),
    registry="0x" + "ab" * 20,
    leaves=2,
    exhibits_sha256="11" * 32,
    record_sha256="22" * 32,
    supports=(
        Support("MINUTES_MADE", exhibit=1),
        Support("FREELY_OBTAINED"),
        Support("SEAL_PHOTOGRAPHED", attester="X"),
    ),
    findings=({"code": "CLOCK_OFFSET", "severity": "info", "path": "", "en": "fast", "zh": "快"},),
    refusals=("33" * 32,),
)
ENTRY = Entry(1, "chat/消息.json", 12, "44" * 32, "55" * 32, "CHAT", number="E-01", findings=("EMPTY_FILE",))


def test_the_bytes_written_out_by_hand() -> None:
    """Keys sorted, no white space, UTF-8: what any other program gets from RFC 8785."""
    assert (
        ENTRY.encode()
        == (
            '{"category":null,"findings":["EMPTY_FILE"],"kind":"CHAT","media":null,"n":1,"number":"E-01",'
            '"path":"chat/消息.json","role":null,"sha256":"'
            + "44" * 32
            + '","size":12,"sm3":"'
            + "55" * 32
            + '"}'
        ).encode()
    )
    assert MANIFEST.encode().startswith(
        b'{"agency":4,"appointment":2,"case":"0317","chain":{"genesis":"0x0001'
    )


def test_a_root_written_out_by_hand() -> None:
    """Two leaves, from the bytes to the root, with nothing but hashlib and hmac."""
    import hashlib
    import hmac

    seed = bytes(range(32))
    hashes = []
    for index, data in enumerate((MANIFEST.encode(), ENTRY.encode())):
        its_salt = hmac.new(seed, b"concordat leaf salt" + index.to_bytes(8, "big"), "sha256").digest()
        hashes.append(hashlib.sha256(b"\x00" + its_salt + data).digest())
    expected = hashlib.sha256(b"\x01" + hashes[0] + hashes[1]).digest()
    mine = [leaf_hash(salt(seed, 0), MANIFEST.encode()), leaf_hash(salt(seed, 1), ENTRY.encode())]
    assert root(mine) == expected


def test_both_read_back_as_they_were() -> None:
    assert Manifest.decode(MANIFEST.encode()) == MANIFEST
    assert Entry.decode(ENTRY.encode()) == ENTRY
    undecodable = replace(ENTRY, path="%FF.txt", path_bytes="ff2e747874")
    assert Entry.decode(undecodable.encode()) == undecodable


def _changed(data: bytes, **changes: Any) -> bytes:
    return canonical.dumps({**json.loads(data), **changes})


@pytest.mark.parametrize("key", sorted(MANIFEST.as_dict()))
def test_a_manifest_without_a_key_or_with_another_form_is_refused(key: str) -> None:
    form = MANIFEST.as_dict()
    with pytest.raises(FieldError, match=key):
        Manifest.decode(canonical.dumps({name: value for name, value in form.items() if name != key}))
    wrong: Any
    for wrong in (-1, 1.5, "Z", "0xZZ", {}, [1], None):
        if (key, wrong) == ("case", "Z") or (key, wrong) == ("case", "0xZZ"):
            continue  # any text is a case
        with pytest.raises(FieldError, match=key):
            Manifest.decode(_changed(MANIFEST.encode(), **{key: wrong}))


@pytest.mark.parametrize("key", sorted(ENTRY.as_dict()))
def test_an_entry_without_a_key_or_with_another_form_is_refused(key: str) -> None:
    form = ENTRY.as_dict()
    with pytest.raises(FieldError, match=key):
        Entry.decode(canonical.dumps({name: value for name, value in form.items() if name != key}))
    for wrong in (-1, True, {}, [1]):
        with pytest.raises(FieldError, match=key):
            Entry.decode(_changed(ENTRY.encode(), **{key: wrong}))


def test_unknown_keys_are_refused() -> None:
    with pytest.raises(FieldError, match="note"):
        Manifest.decode(_changed(MANIFEST.encode(), note="x"))
    with pytest.raises(FieldError, match="note"):
        Entry.decode(_changed(ENTRY.encode(), note="x"))
    with pytest.raises(FieldError, match="standard"):
        Manifest.decode(_changed(MANIFEST.encode(), standard={"forum": 458, "version": 1, "note": "x"}))


def test_a_support_that_contradicts_itself_is_refused() -> None:
    supports = [{"step": "MINUTES_MADE", "support": "document", "exhibit": None, "attester": None}]
    with pytest.raises(FieldError, match="rest on"):
        Manifest.decode(_changed(MANIFEST.encode(), supports=supports))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\xff",
        b'{"a":1,"a":1}',
        b'{"a": 1}',
        b'{"a":NaN}',
        b'{"b":1,"a":2}',
        b'{"a":1.0}',
        b"[" * 5000,
    ],
)
def test_what_is_not_canonical_is_refused(data: bytes) -> None:
    with pytest.raises(NotCanonicalError):
        canonical.loads(data)


@pytest.mark.parametrize("value", [float("nan"), 2**53, "\ud800", {"\udcff": 1}])
def test_what_canonical_json_cannot_hold_is_refused(value: Any) -> None:
    with pytest.raises(NotCanonicalError):
        canonical.dumps(value)


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(blacklist_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(blacklist_categories=["Cs"])), inner, max_size=4)
    ),
)


@given(_JSON)
def test_canonical_bytes_read_back(value: Any) -> None:
    assert canonical.loads(canonical.dumps(value)) == value


@given(st.integers(0, len(MANIFEST.encode()) - 1), st.integers(1, 255))
def test_a_flipped_byte_is_refused_or_read_as_another_manifest(at: int, mask: int) -> None:
    data = bytearray(MANIFEST.encode())
    data[at] ^= mask
    with contextlib.suppress(NotCanonicalError, FieldError):
        assert Manifest.decode(bytes(data)) != MANIFEST
