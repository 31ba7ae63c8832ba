# SPDX-License-Identifier: Apache-2.0
"""What the other reducers need to know of members: authorities, contact points, powers of officers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from concordat.cooperation.words import RequestKind
from concordat.ledger.protocol import Event
from concordat.membership.agencies import AgencyKind, Competence
from concordat.membership.numbers import jurisdiction_of
from concordat.membership.powers import Power

NO_AGENCY: Final = 0
_COMPETENCES: Final = {
    RequestKind.PRESERVE_DATA: Competence.DATA_PRESERVATION,
    RequestKind.EMERGENCY_DISCLOSURE: Competence.ALWAYS_REACHABLE,
}


@dataclass
class Ground:
    """Members as far as events told.

    Attributes:
        authorities: number of each jurisdiction's central authority.
        contacts: number of the agency, by jurisdiction and competence.
        powers: of officers by address, as last appointed.
    """

    authorities: dict[int, int] = field(default_factory=dict)
    contacts: dict[tuple[int, int], int] = field(default_factory=dict)
    powers: dict[str, int] = field(default_factory=dict)

    def take(self, event: Event) -> None:
        """Learn from an event of the AgencyRegistry."""
        args = event.args
        if event.name == "AgencyAdmitted" and args["kind"] == AgencyKind.CENTRAL_AUTHORITY:
            self.authorities[jurisdiction_of(args["agency"])] = args["agency"]
        elif event.name == "ContactPointSet":
            self.contacts[args["jurisdiction"], args["competence"]] = args["agency"]
        elif event.name == "OfficerAppointed":
            self.powers[args["officer"]] = args["powers"]

    def judges(self, officer: str, asked: int) -> bool:
        """Whether an officer acts as a court, where these powers were asked for."""
        return bool(self.powers.get(officer, 0) & asked & Power.JUDGE)

    def contact_point(self, jurisdiction: int, kind: RequestKind, urgent: bool) -> int:
        """Who receives a direct request; what is urgent, whoever is always reachable, if there is one."""
        always = self.contacts.get((jurisdiction, Competence.ALWAYS_REACHABLE), NO_AGENCY)
        if urgent and always:
            return always
        competence = _COMPETENCES.get(kind, Competence.POLICE_COOPERATION)
        return self.contacts.get((jurisdiction, competence), NO_AGENCY)
