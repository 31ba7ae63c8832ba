# SPDX-License-Identifier: Apache-2.0
"""Who signed for a collection, and what that lets the registry see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from concordat.evidence import typed
from concordat.evidence.facts import Facts
from concordat.evidence.steps import Step
from concordat.evidence.typed import CoSignerRole
from concordat.membership.powers import Power
from concordat.memory.agencies import AgencyRegistry
from concordat.memory.world import World, refuse

CONTRACT = "EvidenceRegistry"
MOST_CO_SIGNERS = 8
Fields = Mapping[str, Any]

_SHOWS = {
    CoSignerRole.SECOND_OFFICER: Step.SECOND_OFFICER_SIGNED,
    CoSignerRole.WITNESS: Step.WITNESS_SIGNED,
    CoSignerRole.HOLDER: Step.HOLDER_SIGNED,
    CoSignerRole.DEVICE: Step.DEVICE_SIGNED,
}


class CoSigners:
    """Checks signatures of collector and co-signers."""

    def __init__(self, world: World, agencies: AgencyRegistry) -> None:
        self._world = world
        self._agencies = agencies

    def require_collector(self, collection: Fields, signature: bytes, bound: Sequence[Fields]) -> None:
        """The collector signed exactly this, together with exactly these co-signers."""
        signers = [(CoSignerRole(each["role"]), each["signer"]) for each in bound]
        message = {**collection, "coSigners": typed.co_signers_hash(signers)}
        collector = collection["collector"]
        if not self._world.is_signed(
            CONTRACT, typed.ACQUISITION, "Acquisition", message, collector, signature
        ):
            refuse("InvalidSignature", signer=collector)

    def require_deadline(self, deadline: int) -> None:
        """The signature may still be used."""
        if self._world.present > deadline:
            refuse("DeadlinePassed", deadline=deadline, present=self._world.present)

    def see_all(self, collection: Fields, given: Sequence[Fields]) -> tuple[int, int]:
        """How many officers co-signed, and the mask of the steps that the co-signatures show."""
        if len(given) > MOST_CO_SIGNERS:
            refuse("TooManyCoSigners", given=len(given), most=MOST_CO_SIGNERS)
        officers = seen = 0
        previous = "0x" + "0" * 40
        for each in given:
            if int(each["signer"], 16) <= int(previous, 16):
                refuse("CoSignersNotSorted", previous=previous, signer=each["signer"])
            previous = each["signer"]
            step = self.see(collection, each)
            officers += step is Step.SECOND_OFFICER_SIGNED
            seen |= 1 << step
        return officers, seen

    def see(self, collection: Fields, given: Fields) -> Step:
        """The step that one valid co-signature shows."""
        signer = given["signer"]
        if signer.lower() == collection["collector"].lower():
            refuse("CoSignerIsCollector", signer=signer)
        self.require_deadline(given["deadline"])
        self._require_fit(collection, given)
        role = CoSignerRole(given["role"])
        message = typed.CoSignature(role, signer, given["appointment"], given["deadline"]).message(
            typed.Collection(
                agency=collection["agency"],
                root=collection["root"],
                facts=collection["facts"],
                standard_version=collection["standardVersion"],
                collector=collection["collector"],
                appointment=collection["appointment"],
                deadline=collection["deadline"],
            )
        )
        if not self._world.is_signed(
            CONTRACT, typed.CO_SIGNATURE, "CoSignature", message, signer, given["signature"]
        ):
            refuse("InvalidSignature", signer=signer)
        return _SHOWS[role]

    def _require_fit(self, collection: Fields, given: Fields) -> None:
        role, signer = given["role"], given["signer"]
        if role in (CoSignerRole.SECOND_OFFICER, CoSignerRole.DEVICE):
            started = Facts.unpack(collection["facts"]).started_at
            agency, _, device = self._agencies.entitledAt(
                signer, given["appointment"], Power.COLLECT, started
            )
            if agency != collection["agency"]:
                refuse("OtherAgency", account=signer, theirs=agency, agency=collection["agency"])
            if device != (role == CoSignerRole.DEVICE):
                refuse("IsADevice" if device else "NotADevice", signer=signer)
            return
        if not role:
            refuse("NoRole")
        if self._agencies.appointmentOf(signer).number or self._agencies.agencyByAccount(signer):
            refuse("CoSignerIsOfficer", signer=signer)
