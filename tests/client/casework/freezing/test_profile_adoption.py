# SPDX-License-Identifier: Apache-2.0
"""Adopting profiles, once and changed, cancelling, and seeing what differs from the files."""

from __future__ import annotations

from pathlib import Path

import pytest
from freeze_stage import DAY, NUMBER, SG, Stage

from concordat.assets import profilebook
from concordat.assets.words import AssetClass, Measure
from concordat.casework.freezing import profiles
from concordat.errors import ConcordatError, UsageError
from concordat.evidence.rulebook import bundled_text


def changed(stage: Stage, old: str, new: str) -> Path:
    """The bundled file of Singapore with a change."""
    text = bundled_text("SG")
    assert old in text
    path = stage.folder / "sg.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_what_is_as_written_is_not_adopted_again(freezing: Stage) -> None:
    found = profiles.adopt(freezing.desk("SG-AGC", "SG-AGC"), "sg")
    assert (found.planned, found.receipts) == ((), ())
    assert all(
        not each.differences and each.version == each.in_force == 1
        for each in profiles.standing(freezing.desk("teller"))
    )


def test_a_change_gets_a_new_version_after_notice_and_can_be_cancelled(freezing: Stage) -> None:
    path = changed(
        freezing,
        "period: {count: 30, unit: days}\n      renewals: 5",
        "period: {count: 20, unit: days}\n      renewals: 5",
    )
    desk = freezing.desk("SG-AGC", "SG-AGC")
    dry = profiles.adopt(desk, str(path), dry=True)
    assert [(each.measure, each.version) for each in dry.planned] == [(Measure.FREEZE, 2)]
    assert set(dry.planned[0].changes) == {"longest"}
    assert not dry.receipts and freezing.sent() == 0
    done = profiles.adopt(desk, str(path))
    assert len(done.receipts) == 1
    assert done.planned[0].profile.start >= freezing.ledger.now() + 7 * DAY
    standing = [each for each in profiles.standing(desk, SG) if each.measure is Measure.FREEZE]
    (each,) = standing
    assert (each.version, each.in_force, set(each.differences or ())) == (2, 1, {"longest"})
    profiles.cancel(desk, SG, Measure.FREEZE, AssetClass.CASH)
    key = profilebook.key_of(SG, Measure.FREEZE, AssetClass.CASH)
    assert profilebook.current(freezing.ledger, key)[0] == 1


def test_the_endorser_is_named_or_the_contact_point(freezing: Stage) -> None:
    desk = freezing.desk("SG-AGC", "SG-AGC")
    named = profiles.adopt(desk, "sg", "SG-SPF", dry=True)
    assert {each.profile.endorser for each in named.planned} == {NUMBER["SG-SPF"]}
    with pytest.raises(ConcordatError) as other:
        profiles.adopt(desk, "sg", "MY-PDRM", dry=True)
    assert other.value.code == "profile.endorser"
    with pytest.raises(UsageError) as none:
        profiles.adopt(desk, "th", dry=True)
    assert none.value.code == "profile.endorser" and "--endorser" in none.value.next


def test_what_is_neither_file_nor_jurisdiction_is_told(freezing: Stage) -> None:
    with pytest.raises(UsageError) as found:
        profiles.adopt(freezing.desk("SG-AGC", "SG-AGC"), "zz")
    assert found.value.code == "profile.unknown"


def test_a_stranger_adopts_nothing(freezing: Stage) -> None:
    path = changed(freezing, "renewals: 5", "renewals: 4")
    with pytest.raises(ConcordatError):
        profiles.adopt(freezing.desk("inspector"), str(path))
