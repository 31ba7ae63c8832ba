# SPDX-License-Identifier: Apache-2.0
"""What papers of a request are about: the request with whom it concerns, as far as the writer may know it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from typing import Final

from concordat.assets.papers.matter import Office
from concordat.cooperation.law import library
from concordat.cooperation.law.parts import FieldSpec
from concordat.cooperation.orders.checklist import Checklist
from concordat.cooperation.orders.request import Request, Value
from concordat.cooperation.words import LegalBasis
from concordat.evidence import places
from concordat.rendering.content import Text

NO_REVIEW: Final = Text("drafted by engineers, not reviewed by counsel", "由工程人员起草，未经律师审核")


@dataclass(frozen=True)
class Petition:
    """A request on paper. Times in seconds since 1970 UTC; 0: not known or not yet.

    Attributes:
        id: key of the request, 32 bytes.
        asker: agency that asks; home: code of its country.
        writer: whose paper it is.
        own_authority: central authority that passes it on; None for direct kinds.
        receiver: who is asked; executor: who answers; None where not known.
        agreement: title of the agreement on which it stands; None where there is none.
        checklist: that travels with it.
        zone: clock of the country that is asked.
        generator: program and version.
    """

    id: bytes
    request: Request = field(repr=False)
    asker: Office
    home: str
    writer: Office
    own_authority: Office | None = None
    receiver: Office | None = None
    executor: Office | None = None
    agreement: Text | None = None
    acknowledge_by: int = 0
    answer_by: int = 0
    checklist: Checklist | None = field(default=None, repr=False)
    zone: tzinfo = UTC
    generator: str = ""

    @property
    def country(self) -> Text:
        """The country that is asked."""
        return country(self.request.to)

    @property
    def review(self) -> Text:
        """Who reviewed the law on which the paper rests."""
        found = library.kinds().review
        return Text(found.label("en"), found.label("zh"))

    def basis(self) -> tuple[Text, ...]:
        """On what the request stands."""
        standing = self.request.standing
        label = standing.basis.label()
        if standing.basis is LegalBasis.RECIPROCITY:
            promise = standing.promise or ""
            return (Text(label.en, label.zh), *(Text(line, line) for line in promise.splitlines() if line))
        if self.agreement is None:
            return (Text(label.en, label.zh),)
        return (Text(f"{label.en}: {self.agreement.en}", f"{label.zh}：{self.agreement.zh}"),)

    def content(self) -> Mapping[FieldSpec, Value]:
        """The fields of the request in the order in which its kind asks for them, others last."""
        book, request = library.kinds(), self.request
        order = (
            *library.required_fields(request.kind, request.to),
            *library.optional_fields(request.kind, request.to),
            *request.content,
        )
        given = (name for name in dict.fromkeys(order) if name in request.content)
        return {book.fields[name]: request.content[name] for name in given}


def country(code: str) -> Text:
    """A country by its code."""
    number = places.numeric(code)
    return Text(places.name(number, "en"), places.name(number, "zh"))
