# SPDX-License-Identifier: Apache-2.0
"""What is wrong with files of the law of cooperation, each and together, with line and column.

Form is judged while reading. Whether a country's file fits the others is judged only if its form is right.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import PurePath

from concordat.cooperation import legalclocks
from concordat.cooperation.law import conventionfile, countryfile, kindsfile, library
from concordat.cooperation.law.library import CONVENTIONS_FILE, DEADLINES_FILE, KINDS_FILE
from concordat.cooperation.law.parts import Bond, Convention, Country, KindBook, Matter, Treaty
from concordat.evidence import rulefields
from concordat.evidence.rulefields import Finding


def lint(
    text: str,
    path: str = "",
    *,
    kinds: KindBook | None = None,
    conventions: Mapping[str, Convention] | None = None,
    others: Collection[Country] = (),
) -> list[Finding]:
    """Every reason why a file may not be used; empty if there is none.

    Args:
        text: the YAML.
        path: its name, which says what sort of file it is.
        kinds, conventions, others: the other files, if it is to be compared with them.
    """
    name = PurePath(path.replace("\\", "/")).name
    if name == KINDS_FILE:
        return kindsfile.read(text)[1]
    if name == CONVENTIONS_FILE:
        return conventionfile.read(text)[1]
    if name == DEADLINES_FILE:
        return legalclocks.read(text)[1]
    country, findings = countryfile.read(text)
    if country is None:
        return findings
    found = [*_named(country, name), *_own(country)]
    if kinds is not None:
        found += _fields(country, kinds)
    if conventions is not None:
        found += _conventions(country, conventions)
    found += _treaties(country, others)
    return sorted(dict.fromkeys(found))


def lint_with_package(text: str, path: str) -> list[Finding]:
    """Every reason why a file may not be used beside those that come with the package."""
    return lint(
        text,
        path,
        kinds=library.kinds(),
        conventions=library.conventions(),
        others=[library.country(code) for code in library.countries()],
    )


def is_cooperation(text: str) -> bool:
    """Whether a file says that it is one of the law of cooperation."""
    formats = (kindsfile.FORMAT, conventionfile.FORMAT, countryfile.FORMAT, legalclocks.FORMAT)
    return any(f"\nconcordat: {each}\n" in f"\n{text}" for each in formats)


def _named(country: Country, name: str) -> Iterator[Finding]:
    if name.endswith(".yaml") and name != f"{country.jurisdiction.lower()}.yaml":
        yield Finding(
            1, 1, f"the file of {country.jurisdiction} is named {country.jurisdiction.lower()}.yaml"
        )


def _own(country: Country) -> Iterator[Finding]:
    for matter in (Matter.MUTUAL_ASSISTANCE, Matter.EXTRADITION, Matter.POLICE):
        if country.authority(matter) is None:
            yield Finding(1, 1, f"nobody is named for {matter.value}")


def _fields(country: Country, kinds: KindBook) -> Iterator[Finding]:
    minimum = country.minimum
    if minimum is None:
        return
    for name in (*minimum.waived, *minimum.added):
        if name not in kinds.fields:
            near = rulefields.nearest(name, kinds.fields)
            yield Finding(*minimum.spot, f"there is no field {name}{near}")


def _conventions(country: Country, conventions: Mapping[str, Convention]) -> Iterator[Finding]:
    for each in country.memberships:
        convention = conventions.get(each.convention)
        if convention is None:
            near = rulefields.nearest(each.convention, conventions)
            yield Finding(*each.spot, f"there is no convention {each.convention}{near}")
        elif each.bond is Bond.PARTY and convention.in_force is None:
            yield Finding(*each.spot, f"{each.convention} is not in force: nobody is a party yet")
    missing = sorted(set(conventions) - {each.convention for each in country.memberships})
    if missing:
        yield Finding(1, 1, f"nothing is said of {', '.join(missing)}")


def _treaties(country: Country, others: Collection[Country]) -> Iterator[Finding]:
    """Both files say the same of one treaty."""
    known = {other.jurisdiction: other for other in others}
    for treaty in country.treaties:
        other = known.get(treaty.partner)
        if other is None or other.jurisdiction == country.jurisdiction:
            continue
        same = [
            each
            for each in other.treaties
            if (each.partner, each.matter) == (country.jurisdiction, treaty.matter)
        ]
        if not same:
            yield Finding(*treaty.spot, f"the file of {treaty.partner} does not know this treaty")
        for each in same:
            if _told(each) != _told(treaty):
                yield Finding(*treaty.spot, f"the file of {treaty.partner} says otherwise of this treaty")


def _told(treaty: Treaty) -> tuple[object, ...]:
    """What both files have to say alike."""
    checks = tuple((each.id, each.says, each.article) for each in treaty.checks)
    return treaty.signed, treaty.in_force, treaty.bond, checks
