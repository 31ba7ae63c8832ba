# SPDX-License-Identifier: Apache-2.0
"""Answers as they were sealed, kept before they are sent: running again sends the same and doubles nothing.

``.concordat/answers/HOLD.json`` names the content of the newest answer by its hash and the sealed message by
its own; the message lies with the others in the workspace. What an answer says is in neither. A copy sealed
to the institution itself lets its second officer see what was answered.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from concordat.assets.holds import NONE
from concordat.assets.orders import answers as forms
from concordat.assets.orders.answers import Answer
from concordat.casework.desk import Desk
from concordat.casework.freezing import post
from concordat.errors import AuthorityError, ConcordatError, UsageError
from concordat.evidence import canonical, fields, store
from concordat.mail.sealed import KeyRing

FOLDER: Final = "answers"
COPY: Final = "freeze-answer-copy"
"""Kind of the message by which an institution keeps its own answer."""


@dataclass(frozen=True)
class Sealed:
    """An answer with its sealed message.

    Attributes:
        detail: hash of the message; zero if there is none.
        message: the envelope, or None.
        why_not: why there is none although there should be; "" else.
    """

    answer: Answer
    detail: bytes = NONE
    message: bytes | None = None
    why_not: str = ""


def sealed(desk: Desk, answer: Answer, own: int, requester: int, now: int) -> Sealed:
    """Seal an answer to the requester, or take what was sealed of the same answer before.

    Args:
        desk: of the institution.
        answer: its time may be missing: then it is ``now``, also when the same is run again later.
        own: number of the institution.
        requester: number of the agency that asked.
        now: seconds since 1970 UTC.

    Raises:
        FileError: it cannot be kept; nothing was sent.
    """
    if not (answer.kind.is_outcome or answer.remarks):
        return Sealed(answer)  # that it arrived says the chain alone
    path = _path(desk, bytes.fromhex(answer.hold.removeprefix("0x")))
    content = hashlib.sha256(canonical.dumps(answer.as_json())).hexdigest()
    known = _known(desk, path, content)
    if known is not None:
        return Sealed(answer, *known)
    whole = replace(answer, executed_at=now) if answer.kind.takes and answer.executed_at is None else answer
    try:
        envelope = post.seal(desk.chain, forms.write(whole), to=requester, kind=post.ANSWER)
    except UsageError as error:
        # The money does not wait for the requester's key: the chain says what is held, the rest comes later.
        return Sealed(answer, why_not=error.message)
    data = envelope.to_bytes()
    detail = post.keep(desk, data)
    noted = {"version": 1, "content": content, "detail": detail.hex(), "copy": _copy(desk, own, whole)}
    with store.guard("keep the answer", kept="Nothing was sent."):
        store.write(path, canonical.dumps(noted))
    return Sealed(answer, detail, data)


def said(desk: Desk, ring: KeyRing, hold: bytes, detail: bytes) -> Answer | None:
    """What was answered in this workspace; None if it was not here, or without a key to seal a copy to.

    Args:
        desk: of the institution.
        ring: its encryption keys.
        hold: id of the hold.
        detail: hash of the message to the requester, as on the chain: of another answer nothing is said.

    Raises:
        AuthorityError: the password of the key is wrong.
    """
    values = _noted(_path(desk, hold))
    if values is None or values["detail"] != detail.hex() or not values["copy"]:
        return None
    try:
        data = post.fetch(desk, bytes.fromhex(values["copy"]))
        return forms.read(ring.open(data, desk.password, kind=COPY, genesis_id=desk.chain.genesis_id))
    except AuthorityError:
        raise
    except ConcordatError:  # lost or damaged: the second officer asks the first
        return None


def _copy(desk: Desk, own: int, answer: Answer) -> str | None:
    try:
        envelope = post.seal(desk.chain, forms.write(answer), to=own, kind=COPY)
    except UsageError:  # the institution has no key itself
        return None
    return post.keep(desk, envelope.to_bytes()).hex()


def _path(desk: Desk, hold: bytes) -> Path:
    return desk.workspace.root / FOLDER / f"{hold.hex()}.json"


def _known(desk: Desk, path: Path, content: str) -> tuple[bytes, bytes] | None:
    """Hash and envelope of the same answer, if it was sealed before and is still here."""
    values = _noted(path)
    if values is None or values["content"] != content:
        return None
    detail = bytes.fromhex(values["detail"])
    try:
        return detail, post.fetch(desk, detail)
    except ConcordatError:  # lost: it is sealed anew, and the answer is the same
        return None


def _noted(path: Path) -> Mapping[str, Any] | None:
    """What is noted of the newest answer; None if nothing is, or it is damaged."""
    if not path.exists():
        return None
    with store.guard("read what was answered before", kept="Nothing was sent."):
        data = path.read_bytes()
    try:
        values = canonical.loads(data, path.name)
        fields.check(values, path.name, _FORM)
    except ConcordatError:
        return None
    return dict(values)


_FORM: Final[Mapping[str, fields.Check]] = {
    "version": fields.number(1, 1),
    "content": fields.hexed(32),
    "detail": fields.hexed(32),
    "copy": fields.maybe(fields.hexed(32)),
}
