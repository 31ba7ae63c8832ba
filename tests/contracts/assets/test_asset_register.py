# SPDX-License-Identifier: Apache-2.0
"""Seized property: dossier, custody, attestation, sale, judgment, and who may do what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from brownie import web3
from eth_abi import encode

from tests.contracts.assets.impersonation import as_module
from tests.contracts.assets.stage import SEIZE, SGD, VEHICLE, order, ratified, target
from tests.contracts.assets.victims import registered
from tests.contracts.clock import next_block_at, now
from tests.contracts.reverts import reverts
from tests.contracts.suite import DAY, KEEP, PROPOSE, RELEASE, ZERO32, Suite

COMMITMENT = web3.keccak(text="salt and description")
PAPER = b"\x06" * 32
UNKNOWN = b"\x09" * 32
FIELDS = (
    *("agency", "custodian", "asset_class", "state", "currency", "value"),
    *("dossier", "attested_at", "attest_every", "changed_at", "entries"),
)
STATES = ("None", "Identified", "Valued", "SaleOrdered", "Sold", "Disposed", "Released")
SOURCE, NATURE, OWNERSHIP, VALUE, NEED, ACQUISITIONS = range(6)
FILLED_BY_HAND = (SOURCE, NATURE, OWNERSHIP, NEED)
ALL_PARTS = 0b111111
EVERY = 30 * DAY
LONGEST = 180 * DAY


def asset_id(suite: Suite, agency: str = "sg_police", commitment: bytes = COMMITMENT) -> bytes:
    return bytes(web3.keccak(encode(["uint32", "bytes32"], [suite.ids[agency], commitment])))


def identify(suite: Suite, by: str = "keeper", agency: str = "sg_police", **changes: Any) -> bytes:
    values = {
        "commitment": bytes(COMMITMENT),
        "asset_class": VEHICLE,
        "custodian": suite.ids["sg_police"],
        "attest_every": EVERY,
        "hold": ZERO32,
    }
    assert changes.keys() <= values.keys()
    given = tuple((values | changes).values())
    suite.assets.identify(*given, {"from": suite.actors[by]})
    return asset_id(suite, agency, given[0])


def asset(suite: Suite, thing: bytes) -> dict[str, Any]:
    found = dict(zip(FIELDS, suite.assets.assetOf(thing), strict=True))
    return found | {"state": STATES[found["state"]]}


def by(suite: Suite, actor: str) -> dict[str, Any]:
    return {"from": suite.actors[actor]}


def value(suite: Suite, thing: bytes, amount: int = 100_000, actor: str = "keeper") -> Any:
    return suite.assets.value(thing, SGD, amount, PAPER, by(suite, actor))


def valued(suite: Suite) -> bytes:
    thing = identify(suite)
    value(suite, thing)
    return thing


def ordered(suite: Suite) -> bytes:
    thing = valued(suite)
    suite.assets.orderSale(thing, PAPER, by(suite, "judge"))
    return thing


def sold(suite: Suite) -> bytes:
    thing = ordered(suite)
    suite.assets.recordSale(thing, 90_000, 5_000, PAPER, by(suite, "keeper"))
    return thing


def disposed(suite: Suite) -> bytes:
    thing = sold(suite)
    suite.assets.dispose(thing, 80_000, 5_000, PAPER, by(suite, "judge"))
    return thing


def released(suite: Suite) -> bytes:
    thing = valued(suite)
    suite.assets.release(thing, PAPER, by(suite, "releaser"))
    return thing


LIVES: dict[str, Callable[[Suite], bytes]] = {
    "Identified": identify,
    "Valued": valued,
    "SaleOrdered": ordered,
    "Sold": sold,
    "Disposed": disposed,
    "Released": released,
}


# Identification


def test_a_thing_is_found(suite: Suite) -> None:
    tx = suite.assets.identify(
        COMMITMENT, VEHICLE, suite.ids["sg_police"], EVERY, ZERO32, by(suite, "keeper")
    )
    thing = asset_id(suite)
    assert tx.return_value == "0x" + thing.hex()
    assert dict(tx.events["AssetIdentified"]) == {
        "asset": "0x" + thing.hex(),
        "agency": suite.ids["sg_police"],
        "custodian": suite.ids["sg_police"],
        "officer": suite.keeper,
        "assetClass": VEHICLE,
        "hold": "0x" + ZERO32.hex(),
    }
    assert asset(suite, thing) == {
        "agency": suite.ids["sg_police"],
        "custodian": suite.ids["sg_police"],
        "asset_class": VEHICLE,
        "state": "Identified",
        "currency": 0,
        "value": 0,
        "dossier": 0,
        "attested_at": now(),
        "attest_every": EVERY,
        "changed_at": now(),
        "entries": 1,
    }
    assert suite.assets.missingOf(thing) == ALL_PARTS


def test_a_thing_stands_under_its_seizure(suite: Suite) -> None:
    seized = target(suite, "a car", institution="sg_payer", amount=0, scope=1)
    request = ratified(suite, seized, given=order("seizure", measure=SEIZE, asset_class=VEHICLE))
    hold = bytes(suite.holds.holdId(request, seized[1]))
    identify(suite, hold=hold)
    with reverts("NoSuchHold", UNKNOWN):
        identify(suite, commitment=PAPER, hold=UNKNOWN)


@pytest.mark.parametrize(
    ("error", "changes"),
    [
        ("EmptyHash", {"commitment": ZERO32}),
        ("UnknownClass", {"asset_class": 0}),
        ("NoSuchAgency", {"custodian": 5}),
        ("AttestationTooRare", {"attest_every": 0}),
        ("AttestationTooRare", {"attest_every": LONGEST + 1}),
    ],
)
def test_what_cannot_be_identified(suite: Suite, error: str, changes: dict[str, Any]) -> None:
    with reverts(error):
        identify(suite, **changes)


def test_attestation_may_be_due_after_180_days_at_most(suite: Suite) -> None:
    identify(suite, attest_every=LONGEST)
    with reverts("AttestationTooRare", LONGEST + 1, LONGEST):
        identify(suite, commitment=PAPER, attest_every=LONGEST + 1)


def test_a_thing_is_identified_once_an_agency(suite: Suite) -> None:
    thing = identify(suite)
    with reverts("AlreadyIdentified", thing):
        identify(suite)
    assert identify(suite, by="bank_keeper", agency="sg_bank") != thing


# Dossier


def complete(suite: Suite, thing: bytes) -> None:
    for part in FILLED_BY_HAND:
        suite.assets.fill(thing, part, PAPER, by(suite, "keeper"))
    value(suite, thing)
    suite.assets.linkAcquisition(thing, *registered(suite), by(suite, "keeper"))


def test_dossier_is_filled_part_by_part(suite: Suite) -> None:
    thing, missing = identify(suite), ALL_PARTS
    for part in FILLED_BY_HAND:
        tx = suite.assets.fill(thing, part, PAPER, by(suite, "keeper"))
        assert tx.events["DossierFilled"]["part"] == part
        missing &= ~(1 << part)
        assert suite.assets.missingOf(thing) == missing
    tx = value(suite, thing)
    assert tx.events["DossierFilled"]["part"] == VALUE
    assert tx.events["Valued"]["value"] == 100_000
    assert suite.assets.missingOf(thing) == 1 << ACQUISITIONS
    agency, root = registered(suite)
    tx = suite.assets.linkAcquisition(thing, agency, root, by(suite, "keeper"))
    assert tx.events["AcquisitionLinked"]["root"] == "0x" + root.hex()
    assert suite.assets.missingOf(thing) == 0


def test_only_a_registered_acquisition_is_linked(suite: Suite) -> None:
    thing, agency = identify(suite), suite.ids["my_police"]
    with reverts("NotRegistered", agency, UNKNOWN):
        suite.assets.linkAcquisition(thing, agency, UNKNOWN, by(suite, "keeper"))


def test_acquisitions_are_linked_and_not_claimed(suite: Suite) -> None:
    with reverts("UseLink", ACQUISITIONS):
        suite.assets.fill(identify(suite), ACQUISITIONS, PAPER, by(suite, "keeper"))


def test_an_empty_paper_fills_nothing(suite: Suite) -> None:
    with reverts("EmptyHash"):
        suite.assets.fill(identify(suite), NEED, ZERO32, by(suite, "keeper"))


# Custody


def test_attestation_grows_stale_by_itself(suite: Suite) -> None:
    """It lasts until a moment, and at that moment it is over."""
    thing = identify(suite)
    stale_from = now() + EVERY
    assert [suite.assets.isStaleAt(thing, stale_from + later) for later in (-1, 0, 1)] == [False, True, True]
    next_block_at(stale_from)
    suite.assets.attest(thing, PAPER, by(suite, "keeper"))
    assert not suite.assets.isStaleAt(thing, now())
    assert suite.assets.isStaleAt(thing, now() + EVERY)


def test_another_custodian_has_attested_nothing_yet(suite: Suite) -> None:
    thing = identify(suite, custodian=suite.ids["sg_bank"])
    assert asset(suite, thing)["attested_at"] == 0
    assert suite.assets.isStaleAt(thing, now())
    tx = suite.assets.attest(thing, PAPER, by(suite, "bank_keeper"))
    assert dict(tx.events["Attested"]) == {
        "asset": "0x" + thing.hex(),
        "custodian": suite.ids["sg_bank"],
        "officer": suite.bank_keeper,
        "condition": "0x" + PAPER.hex(),
    }
    assert not suite.assets.isStaleAt(thing, now())


@pytest.mark.parametrize("state", LIVES)
def test_what_is_gone_is_never_stale(suite: Suite, state: str) -> None:
    gone = state in ("Disposed", "Released")
    assert suite.assets.isStaleAt(LIVES[state](suite), now() + 2 * LONGEST) != gone


def test_custody_is_offered_and_accepted(suite: Suite) -> None:
    thing, (police, bank) = identify(suite), (suite.ids["sg_police"], suite.ids["sg_bank"])
    tx = suite.assets.offerCustody(thing, bank, by(suite, "keeper"))
    assert tx.events["CustodyOffered"]["to"] == bank
    assert asset(suite, thing)["custodian"] == police
    tx = suite.assets.acceptCustody(thing, PAPER, by(suite, "bank_keeper"))
    assert (tx.events["CustodianChanged"]["from"], tx.events["CustodianChanged"]["to"]) == (police, bank)
    assert tx.events["Attested"]["custodian"] == bank
    assert (asset(suite, thing)["custodian"], asset(suite, thing)["attested_at"]) == (bank, now())
    with reverts("NotTheCustodian", police, bank):
        suite.assets.attest(thing, PAPER, by(suite, "keeper"))
    with reverts("NotTheCustodian", bank, 0):
        suite.assets.acceptCustody(thing, PAPER, by(suite, "bank_keeper"))


def test_an_offer_is_taken_back(suite: Suite) -> None:
    thing, bank = identify(suite), suite.ids["sg_bank"]
    suite.assets.offerCustody(thing, bank, by(suite, "keeper"))
    suite.assets.offerCustody(thing, 0, by(suite, "keeper"))
    with reverts("NotTheCustodian", bank, 0):
        suite.assets.acceptCustody(thing, PAPER, by(suite, "bank_keeper"))


def test_nobody_takes_what_was_not_offered_to_him(suite: Suite) -> None:
    thing, (police, bank) = identify(suite), (suite.ids["sg_police"], suite.ids["sg_bank"])
    with reverts("NotTheCustodian", bank, police):
        suite.assets.offerCustody(thing, bank, by(suite, "bank_keeper"))
    with reverts("NoSuchAgency", 5):
        suite.assets.offerCustody(thing, 5, by(suite, "keeper"))
    suite.assets.offerCustody(thing, bank, by(suite, "keeper"))
    with reverts("NotTheCustodian", police, bank):
        suite.assets.acceptCustody(thing, PAPER, by(suite, "keeper"))
    with reverts("EmptyHash"):
        suite.assets.acceptCustody(thing, ZERO32, by(suite, "bank_keeper"))


# Every act in every state


ACTS: dict[str, tuple[str, tuple[Any, ...], str, set[str]]] = {
    # act: function, arguments after the asset, actor, states in which it is done
    "fill": ("fill", (SOURCE, PAPER), "keeper", set(LIVES) - {"Released"}),
    "attest": ("attest", (PAPER,), "keeper", set(LIVES) - {"Released"}),
    "offer": ("offerCustody", (0,), "keeper", set(LIVES) - {"Released"}),
    "value": ("value", (SGD, 1, PAPER), "keeper", {"Identified", "Valued"}),
    "order sale": ("orderSale", (PAPER,), "judge", {"Valued"}),
    "record sale": ("recordSale", (90_000, 5_000, PAPER), "keeper", {"SaleOrdered"}),
    "dispose": ("dispose", (80_000, 5_000, PAPER), "judge", {"Sold"}),
    "release": ("release", (PAPER,), "releaser", {"Identified", "Valued"}),
    "release by a court": ("release", (PAPER,), "judge", {"SaleOrdered"}),
}


@pytest.mark.parametrize("state", LIVES)
@pytest.mark.parametrize("act", ACTS)
def test_each_act_has_its_states(suite: Suite, act: str, state: str) -> None:
    thing = LIVES[state](suite)
    assert asset(suite, thing)["state"] == state
    function, given, actor, states = ACTS[act]
    call = getattr(suite.assets, function)
    if state in states:
        call(thing, *given, by(suite, actor))
        return
    refusal: tuple[Any, ...] = ("AssetInState", thing, STATES.index(state))
    if act == "release" and state == "SaleOrdered":
        refusal = ("SaleByCourtOnly", thing)
    if act == "release by a court" and state in ("Identified", "Valued"):
        refusal = ("NotAuthorised", suite.judge, RELEASE)
    with reverts(*refusal):
        call(thing, *given, by(suite, actor))


def test_nothing_happens_to_what_is_not_there(suite: Suite) -> None:
    for function, given, actor, _ in ACTS.values():
        with reverts("NoSuchAsset", UNKNOWN):
            getattr(suite.assets, function)(UNKNOWN, *given, by(suite, actor))
    for function in ("missingOf", "isStaleAt"):
        with reverts("NoSuchAsset", UNKNOWN):
            getattr(suite.assets, function)(UNKNOWN, *([now()] if function == "isStaleAt" else []))
    with reverts("NoSuchAsset", UNKNOWN):
        suite.assets.acceptCustody(UNKNOWN, PAPER, by(suite, "keeper"))
    with reverts("NoSuchAsset", UNKNOWN):
        suite.assets.linkAcquisition(UNKNOWN, 1, PAPER, by(suite, "keeper"))
    assert suite.assets.historyHead(UNKNOWN) == "0x" + ZERO32.hex()
    assert suite.assets.returnable(UNKNOWN) == (0, 0, 0, False)


@pytest.mark.parametrize(
    ("act", "given"),
    [
        ("value", (SGD, 1, ZERO32)),
        ("order sale", (ZERO32,)),
        ("record sale", (1, 0, ZERO32)),
        ("dispose", (80_000, 5_000, ZERO32)),
        ("release", (ZERO32,)),
        ("attest", (ZERO32,)),
    ],
)
def test_every_act_names_its_paper(suite: Suite, act: str, given: tuple[Any, ...]) -> None:
    function, _, actor, states = ACTS[act]
    thing = LIVES[min(states)](suite)
    with reverts("EmptyHash"):
        getattr(suite.assets, function)(thing, *given, by(suite, actor))


# Who


@pytest.mark.parametrize("act", ["fill", "value", "record sale", "release"])
def test_another_agency_has_no_say(suite: Suite, act: str) -> None:
    function, given, _, states = ACTS[act]
    thing = LIVES[min(states)](suite)
    actor = "bank_releaser" if act == "release" else "bank_keeper"
    with reverts("NotOfAgency", suite.ids["sg_bank"], suite.ids["sg_police"]):
        getattr(suite.assets, function)(thing, *given, by(suite, actor))


@pytest.mark.parametrize("act", ACTS)
def test_another_power_of_the_same_agency_has_no_say(suite: Suite, act: str) -> None:
    function, given, _, states = ACTS[act]
    thing = LIVES[min(states)](suite)
    for actor in ("requester", "stranger"):
        with reverts("NotAuthorised"):
            getattr(suite.assets, function)(thing, *given, by(suite, actor))


@pytest.mark.parametrize("act", ["order sale", "dispose", "release by a court"])
def test_only_a_court_of_the_country_decides(suite: Suite, act: str) -> None:
    function, given, _, states = ACTS[act]
    thing = LIVES[min(states)](suite)
    call = getattr(suite.assets, function)
    with reverts("OtherJurisdiction", suite.ids["my_court"], 702):
        call(thing, *given, by(suite, "my_judge"))
    suite.appoint("sg_police", "police_judge", 1 << 18)
    with reverts("NotACourt", suite.ids["sg_police"]):
        call(thing, *given, by(suite, "police_judge"))


# Sale and judgment


def test_proceeds_are_price_less_costs(suite: Suite) -> None:
    thing = ordered(suite)
    with reverts("CostsAbovePrice", 10, 11):
        suite.assets.recordSale(thing, 10, 11, PAPER, by(suite, "keeper"))
    tx = suite.assets.recordSale(thing, 10, 10, PAPER, by(suite, "keeper"))
    assert (tx.events["Sold"]["price"], tx.events["Sold"]["costs"]) == (10, 10)
    assert asset(suite, thing)["value"] == 0


def test_a_court_decides_on_all_proceeds(suite: Suite) -> None:
    thing = sold(suite)
    for split in ((80_000, 5_001), (80_000, 4_999), (0, 0), (2**96 - 1, 2**96 - 1)):
        with reverts("ProceedsMisstated", thing, sum(split), 85_000):
            suite.assets.dispose(thing, *split, PAPER, by(suite, "judge"))
    assert suite.assets.returnable(thing) == (suite.ids["sg_police"], SGD, 0, False)
    tx = suite.assets.dispose(thing, 80_000, 5_000, PAPER, by(suite, "judge"))
    assert (tx.events["AssetDisposed"]["court"], tx.events["AssetDisposed"]["forfeited"]) == (
        suite.ids["sg_court"],
        5_000,
    )
    assert suite.assets.returnable(thing) == (suite.ids["sg_police"], SGD, 80_000, True)


def test_what_was_awarded_is_paid_out_to_the_last_unit(suite: Suite) -> None:
    thing, restitution = disposed(suite), as_module(suite.restitution)
    tx = suite.assets.payOut(thing, 79_999, {"from": restitution})
    assert (tx.events["PaidOut"]["amount"], tx.events["PaidOut"]["remaining"]) == (79_999, 1)
    with reverts("NoProceedsLeft", thing):
        suite.assets.payOut(thing, 2, {"from": restitution})
    suite.assets.payOut(thing, 1, {"from": restitution})
    assert suite.assets.returnable(thing) == (suite.ids["sg_police"], SGD, 0, True)
    with reverts("NoProceedsLeft", thing):
        suite.assets.payOut(thing, 1, {"from": restitution})


def test_only_restitution_pays_out_and_only_what_was_awarded(suite: Suite) -> None:
    thing = sold(suite)
    for actor in ("keeper", "judge", "distributor", "stranger"):
        with reverts("NotTheModule", suite.actors[actor]):
            suite.assets.payOut(thing, 1, by(suite, actor))
    restitution = as_module(suite.restitution)
    with reverts("NoProceedsLeft", thing):
        suite.assets.payOut(thing, 1, {"from": restitution})
    with reverts("NoSuchAsset", UNKNOWN):
        suite.assets.payOut(UNKNOWN, 1, {"from": restitution})


def test_a_later_valuation_replaces_the_first(suite: Suite) -> None:
    thing = valued(suite)
    value(suite, thing, 7)
    assert (asset(suite, thing)["value"], asset(suite, thing)["currency"]) == (7, SGD)


# Transfer of a case


def transfer(
    suite: Suite, *things: bytes, to: str = "sg_prosecutor", actor: str = "police_prosecutor"
) -> Any:
    return suite.assets.transferCase(PAPER, things, suite.ids[to], by(suite, actor))


def test_a_case_goes_on_with_all_its_assets(suite: Suite) -> None:
    suite.appoint("sg_police", "police_prosecutor", PROPOSE)
    first, second = identify(suite), identify(suite, commitment=PAPER)
    complete(suite, first)
    for part in FILLED_BY_HAND:
        suite.assets.fill(second, part, PAPER, by(suite, "keeper"))
    value(suite, second)
    with reverts("DossierIncomplete", second, 1 << ACQUISITIONS):
        transfer(suite, first, second)
    suite.assets.linkAcquisition(
        second, suite.ids["my_police"], web3.keccak(text="an acquisition"), by(suite, "keeper")
    )
    tx = transfer(suite, first, second)
    assert dict(tx.events["CaseTransferred"]) == {
        "caseKey": "0x" + PAPER.hex(),
        "from": suite.ids["sg_police"],
        "to": suite.ids["sg_prosecutor"],
        "officer": suite.police_prosecutor,
        "assets": 2,
    }
    for thing in (first, second):
        assert asset(suite, thing)["agency"] == suite.ids["sg_prosecutor"]
        assert asset(suite, thing)["custodian"] == suite.ids["sg_police"]
    suite.appoint("sg_prosecutor", "prosecutors_keeper", KEEP)
    value(suite, first, actor="prosecutors_keeper")
    with reverts("NotOfAgency", suite.ids["sg_police"], suite.ids["sg_prosecutor"]):
        value(suite, first)


def test_transfer_names_the_first_incomplete_dossier_and_what_it_misses(suite: Suite) -> None:
    """S034: with any part missing it is blocked, and says which."""
    suite.appoint("sg_police", "police_prosecutor", PROPOSE)
    thing = identify(suite)
    missing = ALL_PARTS
    for part in FILLED_BY_HAND:
        with reverts("DossierIncomplete", thing, missing):
            transfer(suite, thing)
        suite.assets.fill(thing, part, PAPER, by(suite, "keeper"))
        missing &= ~(1 << part)


def test_who_transfers_a_case_and_where(suite: Suite) -> None:
    suite.appoint("sg_police", "police_prosecutor", PROPOSE)
    thing = identify(suite)
    complete(suite, thing)
    with reverts("NoAssets"):
        transfer(suite)
    with reverts("NotOfAgency", suite.ids["sg_prosecutor"], suite.ids["sg_police"]):
        transfer(suite, thing, actor="prosecutor")
    with reverts("NotAuthorised", suite.keeper, PROPOSE):
        transfer(suite, thing, actor="keeper")
    with reverts("OtherJurisdiction", suite.ids["my_prosecutor"], 702):
        transfer(suite, thing, to="my_prosecutor")
    with reverts("NoSuchAgency", 702 << 16 | 999):
        suite.assets.transferCase(PAPER, [thing], 702 << 16 | 999, by(suite, "police_prosecutor"))
    with reverts("EmptyHash"):
        suite.assets.transferCase(ZERO32, [thing], suite.ids["sg_court"], by(suite, "police_prosecutor"))
    with reverts("NoSuchAsset", UNKNOWN):
        transfer(suite, thing, UNKNOWN)
    with reverts("NotOfAgency"):
        transfer(suite, thing, thing)  # twice: the second time it is no longer theirs


# History


def entry(act: str, actor: Any, types: list[str], values: list[Any]) -> bytes:
    return bytes(web3.keccak(encode(["string", "address", *types], [act, actor.address, *values])))


def test_history_can_be_followed_and_leaves_nothing_out(suite: Suite) -> None:
    thing = sold(suite)
    police = suite.ids["sg_police"]
    entries = [
        entry(
            "identify",
            suite.keeper,
            ["uint8", "uint32", "uint32", "bytes32"],
            [VEHICLE, police, EVERY, ZERO32],
        ),
        entry("value", suite.keeper, ["uint16", "uint96", "bytes32"], [SGD, 100_000, PAPER]),
        entry("orderSale", suite.judge, ["bytes32"], [PAPER]),
        entry("recordSale", suite.keeper, ["uint96", "uint96", "bytes32"], [90_000, 5_000, PAPER]),
    ]
    head = ZERO32
    for number, found in enumerate(entries, start=1):
        types = ["address", "bytes32", "uint32", "bytes32", "bytes32"]
        head = bytes(web3.keccak(encode(types, [suite.assets.address, thing, number, head, found])))
    assert suite.assets.historyHead(thing) == "0x" + head.hex()
    assert asset(suite, thing)["entries"] == len(entries)


def test_every_act_enters_the_history_once(suite: Suite) -> None:
    for function, given, actor, states in ACTS.values():
        thing = identify(suite, commitment=web3.keccak(text=function)) if "Identified" in states else None
        if thing is None:
            continue
        head, entries = suite.assets.historyHead(thing), asset(suite, thing)["entries"]
        getattr(suite.assets, function)(thing, *given, by(suite, actor))
        assert suite.assets.historyHead(thing) != head
        assert asset(suite, thing)["entries"] == entries + 1
