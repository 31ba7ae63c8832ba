# SPDX-License-Identifier: Apache-2.0
"""A desk: one workspace with its key, with or without a network.

What is asked of the chain is kept, so that a desk that reached it once can check and pack without it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from concordat.casework.identity import Identity
from concordat.errors import NodeError, UsageError
from concordat.evidence import store
from concordat.evidence.intake import CaseIndex
from concordat.evidence.journal import Journal
from concordat.evidence.places import alpha
from concordat.evidence.rulebook import BASELINE, Rulebook, bundled, bundled_jurisdictions
from concordat.workspace import Workspace

if TYPE_CHECKING:
    from concordat.ledger.chain import Chain
    from concordat.ledger.outbox import DurableLedger
    from concordat.ledger.protocol import Signer
    from concordat.ledger.standardbook import StandardBook

DRIFT = 24 * 3600
"""Seconds by which the chain's clock may differ from this machine's before the chain's is taken."""


@dataclass(frozen=True)
class Clock:
    """The time by which is judged.

    Attributes:
        now: seconds since 1970 UTC.
        here: this machine's time. It is later than ``now`` where the chain stands still or lives in the past.
        warning: what to say of it, or "".
    """

    now: int
    here: int
    warning: str = ""


class Desk:
    """One workspace with its key.

    Args:
        workspace: where.
        password: asked for the password of a keystore, given its name.
        key: URI of the key; the workspace's own by default.
        offline: do not reach for the chain at all.
        warn: told, in a sentence, what needs attention and stops nothing.
    """

    def __init__(
        self,
        workspace: Workspace,
        password: Callable[[str], str],
        *,
        key: str | None = None,
        offline: bool = False,
        warn: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.workspace = workspace
        self.warn = warn
        self._password = password
        self._key = key
        self._offline = offline

    def password(self, what: str) -> str:
        """The password of a key that lies in the workspace, given what people call it."""
        return self._password(what)

    @cached_property
    def signer(self) -> Signer:
        """The key."""
        return self.workspace.signer(self._key, self._password)

    @cached_property
    def chain(self) -> Chain:
        """The suite, reached and compared with the pins.

        Raises:
            NodeError: no node, or not the suite that was pinned.
        """
        if self._offline:
            raise NodeError(
                "This needs the chain, and --offline was given.",
                code="node.offline",
                kept="Nothing was sent.",
            )
        return self.workspace.connect()

    @cached_property
    def ledger(self) -> DurableLedger:
        """The suite, with sending through the workspace's outbox."""
        from concordat.ledger.outbox import Outbox

        return Outbox(self.workspace.outbox).bind(self.chain)

    @cached_property
    def online(self) -> Chain | None:
        """The chain if a node answers; None if none does. Another chain than the pinned one is refused."""
        if self._offline:
            return None
        try:
            return self.chain
        except NodeError as error:
            if error.code != NodeError.default_code:
                raise
            return None

    # What is known, from the chain or as last read

    @cached_property
    def book(self) -> StandardBook:
        """The standards."""
        if self.online is None:
            return self.workspace.standards()
        return self.workspace.refresh_standards(self.online)

    @cached_property
    def identity(self) -> Identity:
        """Agency and appointments of the key; see :meth:`identity_of`."""
        return self.identity_of(self.signer.address)

    def identity_of(self, address: str) -> Identity:
        """Agency and appointments of an address, kept for work without network.

        Raises:
            UsageError: they were never read, and there is no network now.
        """
        path = self.workspace.root / "identities" / f"{address.lower()}.json"
        if self.online is not None:
            found = Identity.read(self.online, address)
            with store.guard("keep the appointments"):
                path.parent.mkdir(exist_ok=True)
                store.write(path, found.to_json().encode())
            return found
        if not path.exists():
            raise UsageError(
                f"The appointments of {address} were never read from the chain.",
                code="identity.not_cached",
                kept="Nothing was written.",
                next="Read them once while there is a network: concordat sync",
            )
        with store.guard("read the appointments"):
            return Identity.from_json(path.read_text(encoding="utf-8"))

    @cached_property
    def registry(self) -> str:
        """Address of the EvidenceRegistry, kept for work without network."""
        path = self.workspace.root / "registry"
        if self.online is not None:
            with store.guard("keep the registry's address"):
                store.write(path, self.online.address("EvidenceRegistry").encode() + b"\n")
        if not path.exists():
            raise UsageError(
                "The registry's address was never read from the chain.",
                code="registry.not_cached",
                kept="Nothing was written.",
                next="Read it once while there is a network: concordat sync",
            )
        with store.guard("read the registry's address"):
            return path.read_text(encoding="ascii").strip()

    @cached_property
    def clock(self) -> Clock:
        """The time of registration to judge by: this machine's, unless the chain's clock is far from it."""
        here = int(time.time())
        if self.online is None:
            return Clock(here, here)
        there = self.online.now()
        if abs(here - there) <= DRIFT:
            return Clock(max(here, there), here)  # a quiet chain's clock stands still
        days = round((there - here) / 86400)
        side = "ahead of" if days > 0 else "behind"
        return Clock(
            there,
            here,
            f"The chain's clock is {abs(days)} days {side} this machine's. Times are judged by the chain's.",
        )

    @cached_property
    def journal(self) -> Journal:
        """The refused attempts."""
        return Journal(self.workspace.refusals)

    @contextmanager
    def index(self) -> Iterator[CaseIndex]:
        """The index of the agency's own exhibits."""
        held = CaseIndex(self.workspace.index)
        try:
            yield held
        finally:
            held.close()


def rulebooks(forums: tuple[int, ...]) -> dict[str, Rulebook]:
    """The rulebooks that come with the package, by code, for these forums and the baseline."""
    known = bundled_jurisdictions()
    codes = {BASELINE, *(alpha(forum) for forum in forums)}
    return {code: bundled(code) for code in codes if code in known}
