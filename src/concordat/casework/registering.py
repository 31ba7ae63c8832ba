# SPDX-License-Identifier: Apache-2.0
"""Registering a package: the collector's signature, the chain's judgement, receipt, proof and certificate."""

from __future__ import annotations

import time
from dataclasses import dataclass

from concordat.casework import anchoring
from concordat.casework.desk import Desk
from concordat.casework.judging import Judgement, sentences
from concordat.casework.packing import check_package, sign
from concordat.casework.reporting import report
from concordat.errors import RefusedError, UsageError
from concordat.evidence import registry, typed
from concordat.evidence.package import Package
from concordat.evidence.registry import Registration, collection_of
from concordat.evidence.standards import Reason
from concordat.evidence.steps import Step


@dataclass(frozen=True)
class Registered:
    """A package that is registered.

    Attributes:
        registration: the record on the chain and the receipt.
        judgement: of the client, made before; the contract's verdict is in the record.
    """

    registration: Registration
    judgement: Judgement


def register(desk: Desk, package: Package) -> Registered:
    """Register a package. Doing it again finds the record, sends nothing, and lays in what is missing.

    The package gets receipt, proof and certificate. A refusal is written into the journal; the next manifest
    of the case cites it.

    Raises:
        UsageError: the signature is missing or binds other co-signers, and the key is not the collector's;
            or refused attempts are not cited.
        RefusedError: the contract refused it, with the law behind each reason; nothing was registered.
    """
    judgement = check_package(desk, package)
    _require_refusals_cited(desk, package)
    _require_signed(desk, package)
    collection, signature, bound = collection_of(package.signatures)
    try:
        done = registry.register(desk.ledger, desk.signer, collection, signature, bound)
    except RefusedError as error:
        _journal(desk, package, judgement)
        raise _in_words(error, judgement) from error
    package.set_receipt(done.paper)
    anchoring.lay_in(desk, package)
    report(desk, package)
    return Registered(done, judgement)


def _require_signed(desk: Desk, package: Package) -> None:
    """Let the collector sign the set of co-signers that the package holds now, if that was not done."""
    signatures = package.signatures
    held = typed.co_signers_hash((typed.CoSignerRole(each.role), each.address) for each in signatures.bound)
    fields = signatures.acquisition
    good = (
        signatures.collector is not None
        and fields["coSigners"] == f"0x{held.hex()}"
        and int(fields["deadline"] or 0) >= min(desk.clock.now, int(time.time()))
    )
    if good or package.receipt is not None:
        return
    if desk.signer.address.lower() != package.manifest.collector.lower():
        raise UsageError(
            "The collector's signature is missing, has passed its deadline, or binds other co-signers.",
            code="package.unsigned",
            kept="Nothing was sent.",
            next=f"Let the collector sign it: concordat sign {package.name}",
        )
    sign(desk, package)


def _require_refusals_cited(desk: Desk, package: Package) -> None:
    """A declaration cannot be changed in silence until it passes."""
    if package.receipt is not None:
        return
    manifest = package.manifest
    uncited = desk.journal.uncited(manifest.case, manifest.record_sha256, manifest.refusals)
    # The very attempt that was refused may be tried again as it is: nothing was changed.
    uncited = tuple(
        each
        for each in uncited
        if (each.record_sha256, each.facts) != (manifest.record_sha256, manifest.facts)
    )
    if uncited:
        raise UsageError(
            f"{len(uncited)} refused attempts of this case are not cited in the manifest of {package.name}.",
            code="package.refusals_uncited",
            kept="Nothing was sent.",
            next="Pack it again; packing cites them: concordat pack",
        )


def _journal(desk: Desk, package: Package, judgement: Judgement) -> None:
    manifest = package.manifest
    missing = judgement.home.assessment.fatal
    reasons = [
        (Step(bit).name if bit < Reason.CLAUSE_0 else Reason(bit).name)
        for bit in range(Reason.NO_STANDARD + 1)
        if missing >> bit & 1
    ]
    desk.journal.refused(manifest.case, manifest.record_sha256, manifest.facts, reasons)


def _in_words(error: RefusedError, judgement: Judgement) -> RefusedError:
    """The contract's refusal with the law behind each reason."""
    lines = sentences(judgement.home.reasons)
    return RefusedError(
        "\n".join([error.message, *lines]),
        code=error.code,
        kept="Nothing was registered. The attempt is in the journal of refusals; the next manifest cites it.",
        next=error.next,
    )
