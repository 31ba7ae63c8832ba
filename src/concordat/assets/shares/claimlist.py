# SPDX-License-Identifier: Apache-2.0
"""The victims' claims as an agency lists them, CSV or YAML, or all mistakes in the list at once.

    victim,payee,amount,traced,key
    V-001,account:ICBKCNBJ:6222020000000001,"CNY 142,653.06",,

``victim`` is the agency's own reference, not a name. ``payee`` may stay empty until a plan is opened.
``traced`` is what was traced from this victim into the sources. ``key`` is the address of a confirmation key
that the victim made itself; where it is empty one is made, and goes into the victim's slip.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from concordat.assets.orders.fieldtree import MAX_BYTES, Field, MistakesError, Tree, read_yaml
from concordat.assets.values import accounts, money
from concordat.assets.values.accounts import Account
from concordat.assets.values.money import Currency, Money
from concordat.evidence import store

FORMAT: Final = "claims/1"
COLUMNS: Final = ("victim", "payee", "amount", "traced", "key")
MOST: Final = 20_000
_NEEDED: Final = ("victim", "amount")
_KEY: Final = re.compile(r"0x[0-9a-fA-F]{40}")
_DELIMITERS: Final = ",;\t"


@dataclass(frozen=True)
class ClaimRow:
    """One claim of one victim.

    Attributes:
        victim: the agency's reference.
        payee: account to pay to; None: not known yet.
        amount: that is claimed.
        traced: of it, what was traced into the sources.
        key: address of the victim's own confirmation key, lower case; "" where one is to be made.
    """

    victim: str
    payee: Account | None
    amount: Money
    traced: Money
    key: str = ""


def read(path: Path, currency: Currency | None = None) -> tuple[ClaimRow, ...]:
    """Read a list of claims; the file's ending says whether it is CSV or YAML.

    Args:
        path: of the list.
        currency: of the plan, if it is known; else that of the first claim.

    Raises:
        FileError: it cannot be read.
        MistakesError: with every mistake, its line and field.
    """
    with store.guard(f"read {path}", kept="Nothing was written or sent."):
        text = path.read_bytes().decode("utf-8-sig")
    return parse(text, path.name, currency)


def parse(text: str, name: str, currency: Currency | None = None) -> tuple[ClaimRow, ...]:
    """The same from its text; see :func:`read`."""
    listed = name.lower().endswith((".csv", ".tsv", ".txt"))
    tree = read_csv(text) if listed else read_yaml(text)
    readable = not tree.mistakes or (listed and tree.value["claims"])  # one bad line hides no other
    found = _list(tree.root(), currency) if readable else ()
    if tree.mistakes:
        raise MistakesError(name, tree.mistakes, code="restitution.claims")
    return found


def read_csv(text: str) -> Tree:
    """Values of a CSV text in the form of the YAML list, each with its line and column."""
    tree = Tree(value={"concordat": FORMAT, "claims": []})
    if len(text) > MAX_BYTES:
        tree.note((), f"it is longer than {MAX_BYTES >> 20} MiB")
        return tree
    try:
        _fill(tree, text)
    except csv.Error as error:
        tree.note((), f"not CSV: {error}")
    return tree


def _fill(tree: Tree, text: str) -> None:
    first = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    head = [cell.strip().lower() for cell in next(reader, [])]
    wrong = [cell for cell in head if cell not in COLUMNS or head.count(cell) > 1]
    if wrong or not set(_NEEDED) <= set(head):
        tree.note((), f"the first line names the columns: {', '.join(COLUMNS)}")
        return
    rows = tree.value["claims"]
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        path = ("claims", len(rows))
        tree.places[path] = (reader.line_num, 1)
        if len(cells) > len(head):
            tree.note(path, f"{len(cells)} cells, but {len(head)} columns: put amounts with commas in quotes")
            continue
        for column, name in enumerate(head[: len(cells)]):
            tree.places[(*path, name)] = (reader.line_num, column + 1)
        rows.append({name: cell.strip() or None for name, cell in zip(head, cells, strict=False)})


def _list(root: Field, currency: Currency | None) -> tuple[ClaimRow, ...]:
    parts = root.keys(("concordat", "claims"))
    if "concordat" in parts:
        parts["concordat"].word({FORMAT: FORMAT}, "format")
    found: list[ClaimRow] = []
    known: dict[str, int] = {}
    for number, each in enumerate(parts["claims"].items(MOST) if "claims" in parts else ()):
        row = _row(each, currency)
        if row is None:
            continue
        currency = currency or row.amount.currency
        found.append(row)
        for key in filter(None, (row.victim, row.key)):
            if key in known:
                each.wrong(f"this victim or key stands already in entry {known[key] + 1}: one claim for each")
            known.setdefault(key, number)
    return tuple(found)


def _row(at: Field, currency: Currency | None) -> ClaimRow | None:
    parts = at.keys(_NEEDED, ("payee", "traced", "key"))
    if not set(_NEEDED) <= set(parts):
        return None
    victim = parts["victim"].text(64)
    payee = parts["payee"].read(accounts.parse, accounts.LONGEST) if "payee" in parts else None
    amount = _amount(parts["amount"], currency)
    if amount is None or victim is None:
        return None
    if not amount.amount:
        parts["amount"].wrong("a claim is more than nothing")
    traced: Money | None = Money(0, amount.currency)
    if "traced" in parts:
        traced = _amount(parts["traced"], amount.currency)
        if traced is not None and amount < traced:
            parts["traced"].wrong("more was traced than is claimed")
    key = parts["key"].matching(_KEY, "an address: 0x and 40 digits") if "key" in parts else ""
    if traced is None or key is None:
        return None
    return ClaimRow(victim, payee, amount, traced, key.lower())


def _amount(at: Field, currency: Currency | None) -> Money | None:
    return at.read(lambda text: money.parse(text, currency))


def write_csv(head: Sequence[str], rows: Iterator[Mapping[str, Any]]) -> bytes:
    """A table as spreadsheet programs open it: UTF-8 with its mark; no cell is taken for a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(head)
    for row in rows:
        writer.writerow([_harmless(str(row[name])) for name in head])
    return out.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
