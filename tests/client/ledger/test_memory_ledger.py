# SPDX-License-Identifier: Apache-2.0
"""The life of an acquisition through the public functions, on a suite in memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from fakecast import ALL_STEPS, CN, MPS, MY, PDRM, Cast, hire, key, make_cast

from concordat.errors import NodeError, VerificationError
from concordat.evidence import registry, typed
from concordat.evidence.facts import Facts
from concordat.evidence.places import INTL
from concordat.evidence.registry import WithdrawalReason
from concordat.evidence.standards import Reason, Severity, Verdict
from concordat.evidence.steps import Step
from concordat.evidence.typed import Collection, CoSignature, CoSignerRole
from concordat.ledger.sentences import ContractError
from concordat.ledger.standardbook import StandardBook
from concordat.membership import officers
from concordat.membership.powers import Power

DOCUMENTS = b"\x0d" * 32
LATER = 10**10


@pytest.fixture
def cast() -> Cast:
    return make_cast(with_standards=True)


def refused(name: str, act: Callable[[], object]) -> ContractError:
    with pytest.raises(ContractError) as error:
        act()
    assert error.value.revert.name == name
    return error.value


def co_sign(
    cast: Cast, collection: Collection, signer: str, role: CoSignerRole, deadline: int = LATER
) -> CoSignature:
    number = 1 if role in (CoSignerRole.SECOND_OFFICER, CoSignerRole.DEVICE) else 0
    person = getattr(cast, signer, None) or key(signer)
    return registry.co_sign(cast.ledger, person, collection, role, number, deadline)


def without(*steps: Step) -> int:
    mask = ALL_STEPS
    for step in steps:
        mask &= ~(1 << step)
    return mask


# Registering


def test_a_collection_is_registered_once(cast: Cast) -> None:
    collection = cast.collection()
    first = registry.register(cast.ledger, cast.officer, collection)
    again = registry.register(cast.ledger, cast.officer, collection)

    assert (first.before, again.before) == (False, True)
    assert first.paper == again.paper
    assert first.acquisition.facts.steps & 0xFF == 1 << Step.COLLECTOR_SIGNED | 1 << Step.COLLECTOR_QUALIFIED
    assert first.acquisition.facts.officers == 1
    assert first.paper.registered_at == cast.ledger.now()
    assert registry.chain_record(cast.ledger, PDRM, collection.root) is not None
    assert registry.chain_record(cast.ledger, PDRM, DOCUMENTS) is None


def test_a_root_with_other_facts_is_not_taken_for_the_same(cast: Cast) -> None:
    registry.register(cast.ledger, cast.officer, cast.collection())
    other = cast.collection(steps=without(Step.VIDEO_RECORDED))
    with pytest.raises(VerificationError) as differs:
        registry.register(cast.ledger, cast.officer, other)
    assert differs.value.code == "registry.other_facts"


def test_a_relay_needs_the_collectors_signature(cast: Cast) -> None:
    collection = cast.collection(collector=cast.second.address)
    refused("InvalidSignature", lambda: registry.register(cast.ledger, cast.officer, collection))
    signature = registry.sign(cast.ledger, cast.second, collection)
    registry.register(cast.ledger, cast.officer, collection, signature)


def test_a_relay_can_neither_strip_nor_add_signers(cast: Cast) -> None:
    collection = cast.collection(collector=cast.second.address)
    witness = co_sign(cast, collection, "witness", CoSignerRole.WITNESS)
    signature = registry.sign(cast.ledger, cast.second, collection, [(witness.role, witness.signer)])

    refused("InvalidSignature", lambda: registry.register(cast.ledger, cast.officer, collection, signature))
    holder = co_sign(cast, collection, "holder", CoSignerRole.HOLDER)
    refused(
        "InvalidSignature",
        lambda: registry.register(cast.ledger, cast.officer, collection, signature, [witness, holder]),
    )
    registry.register(cast.ledger, cast.officer, collection, signature, [witness])


def test_everyone_who_signs_is_seen(cast: Cast) -> None:
    collection = cast.collection()
    signers = [
        co_sign(cast, collection, "second", CoSignerRole.SECOND_OFFICER),
        co_sign(cast, collection, "witness", CoSignerRole.WITNESS),
        co_sign(cast, collection, "holder", CoSignerRole.HOLDER),
        co_sign(cast, collection, "device", CoSignerRole.DEVICE),
    ]
    found = registry.register(cast.ledger, cast.officer, collection, b"", signers).acquisition.facts

    assert found.officers == 2
    assert found.steps & 0xFF == 0b11001111 & ~(1 << Step.MANDATE_COVERS)


@pytest.mark.parametrize(
    ("signer", "role", "error"),
    [
        ("officer", CoSignerRole.SECOND_OFFICER, "CoSignerIsCollector"),
        ("second", CoSignerRole.WITNESS, "CoSignerIsOfficer"),
        ("second", CoSignerRole.DEVICE, "NotADevice"),
        ("device", CoSignerRole.SECOND_OFFICER, "IsADevice"),
        ("witness", CoSignerRole.SECOND_OFFICER, "NotEntitledThen"),
        ("curer", CoSignerRole.SECOND_OFFICER, "NotEntitledThen"),
    ],
)
def test_nobody_signs_in_a_role_that_is_not_theirs(
    cast: Cast, signer: str, role: CoSignerRole, error: str
) -> None:
    collection = cast.collection()
    given = co_sign(cast, collection, signer, role)
    refused(error, lambda: registry.register(cast.ledger, cast.officer, collection, b"", [given]))


def test_co_signatures_are_over_this_collection_in_time_and_few(cast: Cast) -> None:
    collection = cast.collection()
    late = co_sign(cast, collection, "witness", CoSignerRole.WITNESS, deadline=cast.ledger.now() - 1)
    refused("DeadlinePassed", lambda: registry.register(cast.ledger, cast.officer, collection, b"", [late]))
    other = co_sign(
        cast, replace(collection, facts=collection.facts | 1 << 70), "witness", CoSignerRole.WITNESS
    )
    refused(
        "InvalidSignature", lambda: registry.register(cast.ledger, cast.officer, collection, b"", [other])
    )
    good = co_sign(cast, collection, "witness", CoSignerRole.WITNESS)
    refused(
        "CoSignersNotSorted",
        lambda: registry.register(cast.ledger, cast.officer, collection, b"", [good] * 2),
    )
    many = [replace(good, signer=f"0x{index:040x}") for index in range(1, 10)]
    refused("TooManyCoSigners", lambda: registry.register(cast.ledger, cast.officer, collection, b"", many))


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"root": bytes(32)}, "EmptyRoot"),
        ({"deadline": 5}, "DeadlinePassed"),
        ({"agency": MPS}, "OtherAgency"),
        ({"standard_version": 7}, "StandardNotInForce"),
        ({"standard_version": 0}, "StandardVersionMissing"),
        ({"mandate": DOCUMENTS}, "MandateDoesNotCover"),
        ({"appointment": 3}, "NotEntitledThen"),
    ],
)
def test_what_cannot_be_registered(cast: Cast, change: dict[str, object], error: str) -> None:
    collection = cast.collection(**change)  # type: ignore[arg-type]
    refused(error, lambda: registry.register(cast.ledger, cast.officer, collection))


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"started_at": 1 << 35}, "StartsInFuture"),
        ({"duration_minutes": 60000}, "EndsInFuture"),
        ({"officers": 2}, "FactsNotDeclared"),
        ({"steps": ALL_STEPS | 1}, "FactsNotDeclared"),
        ({"place": CN}, "MandateRequired"),
        ({"data_location": CN, "steps": without(Step.DATA_PUBLIC)}, "MandateRequired"),
    ],
)
def test_facts_that_cannot_be(cast: Cast, change: dict[str, object], error: str) -> None:
    collection = cast.collection()
    facts = replace(Facts.unpack(collection.facts), **change)  # type: ignore[arg-type]
    refused(
        error, lambda: registry.register(cast.ledger, cast.officer, replace(collection, facts=facts.pack()))
    )


def test_public_data_are_collected_from_home_wherever_they_are_held(cast: Cast) -> None:
    collection = cast.collection()
    facts = replace(Facts.unpack(collection.facts), data_location=CN)
    found = registry.register(cast.ledger, cast.officer, replace(collection, facts=facts.pack()))
    assert found.acquisition.facts.data_location == CN


def test_only_registrars_register(cast: Cast) -> None:
    collection = cast.collection()
    signature = registry.sign(cast.ledger, cast.officer, collection)
    refused("NotAuthorised", lambda: registry.register(cast.ledger, cast.second, collection, signature))


def test_a_refusal_tells_the_reasons_and_stores_nothing(cast: Cast) -> None:
    collection = cast.collection(steps=0)
    error = refused("EvidenceRefused", lambda: registry.register(cast.ledger, cast.officer, collection))

    assert error.exit_code == 3
    assert error.revert.args["fatal"] >> Step.LEGAL_BASIS_CITED & 1
    assert "LEGAL_BASIS_CITED" in error.message
    assert registry.acquisition(cast.ledger, PDRM, collection.root) is None


def test_what_not_even_meets_the_baseline_cannot_be_preserved(cast: Cast) -> None:
    collection = cast.collection(steps=0, preserve=True)
    refused("BelowBaseline", lambda: registry.register(cast.ledger, cast.officer, collection))


def test_what_its_country_refuses_can_be_preserved(cast: Cast) -> None:
    """What Malaysia's own fatal clause asks for is missing, and nothing that the baseline calls fatal."""
    facts = Facts.unpack(cast.collection().facts)
    book = StandardBook.read(cast.ledger)
    own, base = book.in_force(facts, MY), book.in_force(facts, INTL)
    assert own is not None
    assert base is not None
    fatal = next(c for c in own.standard.clauses if c.severity is Severity.FATAL)
    assert not fatal.steps & base.standard.fatal
    steps = ALL_STEPS & ~fatal.steps

    plain = cast.collection(steps=steps)
    refused("EvidenceRefused", lambda: registry.register(cast.ledger, cast.officer, plain))
    found = registry.register(cast.ledger, cast.officer, replace(plain, preserve=True)).acquisition

    assert found.verdict is Verdict.PRESERVED
    assert registry.assess(cast.ledger, PDRM, plain.root, MY).verdict is Verdict.PRESERVED


def test_late_is_curable_and_needs_someone_in_office(cast: Cast) -> None:
    late = cast.collection("late", ago=40 * 86400)
    refused("NotEntitledThen", lambda: registry.register(cast.ledger, cast.officer, late))

    cast.ledger.pass_time(60 * 86400)
    late = cast.collection("late", ago=40 * 86400)
    found = registry.register(cast.ledger, cast.officer, late).acquisition
    assert found.verdict is Verdict.CURABLE
    assert registry.assess(cast.ledger, PDRM, late.root, MY).curable >> Reason.DELAY & 1

    signed = cast.collection("gone", ago=40 * 86400, collector=cast.second.address)
    signature = registry.sign(cast.ledger, cast.second, signed)
    officers.end_appointment(cast.ledger, cast.police, cast.second.address)
    refused(
        "LateAndNoLongerInOffice", lambda: registry.register(cast.ledger, cast.officer, signed, signature)
    )


# Afterwards


@pytest.fixture
def curable(cast: Cast) -> Collection:
    """Registered without minutes, which may come late."""
    collection = cast.collection(steps=without(Step.MINUTES_MADE))
    found = registry.register(cast.ledger, cast.officer, collection)
    assert found.acquisition.verdict is Verdict.CURABLE
    return collection


def test_a_document_cures_under_other_eyes_and_the_cure_stays_visible(
    cast: Cast, curable: Collection
) -> None:
    minutes = 1 << Step.MINUTES_MADE

    def bring(officer: str, steps: int = minutes, documents: bytes = DOCUMENTS) -> object:
        return registry.supplement(
            cast.ledger, getattr(cast, officer), PDRM, curable.root, MY, steps, documents
        )

    refused("NotAuthorised", lambda: bring("officer"))
    refused("EmptyDocuments", lambda: bring("curer", documents=bytes(32)))
    refused("NothingToCure", lambda: bring("curer", steps=0))
    refused("NotCurableLate", lambda: bring("curer", steps=minutes | 1 << Step.LEGAL_BASIS_CITED))
    bring("curer")
    refused("NotCurableLate", lambda: bring("curer"))

    assert registry.assess(cast.ledger, PDRM, curable.root, MY).verdict is Verdict.CONFORMS_WITH_NOTE
    record = registry.acquisition(cast.ledger, PDRM, curable.root)
    assert record is not None
    assert record.verdict is Verdict.CURABLE
    assert registry.aftermath(cast.ledger, PDRM, curable.root).cured_steps == minutes
    names = [event.name for event in registry.history(cast.ledger, PDRM, curable.root)]
    assert names == ["AcquisitionRegistered", "Supplemented"]


def test_a_signature_may_come_later(cast: Cast, curable: Collection) -> None:
    signature = registry.sign(cast.ledger, cast.officer, curable)
    added = co_sign(cast, curable, "second", CoSignerRole.SECOND_OFFICER)
    registry.cosign(cast.ledger, cast.officer, curable, signature, [], added)

    assert registry.aftermath(cast.ledger, PDRM, curable.root).added_officers == 1
    refused(
        "AlreadyCoSigned",
        lambda: registry.cosign(cast.ledger, cast.officer, curable, signature, [], added),
    )
    other = replace(curable, facts=curable.facts ^ 1 << 90)
    refused(
        "NotTheCollection",
        lambda: registry.cosign(cast.ledger, cast.officer, other, signature, [], added),
    )
    wrong = co_sign(cast, other, "witness", CoSignerRole.WITNESS)
    refused(
        "InvalidSignature",
        lambda: registry.cosign(cast.ledger, cast.officer, curable, signature, [], wrong),
    )


def test_a_date_is_confirmed_by_another_agency_where_it_is_in_question(
    cast: Cast, curable: Collection
) -> None:
    anchor = b"\x0a" * 32
    refused(
        "DateNotInQuestion",
        lambda: registry.confirm_date(cast.ledger, cast.confirmer, PDRM, curable.root, anchor),
    )
    cast.ledger.pass_time(60 * 86400)
    late = cast.collection("late", ago=40 * 86400)
    registry.register(cast.ledger, cast.officer, late)
    hire(cast, cast.police, PDRM, key("own"), Power.CONFIRM_DATE)
    refused(
        "OwnAgencyCannotConfirm",
        lambda: registry.confirm_date(cast.ledger, key("own"), PDRM, late.root, anchor),
    )
    refused(
        "EmptyDocuments",
        lambda: registry.confirm_date(cast.ledger, cast.confirmer, PDRM, late.root, bytes(32)),
    )
    registry.confirm_date(cast.ledger, cast.confirmer, PDRM, late.root, anchor)
    assert not registry.assess(cast.ledger, PDRM, late.root, MY).curable >> Reason.DELAY & 1
    refused(
        "DateAlreadyConfirmed",
        lambda: registry.confirm_date(cast.ledger, cast.confirmer, PDRM, late.root, anchor),
    )


def test_withdrawal_hides_nothing(cast: Cast, curable: Collection) -> None:
    before = registry.assess(cast.ledger, PDRM, curable.root, MY)
    refused(
        "NotAuthorised",
        lambda: registry.withdraw(cast.ledger, cast.curer, PDRM, curable.root, WithdrawalReason.OTHER),
    )
    registry.withdraw(cast.ledger, cast.officer, PDRM, curable.root, WithdrawalReason.WRONG_FACTS)

    assert registry.aftermath(cast.ledger, PDRM, curable.root).withdrawn
    assert registry.assess(cast.ledger, PDRM, curable.root, MY) == before
    refused(
        "AlreadyWithdrawn",
        lambda: registry.withdraw(cast.ledger, cast.officer, PDRM, curable.root, WithdrawalReason.OTHER),
    )
    refused(
        "NoReason",
        lambda: cast.ledger.send(cast.officer, "EvidenceRegistry", "withdraw", PDRM, curable.root, 0),
    )


def test_a_correction_replaces_once(cast: Cast, curable: Collection) -> None:
    right = cast.collection("right")
    refused(
        "SuccessorNotRegistered",
        lambda: registry.supersede(cast.ledger, cast.officer, PDRM, curable.root, right.root),
    )
    registry.register(cast.ledger, cast.officer, right)
    refused(
        "SuccessorIsItself",
        lambda: registry.supersede(cast.ledger, cast.officer, PDRM, right.root, right.root),
    )
    assert registry.successor(cast.ledger, PDRM, curable.root) is None
    registry.supersede(cast.ledger, cast.officer, PDRM, curable.root, right.root)
    assert registry.successor(cast.ledger, PDRM, curable.root) == right.root
    refused(
        "AlreadySuperseded",
        lambda: registry.supersede(cast.ledger, cast.officer, PDRM, curable.root, right.root),
    )


def test_what_is_not_there_cannot_be_acted_upon(cast: Cast) -> None:
    for act in (
        lambda: registry.assess(cast.ledger, PDRM, DOCUMENTS, MY),
        lambda: registry.withdraw(cast.ledger, cast.officer, PDRM, DOCUMENTS, WithdrawalReason.OTHER),
        lambda: registry.supplement(cast.ledger, cast.curer, PDRM, DOCUMENTS, MY, 1, DOCUMENTS),
    ):
        refused("NotRegistered", act)


# The ledger itself


def test_a_refused_act_leaves_no_trace(cast: Cast) -> None:
    block, events = cast.ledger.world.block, len(cast.ledger.world.events)
    refused(
        "NotAnAgency", lambda: cast.ledger.send(key("x"), "AgencyRegistry", "publishEncryptionKey", DOCUMENTS)
    )
    assert (cast.ledger.world.block, len(cast.ledger.world.events)) == (block, events)


def test_it_takes_only_what_a_chain_would_take(cast: Cast) -> None:
    with pytest.raises(ValueError, match="fit"):
        cast.ledger.call("AgencyRegistry", "agencyOf", "MY")
    with pytest.raises(LookupError):
        cast.ledger.call("AgencyRegistry", "admitFoundersTwice")
    with pytest.raises(NodeError):
        cast.ledger.address("Mandates")


def test_the_directory_answers(cast: Cast) -> None:
    name = b"EvidenceRegistry".ljust(32, b"\0")
    assert cast.ledger.call("Directory", "addressOf", name) == cast.ledger.address("EvidenceRegistry")
    assert cast.ledger.call("Directory", "isSealed")
    assert cast.ledger.call("Directory", "genesisId") == cast.ledger.genesis_id
    assert cast.ledger.call("Directory", "moduleOf", b"Nothing".ljust(32, b"\0")).state == 0


# What is signed


def test_the_hash_of_the_co_signers_does_not_depend_on_their_order() -> None:
    signers = [(CoSignerRole.WITNESS, "0x" + "bb" * 20), (CoSignerRole.HOLDER, "0x" + "aa" * 20)]
    assert typed.co_signers_hash(signers) == typed.co_signers_hash(signers[::-1])
    assert typed.co_signers_hash(signers) != typed.co_signers_hash(signers[:1])
    assert typed.co_signers_hash([]) == bytes(32)


def test_signatures_are_for_one_suite(cast: Cast) -> None:
    other = make_cast()
    other.ledger.world.genesis_id = b"\1" * 32
    collection = cast.collection()
    assert registry.sign(cast.ledger, cast.officer, collection) != registry.sign(
        other.ledger, cast.officer, collection
    )
