# SPDX-License-Identifier: Apache-2.0
"""One story of many acts, told on any ledger; what came of each act is written down, to be compared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from fakecast import ALL_STEPS, CN, MPS, MY, PDRM, Cast, adopt, hire, key

from concordat.evidence import registry
from concordat.evidence.facts import Facts
from concordat.evidence.places import INTL
from concordat.evidence.registry import WithdrawalReason
from concordat.evidence.steps import Step
from concordat.evidence.typed import CoSignerRole
from concordat.ledger.sentences import ContractError
from concordat.membership import agencies, officers
from concordat.membership.officers import Qualification
from concordat.membership.powers import Power

DOCUMENTS = b"\x0d" * 32
FAR = 1 << 39


class Story:
    """Tells the story; ``heard`` is what came of it.

    Args:
        cast: people, on whatever ledger.
        pass_time: lets time pass on it.
    """

    def __init__(self, cast: Cast, pass_time: Callable[[int], None]) -> None:
        self.cast = cast
        self.ledger: Any = cast.ledger
        self.pass_time = pass_time
        self.heard: list[tuple[str, Any]] = []

    def tell(self) -> list[tuple[str, Any]]:
        """All of it."""
        self._hire()
        self._adopt()
        self._register()
        self._cure()
        self._take_back()
        self._suspend()
        self._leave()
        return self.heard

    def _do(self, what: str, act: Callable[[], object]) -> None:
        try:
            act()
            self.heard.append((what, "done"))
        except ContractError as error:
            self.heard.append((what, error.revert.name))

    def _note(self, what: str, value: object) -> None:
        self.heard.append((what, value))

    def _hire(self) -> None:
        cast = self.cast
        collects = Power.COLLECT | Power.REGISTER | Power.WITHDRAW
        hire(cast, cast.police, PDRM, cast.officer, collects, Qualification.SPECIALIST)
        hire(cast, cast.police, PDRM, cast.second, Power.COLLECT)
        hire(cast, cast.police, PDRM, cast.curer, Power.CURE)
        hire(cast, cast.police, PDRM, cast.device, Power.COLLECT, device=True)
        hire(cast, cast.foreign, MPS, cast.confirmer, Power.CONFIRM_DATE)
        self._do("hire for another", lambda: hire(cast, cast.police, MPS, cast.stranger, Power.COLLECT))
        self._do("hire twice", lambda: hire(cast, cast.police, PDRM, cast.curer, Power.CURE))
        self._do(
            "hire for both", lambda: hire(cast, cast.police, PDRM, cast.stranger, Power.CURE | Power.COLLECT)
        )
        self._do("publish", lambda: agencies.publish_encryption_key(self.ledger, cast.police, DOCUMENTS))
        self._do("stranger", lambda: agencies.publish_encryption_key(self.ledger, cast.stranger, DOCUMENTS))
        self._note("agencies", [(m.name, m.kind, m.charter) for m in agencies.agencies(self.ledger)])

    def _adopt(self) -> None:
        adopt(self.cast)
        self.pass_time(3 * 86400)
        facts = Facts.unpack(self.cast.collection().facts)
        for forum in (MY, CN, INTL):
            self._note(f"check in {forum}", registry.check(self.ledger, facts, forum, self.ledger.now()))

    def _register(self) -> None:
        cast, ledger = self.cast, self.ledger
        good = cast.collection("good")
        self._do("register", lambda: registry.register(ledger, cast.officer, good))
        self._do(
            "register raw again",
            lambda: ledger.send(cast.officer, "EvidenceRegistry", "register", good.struct(), b"", []),
        )
        for name, changed in {
            "no root": replace(good, root=bytes(32)),
            "past deadline": cast.collection("x", deadline=5),
            "future": cast.collection("x", ago=-86400),
            "other agency": cast.collection("x", agency=MPS),
            "other version": cast.collection("x", standard_version=9),
            "no version": cast.collection("x", standard_version=0),
            "mandate": cast.collection("x", mandate=DOCUMENTS),
            "other appointment": cast.collection("x", appointment=2),
            "nothing done": cast.collection("x", steps=0),
            "nothing done, preserve": cast.collection("x", steps=0, preserve=True),
            "too early": cast.collection("x", ago=400 * 86400),
        }.items():
            self._do(name, lambda c=changed: registry.register(ledger, cast.officer, c))
        signed = cast.collection("signed", collector=cast.second.address)
        others = [
            registry.co_sign(ledger, cast.officer, signed, CoSignerRole.SECOND_OFFICER, 1, FAR),
            registry.co_sign(ledger, key("witness"), signed, CoSignerRole.WITNESS, 0, FAR),
            registry.co_sign(ledger, cast.device, signed, CoSignerRole.DEVICE, 1, FAR),
        ]
        signature = registry.sign(ledger, cast.second, signed, [(each.role, each.signer) for each in others])
        self._do("stripped", lambda: registry.register(ledger, cast.officer, signed, signature, others[:2]))
        self._do("all signed", lambda: registry.register(ledger, cast.officer, signed, signature, others))
        for name in ("good", "signed"):
            root = cast.collection(name).root
            record = registry.acquisition(ledger, PDRM, root)
            assert record is not None
            self._note(name, (record.verdict, record.facts.officers, record.facts.steps))

    def _cure(self) -> None:
        cast, ledger = self.cast, self.ledger
        poor = cast.collection("poor", steps=ALL_STEPS & ~(1 << Step.MINUTES_MADE))
        self._do("register poor", lambda: registry.register(ledger, cast.officer, poor))
        minutes = 1 << Step.MINUTES_MADE
        for name, officer, forum, steps in (
            ("cure by collector", cast.officer, MY, minutes),
            ("cure what is not missing", cast.curer, MY, minutes | 1 << Step.VIDEO_RECORDED),
            ("cure where nobody judges", cast.curer, CN, minutes),
            ("cure nothing", cast.curer, MY, 0),
            ("cure", cast.curer, MY, minutes),
            ("cure again", cast.curer, MY, minutes),
        ):
            self._do(
                name,
                lambda o=officer, f=forum, s=steps: registry.supplement(
                    ledger, o, PDRM, poor.root, f, s, DOCUMENTS
                ),
            )
        self._note("cured", registry.assess(ledger, PDRM, poor.root, MY))
        added = registry.co_sign(ledger, cast.second, poor, CoSignerRole.SECOND_OFFICER, 1, FAR)
        signature = registry.sign(ledger, cast.officer, poor)
        for name in ("cosign", "cosign again"):
            self._do(name, lambda: registry.cosign(ledger, cast.officer, poor, signature, [], added))
        after = registry.aftermath(ledger, PDRM, poor.root)
        self._note("aftermath", (after.cured_steps, after.added_officers, after.entries, after.withdrawn))
        self._do("confirm", lambda: registry.confirm_date(ledger, cast.confirmer, PDRM, poor.root, DOCUMENTS))

        self.pass_time(60 * 86400)
        late = cast.collection("late", ago=50 * 86400)
        self._do("register late", lambda: registry.register(ledger, cast.officer, late))
        self._note("late", registry.assess(ledger, PDRM, late.root, MY))
        self._do(
            "confirm late", lambda: registry.confirm_date(ledger, cast.confirmer, PDRM, late.root, DOCUMENTS)
        )
        self._do(
            "confirm twice", lambda: registry.confirm_date(ledger, cast.confirmer, PDRM, late.root, DOCUMENTS)
        )
        self._note("confirmed", registry.assess(ledger, PDRM, late.root, MY))

    def _take_back(self) -> None:
        cast, ledger = self.cast, self.ledger
        good, poor = cast.collection("good").root, cast.collection("poor").root
        for name in ("withdraw", "withdraw again"):
            self._do(
                name,
                lambda: registry.withdraw(ledger, cast.officer, PDRM, poor, WithdrawalReason.WRONG_FACTS),
            )
        for name, successor in (("itself", poor), ("nothing", DOCUMENTS), ("good", good), ("twice", good)):
            self._do(
                f"supersede by {name}",
                lambda s=successor: registry.supersede(ledger, cast.officer, PDRM, poor, s),
            )
        self._note("successor", registry.successor(ledger, PDRM, poor))
        self._note("history", [event.name for event in registry.history(ledger, PDRM, poor)])

    def _suspend(self) -> None:
        cast, ledger = self.cast, self.ledger
        now = ledger.now()
        agencies.suspend_agency(ledger, cast.authority, PDRM, now + 5000, DOCUMENTS)
        root = cast.collection("good").root
        self._do(
            "withdraw suspended",
            lambda: registry.withdraw(ledger, cast.officer, PDRM, root, WithdrawalReason.OTHER),
        )
        self._do(
            "register suspended", lambda: registry.register(ledger, cast.officer, cast.collection("floor"))
        )
        officers.suspend_officer(ledger, cast.police, cast.officer.address, now + 5000, DOCUMENTS)
        self._do(
            "register as suspended", lambda: registry.register(ledger, cast.officer, cast.collection("y"))
        )
        lost = cast.second.address
        self._do(
            "report oneself back", lambda: officers.report_compromise(ledger, cast.second, lost, now - 5)
        )
        self._do("report", lambda: officers.report_compromise(ledger, cast.police, lost, now - 5))
        self._do("report again", lambda: officers.report_compromise(ledger, cast.police, lost, now))
        held = officers.appointment(ledger, cast.second.address)
        assert held is not None
        self._note("marked", held.marked)
        for what, at in (("before", now - 6), ("since", now - 5)):
            self._note(what, officers.is_entitled(ledger, held, Power.COLLECT, at))

    def _leave(self) -> None:
        """Who left, who was inside, whose key is lost."""
        cast, ledger = self.cast, self.ledger
        self.pass_time(86400)
        alone = cast.collection("alone")
        self._do("register alone", lambda: registry.register(ledger, cast.officer, alone))
        signature = registry.sign(ledger, cast.officer, alone)
        witness = registry.co_sign(ledger, cast.police, alone, CoSignerRole.WITNESS, 0, FAR)
        self._do("own witness", lambda: registry.cosign(ledger, cast.officer, alone, signature, [], witness))
        unsent = cast.collection("unsent")
        officers.end_appointment(ledger, cast.device, cast.device.address)
        recorded = registry.co_sign(ledger, cast.device, alone, CoSignerRole.DEVICE, 1, FAR)
        self.pass_time(60 * 86400)
        self._do(
            "device that is gone",
            lambda: registry.cosign(ledger, cast.officer, alone, signature, [], recorded),
        )
        recorded = registry.co_sign(ledger, cast.device, unsent, CoSignerRole.DEVICE, 1, FAR)
        self._do(
            "late with a device that is gone",
            lambda: registry.register(ledger, cast.officer, replace(unsent, deadline=FAR), b"", [recorded]),
        )
        self._do("late", lambda: registry.register(ledger, cast.officer, replace(unsent, deadline=FAR)))
        officers.end_appointment(ledger, cast.officer, cast.officer.address)
        self._do("collector cures", lambda: hire(cast, cast.police, PDRM, cast.officer, Power.CURE))
        agencies.propose_account(ledger, cast.foreign, cast.stranger.address)
        self._do(
            "report account",
            lambda: officers.report_compromise(ledger, cast.foreign, cast.foreign.address, 0),
        )
        self._do(
            "propose with a reported key",
            lambda: agencies.propose_account(ledger, cast.foreign, cast.second.address),
        )
        agencies.accept_account(ledger, cast.stranger, MPS)
        self._do("hire a lost key", lambda: hire(cast, cast.police, PDRM, cast.foreign, Power.COLLECT))
        held = officers.appointment(ledger, cast.foreign.address)
        assert held is not None
        self._note("lost key", officers.is_entitled(ledger, held, Power.COLLECT, ledger.now()))
