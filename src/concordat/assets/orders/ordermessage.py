# SPDX-License-Identifier: Apache-2.0
"""What of an order reaches whom: an institution sees its own targets only, and can still check all that
concerns it.

The order's commitment on the chain is made over a document that names each target by a salted hash:

    target detail   keccak256(detail salt ‖ canonical JSON of the target)
    order           keccak256(order salt ‖ canonical JSON of head and target details)

So the message to one institution holds head, all details (hashes that say nothing) and its own targets with
their salts. It recomputes the order's commitment and its own targets' words on the chain: nobody can send it
other grounds, another cap or another holder than was committed to. The endorser of a foreign request gets
every target.

All of this is secret: it is sealed to its recipient (``sealed.py``) before it leaves.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from eth_utils.crypto import keccak

from concordat.assets.orders.fieldtree import Field, MistakesError, read_json
from concordat.assets.orders.order import Institution, Order, Target
from concordat.assets.orders.orderfile import read_order, read_target
from concordat.assets.values import commitments
from concordat.errors import VerificationError
from concordat.evidence import canonical

FORMAT: Final = "freeze-message/1"
_WORD: Final = re.compile(r"0x[0-9a-f]{64}")
_ADDRESS: Final = re.compile(r"0x[0-9a-f]{40}")


@dataclass(frozen=True, slots=True)
class TargetSecrets:
    """What opens one target; kept by the requester, sent to its institution.

    Attributes:
        salt: of the account commitment; also in the notice to the account holder.
        detail_salt: of the target's detail in the order.
        notice_key: address of the one-time key for the account holder; NOBODY if there is no notice.
        notice_secret: its private key, which the institution hands over with the notice; never stored by it.

    """

    salt: bytes = field(repr=False)
    detail_salt: bytes = field(repr=False)
    notice_key: str = commitments.NOBODY
    notice_secret: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class OpenedTarget:
    """A target as its institution sees it.

    Attributes:
        number: its place in the order, from 0.
        word: ``target`` on the chain.

    """

    number: int
    target: Target
    secrets: TargetSecrets
    word: bytes


@dataclass(frozen=True, slots=True)
class OpenedMessage:
    """A message that was read and agrees with itself.

    Attributes:
        order: with the targets of this message only.
        of: how many targets the order has in all.
        commitment: ``order`` on the chain, recomputed.

    """

    order: Order
    of: int
    commitment: bytes
    targets: tuple[OpenedTarget, ...]

    def check(self, commitment: bytes, words: Collection[bytes]) -> None:
        """See that the message says what was committed to on the chain.

        Args:
            commitment: ``order`` of the request.
            words: ``target`` of each hold of this request at this institution.

        Raises:
            VerificationError: another order, or a target that was not named to this institution.

        """
        unnamed = [target for target in self.targets if target.word not in words]
        if commitment != self.commitment or unnamed:
            what = "order" if commitment != self.commitment else f"target {unnamed[0].target.account.masked}"
            raise VerificationError(
                f"The message speaks of another {what} than the request on the chain.",
                code="order.not_committed",
                kept="Nothing was answered.",
                next="Answer Unreadable and call the requester back by a number that you know already.",
            )


def new_secrets(notice_key: str = commitments.NOBODY, notice_secret: bytes | None = None) -> TargetSecrets:
    """Fresh random salts for one target."""
    return TargetSecrets(commitments.new_salt(), commitments.new_salt(), notice_key, notice_secret)


def target_word(target: Target, secrets: TargetSecrets) -> bytes:
    """``target`` on the chain: the account commitment bound to the notice key."""
    commitment = commitments.account_commitment(secrets.salt, target.account)
    return commitments.target(commitment, secrets.notice_key)


def document(order: Order, secrets: Sequence[TargetSecrets]) -> dict[str, Any]:
    """The order as it is committed to: head, and each target by a salted hash."""
    details = zip(order.targets, secrets, strict=True)
    return {**order.head(), "targets": [_detail(target.as_json(), own) for target, own in details]}


def commitment(order: Order, salt: bytes, secrets: Sequence[TargetSecrets]) -> bytes:
    """``order`` on the chain."""
    return commitments.order_commitment(salt, document(order, secrets))


def write(
    order: Order, salt: bytes, secrets: Sequence[TargetSecrets], institution: Institution | None = None
) -> bytes:
    """Give the message to one institution, to be sealed to it.

    Args:
        salt: of the order's commitment.
        secrets: of every target, in their order.
        institution: who gets it; None: the endorser, who gets every target.

    """
    own = [
        {
            "number": number,
            "target": target.as_json(),
            "salt": _hex(mine.salt),
            "detail_salt": _hex(mine.detail_salt),
            "notice_key": mine.notice_key,
            **({"notice_secret": _hex(mine.notice_secret)} if mine.notice_secret and institution else {}),
        }
        for number, (target, mine) in enumerate(zip(order.targets, secrets, strict=True))
        if institution is None or target.institution == institution
    ]
    return canonical.dumps(
        {"concordat": FORMAT, "order": document(order, secrets), "salt": _hex(salt), "targets": own}
    )


def read(data: bytes, what: str = "The message") -> OpenedMessage:
    """Read a message after it was unsealed.

    Raises:
        MistakesError: it is not of this form; every mistake with its field.
        VerificationError: its targets are not those that the order in it speaks of.

    """
    tree = read_json(data)
    found = None if tree.mistakes else _message(tree.root())
    if tree.mistakes or found is None:
        raise MistakesError(what, tree.mistakes, code="order.message")
    return found


def _message(root: Field) -> OpenedMessage | None:
    parts = root.keys(("concordat", "order", "salt", "targets"))
    if len(parts) < 4:
        return None
    parts["concordat"].word({FORMAT: FORMAT}, "format")
    salt = _bytes(parts["salt"])
    opened = [each for at in parts["targets"].items(1_000) if (each := _opened(at))]
    if len({each.number for each in opened}) < len(opened):
        parts["targets"].wrong("one target stands in it twice")
    head = read_order(parts["order"], lambda at: at.matching(_WORD, "a hash of 32 bytes"))
    if root.tree.mistakes or head is None or salt is None:
        return None
    inside = parts["order"].value
    for each in opened:
        _agree(each, inside["targets"])
    order = replace(head, targets=tuple(each.target for each in opened))
    return OpenedMessage(
        order, len(inside["targets"]), commitments.order_commitment(salt, inside), tuple(opened)
    )


def _agree(opened: OpenedTarget, details: list[str]) -> None:
    """See that the order speaks of this target, to the last character."""
    expected = _detail(opened.target.as_json(), opened.secrets)
    if opened.number >= len(details) or details[opened.number] != expected:
        raise VerificationError(
            f"What the order in this message says of {opened.target.account.masked} is not what it shows.",
            code="order.detail",
            kept="Nothing was answered.",
            next="Answer Unreadable and call the requester back by a number that you know already.",
        )


def _opened(at: Field) -> OpenedTarget | None:
    parts = at.keys(("number", "target", "salt", "detail_salt", "notice_key"), ("notice_secret",))
    if len(parts) < 5:
        return None
    number, target = parts["number"].integer(0, 1_000), read_target(parts["target"])
    salt, detail_salt = _bytes(parts["salt"]), _bytes(parts["detail_salt"])
    key = parts["notice_key"].matching(_ADDRESS, "an address in lower case")
    secret = _bytes(parts["notice_secret"]) if "notice_secret" in parts else None
    if at.tree.mistakes or number is None or not (target and salt and detail_salt and key):
        return None
    secrets = TargetSecrets(salt, detail_salt, key, secret)
    return OpenedTarget(number, target, secrets, target_word(target, secrets))


def _bytes(at: Field) -> bytes | None:
    found = at.matching(_WORD, "32 bytes in hexadecimal")
    return bytes.fromhex(found[2:]) if found else None


def _detail(target: dict[str, Any], secrets: TargetSecrets) -> str:
    return _hex(keccak(secrets.detail_salt + canonical.dumps(target)))


def _hex(data: bytes) -> str:
    return f"0x{data.hex()}"
