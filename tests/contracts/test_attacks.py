# SPDX-License-Identifier: Apache-2.0
"""The attacks that an auditor's review numbers A4 to A14: where each is shown to fail.

Those that belong to one function are tested beside it, and ELSEWHERE says where; what is left is here, each
test named by its number. A9, A10 and A13 end in the client: `verify` compares the manifest with the record,
proofs have a bounded depth, a journal remembers refusals.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from brownie import web3
from eth_abi import encode

from concordat.evidence.standards import Reason, Verdict
from concordat.evidence.steps import SEEN, Step, mask
from tests.contracts.clock import now, pass_time
from tests.contracts.nodes import set_code
from tests.contracts.reverts import reverts
from tests.contracts.suite import (
    ACCEPTANCE,
    COLLECT,
    CURE,
    DAY,
    HOLDER,
    HOUR,
    METHODS,
    MY,
    PLAIN_METHOD,
    REGISTER,
    SECOND_OFFICER,
    SG,
    WITHDRAW,
    WITNESS,
    ZERO32,
    A,
    B,
    C,
    D,
    Suite,
)
from tests.contracts.test_bytecode import DOMAIN, deployed, places

ADOPTION, AFTERMATH = "contracts/evidence/test_adoption.py", "contracts/evidence/test_aftermath.py"
REGISTER_TESTS, GENESIS = "contracts/evidence/test_register.py", "contracts/membership/test_genesis.py"
APPOINTMENTS, ACCOUNTS = "contracts/membership/test_appointments.py", "contracts/membership/test_accounts.py"
CLIENT = "client/evidence"
ELSEWHERE: dict[str, dict[str, tuple[str, ...]]] = {
    "A4 backdating to an older, laxer standard; calling the method OTHER": {
        AFTERMATH: ("backdating_to_an_older_standard_is_at_most_curable", "nobody_confirms_his_own_date"),
        ADOPTION: ("other_comes_first_and_covers", "refuses_what_cannot_be_a_standard"),
    },
    "A5 a departed officer signs old evidence for ever": {
        REGISTER_TESTS: (
            "departed_officer_signs_no_old_evidence_after_the_delay",
            "late_officer_of_another_agency_now_is_gone_too",
            "signature_has_a_deadline",
            "signature_binds_the_appointment",
        ),
    },
    "A6 appointments, suspensions and standards that reach back; adopt, register, restore": {
        APPOINTMENTS: ("refuses_terms_that_cannot_be", "suspensions_are_never_erased"),
        ACCOUNTS: ("suspension_of_an_agency_is_lifted_at_once_and_stays_on_record",),
        ADOPTION: ("later_versions_only_after_notice", "version_in_force_is_never_taken_back"),
    },
    "A7 squatting on somebody's address": {
        APPOINTMENTS: (
            "needs_the_officers_own_consent",
            "one_live_appointment_an_address",
            "an_agencys_account_is_nobodys_officer",
        ),
        ACCOUNTS: ("proposes_only_a_free_address", "address_must_still_be_free_when_it_accepts"),
    },
    "A8 a liar sets all 64 bits": {
        REGISTER_TESTS: (
            "what_the_contract_sees_nobody_declares",
            "other_signers_are_no_officers",
            "no_officer_of_anybody_is_witness_or_holder",
        ),
    },
    "A9 relays strip co-signatures or change facts": {
        REGISTER_TESTS: ("signature_binds_every_field", "relay_strips_no_co_signer_and_adds_none"),
        f"{CLIENT}/test_verify.py": (),
    },
    "A10 a copier or an insider takes the root": {
        REGISTER_TESTS: ("nobody_takes_a_root_by_being_first", "registers_once"),
        f"{CLIENT}/test_merkle.py": (),
    },
    "A11 the same signature in another suite, or after the chain was split": {
        REGISTER_TESTS: ("signature_is_for_this_suite_alone",),
        GENESIS: ("two_suites_never_share_an_id",),
    },
    "A12 supplements that rewrite, withdrawals that bury": {
        AFTERMATH: (
            "supplement_brings_only_what_is_missing_curable_and_late",
            "no_collector_cures",
            "withdrawn_stays_readable_and_worth_what_it_was",
        ),
        "contracts/evidence/test_nothing_is_overwritten.py": ("no_act_on_a_record_changes_its_word",),
    },
    "A13 another declaration, until one passes": {f"{CLIENT}/test_journal.py": ()},
    "A14 a standard that is none, or weaker than the baseline": {
        ADOPTION: (
            "refuses_what_cannot_be_a_standard",
            "refuses_spare_bits",
            "refuses_clauses_that_say_two_things",
            "keeps_the_baselines_terms_and_clauses",
        ),
    },
}

ROOT, OTHER_ROOT = web3.keccak(text="an acquisition"), web3.keccak(text="its successor")
EVERY_STEP = (1 << 64) - 1
DOCUMENTS = web3.keccak(text="documents")
RANK = [Verdict.CONFORMS, Verdict.CONFORMS_WITH_NOTE, Verdict.CURABLE, Verdict.REFUSED]


def home(suite: Suite, root: bytes = ROOT) -> tuple[Verdict, int]:
    """Verdict and curable reasons at home, now."""
    verdict, _, _, curable, _ = suite.evidence.assess(suite.ids["my_police"], root, MY)
    return Verdict(verdict), curable


def test_every_attack_has_its_tests() -> None:
    """The index above names tests that exist, for every number from 4 to 14."""
    tests = Path(__file__).parents[1]
    assert [title.split()[0] for title in ELSEWHERE] == [f"A{number}" for number in range(4, 15)]
    for title, files in ELSEWHERE.items():
        for name, cases in files.items():
            text = (tests / name).read_text(encoding="utf-8")
            missing = [case for case in cases if f"def test_{case}(" not in text]
            assert not missing, f"{title}: {name} has no {missing}"


# A4


def test_a4_calling_the_method_other_gains_nothing(suite: Suite) -> None:
    """Whatever was done, at home or abroad: OTHER is never judged better than the method that it was."""
    rng = random.Random(4)
    for _ in range(20):
        steps = rng.getrandbits(64) & ~SEEN | mask(A) * rng.randint(0, 1)
        for place in (MY, SG):
            verdicts = {}
            for method in METHODS:
                facts = suite.facts(steps, method=method, place=place, data_location=place, officers=1)
                verdicts[method] = RANK.index(Verdict(suite.standards.check(facts.pack(), MY, now())[0]))
            assert verdicts[METHODS[0]] == max(verdicts.values()), f"{steps:#x} in {place}"


# A5


def test_a5_new_appointment_covers_nothing_before_it(suite: Suite) -> None:
    """Who left and came back signs only for the time of the appointment that he names."""
    suite.agencies.endAppointment(suite.collector, {"from": suite.my_police})
    pass_time(3 * HOUR)
    suite.appoint("my_police", "collector", COLLECT)
    between = suite.facts(ago=HOUR)
    for number in (1, 2):
        with reverts("NotEntitledThen", suite.collector, number, COLLECT, between.started_at):
            suite.register(
                suite.collection(suite.collector, between, appointment=number),
                suite.collector,
                registrar=suite.registrar,
            )


def test_a5_departed_second_officer_signs_nothing_after_the_delay(suite: Suite) -> None:
    """In time, or while in office, but not both late and gone: later, and at registration."""
    early, late = (
        suite.collection(suite.collector, root=root, deadline=now() + 60 * DAY) for root in (ROOT, OTHER_ROOT)
    )
    for collection in (early, late):
        suite.register(collection, suite.collector)
    unregistered = suite.collection(
        suite.collector, suite.facts(), root=web3.keccak(text="new"), deadline=now() + 60 * DAY
    )
    suite.agencies.endAppointment(suite.second, {"from": suite.my_police})
    cosign(suite, early, suite.co_sign(suite.second, SECOND_OFFICER, early, 1))
    pass_time(30 * DAY)
    with reverts("LateAndNoLongerInOffice", suite.second):
        cosign(suite, late, suite.co_sign(suite.second, SECOND_OFFICER, late, 1))
    with reverts("LateAndNoLongerInOffice", suite.second):
        second = suite.co_sign(suite.second, SECOND_OFFICER, unregistered, 1)
        suite.register(unregistered, suite.collector, [second])
    suite.appoint("my_police", "second", COLLECT)
    cosign(suite, late, suite.co_sign(suite.second, SECOND_OFFICER, late, 1))
    cosign(suite, late, suite.co_sign(suite.witness, WITNESS, late))


def cosign(suite: Suite, collection: list[Any], added: Any) -> Any:
    signature = suite.sign_collection(suite.collector, collection)
    return suite.evidence.cosign(collection, signature, [], added, {"from": suite.registrar})


# A6


def test_a6_report_of_a_stolen_key_alters_no_record(suite: Suite) -> None:
    """It reaches back for what is not registered yet; what is, stays as it was judged."""
    suite.register(suite.collection(suite.collector), suite.collector)
    before = suite.evidence.acquisitionOf(suite.ids["my_police"], ROOT), home(suite)
    suite.agencies.reportCompromise(suite.collector, 1, {"from": suite.my_police})
    assert (suite.evidence.acquisitionOf(suite.ids["my_police"], ROOT), home(suite)) == before
    facts = suite.facts()
    with reverts("NotEntitledThen", suite.collector, 1, COLLECT, facts.started_at):
        suite.register(
            suite.collection(suite.collector, facts, root=OTHER_ROOT),
            suite.collector,
            registrar=suite.registrar,
        )


def test_a6_stolen_key_stays_stolen_in_another_office(suite: Suite) -> None:
    """An agency names another account, reports its own, and the thief looks for somebody who appoints him."""
    suite.agencies.proposeAccount(suite.actor("new key"), {"from": suite.my_police})
    suite.agencies.reportCompromise(suite.my_police, 0, {"from": suite.my_police})
    suite.agencies.acceptAccount(suite.ids["my_police"], {"from": suite.actor("new key")})
    suite.appoint("cn_police", "my_police", COLLECT)
    with reverts("NotAuthorised", suite.my_police, COLLECT):
        suite.agencies.authorize(suite.my_police, COLLECT)


# A7


def test_a7_consent_to_one_agency_is_none_to_another(suite: Suite) -> None:
    """Nor does a device's consent make it somebody else's device."""
    for device in (False, True):
        recruit = suite.actor(f"recruit {device}")
        offered = suite.terms("cn_police", recruit, COLLECT, device=device)
        acceptance = suite.sign(recruit, suite.agencies, ACCEPTANCE, offered)
        taken = (suite.ids["my_police"], *offered[1:])
        with reverts("InvalidAcceptance", recruit):
            suite.agencies.appoint(taken, acceptance, {"from": suite.my_police})


def test_a7_proposed_account_stays_free_for_others(suite: Suite) -> None:
    """To name somebody's address blocks nothing: only acceptance takes it."""
    victim = suite.actor("victim")
    suite.agencies.proposeAccount(victim, {"from": suite.my_police})
    suite.appoint("cn_police", "victim", COLLECT)
    assert suite.agencies.authorize(victim, COLLECT) == suite.ids["cn_police"]


# A8


def test_a8_all_bits_set_is_still_no_signature(suite: Suite) -> None:
    """Every step that can be declared, declared: what a second officer shows is missing, until he signs."""
    facts = suite.facts(EVERY_STEP & ~SEEN)
    suite.register(suite.collection(suite.collector, facts), suite.collector)
    assert home(suite) == (Verdict.CURABLE, mask(Step.SECOND_OFFICER_SIGNED) | 1 << Reason.OFFICERS)
    signed = suite.collection(suite.collector, facts, root=OTHER_ROOT)
    suite.register(signed, suite.collector, [suite.co_sign(suite.second, SECOND_OFFICER, signed, 1)])
    assert home(suite, OTHER_ROOT) == (Verdict.CONFORMS, 0)


def test_a8_an_agency_is_not_its_own_witness(suite: Suite) -> None:
    """Neither its account nor another member's stands outside of the investigation."""
    collection = suite.collection(suite.collector)
    for account in (suite.my_police, suite.my_authority, suite.cn_police):
        for role in (WITNESS, HOLDER):
            with reverts("CoSignerIsOfficer", account):
                suite.register(collection, suite.collector, [suite.co_sign(account, role, collection)])


# A9


def test_a9_co_signature_is_for_these_facts_only(suite: Suite) -> None:
    """What a witness signed for is not what the relay makes of it."""
    collection = suite.collection(suite.collector)
    other = suite.collection(suite.collector, suite.facts(mask(A)))
    elsewhere = suite.collection(suite.collector, root=OTHER_ROOT)
    for signed_for in (other, elsewhere):
        with reverts("InvalidSignature", suite.witness):
            suite.register(collection, suite.collector, [suite.co_sign(suite.witness, WITNESS, signed_for)])


# A10


def test_a10_insider_who_occupied_a_root_is_corrected(suite: Suite) -> None:
    """A new salt makes a new root; the wrong record stays readable and points to the right one."""
    wrong = suite.facts(mask(A), method=PLAIN_METHOD)
    suite.register(suite.collection(suite.second, wrong), suite.second)
    right = suite.facts(mask(A, B, C), method=PLAIN_METHOD)
    suite.register(suite.collection(suite.collector, right, root=OTHER_ROOT), suite.collector)
    suite.evidence.supersede(suite.ids["my_police"], ROOT, OTHER_ROOT, {"from": suite.curer})
    assert home(suite)[0] is Verdict.CURABLE
    assert home(suite, OTHER_ROOT)[0] is Verdict.CONFORMS
    assert suite.evidence.successorOf(suite.ids["my_police"], ROOT) == "0x" + bytes(OTHER_ROOT).hex()


# A11


def test_a11_split_chain_gets_a_domain_of_its_own(suite: Suite) -> None:
    """As if the suite had been created under chain id 1: what was kept then is not what counts now."""
    at = suite.evidence.address
    code = bytearray(deployed(suite, "EvidenceRegistry"))
    for name, value in (("_chainId", (1).to_bytes(32)), ("_separator", b"\x09" * 32)):
        (spot,) = places("EvidenceRegistry")[name]
        code[spot["start"] : spot["start"] + spot["length"]] = value
    set_code(suite.evidence, bytes(code))
    domain = (
        *(web3.keccak(text=text) for text in DOMAIN),
        web3.eth.chain_id,
        at,
        bytes(suite.genesis.genesisId()),
    )
    kinds = ["bytes32", "bytes32", "bytes32", "uint256", "address", "bytes32"]
    assert bytes(suite.evidence.domainSeparator()) == web3.keccak(encode(kinds, domain))
    collection = suite.collection(suite.collector)
    suite.register(collection, suite.collector, registrar=suite.registrar)


# A12


def test_a12_nobody_cures_what_he_collected_in_an_earlier_office(suite: Suite) -> None:
    """Who ever collected never cures: nor one power after the other."""
    suite.register(
        suite.collection(suite.collector, suite.facts(mask(A, C), method=PLAIN_METHOD)), suite.collector
    )
    suite.agencies.endAppointment(suite.collector, {"from": suite.my_police})
    pass_time(1)
    with reverts("ConflictingPowers", COLLECT | CURE):
        suite.appoint("my_police", "collector", CURE)
    suite.appoint("my_police", "collector", REGISTER)
    suite.agencies.endAppointment(suite.collector, {"from": suite.my_police})
    pass_time(1)
    with reverts("ConflictingPowers", COLLECT | CURE | WITHDRAW):
        suite.appoint("my_police", "collector", CURE | WITHDRAW)


def test_a12_supplement_brings_no_signature(suite: Suite) -> None:
    """A document does not stand for a second officer, a witness or a mandate."""
    suite.register(suite.collection(suite.collector, suite.facts(mask(A, C, D))), suite.collector)
    seen = [Step(bit) for bit in range(8)]
    for step in seen:
        with reverts("NotCurableLate", mask(step)):
            suite.evidence.supplement(
                suite.ids["my_police"], ROOT, MY, mask(step), DOCUMENTS, {"from": suite.curer}
            )


# A13


def test_a13_refusal_leaves_no_trace_on_the_chain(suite: Suite) -> None:
    """The limit that the client's journal answers: the contract sees only the declaration that passed."""
    with reverts("EvidenceRefused"):
        suite.register(suite.collection(suite.collector, suite.facts(mask(B, C, D))), suite.collector)
    assert suite.evidence.acquisitionOf(suite.ids["my_police"], ROOT)[2] == 0
    tx = suite.register(suite.collection(suite.collector, suite.facts(mask(A, B, C, D))), suite.collector)
    assert len(tx.events) == 1
    assert suite.evidence.historyHead(suite.ids["my_police"], ROOT) == "0x" + ZERO32.hex()
