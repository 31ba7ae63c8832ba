# SPDX-License-Identifier: Apache-2.0
"""After registration: what may be added, what may be taken back, and that the record itself never changes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from brownie import accounts, web3
from eth_abi import encode

from concordat.evidence.facts import Facts
from concordat.evidence.methods import Method
from concordat.evidence.standards import Reason, Standard, Verdict
from concordat.evidence.steps import Step, mask
from tests.contracts.clock import next_block_at, now, pass_time
from tests.contracts.nodes import set_storage
from tests.contracts.reverts import reverts
from tests.contracts.suite import (
    CN,
    CONFIRM_DATE,
    CURE,
    DAY,
    DEVICE,
    HOUR,
    MY,
    PLAIN,
    PLAIN_METHOD,
    REGISTER,
    SECOND_OFFICER,
    STRICTEST,
    UNADOPTED_METHOD,
    WITHDRAW,
    WITNESS,
    ZERO32,
    A,
    B,
    C,
    D,
    Suite,
    sort,
)

ROOT, OTHER_ROOT = web3.keccak(text="an acquisition"), web3.keccak(text="its successor")
DOCUMENTS = web3.keccak(text="documents")
FIELDS = (
    "curedSteps",
    "addedOfficers",
    "dateConfirmed",
    "withdrawn",
    "superseded",
    "reason",
    "changedAt",
    "entries",
)


def police(suite: Suite) -> int:
    return suite.ids["my_police"]


def registered(
    suite: Suite, steps: int = mask(A, B, C, D), others: tuple[Any, ...] = (), **changes: Any
) -> list[Any]:
    collection = suite.collection(suite.collector, suite.facts(steps, **changes))
    suite.register(collection, suite.collector, [sign(collection) for sign in others])
    return collection


def cosign(suite: Suite, collection: list[Any], added: Any, bound: Any = (), sender: Any = None) -> Any:
    bound = sort(bound)
    signature = suite.sign_collection(suite.collector, collection, bound)
    return suite.evidence.cosign(collection, signature, bound, added, {"from": sender or suite.registrar})


def later(suite: Suite) -> dict[str, Any]:
    return dict(zip(FIELDS, suite.evidence.aftermathOf(police(suite), ROOT), strict=True))


def home(suite: Suite) -> tuple[Verdict, int]:
    """Verdict and curable reasons at home, now."""
    verdict, _, _, curable, _ = suite.evidence.assess(police(suite), ROOT, MY)
    return Verdict(verdict), curable


def record(suite: Suite) -> Any:
    return suite.evidence.acquisitionOf(police(suite), ROOT)


# Later co-signatures


def test_second_officer_signs_later(suite: Suite) -> None:
    collection = registered(suite)
    before = record(suite)
    assert home(suite) == (Verdict.CURABLE, 1 << Reason.OFFICERS | mask(Step.SECOND_OFFICER_SIGNED))
    tx = cosign(suite, collection, suite.co_sign(suite.second, SECOND_OFFICER, collection, 1))
    assert tx.events["CoSigned"]["signer"] == suite.second
    assert home(suite) == (Verdict.CONFORMS_WITH_NOTE, 0)
    state = later(suite)
    assert (state["addedOfficers"], state["entries"], state["changedAt"]) == (1, 1, now())
    assert record(suite) == before


def test_signature_added_to_what_conforms_costs_it_nothing(suite: Suite) -> None:
    collection = registered(suite, method=PLAIN_METHOD)
    cosign(suite, collection, suite.co_sign(suite.witness, WITNESS, collection))
    assert home(suite)[0] is Verdict.CONFORMS
    assert later(suite)["curedSteps"] == mask(Step.WITNESS_SIGNED)


def test_nobody_signs_twice(suite: Suite) -> None:
    collection = registered(suite)
    by_collector = suite.co_sign(suite.collector, SECOND_OFFICER, collection, 1)
    with reverts("CoSignerIsCollector", suite.collector):
        cosign(suite, collection, by_collector)
    second = suite.co_sign(suite.second, SECOND_OFFICER, collection, 1)
    cosign(suite, collection, second)
    for again in (second, by_collector):
        with reverts("AlreadyCoSigned", again[1]):
            cosign(suite, collection, again)


def test_who_signed_at_registration_signs_no_more(suite: Suite) -> None:
    collection = suite.collection(suite.collector)
    second = suite.co_sign(suite.second, SECOND_OFFICER, collection, 1)
    suite.register(collection, suite.collector, [second])
    with reverts("AlreadyCoSigned", suite.second):
        cosign(suite, collection, second, [second])
    with reverts("InvalidSignature", suite.collector):  # leaving the bound signer out is seen
        signature = suite.sign_collection(suite.collector, collection, [second])
        suite.evidence.cosign(collection, signature, [], second, {"from": suite.registrar})


def test_no_more_officers_than_signed_whatever_is_shown(suite: Suite) -> None:
    """A colleague's own signature over the same root makes no third officer of two."""
    collection = registered(suite)
    colleague = suite.collection(suite.second, facts=Facts.unpack(collection[2]))
    as_second = suite.co_sign(suite.collector, SECOND_OFFICER, collection, 1)
    suite.evidence.cosign(
        colleague, suite.sign_collection(suite.second, colleague), [], as_second, {"from": suite.registrar}
    )
    assert later(suite)["addedOfficers"] == 1
    with reverts("AlreadyCoSigned", suite.second):
        cosign(suite, collection, suite.co_sign(suite.second, SECOND_OFFICER, collection, 1))
    with reverts("AlreadyCoSigned", suite.collector):
        suite.evidence.cosign(
            colleague,
            suite.sign_collection(suite.second, colleague),
            [],
            as_second,
            {"from": suite.registrar},
        )


def test_later_officers_beside_several_are_seen_and_not_counted(suite: Suite) -> None:
    suite.appoint("my_police", "third")
    pass_time(2 * HOUR)
    collection = suite.collection(suite.collector)
    second = suite.co_sign(suite.second, SECOND_OFFICER, collection, 1)
    suite.register(collection, suite.collector, [second])
    cosign(suite, collection, suite.co_sign(suite.third, SECOND_OFFICER, collection, 1), [second])
    assert later(suite)["addedOfficers"] == 0
    assert later(suite)["curedSteps"] == mask(Step.SECOND_OFFICER_SIGNED)


def test_shows_the_collection_that_was_registered(suite: Suite) -> None:
    collection = registered(suite)
    added = suite.co_sign(suite.second, SECOND_OFFICER, collection, 1)
    other = list(collection)
    other[2] = suite.facts(mask(A, B)).pack()
    with reverts("NotTheCollection", police(suite), ROOT):
        cosign(suite, other, added)
    with reverts("InvalidSignature", suite.collector):
        suite.evidence.cosign(
            collection, suite.sign_collection(suite.second, collection), [], added, {"from": suite.registrar}
        )


def test_later_signer_is_fit_for_the_role(suite: Suite) -> None:
    collection = registered(suite)
    with reverts("CoSignerIsOfficer", suite.second):
        cosign(suite, collection, suite.co_sign(suite.second, WITNESS, collection))
    with reverts("IsADevice", suite.recorder):
        cosign(suite, collection, suite.co_sign(suite.recorder, SECOND_OFFICER, collection, 1))
    with reverts("DeadlinePassed"):
        cosign(suite, collection, suite.co_sign(suite.witness, WITNESS, collection, deadline=now() - 1))
    cosign(suite, collection, suite.co_sign(suite.recorder, DEVICE, collection, 1))
    assert later(suite)["addedOfficers"] == 0


def test_no_more_officers_than_the_record_can_count(suite: Suite) -> None:
    names = [f"officer {i}" for i in range(15)]
    for name in names:
        suite.appoint("my_police", name)
    pass_time(2 * HOUR)
    collection = registered(suite, mask(A, B, C, D))
    for name in names[:14]:
        cosign(suite, collection, suite.co_sign(suite.actors[name], SECOND_OFFICER, collection, 1))
    with reverts("TooManyOfficers", 14):
        cosign(suite, collection, suite.co_sign(suite.actors[names[14]], SECOND_OFFICER, collection, 1))


# Supplements


def test_document_cures_what_may_come_late(suite: Suite) -> None:
    registered(suite, mask(A, C), method=PLAIN_METHOD)
    before = record(suite)
    tx = suite.evidence.supplement(police(suite), ROOT, MY, mask(B), DOCUMENTS, {"from": suite.curer})
    assert tx.events["Supplemented"]["documents"] == "0x" + bytes(DOCUMENTS).hex()
    assert home(suite) == (Verdict.CONFORMS_WITH_NOTE, 0)
    assert record(suite) == before and before[3] == Verdict.CURABLE


def test_document_meets_a_clause(suite: Suite) -> None:
    registered(suite, mask(A, B, C))
    suite.evidence.supplement(police(suite), ROOT, MY, mask(D), DOCUMENTS, {"from": suite.curer})
    assert not home(suite)[1] & 1 << Reason.CLAUSE_0


@pytest.mark.parametrize(
    "steps",
    [
        mask(A),
        mask(C),
        mask(Step.VIDEO_RECORDED),
        mask(Step.SECOND_OFFICER_SIGNED),
        mask(B) | 1 << 60,
        mask(B, D),
    ],
)
def test_supplement_brings_only_what_is_missing_curable_and_late(suite: Suite, steps: int) -> None:
    """Review A12: B was missing, D was not; A is fatal, C noted; a signature comes by signature."""
    registered(suite, mask(A, C, D))
    with reverts("NotCurableLate", steps & ~mask(B)):
        suite.evidence.supplement(police(suite), ROOT, MY, steps, DOCUMENTS, {"from": suite.curer})


def test_supplement_is_not_empty_and_not_repeated(suite: Suite) -> None:
    registered(suite, mask(A, C, D))
    by_curer = {"from": suite.curer}
    with reverts("NothingToCure"):
        suite.evidence.supplement(police(suite), ROOT, MY, 0, DOCUMENTS, by_curer)
    with reverts("EmptyDocuments"):
        suite.evidence.supplement(police(suite), ROOT, MY, mask(B), ZERO32, by_curer)
    suite.evidence.supplement(police(suite), ROOT, MY, mask(B), DOCUMENTS, by_curer)
    with reverts("NotCurableLate", mask(B)):
        suite.evidence.supplement(police(suite), ROOT, MY, mask(B), DOCUMENTS, by_curer)


def test_no_collector_cures(suite: Suite) -> None:
    registered(suite, mask(A, C, D))
    for officer in (suite.collector, suite.second, suite.registrar):
        with reverts("NotAuthorised", officer, CURE):
            suite.evidence.supplement(police(suite), ROOT, MY, mask(B), DOCUMENTS, {"from": officer})


def test_nothing_preserved_without_a_standard_is_curable(suite: Suite) -> None:
    """Where no standard judged, nothing says what may be cured."""
    facts = suite.facts(mask(A, C), method=UNADOPTED_METHOD)
    suite.register(
        suite.collection(suite.collector, facts, standardVersion=0, preserve=True), suite.collector
    )
    assert home(suite)[0] is Verdict.PRESERVED
    with reverts("NotCurableLate", mask(B)):
        suite.evidence.supplement(police(suite), ROOT, MY, mask(B), DOCUMENTS, {"from": suite.curer})


# The date


def late_under_an_older_standard(suite: Suite) -> None:
    """Registered long after the end, when a newer version is in force."""
    facts = suite.facts(mask(A, B, C), method=PLAIN_METHOD)
    collection = suite.collection(suite.collector, facts, deadline=now() + 60 * DAY)
    start = (now() + 8 * DAY) // HOUR
    newer = Standard(
        fatal=mask(A), curable=mask(B), noted=mask(C), delay_hours=72, algorithms=3, from_hour=start
    )
    suite.adopt("my_authority", MY, [(0, PLAIN_METHOD, newer)])
    next_block_at(now() + 20 * DAY)
    suite.register(collection, suite.collector)


def test_backdating_to_an_older_standard_is_at_most_curable(suite: Suite) -> None:
    """Review A4."""
    late_under_an_older_standard(suite)
    assert home(suite) == (Verdict.CURABLE, 1 << Reason.DELAY | 1 << Reason.DATE_UNPROVEN)


def test_another_agency_confirms_an_earlier_anchor(suite: Suite) -> None:
    late_under_an_older_standard(suite)
    tx = suite.evidence.confirmDate(police(suite), ROOT, DOCUMENTS, {"from": suite.cn_confirmer})
    assert tx.events["DateConfirmed"]["confirmer"] == suite.ids["cn_police"]
    assert home(suite) == (Verdict.CONFORMS_WITH_NOTE, 0)
    with reverts("DateAlreadyConfirmed", police(suite), ROOT):
        suite.evidence.confirmDate(police(suite), ROOT, DOCUMENTS, {"from": suite.cn_confirmer})


def test_nobody_confirms_his_own_date(suite: Suite) -> None:
    late_under_an_older_standard(suite)
    suite.appoint("my_police", "confirmer", CONFIRM_DATE)
    with reverts("OwnAgencyCannotConfirm", police(suite)):
        suite.evidence.confirmDate(police(suite), ROOT, DOCUMENTS, {"from": suite.confirmer})
    with reverts("NotAuthorised", suite.cn_collector, CONFIRM_DATE):
        suite.evidence.confirmDate(police(suite), ROOT, DOCUMENTS, {"from": suite.cn_collector})
    with reverts("EmptyDocuments"):
        suite.evidence.confirmDate(police(suite), ROOT, ZERO32, {"from": suite.cn_confirmer})


def test_confirms_only_a_date_in_question(suite: Suite) -> None:
    registered(suite, mask(A, C), method=PLAIN_METHOD)
    with reverts("DateNotInQuestion", police(suite), ROOT):
        suite.evidence.confirmDate(police(suite), ROOT, DOCUMENTS, {"from": suite.cn_confirmer})


# Taking back


def test_withdrawn_stays_readable_and_worth_what_it_was(suite: Suite) -> None:
    """Withdrawal is not protective: it can bury exculpatory evidence (review A12)."""
    registered(suite, method=PLAIN_METHOD)
    before = record(suite), home(suite)
    tx = suite.evidence.withdraw(police(suite), ROOT, 2, {"from": suite.curer})
    assert tx.events["Withdrawn"]["reason"] == 2
    assert (later(suite)["withdrawn"], later(suite)["reason"]) == (True, 2)
    assert (record(suite), home(suite)) == before
    with reverts("AlreadyWithdrawn", police(suite), ROOT):
        suite.evidence.withdraw(police(suite), ROOT, 1, {"from": suite.curer})


def test_withdrawal_has_a_reason_and_an_author(suite: Suite) -> None:
    registered(suite)
    with reverts("NoReason"):
        suite.evidence.withdraw(police(suite), ROOT, 0, {"from": suite.curer})
    with reverts("NotAuthorised", suite.collector, WITHDRAW):
        suite.evidence.withdraw(police(suite), ROOT, 1, {"from": suite.collector})


def test_superseded_points_to_what_corrects_it(suite: Suite) -> None:
    registered(suite)
    suite.register(suite.collection(suite.collector, root=OTHER_ROOT), suite.collector)
    before = record(suite)
    suite.evidence.supersede(police(suite), ROOT, OTHER_ROOT, {"from": suite.curer})
    assert suite.evidence.successorOf(police(suite), ROOT) == "0x" + bytes(OTHER_ROOT).hex()
    assert later(suite)["superseded"] and record(suite) == before
    with reverts("AlreadySuperseded", police(suite), ROOT, OTHER_ROOT):
        suite.evidence.supersede(police(suite), ROOT, OTHER_ROOT, {"from": suite.curer})


def test_supersedes_by_another_that_is_there(suite: Suite) -> None:
    registered(suite)
    with reverts("SuccessorIsItself", ROOT):
        suite.evidence.supersede(police(suite), ROOT, ROOT, {"from": suite.curer})
    with reverts("SuccessorNotRegistered", police(suite), OTHER_ROOT):
        suite.evidence.supersede(police(suite), ROOT, OTHER_ROOT, {"from": suite.curer})
    with reverts("NotAuthorised", suite.collector, WITHDRAW):
        suite.evidence.supersede(police(suite), ROOT, OTHER_ROOT, {"from": suite.collector})


def test_other_agencies_touch_nothing(suite: Suite) -> None:
    collection = registered(suite, mask(A, C), method=PLAIN_METHOD)
    suite.appoint("cn_police", "cn_curer", CURE | WITHDRAW | REGISTER)
    by_other = {"from": suite.cn_curer}
    added = suite.co_sign(suite.second, SECOND_OFFICER, collection, 1)
    signature = suite.sign_collection(suite.collector, collection)
    for act in (
        lambda: suite.evidence.cosign(collection, signature, [], added, by_other),
        lambda: suite.evidence.supplement(police(suite), ROOT, MY, mask(B), DOCUMENTS, by_other),
        lambda: suite.evidence.withdraw(police(suite), ROOT, 1, by_other),
        lambda: suite.evidence.supersede(police(suite), ROOT, OTHER_ROOT, by_other),
    ):
        with reverts("OtherAgency", suite.cn_curer, suite.ids["cn_police"], police(suite)):
            act()
    with reverts("NotAuthorised", suite.stranger, REGISTER):
        cosign(suite, collection, added, sender=suite.stranger)


# History


def test_history_can_leave_nothing_out(suite: Suite) -> None:
    collection = registered(suite, mask(A, C), method=PLAIN_METHOD)
    suite.register(suite.collection(suite.collector, root=OTHER_ROOT), suite.collector)
    assert suite.evidence.historyHead(police(suite), ROOT) == "0x" + "00" * 32
    cosign(suite, collection, suite.co_sign(suite.witness, WITNESS, collection))
    suite.evidence.supplement(police(suite), ROOT, MY, mask(B), DOCUMENTS, {"from": suite.curer})
    suite.evidence.supersede(police(suite), ROOT, OTHER_ROOT, {"from": suite.curer})
    suite.evidence.withdraw(police(suite), ROOT, 2, {"from": suite.curer})

    entries = [
        encode(["string", "uint8", "address"], ["cosign", WITNESS, suite.witness.address]),
        encode(
            ["string", "address", "uint16", "uint64", "bytes32"],
            ["supplement", suite.curer.address, MY, mask(B), bytes(DOCUMENTS)],
        ),
        encode(["string", "address", "bytes32"], ["supersede", suite.curer.address, bytes(OTHER_ROOT)]),
        encode(["string", "address", "uint8"], ["withdraw", suite.curer.address, 2]),
    ]
    head = ZERO32
    for number, entry in enumerate(entries, 1):
        link = [suite.evidence.address, police(suite), bytes(ROOT), number, head, bytes(web3.keccak(entry))]
        head = bytes(
            web3.keccak(encode(["address", "uint32", "bytes32", "uint16", "bytes32", "bytes32"], link))
        )
    assert suite.evidence.historyHead(police(suite), ROOT) == "0x" + head.hex()
    assert later(suite)["entries"] == len(entries)


def test_history_does_not_overflow(suite: Suite) -> None:
    """Its length is 16 bits; the 65,536th entry is refused rather than counted from zero."""
    registered(suite)
    suite.evidence.withdraw(police(suite), ROOT, 2, {"from": suite.curer})
    inner = web3.keccak(encode(["uint32", "uint256"], [police(suite), 1]))
    slot = web3.keccak(bytes(ROOT) + inner)
    word = int.from_bytes(web3.eth.get_storage_at(suite.evidence.address, slot))
    shift = 64 + 8 + 8 * 3 + 8 + 40
    assert word >> shift & 0xFFFF == 1
    full = word | 0xFFFF << shift
    set_storage(suite.evidence, slot, full)
    suite.register(suite.collection(suite.collector, root=OTHER_ROOT), suite.collector)
    with reverts("HistoryFull"):
        suite.evidence.supersede(police(suite), ROOT, OTHER_ROOT, {"from": suite.curer})


# Other forums


def test_one_acquisition_is_judged_for_any_forum(suite: Suite) -> None:
    """S029: China's rules for what comes from abroad, not those for its own officers."""
    registered(suite, mask(A, C, D))
    at_home = suite.evidence.assess(police(suite), ROOT, MY)
    in_china = suite.evidence.assess(police(suite), ROOT, CN)
    assert at_home[3] & 1 << Reason.OFFICERS
    assert (Verdict(in_china[0]), in_china[3]) == (Verdict.CURABLE, mask(B))
    assert Verdict(suite.evidence.assess(police(suite), ROOT, 840)[0]) is Verdict.NO_STANDARD


def test_document_cures_for_a_forum_abroad(suite: Suite) -> None:
    """What a Chinese court misses in a Malaysian file can be brought; it costs nothing at home."""
    stricter = replace(
        PLAIN, curable=mask(B, Step.SOURCE_STATEMENT), late_curable=mask(B, Step.SOURCE_STATEMENT)
    )
    start = int(now() + 8 * DAY) // HOUR
    foreign = [
        (1, Method.OTHER, replace(stricter, from_hour=start)),
        (1, PLAIN_METHOD, replace(stricter, from_hour=start)),
    ]
    suite.adopt("cn_authority", CN, foreign)
    pass_time(10 * DAY)
    registered(suite, mask(A, B, C), method=PLAIN_METHOD)
    with reverts("NotCurableLate", mask(Step.SOURCE_STATEMENT)):
        suite.evidence.supplement(
            police(suite), ROOT, MY, mask(Step.SOURCE_STATEMENT), DOCUMENTS, {"from": suite.curer}
        )
    suite.evidence.supplement(
        police(suite), ROOT, CN, mask(Step.SOURCE_STATEMENT), DOCUMENTS, {"from": suite.curer}
    )
    assert Verdict(suite.evidence.assess(police(suite), ROOT, CN)[0]) is Verdict.CONFORMS_WITH_NOTE
    assert home(suite)[0] is Verdict.CONFORMS


def test_lax_forum_cures_nothing_for_a_strict_one(suite: Suite) -> None:
    """What one forum lets come late counts only where it may come late."""
    strict = replace(PLAIN, late_curable=0)
    start = int(now() + 8 * DAY) // HOUR
    suite.adopt("my_authority", MY, [(0, PLAIN_METHOD, replace(strict, from_hour=start))])
    pass_time(10 * DAY)
    suite.register(
        suite.collection(suite.collector, suite.facts(mask(A, C), method=PLAIN_METHOD), standardVersion=2),
        suite.collector,
    )
    with reverts("NotCurableLate", mask(B)):
        suite.evidence.supplement(police(suite), ROOT, MY, mask(B), DOCUMENTS, {"from": suite.curer})
    suite.evidence.supplement(police(suite), ROOT, CN, mask(B), DOCUMENTS, {"from": suite.curer})
    assert Verdict(suite.evidence.assess(police(suite), ROOT, CN)[0]) is Verdict.CONFORMS_WITH_NOTE
    assert home(suite) == (Verdict.CURABLE, mask(B))


def test_later_versions_judge_nothing_anew(suite: Suite) -> None:
    """S011: the next submission is judged by the new rule, past ones are not."""
    registered(suite, mask(A, B, C), method=PLAIN_METHOD)
    start = (now() + 8 * DAY) // HOUR
    stricter = Standard(
        fatal=mask(A), curable=mask(B), noted=mask(C, D), delay_hours=24, algorithms=1, from_hour=start
    )
    other = replace(STRICTEST, from_hour=start)
    suite.adopt("my_authority", MY, [(0, Method.OTHER, other), (0, PLAIN_METHOD, stricter)])
    pass_time(30 * DAY)
    assert home(suite)[0] is Verdict.CONFORMS
    root = web3.keccak(text="new")
    suite.register(
        suite.collection(
            suite.collector, suite.facts(mask(A, B, C), method=PLAIN_METHOD), root=root, standardVersion=2
        ),
        suite.collector,
    )
    assert suite.evidence.acquisitionOf(police(suite), root)[3] == Verdict.CONFORMS_WITH_NOTE


def test_unknown_acquisition_is_assessed_as_nothing(suite: Suite) -> None:
    with reverts("NotRegistered", police(suite), ROOT):
        suite.evidence.assess(police(suite), ROOT, MY)
    assert suite.evidence.acquisitionOf(police(suite), ROOT)[2] == 0


def test_facts_survive_the_round_through_the_chain(suite: Suite) -> None:
    collection = registered(suite)
    assert Facts.unpack(record(suite)[0]).declared().pack() == collection[2]
    assert accounts[0] not in suite.actors.values()
