# SPDX-License-Identifier: Apache-2.0
"""Routes, and the sentence where there is none."""

from __future__ import annotations

import pytest

from concordat.cooperation.routing import Desks, NoRouteError, competence_of, route
from concordat.cooperation.words import RequestKind, Urgency
from concordat.membership.agencies import Competence

MY = 458
ALL = Desks(
    MY,
    1,
    {Competence.ALWAYS_REACHABLE: 2, Competence.POLICE_COOPERATION: 3, Competence.DATA_PRESERVATION: 4},
    frozenset({1, 2, 3, 4, 9}),
)
ROUTES = {
    RequestKind.POLICE_INFORMATION: 3,
    RequestKind.VERIFY_PERSONS: 3,
    RequestKind.OBSERVE_SITE: 3,
    RequestKind.DATA_EXCHANGE: 3,
    RequestKind.PRESERVE_DATA: 4,
    RequestKind.EMERGENCY_DISCLOSURE: 2,
}


@pytest.mark.parametrize("kind", RequestKind)
def test_each_kind_has_its_route(kind: RequestKind) -> None:
    assert route(ALL, kind) == ROUTES.get(kind, 1)
    assert route(ALL, kind, Urgency.DANGER_TO_LIFE) == (2 if kind.is_direct else 1)


@pytest.mark.parametrize("kind", RequestKind)
def test_where_nobody_is_named_it_is_said(kind: RequestKind) -> None:
    with pytest.raises(NoRouteError) as refused:
        route(Desks(MY), kind, Urgency.MONEY_ABOUT_TO_MOVE)
    error = refused.value
    what = competence_of(kind).name.lower().replace("_", " ") if kind.is_direct else "central authority"
    assert what in error.message
    assert error.message.startswith("MY has named no")
    assert error.kept == "Nothing was sent."
    assert "Outside this ledger it is" in error.next


def test_urgent_falls_back_to_the_kinds_own_contact_point() -> None:
    desks = Desks(MY, 1, {Competence.DATA_PRESERVATION: 4})
    assert route(desks, RequestKind.PRESERVE_DATA, Urgency.DATA_ABOUT_TO_BE_LOST) == 4


def test_an_agency_is_named_for_direct_kinds_and_of_that_country_only() -> None:
    assert route(ALL, RequestKind.VERIFY_PERSONS, named=9) == 9
    with pytest.raises(NoRouteError, match="Agency 7 is no member of MY"):
        route(ALL, RequestKind.VERIFY_PERSONS, named=7)
    with pytest.raises(NoRouteError, match="names no agency"):
        route(ALL, RequestKind.EVIDENCE, named=9)


def test_a_country_without_a_file_is_a_plain_sentence() -> None:
    with pytest.raises(NoRouteError) as refused:
        route(Desks(250), RequestKind.EXTRADITION)
    assert "FR has named no central authority" in refused.value.message
    assert "Outside" not in refused.value.next
