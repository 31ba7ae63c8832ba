# SPDX-License-Identifier: Apache-2.0
"""Registering: nothing is stored without judgement, signature and authority; stored is what was seen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from brownie import MandatesMock, WalletMock, web3
from eth_abi import encode
from eth_account import Account

from concordat.evidence.facts import Facts
from concordat.evidence.methods import Method
from concordat.evidence.standards import Reason, Severity, Standard, Verdict
from concordat.evidence.steps import Step, mask
from tests.contracts.assets.impersonation import as_module
from tests.contracts.clock import next_block_at, now, pass_time
from tests.contracts.reverts import reverts
from tests.contracts.suite import (
    ACCEPTANCE,
    CN,
    COLLECT,
    DAY,
    DEVICE,
    HOLDER,
    HOME,
    HOUR,
    METHOD,
    MY,
    PLAIN_METHOD,
    REGISTER,
    SECOND_OFFICER,
    SG,
    STRICTEST,
    UNADOPTED_METHOD,
    WITNESS,
    ZERO32,
    A,
    B,
    C,
    D,
    Suite,
    usual_suite,
)

RETIRED = 3
"""ModuleState."""
ROOT = web3.keccak(text="an acquisition")
AGENCY, ROOT_AT, FACTS_AT, VERSION_AT, MANDATE_AT, PRESERVE_AT, DEADLINE_AT = 0, 1, 2, 3, 6, 7, 8


def stored(suite: Suite, agency: str = "my_police", root: bytes = ROOT) -> dict[str, Any]:
    facts, agency_id, registered_at, verdict, version = suite.evidence.acquisitionOf(suite.ids[agency], root)
    return {
        "facts": Facts.unpack(facts),
        "agency": agency_id,
        "at": registered_at,
        "verdict": Verdict(verdict),
        "version": version,
    }


# What is stored


def test_stores_facts_with_what_was_seen(suite: Suite) -> None:
    collection = suite.collection(suite.collector)
    signers = [
        suite.co_sign(suite.second, SECOND_OFFICER, collection, 1),
        suite.co_sign(suite.witness, WITNESS, collection),
        suite.co_sign(suite.holder, HOLDER, collection),
        suite.co_sign(suite.recorder, DEVICE, collection, 1),
    ]
    tx = suite.register(collection, suite.collector, signers, registrar=suite.registrar)
    record = stored(suite)
    officers_seen = mask(Step.COLLECTOR_SIGNED, Step.COLLECTOR_QUALIFIED, Step.SECOND_OFFICER_SIGNED)
    seen = officers_seen | mask(Step.WITNESS_SIGNED, Step.HOLDER_SIGNED, Step.DEVICE_SIGNED)
    assert record["facts"].steps == mask(A, B, C, D) | seen
    assert record["facts"].officers == 2
    assert record["facts"].declared().pack() == collection[FACTS_AT]
    assert (record["agency"], record["at"], record["version"]) == (suite.ids["my_police"], tx.timestamp, 1)
    assert record["verdict"] is Verdict.CONFORMS
    event = tx.events["AcquisitionRegistered"]
    assert (event["registrar"], event["collector"]) == (suite.registrar, suite.collector)
    assert {one["signer"] for one in tx.events["CoSigned"]} == {one[1] for one in signers}


@pytest.mark.parametrize("acts", ["device", "witness", "holder"])
def test_other_signers_are_no_officers(suite: Suite, acts: str) -> None:
    """Officers are counted by signature: nobody else makes two of one (review A8)."""
    collection = suite.collection(suite.collector)
    by = {
        "device": (suite.recorder, DEVICE, 1),
        "witness": (suite.witness, WITNESS, 0),
        "holder": (suite.holder, HOLDER, 0),
    }
    signer, role, appointment = by[acts]
    suite.register(collection, suite.collector, [suite.co_sign(signer, role, collection, appointment)])
    record = stored(suite)
    assert record["facts"].officers == 1
    assert record["verdict"] is Verdict.CURABLE


def test_unqualified_collector_is_seen_to_be_so(suite: Suite) -> None:
    suite.appoint("my_police", "novice", qualification=0)
    suite.appoint("my_police", "lapsed", qualification=2, qualifiedUntil=now() + 60)
    pass_time(3 * HOUR)
    for name in ("novice", "lapsed"):
        root = web3.keccak(text=name)
        suite.register(suite.collection(suite.actors[name], root=root), suite.actors[name])
        assert not stored(suite, root=root)["facts"].steps & mask(Step.COLLECTOR_QUALIFIED)


def test_one_slot_holds_the_record(suite: Suite) -> None:
    before = {slot: web3.eth.get_storage_at(suite.evidence.address, slot) for slot in range(8)}
    suite.register(suite.collection(suite.collector), suite.collector)
    key = web3.keccak(encode(["uint32", "uint256"], [suite.ids["my_police"], 0]))
    word = int.from_bytes(web3.eth.get_storage_at(suite.evidence.address, web3.keccak(bytes(ROOT) + key)))
    record = stored(suite)
    assert word & (1 << 160) - 1 == record["facts"].pack()
    assert word >> 160 & 0xFFFFFFFF == suite.ids["my_police"]
    assert word >> 192 & (1 << 40) - 1 == record["at"]
    assert (word >> 232 & 0xFF, word >> 240) == (record["verdict"], 1)
    assert before == {slot: web3.eth.get_storage_at(suite.evidence.address, slot) for slot in range(8)}


def test_nobody_takes_a_root_by_being_first(suite: Suite) -> None:
    """The key is (agency, root): a copier gets a record that his manifest contradicts (review A10)."""
    thief = suite.collection(suite.cn_collector, suite.facts(place=CN, data_location=CN), "cn_police")
    suite.register(thief, suite.cn_collector)
    suite.register(suite.collection(suite.collector), suite.collector)
    assert stored(suite)["agency"] == suite.ids["my_police"]
    assert stored(suite, "cn_police")["agency"] == suite.ids["cn_police"]


def test_registers_once(suite: Suite) -> None:
    collection = suite.collection(suite.collector)
    at = suite.register(collection, suite.collector).timestamp
    with reverts("AlreadyRegistered", suite.ids["my_police"], ROOT, at):
        suite.register(collection, suite.collector)


# Authority


def test_departed_registrar_sends_nothing(suite: Suite) -> None:
    collection = suite.collection(suite.collector)
    suite.agencies.endAppointment(suite.registrar, {"from": suite.my_police})
    with reverts("NotAuthorised", suite.registrar, REGISTER):
        suite.register(collection, suite.collector, registrar=suite.registrar)


def test_relay_is_an_officer_of_the_same_agency(suite: Suite) -> None:
    collection = suite.collection(suite.collector)
    with reverts("NotAuthorised", suite.stranger, REGISTER):
        suite.register(collection, suite.collector, registrar=suite.stranger)
    with reverts("OfficerOfOtherAgency", suite.collector, suite.ids["my_police"], suite.ids["cn_police"]):
        suite.register(collection, suite.collector, registrar=suite.cn_collector)


def test_registers_for_no_other_agency(suite: Suite) -> None:
    collection = suite.collection(suite.collector, agency="cn_police")
    with reverts("OtherAgency", suite.collector, suite.ids["my_police"], suite.ids["cn_police"]):
        suite.register(collection, suite.collector)


def test_collector_must_have_been_entitled_when_it_began(suite: Suite) -> None:
    """S007: entitled at the time of collection, not at the time of upload."""
    facts = suite.facts(ago=5 * HOUR)
    with reverts("NotEntitledThen", suite.collector, 1, COLLECT, facts.started_at):
        suite.register(suite.collection(suite.collector, facts), suite.collector)


def test_officer_who_left_counts_for_what_he_signed_in_time(suite: Suite) -> None:
    collection = suite.collection(suite.collector)
    suite.agencies.endAppointment(suite.collector, {"from": suite.my_police})
    suite.register(collection, suite.collector, registrar=suite.registrar)
    assert stored(suite)["facts"].steps & mask(Step.COLLECTOR_SIGNED)


def test_departed_officer_signs_no_old_evidence_after_the_delay(suite: Suite) -> None:
    """Review A5: late and gone is refused; late and in office is judged."""
    collection = suite.collection(suite.collector)
    next_block_at(now() + 4 * DAY)
    suite.agencies.endAppointment(suite.collector, {"from": suite.my_police})
    with reverts("LateAndNoLongerInOffice", suite.collector):
        suite.register(collection, suite.collector, registrar=suite.registrar)


def test_late_officer_of_another_agency_now_is_gone_too(suite: Suite) -> None:
    collection = suite.collection(suite.collector)
    suite.agencies.endAppointment(suite.collector, {"from": suite.my_police})
    pass_time(4 * DAY)
    suite.appoint("cn_police", "collector", COLLECT)
    with reverts("LateAndNoLongerInOffice", suite.collector):
        suite.register(collection, suite.collector, registrar=suite.registrar)


def test_late_officer_in_office_is_curable(suite: Suite) -> None:
    collection = suite.collection(suite.collector)
    next_block_at(now() + 4 * DAY)
    suite.register(collection, suite.collector, registrar=suite.registrar)
    assert stored(suite)["verdict"] is Verdict.CURABLE


def test_device_collects_nothing_by_itself(suite: Suite) -> None:
    collection = suite.collection(suite.recorder)
    with reverts("IsADevice", suite.recorder):
        suite.register(collection, suite.recorder, registrar=suite.registrar)


# Form and time


def test_needs_a_root(suite: Suite) -> None:
    with reverts("EmptyRoot"):
        suite.register(suite.collection(suite.collector, root=ZERO32), suite.collector)


@pytest.mark.parametrize("extra", [1, 1 << 6, 1 << 13, 1 << 70, 1 << 73])
def test_what_the_contract_sees_nobody_declares(suite: Suite, extra: int) -> None:
    collection = suite.collection(suite.collector)
    collection[FACTS_AT] |= extra
    with reverts("FactsNotDeclared", collection[FACTS_AT]):
        suite.register(collection, suite.collector)


def test_times_are_in_order(suite: Suite) -> None:
    """S008: start <= end <= registration, nothing in the future."""
    with reverts("StartsInFuture"):
        suite.register(suite.collection(suite.collector, suite.facts(ago=-DAY, minutes=0)), suite.collector)
    with reverts("EndsInFuture"):
        suite.register(suite.collection(suite.collector, suite.facts(ago=HOUR, minutes=90)), suite.collector)


def test_signature_has_a_deadline(suite: Suite) -> None:
    with reverts("DeadlinePassed"):
        suite.register(suite.collection(suite.collector, deadline=now() - 1), suite.collector)


# Signatures


def test_collector_must_have_signed(suite: Suite) -> None:
    collection = suite.collection(suite.collector)
    forged = suite.sign_collection(suite.registrar, collection)
    for signature in (forged, b"", b"\x01" * 65, b"\x01" * 64):
        with reverts("InvalidSignature", suite.collector):
            suite.evidence.register(collection, signature, [], {"from": suite.registrar})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (ROOT_AT, b"\x07" * 32),
        (FACTS_AT, None),
        (PRESERVE_AT, True),
        (DEADLINE_AT, 1 << 39),
        (MANDATE_AT, b"\x08" * 32),
    ],
)
def test_signature_binds_every_field(suite: Suite, field: int, value: Any) -> None:
    """A relay changes nothing (review A9)."""
    collection = suite.collection(suite.collector)
    signature = suite.sign_collection(suite.collector, collection)
    collection[field] = suite.facts(mask(A)).pack() if value is None else value
    with reverts("InvalidSignature", suite.collector):
        suite.evidence.register(collection, signature, [], {"from": suite.registrar})


def test_signature_binds_the_appointment(suite: Suite) -> None:
    collection = suite.collection(suite.collector)
    signature = suite.sign_collection(suite.collector, collection)
    collection[5] = 2
    with reverts("InvalidSignature", suite.collector):
        suite.evidence.register(collection, signature, [], {"from": suite.registrar})


def test_relay_strips_no_co_signer_and_adds_none(suite: Suite) -> None:
    collection = suite.collection(suite.collector)
    second = suite.co_sign(suite.second, SECOND_OFFICER, collection, 1)
    witness = suite.co_sign(suite.witness, WITNESS, collection)
    signature = suite.sign_collection(suite.collector, collection, [second])
    for others in ([], [witness], sorted([second, witness], key=lambda one: int(one[1], 16))):
        with reverts("InvalidSignature", suite.collector):
            suite.evidence.register(collection, signature, others, {"from": suite.registrar})
    suite.evidence.register(collection, signature, [second], {"from": suite.registrar})


def test_signature_is_for_this_suite_alone(suite: Suite) -> None:
    """Everyone's Ganache has the same chain id: the genesis salts the domain (review A11)."""
    collection = suite.collection(suite.collector)
    domain = suite.domain
    try:
        suite.domain = lambda contract: {**domain(contract), "salt": b"\x01" * 32}  # type: ignore[method-assign]
        signature = suite.sign_collection(suite.collector, collection)
    finally:
        suite.domain = domain  # type: ignore[method-assign]
    with reverts("InvalidSignature", suite.collector):
        suite.evidence.register(collection, signature, [], {"from": suite.registrar})


def test_digests_are_those_that_a_wallet_computes(suite: Suite) -> None:
    collection = suite.collection(suite.collector)
    second = suite.co_sign(suite.second, SECOND_OFFICER, collection, 1)
    first = suite.sign_collection(suite.collector, collection)
    digest = suite.evidence.acquisitionDigest(collection, ZERO32)
    assert Account._recover_hash(bytes(digest), signature=first) == suite.collector
    digest = suite.evidence.coSignatureDigest(*collection[:3], SECOND_OFFICER, 1, second[3])
    assert Account._recover_hash(bytes(digest), signature=second[4]) == suite.second


def test_contract_wallets_sign_too(suite: Suite) -> None:
    """ERC-1271: an officer behind a contract wallet collects, and is answered for by its key."""
    key = suite.actor("wallet key")
    wallet = WalletMock.deploy(key, {"from": key})
    terms = suite.terms("my_police", wallet, COLLECT)
    suite.agencies.appoint(
        terms, suite.sign(key, suite.agencies, ACCEPTANCE, terms), {"from": suite.my_police}
    )
    pass_time(2 * HOUR)
    collection = suite.collection(wallet)
    signature = suite.sign_collection(key, collection)
    with reverts("InvalidSignature", wallet):
        suite.evidence.register(
            collection, suite.sign_collection(suite.stranger, collection), [], {"from": suite.registrar}
        )
    suite.evidence.register(collection, signature, [], {"from": suite.registrar})
    assert stored(suite)["facts"].steps & mask(Step.COLLECTOR_SIGNED)


# Co-signers


def test_co_signers_are_sorted_and_distinct(suite: Suite) -> None:
    collection = suite.collection(suite.collector)
    second = suite.co_sign(suite.second, SECOND_OFFICER, collection, 1)
    witness = suite.co_sign(suite.witness, WITNESS, collection)
    lower, higher = sorted([second, witness], key=lambda one: int(one[1], 16))
    for order in ([higher, lower], [lower, lower]):
        with reverts("CoSignersNotSorted", order[0][1], order[1][1]):
            suite.evidence.register(collection, b"", order, {"from": suite.collector})


def test_collector_is_not_his_own_second(suite: Suite) -> None:
    collection = suite.collection(suite.collector)
    with reverts("CoSignerIsCollector", suite.collector):
        suite.register(
            collection, suite.collector, [suite.co_sign(suite.collector, SECOND_OFFICER, collection, 1)]
        )


def test_second_officer_is_a_colleague_entitled_then(suite: Suite) -> None:
    collection = suite.collection(suite.collector)
    with reverts("OtherAgency", suite.cn_collector, suite.ids["cn_police"], suite.ids["my_police"]):
        suite.register(
            collection, suite.collector, [suite.co_sign(suite.cn_collector, SECOND_OFFICER, collection, 1)]
        )
    with reverts("NotEntitledThen"):
        suite.register(
            collection, suite.collector, [suite.co_sign(suite.registrar, SECOND_OFFICER, collection, 1)]
        )
    with reverts("IsADevice", suite.recorder):
        suite.register(
            collection, suite.collector, [suite.co_sign(suite.recorder, SECOND_OFFICER, collection, 1)]
        )


def test_device_signature_is_a_devices(suite: Suite) -> None:
    """S004: a capture signed by an unregistered or expired device is refused."""
    collection = suite.collection(suite.collector)
    with reverts("NotADevice", suite.second):
        suite.register(collection, suite.collector, [suite.co_sign(suite.second, DEVICE, collection, 1)])
    with reverts("NotEntitledThen"):
        suite.register(collection, suite.collector, [suite.co_sign(suite.stranger, DEVICE, collection, 1)])


@pytest.mark.parametrize("role", [WITNESS, HOLDER])
def test_no_officer_of_anybody_is_witness_or_holder(suite: Suite, role: int) -> None:
    collection = suite.collection(suite.collector)
    for officer in (suite.second, suite.cn_collector):
        with reverts("CoSignerIsOfficer", officer):
            suite.register(collection, suite.collector, [suite.co_sign(officer, role, collection)])


def test_co_signature_is_valid_in_time_and_has_a_role(suite: Suite) -> None:
    collection = suite.collection(suite.collector)
    with reverts("DeadlinePassed"):
        suite.register(
            collection,
            suite.collector,
            [suite.co_sign(suite.witness, WITNESS, collection, deadline=now() - 1)],
        )
    with reverts("NoRole"):
        suite.register(collection, suite.collector, [suite.co_sign(suite.witness, 0, collection)])
    role, signer, appointment, deadline, _ = suite.co_sign(suite.witness, WITNESS, collection)
    forged = suite.co_sign(suite.stranger, WITNESS, collection)[4]
    with reverts("InvalidSignature", signer):
        suite.register(collection, suite.collector, [(role, signer, appointment, deadline, forged)])


def test_at_most_eight_co_signers(suite: Suite) -> None:
    collection = suite.collection(suite.collector)
    nine = [suite.co_sign(suite.actor(f"witness {i}"), WITNESS, collection) for i in range(9)]
    with reverts("TooManyCoSigners", 9, 8):
        suite.register(collection, suite.collector, nine)


# Judgement


def test_refuses_with_reasons(suite: Suite) -> None:
    facts = suite.facts(mask(B, C, D))
    with reverts("EvidenceRefused", mask(A), 1 << Reason.OFFICERS | mask(Step.SECOND_OFFICER_SIGNED), 0, 1):
        suite.register(suite.collection(suite.collector, facts), suite.collector)
    assert suite.evidence.acquisitionOf(suite.ids["my_police"], ROOT)[2] == 0


def test_refuses_unsound_hashes(suite: Suite) -> None:
    with reverts("EvidenceRefused", 1 << Reason.ALGORITHMS, 0, 0, 1):
        suite.register(
            suite.collection(suite.collector, suite.facts(method=PLAIN_METHOD, algorithms=0xC0)),
            suite.collector,
        )


@pytest.mark.parametrize(
    ("steps", "verdict"),
    [
        (mask(A, B, C), Verdict.CONFORMS),
        (mask(A, B), Verdict.CONFORMS_WITH_NOTE),
        (mask(A, C), Verdict.CURABLE),
        (mask(A), Verdict.CURABLE),
    ],
)
def test_stores_the_verdict(suite: Suite, steps: int, verdict: Verdict) -> None:
    suite.register(
        suite.collection(suite.collector, suite.facts(steps, method=PLAIN_METHOD)), suite.collector
    )
    assert stored(suite)["verdict"] is verdict


def test_stale_or_wrong_version_reverts(suite: Suite) -> None:
    """S013: no registration on a judgement by another version than the one in force then."""
    for version in (2, 9):
        with reverts("StandardNotInForce"):
            suite.register(suite.collection(suite.collector, standardVersion=version), suite.collector)
    with reverts("StandardVersionMissing", MY, 1):
        suite.register(suite.collection(suite.collector, standardVersion=0), suite.collector)


def test_no_standard_at_home_is_refused(suite: Suite) -> None:
    facts = suite.facts(method=UNADOPTED_METHOD)
    with reverts("EvidenceRefused", 1 << Reason.NO_STANDARD, 0, 0, 0):
        suite.register(suite.collection(suite.collector, facts, standardVersion=0), suite.collector)


# Preservation


def strict_home(suite: Suite) -> None:
    """From a week on, B is fatal in Malaysia."""
    start = (now() + 8 * DAY) // HOUR
    strict = Standard(fatal=mask(A, B), curable=0, noted=0, delay_hours=72, algorithms=3, from_hour=start)
    other = replace(STRICTEST, from_hour=start)
    suite.adopt("my_authority", MY, [(0, Method.OTHER, other), (0, PLAIN_METHOD, strict)])
    pass_time(10 * DAY)


def test_keeps_what_is_refused_at_home_as_preserved(suite: Suite) -> None:
    strict_home(suite)
    facts = suite.facts(mask(A), method=PLAIN_METHOD)
    refused = suite.collection(suite.collector, facts, standardVersion=2)
    with reverts("EvidenceRefused", mask(B), 0, 0, 2):
        suite.register(refused, suite.collector)
    suite.register(
        suite.collection(suite.collector, facts, standardVersion=2, preserve=True), suite.collector
    )
    assert stored(suite)["verdict"] is Verdict.PRESERVED
    assert suite.evidence.assess(suite.ids["my_police"], ROOT, MY)[0] == Verdict.PRESERVED


def test_preserves_nothing_below_the_baseline(suite: Suite) -> None:
    facts = suite.facts(0, method=PLAIN_METHOD)
    with reverts("BelowBaseline", mask(A)):
        suite.register(suite.collection(suite.collector, facts, preserve=True), suite.collector)


def test_asking_to_preserve_worsens_nothing(suite: Suite) -> None:
    facts = suite.facts(method=PLAIN_METHOD)
    suite.register(suite.collection(suite.collector, facts, preserve=True), suite.collector)
    assert stored(suite)["verdict"] is Verdict.CONFORMS


# Abroad


@pytest.mark.parametrize(
    "where",
    [{"place": SG}, {"data_location": SG}, {"data_location": 902}, {"place": SG, "data_location": SG}],
)
def test_abroad_needs_a_mandate(suite: Suite, where: dict[str, int]) -> None:
    """S009: collected, or held, in another country."""
    facts = suite.facts(**where)
    with reverts("MandateRequired", facts.place, facts.data_location, MY):
        suite.register(suite.collection(suite.collector, facts), suite.collector)


def test_no_mandate_while_nobody_answers_for_mandates(suite: Suite) -> None:
    """The Council retired the module, and no other stands in its place yet."""
    suite.directory.setState(b"Mandates".ljust(32, b"\0"), 1, RETIRED, {"from": as_module(suite.timelock)})
    with reverts("NoMandates", b"\x01" * 32):
        suite.register(
            suite.collection(suite.collector, suite.facts(place=SG), mandate=b"\x01" * 32), suite.collector
        )


def test_public_data_abroad_may_be_collected_from_home(suite: Suite) -> None:
    facts = suite.facts(mask(A, B, C, Step.DATA_PUBLIC), method=PLAIN_METHOD, data_location=SG)
    suite.register(suite.collection(suite.collector, facts), suite.collector)
    assert stored(suite)["verdict"] is Verdict.CONFORMS


def test_public_data_make_no_place_ones_own(suite: Suite) -> None:
    facts = suite.facts(mask(A, B, C, Step.DATA_PUBLIC), place=SG)
    with reverts("MandateRequired", SG, MY, MY):
        suite.register(suite.collection(suite.collector, facts), suite.collector)


def test_mandate_covers_what_it_covers(suite: Suite) -> None:
    """With a module that answers for mandates, in a suite of its own."""
    other = usual_suite(instead={"Mandates": MandatesMock})
    facts = other.facts(place=SG, data_location=SG, method=METHOD)
    values = (other.ids["my_police"], SG, SG, facts.started_at, int(METHOD))
    mandate = web3.keccak(encode(["uint32", "uint16", "uint16", "uint40", "uint8"], values))
    with reverts("MandateDoesNotCover", b"\x01" * 32):
        other.register(other.collection(other.collector, facts, mandate=b"\x01" * 32), other.collector)
    tx = other.register(other.collection(other.collector, facts, mandate=mandate), other.collector)
    assert tx.events["MandateCited"]["mandate"] == "0x" + bytes(mandate).hex()
    assert stored(other)["facts"].steps & mask(Step.MANDATE_COVERS)


# Nothing else stores


def test_only_register_stores_evidence(suite: Suite) -> None:
    """S014: of the functions that write, each but `register` needs a record that is there."""
    writing = {
        entry["name"]
        for entry in suite.evidence.abi
        if entry["type"] == "function" and entry["stateMutability"] == "nonpayable"
    }
    assert writing == {"register", "cosign", "supplement", "confirmDate", "withdraw", "supersede"}
    agency = suite.ids["my_police"]
    collection = suite.collection(suite.collector)
    added = suite.co_sign(suite.second, SECOND_OFFICER, collection, 1)
    signature = suite.sign_collection(suite.collector, collection)
    for act in (
        lambda: suite.evidence.cosign(collection, signature, [], added, {"from": suite.registrar}),
        lambda: suite.evidence.supplement(agency, ROOT, MY, 1, ROOT, {"from": suite.curer}),
        lambda: suite.evidence.confirmDate(agency, ROOT, ROOT, {"from": suite.cn_confirmer}),
        lambda: suite.evidence.withdraw(agency, ROOT, 1, {"from": suite.curer}),
        lambda: suite.evidence.supersede(agency, ROOT, b"\1" * 32, {"from": suite.curer}),
    ):  # fmt: skip
        with reverts("NotRegistered", agency, ROOT):
            act()


def test_home_standard_is_the_test_standard() -> None:
    """Guard of the other tests: the clause may be met by a translation or a witness, and is curable."""
    (clause,) = HOME.clauses
    assert (clause.any_of, clause.severity) == ((D, Step.WITNESS_SIGNED), Severity.CURABLE)
