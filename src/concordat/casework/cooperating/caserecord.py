# SPDX-License-Identifier: Apache-2.0
"""Texts on the record of a case: sealed to all agencies concerned, kept, and read by their hashes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Any

from concordat.casework.cooperating import audience, sharedpost
from concordat.casework.cooperating.casenames import NOT_SENT
from concordat.casework.desk import Desk
from concordat.casework.freezing.offices import own_agency
from concordat.cooperation import casebook, casetexts
from concordat.cooperation.casebook import CASES
from concordat.cooperation.casetexts import LARGEST, OPENING_KIND, TEXT_KIND, About, CaseText
from concordat.cooperation.folders.casefolder import CaseFolder
from concordat.errors import UsageError, VerificationError
from concordat.evidence import store
from concordat.ledger import eventlog
from concordat.ledger.protocol import Event
from concordat.mail import shared
from concordat.mail.shared import SharedMessage


def put_on_record(
    desk: Desk, file: CaseFolder, about: About, path: Path, *, readers: Iterable[int] = ()
) -> bytes:
    """Seal a text to all agencies concerned and leave it for them; gives its hash, for the chain.

    What was sealed before and has the same content is that again, so that a run that was interrupted ends
    with the same hash. Who is concerned: the claimants' agencies, who leads, and whom the own agency invited;
    not who is out now, or suspended.
    """
    own = own_agency(desk)
    text = CaseText(file.id, own, about, casetexts.plain_name(path.name), content_of(path))
    concerned = {own, *file.readers(), *readers, casebook.lead_of(desk.chain, file.id)}
    concerned |= {each.agency for each in casebook.claims_of(desk.chain, file.id)}
    return seal_text(desk, file, text, audience.still_in(desk, concerned - {0}), lambda _: True)


def seal_text(
    desk: Desk,
    file: CaseFolder,
    text: CaseText,
    readers: Collection[int],
    is_right: Callable[[SharedMessage], bool],
) -> bytes:
    """Seal a text to exactly these agencies and leave it for them; gives its hash.

    Args:
        desk: of the sender.
        file: of the case.
        text: to be sealed.
        readers: their numbers.
        is_right: whether a message with the same text that was sealed before is still the one to send.
    """
    for digest, known in file.texts():
        data = file.sealed_message(digest)
        if known == text and data and is_right(shared.read(data)):
            sharedpost.send(desk, data)
            return digest
    message = sharedpost.seal(desk, text.to_bytes(), TEXT_KIND, readers)
    digest = file.keep_sealed(message.data)
    file.keep_text(digest, text)
    sharedpost.send(desk, message.data)
    return digest


def read_one(desk: Desk, file: CaseFolder, digest: bytes) -> CaseText:
    """A text of the record, opened and laid into the folder.

    Raises:
        UsageError: it is nowhere, or is for others.
        VerificationError: it was changed, or is about another case.
    """
    known = file.text(digest)
    if known is not None:
        return known
    data = file.sealed_message(digest) or sharedpost.fetch(desk, digest)
    plain = sharedpost.opened(desk, data, TEXT_KIND, file.keys().get(digest))
    text = casetexts.read_text(plain, file.id)
    file.keep_sealed(data)
    file.keep_text(digest, text)
    return text


def keys_of(desk: Desk, file: CaseFolder, digests: Iterable[bytes]) -> dict[bytes, bytes]:
    """Keys of messages that the own agency can open, for whoever is let in later."""
    known, found = file.keys(), {}
    for digest in digests:
        if digest in known:
            found[digest] = known[digest]
            continue
        data = file.sealed_message(digest) or sharedpost.fetch(desk, digest)
        found[digest] = sharedpost.key_of(desk, data)
    return found


def content_of(path: Path) -> bytes:
    """A document as it is.

    Raises:
        UsageError: it is empty or too large.
        FileError: it cannot be read.
    """
    with store.guard(f"read {path}", kept=NOT_SENT), path.open("rb") as stream:
        data = stream.read(LARGEST + 1)
    if not data.strip() or len(data) > LARGEST:
        raise UsageError(
            f"{path.name} is empty." if not data.strip() else f"{path.name} is larger than 5 MiB.",
            code="case.text",
            kept=NOT_SENT,
            next="Register large documents as evidence, and name them in the text.",
        )
    return data


def is_opening(data: bytes) -> bool:
    """Whether a message to several agencies is an invitation.

    Raises:
        VerificationError: it is no such message.
    """
    kind = shared.read(data).kind
    if kind not in (OPENING_KIND, TEXT_KIND):
        raise VerificationError(
            f"This message is of kind '{kind}', and one about a case is expected here.", code="sealed.kind"
        )
    return kind == OPENING_KIND


# Events


def event(desk: Desk, case: bytes, name: str, **values: Any) -> Event | None:
    """The newest event of this name about a case whose values are these; None if there is none."""
    for each in reversed(events(desk, case, name)):
        if all(each.args[key] == value for key, value in values.items()):
            return each
    return None


def events(desk: Desk, case: bytes, name: str) -> list[Event]:
    """All events of this name about a case, oldest first."""
    return eventlog.of(desk.chain, CASES, (name,), id=case)
