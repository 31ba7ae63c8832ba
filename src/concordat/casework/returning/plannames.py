# SPDX-License-Identifier: Apache-2.0
"""Which restitution plan or claim is meant: by folder, number, victim's reference, or id."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from eth_account import Account as Key

from concordat.assets import restitution
from concordat.assets.folders import planfile
from concordat.assets.folders.planfile import PlanFile
from concordat.assets.folders.slips import Slip
from concordat.assets.restitution import Plan
from concordat.casework.desk import Desk
from concordat.casework.freezing.naming import short
from concordat.errors import ConcordatError, UsageError
from concordat.ledger.protocol import Signer
from concordat.ledger.signer import LocalSigner

_ID: Final = re.compile(r"0x[0-9a-fA-F]{6,64}")


@dataclass(frozen=True)
class FoundPlan:
    """A plan that is meant.

    Attributes:
        id: 32 bytes.
        plan: as it stands; None where it was not asked for, or is not on the chain yet.
        file: its folder, if it is in reach.
    """

    id: bytes
    plan: Plan | None
    file: PlanFile | None = None

    @property
    def name(self) -> str:
        """What people call it: its number, else the beginning of the id."""
        return self.file.head.number if self.file else short(self.id)


def plan_of(desk: Desk, found: FoundPlan) -> Plan:
    """The plan as it stands.

    Raises:
        UsageError: it is not on the chain yet.
    """
    known = found.plan or restitution.plan_of(desk.chain, found.id)
    if known is None:
        raise UsageError(
            f"{found.name} was not opened yet.",
            code="restitution.not_sent",
            kept="Nothing was sent.",
            next="Open it by running again: concordat restitution open",
        )
    return known


def plan_named(desk: Desk, text: str) -> FoundPlan:
    """The plan that is meant: its folder, its number (of folders here), its id or the beginning of it.

    Raises:
        UsageError: nothing, or more than one, is meant by it.
    """
    path = Path(text)
    if planfile.named_folder(path):
        file = PlanFile.open(path)
        require_same_suite(desk, file.head.chain_id, file.head.genesis, file.name)
        return FoundPlan(file.head.id, None, file)
    files = _files(desk)
    if not _ID.fullmatch(text):
        numbered = [each for each in files if each.head.number == text]
        if len(numbered) != 1:
            raise _unknown(text, len(numbered))
        return FoundPlan(numbered[0].head.id, None, numbered[0])
    ids = {bytes(event.args["plan"]) for event in restitution.opened(desk.chain)}
    meant = [each for each in ids if each.hex().startswith(text[2:].lower())]
    if len(meant) != 1:
        raise _unknown(text, len(meant))
    return FoundPlan(meant[0], None, next((each for each in files if each.head.id == meant[0]), None))


def file_named(desk: Desk, found: FoundPlan) -> PlanFile:
    """The folder of a plan.

    Raises:
        UsageError: it is not in reach.
    """
    if found.file is None:
        raise UsageError(
            f"The folder of {found.name} is not here, and its secrets are needed.",
            code="restitution.no_folder",
            kept="Nothing was sent.",
            next=f"Run this where the {planfile.ENDING} folder is, or take it from a backup.",
        )
    return found.file


def claim_named(desk: Desk, found: FoundPlan, text: str) -> bytes:
    """Id of the claim that is meant: its number, the victim's reference, or the id or its beginning.

    Raises:
        UsageError: nothing, or more than one, is meant by it.
    """
    ids = restitution.claims_entered(desk.chain, found.id)
    if found.file:
        for each in found.file.claims:
            if each.victim == text and each.id in ids:
                return each.id
    if text.isascii() and text.isdigit() and 0 < int(text) <= len(ids):
        return ids[int(text) - 1]
    meant = [each for each in ids if _ID.fullmatch(text) and each.hex().startswith(text[2:].lower())]
    if len(meant) != 1:
        raise UsageError(
            f"No claim of {found.name}, or more than one, is called '{text}'.",
            code="restitution.no_claim",
            kept="Nothing was sent.",
            next=f"Use its number, 1 to {len(ids)}, the victim's reference, or 0x and its first digits.",
        )
    return meant[0]


def require_same_suite(desk: Desk, chain_id: int, genesis: bytes, name: str) -> None:
    """Refuse what was made for another suite.

    Raises:
        UsageError: chain or genesis differ.
    """
    config = desk.workspace.config
    if (chain_id, genesis.hex()) != (config.chain_id, config.genesis_id[2:]):
        raise UsageError(
            f"{name} was made for another suite, on chain {chain_id}.",
            code="restitution.other_suite",
            kept="Nothing was sent.",
            next="Use the workspace of that suite (--workspace).",
        )


def victims_key(desk: Desk, slip: Slip) -> Signer:
    """The confirmation key of a slip: in it, or the desk's own if that is it.

    Raises:
        UsageError: the key is with the victim.
    """
    if slip.secret:
        return LocalSigner(Key.from_key(slip.secret))
    if desk.signer.address.lower() == slip.key:
        return desk.signer
    raise UsageError(
        f"The key of the slip of {slip.victim} is with the victim.",
        code="restitution.key_elsewhere",
        kept="Nothing was sent.",
        next="The victim signs with it: --key URI.",
    )


def _files(desk: Desk) -> list[PlanFile]:
    """The plan folders in reach that belong to this suite and are whole."""
    places = dict.fromkeys(each.resolve() for each in (Path.cwd(), desk.workspace.root.parent))
    found = []
    for folder in (each for place in places for each in sorted(place.glob(f"*{planfile.ENDING}"))):
        try:
            file = PlanFile.open(folder)
            require_same_suite(desk, file.head.chain_id, file.head.genesis, file.name)
        except ConcordatError:  # one damaged or foreign folder must not hide the others
            continue
        found.append(file)
    return found


def _unknown(text: str, meant: int) -> UsageError:
    many = f"{meant} restitution plans are" if meant > 1 else "No restitution plan is"
    return UsageError(
        f"{many} called '{text}'.",
        code="restitution.ambiguous" if meant > 1 else "restitution.unknown",
        kept="Nothing was sent.",
        next=f"Name its folder ({planfile.ENDING}), its number, or 0x and at least 6 digits of its id. "
        "See: concordat restitution show",
    )
