# SPDX-License-Identifier: Apache-2.0
"""The agency's private folder of one restitution plan, ``NAME.restitution/``.

    plan.json        what the plan is: number, case, method, sources, notice; with its salt
    claims.json      every claim with what opens it; without it no claim can be opened: back it up
    slips/           one slip a victim: hand each over, then delete it here (see ``slips``)
    receipts.json    transactions, oldest first

All of it is written before anything is sent, at once and complete or not at all. ``plan.json`` is never
changed; ``claims.json`` only grows. So a plan that was interrupted goes on, and nothing is doubled.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from concordat.assets.folders import slips
from concordat.assets.folders.privatefolder import BACKUP, PrivateFolder, make
from concordat.assets.folders.slips import Slip
from concordat.assets.restitution import ChainClaim, Source
from concordat.assets.returnstates import Method
from concordat.assets.shares.claimlist import ClaimRow
from concordat.assets.values import accounts, planwords
from concordat.assets.values.accounts import Account
from concordat.assets.values.money import Money, by_code
from concordat.errors import FileError, UsageError
from concordat.evidence import canonical, fields, store

ENDING: Final = ".restitution"
PLAN, CLAIMS, SLIPS = "plan.json", "claims.json", "slips"
VERSION: Final = 1


@dataclass(frozen=True)
class Head:
    """What a plan is, apart from its claims.

    Attributes:
        agency: that plans.
        number: of the decision or file that orders it.
        currency: numeric code.
        notice_until: until when claims and objections are taken, seconds since 1970 UTC.
        salt: of the plan's commitment.
    """

    chain_id: int
    genesis: bytes
    agency: int
    number: str
    case: str
    currency: int
    method: Method
    notice_until: int
    sources: tuple[Source, ...]
    salt: bytes = field(repr=False)

    @property
    def commitment(self) -> bytes:
        """What stands for the plan on the chain."""
        return planwords.plan_commitment(self.salt, self._said())

    @property
    def id(self) -> bytes:
        """Of the plan, 32 bytes."""
        return planwords.plan_id(self.agency, self.commitment)

    def as_json(self) -> dict[str, Any]:
        """For ``plan.json``."""
        return {
            **self._said(),
            "version": VERSION,
            "chain_id": self.chain_id,
            "genesis": self.genesis.hex(),
            "salt": self.salt.hex(),
        }

    def _said(self) -> dict[str, Any]:
        return {
            "agency": self.agency,
            "number": self.number,
            "case": self.case,
            "currency": self.currency,
            "method": self.method.name,
            "notice_until": self.notice_until,
            "sources": [
                {"asset": each.is_asset, "first": each.first.hex(), "second": each.second.hex()}
                for each in self.sources
            ],
        }


@dataclass(frozen=True)
class FiledClaim:
    """A claim with what opens it.

    Attributes:
        number: in the folder, from 1.
        amount, traced: minor units.
        key: address of the confirmation key, lower case.
        salt: of the claim's commitment.
    """

    number: int
    victim: str
    payee: Account
    amount: int
    traced: int
    key: str
    salt: bytes = field(repr=False)

    @property
    def commitment(self) -> bytes:
        """What stands for victim and payee."""
        return planwords.claim_commitment(self.salt, self.victim, self.payee.canonical)

    @property
    def id(self) -> bytes:
        """Of the claim, 32 bytes."""
        return planwords.claim_id(self.commitment, self.key)

    @property
    def told(self) -> ChainClaim:
        """What the chain is told."""
        return ChainClaim(self.id, self.amount, self.traced)

    def as_json(self) -> dict[str, Any]:
        """For ``claims.json``."""
        return {
            "victim": self.victim,
            "payee": self.payee.canonical,
            "amount": str(self.amount),
            "traced": str(self.traced),
            "key": self.key,
            "salt": self.salt.hex(),
        }


class PlanFile(PrivateFolder):
    """One ``NAME.restitution/``. Nothing is read before it is needed."""

    @classmethod
    def open(cls, folder: Path) -> PlanFile:
        """A folder that is there.

        Raises:
            UsageError: it is no such folder.
            FileError: a part is missing or damaged.
        """
        found = cls(folder)
        if not (folder / PLAN).is_file():
            raise UsageError(
                f"{folder.name} is not the folder of a restitution plan.",
                code="restitution.no_folder",
                next=f"Name the {ENDING} folder that concordat restitution open made, or restore it.",
            )
        _ = found.head, found.claims
        return found

    @classmethod
    def create(cls, folder: Path, head: Head, rows: Sequence[ClaimRow]) -> PlanFile:
        """Make the folder with its claims and slips, at once and complete.

        Raises:
            UsageError: there is one already, or a claim has no payee.
            FileError: it cannot be written; then nothing of it is left.
        """

        def lay_in(partial: Path) -> None:
            store.write(partial / PLAN, canonical.dumps(head.as_json()))
            cls(partial).add(rows)

        make(folder, lay_in)
        return cls(folder)

    @cached_property
    def head(self) -> Head:
        """What the plan is."""
        return _head(self.read(PLAN, _HEAD))

    @property
    def claims(self) -> tuple[FiledClaim, ...]:
        """Every claim, in the order in which they came."""
        if not (self.folder / CLAIMS).exists():
            return ()
        values = self.read(CLAIMS, {"claims": fields.list_of(fields.within(_CLAIM))})["claims"]
        try:
            return tuple(_claim(number, each) for number, each in enumerate(values, 1))
        except UsageError as error:  # an account that is none
            raise self.damaged(CLAIMS) from error

    def money(self, amount: int) -> Money:
        """An amount of the plan's currency."""
        return Money(amount, by_code(self.head.currency))

    def add(self, rows: Sequence[ClaimRow]) -> tuple[FiledClaim, ...]:
        """Lay in further claims with their slips; those whose victims are known already are left out.

        Raises:
            UsageError: a claim has no payee, or a known victim's claim is another one now.
            FileError: it cannot be written; then none of them is in.
        """
        known = self.claims
        victims = {each.victim: each for each in known}
        added: list[FiledClaim] = []
        with store.guard(f"write the claims of {self.name}", kept="Nothing was sent."):
            for row in rows:
                if row.victim in victims:
                    _require_same(victims[row.victim], row)
                    continue
                added.append(self._new(len(known) + len(added) + 1, row))
            whole = [each.as_json() for each in (*known, *added)]
            store.write(self.folder / CLAIMS, canonical.dumps({"claims": whole}))
        return tuple(added)

    def slip_paths(self) -> list[Path]:
        """The slips that still lie here, by number."""
        return slips.in_folder(self.folder / SLIPS)

    def damaged(self, part: str) -> FileError:
        """What is said of a part that is no longer what it was."""
        return FileError(
            f"{self.name}/{part} is damaged.",
            code="restitution.damaged",
            kept="Nothing was sent.",
            next=BACKUP,
        )

    def _new(self, number: int, row: ClaimRow) -> FiledClaim:
        if row.payee is None:
            raise UsageError(
                f"The claim of {row.victim} names no account to pay to.",
                code="restitution.no_payee",
                kept="Nothing was written or sent.",
                next="Fill in the column payee: it is bound into the claim.",
            )
        key, secret = (row.key, b"") if row.key else slips.new_key()
        salt = slips.new_salt()
        amount, traced = row.amount.amount, row.traced.amount
        made = FiledClaim(number, row.victim, row.payee, amount, traced, key, salt)
        head = self.head
        slip = Slip(
            chain_id=head.chain_id,
            genesis=head.genesis,
            plan=head.id,
            number=number,
            victim=row.victim,
            payee=row.payee.masked,
            amount=row.amount,
            commitment=made.commitment,
            key=key,
            secret=secret,
        )
        slips.write(self.folder / SLIPS / slips.file_name(number), slip)
        return made


def named_folder(path: Path) -> bool:
    """Whether a path means such a folder, be it there or not."""
    return path.name.endswith(ENDING)


def _require_same(known: FiledClaim, row: ClaimRow) -> None:
    same = (row.amount.amount, row.traced.amount) == (known.amount, known.traced)
    if not same or row.payee != known.payee or row.key not in ("", known.key):
        raise UsageError(
            f"The claim of {row.victim} was entered otherwise before.",
            code="restitution.claim_differs",
            kept="Nothing was written or sent.",
            next="A claim is not changed once it is entered: the victim may object, or take a new reference.",
        )


def _head(values: Mapping[str, Any]) -> Head:
    word = bytes.fromhex
    sources = tuple(
        Source(each["asset"], word(each["first"]), word(each["second"])) for each in values["sources"]
    )
    return Head(
        chain_id=values["chain_id"],
        genesis=word(values["genesis"]),
        agency=values["agency"],
        number=values["number"],
        case=values["case"],
        currency=values["currency"],
        method=Method[values["method"]],
        notice_until=values["notice_until"],
        sources=sources,
        salt=word(values["salt"]),
    )


def _claim(number: int, values: Mapping[str, Any]) -> FiledClaim:
    return FiledClaim(
        number,
        values["victim"],
        accounts.parse(values["payee"]),
        int(values["amount"]),
        int(values["traced"]),
        values["key"],
        bytes.fromhex(values["salt"]),
    )


_SOURCE: Final[Mapping[str, fields.Check]] = {
    "asset": fields.flag,
    "first": fields.hexed(32),
    "second": fields.hexed(32),
}
_HEAD: Final[Mapping[str, fields.Check]] = {
    "version": fields.number(VERSION, VERSION),
    "chain_id": fields.number(1),
    "genesis": fields.hexed(32),
    "agency": fields.number(1, (1 << 32) - 1),
    "number": fields.text,
    "case": fields.text,
    "currency": fields.number(1, 65_535),
    "method": fields.one_of(*Method.__members__),
    "notice_until": fields.number(),
    "sources": fields.list_of(fields.within(_SOURCE)),
    "salt": fields.hexed(32),
}
_CLAIM: Final[Mapping[str, fields.Check]] = {
    "victim": fields.text,
    "payee": fields.text,
    "amount": slips.digits,
    "traced": slips.digits,
    "key": slips.address,
    "salt": fields.hexed(32),
}
