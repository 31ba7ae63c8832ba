# SPDX-License-Identifier: Apache-2.0
"""Packages from packing to the last thing that may come to them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fakecast import key
from stage import CASE, CN, MPS, MY, Stage, renewed, worth

from concordat.casework import (
    cosign,
    pack,
    register,
    report,
    show,
    sign,
    supersede,
    supplement,
    verify,
    withdraw,
)
from concordat.casework.later import submit_cosignatures
from concordat.errors import AuthorityError, UsageError, VerificationError
from concordat.evidence import registry
from concordat.evidence.package import Package
from concordat.evidence.registry import WithdrawalReason
from concordat.evidence.standards import Verdict
from concordat.evidence.steps import Role, Step
from concordat.evidence.typed import CoSignerRole
from concordat.evidence.verify import verify_exhibit_proof

ITEM_LIST = [(Role.ITEM_LIST, CASE / "documents" / "cure-online" / "item-list.pdf")]
CERTIFICATE = "certificate/registration-certificate.json"


@pytest.fixture
def online(stage: Stage) -> Package:
    """The online extraction, registered by one officer: curable."""
    package = stage.packed("cn-online", "cn", "zhang")
    register(stage.desk("cn", "zhang"), package)
    return package


# The whole life


def test_from_files_to_a_cured_record(stage: Stage, online: Package) -> None:
    assert worth(stage, online, CN) == Verdict.CURABLE
    assert online.receipt.verdict == Verdict.CURABLE

    added = cosign(stage.desk("cn", "li"), online, CoSignerRole.SECOND_OFFICER)
    assert renewed(online).signatures.cosignatures[0].late
    assert added.signer == key("li").address
    assert len(submit_cosignatures(stage.desk("cn", "zhang"), online)) == 1
    assert submit_cosignatures(stage.desk("cn", "zhang"), online) == []

    _, brought = supplement(stage.desk("cn", "archive"), online, ITEM_LIST, forum=CN)
    assert brought == (Step.ITEM_LIST_MADE,)
    assert worth(stage, online, CN) == Verdict.CONFORMS_WITH_NOTE

    exhibits = CASE / "exhibits" / "cn-online"
    assert verify(stage.desk("cn", "li"), renewed(online), [exhibits]).result.ok

    root = bytes.fromhex(online.receipt.root[2:])
    shown = show(stage.desk("cn", "li"), MPS, root, (CN,))
    assert [event.name for event in shown.history] == ["AcquisitionRegistered", "CoSigned", "Supplemented"]
    assert shown.collector == key("zhang").address
    assert shown.record.verdict == Verdict.CURABLE

    files = report(stage.desk("cn", "li"), renewed(online))
    assert [file.suffix for file in files] == [".json", ".html", ".pdf"] * 2
    assert all(file.stat().st_size for file in files)


def test_a_foreign_forum_s_papers_are_brought_for_it_alone(stage: Stage) -> None:
    package = stage.packed("my-phone", "my", "faridah")
    register(stage.desk("my", "faridah"), package)
    papers = CASE / "documents" / "cure-cn"
    documents = [
        (Role.SOURCE_STATEMENT, papers / "source-statement.pdf"),
        (Role.USE_LIMITS, papers / "use-limits.pdf"),
        (Role.TRANSLATION, papers / "translation-zh.pdf"),
    ]
    _, brought = supplement(stage.desk("my", "records"), package, documents, forum=CN)
    assert set(brought) == {Step.SOURCE_STATEMENT, Step.USE_LIMITS_STATED, Step.TRANSLATED}
    assert worth(stage, package, CN) == Verdict.CONFORMS_WITH_NOTE
    assert worth(stage, package, MY) == Verdict.CONFORMS


def test_what_a_forum_does_not_miss_is_not_brought(stage: Stage, online: Package) -> None:
    before = stage.sent()
    with pytest.raises(UsageError) as nothing:
        supplement(stage.desk("cn", "archive"), online, [(Role.VIDEO, ITEM_LIST[0][1])], forum=CN)
    assert nothing.value.code == "supplement.not_wanted"
    assert stage.sent() == before
    assert renewed(online).supplements() == []


def test_a_supplement_that_was_laid_in_is_sent_and_not_laid_in_again(stage: Stage, online: Package) -> None:
    """The run that laid it in was stopped before it could send."""
    online.supplement((Step.ITEM_LIST_MADE,), ITEM_LIST)
    supplement(stage.desk("cn", "archive"), renewed(online), ITEM_LIST, forum=CN)
    assert len(renewed(online).supplements()) == 1


def test_a_withdrawn_package_stays_readable_and_judged(stage: Stage, online: Package) -> None:
    withdraw(stage.desk("cn", "archive"), online, WithdrawalReason.WRONG_FACTS)
    shown = show(stage.desk("cn", "li"), MPS, bytes.fromhex(online.receipt.root[2:]), (CN,))
    assert shown.aftermath.withdrawn
    assert shown.forums[0].assessment.verdict == Verdict.CURABLE
    assert verify(stage.desk("cn", "li"), renewed(online)).result.ok
    assert b"Withdrawn" in (online.folder / CERTIFICATE).read_bytes()
    with pytest.raises(UsageError, match="withdrawn"):
        withdraw(stage.desk("cn", "archive"), online, WithdrawalReason.WRONG_FACTS)


def test_a_correction_supersedes(stage: Stage, online: Package) -> None:
    stage.edit("cn-online", ("title: Public pages", "title: Corrected: public pages".replace(": p", " p")))
    corrected = stage.packed("cn-online", "cn", "zhang", "corrected.acq")
    with pytest.raises(UsageError) as unregistered:
        supersede(stage.desk("cn", "archive"), online, corrected)
    assert unregistered.value.code == "package.unregistered"
    register(stage.desk("cn", "zhang"), corrected)
    supersede(stage.desk("cn", "archive"), online, corrected)
    shown = show(stage.desk("cn", "li"), MPS, bytes.fromhex(online.receipt.root[2:]), (CN,))
    assert shown.successor == corrected.root()
    assert corrected.root().hex().encode() in (online.folder / CERTIFICATE).read_bytes()


# Registering again


def test_registering_again_sends_nothing_and_lays_in_what_is_missing(stage: Stage, online: Package) -> None:
    sent = stage.sent()
    again = register(stage.desk("cn", "zhang"), renewed(online))
    assert again.registration.before
    assert stage.sent() == sent
    assert again.registration.paper == online.receipt


def test_a_run_that_died_after_the_block_is_finished_by_the_next(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = stage.packed("cn-online", "cn", "zhang")
    with monkeypatch.context() as patch:
        patch.setattr(Package, "set_receipt", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            register(stage.desk("cn", "zhang"), package)
    assert renewed(package).receipt is None
    done = register(stage.desk("cn", "zhang"), renewed(package))
    assert done.registration.before
    assert stage.sent() == 1
    assert renewed(package).receipt == done.registration.paper
    assert (package.folder / CERTIFICATE).exists()


def test_the_certificate_is_the_same_byte_for_byte(stage: Stage, online: Package) -> None:
    first = {file: (online.folder / file).read_bytes() for file in (CERTIFICATE, CERTIFICATE[:-4] + "html")}
    stage.pass_time(40 * 86400)
    report(stage.desk("cn", "li"), renewed(online))
    for file, content in first.items():
        assert (online.folder / file).read_bytes() == content
    (online.folder / CERTIFICATE).unlink()
    report(stage.desk("my", "faridah"), Package(online.folder))
    assert (online.folder / CERTIFICATE).read_bytes() == first[CERTIFICATE]


# Who may


def test_a_clerk_registers_what_an_officer_collected(stage: Stage) -> None:
    package = stage.packed("my-phone", "my", "faridah")
    done = register(stage.desk("my", "clerk"), package)
    assert done.registration.acquisition.verdict == Verdict.CONFORMS
    event = stage.ledger.events("EvidenceRegistry", "AcquisitionRegistered")[-1]
    assert (event.args["registrar"], event.args["collector"]) == (
        key("clerk").address,
        key("faridah").address,
    )


@pytest.mark.parametrize("who", ["zhang", "records", "holder"])
def test_who_may_not_register_is_refused_and_nothing_is_sent(stage: Stage, who: str) -> None:
    package = stage.packed("my-phone", "my", "faridah")
    with pytest.raises(AuthorityError):
        register(stage.desk("my", who), package)
    assert stage.sent() == 0
    assert renewed(package).receipt is None


def test_only_the_collector_packs_and_signs(stage: Stage) -> None:
    case = stage.own_case()
    with pytest.raises(UsageError) as other:
        pack(
            stage.desk("my", "faridah"), case / "cn-online.yaml", [case / "exhibits"], stage.folder / "x.acq"
        )
    assert other.value.code == "record.other_agency"
    package = stage.packed("my-phone", "my", "faridah")
    with pytest.raises(AuthorityError) as not_collector:
        sign(stage.desk("my", "clerk"), package)
    assert not_collector.value.code == "authority.not_the_collector"


def test_a_package_of_another_suite_is_neither_signed_nor_sent(stage: Stage) -> None:
    package = stage.packed("my-phone", "my", "faridah")
    workspace = stage.workspace("my")
    workspace.save(replace(workspace.config, genesis_id="0x" + "17" * 32))
    for act in (
        lambda desk: sign(desk, package),
        lambda desk: cosign(desk, package, CoSignerRole.HOLDER),
    ):
        with pytest.raises(UsageError) as other:
            act(stage.desk("my", "faridah", offline=True))
        assert other.value.code == "package.other_suite"
    assert not [entry for entry in renewed(package).history if entry["event"] == "co-signed"]


def test_what_is_not_registered_has_no_afterwards(stage: Stage) -> None:
    package = stage.packed("cn-online", "cn", "zhang")
    for act in (
        lambda: withdraw(stage.desk("cn", "archive"), package, WithdrawalReason.OTHER),
        lambda: supplement(stage.desk("cn", "archive"), package, ITEM_LIST, forum=CN),
        lambda: submit_cosignatures(stage.desk("cn", "zhang"), package),
        lambda: show(stage.desk("cn", "li"), MPS, package.root(), (CN,)),
    ):
        with pytest.raises(UsageError):
            act()
    assert stage.sent() == 0
    files = report(stage.desk("cn", "zhang"), package)
    assert [file.suffix for file in files] == [".json", ".html", ".pdf"]


# Co-signers


def test_co_signers_before_registration_are_bound_by_the_collector(stage: Stage) -> None:
    package = stage.packed("cn-online", "cn", "zhang")
    cosign(stage.desk("cn", "li"), package, CoSignerRole.SECOND_OFFICER)
    cosign(stage.desk("cn", "witness"), package, CoSignerRole.WITNESS)
    sign(stage.desk("cn", "zhang"), package)
    done = register(stage.desk("cn", "zhang"), package)
    assert done.registration.acquisition.facts.officers == 2
    names = [event.name for event in registry.history(stage.ledger, MPS, package.root())]
    assert names == ["AcquisitionRegistered", "CoSigned", "CoSigned"]
    assert not any(each.late for each in renewed(package).signatures.cosignatures)
    assert submit_cosignatures(stage.desk("cn", "zhang"), package) == []


def test_the_collector_who_registers_binds_them_without_being_asked(stage: Stage) -> None:
    package = stage.packed("cn-online", "cn", "zhang")
    cosign(stage.desk("cn", "li"), package, CoSignerRole.SECOND_OFFICER)
    assert register(stage.desk("cn", "zhang"), package).registration.acquisition.facts.officers == 2


def test_another_registrar_cannot_bind_them(stage: Stage) -> None:
    package = stage.packed("my-phone", "my", "faridah")
    cosign(stage.desk("my", "kumar"), package, CoSignerRole.SECOND_OFFICER)
    with pytest.raises(UsageError) as unsigned:
        register(stage.desk("my", "clerk"), package)
    assert unsigned.value.code == "package.unsigned"
    assert "concordat sign" in unsigned.value.next
    assert stage.sent() == 0
    sign(stage.desk("my", "faridah"), package)
    assert register(stage.desk("my", "clerk"), package).registration.acquisition.facts.officers == 2


def test_a_co_signature_that_could_never_count_is_not_laid_in(stage: Stage) -> None:
    package = stage.packed("cn-online", "cn", "zhang")
    for who, role, code in (
        ("zhang", CoSignerRole.SECOND_OFFICER, "cosign.collector"),
        ("li", CoSignerRole.WITNESS, "cosign.officer"),
        ("kumar", CoSignerRole.SECOND_OFFICER, "authority.other_agency"),
        ("holder", CoSignerRole.SECOND_OFFICER, "authority.not_appointed"),
    ):
        with pytest.raises((UsageError, AuthorityError)) as refused:
            cosign(stage.desk("cn", who), package, role)
        assert refused.value.code == code
    assert renewed(package).signatures.cosignatures == ()


def test_after_registration_the_collector_s_signature_stands(stage: Stage, online: Package) -> None:
    with pytest.raises(UsageError) as stands:
        sign(stage.desk("cn", "zhang"), renewed(online))
    assert stands.value.code == "package.registered"


def test_a_signature_whose_deadline_has_passed_is_made_anew(stage: Stage) -> None:
    package = stage.packed("cn-online", "cn", "zhang")
    old = package.signatures.acquisition["deadline"]
    stage.pass_time(old - stage.ledger.now() + 1)
    done = register(stage.desk("cn", "zhang"), renewed(package))
    assert renewed(package).signatures.acquisition["deadline"] > old
    assert done.registration.acquisition.verdict == Verdict.CURABLE


# Exhibits


def test_the_proof_of_one_exhibit_stands_alone(stage: Stage, online: Package, tmp_path: Path) -> None:
    form = online.proof(2)
    path = CASE / "exhibits" / "cn-online" / online.exhibit(2).path
    record = registry.chain_record(stage.ledger, MPS, online.root())
    assert verify_exhibit_proof(form, path, chain_record=record).ok
    changed = tmp_path / path.name
    changed.write_bytes(path.read_bytes() + b" ")
    assert not verify_exhibit_proof(form, changed, chain_record=record).ok


def test_a_receipt_of_which_the_chain_knows_nothing_is_told(stage: Stage) -> None:
    package = stage.packed("cn-online", "cn", "zhang")
    register(stage.desk("cn", "zhang"), package)
    stage.ledger._contracts["EvidenceRegistry"]._acquisitions.clear()
    with pytest.raises(VerificationError) as gone:
        verify(stage.desk("cn", "zhang"), renewed(package))
    assert gone.value.code == "verification.not_on_chain"
