# SPDX-License-Identifier: Apache-2.0
"""What was accepted from the user reaches the chain exactly once, across crashes and lost nodes.

An intent is written down before anything is signed, the signed transaction before it is sent. A transaction
happens at most once, because its nonce can be used once; so after an interruption there are only these cases:

    it is in a block                        take its receipt
    it is not, and its nonce is free        send the same bytes again
    it is not, and its nonce was used       it can never happen: sign anew
    the node does not answer                nothing is known: say so, and look again at the next run
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from concordat.errors import ConcordatError, FileError, NodeError, OutcomeUnknownError, UsageError
from concordat.evidence import store
from concordat.evidence.lock import FolderLock
from concordat.ledger import transactions
from concordat.ledger.chain import Chain
from concordat.ledger.outboxfile import Intent, OutboxFile
from concordat.ledger.protocol import Event, Receipt, Signer
from concordat.ledger.rpc import RpcError, quantity
from concordat.ledger.transactions import Call, Signed

_TRIES = 3  # new transactions for one intent, where others keep taking the nonce
_LOCK_PATIENCE = 30.0  # seconds to wait for another command of the same workspace


class Outbox:
    """The durable queue of one workspace.

    Args:
        path: of its database; made when needed.
        reached: told the name of each point (accepted, signed, sent, mined). Tests stop there.
    """

    def __init__(self, path: Path, reached: Callable[[str], None] = lambda _: None) -> None:
        self._file = OutboxFile(path)
        self._lock = FolderLock(path.with_suffix(".lock"))
        self._reached = reached

    def bind(self, chain: Chain) -> DurableLedger:
        """The chain as a ledger whose ``send`` goes through this outbox."""
        return DurableLedger(self, chain)

    def unfinished(self, chain: Chain) -> list[Intent]:
        """What was accepted for this suite and whose outcome is not recorded, oldest first."""
        return self._file.unfinished(chain.genesis_id.hex())

    def execute(self, chain: Chain, signer: Signer, call: Call) -> Receipt:
        """Send a call, or finish the same call that an earlier run began.

        Raises:
            ConcordatError: the contract refuses; nothing was sent, or it was refused in its block.
            NodeError: the node was lost before anything was sent; the intent is kept.
            OutcomeUnknownError: sent, and the outcome is not known. The next run finds out.
        """
        with self._alone():
            intent = self._intent(chain, signer, call)
            self._reached("accepted")
            try:
                receipt = self._continue(chain, intent) or self._begin(chain, signer, call, intent)
            except (NodeError, OutcomeUnknownError, RpcError):
                raise  # nothing is decided: the intent stays
            except ConcordatError as error:
                self._file.close(intent, f"refused: {error.code}")
                raise
            self._note_done(intent, receipt)
            return receipt

    def settle(self, chain: Chain) -> list[tuple[Intent, Receipt | ConcordatError | None]]:
        """Look after everything that an earlier run signed: take its receipt or send it again. Needs no key.

        Returns:
            Each intent with its receipt, with the error that it met, or None if it was never signed.
        """
        settled: list[tuple[Intent, Receipt | ConcordatError | None]] = []
        with self._alone():
            for intent in self.unfinished(chain):
                try:
                    receipt = self._continue(chain, intent)
                except ConcordatError as error:
                    settled.append((intent, error))
                    if not isinstance(error, NodeError | OutcomeUnknownError | RpcError):
                        self._file.close(intent, f"refused: {error.code}")
                    continue
                if receipt:
                    self._file.close(intent, "done", receipt.transaction)
                settled.append((intent, receipt))
        return settled

    def forget(self, chain: Chain) -> int:
        """Drop what was accepted and never signed; returns how many. What was signed stays."""
        with self._alone():
            never = [intent for intent in self.unfinished(chain) if not self._file.attempts(intent)]
            for intent in never:
                self._file.close(intent, "given up")
            return len(never)

    def _note_done(self, intent: Intent, receipt: Receipt) -> None:
        try:
            self._file.close(intent, "done", receipt.transaction)
        except FileError as error:
            raise FileError(
                f"{intent.label} is done as {receipt.transaction}, but the outbox could not be written.",
                code=error.code,
                kept="It stands on the chain.",
                next="Free some space, then: concordat doctor --settle",
            ) from error

    def _intent(self, chain: Chain, signer: Signer, call: Call) -> Intent:
        genesis = chain.genesis_id.hex()
        parts = (genesis, str(chain.chain_id), signer.address.lower(), call.to.lower(), call.data.hex())
        key = hashlib.sha256("|".join(parts).encode()).hexdigest()
        return self._file.accept(key, genesis, signer.address, call.label)

    def _continue(self, chain: Chain, intent: Intent) -> Receipt | None:
        """What became of the earlier transactions of an intent; None if none of them can happen any more."""
        attempts = self._file.attempts(intent)
        if not attempts:
            return None
        newest = attempts[-1]
        with _unknown_if_lost(intent.label, newest.hash):
            receipt = _receipt_of_any(chain, attempts)
            if receipt is not None:
                return receipt
            used = quantity(chain.transport.request("eth_getTransactionCount", newest.sender, "latest"))
            if used > newest.nonce:
                # Looked up again: it may have been mined between the two questions.
                return _receipt_of_any(chain, attempts)
        try:
            with _unknown_if_lost(intent.label, newest.hash, (NodeError,)):
                chain.broadcast(newest)
        except RpcError as error:
            if used == newest.nonce and _is_outbid(error):
                return None  # signed anew, it gets the same nonce: at most one of them can happen
            raise
        with _unknown_if_lost(intent.label, newest.hash):
            return self._mined(chain, intent.label, newest)

    def _begin(self, chain: Chain, signer: Signer, call: Call, intent: Intent) -> Receipt:
        for _ in range(_TRIES):
            transactions.simulate(chain.transport, signer.address, call)
            signed = transactions.prepare(chain.transport, signer, call, chain.chain_id)
            self._file.add_attempt(intent, signed)
            self._reached("signed")
            try:
                with _unknown_if_lost(call.label, signed.hash, (NodeError,)):
                    chain.broadcast(signed)
            except RpcError as error:
                if not _nonce_is_taken(error):
                    raise
                continue  # another program used the key at the same time; this transaction can never happen
            self._reached("sent")
            with _unknown_if_lost(call.label, signed.hash):
                receipt = self._mined(chain, call.label, signed)
            self._reached("mined")
            return receipt
        raise NodeError(
            f"{call.label} could not be sent: another program keeps using the account {signer.address}.",
            code="account.busy",
            kept="Nothing was sent. The intent is kept.",
            next="Stop the other program, or give each program its own key, and run the command again.",
        )

    def _mined(self, chain: Chain, label: str, signed: Signed) -> Receipt:
        receipt = chain.wait(signed.hash)
        if receipt is None:
            raise _unknown(label, signed.hash, f"is in no block after {chain.patience:.0f} seconds")
        return receipt

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with store.guard("open the outbox", kept="Nothing was sent."):
            self._file.open()
            deadline = time.monotonic() + _LOCK_PATIENCE
            while not self._lock.take():
                if time.monotonic() > deadline:
                    raise UsageError(
                        "Another command of this workspace is sending.",
                        code="outbox.busy",
                        kept="Nothing was sent.",
                        next="Wait until it is done, and run this command again.",
                    )
                time.sleep(0.1)
        try:
            yield
        finally:
            self._lock.release()


class DurableLedger:
    """A ``Ledger`` whose ``send`` survives crashes."""

    def __init__(self, outbox: Outbox, chain: Chain) -> None:
        self.outbox = outbox
        self.chain = chain

    @property
    def chain_id(self) -> int:
        """Chain id (EIP-155)."""
        return self.chain.chain_id

    @property
    def genesis_id(self) -> bytes:
        """32 bytes that tell this suite from every other."""
        return self.chain.genesis_id

    def address(self, contract: str) -> str:
        """Checksummed address of a contract of the suite."""
        return self.chain.address(contract)

    def now(self) -> int:
        """Time of the latest block, seconds since 1970 UTC."""
        return self.chain.now()

    def call(self, contract: str, function: str, *args: Any) -> Any:
        """Ask a view function."""
        return self.chain.call(contract, function, *args)

    def send(self, signer: Signer, contract: str, function: str, *args: Any) -> Receipt:
        """Send through the outbox; see ``Outbox.execute``."""
        return self.outbox.execute(self.chain, signer, self.chain.encode(contract, function, args))

    def events(self, contract: str, event: str, **filters: Any) -> list[Event]:
        """All events of this name, oldest first."""
        return self.chain.events(contract, event, **filters)


def _receipt_of_any(chain: Chain, attempts: list[Signed]) -> Receipt | None:
    for signed in reversed(attempts):
        receipt = chain.receipt(signed.hash)
        if receipt is not None:
            return receipt
    return None


def _nonce_is_taken(error: RpcError) -> bool:
    text = error.text.lower()
    return "nonce" in text or "replacement" in text


def _is_outbid(error: RpcError) -> bool:
    """Whether the fees that were signed are too low by now."""
    text = error.text.lower()
    return "fee" in text or "underpriced" in text or "gas price" in text


_SILENT = (NodeError, RpcError)


@contextmanager
def _unknown_if_lost(
    label: str, transaction: str, lost: tuple[type[ConcordatError], ...] = _SILENT
) -> Iterator[None]:
    """From here on, a node that does not answer, or not to the point, may have the transaction."""
    try:
        yield
    except lost as error:
        raise _unknown(label, transaction, "may have reached the node, which no longer answers") from error


def _unknown(label: str, transaction: str, how: str) -> OutcomeUnknownError:
    return OutcomeUnknownError(
        f"{label} was sent as {transaction} and {how}.",
        kept="The signed transaction is kept in the workspace's outbox.",
        next="Run the same command again: it looks for the outcome first, and nothing happens twice.",
    )
