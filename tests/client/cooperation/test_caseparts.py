# SPDX-License-Identifier: Apache-2.0
"""The parts of cases that need no chain: messages to several, folders, statutory clocks, items of grants."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from eth_abi.abi import encode
from eth_utils.crypto import keccak
from hypothesis import given
from hypothesis import strategies as st

from concordat.cooperation import casetexts, legalclocks, shareditems, tasks, tasktexts, teams
from concordat.cooperation.casetexts import About, CaseText
from concordat.cooperation.folders import casefolder
from concordat.cooperation.folders.casefolder import CaseFolder, Told
from concordat.cooperation.law.lawreader import LawFileError
from concordat.cooperation.shareditems import Item, SharedField, SharedItems
from concordat.cooperation.teams import PoolItem
from concordat.errors import ConcordatError, FileError, UsageError, VerificationError
from concordat.mail import sealed, shared
from concordat.mail.sealed import Envelope

GENESIS = bytes(31) + b"\1"
KIND = "case-text"
KEYS = {number: X25519PrivateKey.generate() for number in (5, 9)}
PUBLIC = {number: (key.public_key().public_bytes_raw(), 1) for number, key in KEYS.items()}


def _read(data: bytes, number: int, genesis: bytes = GENESIS) -> bytes:
    found = shared.read(data)
    envelope = Envelope.from_bytes(found.key_for(number))
    key = sealed.unseal(envelope, KEYS[number], kind=KIND, genesis_id=genesis)
    return found.open(key, genesis)


# Messages to several agencies


def test_all_read_the_same_and_nobody_else() -> None:
    message = shared.seal(b"hello", kind=KIND, genesis_id=GENESIS, readers=PUBLIC)
    assert message.recipients == (5, 9)
    assert [_read(message.data, number) for number in (5, 9)] == [b"hello", b"hello"]
    assert shared.is_shared(message.data)
    with pytest.raises(UsageError, match="not for agency 7"):
        shared.read(message.data).key_for(7)
    with pytest.raises(VerificationError):
        _read(message.data, 5, bytes(32))


def test_lengths_tell_nothing() -> None:
    sizes = {
        len(shared.seal(text, kind=KIND, genesis_id=GENESIS, readers=PUBLIC).data)
        for text in (b"", b"no", b"x" * 4000)
    }
    assert len(sizes) == 1


@given(st.data())
def test_changed_messages_are_refused(data: st.DataObject) -> None:
    original = shared.seal(b"hello", kind=KIND, genesis_id=GENESIS, readers=PUBLIC).data
    place = data.draw(st.integers(0, len(original) - 1))
    changed = bytes([original[place] ^ data.draw(st.integers(1, 127))])
    with pytest.raises(ConcordatError):
        _read(original[:place] + changed + original[place + 1 :], 5)


def test_nobody_and_too_much_are_refused() -> None:
    with pytest.raises(UsageError):
        shared.seal(b"", kind=KIND, genesis_id=GENESIS, readers={})
    with pytest.raises(UsageError):
        shared.seal(bytes(sealed.LARGEST + 1), kind=KIND, genesis_id=GENESIS, readers=PUBLIC)


# The case and its folder


def test_number_and_secret_open_the_id() -> None:
    opening = casetexts.new_opening(7, "  CN-2026   1 ")
    assert opening.number == "CN-2026 1"
    commitment = keccak(opening.secret + b"CN-2026 1")
    assert opening.id == keccak(encode(["uint32", "bytes32"], [7, commitment]))
    assert casetexts.read_opening(opening.to_bytes(), opening.id) == opening
    with pytest.raises(VerificationError, match="another case"):
        casetexts.read_opening(opening.to_bytes(), bytes(32))
    for number in ("", " ", "x" * 101, "a\x07b"):
        with pytest.raises(UsageError):
            casetexts.new_opening(7, number)


def test_texts_belong_to_their_case() -> None:
    text = CaseText(b"\1" * 32, 5, About.POSITION, "a.txt", "位置".encode())
    assert casetexts.read_text(text.to_bytes(), b"\1" * 32) == text
    assert text.as_text == "位置"
    with pytest.raises(VerificationError, match="another case"):
        casetexts.read_text(text.to_bytes(), b"\2" * 32)
    hostile = text.to_bytes().replace(b'"a.txt"', b'"../../x"')
    assert "/" not in casetexts.read_text(hostile, b"\1" * 32).name


@given(st.binary(max_size=100) | st.text(max_size=100).map(str.encode))
def test_whatever_comes_a_sentence_comes_out(data: bytes) -> None:
    for read in (casetexts.read_opening, tasktexts.read, shareditems.read_sealed, shared.read):
        with pytest.raises(VerificationError):
            read(data)


def test_a_folder_is_whole_or_refused(tmp_path: Path) -> None:
    told = Told(1, GENESIS, casetexts.new_opening(5, "7"), "Bridge", b"\3" * 32, "EFFECT")
    file = CaseFolder.create(tmp_path / "7.case", told)
    text = CaseText(file.id, 5, About.MINUTES, "m.txt", b"Said.")
    digest = file.keep_sealed(b"sealed")
    assert file.keep_text(digest, text).read_bytes() == b"Said."
    file.add_readers([9, 5])
    file.add_keys({digest: b"\4" * 32})
    again = CaseFolder.open(tmp_path / "7.case")
    assert (again.told, again.readers(), again.keys()) == (told, {5, 9}, {digest: b"\4" * 32})
    assert list(again.texts()) == [(digest, text)]
    assert again.sealed_message(digest) == b"sealed"
    assert again.sealed_message(bytes(32)) is None
    glance = casefolder.glance(tmp_path / "7.case")
    assert glance is not None
    assert (glance.id, glance.number) == (file.id, "7")
    with pytest.raises(UsageError, match="exists"):
        CaseFolder.create(tmp_path / "7.case", told)
    values = json.loads((tmp_path / "7.case" / "case.json").read_bytes())
    values["number"] = "8"
    (tmp_path / "7.case" / "case.json").write_text(json.dumps(values, sort_keys=True), encoding="utf-8")
    with pytest.raises(FileError, match="damaged"):
        CaseFolder.open(tmp_path / "7.case")
    assert casefolder.glance(tmp_path) is None


def test_a_folder_that_cannot_be_made_leaves_nothing(tmp_path: Path) -> None:
    def fail(_: CaseFolder) -> None:
        raise UsageError("no")

    with pytest.raises(UsageError):
        CaseFolder.create(tmp_path / "7.case", Told(1, GENESIS, casetexts.new_opening(5, "7")), fail)
    assert list(tmp_path.iterdir()) == []


# Ids as the contracts make them


def test_ids_are_those_of_the_contracts() -> None:
    a, b, c = (bytes([each]) * 32 for each in (1, 2, 3))
    assert teams.team_id(a, 7, b) == keccak(encode(["bytes32", "uint32", "bytes32"], [a, 7, b]))
    assert teams.content_of(a, b) == keccak(encode(["bytes32", "bytes32"], [a, b]))
    assert teams.action_id(a, 7, b) == keccak(encode(["bytes32", "uint32", "bytes32"], [a, 7, b]))
    assert tasks.task_id(7, 8, a) == keccak(encode(["uint32", "uint32", "bytes32"], [7, 8, a]))
    types = ["bytes32", "uint32", "bytes32", "bytes32", "bytes32", "uint32"]
    item = PoolItem(4, 7, b, c, bytes(32), "")
    assert teams.head_after(bytes(32), a, item) == keccak(encode(types, [a, 4, bytes(32), b, c, 7]))


# Statutory clocks


def test_every_clock_has_law_and_ends() -> None:
    book = legalclocks.book()
    assert {each.jurisdiction for each in book.clocks} == {"CN", "MY", "SG", "TH"}
    start = int(datetime.fromisoformat("2026-11-20T09:30:00+08:00").timestamp())
    assert all(each.due(start) > start for each in book.clocks)
    end = legalclocks.named(156, "arrest_request").due(start)
    assert end == int(datetime.fromisoformat("2026-11-24T00:00:00+08:00").timestamp())
    assert legalclocks.named(156, "2").name == "ARREST_REQUEST"
    assert legalclocks.find("CN", 999) is None
    with pytest.raises(UsageError, match="No statutory clock"):
        legalclocks.named(458, "NOTHING")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("code: 2\n    name: ARREST_REQUEST\n", "code: 1\n    name: ARREST_REQUEST\n", "twice"),
        ("unit: HOURS, count: 24", "unit: MOONS, count: 24", "unknown unit"),
        ("zone: Asia/Bangkok", "zone: Mars/Base", "zone"),
        ("jurisdiction: TH", "jurisdiction: QQ", "QQ"),
        ("law: TH-CPC", "law: TH-XXX", "not among the laws"),
        ("cooperation-deadlines/1", "cooperation-deadlines/2", "format"),
    ],
)
def test_mistakes_in_the_file_are_found(old: str, new: str, said: str) -> None:
    from importlib.resources import files

    path = files("concordat") / "data" / "standards" / "cooperation" / legalclocks.FILE
    text = path.read_bytes().decode()
    assert old in text
    with pytest.raises(LawFileError, match=said):
        legalclocks.loads(text.replace(old, new, 1))


# Items of grants


def test_only_granted_fields_travel() -> None:
    (item, stays) = shareditems.read_items(shareditems.template("en"), "items.yaml")
    narrowed = item.narrowed(SharedField.ACCOUNTS, bytes(32))
    assert set(narrowed.values) == {"ACCOUNTS"}
    assert stays.narrowed(SharedField.EVIDENCE, bytes(32)).values == {}
    assert stays.narrowed(1, bytes(32)).proof == shareditems.proof(stays, bytes(32))
    assert stays.narrowed(1, b"\1" * 32).proof != shareditems.proof(stays, bytes(32))
    sent = SharedItems(b"\1" * 32, b"\2" * 32, (item.id, stays.id), (narrowed,))
    assert shareditems.read_sealed(sent.to_bytes()) == sent
    with pytest.raises(VerificationError, match="not granted"):
        shareditems.read_sealed(SharedItems(b"\1" * 32, b"\2" * 32, ("other",), (narrowed,)).to_bytes())


def test_received_items_are_a_file_that_can_be_passed_on() -> None:
    items = shareditems.read_items(shareditems.template("zh"), "items.yaml")
    sent = tuple(each.narrowed(SharedField.ACCOUNTS, bytes(32)) for each in items)
    again = shareditems.read_items(json.dumps(shareditems.as_file(sent)), "came.json")
    assert again == sent
    assert shareditems.items_hash(bytes(32), ["b", "a", "a"]) == shareditems.items_hash(bytes(32), ["a", "b"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "cannot be shared"),
        ("concordat: items/2\nitems: [{id: a, fields: {ACCOUNTS: b}}]\n", "format"),
        ("concordat: items/1\nitems: []\n", "list"),
        ("concordat: items/1\nitems: [{id: a}]\n", "neither fields nor a proof"),
        ("concordat: items/1\nitems: [{id: ../a, fields: {ACCOUNTS: b}}]\n", "an id has"),
        ("concordat: items/1\nitems: [{id: a, fields: {SECRETS: b}}]\n", "unknown field"),
        ("concordat: items/1\nitems: [{id: a, fields: {ACCOUNTS: 5}}]\n", "quotes"),
        ("concordat: items/1\nitems: [{id: a, fields: {ACCOUNTS: {x: y}}}]\n", "text"),
        ("concordat: items/1\nitems: [{id: a, fields: [1]}]\n", "fields with their values"),
        ("concordat: items/1\nitems: [{id: a, proof: zz}]\n", "64"),
        ("concordat: items/1\nitems: [{id: a, fields: {FACTS: b}}, {id: a, fields: {FACTS: b}}]\n", "twice"),
        (f"concordat: items/1\nitems: [{{id: a, fields: {{FACTS: {'b' * 10_001}}}}}]\n", "at most"),
    ],
)
def test_items_that_cannot_be_shared_are_sentences(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        shareditems.read_items(text, "items.yaml")


def test_every_field_has_words() -> None:
    assert all(each.label()["en"] and each.label()["zh"] for each in SharedField)
    assert shareditems.fields_in(3) == [SharedField.PERSONS, SharedField.DOCUMENTS]
    assert Item("a", False, {}).whole() == b'{"fields":{},"id":"a","resident":false}'
