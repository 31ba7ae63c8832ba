# SPDX-License-Identifier: Apache-2.0
"""What a joint team shares, and what it carries out together: actions that stay hidden until their hour."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

from eth_utils.crypto import keccak

from concordat.casework import doing
from concordat.casework.cooperating import audience, casenames, caserecord, teams
from concordat.casework.cooperating.cases import Done
from concordat.casework.cooperating.teams import ActionStanding, Joint
from concordat.casework.desk import Desk
from concordat.casework.freezing.offices import own_agency
from concordat.cooperation import casetexts
from concordat.cooperation import teams as chain_teams
from concordat.cooperation.casetexts import About, CaseText
from concordat.cooperation.teams import Counts, PoolItem
from concordat.errors import UsageError, VerificationError
from concordat.evidence import canonical, store
from concordat.ledger.protocol import Event, Receipt

INDEX: Final = "index.json"


@dataclass(frozen=True)
class Pooled:
    """An item of the pool, with what is in it.

    Attributes:
        text: as far as it is sealed to the own agency.
        unread: why not.
    """

    item: PoolItem
    text: CaseText | None = field(repr=False, default=None)
    unread: str = ""


@dataclass(frozen=True)
class Exported:
    """A pool that was written out, and is whole."""

    folder: Path
    head: bytes
    items: int
    read: int


def share(desk: Desk, text: str, path: Path, *, resident: bool = False) -> Done:
    """Share a document with a team: sealed to exactly those who are members now.

    Args:
        desk: of an officer with LEAD or ASK of a member.
        text: which team.
        path: the document.
        resident: it may not leave the country: only its name, size and hash are shared.
    """
    joint = teams.team_named(desk, text)
    content, name = caserecord.content_of(path), casetexts.plain_name(path.name)
    if resident:
        content, name = proof_of(name, content), f"{name}.proof.json"
    return _share(desk, joint, CaseText(joint.file.id, own_agency(desk), About.ITEM, name, content))


def pool(desk: Desk, joint: Joint) -> Iterator[Pooled]:
    """The items of a team's pool, opened as far as they are sealed to the own agency."""
    for item in chain_teams.pool(desk.chain, joint.id):
        try:
            text = caserecord.read_one(desk, joint.file, item.message)
        except (UsageError, VerificationError) as error:  # one that is lost or damaged hides no other
            yield Pooled(item, None, error.message)
            continue
        if casetexts.item_id(joint.file.told.opening.secret, text.content) != item.item:
            yield Pooled(item, None, "It is another item than the chain says.")
            continue
        yield Pooled(item, text)


def export(desk: Desk, text: str, folder: Path) -> Exported:
    """Write a pool out: every item that can be read, and an index that proves that none is missing.

    Raises:
        VerificationError: the items do not make the head that stands on the chain.
        UsageError: the folder exists.
        FileError: it cannot be written.
    """
    joint = teams.team_named(desk, text)
    if folder.exists():
        raise UsageError(
            f"{folder.name} exists.", code="file.exists", kept="It was not touched.", next="Name another."
        )
    head = checked_head(desk, joint.id)
    found = list(pool(desk, joint))
    entries = []
    with store.guard(f"write {folder.name}"):
        folder.mkdir(parents=True)
        for each in found:
            name = f"{each.item.number:04d}-{each.text.name}" if each.text else None
            if each.text and name:
                store.write(folder / name, each.text.content)
            entries.append(_entry(each, name))
        index = {"team": joint.id.hex(), "case": joint.file.id.hex(), "head": head.hex(), "items": entries}
        store.write(folder / INDEX, canonical.dumps(index))
    return Exported(folder, head, len(found), sum(each.text is not None for each in found))


def checked_head(desk: Desk, team: bytes) -> bytes:
    """The head of a pool, computed from its items and compared with the chain's.

    Raises:
        VerificationError: they differ.
    """
    head = bytes(32)
    items = chain_teams.pool(desk.chain, team)
    for item in items:
        head = chain_teams.head_after(head, team, item)
    if (head, len(items)) != chain_teams.pool_head(desk.chain, team):
        raise VerificationError(
            "The items of the pool do not make the head that stands on the chain.",
            code="team.head",
            kept="Nothing was written.",
            next="Ask another node: this one does not give all events.",
        )
    return head


def proof_of(name: str, content: bytes) -> bytes:
    """What is told of a document whose body stays in the country."""
    return canonical.dumps(
        {"name": name, "resident": True, "sha256": sha256(content).hexdigest(), "size": len(content)}
    )


# Actions


def propose_action(
    desk: Desk, text: str, path: Path, *, needed: int, release_at: int, expires_at: int
) -> tuple[Done, bytes]:
    """Propose an action and approve it: the members read what it is, everybody else sees a hash.

    Args:
        desk: of an officer with LEAD of a member.
        text: which team.
        path: what is to be done, where and when.
        needed: approvals of members, the own included.
        release_at: from when it can be recorded and so is opened; everybody reads this time.
        expires_at: approvals count before this.

    Returns:
        What was done, and the action.
    """
    joint = teams.team_named(desk, text)
    order = CaseText(
        joint.file.id,
        own_agency(desk),
        About.ACTION,
        casetexts.plain_name(path.name),
        caserecord.content_of(path),
    )
    content = _hidden(joint, order)
    action = chain_teams.action_id(joint.id, order.by, content)
    _share(desk, joint, order)
    done = _once(
        desk,
        joint,
        "action-propose",
        teams.event(desk, joint.id, "ActionProposed", action=action),
        lambda: chain_teams.propose_action(
            desk.ledger,
            desk.signer,
            joint.id,
            content,
            needed=needed,
            release_at=release_at,
            expires_at=expires_at,
        ),
    )
    return done, action


def approve_action(desk: Desk, text: str, action: str, agree: Callable[[CaseText], None]) -> Done:
    """Approve an action, after it was read; ``agree`` raises unless it is to be."""
    joint, own = teams.team_named(desk, text), own_agency(desk)
    chosen = action_named(desk, joint, action)
    earlier = teams.event(desk, joint.id, "ActionApproved", action=chosen.id, agency=own)
    if earlier is None:
        agree(order_of(desk, joint, chosen))
    return _once(
        desk,
        joint,
        "action-approve",
        earlier,
        lambda: chain_teams.approve_action(desk.ledger, desk.signer, chosen.id),
    )


def record_action(desk: Desk, text: str, action: str, counts: Counts) -> Done:
    """Record that an action was carried out, with what it brought; this opens it to whoever has the text."""
    joint = teams.team_named(desk, text)
    chosen = action_named(desk, joint, action)
    order = order_of(desk, joint, chosen)
    salt = casetexts.action_salt(joint.file.told.opening.secret, order.content)
    return _once(
        desk,
        joint,
        "action-record",
        chosen.done,
        lambda: chain_teams.record_action(
            desk.ledger, desk.signer, chosen.id, salt, bytes(keccak(order.content)), counts
        ),
    )


def action_named(desk: Desk, joint: Joint, text: str) -> ActionStanding:
    """The action that is meant by the beginning of its id.

    Raises:
        UsageError: none or several are.
    """
    known = {each.id: each for each in teams.actions(desk, joint.id)}
    return known[casenames.only(known, text, "actions of this team", "concordat case team show")]


def order_of(desk: Desk, joint: Joint, action: ActionStanding) -> CaseText:
    """What an action is, from the pool, compared with what hides it.

    Raises:
        UsageError: it is not in the pool, or not sealed to the own agency.
    """
    for each in pool(desk, joint):
        text = each.text
        if text is None or text.about is not About.ACTION:
            continue
        if chain_teams.action_id(joint.id, action.by, _hidden(joint, text)) == action.id:
            return text
    raise UsageError(
        "What this action is cannot be read here.",
        code="team.hidden",
        kept="Nothing was sent.",
        next="Only members may read it; ask the agency that proposed it, and do not approve what you "
        "cannot read.",
    )


def _hidden(joint: Joint, order: CaseText) -> bytes:
    salt = casetexts.action_salt(joint.file.told.opening.secret, order.content)
    return chain_teams.content_of(salt, bytes(keccak(order.content)))


def _share(desk: Desk, joint: Joint, text: CaseText) -> Done:
    item = casetexts.item_id(joint.file.told.opening.secret, text.content)
    earlier = teams.event(desk, joint.id, "Shared", agency=text.by, item=item)
    if earlier:
        digest = bytes(earlier.args["message"])
    else:
        members = audience.still_in(desk, chain_teams.members_of(desk.chain, joint.id))
        # Never one that was sealed before to somebody who left since.
        digest = caserecord.seal_text(
            desk, joint.file, text, members, lambda old: set(old.recipients) == members
        )
    return _once(
        desk,
        joint,
        "team-share",
        earlier,
        lambda: chain_teams.share(desk.ledger, desk.signer, joint.id, item, digest),
    )


def _entry(pooled: Pooled, name: str | None) -> dict[str, object]:
    item = pooled.item
    return {
        "number": item.number,
        "agency": item.agency,
        "item": item.item.hex(),
        "message": item.message.hex(),
        "head": item.head.hex(),
        "transaction": item.transaction,
        "file": name,
        "unread": pooled.unread or None,
    }


def _once(desk: Desk, joint: Joint, act: str, earlier: Event | None, send: Callable[[], Receipt]) -> Done:
    return doing.once(desk, joint.id, joint.name, joint.file, act, earlier, send)
