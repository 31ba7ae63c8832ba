# SPDX-License-Identifier: Apache-2.0
"""Restitution by the agency that plans it: work out, open, enter claims, decide, close.

Payments and their confirmation are in ``repaying``, what is shown in ``returns``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from concordat.afterwards import afterwards
from concordat.assets import restitution
from concordat.assets.folders import planfile, slips
from concordat.assets.folders.planfile import ENDING, Head, PlanFile
from concordat.assets.restitution import BATCH, PRO_RATA_NOTICE
from concordat.assets.returnstates import Method
from concordat.assets.shares import claimlist
from concordat.assets.shares.distribution import Distribution, distribute
from concordat.assets.values.money import Money
from concordat.casework.desk import Desk
from concordat.casework.freezing.doing import Done, once, settle
from concordat.casework.freezing.lasting import digest_of
from concordat.casework.freezing.offices import acting_agency
from concordat.casework.returning.plannames import (
    FoundPlan,
    claim_named,
    file_named,
    plan_named,
    plan_of,
    require_same_suite,
    victims_key,
)
from concordat.casework.returning.returns import SourceView, sources_named, sum_of
from concordat.errors import UsageError
from concordat.language import either
from concordat.ledger import eventlog
from concordat.ledger.protocol import Receipt

DAY: Final = 86_400
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Opened:
    """A plan that is open with all its claims.

    Attributes:
        done: its opening.
        distribution: as worked out when it was opened; None when it was gone on with.
        entered: claims that were entered now.
        before: claims that were entered before.
    """

    done: Done
    file: PlanFile
    distribution: Distribution | None
    entered: int
    before: int


def plan(
    desk: Desk | None,
    claims: Path,
    *,
    total: Money | None = None,
    sources: Sequence[str] = (),
    method: Method | None = None,
) -> Distribution:
    """Work out who would get what; writes and sends nothing, and needs the chain for sources only.

    Args:
        desk: of whoever asks; not needed with ``total``.
        claims: list of claims, CSV or YAML.
        total: what there is to distribute; or
        sources: holds and assets, whose returnable sums are read from the chain.
        method: how; by default tracing if anything was traced, else pro rata.

    Raises:
        MistakesError: the list has mistakes.
        UsageError: neither or both of total and sources, or the sums do not fit.
    """
    if (total is None) == (not sources):
        raise UsageError(
            "It is not said what there is to distribute, or twice.",
            code="restitution.total",
            next="Give either --total AMOUNT, or each --source.",
        )
    if total is None:
        assert desk is not None  # noqa: S101 - every caller with sources has one
        total = sum_of(sources_named(desk, sources))
    return distribute(claimlist.read(claims, total.currency), total, method)


def open_(
    desk: Desk,
    claims: Path,
    *,
    number: str = "",
    case: str = "",
    sources: Sequence[str] = (),
    method: Method | None = None,
    notice_until: int = 0,
    out: Path | None = None,
    tell: Tell = lambda _: None,
) -> Opened:
    """Open a plan and enter its claims, at most 100 a transaction.

    Salts, keys and slips are kept in ``NAME.restitution`` before anything is sent, so that running it again
    after whatever interruption finishes it, and nothing is doubled.

    Args:
        desk: of an officer with DISTRIBUTE.
        claims: list of claims; or the ``.restitution`` folder of a plan that was begun.
        number: of the decision or file that orders it.
        case: reference of the case.
        sources: holds and assets.
        method: how it is divided; see :func:`plan`.
        notice_until: until when claims and objections are taken; by default 31 days pro rata, else a day.
        out: the folder to make; by default the list's name with ``.restitution``, beside it.
        tell: is told how far it is.

    Raises:
        MistakesError: the list has mistakes.
        UsageError: it cannot be opened so, or the folder is another plan's.
        ContractError: refused; what was entered before stays.
        OutcomeUnknownError: sent, and the outcome is not known: run again.
    """
    folder = claims if planfile.named_folder(claims) else out or claims.with_suffix(ENDING)
    if not planfile.named_folder(folder):
        folder = folder.with_name(folder.name + ENDING)
    distribution = None
    if folder.exists():
        file = _gone_on(desk, folder, claims, number)
    else:
        wanted = _Wanted(number, case, method, notice_until)
        file, distribution = _made(desk, claims, folder, wanted, sources_named(desk, sources))
    settle(desk)
    done = _open(desk, file)
    entered = enter(desk, file, tell)
    return Opened(done, file, distribution, entered, len(file.claims) - entered)


def claim(desk: Desk, text: str, claims: Path, tell: Tell = lambda _: None) -> tuple[PlanFile, int]:
    """Enter further claims while the notice runs; those that are entered already are left alone.

    Args:
        desk: of an officer with DISTRIBUTE.
        text: which plan; its folder has to be in reach.
        claims: list of claims; those of the plan may stand in it too.
        tell: is told how far it is.

    Returns:
        The folder, and how many were entered now.

    Raises:
        MistakesError: the list has mistakes.
        UsageError: a claim has no payee, or was entered otherwise before.
        ContractError: the notice is over; nothing was entered.
    """
    file = file_named(desk, plan_named(desk, text))
    file.add(claimlist.read(claims, file.money(0).currency))
    settle(desk)
    return file, enter(desk, file, tell)


def enter(desk: Desk, file: PlanFile, tell: Tell) -> int:
    """Enter what the chain has not yet; returns how many claims that were."""
    plan_id = file.head.id
    known = set(restitution.claims_entered(desk.chain, plan_id))
    missing = [each for each in file.claims if each.id not in known]
    for start in range(0, len(missing), BATCH):
        batch = missing[start : start + BATCH]
        receipt = restitution.enter(desk.ledger, desk.signer, plan_id, [each.told for each in batch])
        file.keep_receipt(f"enter claims {batch[0].number} to {batch[-1].number}", receipt)
        if len(missing) > BATCH:
            count = f"{start + len(batch)}/{len(missing)}"
            tell(
                either(f"{start + len(batch)} of {len(missing)} claims are entered.", f"申报已录入 {count}。")
            )
    return len(missing)


def object_(desk: Desk, slip: Path, grounds: Path, *, days: int = 7) -> Done:
    """Object, with the victim's slip, to how its claim was entered. Anybody may send it.

    Args:
        desk: of whoever sends it.
        slip: the victim's.
        grounds: what it says, whose hash goes on the chain.
        days: for which the signature may be used.

    Raises:
        UsageError: the file is no slip of this suite, or the key is with the victim.
        ContractError: the notice is over, or another objection awaits its decision.
    """
    held, digest = slips.read(slip), digest_of(grounds)
    require_same_suite(desk, held.chain_id, held.genesis, slip.name)
    key = victims_key(desk, held)
    found = plan_named(desk, f"0x{held.plan.hex()}")

    def send() -> Receipt:
        deadline = desk.clock.now + days * DAY
        signed = restitution.sign_objection(desk.chain, key, held.plan, held.commitment, digest, deadline)
        return restitution.object_to(desk.ledger, desk.signer, signed)

    same = {"claim": held.claim, "grounds": digest}
    return act(desk, found, "object", "ClaimObjected", send, same)


def decide_objection(desk: Desk, text: str, claim_text: str, amount: Money, decision: Path) -> Done:
    """Decide an objection to a claim, as another agency with REVIEW, or a court.

    Args:
        desk: of whoever decides.
        text: which plan.
        claim_text: which claim: its number, the victim's reference, or its id.
        amount: pro rata the claim from now on; tracing what is traced to it.
        decision: whose hash goes on the chain.

    Raises:
        UsageError: no claim is meant, or another currency.
        ContractError: refused; nothing was sent.
    """
    found = plan_named(desk, text)
    if amount.currency.code != plan_of(desk, found).currency:
        raise UsageError("The plan is in another currency.", code="money.currencies_differ")
    claim_id, digest = claim_named(desk, found, claim_text), digest_of(decision)

    def send() -> Receipt:
        return restitution.decide_objection(
            desk.ledger, desk.signer, found.id, claim_id, amount.amount, digest
        )

    same = {"claim": claim_id, "decision": digest}
    return act(desk, found, "decide objection", "ClaimObjectionDecided", send, same)


def decide(desk: Desk, text: str, decision: Path) -> Done:
    """Fix the total and every share, once the notice is over and no objection is open.

    Raises:
        UsageError: no plan is meant.
        ContractError: refused; nothing was sent.
    """
    found, digest = plan_named(desk, text), digest_of(decision)

    def send() -> Receipt:
        return restitution.decide(desk.ledger, desk.signer, found.id, digest)

    return act(desk, found, "decide", "PlanDecided", send)


def close(desk: Desk, text: str) -> Done:
    """End a plan; its sources are free for another, and what was not paid stays where it is.

    Raises:
        UsageError: no plan is meant.
        ContractError: refused; nothing was sent.
    """
    found = plan_named(desk, text)

    def send() -> Receipt:
        return restitution.close(desk.ledger, desk.signer, found.id)

    return act(desk, found, "close", "PlanClosed", send)


def act(
    desk: Desk,
    found: FoundPlan,
    name: str,
    event: str,
    send: Callable[[], Receipt],
    same: Mapping[str, Any] | None = None,
) -> Done:
    """Do an act about a plan unless its event, with the same values, is there already."""
    known = eventlog.of(desk.chain, restitution.RESTITUTION, (event,), plan=found.id)
    values = (same or {}).items()
    earlier = next((each for each in known if all(each.args[key] == value for key, value in values)), None)
    done = once(desk, found.id, found.name, None, name, earlier, send)
    if found.file:
        with afterwards(f"{found.name}: {name} took effect.", "Run the same command again."):
            found.file.keep_receipt(name, done.receipt)
    return done


@dataclass(frozen=True)
class _Wanted:
    """What a new plan is to be, as typed."""

    number: str
    case: str
    method: Method | None
    notice_until: int


def _made(
    desk: Desk, claims: Path, folder: Path, wanted: _Wanted, sources: Sequence[SourceView]
) -> tuple[PlanFile, Distribution]:
    """A new folder for a new plan."""
    if not wanted.number or not sources:
        raise UsageError(
            "A new plan needs the number of what orders it, and where the money is.",
            code="restitution.incomplete",
            kept="Nothing was written or sent.",
            next="Give --number and each --source, or the folder of a plan that was begun.",
        )
    available = sum_of(sources)
    rows = claimlist.read(claims, available.currency)
    found = distribute(rows, available, wanted.method)
    head = Head(
        chain_id=desk.chain.chain_id,
        genesis=desk.chain.genesis_id,
        agency=acting_agency(desk),
        number=wanted.number,
        case=wanted.case,
        currency=available.currency.code,
        method=found.method,
        notice_until=wanted.notice_until or _usual_notice(desk, found.method),
        sources=tuple(each.source for each in sources),
        salt=slips.new_salt(),
    )
    return PlanFile.create(folder, head, rows), found


def _usual_notice(desk: Desk, method: Method) -> int:
    """The shortest notice that the law lets, and a day for sending."""
    return desk.clock.now + DAY + (PRO_RATA_NOTICE if method is Method.PRO_RATA else 0)


def _gone_on(desk: Desk, folder: Path, claims: Path, number: str) -> PlanFile:
    """The folder of a plan that was begun; a list has to be the same, or longer."""
    file = PlanFile.open(folder)
    require_same_suite(desk, file.head.chain_id, file.head.genesis, file.name)
    if number and number != file.head.number:
        raise UsageError(
            f"{file.name} is the folder of {file.head.number}, not of {number}.",
            code="restitution.other_plan",
            kept="Nothing was written or sent.",
            next="Name another folder with --out.",
        )
    if claims != folder:
        file.add(claimlist.read(claims, file.money(0).currency))
    return file


def _open(desk: Desk, file: PlanFile) -> Done:
    head = file.head

    def send() -> Receipt:
        return restitution.open_plan(
            desk.ledger,
            desk.signer,
            head.commitment,
            head.currency,
            head.method,
            head.notice_until,
            head.sources,
        )

    return act(desk, FoundPlan(head.id, None, file), "open", "PlanOpened", send)
