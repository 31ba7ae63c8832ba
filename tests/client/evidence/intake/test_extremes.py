# SPDX-License-Identifier: Apache-2.0
"""Very many and very large files in constant memory. ``HEAVY=1`` runs 100,000 files and 4 GiB."""

from __future__ import annotations

import hashlib
import os
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from concordat.evidence.intake import intake
from concordat.evidence.intake.hashing import BUFFERS, CHUNK

HEAVY = os.environ.get("HEAVY") == "1"
FILES = 100_000 if HEAVY else 20_000
LARGE = 4 << 30 if HEAVY else 96 << 20
MIB = 1 << 20


@contextmanager
def peak_below(limit: int) -> Iterator[None]:
    tracemalloc.start()
    try:
        yield
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < limit, f"{peak / MIB:.1f} MiB"


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("many")
    for number in range(FILES):
        folder = root / f"{number % 100:02d}"
        if number < 100:
            folder.mkdir()
        (folder / f"{number:06d}").write_bytes(b"%d" % number)
    return root


def test_many_small_files_in_order_and_constant_memory(many: Path) -> None:
    before, count = "", 0
    with peak_below((BUFFERS * CHUNK) + 8 * MIB):
        for exhibit in intake([many]):
            assert exhibit.path > before
            before, count = exhibit.path, count + 1
    assert count == FILES


def test_a_crowded_folder_costs_only_its_names(tmp_path: Path) -> None:
    count = FILES // 4
    for number in range(count):
        (tmp_path / f"{number:06d}.txt").write_bytes(b"%d" % number)
    with peak_below((BUFFERS * CHUNK) + 8 * MIB + 400 * count):
        assert sum(1 for _ in intake([tmp_path])) == count


def test_a_large_file_in_constant_memory(tmp_path: Path) -> None:
    path = tmp_path / "disk.dd"
    with path.open("wb") as file:
        file.truncate(LARGE)  # sparse: it takes no room
    with peak_below((BUFFERS * CHUNK) + 8 * MIB):
        (exhibit,) = intake([path])
    assert exhibit.size == LARGE
    expected = hashlib.sha256()
    for _ in range(LARGE // MIB):
        expected.update(bytes(MIB))
    assert exhibit.sha256 == expected.hexdigest()


def test_the_rate_keeps_up_with_both_digests_alone(tmp_path: Path) -> None:
    """The best of several tries: other work on the machine only ever slows one."""
    data = os.urandom(MIB) * (256 if HEAVY else 48)
    (tmp_path / "file").write_bytes(data)
    ratios = []
    for _ in range(5):
        start = time.perf_counter()
        hashlib.sha256(data).digest()
        hashlib.new("sm3", data).digest()
        alone = time.perf_counter() - start
        start = time.perf_counter()
        list(intake([tmp_path]))
        ratios.append(alone / (time.perf_counter() - start))
    assert max(ratios) >= (0.9 if HEAVY else 0.6), ratios
