# SPDX-License-Identifier: Apache-2.0
"""How requests and holds are named: folder, number of the order, id or its beginning; what is ambiguous."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from freeze_stage import Stage, request_text

from concordat.casework.freezing import naming
from concordat.errors import UsageError


def code(act: Any, *args: Any) -> str:
    with pytest.raises(UsageError) as found:
        act(*args)
    assert found.value.next or found.value.code == "freeze.order_known"
    return found.value.code


def test_every_way_names_the_same_request(freezing: Stage) -> None:
    request = freezing.requested()
    desk, folder = freezing.desk("inspector"), freezing.file("SG-SPF")
    texts = (
        str(folder),
        "JCC-0317",
        request_text(request),
        f"0x{request.hex()[:6]}",
        f"0x{request.hex().upper()}",
    )
    for text in texts:
        found = naming.request_named(desk, text)
        assert (found.id, found.name) == (request, "JCC-0317"), text
    anywhere = naming.request_named(freezing.desk("teller"), request_text(request))
    assert anywhere.file is None
    assert anywhere.name == f"0x{request.hex()[:10]}"


def test_every_way_names_the_same_hold(freezing: Stage) -> None:
    request = freezing.requested()
    desk = freezing.desk("inspector")
    second = freezing.named(request, 2)
    folder = freezing.file("SG-SPF")
    texts = ("JCC-0317#2", f"{folder}#2", f"0x{request.hex()[:8]}#2", f"0x{second.hold.hex()}")
    for text in texts:
        found = naming.hold_named(desk, text)
        assert (found.named.hold, found.named.number, found.name) == (second.hold, 2, "JCC-0317#2"), text
    assert [each.named.number for each in naming.holds_named(desk, "JCC-0317")] == [1, 2]
    assert naming.hold_named(desk, f"0x{second.hold.hex()[:7]}").named.hold == second.hold


def test_what_is_unclear_is_asked_back(freezing: Stage) -> None:
    request = freezing.requested()
    desk = freezing.desk("inspector")
    assert code(naming.hold_named, desk, "JCC-0317") == "freeze.which_target"
    assert code(naming.hold_named, desk, "JCC-0317#3") == "freeze.which_target"
    for text in ("JCC-9", "0x12", "0xzzzzzz", "", "#1", f"0x{'00' * 32}", "0x" + "1" * 65):
        assert code(naming.request_named, desk, text) == "freeze.unknown", text
    shutil.copytree(freezing.file("SG-SPF"), freezing.file("SG-SPF", "copy"))
    assert code(naming.request_named, desk, "JCC-0317") == "freeze.ambiguous"
    assert naming.request_named(desk, request_text(request)).id == request


def test_ids_that_begin_alike_need_more_digits(freezing: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    request = freezing.requested()
    named = freezing.named(request)
    monkeypatch.setattr(naming.holds, "named", lambda *_, **__: iter([named]))
    same = named.hold.hex()[:6]
    monkeypatch.setattr(
        naming, "_asked", lambda *_: [type("A", (), {"id": bytes.fromhex(same) + b"\1" * 29})()]
    )
    assert code(naming.holds_named, freezing.desk("inspector"), f"0x{same}") == "freeze.ambiguous"


def test_a_damaged_folder_hides_no_other(freezing: Stage) -> None:
    freezing.requested()
    freezing.requested(number="JCC-0400")
    (freezing.file("SG-SPF", "JCC-0400") / "order.json").write_bytes(b"\xff{")
    desk = freezing.desk("inspector")
    assert naming.request_named(desk, "JCC-0317").name == "JCC-0317"
    assert code(naming.request_named, desk, "JCC-0400") == "freeze.unknown"


def test_a_folder_of_another_suite_is_refused(freezing: Stage, tmp_path: Path) -> None:
    freezing.requested()
    freezing.workspace("SG-SPF").set(genesis_id="0x" + "11" * 32)
    path = freezing.file("SG-SPF")
    desk = freezing.desk("inspector")
    assert code(naming.request_named, desk, str(path)) == "freeze.other_suite"


def test_a_request_that_was_prepared_and_not_sent_is_named_by_its_folder(freezing: Stage) -> None:
    path = freezing.order()
    freezing.node.lost["eth_sendRawTransaction"] = "before"
    with pytest.raises(Exception, match="request"):
        naming_requested(freezing, path)
    freezing.node.lost.clear()
    desk = freezing.desk("inspector")
    assert naming.request_named(desk, str(freezing.file("SG-SPF"))).file is not None
    assert code(naming.holds_named, desk, "JCC-0317") == "freeze.not_sent"


def naming_requested(stage: Stage, path: Path) -> None:
    from concordat.casework.freezing import requesting

    requesting.request(stage.desk("inspector"), path)
