# SPDX-License-Identifier: Apache-2.0
"""Whom to ask: from jurisdiction and kind of request to the agency that receives it, as the registry says.

What goes from agency to agency goes to a contact point for its competence; what is urgent goes to whoever can
be reached day and night, where the country named one. Everything else goes to the central authority. Where
the country named nobody, that is said; no other agency is guessed. The contract finds the same
(``AssistanceRoutes.sol``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from concordat.cooperation.law import library
from concordat.cooperation.law.parts import Matter
from concordat.cooperation.words import RequestKind, Urgency
from concordat.errors import ConcordatError
from concordat.evidence import places
from concordat.membership.agencies import Competence


class NoRouteError(ConcordatError):
    """Nobody there receives such a request."""

    default_code = "assistance.no_route"


@dataclass(frozen=True)
class Desks:
    """What the registry says of one jurisdiction. Numbers of agencies; 0: none.

    Attributes:
        jurisdiction: ISO 3166-1 numeric.
        central_authority: that answers for it.
        contact_points: agency by competence.
        members: numbers of all its agencies.
    """

    jurisdiction: int
    central_authority: int = 0
    contact_points: Mapping[int, int] = field(default_factory=dict)
    members: frozenset[int] = frozenset()


def competence_of(kind: RequestKind) -> Competence:
    """For what the contact point of a direct kind is named."""
    if kind is RequestKind.PRESERVE_DATA:
        return Competence.DATA_PRESERVATION
    if kind is RequestKind.EMERGENCY_DISCLOSURE:
        return Competence.ALWAYS_REACHABLE
    return Competence.POLICE_COOPERATION


def route(desks: Desks, kind: RequestKind, urgency: Urgency = Urgency.NONE, named: int = 0) -> int:
    """Number of the agency that receives a request.

    Args:
        desks: of the jurisdiction that is asked.
        kind: of the request.
        urgency: why it is urgent, if it is.
        named: agency that the asker wishes, for direct kinds only; 0: whoever is named for it.

    Raises:
        NoRouteError: the jurisdiction named nobody, or the agency is not one of its own.
    """
    if not kind.is_direct:
        if named:
            raise _not_direct(kind)
        return desks.central_authority or _nobody(desks, kind, None)
    if named:
        return named if named in desks.members else _stranger(desks, named)
    if urgency is not Urgency.NONE and (always := desks.contact_points.get(Competence.ALWAYS_REACHABLE, 0)):
        return always
    competence = competence_of(kind)
    return desks.contact_points.get(competence, 0) or _nobody(desks, kind, competence)


def _nobody(desks: Desks, kind: RequestKind, competence: Competence | None) -> int:
    code = places.alpha(desks.jurisdiction)
    what = f"contact point for {_words(competence.name)}" if competence else "central authority"
    advice = f"Ask {code} to name one; see who is named: concordat agency contact {code} KIND."
    known = library.find_country(code)
    matter = library.kinds().kinds[kind].matter
    outside = known.authority(matter if kind.is_direct else _formal(matter)) if known else None
    if outside:
        advice += f" Outside this ledger it is {outside.name.en} ({outside.source.certainty.label().en})."
    raise NoRouteError(
        f"{code} has named no {what} on this chain, so nobody there receives a request of the kind "
        f"{_words(kind.name)}.",
        kept="Nothing was sent.",
        next=advice,
    )


def _stranger(desks: Desks, named: int) -> int:
    raise NoRouteError(
        f"Agency {named} is no member of {places.alpha(desks.jurisdiction)}.",
        code="assistance.not_there",
        kept="Nothing was sent.",
        next="Leave the agency out to ask the contact point, or name one of that country.",
    )


def _not_direct(kind: RequestKind) -> NoRouteError:
    return NoRouteError(
        f"A request of the kind {_words(kind.name)} goes through central authorities: it names no agency.",
        code="assistance.not_direct",
        kept="Nothing was sent.",
        next="Leave the agency out; the central authority that is asked assigns who executes it.",
    )


def _formal(matter: Matter) -> Matter:
    return Matter.EXTRADITION if matter is Matter.EXTRADITION else Matter.MUTUAL_ASSISTANCE


def _words(name: str) -> str:
    return name.lower().replace("_", " ")
