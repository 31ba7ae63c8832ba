# SPDX-License-Identifier: Apache-2.0
"""The registry of evidence, one function an act or question. A ``ledger`` is a chain, an outbox or a double.

What is signed is built in ``typed``; what is judged, in ``standards``. Here both meet the ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum, unique
from typing import Any

from concordat.afterwards import afterwards
from concordat.errors import VerificationError
from concordat.evidence import typed
from concordat.evidence.facts import Facts
from concordat.evidence.papers import Receipt as ReceiptPaper
from concordat.evidence.papers import Signatures
from concordat.evidence.standards import Assessment, Verdict
from concordat.evidence.typed import Collection, CoSignature, CoSignerRole
from concordat.evidence.verify import ChainRecord
from concordat.ledger.protocol import Event, Ledger, Receipt, Signer

REGISTRY = "EvidenceRegistry"
STANDARDS = "StandardsRegistry"

_AGAIN = "Run the same command again: it sends nothing, and writes what is missing."
_HISTORY = (
    "AcquisitionRegistered",
    "MandateCited",
    "CoSigned",
    "Supplemented",
    "DateConfirmed",
    "Withdrawn",
    "Superseded",
)


@unique
class WithdrawalReason(IntEnum):
    """Why an acquisition is withdrawn."""

    REGISTERED_IN_ERROR = 1
    WRONG_FACTS = 2
    UNLAWFUL_COLLECTION = 3
    ORDERED_BY_COURT = 4
    OTHER = 5


@dataclass(frozen=True)
class Acquisition:
    """A record as it stands, never rewritten.

    Attributes:
        facts: declared, with officers and the steps that the contract saw.
        registered_at: time of the block, seconds since 1970 UTC.
        verdict: of the home forum at registration.
        standard_version: by which it was judged; 0 if there was none.
    """

    agency: int
    root: bytes
    facts: Facts
    registered_at: int
    verdict: Verdict
    standard_version: int


@dataclass(frozen=True)
class Aftermath:
    """What came after registration.

    Attributes:
        cured_steps: mask of steps brought by supplements or seen by later co-signatures.
        changed_at: seconds since 1970 UTC; 0 if nothing came.
        entries: length of the history.
    """

    cured_steps: int
    added_officers: int
    date_confirmed: bool
    withdrawn: bool
    superseded: bool
    reason: int
    changed_at: int
    entries: int


@dataclass(frozen=True)
class Registration:
    """The outcome of registering.

    Attributes:
        paper: what ``receipt.json`` holds.
        before: it had been registered before; nothing was sent now.
    """

    acquisition: Acquisition
    paper: ReceiptPaper
    before: bool


# Signing


def sign(
    ledger: Ledger,
    collector: Signer,
    collection: Collection,
    co_signers: Iterable[tuple[CoSignerRole, str]] = (),
) -> bytes:
    """The collector's signature over a collection and the set of its co-signers.

    Args:
        ledger: names the suite; nothing is asked of a node that was not asked before.
        collector: key of the collector.
        collection: what is signed.
        co_signers: role and address of each, in any order.
    """
    message = collection.message(typed.co_signers_hash(co_signers))
    return collector.sign_typed(domain(ledger), typed.ACQUISITION, "Acquisition", message)


def co_sign(
    ledger: Ledger,
    signer: Signer,
    collection: Collection,
    role: CoSignerRole,
    appointment: int,
    deadline: int,
) -> CoSignature:
    """A co-signature over a collection.

    Args:
        ledger: names the suite.
        signer: key of the co-signer.
        collection: what is signed.
        role: in what role.
        appointment: number of an officer's or device's appointment; 0 for witness and holder.
        deadline: last moment of its use, seconds since 1970 UTC.
    """
    unsigned = CoSignature(role, signer.address, appointment, deadline)
    signature = signer.sign_typed(
        domain(ledger), typed.CO_SIGNATURE, "CoSignature", unsigned.message(collection)
    )
    return CoSignature(role, signer.address, appointment, deadline, signature)


def domain(ledger: Ledger) -> dict[str, Any]:
    """The EIP-712 domain of the registry of a suite."""
    return typed.domain(ledger.chain_id, ledger.address(REGISTRY), ledger.genesis_id)


def collection_of(signatures: Signatures) -> tuple[Collection, bytes, list[CoSignature]]:
    """What a package's ``signatures.json`` says: collection, the collector's signature, and
    the co-signatures that it binds.

    The signature is empty, and the deadline 0, as long as the collector has not signed.
    """
    fields = signatures.acquisition
    collection = Collection(
        agency=fields["agency"],
        root=bytes.fromhex(fields["root"][2:]),
        facts=int(fields["facts"], 16),
        standard_version=fields["standardVersion"],
        collector=fields["collector"],
        appointment=fields["appointment"],
        deadline=fields["deadline"] or 0,
        mandate=bytes.fromhex(fields["mandate"][2:]),
        preserve=fields["preserve"],
    )
    signature = bytes.fromhex(signatures.collector["signature"][2:]) if signatures.collector else b""
    co_signatures = [
        CoSignature(
            CoSignerRole(each.role),
            each.address,
            each.appointment,
            each.deadline,
            bytes.fromhex(each.signature[2:]),
        )
        for each in signatures.bound
    ]
    return collection, signature, co_signatures


# Acts


def register(
    ledger: Ledger,
    registrar: Signer,
    collection: Collection,
    signature: bytes = b"",
    co_signatures: Sequence[CoSignature] = (),
) -> Registration:
    """Register a collection. Doing it again finds the record and sends nothing.

    Args:
        ledger: where.
        registrar: key of an officer with REGISTER.
        collection: what the collector signed.
        signature: the collector's; may be empty when the collector is the registrar.
        co_signatures: in any order.

    Raises:
        ContractError: refused, with the reasons; nothing was registered.
        VerificationError: the root is registered with other facts.
        OutcomeUnknownError: sent, and the outcome is not known: run again.
    """
    known = acquisition(ledger, collection.agency, collection.root)
    if known is None:
        bound = [each.struct() for each in typed.in_order(co_signatures)]
        sent = ledger.send(registrar, REGISTRY, "register", collection.struct(), signature, bound)
        with afterwards(f"It is registered by {sent.transaction}.", _AGAIN):
            return _read_back(ledger, collection, before=False)
    if known.facts.declared().pack() != collection.facts:
        raise VerificationError(
            "This root is registered with other facts.",
            code="registry.other_facts",
            kept="Nothing was sent; the record stands as it is.",
            next="See it with concordat show. A correction is a new package that supersedes it.",
        )
    return _read_back(ledger, collection, before=True)


def _read_back(ledger: Ledger, collection: Collection, *, before: bool) -> Registration:
    found = acquisition(ledger, collection.agency, collection.root)
    if found is None:
        raise VerificationError(
            "The registration was accepted, and the node does not show it.",
            code="registry.not_shown",
            kept="The transaction stands in a block.",
            next="Run the same command again, if need be with another node.",
        )
    return Registration(found, receipt_of(ledger, found), before)


def cosign(
    ledger: Ledger,
    registrar: Signer,
    collection: Collection,
    signature: bytes,
    bound: Sequence[CoSignature],
    added: CoSignature,
) -> Receipt:
    """Add a signature that came after registration.

    Args:
        ledger: where.
        registrar: key of an officer of the agency with REGISTER.
        collection: as the collector signed it.
        signature: the collector's.
        bound: the co-signatures that the collector's signature binds.
        added: the new one.
    """
    earlier = [each.struct() for each in typed.in_order(bound)]
    return ledger.send(registrar, REGISTRY, "cosign", collection.struct(), signature, earlier, added.struct())


def supplement(
    ledger: Ledger, officer: Signer, agency: int, root: bytes, forum: int, steps: int, documents: bytes
) -> Receipt:
    """Bring what was missing.

    Args:
        ledger: where.
        officer: key of an officer of the agency with CURE.
        agency: number of the agency that registered.
        root: of the acquisition, 32 bytes.
        forum: which misses them (ISO 3166-1 numeric); they count wherever they may come late.
        steps: mask of the steps that are shown.
        documents: Merkle root over the documents that show them, 32 bytes.
    """
    return ledger.send(officer, REGISTRY, "supplement", agency, root, forum, steps, documents)


def confirm_date(ledger: Ledger, officer: Signer, agency: int, root: bytes, anchor: bytes) -> Receipt:
    """Confirm an earlier anchor of another agency's acquisition; ``anchor`` is its hash, 32 bytes."""
    return ledger.send(officer, REGISTRY, "confirmDate", agency, root, anchor)


def withdraw(ledger: Ledger, officer: Signer, agency: int, root: bytes, reason: WithdrawalReason) -> Receipt:
    """Mark an acquisition as withdrawn. It stays readable and verifiable."""
    return ledger.send(officer, REGISTRY, "withdraw", agency, root, int(reason))


def supersede(ledger: Ledger, officer: Signer, agency: int, root: bytes, successor: bytes) -> Receipt:
    """Link an acquisition to the one that corrects it. Both stay readable."""
    return ledger.send(officer, REGISTRY, "supersede", agency, root, successor)


# Questions


def acquisition(ledger: Ledger, agency: int, root: bytes) -> Acquisition | None:
    """The record under (agency, root); None if there is none."""
    found = ledger.call(REGISTRY, "acquisitionOf", agency, root)
    if not found.registeredAt:
        return None
    return Acquisition(
        agency=found.agency,
        root=root,
        facts=Facts.unpack(found.facts),
        registered_at=found.registeredAt,
        verdict=Verdict(found.verdict),
        standard_version=found.standardVersion,
    )


def aftermath(ledger: Ledger, agency: int, root: bytes) -> Aftermath:
    """What came after the registration."""
    found = ledger.call(REGISTRY, "aftermathOf", agency, root)
    return Aftermath(
        cured_steps=found.curedSteps,
        added_officers=found.addedOfficers,
        date_confirmed=found.dateConfirmed,
        withdrawn=found.withdrawn,
        superseded=found.superseded,
        reason=found.reason,
        changed_at=found.changedAt,
        entries=found.entries,
    )


def successor(ledger: Ledger, agency: int, root: bytes) -> bytes | None:
    """Root of the acquisition that replaces this one; None if none does."""
    found = bytes(ledger.call(REGISTRY, "successorOf", agency, root))
    return found if any(found) else None


def assess(ledger: Ledger, agency: int, root: bytes, forum: int) -> Assessment:
    """What the acquisition, with all that came later, is worth in a forum (ISO 3166-1 numeric)."""
    return _assessment(ledger.call(REGISTRY, "assess", agency, root, forum))


def check(ledger: Ledger, facts: Facts, forum: int, at: int) -> Assessment:
    """Judge any facts by the standard of a forum, as if registered at ``at`` (seconds since 1970 UTC)."""
    return _assessment(ledger.call(STANDARDS, "check", facts.pack(), forum, at))


def history(ledger: Ledger, agency: int, root: bytes) -> list[Event]:
    """All events of an acquisition, oldest first."""
    found = (event for name in _HISTORY for event in ledger.events(REGISTRY, name, agency=agency, root=root))
    return sorted(found, key=lambda event: (event.block, event.log_index))


def receipt_of(ledger: Ledger, record: Acquisition) -> ReceiptPaper:
    """What ``receipt.json`` holds of a record.

    Raises:
        VerificationError: the node has the record and not the event of its registration.
    """
    events = ledger.events(REGISTRY, "AcquisitionRegistered", agency=record.agency, root=record.root)
    if not events:
        raise VerificationError(
            "The node has the record, but not the event of its registration.",
            code="registry.no_event",
            next="Ask a node that keeps the whole chain.",
        )
    event = events[0]
    return ReceiptPaper(
        chain_id=ledger.chain_id,
        genesis="0x" + ledger.genesis_id.hex(),
        registry=ledger.address(REGISTRY).lower(),
        agency=record.agency,
        root="0x" + record.root.hex(),
        transaction=event.transaction.lower(),
        block=event.block,
        block_hash=event.block_hash.lower(),
        log_index=event.log_index,
        registered_at=record.registered_at,
        verdict=int(record.verdict),
        facts=f"0x{record.facts.pack():040x}",
        standard_version=record.standard_version,
    )


def chain_record(ledger: Ledger, agency: int, root: bytes) -> ChainRecord | None:
    """What ``verify`` compares a package with; None if nothing is registered there."""
    found = acquisition(ledger, agency, root)
    if found is None:
        return None
    return ChainRecord(
        chain_id=ledger.chain_id,
        genesis=ledger.genesis_id,
        registry=ledger.address(REGISTRY),
        agency=agency,
        root=root,
        facts=found.facts.pack(),
        standard_version=found.standard_version,
    )


def _assessment(found: Any) -> Assessment:
    return Assessment(Verdict(found.verdict), found.fatal, found.curable, found.noted, found.version)
