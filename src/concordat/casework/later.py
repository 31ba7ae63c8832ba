# SPDX-License-Identifier: Apache-2.0
"""What may come after packing: co-signatures, supplements, withdrawal, supersession."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from concordat.afterwards import afterwards
from concordat.casework.desk import Desk
from concordat.casework.guards import registered, require_same_suite
from concordat.casework.packing import SIGNATURE_LIFE
from concordat.casework.reporting import report
from concordat.errors import AuthorityError, UsageError
from concordat.evidence import papers, registry, typed
from concordat.evidence.facts import Facts
from concordat.evidence.package import Package
from concordat.evidence.registry import WithdrawalReason, collection_of
from concordat.evidence.standards import Reason
from concordat.evidence.steps import SEEN, STEPS, Role, Step, steps_in
from concordat.evidence.typed import Collection, CoSignature, CoSignerRole
from concordat.ledger.protocol import Receipt


def cosign(desk: Desk, package: Package, role: CoSignerRole) -> CoSignature:
    """Co-sign a package with the desk's key. Needs no network. After registration it still is to be sent.

    Args:
        desk: of the co-signer.
        package: the package.
        role: in what role. Officer and device sign under their appointment at the start of collection.

    Raises:
        UsageError: the key is the collector's, or an officer's who would be witness or holder; or the package
            was packed for another suite. A co-signature that the contract refuses would block the package.
        AuthorityError: the key held no appointment of the package's agency when the collection started.
    """
    require_same_suite(desk, package)
    collection, _, _ = collection_of(package.signatures)
    number = _number(desk, collection, role)
    deadline = max(collection.deadline, desk.clock.now + SIGNATURE_LIFE)
    unsigned = CoSignature(role, desk.signer.address, number, deadline)
    config = desk.workspace.config
    domain = typed.domain(config.chain_id, desk.registry, bytes.fromhex(config.genesis_id[2:]))
    signature = desk.signer.sign_typed(
        domain, typed.CO_SIGNATURE, "CoSignature", unsigned.message(collection)
    )
    package.cosign(
        papers.CoSignature(int(role), desk.signer.address, number, deadline, f"0x{signature.hex()}")
    )
    return CoSignature(role, desk.signer.address, number, deadline, signature)


def _number(desk: Desk, collection: Collection, role: CoSignerRole) -> int:
    """Number of the co-signer's appointment; 0 for witness and holder, who have none."""
    who = desk.signer.address
    if who.lower() == collection.collector.lower():
        raise UsageError(
            f"{who} collected it, and cannot co-sign it as well.",
            code="cosign.collector",
            kept="Nothing was signed.",
            next="Name the key of somebody else: --key.",
        )
    if role not in (CoSignerRole.SECOND_OFFICER, CoSignerRole.DEVICE):
        if desk.online is not None and desk.identity.posts:
            raise UsageError(
                f"{who} was appointed by a member agency and cannot be witness or holder.",
                code="cosign.officer",
                kept="Nothing was signed.",
                next="Sign with a key of your own; officers sign as second officer.",
            )
        return 0
    post = desk.identity.post_at(Facts.unpack(collection.facts).started_at)
    if post.agency != collection.agency:
        raise AuthorityError(
            f"{who} acted for {post.agency_name}, which is not the agency that collected.",
            code="authority.other_agency",
            kept="Nothing was signed.",
            next="The second officer is of the same agency. See: concordat officer show",
        )
    return post.number


def submit_cosignatures(desk: Desk, package: Package) -> list[Receipt]:
    """Send the co-signatures that came after registration. Those that the chain has already are left out."""
    root, agency = registered(package)
    collection, signature, bound = collection_of(package.signatures)
    known = {
        str(event.args["signer"]).lower()
        for event in registry.history(desk.chain, agency, root)
        if event.name == "CoSigned"
    }
    sent = []
    for late in (
        each for each in package.signatures.cosignatures if each.late and each.address.lower() not in known
    ):
        added = CoSignature(
            CoSignerRole(late.role),
            late.address,
            late.appointment,
            late.deadline,
            bytes.fromhex(late.signature[2:]),
        )
        sent.append(registry.cosign(desk.ledger, desk.signer, collection, signature, bound, added))
    if sent:
        _papers(desk, package, "The co-signatures are on the chain.")
    return sent


def supplement(
    desk: Desk,
    package: Package,
    documents: Sequence[tuple[Role, Path]],
    *,
    forum: int,
    steps: Iterable[Step] = (),
) -> tuple[Receipt, tuple[Step, ...]]:
    """Bring documents for what a forum misses.

    Args:
        desk: of an officer with CURE.
        package: registered.
        documents: role and file of each.
        forum: place number of the forum that misses them.
        steps: what they show; by default every step that the forum misses and that such a document can show.

    Returns:
        The transaction, and the steps that were brought.
    """
    root, agency = registered(package)
    wanted = tuple(steps) or _shown_by(desk, package, agency, root, forum, {role for role, _ in documents})
    if not wanted:
        raise UsageError(
            "The forum misses nothing that these documents can show.",
            code="supplement.not_wanted",
            kept="Nothing was written or sent.",
            next="See what it misses: concordat show; name the steps with --step.",
        )
    known = next((each for each in package.supplements() if set(each.steps) == set(wanted)), None)
    laid = known or package.supplement(wanted, documents)
    mask = sum(1 << step for step in set(wanted))
    receipt = registry.supplement(desk.ledger, desk.signer, agency, root, forum, mask, laid.tree.root())
    _papers(desk, package, "The supplement is on the chain.")
    return receipt, wanted


def confirm_date(desk: Desk, agency: int, root: bytes, anchor: bytes) -> Receipt:
    """Confirm, for another agency, an earlier anchor of its acquisition; ``anchor`` is its hash."""
    return registry.confirm_date(desk.ledger, desk.signer, agency, root, anchor)


def withdraw(desk: Desk, package: Package, reason: WithdrawalReason) -> Receipt:
    """Mark a registered package as withdrawn. It stays readable, verifiable, and judged as before."""
    root, agency = registered(package)
    receipt = registry.withdraw(desk.ledger, desk.signer, agency, root, reason)
    _papers(desk, package, f"{package.name} is withdrawn.")
    return receipt


def supersede(desk: Desk, package: Package, successor: Package) -> Receipt:
    """Link a registered package to the registered one that corrects it."""
    root, agency = registered(package)
    new_root, _ = registered(successor)
    receipt = registry.supersede(desk.ledger, desk.signer, agency, root, new_root)
    _papers(desk, package, f"{package.name} is superseded.")
    return receipt


def _papers(desk: Desk, package: Package, what: str) -> None:
    """Write the certificate anew after something came to the record."""
    with afterwards(what, f"Write the certificate anew with: concordat report {package.name}"):
        report(desk, package)


def _shown_by(
    desk: Desk, package: Package, agency: int, root: bytes, forum: int, roles: set[Role]
) -> tuple[Step, ...]:
    """The steps that the forum misses now and that documents of these roles can show."""
    assessment = registry.assess(desk.chain, agency, root, forum)
    adopted = desk.book.in_force(Facts.unpack(package.manifest.facts), forum)
    missed = set(steps_in(assessment.curable & ((1 << Reason.CLAUSE_0) - 1) & ~SEEN))
    if adopted is not None:
        for index, clause in enumerate(adopted.standard.clauses):
            if assessment.curable >> Reason.CLAUSE_0 + index & 1:
                missed |= set(clause.any_of)
    return tuple(sorted(step for step in missed if roles & set(STEPS[step].roles)))
