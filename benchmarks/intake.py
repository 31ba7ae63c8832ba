# SPDX-License-Identifier: Apache-2.0
"""Intake beside nothing but its two digests, over the same bytes in the same run."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.timing import Ratio, compare
from concordat.evidence.intake import intake
from concordat.evidence.intake.hashing import new_sm3

CHUNK = 1 << 20
LARGE_BYTES = 512 << 20
SMALL_FILES, SMALL_LEAST, SMALL_MOST, FILES_A_FOLDER = 20_000, 512, 8_192, 500


@dataclass(frozen=True)
class Rate:
    """How fast intake is: 1.0 is as fast as the two digests alone."""

    name: str
    files: int
    size: int
    ratio: Ratio


def rates() -> list[Rate]:
    """Of one large file and of many small ones."""
    rng = random.Random(20_260_317)
    with TemporaryDirectory(prefix="concordat-bench-") as folder:
        large = Path(folder) / "large.bin"
        _write_large(large, rng)
        of_large = _ratio(large, [large])
        large.unlink()
        small = Path(folder) / "small"
        files = _write_small(small, rng)
        size = sum(path.stat().st_size for path in files)
        of_small = _ratio(small, files)
    return [
        Rate("one large file", 1, LARGE_BYTES, of_large),
        Rate("many small files", len(files), size, of_small),
    ]


def _ratio(given: Path, files: list[Path]) -> Ratio:
    return compare(lambda: _exhaust(intake([given])), lambda: _digest_all(files))


def _digest_all(files: Iterable[Path]) -> None:
    buffer = bytearray(CHUNK)
    view = memoryview(buffer)
    for path in files:
        sha256, sm3 = hashlib.sha256(), new_sm3()
        with path.open("rb", buffering=0) as stream:
            while got := stream.readinto(view):
                sha256.update(view[:got])
                sm3.update(view[:got])
        sha256.hexdigest()
        sm3.hexdigest()


def _exhaust(items: Iterable[object]) -> None:
    for _ in items:
        pass


def _write_large(path: Path, rng: random.Random) -> None:
    """Every block is written and no two are alike, so that no file system leaves any out."""
    block = rng.randbytes(CHUNK - 8)
    with path.open("wb") as stream:
        for number in range(LARGE_BYTES // CHUNK):
            stream.write(number.to_bytes(8, "big") + block)


def _write_small(folder: Path, rng: random.Random) -> list[Path]:
    files = []
    for number in range(SMALL_FILES):
        path = folder / f"{number // FILES_A_FOLDER:03d}" / f"{number:05d}.bin"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(rng.randbytes(rng.randrange(SMALL_LEAST, SMALL_MOST)))
        files.append(path)
    return files
