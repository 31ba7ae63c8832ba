# SPDX-License-Identifier: Apache-2.0
"""Notes of intelligence: sealed to named agencies, opened, passed on within their handling code, merged.

Nothing of it goes on the chain. Each step from agency to agency is signed by an officer, and whoever opens a
note checks every step: who gave it to whom, and whether the handling code let it go there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from eth_account import Account
from eth_account.messages import encode_typed_data
from eth_utils.crypto import keccak

from concordat.casework.cooperating import audience
from concordat.casework.desk import Desk
from concordat.casework.freezing import post
from concordat.casework.freezing.offices import called, names, own_agency
from concordat.cooperation.intelligence import merging, notes
from concordat.cooperation.intelligence.merging import Merged
from concordat.cooperation.intelligence.notes import Note
from concordat.errors import UsageError, VerificationError
from concordat.evidence import canonical, fields, store, typed
from concordat.mail.sealed import Envelope
from concordat.membership import agencies, officers

SEALED_KIND: Final = "intel-note"
FOLDER: Final = "intel"
SHORTEST: Final = 6
"""Digits by which a note may be shortened."""
LARGEST: Final = 16 << 20
HOP: Final[Mapping[str, list[dict[str, str]]]] = {
    "IntelligenceHop": [
        {"name": "note", "type": "bytes32"},
        {"name": "before", "type": "bytes32"},
        {"name": "from", "type": "uint32"},
        {"name": "to", "type": "uint32"},
        {"name": "at", "type": "uint40"},
    ]
}


@dataclass(frozen=True)
class Held:
    """A note in this workspace.

    Attributes:
        hops: each step by which it came here, as in the message; none of an own one.
        given: hash of the message to each agency to which it was given from here, by number.
    """

    note: Note = field(repr=False)
    hops: tuple[Mapping[str, Any], ...] = ()
    given: Mapping[int, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        given = {str(agency): digest for agency, digest in self.given.items()}
        return {"note": self.note.as_json(), "hops": [dict(each) for each in self.hops], "given": given}


@dataclass(frozen=True)
class Given:
    """A note that was sealed to an agency.

    Attributes:
        digest: hash of the message, 0x and 64 digits.
        before: it had been given before; nothing was sealed now.
        posted: it lies in the mailbox; else carry it by hand: concordat freeze message export.
    """

    note: Note = field(repr=False)
    agency: int
    name: str
    digest: str
    before: bool
    posted: bool


def new(desk: Desk, kind: notes.NoteKind, out: Path) -> str:
    """Write the template of a note.

    Raises:
        UsageError: the file exists.
    """
    if out.exists():
        raise UsageError(f"{out.name} exists.", code="file.exists", kept="It was not touched.")
    text = notes.template(kind, called(names(desk.chain), own_agency(desk)))
    with store.guard(f"write {out.name}"):
        store.write(out, text.encode())
    return text


def send(desk: Desk, path: Path, to: Sequence[str]) -> list[Given]:
    """Seal an own note to agencies; again does no harm.

    Raises:
        MistakesError: the file has mistakes.
        UsageError: there is no such agency, it has no key, or the number is another note's.
    """
    own = own_agency(desk)
    with store.guard(f"read {path}"):
        text = path.read_text(encoding="utf-8")
    note = notes.parse(text, path.name, own, called(names(desk.chain), own), desk.clock.now)
    return _give(desk, _known_before(desk, note) or Held(note), to)


def forward(desk: Desk, text: str, to: Sequence[str]) -> list[Given]:
    """Pass a note on, as far as its handling code lets it.

    Raises:
        AuthorityError: it may not go to one of them; it is given to nobody.
    """
    return _give(desk, find(desk, text), to)


def open_(desk: Desk, digest: bytes) -> Held:
    """Open a note that came, check every step of its way, and keep it.

    Raises:
        UsageError: the message is nowhere, or for another agency.
        VerificationError: it was changed, a signature does not hold, or it went beyond its handling code.
    """
    own = own_agency(desk)
    values = canonical.loads(post.unseal(desk, own, digest, SEALED_KIND), "The note")
    fields.check(values, "The note", _MESSAGE)
    held = Held(notes.from_json(values["note"]), tuple(values["hops"]))
    _check_way(desk, held, own)
    known = _read_all(desk).get(held.note.id)
    if known is None:
        _keep(desk, held)
    return known or held


def merge(desk: Desk, texts: Sequence[str], number: str) -> Merged:
    """Merge notes of this workspace into an own one, which keeps all sources and the strictest handling."""
    own = own_agency(desk)
    found = [find(desk, each).note for each in texts]
    merged = merging.merge(found, number, own, desk.clock.now)
    if _known_before(desk, merged.note) is None:
        _keep(desk, Held(merged.note))
    return merged


def held(desk: Desk) -> list[Held]:
    """All notes of this workspace, oldest first."""
    return sorted(_read_all(desk).values(), key=lambda each: each.note.written_at)


def find(desk: Desk, text: str) -> Held:
    """The note of a number, or of an id or its beginning (0x…).

    Raises:
        UsageError: there is none, or several.
    """
    found = [
        each
        for note_id, each in _read_all(desk).items()
        if text == each.note.number
        or (len(text) >= SHORTEST + 2 and f"0x{note_id.hex()}".startswith(text.lower()))
    ]
    if len(found) != 1:
        raise UsageError(
            f"{len(found) or 'No'} notes are called '{text}'.",
            code="intel.note",
            kept="Nothing was sent.",
            next="See which there are: concordat intel list",
        )
    return found[0]


def _give(desk: Desk, source: Held, to: Sequence[str]) -> list[Given]:
    own, note = own_agency(desk), source.note
    readers = [agencies.find_agency(desk.chain, each) for each in to]
    for each in readers:
        notes.require_may_go(note, own, each.number, each.name)
    audience.require_in(desk, [each.number for each in readers])
    given = dict(source.given)
    results = []
    for each in readers:
        before = each.number in given
        posted = True
        if not before:
            hops = [*source.hops, _hop(desk, source, own, each.number)]
            message = canonical.dumps({"note": note.as_json(), "hops": [dict(hop) for hop in hops]})
            envelope = post.seal(desk.chain, message, to=each.number, kind=SEALED_KIND)
            given[each.number] = f"0x{post.keep(desk, envelope.to_bytes()).hex()}"
            posted = post.send(desk, [envelope.to_bytes()])
            _keep(desk, Held(note, source.hops, given))
        results.append(Given(note, each.number, each.name, given[each.number], before, posted))
    return results


def envelope_of(desk: Desk, digest: str) -> Envelope:
    """The sealed message of a hash, to be carried by hand."""
    return Envelope.from_bytes(post.fetch(desk, bytes.fromhex(digest[2:])))


def _hop(desk: Desk, source: Held, own: int, to: int) -> dict[str, Any]:
    made = {"from": own, "to": to, "at": desk.clock.now}
    signature = desk.signer.sign_typed(
        _domain(desk), HOP, "IntelligenceHop", _message(source.note, source.hops, made)
    )
    return {**made, "signature": f"0x{signature.hex()}"}


def _check_way(desk: Desk, found: Held, own: int) -> None:
    """Every step: one after the other to here, signed by an officer, and let by the handling code."""
    at = found.note.agency
    for place, hop in enumerate(found.hops):
        if hop["from"] != at:
            raise _broken("its way has a gap")
        signer = _signer(desk, found, place)
        office = officers.appointment_at(desk.chain, signer, hop["at"])
        account = agencies.agency_of_account(desk.chain, signer)
        if hop["from"] not in (office.agency if office else 0, account):
            raise _broken(f"step {place + 1} is not signed by an officer of who gave it")
        if not notes.may_go(found.note, hop["from"], hop["to"]):
            raise _broken(f"step {place + 1} goes beyond {found.note.handling.label().en}")
        at = hop["to"]
    if not found.hops or at != own:
        raise _broken("its way does not end here")


def _signer(desk: Desk, found: Held, place: int) -> str:
    hop = found.hops[place]
    message = _message(found.note, found.hops[:place], hop)
    signable = encode_typed_data(_domain(desk), dict(HOP), message)
    try:
        return str(Account.recover_message(signable, signature=hop["signature"]))
    except Exception as error:  # eth_account raises several unrelated kinds for what is no signature
        raise _broken(f"step {place + 1} has no signature") from error


def _message(note: Note, before: Sequence[Mapping[str, Any]], hop: Mapping[str, Any]) -> dict[str, Any]:
    earlier = bytes(keccak(canonical.dumps([dict(each) for each in before])))
    return {"note": note.id, "before": earlier, "from": hop["from"], "to": hop["to"], "at": hop["at"]}


def _domain(desk: Desk) -> dict[str, Any]:
    chain = desk.chain
    return typed.domain(chain.chain_id, chain.address("AgencyRegistry"), chain.genesis_id)


def _known_before(desk: Desk, note: Note) -> Held | None:
    """The own note of the same number, if it says the same.

    Raises:
        UsageError: it says something else.
    """
    for each in _read_all(desk).values():
        if (each.note.agency, each.note.number) != (note.agency, note.number):
            continue
        if {**each.note.as_json(), "writtenAt": 0} == {**note.as_json(), "writtenAt": 0}:
            return each
        raise UsageError(
            f"{note.number} is the number of another note.",
            code="intel.number",
            kept="Nothing was sent.",
            next="What was said stays said: give this one a new number.",
        )
    return None


def _folder(desk: Desk) -> Path:
    return desk.workspace.root / FOLDER


def _keep(desk: Desk, found: Held) -> None:
    with store.guard("keep a note"):
        store.write(_folder(desk) / f"{found.note.id.hex()}.json", canonical.dumps(found.as_json()))


def _read_all(desk: Desk) -> dict[bytes, Held]:
    found = {}
    folder = _folder(desk)
    with store.guard("read the notes"):
        paths = sorted(folder.glob("*.json")) if folder.is_dir() else []
        files = [(path, path.read_bytes()) for path in paths if path.stat().st_size <= LARGEST]
    for path, data in files:
        values = canonical.loads(data, path.name)
        fields.check(values, path.name, _FILE)
        given = {int(agency): digest for agency, digest in values["given"].items()}
        each = Held(notes.from_json(values["note"], path.name), tuple(values["hops"]), given)
        found[each.note.id] = each
    return found


def _broken(why: str) -> VerificationError:
    return VerificationError(
        f"This note is not to be trusted: {why}.",
        code="intel.broken",
        kept="It was not kept.",
        next="Call whoever sent it back by a number that you know already.",
    )


def _is_group(value: Any) -> bool:
    return isinstance(value, dict)


_HOP: Final[Mapping[str, fields.Check]] = {
    "from": fields.number(1, (1 << 32) - 1),
    "to": fields.number(1, (1 << 32) - 1),
    "at": fields.number(0, (1 << 40) - 1),
    "signature": fields.hexed(65, "0x"),
}
_MESSAGE: Final[Mapping[str, fields.Check]] = {
    "note": _is_group,
    "hops": fields.list_of(fields.within(_HOP)),
}
_FILE: Final[Mapping[str, fields.Check]] = {**_MESSAGE, "given": _is_group}
