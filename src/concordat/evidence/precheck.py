# SPDX-License-Identifier: Apache-2.0
"""What no mask can carry: order of times, sense of the record, rules that rulebooks leave to the client.

Findings stand beside the verdict and never change it. Each code is stable:

- ``time.*``: order of start, end, legal basis, now and the longest delay; ``clock.*``, ``duration.*``;
- ``holder.*``, ``witness.*``, ``step.*``: the record contradicts itself;
- ``method.*``, ``mandate.*``: what this method or this place needs;
- ``field.*``: a field is empty on which a step rests that a forum asks for;
- ``rule.*``: a rule of a forum's law, with its name in the rulebook, for example ``rule.data-category``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from concordat.evidence.asked import Asked, ask
from concordat.evidence.laws import Text
from concordat.evidence.places import numeric
from concordat.evidence.precheck_rules import broken
from concordat.evidence.precheck_sense import TIME_ORDER, Remark, remarks
from concordat.evidence.record import Record
from concordat.evidence.rulebook import Rulebook
from concordat.evidence.steps import Step
from concordat.evidence.words import HOUR, Severity

FIELDS: Mapping[Step, tuple[str, ...]] = {
    Step.SECOND_OFFICER_SIGNED: ("officers.second",),
    Step.COLLECTOR_QUALIFIED: ("officers.collector.qualification",),
    Step.LEGAL_BASIS_CITED: ("legal_basis",),
    Step.LEGAL_BASIS_IN_TIME: ("legal_basis.from",),
    Step.APPROVED_AT_REQUIRED_RANK: ("legal_basis.issuer_rank",),
    Step.CLOCK_OFFSET_RECORDED: ("clock",),
    Step.TOOL_IDENTIFIED: ("tools",),
    Step.TOOL_VALIDATED: ("tools",),
    Step.CONFIDENTIALITY_SET: ("confidentiality",),
    Step.SOURCE_STATEMENT: ("source",),
    Step.USE_LIMITS_STATED: ("use_limits",),
}
"""Fields of the record on which a step rests."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding.

    Attributes:
        code: stable name, ``subject.what``.
        severity: ``fatal``, ``curable`` or ``noted``: what a court may make of it.
        message: one sentence by language, ``en`` and ``zh``.
        field: dotted name of the field that it is about.
        forum: code of the forum whose law asks, or "".
        rule: id of the rule, or "".

    """

    code: str
    severity: str
    message: Mapping[str, str]
    field: str
    forum: str = ""
    rule: str = ""


def precheck(
    record: Record,
    rulebooks: Mapping[str, Rulebook],
    now: int,
    *,
    used_numbers: Collection[str] = (),
) -> list[Finding]:
    """Look for what a mask cannot carry.

    Args:
        record: as parsed.
        rulebooks: by code of the forum; forums without one are judged by nobody here.
        now: Unix seconds of the caller's clock.
        used_numbers: exhibit numbers that earlier collections of the case have used.

    """
    asked = ask(
        record.forums,
        numeric(record.place.country),
        record.method,
        rulebooks,
        int(record.started.timestamp()),
    )
    found = [_finding(remark, asked) for remark in remarks(record, now)]
    found += _late(record, asked, now)
    for forum in asked:
        found += _rules(record, forum, used_numbers)
        found += _empty_fields(record, forum)
    return _once(found)


def _finding(remark: Remark, asked: list[Asked]) -> Finding:
    """Take a remark over; those on the order of times name the rule that asks for it."""
    rule = ""
    if remark.code in TIME_ORDER:
        named = (rule.id for forum in asked for rule in forum.prechecks if rule.precheck == "times-in-order")
        rule = next(named, "")
    return Finding(remark.code, remark.severity.label(), remark.message.as_dict(), remark.field, rule=rule)


def _late(record: Record, asked: list[Asked], now: int) -> Iterator[Finding]:
    """Tell the longest delay before registration is tried: the home forum's, whose standard decides."""
    home = next((forum for forum in asked if forum.forum == record.home), None)
    if home is None or now <= record.ended.timestamp() + home.standard.delay_hours * HOUR:
        return
    hours = home.standard.delay_hours
    message = Text(
        f"Registration would come more than {hours} hours after the end, the longest delay of {home.forum}.",
        f"登记距取证结束将超过 {hours} 小时，即 {home.forum} 标准规定的最长期限。",
    )
    severity = home.standard.delay_severity.label()
    yield Finding("time.too_late", severity, message.as_dict(), "ended", home.forum)


def _rules(record: Record, forum: Asked, used_numbers: Collection[str]) -> Iterator[Finding]:
    for rule in forum.prechecks:
        for field in broken(rule.precheck, record, forum.forum, used_numbers):
            message = rule.missing.as_dict()
            severity = rule.severity.label()
            yield Finding(f"rule.{rule.precheck}", severity, message, field, forum.forum, rule.id)


def _empty_fields(record: Record, forum: Asked) -> Iterator[Finding]:
    """Fields that a forum's law asks for and the record leaves empty; others never matter."""
    for step, fields in FIELDS.items():
        if not forum.steps >> step & 1:
            continue
        rule = next(iter(forum.rules_for(step)), None)
        for field in fields:
            if is_empty(record, field):
                message = Text(
                    f"{field} is empty; {forum.forum} asks for it ({step.name}).",
                    f"{field} 未填写；{forum.forum} 要求填写（{step.name}）。",
                )
                severity = Severity.NOTED.label()
                name = rule.id if rule else ""
                yield Finding(f"field.{field}", severity, message.as_dict(), field, forum.forum, name)


def is_empty(record: Record, field: str) -> bool:
    """Whether a dotted field of the record says nothing."""
    basis = record.legal_basis
    values: Mapping[str, object] = {
        "officers.second": record.second,
        "officers.collector.qualification": record.collector.qualification,
        "legal_basis": basis,
        "legal_basis.from": basis.valid_from if basis else None,
        "legal_basis.issuer_rank": basis.issuer_rank if basis else None,
        "clock": record.clock,
        "tools": record.tools or None,
        "confidentiality": record.confidentiality,
        "source": record.source,
        "use_limits": record.use_limits,
    }
    return values[field] is None


def _once(found: list[Finding]) -> list[Finding]:
    """Each field and rule once: a baseline rule counts for the first forum that shows it."""
    seen: set[tuple[str, str, str]] = set()
    result = []
    for finding in found:
        key = (finding.code, finding.field, finding.rule)
        if key not in seen:
            seen.add(key)
            result.append(finding)
    return result
