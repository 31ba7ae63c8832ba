# SPDX-License-Identifier: Apache-2.0
"""What anybody may ask: is it still what was registered, and what is it worth where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from os import PathLike

from concordat.casework import anchoring
from concordat.casework.anchoring import Anchor
from concordat.casework.desk import Desk
from concordat.casework.judging import ForumJudgement, in_words
from concordat.errors import UsageError, VerificationError
from concordat.evidence import registry
from concordat.evidence.intake import Progress
from concordat.evidence.package import Package
from concordat.evidence.papers import Receipt
from concordat.evidence.registry import Acquisition, Aftermath
from concordat.evidence.verify import VerificationResult, verify_package
from concordat.ledger.protocol import Event

StrPath = str | PathLike[str]


@dataclass(frozen=True)
class Shown:
    """An acquisition as the chain has it.

    Attributes:
        forums: what it is worth in each forum now, with all that came later.
        compromised: since when the collector's key is reported compromised, seconds since 1970 UTC; or 0.
    """

    record: Acquisition
    aftermath: Aftermath
    successor: bytes | None
    collector: str
    compromised: int
    forums: tuple[ForumJudgement, ...]
    history: tuple[Event, ...]


def show(desk: Desk, agency: int, root: bytes, forums: Sequence[int]) -> Shown:
    """Ask the chain for an acquisition, and each forum what it is worth.

    Raises:
        UsageError: nothing is registered under this agency and root.
    """
    from concordat.membership.officers import compromised_since

    chain = desk.chain
    record = registry.acquisition(chain, agency, root)
    if record is None:
        raise UsageError(
            f"Agency {agency} has registered nothing under 0x{root.hex()}.",
            code="registry.none",
            next="Check agency and root; a package is registered with: concordat register",
        )
    history = tuple(registry.history(chain, agency, root))
    collector = next(
        str(event.args["collector"]) for event in history if event.name == "AcquisitionRegistered"
    )
    later = registry.aftermath(chain, agency, root)
    return Shown(
        record=record,
        aftermath=later,
        successor=registry.successor(chain, agency, root),
        collector=collector,
        compromised=compromised_since(chain, collector),
        forums=tuple(
            in_words(record.facts, forum, desk.book, registry.assess(chain, agency, root, forum))
            for forum in forums
        ),
        history=history,
    )


@dataclass(frozen=True)
class Verified:
    """A verification, and what it rests on.

    Attributes:
        node: address of the node from which the record was read, or "".
        anchor: the package's own proof, where no node was asked.
    """

    result: VerificationResult
    node: str = ""
    anchor: Anchor | None = None


def verify(
    desk: Desk | None,
    package: Package,
    paths: Sequence[StrPath] | None = None,
    *,
    block_hash: bytes | None = None,
    progress: Progress | None = None,
) -> Verified:
    """Verify package and files; and the record, on the chain or by the package's own proof. Writes nothing.

    Args:
        desk: to ask the chain; None: the proof in the package is checked instead, without network.
        package: in whatever state.
        paths: the files that were packed, or copies of them.
        block_hash: without a desk: hash of a block that you trust, 32 bytes.
        progress: told how far the reading is.

    Raises:
        VerificationError: the receipt speaks of a registration of which the chain knows nothing.
        StorageProofError: the package's own proof does not hold.
    """
    paper = _receipt(package)
    if desk is None or paper is None:
        anchor = anchoring.check(package, block_hash) if paper is not None else None
        record = anchor.record if anchor else None
        return Verified(verify_package(package, paths, chain_record=record, progress=progress), anchor=anchor)
    record = registry.chain_record(desk.chain, paper.agency, bytes.fromhex(paper.root[2:]))
    if record is None:
        raise VerificationError(
            f"{package.name} holds a receipt, but the chain has no such record.",
            code="verification.not_on_chain",
            next="Check that the node is of the right chain (concordat doctor), and ask another node.",
        )
    result = verify_package(package, paths, chain_record=record, progress=progress)
    return Verified(result, node=desk.workspace.rpc)


def _receipt(package: Package) -> Receipt | None:
    """The receipt, or None where it cannot be read: then verification itself names the damage."""
    try:
        return package.receipt
    except (VerificationError, UsageError, OSError):
        return None
