# SPDX-License-Identifier: Apache-2.0
"""Private matching with another agency, in four steps whose messages are sealed files.

What was asked of whom is logged, and how many values one agency may ask about in a month is limited: each
one answered tells whether it is known here. Secrets of a matching are forgotten when it is over.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from eth_account import Account
from eth_account.messages import encode_typed_data
from eth_utils.crypto import keccak

from concordat.casework.cooperating import audience
from concordat.casework.cooperating.intelligence import FOLDER
from concordat.casework.desk import Desk
from concordat.casework.freezing import carrying, post
from concordat.casework.freezing.offices import own_agency
from concordat.cooperation.intelligence import matching
from concordat.errors import ConcordatError, FileError, UsageError, VerificationError
from concordat.evidence import canonical, fields, store, typed
from concordat.membership import agencies, officers

SEALED_KIND: Final = "intel-match"
FORMAT: Final = "intelligence-match/1"
LOG: Final = "matching.jsonl"
MONTH: Final = 30 * 86_400
BUDGET: Final = 5_000
"""Values that one agency may ask about in a month."""
_WORD: Final = 32
MATCH: Final[Mapping[str, list[dict[str, str]]]] = {
    "IntelligenceMatch": [
        {"name": "content", "type": "bytes32"},
        {"name": "from", "type": "uint32"},
        {"name": "to", "type": "uint32"},
        {"name": "at", "type": "uint40"},
    ]
}


@dataclass(frozen=True)
class Matched:
    """A step of a matching that was done.

    Attributes:
        session: 32 bytes.
        peer: number of the other agency.
        out: the message for it; None after the last step.
        theirs: how many values the other side has; 0: not known yet.
        common: what both know; None: not known yet.
    """

    session: bytes
    peer: int
    peer_name: str
    out: Path | None
    own: int
    theirs: int = 0
    common: tuple[str, ...] | None = field(default=None, repr=False)


def ask(desk: Desk, values: Path, peer: str, out: Path) -> Matched:
    """Begin: the own values, hidden, to another agency."""
    other = agencies.find_agency(desk.chain, peer)
    mine = matching.shuffled(_values(values))
    session, secret = secrets.token_bytes(_WORD), matching.new_secret()
    hidden = matching.blinded(mine, session, secret)
    _keep(desk, session, {"role": "asker", "peer": other.number, "secret": f"{secret:x}", "values": mine})
    _write(desk, "ask", session, other.number, {"values": matching.written(hidden)}, out)
    _log(desk, "asked", other.number, session, len(mine))
    return Matched(session, other.number, other.name, out, len(mine))


def answer(desk: Desk, message: Path, values: Path, out: Path) -> Matched:
    """Answer: their values, hidden once more, and the own ones, hidden.

    Raises:
        UsageError: it was answered before, or that agency asked about too many values this month.
    """
    session, peer, body = _read(desk, message, "ask")
    if _state_file(desk, session).exists():
        raise _out_of_turn("It was answered before", "A matching is answered once: ask them to begin anew.")
    theirs = matching.elements_of(body["values"])
    _require_budget(desk, peer, len(theirs))
    mine, secret = matching.shuffled(_values(values)), matching.new_secret()
    twice = matching.written(matching.raised(theirs, secret))
    hidden = matching.written(matching.blinded(mine, session, secret))
    _log(desk, "answered", peer, session, len(theirs))  # first: what is answered is counted, whatever comes
    _write(desk, "answer", session, peer, {"twice": twice, "values": hidden}, out)
    _keep(desk, session, {"role": "answerer", "peer": peer, "values": mine, "twice": twice})
    return Matched(session, peer, _name(desk, peer), out, len(mine), len(theirs))


def finish(desk: Desk, message: Path, out: Path) -> Matched:
    """Learn what both know, and let the other side learn it."""
    session, peer, body = _read(desk, message, "answer")
    state = _state(desk, session, "asker", peer)
    mine, secret = state["values"], int(state["secret"], 16)
    twice = matching.elements_of(body["twice"], len(mine))
    theirs = matching.raised(matching.elements_of(body["values"]), secret)
    common = matching.common(mine, twice, theirs)
    _write(desk, "finish", session, peer, {"twice": matching.written(theirs)}, out)
    _forget(desk, session, peer, len(common))
    return Matched(session, peer, _name(desk, peer), out, len(mine), len(theirs), tuple(common))


def close(desk: Desk, message: Path) -> Matched:
    """Learn, as who answered, what both know."""
    session, peer, body = _read(desk, message, "finish")
    state = _state(desk, session, "answerer", peer)
    mine, theirs = state["values"], matching.elements_of(state["twice"])
    common = matching.common(mine, matching.elements_of(body["twice"], len(mine)), theirs)
    _forget(desk, session, peer, len(common))
    return Matched(session, peer, _name(desk, peer), None, len(mine), len(theirs), tuple(common))


def log(desk: Desk) -> list[dict[str, Any]]:
    """What was asked, answered and found, oldest first; never a value.

    Raises:
        FileError: it is damaged.
    """
    path = _folder(desk) / LOG
    if not path.exists():
        return []
    with store.guard("read the log of matching"):
        lines = path.read_text(encoding="utf-8").splitlines()
    try:
        found = [json.loads(line) for line in lines if line]
        for each in found:
            fields.check(each, LOG, _LOG)
    except (ValueError, ConcordatError) as error:
        raise FileError(f"{LOG} of the workspace is damaged.", code="intel.log") from error
    return found


# Messages


def _write(desk: Desk, step: str, session: bytes, peer: int, content: Mapping[str, Any], out: Path) -> None:
    if out.exists():
        raise UsageError(
            f"{out.name} exists.", code="file.exists", kept="Nothing was sent.", next="Name another file."
        )
    audience.require_in(desk, [peer])
    body = {"format": FORMAT, "step": step, "session": session.hex(), **content}
    hop = {"from": own_agency(desk), "to": peer, "at": desk.clock.now}
    signature = desk.signer.sign_typed(_domain(desk), MATCH, "IntelligenceMatch", _signed(body, hop))
    message = canonical.dumps({"body": body, **hop, "signature": f"0x{signature.hex()}"})
    envelope = post.seal(desk.chain, message, to=peer, kind=SEALED_KIND)
    with store.guard(f"write {out.name}"):
        store.write(out, envelope.to_bytes())


def _read(desk: Desk, path: Path, step: str) -> tuple[bytes, int, Mapping[str, Any]]:
    """Session, sender and content of a message that an officer of the sender signed."""
    own = own_agency(desk)
    digest = carrying.take_in(desk, path).digest
    values = canonical.loads(post.unseal(desk, own, digest, SEALED_KIND), path.name)
    fields.check(values, path.name, _ENVELOPE)
    body = values["body"]
    if body.get("step") != step or body.get("format") != FORMAT:
        raise _out_of_turn(
            f"{path.name} is not the message for this step", f"This one is the '{body.get('step')}'."
        )
    wanted = ("format", "step", "session", *matching.MESSAGES[step])
    fields.check(body, path.name, {**dict.fromkeys(wanted, _anything), "session": fields.hexed(_WORD)})
    signable = encode_typed_data(_domain(desk), dict(MATCH), _signed(body, values))
    try:
        signer = str(Account.recover_message(signable, signature=values["signature"]))
    except Exception as error:  # eth_account raises several unrelated kinds for what is no signature
        raise _not_theirs(path.name) from error
    office = officers.appointment_at(desk.chain, signer, values["at"])
    account = agencies.agency_of_account(desk.chain, signer)
    if values["to"] != own or values["from"] not in (office.agency if office else 0, account):
        raise _not_theirs(path.name)
    return bytes.fromhex(body["session"]), values["from"], body


def _signed(body: Mapping[str, Any], hop: Mapping[str, Any]) -> dict[str, Any]:
    content = bytes(keccak(canonical.dumps(dict(body))))
    return {"content": content, "from": hop["from"], "to": hop["to"], "at": hop["at"]}


def _domain(desk: Desk) -> dict[str, Any]:
    chain = desk.chain
    return typed.domain(chain.chain_id, chain.address("AgencyRegistry"), chain.genesis_id)


# What is kept


def _values(path: Path) -> list[str]:
    with store.guard(f"read {path.name}"):
        return matching.read_values(path.read_text(encoding="utf-8"))


def _folder(desk: Desk) -> Path:
    return desk.workspace.root / FOLDER


def _state_file(desk: Desk, session: bytes) -> Path:
    return _folder(desk) / "matching" / f"{session.hex()}.json"


def _keep(desk: Desk, session: bytes, state: Mapping[str, Any]) -> None:
    with store.guard("keep the secrets of the matching"):
        store.write(_state_file(desk, session), canonical.dumps(dict(state)))


def _state(desk: Desk, session: bytes, role: str, peer: int) -> dict[str, Any]:
    path = _state_file(desk, session)
    state: dict[str, Any] = {}
    if path.exists():
        with store.guard("read the secrets of the matching"):
            state = canonical.loads(path.read_bytes(), path.name)
    if (state.get("role"), state.get("peer")) != (role, peer):
        raise _out_of_turn("No such matching runs here", "It is over, or was begun in another workspace.")
    return state


def _forget(desk: Desk, session: bytes, peer: int, common: int) -> None:
    """Nobody needs the secrets any more; that there was a matching is kept: none is answered twice."""
    _log(desk, "found", peer, session, common)
    _keep(desk, session, {"role": "over", "peer": peer})


def _log(desk: Desk, what: str, peer: int, session: bytes, count: int) -> None:
    line = {"at": desk.clock.now, "what": what, "peer": peer, "session": session.hex(), "count": count}
    with store.guard("log the matching", kept="Nothing was answered."):
        _folder(desk).mkdir(exist_ok=True)
        store.append(_folder(desk) / LOG, canonical.dumps(line) + b"\n")


def _require_budget(desk: Desk, peer: int, more: int) -> None:
    since = desk.clock.now - MONTH
    mine = [e for e in log(desk) if e["what"] == "answered" and e["peer"] == peer and e["at"] >= since]
    asked = sum(each["count"] for each in mine)
    if asked + more > BUDGET:
        raise UsageError(
            f"{_name(desk, peer)} asked about {asked} values within 30 days; {more} more are above {BUDGET}.",
            code="intel.budget",
            kept="Nothing was answered.",
            next="Ask them why so many; later there is room again.",
        )


def _name(desk: Desk, peer: int) -> str:
    return agencies.agency(desk.chain, peer).name


def _out_of_turn(what: str, hint: str) -> UsageError:
    return UsageError(f"{what}.", code="intel.turn", kept="Nothing was answered.", next=hint)


def _not_theirs(name: str) -> VerificationError:
    return VerificationError(
        f"{name} is not signed by an officer of the agency that it names, for this one.",
        code="intel.not_theirs",
        kept="Nothing was answered.",
        next="Ask the other side to begin anew.",
    )


def _anything(_value: Any) -> bool:
    return True


_ENVELOPE: Final[Mapping[str, fields.Check]] = {
    "body": lambda value: isinstance(value, dict),
    "from": fields.number(1, (1 << 32) - 1),
    "to": fields.number(1, (1 << 32) - 1),
    "at": fields.number(0, (1 << 40) - 1),
    "signature": fields.hexed(65, "0x"),
}
_LOG: Final[Mapping[str, fields.Check]] = {
    "at": fields.number(),
    "what": fields.one_of("asked", "answered", "found"),
    "peer": fields.number(1, (1 << 32) - 1),
    "session": fields.hexed(_WORD),
    "count": fields.number(),
}
