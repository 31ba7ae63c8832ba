# SPDX-License-Identifier: Apache-2.0
"""Which order bars an agency at a time, as the contract answers it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from concordat.ledger.protocol import Ledger
from concordat.membership.numbers import number_of
from concordat.membership.orders import FOR_EVER, Order, Source, barred

TH, REASON = 764, bytes(32)
POLICE, COUNTRY = number_of(TH, 2), number_of(TH, 0)


class Registry:
    """What AgencyRegistry answers: orders by agency and source, oldest first."""

    def __init__(self, **orders: list[tuple[int, int]]) -> None:
        self._orders = {
            (
                COUNTRY if name == "country" else POLICE,
                Source.EXCLUSION if name == "country" else Source[name],
            ): [(since, until, REASON) for since, until in given]
            for name, given in orders.items()
        }

    def call(self, _module: str, name: str, *given: Any) -> Any:
        """One of the two questions that are asked."""
        if name == "agencyOf":
            return SimpleNamespace(suspensions=sum(agency == POLICE for agency, _ in self._orders))
        return self._orders.get((given[0], Source(given[1])), [])


def barred_at(at: int, **orders: list[tuple[int, int]]) -> Order | None:
    return barred(cast(Ledger, Registry(**orders)), [POLICE], at).get(POLICE)


@pytest.mark.parametrize(
    ("at", "is_barred"), [(9, 0), (10, 1), (19, 1), (20, 0), (29, 0), (30, 1), (34, 1), (35, 0)]
)
def test_the_newest_that_had_begun_decides(at: int, is_barred: int) -> None:
    """One that is replaced by a shorter one does not live on behind it."""
    orders = [(10, 20), (25, 60), (26, 27), (30, 35)]
    assert bool(barred_at(at, EMERGENCY=orders)) == bool(is_barred)


def test_a_country_takes_its_agencies_along() -> None:
    orders = {"country": [(10, FOR_EVER)], "AUTHORITY": [(5, 50)]}
    assert barred_at(9, **orders) == Order(Source.AUTHORITY, 5, 50)
    found = barred_at(10, **orders)
    assert found == Order(Source.EXCLUSION, 10, None, country=True)
    assert str(found).startswith("its country left or was excluded on 1970-01-01")


def test_what_standing_withholds_bars_nobody() -> None:
    assert barred_at(15, STANDING=[(10, 20)]) is None


def test_who_is_excluded_for_good_has_no_end() -> None:
    found = barred_at(15, EXCLUSION=[(10, FOR_EVER)])
    assert found is not None
    assert (found.until, str(found)[:8]) == (None, "excluded")
