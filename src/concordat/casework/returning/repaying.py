# SPDX-License-Identifier: Apache-2.0
"""Back to the victims: the list of payments, payments made, and their confirmation by the victims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from concordat.assets import planlog, restitution
from concordat.assets.folders import paidfile, paylist, slips
from concordat.assets.folders.paidfile import KeptPayment
from concordat.assets.folders.paylist import PayRow
from concordat.assets.folders.slips import Slip
from concordat.assets.restitution import BATCH, Claim
from concordat.assets.shares.distribution import allot
from concordat.assets.values.money import by_code
from concordat.casework.desk import Desk
from concordat.casework.freezing.doing import Done, settle
from concordat.casework.freezing.lasting import digest_of
from concordat.casework.freezing.offices import own_agency
from concordat.casework.returning.plannames import (
    claim_named,
    file_named,
    plan_named,
    require_same_suite,
    victims_key,
)
from concordat.casework.returning.restitution import Tell, act
from concordat.casework.returning.returns import PlanView, view
from concordat.errors import ConcordatError, Interrupted, NodeError, OutcomeUnknownError, UsageError
from concordat.evidence import store
from concordat.language import either
from concordat.ledger.protocol import Receipt

HOUR: Final = 3600


@dataclass(frozen=True)
class Repaid:
    """Payments that are on the chain.

    Attributes:
        source: number in the plan, from 1.
        now: recorded now.
        before: recorded before.
        amount: recorded now, minor units.
        left: claims with an unpaid share after it.
    """

    shown: PlanView
    source: int
    now: int
    before: int
    amount: int
    left: int


@dataclass(frozen=True)
class Confirmed:
    """What became of slips.

    Attributes:
        now: payments that were confirmed now.
        before: that were confirmed before.
        unpaid: names of slips whose claims were not paid yet.
        failed: names of slips with the error that each met.
    """

    now: int
    before: int
    unpaid: tuple[str, ...]
    failed: tuple[tuple[str, ConcordatError], ...]


def payments(desk: Desk, text: str, number: int, out: Path) -> int:
    """Write the list by which the institution of a source pays; returns how many payments it names.

    Args:
        desk: of the agency that plans; the folder has to be in reach.
        text: which plan.
        number: of the source, from 1; 0: the only one.
        out: the file.

    Raises:
        UsageError: the folder is not here, or no source is meant.
        FileError: it cannot be written.
    """
    shown = view(desk, text)
    file = file_named(desk, shown.found)
    source = shown.sources[_source(desk, shown, number)]
    payees = {each.id: each.payee.canonical for each in file.claims}
    open_shares = {each.id: each.unpaid for each in shown.claims}
    rows = [
        PayRow(claim, payees[claim], shown.money(amount))
        for claim, amount in allot(open_shares, source.returnable.amount)
    ]
    with store.guard(f"write {out}"):
        store.write(out, paylist.write(rows))
    return len(rows)


def pay_list(desk: Desk, text: str, number: int, listed: Path, tell: Tell = lambda _: None) -> Repaid:
    """Record the payments of a list that have references, at most 100 a transaction; each once.

    Args:
        desk: of an officer with ANSWER of the institution that paid; KEEP of the custodian of an asset.
        text: which plan.
        number: of the source, from 1; 0: the one that this agency pays.
        listed: the list with references filled in.
        tell: is told how far it is.

    Raises:
        UsageError: no plan or source is meant, or the list is wrong.
        ContractError: refused; what was recorded before stays.
    """
    shown = view(desk, text)
    source = _source(desk, shown, number)
    rows = paylist.read(listed, by_code(shown.plan.currency))
    wanted = [(row.claim, source, row.amount.amount, row.reference) for row in rows]
    return _record(desk, shown, source, paidfile.keep(kept_payments(desk, shown), wanted), tell)


def pay_all(desk: Desk, text: str, number: int, reference: str, tell: Tell = lambda _: None) -> Repaid:
    """Record that every open share was paid from a source, in the order of the claims, as far as it reaches.

    Args:
        desk: see :func:`pay_list`.
        text: which plan.
        number: of the source, from 1; 0: the one that this agency pays.
        reference: of the collective payment; each gets it with its number.
        tell: is told how far it is.

    Raises:
        UsageError: no plan or source is meant, or nothing is open.
        ContractError: refused; what was recorded before stays.
    """
    settle(desk)  # first: a batch of a run that was cut changes what is open
    shown = view(desk, text)
    source = _source(desk, shown, number)
    numbers = {each.id: place for place, each in enumerate(shown.claims, 1)}
    open_shares = {each.id: each.unpaid for each in shown.claims}
    parts = allot(open_shares, shown.sources[source].returnable.amount)
    wanted = [(claim, source, amount, f"{reference}/{numbers[claim]}") for claim, amount in parts]
    if not wanted:
        return Repaid(shown, source + 1, 0, shown.paid_in_full, 0, _left(shown))
    return _record(desk, shown, source, paidfile.keep(kept_payments(desk, shown), wanted), tell)


def confirm(desk: Desk, paths: Sequence[Path], *, tell: Tell = lambda _: None, hours: int = 24) -> Confirmed:
    """Confirm payments by the victims' slips, one after the other; a bad slip does not stop the others.

    Args:
        desk: of whoever sends it; needs no power.
        paths: slips, or folders of slips (also the folder of a plan).
        tell: is told how far it is.
        hours: for which a signature may be used.

    Raises:
        UsageError: there is no slip.
        NodeError, OutcomeUnknownError: the node was lost: run again.
    """
    found = list(_slips(paths))
    if not found:
        raise UsageError(
            "No slip is named.",
            code="restitution.no_slip",
            kept="Nothing was sent.",
            next=f"Name slips (they end with {slips.ENDING}) or folders of slips.",
        )
    settle(desk)
    now, before, unpaid, failed = 0, 0, [], []
    for number, path in enumerate(found, 1):
        try:
            sent = _confirm(desk, slips.read(path), path.name, hours)
        except (NodeError, OutcomeUnknownError, Interrupted):
            raise
        except ConcordatError as error:
            failed.append((path.name, error))
            continue
        now, before = now + (sent is True), before + (sent is False)
        unpaid += [path.name] if sent is None else []
        if number % BATCH == 0 and number < len(found):
            tell(either(f"{number} of {len(found)} slips are done.", f"凭单已处理 {number}/{len(found)}。"))
    return Confirmed(now, before, tuple(unpaid), tuple(failed))


def confirm_on_paper(desk: Desk, text: str, claim_text: str, receipt: Path) -> Done:
    """Confirm a payment by the victim's receipt on paper, whose hash goes on the chain; DISTRIBUTE.

    Raises:
        UsageError: no claim is meant.
        ContractError: nothing was paid, or it is confirmed already.
    """
    found, digest = plan_named(desk, text), digest_of(receipt)
    claim = claim_named(desk, found, claim_text)

    def send() -> Receipt:
        return restitution.confirm_by_receipt(desk.ledger, desk.signer, found.id, claim, digest)

    return act(desk, found, "receipt", "PaymentConfirmed", send, {"claim": claim, "receipt": digest})


def _record(desk: Desk, shown: PlanView, source: int, kept: Sequence[KeptPayment], tell: Tell) -> Repaid:
    """Send what the chain does not have."""
    settle(desk)
    known = {bytes(event.args["paymentHash"]) for event in restitution.payments(desk.chain, shown.plan.id)}
    missing = [each for each in kept if each.hash not in known]
    for start in range(0, len(missing), BATCH):
        batch = [each.told for each in missing[start : start + BATCH]]
        receipt = restitution.pay(desk.ledger, desk.signer, shown.plan.id, source, batch)
        if shown.found.file:
            shown.found.file.keep_receipt(f"pay {len(batch)} claims", receipt)
        if len(missing) > BATCH:
            count = f"{start + len(batch)}/{len(missing)}"
            tell(
                either(
                    f"{start + len(batch)} of {len(missing)} payments are recorded.", f"付款已记载 {count}。"
                )
            )
    after = planlog.claims_of(desk.chain, shown.plan)
    return Repaid(
        shown,
        source + 1,
        len(missing),
        len(kept) - len(missing),
        sum(each.amount for each in missing),
        sum(1 for each in after if each.unpaid),
    )


def _confirm(desk: Desk, slip: Slip, name: str, hours: int) -> bool | None:
    """True: confirmed now; False: before; None: nothing was paid yet."""
    require_same_suite(desk, slip.chain_id, slip.genesis, name)
    known: Claim | None = restitution.claim_of(desk.chain, slip.plan, slip.claim)
    if known is None:
        raise UsageError(
            f"The claim of {slip.victim} was never entered.",
            code="restitution.no_claim",
            kept="Nothing was sent.",
            next="Ask the agency that gave the slip.",
        )
    if known.by_victim:
        return False
    if not known.paid:
        return None
    key, deadline = victims_key(desk, slip), desk.clock.now + hours * HOUR
    signed = restitution.sign_receipt(desk.chain, key, slip.plan, slip.commitment, known.paid, deadline)
    restitution.confirm(desk.ledger, desk.signer, signed)
    return True


def _slips(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from slips.in_folder(path)
            yield from slips.in_folder(path / "slips")
        else:
            yield path


def _source(desk: Desk, shown: PlanView, number: int) -> int:
    """Place of the source that is meant, from 0."""
    if number:
        if number > len(shown.sources):
            raise _which(shown)
        return number - 1
    if len(shown.sources) == 1:
        return 0
    own = own_agency(desk)
    mine = [place for place, each in enumerate(shown.sources) if each.payer == own]
    if len(mine) != 1:
        raise _which(shown)
    return mine[0]


def _which(shown: PlanView) -> UsageError:
    return UsageError(
        f"The plan has {len(shown.sources)} sources; say which one is meant.",
        code="restitution.which_source",
        kept="Nothing was sent.",
        next=f"--source 1 to --source {len(shown.sources)}; see: concordat restitution show",
    )


def _left(shown: PlanView) -> int:
    return sum(1 for each in shown.claims if each.unpaid)


def kept_payments(desk: Desk, shown: PlanView) -> Path:
    """Where who pays keeps the references of the payments of a plan."""
    return desk.workspace.root / "payments" / f"{shown.plan.id.hex()}.json"
