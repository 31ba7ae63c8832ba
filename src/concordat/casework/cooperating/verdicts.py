# SPDX-License-Identifier: Apache-2.0
"""What the forum makes of an acquisition that answers a request, and what is missing, in words.

Judged twice: by exactly the checklist that came with the request, and by the chain, by the forum's standards
in force, as the answer is given. Where they differ, a standard was changed in between, and that is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from concordat.casework.desk import Desk
from concordat.cooperation.orders.checklist import Checklist
from concordat.evidence import places, registry
from concordat.evidence.assess import Verdict
from concordat.evidence.laws import Text
from concordat.evidence.methods import Method
from concordat.evidence.reasontexts import unwritten
from concordat.evidence.standards import Severity
from concordat.ledger.protocol import Event


@dataclass(frozen=True)
class Missing:
    """One thing that the forum asks for and did not get.

    Attributes:
        what: is missing.
        law: that asks for it, with article; empty where no rule writes it.
        cure: what to do.
        late: whether it may still be brought.
    """

    severity: str
    what: Text
    law: Text
    cure: Text
    late: bool

    def as_json(self) -> dict[str, Any]:
        """For ``--json``."""
        return {
            "severity": self.severity,
            "what": self.what.as_dict(),
            "law": self.law.as_dict(),
            "cure": self.cure.as_dict(),
            "may_be_late": self.late,
        }


@dataclass(frozen=True)
class ForumVerdict:
    """What a forum makes of one acquisition.

    Attributes:
        agency: that registered it.
        forum: code; "" where the request names none.
        verdict: None where the checklist says nothing of the method.
    """

    agency: int
    root: bytes
    method: Method
    forum: str
    verdict: Verdict | None
    missing: tuple[Missing, ...]

    def as_json(self) -> dict[str, Any]:
        """For ``--json``."""
        return {
            "agency": self.agency,
            "root": f"0x{self.root.hex()}",
            "method": self.method.name,
            "forum": self.forum or None,
            "verdict": self.verdict.name if self.verdict is not None else None,
            "missing": [each.as_json() for each in self.missing],
        }


def by_checklist(desk: Desk, checklist: Checklist | None, agency: int, root: bytes) -> ForumVerdict:
    """Judge a registered acquisition by the request's checklist, with all that came later."""
    found = registry.acquisition(desk.chain, agency, root)
    if found is None:
        return ForumVerdict(agency, root, Method.OTHER, checklist.forum if checklist else "", None, ())
    later = registry.aftermath(desk.chain, agency, root)
    facts = replace(
        found.facts,
        steps=found.facts.steps | later.cured_steps,
        officers=min(15, found.facts.officers + later.added_officers),
    )
    if checklist is None or facts.method not in checklist.standards:
        forum = checklist.forum if checklist else ""
        return ForumVerdict(agency, root, facts.method, forum, None, ())
    judged = checklist.judge(facts, facts.method, found.registered_at)
    bits = judged.fatal | judged.curable | judged.noted
    lines = tuple(_lines(checklist, facts.method, bits))
    return ForumVerdict(agency, root, facts.method, checklist.forum, judged.verdict, lines)


def by_chain(desk: Desk, checklist: Checklist | None, event: Event) -> ForumVerdict:
    """What the chain found when the answer was given, from its event ``AcquisitionAnswered``."""
    args = event.args
    agency, root = int(args["agency"]), bytes(args["root"])
    found = registry.acquisition(desk.chain, agency, root)
    method = found.facts.method if found else Method.OTHER
    if not args["forum"]:
        return ForumVerdict(agency, root, method, "", None, ())
    verdict = Verdict(args["verdict"])
    lines = tuple(_lines(checklist, method, int(args["missing"])))
    return ForumVerdict(agency, root, method, places.alpha(args["forum"]), verdict, lines)


def _lines(checklist: Checklist | None, method: Method, bits: int) -> Iterator[Missing]:
    """Each missing thing in the words of the checklist; what it does not write, in the register's own."""
    known = {line["bit"]: line for line in checklist.lines(method)} if checklist else {}
    for bit in range(bits.bit_length()):
        if not bits >> bit & 1:
            continue
        line = known.get(bit)
        yield _of_line(line) if line else _unwritten(bit)


def _of_line(line: dict[str, Any]) -> Missing:
    attests = [Text(**each) for each in line["attests"]]
    what = Text(" / ".join(each.en for each in attests), " / ".join(each.zh for each in attests))
    empty = {"en": "", "zh": ""}
    law, cure = Text(**line.get("law", empty)), Text(**line.get("do", empty))
    return Missing(line["severity"], what, law, cure, line["may_be_late"])


def _unwritten(bit: int) -> Missing:
    found = unwritten(bit, Severity.FATAL)
    return Missing("", found.missing, found.citation, found.cure, False)
