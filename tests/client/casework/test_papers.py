# SPDX-License-Identifier: Apache-2.0
"""The two documents of a package: in the languages asked for, where they were asked for, really set."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from stage import Stage, renewed

from concordat.casework import register, report
from concordat.evidence.package import Package


@pytest.fixture
def registered(stage: Stage) -> tuple[Stage, Path]:
    package = stage.packed("cn-online", "cn", "zhang")
    register(stage.desk("cn", "zhang"), package)
    return stage, package.folder


@pytest.mark.parametrize(
    ("languages", "there", "absent"),
    [
        (("en",), "Registration Certificate", "登记证书"),
        (("zh",), "登记证书", "Registration Certificate"),
    ],
)
def test_documents_are_written_in_the_language_asked_for(
    registered: tuple[Stage, Path], languages: tuple[str, ...], there: str, absent: str
) -> None:
    stage, folder = registered
    out = stage.folder / "papers"
    files = report(stage.desk("cn", "li"), Package.open(folder), languages=languages, out=out)
    page = (out / "registration-certificate.html").read_text(encoding="utf-8")
    assert there in page and absent not in page
    assert {file.parent for file in files} == {out}
    # The canonical JSON holds both languages and is the same whatever is asked for.
    assert (out / "collection-report.json").read_bytes() == (
        folder / "report" / "collection-report.json"
    ).read_bytes()


def test_the_certificate_says_what_the_chain_says(registered: tuple[Stage, Path]) -> None:
    _, folder = registered
    content = json.loads((folder / "certificate" / "registration-certificate.json").read_bytes())
    text = json.dumps(content)
    paper = json.loads((folder / "receipt.json").read_bytes())
    for value in (paper["root"], paper["transaction"], str(paper["block"])):
        assert value in text
    assert "not a ruling" in text
    assert "drafted by engineers" in text


@pytest.mark.usefixtures("real_papers")
def test_the_papers_are_set_as_pdf_in_both_languages(stage: Stage) -> None:
    package = stage.packed("cn-online", "cn", "zhang")
    register(stage.desk("cn", "zhang"), package)
    files = [file for file in report(stage.desk("cn", "zhang"), renewed(package)) if file.suffix == ".pdf"]
    assert len(files) == 2
    for file in files:
        content = file.read_bytes()
        assert content.startswith(b"%PDF-1.") and content.rstrip().endswith(b"%%EOF")
        assert len(content) > 20_000
    again = {file: file.read_bytes() for file in files}
    report(stage.desk("cn", "zhang"), renewed(package))
    assert all(file.read_bytes() == content for file, content in again.items())
