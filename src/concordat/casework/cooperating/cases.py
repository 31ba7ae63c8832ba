# SPDX-License-Identifier: Apache-2.0
"""Cases: opened, claimed, consulted about, led, transferred, closed; and who is told of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeAlias

from concordat.casework import doing
from concordat.casework.cooperating import audience, casenames, caserecord, sharedpost
from concordat.casework.cooperating.casenames import NOT_SENT
from concordat.casework.desk import Desk
from concordat.casework.freezing.offices import number_of, own_agency
from concordat.cooperation import casebook, casetexts
from concordat.cooperation.casetexts import OPENING_KIND, POOLED, About, CaseText
from concordat.cooperation.folders.casefolder import ENDING, CaseFolder, Told
from concordat.cooperation.states import CaseStatus
from concordat.cooperation.words import ClaimGround
from concordat.errors import UsageError
from concordat.ledger.protocol import Event, Receipt
from concordat.ledger.sentences import ContractError
from concordat.mail import sealed
from concordat.membership import numbers

Done: TypeAlias = doing.Done[CaseFolder]
NO_TEXT: Final = bytes(32)


@dataclass(frozen=True)
class Invited:
    """Who was told of a case.

    Attributes:
        digest: hash of the message; tell it to them, by a way that you trust.
        carried: whether it lies in the mailbox; else it is to be carried by hand.
    """

    file: CaseFolder
    agencies: tuple[int, ...]
    digest: bytes
    carried: bool


# Opening, and being told


def open_case(
    desk: Desk, number: str, ground: ClaimGround, *, title: str = "", out: Path | None = None
) -> Done:
    """Open a case and claim it for the own jurisdiction, which leads.

    Secret and sealed message are kept in ``NAME.case`` before anything is sent, so that running it again
    after whatever interruption finishes it, and nothing is doubled.

    Args:
        desk: of an officer with LEAD.
        number: of the case, as the own agency calls it.
        ground: on what the own jurisdiction claims it.
        title: what people call it here; it is never sent.
        out: the folder to make; by default the number with ``.case``, here.

    Raises:
        UsageError: the folder is another case's, or the own agency published no encryption key.
        ContractError: refused; nothing was opened.
        OutcomeUnknownError: sent, and the outcome is not known: run again.
    """
    file, made = _folder_of(desk, number, ground, title, out)
    told = file.told
    data = file.sealed_message(told.message)
    if data:
        sharedpost.send(desk, data)
    try:
        return _once(
            desk,
            file,
            "open",
            caserecord.event(desk, file.id, "CaseOpened"),
            lambda: casebook.open_(
                desk.ledger, desk.signer, told.opening.commitment, ClaimGround[told.ground], told.message
            ),
        )
    except ContractError:
        if made:  # it was never opened, and whoever corrects the command begins anew
            shutil.rmtree(file.folder, ignore_errors=True)
        raise


def invite(desk: Desk, text: str, agencies: Sequence[str], *, from_the_start: bool = False) -> Invited:
    """Tell other agencies the number and the secret of a case, so that they read and count with the others.

    Args:
        desk: of an agency that has the case.
        text: which case.
        agencies: whom.
        from_the_start: also what was put on record before, as far as it was read here; never a team's pool.

    Raises:
        UsageError: there is no such case or agency, or one published no encryption key.
    """
    file = casenames.file_named(desk, text)
    invited = tuple(dict.fromkeys(number_of(desk.chain, each) for each in agencies))
    record = [digest for digest, text_ in file.texts() if text_.about not in POOLED] if from_the_start else []
    done = tell(desk, file, invited, caserecord.keys_of(desk, file, record))
    file.add_readers(invited)
    return done


def tell(desk: Desk, file: CaseFolder, agencies: tuple[int, ...], keys: Mapping[bytes, bytes]) -> Invited:
    """Seal the case's secret, and keys of earlier messages, to agencies."""
    audience.require_in(desk, agencies)
    opening = replace(file.told.opening, keys=keys)
    message = sharedpost.seal(desk, opening.to_bytes(), OPENING_KIND, agencies)
    digest = file.keep_sealed(message.data)
    return Invited(file, agencies, digest, sharedpost.send(desk, message.data))


def receive(desk: Desk, data: bytes, out: Path | None = None) -> CaseFolder:
    """Keep what an invitation says: the folder of the case is made, or is there already.

    Raises:
        UsageError: it is for others; or there is no such case on this chain.
        VerificationError: it was changed, or is no invitation.
        FileError: the folder cannot be written.
    """
    opening = casetexts.read_opening(sharedpost.opened(desk, data, OPENING_KIND))
    if casebook.status_of(desk.chain, opening.id) is CaseStatus.NONE:
        raise UsageError(
            f"The case {opening.number} of this message is not on this chain.",
            code="case.not_opened",
            kept="Nothing was kept.",
            next="Ask the agency that invited you; its opening may not have been sent yet.",
        )
    known = casenames.found_by(desk, opening.id)
    if known.file is not None:
        known.file.add_keys(opening.keys)
        return known.file
    config = desk.workspace.config
    told = Told(config.chain_id, bytes.fromhex(config.genesis_id[2:]), opening)

    def prepare(file: CaseFolder) -> None:
        file.keep_sealed(data)
        file.add_keys(opening.keys)

    return CaseFolder.create(out or _place(opening.number), told, prepare)


# Claims and consultation


def claim(desk: Desk, text: str, ground: ClaimGround, grounds: Path) -> Done:
    """Claim a case that is open elsewhere; this opens a conflict, and consultation begins."""
    file = casenames.file_named(desk, text)
    own = numbers.jurisdiction_of(own_agency(desk))
    standing = casebook.claim_of(desk.chain, file.id, own)
    made = caserecord.event(desk, file.id, "JurisdictionClaimed", jurisdiction=own) if standing else None
    digest = made.args["grounds"] if made else caserecord.put_on_record(desk, file, About.CLAIM, grounds)
    return _once(
        desk,
        file,
        "claim",
        made,
        lambda: casebook.claim(desk.ledger, desk.signer, file.id, ground, digest),
    )


def drop(desk: Desk, text: str) -> Done:
    """Give up the own jurisdiction's claim."""
    found = casenames.case_named(desk, text)
    own = numbers.jurisdiction_of(own_agency(desk))
    earlier = caserecord.event(desk, found.id, "ClaimDropped", jurisdiction=own)
    if earlier and casebook.claim_of(desk.chain, found.id, own):
        earlier = None  # it was claimed anew since
    return doing.once(
        desk,
        found.id,
        found.name,
        found.file,
        "drop",
        earlier,
        lambda: casebook.drop_claim(desk.ledger, desk.signer, found.id),
    )


def consult(desk: Desk, text: str, position: Path) -> Done:
    """Put a position on record; the claimants read it."""
    return _recorded(desk, text, About.POSITION, position, "Consulted", "position", casebook.consult)


def propose_lead(desk: Desk, text: str, agency: str, reasons: Path) -> tuple[Done, bytes]:
    """Propose which agency leads; gives the proposal, too."""
    file = casenames.file_named(desk, text)
    lead = number_of(desk.chain, agency)
    digest = caserecord.put_on_record(desk, file, About.LEAD, reasons)
    done = _once(
        desk,
        file,
        "propose-lead",
        caserecord.event(desk, file.id, "LeadProposed", agency=lead, text=digest),
        lambda: casebook.propose_lead(desk.ledger, desk.signer, file.id, lead, digest),
    )
    made = caserecord.event(desk, file.id, "LeadProposed", agency=lead, text=digest)
    return done, bytes(made.args["proposal"]) if made else NO_TEXT


def agree_lead(desk: Desk, text: str, proposal: str) -> Done:
    """Agree to exactly one proposal, instead of any other."""
    found = casenames.case_named(desk, text)
    own = numbers.jurisdiction_of(own_agency(desk))
    proposed = [bytes(each.args["proposal"]) for each in caserecord.events(desk, found.id, "LeadProposed")]
    chosen = casenames.only(proposed, proposal, "proposals of this case", "concordat case show")
    earlier = caserecord.event(desk, found.id, "LeadAgreed", proposal=chosen, by=own)
    if earlier and not _still_agreed(desk, found.id, own, chosen):
        earlier = None
    return doing.once(
        desk,
        found.id,
        found.name,
        found.file,
        "agree-lead",
        earlier,
        lambda: casebook.agree_lead(desk.ledger, desk.signer, found.id, chosen),
    )


# Transfer of proceedings, and the end


def offer_transfer(desk: Desk, text: str, to: str | None, reasons: Path | None) -> Done:
    """Offer the proceedings to another agency, instead of what was offered before; None takes that back."""
    file = casenames.file_named(desk, text)
    if (to is None) != (reasons is None):
        raise UsageError(
            "An offer names an agency and gives its text; what is taken back has neither.",
            code="case.offer",
            kept=NOT_SENT,
        )
    agency = number_of(desk.chain, to) if to else 0
    digest = NO_TEXT
    if reasons:
        digest = caserecord.put_on_record(desk, file, About.TRANSFER, reasons, readers=[agency])
    newest = caserecord.event(desk, file.id, "TransferOffered")
    same = newest and (newest.args["to"], newest.args["text"]) == (agency, digest)
    return _once(
        desk,
        file,
        "transfer-offer",
        newest if same else None,
        lambda: casebook.offer_transfer(desk.ledger, desk.signer, file.id, agency, digest),
    )


def accept_transfer(desk: Desk, text: str, agree: Callable[[CaseText], None]) -> Done:
    """Accept the proceedings exactly as they were offered; the lead moves with this.

    Args:
        desk: of an officer with LEAD of the agency to which they were offered.
        text: which case.
        agree: is shown the text of the offer, and raises unless it is agreed to.

    Raises:
        UsageError: nothing is offered to the own agency.
    """
    file, own = casenames.file_named(desk, text), own_agency(desk)
    offered = caserecord.event(desk, file.id, "TransferOffered")
    if offered is None or offered.args["to"] != own:
        raise UsageError(
            f"{file.number} is not offered to your agency.",
            code="case.no_offer",
            kept=NOT_SENT,
            next="See what was offered: concordat case show",
        )
    digest = bytes(offered.args["text"])
    earlier = caserecord.event(desk, file.id, "TransferAccepted", to=own, text=digest)
    if earlier and earlier.block < offered.block:
        earlier = None
    if earlier is None:
        agree(caserecord.read_one(desk, file, digest))
    return _once(
        desk,
        file,
        "transfer-accept",
        earlier,
        lambda: casebook.accept_transfer(desk.ledger, desk.signer, file.id, digest),
    )


def minutes(desk: Desk, text: str, document: Path) -> Done:
    """Anchor the minutes of a meeting; the agencies concerned read them."""
    return _recorded(
        desk, text, About.MINUTES, document, "MinutesAnchored", "record", casebook.anchor_minutes
    )


def close(desk: Desk, text: str, reason: int, document: Path) -> Done:
    """Close a case, as the leading agency."""
    file = casenames.file_named(desk, text)
    earlier = caserecord.event(desk, file.id, "CaseClosed")
    digest = (
        earlier.args["text"] if earlier else caserecord.put_on_record(desk, file, About.CLOSING, document)
    )
    return _once(
        desk,
        file,
        "close",
        earlier,
        lambda: casebook.close(desk.ledger, desk.signer, file.id, reason, digest),
    )


def _recorded(
    desk: Desk,
    text: str,
    about: About,
    path: Path,
    name: str,
    value: str,
    send: Callable[..., Receipt],
) -> Done:
    """Put a text on record whose event carries its hash alone."""
    file = casenames.file_named(desk, text)
    digest = caserecord.put_on_record(desk, file, about, path)
    return _once(
        desk,
        file,
        about.value,
        caserecord.event(desk, file.id, name, **{value: digest}),
        lambda: send(desk.ledger, desk.signer, file.id, digest),
    )


def _once(desk: Desk, file: CaseFolder, act: str, earlier: Event | None, send: Callable[[], Receipt]) -> Done:
    return doing.once(desk, file.id, file.number, file, act, earlier, send)


def _still_agreed(desk: Desk, case: bytes, own: int, proposal: bytes) -> bool:
    """Whether the own side agrees to it now, or it was settled with that."""
    if casebook.agreed_by(desk.chain, case, own) == proposal:
        return True
    settled = casebook.status_of(desk.chain, case) in (CaseStatus.SETTLED, CaseStatus.OPEN)
    return settled and casebook.lead_of(desk.chain, case) == casebook.proposal_of(desk.chain, case, proposal)


def _folder_of(
    desk: Desk, number: str, ground: ClaimGround, title: str, out: Path | None
) -> tuple[CaseFolder, bool]:
    """The folder of the case: as it is, or made now; and whether it was."""
    folder = out or _place(number)
    if not folder.name.endswith(ENDING):
        folder = folder.with_name(folder.name + ENDING)
    own = own_agency(desk)
    opening = casetexts.new_opening(own, number)
    known = [each for each in casenames.glances(desk) if each.number == opening.number]
    if folder.exists() or known:
        file = casenames.opened(desk, folder if folder.exists() else known[0].folder)
        if file.number != opening.number or file.told.ground != ground.name:
            raise UsageError(
                f"{file.name} is the folder of the case {file.number}, "
                + (f"claimed on {file.told.ground}." if file.told.ground else "which was opened elsewhere."),
                code="case.known",
                kept=NOT_SENT,
                next="Number the case anew, or name another folder with --out.",
            )
        if file.told.opening.opener != own:
            raise UsageError(
                f"{file.name} is the folder of a case that another agency is to open.",
                code="case.other_opener",
                kept=NOT_SENT,
                next="Use the key of an officer of that agency, or name another folder with --out.",
            )
        return file, False
    message = sharedpost.seal(desk, opening.to_bytes(), OPENING_KIND, [own])
    config = desk.workspace.config
    told = Told(
        config.chain_id,
        bytes.fromhex(config.genesis_id[2:]),
        opening,
        title,
        sealed.digest(message.data),
        ground.name,
    )
    return CaseFolder.create(folder, told, lambda file: file.keep_sealed(message.data)), True


def _place(number: str) -> Path:
    return Path.cwd() / f"{casetexts.plain_name(number)}{ENDING}"
