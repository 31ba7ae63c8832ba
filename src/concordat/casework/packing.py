# SPDX-License-Identifier: Apache-2.0
"""Checking and packing: a record and files become a signed package, with the chain or without it."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from pathlib import Path

from concordat.casework.desk import Desk
from concordat.casework.guards import require_same_suite
from concordat.casework.identity import Post
from concordat.casework.judging import Expected, Judgement, judge
from concordat.casework.reporting import write_collection_report
from concordat.errors import AuthorityError, UsageError
from concordat.evidence import packing, store, typed
from concordat.evidence.draft import PackageDraft, PackContext
from concordat.evidence.facts import Facts
from concordat.evidence.intake import Progress
from concordat.evidence.package import Package
from concordat.evidence.places import alpha
from concordat.evidence.record import Record, parse
from concordat.evidence.registry import collection_of
from concordat.evidence.typed import CoSignerRole
from concordat.evidence.words import HOUR
from concordat.membership import numbers

StrPath = str | PathLike[str]

SIGNATURE_LIFE = 30 * 24 * HOUR
"""Seconds for which a collector's signature may be used, unless the standard's delay is longer."""


def check_record(
    desk: Desk, record_path: StrPath, *, forums: Sequence[int] = (), roles: Sequence[CoSignerRole] = ()
) -> Judgement:
    """Judge a record as registering would. Writes nothing.

    Args:
        desk: whose standards, key and clock.
        record_path: the record.
        forums: place numbers beside those of the record.
        roles: of those who will co-sign.

    Raises:
        RecordError: the record says wrong things.
        FileError: a document that it cites is not there.
        AuthorityError: the key held no appointment when the collection started.
    """
    record = read_record(record_path)
    packing.documents_of(record, record_path)
    post = _post(desk, record)
    return _judge(desk, record, post, forums, roles)


def check_package(desk: Desk, package: Package, *, forums: Sequence[int] = ()) -> Judgement:
    """Judge a package as registering it would, with the co-signatures that it holds. Writes nothing."""
    manifest, record = package.manifest, package.record
    roles = [CoSignerRole(each.role) for each in package.signatures.bound]
    # Whoever registers it, the collector's appointment and qualification are judged.
    post = desk.identity_of(manifest.collector).post_at(_start(record))
    return _judge(desk, record, post, forums, roles)


def pack(
    desk: Desk,
    record_path: StrPath,
    paths: Sequence[StrPath],
    out: StrPath,
    *,
    roles: Sequence[CoSignerRole] = (),
    expect: StrPath | None = None,
    progress: Progress | None = None,
) -> Package:
    """Make a package and sign it as the collector. Needs no network; resumable.

    Args:
        desk: the collector's.
        record_path, paths, out, expect, progress: see ``concordat.evidence.packing.pack``.
        roles: of those who will co-sign; only for the verdict in the collection report.
    """
    record = read_record(record_path)
    post = _post(desk, record)
    judgement = _judge(desk, record, post, (), roles)
    context = PackContext(
        chain_id=desk.workspace.config.chain_id,
        genesis=bytes.fromhex(desk.workspace.config.genesis_id[2:]),
        registry=desk.registry,
        agency=post.agency,
        collector=desk.signer.address,
        appointment=post.number,
        standard_version=judgement.home.assessment.version,
        home_forum=post.home,
    )

    def write_report(draft: PackageDraft) -> Path:
        return write_collection_report(draft, judgement, post.agency_name)

    with desk.index() as index:
        package = packing.pack(
            record_path,
            paths,
            out,
            context,
            write_report=write_report,
            journal=desk.journal,
            expect=expect,
            index=index,
            progress=progress,
        )
    sign(desk, package)
    return package


def sign(desk: Desk, package: Package) -> None:
    """Sign a package as its collector, together with the set of co-signers that it holds now.

    Raises:
        AuthorityError: the key is not the collector's.
        UsageError: the package is registered already.
    """
    require_same_suite(desk, package)
    if package.receipt is not None:
        raise UsageError(
            f"{package.name} is registered; the collector's signature over it stands.",
            code="package.registered",
            kept="Nothing was changed.",
            next="What comes later is added with: concordat cosign",
        )
    collector = package.manifest.collector
    if desk.signer.address.lower() != collector.lower():
        raise AuthorityError(
            f"{package.name} was collected by {collector}, the key is {desk.signer.address}.",
            code="authority.not_the_collector",
            kept="Nothing was signed.",
            next="Use the collector's key (--key).",
        )
    deadline = _deadline(desk, Facts.unpack(package.manifest.facts), package.manifest.forum)
    collection, _, co_signatures = collection_of(package.signatures)
    bound = typed.co_signers_hash((each.role, each.signer) for each in co_signatures)
    config = desk.workspace.config
    domain = typed.domain(config.chain_id, desk.registry, bytes.fromhex(config.genesis_id[2:]))
    message = {**collection.message(bound), "deadline": deadline}
    signature = desk.signer.sign_typed(domain, typed.ACQUISITION, "Acquisition", message)
    package.sign(f"0x{signature.hex()}", deadline=deadline, co_signers=bound)


def read_record(path: StrPath) -> Record:
    """Parse a record.

    Raises:
        FileError: it cannot be read.
        RecordError: it says wrong things; with every mistake.
    """
    with store.guard(f"read {path}", kept="Nothing was written."):
        data = Path(path).read_bytes()
    try:
        return parse(data.decode("utf-8"), Path(path).name)
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{path} is not UTF-8 text.", code="record.invalid", next="Save it as UTF-8."
        ) from error


def _judge(
    desk: Desk, record: Record, post: Post, forums: Sequence[int], roles: Sequence[CoSignerRole]
) -> Judgement:
    expected = Expected(post.qualified_at(_start(record)), tuple(roles), record.mandate is not None)
    return judge(record, desk.book, desk.clock.now, expected, forums=forums)


def _start(record: Record) -> int:
    return int(record.started.timestamp())


def _post(desk: Desk, record: Record) -> Post:
    """The appointment of the key when the collection started; refuses a record of another agency."""
    post = desk.identity.post_at(_start(record))
    named = str(record.agency)
    own = {
        post.agency_name.upper(),
        str(post.agency),
        numbers.label(post.agency).upper(),
        _country_ordinal(post.agency),
    }
    if named.upper() not in own:
        raise UsageError(
            f"The record is of agency {named}; the key acted for {post.agency_name} then.",
            code="record.other_agency",
            kept="Nothing was written.",
            next="Correct agency in the record, or use the key of who collected.",
        )
    return post


def _country_ordinal(agency: int) -> str:
    return f"{alpha(numbers.jurisdiction_of(agency))}-{agency & 0xFFFF}"


def _deadline(desk: Desk, facts: Facts, home: int) -> int:
    """Not before the standard's delay is over: who signs early may be registered late."""
    adopted = desk.book.in_force(facts, home)
    delay = adopted.standard.delay_hours * HOUR if adopted else 0
    return max(facts.ended_at + delay, desk.clock.now + SIGNATURE_LIFE)
