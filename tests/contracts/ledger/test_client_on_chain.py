# SPDX-License-Identifier: Apache-2.0
"""The client against real contracts; and the double in memory tells the same story as they do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from acts import Story
from brownie import web3
from fakecast import PDRM, START, Cast, key

from concordat.errors import ConcordatError, VerificationError
from concordat.evidence import registry
from concordat.ledger import deploy, proof
from concordat.ledger.chain import Chain
from concordat.ledger.code import check_code
from concordat.ledger.deploy import Founder, Plan, Suite
from concordat.ledger.external import ExternalSigner
from concordat.ledger.outbox import Outbox
from concordat.ledger.rpc import Rpc
from concordat.ledger.sentences import ContractError
from concordat.ledger.transactions import Call
from concordat.testing import MemoryLedger
from tests.contracts.clock import pass_time

# Creation


def test_a_suite_is_created_and_everything_about_it_asserted(
    created: Suite, ledger: Chain, plan: Plan, said: list[str]
) -> None:
    assert created.genesis_id == ledger.genesis_id
    assert set(created.modules) == set(plan.modules)
    assert created.gas_used > 5_000_000
    assert said[-1].startswith("Asserted")
    assert check_code(ledger) == []


def test_the_deployer_holds_nothing(created: Suite, ledger: Chain) -> None:
    deployer = key("deployer")
    assert ledger.call("AgencyRegistry", "agencyByAccount", deployer.address) == 0
    assert ledger.call("AgencyRegistry", "appointmentOf", deployer.address).number == 0
    for contract, function, args in (
        ("Directory", "seal", ()),
        ("Directory", "list", (b"X".ljust(32, b"\0"), created.directory)),
        ("AgencyRegistry", "admitFounders", ([],)),
        ("StandardsRegistry", "layBaseline", ([],)),
        ("Genesis", "createModule", (b"\0",)),
        ("Genesis", "found", ([], [])),
    ):
        with pytest.raises(ContractError):
            ledger.send(deployer, contract, function, *args)


@pytest.mark.parametrize("change", ["founders", "baseline", "modules", "initcodes"])
def test_a_suite_that_is_not_as_planned_is_found_out(ledger: Chain, plan: Plan, change: str) -> None:
    other = replace(plan, **{change: getattr(plan, change)[:-1]})
    with pytest.raises(VerificationError) as found:
        deploy.assert_created(ledger, other, key("deployer").address)
    assert found.value.code == "suite.not_as_planned"


def test_a_deployer_that_holds_something_is_found_out(ledger: Chain, plan: Plan) -> None:
    members = tuple(f for f in plan.founders if f.account != key("police").address)
    assert len(members) == 2
    with pytest.raises(VerificationError):
        deploy.assert_created(ledger, replace(plan, founders=members), key("police").address)


def test_nobody_can_change_what_was_planned(transport: Rpc, created: Suite, plan: Plan) -> None:
    """Anyone may send a step, nobody can send another one."""
    genesis = deploy._create_genesis(Chain(transport, patience=30), key("deployer"), plan).created
    young = Chain(transport, known={"Genesis": genesis}, patience=30)
    stranger = key("stranger")
    with pytest.raises(ContractError) as wrong:
        young.send(stranger, "Genesis", "createModule", plan.initcodes[1])
    assert wrong.value.revert.name == "UnexpectedInitcode"
    with pytest.raises(ContractError) as early:
        young.send(stranger, "Genesis", "found", *plan.founding)
    assert early.value.revert.name == "ModulesMissing"
    for code in plan.initcodes:
        young.send(stranger, "Genesis", "createModule", code)
    with pytest.raises(ContractError) as other:
        young.send(stranger, "Genesis", "found", plan.founding[0][:1], plan.founding[1])
    assert other.value.revert.name == "UnexpectedFounding"


# Acts


def test_the_double_in_memory_tells_the_same_story(cast: Cast, founders: list[Founder]) -> None:
    told = Story(cast, pass_time).tell()

    memory = MemoryLedger(founders, time=START)
    double = Story(replace(cast, ledger=memory), memory.pass_time)
    # Transactions take a second each there, blocks here a little longer: moments are no part of the story.
    assert double.tell() == told
    assert len(told) > 50


def test_a_node_signs_for_its_own_accounts(ledger: Chain, transport: Rpc) -> None:
    address = web3.to_checksum_address(transport.request("eth_accounts")[0])
    with pytest.raises(ContractError) as refused:
        ledger.send(ExternalSigner(transport, address), "AgencyRegistry", "publishEncryptionKey", b"\1" * 32)
    assert refused.value.revert.args == {"caller": address}

    raw = ExternalSigner(transport, address).sign_transaction(
        {
            "from": address,
            "to": address,
            "data": "0x",
            "value": 0,
            "nonce": 10**6,
            "gas": 21000,
            "gasPrice": 1,
            "chainId": ledger.chain_id,
        }
    )
    assert raw


def test_the_outbox_finishes_what_a_lost_node_left(ledger: Chain, tmp_path: Path) -> None:
    class Losing:
        """Loses the node's answers to what it is asked to send."""

        def __init__(self, inner: Rpc) -> None:
            self.inner, self.losing = inner, True

        def request(self, method: str, *params: object) -> object:
            answer = self.inner.request(method, *params)
            if self.losing and method == "eth_sendRawTransaction":
                raise deploy_lost()
            return answer

    losing = Losing(ledger.transport)  # type: ignore[arg-type]
    chain = Chain(losing, ledger.address("Directory"), patience=30)
    outbox = Outbox(tmp_path / "outbox.sqlite")
    with pytest.raises(ConcordatError) as unknown:
        outbox.bind(chain).send(key("police"), "AgencyRegistry", "publishEncryptionKey", b"\1" * 32)
    assert unknown.value.exit_code == 9

    losing.losing = False
    outbox.bind(chain).send(key("police"), "AgencyRegistry", "publishEncryptionKey", b"\1" * 32)
    assert len(chain.events("AgencyRegistry", "EncryptionKeyPublished", agency=PDRM)) == 1


def deploy_lost() -> ConcordatError:
    from concordat.errors import NodeError

    return NodeError("The node is lost.")


def test_a_call_to_nobody_is_told(ledger: Chain) -> None:
    with pytest.raises(ConcordatError):
        ledger.execute(key("police"), Call(ledger.address("Directory"), b"\xde\xad\xbe\xef", "nothing"))


# Proofs


def test_a_record_and_its_absence_are_proven_without_the_node(cast: Cast, ledger: Chain) -> None:
    Story(cast, pass_time)._hire()
    Story(cast, pass_time)._adopt()
    collection = cast.collection("proven")
    found = registry.register(ledger, cast.officer, collection).acquisition

    exported = proof.export(ledger, PDRM, collection.root)
    trusted = bytes.fromhex(ledger.block("latest")["hash"][2:])
    proven = proof.verify(proof.StorageProof.decode(exported.encode()), trusted)
    assert (proven.facts, proven.registered_at, proven.verdict, proven.standard_version) == (
        found.facts,
        found.registered_at,
        found.verdict,
        found.standard_version,
    )
    assert proof.verify(proof.export(ledger, PDRM, b"\x99" * 32), trusted).facts is None
    with pytest.raises(VerificationError):
        proof.verify(exported, b"\1" * 32)
    with pytest.raises(VerificationError):
        proof.verify(replace(exported, storage_proof=exported.storage_proof[:-1]), trusted)
