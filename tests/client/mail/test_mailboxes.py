# SPDX-License-Identifier: Apache-2.0
"""Mailboxes: a real folder, a real web server, and what both do when they are lost in between."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from objectstore import Store, serving

from concordat.errors import FileError, UsageError, VerificationError
from concordat.mail import httpmailbox, sealed
from concordat.mail.httpmailbox import HttpMailbox, MailboxError, is_url
from concordat.mail.mailbox import FolderMailbox

LETTER = b"an envelope"
HASH = sealed.digest(LETTER)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests speak to servers of their own; proxies are none of their business, and nobody waits."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(httpmailbox, "PAUSES", (0.01, 0.02))


@pytest.fixture
def store() -> Iterator[Store]:
    with serving(Store()) as found:
        yield found


def box(store: Store, timeout: float = 5.0) -> HttpMailbox:
    return HttpMailbox(store.url, timeout=timeout)


# Both


@pytest.mark.parametrize("kind", ["folder", "server"])
def test_what_was_put_comes_back_and_nothing_else(kind: str, store: Store, tmp_path: Path) -> None:
    mailbox = FolderMailbox(tmp_path / "box") if kind == "folder" else box(store)
    assert mailbox.get(HASH) is None
    assert mailbox.put(LETTER) == HASH
    assert mailbox.put(LETTER) == HASH
    assert mailbox.get(HASH) == LETTER


@pytest.mark.parametrize("kind", ["folder", "server"])
def test_another_content_is_noticed(kind: str, store: Store, tmp_path: Path) -> None:
    mailbox = FolderMailbox(tmp_path) if kind == "folder" else box(store)
    mailbox.put(LETTER)
    if kind == "folder":
        next(tmp_path.rglob("*.sealed")).write_bytes(b"another")
    else:
        store.kept[f"/box/{HASH.hex()}"] = b"another"
    with pytest.raises(VerificationError) as raised:
        mailbox.get(HASH)
    assert raised.value.code == "sealed.other_message"


# A folder


def test_a_folder_has_one_file_a_message_and_no_traces(tmp_path: Path) -> None:
    FolderMailbox(tmp_path).put(LETTER)
    name = HASH.hex()
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()] == [
        f"{name[:2]}/{name}.sealed"
    ]


def test_a_half_synchronised_file_is_put_again(tmp_path: Path) -> None:
    mailbox = FolderMailbox(tmp_path)
    mailbox.put(LETTER)
    next(tmp_path.rglob("*.sealed")).write_bytes(LETTER[:4])
    mailbox.put(LETTER)
    assert mailbox.get(HASH) == LETTER


def test_a_folder_that_is_a_file_or_a_huge_message_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(FileError):
        FolderMailbox(tmp_path / "file").put(LETTER)
    mailbox = FolderMailbox(tmp_path / "box")
    mailbox.put(LETTER)
    with next((tmp_path / "box").rglob("*.sealed")).open("wb") as stream:
        stream.truncate(httpmailbox.LARGEST + 1)
    with pytest.raises(VerificationError):
        mailbox.get(HASH)


# A server


def test_a_server_that_stumbles_is_asked_again(store: Store) -> None:
    store.answers = [503, 0]
    assert box(store).put(LETTER) == HASH
    store.answers = [500]
    assert box(store).get(HASH) == LETTER
    assert [method for method, _ in store.asked] == ["PUT", "PUT", "PUT", "GET", "GET"]


def test_a_server_that_is_lost_is_a_sentence_and_the_next_try_goes_on() -> None:
    store = Store()
    with serving(store) as first:
        mailbox = box(first)
        mailbox.put(LETTER)
        port = int(store.url.rsplit(":", 1)[1].split("/")[0])
    with pytest.raises(MailboxError) as raised:
        mailbox.get(HASH)
    assert raised.value.exit_code == 5
    assert raised.value.kept and raised.value.next
    with serving(store, port):
        assert mailbox.get(HASH) == LETTER


@pytest.mark.parametrize("status", [301, 302, 307, 400, 401, 403])
def test_any_other_answer_is_told_and_no_redirect_is_followed(store: Store, status: int) -> None:
    for act in (lambda: box(store).put(LETTER), lambda: box(store).get(HASH)):
        store.answers = [status]
        with pytest.raises(MailboxError) as raised:
            act()
        assert raised.value.code == "mailbox.refused"
        assert str(status) in raised.value.message


def test_a_store_that_never_replaces(store: Store) -> None:
    box(store).put(LETTER)
    store.answers = [412]
    assert box(store).put(LETTER) == HASH
    store.kept[f"/box/{HASH.hex()}"] = b"another"
    store.answers = [409]
    with pytest.raises(VerificationError):
        box(store).put(LETTER)
    store.kept.clear()
    store.answers = [409]
    with pytest.raises(MailboxError):
        box(store).put(LETTER)


def test_a_cut_answer_is_not_taken(store: Store) -> None:
    box(store).put(LETTER)
    store.cut = 3
    with pytest.raises((MailboxError, VerificationError)):
        box(store).get(HASH)


def test_a_server_that_drips_or_floods_holds_nobody_up(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    box(store).put(LETTER)
    monkeypatch.setattr(httpmailbox, "SLOWEST", 0.05)
    monkeypatch.setattr(httpmailbox, "_CHUNK", 1)
    store.drip = 0.04
    with pytest.raises(MailboxError) as raised:
        box(store).get(HASH)
    assert "too long" in raised.value.message
    store.drip = 0.0
    monkeypatch.setattr(httpmailbox, "SLOWEST", 60.0)
    monkeypatch.setattr(httpmailbox, "LARGEST", 4)
    with pytest.raises(VerificationError):
        box(store).get(HASH)


def test_no_message_repeats_what_may_be_secret_in_the_address(store: Store) -> None:
    port = store.url.rsplit(":", 1)[1].split("/")[0]
    mailbox = HttpMailbox(f"http://user:hunter2@127.0.0.1:{port}/token-4711", timeout=2.0)
    store.answers = [403]
    with pytest.raises(MailboxError) as raised:
        mailbox.get(HASH)
    told = str(raised.value.as_dict())
    assert "hunter2" not in told and "4711" not in told and "user" not in told
    assert f"http://127.0.0.1:{port}" in told


@pytest.mark.parametrize(
    "url",
    ["ftp://host/x", "https://", "http://host/x?a=1", "http://host/#x", "http://host:x/", "file:///tmp"],
)
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(UsageError) as raised:
        HttpMailbox(url)
    assert raised.value.code == "mailbox.url"


def test_folders_and_addresses_are_told_apart() -> None:
    assert is_url("https://host/x") and not is_url("C:\\mail") and not is_url("../mail") and not is_url("box")


def test_a_missing_certificate_file_is_a_sentence(store: Store, tmp_path: Path) -> None:
    mailbox = HttpMailbox(store.url.replace("http://", "https://"), ca=str(tmp_path / "none.pem"))
    with pytest.raises(MailboxError):
        mailbox.get(HASH)
