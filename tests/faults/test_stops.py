# SPDX-License-Identifier: Apache-2.0
"""Killed without warning, disks that are full, files that cannot be read, a wrong password."""

from __future__ import annotations

import os
import resource
import signal
import time
from collections.abc import Callable
from pathlib import Path

from town import Office, root_of, stored
from wire import Wire

from concordat.evidence.tree import SEED

KILOBYTE, MEGABYTE = 1 << 10, 1 << 20


def eventually(true: Callable[[], object], seconds: float = 60) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not come to pass"
        time.sleep(0.02)


def smaller_than(size: int) -> Callable[[], None]:
    """No file of a process may grow beyond this: what a full disk is to it."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


# Killed


def test_killed_while_hashing_it_goes_on_from_there(office: Office) -> None:
    files = office.folder / "images"
    files.mkdir()
    for number in range(600):
        (files / f"{number:03}.bin").write_bytes(number.to_bytes(4, "big") * 64 * KILOBYTE)
    now = time.time()
    record = office.record(now - 7200, now - 3600, "images.yaml", items=False)
    progress = office.folder / "images.acq.partial" / "progress.jsonl"
    running = office.begin("pack", record, "images")
    eventually(lambda: progress.exists() and progress.stat().st_size)
    running.send_signal(signal.SIGKILL)
    assert running.wait() == -signal.SIGKILL
    assert not (office.folder / "images.acq").exists()
    digested = progress.read_bytes().count(b"\n")
    assert 0 < digested < 600
    seed = (progress.parent / SEED).read_bytes()

    refused = office("register", "images.acq.partial")
    assert refused.code == 2, refused.err

    done = office("pack", record, "images")
    assert done.code == 0, done.err
    assert not progress.parent.exists()
    assert (office.folder / "images.acq" / SEED).read_bytes() == seed
    assert office("verify", "images.acq", "images").code == 0


def test_killed_between_sending_and_receipt_nothing_happens_twice(office: Office, wire: Wire) -> None:
    assert office("pack", "case.yaml", "files").code == 0
    wire.cut("eth_sendRawTransaction", delivered=True, silent=True)
    running = office.begin("register", "case.acq")
    eventually(wire.broken.is_set)
    running.send_signal(signal.SIGKILL)
    assert running.wait() == -signal.SIGKILL
    assert stored(office)
    assert not (office.folder / "case.acq" / "receipt.json").exists()
    wire.mend()
    assert "is not finished" in office("doctor").out
    again = office("register", "case.acq")
    assert again.code == 0, again.err
    assert "before; nothing was sent now" in again.out
    assert office.town.registered(root_of(office)) == 1
    assert wire.asked.count("eth_sendRawTransaction") == 1
    assert "Nothing waits to be sent" in office("doctor").out


def test_stopped_by_the_user_while_hashing(office: Office) -> None:
    files = office.folder / "images"
    files.mkdir()
    for number in range(300):
        (files / f"{number:03}.bin").write_bytes(number.to_bytes(4, "big") * 64 * KILOBYTE)
    now = time.time()
    record = office.record(now - 7200, now - 3600, "images.yaml", items=False)
    partial = office.folder / "images.acq.partial" / "exhibits.jsonl.tmp"
    running = office.begin("pack", record, "images")
    eventually(partial.exists)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=60)
    assert (running.returncode, out) == (130, "")
    assert "Traceback" not in err and "again" in err
    assert office("pack", record, "images").code == 0


# Disks


def test_a_full_disk_while_packing(office: Office) -> None:
    ran = office.process("pack", "case.yaml", "files", preexec_fn=smaller_than(40 * KILOBYTE))
    assert (ran.code, ran.out) == (8, "")
    assert "The evidence is untouched" in ran.err and "again" in ran.err
    assert not (office.folder / "case.acq").exists()
    assert office("pack", "case.yaml", "files").code == 0
    assert office("register", "case.acq").code == 0


def test_a_full_disk_before_sending(office: Office) -> None:
    assert office("pack", "case.yaml", "files").code == 0
    height = office.town.height
    ran = office.process("register", "case.acq", preexec_fn=smaller_than(8 * KILOBYTE))
    assert (ran.code, ran.out) == (8, "")
    assert office.town.height == height
    assert not stored(office)
    again = office("register", "case.acq")
    assert again.code == 0, again.err


def test_a_full_disk_after_the_block(office: Office) -> None:
    """The certificate's PDF no longer fits: the record stands, and the next run writes the rest."""
    assert office("pack", "case.yaml", "files").code == 0
    ran = office.process("register", "case.acq", preexec_fn=smaller_than(50 * KILOBYTE))
    assert ran.code == 8, ran.err
    assert "case.acq is registered" in ran.err
    assert stored(office)
    again = office("register", "case.acq")
    assert again.code == 0, again.err
    assert office.town.registered(root_of(office)) == 1
    assert office("verify", "case.acq", "files").code == 0


# Files and keys


def test_what_cannot_be_read_is_named_and_nothing_is_left_out(office: Office) -> None:
    pipe = office.folder / "files" / "pipe"
    os.mkfifo(pipe)
    ran = office("pack", "case.yaml", "files")
    assert (ran.code, ran.out) == (8, "")
    assert "named pipe" in ran.err and str(Path("files") / "pipe") in ran.err
    assert not (office.folder / "case.acq").exists()
    pipe.unlink()
    assert office("pack", "case.yaml", "files").code == 0


def test_a_wrong_password_sends_nothing(office: Office) -> None:
    office.environment = {"CONCORDAT_PASSWORD": "the right one"}
    assert office("key", "new", "mine").code == 0
    assert office("pack", "case.yaml", "files").code == 0
    height = office.town.height
    office.environment = {"CONCORDAT_PASSWORD": "a wrong one"}
    ran = office("register", "case.acq", "--key", "keystore:mine")
    assert (ran.code, ran.out) == (6, "")
    assert "password" in ran.err.lower()
    office.environment = {}
    ran = office("register", "case.acq", "--key", "keystore:mine")
    assert ran.code == 2 and "terminal" in ran.err
    assert office.town.height == height
