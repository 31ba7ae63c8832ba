# SPDX-License-Identifier: Apache-2.0
"""Grants: given, passed on, taken back; and nothing is sealed beyond one, or after its end."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from eth_abi.abi import encode
from eth_utils.crypto import keccak

from concordat.casework import doing
from concordat.casework.cooperating import audience, grants, sharedpost
from concordat.casework.cooperating.casenames import NOT_SENT, short
from concordat.casework.cooperating.grants import Grant
from concordat.casework.cooperating.shelf import Shelf
from concordat.casework.desk import Desk
from concordat.casework.freezing.offices import number_of, own_agency
from concordat.cooperation import shareditems, sharing
from concordat.cooperation.shareditems import SEALED_KIND, Item, SharedItems, items_hash, read_items
from concordat.cooperation.words import Handling, Purpose
from concordat.errors import UsageError, VerificationError
from concordat.evidence import canonical, fields, store
from concordat.ledger.protocol import Event, Receipt

Done = doing.Done[Any]
LARGEST: Final = 4 << 20
_SECRET: Final = 32


@dataclass(frozen=True)
class Sent:
    """Items that were sealed under a grant.

    Attributes:
        proofs: ids of the resident ones, of which the proof alone went.
        left_out: fields that are in the file and were not granted.
    """

    grant: Grant
    digest: bytes
    ids: tuple[str, ...]
    proofs: tuple[str, ...]
    left_out: tuple[str, ...]
    carried: bool


@dataclass(frozen=True)
class Opened:
    """Items that came under a grant."""

    grant: Grant
    items: tuple[Item, ...] = field(repr=False)


def give(
    desk: Desk, to: str, path: Path, mask: int, purpose: Purpose, handling: Handling, until: int
) -> tuple[Done, bytes]:
    """Let an agency read named fields of the items of a file; nothing is sent to it yet. Gives the grant.

    Args:
        desk: of an officer with ANSWER, ASK or LEAD.
        to: the agency.
        path: file of the items, see :mod:`concordat.cooperation.shareditems`.
        mask: bits of the fields.
        purpose: for what.
        handling: how far it may go.
        until: seconds since 1970 UTC.
    """
    items, recipient, own = _items(path), number_of(desk.chain, to), own_agency(desk)
    ids = sorted(each.id for each in items)
    terms = {
        "to": recipient,
        "fields": mask,
        "purpose": int(purpose),
        "handling": int(handling),
        "until": until,
    }
    shelf = _shelf(desk)
    for key, kept in shelf.every():
        same = kept["own"] and kept["ids"] == ids and kept["terms"] == terms
        if same and not _event(desk, "Revoked", key):
            return _given(desk, key, kept), key
    salt = secrets.token_bytes(_SECRET)
    key = _grant_id(own, recipient, items_hash(salt, ids), mask, purpose, handling, until)
    kept = {
        "own": True,
        "salt": salt.hex(),
        "secret": secrets.token_hex(_SECRET),
        "ids": ids,
        "terms": terms,
    }
    shelf.put(key, kept)
    return _given(desk, key, kept), key


def revoke(desk: Desk, text: str) -> Done:
    """Take a grant back; from then on nothing is sealed under it, nor under what was passed on from it."""
    found = grants.named(desk, text)
    return _once(
        desk, found.id, "revoke", "Revoked", lambda: sharing.revoke(desk.ledger, desk.signer, found.id)
    )


def forward(desk: Desk, text: str, to: str, mask: int | None, until: int | None) -> tuple[Done, bytes]:
    """Pass on what was received, no wider and no longer, where its handling lets it. Gives the new grant.

    Args:
        desk: of the recipient.
        text: which grant.
        to: the agency.
        mask: bits of the fields; None: all that were granted.
        until: seconds since 1970 UTC; None: as long as the grant.
    """
    found, recipient = grants.named(desk, text), number_of(desk.chain, to)
    bits, end = found.fields if mask is None else mask, found.until if until is None else until
    onward = bytes(
        keccak(
            encode(
                ["bytes32", "uint32", "uint32", "uint8", "uint40"],
                [found.id, recipient, bits, int(found.purpose), end],
            )
        )
    )
    earlier = [
        each for each in sharing.passed_on(desk.chain, grant_id=found.id) if each.args["onward"] == onward
    ]
    done: Done = doing.once(
        desk,
        onward,
        short(onward),
        None,
        "forward",
        earlier[-1] if earlier else None,
        lambda: sharing.forward(desk.ledger, desk.signer, found.id, recipient, bits, found.purpose, end),
    )
    return done, onward


def send(desk: Desk, text: str, path: Path, mask: int | None = None) -> Sent:
    """Seal items to the recipient of a grant: the granted fields of the granted items, and no more.

    Of resident items the proof goes alone. What the chain does not permit now is refused before anything is
    sealed.

    Args:
        desk: of the giver.
        text: which grant.
        path: file of the items.
        mask: bits of fewer fields than were granted; None: all of them.

    Raises:
        UsageError: it is outside the grant: fields, items, time, or it was revoked.
    """
    grant, items, own = grants.named(desk, text), _items(path), own_agency(desk)
    if grant.giver != own:
        raise _outside(f"{short(grant.id)} was given by another agency.", "Use the grant that you gave.")
    bits = grant.fields if mask is None else mask
    if not sharing.permits(desk.chain, grant.id, grant.to, bits, grant.purpose, desk.clock.now):
        raise _outside(
            f"{short(grant.id)} does not permit this: it is over, revoked, or has fewer fields.",
            f"See what it permits: concordat case grant check {short(grant.id)}; or give another one.",
        )
    audience.require_in(desk, [grant.to])
    salt, secret, ids = _opening(desk, grant)
    beyond = sorted(each.id for each in items if each.id not in ids)
    if beyond:
        raise _outside(
            f"These items are not granted: {', '.join(beyond[:10])}.", "Take them out, or give another grant."
        )
    narrowed = tuple(each.narrowed(bits, secret) for each in items)
    message = SharedItems(grant.id, salt, ids, narrowed)
    envelope = sharedpost.seal(desk, message.to_bytes(), SEALED_KIND, [grant.to])
    return Sent(
        grant,
        envelope.hash,
        tuple(each.id for each in narrowed),
        tuple(each.id for each in narrowed if each.resident),
        _left_out(items, bits),
        sharedpost.send(desk, envelope.data),
    )


def open_(desk: Desk, data: bytes, out: Path | None = None) -> Opened:
    """Open items that came under a grant; refused once the grant is over.

    Args:
        desk: of the recipient.
        data: the message's file.
        out: where they are written, in the form in which they can be passed on.

    Raises:
        UsageError: the grant is over, or of another agency.
        VerificationError: the message was changed, or holds what was not granted.
    """
    sent = shareditems.read_sealed(sharedpost.opened(desk, data, SEALED_KIND))
    grant, own = grants.named(desk, f"0x{sent.grant.hex()}"), own_agency(desk)
    if grant.to != own or not grant.allows:
        raise _outside(
            f"{short(grant.id)} is over, was revoked, or is of another agency.", "Ask for a new grant."
        )
    if items_hash(sent.salt, sent.ids) != grant.items:
        raise VerificationError(
            "The message names other items than were granted.",
            code="grant.items",
            kept="Nothing of it was used.",
            next="Ask the sender to send what was granted.",
        )
    items = tuple(_within(each, grant.fields) for each in sent.items)
    shelf = _shelf(desk)
    kept = {
        "own": False,
        "salt": sent.salt.hex(),
        "secret": secrets.token_hex(_SECRET),
        "ids": list(sent.ids),
        "terms": {},
    }
    if shelf.get(grant.id) is None:
        shelf.put(grant.id, kept)
    if out is not None:
        with store.guard(f"write {out}"):
            store.write(out, canonical.dumps(shareditems.as_file(items)))
    return Opened(grant, items)


def _opening(desk: Desk, grant: Grant) -> tuple[bytes, bytes, tuple[str, ...]]:
    """Salt, own secret and ids of a grant; of one that was passed on, those of the one it came from."""
    kept = _shelf(desk).get(grant.parent or grant.id)
    if kept is None:
        raise _outside(
            f"What {short(grant.id)} is about is not known here.",
            "Restore the workspace from a backup; of what you pass on, open first what came: "
            "concordat case grant open HASH",
        )
    return bytes.fromhex(kept["salt"]), bytes.fromhex(kept["secret"]), tuple(kept["ids"])


def _within(item: Item, mask: int) -> Item:
    """An item as it came, if it has no more than was granted."""
    names = {str(each.name) for each in shareditems.fields_in(mask)}
    if set(item.values) - names or (item.resident and item.values):
        raise VerificationError(
            f"The item {item.id} holds more than was granted.",
            code="grant.items",
            kept="Nothing of it was used.",
            next="Tell the sender.",
        )
    return item


def _left_out(items: Iterable[Item], mask: int) -> tuple[str, ...]:
    names = {str(each.name) for each in shareditems.fields_in(mask)}
    return tuple(sorted({name for each in items for name in each.values} - names))


def _given(desk: Desk, key: bytes, kept: dict[str, Any]) -> Done:
    terms = kept["terms"]
    digest = items_hash(bytes.fromhex(kept["salt"]), kept["ids"])
    return _once(
        desk,
        key,
        "grant",
        "Granted",
        lambda: sharing.grant(
            desk.ledger,
            desk.signer,
            terms["to"],
            digest,
            terms["fields"],
            Purpose(terms["purpose"]),
            Handling(terms["handling"]),
            terms["until"],
        ),
    )


def _grant_id(
    giver: int, to: int, items: bytes, mask: int, purpose: Purpose, handling: Handling, until: int
) -> bytes:
    types = ["uint32", "uint32", "bytes32", "uint32", "uint8", "uint8", "uint40"]
    return bytes(keccak(encode(types, [giver, to, items, mask, int(purpose), int(handling), until])))


def _event(desk: Desk, name: str, grant: bytes) -> Event | None:
    found = [each for each in sharing.history(desk.chain, grant) if each.name == name]
    return found[-1] if found else None


def _once(desk: Desk, key: bytes, act: str, name: str, send_: Callable[[], Receipt]) -> Done:
    return doing.once(desk, key, short(key), None, act, _event(desk, name, key), send_)


def _items(path: Path) -> tuple[Item, ...]:
    with store.guard(f"read {path}", kept=NOT_SENT), path.open("rb") as stream:
        data = stream.read(LARGEST + 1)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _outside(f"{path.name} is not UTF-8 text.", "Save it as UTF-8.") from error
    if len(data) > LARGEST:
        raise _outside(f"{path.name} is larger than 4 MiB.", "Split it.")
    return read_items(text, path.name)


def _outside(what: str, advice: str) -> UsageError:
    return UsageError(what, code="grant.outside", kept="Nothing was sealed or sent.", next=advice)


def _shelf(desk: Desk) -> Shelf:
    return Shelf(desk, "grants", _FORM)


_FORM: Final[dict[str, fields.Check]] = {
    "own": fields.flag,
    "salt": fields.hexed(_SECRET),
    "secret": fields.hexed(_SECRET),
    "ids": fields.list_of(fields.text),
    "terms": lambda value: isinstance(value, dict),
}
