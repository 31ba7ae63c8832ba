# SPDX-License-Identifier: Apache-2.0
"""Names of the files in a package."""

from __future__ import annotations

from typing import Final

from concordat.evidence.packagefiles import HISTORY, SUMS
from concordat.evidence.tree import LIST, SEED

RECORD: Final = "record.yaml"
MANIFEST: Final = "manifest.json"
NOTES: Final = "intake.jsonl"
SIGNATURES: Final = "signatures.json"
RECEIPT: Final = "receipt.json"
README: Final = "README.txt"
ENDING: Final = ".acq"
PARTIAL: Final = ".partial"
CORE: Final[tuple[str, ...]] = (RECORD, MANIFEST, LIST, SEED, SIGNATURES, HISTORY, SUMS)
HASHED_AT_OPENING: Final[tuple[str, ...]] = (RECORD, MANIFEST, LIST, SEED, SIGNATURES, RECEIPT)
