# SPDX-License-Identifier: Apache-2.0
"""The papers of payments back to victims: one a payment, made from the chain and what the writer may know."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from concordat.assets import restitution
from concordat.assets.folders import paidfile
from concordat.assets.folders.paidfile import KeptPayment
from concordat.assets.folders.planfile import FiledClaim
from concordat.assets.papers.matter import Office
from concordat.assets.papers.slips import Payment
from concordat.casework.desk import Desk
from concordat.casework.freezing.offices import called, names
from concordat.casework.freezing.papers import write_payment
from concordat.casework.returning.plannames import claim_named
from concordat.casework.returning.repaying import kept_payments
from concordat.casework.returning.returns import PlanView, view
from concordat.ledger import eventlog
from concordat.ledger.protocol import Event


def write(desk: Desk, text: str, out: Path, claim_text: str = "") -> list[Path]:
    """Write the papers of payments of a plan, of all claims or of one; again gives the same bytes.

    The planner's papers name the victim's reference and the account, masked; the payer's the payment's own
    reference.

    Args:
        desk: of the agency that plans, or of the institution that paid.
        text: which plan.
        out: folder.
        claim_text: which claim; "": all.

    Raises:
        UsageError: no plan or claim is meant.
        FileError: a file could not be written.
    """
    shown = view(desk, text)
    wanted = claim_named(desk, shown.found, claim_text) if claim_text else None
    slips = _Slips(desk, shown)
    paths: list[Path] = []
    for event in eventlog.with_times(desk.chain, restitution.payments(desk.chain, shown.plan.id)):
        given = slips.of(event)
        if wanted in (None, given.claim):
            paths += write_payment(desk, event, given, out)
    return paths


class _Slips:
    """What each payment's paper says; payments are given oldest first."""

    def __init__(self, desk: Desk, shown: PlanView) -> None:
        self._shown = shown
        self._members = names(desk.chain)
        self._shares = {each.id: each.share for each in shown.claims}
        self._paid: dict[bytes, int] = {}
        file = shown.found.file
        self._filed: Mapping[bytes, FiledClaim] = {each.id: each for each in file.claims} if file else {}
        kept = paidfile.read(kept_payments(desk, shown))
        self._kept: Mapping[bytes, KeptPayment] = {each.hash: each for each in kept}
        self._number = file.head.number if file else ""
        self._case = file.head.case if file else ""

    def of(self, event: Event) -> Payment:
        """One payment."""
        plan, args = self._shown.plan, event.args
        claim, amount = bytes(args["claim"]), int(args["amount"])
        self._paid[claim] = self._paid.get(claim, 0) + amount
        filed, kept = self._filed.get(claim), self._kept.get(bytes(args["paymentHash"]))
        return Payment(
            plan=plan.id,
            claim=claim,
            payment=bytes(args["paymentHash"]),
            planner=self._office(plan.agency),
            payer=self._office(self._shown.sources[args["source"]].payer),
            method=plan.method,
            decided=plan.awarded,
            source=args["source"] + 1,
            amount=amount,
            currency=plan.currency,
            share=self._shares[claim],
            paid=self._paid[claim],
            number=self._number,
            case=self._case,
            victim=filed.victim if filed else "",
            payee=filed.payee.masked if filed else "",
            reference=kept.reference if kept else "",
        )

    def _office(self, number: int) -> Office:
        return Office(number, called(self._members, number))
