# SPDX-License-Identifier: Apache-2.0
"""The own record of a request: what each side sent, saw and did; signed, and verified without a node.

The record holds every event with its time and transaction, the sealed messages, what the own agency opened
of them, and the hashes of its papers. Whoever checks it recomputes key and commitment of the request and the
hash of each message, and compares them with the events; the signature says who stands for the events
themselves. With a node the events are compared with the chain's, too.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from eth_account import Account
from eth_account.messages import encode_typed_data
from eth_utils.crypto import keccak

from concordat.casework.cooperating import naming
from concordat.casework.cooperating.naming import NOT_SENT, Found
from concordat.casework.cooperating.opening import asked
from concordat.casework.cooperating.recordforms import FORM, FORMAT, ORDER, part
from concordat.casework.desk import Desk
from concordat.casework.freezing import post
from concordat.casework.freezing.offices import called, names, own_agency
from concordat.cooperation import answers, assistance
from concordat.cooperation.orders import messages
from concordat.cooperation.orders.messages import Opening
from concordat.cooperation.orders.request import request_id
from concordat.errors import ConcordatError, UsageError, VerificationError
from concordat.evidence import canonical, fields, store, typed
from concordat.ledger import eventlog
from concordat.ledger.protocol import Event, in_order
from concordat.mail import sealed
from concordat.membership import agencies
from concordat.membership.officers import appointments

LARGEST: Final = 64 << 20
RECORD: Final[Mapping[str, list[dict[str, str]]]] = {
    "AssistanceRecord": [
        {"name": "request", "type": "bytes32"},
        {"name": "agency", "type": "uint32"},
        {"name": "writtenAt", "type": "uint40"},
        {"name": "content", "type": "bytes32"},
    ]
}
_DIGESTS: Final = ("message", "conditions")


@dataclass(frozen=True)
class Verified:
    """A record whose signature and hashes hold.

    Attributes:
        signer: address that signed it.
        checked: what was recomputed, as sentences.
        with_chain: whether its events were compared with the chain's.
    """

    request: bytes
    agency: int
    agency_name: str
    signer: str
    written_at: int
    events: int
    messages: int
    opened: int
    checked: tuple[str, ...]
    with_chain: bool


def export(desk: Desk, text: str, out: Path, *, content: bool = True) -> Verified:
    """Write the own, signed record of a request.

    Args:
        desk: of an officer, or with the agency's own key.
        text: which request.
        out: the file to write.
        content: with what was opened; without it, nothing personal is in the record.

    Raises:
        UsageError: no request is meant, it was not sent, or the file exists.
        FileError: it cannot be written.
    """
    if out.exists():
        raise UsageError(
            f"{out.name} exists.", code="file.exists", kept="It was not touched.", next="Name another file."
        )
    found = naming.request_named(desk, text)
    asked(desk, found)
    body = _body(desk, found, content=content)
    signature = desk.signer.sign_typed(_domain(body), RECORD, "AssistanceRecord", _message(body))
    record = {**body, "signer": desk.signer.address.lower(), "signature": f"0x{signature.hex()}"}
    data = canonical.dumps(record)
    verified = verify(data)
    with store.guard(f"write {out.name}"):
        store.write(out, data)
    return verified


def read(path: Path) -> bytes:
    """A record's file.

    Raises:
        FileError: it cannot be read.
        VerificationError: it is larger than any record.
    """
    with store.guard(f"read {path}"), path.open("rb") as stream:
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise _broken("it is larger than any record")
    return data


def verify(data: bytes, desk: Desk | None = None) -> Verified:
    """Check a record: signature, key and commitment of the request, hash of every message.

    Args:
        data: the file.
        desk: compares suite and events with the chain as well; None: without a network.

    Raises:
        VerificationError: something does not hold; it says what.
    """
    record = _parsed(data)
    body = {key: value for key, value in record.items() if key not in ("signer", "signature")}
    signer = _signer(body, record["signature"])
    if signer.lower() != record["signer"]:
        raise _broken("it was changed after it was signed, or signed by another key than it names")
    checked = tuple(_checks(record))
    if desk is not None:
        checked += tuple(_on_chain(desk, record, signer))
    return Verified(
        request=_word(record["request"]),
        agency=record["agency"],
        agency_name=record["agencyName"],
        signer=signer,
        written_at=record["writtenAt"],
        events=len(record["events"]),
        messages=len(record["messages"]),
        opened=len(record["opened"]),
        checked=checked,
        with_chain=desk is not None,
    )


def require_suite(desk: Desk, data: bytes) -> None:
    """Refuse a record of another suite than the one that this workspace pinned; asks no node.

    Raises:
        VerificationError: it is of another one.
    """
    record, config = _parsed(data), desk.workspace.config
    if (record["chainId"], record["genesis"]) != (config.chain_id, config.genesis_id):
        raise _broken(f"it is of another suite than this workspace, on chain {record['chainId']}")


def _body(desk: Desk, found: Found, *, content: bool) -> dict[str, Any]:
    chain, own = desk.chain, own_agency(desk)
    history = (*assistance.history(chain, found.id), *answers.history(chain, found.id))
    events = eventlog.with_times(chain, in_order(history))
    digests = list(_digests(events))
    file = found.file
    opened = dict(file.opened()) if file and content else {}
    return {
        "concordat": FORMAT,
        "chainId": chain.chain_id,
        "genesis": f"0x{chain.genesis_id.hex()}",
        "contract": chain.address(assistance.REQUESTS).lower(),
        "request": f"0x{found.id.hex()}",
        "agency": own,
        "agencyName": called(names(chain), own),
        "writtenAt": max(desk.clock.now, chain.now()),
        "events": [event_json(each) for each in events],
        "messages": {f"0x{digest.hex()}": each for digest in digests if (each := _sealed(desk, digest))},
        "opened": {
            f"0x{digest.hex()}": canonical.loads(message.to_bytes(), "a message")
            for digest, message in opened.items()
        },
        "papers": _papers(found) if content else {},
    }


def event_json(event: Event) -> dict[str, Any]:
    """An event with its values, as records hold it."""
    return {
        "contract": event.contract,
        "name": event.name,
        "args": {key: _plain(value) for key, value in event.args.items()},
        "transaction": event.transaction,
        "block": event.block,
        "blockHash": event.block_hash,
        "logIndex": event.log_index,
        "time": event.time,
    }


def _checks(record: Mapping[str, Any]) -> Iterator[str]:
    request, events = record["request"], record["events"]
    strange = [each["name"] for each in events if each["args"].get("request") != request]
    if strange or not events or events[0]["name"] != "Asked":
        raise _broken("its events are not those of one request")
    committed, order = _committed(record)
    yield "the key of the request follows from asker and commitment"
    told = {str(each["args"].get(name)) for each in events for name in _DIGESTS} | {str(order["message"])}
    strangers = [digest for digest in (*record["messages"], *record["opened"]) if digest not in told]
    if strangers:
        raise _broken(f"no event names the message {strangers[0][:14]}…")
    for digest, data in record["messages"].items():
        if f"0x{sealed.digest(_binary(data)).hex()}" != digest:
            raise _broken(f"the message {digest[:14]}… has another hash")
    yield f"{len(record['messages'])} sealed messages have the hashes of the events"
    for digest, content in record["opened"].items():
        message = messages.read(canonical.dumps(content), "a message of the record")
        if f"0x{message.request.hex()}" != request:
            raise _broken(f"the opened message {digest[:14]}… is about another request")
        if isinstance(message.body, Opening):
            message.body.check(committed, _word(order["checklist"]))
    if record["opened"]:
        yield f"{len(record['opened'])} opened messages are about it, and the request opens the commitment"


def _committed(record: Mapping[str, Any]) -> tuple[bytes, Mapping[str, Any]]:
    """What was committed to, from which the key of the request follows; and the order on the chain."""
    args, request = record["events"][0]["args"], record["request"]
    asker, order = args.get("from"), args.get("order")
    if not fields.number(1, (1 << 32) - 1)(asker) or not fields.within(ORDER)(part(order)):
        raise _broken("its first event does not say who asked, and what was committed to")
    committed = _word(order["order"])
    if f"0x{request_id(asker, committed).hex()}" != request:
        raise _broken("the key of the request does not follow from who asked and what was committed to")
    return committed, order


def _on_chain(desk: Desk, record: Mapping[str, Any], signer: str) -> Iterator[str]:
    require_suite(desk, canonical.dumps(dict(record)))
    chain, request = desk.chain, _word(record["request"])
    history = (*assistance.history(chain, request), *answers.history(chain, request))
    there = [event_json(each) for each in eventlog.with_times(chain, in_order(history))]
    if there[: len(record["events"])] != record["events"]:
        raise _broken("its events are not those of the chain")
    later = len(there) - len(record["events"])
    yield f"all events are the chain's{f'; {later} came later' if later else ''}"
    agency = agencies.agency(chain, record["agency"])
    held = any(each.agency == agency.number for each in appointments(chain, signer))
    if agency.account.lower() != signer.lower() and not held:
        raise _broken(f"{signer} is neither {agency.name}'s key nor its officer's")
    yield f"{signer} is {agency.name}'s"


def _parsed(data: bytes) -> dict[str, Any]:
    try:
        record = canonical.loads(data, "the record")
        fields.check(record, "the record", FORM)
    except ConcordatError as error:
        raise _broken(error.message.rstrip(".")) from error
    return dict(record)


def _signer(body: Mapping[str, Any], signature: str) -> str:
    signable = encode_typed_data(_domain(body), dict(RECORD), _message(body))
    try:
        return str(Account.recover_message(signable, signature=bytes.fromhex(signature[2:])))
    except Exception as error:  # whatever the library finds wrong with hostile bytes
        raise _broken("its signature is none") from error


def _domain(body: Mapping[str, Any]) -> dict[str, Any]:
    return typed.domain(body["chainId"], body["contract"], _word(body["genesis"]))


def _message(body: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "request": _word(body["request"]),
        "agency": body["agency"],
        "writtenAt": body["writtenAt"],
        "content": bytes(keccak(canonical.dumps(dict(body)))),
    }


def _digests(events: list[Event]) -> Iterator[bytes]:
    """Hashes of the messages that the events name, each once."""
    seen: set[bytes] = set()
    for event in events:
        values = [event.args.get(name) for name in _DIGESTS]
        if event.name == "Asked":
            values.append(event.args["order"].message)
        for value in values:
            digest = bytes(value) if value is not None else b""
            if any(digest) and digest not in seen:
                seen.add(digest)
                yield digest


def _sealed(desk: Desk, digest: bytes) -> str | None:
    """A sealed message, where it is in reach; others' may not be."""
    try:
        return base64.b64encode(post.fetch(desk, digest)).decode()
    except ConcordatError:
        return None


def _papers(found: Found) -> dict[str, str]:
    folder = found.file.papers if found.file else None
    if folder is None or not folder.is_dir():
        return {}
    with store.guard("read the papers", kept=NOT_SENT):
        return {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.iterdir())
            if path.is_file()
        }


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return f"0x{value.hex()}"
    if isinstance(value, int) and not isinstance(value, bool) and value >= 1 << 53:
        return str(value)  # canonical JSON holds no larger number
    if hasattr(value, "_asdict"):
        return {key: _plain(each) for key, each in value._asdict().items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value


def _word(text: Any) -> bytes:
    try:
        found = bytes.fromhex(str(text)[2:])
    except ValueError as error:
        raise _broken("a hash in it is none") from error
    if len(found) != 32:
        raise _broken("a hash in it is none")
    return found


def _binary(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise _broken("a message in it is not base64") from error


def _broken(why: str) -> VerificationError:
    return VerificationError(
        f"This record does not hold: {why}.",
        code="record.broken",
        kept="Nothing was written.",
        next="Ask the agency that wrote it for the original file.",
    )
