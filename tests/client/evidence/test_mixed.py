# SPDX-License-Identifier: Apache-2.0
"""Things, papers, photographs, recordings and data of one collection stand under one root (S003)."""

from __future__ import annotations

from pathlib import Path

import pytest
from packs import RECORD, Case, chain_record_of

from concordat.evidence import proof
from concordat.evidence.record.words import Category
from concordat.evidence.verify import verify_exhibit_proof, verify_package

PIECES = {
    Category.PHYSICAL: ("things/phone-label.txt", b"phone EX-317, bag 0317-1, seal 000317", "bag 0317-1"),
    Category.DOCUMENT: ("papers/ledger.pdf", b"%PDF-1.4 a paper ledger, scanned", "folder 2"),
    Category.SITE_PHOTO: ("site/desk.jpg", b"\xff\xd8\xff\xe0 desk", "camera card 3"),
    Category.AV_RECORDING: ("site/search.avi", b"RIFF\0\0\0\0AVI LIST", "recorder 12"),
    Category.COMMUNICATION: ("chat/messages.json", b'{"messages": []}', "phone EX-317"),
}


@pytest.fixture
def mixed(tmp_path: Path) -> Case:
    lines = [
        f"  - {{path: {path}, category: {category.value}, carrier: {carrier!r}, number: E-{number:02}}}"
        for number, (category, (path, _, carrier)) in enumerate(PIECES.items(), 1)
    ]
    one_item = '  - {path: chat/messages.json, category: COMMUNICATION, number: "E-01"}'
    files = {path: data for path, data, _ in PIECES.values()}
    return Case(tmp_path, files=files, record=RECORD.replace(one_item, "\n".join(lines)))


def test_a_collection_of_all_kinds_has_one_root_and_each_piece_proves_its_place(mixed: Case) -> None:
    package = mixed.pack()
    said = {entry.category: entry for entry in package.exhibits() if entry.category}
    assert set(said) == {category.value for category in PIECES}
    root = package.root()
    for entry in package.exhibits():
        form = proof.build(package.tree, package.manifest, entry.n)
        assert proof.check(form).root == root
        file = mixed.files / entry.path if not entry.inside else package.files.path(entry.path)
        assert verify_exhibit_proof(form, file, chain_record=chain_record_of(package)).ok


@pytest.mark.parametrize("category", list(PIECES), ids=lambda each: each.value)
def test_a_change_of_any_piece_is_found_by_its_name(mixed: Case, category: Category) -> None:
    package = mixed.pack()
    path = PIECES[category][0]
    file = mixed.files / path
    file.write_bytes(file.read_bytes()[:-1] + b"\x00")
    result = verify_package(package, [mixed.files])
    assert [item.name for item in result.items] == [path]
    assert not result.ok
