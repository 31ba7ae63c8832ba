# SPDX-License-Identifier: Apache-2.0
"""Both digests in one pass: known answers, lengths around the buffers, the fallback, slow sources."""

from __future__ import annotations

import hashlib
import io
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concordat.evidence.intake import hashing
from concordat.evidence.intake.hashing import BUFFERS, CHUNK, HEAD, TwinHasher

SM3_ABC = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
SM3_ABCD_16 = "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"  # GB/T 32905-2016, example 2
SHA256_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_known_answers() -> None:
    with TwinHasher() as hasher:
        digests = hasher.digest(io.BytesIO(b"abc"), extra=("MD5", "SHA-1"))
        assert (digests.sha256, digests.sm3, digests.size, digests.head) == (SHA256_ABC, SM3_ABC, 3, b"abc")
        assert digests.extra == {
            "MD5": "900150983cd24fb0d6963f7d28e17f72",
            "SHA-1": "a9993e364706816aba3e25717850c26c9cd0d89d",
        }
        assert hasher.digest(io.BytesIO(b"abcd" * 16)).sm3 == SM3_ABCD_16


@pytest.mark.parametrize(
    "size",
    [
        0,
        1,
        HEAD,
        CHUNK - 1,
        CHUNK,
        CHUNK + 1,
        2 * CHUNK,
        BUFFERS * CHUNK,
        BUFFERS * CHUNK + 1,
        9 * CHUNK + 17,
    ],
)
def test_every_length_around_the_buffers(size: int) -> None:
    data = random.Random(size).randbytes(size)
    told: list[int] = []
    with TwinHasher() as hasher:
        digests = hasher.digest(io.BytesIO(data), advance=told.append)
    assert digests.sha256 == hashlib.sha256(data).hexdigest()
    assert digests.sm3 == hashlib.new("sm3", data).hexdigest()
    assert (digests.size, sum(told), digests.head) == (size, size, data[:HEAD])


class Trickle(io.BytesIO):
    """Gives less than it is asked for, as devices and network shares do."""

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        return super().readinto(buffer[:65_537])


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 3 * CHUNK))
def test_a_source_that_trickles(size: int) -> None:
    data = bytes(size)
    with TwinHasher() as hasher:
        assert hasher.digest(Trickle(data)).sha256 == hashlib.sha256(data).hexdigest()


def test_one_hasher_for_many_streams() -> None:
    with TwinHasher() as hasher:
        for size in (5 * CHUNK, 3, 2 * CHUNK, 0):
            assert hasher.digest(io.BytesIO(b"x" * size)).sm3 == hashlib.new("sm3", b"x" * size).hexdigest()


def test_an_error_of_the_source_passes_through_and_leaves_the_hasher_usable() -> None:
    class Broken(io.BytesIO):
        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            if self.tell() >= 2 * CHUNK:
                raise OSError(5, "Input/output error")
            return super().readinto(buffer)

    with TwinHasher() as hasher:
        with pytest.raises(OSError, match="Input/output"):
            hasher.digest(Broken(bytes(4 * CHUNK)))
        assert hasher.digest(io.BytesIO(b"abc")).sm3 == SM3_ABC


def test_without_sm3_in_openssl_cryptography_takes_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    real = hashlib.new

    def without_sm3(name: str, *args: object, **kwargs: object) -> object:
        if name == "sm3":
            raise ValueError("unsupported hash type sm3")
        return real(name, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(hashlib, "new", without_sm3)
    maker = hashing._sm3_maker()
    monkeypatch.setattr(hashing, "new_sm3", maker)
    data = random.Random(1).randbytes(3 * CHUNK + 5)
    with TwinHasher() as hasher:
        assert hasher.digest(io.BytesIO(b"abc")).sm3 == SM3_ABC
        assert hasher.digest(io.BytesIO(data)).sm3 == real("sm3", data).hexdigest()


def test_a_stream_without_end_is_left_after_its_limit() -> None:
    class Endless(io.BytesIO):
        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            return len(buffer)

    with TwinHasher() as hasher:
        assert hasher.digest(Endless(), limit=2 * CHUNK).size == 3 * CHUNK
        assert hasher.digest(Endless(), limit=5).size == CHUNK
