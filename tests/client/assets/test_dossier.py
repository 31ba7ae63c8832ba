# SPDX-License-Identifier: Apache-2.0
"""Dossiers of seized things: what is written, templates in two languages, mistakes, hostile text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.assets.folders import dossier
from concordat.assets.orders.fieldtree import MistakesError
from concordat.assets.returnstates import DossierPart
from concordat.assets.words import AssetClass
from concordat.errors import ConcordatError

WRITTEN = """\
concordat: asset/1
number: SZ-2026-001
case: "0317"
asset_class: VEHICLE
description: A white van
identifier: asset:VEHICLE:LSVAM4187C2184841
custodian: SG-SPF
attest_every: 30
source: {text: Bought with money of victims, documents: [papers/invoice.pdf]}
value: {amount: "SGD 90,000.00", text: By a valuer}
acquisitions: ["SG-SPF:0x%s"]
""" % ("ab" * 32)


def test_what_is_written_is_read() -> None:
    found = dossier.parse(WRITTEN)
    assert set(found.parts) == {DossierPart.SOURCE, DossierPart.VALUE}
    assert found.parts[DossierPart.SOURCE].documents == ("papers/invoice.pdf",)
    amount = found.parts[DossierPart.VALUE].amount
    assert amount is not None
    assert str(amount) == "SGD 90,000.00"
    assert found.said()["identifier"] == "asset:VEHICLE:LSVAM4187C2184841"
    assert len(found.acquisitions) == 1


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("asset_class", AssetClass)
def test_a_filled_in_template_is_a_dossier(asset_class: AssetClass, lang: str) -> None:
    text = dossier.template(asset_class, lang)
    for key, value in (("number", "N-1"), ("case", '"0317"'), ("description", "x"), ("custodian", "SG-SPF")):
        text = re.sub(rf"^{key}:", f"{key}: {value}", text, count=1, flags=re.MULTILINE)
    found = dossier.parse(text)
    assert found.asset_class is asset_class
    assert found.attest_every == 30
    assert found.parts == {}


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("asset_class: VEHICLE", "asset_class: VEHICEL", "did you mean VEHICLE"),
        ("attest_every: 30", "attest_every: 181", "from 1 to 180"),
        ("papers/invoice.pdf", "../invoice.pdf", "below the folder"),
        ("papers/invoice.pdf", "/etc/passwd", "below the folder"),
        ("SGD 90,000.00", "SGD 90,000.001", "digits after the point"),
        ('amount: "SGD 90,000.00", ', "", "missing"),
        ("identifier: asset:VEHICLE:LSVAM4187C2184841", "identifier: LSVAM4187C2184841", "which kind"),
        ("number: SZ-2026-001", "numbr: SZ-2026-001", "did you mean number"),
    ],
)
def test_mistakes(old: str, new: str, what: str) -> None:
    assert old in WRITTEN
    with pytest.raises(MistakesError, match=what) as found:
        dossier.parse(WRITTEN.replace(old, new))
    assert found.value.code == "asset.invalid"


@given(st.text(max_size=300))
def test_whatever_stands_in_it_a_sentence_comes_out(text: str) -> None:
    for head in ("", WRITTEN + "nature: "):
        try:
            dossier.parse(head + text)
        except ConcordatError as error:
            assert error.message
