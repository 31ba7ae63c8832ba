# SPDX-License-Identifier: Apache-2.0
"""What who pays keeps of its payments: the references whose salted hashes are on the chain.

Written before anything is sent, so that a run that was cut goes on with the same hashes and records nothing
twice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from concordat.assets.folders import slips
from concordat.assets.restitution import ChainPayment
from concordat.assets.values import planwords
from concordat.errors import FileError, UsageError, VerificationError
from concordat.evidence import canonical, fields, store

REFERENCE: Final = re.compile(r"[!-~]{1,64}")
"""A UETR, an end-to-end id, a transaction hash: printable, without spaces."""


@dataclass(frozen=True)
class KeptPayment:
    """One payment.

    Attributes:
        claim: 32 bytes.
        source: number in the plan, from 0.
        amount: minor units.
        reference: UETR, end-to-end id or transaction hash.
        salt: of its hash.
    """

    claim: bytes
    source: int
    amount: int
    reference: str
    salt: bytes = field(repr=False)

    @property
    def hash(self) -> bytes:
        """What stands for the payment on the chain."""
        return planwords.payment_hash(self.salt, self.reference)

    @property
    def told(self) -> ChainPayment:
        """What the chain is told."""
        return ChainPayment(self.claim, self.amount, self.hash)


def read(path: Path) -> tuple[KeptPayment, ...]:
    """What was kept; nothing if the file is not there yet.

    Raises:
        FileError: it cannot be read, or is damaged.
    """
    if not path.exists():
        return ()
    with store.guard("read the payments", next="Take the file from a backup."):
        data = path.read_bytes()
    try:
        values = canonical.loads(data, path.name)
        fields.check(values, path.name, {"payments": fields.list_of(fields.within(_FORM))})
    except VerificationError as error:
        raise FileError(
            f"{path} is damaged.",
            code="restitution.damaged",
            kept="Nothing was sent.",
            next="Take it from a backup.",
        ) from error
    word = bytes.fromhex
    return tuple(
        KeptPayment(
            word(each["claim"]), each["source"], int(each["amount"]), each["reference"], word(each["salt"])
        )
        for each in values["payments"]
    )


def keep(path: Path, wanted: Sequence[tuple[bytes, int, int, str]]) -> tuple[KeptPayment, ...]:
    """Lay in payments (claim, source, amount, reference); one that is in already keeps its salt.

    Raises:
        UsageError: a reference is none, or stands for two payments to one claim from one source.
        FileError: it cannot be written; then nothing of them is in.
    """
    kept = list(read(path))
    known = {(each.claim, each.source, each.reference): each for each in kept}
    found = []
    for claim, source, amount, reference in wanted:
        if not REFERENCE.fullmatch(reference):
            raise _wrong("A reference of a payment has 1 to 64 letters, digits and signs, and no spaces")
        each = known.get((claim, source, reference))
        if each is None:
            each = KeptPayment(claim, source, amount, reference, slips.new_salt())
            known[(claim, source, reference)] = each
            kept.append(each)
        elif each.amount != amount:
            raise _wrong(f"The payment {reference} was recorded with another amount before")
        found.append(each)
    if len({(each.claim, each.reference) for each in found}) != len(found):
        raise _wrong("A reference stands twice for one claim")
    with store.guard("keep the payments", kept="Nothing was sent."):
        store.write(path, canonical.dumps({"payments": [_json(each) for each in kept]}))
    return tuple(found)


def _json(each: KeptPayment) -> dict[str, Any]:
    return {
        "claim": each.claim.hex(),
        "source": each.source,
        "amount": str(each.amount),
        "reference": each.reference,
        "salt": each.salt.hex(),
    }


def _wrong(what: str) -> UsageError:
    return UsageError(
        f"{what}.",
        code="restitution.reference",
        kept="Nothing was sent.",
        next="Give each payment the reference that the payment system gave it.",
    )


_FORM: Final[Mapping[str, fields.Check]] = {
    "claim": fields.hexed(32),
    "source": fields.number(0, 255),
    "amount": slips.digits,
    "reference": fields.text,
    "salt": fields.hexed(32),
}
