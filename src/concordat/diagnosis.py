# SPDX-License-Identifier: Apache-2.0
"""Is everything as it should be? Workspace, node, suite, code, clock, key, outbox, each by itself."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum, unique

from eth_utils.address import is_address

from concordat.errors import ConcordatError
from concordat.ledger import artifacts, keystore
from concordat.ledger.chain import Chain
from concordat.ledger.code import check_code
from concordat.ledger.outbox import Outbox
from concordat.membership import agencies, numbers, officers, powers
from concordat.workspace import Workspace

#: A node whose newest block is older than this is told about; a quiet chain's clock stands still.
OLD_BLOCK = 3600
#: A clock that differs more than this from the node's is told about.
CLOCK_AHEAD = 15


@unique
class State(StrEnum):
    """How a check went."""

    GOOD = "good"
    NOTED = "noted"
    BAD = "bad"


@dataclass(frozen=True)
class Check:
    """One thing that was looked at.

    Attributes:
        name: stable, for programs.
        text: what was found, one sentence.
        next: what to do about it, or "".
        exit_code: 0, or that of the error that was met.
    """

    name: str
    state: State
    text: str
    next: str = ""
    exit_code: int = 0


def diagnose(workspace: Workspace, *, settle: bool = False) -> list[Check]:
    """Look at everything. Nothing is sent, unless ``settle`` asks to finish what an earlier run signed.

    Args:
        workspace: what is looked at.
        settle: look after what waits in the outbox.
    """
    found = [*_workspace(workspace)]
    try:
        chain = workspace.connect()
    except ConcordatError as error:
        return [*found, _bad("node", error)]
    found.append(
        _good("node", f"The node serves chain {chain.chain_id}, and the suite is the one that was pinned.")
    )
    for look in (_code, _clock, _key, lambda w, c: _outbox(w, c, settle)):
        found += _guarded(look, workspace, chain)
    return found


Look = Callable[[Workspace, Chain], Iterator[Check]]


def _guarded(look: Look, workspace: Workspace, chain: Chain) -> list[Check]:
    try:
        return list(look(workspace, chain))
    except ConcordatError as error:
        return [_bad(getattr(look, "__name__", "outbox").strip("_<>"), error)]


def _workspace(workspace: Workspace) -> Iterator[Check]:
    yield _good("workspace", f"Workspace {workspace.root}, for chain {workspace.config.chain_id}.")
    count = len(artifacts.names())
    if count:
        yield _good("package", f"The package holds {count} compiled contracts.")
    else:
        yield Check(
            "package", State.BAD, "The package holds no compiled contracts.", "Install the release again.", 8
        )


def _code(_: Workspace, chain: Chain) -> Iterator[Check]:
    wrong = check_code(chain)
    if not wrong:
        yield _good("code", "The code of every contract is that of this package.")
    for each in wrong:
        # The pins hold, so this is another version of the package, not an attack on the workspace.
        yield Check(
            "code",
            State.NOTED,
            f"{each[0].upper()}{each[1:]}.",
            "Use the version of the package with which the suite was made.",
        )


def _clock(_: Workspace, chain: Chain) -> Iterator[Check]:
    ahead = chain.now() - int(time.time())
    if ahead > CLOCK_AHEAD:
        yield Check(
            "clock",
            State.NOTED,
            f"The chain's clock is {ahead} seconds ahead of this computer's.",
            "Set this computer's clock.",
        )
    elif -ahead > OLD_BLOCK:
        yield Check(
            "clock",
            State.NOTED,
            f"The newest block is {_span(-ahead)} old: a quiet chain, or a node left behind.",
        )
    else:
        yield _good("clock", "This computer's clock and the chain's agree.")


def _span(seconds: int) -> str:
    """A length of time in the largest unit of which there are two."""
    for name, length in (("days", 86400), ("hours", 3600)):
        if seconds >= 2 * length:
            return f"{seconds // length} {name}"
    return f"{seconds // 60} minutes"


def _key(workspace: Workspace, chain: Chain) -> Iterator[Check]:
    uri = workspace.config.key
    if not uri:
        yield Check(
            "key",
            State.NOTED,
            "No key is set.",
            "Name one with --key, or for good with: concordat key use URI",
        )
        return
    address = _address(workspace, uri)
    if not address:
        yield Check(
            "key", State.BAD, f"The key {uri} is not in this workspace.", "See: concordat key list", 2
        )
        return
    yield _good("key", f"The key {uri} has the address {address}.")
    number = agencies.agency_of_account(chain, address)
    if number:
        yield _good("office", f"It is the account of agency {numbers.label(number)}.")
        return
    appointment = officers.appointment(chain, address)
    if appointment is None or not appointment.runs_at(chain.now()):
        yield Check("office", State.NOTED, "It has no running appointment.", "See: concordat officer show")
        return
    held = ", ".join(powers.to_names(appointment.powers))
    yield _good("office", f"It holds {held} in agency {numbers.label(appointment.agency)}.")


def _address(workspace: Workspace, uri: str) -> str:
    if uri.startswith("keystore:"):
        return next((key.address for key in keystore.stored(workspace.keys) if key.uri == uri), "")
    named = uri.rpartition("#")[2] if uri.startswith("external:") else uri.removeprefix("node:")
    return named if is_address(named) else ""


def _outbox(workspace: Workspace, chain: Chain, settle: bool) -> Iterator[Check]:
    outbox = Outbox(workspace.outbox)
    if settle:
        for intent, outcome in outbox.settle(chain):
            if isinstance(outcome, ConcordatError):
                yield _bad("outbox", outcome)
            elif outcome is not None:
                yield _good("outbox", f"{intent.label} is done: {outcome.transaction}.")
    waiting = outbox.unfinished(chain)
    if not waiting:
        yield _good("outbox", "Nothing waits to be sent.")
    for intent in waiting:
        age = int(time.time() - intent.accepted_at) // 60
        yield Check(
            "outbox",
            State.NOTED,
            f"{intent.label} of {intent.sender} was accepted {age} minutes ago and is not finished.",
            "Run that command again, or: concordat doctor --settle",
        )


def _good(name: str, text: str) -> Check:
    return Check(name, State.GOOD, text)


def _bad(name: str, error: ConcordatError) -> Check:
    return Check(name, State.BAD, error.message, error.next, error.exit_code)
