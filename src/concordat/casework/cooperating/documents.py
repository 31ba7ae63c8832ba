# SPDX-License-Identifier: Apache-2.0
"""Documents that travel with an answer: each sealed by itself, and named by its hash and its envelope's.

What was sealed is noted in the folder, so that a run that was interrupted sends the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Final

from eth_utils.crypto import keccak

from concordat.casework.cooperating.naming import NOT_SENT
from concordat.casework.cooperating.opening import plain_name
from concordat.casework.desk import Desk
from concordat.casework.freezing import post
from concordat.casework.freezing.offices import own_agency
from concordat.cooperation.answers import Reference
from concordat.cooperation.folders.requestfolder import RequestFolder
from concordat.cooperation.orders.messages import Cited
from concordat.cooperation.words import ReferenceKind
from concordat.errors import UsageError, VerificationError
from concordat.evidence import store
from concordat.mail import sealed

KIND: Final = "assistance-document"
FOLDER: Final = "documents"
_NOTE: Final = ".enclosed"


def enclose(desk: Desk, file: RequestFolder, path: Path, to: int) -> Cited:
    """Seal a document to the asker and leave it in the mailbox; gives what the answer says of it.

    Raises:
        UsageError: it is empty or too large, or the asker published no key.
        FileError: it cannot be read.
    """
    with store.guard(f"read {path}", kept=NOT_SENT), path.open("rb") as stream:
        data = stream.read(sealed.LARGEST + 1)
    if not data or len(data) > sealed.LARGEST:
        raise UsageError(
            f"{path.name} is {'empty' if not data else f'larger than {sealed.LARGEST >> 20} MiB'}.",
            code="assistance.document",
            kept=NOT_SENT,
            next="Pack large files as evidence (concordat pack), and answer with the package.",
        )
    key = bytes(keccak(data))
    note = file.folder / FOLDER / f"{key.hex()}{_NOTE}"
    with store.guard("note what was sealed", kept=NOT_SENT):
        if note.exists():
            digest = bytes.fromhex(note.read_text(encoding="ascii"))
        else:
            digest = file.keep_sealed(post.seal(desk.chain, data, to=to, kind=KIND).to_bytes())
            note.parent.mkdir(exist_ok=True)
            store.write(note, digest.hex().encode())
    envelope = file.sealed_message(digest)
    if not post.send(desk, [envelope]):
        post.keep(desk, envelope)
    return Cited(Reference(ReferenceKind.DOCUMENT, 0, key), path.name, digest)


def take_out(desk: Desk, file: RequestFolder, cited: Iterable[Cited]) -> list[Path]:
    """Open the documents of an answer and lay them into the folder, each compared with its hash.

    Raises:
        UsageError: one is nowhere.
        VerificationError: one is another than the answer names.
    """
    found = []
    for each in cited:
        if each.sealed is None:
            continue
        data = post.unseal(desk, own_agency(desk), each.sealed, KIND)
        key = each.reference.key
        if bytes(keccak(data)) != key:
            raise VerificationError(
                f"The document 0x{key.hex()[:12]}… is another one than the answer names.",
                code="assistance.other_document",
                kept="No receipt was given.",
                next="Call the other side back by a number that you know already.",
            )
        name = plain_name(PurePosixPath(each.about.replace("\\", "/")).name)
        path = file.folder / FOLDER / f"{key.hex()[:8]}-{name}"
        with store.guard(f"write {path.name}", kept="The sealed document is kept."):
            path.parent.mkdir(exist_ok=True)
            store.write(path, data)
        found.append(path)
    return found
