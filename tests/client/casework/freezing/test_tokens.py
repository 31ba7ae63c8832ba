# SPDX-License-Identifier: Apache-2.0
"""An issuer names its token and reveals an account, with what its own message opens, of this chain alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fakecast import key
from freeze_fixtures import freezing
from freeze_stage import NUMBER, Stage, target

from concordat.assets import holds, oracle
from concordat.assets.oracle import Opening
from concordat.assets.values import commitments
from concordat.assets.values.accounts import parse
from concordat.assets.words import AnswerKind
from concordat.casework.institution import tokens
from concordat.errors import ConcordatError, UsageError
from concordat.ledger import abi, artifacts, eventlog
from concordat.ledger.outbox import DurableLedger

__all__ = ["freezing"]

TOKEN = "0x" + "7e" * 20
WALLET = "0x" + "ab" * 20


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What would have gone to the oracle, which the double does not have; by the ABI all the same."""
    found: list[Any] = []
    send, of = DurableLedger.send, eventlog.of

    def keep(self: Any, signer: Any, contract: str, function: str, *args: Any) -> Any:
        if contract != oracle.ORACLE:
            return send(self, signer, contract, function, *args)
        abi.encode(abi.find(artifacts.load(contract).abi, "function", function)["inputs"], args)
        found.append((signer.address, contract, function, args))
        raise Stopped("stopped here")

    def nothing(ledger: Any, contract: str, names: Any, **filters: Any) -> Any:
        return [] if contract == oracle.ORACLE else of(ledger, contract, names, **filters)

    monkeypatch.setattr(DurableLedger, "send", keep)
    monkeypatch.setattr(eventlog, "of", nothing)
    return found


class Stopped(ConcordatError):
    """Nothing goes further than here."""


def wallet(freezing: Stage, chain: int) -> holds.Named:
    """A hold of the payment institution on an address."""
    account = f"eip155:{chain}:{WALLET}"
    request = freezing.running(
        measure="SEIZE",
        asset_class="VIRTUAL_ASSET",
        targets=[target("SG-KOPIPAY", account, "USDT 5.00", holder=None)],
    )
    freezing.answer(request, 1, AnswerKind.HELD, who="kopi-teller", checker="kopi-checker")
    found: holds.Named = freezing.named(request, 1)
    return found


def stopped(act: Callable[[], object]) -> None:
    with pytest.raises(Stopped):
        act()


def test_an_institution_names_its_token(freezing: Stage, sent: list[Any]) -> None:
    stopped(lambda: tokens.name_token(freezing.desk("kopi-teller"), TOKEN, "usdt"))
    assert sent == [(key("kopi-teller").address, oracle.ORACLE, "nameToken", (TOKEN, 1003))]
    with pytest.raises(UsageError):
        tokens.name_token(freezing.desk("kopi-teller"), TOKEN, "nothing")


def test_what_is_revealed_opens_target_and_request(freezing: Stage, sent: list[Any]) -> None:
    chain = freezing.desk("kopi-teller").chain.chain_id
    named = wallet(freezing, chain)
    stopped(lambda: tokens.reveal(freezing.desk("kopi-teller"), named.hold.hex(), TOKEN))
    (_, _, function, args) = sent[0]
    request, found, token, account, given = args
    opening = Opening(given["salt"], given["noticeKey"], given["order"])
    assert (function, request, found, token, account) == (
        "reveal",
        named.request,
        named.target,
        TOKEN,
        WALLET,
    )
    salted = commitments.account_commitment(opening.salt, parse(f"eip155:{chain}:{WALLET}"))
    assert commitments.target(salted, opening.notice_key) == named.target
    assert commitments.request_id(NUMBER["SG-SPF"], opening.order) == named.request


def test_an_account_of_another_chain_is_not_revealed(freezing: Stage, sent: list[Any]) -> None:
    named = wallet(freezing, freezing.desk("kopi-teller").chain.chain_id + 1)
    with pytest.raises(UsageError) as error:
        tokens.reveal(freezing.desk("kopi-teller"), named.hold.hex(), TOKEN)
    assert error.value.code == "oracle.other_chain" and WALLET not in error.value.message
    assert not sent
