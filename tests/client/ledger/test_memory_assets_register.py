# SPDX-License-Identifier: Apache-2.0
"""Seized property and tips in memory."""

from __future__ import annotations

from typing import Any

import pytest
from assetcast import DAY, MY, NONE, PAPER, SG, SGD, AssetCast, make_asset_cast, refused
from eth_abi.abi import encode
from eth_utils.crypto import keccak
from fakecast import hire

from concordat.assets.returnstates import AssetState, DossierPart, TipState
from concordat.assets.values.commitments import hold_id
from concordat.assets.words import AssetClass
from concordat.evidence import typed
from concordat.membership.powers import Power
from concordat.memory.tips import CLAIM, TIP

REGISTER, TIPS = "AssetRegister", "Tips"


@pytest.fixture
def cast() -> AssetCast:
    return make_asset_cast()


def identify(cast: AssetCast, text: str = "car", **changes: Any) -> bytes:
    values = {
        "commitment": keccak(text=text),
        "assetClass": int(AssetClass.VEHICLE),
        "custodian": cast.agencies["sg_police"],
        "attestEvery": 30 * DAY,
        "hold": NONE,
        **changes,
    }
    cast.send("releaser", REGISTER, "identify", *values.values())
    return bytes(keccak(encode(["uint32", "bytes32"], [cast.agencies["sg_police"], values["commitment"]])))


def asset_of(cast: AssetCast, asset: bytes) -> Any:
    return cast.call(REGISTER, "assetOf", asset)


# Property


def test_property_from_identification_to_victims(cast: AssetCast) -> None:
    hold = hold_id(*cast.held())
    asset = identify(cast, hold=hold)
    refused("AssetInState", lambda: cast.send("judge", REGISTER, "orderSale", asset, PAPER))
    cast.send("releaser", REGISTER, "value", asset, SGD, 900, PAPER)
    refused("NotACourt", lambda: _with_judge(cast).send("police_judge", REGISTER, "orderSale", asset, PAPER))
    refused("OtherJurisdiction", lambda: cast.send("my_judge", REGISTER, "orderSale", asset, PAPER))
    cast.send("judge", REGISTER, "orderSale", asset, PAPER)
    refused("SaleByCourtOnly", lambda: cast.send("releaser", REGISTER, "release", asset, PAPER))
    refused("CostsAbovePrice", lambda: cast.send("releaser", REGISTER, "recordSale", asset, 5, 6, PAPER))
    cast.send("releaser", REGISTER, "recordSale", asset, 1000, 100, PAPER)
    assert cast.call(REGISTER, "returnable", asset) == (cast.agencies["sg_police"], SGD, 0, False)
    refused("ProceedsMisstated", lambda: cast.send("judge", REGISTER, "dispose", asset, 600, 301, PAPER))
    cast.send("judge", REGISTER, "dispose", asset, 600, 300, PAPER)
    assert asset_of(cast, asset).state == AssetState.DISPOSED

    until = cast.ledger.now() + 2
    thing = {"isAsset": True, "first": asset, "second": NONE}
    cast.send("releaser", "Restitution", "open", PAPER, SGD, 1, until, [thing])
    plan = cast.ledger.events("Restitution", "PlanOpened")[0].args["plan"]
    claim = keccak(text="claim")
    given = [{"claim": claim, "amount": 600, "traced": 600}]
    cast.send("releaser", "Restitution", "enter", plan, given)
    cast.pass_to(until + 7 * DAY + 1)
    cast.send("judge", "Restitution", "decide", plan, PAPER)
    payment = [{"claim": claim, "amount": 600, "paymentHash": PAPER}]
    refused("NotThePayer", lambda: cast.send("bank_releaser", "Restitution", "pay", plan, 0, payment))
    cast.send("releaser", "Restitution", "pay", plan, 0, payment)
    assert asset_of(cast, asset).value == 0
    assert cast.call(REGISTER, "returnable", asset).amount == 0


def _with_judge(cast: AssetCast) -> AssetCast:
    police = cast.agencies["sg_police"]
    hire(cast, cast.key("sg_police"), police, cast.key("police_judge"), Power.JUDGE)  # type: ignore[arg-type]
    return cast


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"commitment": NONE}, "EmptyHash"),
        ({"assetClass": 0}, "UnknownClass"),
        ({"custodian": SG << 16 | 99}, "NoSuchAgency"),
        ({"attestEvery": 0}, "AttestationTooRare"),
        ({"attestEvery": 180 * DAY + 1}, "AttestationTooRare"),
        ({"hold": PAPER}, "NoSuchHold"),
    ],
)
def test_what_cannot_be_identified(cast: AssetCast, changes: dict[str, Any], error: str) -> None:
    refused(error, lambda: identify(cast, **changes))


def test_an_attestation_grows_stale_by_itself(cast: AssetCast) -> None:
    asset = identify(cast)
    refused("AlreadyIdentified", lambda: identify(cast))
    due = cast.ledger.now() + 30 * DAY
    assert [cast.call(REGISTER, "isStaleAt", asset, at) for at in (due - 1, due)] == [False, True]
    cast.send("releaser", REGISTER, "attest", asset, PAPER)
    assert not cast.call(REGISTER, "isStaleAt", asset, due)
    refused("NotTheCustodian", lambda: cast.send("bank_releaser", REGISTER, "attest", asset, PAPER))

    bank = cast.agencies["sg_bank"]
    refused("NotTheCustodian", lambda: cast.send("bank_releaser", REGISTER, "acceptCustody", asset, PAPER))
    refused("NoSuchAgency", lambda: cast.send("releaser", REGISTER, "offerCustody", asset, MY << 16 | 99))
    cast.send("releaser", REGISTER, "offerCustody", asset, bank)
    cast.send("bank_releaser", REGISTER, "acceptCustody", asset, PAPER)
    assert (asset_of(cast, asset).custodian, asset_of(cast, asset).attestedAt) == (bank, cast.ledger.now())
    elsewhere = identify(cast, "elsewhere", custodian=bank)
    assert cast.call(REGISTER, "isStaleAt", elsewhere, cast.ledger.now())
    cast.send("releaser", REGISTER, "release", elsewhere, PAPER)
    assert not cast.call(REGISTER, "isStaleAt", elsewhere, cast.ledger.now())


def test_a_case_goes_over_with_complete_dossiers_only(cast: AssetCast) -> None:
    asset, unit = identify(cast), cast.agencies["sg_unit"]

    def transfer(*assets: bytes, to: int = unit, by: str = "police_proposer") -> None:
        cast.send(by, REGISTER, "transferCase", PAPER, list(assets), to)

    def fill(part: DossierPart) -> None:
        cast.send("releaser", REGISTER, "fill", asset, int(part), PAPER)

    refused("UseLink", lambda: fill(DossierPart.ACQUISITIONS))
    for part in (DossierPart.SOURCE, DossierPart.NATURE, DossierPart.OWNERSHIP, DossierPart.NEED):
        fill(part)
    error = refused("DossierIncomplete", lambda: transfer(asset))
    assert error.revert.args["missing"] == 1 << DossierPart.VALUE | 1 << DossierPart.ACQUISITIONS
    cast.send("releaser", REGISTER, "value", asset, SGD, 900, PAPER)
    assert cast.call(REGISTER, "missingOf", asset) == 1 << DossierPart.ACQUISITIONS
    police = cast.agencies["sg_police"]
    link = (asset, police, PAPER)
    refused("NotRegistered", lambda: cast.send("releaser", REGISTER, "linkAcquisition", *link))
    refused("NoAssets", lambda: transfer())
    refused("OtherJurisdiction", lambda: transfer(asset, to=cast.agencies["my_police"]))
    refused("NotOfAgency", lambda: transfer(asset, by="prosecutor"))
    refused("NoSuchAsset", lambda: transfer(PAPER))


# Tips


def signed(cast: AssetCast, types: Any, message: dict[str, Any], by: str = "tipster") -> bytes:
    domain = typed.domain(cast.ledger.chain_id, cast.ledger.address(TIPS), cast.ledger.genesis_id)
    return cast.key(by).sign_typed(domain, types, next(iter(types)), message)


def submit(cast: AssetCast, message: bytes = PAPER, by: str = "tipster") -> bytes:
    agency, tipster = cast.agencies["sg_police"], cast.key("tipster").address
    deadline = cast.ledger.now() + DAY
    fields = {"agency": agency, "message": message, "deadline": deadline}
    given = (agency, tipster, message, 1, deadline, signed(cast, TIP, fields, by))
    cast.send("stranger", TIPS, "submit", *given)
    return bytes(keccak(encode(["uint32", "address", "bytes32"], [agency, tipster, message])))


def test_a_tip_from_a_key_made_for_it_to_its_reward(cast: AssetCast) -> None:
    refused("EmptyMessage", lambda: submit(cast, NONE))
    refused("InvalidSignature", lambda: submit(cast, by="stranger"))
    tip = submit(cast)
    refused("AlreadySubmitted", lambda: submit(cast))
    refused("TipInState", lambda: cast.send("ratifier", TIPS, "grant", tip, SGD, 5))
    refused("NotOfAgency", lambda: cast.send("my_requester", TIPS, "judge", tip, True, PAPER))
    refused("EmptyHash", lambda: cast.send("requester", TIPS, "judge", tip, True, NONE))
    cast.send("requester", TIPS, "judge", tip, True, PAPER)
    refused("NoReward", lambda: cast.send("ratifier", TIPS, "grant", tip, SGD, 0))
    cast.send("ratifier", TIPS, "grant", tip, SGD, 5000)
    refused("NotClaimed", lambda: cast.send("releaser", TIPS, "markPaid", tip, PAPER))

    def claim(payee: bytes = PAPER, by: str = "tipster") -> None:
        deadline = cast.ledger.now() + DAY
        signature = signed(cast, CLAIM, {"tip": tip, "payee": payee, "deadline": deadline}, by)
        tipster = cast.key("tipster").address
        given = (cast.agencies["sg_police"], tipster, PAPER, payee, deadline, signature)
        cast.send("stranger", TIPS, "claim", *given)

    refused("InvalidSignature", lambda: claim(by="stranger"))
    claim()
    refused("AlreadyClaimed", lambda: claim())
    assert cast.call(TIPS, "payeeOf", tip) == PAPER
    cast.send("releaser", TIPS, "markPaid", tip, PAPER)
    assert cast.call(TIPS, "tipOf", tip).state == TipState.PAID
    refused("TipInState", lambda: cast.send("releaser", TIPS, "markPaid", tip, PAPER))


def test_what_is_not_worth_acting_on_earns_nothing(cast: AssetCast) -> None:
    tip = submit(cast)
    cast.send("requester", TIPS, "judge", tip, False, PAPER)
    refused("TipInState", lambda: cast.send("ratifier", TIPS, "grant", tip, SGD, 5))
