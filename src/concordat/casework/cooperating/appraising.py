# SPDX-License-Identifier: Apache-2.0
"""Opinions of accredited bodies: accredited, asked about an item by its hash, given or declined, shown.

Question and opinion are sealed; on the chain stand the hash of the item and the hashes of both messages. What
was sealed is noted in the workspace, so that a run that was interrupted ends with the same hash.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Final

from eth_utils.crypto import keccak

from concordat.casework import doing
from concordat.casework.desk import Desk
from concordat.casework.freezing import post
from concordat.casework.freezing.offices import number_of, own_agency
from concordat.cooperation import appraisals
from concordat.cooperation.appraisals import APPRAISALS
from concordat.cooperation.words import AppraisalField, DeclineReason
from concordat.errors import ConcordatError, UsageError, VerificationError
from concordat.evidence import canonical, fields, store
from concordat.evidence.package import Package
from concordat.ledger import eventlog
from concordat.ledger.protocol import Event, Receipt

QUESTION: Final = "appraisal-question"
OPINION: Final = "appraisal-opinion"
FORMAT: Final = "appraisal/1"
LARGEST: Final = 4 << 20
"""Bytes of a question or an opinion."""
_NOT_SENT: Final = "Nothing was sent."

Done = doing.Done[Any]


@dataclass(frozen=True)
class Letter:
    """A question or an opinion.

    Attributes:
        item: hash of what is appraised, 32 bytes.
        name: of the file.
    """

    item: bytes
    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Appraisal:
    """An appraisal as it stands. Times in seconds since 1970 UTC, 0: not yet.

    Attributes:
        declined: why, if the body declined.
        accredited: whether the body is, for the field, now.
        question, opinion: what was sealed, as far as it can be opened here.
    """

    id: bytes
    asker: int
    body: int
    field: AppraisalField
    item: bytes
    due: int
    given_at: int
    declined: DeclineReason | None
    accredited: bool
    question: Letter | None
    opinion: Letter | None


def accredit(desk: Desk, body: str, of: AppraisalField, until: int, certificate: Path) -> Done:
    """Accredit a body of the own country for a field, as its central authority.

    Args:
        desk: with the authority's key, or of its officer with TRANSMIT.
        body: agency.
        of: field.
        until: seconds since 1970 UTC.
        certificate: its hash goes on the chain.
    """
    number, digest = number_of(desk.chain, body), bytes(keccak(_content(certificate)))
    given = {"body": number, "field": int(of), "until": until, "certificate": digest}
    earlier = _event(desk, "Accredited", **given)
    if not appraisals.is_accredited_at(desk.chain, number, of, desk.chain.now()):
        earlier = None  # it was ended since
    return _once(
        desk,
        digest,
        body,
        "accredit",
        earlier,
        lambda: appraisals.accredit(desk.ledger, desk.signer, number, of, until, digest),
    )


def end(desk: Desk, body: str, of: AppraisalField) -> Receipt:
    """End an accreditation at once."""
    return appraisals.end_accreditation(desk.ledger, desk.signer, number_of(desk.chain, body), of)


def ask(desk: Desk, body: str, of: AppraisalField, item: str, due: int, question: Path) -> Done:
    """Ask an accredited body about an item.

    Args:
        desk: of an officer with ASK or LEAD.
        body: agency.
        of: field.
        item: package, file, or hash as 0x and 64 digits.
        due: by when, seconds since 1970 UTC.
        question: file with the question; the body alone can read it.
    """
    number, word = number_of(desk.chain, body), item_of(item)
    letter = Letter(word, question.name, _content(question))
    digest = _sealed(desk, QUESTION, letter, number, int(of).to_bytes(32, "big"))
    earlier = _event(desk, "AppraisalAsked", asker=own_agency(desk), body=number, message=digest)
    done = _once(
        desk,
        word,
        f"0x{word.hex()[:10]}",
        "ask",
        earlier,
        lambda: appraisals.ask(desk.ledger, desk.signer, number, of, word, due, digest),
    )
    event = next(each for each in done.receipt.events if each.name == "AppraisalAsked")
    return doing.Done(bytes(event.args["appraisal"]), done.name, done.receipt, done.before)


def opine(desk: Desk, text: str, item: str, opinion: Path) -> Done:
    """Give an opinion, as the body that was asked; the item is named again, so that no other is meant."""
    asked = _asked(desk, text)
    appraisal, word = bytes(asked.args["appraisal"]), item_of(item)
    letter = Letter(word, opinion.name, _content(opinion))
    digest = _sealed(desk, OPINION, letter, int(asked.args["asker"]), appraisal)
    return _once(
        desk,
        appraisal,
        f"0x{appraisal.hex()[:10]}",
        "opine",
        _event(desk, "OpinionGiven", appraisal=appraisal),
        lambda: appraisals.opine(desk.ledger, desk.signer, appraisal, word, digest),
    )


def decline(desk: Desk, text: str, reason: DeclineReason) -> Done:
    """Do not give an opinion, as the body that was asked."""
    appraisal = bytes(_asked(desk, text).args["appraisal"])
    return _once(
        desk,
        appraisal,
        f"0x{appraisal.hex()[:10]}",
        "decline",
        _event(desk, "AppraisalDeclined", appraisal=appraisal),
        lambda: appraisals.decline(desk.ledger, desk.signer, appraisal, int(reason)),
    )


def show(desk: Desk, text: str) -> Appraisal:
    """An appraisal as it stands, with what the own agency can open of it.

    Raises:
        UsageError: there is none.
        VerificationError: a message is about another item than the chain says.
    """
    asked = _asked(desk, text)
    args, chain = asked.args, desk.chain
    key, item = bytes(args["appraisal"]), bytes(args["item"])
    known = appraisals.opinion_of(chain, key)
    declined = _event(desk, "AppraisalDeclined", appraisal=key)
    given = bool(known and known.given_at)
    of = AppraisalField(args["field"])
    return Appraisal(
        id=key,
        asker=args["asker"],
        body=args["body"],
        field=of,
        item=item,
        due=args["due"],
        given_at=known.given_at if known else 0,
        declined=DeclineReason(declined.args["reason"]) if declined else None,
        accredited=appraisals.is_accredited_at(chain, args["body"], of, chain.now()),
        question=_opened(desk, QUESTION, bytes(args["message"]), item),
        opinion=_opened(desk, OPINION, known.opinion, item) if known and given else None,
    )


def item_of(text: str) -> bytes:
    """Hash of an item: a package's root, a hash as it is, else keccak256 of a file.

    Raises:
        UsageError, FileError: it is nothing of this kind.
    """
    digits = text.lower().removeprefix("0x")
    if len(digits) == 64 and all(each in "0123456789abcdef" for each in digits):
        return bytes.fromhex(digits)
    path = Path(text)
    return Package.open(path).root() if path.is_dir() else bytes(keccak(_content(path, most=1 << 30)))


def _asked(desk: Desk, text: str) -> Event:
    begins = text.lower().removeprefix("0x")
    events = desk.chain.events(APPRAISALS, "AppraisalAsked")
    found = [each for each in events if len(begins) >= 6 and each.args["appraisal"].hex().startswith(begins)]
    if len(found) != 1:
        raise UsageError(
            f"{len(found) or 'No'} appraisals begin with '{text[:70]}'.",
            code="appraisal.unknown",
            kept=_NOT_SENT,
            next="Give 0x and at least 6 digits of its key, as it was told when it was asked.",
        )
    return found[0]


def _event(desk: Desk, name: str, **values: Any) -> Event | None:
    for each in reversed(eventlog.of(desk.chain, APPRAISALS, (name,))):
        if all(each.args[key] == value for key, value in values.items()):
            return each
    return None


def _once(
    desk: Desk, about: bytes, name: str, act: str, earlier: Event | None, send: Callable[[], Receipt]
) -> Done:
    return doing.once(desk, about, name, None, act, earlier, send)


def _sealed(desk: Desk, kind: str, letter: Letter, to: int, about: bytes) -> bytes:
    """Seal a letter to an agency and leave it in the mailbox; the same letter keeps its hash."""
    plain = canonical.dumps(_json(letter))
    key = keccak(plain + kind.encode() + to.to_bytes(4, "big") + about).hex()
    note = desk.workspace.root / "appraisals" / key
    with store.guard("note what was sealed"):
        if note.exists():
            digest = bytes.fromhex(note.read_text(encoding="ascii"))
            post.send(desk, [post.fetch(desk, digest)])
            return digest
        envelope = post.seal(desk.chain, plain, to=to, kind=kind)
        digest = post.keep(desk, envelope.to_bytes())
        note.parent.mkdir(exist_ok=True)
        store.write(note, digest.hex().encode())
    post.send(desk, [envelope.to_bytes()])
    return digest


def _opened(desk: Desk, kind: str, digest: bytes, item: bytes) -> Letter | None:
    """A letter, if it can be opened here."""
    try:
        data = post.unseal(desk, own_agency(desk), digest, kind)
    except ConcordatError:  # for somebody else, or nowhere in reach
        return None
    values = canonical.loads(data, "the letter")
    fields.check(values, "the letter", _FORM)
    if bytes.fromhex(values["item"][2:]) != item:
        raise VerificationError(
            "The letter is about another item than the chain says.", code="appraisal.other_item"
        )
    try:
        content = base64.b64decode(values["content"], validate=True)
    except (binascii.Error, ValueError) as error:
        raise VerificationError("The letter's content is not base64.", code="appraisal.content") from error
    return Letter(item, PurePosixPath(values["name"].replace("\\", "/")).name or "letter", content)


def _json(letter: Letter) -> dict[str, Any]:
    return {
        "concordat": FORMAT,
        "item": f"0x{letter.item.hex()}",
        "name": letter.name,
        "content": base64.b64encode(letter.content).decode(),
    }


def _content(path: Path, most: int = LARGEST) -> bytes:
    with store.guard(f"read {path}", kept=_NOT_SENT), path.open("rb") as stream:
        data = stream.read(most + 1)
    if not data or len(data) > most:
        raise UsageError(
            f"{path.name} is {'too large' if data else 'empty'}.", code="appraisal.file", kept=_NOT_SENT
        )
    return data


_FORM: Final[Mapping[str, fields.Check]] = {
    "concordat": fields.one_of(FORMAT),
    "item": fields.hexed(32, "0x"),
    "name": fields.text,
    "content": fields.text,
}
