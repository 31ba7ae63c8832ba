# SPDX-License-Identifier: Apache-2.0
"""Countries and forums by ISO 3166-1, with the few places of our own above 899.

ISO keeps 900 to 999 for users. The table (249 codes and two names each) is our own data file: it is 9 kB,
needs no library with megabytes of subdivisions, and never changes under a registered record.
The names are those of the standard and of CLDR and take no position on the status of any territory.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final, NamedTuple

from concordat.errors import UsageError

INTL: Final = 900
"""The international baseline: a forum without territory."""
EU: Final = 901
"""The European Union: only a reserved alpha-2 code in ISO 3166-1, without a number."""
UNKNOWN: Final = 902
"""A place that the collector does not know, for example of data in a cloud."""

_ALIASES: Final = {"XX": UNKNOWN}


class PlaceError(UsageError):
    """A code that is no place."""

    default_code = "place.unknown"


class Place(NamedTuple):
    """One row: alpha-2 code (or INTL, EU, UNKNOWN), number, short names."""

    alpha: str
    number: int
    en: str
    zh: str


_OWN: Final = (
    Place("INTL", INTL, "International", "国际通用基准"),
    Place("EU", EU, "European Union", "欧洲联盟"),
    Place("UNKNOWN", UNKNOWN, "Unknown", "不明"),
)


@cache
def places() -> Mapping[int, Place]:
    """All places by number."""
    text = (files("concordat") / "data" / "places.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    table = [Place(alpha, int(number), en, zh) for alpha, number, en, zh in rows]
    return MappingProxyType({place.number: place for place in (*table, *_OWN)})


@cache
def _numbers() -> Mapping[str, int]:
    return MappingProxyType({place.alpha: place.number for place in places().values()} | _ALIASES)


def numeric(code: str) -> int:
    """Return the number of an alpha-2 code, or of INTL, EU, UNKNOWN (also XX).

    Raises:
        PlaceError: no such place; the message names the nearest codes.

    """
    number = _numbers().get(code)
    if number is None:
        near = get_close_matches(code.upper(), _numbers(), n=1, cutoff=0.4)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise PlaceError(
            f"{code!r} is no ISO 3166-1 alpha-2 code.{hint}",
            next="Use two capital letters such as MY, or EU, INTL or UNKNOWN.",
        )
    return number


def alpha(code: int) -> str:
    """Alpha-2 code (or INTL, EU, UNKNOWN) of a number; the inverse of :func:`numeric`."""
    return _place(code).alpha


def name(code: int, lang: str = "en") -> str:
    """Short name in ``en`` or ``zh``."""
    place = _place(code)
    return place.zh if lang == "zh" else place.en


def is_country(code: int) -> bool:
    """Whether the number is a country or territory of ISO 3166-1 (not INTL, EU, UNKNOWN)."""
    return code in places() and code < INTL


def _place(code: int) -> Place:
    try:
        return places()[code]
    except KeyError:
        raise PlaceError(
            f"{code} is no place number.", next="Use ISO 3166-1 numbers or 900 to 902."
        ) from None
