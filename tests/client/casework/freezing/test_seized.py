# SPDX-License-Identifier: Apache-2.0
"""Seized property: dossier, custody that grows stale, sale, disposal, transfer only when complete."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from eth_utils import keccak
from fakecast import ALL_STEPS, key
from freeze_stage import DAY, NUMBER, Stage, request_text
from stage import appoint

from concordat.assets import seized
from concordat.assets.folders.assetfile import AssetFile
from concordat.assets.returnstates import AssetState, DossierPart
from concordat.assets.values import money
from concordat.casework.returning import repaying, returns, selling, things
from concordat.casework.returning import restitution as planning
from concordat.casework.returning import seized as keeping
from concordat.errors import ConcordatError
from concordat.evidence import registry
from concordat.evidence.facts import Facts
from concordat.evidence.methods import Method
from concordat.evidence.rulebook import bundled
from concordat.evidence.typed import Collection
from concordat.ledger import adoption
from concordat.ledger.standardbook import StandardBook
from concordat.membership.powers import Power

WHOLE = ("source", "nature", "ownership", "need")
HEAD = """\
concordat: asset/1
number: {number}
case: "0317"
asset_class: VEHICLE
description: A white van
identifier: asset:VEHICLE:LSVAM4187C2184841
custodian: {custodian}
attest_every: 30
"""
VALUE = 'value: {amount: "SGD 90,000.00", text: By a valuer, documents: [report.pdf]}\n'


def refused(code: str, act: Any, *args: Any, **more: Any) -> ConcordatError:
    with pytest.raises(ConcordatError) as found:
        act(*args, **more)
    assert found.value.code == code, found.value.message
    return found.value


def dossier(
    stage: Stage, *parts: str, number: str = "SZ-1", custodian: str = "SG-SPF", value: bool = False
) -> Path:
    """A dossier in the police's folder; each part says its own name."""
    stage.workspace("SG-SPF")
    folder = stage.folder / "SG-SPF"
    (folder / "report.pdf").write_bytes(b"%PDF report")
    path = folder / f"{number}.yaml"
    text = HEAD.format(number=number, custodian=custodian) + (VALUE if value else "")
    path.write_text(text + "".join(f"{part}: {{text: {part}}}\n" for part in parts), encoding="utf-8")
    return path


def entered(stage: Stage, *parts: str, **more: Any) -> str:
    """A thing that was entered; its folder."""
    found = keeping.identify(stage.desk("distributor"), dossier(stage, *parts, **more))
    return found.file.folder.as_posix()


def test_a_dossier_is_filled_step_by_step_and_nothing_is_sent_twice(freezing: Stage) -> None:
    desk, path = freezing.desk("distributor"), dossier(freezing, "source")
    first = keeping.identify(desk, path)
    assert first.filled == (DossierPart.SOURCE,)
    assert len(first.missing) == 5
    before = freezing.sent()
    again = keeping.identify(freezing.desk("distributor"), path)
    assert (again.done.before, again.filled) == (True, ())
    assert freezing.sent() == before
    more = keeping.identify(freezing.desk("distributor"), dossier(freezing, *WHOLE, value=True))
    assert set(more.filled) == {
        DossierPart.NATURE,
        DossierPart.OWNERSHIP,
        DossierPart.NEED,
        DossierPart.VALUE,
    }
    assert more.missing == (DossierPart.ACQUISITIONS,)
    known = seized.asset_of(freezing.ledger, first.done.about)
    assert known is not None
    assert (known.state, str(known.money)) == (AssetState.VALUED, "SGD 90,000.00")
    # A document that changed changes its part, and the former content comes back if it does.
    report = freezing.folder / "SG-SPF" / "report.pdf"
    for content, sent in ((b"%PDF other", True), (b"%PDF other", False), (b"%PDF report", True)):
        report.write_bytes(content)
        found = keeping.identify(freezing.desk("distributor"), path)
        assert (found.filled == (DossierPart.VALUE,)) is sent
    other = dossier(freezing, "source")
    other.write_text(other.read_text(encoding="utf-8").replace("white", "black"), encoding="utf-8")
    refused("asset.other_thing", keeping.identify, freezing.desk("distributor"), other)


def test_an_attestation_grows_stale_by_itself(freezing: Stage) -> None:
    text, desk = entered(freezing), freezing.desk("distributor")
    assert keeping.assets(desk, stale=True) == []
    freezing.pass_time(31 * DAY)
    (stale,) = keeping.assets(freezing.desk("distributor"), stale=True)
    assert seized.is_stale_at(freezing.ledger, stale.id, freezing.ledger.now())
    assert keeping.view(freezing.desk("distributor"), text).stale
    condition = freezing.paper("photo.jpg", b"\xff\xd8 still there")
    for _ in range(2):  # the same picture may be true twice
        assert not keeping.attest(freezing.desk("distributor"), text, condition).before
        assert keeping.assets(freezing.desk("distributor"), stale=True) == []
        freezing.pass_time(31 * DAY)
    assert len(keeping.assets(freezing.desk("distributor"), stale=True)) == 1


def test_custody_is_offered_and_accepted(freezing: Stage) -> None:
    text, receipt = entered(freezing), freezing.paper("handover.pdf")
    asset = AssetFile.open(Path(text)).head.id
    bare = f"0x{asset.hex()}"
    refused("contract.not_the_custodian", keeping.accept, freezing.desk("bank-keeper"), bare, receipt)
    keeping.offer(freezing.desk("distributor"), text, "SG-MERLION")
    assert not keeping.accept(freezing.desk("bank-keeper"), bare, receipt).before
    assert keeping.accept(freezing.desk("bank-keeper"), bare, receipt).before
    known = seized.asset_of(freezing.ledger, asset)
    assert known is not None
    assert known.custodian == NUMBER["SG-MERLION"]
    mine = keeping.assets(freezing.desk("bank-keeper"), agency=NUMBER["SG-MERLION"])
    assert [each.id for each in mine] == [asset]
    assert keeping.assets(freezing.desk("bank-keeper"), agency=NUMBER["SG-ORCHID"]) == []


def sold(stage: Stage, price: str = "SGD 80,000.00", costs: str = "SGD 5,000.00") -> str:
    text = entered(stage, value=True)
    bare = f"0x{AssetFile.open(Path(text)).head.id.hex()}"
    selling.order_sale(stage.desk("judge"), bare, stage.paper("order.pdf"))
    selling.sell(stage.desk("distributor"), text, price, costs, stage.paper("auction.pdf"))
    return bare


def test_proceeds_are_the_price_less_the_costs_and_go_back_to_victims(freezing: Stage) -> None:
    bare = sold(freezing)
    refused(
        "asset.beyond_proceeds",
        selling.dispose,
        freezing.desk("judge"),
        bare,
        "SGD 75,000.01",
        freezing.paper("judgment.pdf"),
    )
    selling.dispose(freezing.desk("judge"), bare, "SGD 60,000.00", freezing.paper("judgment.pdf"))
    assert selling.dispose(freezing.desk("judge"), bare, "SGD 1.00", freezing.paper("judgment.pdf")).before
    claims = freezing.folder / "SG-SPF" / "claims.csv"
    claims.write_text(
        'victim,payee,amount\nV-1,account:VICTSGSG:00000001,"SGD 70,000.00"\n', encoding="utf-8"
    )
    made = planning.open_(
        freezing.desk("distributor"), claims, number="R-1", sources=[f"asset:{bare}"], case="0317"
    )
    freezing.pass_time(made.file.head.notice_until + 7 * DAY - freezing.ledger.now() + 1)
    text = f"0x{made.file.head.id.hex()}"
    planning.decide(freezing.desk("judge"), text, freezing.paper("shares.pdf"))
    paid = repaying.pay_all(freezing.desk("distributor"), text, 0, "X")
    assert paid.amount == 6_000_000
    (source,) = returns.view(freezing.desk("distributor"), text).sources
    assert source.balanced
    sale = seized.proceeds_of(freezing.ledger, bytes.fromhex(bare[2:]))
    assert sale is not None
    assert sale.proceeds == 7_500_000 == sale.returned + sale.forfeited + sale.remaining
    assert (sale.returned, sale.forfeited, sale.remaining) == (6_000_000, 1_500_000, 0)


def test_what_a_sale_refuses(freezing: Stage) -> None:
    text = entered(freezing, value=True)
    bare = f"0x{AssetFile.open(Path(text)).head.id.hex()}"
    paper, desk = freezing.paper(), freezing.desk("distributor")
    refused("asset.costs", selling.sell, desk, text, "SGD 1.00", "SGD 2.00", paper)
    refused("money.currencies_differ", selling.sell, desk, text, "USD 2.00", "USD 1.00", paper)
    refused("contract.asset_in_state", selling.sell, desk, text, "SGD 2.00", "SGD 1.00", paper)
    selling.order_sale(freezing.desk("judge"), bare, paper)
    assert selling.order_sale(freezing.desk("judge"), bare, paper).before
    refused("restitution.nothing_returnable", returns.sum_of, returns.sources_named(desk, [f"asset:{bare}"]))
    selling.release(freezing.desk("judge"), bare, paper)
    known = seized.asset_of(freezing.ledger, bytes.fromhex(bare[2:]))
    assert known is not None
    assert known.state is AssetState.RELEASED


def test_a_case_is_transferred_only_with_complete_dossiers(freezing: Stage) -> None:
    text = entered(freezing, *WHOLE, value=True)
    other = entered(freezing, "source", number="SZ-2")
    error = refused(
        "asset.incomplete", keeping.transfer, freezing.desk("distributor"), "0317", [text, other], "SG-PROS"
    )
    assert "SZ-1: linked acquisitions" in error.message
    assert "SZ-2: nature, ownership, value, need" in error.message
    for wrong in ("nothing", "SG-SPF:0x12"):
        refused("asset.acquisition", keeping.link, freezing.desk("distributor"), text, wrong)
    refused(
        "contract.not_registered",
        keeping.link,
        freezing.desk("distributor"),
        text,
        f"SG-SPF:0x{'ab' * 32}",
    )


def registered(stage: Stage) -> bytes:
    """An acquisition of the police, registered past this client; its root."""
    ledger, who = stage.ledger, key("collector")
    appoint(ledger, "collector", "SG-SPF", NUMBER["SG-SPF"], Power.COLLECT | Power.REGISTER)
    planned = adoption.plan(bundled("SG"), StandardBook.read(ledger), ledger.now())
    adoption.adopt(ledger, key("SG-AGC"), 702, bytes(31) + b"\1", planned)
    stage.pass_time(2 * DAY)
    facts = Facts(ledger.now() - 4000, 10, 702, 702, Method.STORAGE_IMAGING, 1, 0, ALL_STEPS)
    root, version = bytes(31) + b"\x09", 1
    deadline = ledger.now() + DAY
    collection = Collection(NUMBER["SG-SPF"], root, facts.pack(), version, who.address, 1, deadline)
    registry.register(ledger, who, collection, registry.sign(ledger, who, collection))
    stage.pass_time(1)
    return root


def test_a_complete_case_is_transferred_once(freezing: Stage) -> None:
    root = registered(freezing)
    appoint(freezing.ledger, "spf-proposer", "SG-SPF", NUMBER["SG-SPF"], Power.PROPOSE)
    freezing.pass_time(1)
    freezing.node.signers[key("spf-proposer").address.lower()] = key("spf-proposer")
    text = entered(freezing, *WHOLE, value=True)
    acquisition = f"SG-SPF:0x{root.hex()}"
    assert not keeping.link(freezing.desk("distributor"), text, acquisition).before
    assert keeping.link(freezing.desk("distributor"), text, acquisition).before
    assert keeping.view(freezing.desk("distributor"), text).asset.missing == ()
    done = keeping.transfer(freezing.desk("spf-proposer", "SG-SPF"), "0317", [text], "SG-PROS")
    assert not done.before
    assert keeping.transfer(freezing.desk("spf-proposer", "SG-SPF"), "0317", [text], "SG-PROS").before
    known = keeping.view(freezing.desk("distributor"), text).asset
    assert known.agency == NUMBER["SG-PROS"]
    salt = AssetFile.open(Path(text)).head.salt
    (moved,) = seized.transfers(freezing.ledger, keeping.case_key("0317", salt))
    assert moved.args["caseKey"] != keccak(b"concordat/case:0317"), "nobody finds the case by trying numbers"
    assert moved.args["assets"] == 1


def test_how_a_thing_is_named(freezing: Stage) -> None:
    text, desk = entered(freezing), freezing.desk("distributor")
    asset = AssetFile.open(Path(text)).head.id
    for name in (text, "SZ-1", "asset:SZ-1", f"0x{asset.hex()}", f"asset:0x{asset.hex()[:8]}"):
        assert things.asset_named(desk, name).id == asset
    for name in ("SZ-9", "0x123456"):
        refused("asset.unknown", things.asset_named, desk, name)
    refused("asset.no_folder", things.asset_named, desk, "none.asset")
    (Path(text) / "asset.json").write_bytes(b"[]")
    refused("asset.damaged", things.asset_named, desk, text)
    refused("asset.unknown", things.asset_named, desk, "SZ-1")


def test_the_workspace_of_another_agency_enters_nothing(freezing: Stage) -> None:
    desk = freezing.desk("distributor", "SG-AGC")
    refused("authority.other_agency", keeping.identify, desk, dossier(freezing))
    assert list(seized.identified(freezing.ledger)) == []
    assert not (freezing.folder / "SG-SPF" / "SZ-1.asset").exists()


def test_a_thing_may_be_held_under_a_seizure(freezing: Stage) -> None:
    request = freezing.held()
    found = keeping.identify(
        freezing.desk("distributor"), dossier(freezing), hold=f"{request_text(request)}#1"
    )
    (only,) = seized.identified(freezing.ledger, agency=NUMBER["SG-SPF"])
    assert only.hold == freezing.named(request).hold
    assert only.id == found.done.about
    assert money.by_code(702).alpha == "SGD"
