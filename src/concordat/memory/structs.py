# SPDX-License-Identifier: Apache-2.0
"""The contracts' structs, with the Solidity field names (``from_`` for ``from``)."""

# ruff: noqa: N815 - the names are the contracts'

from __future__ import annotations

from typing import NamedTuple

NOBODY = "0x" + "0" * 40


class Agency(NamedTuple):
    """An agency; all zero: none."""

    account: str = NOBODY
    charter: int = 0
    kind: int = 0
    suspensions: int = 0


class Appointment(NamedTuple):
    """An appointment; all zero: none."""

    agency: int = 0
    powers: int = 0
    startsAt: int = 0
    endsAt: int = 0
    number: int = 0
    qualification: int = 0
    qualifiedUntil: int = 0
    device: bool = False
    marked: bool = False


class Suspension(NamedTuple):
    """A half-open interval."""

    from_: int
    until: int
    reason: bytes


class Module(NamedTuple):
    """What the Directory says of a contract."""

    at: str = NOBODY
    state: int = 0
    codeHash: bytes = bytes(32)
    stateSince: int = 0


class Assessment(NamedTuple):
    """What a check found."""

    verdict: int
    version: int
    fatal: int
    curable: int
    noted: int


class Acquisition(NamedTuple):
    """A record; all zero: none."""

    facts: int = 0
    agency: int = 0
    registeredAt: int = 0
    verdict: int = 0
    standardVersion: int = 0


class Aftermath(NamedTuple):
    """What came after registration."""

    curedSteps: int = 0
    addedOfficers: int = 0
    dateConfirmed: bool = False
    withdrawn: bool = False
    superseded: bool = False
    reason: int = 0
    changedAt: int = 0
    entries: int = 0
