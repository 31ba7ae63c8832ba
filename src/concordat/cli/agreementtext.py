# SPDX-License-Identifier: Apache-2.0
"""How agreements are told: one row, the whole thread, and the rules between two countries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from concordat.casework.cooperating.agreed import Owed, Party, Rule, Standing, Version
from concordat.cli.freeze.words import due, hexed
from concordat.cli.output import Marked, fields, moment, one_line, styled, table
from concordat.cooperation.agreementbook import ChainDraft, Terms
from concordat.cooperation.agreements.durations import shown
from concordat.cooperation.law.library import Basis
from concordat.cooperation.states import AgreementStatus, ObligationStatus
from concordat.cooperation.words import RequestKind
from concordat.evidence.places import alpha, name


def standing_row(found: Standing, lang: str) -> tuple[str, ...]:
    """One agreement in a list."""
    draft = found.draft
    breached = [each for each in found.duties if each.here is ObligationStatus.BREACHED]
    status = found.here.label()[lang]
    return (
        hexed(found.thread)[:14],
        " ".join(alpha(each) for each in draft.parties),
        f"{draft.basis.label()[lang]} {draft.basis_reference}".strip(),
        Marked(status, "good") if found.here is AgreementStatus.IN_FORCE else status,
        " ".join(alpha(each.jurisdiction) for each in found.parties if each.bound),
        Marked(str(len(breached)), "bad") if breached else "",
    )


def standing_data(found: Standing) -> dict[str, Any]:
    """The stable values of an agreement."""
    return {
        "thread": hexed(found.thread),
        "status": found.status.name,
        "status_by_this_clock": found.here.name,
        "agreed": hexed(found.agreed) if any(found.agreed) else None,
        "versions": [_version_data(each) for each in found.versions],
        "parties": [_party_data(each) for each in found.parties],
        "duties": [_duty_data(each) for each in found.duties],
    }


def standing_text(found: Standing, lang: str, now: int) -> str:
    """A whole thread for people."""
    clocks = found.here.label()[lang]
    if found.here is not found.status:
        clocks += f" by this machine's clock; by the chain's: {found.status.label()[lang]}"
    parts = [fields([("agreement", hexed(found.thread)), ("status", clocks)])]
    parts += ["\n".join(_version(each, each.hash == found.agreed, lang)) for each in found.versions]
    draft = found.draft
    parts.append("\n".join(_draft(draft, lang)))
    parts.append(table(_TERMS, [_term(each, lang) for each in draft.terms]) if draft.terms else "")
    parts.append("\n".join(_party(each, lang) for each in found.parties))
    parts.append(table(_OWED, [_owed(each, lang, now) for each in found.duties]) if found.duties else "")
    return "\n\n".join(part for part in parts if part)


def rules_data(rules: Sequence[Rule], known: Iterable[Basis]) -> dict[str, Any]:
    """The rules between two countries; and on what a request could stand beside them."""
    return {
        "rules": [{"thread": hexed(each.thread), **_terms_data(each.terms)} for each in rules],
        "known": [
            {"basis": each.basis.name, "reference": each.reference, "title": each.title.as_dict()}
            for each in known
        ],
    }


def rules_text(rules: Sequence[Rule], known: Sequence[Basis], pair: tuple[int, int], lang: str) -> str:
    """The rules between two countries for people; a clear sentence where there are none."""
    one, other = (name(each, lang) for each in pair)
    if rules:
        rows = [(hexed(each.thread)[:14], *_term(each.terms, lang)) for each in rules]
        return table(("agreement", *_TERMS), rows)
    lines = [f"No agreement on this chain carries requests from {one} to {other}."]
    lines.append("Police information needs none; everything else can stand on a promise of reciprocity.")
    for each in known:
        sure = "" if each.sure else ", to be checked"
        lines.append(
            f"- {each.basis.label()[lang]}: {each.title[lang]} ({each.certainty.label()[lang]}{sure})"
        )
    return "\n".join(one_line(line) for line in lines)


_TERMS = ("kind", "acknowledge", "answer", "urgent", "use", "confidentiality")
_OWED = ("duty", "debtor", "turn", "status", "due")


def _version(found: Version, agreed: bool, lang: str) -> Iterator[str]:
    head = f"version {hexed(found.hash)}{' AGREED' if agreed else ''}"
    yield styled(head, "good" if agreed else "head")
    yield f"  put forward by {alpha(found.by)}, {moment(found.at)}"
    if any(found.answers):
        yield f"  answers {hexed(found.answers)[:14]}"
    missing = [alpha(each) for each in found.draft.parties if each not in found.accepted]
    yield "  accepted by " + ", ".join(f"{alpha(k)} {moment(at)}" for k, at in found.accepted.items())
    if missing:
        yield f"  not accepted by {', '.join(missing)}"
    yield from (f"  - {one_line(each[lang])}" for each in found.changed)


def _draft(draft: ChainDraft, lang: str) -> Iterator[str]:
    yield f"{draft.basis.label()[lang]} {draft.basis_reference}".strip()
    yield f"text {hexed(draft.text)}"
    yield f"in force with {draft.ratifications} ratifications; notice {shown(draft.notice)[lang]}"
    if draft.enters_at:
        yield f"not before {moment(draft.enters_at)}"
    if draft.ends_at:
        yield f"ends {moment(draft.ends_at)}"
    if draft.open:
        yield "others may accede"


def _term(terms: Terms, lang: str) -> tuple[str, ...]:
    urgent = ""
    if terms.acknowledge_urgent_within:
        urgent = " / ".join(
            shown(each)[lang] for each in (terms.acknowledge_urgent_within, terms.answer_urgent_within)
        )
    return (
        terms.kind.label()[lang],
        shown(terms.acknowledge_within)[lang],
        shown(terms.answer_within)[lang],
        urgent,
        "; ".join(each[lang] for each in terms.use_limits.labels()),
        terms.confidentiality.label()[lang],
    )


def _party(party: Party, lang: str) -> str:
    parts = [f"{alpha(party.jurisdiction)} ratified {moment(party.ratified_at)}"]
    if party.reserved:
        kinds = ", ".join(kind.label()[lang] for kind in sorted(party.reserved))
        parts.append(f"reserved: {kinds}")
    if party.leaves_at:
        parts.append(f"leaves {moment(party.leaves_at)}")
    parts.append("in force" if party.bound else "not in force")
    return "; ".join(parts)


def _owed(owed: Owed, lang: str, now: int) -> tuple[str, ...]:
    late = owed.here is ObligationStatus.BREACHED
    status = owed.here.label()[lang]
    if owed.here is not owed.status:
        status += f" (by the chain's clock: {owed.status.label()[lang]})"
    return (
        str(owed.number),
        alpha(owed.debtor),
        str(owed.turn) if owed.turn else "",
        Marked(status, "bad") if late else status,
        due(owed.due, now) if owed.due else "",
    )


def _version_data(found: Version) -> dict[str, Any]:
    return {
        "hash": hexed(found.hash),
        "by": alpha(found.by),
        "at": moment(found.at),
        "answers": hexed(found.answers) if any(found.answers) else None,
        "accepted": {alpha(each): moment(at) for each, at in found.accepted.items()},
        "changed": [each.as_dict() for each in found.changed],
        "text": hexed(found.draft.text),
        "parties": [alpha(each) for each in found.draft.parties],
        "basis": found.draft.basis.name,
        "reference": found.draft.basis_reference or None,
        "terms": [_terms_data(each) for each in found.draft.terms],
    }


def _terms_data(terms: Terms) -> dict[str, Any]:
    return {
        **terms.struct(),
        "kind": terms.kind.name,
        "useLimits": [str(each.name) for each in terms.use_limits],
        "confidentiality": terms.confidentiality.name,
    }


def _party_data(party: Party) -> dict[str, Any]:
    return {
        "country": alpha(party.jurisdiction),
        "ratified_at": moment(party.ratified_at),
        "reserved": [kind.name for kind in RequestKind if kind in party.reserved],
        "leaves_at": moment(party.leaves_at) if party.leaves_at else None,
        "in_force": party.bound,
    }


def _duty_data(owed: Owed) -> dict[str, Any]:
    return {
        "number": owed.number,
        "debtor": alpha(owed.debtor),
        "duty": hexed(owed.duty.duty),
        "turn": owed.turn,
        "status": owed.status.name,
        "status_by_this_clock": owed.here.name,
        "due": moment(owed.due) if owed.due else None,
    }
