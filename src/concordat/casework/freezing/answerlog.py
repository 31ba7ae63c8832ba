# SPDX-License-Identifier: Apache-2.0
"""Answers as they were sealed, kept before they are sent: running again sends the same and doubles nothing.

``.concordat/answers/HOLD.json`` names the content of the newest answer by its hash and the sealed message by
its own; the message lies with the others in the workspace. What an answer says is in neither.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from concordat.assets import answers as forms
from concordat.assets.answers import Answer
from concordat.assets.holds import NONE
from concordat.casework.desk import Desk
from concordat.casework.freezing import post
from concordat.errors import ConcordatError, UsageError
from concordat.evidence import canonical, fields, store

FOLDER: Final = "answers"


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


def sealed(desk: Desk, answer: Answer, requester: int, now: int) -> Sealed:
    """Seal an answer to the requester, or take what was sealed of the same answer before.

    Args:
        desk: of the institution.
        answer: its time may be missing: then it is ``now``, also when the same is run again later.
        requester: number of the agency that asked.
        now: seconds since 1970 UTC.

    Raises:
        FileError: it cannot be kept; nothing was sent.
    """
    if not (answer.kind.is_outcome or answer.remarks):
        return Sealed(answer)  # that it arrived says the chain alone
    path = desk.workspace.root / FOLDER / f"{answer.hold.removeprefix('0x')}.json"
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
    with store.guard("keep the answer", kept="Nothing was sent."):
        store.write(path, canonical.dumps({"version": 1, "content": content, "detail": detail.hex()}))
    return Sealed(answer, detail, data)


def _known(desk: Desk, path: Path, content: str) -> tuple[bytes, bytes] | None:
    """Hash and envelope of the same answer, if it was sealed before and is still here."""
    if not path.exists():
        return None
    with store.guard("read what was answered before", kept="Nothing was sent."):
        data = path.read_bytes()
    try:
        values = canonical.loads(data, path.name)
        fields.check(values, path.name, _FORM)
        detail = bytes.fromhex(values["detail"])
        return (detail, post.fetch(desk, detail)) if values["content"] == content else None
    except ConcordatError:  # damaged or lost: it is sealed anew, and the answer is the same
        return None


_FORM: Final[Mapping[str, fields.Check]] = {
    "version": fields.number(1, 1),
    "content": fields.hexed(32),
    "detail": fields.hexed(32),
}
