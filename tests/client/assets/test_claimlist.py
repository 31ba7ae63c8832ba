# SPDX-License-Identifier: Apache-2.0
"""Lists of claims: as agencies write them, with every mistake at its place, whatever the file holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.assets.folders import paylist
from concordat.assets.folders.paylist import PayRow
from concordat.assets.orders.fieldtree import MistakesError
from concordat.assets.shares import claimlist
from concordat.assets.shares.claimlist import parse
from concordat.assets.values.money import by_alpha
from concordat.errors import ConcordatError, UsageError

CNY = by_alpha("CNY")
KEY = "0x" + "aB" * 20
CSV = f"""\
victim,payee,amount,traced,key
V-001,account:ICBKCNBJ:6222-0200-0001,"CNY 142,653.06",,
V-002,,100.00,CNY 40.00,{KEY}
"""
YAML = f"""\
concordat: claims/1
claims:
  - {{victim: V-001, payee: "account:ICBKCNBJ:6222-0200-0001", amount: "CNY 142,653.06"}}
  - {{victim: V-002, amount: "100.00", traced: CNY 40.00, key: "{KEY}"}}
"""


def mistakes(text: str, name: str = "claims.csv") -> str:
    with pytest.raises(MistakesError) as found:
        parse(text, name)
    assert found.value.code == "restitution.claims"
    return found.value.message


def test_csv_and_yaml_say_the_same() -> None:
    first, second = parse(CSV, "claims.csv")
    assert (first.victim, first.amount.amount, first.traced.amount, first.key) == ("V-001", 14_265_306, 0, "")
    assert first.payee is not None
    assert first.payee.canonical == "account:ICBKCNBJ:622202000001"
    assert (second.payee, second.amount.amount, second.traced.amount) == (None, 10_000, 4_000)
    assert second.key == KEY.lower()
    assert parse(YAML, "claims.yaml") == (first, second)


def test_what_spreadsheet_programs_make_of_it() -> None:
    """Byte order mark, semicolons or tabs, empty lines at the end."""
    for delimiter in ";\t":
        text = CSV.replace(",\n", "\n").replace('"CNY 142,653.06"', "@").replace(",", delimiter)
        text = text.replace("@", "CNY 142,653.06") + f"{delimiter * 4}\r\n\r\n"
        assert [each.victim for each in parse(text, "claims.csv")] == ["V-001", "V-002"]


def test_the_file_is_read_with_its_mark(tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    path.write_bytes(CSV.encode("utf-8-sig"))
    assert len(claimlist.read(path)) == 2
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConcordatError) as refused:
        claimlist.read(path)
    assert refused.value.code == "file.not_text"


def test_every_mistake_with_its_line_and_no_account_number() -> None:
    said = mistakes(
        "victim,payee,amount,traced,key\n"
        "V-001,iban:GB33BUKB20201555555550,CNY 1.00,,\n"
        "V-001,,CNY 2.00,,\n"
        "V-003,,CNY 2.005,,\n"
        "V-004,,CNY 2.00,CNY 3.00,\n"
        "V-005,,SGD 2.00,,\n"
        "V-006,,CNY 0.00,,\n"
        "V-007,,CNY 2.00,,0x12\n"
        "V-008,,,,\n"
        "V-009,,CNY 1,234.00,,\n"
    )
    for line, what in (
        (2, "IBAN"),
        (3, "already in entry 1"),
        (4, "digits after the point"),
        (5, "more was traced"),
        (6, "SGD, and CNY"),
        (7, "more than nothing"),
        (8, "an address"),
        (9, "missing"),
        (10, "6 cells, but 5 columns"),
    ):
        assert any(f"line {line}, " in each and what in each for each in said.splitlines()), (line, said)
    assert "20201555555550" not in said


@pytest.mark.parametrize(
    "text",
    [
        "",
        "victim;amount",
        "name,sum\nA,1",
        "victim,amount,amount\nA,1,2",
        'victim,amount\n"V,CNY 1.00',
        "victim,amount\n",
        "victim,amount\nA" + "," * 99,
    ],
)
def test_what_is_no_list(text: str) -> None:
    assert mistakes(text)


@given(st.text(max_size=300))
def test_whatever_stands_in_it_a_sentence_comes_out(text: str) -> None:
    for name in ("claims.csv", "claims.yaml"):
        for head in ("", "victim,amount,key\n", "concordat: claims/1\nclaims:\n- "):
            try:
                parse(head + text, name)
            except ConcordatError as error:
                assert error.message


def test_a_list_of_payments_comes_back_with_references(tmp_path: Path) -> None:
    rows = [
        PayRow(bytes([number]) * 32, f"account:BANKSGSG:{number}", claimlist.money.parse("CNY 1,234.50"))
        for number in (1, 2)
    ]
    path = tmp_path / "pay.csv"
    path.write_bytes(paylist.write(rows))
    assert paylist.read(path, CNY) == ()  # nothing has a reference yet
    text = path.read_text(encoding="utf-8-sig")
    assert "account:BANKSGSG:1" in text
    path.write_text(text.replace('"CNY 1,234.50",', '"CNY 1,234.50",E2E-7', 1), encoding="utf-8")
    (only,) = paylist.read(path, CNY)
    assert (only.claim, only.amount.amount, only.reference) == (b"\1" * 32, 123_450, "E2E-7")


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("0x12,,CNY 1.00,A", "0x and 64 digits"),
        (f"0x{'0' * 64},,CNY 1.00,A B", "no spaces"),
        (f"0x{'0' * 64},,MYR 1.00,A", "CNY is expected"),
        (f"0x{'0' * 64},,,A", "not an amount"),
    ],
)
def test_mistakes_in_a_list_of_payments(tmp_path: Path, line: str, what: str) -> None:
    path = tmp_path / "pay.csv"
    path.write_text(f"claim,payee,amount,reference\n{line}\n", encoding="utf-8")
    with pytest.raises(UsageError, match=what) as refused:
        paylist.read(path, CNY)
    assert "line 2" in refused.value.message


def test_no_cell_is_taken_for_a_formula() -> None:
    written = claimlist.write_csv(("a",), iter([{"a": "=1+1"}, {"a": "@x"}, {"a": "plain"}])).decode("utf-8")
    assert "'=1+1" in written
    assert "'@x" in written
