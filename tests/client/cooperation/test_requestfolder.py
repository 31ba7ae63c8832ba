# SPDX-License-Identifier: Apache-2.0
"""Folders of requests: complete or not there, found by the outside reference, damage told by part."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from request_samples import SECRETS, checklist, request

from concordat.cooperation.folders import requestfolder
from concordat.cooperation.folders.requestfolder import RequestFolder, find
from concordat.cooperation.folders.requestforms import Part, Told
from concordat.cooperation.orders.messages import Message, MessageType, Refusal
from concordat.cooperation.orders.request import RequestSecrets, chain_order, request_id
from concordat.cooperation.words import RefusalGround
from concordat.errors import ConcordatError, FileError, UsageError, VerificationError
from concordat.evidence import store
from concordat.ledger.protocol import Receipt
from concordat.mail import sealed

GENESIS = b"\x09" * 32


def told(part: Part = Part.ASKER) -> Told:
    order = chain_order(request(), SECRETS, checklist=checklist(), message=b"\x05" * 32)
    return Told(part, 31337, GENESIS, 7, request_id(7, order.order), order)


def made(folder: Path, name: str = "vpn") -> RequestFolder:
    return RequestFolder.create(
        folder / f"{name}.request", request(), SECRETS, told(), checklist(), [b"sealed"]
    )


def test_what_is_laid_in_is_read_again(tmp_path: Path) -> None:
    made(tmp_path)
    found = RequestFolder.open(tmp_path / "vpn.request")
    assert found.request == request()
    assert found.secrets == SECRETS
    assert found.told == told()
    assert found.checklist is not None
    assert found.checklist.hash == checklist().hash
    assert found.sealed_message(sealed.digest(b"sealed")) == b"sealed"
    assert oct((tmp_path / "vpn.request").stat().st_mode)[-3:] == "700"


def test_the_asked_side_keeps_its_own_secret(tmp_path: Path) -> None:
    own = RequestSecrets(SECRETS.salt, b"\x0f" * 32)
    RequestFolder.create(tmp_path / "in.request", request(), own, told(Part.ASKED), checklist())
    assert RequestFolder.open(tmp_path / "in.request").secrets.panel == b"\x0f" * 32
    RequestFolder.create(tmp_path / "out.request", request(), own, told(), checklist())
    with pytest.raises(FileError, match="another secret"):
        RequestFolder.open(tmp_path / "out.request")


def test_it_is_found_by_the_outside_reference(tmp_path: Path) -> None:
    made(tmp_path)
    key = f"0x{told().id.hex()}"
    for text in (
        "IP-2026-7781",
        "ip-2026-7781 ",
        "CN-2026-0042",
        "0317",
        "vpn",
        "vpn.request",
        key,
        key[:12],
    ):
        assert [each.folder.name for each in find(tmp_path, text)] == ["vpn.request"], text
    for text in ("IP-2026-778", "", " ", "0x", key[:6]):
        assert find(tmp_path, text) == []
    assert find(tmp_path / "nowhere", "vpn") == []
    glance = requestfolder.glance(tmp_path / "vpn.request")
    assert glance is not None
    assert (glance.outside, glance.kind, glance.part) == ("IP-2026-7781", "EVIDENCE", "asker")


def test_opened_messages_belong_to_their_request(tmp_path: Path) -> None:
    folder = made(tmp_path)
    body = Refusal(RefusalGround.POLITICAL, "It is.")
    message = Message(MessageType.REFUSAL, told().id, body)
    folder.keep_opened(b"\x01" * 32, message)
    assert list(folder.opened()) == [(b"\x01" * 32, message)]
    with pytest.raises(VerificationError, match="about another request"):
        folder.keep_opened(b"\x02" * 32, Message(MessageType.REFUSAL, b"\x03" * 32, body))
    (folder.folder / "opened" / f"{'01' * 32}.json").write_bytes(b"{}")
    with pytest.raises(FileError, match="damaged"):
        list(folder.opened())


def test_receipts_only_grow(tmp_path: Path) -> None:
    folder = made(tmp_path)
    for block in (5, 5, 6):
        folder.keep_receipt("answer", Receipt(f"0x{block:064x}", block, "0x", 0, 1_800_000_000))
    assert [each["block"] for each in folder.receipts()] == [5, 6]


def test_a_second_one_is_refused(tmp_path: Path) -> None:
    made(tmp_path)
    with pytest.raises(UsageError, match="exists"):
        made(tmp_path)
    with pytest.raises(UsageError, match="not the folder of a request"):
        RequestFolder.open(tmp_path)


def test_whoever_dies_while_writing_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrote: list[Path] = []

    def dies(path: Path, data: bytes) -> None:
        wrote.append(path)
        if len(wrote) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(store, "write", dies)
    with pytest.raises(KeyboardInterrupt):
        made(tmp_path)
    assert list(tmp_path.iterdir()) == []


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damage_ends_in_a_sentence(tmp_path: Path, data: st.DataObject) -> None:
    folder = tmp_path / "vpn.request"
    shutil.rmtree(folder, ignore_errors=True)
    made(tmp_path)
    name = data.draw(st.sampled_from(["request.json", "checklist.json", "secrets.json", "told.json"]))
    content = bytearray((folder / name).read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    new = data.draw(st.binary(max_size=3))
    assume(new != bytes(content[at : at + 1]))
    content[at : at + 1] = new
    (folder / name).write_bytes(bytes(content))
    try:
        found = RequestFolder.open(folder)
    except ConcordatError:
        return
    # Nothing here knows suite and message: whoever sends compares them with the chain.
    assert (found.request, found.secrets) == (request(), SECRETS)
    order = replace(found.told.order, message=told().order.message, agency=0)
    assert replace(found.told, chain_id=31337, genesis=GENESIS, part=Part.ASKER, order=order) == told()
