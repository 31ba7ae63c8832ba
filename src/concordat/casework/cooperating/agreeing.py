# SPDX-License-Identifier: Apache-2.0
"""Agreements from the first proposal to withdrawal, as the central authority of a party."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from eth_utils.crypto import keccak

from concordat.casework import doing
from concordat.casework.desk import Desk
from concordat.casework.freezing.offices import acting_agency
from concordat.cooperation import agreementbook
from concordat.cooperation.agreementbook import AGREEMENTS, NO_RESERVATION, ChainDraft
from concordat.cooperation.agreements import agreementfile
from concordat.cooperation.agreements.agreement import Agreement, text_hash, thread_id, version_hash
from concordat.cooperation.agreements.comparison import changes
from concordat.cooperation.words import RequestKind
from concordat.errors import UsageError, VerificationError
from concordat.evidence import store
from concordat.evidence.laws import Text
from concordat.ledger import eventlog
from concordat.ledger.protocol import Event, Receipt
from concordat.membership import numbers

NOT_SENT: Final = "Nothing was sent."
LARGEST: Final = 32 << 20
"""Bytes of one language version."""
_HASH: Final = re.compile(r"(0x)?[0-9a-fA-F]{6,64}")

Done = doing.Done[Any]


@dataclass(frozen=True)
class Written:
    """An agreement's file with its language versions.

    Attributes:
        texts: bytes of each version, by language.
        draft: what the chain is told of it.
    """

    agreement: Agreement
    texts: Mapping[str, bytes]
    draft: ChainDraft

    @property
    def duties(self) -> Mapping[bytes, str]:
        """Texts of the duties by their hashes."""
        return {each.chain.duty: each.duty for each in self.agreement.obligations}


@dataclass(frozen=True)
class Proposed:
    """A version that stands in a thread.

    Attributes:
        changed: against the version that it answers, in words; empty for the first.
    """

    done: Done
    thread: bytes
    version: bytes
    written: Written
    changed: tuple[Text, ...] = ()


def read(path: Path, texts: Mapping[str, Path] | None = None) -> Written:
    """Read an agreement's file and its language versions.

    Args:
        path: YAML.
        texts: where the versions lie, by language; by default beside the file, as it names them.

    Raises:
        MistakesError: with every mistake.
        UsageError: a version is missing or empty, or a language is none of the agreement's.
        FileError: a file cannot be read.
    """
    with store.guard(f"read {path}", kept=NOT_SENT):
        data = path.read_bytes()
    try:
        agreement = agreementfile.parse(data.decode("utf-8"), path.name)
    except UnicodeDecodeError as error:
        raise UsageError(f"{path.name} is not UTF-8 text.", code="agreement.invalid") from error
    strange = sorted(set(texts or {}) - set(agreement.texts))
    if strange:
        raise UsageError(
            f"The agreement has no version in {', '.join(strange)}.",
            code="agreement.language",
            kept=NOT_SENT,
            next=f"Its languages are {', '.join(agreement.texts)}; name others under texts.",
        )
    places = {lang: path.with_name(name) for lang, name in agreement.texts.items()} | dict(texts or {})
    contents = {lang: _content(place) for lang, place in places.items()}
    return Written(agreement, contents, agreement.draft(contents))


def propose(desk: Desk, path: Path, texts: Mapping[str, Path] | None = None) -> Proposed:
    """Open a thread with its first version; the proposal is the own acceptance of it.

    Raises:
        MistakesError, UsageError, FileError: see :func:`read`.
        ContractError: refused; nothing was proposed.
    """
    written = read(path, texts)
    thread = thread_id(own_jurisdiction(desk), written.draft)
    version = version_hash(thread, written.draft)
    done = _once(
        desk,
        thread,
        "propose",
        _event(desk, thread, "Proposed", version=version),
        lambda: agreementbook.propose(desk.ledger, desk.signer, written.draft),
    )
    return Proposed(done, thread, version, written)


def counter(
    desk: Desk,
    text: str,
    path: Path,
    texts: Mapping[str, Path] | None = None,
    answers: str | None = None,
    agree: Callable[[tuple[Text, ...]], None] = lambda _: None,
) -> Proposed:
    """Put another version into a thread.

    Args:
        desk: of a party's central authority.
        text: which thread.
        path, texts: see :func:`read`.
        answers: the version to which this one answers; by default the newest.
        agree: is shown what changes, and raises unless that is to be.
    """
    thread, written = thread_named(desk, text), read(path, texts)
    known = agreementbook.versions(desk.chain, thread)
    answered = version_named(known, answers) if answers else list(known)[-1]
    version = version_hash(thread, written.draft)
    changed = changes(known[answered], written.draft, written.duties)
    earlier = _event(desk, thread, "Proposed", version=version)
    if earlier is None:
        agree(changed)
    done = _once(
        desk,
        thread,
        "counter",
        earlier,
        lambda: agreementbook.counter(desk.ledger, desk.signer, thread, answered, written.draft),
    )
    return Proposed(done, thread, version, written, changed)


def compare(
    desk: Desk,
    text: str,
    path: Path,
    texts: Mapping[str, Path] | None = None,
    answers: str | None = None,
) -> tuple[Text, ...]:
    """What a version would change, in words; sends nothing. See :func:`counter`."""
    thread, written = thread_named(desk, text), read(path, texts)
    known = agreementbook.versions(desk.chain, thread)
    answered = version_named(known, answers) if answers else list(known)[-1]
    return changes(known[answered], written.draft, written.duties)


def accept(desk: Desk, text: str, version: str, texts: Mapping[str, Path]) -> Done:
    """Accept exactly one version; its language versions are compared with it first.

    Args:
        desk: of a party's central authority.
        text: which thread.
        version: hash of the version, or its beginning.
        texts: the files that were read and agreed to, by language.

    Raises:
        UsageError: there is no such thread or version.
        VerificationError: the files are not the text of this version.
        ContractError: refused; nothing was accepted.
    """
    thread = thread_named(desk, text)
    known = agreementbook.versions(desk.chain, thread)
    chosen = version_named(known, version)
    contents = {lang: _content(path) for lang, path in texts.items()}
    if text_hash(contents) != known[chosen].text:
        raise VerificationError(
            f"These files are not the text of the version 0x{chosen.hex()[:10]}….",
            code="agreement.other_text",
            kept="Nothing was accepted.",
            next="Name the file of every language version, as the proposing party sent it, byte for byte.",
        )
    own = own_jurisdiction(desk)
    earlier = _event(desk, thread, "Accepted", version=chosen, party=own)
    return _once(
        desk,
        thread,
        "accept",
        earlier,
        lambda: agreementbook.accept(desk.ledger, desk.signer, thread, chosen),
    )


def ratify(
    desk: Desk,
    text: str,
    instrument: Path,
    reserve: Sequence[RequestKind] = (),
    reservation: Path | None = None,
) -> Done:
    """Ratify the version agreed upon, or accede to it, with reservations or without.

    Args:
        desk: of a central authority.
        text: which thread.
        instrument: the instrument of ratification; its hash goes on the chain.
        reserve: kinds that are excluded for the own party.
        reservation: text of the reservation.

    Raises:
        UsageError: nothing is agreed yet, or kinds are reserved without a text.
        ContractError: refused; nothing was ratified.
    """
    thread = thread_named(desk, text)
    version = agreementbook.agreed_version(desk.chain, thread)
    if not any(version):
        raise UsageError(
            "No version of it was accepted by all its parties yet.",
            code="agreement.not_agreed",
            kept=NOT_SENT,
            next="See who has not accepted: concordat agreement show",
        )
    if bool(reserve) != bool(reservation):
        raise UsageError(
            "A reservation names kinds, and gives its text.",
            code="agreement.reservation",
            kept=NOT_SENT,
            next="Give both --reserve KIND and --text FILE, or none.",
        )
    own, digest = own_jurisdiction(desk), _digest(instrument)
    reserved = _digest(reservation) if reservation else NO_RESERVATION
    return _once(
        desk,
        thread,
        "ratify",
        _event(desk, thread, "Ratified", party=own),
        lambda: agreementbook.ratify(desk.ledger, desk.signer, thread, version, digest, reserve, reserved),
    )


def include(desk: Desk, text: str, kinds: Sequence[RequestKind]) -> Done:
    """Take a reservation back for these kinds."""
    thread, mask = thread_named(desk, text), sum(1 << int(kind) for kind in set(kinds))
    earlier = _event(desk, thread, "ReservationWithdrawn", party=own_jurisdiction(desk), kinds=mask)
    return _once(
        desk,
        thread,
        "include",
        earlier,
        lambda: agreementbook.withdraw_reservation(desk.ledger, desk.signer, thread, kinds),
    )


def withdraw(desk: Desk, text: str, instrument: Path) -> Done:
    """Withdraw from an agreement, with its notice; requests sent before run on."""
    thread = thread_named(desk, text)
    digest = _digest(instrument)
    return _once(
        desk,
        thread,
        "withdraw",
        _event(desk, thread, "WithdrawalNotified", party=own_jurisdiction(desk)),
        lambda: agreementbook.withdraw(desk.ledger, desk.signer, thread, digest),
    )


def perform(desk: Desk, text: str, obligation: int, evidence: Path) -> Done:
    """Show that a duty was performed, for its present turn.

    Args:
        desk: of the debtor's central authority.
        text: which thread.
        obligation: number of the duty, from 1.
        evidence: what shows it; its hash goes on the chain.
    """
    thread, index = thread_named(desk, text), obligation - 1
    digest, own = _digest(evidence), own_jurisdiction(desk)
    return _once(
        desk,
        thread,
        "perform",
        _event(desk, thread, "ObligationPerformed", obligation=index, debtor=own, evidence=digest),
        lambda: agreementbook.perform(desk.ledger, desk.signer, thread, index, digest),
    )


def own_jurisdiction(desk: Desk) -> int:
    """Of the own agency, which the key acts for, ISO 3166-1 numeric."""
    return numbers.jurisdiction_of(acting_agency(desk))


def thread_named(desk: Desk, text: str) -> bytes:
    """The thread that is meant by its key or the beginning of it.

    Raises:
        UsageError: none, or several.
    """
    found = _beginning(agreementbook.threads(desk.chain), text)
    if len(found) != 1:
        raise UsageError(
            f"{len(found) or 'No'} agreements begin with '{text[:70]}'.",
            code="agreement.unknown",
            kept=NOT_SENT,
            next="Give 0x and at least 6 digits of its thread; see: concordat agreement list",
        )
    return found[0]


def version_named(known: Mapping[bytes, ChainDraft], text: str) -> bytes:
    """The version that is meant by its hash or the beginning of it.

    Raises:
        UsageError: none, or several.
    """
    found = _beginning(list(known), text)
    if len(found) != 1:
        raise UsageError(
            f"{len(found) or 'No'} versions of it begin with '{text[:70]}'.",
            code="agreement.version",
            kept=NOT_SENT,
            next="Give more digits of the version's hash; see: concordat agreement show",
        )
    return found[0]


def _beginning(hashes: Sequence[bytes], text: str) -> list[bytes]:
    begins = text.lower().removeprefix("0x")
    return [each for each in hashes if _HASH.fullmatch(text) and each.hex().startswith(begins)]


def _once(desk: Desk, thread: bytes, act: str, earlier: Event | None, send: Callable[[], Receipt]) -> Done:
    return doing.once(desk, thread, f"0x{thread.hex()[:10]}", None, act, earlier, send)


def _event(desk: Desk, thread: bytes, name: str, **values: Any) -> Event | None:
    for each in reversed(eventlog.of(desk.chain, AGREEMENTS, (name,), thread=thread)):
        if all(each.args[key] == value for key, value in values.items()):
            return each
    return None


def _content(path: Path) -> bytes:
    with store.guard(f"read {path}", kept=NOT_SENT), path.open("rb") as stream:
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST or not data.strip():
        raise UsageError(
            f"{path.name} is {'empty' if not data.strip() else 'too large'}.",
            code="agreement.text",
            kept=NOT_SENT,
        )
    return data


def _digest(path: Path) -> bytes:
    return bytes(keccak(_content(path)))
