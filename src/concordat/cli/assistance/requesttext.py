# SPDX-License-Identifier: Apache-2.0
"""How a request that was opened is told: all its fields, and the checklist that came with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from concordat.casework.cooperating.opening import Opened
from concordat.casework.desk import Desk
from concordat.casework.freezing import offices
from concordat.cli.assistance.words import called
from concordat.cli.freeze.words import hexed
from concordat.cli.output import fields, moment, one_line
from concordat.cli.session import Session
from concordat.cooperation.law import library
from concordat.cooperation.law.library import DualCriminality
from concordat.cooperation.law.parts import FieldSpec, Form
from concordat.cooperation.orders.checklist import Checklist
from concordat.cooperation.orders.request import Request, Value
from concordat.cooperation.orders.requestfile import lacking
from concordat.evidence.places import alpha
from concordat.membership import numbers


def request_data(opened: Opened) -> dict[str, Any]:
    """The stable values of an opened request."""
    opening = opened.opening
    return {
        "asker": opened.asker,
        "message": hexed(opened.digest),
        "request": opening.request.as_json(),
        "checklist": dict(opening.checklist.content) if opening.checklist else None,
        "note": opening.note,
        "lacking": [each.id for each in lacking(opening.request)],
        "dual_criminality": _dual(opened).found.value if opening.request.offence else None,
    }


def request_text(session: Session, desk: Desk, opened: Opened) -> str:
    """An opened request for people."""
    request, lang = opened.opening.request, session.lang
    who = called(offices.names(desk.chain), opened.asker)
    parts = [fields(list(_head(request, who, lang))), fields(list(_content(request, lang)))]
    if opened.opening.checklist:
        parts.append("\n".join(checklist_lines(opened.opening.checklist, lang)))
    missing = [each.label[lang] for each in lacking(request)]
    if missing:
        parts.append(
            f"It lacks what {request.to} asks for: {'; '.join(missing)}. concordat assistance supplement ask"
        )
    if request.offence:
        parts.append(_dual(opened).found.label()[lang])
    if opened.opening.note:
        parts.append(one_line(opened.opening.note))
    return "\n\n".join(parts)


def _dual(opened: Opened) -> DualCriminality:
    """How both countries punish the offence that the request names."""
    request, home = opened.opening.request, alpha(numbers.jurisdiction_of(opened.asker))
    return library.dual_criminality(request.offence or "", home, request.to)


def checklist_lines(checklist: Checklist, lang: str) -> Iterator[str]:
    """What the forum asks of evidence from there, step by step, with the law."""
    for method in checklist.standards:
        yield f"{checklist.forum}: {method.label(lang)}"
        for line in checklist.lines(method):
            what = " / ".join(each[lang] for each in line["attests"])
            law = f" [{line['law'][lang]}]" if "law" in line else ""
            yield f"  {line['severity']:<8} {one_line(what)}{law}"


def _head(request: Request, who: str, lang: str) -> Iterator[tuple[str, str]]:
    yield "number", request.number
    yield "kind", request.kind.label()[lang]
    yield "from", who
    yield "officer", f"{request.officer.name}, {request.officer.rank}, {request.officer.contact}"
    yield "stands on", request.standing.basis.label()[lang]
    yield "case", request.case
    if request.why:
        yield "urgent", f"{request.urgency.label()[lang]}: {request.why}"
    if request.outside:
        yield "channel", f"{request.channel.label()[lang]} {request.outside}"
    if request.methods:
        yield "methods", ", ".join(method.label(lang) for method in request.methods)
    if request.presence:
        yield "presence", "own officials wish to be there"
    for limit in request.use_limits.labels():
        yield "bound to", limit[lang]


def _content(request: Request, lang: str) -> Iterator[tuple[str, str]]:
    known = library.kinds().fields
    for name, value in request.content.items():
        spec = known.get(name)
        yield spec.label[lang] if spec else name, _written(value, spec)


def _written(value: Value, spec: FieldSpec | None) -> str:
    if isinstance(value, tuple):
        return "; ".join(value)
    if spec and spec.form is Form.TIME and isinstance(value, int):
        return moment(value)
    return str(value)
