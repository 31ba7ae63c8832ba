# SPDX-License-Identifier: Apache-2.0
"""Against a hold, and after it: notices, objections, reviews, proposals, dispositions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from concordat.assets import objections
from concordat.assets.objections import SignedObjection
from concordat.assets.orders import notice, ordermessage
from concordat.assets.orders.notice import Notice
from concordat.assets.orders.ordermessage import TargetSecrets
from concordat.assets.states import Outcome
from concordat.assets.values import commitments
from concordat.casework.desk import Desk
from concordat.casework.freezing import naming, post
from concordat.casework.freezing.doing import Done, once
from concordat.casework.freezing.lasting import amount_of, digest_of
from concordat.casework.freezing.naming import FoundHold
from concordat.casework.freezing.offices import number_of, own_agency
from concordat.casework.freezing.views import message_of
from concordat.errors import UsageError
from concordat.evidence import store
from concordat.ledger import eventlog
from concordat.ledger.protocol import Event, Receipt

LIFE: Final = 30 * 86_400
"""Seconds for which a signed objection can be sent."""


def write_notice(desk: Desk, text: str, out: Path) -> Notice:
    """Write the file that goes to the account holder with the notice, as requester or as institution.

    Args:
        desk: where the ``.freeze`` folder of the request is, or of the institution that got the message.
        text: the hold.
        out: the file to write.

    Raises:
        UsageError: the notice key is not here, or the file exists.
    """
    made = notice_of(desk, text)
    if out.exists():
        raise UsageError(
            f"{out} exists.", code="file.exists", kept="It was not touched.", next="Give another name."
        )
    with store.guard("write the notice"):
        store.write(out, made.to_bytes())
    return made


def notice_of(desk: Desk, text: str) -> Notice:
    """What the account holder of a hold gets with the notice.

    Raises:
        UsageError: no hold is meant, or its notice key is not here.
    """
    found = naming.hold_named(desk, text)
    secrets, account = _secrets(desk, found)
    if not secrets.notice_secret:
        raise _no_secret(found)
    return Notice(
        desk.chain.chain_id,
        desk.chain.genesis_id,
        desk.chain.address(notice.CONTRACT),
        found.named.request,
        found.named.target,
        account,
        secrets.notice_secret,
    )


def sign_objection(held: Path, grounds: bytes, deadline: int) -> SignedObjection:
    """Sign an objection with what came with the notice; needs no workspace and no network.

    Args:
        held: file of the notice.
        grounds: hash of the grounds, 32 bytes.
        deadline: last moment of its use, seconds since 1970 UTC.

    Raises:
        UsageError: the file is no notice.
    """
    with store.guard(f"read {held}", kept="Nothing was signed."):
        data = held.read_bytes()
    return Notice.from_bytes(data).sign(grounds, deadline)


def send_objection(desk: Desk, signed: SignedObjection) -> Done:
    """Send an objection that its author signed; anybody may.

    Raises:
        ContractError: it is not the account holder's, nothing is held, or one awaits its review.
    """
    hold = commitments.hold_id(signed.request, signed.target)
    return _once_by_grounds(
        desk,
        hold,
        naming.short(hold),
        signed.grounds,
        lambda: objections.object_to(desk.ledger, desk.signer, signed),
    )


def object_as_member(desk: Desk, text: str, grounds: bytes) -> Done:
    """Object as a member, for instance as the institution."""
    found = naming.hold_named(desk, text)
    named = found.named
    return _once_by_grounds(
        desk,
        named.hold,
        found.name,
        grounds,
        lambda: objections.object_as_member(desk.ledger, desk.signer, named.request, named.target, grounds),
    )


def grounds_of(desk: Desk, file: Path, reviewer: str | None) -> bytes:
    """Hash of the grounds as it goes on the chain.

    Args:
        desk: of whoever objects.
        file: the grounds.
        reviewer: agency to which they are sealed and sent; None: they travel by hand, and their hash counts.

    Raises:
        UsageError: the agency published no encryption key.
    """
    if reviewer is None:
        return digest_of(file)
    with store.guard(f"read {file}", kept="Nothing was sent."):
        content = file.read_bytes()
    envelope = post.seal(desk.chain, content, to=number_of(desk.chain, reviewer), kind=post.OBJECTION)
    data = envelope.to_bytes()
    if not post.send(desk, [data]):
        raise UsageError(
            "This workspace has no mailbox through which sealed grounds could travel.",
            code="freeze.no_mailbox",
            kept="Nothing was sent.",
            next="Leave out --to and hand the grounds over by hand, or name one: concordat init --mailbox",
        )
    return post.keep(desk, data)


def review(desk: Desk, text: str, outcome: Outcome, decision: Path, release: str = "") -> Done:
    """Decide the objection that awaits its review; what is upheld is let go in the same transaction.

    Args:
        desk: of an officer whom the profile lets review, of another agency than requester and institution.
        text: the hold.
        outcome: what is decided.
        decision: the decision, whose hash goes on the chain.
        release: with UPHELD_IN_PART what is let go, "SGD 100.00".

    Raises:
        UsageError: outcome and amount do not fit.
        ContractError: refused; nothing was decided.
    """
    if bool(release) != (outcome is Outcome.UPHELD_IN_PART):
        raise UsageError(
            "An amount is let go if, and only if, an objection is upheld in part.",
            code="freeze.outcome",
            kept="Nothing was sent.",
            next="Upheld lets go of everything, dismissed of nothing.",
        )
    found, digest = naming.hold_named(desk, text), digest_of(decision)
    named = found.named
    released = amount_of(release, named.currency) if release else 0
    return _once(
        desk,
        found,
        "review",
        _event(desk, named.hold, "ObjectionDecided", decision=digest),
        lambda: objections.review(
            desk.ledger, desk.signer, named.request, named.target, outcome, released, digest
        ),
    )


def propose(desk: Desk, text: str, proposal: Path) -> Done:
    """Propose, as prosecutor, what should become of what is held."""
    found, digest = naming.hold_named(desk, text), digest_of(proposal)
    named = found.named
    return _once(
        desk,
        found,
        "propose",
        _event(desk, named.hold, "DispositionProposed", proposal=digest),
        lambda: objections.propose(desk.ledger, desk.signer, named.request, named.target, digest),
    )


def dispose(desk: Desk, text: str, judgment: Path, *, give_back: str = "", forfeit: str = "") -> Done:
    """Decide, as court, on all that is held; what is neither given back nor forfeited is let go now.

    Args:
        desk: of a court's officer.
        text: the hold.
        judgment: whose hash goes on the chain.
        give_back: to victims, "SGD 1,000.00"; stays held until it is paid.
        forfeit: to the state.
    """
    found, digest = naming.hold_named(desk, text), digest_of(judgment)
    named = found.named
    to_return = amount_of(give_back, named.currency) if give_back else 0
    forfeited = amount_of(forfeit, named.currency) if forfeit else 0
    return _once(
        desk,
        found,
        "dispose",
        _event(desk, named.hold, "DispositionDecided", judgment=digest),
        lambda: objections.dispose(
            desk.ledger, desk.signer, named.request, named.target, to_return, forfeited, digest
        ),
    )


def _once_by_grounds(desk: Desk, hold: bytes, name: str, grounds: bytes, send: Callable[[], Receipt]) -> Done:
    earlier = _event(desk, hold, "Objected", grounds=grounds)
    return once(desk, hold, name, None, "object", earlier, send)


def _once(desk: Desk, found: FoundHold, act: str, earlier: Event | None, send: Callable[[], Receipt]) -> Done:
    name = f"{act} #{found.named.number}"
    return once(desk, found.named.hold, found.name, found.request.file, name, earlier, send)


def _event(desk: Desk, hold: bytes, name: str, **values: object) -> Event | None:
    found = eventlog.of(desk.chain, objections.OBJECTIONS, (name,), hold=hold)
    fitting = [event for event in found if all(event.args[key] == value for key, value in values.items())]
    return fitting[-1] if fitting else None


def _secrets(desk: Desk, found: FoundHold) -> tuple[TargetSecrets, bytes]:
    """Secrets and account commitment of a target: of the requester's folder, or the institution's message."""
    file = found.request.file
    if file is not None:
        for target, secrets in zip(file.order.targets, file.secrets.targets, strict=True):
            if ordermessage.target_word(target, secrets) == found.named.target:
                return secrets, commitments.account_commitment(secrets.salt, target.account)
    digest, _ = message_of(desk.chain, found.named)
    opened = ordermessage.read(post.unseal(desk, own_agency(desk), digest, post.REQUEST))
    for each in opened.targets:
        if each.word == found.named.target:
            return each.secrets, commitments.account_commitment(each.secrets.salt, each.target.account)
    raise _no_secret(found)


def _no_secret(found: FoundHold) -> UsageError:
    return UsageError(
        f"The notice key of {found.name} is not here.",
        code="freeze.no_notice_key",
        next="The requester's .freeze folder has it, and the message to the institution.",
    )
