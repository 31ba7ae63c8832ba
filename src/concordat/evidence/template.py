# SPDX-License-Identifier: Apache-2.0
"""A commented record to fill in, with only what the laws of some forums ask of a method.

Whatever no law asks for is left out, so that nobody writes down more about people than is needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from concordat.errors import UsageError
from concordat.evidence.asked import Asked, ask, steps_asked
from concordat.evidence.methods import Method
from concordat.evidence.places import numeric
from concordat.evidence.record.schema import RECORD_VERSION
from concordat.evidence.rulebook import Rulebook
from concordat.evidence.rules import Rule
from concordat.evidence.standards import Origin, Severity
from concordat.evidence.steps import SEEN, STEPS, Role, Step, Support
from concordat.evidence.template_sections import APPROVAL, SECTIONS, Section
from concordat.evidence.template_texts import COMMENTS, comment

CARRIED_OUT: Final = frozenset(
    {
        Step.LEGAL_BASIS_IN_TIME,
        Step.CLOCK_OFFSET_RECORDED,
        Step.TOOL_IDENTIFIED,
        Step.ITEMS_NUMBERED,
        Step.CONFIDENTIALITY_SET,
    }
)
"""Steps that the record or the manifest carries out itself; nobody writes them down."""

LONGEST_BESIDE: Final = 70
"""A longer comment stands above its field."""
LONGEST_LINE: Final = 105

_ENDINGS: Final[Mapping[Role, str]] = {
    Role.VIDEO: "mp4",
    Role.SEAL_PHOTO: "jpg",
    Role.HASH_LIST: "txt",
    Role.ACCESS_LOG: "txt",
}


def template(
    method: Method, forums: Sequence[str], rulebooks: Mapping[str, Rulebook], *, lang: str = "en"
) -> str:
    """Write a record to fill in.

    Args:
        method: how it will be collected.
        forums: codes, home first; it is written for a collection at home.
        rulebooks: by code of the forum, with INTL for the baseline.
        lang: language of the comments, ``en`` or ``zh``.

    Raises:
        PlaceError: a forum is no place.
        UsageError: no forum is given.

    """
    if not forums:
        raise UsageError("A record needs a forum.", code="record.no_forum", next="Name the home forum first.")
    for code in forums:
        numeric(code)
    writer = _Writer(method, forums, ask(forums, numeric(forums[0]), method, rulebooks), lang)
    lines = [
        *writer.head(rulebooks),
        *writer.core(),
        *writer.sections(),
        *writer.documents(),
        *writer.steps_seen(),
        *writer.steps_written(),
        *writer.end(),
    ]
    return "\n".join(lines) + "\n"


@dataclass(slots=True)
class _Writer:
    """Writes the parts in order, and remembers the laws that they cite for the list at the end."""

    method: Method
    forums: Sequence[str]
    asked: list[Asked]
    lang: str
    laws: set[tuple[str, str]] = field(default_factory=set)

    def say(self, key: str) -> str:
        return comment(key, self.lang)

    @property
    def steps(self) -> tuple[Step, ...]:
        return steps_asked(self.asked)

    def head(self, rulebooks: Mapping[str, Rulebook]) -> Iterator[str]:
        """Say what this is, for which method and forums, and until when it must be registered."""
        yield f"# {self.say('head')}"
        yield f"# {self.say('method')}: {self.method.label(self.lang)}"
        yield f"# {self.say('asked_of')}:"
        known = {forum.forum: forum for forum in self.asked}
        for code in self.forums:
            if code not in known:
                yield f"#   {code}: {self.say('no_rulebook')}"
                continue
            origin = self.say("domestic" if known[code].origin is Origin.DOMESTIC else "foreign")
            delay = self.say("delay").format(hours=known[code].standard.delay_hours)
            review = rulebooks[code].review.label(self.lang) if code in rulebooks else ""
            yield f"#   {code}: {'; '.join(filter(None, (origin, delay, review)))}"
        yield f"# {self.say('if_home').format(home=self.forums[0])}"
        yield ""

    def core(self) -> Iterator[str]:
        """Give the fields without which there is no record."""
        yield f"concordat: {RECORD_VERSION}"
        for key in ("case", "title", "agency"):
            yield from self._field(key)
        yield f"method: {self.method.name}"
        yield f"forums: [{', '.join(self.forums)}]  # {self.say('forums')}"
        for key in ("place", "place.country", "place.subdivision", "place.description"):
            yield from self._field(key)
        for key in ("data_location", "started", "ended", "officers"):
            yield from self._field(key)
        yield from self._officers()
        yield ""

    def _officers(self) -> Iterator[str]:
        fields = ["name", "badge"]
        if any(step in self.steps for step in APPROVAL):
            fields.append("rank")
        if Step.COLLECTOR_QUALIFIED in self.steps:
            fields.append("qualification")
        yield "  collector:"
        yield from (f"    {name}:" for name in fields)
        fewest = max((forum.standard.fewest_officers for forum in self.asked), default=1)
        if fewest > 1 or Step.SECOND_OFFICER_SIGNED in self.steps:
            yield f"  second:  # {self.say('officers.second').format(count=max(fewest, 2))}"
            yield from ("    name:", "    badge:")

    def sections(self) -> Iterator[str]:
        """Give the groups of fields that some law, check or method asks for."""
        for section in SECTIONS:
            steps = [step for step in section.steps if step in self.steps]
            checks = [
                (forum, rule)
                for forum in self.asked
                for rule in forum.prechecks
                if rule.precheck in section.checks
            ]
            if steps or checks or self.method in section.methods:
                demands = [demand for step in steps for demand in self._demands(step)]
                demands += [(forum, rule, rule.severity.label(self.lang)) for forum, rule in checks]
                yield from self._who_asks(demands, "# ")
                yield from self._section(section)
                yield ""

    def _section(self, section: Section) -> Iterator[str]:
        yield from self._field(section.key)
        shown = [
            key for key, by in section.fields.items() if not by or any(step in self.steps for step in by)
        ]
        for index, key in enumerate(shown):
            dash = "- " if section.is_list and index == 0 else "  " if section.is_list else ""
            yield from self._field(f"{section.key}.{key}", dash)

    def documents(self) -> Iterator[str]:
        """List the documents that steps may cite, each commented out."""
        roles = dict.fromkeys(STEPS[step].roles[0] for step in self.steps if STEPS[step].roles)
        if roles:
            yield from self._field("documents")
            for role in roles:
                name = f"{role.lower().replace('_', '-')}.{_ENDINGS.get(role, 'pdf')}"
                yield f"  # - {{role: {role}, file: documents/{name}}}"
            yield ""

    def steps_seen(self) -> Iterator[str]:
        """Name the steps that are asked for and that the contract sees."""
        seen = [step for step in self.steps if SEEN >> step & 1]
        if seen:
            yield f"# {self.say('seen')}"
            for step in seen:
                yield f"#   {step.name}: {STEPS[step].attests[self.lang]}"
                yield from self._who_asks(self._demands(step), "#     ")
            yield ""

    def steps_written(self) -> Iterator[str]:
        """Give each step that the record must name, with what it attests, who asks and how to write it."""
        written = [step for step in self.steps if not SEEN >> step & 1 and step not in CARRIED_OUT]
        if written:
            yield from self._field("steps")
        for step in written:
            yield f"  # {STEPS[step].attests[self.lang]}"
            yield from self._who_asks(self._demands(step), "  #   ")
            yield f"  # {self.say('steps.write')}: {self._ways(step)}"
            yield f"  {step.name}:"
            yield ""

    def end(self) -> Iterator[str]:
        """Give preservation and mandate, and the titles of the laws that were cited."""
        yield f"preserve: false  # {self.say('preserve')}"
        yield from self._field("mandate")
        if self.laws:
            yield ""
            yield f"# {self.say('laws')}:"
            yield from (f"#   {name}: {title}" for name, title in sorted(self.laws))

    def _demands(self, step: Step) -> Iterator[tuple[Asked, Rule, str]]:
        """Give who asks for a step by which leading rule, and what its absence means."""
        for forum in self.asked:
            severity = forum.severity_of(step)
            if severity is not Severity.NONE:
                for rule in forum.rules_for(step)[:1]:
                    yield forum, rule, severity.label(self.lang)
            for clause in forum.clauses_with(step):
                names = ", ".join(other.name for other in clause.any_of)
                for rule in forum.rules_for_clause(clause)[:1]:
                    yield forum, rule, f"{clause.severity.label(self.lang)}, {self.say('any_of')}: {names}"

    def _who_asks(self, demands: Iterable[tuple[Asked, Rule, str]], start: str) -> Iterator[str]:
        """Write each demand once, with all forums that make it."""
        forums: dict[str, dict[str, None]] = {}
        for forum, rule, meaning in demands:
            law = forum.law_of(rule)
            self.laws.add((law.id, law.title[self.lang]))
            text = f"{rule.id}, {law.id}, {rule.source.article[self.lang]} ({meaning})"
            forums.setdefault(text, {})[forum.forum] = None
        for text, names in forums.items():
            yield from _wrapped(f"{', '.join(names)}: {text}", start)

    def _ways(self, step: Step) -> str:
        info = STEPS[step]
        if info.support is Support.DECLARED:
            return "declared"
        ways = [f"{{document: {role}}}" for role in info.roles or ("ROLE",)]
        return f" {self.say('or')} ".join([*ways, "{attester: NAME, reference: NUMBER}"])

    def _field(self, path: str, dash: str = "") -> Iterator[str]:
        """Write an empty field with its comment beside it, or above it if it is long.

        Comments that groups share stand under the last part of the name.
        """
        *above, key = path.split(".")
        indent = "  " * len(above)
        name = path if path in COMMENTS else key if above and key in COMMENTS else None
        text = self.say(name) if name else ""
        if len(text) > LONGEST_BESIDE:
            yield from _wrapped(text, f"{indent}# ")
            text = ""
        yield f"{indent}{dash}{key}:" + (f"  # {text}" if text else "")


def _wrapped(text: str, start: str) -> Iterator[str]:
    """Break a comment into lines at spaces; the later lines are indented."""
    line = start
    for word in text.split():
        if line != start and len(line) + len(word) >= LONGEST_LINE:
            yield line.rstrip()
            line = f"{start}  "
        line += f"{word} "
    yield line.rstrip()
