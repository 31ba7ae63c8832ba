# SPDX-License-Identifier: Apache-2.0
"""The list by which an institution pays: the agency writes it, the institution fills in the references.

    claim,payee,amount,reference
    0x5f2c...,account:ICBKCNBJ:6222...,"CNY 1,234.50",

It holds account numbers: it goes to the institution as private papers do.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from concordat.assets.folders.paidfile import REFERENCE
from concordat.assets.shares.claimlist import write_csv
from concordat.assets.values import money
from concordat.assets.values.money import Currency, Money
from concordat.errors import UsageError
from concordat.evidence import store

COLUMNS: Final = ("claim", "payee", "amount", "reference")
_LARGEST: Final = 16 << 20


@dataclass(frozen=True)
class PayRow:
    """One payment that was made, or is to be.

    Attributes:
        claim: 32 bytes.
        payee: canonical account; "" in what institutions send back.
        reference: UETR or end-to-end id; "" before it was paid.
    """

    claim: bytes
    payee: str
    amount: Money
    reference: str = ""


def write(rows: Iterable[PayRow]) -> bytes:
    """The list as a spreadsheet program opens it."""
    return write_csv(
        COLUMNS,
        (
            {
                "claim": f"0x{row.claim.hex()}",
                "payee": row.payee,
                "amount": str(row.amount),
                "reference": row.reference,
            }
            for row in rows
        ),
    )


def read(path: Path, currency: Currency) -> tuple[PayRow, ...]:
    """The payments that have a reference; those without were not made yet.

    Raises:
        FileError: it cannot be read.
        UsageError: a line is wrong; says which.
    """
    with store.guard(f"read {path}", kept="Nothing was sent."):
        if path.stat().st_size > _LARGEST:
            raise _wrong(path, 1, "it is larger than any such list")
        text = path.read_bytes().decode("utf-8-sig")
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        if not {"claim", "amount", "reference"} <= set(reader.fieldnames or ()):
            raise _wrong(path, 1, f"the columns are {', '.join(COLUMNS)}")
        return tuple(
            _row(path, reader.line_num, each, currency)
            for each in reader
            if (each["reference"] or "").strip()
        )
    except csv.Error as error:
        raise _wrong(path, reader.line_num, f"it is not CSV ({error})") from error


def _row(path: Path, line: int, values: Mapping[str, str | None], currency: Currency) -> PayRow:
    claim = (values["claim"] or "").strip().lower()
    reference = (values["reference"] or "").strip()
    if len(claim) != 66 or not claim.startswith("0x") or set(claim[2:]) - set("0123456789abcdef"):
        raise _wrong(path, line, "claim is not 0x and 64 digits")
    if not REFERENCE.fullmatch(reference):
        raise _wrong(path, line, "a reference has at most 64 signs and no spaces")
    try:
        amount = money.parse(values["amount"] or "", currency)
    except UsageError as error:
        raise _wrong(path, line, error.message) from error
    return PayRow(bytes.fromhex(claim[2:]), "", amount, reference)


def _wrong(path: Path, line: int, what: str) -> UsageError:
    return UsageError(
        f"{path.name}, line {line}: {what}.",
        code="restitution.payments",
        kept="Nothing was sent.",
        next="Correct the list and run the command again; the agency writes it with: concordat restitution "
        "payments",
    )
