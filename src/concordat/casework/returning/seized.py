# SPDX-License-Identifier: Apache-2.0
"""Seized property: identify, fill the dossier, attest, hand over, transfer, show, list.

Valuation, sale and the court's decisions are in ``selling``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from eth_utils.crypto import keccak

from concordat.assets import seized
from concordat.assets.folders import dossier
from concordat.assets.folders.assetfile import ENDING, AssetFile, Head, named_folder
from concordat.assets.folders.dossier import Dossier, Part
from concordat.assets.folders.slips import new_salt
from concordat.assets.returnstates import DossierPart
from concordat.assets.seized import Asset, Proceeds
from concordat.casework.desk import Desk
from concordat.casework.freezing import naming
from concordat.casework.freezing.doing import Done, once
from concordat.casework.freezing.lasting import digest_of
from concordat.casework.freezing.offices import acting_agency
from concordat.casework.returning.things import (
    FoundAsset,
    Same,
    act,
    act_done,
    asset_named,
    known_as,
    require_same_suite,
)
from concordat.errors import UsageError
from concordat.evidence import store
from concordat.evidence.package import Package
from concordat.ledger import eventlog
from concordat.ledger.protocol import Event, Receipt
from concordat.membership import agencies

DAY: Final = 86_400


@dataclass(frozen=True)
class Entered:
    """A thing that is on the chain, and what of its dossier was sent now.

    Attributes:
        done: its entry.
        filled: parts that were filled now.
        missing: parts that nobody filled yet.
    """

    done: Done
    file: AssetFile
    filled: tuple[DossierPart, ...]
    missing: tuple[DossierPart, ...]


@dataclass(frozen=True)
class AssetView:
    """A thing at a time.

    Attributes:
        stale: nobody attested for too long that it is still there.
        proceeds: of its sale; None before it.
        events: its history with times, oldest first.
    """

    found: FoundAsset
    asset: Asset
    stale: bool
    proceeds: Proceeds | None
    events: tuple[Event, ...]


def identify(desk: Desk, path: Path, *, hold: str = "", out: Path | None = None) -> Entered:
    """Enter a thing, and whatever parts of its dossier are filled in. Again: what was filled in since.

    Args:
        desk: of an officer with KEEP.
        path: the dossier, YAML.
        hold: seizure or sealing under which it is held, as holds are named.
        out: the folder to make; by default the dossier's name with ``.asset``, beside it.

    Raises:
        MistakesError: the dossier has mistakes.
        UsageError: the custodian or hold is unknown, or the folder is another thing's.
        FileError: a document cannot be read.
        ContractError: refused; what was sent before stands.
    """
    with store.guard(f"read {path}", kept="Nothing was written or sent."):
        written = dossier.parse(path.read_bytes().decode("utf-8"), path.name)
    contents = {part: _said(part, each, path.parent) for part, each in written.parts.items()}
    folder = out or path.with_suffix(ENDING)
    if not named_folder(folder):
        folder = folder.with_name(folder.name + ENDING)
    file = AssetFile.open(folder) if folder.exists() else _made(desk, written, folder, hold)
    require_same_suite(desk, file)
    file.require_same(written)
    done = _identify(desk, file)
    found = FoundAsset(file.head.id, file)
    filled = [part for part, said in contents.items() if _fill(desk, found, part, written.parts[part], said)]
    linked = [link(desk, file.folder.as_posix(), each, beside=path.parent) for each in written.acquisitions]
    if any(not each.before for each in linked):
        filled.append(DossierPart.ACQUISITIONS)
    return Entered(done, file, tuple(filled), known_as(desk, found).missing)


def link(desk: Desk, text: str, acquisition: str, *, beside: Path | None = None) -> Done:
    """Link a registered acquisition: its package, or ``AGENCY:0xROOT``.

    Raises:
        UsageError: no thing or acquisition is meant, or the package is not registered.
        ContractError: refused; nothing was sent.
    """
    found = asset_named(desk, text)
    agency, root = _acquisition(desk, acquisition, beside)
    return act(
        desk,
        found,
        "link",
        Same("AcquisitionLinked", {"agency": agency, "root": root}),
        lambda: seized.link_acquisition(desk.ledger, desk.signer, found.id, agency, root),
    )


def attest(desk: Desk, text: str, condition: Path) -> Done:
    """Say, as its custodian, that a thing is still there; the report's hash goes on the chain."""
    found, digest = asset_named(desk, text), digest_of(condition)
    # The same report may be true again: each attestation is a new one.
    return act_done(
        desk, found, "attest", None, lambda: seized.attest(desk.ledger, desk.signer, found.id, digest)
    )


def offer(desk: Desk, text: str, to: str) -> Done:
    """Offer to hand a thing over to another custodian; "" takes the offer back."""
    found = asset_named(desk, text)
    number = agencies.find_agency(desk.chain, to).number if to else 0
    return act_done(
        desk, found, "offer", None, lambda: seized.offer_custody(desk.ledger, desk.signer, found.id, number)
    )


def accept(desk: Desk, text: str, receipt: Path) -> Done:
    """Take a thing over as its new custodian; the hash of the paper of the handing over goes on the chain."""
    found, digest = asset_named(desk, text), digest_of(receipt)
    return act(
        desk,
        found,
        "accept",
        Same("CustodianChanged", {}, {"receipt": digest}),
        lambda: seized.accept_custody(desk.ledger, desk.signer, found.id, digest),
    )


def case_key(case: str, salt: bytes) -> bytes:
    """What stands for a case on the chain: whoever has the first thing's dossier, with its salt, computes it.

    From the reference alone anybody could find it by trying numbers.
    """
    return bytes(keccak(b"concordat/case:" + salt + case.encode()))


def _salt_of(found: Sequence[FoundAsset]) -> bytes:
    """The salt of the first of the things, by their ids."""
    first = min(found, key=lambda each: each.id)
    if first.file is None:
        raise UsageError(
            f"The dossier of {first.name} is not here; its salt hides the number of the case.",
            code="asset.no_dossier",
            kept="Nothing was sent.",
            next="Fetch the .asset folder from whoever keeps it, and name it.",
        )
    return first.file.head.salt


def transfer(desk: Desk, case: str, texts: Sequence[str], to: str) -> Done:
    """Transfer a case with its assets to another agency.

    Raises:
        UsageError: a dossier is not here, or not complete: every thing with what it lacks is named.
        ContractError: refused; nothing was sent.
    """
    found = [asset_named(desk, text) for text in texts]
    number = agencies.find_agency(desk.chain, to).number
    known = [(each, known_as(desk, each)) for each in found]
    lacking = [
        f"  {each.name}: {', '.join(part.label().en for part in asset.missing)}"
        for each, asset in known
        if asset.missing
    ]
    if lacking:
        raise UsageError(
            "The case cannot be transferred, dossiers lack:\n" + "\n".join(lacking),
            code="asset.incomplete",
            kept="Nothing was sent.",
            next="Fill the parts in the dossier, then: concordat asset identify DOSSIER",
        )
    key = case_key(case, _salt_of(found))
    moved = all(asset.agency == number for _, asset in known)
    earlier = seized.transfers(desk.chain, key) if moved else []

    def send() -> Receipt:
        return seized.transfer_case(desk.ledger, desk.signer, key, [each.id for each in found], number)

    return once(desk, key, case, None, "transfer", earlier[-1] if earlier else None, send)


def view(desk: Desk, text: str) -> AssetView:
    """A thing as it stands.

    Raises:
        UsageError: none is meant, or it is not on the chain.
    """
    found = asset_named(desk, text)
    known = known_as(desk, found)
    events = eventlog.with_times(desk.chain, seized.history(desk.chain, found.id))
    return AssetView(
        found,
        known,
        known.stale_at(desk.clock.now),
        seized.proceeds_of(desk.chain, found.id),
        tuple(events),
    )


def assets(desk: Desk, *, agency: int | None = None, stale: bool = False) -> list[Asset]:
    """All things, oldest first.

    Args:
        desk: of whoever asks.
        agency: only those for which it answers or that it keeps now.
        stale: only those of which nobody attested for too long that they are still there.
    """
    known = (seized.asset_of(desk.chain, each.id) for each in seized.identified(desk.chain))
    now = desk.clock.now
    return [
        each
        for each in known
        if each
        and (agency is None or agency in (each.agency, each.custodian))
        and (not stale or each.stale_at(now))
    ]


def _made(desk: Desk, written: Dossier, folder: Path, hold: str) -> AssetFile:
    held = naming.hold_named(desk, hold).named.hold if hold else seized.NO_HOLD
    head = Head(
        chain_id=desk.chain.chain_id,
        genesis=desk.chain.genesis_id,
        agency=acting_agency(desk),
        said=written.said(),
        custodian=agencies.find_agency(desk.chain, written.custodian).number,
        attest_every=written.attest_every,
        hold=held,
        salt=new_salt(),
    )
    return AssetFile.create(folder, head)


def _identify(desk: Desk, file: AssetFile) -> Done:
    head = file.head
    return act(
        desk,
        FoundAsset(head.id, file),
        "identify",
        Same("AssetIdentified"),
        lambda: seized.identify(
            desk.ledger,
            desk.signer,
            head.commitment,
            head.asset_class,
            head.custodian,
            head.attest_every * DAY,
            head.hold,
        ),
    )


def _fill(desk: Desk, found: FoundAsset, part: DossierPart, written: Part, said: dict[str, Any]) -> bool:
    """Fill a part unless the chain has its content; True if something was sent."""
    assert found.file is not None  # noqa: S101 - every caller has the folder
    content = found.file.content(part, said)
    if part is DossierPart.VALUE and written.amount:
        amount = written.amount
        event = Same("Valued", {}, {"report": content})
        done = act(
            desk,
            found,
            "value",
            event,
            lambda: seized.value(desk.ledger, desk.signer, found.id, amount, content),
        )
        return not done.before
    done = act(
        desk,
        found,
        f"fill {part.name.lower()}",
        Same("DossierFilled", {"part": int(part)}, {"content": content}),
        lambda: seized.fill(desk.ledger, desk.signer, found.id, part, content),
    )
    return not done.before


def _said(part: DossierPart, written: Part, beside: Path) -> dict[str, Any]:
    """What is hashed of a part: its text, and each document by its digest."""
    documents = []
    for name in written.documents:
        with store.guard(f"read {name}", kept="Nothing was written or sent."):
            documents.append({"name": name, "sha256": store.sha256_of(beside / name)})
    return {
        "part": part.name,
        "text": written.text,
        "documents": documents,
        "amount": written.amount.as_dict() if written.amount else None,
    }


def _acquisition(desk: Desk, text: str, beside: Path | None) -> tuple[int, bytes]:
    agency, colon, root = text.rpartition(":0x")
    if colon:
        digits = root.lower()
        if len(digits) == 64 and all(each in "0123456789abcdef" for each in digits):
            return agencies.find_agency(desk.chain, agency).number, bytes.fromhex(digits)
    path = Path(text) if beside is None else beside / text
    if not path.is_dir():
        raise UsageError(
            f"'{text}' is neither a package nor AGENCY:0x and 64 digits of a root.",
            code="asset.acquisition",
            kept="Nothing was sent.",
        )
    package = Package.open(path)
    if package.receipt is None:
        raise UsageError(
            f"{package.name} is not registered.",
            code="asset.not_registered",
            kept="Nothing was sent.",
            next=f"Register it: concordat register {package.name}",
        )
    return package.manifest.agency, bytes.fromhex(package.receipt.root[2:])
