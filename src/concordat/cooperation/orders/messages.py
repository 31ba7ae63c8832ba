# SPDX-License-Identifier: Apache-2.0
"""What the two sides tell each other about a request: typed content with a version, sealed to its reader.

A message that opens a request holds it whole, with the salt: whoever gets it recomputes the commitment on the
chain, so nobody can be shown another request than was sent. Every other message names the request by its key.
All of it is sealed (``mail/sealed.py``) before it leaves; `READERS` says to whom.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum, unique
from typing import Any, Final, TypeVar

from eth_utils.crypto import keccak

from concordat.assets.orders.fieldtree import LAST_SECOND, Field, MistakesError, read_json
from concordat.cooperation.answers import MOST_REFERENCES, Reference
from concordat.cooperation.orders import checklist as checklists
from concordat.cooperation.orders.checklist import Checklist
from concordat.cooperation.orders.request import Request, order_commitment
from concordat.cooperation.orders.requestfile import read_request, read_word
from concordat.cooperation.words import PostponeReason, ReferenceKind, RefusalGround, ShortAnswer, Word
from concordat.errors import ConcordatError, VerificationError
from concordat.evidence import canonical

FORMAT: Final = "assistance-message/1"
MOST_ITEMS: Final = 200
MAX_WORDS: Final = 8_000

W = TypeVar("W", bound=Word)


@unique
class MessageType(StrEnum):
    """What a message is."""

    REQUEST = "request"
    PASSED_ON = "passed-on"
    ASSIGNED = "assigned"
    SUPPLEMENT_ASKED = "supplement-asked"
    SUPPLEMENT = "supplement"
    CONDITIONS = "conditions"
    POSTPONED = "postponed"
    REFUSAL = "refusal"
    ANSWER = "answer"

    @property
    def sealed_kind(self) -> str:
        """What stands on the outside of the envelope."""
        return f"assistance-{self.value}"


@unique
class Side(StrEnum):
    """Who has to do with a request."""

    ASKER = "asker"
    OWN_AUTHORITY = "own authority"
    RECEIVER = "receiver"
    EXECUTOR = "executor"


#: Who may read a message. Central authorities read what they pass on and assign; what is answered goes to the
#: asker alone, and what is asked in between to the executor alone.
READERS: Final[Mapping[MessageType, tuple[Side, ...]]] = {
    MessageType.REQUEST: (Side.OWN_AUTHORITY, Side.RECEIVER),
    MessageType.PASSED_ON: (Side.RECEIVER,),
    MessageType.ASSIGNED: (Side.EXECUTOR,),
    MessageType.SUPPLEMENT_ASKED: (Side.ASKER,),
    MessageType.SUPPLEMENT: (Side.EXECUTOR,),
    MessageType.CONDITIONS: (Side.ASKER,),
    MessageType.POSTPONED: (Side.ASKER,),
    MessageType.REFUSAL: (Side.ASKER,),
    MessageType.ANSWER: (Side.ASKER,),
}


def reader_of(kind: MessageType, *, direct: bool) -> Side:
    """To whom a message is sealed; a direct request skips the own central authority."""
    sides = READERS[kind]
    return sides[-1] if direct else sides[0]


@dataclass(frozen=True, slots=True)
class Opening:
    """A request whole: as it is sent, passed on or assigned.

    Attributes:
        note: of whoever passes it on or assigns it.
    """

    request: Request
    salt: bytes = field(repr=False)
    checklist: Checklist | None = None
    note: str | None = None

    @property
    def commitment(self) -> bytes:
        """``order`` on the chain, recomputed."""
        return order_commitment(self.request, self.salt)

    def check(self, order: bytes, checklist: bytes) -> None:
        """See that the message says what was committed to on the chain.

        Raises:
            VerificationError: it speaks of another request, or another checklist.
        """
        own = self.checklist.hash if self.checklist else bytes(32)
        if (self.commitment, own) == (order, checklist):
            return
        what = "request" if self.commitment != order else "checklist"
        raise VerificationError(
            f"The message holds another {what} than the one on the chain.",
            code="assistance.not_committed",
            kept="Nothing was acknowledged or answered.",
            next="Call the asking agency back by a number that you know already.",
        )


@dataclass(frozen=True, slots=True)
class Words:
    """Text and a list: what is asked in addition, or given, or the conditions."""

    text: str
    entries: tuple[str, ...] = ()

    @property
    def hash(self) -> bytes:
        """keccak256 of the canonical JSON: ``conditions`` on the chain."""
        return bytes(keccak(canonical.dumps({"text": self.text, "entries": list(self.entries)})))


@dataclass(frozen=True, slots=True)
class Postponement:
    """Until when, and why."""

    until: int
    reason: PostponeReason
    text: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """On which ground, and why it applies."""

    ground: RefusalGround
    text: str


@dataclass(frozen=True, slots=True)
class Cited:
    """What an answer points at, and what that is, in words.

    Attributes:
        about: of a document its name.
        sealed: hash of the sealed message that holds the document; None: none travels with it.
    """

    reference: Reference
    about: str
    sealed: bytes | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A part of the answer, or the whole."""

    complete: bool
    text: str
    short: ShortAnswer | None = None
    cited: tuple[Cited, ...] = ()


Body = Opening | Words | Postponement | Refusal | Answer


@dataclass(frozen=True, slots=True)
class Message:
    """One message.

    Attributes:
        request: key of the request; 32 bytes.
    """

    kind: MessageType
    request: bytes
    body: Body

    def to_bytes(self) -> bytes:
        """Canonical JSON, to be sealed."""
        return canonical.dumps(
            {
                "concordat": FORMAT,
                "type": self.kind.value,
                "request": f"0x{self.request.hex()}",
                "body": _json(self.body),
            }
        )


def read(data: bytes, what: str = "The message") -> Message:
    """Read a message after it was unsealed.

    Raises:
        MistakesError: it is not of this form; every mistake with its field.
    """
    tree = read_json(data)
    found = None if tree.mistakes else _message(tree.root())
    if tree.mistakes or found is None:
        raise MistakesError(what, tree.mistakes, code="assistance.message")
    return found


def expect(data: bytes, kind: MessageType, request: bytes) -> Message:
    """Read a message of a certain type about a certain request.

    Raises:
        MistakesError: it is not of this form.
        VerificationError: it is another one.
    """
    found = read(data)
    if (found.kind, found.request) != (kind, request):
        what = "of another type" if found.kind is not kind else "about another request"
        raise VerificationError(
            f"The message is {what} than is expected here.",
            code="assistance.other_message",
            kept="Nothing of it was used.",
            next="Ask the sender to send the original again.",
        )
    return found


def _message(root: Field) -> Message | None:
    parts = root.keys(("concordat", "type", "request", "body"))
    if len(parts) < 4:
        return None
    parts["concordat"].word({FORMAT: FORMAT}, "format")
    kind = parts["type"].word({each.value: each for each in MessageType}, "type")
    request = read_word(parts["request"])
    body = _BODIES[kind](parts["body"]) if kind else None
    if root.tree.mistakes or kind is None or request is None or body is None:
        return None
    return Message(kind, request, body)


def _json(body: Body) -> dict[str, Any]:
    given: dict[str, Any]
    match body:
        case Opening():
            given = {
                "request": body.request.as_json(),
                "salt": f"0x{body.salt.hex()}",
                "checklist": dict(body.checklist.content) if body.checklist else None,
                "note": body.note,
            }
        case Words():
            given = {"text": body.text, "entries": list(body.entries) or None}
        case Postponement():
            given = {"until": body.until, "reason": str(body.reason.name), "text": body.text}
        case Refusal():
            given = {"ground": str(body.ground.name), "text": body.text}
        case Answer():
            given = {
                "complete": body.complete,
                "text": body.text,
                "short": str(body.short.name) if body.short else None,
                "references": [_cited_json(each) for each in body.cited] or None,
            }
    return {key: value for key, value in given.items() if value is not None}


def _cited_json(cited: Cited) -> dict[str, Any]:
    reference = cited.reference
    return {
        "kind": str(reference.kind.name),
        "agency": reference.agency,
        "key": f"0x{reference.key.hex()}",
        "about": cited.about,
        **({"sealed": f"0x{cited.sealed.hex()}"} if cited.sealed else {}),
    }


def _opening(at: Field) -> Opening | None:
    parts = at.keys(("request", "salt"), ("checklist", "note"))
    request = read_request(parts["request"]) if "request" in parts else None
    salt = read_word(parts["salt"]) if "salt" in parts else None
    note = parts["note"].text(MAX_WORDS, lines=True) if "note" in parts else None
    found = _checklist(parts["checklist"]) if "checklist" in parts else None
    if request and (request.forum is not None) != ("checklist" in parts):
        at.wrong("a checklist travels with a request that names a forum, and with no other")
    if request and found and (found.forum, found.place) != (request.forum, request.to):
        parts["checklist"].wrong("it is of another forum or another country than the request")
    if request and found and set(found.standards) != set(request.methods):
        parts["checklist"].wrong("it covers other methods than the request")
    return Opening(request, salt, found, note) if request and salt else None


def _checklist(at: Field) -> Checklist | None:
    try:
        return checklists.read(at.value)
    except ConcordatError as error:
        at.wrong(error.message)
        return None


def _words(at: Field) -> Words | None:
    parts = at.keys(("text",), ("entries",))
    text = _text(parts)
    listed = parts["entries"].items(MOST_ITEMS) if "entries" in parts else ()
    entries = tuple(found for each in listed if (found := each.text(2_000)))
    return Words(text, entries) if text else None


def _postponement(at: Field) -> Postponement | None:
    parts = at.keys(("until", "reason", "text"))
    until = parts["until"].integer(0, LAST_SECOND) if "until" in parts else None
    reason, text = _coded(parts, "reason", PostponeReason), _text(parts)
    return Postponement(until, reason, text) if until is not None and reason and text else None


def _refusal(at: Field) -> Refusal | None:
    parts = at.keys(("ground", "text"))
    ground, text = _coded(parts, "ground", RefusalGround), _text(parts)
    return Refusal(ground, text) if ground and text else None


def _answer(at: Field) -> Answer | None:
    parts = at.keys(("complete", "text"), ("short", "references"))
    complete = parts["complete"].flag() if "complete" in parts else None
    text = _text(parts)
    short = _coded(parts, "short", ShortAnswer) if "short" in parts else None
    listed = parts["references"].items(MOST_REFERENCES) if "references" in parts else ()
    cited = tuple(found for each in listed if (found := _cited(each)))
    if short is not None and cited:
        parts["references"].wrong("an answer of yes, no or in part has no lists")
    if len({each.reference for each in cited}) < len(cited):
        parts["references"].wrong("one reference stands in it twice")
    return None if complete is None or text is None else Answer(complete, text, short, cited)


def _cited(at: Field) -> Cited | None:
    parts = at.keys(("kind", "agency", "key", "about"), ("sealed",))
    kind = _coded(parts, "kind", ReferenceKind)
    agency = parts["agency"].integer(0, 2**32 - 1) if "agency" in parts else None
    key = read_word(parts["key"]) if "key" in parts else None
    about = parts["about"].text(400) if "about" in parts else None
    if kind is None or agency is None or key is None or about is None:
        return None
    sealed = read_word(parts["sealed"]) if "sealed" in parts else None
    return Cited(Reference(kind, agency, key), about, sealed)


def _text(parts: Mapping[str, Field]) -> str | None:
    return parts["text"].text(MAX_WORDS, lines=True) if "text" in parts else None


def _coded(parts: Mapping[str, Field], key: str, words: type[W]) -> W | None:
    known = {str(each.name): each for each in words}
    return parts[key].word(known, key) if key in parts else None


_BODIES: Final[Mapping[MessageType, Callable[[Field], Body | None]]] = {
    MessageType.REQUEST: _opening,
    MessageType.PASSED_ON: _opening,
    MessageType.ASSIGNED: _opening,
    MessageType.SUPPLEMENT_ASKED: _words,
    MessageType.SUPPLEMENT: _words,
    MessageType.CONDITIONS: _words,
    MessageType.POSTPONED: _postponement,
    MessageType.REFUSAL: _refusal,
    MessageType.ANSWER: _answer,
}
