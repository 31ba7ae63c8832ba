# SPDX-License-Identifier: Apache-2.0
"""What is refused is journalled, cited by the next manifest, and kept where the baseline allows it."""

from __future__ import annotations

import pytest
from stage import CN, Stage, worth

from concordat.casework import register
from concordat.errors import RefusedError, UsageError
from concordat.evidence.standards import Verdict


def test_a_refusal_is_journalled_and_cited_by_the_next_manifest(stage: Stage) -> None:
    refused = stage.packed("refused", "cn", "zhang")
    with pytest.raises(RefusedError) as said:
        register(stage.desk("cn", "zhang"), refused)
    assert "refused.acq stays" in said.value.kept
    assert said.value.message.count("\n  ") == 15
    assert stage.sent() == 0
    entries = stage.desk("cn", "zhang").journal.all()
    assert [entry.case for entry in entries] == ["0317"]
    assert set(entries[0].reasons) == {
        "LEGAL_BASIS_IN_TIME",
        "HASHES_MATCH_ALL_STAGES",
        "SURVEILLANCE_APPROVED_OR_UNUSED",
    }
    following = stage.packed("cn-online", "cn", "zhang")
    assert following.manifest.refusals == (entries[0].hash,)
    assert register(stage.desk("cn", "zhang"), following)


def test_the_same_refused_again_is_one_entry(stage: Stage) -> None:
    refused = stage.packed("refused", "cn", "zhang")
    for _ in range(2):
        with pytest.raises(RefusedError):
            register(stage.desk("cn", "zhang"), refused)
    assert len(stage.desk("cn", "zhang").journal.all()) == 1


def test_a_package_from_before_a_refusal_has_to_be_packed_again(stage: Stage) -> None:
    earlier = stage.packed("cn-online", "cn", "zhang")
    with pytest.raises(RefusedError):
        register(stage.desk("cn", "zhang"), stage.packed("refused", "cn", "zhang"))
    with pytest.raises(UsageError) as uncited:
        register(stage.desk("cn", "zhang"), earlier)
    assert uncited.value.code == "package.refusals_uncited"
    assert stage.sent() == 0
    again = stage.packed("cn-online", "cn", "zhang", "again.acq")
    assert len(again.manifest.refusals) == 1
    assert register(stage.desk("cn", "zhang"), again).registration.acquisition.verdict == Verdict.CURABLE


def test_a_declaration_that_is_changed_until_it_passes_shows_its_refusals(stage: Stage) -> None:
    with pytest.raises(RefusedError):
        register(stage.desk("cn", "zhang"), stage.packed("refused", "cn", "zhang"))
    stage.edit(
        "refused",
        ("until: 2026-02-28", "until: 2026-04-28"),
        ("  HASHED_AT_SOURCE:", "  HASHES_MATCH_ALL_STAGES: {document: HASH_LIST}\n  HASHED_AT_SOURCE:"),
        ("steps: #", "steps:\n  SURVEILLANCE_APPROVED_OR_UNUSED: {attester: A, reference: B} #"),
    )
    shopped = stage.packed("refused", "cn", "zhang", "shopped.acq")
    assert len(shopped.manifest.refusals) == 1
    done = register(stage.desk("cn", "zhang"), shopped)
    assert done.registration.acquisition.verdict == Verdict.CURABLE
    assert (
        shopped.manifest.refusals[0].encode()
        in (shopped.folder / "report" / "collection-report.json").read_bytes()
    )


def test_what_is_refused_can_be_preserved_if_the_baseline_is_met(stage: Stage) -> None:
    """Nothing of the baseline is missing; that it was freely obtained, China asks for."""
    stage.edit("cn-online", ("  FREELY_OBTAINED: declared\n", ""))
    with pytest.raises(RefusedError) as refused:
        register(stage.desk("cn", "zhang"), stage.packed("cn-online", "cn", "zhang"))
    assert "preserve: true" in refused.value.next
    stage.edit("cn-online", ("preserve: false", "preserve: true"))
    kept = stage.packed("cn-online", "cn", "zhang", "kept.acq")
    done = register(stage.desk("cn", "zhang"), kept)
    assert done.registration.acquisition.verdict == Verdict.PRESERVED
    assert worth(stage, kept, CN) == Verdict.PRESERVED
    assert len(kept.manifest.refusals) == 1


def test_a_mandate_that_is_missing_is_a_refusal_with_a_code(stage: Stage) -> None:
    stage.edit("my-phone", ("data_location: MY", "data_location: SG"))
    package = stage.packed("my-phone", "my", "faridah")
    with pytest.raises(RefusedError, match="mandate"):
        register(stage.desk("my", "faridah"), package)
    assert stage.desk("my", "faridah").journal.all()[0].reasons == ("contract.mandate_required",)
