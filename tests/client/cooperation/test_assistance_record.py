# SPDX-License-Identifier: Apache-2.0
"""Records of requests that somebody hands over: whatever they contain, a sentence comes out."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from eth_account import Account
from eth_account.messages import encode_typed_data
from hypothesis import given, settings
from hypothesis import strategies as st

from concordat.casework.cooperating import recording
from concordat.casework.cooperating.recordforms import FORMAT
from concordat.cooperation.orders.request import request_id
from concordat.errors import VerificationError
from concordat.evidence import canonical
from concordat.mail import sealed

KEY = Account.from_key("0x" + "17" * 32)
OTHER = Account.from_key("0x" + "18" * 32)
ASKER = 10_223_617
ENVELOPE = b"whatever was sealed"
DIGEST = f"0x{sealed.digest(ENVELOPE).hex()}"
COMMITTED = b"\x05" * 32
REQUEST = f"0x{request_id(ASKER, COMMITTED).hex()}"


def _body() -> dict[str, Any]:
    order = {"order": f"0x{COMMITTED.hex()}", "checklist": "0x" + "00" * 32, "message": DIGEST}
    return {
        "concordat": FORMAT,
        "chainId": 1337,
        "genesis": "0x" + "aa" * 32,
        "contract": "0x" + "bb" * 20,
        "request": REQUEST,
        "agency": ASKER,
        "agencyName": "CN-MPS",
        "writtenAt": 1_790_000_000,
        "events": [
            {
                "contract": "AssistanceRequests",
                "name": "Asked",
                "args": {"request": REQUEST, "from": ASKER, "order": order},
                "transaction": "0x" + "01" * 32,
                "block": 7,
                "blockHash": "0x" + "02" * 32,
                "logIndex": 0,
                "time": 1_780_000_000,
            }
        ],
        "messages": {DIGEST: base64.b64encode(ENVELOPE).decode()},
        "opened": {},
        "papers": {},
    }


def _signed(body: dict[str, Any], key: Any = KEY) -> bytes:
    message = {
        "request": bytes.fromhex(body["request"][2:]),
        "agency": body["agency"],
        "writtenAt": body["writtenAt"],
        "content": recording.keccak(canonical.dumps(body)),
    }
    domain = recording.typed.domain(body["chainId"], body["contract"], bytes.fromhex(body["genesis"][2:]))
    signable = encode_typed_data(domain, dict(recording.RECORD), message)
    signature = key.sign_message(signable).signature
    signer = KEY.address.lower()
    return canonical.dumps({**body, "signer": signer, "signature": f"0x{bytes(signature).hex()}"})


def test_a_record_that_holds() -> None:
    found = recording.verify(_signed(_body()))
    assert (found.signer, found.events, found.messages) == (KEY.address, 1, 1)
    assert found.checked[0] == "the key of the request follows from asker and commitment"


def test_signed_by_another_than_it_names() -> None:
    with pytest.raises(VerificationError, match="signed by another key"):
        recording.verify(_signed(_body(), OTHER))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"messages": {DIGEST: base64.b64encode(b"another").decode()}}, "has another hash"),
        ({"messages": {DIGEST: "no base64!"}}, "not base64"),
        ({"messages": {"0x" + "77" * 32: "AAAA"}}, "no event names the message"),
        ({"events": []}, "not those of one request"),
        ({"request": "0x" + "33" * 32}, "not those of one request"),
        ({"opened": {DIGEST: {"concordat": "nonsense"}}}, "body: it is missing"),
        ({"chainId": 0}, "does not hold"),
    ],
)
def test_what_its_signer_made_up(change: dict[str, Any], why: str) -> None:
    from concordat.errors import ConcordatError

    with pytest.raises(ConcordatError, match=why):
        recording.verify(_signed({**_body(), **change}))


def test_a_request_of_another_asker() -> None:
    body = _body()
    body["events"][0]["args"]["from"] = ASKER + 1
    with pytest.raises(VerificationError, match="does not follow"):
        recording.verify(_signed(body))


@pytest.mark.parametrize("args", [{}, {"from": "x"}, {"order": 3}, {"order": {"order": "0x"}}, {"from": -1}])
def test_events_without_what_they_must_say(args: dict[str, Any]) -> None:
    body = _body()
    given = body["events"][0]["args"]
    body["events"][0]["args"] = {"request": REQUEST, **(given if args else {}), **args}
    with pytest.raises(VerificationError, match="does not say who asked"):
        recording.verify(_signed(body))


@given(st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
def test_noise_is_no_record(data: bytes) -> None:
    with pytest.raises(VerificationError, match="This record does not hold"):
        recording.verify(data)


@given(st.integers(0, len(_signed(_body())) - 1), st.integers(1, 255))
@settings(max_examples=150, deadline=None)
def test_no_byte_can_be_changed(place: int, change: int) -> None:
    data = bytearray(_signed(_body()))
    data[place] ^= change
    with pytest.raises(VerificationError):
        recording.verify(bytes(data))
