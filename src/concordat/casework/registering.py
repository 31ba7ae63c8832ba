# SPDX-License-Identifier: Apache-2.0
"""Registering a package: the collector's signature, the chain's judgement, receipt, proof and certificate."""

from __future__ import annotations

from dataclasses import dataclass

from concordat import language
from concordat.afterwards import afterwards
from concordat.casework import anchoring
from concordat.casework.desk import Desk
from concordat.casework.guards import require_same_suite
from concordat.casework.judging import Judgement, after_refusal, sentences
from concordat.casework.packing import check_package, sign
from concordat.casework.reporting import report
from concordat.errors import RefusedError, UsageError
from concordat.evidence import registry, typed
from concordat.evidence.laws import Text
from concordat.evidence.package import Package
from concordat.evidence.registry import Registration, collection_of
from concordat.evidence.standards import Reason, Verdict
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
            refused attempts are not cited; or the package is of another suite.
        RefusedError: the contract refused it, with the law behind each reason; nothing was registered.
        OutcomeUnknownError: sent, and what became of it or of its papers is not known: run again.
    """
    require_same_suite(desk, package)
    judgement = check_package(desk, package)
    _require_refusals_cited(desk, package)
    _require_signed(desk, package)
    collection, signature, bound = collection_of(package.signatures)
    try:
        done = registry.register(desk.ledger, desk.signer, collection, signature, bound)
    except RefusedError as error:
        _journal(desk, package, judgement, error)
        raise _in_words(error, package, judgement) from error
    again = f"Run the same again: concordat register {package.name}"
    with afterwards(f"{package.name} is registered.", again):
        outbox = desk.ledger.outbox
        if done.before and outbox.unfinished(desk.chain):
            outbox.settle(desk.chain)  # of a run that did not live to see its transaction in a block
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
        and int(fields["deadline"] or 0) >= desk.clock.now
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
        count = "A refused attempt" if len(uncited) == 1 else f"{len(uncited)} refused attempts"
        raise UsageError(
            f"{count} of this case came after {package.name} was packed; its manifest does not cite it.",
            code="package.refusals_uncited",
            kept="Nothing was sent. The package stays as it is.",
            next="Pack the record again, which cites them: concordat pack RECORD PATH... --out OTHER.acq",
        )


def _journal(desk: Desk, package: Package, judgement: Judgement, error: RefusedError) -> None:
    manifest = package.manifest
    missing = judgement.home.assessment.fatal
    reasons = [
        (Step(bit).name if bit < Reason.CLAUSE_0 else Reason(bit).name)
        for bit in range(Reason.NO_STANDARD + 1)
        if missing >> bit & 1
    ]
    # What no standard carries, such as a missing mandate, has a code and no bit.
    desk.journal.refused(manifest.case, manifest.record_sha256, manifest.facts, reasons or [error.code])


def _in_words(error: RefusedError, package: Package, judgement: Judgement) -> RefusedError:
    """The contract's refusal with the law behind each reason, and what became of the package."""
    lang = language.chosen()
    home = judgement.home
    if judgement.verdict != Verdict.REFUSED:  # not by a standard: the contract's own sentence says why
        message, next_ = error.message, error.next
    else:
        said = Text(f"{home.code} refuses this collection.", f"{home.code} 拒绝该次取证。")[lang]
        message = "\n".join([said, *sentences(home.reasons, lang)])
        next_ = after_refusal(judgement)[lang]
    kept = Text(
        f"Nothing was registered. {package.name} stays as it was packed. The attempt is in the journal of "
        "refusals, and the next manifest of the case cites it.",
        f"未登记任何内容，{package.name} 原样保留。此次尝试已记入拒绝日志，本案下一份清单将予引用。",
    )
    return RefusedError(message, code=error.code, kept=kept[lang], next=next_)
