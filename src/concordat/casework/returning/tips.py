# SPDX-License-Identifier: Apache-2.0
"""Tips: a lead sealed to an agency under a key made for it, the agency's judgement, and the reward."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from eth_account import Account as Key

from concordat.assets import tips
from concordat.assets.folders import paidfile, slips, tipfile
from concordat.assets.folders.tipfile import ENDING, Relay, TipFile
from concordat.assets.tips import SignedClaim, SignedTip, Tip
from concordat.assets.values import accounts
from concordat.assets.values.accounts import Account
from concordat.assets.values.money import Money
from concordat.casework.desk import Desk
from concordat.casework.freezing import post
from concordat.casework.freezing.doing import Done, once
from concordat.casework.freezing.lasting import digest_of
from concordat.casework.freezing.naming import short
from concordat.casework.freezing.offices import own_agency
from concordat.errors import UsageError, VerificationError
from concordat.evidence import canonical, fields, store
from concordat.ledger import eventlog
from concordat.ledger.protocol import Event, Receipt
from concordat.ledger.signer import LocalSigner
from concordat.mail.sealed import digest
from concordat.membership import agencies

LEAD: Final = "tip-lead"
PAYEE: Final = "tip-payee"
"""Kinds of messages, bound into their encryption."""
DAY: Final = 86_400
MOST: Final = 4 << 20
"""Bytes of a lead; more is handed over otherwise."""
_ID: Final = re.compile(r"0x[0-9a-fA-F]{6,64}")


@dataclass(frozen=True)
class Sent:
    """What a tipster signed.

    Attributes:
        id: of the tip, 32 bytes.
        path: the tipster's own file, or what is to be handed on.
        done: the transaction; None if it was only signed.
        carried: whether the sealed message lies in the mailbox; else it is to be carried by hand.
        message: hash of the sealed message.
    """

    id: bytes
    path: Path
    done: Done | None
    carried: bool
    message: bytes


@dataclass(frozen=True)
class TipView:
    """A tip as it stands, with what the agency can open of it.

    Attributes:
        lead: the message; None if it was not asked for.
        payee: where to pay; None before it is claimed, or if it was not asked for.
        events: with times, oldest first.
    """

    tip: Tip
    events: tuple[Event, ...]
    lead: bytes | None = None
    payee: Account | None = None


def submit(
    desk: Desk, lead: Path, agency: str, *, out: Path | None = None, relay: Path | None = None, days: int = 7
) -> Sent:
    """Seal a lead to an agency and sign it with a key made for it alone.

    The key is kept in ``NAME.tip`` before anything is sent: whoever has that file can claim the reward.

    Args:
        desk: whose key sends it; that key is on the chain. Its owner need not be the tipster.
        lead: what is known, any file; or the ``.tip`` of a tip that was begun.
        agency: to which it goes.
        out: the tipster's own file; by default the lead's name with ``.tip``, beside it.
        relay: write what is signed here, for somebody else to send, and send nothing.
        days: for which the signature may be used.

    Raises:
        UsageError: the agency is unknown or published no encryption key, or the lead is too large.
        ContractError: refused; nothing was sent.
    """
    begun = lead.name.endswith(ENDING)
    path = lead if begun else out or lead.with_name(lead.name + ENDING)
    if not begun:
        tipfile.write(path, _made(desk, lead, agency, days))
    tip = tipfile.read(path)
    _require_same_suite(desk, tip.chain_id, tip.genesis, path.name)
    whole = Relay(tip.chain_id, tip.genesis, tip.signed, tip.message)
    if relay:
        tipfile.write_relay(relay, whole)
        return Sent(tip.id, relay, None, carried=False, message=digest(whole.message))
    done, carried = _send(desk, whole)
    return Sent(tip.id, path, done, carried, digest(whole.message))


def claim(desk: Desk, path: Path, payee: str, *, relay: Path | None = None, days: int = 7) -> Sent:
    """Claim the reward of a tip: where to pay is sealed to the agency, its hash goes on the chain.

    Args:
        desk: whose key sends it.
        path: the tipster's ``.tip``.
        payee: account, as everywhere ("iban:...", "eip155:1:0x...").
        relay: write what is signed here, for somebody else to send, and send nothing.
        days: for which the signature may be used.

    Raises:
        UsageError: the file is no tip, the payee is no account, or no reward was granted yet.
        ContractError: refused; nothing was sent.
    """
    tip, account = tipfile.read(path), accounts.parse(payee)
    _require_same_suite(desk, tip.chain_id, tip.genesis, path.name)
    message = canonical.dumps(
        {"payee": account.canonical, "tip": tip.id.hex(), "salt": slips.new_salt().hex()}
    )
    envelope = post.seal(desk.chain, message, to=tip.signed.agency, kind=PAYEE)
    key = LocalSigner(Key.from_key(tip.secret))
    deadline = desk.clock.now + days * DAY
    signed = tips.sign_claim(desk.chain, key, tip.signed.agency, tip.signed.message, envelope.hash, deadline)
    whole = Relay(tip.chain_id, tip.genesis, signed, envelope.to_bytes())
    if relay:
        tipfile.write_relay(relay, whole)
        return Sent(tip.id, relay, None, carried=False, message=digest(whole.message))
    done, carried = _send(desk, whole)
    return Sent(tip.id, path, done, carried, digest(whole.message))


def send(desk: Desk, path: Path) -> Sent:
    """Send what a tipster signed, in its place.

    Raises:
        UsageError: the file is none, or its message is another one than was signed.
        ContractError: refused; nothing was sent.
    """
    whole = tipfile.read_relay(path)
    _require_same_suite(desk, whole.chain_id, whole.genesis, path.name)
    done, carried = _send(desk, whole)
    return Sent(whole.signed.id, path, done, carried, digest(whole.message))


def judge(desk: Desk, text: str, decision: Path, *, actionable: bool) -> Done:
    """Say whether a lead is worth acting on; by an officer with REQUEST."""
    tip, paper = tip_named(desk, text), digest_of(decision)
    return _once(
        desk,
        tip,
        "TipJudged",
        lambda: tips.judge(desk.ledger, desk.signer, tip, actionable=actionable, decision=paper),
    )


def grant(desk: Desk, text: str, reward: Money) -> Done:
    """Grant a reward for an actionable lead; by an officer with RATIFY or RATIFY_HIGH."""
    tip = tip_named(desk, text)
    return _once(desk, tip, "RewardGranted", lambda: tips.grant(desk.ledger, desk.signer, tip, reward))


def paid(desk: Desk, text: str, reference: str) -> Done:
    """The reward was paid; by an officer with DISTRIBUTE. The salted hash of the reference goes on the chain.

    Raises:
        UsageError: no tip is meant, or no reward was granted.
        ContractError: refused; nothing was sent.
    """
    tip = tip_named(desk, text)
    known = tips.tip_of(desk.chain, tip)
    if known is None or known.reward is None:
        raise UsageError(
            f"No reward was granted for {short(tip)}.", code="tip.no_reward", kept="Nothing was sent."
        )
    path = desk.workspace.root / "payments" / f"tip-{tip.hex()}.json"
    (kept,) = paidfile.keep(path, [(tip, 0, known.reward.amount, reference)])
    return _once(desk, tip, "RewardPaid", lambda: tips.mark_paid(desk.ledger, desk.signer, tip, kept.hash))


def view(desk: Desk, text: str, *, opened: bool = False) -> TipView:
    """A tip as it stands.

    Args:
        desk: of whoever asks.
        text: which.
        opened: open the lead and where to pay, with the agency's encryption key.

    Raises:
        UsageError: none is meant, or a message is nowhere.
        VerificationError: a message was changed, or is about another tip.
    """
    tip = tip_named(desk, text)
    known = tips.tip_of(desk.chain, tip)
    if known is None:
        raise _unknown(text)
    events = tuple(eventlog.with_times(desk.chain, tips.history(desk.chain, tip)))
    if not opened:
        return TipView(known, events)
    agency = own_agency(desk)
    message = next(event.args["message"] for event in events if event.name == "TipSubmitted")
    lead = post.unseal(desk, agency, message, LEAD)
    payee = _payee(post.unseal(desk, agency, known.payee, PAYEE), tip) if any(known.payee) else None
    return TipView(known, events, lead, payee)


def listed(desk: Desk, agency: int | None = None) -> list[Tip]:
    """All tips, or those to one agency, oldest first."""
    ids = [bytes(event.args["tip"]) for event in tips.submitted(desk.chain, agency)]
    return [each for each in (tips.tip_of(desk.chain, tip) for tip in ids) if each]


def tip_named(desk: Desk, text: str) -> bytes:
    """Id of the tip that is meant: the tipster's file, the id, or its beginning.

    Raises:
        UsageError: nothing, or more than one, is meant by it.
    """
    if text.endswith(ENDING):
        return tipfile.read(Path(text)).id
    begins = text[2:].lower()
    found = {bytes(event.args["tip"]) for event in tips.submitted(desk.chain)}
    meant = [each for each in found if _ID.fullmatch(text) and each.hex().startswith(begins)]
    if len(meant) != 1:
        raise _unknown(text)
    return meant[0]


def _made(desk: Desk, lead: Path, agency: str, days: int) -> TipFile:
    with store.guard(f"read {lead}", kept="Nothing was sent."):
        size = lead.stat().st_size
        data = lead.read_bytes() if size <= MOST else b""
    if not data:
        raise UsageError(
            f"{lead.name} is empty, or larger than {MOST >> 20} MiB.",
            code="tip.size",
            kept="Nothing was sent.",
            next="Write what is known in a few pages; say what more there is.",
        )
    to = agencies.find_agency(desk.chain, agency).number
    envelope = post.seal(desk.chain, data, to=to, kind=LEAD)
    key = Key.create()
    deadline = desk.clock.now + days * DAY
    signed = tips.sign(desk.chain, LocalSigner(key), to, envelope.hash, envelope.key_version, deadline)
    return TipFile(desk.chain.chain_id, desk.chain.genesis_id, signed, envelope.to_bytes(), bytes(key.key))


def _send(desk: Desk, whole: Relay) -> tuple[Done, bool]:
    signed = whole.signed
    hashed = signed.payee if isinstance(signed, SignedClaim) else signed.message
    if digest(whole.message) != hashed:
        raise VerificationError(
            "The message is not the one that was signed.",
            code="tip.other_message",
            kept="Nothing was sent.",
            next="Take the file as it was handed over.",
        )
    post.keep(desk, whole.message)  # where there is no mailbox it is carried by hand, from here
    carried = post.send(desk, [whole.message])
    if isinstance(signed, SignedTip):
        done = _once(desk, signed.id, "TipSubmitted", lambda: tips.submit(desk.ledger, desk.signer, signed))
    else:
        done = _once(desk, signed.id, "RewardClaimed", lambda: tips.claim(desk.ledger, desk.signer, signed))
    return done, carried


def _once(desk: Desk, tip: bytes, event: str, send_it: Callable[[], Receipt]) -> Done:
    known = eventlog.of(desk.chain, tips.TIPS, (event,), tip=tip)
    return once(desk, tip, short(tip), None, event, known[0] if known else None, send_it)


def _payee(message: bytes, tip: bytes) -> Account:
    values = canonical.loads(message, "The message")
    form = {"payee": fields.text, "tip": fields.hexed(32), "salt": fields.hexed(32)}
    fields.check(values, "The message", form)
    if values["tip"] != tip.hex():
        raise VerificationError(
            "The message that says where to pay is about another tip.",
            code="tip.other_message",
            kept="Nothing was paid.",
            next="Pay nothing; ask the tipster, by the key of the tip, where to pay.",
        )
    return accounts.parse(values["payee"])


def _require_same_suite(desk: Desk, chain_id: int, genesis: bytes, name: str) -> None:
    config = desk.workspace.config
    if (chain_id, genesis.hex()) != (config.chain_id, config.genesis_id[2:]):
        raise UsageError(
            f"{name} was made for another suite, on chain {chain_id}.",
            code="tip.other_suite",
            kept="Nothing was sent.",
            next="Use the workspace of that suite (--workspace).",
        )


def _unknown(text: str) -> UsageError:
    return UsageError(
        f"No tip, or more than one, is called '{text}'.",
        code="tip.unknown",
        kept="Nothing was sent.",
        next=f"Name its file ({ENDING}), or 0x and at least 6 digits of its id. See: concordat tip list",
    )
