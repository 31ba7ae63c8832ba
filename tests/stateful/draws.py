# SPDX-License-Identifier: Apache-2.0
"""What the lives of acquisitions draw from: records, facts, co-signers; mostly fitting, sometimes not."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any, ClassVar

from brownie import web3

from concordat.evidence.facts import Facts
from concordat.evidence.steps import mask
from tests.contracts.clock import now
from tests.contracts.suite import (
    COLLECT,
    CONFIRM_DATE,
    CURE,
    DAY,
    DEVICE,
    HOLDER,
    HOUR,
    METHOD,
    PLAIN_METHOD,
    REGISTER,
    SECOND_OFFICER,
    SG,
    UNADOPTED_METHOD,
    WITHDRAW,
    WITNESS,
    A,
    B,
    C,
    D,
)
from tests.stateful.acquisitions import LATE, Record, Registry, Signer
from tests.stateful.driver import Life
from tests.stateful.members import Held

ROOTS = tuple(bytes(web3.keccak(text=f"root {number}")) for number in range(8))
AGES = (HOUR, 30 * HOUR, 80 * HOUR, 4 * DAY, 9 * DAY)
OFFICERS = {
    "collector": ("my_police", COLLECT | REGISTER),
    "second": ("my_police", COLLECT | REGISTER),
    "registrar": ("my_police", REGISTER),
    "curer": ("my_police", CURE | WITHDRAW),
    "recorder": ("my_police", COLLECT),
    "stranger": ("my_police", COLLECT),
    "cn_collector": ("cn_police", COLLECT | REGISTER),
    "cn_confirmer": ("cn_police", CONFIRM_DATE),
}
PEOPLE = (*OFFICERS, "witness", "holder", "my_police")
STEPS = (mask(A, B, C, D), mask(A, B, C), mask(A, B), mask(A, C), mask(A), mask(B, C))
CO_SIGNERS = {
    "my_police": (
        ("second", SECOND_OFFICER),
        ("stranger", SECOND_OFFICER),
        ("witness", WITNESS),
        ("holder", HOLDER),
        ("recorder", DEVICE),
    ),
    "cn_police": (("witness", WITNESS), ("holder", HOLDER)),
}
WRONG_CO_SIGNERS = (
    ("recorder", SECOND_OFFICER),
    ("second", DEVICE),
    ("second", WITNESS),
    ("cn_collector", SECOND_OFFICER),
    ("collector", SECOND_OFFICER),
    ("registrar", SECOND_OFFICER),
    ("my_police", WITNESS),
)


class Drawn(Life):
    """A life with a registry as its model."""

    first: ClassVar[Registry]

    def begin(self) -> None:
        self.model = deepcopy(self.first)
        self.members = self.model.members
        self.pass_time(10 * DAY)  # old enough an office for late registrations
        self.officers: dict[tuple[int, bytes], set[str]] = {}
        self.sent: dict[tuple[int, bytes], tuple[list[Any], list[Any]]] = {}

    def key(self, name: str) -> Any:
        return self.suite.actors[name]

    def a_record(self, fits: Callable[[Record], bool]) -> tuple[int, bytes]:
        """Mostly one that fits, or at least is there."""
        free = self.suite.ids[self.one_of(("cn_police",), "my_police")], self.rng.choice(ROOTS)
        known = sorted(self.model.records)
        fitting = [key for key in known if fits(self.model.records[key])]
        choices = self.one_of((known,), fitting) or known
        return self.one_of((free,), self.rng.choice(choices) if choices else None)

    def is_late(self, record: Record) -> bool:
        return not record.confirmed and bool(
            self.model.assess(record, record.wish.agency >> 16).curable & LATE
        )

    def facts(self, home: int, held: Held | None) -> Facts:
        fitting = [age for age in AGES if held and now() - age >= held.starts_at]
        ago = self.one_of((*AGES, -DAY), self.rng.choice(fitting or [HOUR]))
        return self.suite.facts(
            self.rng.choice(STEPS),
            ago=ago,
            minutes=self.one_of((0, 90), 30) if ago > 0 else 0,
            place=self.one_of((home, home, SG), home),
            data_location=self.one_of((home, home, SG), home),
            method=self.rng.choice((PLAIN_METHOD, PLAIN_METHOD, PLAIN_METHOD, METHOD, UNADOPTED_METHOD)),
            algorithms=self.one_of((1, 0xC0), 3),
        )

    def signers(self, agency: str) -> dict[str, Signer]:
        """None, some, or one that does not fit; sorted as the contract wants them."""
        chosen = self.rng.sample(CO_SIGNERS[agency], self.rng.choice((0, 0, 1, 2)))
        if self.rng.random() < 0.1:
            chosen = [self.rng.choice(WRONG_CO_SIGNERS)]
        found = {name: self.signer(name, role) for name, role in chosen}
        return dict(sorted(found.items(), key=lambda each: int(each[1].address, 16)))

    def signer(self, name: str, role: int) -> Signer:
        appointment = self.appointment(name) if role in (SECOND_OFFICER, DEVICE) else 0
        return Signer(self.key(name).address, role, appointment)

    def in_office(self, name: str) -> bool:
        held = self.members.newest(self.key(name).address)
        return held is not None and held.ends_at > now()

    def free_root(self, agency: str) -> bytes | None:
        free = [root for root in ROOTS if (self.suite.ids[agency], root) not in self.model.records]
        return self.rng.choice(free) if free else None

    def appointment(self, name: str) -> int:
        held = self.members.newest(self.key(name).address)
        return self.one_of((1, 2), held.number if held else 0)

    def state(self, record: Record | None) -> str:
        """As docs/states.md names it: what it is worth at home."""
        if record is None:
            return "Absent"
        return self.model.assess(record, record.wish.agency >> 16).verdict.name.title().replace("_", "")
