# SPDX-License-Identifier: Apache-2.0
"""What happened in the fictional case 0317: the one place for its people, numbers, times and amounts.

Nothing here belongs to anybody. Addresses are of the documentation ranges (RFC 5737, RFC 3849), names
of hosts end in `.example` (RFC 2606), telephone numbers are of ranges kept for fiction (+1 202 555
01xx, +44 7700 900xxx) or zeros that nobody assigns, devices are of the test network 001-01, bank codes
have the `0` of a test BIC, and card numbers fail their check digit. Officers are called "example" in
their languages (Contoh, Rekaan, Misalan, 示例, 范例).
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

SEED = 317
LOCAL = timezone(timedelta(hours=8))  # China, Malaysia and Singapore keep the same hour

CASE = "0317"
PLATFORM = "Quorvex Global"
PLATFORM_ZH = "阔沃环球"
HOST = "www.quorvex.example"
SERVER_V4 = "192.0.2.80"
SERVER_V6 = "2001:db8:317::80"
ADMIN_V4 = "203.0.113.77"
ADMIN_V6 = "2001:db8:bad::7"


@dataclass(frozen=True, slots=True)
class Account:
    """A fictional bank account: number, holder as the bank prints it, bank and its test BIC."""

    number: str
    holder: str
    bank: str
    bic: str


MULE = Account("000003178841", "TAN REKAAN", "Bank Contoh Berhad", "CNTHMYK0")
SINGAPORE = Account("0003170426", "REKAAN TRADING PTE LTD", "Example Straits Bank", "EXSBSGS0")
VICTIM = Account("6200000000000317002", "SHI MOU", "Shili Bank", "EXBKCNB0")
HANDLER = Account("000009900317", "CONTOH ENTERPRISE", "Bank Contoh Berhad", "CNTHMYK0")


def at(month: int, day: int, hour: int, minute: int, second: int = 0) -> datetime:
    """Give a moment of 2026 in the local time of the three countries (UTC+08:00)."""
    return datetime(2026, month, day, hour, minute, second, tzinfo=LOCAL)


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment of the victim to the platform (positive) or back (negative), in yuan."""

    when: datetime
    yuan: int


# Two first deposits, then the bait: 330,000 in, 373,000 out with a "profit", so that the victim trusts.
FIRST_DEPOSITS = (Payment(at(2, 10, 10, 12, 31), 50_000), Payment(at(2, 14, 15, 4, 9), 280_000))
BAIT = Payment(at(2, 20, 11, 26, 44), -373_000)
# Ten rising transfers, 3,470,000 in all, and nothing ever comes back.
DRAIN = (
    Payment(at(2, 24, 10, 3, 17), 120_000),
    Payment(at(2, 25, 14, 22, 51), 160_000),
    Payment(at(2, 26, 9, 41, 6), 200_000),
    Payment(at(2, 27, 16, 15, 38), 250_000),
    Payment(at(3, 2, 10, 50, 2), 300_000),
    Payment(at(3, 3, 11, 7, 45), 350_000),
    Payment(at(3, 4, 15, 31, 20), 420_000),
    Payment(at(3, 5, 13, 58, 59), 480_000),
    Payment(at(3, 6, 9, 27, 13), 540_000),
    Payment(at(3, 9, 10, 44, 36), 650_000),
)
DRAINED = 3_470_000
BAITED = 373_000

SEARCH_START = at(3, 17, 9, 30)
SEARCH_END = at(3, 17, 11, 5)
CAPTURE_START = at(3, 17, 14, 0)
CAPTURE_END = at(3, 17, 14, 48)


def dice(what: str) -> random.Random:
    """Give a generator of chance that depends only on the case's seed and on what it is for.

    Only `randrange()`, `choice()` and `getrandbits()` of it are used: every Python gives the same numbers.
    """
    return random.Random(f"{SEED}:{what}")
