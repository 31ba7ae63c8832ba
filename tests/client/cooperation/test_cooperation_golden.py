# SPDX-License-Identifier: Apache-2.0
"""What goes over the wire and onto the chain never changes its form: bytes of requests and messages, hashes.

A change of one of these files is a change of format: it needs a new version of the format, not a new golden.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from request_samples import POLICE, REQUEST, SECRETS
from test_agreement import AGREEMENT, TEXTS
from test_messages import BODIES, KEY

from concordat.cooperation.agreements.agreement import ABI, thread_id, version_hash
from concordat.cooperation.agreements.agreementfile import parse as agreement
from concordat.cooperation.orders import messages
from concordat.cooperation.orders.messages import Message, MessageType, Opening
from concordat.cooperation.orders.request import (
    chain_order,
    order_commitment,
    request_id,
    secret_commitment,
)
from concordat.cooperation.orders.requestfile import from_json, parse
from concordat.evidence import canonical
from concordat.ledger import artifacts

GOLDEN = Path(__file__).parent / "golden"


def _golden(name: str) -> bytes:
    return (GOLDEN / name).read_bytes()


@pytest.mark.parametrize(
    ("name", "text"), [("request-evidence.json", REQUEST), ("request-police.json", POLICE)]
)
def test_requests(name: str, text: str) -> None:
    found = parse(text)
    assert canonical.dumps(found.as_json()) == _golden(name)
    assert from_json(_golden(name)) == found


@pytest.mark.parametrize("kind", [kind for kind in MessageType if kind not in ("request", "passed-on")])
def test_messages(kind: MessageType) -> None:
    """Without those that carry a checklist, which follows the standards in force."""
    message = Message(kind, KEY, BODIES[kind])
    assert message.to_bytes() == _golden(f"message-{kind.value}.json")
    assert messages.read(_golden(f"message-{kind.value}.json")) == message


def test_hashes() -> None:
    request = parse(POLICE)
    order = order_commitment(request, SECRETS.salt)
    draft = agreement(AGREEMENT).draft(TEXTS)
    thread = thread_id(156, draft)
    opening = BODIES[MessageType.ASSIGNED]
    assert isinstance(opening, Opening)
    assert opening.commitment == order
    found = {
        "order": order,
        "request": request_id(7, order),
        "secret": secret_commitment(SECRETS.panel),
        "text": draft.text,
        "thread": thread,
        "version": version_hash(thread, draft),
    }
    assert {key: value.hex() for key, value in found.items()} == canonical.loads(_golden("hashes.json"))


def _type(parameter: Any) -> str:
    """The type of a parameter as it is encoded, structs written out."""
    if not parameter["type"].startswith("tuple"):
        return str(parameter["type"])
    inner = ",".join(_type(each) for each in parameter["components"])
    return f"({inner}){parameter['type'].removeprefix('tuple')}"


def _first_input(contract: str, function: str) -> Any:
    abi = artifacts.load(contract).abi
    return next(each for each in abi if each.get("name") == function and each["type"] == "function")[
        "inputs"
    ][0]


def test_a_draft_is_encoded_as_the_contract_does() -> None:
    found = _first_input("AgreementRegistry", "propose")
    assert _type(found) == ABI
    struct = agreement(AGREEMENT).draft(TEXTS).struct()
    assert list(struct) == [each["name"] for each in found["components"]]


def test_an_order_has_the_fields_of_the_contracts_struct() -> None:
    found = _first_input("AssistanceRequests", "ask")
    struct = chain_order(parse(POLICE), SECRETS).struct()
    assert list(struct) == [each["name"] for each in found["components"]]
