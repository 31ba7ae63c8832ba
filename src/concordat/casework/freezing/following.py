# SPDX-License-Identifier: Apache-2.0
"""Following the money: from an answer that it moved on to the order for the next institution."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from concordat.assets import holds
from concordat.assets.folders import freezefile
from concordat.assets.orders import answers, ordertext
from concordat.assets.orders.answers import Answer, MovedOn
from concordat.assets.orders.order import Order, Payment, Scope, Target
from concordat.assets.orders.ordertext import Draft
from concordat.casework.desk import Desk
from concordat.casework.freezing import naming, post
from concordat.casework.freezing.naming import FoundHold
from concordat.casework.freezing.offices import names, own_agency
from concordat.errors import UsageError, VerificationError
from concordat.evidence import store
from concordat.evidence.places import alpha
from concordat.membership import numbers

_NOTHING: Final = "Nothing was written."


@dataclass(frozen=True)
class Followed:
    """What follows from an answer.

    Attributes:
        answer: as it was opened.
        files: the orders that were written, one for each jurisdiction.
        unseen: where it went without an account that could be named.
    """

    answer: Answer
    files: tuple[Path, ...]
    unseen: tuple[MovedOn, ...]


def open_answer(desk: Desk, found: FoundHold) -> Answer:
    """The newest answer about a hold, opened with the requester's key and compared with the chain.

    Raises:
        UsageError: there is none, nothing was sealed with it, or its message is nowhere.
        VerificationError: the message says other things than the chain.
    """
    event = holds.last_answer(desk.chain, found.named.hold)
    if event is None or not any(event.args["detail"]):
        what = "was not answered yet" if event is None else "was answered without a message"
        raise UsageError(
            f"{found.name} {what}.",
            code="freeze.no_answer",
            kept=_NOTHING,
            next="See how it stands: concordat freeze show",
        )
    digest = event.args["detail"]
    answer = answers.read(post.unseal(desk, own_agency(desk), digest, post.ANSWER))
    held = answer.held.amount if answer.held else 0
    said = (answer.hold, int(answer.kind), int(answer.code or 0), held)
    there = (f"0x{found.named.hold.hex()}", event.args["kind"], event.args["code"], event.args["amount"])
    if said != there:
        raise VerificationError(
            f"The message about {found.name} says another answer than the chain.",
            code="freeze.message_differs",
            kept=_NOTHING,
            next="Call the institution back by a number that you know already.",
        )
    return answer


def follow(desk: Desk, text: str, out: Path | None = None) -> Followed:
    """Write the order for where the money moved on to, prefilled; what nobody here can know stays empty.

    Args:
        desk: of the requester, where the ``.freeze`` folder of the request is.
        text: the hold.
        out: the file to write; of several jurisdictions each with its code. By default beside the folder.

    Raises:
        UsageError: it did not move on, or the folder is not here, or the file exists.
    """
    found = naming.hold_named(desk, text)
    file = found.request.file
    if file is None:
        raise UsageError(
            f"The folder of {found.name} is not here, from which the next order is written.",
            code="freeze.no_folder",
            kept=_NOTHING,
            next="Run this where the .freeze folder is, or take it from a backup.",
        )
    answer = open_answer(desk, found)
    seen = [each for each in answer.moved_on if each.account]
    if not answer.moved_on:
        raise UsageError(
            f"The answer about {found.name} names nowhere to which the money moved on.",
            code="freeze.not_moved",
            kept=_NOTHING,
            next="See the answer: concordat freeze show",
        )
    before = file.order.targets[found.named.number - 1]
    drafts = _by_place(names(desk.chain), file.order, before, found, seen)
    base = out or file.folder.with_name(
        f"{file.folder.name.removesuffix(freezefile.ENDING)}-follow{found.named.number}.yaml"
    )
    paths = {place: _path(base, place, alone=len(drafts) == 1) for place in drafts}
    for path in paths.values():
        _require_new(path)
    for place, draft in drafts.items():
        with store.guard(f"write {paths[place].name}"):
            store.write(paths[place], ordertext.write(draft).encode())
    unseen = tuple(each for each in answer.moved_on if not each.account)
    return Followed(answer, tuple(paths.values()), unseen)


def _by_place(
    known: Mapping[int, str], order: Order, before: Target, found: FoundHold, moved: list[MovedOn]
) -> dict[str, Draft]:
    """One draft for each jurisdiction; what is at no member stays under the old order's, to be corrected."""
    by_name = {name.upper(): number for number, name in known.items()}
    drafts: dict[str, Draft] = {}
    for each in moved:
        member = by_name.get(each.institution.strip().upper())
        place = alpha(numbers.jurisdiction_of(member)) if member else order.jurisdiction
        draft = drafts.setdefault(place, Draft(order, place, known.get(int(order.agency), "")))
        draft.targets.append((_target(each, member, before, found), each.institution))
    return drafts


def _target(moved: MovedOn, member: int | None, before: Target, found: FoundHold) -> Target:
    assert moved.account is not None  # noqa: S101 - only those that were seen are drafted
    return Target(
        institution=member or 0,
        account=moved.account,
        holder=None,
        amount=moved.amount,
        currency=moved.amount.currency,
        scope=Scope(before.scope.later_credits, before.scope.interest),
        payment=Payment(
            amount=moved.amount,
            value_time=moved.at,
            uetr=moved.uetr,
            transaction_hash=moved.transaction_hash,
            payer=before.account,
            payee=moved.account,
        ),
        follows=f"0x{found.named.hold.hex()}",
    )


def _path(base: Path, place: str, *, alone: bool) -> Path:
    return base if alone else base.with_name(f"{base.stem}-{place.lower()}{base.suffix}")


def _require_new(path: Path) -> None:
    if path.exists():
        raise UsageError(
            f"{path} exists.", code="file.exists", kept="It was not touched.", next="Give another with --out."
        )
